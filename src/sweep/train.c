/* SPDX-License-Identifier: MIT
 * Trains the runs of a window: rows are sorted by structure, each structure is a job for the pool, and outcomes
 * become cells on the worker that has them. What the host answers (data, start values, metrics, stop.when) is asked
 * on the main thread, before or after, in run order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "sweep/sweep_internal.h"

enum { WINDOW_BYTES = 64 << 20 };
enum { LATE_NS = 300000000 }; /* so long after an interrupt, what was trained is still measured, and so kept */

static const struct lur_host_calls *calls_of(const struct loop *l) {
  static const struct lur_host_calls none;
  return l->plan->sweep.calls ? l->plan->sweep.calls : &none;
}

bool lur_loop_is_cancelled(const struct loop *l) {
  return l->options->cancel && atomic_load_explicit(l->options->cancel, memory_order_relaxed);
}

/* ---- Memory ---- */
static bool is_per_run(const struct lur_plan *p) {
  return p->sweep.calls && (p->sweep.calls->data || p->sweep.calls->start);
}

static bool has_host_metrics(const struct lur_plan *p) {
  return p->sweep.calls && p->sweep.calls->n_metrics > 0;
}

static size_t most_parameters(const struct lur_plan *p) {
  size_t most = 0;
  for (size_t g = 0; g < p->n_groups; g++) {
    size_t n = p->group[g].broken.code ? 0 : lur_shape_n_parameters(&p->group[g].structure.shape);
    if (n > most)
      most = n;
  }
  return most;
}

size_t lur_window_limit(const struct lur_plan *p) {
  size_t bytes = sizeof(struct lur_cell) * (size_t)p->n_columns + 32;
  bytes += 2 * sizeof(double) * (size_t)p->group[0].structure.n_curve;
  if (has_host_metrics(p))
    bytes += sizeof(double) * most_parameters(p) + sizeof(struct lur_outcome);
  if (is_per_run(p))
    bytes += sizeof(struct lur_numbers) +
             sizeof(double) * p->group[0].structure.n_patterns * (size_t)(p->sweep.spec->train.n_inputs + 8);
  if (p->sweep.calls && p->sweep.calls->start)
    bytes += sizeof(double) * most_parameters(p);
  size_t limit = WINDOW_BYTES / bytes;
  return limit > LUR_WINDOW_RUNS ? LUR_WINDOW_RUNS : limit < 64 ? 64 : limit;
}

static int allocate_host_part(struct window *w, const struct lur_plan *p, struct lur_error *e) {
  if (has_host_metrics(p)) {
    w->n_parameters = most_parameters(p);
    w->outcome = lur_alloc(w->room, sizeof *w->outcome);
    w->parameters = lur_alloc(w->room * w->n_parameters, sizeof(double));
    if (!w->outcome || !w->parameters)
      return lur_fail_memory(e);
  }
  if (is_per_run(p) && !(w->numbers = lur_alloc(w->room, sizeof *w->numbers)))
    return lur_fail_memory(e);
  return LUR_OK;
}

int lur_window_new(struct window *w, const struct lur_plan *p, size_t room, struct lur_error *e) {
  bool folds = p->sweep.keep == LUR_KEEP_CELLS;
  *w = (struct window){.room = room, .n_curve = folds && !has_host_metrics(p) ? 0 : p->group[0].structure.n_curve};
  w->stores_curve = w->n_curve > 0 && lur_plan_stores_curve(p);
  w->n_values = p->n_columns - p->n_axes - (folds ? LUR_N_CELL_COLUMNS : 0);
  w->run = lur_alloc(room, sizeof *w->run);
  w->status = lur_alloc(room, 1);
  w->finished = lur_alloc(room, 1);
  w->whole = lur_alloc(room, 1);
  w->kind = lur_alloc(room, sizeof *w->kind);
  w->message = lur_alloc(room, sizeof *w->message);
  bool good = w->run && w->status && w->finished && w->whole && w->kind && w->message;
  if (folds)
    good = good && (w->value = lur_alloc(room * (size_t)w->n_values, sizeof(double)));
  else
    good = good && (w->cell = lur_alloc(room * (size_t)p->n_columns, sizeof *w->cell));
  if (p->sweep.halving.n_rungs)
    good = good && (w->rank = lur_alloc(room, sizeof(double)));
  if (w->n_curve) {
    w->curve = lur_alloc(room * (size_t)w->n_curve, sizeof *w->curve);
    w->curve_epoch = lur_alloc(room * (size_t)w->n_curve, sizeof *w->curve_epoch);
    good = good && w->curve && w->curve_epoch;
  }
  return good ? allocate_host_part(w, p, e) : lur_fail_memory(e);
}

void lur_window_clear(struct window *w) {
  for (size_t i = 0; i < w->n; i++) {
    free(w->message[i]);
    w->message[i] = NULL;
  }
  if (w->finished)
    memset(w->finished, 0, w->n);
  w->n = 0;
  w->n_structures = 0;
}

void lur_window_free(struct window *w) {
  if (w->message)
    lur_window_clear(w);
  free(w->run);
  free(w->status);
  free(w->finished);
  free(w->whole);
  free(w->cell);
  free(w->value);
  free(w->rank);
  free(w->curve);
  free(w->curve_epoch);
  free(w->outcome);
  free(w->parameters);
  free(w->message);
  free(w->kind);
  free(w->numbers);
  free(w->structure);
  *w = (struct window){0};
}

/* ---- Before training ---- */
static bool same_structure(const struct lur_structure *a, const struct lur_structure *b) {
  return a->n_patterns == b->n_patterns && a->n_test == b->n_test && a->start_given == b->start_given &&
         a->loss == b->loss && a->optimizer == b->optimizer && a->init == b->init && a->bias_init == b->bias_init &&
         a->batch == b->batch && a->shuffle == b->shuffle && a->stops == b->stops &&
         a->shape.n_layers == b->shape.n_layers && a->shape.hidden == b->shape.hidden &&
         a->shape.output == b->shape.output && a->shape.bias == b->shape.bias &&
         a->shape.precision == b->shape.precision &&
         memcmp(a->shape.width, b->shape.width, sizeof(int) * (size_t)(a->shape.n_layers + 1)) == 0;
}

static int find_kind(struct window *w, const struct lur_structure *s, uint32_t *kind, struct lur_error *e) {
  for (size_t i = w->n_structures; i-- > 0;)
    if (same_structure(&w->structure[i], s)) {
      *kind = (uint32_t)i;
      return LUR_OK;
    }
  if (w->n_structures == w->structure_room) {
    size_t room = w->structure_room ? 2 * w->structure_room : 16;
    struct lur_structure *more = lur_resize(w->structure, room, sizeof *more);
    if (!more)
      return lur_fail_memory(e);
    w->structure = more;
    w->structure_room = room;
  }
  *kind = (uint32_t)w->n_structures;
  w->structure[w->n_structures++] = *s;
  return LUR_OK;
}

static int prepare_per_run(struct loop *l, struct lur_error *e) {
  struct window *w = &l->window;
  for (size_t i = 0; i < w->n; i++) {
    struct lur_structure s;
    int rc = lur_plan_resolve(l->plan, w->run[i], l->at, &s, &w->numbers[i], e);
    s.data_per_run = calls_of(l)->data != NULL;
    if (!rc)
      rc = find_kind(w, &s, &w->kind[i], e);
    if (rc)
      return rc;
    if (lur_loop_is_cancelled(l))
      return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  }
  return LUR_OK;
}

int lur_window_prepare(struct loop *l, struct lur_error *e) {
  struct window *w = &l->window;
  if (w->numbers)
    return prepare_per_run(l, e);
  for (size_t i = 0; i < w->n && l->plan->n_groups > 1; i++)
    w->kind[i] = (uint32_t)lur_plan_group(l->plan, w->run[i]);
  return LUR_OK;
}

static const struct lur_structure *structure_of(const struct loop *l, uint32_t kind) {
  return l->window.numbers ? &l->window.structure[kind] : &l->plan->group[kind].structure;
}

/* ---- One job a structure ---- */
struct job_context {
  struct loop *loop;
  const uint32_t *row;
  uint64_t most_epochs;
};

static void job_numbers(void *context, uint64_t k, struct lur_numbers *out) {
  struct job_context *c = context;
  struct window *w = &c->loop->window;
  uint32_t row = c->row[k];
  if (w->numbers)
    *out = w->numbers[row];
  else
    lur_plan_numbers(c->loop->plan, w->run[row], out);
  w->whole[row] = c->most_epochs == 0 || out->epochs <= c->most_epochs;
  if (!w->whole[row])
    out->epochs = c->most_epochs;
  for (int i = 0; i < w->n_curve; i++)
    w->curve_epoch[(size_t)row * (size_t)w->n_curve + (size_t)i] = lur_curve_epoch(i, w->n_curve, out->epochs);
}

/* The built-in metrics in the order of their columns. */
static int metric_values(const struct lur_plan *p, const struct lur_outcome *o, double *value) {
  int n = 0;
  value[n++] = o->metric[LUR_M_LOSS];
  value[n++] = o->metric[LUR_M_ACCURACY];
  value[n++] = (double)o->epochs;
  for (int m = LUR_M_ACCURACY + 1; m < LUR_N_METRICS; m++)
    if (p->sweep.spec->metrics >> m & 1)
      value[n++] = o->metric[m];
  return n;
}

static struct lur_cell real_cell(double x) {
  if (isnan(x))
    return (struct lur_cell){.kind = LUR_CELL_NULL};
  return (struct lur_cell){.kind = LUR_CELL_REAL, .as.real = x};
}

static void keep_cells(struct loop *l, uint32_t row, const struct lur_outcome *o) {
  const struct lur_plan *p = l->plan;
  struct lur_cell *cell = &l->window.cell[(size_t)row * (size_t)p->n_columns];
  double value[LUR_N_METRICS + 1];
  int n = metric_values(p, o, value);
  lur_plan_cells(p, l->window.run[row], cell);
  cell += p->n_axes;
  for (int i = 0; i < n; i++)
    cell[i] = real_cell(value[i]);
  cell[2] = (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)o->epochs};
  for (int i = n; i < l->window.n_values; i++)
    cell[i] = (struct lur_cell){.kind = LUR_CELL_NULL};
}

/* The script's metrics have no value yet, and none in a run that fails before they are asked for. */
static void keep_values(struct loop *l, uint32_t row, const struct lur_outcome *o) {
  struct window *w = &l->window;
  double *value = &w->value[(size_t)row * (size_t)w->n_values];
  for (int i = metric_values(l->plan, o, value); i < w->n_values; i++)
    value[i] = NAN;
}

static void keep_curve(struct window *w, uint32_t row, const struct lur_outcome *o) {
  double *curve = &w->curve[(size_t)row * (size_t)w->n_curve];
  for (int i = 0; i < w->n_curve; i++)
    curve[i] = i < o->n_curve ? o->curve[i] : NAN;
}

static int job_done(void *context, uint64_t k, const struct lur_outcome *o) {
  struct job_context *c = context;
  struct window *w = &c->loop->window;
  uint32_t row = c->row[k];
  w->status[row] = (uint8_t)o->status;
  if (w->cell)
    keep_cells(c->loop, row, o);
  if (w->value)
    keep_values(c->loop, row, o);
  if (w->rank)
    w->rank[row] = o->metric[c->loop->plan->sweep.halving.by];
  if (w->curve)
    keep_curve(w, row, o);
  if (w->outcome) {
    size_t n = lur_shape_n_parameters(&structure_of(c->loop, w->kind[row])->shape);
    double *parameters = &w->parameters[(size_t)row * w->n_parameters];
    memcpy(parameters, o->parameters, (n < w->n_parameters ? n : w->n_parameters) * sizeof(double));
    w->outcome[row] = *o;
    w->outcome[row].parameters = n <= w->n_parameters ? parameters : NULL;
    w->outcome[row].curve = w->curve ? &w->curve[(size_t)row * (size_t)w->n_curve] : NULL;
  }
  w->finished[row] = 1;
  return 0;
}

static bool same_patterns(const struct lur_patterns *a, const struct lur_patterns *b) {
  return a->n == b->n && (a->n == 0 || (a->inputs == b->inputs && a->targets == b->targets));
}

/* Whether the host gave all of these rows the same data set, so that lanes may share it. */
static bool share_data(const struct window *w, const uint32_t *rows, size_t n) {
  const struct lur_numbers *first = &w->numbers[rows[0]];
  for (size_t i = 1; i < n; i++) {
    const struct lur_numbers *other = &w->numbers[rows[i]];
    if (!same_patterns(&first->train, &other->train) || !same_patterns(&first->test, &other->test))
      return false;
  }
  return true;
}

static int train_structure(struct loop *l, const uint32_t *rows, size_t n, uint64_t most_epochs, struct lur_error *e) {
  struct job_context context = {.loop = l, .row = rows, .most_epochs = most_epochs};
  struct lur_structure structure = *structure_of(l, l->window.kind[rows[0]]);
  structure.data_per_run = structure.data_per_run && !share_data(&l->window, rows, n);
  const struct lur_job job = {.structure = &structure,
                              .n_runs = n,
                              .want_parameters = l->window.outcome != NULL,
                              .context = &context,
                              .numbers = job_numbers,
                              .done = job_done};
  return lur_pool_train(l->pool, &job, l->options->cancel, e);
}

/* ---- stop.when: one by one, on this thread ---- */
struct watch {
  struct loop *loop;
  const struct lur_structure *structure;
  uint64_t every;
  bool failed;
  char *why; /* owned */
};

static uint64_t next_watched(void *context, uint64_t epoch) {
  const struct watch *w = context;
  return epoch + (w->every - 1 - epoch % w->every);
}

static enum lur_answer see_watched(void *context, const struct lur_record *r) {
  struct watch *w = context;
  const struct lur_host_calls *calls = calls_of(w->loop);
  enum lur_answer a = calls->when(calls->context, w->loop->at, w->structure, r, &w->why);
  w->failed = a == LUR_FAIL_RUN;
  return a;
}

static int train_watched(struct loop *l, struct job_context *c, uint64_t k, struct lur_outcome *o,
                         struct lur_error *e) {
  struct lur_numbers numbers;
  uint32_t row = c->row[k];
  job_numbers(c, k, &numbers);
  lur_plan_spec(l->plan, l->window.run[row], l->at);
  struct watch watch = {.loop = l, .structure = structure_of(l, l->window.kind[row]), .every = numbers.stop_every};
  const struct lur_observer observer = {.context = &watch, .next = next_watched, .see = see_watched};
  int rc = lur_train(watch.structure, &numbers, &observer, l->options->cancel, o, e);
  if (!rc && lur_loop_is_cancelled(l))
    rc = lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  if (rc) {
    free(watch.why);
    return rc;
  }
  free(l->window.message[row]);
  l->window.message[row] = watch.why;
  return watch.failed && !watch.why ? lur_fail_memory(e) : LUR_OK;
}

static int train_all_watched(struct loop *l, const uint32_t *rows, size_t n, uint64_t most_epochs,
                             struct lur_error *e) {
  struct job_context context = {.loop = l, .row = rows, .most_epochs = most_epochs};
  size_t n_parameters = most_parameters(l->plan), n_curve = (size_t)l->window.n_curve;
  double *parameters = lur_alloc(n_parameters, sizeof(double)), *curve = lur_alloc(n_curve, sizeof(double));
  int rc = parameters && curve ? LUR_OK : lur_fail_memory(e);
  for (size_t k = 0; k < n && !rc; k++) {
    struct lur_outcome o = {.parameters = l->window.outcome ? parameters : NULL, .curve = n_curve ? curve : NULL};
    rc = train_watched(l, &context, k, &o, e);
    if (!rc)
      rc = job_done(&context, k, &o);
  }
  free(parameters);
  free(curve);
  return rc;
}

/* ---- The script's metrics: once a run, in run order ---- */
static void put_metrics(struct window *w, const struct lur_plan *p, size_t row, const double *value, int n) {
  int first = w->n_values - n;
  for (int i = 0; i < n; i++) {
    if (w->cell)
      w->cell[row * (size_t)p->n_columns + (size_t)(p->n_axes + first + i)] = real_cell(value[i]);
    if (w->value)
      w->value[row * (size_t)w->n_values + (size_t)(first + i)] = value[i];
  }
}

/* A run that diverged has no loss and no accuracy, which a metric may want: it stays what it is. */
static int take_failure(struct window *w, size_t row, char *why, struct lur_error *e) {
  if (!why)
    return lur_fail_memory(e);
  if (w->status[row] != LUR_DIVERGED)
    w->status[row] = LUR_FAILED;
  free(w->message[row]);
  w->message[row] = why;
  return LUR_OK;
}

/* late: the interrupt came before, and is not what may have spoilt this call. */
static int measure(struct loop *l, size_t row, bool late, struct lur_error *e) {
  const struct lur_host_calls *calls = calls_of(l);
  struct window *w = &l->window;
  char *why = NULL;
  double value[LUR_MAX_HOST_METRICS];
  for (int i = 0; i < calls->n_metrics; i++)
    value[i] = NAN;
  lur_plan_spec(l->plan, w->run[row], l->at);
  w->outcome[row].status = (enum lur_status)w->status[row]; /* halving may have ended it */
  int rc =
      calls->metric(calls->context, l->at, structure_of(l, w->kind[row]), &w->outcome[row], w->run[row], value, &why);
  if (!late && lur_loop_is_cancelled(l)) {
    free(why);
    return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  }
  put_metrics(w, l->plan, row, value, calls->n_metrics);
  return rc ? take_failure(w, row, why, e) : LUR_OK;
}

int lur_window_measure(struct loop *l, struct lur_error *e) {
  struct window *w = &l->window;
  if (!has_host_metrics(l->plan))
    return LUR_OK;
  const bool late = lur_loop_is_cancelled(l);
  const uint64_t begin_ns = lur_clock_ns();
  int rc = LUR_OK;
  for (size_t row = 0; row < w->n; row++) {
    if (!rc && late && lur_clock_ns() - begin_ns > LATE_NS)
      rc = lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
    if (!rc && w->finished[row] && w->status[row] != LUR_FAILED)
      rc = measure(l, row, late, e);
    if (rc)
      w->finished[row] = 0; /* has no metrics */
  }
  return rc;
}

/* ---- All rows ---- */
static int compare_keys(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

/* Rows by structure, in run order within one. */
static int sort_rows(struct loop *l, const uint32_t *rows, size_t n, struct lur_error *e) {
  const struct window *w = &l->window;
  bool mixed = false;
  for (size_t i = 1; i < n && !mixed; i++)
    mixed = w->kind[rows[i]] != w->kind[rows[0]];
  memcpy(l->order, rows, n * sizeof *rows);
  if (!mixed)
    return LUR_OK;
  uint64_t *key = lur_alloc(n, sizeof *key);
  if (!key)
    return lur_fail_memory(e);
  for (size_t i = 0; i < n; i++)
    key[i] = (uint64_t)w->kind[rows[i]] << 32 | rows[i];
  qsort(key, n, sizeof *key, compare_keys);
  for (size_t i = 0; i < n; i++)
    l->order[i] = (uint32_t)key[i];
  free(key);
  return LUR_OK;
}

static int train_structures(struct loop *l, const uint32_t *rows, size_t n, uint64_t most_epochs, struct lur_error *e) {
  const struct window *w = &l->window;
  int rc = sort_rows(l, rows, n, e);
  for (size_t first = 0, end; first < n && !rc; first = end) {
    for (end = first; end < n && w->kind[l->order[end]] == w->kind[l->order[first]];)
      end++;
    rc = train_structure(l, &l->order[first], end - first, most_epochs, e);
  }
  return rc;
}

int lur_window_train(struct loop *l, const uint32_t *rows, size_t n, uint64_t most_epochs, struct lur_error *e) {
  if (n == 0)
    return LUR_OK;
  return calls_of(l)->when ? train_all_watched(l, rows, n, most_epochs, e)
                           : train_structures(l, rows, n, most_epochs, e);
}

int lur_window_run(struct loop *l, struct lur_error *e) {
  int rc = lur_window_prepare(l, e);
  if (rc)
    return rc;
  rc = l->plan->sweep.halving.n_rungs ? lur_window_halve(l, e) : lur_window_train(l, l->rows, l->window.n, 0, e);
  if (rc && rc != LUR_ECANCELLED)
    return rc;
  int measured = lur_window_measure(l, e);
  if (calls_of(l)->forget)
    calls_of(l)->forget(calls_of(l)->context);
  return rc ? rc : measured;
}
