/* SPDX-License-Identifier: MIT
 * Patterns are scaled as the network's forward pass scales them, in a copy where that is needed. */
#include "data/scores.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/normalize.h"
#include "engine/rules.h"

enum lur_loss lur_network_loss(const struct lur_network *n) {
  return lur_activations[n->shape.output].loss;
}

static int check_width(const struct lur_network *n, const struct lur_dataset *d, struct lur_error *e) {
  const int n_inputs = n->shape.width[0], n_outputs = n->shape.width[n->shape.n_layers];
  if (d->n_inputs != n_inputs)
    return lur_fail(e, LUR_EINPUT, "inputs", "%d inputs, but the network has %d", d->n_inputs, n_inputs);
  if (d->n_outputs != n_outputs)
    return lur_fail(e, LUR_EINPUT, "targets", "%d targets, but the network has %d outputs", d->n_outputs, n_outputs);
  return LUR_OK;
}

/* Whether all rows are of one class of two, which an output from 0 to 1 tells. */
static bool is_one_class(const struct lur_network *n, const struct lur_dataset *d) {
  const bool tells = n->shape.output == LUR_SIGMOID || n->shape.output == LUR_STEP;
  bool is_one = tells && !n->shape.own[n->shape.n_layers - 1] && d->n_outputs == 1 && d->n > 0 &&
                (d->targets[0] == 0 || d->targets[0] == 1);
  for (size_t i = 1; is_one && i < d->n; i++)
    is_one = d->targets[i] == d->targets[0];
  return is_one;
}

/* ---- Loss and accuracy ---- */
static int count_right(const struct lur_network *n, const struct lur_dataset *d, const atomic_int *cancel,
                       double *accuracy, struct lur_error *e) {
  struct lur_confusion c;
  const int code = lur_network_confuse(n, d, cancel, &c, e);
  if (!code)
    *accuracy = (double)(c.count[0] + c.count[3]) / (double)d->n;
  free(code ? NULL : c.count);
  return code;
}

static int train_nothing(const struct lur_network *n, const struct lur_patterns *p, enum lur_loss loss,
                         const atomic_int *cancel, struct lur_outcome *outcome, struct lur_error *e) {
  const struct lur_structure s = {.shape = n->shape,
                                  .loss = loss,
                                  .init = LUR_INIT_ZEROS,
                                  .bias_init = LUR_INIT_ZEROS,
                                  .n_patterns = p->n,
                                  .scaled = p->given != NULL,
                                  .start_given = true};
  const struct lur_numbers numbers = {.stop_every = 1, .train = *p, .start = n->parameters};
  int code = lur_structure_check(&s, e);
  if (!code)
    code = lur_patterns_check(&s, p, NULL, e);
  return code ? code : lur_train(&s, &numbers, NULL, cancel, outcome, e);
}

/* As a start value, NaN would be drawn. */
static bool any_nan(const struct lur_network *n) {
  bool any = false;
  for (size_t i = 0; i < lur_shape_n_parameters(&n->shape); i++)
    any = any || isnan(n->parameters[i]);
  return any;
}

/* d's rows as the network was trained on such. What *inputs and *targets get is to be freed. */
static int scale(const struct lur_network *n, const struct lur_dataset *d, struct lur_patterns *p, double **inputs,
                 double **targets, struct lur_error *e) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  if ((n->shift || !d->inputs) && !(*inputs = lur_alloc(d->n * (size_t)d->n_inputs, sizeof **inputs)))
    return lur_fail_memory(e);
  if (n->target_shift && !(*targets = lur_alloc(d->n * (size_t)d->n_outputs, sizeof **targets)))
    return lur_fail_memory(e);
  if (n->shift)
    lur_normalize_inputs(n->shift, n->scale, &x, *inputs);
  else if (*inputs)
    lur_inputs_rows(&x, 0, d->n, *inputs);
  *p = (struct lur_patterns){.n = d->n,
                             .n_inputs = d->n_inputs,
                             .n_outputs = d->n_outputs,
                             .inputs = *inputs ? *inputs : d->inputs,
                             .targets = d->targets};
  if (!n->target_shift)
    return LUR_OK;
  lur_normalize_apply(n->target_shift, n->target_scale, d->n, d->n_outputs, d->targets, *targets);
  p->targets = *targets;
  p->given = d->targets;
  p->shift = n->target_shift;
  p->scale = n->target_scale;
  return LUR_OK;
}

int lur_network_score(const struct lur_network *n, const struct lur_dataset *d, enum lur_loss loss,
                      const atomic_int *cancel, struct lur_scores *out, struct lur_error *e) {
  struct lur_patterns p;
  struct lur_outcome outcome = {0};
  double *inputs = NULL, *targets = NULL;
  int code = check_width(n, d, e);
  if (!code)
    code = scale(n, d, &p, &inputs, &targets, e);
  if (!code)
    code = train_nothing(n, &p, loss, cancel, &outcome, e);
  free(inputs);
  free(targets);
  *out = (struct lur_scores){NAN, NAN};
  if (!code && !any_nan(n))
    *out = (struct lur_scores){outcome.metric[LUR_M_LOSS], outcome.metric[LUR_M_ACCURACY]};
  if (!code && !any_nan(n) && is_one_class(n, d))
    code = count_right(n, d, cancel, &out->accuracy, e);
  return code;
}

/* ---- Confusion ---- */
/* The class of these outputs or targets; -1 where they are none. */
static int class_of(const struct lur_right_rule *rule, const double *x, int n) {
  if (rule->kind == LUR_RIGHT_SIDES)
    return x[0] > rule->midpoint ? 1 : x[0] < rule->midpoint ? 0 : -1;
  const int at = lur_largest_output(x, n);
  return isnan(x[at]) ? -1 : at;
}

/* room: an input, an output and the work between. */
static int count(const struct lur_network *n, const struct lur_dataset *d, const struct lur_right_rule *rule,
                 const atomic_int *cancel, double *room, struct lur_confusion *out, struct lur_error *e) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  double *output = room + d->n_inputs, *work = output + d->n_outputs;
  for (size_t i = 0; i < d->n; i++) {
    if (cancel && atomic_load_explicit(cancel, memory_order_relaxed))
      return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
    lur_network_forward(n, lur_inputs_rows(&x, i, 1, room), work, output);
    const int target = class_of(rule, d->targets + i * (size_t)d->n_outputs, d->n_outputs);
    const int answer = class_of(rule, output, d->n_outputs);
    if (target >= 0 && answer >= 0)
      out->count[(size_t)target * (size_t)out->n_classes + (size_t)answer]++;
  }
  return LUR_OK;
}

int lur_network_confuse(const struct lur_network *n, const struct lur_dataset *d, const atomic_int *cancel,
                        struct lur_confusion *out, struct lur_error *e) {
  const struct lur_patterns p = {.n = d->n, .n_inputs = d->n_inputs, .n_outputs = d->n_outputs, .targets = d->targets};
  *out = (struct lur_confusion){0};
  int code = check_width(n, d, e);
  if (code)
    return code;
  const bool is_one = is_one_class(n, d);
  const struct lur_right_rule rule = is_one ? (struct lur_right_rule){LUR_RIGHT_SIDES, 0.5} : lur_right_rule_of(&p);
  if (rule.kind == LUR_RIGHT_NEVER || (rule.kind == LUR_RIGHT_SIDES && d->n_outputs > 1))
    return lur_fail(
        e, LUR_EINPUT, "targets",
        "are of no classes; there must be a 1 in each pattern and else 0, or one target that has two values");
  out->n_classes = rule.kind == LUR_RIGHT_SIDES ? 2 : d->n_outputs;
  if (rule.kind == LUR_RIGHT_SIDES)
    lur_dataset_target_ends(d, out->value);
  if (is_one)
    memcpy(out->value, (const double[]){0, 1}, sizeof out->value);
  const size_t n_room = (size_t)d->n_inputs + (size_t)d->n_outputs + lur_network_n_work(n);
  double *room = lur_alloc(n_room, sizeof *room);
  out->count = lur_alloc((size_t)out->n_classes * (size_t)out->n_classes, sizeof *out->count);
  code = room && out->count ? count(n, d, &rule, cancel, room, out, e) : lur_fail_memory(e);
  free(room);
  if (code) {
    free(out->count);
    out->count = NULL;
  }
  return code;
}
