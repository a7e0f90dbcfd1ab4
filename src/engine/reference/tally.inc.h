/* SPDX-License-Identifier: MIT
 * What a pass of the reference kernel over patterns adds up. */
#ifndef LUR_REFERENCE_TALLY_INC_H
#define LUR_REFERENCE_TALLY_INC_H

#include "engine/reference/start.inc.h"

struct tally {
  unsigned want;         /* 1 << enum lur_seen of what passes over patterns see */
  real seen[LUR_N_SEEN]; /* sums in visiting order; of errors the largest, of the record's their sum */
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

/* What the pattern that was seen last shows. */
static real seen_loss(const struct run *r, const real *target) {
  return r->net.weight * pattern_loss(&r->net, target);
}
static real seen_right(const struct run *r, const real *target) {
  const struct network *n = &r->net;
  return is_right(&r->right, n->width[n->n_layers], n->a[n->n_layers], target);
}
static real seen_mse(const struct run *r, const real *target) {
  const struct network *n = &r->net;
  const int k = n->width[n->n_layers];
  return squared_error(k, n->a[n->n_layers], target) / (real)k;
}
static real seen_cross_entropy(const struct run *r, const real *target) {
  return cross_entropy(&r->net, LUR_MEAN, target);
}

/* The larger; a NaN, once met, stays. */
static real larger(real most, real x) {
  return most != most || x <= most ? most : x;
}

/* Output k in the targets' own units. */
static real own_output(const struct run *r, int k) {
  const real o = r->net.a[r->net.n_layers][k];
  const struct lur_patterns *p = &r->numbers->train;
  return r->s->scaled ? vec_fma(o, (real)p->scale[k], (real)p->shift[k]) : o;
}
static real seen_error_max(const struct run *r, const real *target) {
  real most = 0;
  (void)target;
  for (int k = 0; k < r->net.width[r->net.n_layers]; k++)
    most = larger(most, vec_abs(r->given[k] - own_output(r, k)));
  return most;
}

/* The pattern `at` of p, which was seen last. */
static void tally_pattern(struct tally *t, struct run *r, const struct patterns *p, size_t at) {
  const int n_outputs = r->net.width[r->net.n_layers];
  const real *target = p->targets + at * (size_t)n_outputs;
  r->given = p->given + at * (size_t)n_outputs;
#define JOIN_MEAN(row, x) t->seen[row] = t->seen[row] + (x)
#define JOIN_LARGEST(row, x) t->seen[row] = larger(t->seen[row], x)
#define JOIN_SHARE(row, x) t->n_right += (x) != 0 /* a float cannot count them all */
#define SEE(ID, name, join)                                                                                            \
  if (t->want & 1u << LUR_SEEN_##ID)                                                                                   \
    JOIN_##join(LUR_SEEN_##ID, seen_##name(r, target));
  LUR_SIGHTS(SEE)
#undef SEE
  for (int k = 0; t->want & 1u << LUR_SEEN_RECORD && k < n_outputs; k++)
    t->seen[LUR_SEEN_RECORD] = t->seen[LUR_SEEN_RECORD] + (r->given[k] - own_output(r, k));
}

static real loss_of(const struct run *r, const struct tally *t, size_t n) {
  const real sum = t->seen[LUR_SEEN_LOSS];
  return r->net.reduction == LUR_MEAN ? sum / (real)n : sum;
}

static real accuracy_of(const struct run *r, const struct tally *t, size_t n) {
  return r->right.kind == LUR_RIGHT_NEVER ? (real)NAN : (real)t->n_right / (real)n;
}

#endif
