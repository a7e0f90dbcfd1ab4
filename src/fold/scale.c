/* SPDX-License-Identifier: MIT
 * Ticks at multiples of 1, 2 or 5 times a power of ten; over two decades and more, at powers of ten. */
#include "fold/scale.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

struct lur_scale lur_scale_make(double low, double high, bool is_log) {
  if (!(low <= high) || !isfinite(low) || !isfinite(high))
    return (struct lur_scale){false, 0, 1};
  is_log = is_log && low > 0;
  if (low == high) {
    double more = low == 0 ? 1 : fabs(low) * 0.5;
    return (struct lur_scale){is_log, low - more, high + more};
  }
  return (struct lur_scale){is_log, low, high};
}

struct lur_scale lur_scale_of(double low, double middle, double high) {
  bool is_log = low > 0 && high / low >= 10 && middle < 0.25 * (low + high) + 0.5 * sqrt(low * high);
  return lur_scale_make(low, high, is_log);
}

double lur_scale_at(const struct lur_scale *s, double x) {
  if (s->log)
    return (log(x) - log(s->low)) / (log(s->high) - log(s->low));
  double span = s->high - s->low;
  return isfinite(span) ? (x - s->low) / span : (x / 2 - s->low / 2) / (s->high / 2 - s->low / 2);
}

double lur_scale_value(const struct lur_scale *s, double t) {
  if (s->log)
    return exp(log(s->low) + t * (log(s->high) - log(s->low)));
  double span = s->high - s->low;
  return isfinite(span) ? s->low + t * span : (1 - t) * s->low + t * s->high;
}

/* An end with its slack may be beyond all numbers. */
static double within_numbers(double x) {
  return x > DBL_MAX ? DBL_MAX : x < -DBL_MAX ? -DBL_MAX : x;
}

/* Of decades from tick to tick: 1, 2, 5, 10, ..., where two ticks remain. */
static int round_stride(double decades, int n_about) {
  int least = (int)ceil(decades / n_about), stride = 1;
  for (int power = 1; stride < least; power *= 10)
    stride = least <= 2 * power ? 2 * power : least <= 5 * power ? 5 * power : 10 * power;
  return 2 * stride <= decades ? stride : least;
}

int lur_scale_ticks(const struct lur_scale *s, int n_about, double out[LUR_MOST_TICKS]) {
  int n = 0;
  if (n_about < 1)
    n_about = 1;
  if (s->log) {
    static const double parts[] = {1, 2, 5};
    double decades = log10(s->high) - log10(s->low);
    int stride = round_stride(decades, n_about), n_parts = decades * 3 <= n_about ? 3 : 1;
    double first = floor(log10(s->low)), last = within_numbers(s->high * 1.0001);
    first = ceil(first / stride) * stride - stride;
    for (double k = first; n < LUR_MOST_TICKS && pow(10, k) <= last; k += stride)
      for (int i = 0; i < n_parts && n < LUR_MOST_TICKS; i++) {
        double x = k < 0 ? parts[i] / pow(10, -k) : parts[i] * pow(10, k);
        if (x >= s->low * 0.9999 && x <= last)
          out[n++] = x;
      }
  }
  if (n >= 2)
    return n;
  double half = s->high / 2 - s->low / 2; /* the whole may overflow */
  double raw = half / (0.5 * n_about), power = pow(10, floor(log10(raw))), part = raw / power;
  double step = power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10), slack = half * 2e-9;
  double first = within_numbers(s->low - slack), last = within_numbers(s->high + slack);
  n = 0;
  if (!(step > 0) || !isfinite(step))
    return 0;
  for (double k = ceil(first / step) + 0.0; k * step <= last && n < LUR_MOST_TICKS; k++)
    out[n++] = k * step + 0.0; /* no -0 */
  return n;
}

void lur_tick_text(double x, char out[32]) {
  bool whole = fabs(x) < 1e6 && floor(x) == x;
  snprintf(out, 32, whole ? "%.0f" : "%.4g", fabs(x) < 1e-300 ? 0.0 : x);
}
