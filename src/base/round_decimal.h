/* SPDX-License-Identifier: MIT
 * Decimal numbers as most files have them, read fast and rounded correctly (to nearest, halves to even): a whole number
 * of 64 bits, divided or multiplied by a power of ten that is small. Reentrant. */
#ifndef LUR_BASE_ROUND_DECIMAL_H
#define LUR_BASE_ROUND_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

/* digits * 10^power. False where it is none of those that are read here. */
bool lur_decimal_round(uint64_t digits, int power, double *out);

#endif
