/* SPDX-License-Identifier: MIT
 * Numbers as people read them: with six digits, or as many as tell neighbours apart; those of a column in one format.
 * Reentrant. */
#ifndef LUR_FOLD_NUMBER_TEXT_H
#define LUR_FOLD_NUMBER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum { LUR_LEAST_DIGITS = 6, LUR_MOST_DIGITS = 17 };
/* Six digits, without noise: 0.1, 1e-05, 12345.7. */
void lur_text_number(double x, char out[32]);
/* With so many digits; 17: as many as read back. */
void lur_text_digits(double x, int digits, char out[32]);
/* With how many digits, 6 to 17, no two of these look the same, unless they are; they are sorted. */
int lur_digits_apart(double *x, size_t n);

/* How all numbers of a column are written, so that their points stand below each other: with as many decimals as they
 * need in that many digits, or where `rounded` as the largest needs, with two digits of the least; with exponents where
 * that would hide small ones, or be long. NaN is none. */
struct lur_number_format {
  bool exponent;
  int decimals; /* -1: as many as read back */
};
struct lur_number_format lur_number_format_of(const double *x, size_t n, int digits, bool rounded);
void lur_number_format_write(const struct lur_number_format *f, double x, char out[32]); /* NaN: "" */

#endif
