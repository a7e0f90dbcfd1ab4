/* SPDX-License-Identifier: MIT
 * Shapes, and what no kernel could train. Every refusal names the field, what was found and what is accepted. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/engine.h"
#include "engine/monitor.h"

enum { MANY_BYTES = 100000000 };

uint32_t lur_shape_reads(const struct lur_shape *s, int layer) {
  return s->reads[layer] | (uint32_t)1 << layer;
}

bool lur_shape_has_shortcuts(const struct lur_shape *s) {
  bool any = false;
  for (int l = 0; l < s->n_layers; l++)
    any = any || lur_shape_reads(s, l) != (uint32_t)1 << l;
  return any;
}

int lur_shape_input_of(const struct lur_shape *s, int layer, int source) {
  int n = 0;
  for (int k = 0; k < source; k++)
    n += lur_shape_reads(s, layer) >> k & 1 ? s->width[k] : 0;
  return n;
}

int lur_shape_fan_in(const struct lur_shape *s, int layer) {
  return lur_shape_input_of(s, layer, layer + 1);
}

size_t lur_shape_layer_start(const struct lur_shape *s, int layer) {
  size_t n = 0;
  for (int l = 0; l < layer; l++)
    n += ((size_t)lur_shape_fan_in(s, l) + 1) * (size_t)s->width[l + 1];
  return n;
}

size_t lur_shape_n_parameters(const struct lur_shape *s) {
  return lur_shape_layer_start(s, s->n_layers);
}

double lur_unscale(enum lur_precision precision, double o, double scale, double shift) {
  return precision == LUR_SINGLE ? (double)fmaf((float)o, (float)scale, (float)shift) : fma(o, scale, shift);
}

int lur_shape_widest(const struct lur_shape *s) {
  int widest = s->width[0];
  for (int l = 1; l <= s->n_layers; l++)
    widest = s->width[l] > widest ? s->width[l] : widest;
  return widest;
}

size_t lur_shape_n_work(const struct lur_shape *s) {
  size_t n = (size_t)lur_shape_widest(s);
  for (int l = 1; l <= s->n_layers; l++)
    n += (size_t)s->width[l];
  return n;
}

void lur_mark_frozen(const struct lur_structure *s, unsigned char *mark) {
  for (int l = 0; l < s->shape.n_layers; l++) {
    const size_t first = lur_shape_layer_start(&s->shape, l), end = lur_shape_layer_start(&s->shape, l + 1);
    const size_t stride = (size_t)lur_shape_fan_in(&s->shape, l) + 1;
    for (size_t p = first; p < end; p++)
      mark[p] = s->frozen_layers >> l & 1 || (s->frozen_biases && (p - first + 1) % stride == 0) ||
                (s->frozen && s->frozen[p] != 0);
  }
}

int lur_fail_network(const struct lur_shape *s, size_t n_bytes, struct lur_error *e) {
  char text[LUR_MAX_LAYERS * 8] = "";
  size_t used = 0;
  if (n_bytes < MANY_BYTES)
    return lur_fail_memory(e);
  for (int l = 0; l <= s->n_layers && used < sizeof text; l++)
    used += (size_t)snprintf(text + used, sizeof text - used, l ? "-%d" : "%d", s->width[l]);
  return lur_fail(e, LUR_ENOMEM, NULL, "out of memory: a network of %s has %zu parameters and needs %.3g GB", text,
                  lur_shape_n_parameters(s), (double)n_bytes * 1e-9);
}

static const char *width_field(const struct lur_shape *s, int l) {
  return l == 0 ? "inputs" : l == s->n_layers ? "targets" : "hidden";
}

static int check_widths(const struct lur_shape *s, struct lur_error *e) {
  if (s->n_layers < 1 || s->n_layers > LUR_MAX_LAYERS)
    return lur_fail(e, LUR_EINPUT, "hidden", "%d hidden layers; at most %d", s->n_layers - 1, LUR_MAX_LAYERS - 1);
  for (int l = 0; l <= s->n_layers; l++) {
    const char *what = l == 0 ? "inputs" : l == s->n_layers ? "outputs" : "units in a layer";
    if (s->width[l] < 1 || s->width[l] > LUR_MAX_WIDTH)
      return lur_fail(e, LUR_EINPUT, width_field(s, l), "%d %s; accepted is 1 to %d", s->width[l], what, LUR_MAX_WIDTH);
  }
  for (int l = 0; l < s->n_layers; l++)
    if (lur_shape_reads(s, l) >> l > 1)
      return lur_fail(e, LUR_EINPUT, "shortcuts", "layer %d cannot read a layer behind it", l + 1);
  return LUR_OK;
}

static int check_loss(const struct lur_structure *s, struct lur_error *e) {
  enum lur_activation output = s->shape.output;
  if (s->shape.n_layers > 1 && lur_is_for_outputs_only(s->shape.hidden))
    return lur_fail(e, LUR_EINPUT, "activation", "softmax is for outputs only; write output_activation = \"softmax\"");
  if (s->reduction == LUR_HALF_SUM && (s->own.loss || s->loss != LUR_MSE))
    return lur_fail(e, LUR_EINPUT, "reduction", "half_sum is half of squared errors, but loss is %s; write \"sum\"",
                    s->own.loss ? "a function" : lur_loss_names[s->loss]);
  if (s->own.loss || s->loss != LUR_CROSS_ENTROPY)
    return LUR_OK;
  if (s->shape.own[s->shape.n_layers - 1])
    return lur_fail(e, LUR_EINPUT, "loss",
                    "cross_entropy needs sigmoid or softmax outputs, but output_activation is a function");
  if (lur_activations[output].loss != LUR_CROSS_ENTROPY)
    return lur_fail(e, LUR_EINPUT, "loss",
                    "cross_entropy needs sigmoid or softmax outputs, but output_activation is %s",
                    lur_activation_names[output]);
  return LUR_OK;
}

/* Each of the numbers that a function reads is among the structure's, or has a field. */
static int check_numbers(const struct lur_own *own, const struct lur_program *p, struct lur_error *e) {
  const char *names[LUR_MOST_NAMES];
  const int n = lur_own_names(own, names);
  for (int k = 0; p && k < p->n_numbers; k++)
    if (lur_number_place(p->number[k], n, names) < 0)
      return lur_fail(e, LUR_EINPUT, lur_role_names[p->role], "it reads the number %s, which is not given",
                      p->number[k]);
  return LUR_OK;
}

static int check_own(const struct lur_structure *s, struct lur_error *e) {
  const struct lur_own *own = &s->own;
  const struct lur_program *const functions[] = {own->loss, own->optimizer, own->schedule, own->penalty, own->init};
  int status = LUR_OK;
  for (size_t k = 0; k < sizeof functions / sizeof *functions && !status; k++)
    status = check_numbers(own, functions[k], e);
  for (int l = 0; l < s->shape.n_layers && !status; l++)
    status = check_numbers(own, s->shape.own[l], e);
  if (!status && own->schedule && !own->optimizer && lur_optimizers[s->optimizer].start == LUR_START_RATE)
    return lur_fail(e, LUR_EINPUT, "schedule", "%s finds each parameter's step by itself and takes no schedule",
                    lur_optimizer_names[s->optimizer]);
  return status;
}

/* Sets that metrics, or the monitor, are made of are there. */
static int check_sets(const struct lur_structure *s, struct lur_error *e) {
  const size_t size[LUR_N_SETS] = {s->n_patterns, s->n_test, s->n_validation};
  for (int m = 0; m < LUR_N_METRICS; m++) {
    const enum lur_set set = lur_metric_set((enum lur_metric)m);
    if (!size[set] && lur_metric_asked(s, (enum lur_metric)m))
      return lur_fail(e, LUR_EINPUT, "metrics", "%s needs a %s; give %s", lur_metric_names[m], lur_set_names[set],
                      set == LUR_TEST ? "test" : "validation");
  }
  if (lur_monitors_validation(s) && !s->n_validation)
    return lur_fail(e, LUR_EINPUT, "stop.monitor", "%s needs a validation set; give validation",
                    lur_monitor_names[s->monitor]);
  return LUR_OK;
}

int lur_structure_check(const struct lur_structure *s, struct lur_error *e) {
  int status = check_widths(&s->shape, e);
  if (!status)
    status = check_loss(s, e);
  if (status)
    return status;
  if (s->n_patterns < 1)
    return lur_fail(e, LUR_EINPUT, "inputs", "there are no patterns; at least 1 is needed");
  if (s->n_patterns > UINT32_MAX)
    return lur_fail(e, LUR_EINPUT, "inputs", "%zu patterns; at most %lu", s->n_patterns, (unsigned long)UINT32_MAX);
  if (!s->own.optimizer && lur_optimizers[s->optimizer].reads & LUR_NEEDS_FULL_BATCH &&
      lur_batch_size(s) < s->n_patterns)
    return lur_fail(e, LUR_EINPUT, "batch", "%s needs the full batch, but batch is %zu; write batch = \"all\"",
                    lur_optimizer_names[s->optimizer], s->batch);
  if (s->scaled && !s->own.loss && s->loss == LUR_CROSS_ENTROPY)
    return lur_fail(e, LUR_EINPUT, "normalize_targets",
                    "cross_entropy needs targets from 0 to 1, which scaled ones are not; write output_activation = "
                    "\"linear\" and loss = \"mse\", or take normalize_targets away");
  status = check_own(s, e);
  return status ? status : check_sets(s, e);
}

static int check_value(const struct lur_structure *s, double x, const char *field, const char *what, size_t row,
                       size_t column, struct lur_error *e) {
  if (!isfinite(x))
    return lur_fail(e, LUR_EINPUT, field, "%s %zu of pattern %zu is %s; it must be a finite number", what, column + 1,
                    row + 1,
                    isnan(x) ? "nan"
                    : x > 0  ? "inf"
                             : "-inf");
  if (s->shape.precision == LUR_SINGLE && !isfinite((float)x))
    return lur_fail(e, LUR_EINPUT, field, "%s %zu of pattern %zu is %g, which is too large for precision single", what,
                    column + 1, row + 1, x);
  return LUR_OK;
}

static int check_rows(const struct lur_structure *s, const double *x, size_t n, int n_columns, const char *field,
                      const char *what, struct lur_error *e) {
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < (size_t)n_columns; k++) {
      int status = check_value(s, x[i * (size_t)n_columns + k], field, what, i, k, e);
      if (status)
        return status;
    }
  return LUR_OK;
}

/* One target a pattern, a whole number from 0: they may number classes. */
static bool may_be_classes(const struct lur_patterns *p) {
  bool whole = p->n_outputs == 1;
  for (size_t i = 0; whole && i < p->n; i++)
    whole = p->targets[i] >= 0 && p->targets[i] == floor(p->targets[i]);
  return whole;
}

static int check_unit_targets(const struct lur_structure *s, const struct lur_patterns *p, const char *field,
                              struct lur_error *e) {
  for (size_t i = 0; i < p->n; i++)
    for (size_t k = 0; k < (size_t)p->n_outputs; k++) {
      double t = p->targets[i * (size_t)p->n_outputs + k];
      if (!(t >= 0 && t <= 1))
        return lur_fail(
            e, LUR_EINPUT, field,
            "target %zu of pattern %zu is %g, but cross_entropy needs 0 to 1; it is the loss of %s outputs: write "
            "output_activation = \"linear\"%s",
            k + 1, i + 1, t, lur_activation_names[s->shape.output],
            may_be_classes(p) ? ", or classes = true in luron.csv if whole numbers name classes" : "");
    }
  return LUR_OK;
}

int lur_patterns_check(const struct lur_structure *s, const struct lur_patterns *p, const char *field,
                       struct lur_error *e) {
  const char *inputs = field ? field : "inputs", *targets = field ? field : "targets";
  int n_inputs = s->shape.width[0], n_outputs = s->shape.width[s->shape.n_layers];
  if (p->n_inputs != n_inputs)
    return lur_fail(e, LUR_EINPUT, inputs, "%d inputs, but the network has %d", p->n_inputs, n_inputs);
  if (p->n_outputs != n_outputs)
    return lur_fail(e, LUR_EINPUT, targets, "%d targets, but the network has %d outputs", p->n_outputs, n_outputs);
  int status = check_rows(s, p->inputs, p->n, n_inputs, inputs, "input", e);
  if (!status)
    status = check_rows(s, p->targets, p->n, n_outputs, targets, "target", e);
  if (!status && p->weights)
    status = check_rows(s, p->weights, p->n, 1, "pattern_weights", "weight", e);
  if (!status && s->loss == LUR_CROSS_ENTROPY && !s->own.loss)
    status = check_unit_targets(s, p, targets, e);
  return status;
}
