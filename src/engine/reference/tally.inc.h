/* SPDX-License-Identifier: MIT
 * What a pass of the reference kernel over patterns adds up. */
#ifndef LUR_REFERENCE_TALLY_INC_H
#define LUR_REFERENCE_TALLY_INC_H

#include "engine/reference/start.inc.h"

/* What passes over patterns are asked for (bits) and give. */
enum { WANT_LOSS = 1, WANT_ERROR = 2, WANT_RIGHT = 4, WANT_LARGEST = 8, WANT_MSE = 16, WANT_CROSS_ENTROPY = 32 };

struct tally {
  unsigned want;
  real loss, error, largest, mse, cross_entropy; /* sums in visiting order; largest |t - o| */
  size_t n_right;
};

static int index_of_largest(int n, const real *x) { /* the first of equals */
  int best = 0;
  for (int k = 1; k < n; k++)
    best = x[k] > x[best] ? k : best;
  return best;
}

static bool is_right(const struct lur_right_rule *rule, int n, const real *o, const real *t) {
  int largest = index_of_largest(n, o);
  if (rule->kind == LUR_RIGHT_ONE_HOT)
    return largest == index_of_largest(n, t) && o[largest] == o[largest];
  real middle = (real)rule->midpoint;
  for (int k = 0; k < n; k++)
    if (!(t[k] > middle ? o[k] > middle : o[k] < middle))
      return false;
  return true;
}

/* The larger; a NaN, once met, stays. */
static real larger(real most, real x) {
  return most != most || x <= most ? most : x;
}

static void tally_pattern(struct tally *t, const struct run *r, const real *target) {
  const struct network *n = &r->net;
  int k = n->width[n->n_layers];
  const real *o = n->a[n->n_layers];
  if (t->want & WANT_LOSS)
    t->loss = t->loss + pattern_loss(n, target);
  if (t->want & WANT_MSE)
    t->mse = t->mse + squared_error(k, o, target);
  if (t->want & WANT_CROSS_ENTROPY)
    t->cross_entropy = t->cross_entropy + loss_cross_entropy(n, target);
  if (t->want & WANT_RIGHT)
    t->n_right += is_right(&r->right, k, o, target);
  if (t->want & WANT_ERROR)
    for (int i = 0; i < k; i++)
      t->error = t->error + (target[i] - o[i]);
  if (t->want & WANT_LARGEST)
    for (int i = 0; i < k; i++)
      t->largest = larger(t->largest, vec_abs(target[i] - o[i]));
}

static real accuracy_of(const struct run *r, const struct tally *t, size_t n) {
  return r->right.kind == LUR_RIGHT_NEVER ? (real)NAN : (real)t->n_right / (real)n;
}

#endif
