/* SPDX-License-Identifier: MIT
 * The reference kernel's run: what it holds, and how that is made and freed. */
#ifndef LUR_REFERENCE_START_INC_H
#define LUR_REFERENCE_START_INC_H

#include <stdlib.h>

#include "base/memory.h"
#include "engine/reference/network.inc.h"
#include "engine/reference/neuron.inc.h"
#include "engine/reference/update.inc.h"
#include "engine/monitor.h"

struct patterns {
  size_t n;
  const real *inputs, *targets, *given; /* given: targets before they were scaled; or the same */
  const real *weights;                  /* one a pattern; NULL: they have none */
  real *owned;                          /* the converted copy, or NULL where the caller's doubles are used */
};

struct run {
  const struct lur_structure *s;
  const struct lur_numbers *numbers;
  const struct lur_passage *passage; /* NULL: the whole run */
  const struct lur_observer *observer;
  const atomic_int *cancel;
  struct network net;
  struct optimizer optimizer;
  struct noise noise;
  struct patterns train, test, validation;
  const real *given; /* of the pattern that was seen last */
  struct lur_right_rule right;
  size_t batch;
  bool is_neuron; /* which trains it where nothing looks: */
  struct neuron neuron;
  uint32_t *order; /* NULL where patterns are visited as they stand */
  real *memory;    /* everything that is real */
  double *watched; /* a record's output and parameters; NULL without an observer */
  real stop_error, stop_loss, stop_accuracy;
  uint64_t next_record;
  int next_point; /* of the curve */
  struct lur_endings endings;
  struct lur_monitored monitored;
  real *best; /* the parameters of the monitor's best epoch, where it ends with them; else NULL */
  struct lur_trainability trainability;
  real loss_least, loss_sum;
};

static real weight_of(const struct patterns *p, size_t at) {
  return p->weights ? p->weights[at] : 1;
}

/* weights: those of `from`, or NULL. */
static int patterns_start(struct patterns *p, const struct lur_patterns *from, const double *weights,
                          struct lur_error *e) {
  p->n = from->n;
#if VEC_FLOAT
  const size_t n_inputs = from->n * (size_t)from->n_inputs, n_targets = from->n * (size_t)from->n_outputs;
  const size_t n_weights = weights ? from->n : 0;
  p->owned = lur_alloc(n_inputs + 2 * n_targets + n_weights, sizeof *p->owned);
  if (!p->owned)
    return lur_fail_memory(e);
  for (size_t i = 0; i < n_inputs; i++)
    p->owned[i] = (real)from->inputs[i];
  for (size_t i = 0; i < n_targets; i++)
    p->owned[n_inputs + i] = (real)from->targets[i];
  for (size_t i = 0; i < n_targets && from->given; i++)
    p->owned[n_inputs + n_targets + i] = (real)from->given[i];
  for (size_t i = 0; i < n_weights; i++)
    p->owned[n_inputs + 2 * n_targets + i] = (real)weights[i];
  p->inputs = p->owned;
  p->targets = p->owned + n_inputs;
  p->given = from->given ? p->targets + n_targets : p->targets;
  p->weights = weights ? p->owned + n_inputs + 2 * n_targets : NULL;
#else
  (void)e;
  p->inputs = from->inputs;
  p->targets = from->targets;
  p->given = from->given ? from->given : from->targets;
  p->weights = weights;
#endif
  return LUR_OK;
}

static void network_shape(struct network *n, const struct lur_structure *s) {
  n->n_layers = s->shape.n_layers;
  n->bias = s->shape.bias;
  n->hidden = s->shape.hidden;
  n->output = s->shape.output;
  n->loss = s->loss;
  n->reduction = s->reduction;
  for (int l = 0; l <= n->n_layers; l++) {
    n->width[l] = s->shape.width[l];
    n->start[l] = lur_shape_layer_start(&s->shape, l);
  }
  for (int l = 0; l < n->n_layers; l++) {
    n->fan_in[l] = lur_shape_fan_in(&s->shape, l);
    n->reads[l] = lur_shape_reads(&s->shape, l);
    for (int k = 0; k <= l; k++)
      n->input_of[l][k] = lur_shape_input_of(&s->shape, l, k);
  }
}

static size_t n_units(const struct network *n) {
  size_t total = 0;
  for (int l = 1; l <= n->n_layers; l++)
    total += (size_t)n->width[l];
  return total;
}

/* Numbers of what layers with shortcuts see. */
static size_t n_collected(const struct network *n) {
  size_t total = 0;
  for (int l = 0; l < n->n_layers; l++)
    total += n->fan_in[l] > n->width[l] ? (size_t)n->fan_in[l] : 0;
  return total;
}

/* With noise: parameters, a pattern, and two of what a layer gives. */
static size_t n_noise(const struct run *r) {
  const struct network *n = &r->net;
  return r->s->noises ? n->start[n->n_layers] + (size_t)n->width[0] + 2 * n_units(n) : 0;
}
static void noise_memory(struct run *r, real *p) {
  const struct network *n = &r->net;
  r->noise.parameters = p;
  r->noise.input = p + n->start[n->n_layers];
  p = r->noise.input + n->width[0];
  for (int l = 1; l <= n->n_layers; l++) {
    r->noise.passed[l] = p;
    r->noise.kept[l] = p + n->width[l];
    p += 2 * n->width[l];
  }
}

/* One block: parameters, gradients, optimizer state, then z, a, dz and, with shortcuts, x of every layer, and what
 * noise needs. */
static int network_memory(struct run *r, struct lur_error *e) {
  struct network *n = &r->net;
  size_t n_parameters = n->start[n->n_layers], units = n_units(n);
  const int n_states = lur_n_states(r->s);
  const size_t n_numbers = (2 + (size_t)n_states) * n_parameters + 3 * units + n_collected(n) + n_noise(r);
  real *p = r->memory = lur_alloc(n_numbers, sizeof *p);
  if (!p)
    return lur_fail_network(&r->s->shape, n_numbers * sizeof *p, e);
  n->passes = n->parameters = p;
  n->gradients = p + n_parameters;
  p += 2 * n_parameters;
  for (int i = 0; i < n_states; i++, p += n_parameters)
    r->optimizer.state[i] = p;
  for (int l = 1; l <= n->n_layers; l++) {
    n->z[l] = p;
    n->a[l] = p + n->width[l];
    n->dz[l] = p + 2 * n->width[l];
    p += 3 * n->width[l];
  }
  for (int l = 0; l < n->n_layers; l++)
    if (n->fan_in[l] > n->width[l]) {
      n->x[l] = p;
      p += n->fan_in[l];
    }
  if (r->s->noises)
    noise_memory(r, p);
  return LUR_OK;
}

/* Start values: drawn, then those that are given. Without biases their places stay +0. */
static int parameters_start(struct run *r, struct lur_error *e) {
  const struct lur_shape *shape = &r->s->shape;
  struct network *n = &r->net;
  size_t n_parameters = n->start[n->n_layers];
  double *drawn = lur_alloc(n_parameters, sizeof *drawn);
  if (!drawn)
    return lur_fail_network(shape, n_parameters * sizeof *drawn, e);
  double number[LUR_MAX_OWN_NUMBERS];
  struct lur_starts from = lur_starts_of(r->s);
  from.number = number;
  const int status = from.own ? lur_program_numbers(from.own, &r->s->own, r->numbers, number, e) : LUR_OK;
  if (status) {
    free(drawn);
    return status;
  }
  lur_draw_parameters(shape, &from, r->numbers->seed, r->numbers->init_scale, drawn);
  const double *given = r->s->start_given ? r->numbers->start : NULL;
  for (size_t i = 0; i < n_parameters; i++)
    n->parameters[i] = (real)(given && given[i] == given[i] ? given[i] : drawn[i]);
  free(drawn);
  for (int l = 0; l < n->n_layers && !n->bias; l++)
    for (int j = 0; j < n->width[l + 1]; j++)
      n->parameters[n->start[l] + (size_t)j * ((size_t)n->fan_in[l] + 1) + (size_t)n->fan_in[l]] = 0;
  return LUR_OK;
}

static int watch_start(struct run *r, struct lur_error *e) {
  const uint64_t first = r->passage && r->passage->from ? r->passage->from->epoch : 0;
  r->next_record = r->observer ? r->observer->next(r->observer->context, first) : UINT64_MAX;
  if (!r->observer)
    return LUR_OK;
  size_t outputs = (size_t)r->net.width[r->net.n_layers];
  r->watched = lur_alloc(outputs + r->net.start[r->net.n_layers], sizeof *r->watched);
  return r->watched ? LUR_OK : lur_fail_memory(e);
}

static int run_memory(struct run *r, struct lur_error *e) {
  int status = network_memory(r, e);
  if (!status)
    status = parameters_start(r, e);
  if (!status)
    status = patterns_start(&r->train, &r->numbers->train, r->s->weighted ? r->numbers->train.weights : NULL, e);
  if (!status && r->s->n_test)
    status = patterns_start(&r->test, &r->numbers->test, NULL, e);
  if (!status && r->s->n_validation)
    status = patterns_start(&r->validation, &r->numbers->validation, NULL, e);
  if (!status && r->s->restore) {
    r->best = lur_alloc(r->net.start[r->net.n_layers], sizeof *r->best);
    status = r->best ? LUR_OK : lur_fail_memory(e);
  }
  if (!status && lur_shuffles(r->s)) {
    r->order = lur_alloc(r->train.n, sizeof *r->order);
    status = r->order ? LUR_OK : lur_fail_memory(e);
  }
  return status ? status : watch_start(r, e);
}

/* Keeps the curve's points for the end where nothing else looks at an epoch, patterns are as they stand and few. */
static int neuron_start(struct run *r, struct lur_error *e) {
  const struct lur_structure *s = r->s;
  struct neuron *p = &r->neuron;
  *p = (struct neuron){.n = r->train.n,
                       .inputs = r->train.inputs,
                       .targets = r->train.targets,
                       .order = r->order,
                       .cancel = r->cancel,
                       .seed = r->numbers->seed,
                       .epochs = r->numbers->epochs,
                       .bias = r->net.bias,
                       .mse = s->loss == LUR_MSE,
                       .rate = r->optimizer.learning_rate[0],
                       .n_curve = s->n_curve};
  const bool alone = !r->observer && !lur_looks(s) && !lur_every_loss(s) && !s->n_validation && !r->order;
  if (alone && s->n_curve > 0 && p->n <= NEURON_MOST_KEPT / (size_t)s->n_curve) {
    p->z = lur_alloc((size_t)s->n_curve * p->n + NEURON_LOSSES, sizeof *p->z);
    if (!p->z)
      return lur_fail_memory(e);
  }
  neuron_next_point(p);
  return LUR_OK;
}

static int functions_start(struct run *r, struct lur_error *e) {
  struct network *n = &r->net;
  int status = own_start(&n->own_loss, r->s->own.loss, r->s, r->numbers, e);
  for (int l = 0; l < n->n_layers && !status; l++)
    status = own_start(&n->activation[l], r->s->shape.own[l], r->s, r->numbers, e);
  return status;
}

static int run_start(struct run *r, struct lur_error *e) {
  network_shape(&r->net, r->s);
  r->batch = lur_batch_size(r->s);
  r->right = lur_right_rule_of(&r->numbers->train);
  r->stop_error = (real)r->numbers->stop_error;
  r->stop_loss = (real)r->numbers->stop_loss;
  r->stop_accuracy = (real)r->numbers->stop_accuracy;
  r->endings = lur_endings_of(r->s, r->numbers);
  lur_monitor_begin(&r->monitored, &r->endings);
  r->loss_least = INFINITY;
  noise_start(&r->noise, r->s, r->numbers);
  int status = functions_start(r, e);
  if (!status)
    status = run_memory(r, e);
  if (status)
    return status;
  status = optimizer_start(&r->optimizer, r->s, r->numbers, &r->net, e);
  if (status)
    return status;
  r->is_neuron = !r->passage && lur_is_plain(r->s) && neuron_fits(&r->net, &r->optimizer, r->batch);
  return r->is_neuron ? neuron_start(r, e) : LUR_OK;
}

static void run_free(struct run *r) {
  optimizer_free(&r->optimizer);
  own_free(&r->net.own_loss);
  for (int l = 0; l < r->net.n_layers; l++)
    own_free(&r->net.activation[l]);
  free(r->memory);
  free(r->watched);
  free(r->order);
  free(r->neuron.z);
  free(r->train.owned);
  free(r->test.owned);
  free(r->validation.owned);
  free(r->best);
}

#endif
