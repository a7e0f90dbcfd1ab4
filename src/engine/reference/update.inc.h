/* SPDX-License-Identifier: MIT
 * The reference kernel's updates: penalty, clipped gradients, weight decay and rule, in this order; the schedule before
 * them. A rule is a function over n parameters: weights w, gradients g, and arrays of state. Each is elementwise.
 * Defaults and rules of the built-in ones are PyTorch's (torch.optim); rprop_1993 is that of 1993. */
#ifndef LUR_REFERENCE_UPDATE_INC_H
#define LUR_REFERENCE_UPDATE_INC_H

#include <stdlib.h>

#include "base/memory.h"
#include "engine/reference/network.inc.h"
#include "engine/reference/own.inc.h"
#include "engine/rules.h"

struct optimizer {
  enum lur_optimizer kind;
  real learning_rate[LUR_MAX_LAYERS];
  real momentum, beta1, beta2, rho, epsilon, weight_decay;
  real rprop_grow, rprop_shrink, rprop_least, rprop_most;
  double power1, power2; /* adam: beta1^t and beta2^t, running; always double */
  double beta1_exact, beta2_exact;
  real rate_factor, root_factor; /* adam, of this update: 1 - beta1^t and sqrt(1 - beta2^t) */
  bool first;                    /* no update was made yet */
  bool spares_biases;            /* weight decay leaves them alone */
  enum lur_clip clip;
  real most;                          /* what gradients, or their norm, are clipped to */
  unsigned char *frozen;              /* [n_parameters], 1 where one stays as it is; or NULL */
  real *state[LUR_MAX_STATES];        /* as the parameters; NULL where the rule keeps none */
  struct own rule, penalty, schedule; /* of the script's own */
  double rule_number[LUR_MAX_OWN_NUMBERS], schedule_number[LUR_MAX_OWN_NUMBERS];
  double told[LUR_N_INPUTS];                              /* what they are told that does not vary */
  double base_rate[LUR_MAX_LAYERS], rate[LUR_MAX_LAYERS]; /* as given; and by the schedule */
  bool every_update; /* the schedule is asked before every update, not only before an epoch's first */
};

/* n parameters of one layer, of which the first stands at place `at`; arrays of state as the parameters. Every
 * stride-th of the layer is a bias. */
struct part {
  size_t n, at, stride;
  real rate, *w, *g, *state[LUR_MAX_STATES];
};

static bool is_bias(const struct part *p, size_t i) {
  return (p->at + i + 1) % p->stride == 0;
}

static void update_sgd(const struct optimizer *o, const struct part *p) { /* w - rate g */
  (void)o;
  for (size_t i = 0; i < p->n; i++)
    p->w[i] = vec_fma(-p->rate, p->g[i], p->w[i]);
}

/* s = mu s + g; w - rate s */
static void update_momentum(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0];
  for (size_t i = 0; i < p->n; i++) {
    s[i] = o->first ? p->g[i] : vec_fma(o->momentum, s[i], p->g[i]);
    p->w[i] = vec_fma(-p->rate, s[i], p->w[i]);
  }
}

/* s = mu s + g; w - rate (g + mu s) */
static void update_nesterov(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0];
  for (size_t i = 0; i < p->n; i++) {
    s[i] = o->first ? p->g[i] : vec_fma(o->momentum, s[i], p->g[i]);
    real d = vec_fma(o->momentum, s[i], p->g[i]);
    p->w[i] = vec_fma(-p->rate, d, p->w[i]);
  }
}

/* s = s + g^2; w - rate g / (sqrt(s) + eps) */
static void update_adagrad(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0];
  for (size_t i = 0; i < p->n; i++) {
    s[i] = vec_fma(p->g[i], p->g[i], s[i]);
    p->w[i] = p->w[i] - p->rate * (p->g[i] / (vec_sqrt(s[i]) + o->epsilon));
  }
}

/* s = rho s + (1 - rho) g^2; w - rate g / (sqrt(s) + eps) */
static void update_rmsprop(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0];
  real rest = 1 - o->rho;
  for (size_t i = 0; i < p->n; i++) {
    s[i] = vec_fma(o->rho, s[i], (rest * p->g[i]) * p->g[i]);
    p->w[i] = p->w[i] - p->rate * (p->g[i] / (vec_sqrt(s[i]) + o->epsilon));
  }
}

/* s = b1 s + (1-b1) g; v = b2 v + (1-b2) g^2; w - rate / (1 - b1^t) * s / (sqrt(v) / sqrt(1 - b2^t) + eps) */
static void update_adam(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0], *v = p->state[1];
  real rest1 = 1 - o->beta1, rest2 = 1 - o->beta2, rate = p->rate / o->rate_factor;
  for (size_t i = 0; i < p->n; i++) {
    s[i] = vec_fma(o->beta1, s[i], rest1 * p->g[i]);
    v[i] = vec_fma(o->beta2, v[i], (rest2 * p->g[i]) * p->g[i]);
    p->w[i] = p->w[i] - rate * (s[i] / (vec_sqrt(v[i]) / o->root_factor + o->epsilon));
  }
}

/* s: the gradient before; v: the step, which grows while the gradient keeps its sign and shrinks where it turns; a turn
 * takes no step. */
static void update_rprop(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0], *v = p->state[1];
  for (size_t i = 0; i < p->n; i++) {
    real turn = p->g[i] * s[i];
    real x = turn > 0 ? v[i] * o->rprop_grow : turn < 0 ? v[i] * o->rprop_shrink : v[i];
    x = o->rprop_least > x ? o->rprop_least : x;
    x = o->rprop_most < x ? o->rprop_most : x;
    real kept = turn < 0 ? 0 : p->g[i];
    real sign = kept > 0 ? 1 : kept < 0 ? -1 : kept;
    v[i] = x;
    s[i] = kept;
    p->w[i] = p->w[i] - sign * x;
  }
}

/* The same, but a turn takes the last change, c, back; the step is held where it has grown or shrunk alone. */
static void update_rprop_1993(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0], *v = p->state[1], *c = p->state[2];
  for (size_t i = 0; i < p->n; i++) {
    const real g = p->g[i], turn = g * s[i];
    if (turn < 0) {
      const real x = v[i] * o->rprop_shrink;
      v[i] = o->rprop_least > x ? o->rprop_least : x;
      p->w[i] = p->w[i] - c[i];
      s[i] = 0;
      continue;
    }
    if (turn > 0) {
      const real x = v[i] * o->rprop_grow;
      v[i] = o->rprop_most < x ? o->rprop_most : x;
    }
    const real sign = g > 0 ? 1 : g < 0 ? -1 : g;
    c[i] = -sign * v[i];
    p->w[i] = p->w[i] + c[i];
    s[i] = g;
  }
}

/* Of the script's own. States that it does not set stay: it returns them as they were. */
static void update_own(const struct optimizer *o, const struct part *p) {
  const struct own *rule = &o->rule;
  real of_bias, state[LUR_MAX_STATES];
  const real *given[LUR_N_INPUTS] = {[LUR_IN_IS_BIAS] = &of_bias, [LUR_IN_STATE] = state};
  for (size_t i = 0; i < p->n; i++) {
    given[LUR_IN_W] = &p->w[i];
    given[LUR_IN_G] = &p->g[i];
    of_bias = is_bias(p, i);
    for (int k = 0; k < rule->p->n_states; k++)
      state[k] = p->state[k][i];
    own_compute(rule, rule->p->n_ops, given);
    p->w[i] = own_result(rule, 0);
    for (int k = 0; k < rule->p->n_states; k++)
      p->state[k][i] = own_result(rule, k + 1);
  }
}

/* Its value (0) or its derivative (1). */
static real penalty_of(const struct own *penalty, real w, int result) {
  const real *given[LUR_N_INPUTS] = {[LUR_IN_W] = &w};
  own_compute(penalty, penalty->p->n_ops, given);
  return own_result(penalty, result);
}

/* g = g + penalty'(w), of weights. */
static void add_penalty(const struct optimizer *o, const struct part *p) {
  for (size_t i = 0; i < p->n; i++)
    if (!is_bias(p, i))
      p->g[i] = p->g[i] + penalty_of(&o->penalty, p->w[i], 1);
}

static void update_part(const struct optimizer *o, const struct part *p) {
  for (size_t i = 0; o->weight_decay != 0 && i < p->n; i++)
    if (!(o->spares_biases && is_bias(p, i)))
      p->g[i] = vec_fma(o->weight_decay, p->w[i], p->g[i]);
  if (o->rule.p) {
    update_own(o, p);
    return;
  }
#define CASE(ID, name, ...)                                                                                            \
  case LUR_##ID: update_##name(o, p); break;
  switch (o->kind) {
    LUR_OPTIMIZERS(CASE)
  case LUR_N_OPTIMIZERS: break;
  }
#undef CASE
}

static void adam_powers(struct optimizer *o) {
  o->power1 = o->power1 * o->beta1_exact;
  o->power2 = o->power2 * o->beta2_exact;
  o->rate_factor = (real)(1 - o->power1);
  o->root_factor = (real)sqrt(1 - o->power2);
}

/* The layers' rates: once an epoch, or once an update. */
static void ask_schedule(struct optimizer *o, const struct network *n) {
  own_settle(&o->schedule, o->schedule.p->n_ops, o->schedule_number, o->told);
  for (int l = 0; l < n->n_layers; l++) {
    o->rate[l] = o->base_rate[l] * o->schedule.exact[o->schedule.p->result[0]];
    o->learning_rate[l] = (real)o->rate[l];
  }
}

/* What comes before an update: it is one more; first: it is the epoch's first. */
static void update_begin(struct optimizer *o, const struct network *n, uint64_t epoch, bool first) {
  o->told[LUR_IN_UPDATE] += 1;
  o->told[LUR_IN_EPOCH] = (double)epoch;
  if (o->schedule.p && (first || o->every_update))
    ask_schedule(o, n);
  if (o->kind == LUR_ADAM)
    adam_powers(o);
}

/* What the script's own rule is told of a layer. */
static void tell_rule(struct optimizer *o, const struct network *n, int l) {
  o->told[LUR_IN_FAN_IN] = n->fan_in[l];
  o->told[LUR_IN_LAYER] = l + 1;
  o->told[LUR_IN_LEARNING_RATE] = o->rate[l];
  own_settle(&o->rule, o->rule.p->n_ops, o->rule_number, o->told);
}

/* Whether training changes the parameter at that place of layer l: it is not frozen, and no bias that is not there. */
static bool moves(const struct optimizer *o, const struct network *n, int l, size_t place) {
  const bool absent = !n->bias && (place + 1) % ((size_t)n->fan_in[l] + 1) == 0;
  return !absent && !(o->frozen && o->frozen[n->start[l] + place]);
}

/* What is done with layer l's parameters that move: each stretch of them is a part. */
static void each_part(struct optimizer *o, struct network *n, int l,
                      void (*step)(const struct optimizer *o, const struct part *p)) {
  const size_t first = n->start[l], size = n->start[l + 1] - first;
  for (size_t at = 0, end; at < size; at = end + 1) {
    for (end = at; end < size && moves(o, n, l, end); end++)
      continue;
    struct part p = {.n = end - at,
                     .at = at,
                     .stride = (size_t)n->fan_in[l] + 1,
                     .rate = o->learning_rate[l],
                     .w = n->parameters + first + at,
                     .g = n->gradients + first + at};
    for (int i = 0; i < LUR_MAX_STATES && o->state[i]; i++)
      p.state[i] = o->state[i] + first + at;
    step(o, &p);
  }
}

static void clip_values(const struct optimizer *o, struct network *n) {
  for (size_t i = 0; i < n->start[n->n_layers]; i++) {
    real g = n->gradients[i];
    g = -o->most > g ? -o->most : g;
    n->gradients[i] = o->most < g ? o->most : g;
  }
}

/* Of the gradients of all that moves: the root of the sum over units of squares, each unit's weights, then its bias. */
static real gradient_norm(const struct optimizer *o, const struct network *n) {
  real sum = 0;
  for (int l = 0; l < n->n_layers; l++) {
    const size_t stride = (size_t)n->fan_in[l] + 1;
    const real *g = n->gradients + n->start[l];
    for (size_t j = 0; j < (size_t)n->width[l + 1]; j++) {
      real of_unit = 0;
      for (size_t i = j * stride; i < (j + 1) * stride; i++)
        of_unit = moves(o, n, l, i) ? vec_fma(g[i], g[i], of_unit) : of_unit;
      sum = sum + of_unit;
    }
  }
  return vec_sqrt(sum);
}

/* Gradients whose norm is above clip_norm become as long as that. */
static void clip_to_norm(const struct optimizer *o, struct network *n) {
  const real factor = o->most / (gradient_norm(o, n) + (real)1e-6);
  for (size_t i = 0; factor < 1 && i < n->start[n->n_layers]; i++)
    n->gradients[i] = n->gradients[i] * factor;
}

/* One update of all parameters by the gradients, which penalty, clipping and weight decay change. */
static void update_all(struct optimizer *o, struct network *n) {
  for (int l = 0; o->penalty.p && l < n->n_layers; l++)
    each_part(o, n, l, add_penalty);
  if (o->clip == LUR_CLIP_VALUE)
    clip_values(o, n);
  if (o->clip == LUR_CLIP_NORM)
    clip_to_norm(o, n);
  for (int l = 0; l < n->n_layers; l++) {
    if (o->rule.p)
      tell_rule(o, n, l);
    each_part(o, n, l, update_part);
  }
  o->first = false;
}

/* One whose uniform operations are computed later, again and again. */
static int own_begin(struct own *f, const struct lur_program *p, const struct lur_structure *s,
                     const struct lur_numbers *numbers, double *number, struct lur_error *e) {
  const int status = lur_program_numbers(p, &s->own, numbers, number, e);
  return status ? status : own_room(f, p) ? LUR_OK : lur_fail_memory(e);
}

/* The functions of the script's own. */
static int optimizer_own(struct optimizer *o, const struct lur_structure *s, const struct lur_numbers *numbers,
                         struct lur_error *e) {
  int status;
  o->every_update = s->own.every_update;
  o->told[LUR_IN_EPOCHS] = (double)numbers->epochs;
  status = own_start(&o->penalty, s->own.penalty, s, numbers, e);
  if (s->own.optimizer && !status)
    status = own_begin(&o->rule, s->own.optimizer, s, numbers, o->rule_number, e);
  if (s->own.schedule && !status)
    status = own_begin(&o->schedule, s->own.schedule, s, numbers, o->schedule_number, e);
  return status;
}

static void optimizer_free(struct optimizer *o) {
  own_free(&o->penalty);
  own_free_room(&o->rule);
  own_free_room(&o->schedule);
  free(o->frozen);
}

static int optimizer_start(struct optimizer *o, const struct lur_structure *s, const struct lur_numbers *numbers,
                           const struct network *n, struct lur_error *e) {
  o->kind = s->optimizer;
  o->momentum = (real)numbers->momentum;
  o->beta1 = (real)numbers->beta1;
  o->beta2 = (real)numbers->beta2;
  o->rho = (real)numbers->rho;
  o->epsilon = (real)numbers->epsilon;
  o->weight_decay = lur_decays(s) ? (real)numbers->weight_decay : 0;
  o->spares_biases = s->spares_biases;
  o->clip = s->clip;
  o->most = (real)numbers->clip;
  if (lur_freezes(s)) {
    o->frozen = lur_alloc(n->start[n->n_layers], 1);
    if (!o->frozen)
      return lur_fail_memory(e);
    lur_mark_frozen(s, o->frozen);
  }
  o->rprop_grow = (real)numbers->rprop_grow;
  o->rprop_shrink = (real)numbers->rprop_shrink;
  o->rprop_least = (real)numbers->rprop_least;
  o->rprop_most = (real)numbers->rprop_most;
  o->beta1_exact = numbers->beta1;
  o->beta2_exact = numbers->beta2;
  o->power1 = o->power2 = 1;
  o->first = true;
  for (int l = 0; l < n->n_layers; l++) {
    o->base_rate[l] = o->rate[l] = numbers->learning_rate[l];
    o->learning_rate[l] = (real)numbers->learning_rate[l];
    if (!s->own.optimizer && lur_optimizers[s->optimizer].start == LUR_START_RATE)
      for (size_t i = n->start[l]; i < n->start[l + 1]; i++)
        o->state[1][i] = o->learning_rate[l];
  }
  return optimizer_own(o, s, numbers, e);
}

#endif
