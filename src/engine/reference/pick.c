/* SPDX-License-Identifier: MIT
 * Which build of the reference kernel this machine runs, and its calls in the floating-point environment they need. */
#include "engine/environment.h"
#include "engine/reference/reference.h"

#ifdef LUR_HAVE_FMA_BUILDS
static bool machine_has_fma(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("fma");
}
#endif

const struct lur_reference *lur_reference_build(enum lur_precision precision, int k) {
  if (k == 0)
    return precision == LUR_SINGLE ? &lur_reference_single : &lur_reference_double;
#ifdef LUR_HAVE_FMA_BUILDS
  if (k == 1 && machine_has_fma())
    return precision == LUR_SINGLE ? &lur_reference_single_fma : &lur_reference_double_fma;
#endif
  return NULL;
}

const struct lur_reference *lur_reference_fastest(enum lur_precision precision) {
  const struct lur_reference *fused = lur_reference_build(precision, 1);
  return fused ? fused : lur_reference_build(precision, 0);
}

int lur_train_passage(const struct lur_structure *s, const struct lur_numbers *numbers, const struct lur_passage *p,
                      const struct lur_observer *observer, const atomic_int *cancel, struct lur_outcome *outcome,
                      struct lur_error *e) {
  lur_environment found = lur_environment_enter();
  int status = lur_reference_fastest(s->shape.precision)->train(s, numbers, p, observer, cancel, outcome, e);
  lur_environment_leave(found);
  return status;
}

int lur_reference_train(const struct lur_structure *s, const struct lur_numbers *numbers,
                        const struct lur_observer *observer, const atomic_int *cancel, struct lur_outcome *outcome,
                        struct lur_error *e) {
  return lur_train_passage(s, numbers, NULL, observer, cancel, outcome, e);
}

void lur_forward(const struct lur_shape *s, const double *parameters, const double *input, double *work, double *out) {
  lur_environment found = lur_environment_enter();
  lur_reference_fastest(s->precision)->forward(s, parameters, input, work, out);
  lur_environment_leave(found);
}

void lur_neuron_update(const struct lur_shape *s, double *parameters, const double *input, double error,
                       double learning_rate) {
  lur_environment found = lur_environment_enter();
  lur_reference_fastest(s->precision)->update(s, parameters, input, error, learning_rate);
  lur_environment_leave(found);
}
