/* SPDX-License-Identifier: MIT
 * Digits are added until no two neighbours look the same. What a column needs is read off its numbers as %g has them.
 */
#include "fold/number_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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

/* ---- Columns ---- */
/* A column of rounded numbers has two digits of one that is a thousandth of the largest; others are not wider than
 * this. */
enum { MOST_RANGE = 1000, MOST_WIDTH = 12, MOST_FIXED = 1000000 };

/* Decimals of x with so many digits: written out, and with an exponent. */
static void count_decimals(double x, int digits, int *fixed, int *scientific) {
  char text[40];
  snprintf(text, sizeof text, "%.*e", digits - 1, x);
  char *e = strchr(text, 'e');
  const int exponent = (int)strtol(e + 1, NULL, 10);
  while (e > text && e[-1] == '0')
    e--;
  const char *point = memchr(text, '.', (size_t)(e - text));
  int n = point ? (int)(e - point) - 1 : 0;
  *scientific = n > *scientific ? n : *scientific;
  *fixed = n - exponent > *fixed ? n - exponent : *fixed;
}

struct lur_number_format lur_number_format_of(const double *x, size_t n, int digits, bool rounded) {
  double least = INFINITY, most = 0;
  int fixed = 0, scientific = 0;
  if (digits >= LUR_MOST_DIGITS)
    return (struct lur_number_format){.decimals = -1};
  for (size_t i = 0; i < n; i++) {
    double size = fabs(x[i]);
    if (!isfinite(x[i]) || size == 0)
      continue;
    least = size < least ? size : least;
    most = size > most ? size : most;
    count_decimals(x[i], digits, &fixed, &scientific);
  }
  if (most == 0)
    return (struct lur_number_format){.decimals = 0};
  int before = most < 10 ? 0 : (int)log10(most), largest = digits - 1 - (int)floor(log10(most));
  if (rounded) {
    const int smallest = 1 - (int)floor(log10(least)), cap = smallest > largest ? smallest : largest;
    fixed = fixed < cap ? fixed : cap > 0 ? cap : 0;
    if (most < MOST_FIXED && most >= 1e-4 && least * MOST_RANGE >= most)
      return (struct lur_number_format){.decimals = fixed};
  } else if (before + fixed + 2 <= MOST_WIDTH && least >= 1e-4) {
    return (struct lur_number_format){.decimals = fixed};
  }
  return (struct lur_number_format){.exponent = true, .decimals = scientific};
}

void lur_number_format_write(const struct lur_number_format *f, double x, char out[32]) {
  if (isnan(x) || !isfinite(x) || f->decimals < 0)
    lur_text_digits(x, f->decimals < 0 ? LUR_MOST_DIGITS : LUR_LEAST_DIGITS, out);
  else
    snprintf(out, 32, f->exponent ? "%.*e" : "%.*f", f->decimals, x);
}
