/* SPDX-License-Identifier: MIT
 * What the files of this room share: SQLite wrapped to our errors, the look at a file before it is opened, and the
 * writer. A connection is used by one thread at a time. */
#ifndef LUR_STORE_INTERNAL_H
#define LUR_STORE_INTERNAL_H

#include <sqlite3.h>
#include <sys/types.h>
#include <time.h>

#include "store/store.h"

/* ---- sql.c ---- */
/* An error of SQLite's on this file as one line; returns the code. db may be NULL. */
int lur_sql_fail(sqlite3 *db, int rc, const char *path, struct lur_error *e);
/* More steps of SQLite than a statement of luron's own needs on a file of so many bytes: the pages of a file that was
 * made to harm may be linked so that a few of them hold more rows than could ever be read. */
uint64_t lur_sql_most_steps(uint64_t n_bytes);
int lur_sql_exec(sqlite3 *db, const char *path, const char *sql, struct lur_error *e);
/* Compiles one statement; more text behind it is an error. */
int lur_sql_prepare(sqlite3 *db, const char *path, const char *sql, sqlite3_stmt **out, struct lur_error *e);
/* Runs a statement that gives no rows, and resets it. */
int lur_sql_step_done(sqlite3 *db, const char *path, sqlite3_stmt *s, struct lur_error *e);
/* Runs a statement for each range: its first and its last number. */
int lur_sql_for_ranges(sqlite3 *db, const char *path, const char *sql, const struct lur_range *r, size_t n,
                       struct lur_error *e);
/* schema: "main", or the name of an attached file. */
bool lur_sql_has_table(sqlite3 *db, const char *schema, const char *table);
bool lur_sql_has_column(sqlite3 *db, const char *schema, const char *table, const char *column);
/* The path as SQLite takes it for one, whatever it begins with (file:, :memory:). Appends. */
void lur_sql_path(const char *path, struct lur_buffer *out);
/* Opens without looking at the file's content. flags: SQLITE_OPEN_*. */
int lur_sql_open(const char *path, int flags, sqlite3 **db, struct lur_error *e);
/* The same, for one that nobody writes to: no locks, no files beside it, what stands in a WAL is not seen. */
int lur_sql_open_immutable(const char *path, sqlite3 **db, struct lur_error *e);
/* That SQLite does not read pages of ours: no fault of a file's. */
int lur_sql_fail_pages(int rc, struct lur_error *e);
bool lur_cell_is_null(const struct lur_cell *c);                  /* NaN is */
void lur_sql_bind_text(sqlite3_stmt *s, int i, const char *text); /* NULL binds NULL */
/* A number of a mixed column as the file has it: the shortest digits that read back. */
void lur_mixed_write(const struct lur_cell *number, char text[32]);
void lur_sql_cell(sqlite3_stmt *s, int i, struct lur_cell *c); /* a text is borrowed until the next step */

/* ---- count.c ---- */
/* Gives the connection a count(*) that ends at its deadline; returns SQLite's code. */
int lur_sql_take_count(sqlite3 *db);

/* ---- plain.c ---- */
/* That all in it is tables as luron makes them: before any other statement on a file. schema: "main", or an attached
 * file's. */
int lur_plain_check(sqlite3 *db, const char *schema, const char *path, struct lur_error *e);

/* ---- file.c ---- */
enum lur_file_kind { LUR_FILE_ABSENT, LUR_FILE_EMPTY, LUR_FILE_OURS, LUR_FILE_OLD }; /* OLD: ours, an older version */
/* What stands at path, told without touching it. Fails where it is there and not a results file we can read. */
int lur_file_look(const char *path, enum lur_file_kind *kind, struct lur_error *e);
/* That a file of an older version is not written to. */
int lur_file_fail_old(const char *path, struct lur_error *e);
/* An empty file that was not there, in the place of what a killed session left; no link is followed. */
int lur_file_make(const char *path, struct lur_error *e);
/* Which file stands at path, whatever its name is later; zeros where none does. */
struct lur_file_id {
  dev_t device;
  ino_t number;
};
void lur_file_note(const char *path, struct lur_file_id *id);
/* Not of two that are not there. */
bool lur_file_same(const struct lur_file_id *a, const struct lur_file_id *b);
int lur_file_check_there(const char *path, const struct lur_file_id *id, struct lur_error *e);
/* Waits until the name of a file that was renamed is on disk, if the file system can tell. */
void lur_file_sync_name(const char *path);
/* Folders above path, as mkdir -p. */
int lur_file_make_folder(const char *path, struct lur_error *e);
/* Whether path stands on a file system that several machines may see. */
bool lur_file_is_shared(const char *path);
char *lur_path_with(const char *path, const char *suffix);

/* The lock of a writing session: one a file. */
struct lur_lock {
  int fd;
  char *path;
};
int lur_lock_take(struct lur_lock *l, const char *path, struct lur_error *e);
void lur_lock_release(struct lur_lock *l);

/* ---- sides.c ---- */
/* Removes what a file of this name that is gone has left beside it (-wal, -shm, -journal): SQLite would take it for the
 * new file's. Only under the file's lock, and where no file stands at path, or none that needs them. */
int lur_file_clear_sides(const char *path, struct lur_error *e);
/* That what stands beside a file may be given to SQLite. */
int lur_file_check_sides(const char *path, struct lur_error *e);

/* ---- watch.c: that nobody else changes the file that is written, or its WAL ---- */
struct lur_file_state {
  struct lur_file_id id;
  off_t n_bytes;
  struct timespec modified;
};
struct lur_watch {
  sqlite3 *db;
  const char *path, *wal_path;     /* borrowed; the second from SQLite */
  struct lur_file_state file, wal; /* after our last commit; before the first, which file it is */
  int n_written;                   /* pages by then, as SQLite counts them */
  int n_frames, most_frames;       /* pages in the WAL; with so many it is moved into the file */
  bool is_shared, has_wal, is_noted, is_spoiled;
};
void lur_watch_begin(struct lur_watch *w, const char *path); /* before the file is opened */
/* *w outlives the connection, and stays where it is. */
void lur_watch_connect(struct lur_watch *w, sqlite3 *db, int most_frames);
void lur_watch_note(struct lur_watch *w);                          /* both are as we left them */
int lur_watch_check(struct lur_watch *w, struct lur_error *e);     /* that they are so still */
int lur_watch_committed(struct lur_watch *w, struct lur_error *e); /* after a commit: moves what is due, and notes */
int lur_watch_move(struct lur_watch *w, struct lur_error *e);      /* the WAL into the file */
/* Before the connection is closed: what is not ours any more is left as it is. */
void lur_watch_end(struct lur_watch *w);

/* ---- schema.c ---- */
/* A file as SQLite made it. is_plain: of pages alone that have no map and no reserved bytes. */
struct lur_draft {
  size_t root, page_bytes, n_pages; /* root: the number of the page at which `runs` begins */
  bool is_plain;
};
/* Makes what is to be the results file at path, without rows, under a name that nobody reads; nothing is left there
 * where it fails. */
int lur_schema_draft(const char *draft, const char *path, const struct lur_store_plan *plan, struct lur_draft *out,
                     struct lur_error *e);
/* Notes that a session ends. complete: every run asked for is settled. */
int lur_schema_end(sqlite3 *db, const char *path, bool complete, struct lur_error *e);
/* The table `runs` alone. */
int lur_schema_create_runs(sqlite3 *db, const char *path, const struct lur_store_plan *plan, struct lur_error *e);
/* Reads the ranges of `done`, ascending. */
int lur_schema_done(sqlite3 *db, const char *path, struct lur_range **ranges, size_t *n, struct lur_error *e);
/* Reads `columns`; the caller frees. */
int lur_schema_columns(sqlite3 *db, const char *path, struct lur_column **columns, int *n, struct lur_error *e);
/* By name and role. */
bool lur_schema_same_columns(const struct lur_column *a, int n_a, const struct lur_column *b, int n_b);
/* "run", the columns, "status", "solved", between commas. */
void lur_schema_names(const struct lur_column *column, int n_columns, struct lur_buffer *sql);
extern const char *const lur_schema_tables[];  /* the tables of a results file, up to a NULL */
const char *lur_curves_table(bool validation); /* SQL that makes it where it is not there; with validation losses */

/* ---- failures.c ---- */
/* Deletes the rows of these numbers with what hangs on them, and settles the numbers no more: one transaction. */
int lur_store_forget(sqlite3 *db, const char *path, const struct lur_range *r, size_t n, struct lur_error *e);
/* Ranges without others, both ascending and apart: n + n_what of them at most. */
size_t lur_ranges_without(const struct lur_range *from, size_t n, const struct lur_range *what, size_t n_what,
                          struct lur_range *out);

/* ---- table.c: an open file; query.c compiles within its fence ---- */
struct lur_table {
  int n_holders; /* beside the first */
  char *path;
  sqlite3 *db;
  struct lur_table_facts facts;
  struct lur_column *column;
  struct lur_range *done;
  struct lur_data *data; /* NULL until it is asked for */
  sqlite3_stmt *sweep;   /* stands on its row: the facts' texts are borrowed from it */
  uint64_t deadline_ns;  /* 0: none */
  uint64_t ticks_left;   /* of a statement of luron's own; of a person's as many as it likes */
  uint64_t n_bytes;      /* of the file and its WAL; 0: a table in memory */
  uint64_t most_rows;    /* of any table: the file's bytes have room for no more */
  bool fenced;           /* a query of a person's is being compiled, */
  bool curves;           /* which may read these, too */
  bool late;
};

/* ---- pages.c: rows of `runs` off the file's pages ---- */
struct lur_pages;
/* Of columns of `runs`, 0 and NULL, as a select has them, by run. NULL where the file or the columns are not of the
 * kind that is read so. cells: n_columns; those that do not change are set here. */
struct lur_pages *lur_pages_open(sqlite3 *db, const char *select, int n_columns, struct lur_cell *cells);
/* 1: cells holds the next row until the next call; 0: there is none; -1: SQLite has to go on, from the run that
 * lur_pages_after says. */
int lur_pages_next(struct lur_pages *p, struct lur_cell *cells);
int64_t lur_pages_after(const struct lur_pages *p);
void lur_pages_free(struct lur_pages *p); /* accepts NULL */

bool lur_table_is_late(struct lur_table *t); /* behind its deadline */
/* A statement of luron's own begins: it has more time, and more steps, than any honest file of that size needs. */
void lur_table_start_own(struct lur_table *t);
uint64_t lur_table_own_ns(const struct lur_table *t); /* the time; 0: as much as it likes */
/* The table's connection, for the next statement of our own, which ends at its deadline. */
sqlite3 *lur_table_db(struct lur_table *t);

/* ---- data.c: the numbers a sweep keeps, in pieces ---- */
extern const char lur_data_table[]; /* SQL that makes it */
/* Fails where they are more than a file holds; before a run is computed. */
int lur_data_check(const struct lur_part *part, int n_parts, struct lur_error *e);
int lur_data_write(sqlite3 *db, const char *path, const struct lur_part *part, int n_parts, struct lur_error *e);
/* What another file keeps, into this one. */
int lur_data_copy(sqlite3 *db, const char *path, const struct lur_pieces *from, struct lur_error *e);
struct lur_data;
/* Of version 1 too, where all stands in one blob. */
struct lur_data *lur_data_open(sqlite3 *db, const char *path, struct lur_error *e);
struct lur_pieces lur_data_pieces(struct lur_data *d); /* from the first one on */
void lur_data_free(struct lur_data *d);                /* accepts NULL */

/* ---- functions.c: functions in place of names ---- */
int lur_functions_write(sqlite3 *db, const char *path, const struct lur_entries *all, struct lur_error *e);

/* ---- read_files.c: what a script read ---- */
extern const char lur_read_files_table[]; /* SQL that makes it */
int lur_read_files_insert(sqlite3 *db, const char *path, const struct lur_rows *rows, struct lur_error *e);
int lur_read_files_merge(sqlite3 *db, const char *path, struct lur_error *e);

/* ---- taken.c ---- */
int lur_taken_insert(sqlite3 *db, const char *path, const struct lur_rows *rows, struct lur_error *e);
int lur_taken_merge(sqlite3 *db, const char *path, struct lur_error *e);

/* A results file that nobody named: its facts without columns and ranges, and what its script read. Nothing is changed
 * and nothing waited for: NULL where it cannot be read so, is locked, or has a WAL or a journal beside it. */
struct lur_table *lur_table_look(const char *path);
/* The table at path, whose file must hold the same sweep as `as`. */
struct lur_table *lur_table_open_same(const char *path, const struct lur_table *as, struct lur_error *e);
/* Deletes all but the best rows, with what hangs on them. */
int lur_schema_trim(sqlite3 *db, const char *path, size_t keep_best, const char *keep_by, bool high,
                    struct lur_error *e);

/* ---- mixed.c: columns of numbers and lists, which are TEXT in the file ---- */
bool lur_mixed_any(const struct lur_column *column, int n_columns);
/* What SQL of `runs` with such columns needs on this connection. */
int lur_mixed_register(sqlite3 *db, const char *path, struct lur_error *e);
/* "(SELECT ...) AS runs": `runs` where the condition holds, its numbers as numbers. Within the condition such a column
 * is the text, compares with numbers by value and with texts as it stands: hidden = 4, hidden = '4', hidden < 10,
 * hidden = '4x4'. The condition is SQL, or NULL. */
void lur_mixed_from(const struct lur_column *column, int n_columns, const char *where, struct lur_buffer *sql);
/* A statement with that condition at its end, where it is told from what is none. */
void lur_mixed_condition(const struct lur_column *column, int n_columns, const char *where, struct lur_buffer *sql);

/* ---- fresh.c: the first moments of a new file, before it has its name ---- */
struct lur_fresh;
/* *out is to be freed, also where it fails. */
int lur_fresh_new(const char *path, const struct lur_store_plan *plan, struct lur_fresh **out, struct lur_error *e);
/* false where it takes none of the rows: it is to be ended before they are written, or *code says why not. */
bool lur_fresh_add(struct lur_fresh *f, const struct lur_rows *rows, int *code, struct lur_error *e);
enum lur_fresh_end { LUR_FRESH_GOES_ON, LUR_FRESH_ENDS, LUR_FRESH_COMPLETE }; /* the session; the last two on disk */
/* The file gets its name, with all that was taken; n_settled grows by the numbers that are settled. */
int lur_fresh_end(struct lur_fresh *f, enum lur_fresh_end how, uint64_t *n_settled, struct lur_error *e);
void lur_fresh_free(struct lur_fresh *f); /* accepts NULL; a file without its name goes */

/* ---- writer.c: the thread, its queue and its transactions ---- */
struct lur_inserter;
struct lur_writer_target {
  struct lur_fresh *fresh;       /* NULL where the file is there; the writer's from now on */
  struct lur_inserter *inserter; /* NULL where it is not; the writer's from now on */
  struct lur_inserter *(*open)(void *context, struct lur_error *e); /* on the writer's thread, when the file is there */
  void *context;
};
struct lur_writer;
/* Takes what the target holds, also where it fails. */
struct lur_writer *lur_writer_new(const struct lur_writer_target *target, struct lur_error *e);
int lur_writer_take(void *writer, const struct lur_rows *rows, struct lur_error *e);
uint64_t lur_writer_n_committed(const struct lur_writer *w);
/* Commits the rest and joins the thread; may be called again. What is fresh is left so. */
int lur_writer_finish(struct lur_writer *w, struct lur_error *e);
/* After that: ends what is fresh; *was says whether it was. */
int lur_writer_end_fresh(struct lur_writer *w, enum lur_fresh_end how, bool *was, struct lur_error *e);
void lur_writer_free(struct lur_writer *w);

/* ---- rows_table.c: rows as a table that SQLite reads, so that one statement inserts a whole batch ---- */
extern const char lur_rows_table_name[]; /* "batch": no file has a table of that name */
struct lur_rows_table {
  const struct lur_rows *rows;                                           /* of the statement that runs */
  bool (*wants)(void *context, const struct lur_rows *rows, size_t row); /* NULL: every row */
  void *context;
  bool mixed[LUR_STORE_MAX_COLUMNS]; /* columns whose numbers are written as text */
};
/* Makes the table "batch" of this connection: run, column 0 .. n_columns - 1, status, solved. batch outlives the
 * connection. */
int lur_rows_table_register(sqlite3 *db, const char *path, struct lur_rows_table *batch, int n_columns,
                            struct lur_error *e);

/* ---- stage.c: a transaction's rows as a database in memory, whose records are moved as they are ---- */
struct lur_stage;
/* *out stays NULL where the file's table is not the plan's, or this SQLite reads no such image. Called outside a
 * transaction. */
int lur_stage_new(sqlite3 *db, const char *path, const struct lur_store_plan *plan, struct lur_stage **out,
                  struct lur_error *e);
int lur_stage_begin(struct lur_stage *s, struct lur_error *e); /* before BEGIN; forgets what was taken */
/* Takes the table's rows; false where it takes none of them: they have to go the other way, or *code says why not. */
bool lur_stage_add(struct lur_stage *s, const struct lur_rows_table *f, int *code, struct lur_error *e);
struct lur_leaves;
/* Leaves of the kind that the stage fills, so that any thread may make some like them; and given filled, as the first
 * and only rows of the transaction: what they hold is the stage's then. */
const struct lur_leaves *lur_stage_leaves(const struct lur_stage *s);
void lur_stage_give(struct lur_stage *s, struct lur_leaves *l);
int lur_stage_flush(struct lur_stage *s, struct lur_error *e); /* what was taken, into the file's transaction */
int lur_stage_end(struct lur_stage *s, struct lur_error *e);   /* after COMMIT or ROLLBACK */
void lur_stage_free(struct lur_stage *s);                      /* accepts NULL */

/* ---- insert.c: the statements of a writing session ---- */
bool lur_rows_say_more(const struct lur_rows *rows); /* than their cells: messages, curves */
/* A range behind the others, or joined to the last of them where they touch. */
int lur_ranges_add(struct lur_range **range, size_t *n, size_t *room, struct lur_range r, struct lur_error *e);
/* watch: of the connection, which is the inserter's from now on. */
struct lur_inserter *lur_inserter_new(struct lur_watch *watch, const struct lur_store_plan *plan, struct lur_error *e);
int lur_inserter_begin(struct lur_inserter *in, struct lur_error *e);
/* As lur_stage_leaves; NULL where rows may not come so. */
const struct lur_leaves *lur_inserter_leaves(const struct lur_inserter *in);
/* leaves: NULL, or the rows made into such; then they are all rows of the transaction. */
int lur_inserter_add(struct lur_inserter *in, const struct lur_rows *rows, struct lur_leaves *leaves,
                     struct lur_error *e);
int lur_inserter_commit(struct lur_inserter *in, struct lur_error *e);
/* After an error, which is another one where the file was changed by another program. */
void lur_inserter_rollback(struct lur_inserter *in, struct lur_error *e);
void lur_inserter_free(struct lur_inserter *in); /* accepts NULL */

#endif
