/* SPDX-License-Identifier: MIT
 * Digits are added until no two neighbours look the same. */
#include "fold/number_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "fold/statistics.h"

void lur_text_digits(double x, int digits, char out[32]) {
  if (isnan(x))
    out[0] = '\0';
  else if (digits >= LUR_MOST_DIGITS)
    lur_digits_write(x, out);
  else
    snprintf(out, 32, "%.*g", digits, x);
}

void lur_text_number(double x, char out[32]) {
  lur_text_digits(x, LUR_LEAST_DIGITS, out);
}

/* Neighbours alone may look the same: x is sorted. */
static bool are_apart(const double *x, size_t n, int digits) {
  char text[2][32] = {"", ""};
  for (size_t i = 0; i < n; i++) {
    lur_text_digits(x[i], digits, text[i % 2]);
    if (i && x[i] != x[i - 1] && strcmp(text[0], text[1]) == 0)
      return false;
  }
  return true;
}

int lur_digits_apart(double *x, size_t n) {
  int digits = LUR_LEAST_DIGITS;
  if (n)
    lur_numbers_sort(x, n);
  while (digits < LUR_MOST_DIGITS && !are_apart(x, n, digits))
    digits++;
  return digits;
}
