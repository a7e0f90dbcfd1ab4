/* SPDX-License-Identifier: MIT
 * A sweep's results as one SQLite file: written by one session at a time (store.c, writer.c), read by any number
 * (table.c, query.c), joined (merge.c) and compared (diff.c). The only room that knows SQLite.
 *
 * Invariant: the file holds, at every moment and after any crash, the rows of exactly the run numbers that its table
 * `done` names: both are committed together. A file is made under another name and renamed when it is whole.
 *
 * Threads: a store belongs to the thread that opened it; its sink may be driven from one other thread. SQLite is only
 * called by the writer thread between lur_store_open and lur_store_finish. A table belongs to one thread. */
#ifndef LUR_STORE_H
#define LUR_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "sweep/sink.h"
#include "sweep/stored.h"

enum {
  LUR_STORE_APPLICATION_ID = 0x6c75726e, /* "lurn" */
  LUR_STORE_VERSION = 2,                 /* user_version of the files we write; 1 is still read */
  LUR_STORE_MAX_COLUMNS = 256,           /* axes and metrics */
  LUR_STORE_MOST_TEXT = 250000000        /* bytes of one text; what a reader takes is 256 MiB */
};

/* What is kept of a sweep beside its rows: one row of the table `sweep`. Every text may be NULL. */
struct lur_sweep_facts {
  const char *hash;        /* of what defines the results; a file with another hash is another sweep */
  const char *name;        /* of the experiment */
  const char *script_path; /* as given */
  const char *script;      /* its text */
  const char *experiment;  /* resolved fields */
  const char *axes, *overrides;
  const char *versions;    /* of luron, numerics, Lua, SQLite, compiler, ISA */
  const char *host, *git_commit;
  const char *shard;       /* "2-of-7", or NULL */
  int n_parts;             /* patterns and start values; a table tells them by lur_table_pieces */
  const struct lur_part *part;
  const struct lur_entries *entries; /* functions in place of names, or NULL; a table tells them by lur_table_entries */
  uint64_t n_runs;         /* run numbers 1 .. n_runs, skipped ones included */
};

/* The version of docs/numerics.md by which the rows were computed: as versions has it, 1 where it has none. */
int lur_sweep_numerics(const char *versions);
/* The value of the first line name=value of facts.experiment (or NULL), n bytes; NULL where there is none. */
const char *lur_sweep_line(const char *experiment, const char *name, size_t *n);

struct lur_store_plan {
  struct lur_sweep_facts facts;
  int n_columns;                    /* axes, then metrics: the order of lur_rows.cell */
  const struct lur_column *column;
  bool fresh;      /* forget what the file holds (a results file of ours only) */
  const struct lur_range *forget; /* numbers whose rows are forgotten and that are settled no more: ascending, apart */
  size_t n_forget;
  bool stays;      /* in WAL mode when it is finished: who reads it then may do so while it is extended */
  size_t keep_best; /* 0: every row; else the best so many rows by keep_by are kept */
  const char *keep_by; /* a metric's column */
  bool keep_high;  /* higher is better */
};

/* "3.40.1": of the SQLite that is there now, which may be another than at the build. */
const char *lur_store_sqlite_version(void);

/* ---- Writing ---- */
struct lur_store;

/* Makes the file (and the folder it stands in), or opens it where it holds the same sweep. Refuses, and leaves
 * untouched: what is no results file, a newer one, another sweep's, one that another process writes to. */
struct lur_store *lur_store_open(const char *path, const struct lur_store_plan *plan, struct lur_error *e);
/* Runs settled when the file was opened: ascending ranges that neither touch nor overlap. */
const struct lur_range *lur_store_done(const struct lur_store *s, size_t *n);
/* Rows to the writer thread. take() copies what it is given and waits where the writer is behind; once a write has
 * failed every take() fails with that error. Ranges may come in any order, each number once. */
struct lur_sink lur_store_sink(struct lur_store *s);
/* Run numbers whose rows are on disk, of this session. From any thread. */
uint64_t lur_store_n_committed(const struct lur_store *s);
/* Commits what was taken and ends the writer. complete: every run asked for is settled. */
int lur_store_finish(struct lur_store *s, bool complete, struct lur_error *e);
/* Leaves WAL mode, where nobody else has the file open: then it is read without a file beside it, from a folder that
 * may only be read, too. lur_store_finish does it, but for stays. */
void lur_store_settle(const char *path);
/* Finishes where that was not done (errors unseen), and closes. Accepts NULL. */
void lur_store_free(struct lur_store *s);

/* ---- Reading ---- */
struct lur_table;

struct lur_table_facts { /* borrowed from the table */
  struct lur_sweep_facts sweep; /* NULL texts are "" here */
  const char *started, *finished; /* UTC, ISO 8601; finished "" while incomplete */
  int n_columns;
  const struct lur_column *column; /* axes, then metrics */
  size_t n_done;
  const struct lur_range *done;
  uint64_t n_settled; /* numbers in done */
  int version;        /* LUR_STORE_VERSION, or an older one */
  size_t keep_best;   /* as lur_store_plan */
  const char *keep_by;
  bool keep_high;
};

struct lur_table *lur_table_open(const char *path, struct lur_error *e);
/* A table in memory of a file that is yet to be made: its columns, what it keeps, and no row. */
struct lur_table *lur_table_blank(const char *path, const struct lur_store_plan *plan, struct lur_error *e);
/* Before a page, a picture or a table is written to path: LUR_EINPUT where that is the file `input` (or NULL), under
 * whatever name, or any results file. */
int lur_store_check_output(const char *path, const char *input, struct lur_error *e);
bool lur_store_is_results(const char *path);
const struct lur_table_facts *lur_table_facts(const struct lur_table *t);
const char *lur_table_path(const struct lur_table *t);
/* -1 where there is none; lur_column_unknown names the near miss and fails. */
int lur_table_column(const struct lur_table *t, const char *name);
/* The column that is meant by a field's other spellings (stop.error, loss of a table without that metric), else the
 * word itself. */
const char *lur_table_name(const struct lur_table *t, const char *word);
/* Whether a row stands for a combination, with its seeds in n_seeds, solved_rate and diverged_rate; in failed_rate,
 * too, but for old files. */
bool lur_table_folds_seeds(const struct lur_table *t);
int lur_column_unknown(const struct lur_table *t, const char *name, struct lur_error *e);
/* Whether name is a metric's column, or "solved"; if not, e lists what there is. */
int lur_table_check_metric(const struct lur_table *t, const char *name, struct lur_error *e);
struct lur_table *lur_table_hold(struct lur_table *t); /* t, which is there until it is freed once more */
void lur_table_free(struct lur_table *t); /* accepts NULL */

/* What to read. Texts are SQL expressions over the columns of `runs`; NULL where not wanted. They can only read
 * `runs`, and only for deadline_ms. In all of them stop.error stands for stop_error. */
struct lur_ask {
  const char *select; /* NULL: run, axes, metrics, status */
  bool curves;        /* instead of that the points of loss curves, of the runs that `where` says, by run and epoch */
  const char *where, *group, *order; /* order NULL: by run, where there is no group */
  const struct lur_range *range; /* only rows of these numbers: ascending, apart; they outlive the query; no where */
  size_t n_ranges;               /* 0: of all numbers */
  uint64_t limit;     /* 0: no limit */
  const char *given;  /* what a person wrote, if it is none of these; NULL: it is one of them */
  int deadline_ms;    /* 0: 60 seconds; negative: none */
  int idle_ms;        /* without a deadline, but with a where: the longest time without a row; 0: 60 seconds */
};
struct lur_query;
struct lur_query *lur_query_new(struct lur_table *t, const struct lur_ask *ask, struct lur_error *e);
int lur_query_n_columns(const struct lur_query *q);
const char *lur_query_name(const struct lur_query *q, int column);
/* 1: *cells holds the next row until the next call; 0: there is none; negative: e is filled. */
int lur_query_next(struct lur_query *q, const struct lur_cell **cells, struct lur_error *e);
/* The same over rows of other numbers; of a query with ranges only. */
void lur_query_again(struct lur_query *q, const struct lur_range *range, size_t n_ranges);
void lur_query_free(struct lur_query *q); /* accepts NULL */

/* Order by which the best come first: runs that diverged, failed or have no value last, ties by run. metric may be
 * "solved". Appends SQL. */
void lur_table_best_order(const char *metric, bool high, struct lur_buffer *sql);
/* "name", quotes doubled: a column in SQL. */
void lur_sql_name(const char *name, struct lur_buffer *sql);
/* Whether higher is better of a metric's column, or of "solved". */
bool lur_table_is_high(const struct lur_table *t, const char *name);
/* Why runs failed: what they said, those that said the same together, the most frequent first. Of a row that stands for
 * several seeds only what the first of them said is known. */
enum { LUR_MOST_REASONS = 5 };
struct lur_failures {
  uint64_t n_failed, n_runs, n_reasons;
  int n; /* reasons kept here: the first of them */
  struct lur_reason { char *text; uint64_t n, first; } reason[LUR_MOST_REASONS]; /* text owned; first: a row's run */
};
int lur_table_failures(struct lur_table *t, struct lur_failures *out, struct lur_error *e);
void lur_failures_free(struct lur_failures *f);

/* Calls take with each file that the script read for these runs, by name, until it gives false. */
int lur_table_read_files(struct lur_table *t, bool (*take)(void *context, const struct lur_read_file *f), void *context,
                         struct lur_error *e);
/* The patterns and start values that the file keeps, for one reader at a time; borrowed from the table. */
int lur_table_pieces(struct lur_table *t, struct lur_pieces *out, struct lur_error *e);
/* The functions that the file keeps; owned by the caller. NULL: e is filled. */
struct lur_entries *lur_table_entries(struct lur_table *t, struct lur_error *e);
/* The points of a run's curve, at most room of them; NaN where there is no loss. */
struct lur_curve_points {
  size_t room, n;
  uint64_t *epoch;
  double *loss, *validation;
  bool validates; /* the file has losses of a validation set */
};
int lur_table_curve(struct lur_table *t, uint64_t run, struct lur_curve_points *out, struct lur_error *e);
/* How many they are. The file must keep curves. */
int lur_table_curve_length(struct lur_table *t, uint64_t run, size_t *n, struct lur_error *e);
/* A message kept for a failed run; NULL where there is none. Owned by the caller. */
char *lur_table_message(struct lur_table *t, uint64_t run, struct lur_error *e);

/* The curves that the file keeps: 0 none; 1 of the loss; 2 of the loss of a validation set, too. */
int lur_table_curves(struct lur_table *t);
/* Their points, by run, then by epoch; of a validation set, or not. The file must keep them. */
struct lur_points;
struct lur_curve_point { uint64_t run, epoch; double loss; /* NaN: none */ };
struct lur_points *lur_points_new(struct lur_table *t, bool validation, struct lur_error *e);
/* 1: out is the next; 0: there is none; negative: e is filled. */
int lur_points_next(struct lur_points *p, struct lur_curve_point *out, struct lur_error *e);
void lur_points_free(struct lur_points *p); /* accepts NULL */

/* The same value as far as a file can tell: bits, but -0 and +0, and NaN and NULL, are one. */
bool lur_cell_same(const struct lur_cell *a, const struct lur_cell *b);

/* ---- Other files, merging, comparing ---- */
/* Whether a luron writes to the file just now. */
bool lur_store_is_written(const char *path);
/* Calls take with every path of a results file's name in the folder, by name, until it gives false. */
void lur_store_scan(const char *folder, bool (*take)(void *context, const char *path), void *context);
/* Results files of the same script and words that hold another sweep, in the folder of `path` and in results/. */
struct lur_other {
  int n;
  char path[512];    /* the first */
  char changed[256]; /* a file that both scripts read, and that had changed; or "" */
};
/* Whether a file's sweep b is of the script and words of a: only what comes from outside the script tells them
 * apart. */
bool lur_store_same_script(const struct lur_sweep_facts *a, const struct lur_sweep_facts *b);
/* own: the file at path where it is there; facts.experiment NULL where it is not. */
void lur_store_find_others(const char *path, const struct lur_sweep_facts *f, struct lur_table *own,
                           struct lur_other *out);
struct lur_merge_report {
  uint64_t n_files, n_rows, n_settled, n_runs, n_missing; /* missing: of 1 .. n_runs, in no file */
  size_t n_ranges;                                        /* ranges missing */
  struct lur_range range[16];                             /* the first of them */
};
/* Joins shards into a new file at out (or into out, where it is the same sweep). The same run in two files must have
 * the same row. Nothing is left at out where it fails. */
int lur_store_merge(const char *out, const char *const *in, int n_in, struct lur_merge_report *report,
                    struct lur_error *e);

struct lur_difference {
  enum { LUR_SAME, LUR_ONLY_IN_A, LUR_ONLY_IN_B, LUR_CELL_DIFFERS } kind;
  uint64_t run, n_compared;
  char column[64];
  char a[64], b[64];   /* values as text */
  uint64_t bits_a, bits_b; /* of numbers */
  bool numbers;
};
/* The first run, in order, where two files of the same sweep differ. Files of different sweeps are refused. */
int lur_store_diff(const char *a, const char *b, struct lur_difference *d, struct lur_error *e);

#endif
