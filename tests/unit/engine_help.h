/* SPDX-License-Identifier: MIT
 * What the engine's tests share: experiments as C values with the usual defaults, and comparisons that a NaN fails. */
#ifndef LUR_TESTS_ENGINE_HELP_H
#define LUR_TESTS_ENGINE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include "engine/engine.h"
#include "engine/reference/reference.h"

enum { MOST_PARAMETERS = 4096, MOST_POINTS = 64 };

struct experiment {
  struct lur_structure s;
  struct lur_numbers n;
  struct lur_outcome out;
  double parameters[MOST_PARAMETERS], curve[MOST_POINTS];
};

#define HELPER static inline __attribute__((unused))

/* Sigmoid units, sgd at 0.1, one pattern an update. widths ends with 0. */
HELPER void experiment_start(struct experiment *x, const int *widths, size_t n, const double *inputs,
                             const double *targets) {
  memset(x, 0, sizeof *x);
  int l = 0;
  for (; widths[l]; l++)
    x->s.shape.width[l] = widths[l];
  x->s.shape.n_layers = l - 1;
  x->s.shape.bias = true;
  x->s.batch = 1;
  x->s.n_patterns = n;
  x->n.seed = 1;
  x->n.epochs = 1;
  x->n.stop_every = 1;
  x->n.momentum = 0.9;
  x->n.beta1 = 0.9;
  x->n.beta2 = 0.999;
  x->n.rho = 0.99;
  x->n.epsilon = 1e-8;
  x->n.rprop_grow = 1.2;
  x->n.rprop_shrink = 0.5;
  x->n.rprop_least = 1e-6;
  x->n.rprop_most = 50;
  for (int i = 0; i < LUR_MAX_LAYERS; i++) {
    x->n.learning_rate[i] = 0.1;
    x->n.init_scale[i] = 1;
  }
  x->n.train = (struct lur_patterns){
      .n = n, .n_inputs = widths[0], .n_outputs = widths[l - 1], .inputs = inputs, .targets = targets};
}

/* Bits of all metrics that a run has where it has the sets up to that one. */
HELPER uint64_t metrics_up_to(enum lur_set last) {
  uint64_t bits = 0;
  for (int m = 0; m < LUR_N_METRICS; m++)
    bits |= lur_metric_set((enum lur_metric)m) <= last ? LUR_BIT(m) : 0;
  return bits;
}

HELPER void experiment_start_at(struct experiment *x, const double *start) {
  x->s.start_given = true;
  x->n.start = start;
}

HELPER void set_rate(struct experiment *x, double rate) {
  for (int i = 0; i < LUR_MAX_LAYERS; i++)
    x->n.learning_rate[i] = rate;
}

HELPER void experiment_train(struct experiment *x, const struct lur_observer *observer) {
  struct lur_error e = {0};
  x->out.parameters = x->parameters;
  x->out.curve = x->curve;
  if (lur_structure_check(&x->s, &e) || lur_train(&x->s, &x->n, observer, NULL, &x->out, &e))
    fail_msg("%s: %s", e.field, e.text);
}

HELPER void assert_near(const char *what, double got, double wanted, double tolerance) {
  if (!(fabs(got - wanted) <= tolerance))
    fail_msg("%s: %.17g, not %.17g (off by %g)", what, got, wanted, got - wanted);
}

#define assert_status(x, wanted) assert_string_equal(lur_status_names[(x)->out.status], lur_status_names[wanted])

#endif
