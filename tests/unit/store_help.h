/* SPDX-License-Identifier: MIT
 * A small sweep for the store's tests: x, y and seed as axes, loss and epochs as metrics; row `run` is a pure
 * function of its number. */
#ifndef STORE_HELP_H
#define STORE_HELP_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/engine.h"
#include "store/store.h"

enum { HELP_COLUMNS = 5 };

static const struct lur_column help_columns[HELP_COLUMNS] = {
  {.name = "learning_rate", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_AXIS},
  {.name = "hidden", .type = LUR_COLUMN_MIXED, .role = LUR_COLUMN_AXIS},
  {.name = "odd \"name\"", .type = LUR_COLUMN_INTEGER, .role = LUR_COLUMN_AXIS},
  {.name = "loss", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_METRIC},
  {.name = "epochs", .type = LUR_COLUMN_INTEGER, .role = LUR_COLUMN_METRIC},
};

/* Every 10th run diverged (no loss), every 3rd is solved. */
static inline uint8_t help_status(uint64_t run) {
  return run % 10 == 0 ? LUR_DIVERGED : run % 3 == 0 ? LUR_SOLVED : LUR_FINISHED;
}

static inline void help_row(uint64_t run, struct lur_cell *c) {
  double x = (double)(run * 7919 % 10007) / 10007;
  c[0] = (struct lur_cell){LUR_CELL_REAL, .as.real = 0.1 * (double)(run % 7)};
  c[1] = run % 2 ? (struct lur_cell){LUR_CELL_INTEGER, .as.integer = 3}
                 : (struct lur_cell){LUR_CELL_TEXT, .as.text = "4x4"};
  c[2] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = (int64_t)run};
  c[3] = (struct lur_cell){LUR_CELL_REAL, .as.real = run % 10 == 0 ? (double)NAN : x};
  c[4] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = 1000};
}

static inline struct lur_store_plan help_plan(const char *hash, uint64_t n_runs) {
  return (struct lur_store_plan){.facts = {.hash = hash, .name = "help", .script = "return 1", .n_runs = n_runs},
                                 .n_columns = HELP_COLUMNS, .column = help_columns};
}

static inline void help_free(struct lur_memory *m) {
  free(m);
}

static inline void *help_copy(char **at, const void *from, size_t n_bytes) {
  void *to = memcpy(*at, from, n_bytes);
  *at += (n_bytes + 7) / 8 * 8;
  return to;
}

/* Hands the sink rows without messages and curves, in memory that is freed as soon as nobody holds it. */
static inline int help_give(struct lur_sink sink, const struct lur_rows *from, struct lur_error *e) {
  const size_t n = from->n, n_cells = n * (size_t)from->n_columns;
  struct lur_memory *memory =
      malloc(sizeof *memory + n * (sizeof *from->run + sizeof *from->status) + n_cells * sizeof *from->cell + 24);
  struct lur_rows rows = *from;
  char *at = (char *)(memory + 1);
  memory->free = help_free;
  atomic_init(&memory->n_holders, 1);
  rows.run = help_copy(&at, from->run, n * sizeof *from->run);
  rows.cell = help_copy(&at, from->cell, n_cells * sizeof *from->cell);
  rows.status = help_copy(&at, from->status, n * sizeof *from->status);
  rows.memory = memory;
  const int code = sink.take(sink.context, &rows, e);
  lur_memory_release(memory);
  return code;
}

/* Hands rows first .. last to the sink, all of them stored. */
static inline int help_take(struct lur_sink sink, uint64_t first, uint64_t last, struct lur_error *e) {
  size_t n = (size_t)(last - first + 1);
  uint64_t *run = malloc(n * sizeof *run);
  uint8_t *status = malloc(n);
  struct lur_cell *cell = malloc(n * HELP_COLUMNS * sizeof *cell);
  for (size_t i = 0; i < n; i++) {
    run[i] = first + i;
    status[i] = help_status(first + i);
    help_row(first + i, cell + i * HELP_COLUMNS);
  }
  struct lur_rows rows = {.first = first, .last = last, .n = n, .n_columns = HELP_COLUMNS, .run = run,
                          .status = status, .cell = cell};
  int code = help_give(sink, &rows, e);
  free(run);
  free(status);
  free(cell);
  return code;
}

/* Writes first .. last of a sweep into path, in windows. */
static inline int help_write(const char *path, const char *hash, uint64_t n_runs, uint64_t first, uint64_t last,
                             struct lur_error *e) {
  struct lur_store_plan plan = help_plan(hash, n_runs);
  struct lur_store *s = lur_store_open(path, &plan, e);
  int code = s ? LUR_OK : e->code;
  for (uint64_t at = first; at <= last && !code; at += 1000)
    code = help_take(lur_store_sink(s), at, at + 999 < last ? at + 999 : last, e);
  if (!code)
    code = lur_store_finish(s, first == 1 && last == n_runs, e);
  lur_store_free(s);
  return code;
}

/* A number that SQL gives over the table; fails the program where it cannot. */
static inline double help_ask(const char *path, const char *select, const char *where) {
  struct lur_error e = {0};
  const struct lur_cell *c = NULL;
  struct lur_table *t = lur_table_open(path, &e);
  struct lur_ask ask = {.select = select, .where = where, .order = "1"};
  struct lur_query *q = t ? lur_query_new(t, &ask, &e) : NULL;
  if (!q || lur_query_next(q, &c, &e) != 1) {
    fprintf(stderr, "%s: %s %s\n", select, e.field, e.text);
    abort();
  }
  double x = c[0].kind == LUR_CELL_REAL ? c[0].as.real : (double)c[0].as.integer;
  lur_query_free(q);
  lur_table_free(t);
  return x;
}

/* A new folder that help_clean removes. */
static inline const char *help_folder(void) {
  static char name[64];
  snprintf(name, sizeof name, "/tmp/luron-store-XXXXXX");
  return mkdtemp(name);
}

static inline void help_clean(const char *folder) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  if (system(command) != 0)
    fprintf(stderr, "%s stays behind\n", folder);
}

#endif
