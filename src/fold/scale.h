/* SPDX-License-Identifier: MIT
 * An axis of a picture: where a value stands on it, and where ticks do. Reentrant. */
#ifndef LUR_FOLD_SCALE_H
#define LUR_FOLD_SCALE_H

#include <stdbool.h>
#include <stddef.h>

struct lur_scale {
  bool log;
  double low, high; /* low < high; both above 0 where log */
};
/* From the least to the greatest of what is shown, made wider where they are equal; log only where it can be. */
struct lur_scale lur_scale_make(double low, double high, bool is_log);
/* Of values from low to high: logarithmic where the middle one is below halfway between the ends' mean and their
 * geometric mean. */
struct lur_scale lur_scale_of(double low, double middle, double high);
double lur_scale_at(const struct lur_scale *s, double x);    /* 0 at low, 1 at high */
double lur_scale_value(const struct lur_scale *s, double t); /* its inverse */
/* Round values within, about n_about of them: multiples of 1, 2 or 5, or powers of ten. */
enum { LUR_MOST_TICKS = 24 };
int lur_scale_ticks(const struct lur_scale *s, int n_about, double out[LUR_MOST_TICKS]);
/* "0.1", "1e-05", "2000". */
void lur_tick_text(double x, char out[32]);

#endif
