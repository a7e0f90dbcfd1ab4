/* SPDX-License-Identifier: MIT
 * Trains rows of a window: they are sorted by structure, each structure is a job for the pool, and outcomes become
 * cells on the worker that has them. With a stop.when they are trained one by one on the main thread. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/loop.h"

/* ---- One job per structure ---- */
struct job_context {
  struct loop *loop;
  const uint32_t *row;
  const struct lur_numbers *base;
  uint64_t most_epochs;
};

/* What the rows of a job have in common; NULL where the host gives them data or start values. */
static const struct lur_numbers *base_of(const struct loop *l, uint32_t row) {
  return l->window.numbers ? NULL : &l->plan->group[l->window.kind[row]].numbers;
}

static void job_numbers(void *context, uint64_t k, struct lur_numbers *out) {
  struct job_context *c = context;
  struct window *w = &c->loop->window;
  uint32_t row = c->row[k];
  struct lur_cell *cell = w->rows.cell ? &w->rows.cell[(size_t)row * (size_t)c->loop->plan->n_columns] : NULL;
  if (c->base)
    out->epochs = c->base->epochs; /* and not what was left of another's */
  else
    *out = w->numbers[row];
  lur_plan_put(c->loop->plan, w->rows.run[row], c->base ? out : NULL, cell);
  w->whole[row] = c->most_epochs == 0 || out->epochs <= c->most_epochs;
  if (!w->whole[row])
    out->epochs = c->most_epochs;
  if (w->epochs)
    w->epochs[row] = out->epochs;
  for (int i = 0; i < w->rows.n_curve; i++)
    w->rows.curve_epoch[(size_t)row * (size_t)w->rows.n_curve + (size_t)i] =
        lur_curve_epoch(i, w->rows.n_curve, out->epochs);
}

/* Those of the axes are there already. */
static void keep_metrics(struct loop *l, uint32_t row, const struct lur_outcome *o) {
  const struct lur_plan *p = l->plan;
  struct lur_cell *cell = &l->window.rows.cell[(size_t)row * (size_t)p->n_columns + (size_t)p->n_axes];
  double value[LUR_N_METRICS + 1];
  int epochs, n = lur_plan_metrics(p, o, value, &epochs);
  for (int i = 0; i < n; i++)
    cell[i] = lur_real_cell(value[i]);
  cell[epochs] = (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)o->epochs};
  for (int i = n; i < l->window.n_values; i++)
    cell[i] = (struct lur_cell){.kind = LUR_CELL_NULL};
}

static int job_done(void *context, uint64_t k, const struct lur_outcome *o) {
  struct job_context *c = context;
  struct window *w = &c->loop->window;
  uint32_t row = c->row[k];
  w->rows.status[row] = (uint8_t)o->status;
  if (w->rows.cell)
    keep_metrics(c->loop, row, o);
  if (w->value) { /* the script's metrics have none yet, and none in a run that fails before they are asked for */
    double *value = &w->value[(size_t)row * (size_t)w->n_values];
    int epochs;
    for (int i = lur_plan_metrics(c->loop->plan, o, value, &epochs); i < w->n_values; i++)
      value[i] = NAN;
  }
  if (w->rank)
    w->rank[row] = o->metric[c->loop->plan->sweep.halving.by];
  const size_t first = (size_t)row * (size_t)w->rows.n_curve;
  for (int i = 0; i < w->rows.n_curve; i++) {
    w->rows.curve[first + (size_t)i] = i < o->n_curve ? o->curve[i] : NAN;
    w->rows.validation_curve[first + (size_t)i] = i < o->n_curve && o->validation_curve ? o->validation_curve[i] : NAN;
  }
  if (w->outcome) {
    size_t n = lur_shape_n_parameters(&lur_row_structure(c->loop, row)->shape);
    double *parameters = &w->parameters[(size_t)row * w->n_parameters];
    memcpy(parameters, o->parameters, n * sizeof(double));
    w->outcome[row] = *o;
    w->outcome[row].parameters = parameters;
    w->outcome[row].curve = w->rows.curve ? &w->rows.curve[first] : NULL;
    w->outcome[row].validation_curve = w->rows.curve && o->validation_curve ? &w->rows.validation_curve[first] : NULL;
  }
  w->rows.finished[row] = 1;
  return 0;
}

static bool same_patterns(const struct lur_patterns *a, const struct lur_patterns *b) {
  return a->n == b->n &&
         (a->n == 0 || (a->inputs == b->inputs && a->targets == b->targets && a->weights == b->weights));
}

/* Whether the host gave all of these rows the same data set, so that lanes may share it. */
static bool share_data(const struct window *w, const uint32_t *rows, size_t n) {
  const struct lur_numbers *first = &w->numbers[rows[0]];
  for (size_t i = 1; i < n; i++) {
    const struct lur_numbers *other = &w->numbers[rows[i]];
    if (!same_patterns(&first->train, &other->train) || !same_patterns(&first->test, &other->test) ||
        !same_patterns(&first->validation, &other->validation))
      return false;
  }
  return true;
}

static int train_structure(struct loop *l, const uint32_t *rows, size_t n, uint64_t most_epochs, struct lur_error *e) {
  struct job_context context = {.loop = l, .row = rows, .base = base_of(l, rows[0]), .most_epochs = most_epochs};
  struct lur_structure structure = *lur_row_structure(l, rows[0]);
  structure.data_per_run = structure.data_per_run && !share_data(&l->window, rows, n);
  const struct lur_job job = {.structure = &structure,
                              .n_runs = n,
                              .want_parameters = l->window.outcome != NULL,
                              .context = &context,
                              .base = context.base,
                              .numbers = job_numbers,
                              .done = job_done};
  return lur_pool_train(l->pool, &job, l->cancel, e);
}

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

/* ---- stop.when: one by one, on this thread, which gets help with large networks ---- */
struct watched {
  struct loop *loop;
  const struct lur_structure *structure;
  uint64_t every;
  bool failed;
  char *why; /* owned */
};

static uint64_t next_watched(void *context, uint64_t epoch) {
  const struct watched *w = context;
  return epoch + (w->every - 1 - epoch % w->every);
}

static enum lur_answer see_watched(void *context, const struct lur_record *r) {
  struct watched *w = context;
  const struct lur_host_calls *calls = w->loop->plan->sweep.calls;
  enum lur_answer a = calls->when(calls->context, w->loop->at, w->structure, r, &w->why);
  w->failed = a == LUR_FAIL_RUN;
  return a;
}

static int train_watched(struct loop *l, struct job_context *c, uint64_t k, struct lur_outcome *o,
                         struct lur_error *e) {
  uint32_t row = c->row[k];
  c->base = base_of(l, row);
  struct lur_numbers numbers = c->base ? *c->base : (struct lur_numbers){0};
  job_numbers(c, k, &numbers);
  int rc = lur_plan_spec_with_data(l->plan, l->window.rows.run[row], l->at, e);
  if (rc)
    return rc;
  struct watched watch = {.loop = l, .structure = lur_row_structure(l, row), .every = numbers.stop_every};
  const struct lur_observer observer = {.context = &watch, .next = next_watched, .see = see_watched};
  rc = lur_train_by(l->n_threads, watch.structure, &numbers, &observer, l->cancel, o, e);
  if (!rc && lur_loop_is_cancelled(l))
    rc = lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  if (rc) {
    free(watch.why);
    return rc;
  }
  free(l->window.rows.message[row]);
  l->window.rows.message[row] = watch.why;
  return watch.failed && !watch.why ? lur_fail_memory(e) : LUR_OK;
}

static int train_all_watched(struct loop *l, const uint32_t *rows, size_t n, uint64_t most_epochs,
                             struct lur_error *e) {
  struct job_context context = {.loop = l, .row = rows, .most_epochs = most_epochs};
  const size_t n_parameters = l->window.n_parameters, n_curve = (size_t)l->window.rows.n_curve;
  double *parameters = lur_alloc(n_parameters, sizeof(double)), *curve = lur_alloc(2 * n_curve, sizeof(double));
  int rc = parameters && curve ? LUR_OK : lur_fail_memory(e);
  for (size_t k = 0; k < n && !rc; k++) {
    struct lur_outcome o = {.parameters = l->window.outcome ? parameters : NULL, .curve = n_curve ? curve : NULL};
    if (n_curve && lur_row_structure(l, context.row[k])->n_validation)
      o.validation_curve = curve + n_curve;
    rc = train_watched(l, &context, k, &o, e);
    if (!rc)
      rc = job_done(&context, k, &o);
  }
  free(parameters);
  free(curve);
  return rc;
}

int lur_window_train(struct loop *l, const uint32_t *rows, size_t n, uint64_t most_epochs, struct lur_error *e) {
  const uint32_t *kind = l->window.kind;
  if (n && l->plan->sweep.calls->when)
    return train_all_watched(l, rows, n, most_epochs, e);
  int rc = n ? sort_rows(l, rows, n, e) : LUR_OK;
  for (size_t first = 0, end; first < n && !rc; first = end) {
    for (end = first; end < n && kind[l->order[end]] == kind[l->order[first]];)
      end++;
    rc = train_structure(l, &l->order[first], end - first, most_epochs, e);
  }
  return rc;
}
