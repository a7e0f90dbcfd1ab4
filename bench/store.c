/* SPDX-License-Identifier: MIT
 * Time of the store for a row of ten columns, in windows as a sweep hands them over: into a new file, and into one that
 * is there. Processor time is that of the writer's thread alone.
 *
 *     store-bench FILE [rows]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/memory.h"
#include "engine/engine.h"
#include "store/store.h"

enum { WINDOW = 65536, N_COLUMNS = 10, N_WINDOWS = 4 /* more than the store's queue takes */ };

static const struct lur_column columns[N_COLUMNS] = {
    {"learning_rate", LUR_COLUMN_REAL, LUR_COLUMN_AXIS, false},
    {"init_scale", LUR_COLUMN_REAL, LUR_COLUMN_AXIS, false},
    {"hidden", LUR_COLUMN_INTEGER, LUR_COLUMN_AXIS, false},
    {"activation", LUR_COLUMN_TEXT, LUR_COLUMN_AXIS, false},
    {"bias", LUR_COLUMN_INTEGER, LUR_COLUMN_AXIS, false},
    {"seed", LUR_COLUMN_INTEGER, LUR_COLUMN_AXIS, false},
    {"loss", LUR_COLUMN_REAL, LUR_COLUMN_METRIC, false},
    {"accuracy", LUR_COLUMN_REAL, LUR_COLUMN_METRIC, false},
    {"epochs", LUR_COLUMN_INTEGER, LUR_COLUMN_METRIC, false},
    {"error_max", LUR_COLUMN_REAL, LUR_COLUMN_METRIC, false},
};

struct window {
  struct lur_memory memory; /* first */
  uint64_t run[WINDOW];
  uint8_t status[WINDOW];
  struct lur_cell cell[WINDOW * N_COLUMNS];
};

static void fill_row(struct lur_cell *c, uint64_t run) {
  double x = (double)(run * 2654435761u % 1000003) / 1000003;
  c[0] = (struct lur_cell){LUR_CELL_REAL, .as.real = x};
  c[1] = (struct lur_cell){LUR_CELL_REAL, .as.real = 1 - x};
  c[2] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = (int64_t)(run % 9)};
  c[3] = (struct lur_cell){LUR_CELL_TEXT, .as.text = lur_activation_names[run % 3]};
  c[4] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = (int64_t)(run & 1)};
  c[5] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = (int64_t)run};
  c[6] = (struct lur_cell){LUR_CELL_REAL, .as.real = x * x};
  c[7] = (struct lur_cell){LUR_CELL_REAL, .as.real = 0.75};
  c[8] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = 1000};
  c[9] = (struct lur_cell){LUR_CELL_REAL, .as.real = x / 3};
}

static struct window *free_window(struct window *windows) {
  int i = 0;
  while (atomic_load(&windows[i].memory.n_holders) > 1)
    i = (i + 1) % N_WINDOWS;
  return &windows[i];
}

static int write_rows(struct lur_sink sink, struct window *windows, uint64_t n_rows, struct lur_error *e) {
  int code = LUR_OK;
  for (int i = 0; i < N_WINDOWS; i++)
    lur_memory_hold(&windows[i].memory);
  for (uint64_t first = 1; first <= n_rows && !code; first += WINDOW) {
    struct window *w = free_window(windows);
    size_t n = n_rows - first + 1 < WINDOW ? (size_t)(n_rows - first + 1) : WINDOW;
    for (size_t i = 0; i < n; i++) {
      w->run[i] = first + i;
      w->status[i] = (uint8_t)(i % 2 ? LUR_SOLVED : LUR_FINISHED);
      fill_row(w->cell + i * N_COLUMNS, first + i);
    }
    struct lur_rows rows = {.first = first,
                            .last = first + n - 1,
                            .n = n,
                            .n_columns = N_COLUMNS,
                            .run = w->run,
                            .status = w->status,
                            .cell = w->cell,
                            .memory = &w->memory};
    code = sink.take(sink.context, &rows, e);
  }
  return code;
}

static double cpu_ns(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* Of all threads but this one. */
static double others_ns(void) {
  return cpu_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu_ns(CLOCK_THREAD_CPUTIME_ID);
}

static int bench(const char *path, bool fresh, uint64_t n_rows, struct lur_error *e) {
  struct lur_store_plan plan = {
      .facts = {.hash = "bench", .n_runs = 1000000}, .n_columns = N_COLUMNS, .column = columns, .fresh = true};
  struct window *w = lur_alloc(N_WINDOWS, sizeof *w);
  struct lur_store *store = w ? lur_store_open(path, &plan, e) : NULL;
  int code = store ? LUR_OK : e->code;
  if (!code && !fresh) { /* now it is there */
    code = lur_store_finish(store, false, e);
    lur_store_free(store);
    plan.fresh = false;
    store = code ? NULL : lur_store_open(path, &plan, e);
    code = store ? LUR_OK : e->code;
  }
  const uint64_t start_ns = lur_clock_ns();
  const double others_start_ns = others_ns();
  if (!code)
    code = write_rows(lur_store_sink(store), w, n_rows, e);
  if (!code)
    code = lur_store_finish(store, true, e);
  if (!code)
    printf("%s file: %llu rows of %d columns in %.3f s; the writer takes %.0f ns of processor time a row\n",
           fresh ? "new" : "old", (unsigned long long)n_rows, N_COLUMNS, (double)(lur_clock_ns() - start_ns) / 1e9,
           (others_ns() - others_start_ns) / (double)n_rows);
  lur_store_free(store);
  free(w);
  return code;
}

int main(int argc, char **argv) {
  struct lur_error e = {0};
  if (argc < 2) {
    fputs("usage: store-bench FILE [rows]\n", stderr);
    return 2;
  }
  const uint64_t n_rows = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000;
  if (!bench(argv[1], true, n_rows, &e) && !bench(argv[1], false, n_rows, &e))
    return 0;
  fprintf(stderr, "store-bench: %s\n", e.text);
  return 1;
}
