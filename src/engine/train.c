/* SPDX-License-Identifier: MIT
 * One run, watched: by which kernel, and in which floating-point environment. */
#include <string.h>

#include "engine/block.h"
#include "engine/environment.h"
#include "engine/isa.h"
#include "engine/kernel_choice.h"
#include "engine/reference/reference.h"

struct one {
  const struct lur_numbers *numbers;
  struct lur_outcome *to;
  size_t n_parameters;
};

static void one_numbers(void *context, uint64_t k, struct lur_numbers *out) {
  const struct one *one = context;
  (void)k;
  *out = *one->numbers;
}

static int one_done(void *context, uint64_t k, const struct lur_outcome *o) {
  const struct one *one = context;
  double *parameters = one->to->parameters, *curve = one->to->curve, *validation_curve = one->to->validation_curve;
  (void)k;
  if (parameters)
    memcpy(parameters, o->parameters, one->n_parameters * sizeof *parameters);
  if (curve && o->n_curve > 0)
    memcpy(curve, o->curve, (size_t)o->n_curve * sizeof *curve);
  if (validation_curve && o->validation_curve && o->n_curve > 0)
    memcpy(validation_curve, o->validation_curve, (size_t)o->n_curve * sizeof *curve);
  *one->to = *o;
  one->to->parameters = parameters;
  one->to->curve = curve;
  one->to->validation_curve = validation_curve;
  return 0;
}

/* In the block's first lane. */
static int train_in_block(int n_threads, const struct lur_kernel *kernel, const struct lur_structure *s,
                          const struct lur_numbers *numbers, const struct lur_observer *observer,
                          const atomic_int *cancel, struct lur_outcome *outcome, struct lur_error *e) {
  struct one one = {numbers, outcome, lur_shape_n_parameters(&s->shape)};
  const struct lur_job job = {.structure = s,
                              .n_runs = 1,
                              .want_parameters = outcome->parameters != NULL,
                              .context = &one,
                              .numbers = one_numbers,
                              .done = one_done};
  struct lur_queue queue = {
      .job = &job, .cancel = cancel, .observer = observer, .kernel = kernel, .chunk = 1, .n_threads = n_threads};
  return lur_block_work(&queue, e);
}

int lur_train_by(int n_threads, const struct lur_structure *s, const struct lur_numbers *numbers,
                 const struct lur_observer *observer, const atomic_int *cancel, struct lur_outcome *outcome,
                 struct lur_error *e) {
  const char *why, *isa = lur_isa_name(e);
  if (!isa)
    return LUR_EINPUT;
  const struct lur_kernel *kernel = lur_kernel_choose(s, isa, 1, &why);
  if (!kernel)
    return lur_reference_train(s, numbers, observer, cancel, outcome, e);
  const lur_environment found = lur_environment_enter();
  const int code = train_in_block(n_threads, kernel, s, numbers, observer, cancel, outcome, e);
  lur_environment_leave(found);
  return code;
}

int lur_train(const struct lur_structure *s, const struct lur_numbers *numbers, const struct lur_observer *observer,
              const atomic_int *cancel, struct lur_outcome *outcome, struct lur_error *e) {
  return lur_train_by(1, s, numbers, observer, cancel, outcome, e);
}
