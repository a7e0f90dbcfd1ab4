/* SPDX-License-Identifier: MIT
 * The memory of a window: how many runs it may hold, and the arrays for their rows. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/loop.h"

/* A thread's share of a window fills its lanes many times, and still fits its cache. */
enum { WINDOW_BYTES = 64 << 20, RUNS_PER_THREAD = 8192 };

static bool is_per_run(const struct lur_plan *p) {
  return lur_plan_has_own_data(p) || p->sweep.calls->start;
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

/* Runs of as many replicates as have patterns that fit, but one for each thread at least. */
static size_t limit_of_folds(const struct lur_plan *p, int n_threads) {
  const struct lur_dataset *d = p->sweep.spec->whole;
  const size_t bytes = d ? d->n * (size_t)(d->n_inputs + d->n_outputs) * sizeof(double) : 0;
  const size_t fit = bytes ? WINDOW_BYTES / bytes : LUR_WINDOW_RUNS, least = (size_t)n_threads;
  const size_t n = fit > LUR_WINDOW_RUNS ? LUR_WINDOW_RUNS : fit < least ? least : fit;
  return p->n_cells < LUR_WINDOW_RUNS ? n * (size_t)p->n_cells : LUR_WINDOW_RUNS;
}

static size_t window_limit(const struct lur_plan *p, int n_threads) {
  size_t bytes = sizeof(struct lur_cell) * (size_t)p->n_columns + 32;
  bytes += 3 * sizeof(double) * (size_t)p->group[0].structure.n_curve;
  const bool measures = p->sweep.calls->n_metrics > 0, starts = p->sweep.calls->start != NULL;
  const size_t network_bytes = measures || starts ? sizeof(double) * most_parameters(p) : 0;
  if (measures)
    bytes += network_bytes + sizeof(struct lur_outcome);
  if (is_per_run(p))
    bytes += sizeof(struct lur_numbers);
  if (p->sweep.calls->data || starts)
    bytes += sizeof(double) * p->group[0].structure.n_patterns * (size_t)(p->group[0].structure.shape.width[0] + 8);
  if (starts)
    bytes += network_bytes;
  const bool few = n_threads < LUR_WINDOW_RUNS / RUNS_PER_THREAD;
  const size_t most = few ? (size_t)n_threads * RUNS_PER_THREAD : LUR_WINDOW_RUNS;
  size_t limit = WINDOW_BYTES / bytes;
  limit = limit < 64 ? 64 : limit;
  if (lur_spec_has_folds(p->sweep.spec))
    limit = limit < limit_of_folds(p, n_threads) ? limit : limit_of_folds(p, n_threads);
  return limit > most ? most : limit;
}

/* An array of n elements per row if it is asked for; false if there is no memory. */
static bool allocate(void *array, bool asked, size_t room, size_t n, size_t size_bytes) {
  void *new = asked ? lur_alloc(room * n, size_bytes) : NULL;
  memcpy(array, &new, sizeof new);
  return new || !asked;
}

/* ---- Rows ---- */
struct row_memory {
  struct lur_memory memory; /* first: what sinks hold */
  struct row_memory *next;
  struct row_set rows; /* the arrays, owned */
};

static void clear_messages(struct row_set *r) {
  for (size_t i = 0; i < r->n; i++) {
    free(r->message[i]);
    r->message[i] = NULL;
  }
}

static void free_memory(struct lur_memory *memory) {
  struct row_memory *m = (struct row_memory *)(void *)memory;
  struct row_set *r = &m->rows;
  clear_messages(r);
  free(r->run);
  free(r->status);
  free(r->finished);
  free(r->cell);
  free(r->message);
  free(r->curve);
  free(r->validation_curve);
  free(r->curve_epoch);
  free(m);
}

static struct row_memory *new_memory(const struct row_set *like) {
  struct row_memory *m = lur_alloc(1, sizeof *m);
  if (!m)
    return NULL;
  const size_t room = like->room;
  struct row_set *r = &m->rows;
  m->memory.free = free_memory;
  atomic_store(&m->memory.n_holders, 1);
  *r = (struct row_set){.room = room};
  const bool good = allocate(&r->run, true, room, 1, sizeof *r->run) && allocate(&r->status, true, room, 1, 1) &&
                    allocate(&r->finished, true, room, 1, 1) &&
                    allocate(&r->message, true, room, 1, sizeof *r->message) &&
                    allocate(&r->cell, like->n_columns > 0, room, (size_t)like->n_columns, sizeof *r->cell) &&
                    allocate(&r->curve, like->n_curve > 0, room, (size_t)like->n_curve, sizeof *r->curve) &&
                    allocate(&r->validation_curve, like->n_curve > 0, room, (size_t)like->n_curve, sizeof *r->curve) &&
                    allocate(&r->curve_epoch, like->n_curve > 0, room, (size_t)like->n_curve, sizeof *r->curve_epoch);
  if (good)
    return m;
  free_memory(&m->memory);
  return NULL;
}

void lur_rows_init(struct row_set *r, size_t room, int n_columns, int n_curve) {
  *r = (struct row_set){.room = room, .n_columns = n_columns, .n_curve = n_curve};
}

/* The first that nobody else holds is put in front; so what was used before is used again. */
static struct row_memory *free_rows(struct row_set *r) {
  struct row_memory **at = &r->memory;
  while (*at && atomic_load_explicit(&(*at)->memory.n_holders, memory_order_acquire) > 1)
    at = &(*at)->next;
  struct row_memory *m = *at;
  if (m)
    *at = m->next;
  else
    m = new_memory(r);
  if (!m)
    return NULL;
  m->next = r->memory;
  return r->memory = m;
}

int lur_rows_clear(struct row_set *r, struct lur_error *e) {
  if (r->memory)
    r->memory->rows.n = r->n;
  struct row_memory *m = free_rows(r);
  if (!m)
    return lur_fail_memory(e);
  clear_messages(&m->rows);
  memset(m->rows.finished, 0, m->rows.n);
  m->rows.n = r->n = 0;
  r->run = m->rows.run;
  r->status = m->rows.status;
  r->finished = m->rows.finished;
  r->cell = m->rows.cell;
  r->message = m->rows.message;
  r->curve = m->rows.curve;
  r->validation_curve = m->rows.validation_curve;
  r->curve_epoch = m->rows.curve_epoch;
  return LUR_OK;
}

void lur_rows_free(struct row_set *r) {
  if (r->memory)
    r->memory->rows.n = r->n;
  while (r->memory) {
    struct row_memory *m = r->memory;
    r->memory = m->next;
    lur_memory_release(&m->memory);
  }
}

struct lur_memory *lur_rows_memory(const struct row_set *r) {
  return &r->memory->memory;
}

/* ---- The window ---- */
int lur_window_new(struct window *w, const struct lur_plan *p, int n_threads, struct lur_error *e) {
  const bool folds = p->sweep.keep == LUR_KEEP_CELLS, measures = p->sweep.calls->n_metrics > 0;
  const bool halves = p->sweep.halving.n_rungs > 0;
  w->limit = window_limit(p, n_threads);
  const size_t room = w->limit + (halves ? 2 * (size_t)p->bracket : 0);
  const int n_curve = folds && !measures ? 0 : p->group[0].structure.n_curve;
  for (size_t g = 0; g < p->n_groups; g++)
    w->stores_validation = w->stores_validation || p->group[g].structure.n_validation > 0;
  w->stores_curve = !folds && n_curve > 0 && lur_plan_stores_curve(p);
  w->n_values = p->n_columns - p->n_axes - (folds ? LUR_N_CELL_COLUMNS : 0);
  lur_rows_init(&w->rows, room, folds ? 0 : p->n_columns, n_curve);
  bool good = allocate(&w->whole, true, room, 1, 1) && allocate(&w->kind, true, room, 1, sizeof *w->kind) &&
              allocate(&w->value, folds, room, (size_t)w->n_values, sizeof(double)) &&
              allocate(&w->rank, halves, room, 1, sizeof(double)) &&
              allocate(&w->outcome, measures, room, 1, sizeof *w->outcome) &&
              allocate(&w->epochs, measures, room, 1, sizeof *w->epochs) &&
              allocate(&w->numbers, is_per_run(p), room, 1, sizeof *w->numbers);
  return good ? LUR_OK : lur_fail_memory(e);
}

void lur_window_free(struct window *w) {
  lur_rows_free(&w->rows);
  free(w->whole);
  free(w->value);
  free(w->rank);
  free(w->outcome);
  free(w->epochs);
  free(w->parameters);
  free(w->kind);
  free(w->numbers);
  free(w->structure);
}
