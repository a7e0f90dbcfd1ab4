/* SPDX-License-Identifier: MIT
 * The rules that docs/numerics.md has for all kernels. */
#include "engine/rules.h"

#include <math.h>
#include <string.h>

static const double LOSS_CAP = 1e6; /* of trainability, as in arXiv 2402.06184 */

size_t lur_batch_size(const struct lur_structure *s) {
  return s->batch == 0 || s->batch > s->n_patterns ? s->n_patterns : s->batch;
}

int lur_target_width(const struct lur_structure *s) {
  return s->shape.width[s->shape.n_layers] * (s->scaled ? 2 : 1);
}

int lur_n_states(const struct lur_structure *s) {
  return s->own.optimizer ? s->own.optimizer->n_states : lur_optimizers[s->optimizer].n_state;
}

struct lur_starts lur_starts_of(const struct lur_structure *s) {
  return (struct lur_starts){s->init, s->bias_init, s->own.init, s->own.init && s->own.init_biases, NULL};
}

bool lur_decays(const struct lur_structure *s) {
  const struct lur_program *own = s->own.optimizer;
  bool own_decay = false;
  for (int k = 0; own && k < own->n_numbers; k++)
    own_decay = own_decay || strcmp(own->number[k], "weight_decay") == 0;
  return own ? !own_decay : lur_optimizers[s->optimizer].reads & LUR_READS_DECAY;
}

bool lur_freezes(const struct lur_structure *s) {
  return s->frozen_layers || s->frozen_biases || s->frozen;
}

bool lur_is_plain(const struct lur_structure *s) {
  bool plain = s->reduction == LUR_MEAN && s->clip == LUR_CLIP_NONE && !lur_freezes(s) && !s->weighted && !s->noises;
  for (int l = 0; l < s->shape.n_layers; l++)
    plain = plain && (s->shape.reads[l] & ~((uint32_t)1 << l)) == 0;
  return plain;
}

bool lur_shuffles(const struct lur_structure *s) {
  return s->shuffle && lur_batch_size(s) < s->n_patterns;
}

/* Numbers that have a field of their own, which a function may read, too. */
static const char *const fields[LUR_N_FIELD_NUMBERS] = {"momentum", "beta1", "beta2", "rho", "epsilon", "weight_decay"};

int lur_own_names(const struct lur_own *own, const char **names) {
  int n = 0;
  for (int k = 0; k < own->n_numbers; k++)
    names[n++] = own->number[k];
  for (int k = 0; k < LUR_N_FIELD_NUMBERS; k++)
    names[n++] = fields[k];
  return n;
}

void lur_own_numbers(const struct lur_own *own, const struct lur_numbers *n, double *number) {
  const double field[LUR_N_FIELD_NUMBERS] = {n->momentum, n->beta1, n->beta2, n->rho, n->epsilon, n->weight_decay};
  for (int k = 0; k < own->n_numbers; k++) {
    number[k] = n->own[k];
    for (int i = 0; i < LUR_N_FIELD_NUMBERS; i++)
      if (strcmp(own->number[k], fields[i]) == 0)
        number[k] = field[i];
  }
  memcpy(number + own->n_numbers, field, sizeof field);
}

int lur_program_numbers(const struct lur_program *p, const struct lur_own *own, const struct lur_numbers *n,
                        double *number, struct lur_error *e) {
  const char *names[LUR_MOST_NAMES];
  double all[LUR_MOST_NAMES];
  const int n_names = lur_own_names(own, names);
  lur_own_numbers(own, n, all);
  for (int k = 0; k < p->n_numbers; k++) {
    const int at = lur_number_place(p->number[k], n_names, names);
    if (at < 0)
      return lur_fail(e, LUR_EINPUT, lur_role_names[p->role], "it reads the number %s, which is not given",
                      p->number[k]);
    number[k] = all[at];
  }
  return LUR_OK;
}

static bool is_one_hot(const struct lur_patterns *p) {
  for (size_t i = 0; i < p->n; i++) {
    int n_ones = 0;
    for (int k = 0; k < p->n_outputs; k++) {
      double t = p->targets[i * (size_t)p->n_outputs + (size_t)k];
      if (t == 1)
        n_ones++;
      else if (t != 0)
        return false;
    }
    if (n_ones != 1)
      return false;
  }
  return p->n > 0 && p->n_outputs > 1;
}

struct lur_right_rule lur_right_rule_of(const struct lur_patterns *train) {
  if (is_one_hot(train))
    return (struct lur_right_rule){LUR_RIGHT_ONE_HOT, 0};
  size_t n = train->n * (size_t)train->n_outputs, other = 0;
  const double *t = train->targets;
  for (size_t i = 1; i < n; i++) {
    if (t[i] == t[0] || (other && t[i] == t[other]))
      continue;
    if (other)
      return (struct lur_right_rule){LUR_RIGHT_NEVER, 0};
    other = i;
  }
  if (!other)
    return (struct lur_right_rule){LUR_RIGHT_NEVER, 0};
  return (struct lur_right_rule){LUR_RIGHT_SIDES, 0.5 * t[0] + 0.5 * t[other]};
}

bool lur_cross_entropy_fits(enum lur_activation output, const struct lur_patterns *p) {
  if (lur_activations[output].loss != LUR_CROSS_ENTROPY)
    return false;
  for (size_t i = 0; i < p->n * (size_t)p->n_outputs; i++)
    if (!(p->targets[i] >= 0 && p->targets[i] <= 1))
      return false;
  return true;
}

unsigned lur_seen_by_stops(unsigned stops) {
  return (stops & LUR_STOP_LOSS ? 1u << LUR_SEEN_LOSS : 0u) | (stops & LUR_STOP_ACCURACY ? 1u << LUR_SEEN_RIGHT : 0u) |
         (stops & LUR_STOP_ERROR ? 1u << LUR_SEEN_ERROR_MAX : 0u);
}

/* Those that are measured at the end see nothing of a pass. */
#define SEEN_PASS(what) LUR_SEEN_##what
#define SEEN_TEST(what) LUR_SEEN_##what
#define SEEN_VALIDATION(what) LUR_SEEN_##what
#define SEEN_MONITOR(what) LUR_SEEN_##what
#define SEEN_EPOCHS(what) LUR_SEEN_##what
#define SEEN_PARAMETERS(what) LUR_SEEN_##what
#define SEEN_END(what) LUR_N_SEEN
#define SEEN_TEST_END(what) LUR_N_SEEN
#define SEEN_VALIDATION_END(what) LUR_N_SEEN
unsigned lur_seen_by_metrics(const struct lur_structure *s, enum lur_metric_source from) {
#define SEEN(ID, name, made_of, what, ...) [LUR_M_##ID] = SEEN_##made_of(what),
  static const enum lur_seen seen[] = {LUR_METRICS(SEEN)};
#undef SEEN
  unsigned bits = 0;
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (lur_metrics[m].from == from && lur_metric_asked(s, (enum lur_metric)m))
      bits |= 1u << seen[m];
  return bits;
}

bool lur_metric_asked(const struct lur_structure *s, enum lur_metric m) {
  return lur_metrics[m].always || s->metrics >> m & 1;
}

static double capped_loss(double loss) {
  return isfinite(loss) ? loss : LOSS_CAP;
}

/* n times sum = sum + x, each rounded, for x > 0; the same bits at a cost that hardly grows with n. Below the next
 * power of two all additions move the sum alike, ties too once a rounded sum is even: after three the rest are made at
 * once. */
static double add_many(double sum, double x, uint64_t n) {
  while (n >= 3 && isfinite(sum)) {
    int e1, e3;
    double s1 = sum + x, s2 = s1 + x, s3 = s2 + x, step = s3 - s2;
    frexp(s1, &e1);
    frexp(s3, &e3);
    sum = s3;
    n -= 3;
    if (e1 != e3 || !isfinite(s3))
      continue;
    double room = step > 0 ? (ldexp(1, e3 - 1) - s3 / 2) * 2 / step - 2 : (double)n;
    uint64_t jump = room < 1 ? 0 : room < (double)n ? (uint64_t)room : n;
    sum += (double)jump * step;
    n -= jump;
  }
  for (; n && isfinite(sum); n--)
    sum += x;
  return sum;
}

void lur_trainability_add(struct lur_trainability *t, double loss) {
  double x = capped_loss(loss);
  if (t->n == 0)
    t->first = x;
  double v = x / t->first;
  v = v > LOSS_CAP ? LOSS_CAP : v;
  t->sum += v;
  t->sum_of_inverse += 1 / v;
  t->last[t->n % LUR_TRAINABILITY_LAST] = v;
  t->n++;
}

/* The epochs that the run did not reach, up to epochs. */
static void add_missing(struct lur_trainability *t, uint64_t epochs) {
  double v = LOSS_CAP / t->first;
  v = v > LOSS_CAP ? LOSS_CAP : v;
  t->sum = add_many(t->sum, v, epochs - t->n);
  t->sum_of_inverse = add_many(t->sum_of_inverse, 1 / v, epochs - t->n);
  uint64_t from = epochs > LUR_TRAINABILITY_LAST ? epochs - LUR_TRAINABILITY_LAST : 0;
  for (uint64_t i = from > t->n ? from : t->n; i < epochs; i++)
    t->last[i % LUR_TRAINABILITY_LAST] = v;
  t->n = epochs;
}

double lur_trainability_end(struct lur_trainability *t, uint64_t epochs) {
  if (t->n == 0 && epochs > 0)
    lur_trainability_add(t, INFINITY);
  if (t->n < epochs)
    add_missing(t, epochs);
  if (t->n == 0)
    return NAN;
  uint64_t n = t->n < LUR_TRAINABILITY_LAST ? t->n : LUR_TRAINABILITY_LAST;
  double sum = 0;
  for (uint64_t i = t->n - n; i < t->n; i++)
    sum += t->last[i % LUR_TRAINABILITY_LAST];
  return lur_metric_value(sum / (double)n < 1 ? -t->sum : t->sum_of_inverse);
}

void lur_outcome_settle(struct lur_outcome *o, bool restored) {
  static const enum lur_metric answers[] = {LUR_M_ACCURACY,
                                            LUR_M_TEST_ACCURACY,
                                            LUR_M_VALIDATION_ACCURACY,
                                            LUR_M_WEIGHTED_ACCURACY,
                                            LUR_M_MACRO_PRECISION,
                                            LUR_M_MACRO_RECALL,
                                            LUR_M_MACRO_F1,
                                            LUR_M_TEST_MACRO_PRECISION,
                                            LUR_M_TEST_MACRO_RECALL,
                                            LUR_M_TEST_MACRO_F1,
                                            LUR_M_VALIDATION_MACRO_PRECISION,
                                            LUR_M_VALIDATION_MACRO_RECALL,
                                            LUR_M_VALIDATION_MACRO_F1};
  const bool is_lost = (o->status == LUR_DIVERGED && !restored) || isnan(o->metric[LUR_M_LOSS]);
  for (size_t i = 0; is_lost && i < sizeof answers / sizeof *answers; i++)
    o->metric[answers[i]] = (double)NAN;
}

uint64_t lur_curve_epoch(int i, int n_points, uint64_t epochs) {
  if (epochs <= (uint64_t)n_points)
    return (uint64_t)i;
  if (n_points == 1)
    return epochs - 1;
  uint64_t parts = (uint64_t)n_points - 1, steps = epochs - 1, k = (uint64_t)i;
  return k * (steps / parts) + k * (steps % parts) / parts;
}
