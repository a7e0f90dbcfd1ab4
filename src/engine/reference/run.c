/* SPDX-License-Identifier: MIT
 * The reference kernel's run: epochs, stops, metrics. Compiled once a precision and instruction set, with VEC_FLOAT and
 * REFERENCE_BUILD (the name of its struct lur_reference) given. Shapes: network.inc.h.
 * One run belongs to one thread; nothing is shared. */
#include "engine/vec/scalar.h"

#include "engine/measure.h"

#include "engine/reference/primitives.inc.h"
#include "engine/reference/tally.inc.h"
#include "engine/reference/passage.inc.h"

/* ---- One epoch ---- */

static bool cancelled(const struct run *r) {
  return r->cancel && atomic_load_explicit(r->cancel, memory_order_relaxed);
}

/* The record's output and parameters: those of the epoch's last pattern, before its update. */
static void watch(struct run *r) {
  const struct network *n = &r->net;
  size_t outputs = (size_t)n->width[n->n_layers], n_parameters = n->start[n->n_layers];
  for (size_t k = 0; k < outputs; k++)
    r->watched[k] = (double)own_output(r, (int)k);
  for (size_t i = 0; i < n_parameters; i++)
    r->watched[outputs + i] = (double)n->parameters[i];
}

static void see_pattern(struct run *r, size_t place, struct tally *t) {
  struct network *n = &r->net;
  size_t at = r->order ? r->order[place] : place;
  const real *target = r->train.targets + at * (size_t)n->width[n->n_layers];
  r->noise.row = at;
  n->weight = weight_of(&r->train, at);
  forward(n, r->train.inputs + at * (size_t)n->width[0]);
  if (t->want)
    tally_pattern(t, r, &r->train, at);
  output_deltas(n, target);
  hidden_deltas(n);
}

/* What the passes of the epoch's update-th update (from 0) see. */
static void begin_noise(struct run *r, uint64_t update) {
  struct network *n = &r->net;
  n->noise = r->s->noises ? &r->noise : NULL;
  if (!has_noise(n->noise, LUR_NOISE_WEIGHTS))
    return;
  n->passes = r->noise.parameters;
  for (int l = 0; l < n->n_layers; l++)
    for (size_t j = 0, stride = (size_t)n->fan_in[l] + 1; j < (size_t)n->width[l + 1]; j++) {
      const size_t at = n->start[l] + j * stride;
      noise_on_unit(&r->noise, update * n->start[n->n_layers] + at, n->fan_in[l], n->parameters + at,
                    r->noise.parameters + at);
    }
}
static void end_noise(struct run *r) {
  r->net.noise = NULL;
  r->net.passes = r->net.parameters;
}

/* The gradients of the patterns first ... first + size - 1, averaged unless the loss is a sum. False where the run was
 * cancelled. */
static bool see_batch(struct run *r, size_t first, size_t size, struct tally *t) {
  struct network *n = &r->net;
  size_t n_parameters = n->start[n->n_layers];
  if (r->batch == 1) {
    see_pattern(r, first, t);
    gradients_of_one(n);
    return !cancelled(r);
  }
  for (size_t i = 0; i < n_parameters; i++)
    n->gradients[i] = 0;
  for (size_t i = 0; i < size; i++) {
    if (cancelled(r))
      return false;
    see_pattern(r, first + i, t);
    gradients_add(n);
  }
  for (size_t i = 0; i < n_parameters && n->reduction == LUR_MEAN; i++)
    n->gradients[i] = n->gradients[i] / (real)size;
  return true;
}

static bool run_epoch(struct run *r, uint64_t epoch, bool watched, struct tally *t) {
  size_t n = r->train.n;
  r->noise.epoch = epoch;
  if (r->order)
    lur_draw_order(r->numbers->seed, (uint32_t)epoch, LUR_DRAW_SHUFFLE, n, r->order);
  for (size_t first = 0; first < n; first += r->batch) {
    size_t size = n - first < r->batch ? n - first : r->batch;
    begin_noise(r, first / r->batch);
    if (!see_batch(r, first, size, t))
      return false;
    if (watched && first + size == n)
      watch(r);
    update_begin(&r->optimizer, &r->net, epoch, first == 0);
    update_all(&r->optimizer, &r->net);
  }
  end_noise(r);
  return true;
}

/* ---- Between epochs ---- */

static bool curve_due(const struct run *r, uint64_t epoch) {
  return r->next_point < r->s->n_curve && lur_curve_epoch(r->next_point, r->s->n_curve, r->numbers->epochs) == epoch;
}

static unsigned wanted(const struct run *r, uint64_t epoch) {
  unsigned want = 0;
  if (epoch == r->next_record)
    want |= 1u << LUR_SEEN_LOSS | 1u << LUR_SEEN_RECORD | 1u << LUR_SEEN_RIGHT;
  if (lur_every_loss(r->s) || curve_due(r, epoch))
    want |= 1u << LUR_SEEN_LOSS;
  if (!lur_look_due(r->s, r->numbers->stop_every, epoch))
    return want;
  return want | lur_seen_by_stops(r->s->stops) | lur_seen_by_monitor(r->s);
}

/* What is asked of the validation set after an epoch. */
static unsigned validated(const struct run *r, uint64_t epoch) {
  unsigned want = 0;
  if (!r->s->n_validation)
    return 0;
  if (epoch == r->next_record)
    want |= 1u << LUR_SEEN_LOSS | 1u << LUR_SEEN_RIGHT;
  if (curve_due(r, epoch))
    want |= 1u << LUR_SEEN_LOSS;
  return lur_look_due(r->s, r->numbers->stop_every, epoch) ? want | lur_validated_by_monitor(r->s) : want;
}

static bool parameters_finite(const struct network *n) {
  for (size_t i = 0; i < n->start[n->n_layers]; i++)
    if (!isfinite(n->parameters[i]))
      return false;
  return true;
}

/* What an epoch showed: its own passes over the training patterns, and one over the validation set after its updates.
 */
struct shown {
  struct tally t, validation;
};

static double accuracy_shown(const struct run *r, const struct tally *t, size_t n) {
  return isfinite(loss_of(r, t, n)) ? leaving(accuracy_of(r, t, n)) : (double)NAN;
}

static enum lur_answer record(struct run *r, uint64_t epoch, const struct shown *shown) {
  const struct tally *t = &shown->t, *v = &shown->validation;
  const size_t n_validation = r->validation.n;
  size_t outputs = (size_t)r->net.width[r->net.n_layers], n = outputs + r->net.start[r->net.n_layers];
  for (size_t i = 0; i < n; i++)
    r->watched[i] = r->watched[i] == r->watched[i] ? r->watched[i] : (double)NAN;
  struct lur_record record = {.epoch = epoch,
                              .loss = leaving(loss_of(r, t, r->train.n)),
                              .error = leaving(t->seen[LUR_SEEN_RECORD]),
                              .accuracy = accuracy_shown(r, t, r->train.n),
                              .validation_loss = n_validation ? leaving(loss_of(r, v, n_validation)) : (double)NAN,
                              .validation_accuracy = n_validation ? accuracy_shown(r, v, n_validation) : (double)NAN,
                              .output = r->watched,
                              .parameters = r->watched + outputs};
  enum lur_answer answer = r->observer->see(r->observer->context, &record);
  r->next_record = r->observer->next(r->observer->context, epoch + 1);
  return answer;
}

/* Those of `stops` (LUR_STOP_*) that what was seen satisfies. */
static unsigned satisfied(const struct run *r, unsigned stops, const struct tally *t) {
  unsigned held = 0;
  if (stops & LUR_STOP_ERROR && t->seen[LUR_SEEN_ERROR_MAX] <= r->stop_error)
    held |= LUR_STOP_ERROR;
  if (stops & LUR_STOP_LOSS && loss_of(r, t, r->train.n) < r->stop_loss)
    held |= LUR_STOP_LOSS;
  if (stops & LUR_STOP_ACCURACY && accuracy_of(r, t, r->train.n) >= r->stop_accuracy)
    held |= LUR_STOP_ACCURACY;
  return held;
}

/* Adds what the patterns as they stand give to t. False where the run was cancelled. */
static bool pass(struct run *r, const struct patterns *p, struct tally *t) {
  struct network *n = &r->net;
  for (size_t i = 0; i < p->n; i++) {
    if (cancelled(r))
      return false;
    n->weight = weight_of(p, i);
    forward(n, p->inputs + i * (size_t)n->width[0]);
    tally_pattern(t, r, p, i);
  }
  return true;
}

/* Whether a condition that the epoch's own passes satisfied is satisfied by one more pass, too, with the parameters as
 * the epoch left them. A pass that was cancelled satisfies none: the next pass ends the run. */
static bool solved(struct run *r, const struct tally *epoch) {
  const unsigned held = satisfied(r, r->s->stops, epoch);
  struct tally t = {.want = lur_seen_by_stops(held)};
  return held && pass(r, &r->train, &t) && satisfied(r, held, &t);
}

static void keep_loss(struct run *r, real loss) {
  if (!lur_every_loss(r->s))
    return;
  r->loss_least = loss < r->loss_least ? loss : r->loss_least;
  r->loss_sum = r->loss_sum + loss;
  if (r->s->metrics & LUR_BIT(LUR_M_TRAINABILITY))
    lur_trainability_add(&r->trainability, (double)loss);
  lur_monitor_add(&r->monitored, &r->endings, (double)loss);
}

static void keep_point(struct run *r, uint64_t epoch, const struct shown *shown, struct lur_outcome *out) {
  if (!curve_due(r, epoch))
    return;
  if (out->curve)
    out->curve[r->next_point] = leaving(loss_of(r, &shown->t, r->train.n));
  if (r->s->n_validation && out->validation_curve)
    out->validation_curve[r->next_point] = leaving(loss_of(r, &shown->validation, r->validation.n));
  r->next_point++;
}

static double monitored_value(const struct run *r, const struct shown *shown) {
  switch (r->s->monitor) {
  case LUR_MONITOR_LOSS: return (double)loss_of(r, &shown->t, r->train.n);
  case LUR_MONITOR_ACCURACY: return (double)accuracy_of(r, &shown->t, r->train.n);
  case LUR_MONITOR_VALIDATION_LOSS: return (double)loss_of(r, &shown->validation, r->validation.n);
  case LUR_MONITOR_VALIDATION_ACCURACY: return (double)accuracy_of(r, &shown->validation, r->validation.n);
  case LUR_N_MONITORS: break;
  }
  return NAN;
}

/* Whether the epoch's value stalls the run; the best epoch's parameters are kept. */
static bool look(struct run *r, uint64_t epoch, const struct shown *shown) {
  bool better;
  const bool stalled = lur_monitor_look(&r->monitored, &r->endings, monitored_value(r, shown), epoch, &better);
  if (better && r->best)
    memcpy(r->best, r->net.parameters, r->net.start[r->net.n_layers] * sizeof *r->best);
  return stalled;
}

/* What the epoch that has just ended makes of the run: LUR_FINISHED to go on. The order decides. */
static enum lur_status after_epoch(struct run *r, uint64_t epoch, const struct shown *shown, struct lur_outcome *out) {
  keep_loss(r, loss_of(r, &shown->t, r->train.n));
  keep_point(r, epoch, shown, out);
  enum lur_answer answer = epoch == r->next_record ? record(r, epoch, shown) : LUR_GO_ON;
  bool check = lur_look_due(r->s, r->numbers->stop_every, epoch);
  bool stalled = check && look(r, epoch, shown);
  if (answer == LUR_FAIL_RUN)
    return LUR_FAILED;
  if ((epoch + 1) % LUR_CHECK_EPOCHS == 0 && !parameters_finite(&r->net))
    return LUR_DIVERGED;
  if (answer == LUR_STOP_RUN)
    return LUR_STOPPED;
  if (check && solved(r, &shown->t))
    return LUR_SOLVED;
  return stalled ? LUR_STALLED : LUR_FINISHED;
}

/* The first epoch from `epoch` on that ends a stretch where nothing looks but the check for divergence. */
static uint64_t quiet_end(const struct run *r, uint64_t epoch) {
  uint64_t end = (epoch / LUR_CHECK_EPOCHS + 1) * LUR_CHECK_EPOCHS;
  if (lur_every_loss(r->s) || (lur_looks(r->s) && r->numbers->stop_every <= 1))
    return epoch;
  if (lur_looks(r->s)) {
    uint64_t every = r->numbers->stop_every, due = (epoch / every + 1) * every - 1;
    end = due < end ? due : end;
  }
  if (r->next_point < r->s->n_curve && !r->neuron.z) {
    uint64_t due = lur_curve_epoch(r->next_point, r->s->n_curve, r->numbers->epochs);
    end = due < end ? due : end;
  }
  end = r->next_record < end ? r->next_record : end;
  return r->numbers->epochs < end ? r->numbers->epochs : end;
}

/* A neuron's quiet stretch at once. False where it was cancelled. */
static bool run_quiet(struct run *r, uint64_t end, struct lur_outcome *out) {
  if (!neuron_epochs(&r->neuron, out->epochs, end, r->net.width[0], r->net.parameters))
    return false;
  out->epochs = end;
  if (end % LUR_CHECK_EPOCHS == 0 && !parameters_finite(&r->net))
    out->status = LUR_DIVERGED;
  return true;
}

/* The losses at the points that the neuron's loop kept. */
static void give_curve(struct run *r, struct lur_outcome *out) {
  neuron_curve(&r->neuron, r->s->loss);
  for (r->next_point = 0; r->next_point < r->neuron.n_points; r->next_point++)
    if (out->curve)
      out->curve[r->next_point] = leaving(r->neuron.z[r->next_point]);
}

static bool run_epochs(struct run *r, struct lur_outcome *out) {
  const uint64_t last = last_epochs(r);
  begin_passage(r, out);
  while (out->epochs < last && out->status == LUR_FINISHED) {
    uint64_t epoch = out->epochs;
    uint64_t quiet = r->is_neuron ? quiet_end(r, epoch) : epoch;
    if (quiet > epoch) {
      if (!run_quiet(r, quiet, out))
        return false;
      continue;
    }
    struct shown shown = {.t.want = wanted(r, epoch), .validation.want = validated(r, epoch)};
    if (!run_epoch(r, epoch, epoch == r->next_record, &shown.t))
      return false;
    if (shown.validation.want && !pass(r, &r->validation, &shown.validation))
      return false;
    out->epochs++;
    out->status = after_epoch(r, epoch, &shown, out);
  }
  if (r->neuron.z)
    give_curve(r, out);
  return true;
}

/* A run that is not solved ends with the parameters of the monitor's best epoch, and diverged if its last were not
 * finite. */
static bool restore(struct run *r, struct lur_outcome *out) {
  if (!r->best || out->status == LUR_SOLVED || !lur_monitor_has_best(&r->monitored))
    return false;
  if (out->status != LUR_FAILED && !parameters_finite(&r->net))
    out->status = LUR_DIVERGED;
  memcpy(r->net.parameters, r->best, r->net.start[r->net.n_layers] * sizeof *r->best);
  return true;
}

/* ---- The metrics of a run that ended ---- */

static real weight_norm(struct run *r) { /* without biases */
  const struct network *n = &r->net;
  real acc = 0;
  for (int l = 0; l < n->n_layers; l++) {
    const real *w = n->parameters + n->start[l];
    for (int j = 0; j < n->width[l + 1]; j++, w += n->fan_in[l] + 1)
      for (int i = 0; i < n->fan_in[l]; i++)
        acc = vec_fma(w[i], w[i], acc);
  }
  return vec_sqrt(acc);
}

static real penalty_of_unit(const struct own *penalty, const real *w, int n) {
  real sum = 0;
  for (int i = 0; i < n; i++)
    sum = sum + penalty_of(penalty, w[i], 0);
  return sum;
}

static real penalty_sum(struct run *r) { /* unit by unit */
  const struct network *n = &r->net;
  real acc = 0;
  if (!r->optimizer.penalty.p)
    return (real)NAN;
  for (int l = 0; l < n->n_layers; l++) {
    const real *w = n->parameters + n->start[l];
    for (int j = 0; j < n->width[l + 1]; j++, w += n->fan_in[l] + 1)
      acc = acc + penalty_of_unit(&r->optimizer.penalty, w, n->fan_in[l]);
  }
  return acc;
}

static double epochs_loss_min(const struct run *r, const struct lur_outcome *out) {
  (void)out;
  return (double)r->loss_least;
}
static double epochs_loss_sum(const struct run *r, const struct lur_outcome *out) {
  return out->epochs ? (double)r->loss_sum : (double)NAN;
}
static double epochs_trainability(struct run *r, const struct lur_outcome *out) {
  (void)out;
  return lur_trainability_end(&r->trainability, r->numbers->epochs);
}

static double monitor_best_epoch(const struct run *r) {
  return lur_monitor_best_epoch(&r->monitored);
}

static double sight(const struct run *r, const struct tally *t, enum lur_seen row, size_t n) {
#define SIGHT_MEAN(row) (double)(t->seen[row] / (real)n)
#define SIGHT_LARGEST(row) (double)t->seen[row]
#define SIGHT_SHARE(row) (double)accuracy_of(r, t, n)
#define CASE(ID, name, join)                                                                                           \
  case LUR_SEEN_##ID: return SIGHT_##join(LUR_SEEN_##ID);
  if (row == LUR_SEEN_LOSS)
    return (double)loss_of(r, t, n);
  if (row == LUR_SEEN_CROSS_ENTROPY && !lur_cross_entropy_fits(r->net.output, &r->numbers->train))
    return NAN;
  switch (row) {
    LUR_SIGHTS(CASE)
  case LUR_SEEN_RECORD:
  case LUR_N_SEEN: break;
  }
#undef CASE
  return NAN;
}

static double metric_of(struct run *r, const struct lur_outcome *out, const struct tally *t, size_t n,
                        enum lur_metric m) {
#define VALUE_PASS(name, what) sight(r, t, LUR_SEEN_##what, n)
#define VALUE_TEST(name, what) sight(r, t, LUR_SEEN_##what, n)
#define VALUE_VALIDATION(name, what) sight(r, t, LUR_SEEN_##what, n)
#define VALUE_MONITOR(name, what) monitor_##name(r)
#define VALUE_EPOCHS(name, what) epochs_##name(r, out)
#define VALUE_PARAMETERS(name, what) (double)name(r)
#define VALUE_END(name, what) (double)NAN /* measure.c has them */
#define VALUE_TEST_END VALUE_END
#define VALUE_VALIDATION_END VALUE_END
#define CASE(ID, name, from, what, ...)                                                                                \
  case LUR_M_##ID: return VALUE_##from(name, what);
  switch (m) {
    LUR_METRICS(CASE)
  case LUR_N_METRICS: break;
  }
#undef CASE
  return NAN;
}

/* The metrics that are made of that, if they were asked for. */
static void take(struct run *r, struct lur_outcome *out, enum lur_metric_source from, const struct tally *t, size_t n) {
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (lur_metrics[m].from == from && lur_metric_asked(r->s, (enum lur_metric)m))
      out->metric[m] = lur_metric_value(metric_of(r, out, t, n, (enum lur_metric)m));
}

/* Those of another set than the training patterns. */
static bool set_metrics(struct run *r, const struct patterns *p, enum lur_metric_source from, struct lur_outcome *out) {
  struct tally t = {.want = p->n ? lur_seen_by_metrics(r->s, from) : 0};
  if (t.want && !pass(r, p, &t))
    return false;
  if (t.want)
    take(r, out, from, &t, p->n);
  return true;
}

static bool run_metrics(struct run *r, struct lur_outcome *out) {
  struct tally t = {.want = lur_seen_by_metrics(r->s, LUR_FROM_PASS)};
  if (!pass(r, &r->train, &t))
    return false;
  for (int m = 0; m < LUR_N_METRICS; m++)
    out->metric[m] = (double)NAN;
  take(r, out, LUR_FROM_PASS, &t, r->train.n);
  take(r, out, LUR_FROM_EPOCHS, &t, r->train.n);
  take(r, out, LUR_FROM_PARAMETERS, &t, r->train.n);
  take(r, out, LUR_FROM_MONITOR, &t, r->train.n);
  if (out->status != LUR_FAILED && !(isfinite(loss_of(r, &t, r->train.n)) && parameters_finite(&r->net)))
    out->status = LUR_DIVERGED;
  return set_metrics(r, &r->test, LUR_FROM_TEST, out) && set_metrics(r, &r->validation, LUR_FROM_VALIDATION, out);
}

static void give_parameters(const struct run *r, struct lur_outcome *out) {
  for (size_t i = 0; out->parameters && i < r->net.start[r->net.n_layers]; i++)
    out->parameters[i] = leaving(r->net.parameters[i]);
  out->n_curve = r->next_point;
}

/* What is made of the network at its end. */
static int measure(const struct run *r, struct lur_outcome *out, struct lur_error *e) {
  const size_t n_parameters = r->net.start[r->net.n_layers];
  if (!lur_measures(r->s))
    return LUR_OK;
  double *parameters = lur_alloc(n_parameters, sizeof *parameters);
  if (!parameters)
    return lur_fail_memory(e);
  for (size_t i = 0; i < n_parameters; i++)
    parameters[i] = leaving(r->net.parameters[i]);
  const struct lur_measured m = {.structure = r->s,
                                 .reference = &REFERENCE_BUILD,
                                 .numbers = r->numbers,
                                 .parameters = parameters,
                                 .cancel = {r->cancel}};
  const int code = lur_measure(&m, out->metric, e);
  free(parameters);
  return code;
}

static int reference_train(const struct lur_structure *s, const struct lur_numbers *numbers,
                           const struct lur_passage *passage, const struct lur_observer *observer,
                           const atomic_int *cancel, struct lur_outcome *outcome, struct lur_error *e) {
  struct run r = {.s = s, .numbers = numbers, .passage = passage, .observer = observer, .cancel = cancel};
  int status = run_start(&r, e);
  if (status)
    goto done;
  const bool ran = run_epochs(&r, outcome);
  if (ran && passage && passage->to)
    leave_checkpoint(&r, outcome, passage->to);
  const bool restored = ran && restore(&r, outcome);
  if (!ran || !run_metrics(&r, outcome)) {
    status = lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
    goto done;
  }
  status = measure(&r, outcome, e);
  lur_outcome_settle(outcome, restored);
  give_parameters(&r, outcome);
done:
  run_free(&r);
  return status;
}

const struct lur_reference REFERENCE_BUILD = {REFERENCE_NAME, reference_train, reference_forward, reference_update};
