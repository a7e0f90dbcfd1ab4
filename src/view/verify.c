/* SPDX-License-Identifier: MIT
 * Verification is a sweep whose sink compares: numbers that the file does not hold, or that are not in the sample, are
 * handed to it as done before. */
#include "view/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct lur_stored *lur_verify_stored(struct lur_table *t, struct lur_plan **plan, struct lur_error *e) {
  const struct lur_sweep_facts *f = &lur_table_facts(t)->sweep;
  *plan = NULL;
  struct lur_stored *s = lur_stored_read(f->experiment, f->axes, f->data, f->data_bytes, e);
  if (s && !(*plan = lur_stored_plan(s, f->n_runs, e))) {
    lur_stored_free(s);
    return NULL;
  }
  if (s && lur_plan_n_columns(*plan) != lur_table_facts(t)->n_columns) {
    lur_fail(e, LUR_EIO, NULL, "%s: its columns are not those of its experiment", lur_table_path(t));
    lur_plan_free(*plan);
    lur_stored_free(s);
    return NULL;
  }
  return s;
}

/* ---- Which numbers ---- */
struct numbers {
  struct lur_range *range;
  size_t n, room;
  uint64_t next; /* the first number that is not yet decided */
};

/* first .. last are to be computed; what lies before them is not. */
static int want(struct numbers *w, uint64_t first, uint64_t last, struct lur_error *e) {
  if (w->n == w->room) {
    size_t room = w->room ? 2 * w->room : 64;
    struct lur_range *more = lur_resize(w->range, room, sizeof *more);
    if (!more)
      return lur_fail_memory(e);
    w->range = more;
    w->room = room;
  }
  if (first > w->next)
    w->range[w->n++] = (struct lur_range){w->next, first - 1};
  w->next = last + 1;
  return LUR_OK;
}

static int choose(const struct lur_table_facts *f, const struct lur_plan *p, uint64_t n_sample, struct numbers *w,
                  struct lur_error *e) {
  uint64_t total = lur_sweep_n_numbers(p), seen = 0, step = n_sample ? f->n_settled / n_sample : 1;
  int rc = LUR_OK;
  if (lur_plan_sweep(p)->halving.n_rungs || step < 1)
    step = 1;
  w->next = 1;
  for (size_t i = 0; i < f->n_done && !rc; i++) {
    struct lur_range d = f->done[i];
    if (step == 1)
      rc = want(w, d.first, d.last, e);
    for (uint64_t k = d.first + (step - seen % step) % step; step > 1 && k <= d.last && !rc; k += step)
      rc = want(w, k, k, e);
    seen += d.last - d.first + 1;
  }
  return rc ? rc : want(w, total + 1, total + 1, e);
}

/* ---- Comparing ---- */
struct verifier {
  struct lur_table *table;
  struct lur_query *query;
  const struct lur_cell *row; /* the stored row at hand; NULL: none is left */
  struct lur_verify_report *report;
  bool some; /* stored rows may be passed over: a sample */
  bool best; /* computed rows may be missing: keep = { best = } */
};

static void write_cell(const struct lur_cell *c, char out[64]) {
  char digits[32];
  switch (c->kind) {
  case LUR_CELL_NULL: strcpy(out, "empty"); return;
  case LUR_CELL_INTEGER: snprintf(out, 64, "%" PRId64, c->as.integer); return;
  case LUR_CELL_REAL:
    lur_digits_write(c->as.real, digits);
    snprintf(out, 64, "%s (%a)", digits, c->as.real);
    return;
  case LUR_CELL_TEXT: snprintf(out, 64, "%s", c->as.text); return;
  }
}

static int differs(struct verifier *v, uint64_t run, const char *column, const struct lur_cell *stored,
                   const struct lur_cell *computed, struct lur_error *e) {
  const struct lur_cell nothing = {.kind = LUR_CELL_NULL};
  struct lur_verify_report *r = v->report;
  r->differs = true;
  r->run = run;
  snprintf(r->column, sizeof r->column, "%s", column);
  write_cell(stored ? stored : &nothing, r->stored);
  write_cell(computed ? computed : &nothing, r->computed);
  return lur_fail(e, LUR_ECALLBACK, NULL, "differs");
}

static int next_row(struct verifier *v, struct lur_error *e) {
  int got = lur_query_next(v->query, &v->row, e);
  if (got <= 0)
    v->row = NULL;
  return got < 0 ? e->code : LUR_OK;
}

static int compare_row(struct verifier *v, const struct lur_rows *rows, size_t i, struct lur_error *e) {
  const struct lur_column *column = lur_table_facts(v->table)->column;
  const struct lur_cell *cell = &rows->cell[i * (size_t)rows->n_columns];
  const struct lur_cell status = {.kind = LUR_CELL_TEXT, .as.text = lur_status_names[rows->status[i]]};
  for (int c = 0; c < rows->n_columns; c++)
    if (!lur_cell_same(&v->row[c + 1], &cell[c]))
      return differs(v, rows->run[i], column[c].name, &v->row[c + 1], &cell[c], e);
  if (!lur_cell_same(&v->row[rows->n_columns + 1], &status))
    return differs(v, rows->run[i], "status", &v->row[rows->n_columns + 1], &status, e);
  v->report->n_compared++;
  return next_row(v, e);
}

static int take(void *context, const struct lur_rows *rows, struct lur_error *e) {
  struct verifier *v = context;
  int rc = LUR_OK;
  for (size_t i = 0; i < rows->n && !rc; i++) {
    const struct lur_cell computed = {.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)rows->run[i]};
    while (!rc && v->row && (uint64_t)v->row[0].as.integer < rows->run[i])
      rc = v->some ? next_row(v, e) : differs(v, (uint64_t)v->row[0].as.integer, "run", &v->row[0], NULL, e);
    if (rc)
      return rc;
    if (v->row && (uint64_t)v->row[0].as.integer == rows->run[i])
      rc = compare_row(v, rows, i, e);
    else if (!v->best)
      rc = differs(v, rows->run[i], "run", NULL, &computed, e);
  }
  return rc;
}

static int compare_all(struct verifier *v, const struct lur_plan *p, const struct lur_sweep_options *o,
                       struct lur_error *e) {
  const struct lur_ask ask = {.deadline_ms = -1};
  const struct lur_sink sink = {v, take};
  v->query = lur_query_new(v->table, &ask, e);
  if (!v->query)
    return e->code;
  int rc = next_row(v, e);
  if (!rc)
    rc = lur_sweep_run(p, o, &sink, NULL, NULL, e);
  if (!rc && v->row && !v->some)
    rc = differs(v, (uint64_t)v->row[0].as.integer, "run", &v->row[0], NULL, e);
  lur_query_free(v->query);
  return rc == LUR_ECALLBACK && v->report->differs ? LUR_OK : rc;
}

int lur_verify(struct lur_table *t, uint64_t n_sample, int n_threads, const atomic_int *cancel,
               struct lur_verify_report *r, struct lur_error *e) {
  struct lur_plan *p = NULL;
  struct numbers w = {0};
  struct lur_stored *s = lur_verify_stored(t, &p, e);
  *r = (struct lur_verify_report){0};
  if (!s)
    return e->code;
  int rc = choose(lur_table_facts(t), p, n_sample, &w, e);
  const struct lur_sweep_options o = {.n_threads = n_threads, .done = w.range, .n_done = w.n, .cancel = cancel};
  struct verifier v = {.table = t, .report = r, .some = n_sample > 0, .best = lur_plan_sweep(p)->keep == LUR_KEEP_BEST};
  if (!rc)
    rc = compare_all(&v, p, &o, e);
  free(w.range);
  lur_plan_free(p);
  lur_stored_free(s);
  return rc;
}
