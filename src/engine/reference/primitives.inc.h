/* SPDX-License-Identifier: MIT
 * The reference kernel's primitives of one network: parameters and inputs are doubles, rounded once. */
#ifndef LUR_REFERENCE_PRIMITIVES_INC_H
#define LUR_REFERENCE_PRIMITIVES_INC_H

#include "engine/functions.inc.h"
#include "engine/reference/own.inc.h"

static double leaving(real x) { /* the canonical NaN */
  return x == x ? (double)x : (double)NAN;
}


static void softmax_values(int n, const double *z, double *a) {
  real m = (real)z[0], sum = 0;
  for (int k = 1; k < n; k++)
    m = (real)z[k] > m ? (real)z[k] : m;
  for (int k = 0; k < n; k++) {
    real y = vec_exp_negative((real)z[k] - m);
    sum = sum + y;
    a[k] = (double)y;
  }
  for (int k = 0; k < n; k++)
    a[k] = (double)((real)a[k] / sum);
}

static void activate_values(enum lur_activation f, int n, const double *z, double *a) {
  for (int k = 0; k < n; k++) {
    real x = (real)z[k], y;
    each_activate(1, f, &x, &y);
    a[k] = (double)y;
  }
}

/* By a function whose numbers are bound; NaN where there is no memory. */
static void activate_own_values(const struct lur_program *p, int n, const double *z, double *a) {
  struct own f;
  const bool made = own_room(&f, p);
  const real *given[LUR_N_INPUTS] = {NULL};
  real x;
  given[LUR_IN_Z] = &x;
  if (made)
    own_settle(&f, p->result[0] + 1, NULL, NULL);
  for (int k = 0; k < n; k++) {
    x = (real)z[k];
    if (made)
      own_compute(&f, p->result[0] + 1, given);
    a[k] = made ? (double)own_result(&f, 0) : (double)NAN;
  }
  own_free_room(&f);
}

/* acc + sum of W[i] x[i] over all that layer l reads, in order */
static real add_inputs(real acc, const struct lur_shape *s, int l, const double *w, const double *const *x) {
  const uint32_t reads = lur_shape_reads(s, l);
  for (int k = 0; k <= l; k++) {
    const int n = reads >> k & 1 ? s->width[k] : 0;
    for (int i = 0; i < n; i++, w++)
      acc = vec_fma((real)*w, (real)x[k][i], acc);
  }
  return acc;
}

static void reference_forward(const struct lur_shape *s, const double *parameters, const double *input, double *work,
                              double *out) {
  double *z = work, *a = work + lur_shape_widest(s);
  const double *x[LUR_MAX_LAYERS + 1] = {input}; /* what each layer gave */
  for (int l = 0; l < s->n_layers; l++, a += s->width[l]) {
    enum lur_activation f = l == s->n_layers - 1 ? s->output : s->hidden;
    int in = lur_shape_fan_in(s, l), n = s->width[l + 1];
    for (int j = 0; j < n; j++, parameters += in + 1)
      z[j] = (double)add_inputs(s->bias ? (real)parameters[in] : 0, s, l, parameters, x);
    if (s->own[l])
      activate_own_values(s->own[l], n, z, a);
    else if (f == LUR_SOFTMAX)
      softmax_values(n, z, a);
    else
      activate_values(f, n, z, a);
    x[l + 1] = a;
  }
  for (int k = 0; k < s->width[s->n_layers]; k++)
    out[k] = leaving((real)x[s->n_layers][k]);
}

static void reference_update(const struct lur_shape *s, double *parameters, const double *input, double error,
                             double learning_rate) {
  real e = (real)error, rate = (real)learning_rate;
  int n = s->width[0];
  for (int i = 0; i < n; i++)
    parameters[i] = leaving(vec_fma(rate, e * (real)input[i], (real)parameters[i]));
  if (s->bias)
    parameters[n] = leaving(vec_fma(rate, e, (real)parameters[n]));
}

#endif
