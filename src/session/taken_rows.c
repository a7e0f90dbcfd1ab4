/* SPDX-License-Identifier: MIT
 * Some rows at a time are read into arrays of their own, which the sink holds until they are written. Numbers that
 * follow each other are settled together; between two such stretches others may be computed later. */
#include "session/taken_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"

enum { ROWS_AT_A_TIME = 1024 };

struct batch {
  struct lur_memory memory; /* first: what sinks hold */
  size_t n, room, n_curve;
  int n_columns;
  bool validates; /* the curves have losses of a validation set */
  uint64_t *run, *curve_epoch;
  uint8_t *status;
  struct lur_cell *cell;
  char **message;
  double *curve, *validation;
};

static void free_batch(struct lur_memory *memory) {
  struct batch *b = (struct batch *)(void *)memory;
  for (size_t i = 0; b->message && i < b->room; i++)
    free(b->message[i]);
  free(b->run);
  free(b->curve_epoch);
  free(b->status);
  free(b->cell);
  free(b->message);
  free(b->curve);
  free(b->validation);
  free(b);
}

static struct batch *new_batch(const struct lur_plan *p, size_t room, struct lur_error *e) {
  struct batch *b = lur_alloc(1, sizeof *b);
  if (!b) {
    lur_fail_memory(e);
    return NULL;
  }
  const size_t n_curve = lur_plan_stores_curve(p) ? (size_t)lur_plan_structure(p, 0)->n_curve : 0;
  *b = (struct batch){.room = room, .n_curve = n_curve, .n_columns = lur_plan_n_columns(p)};
  b->memory.free = free_batch;
  atomic_store(&b->memory.n_holders, 1);
  b->run = lur_alloc(room, sizeof *b->run);
  b->status = lur_alloc(room, sizeof *b->status);
  b->cell = lur_alloc(room * (size_t)b->n_columns, sizeof *b->cell);
  b->message = lur_alloc(room, sizeof *b->message);
  b->curve_epoch = lur_alloc(room * n_curve + 1, sizeof *b->curve_epoch);
  b->curve = lur_alloc(room * n_curve + 1, sizeof *b->curve);
  b->validation = lur_alloc(room * n_curve + 1, sizeof *b->validation);
  if (b->run && b->status && b->cell && b->message && b->curve_epoch && b->curve && b->validation)
    return b;
  lur_memory_release(&b->memory);
  lur_fail_memory(e);
  return NULL;
}

/* ---- Reading ---- */
static int find_status(const struct lur_cell *c) {
  for (int i = 0; c->kind == LUR_CELL_TEXT && i < LUR_N_STATUSES; i++)
    if (strcmp(lur_status_names[i], c->as.text) == 0)
      return i;
  return -1;
}

static int read_curve(struct batch *b, struct lur_table *table, uint64_t theirs, size_t row, struct lur_error *e) {
  struct lur_curve_points c = {.room = b->n_curve,
                               .epoch = b->curve_epoch + row * b->n_curve,
                               .loss = b->curve + row * b->n_curve,
                               .validation = b->validation + row * b->n_curve};
  for (size_t i = 0; i < b->n_curve; i++)
    c.loss[i] = c.validation[i] = NAN;
  int rc = b->n_curve ? lur_table_curve(table, theirs, &c, e) : LUR_OK;
  b->validates = b->validates || c.validates;
  return rc;
}

/* cell: the run, this sweep's metrics, the status. */
static int take_row(struct batch *b, const struct lur_taking *t, const struct lur_pair *pair,
                    const struct lur_cell *cell, struct lur_error *e) {
  const int n_axes = lur_plan_n_axes(t->plan), n_metrics = b->n_columns - n_axes,
            status = find_status(&cell[n_metrics + 1]);
  struct lur_cell *to = b->cell + b->n * (size_t)b->n_columns;
  if (status < 0)
    return lur_fail(e, LUR_EIO, NULL, "%s: the row of run %llu is damaged", lur_table_path(t->table),
                    (unsigned long long)pair->theirs);
  if (status == LUR_FAILED && t->spares_failed)
    return LUR_OK;
  lur_plan_cells(t->plan, pair->mine, to);
  for (int m = 0; m < n_metrics; m++) {
    to[n_axes + m] = cell[m + 1];
    if (cell[m + 1].kind == LUR_CELL_TEXT) /* of a damaged file: a metric is a number */
      to[n_axes + m] = (struct lur_cell){.kind = LUR_CELL_NULL};
  }
  b->run[b->n] = pair->mine;
  b->status[b->n] = (uint8_t)status;
  if (status == LUR_FAILED)
    b->message[b->n] = lur_table_message(t->table, pair->theirs, NULL);
  int rc = read_curve(b, t->table, pair->theirs, b->n, e);
  b->n++;
  return rc;
}

static int read_batch(struct batch *b, const struct lur_taking *t, struct lur_query *q, const struct lur_pair *pair,
                      size_t n, struct lur_error *e) {
  const struct lur_cell *cell;
  size_t at = 0;
  int got, rc = LUR_OK;
  while (!rc && (got = lur_query_next(q, &cell, e)) != 0) {
    if (got < 0)
      return -got;
    while (at < n && pair[at].theirs != (uint64_t)cell[0].as.integer)
      at++;
    if (at < n)
      rc = take_row(b, t, &pair[at++], cell, e);
  }
  return rc;
}

/* ---- Handing over ---- */
static int hand_over(struct lur_taking *t, struct batch *b, size_t first, size_t end, const struct lur_read_file *file,
                     int n_files, struct lur_error *e) {
  const struct lur_rows rows = {.first = b->run[first],
                                .last = b->run[end - 1],
                                .n = end - first,
                                .n_columns = b->n_columns,
                                .run = b->run + first,
                                .status = b->status + first,
                                .cell = b->cell + first * (size_t)b->n_columns,
                                .message = (const char *const *)b->message + first,
                                .n_curve = (int)b->n_curve,
                                .curve_epoch = b->n_curve ? b->curve_epoch + first * b->n_curve : NULL,
                                .curve = b->n_curve ? b->curve + first * b->n_curve : NULL,
                                .validation_curve = b->validates ? b->validation + first * b->n_curve : NULL,
                                .n_files = n_files,
                                .file = file,
                                .taken = t->from,
                                .memory = &b->memory};
  const int rc = t->sink.take(t->sink.context, &rows, e);
  t->sink_failed = rc != LUR_OK;
  if (rc)
    return rc;
  t->n_rows += rows.n;
  if (t->n_taken && t->taken[t->n_taken - 1].last + 1 == rows.first) {
    t->taken[t->n_taken - 1].last = rows.last;
    return LUR_OK;
  }
  if (!lur_grow(&t->taken, &t->room, t->n_taken + 1, sizeof *t->taken))
    return lur_fail_memory(e);
  t->taken[t->n_taken++] = (struct lur_range){rows.first, rows.last};
  return LUR_OK;
}

struct files {
  struct lur_read_file *file;
  size_t n, room;
  bool failed;
};

static bool note_file(void *context, const struct lur_read_file *f) {
  struct files *to = context;
  to->failed = !lur_grow(&to->file, &to->room, to->n + 1, sizeof *to->file);
  if (to->failed)
    return false;
  to->file[to->n++] =
      (struct lur_read_file){lur_copy_text(f->path), lur_copy_text(f->sha256), f->code ? lur_copy_text(f->code) : NULL};
  to->failed = !to->file[to->n - 1].path || !to->file[to->n - 1].sha256;
  return !to->failed;
}

static void free_files(struct files *f) {
  for (size_t i = 0; i < f->n; i++) {
    free((char *)(uintptr_t)f->file[i].path);
    free((char *)(uintptr_t)f->file[i].sha256);
    free((char *)(uintptr_t)f->file[i].code);
  }
  free(f->file);
}

static int take_batch(struct lur_taking *t, struct lur_query *q, const struct lur_pair *pair, size_t n,
                      const struct files *files, struct lur_error *e) {
  struct batch *b = new_batch(t->plan, n, e);
  if (!b)
    return e->code;
  int rc = read_batch(b, t, q, pair, n, e);
  for (size_t first = 0; first < b->n && !rc;) {
    size_t end = first + 1;
    while (end < b->n && b->run[end] == b->run[end - 1] + 1)
      end++;
    rc = hand_over(t, b, first, end, files->file, t->n_rows ? 0 : (int)files->n, e);
    first = end;
  }
  lur_memory_release(&b->memory);
  return rc;
}

/* The numbers there as ranges, in the order of the pairs. */
static size_t make_ranges(const struct lur_pair *pair, size_t n, struct lur_range *range) {
  size_t n_ranges = 0;
  for (size_t i = 0; i < n; i++)
    if (n_ranges && range[n_ranges - 1].last + 1 == pair[i].theirs)
      range[n_ranges - 1].last++;
    else
      range[n_ranges++] = (struct lur_range){pair[i].theirs, pair[i].theirs};
  return n_ranges;
}

static struct lur_query *ask_rows(const struct lur_taking *t, const struct lur_range *range, size_t n_ranges,
                                  struct lur_error *e) {
  const struct lur_column *column = lur_plan_columns(t->plan);
  struct lur_buffer select = {0};
  lur_buffer_text(&select, "run");
  for (int i = lur_plan_n_axes(t->plan); i < lur_plan_n_columns(t->plan); i++) {
    lur_buffer_text(&select, ", ");
    lur_sql_name(column[i].name, &select);
  }
  lur_buffer_text(&select, ", status");
  const struct lur_ask ask = {.select = select.data, .range = range, .n_ranges = n_ranges, .deadline_ms = -1};
  struct lur_query *q = NULL;
  if (select.failed)
    lur_fail_memory(e);
  else
    q = lur_query_new(t->table, &ask, e);
  lur_buffer_free(&select);
  return q;
}

int lur_rows_take_over(struct lur_taking *t, const struct lur_pair *pair, size_t n_pairs, struct lur_error *e) {
  struct lur_range range[ROWS_AT_A_TIME];
  struct lur_query *q = NULL;
  struct files files = {0};
  int rc = n_pairs && t->tells_files ? lur_table_read_files(t->table, note_file, &files, e) : LUR_OK;
  if (!rc && files.failed)
    rc = lur_fail_memory(e);
  for (size_t i = 0; i < n_pairs && !rc; i += ROWS_AT_A_TIME) {
    const size_t n = n_pairs - i < ROWS_AT_A_TIME ? n_pairs - i : ROWS_AT_A_TIME;
    const size_t n_ranges = make_ranges(pair + i, n, range);
    if (q)
      lur_query_again(q, range, n_ranges);
    else if (!(q = ask_rows(t, range, n_ranges, e)))
      rc = e->code;
    if (!rc)
      rc = take_batch(t, q, pair + i, n, &files, e);
    if (!rc && t->cancel && atomic_load(t->cancel))
      rc = lur_fail(e, LUR_ECANCELLED, NULL, "interrupted");
  }
  lur_query_free(q);
  free_files(&files);
  return rc;
}
