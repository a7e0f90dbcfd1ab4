/* SPDX-License-Identifier: MIT
 * Where a sweep's rows go: SQLite, memory, or nowhere. Called on one thread at a time, in run order. */
#ifndef LUR_SWEEP_SINK_H
#define LUR_SWEEP_SINK_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum lur_cell_kind { LUR_CELL_NULL, LUR_CELL_INTEGER, LUR_CELL_REAL, LUR_CELL_TEXT };
struct lur_cell { /* a text is not copied: in a sink's rows it outlives the sink (names, values of axes) */
  enum lur_cell_kind kind;
  union { int64_t integer; double real; const char *text; } as; /* a real may be NaN: no value */
};
struct lur_cell lur_real_cell(double x); /* a real; NaN: none */

/* MIXED: numbers and texts, as 2 and 4x4. */
enum lur_column_type { LUR_COLUMN_INTEGER, LUR_COLUMN_REAL, LUR_COLUMN_TEXT, LUR_COLUMN_MIXED };
enum lur_column_role { LUR_COLUMN_AXIS, LUR_COLUMN_METRIC };
struct lur_column {
  char name[64];
  enum lur_column_type type;
  enum lur_column_role role;
  bool high; /* of a metric: higher is better */
};

struct lur_range { uint64_t first, last; }; /* run numbers, both ends included */

/* A file that a script read: what functions read is not in a sweep's hash. */
struct lur_read_file {
  const char *path;   /* from the script's folder, or whole */
  const char *sha256; /* of its bytes, 64 hexadecimal digits */
  const char *code;   /* the same of a Lua file's compiled code, without comments and lines; or NULL */
};

/* A results file that rows were taken over from. */
struct lur_taken {
  const char *hash, *path; /* of that file's sweep; as it was found */
  const char *shard;       /* of the sweep that took them, "2-of-7"; or "" */
};

/* What rows are in, and how many hold it: whoever fills it, and each sink that has not done with some of its rows. Any
 * thread may hold and release; the last one frees it. */
struct lur_memory {
  atomic_int n_holders;
  void (*free)(struct lur_memory *m);
};
static inline void lur_memory_hold(struct lur_memory *m) {
  if (m)
    atomic_fetch_add_explicit(&m->n_holders, 1, memory_order_relaxed);
}
static inline void lur_memory_release(struct lur_memory *m) {
  if (m && atomic_fetch_sub_explicit(&m->n_holders, 1, memory_order_acq_rel) == 1)
    m->free(m);
}

/* Rows of the run numbers first .. last, all of which are settled now; numbers that were skipped have no row. */
struct lur_rows {
  uint64_t first, last;
  size_t n;
  int n_columns;                /* axes, then metrics; run and status stand apart */
  const uint64_t *run;          /* n, ascending */
  const uint8_t *status;        /* n, enum lur_status */
  const struct lur_cell *cell;  /* n x n_columns */
  const char *const *message;   /* n texts of failed runs, NULL where none; or NULL */
  int n_curve;                  /* points per run, 0: no curves */
  const uint64_t *curve_epoch;  /* n x n_curve, the epoch of each point; or NULL */
  const double *curve;          /* n x n_curve, NaN after a run's end; or NULL */
  const double *validation_curve; /* the same of validation losses; NULL where the sweep has no validation set */
  int n_files;                  /* that were read for these rows or before, and not told of yet */
  const struct lur_read_file *file;
  const struct lur_taken *taken; /* where they were taken over from, or NULL; outlives the sink */
  struct lur_memory *memory;    /* what all but the files are in; NULL: they outlive the sink */
};

/* take() holds the rows that it keeps, and copies the files. Ranges of one sink never overlap; a shard's gaps are never
 * inside a range. */
struct lur_sink {
  void *context;
  int (*take)(void *context, const struct lur_rows *rows, struct lur_error *e);
};

#endif
