/* SPDX-License-Identifier: MIT
 * Wilson's interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
 * (1927), without continuity correction. Quantiles: R. Hyndman and Y. Fan, The American Statistician 50 (1996),
 * type 7. Many numbers are sorted byte by byte, from the lowest: bits of doubles, turned so that they order as whole
 * numbers. */
#include "fold/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { LEAST_BY_BYTES = 1024, BYTES = sizeof(double) };

/* The 0.975 quantile of the standard normal distribution. */
static const double Z95 = 1.959963984540054;

struct lur_interval lur_wilson(uint64_t k, uint64_t n) {
  if (n == 0)
    return (struct lur_interval){0, 1};
  double count = (double)n, rate = (double)k / count, z2 = Z95 * Z95;
  double middle = (rate + z2 / (2 * count)) / (1 + z2 / count);
  double half = Z95 / (1 + z2 / count) * sqrt(rate * (1 - rate) / count + z2 / (4 * count * count));
  return (struct lur_interval){k == 0 ? 0 : middle - half, k == n ? 1 : middle + half};
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

uint64_t lur_number_key(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

double lur_key_number(uint64_t key) {
  uint64_t bits = key >> 63 ? key & ~(UINT64_C(1) << 63) : ~key;
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

void lur_numbers_sort(double *x, size_t n) {
  uint64_t *keys = n >= LEAST_BY_BYTES ? lur_alloc(n, 2 * sizeof *keys) : NULL;
  if (keys) {
    /* keys: n numbers, and room for n more. */
    size_t count[BYTES][256] = {0};
    uint64_t *from = keys, *to = keys + n;
    for (size_t i = 0; i < n; i++) {
      from[i] = lur_number_key(x[i]);
      for (int byte = 0; byte < BYTES; byte++)
        count[byte][from[i] >> (8 * byte) & 255]++;
    }
    for (int byte = 0; byte < BYTES; byte++) {
      if (count[byte][from[0] >> (8 * byte) & 255] == n)
        continue;
      /* Sorts from[n] by one byte into to, in their order where that is equal. count: of each value of the byte. */
      size_t at[256];
      for (size_t i = 0, sum = 0; i < 256; i++) {
        at[i] = sum;
        sum += count[byte][i];
      }
      for (size_t i = 0; i < n; i++)
        to[at[from[i] >> (8 * byte) & 255]++] = from[i];
      uint64_t *sorted = to;
      to = from;
      from = sorted;
    }
    for (size_t i = 0; i < n; i++)
      x[i] = lur_key_number(from[i]);
  } else if (n > 1)
    qsort(x, n, sizeof *x, by_value);
  free(keys);
}

struct lur_place lur_quantile_place(size_t n, double p) {
  double place = p * (double)(n - 1);
  size_t below = (size_t)place;
  return below + 1 >= n ? (struct lur_place){n - 1, 0} : (struct lur_place){below, place - (double)below};
}

double lur_quantile(const double *sorted, size_t n, double p) {
  if (n == 0)
    return NAN;
  struct lur_place at = lur_quantile_place(n, p);
  const double *x = &sorted[at.below];
  return at.part > 0 ? x[0] + at.part * (x[1] - x[0]) : x[0];
}

double lur_numbers_mean(const double *x, size_t n) {
  double mean = n ? 0 : NAN;
  for (size_t i = 0; i < n; i++)
    mean += (x[i] - mean) / (double)(i + 1);
  return mean;
}

struct lur_quartiles lur_quartiles_of(double *x, size_t n) {
  lur_numbers_sort(x, n);
  return (struct lur_quartiles){lur_quantile(x, n, 0.25), lur_quantile(x, n, 0.5), lur_quantile(x, n, 0.75),
                                lur_numbers_mean(x, n)};
}
