/* SPDX-License-Identifier: MIT
 * Monotonic time. */
#ifndef LUR_BASE_CLOCK_H
#define LUR_BASE_CLOCK_H

#include <stdint.h>

uint64_t lur_clock_ns(void);

#endif
