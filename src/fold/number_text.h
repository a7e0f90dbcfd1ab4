/* SPDX-License-Identifier: MIT
 * Numbers as people read them: with six digits, or as many as tell neighbours apart. Reentrant. */
#ifndef LUR_FOLD_NUMBER_TEXT_H
#define LUR_FOLD_NUMBER_TEXT_H

#include <stddef.h>

enum { LUR_LEAST_DIGITS = 6, LUR_MOST_DIGITS = 17 };
/* Six digits, without noise: 0.1, 1e-05, 12345.7. */
void lur_text_number(double x, char out[32]);
/* With so many digits; 17: as many as read back. */
void lur_text_digits(double x, int digits, char out[32]);
/* With how many digits, 6 to 17, no two of these look the same, unless they are; they are sorted. */
int lur_digits_apart(double *x, size_t n);

#endif
