/* SPDX-License-Identifier: MIT
 * Rows that reach the table as whole records, or in pages made here, are those that SQLite itself would have made of
 * the same cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store_case.h"

enum { N_COLUMNS = 140, N_ROWS = 3000 }; /* so many columns that a record's header has a long size */

static char fresh[128], staged[128], fed[128];
static struct lur_column columns[N_COLUMNS];
static char *long_text;

static int set_up(void **state) {
  static const enum lur_column_type types[] = {LUR_COLUMN_REAL, LUR_COLUMN_INTEGER, LUR_COLUMN_MIXED, LUR_COLUMN_TEXT};
  *state = (void *)help_folder();
  snprintf(fresh, sizeof fresh, "%s/fresh.db", (const char *)*state);
  snprintf(staged, sizeof staged, "%s/staged.db", (const char *)*state);
  snprintf(fed, sizeof fed, "%s/fed.db", (const char *)*state);
  for (int i = 0; i < N_COLUMNS; i++) {
    columns[i] = (struct lur_column){.type = types[i % 4], .role = i < 10 ? LUR_COLUMN_AXIS : LUR_COLUMN_METRIC};
    snprintf(columns[i].name, sizeof columns[i].name, "c%d", i);
  }
  long_text = calloc(1, 40001);
  memset(long_text, 'x', 40000);
  return 0;
}

static int tear_down(void **state) {
  free(long_text);
  help_clean(*state);
  return 0;
}

/* Values at which a record changes its form. */
static const double reals[] = {0.0,
                               -0.0,
                               1.0,
                               -1.0,
                               0.5,
                               127,
                               128,
                               -129,
                               32768,
                               1e6,
                               8.4e6,
                               2147483648,
                               1e-300,
                               -3e9,
                               1.4e14,
                               2e14,
                               9.3e18,
                               -1.0e19,
                               1e300,
                               NAN,
                               1.0 / 3,
                               INFINITY,
                               140737488355327.0,
                               140737488355328.0,
                               -140737488355328.0};
static const int64_t integers[] = {0,
                                   1,
                                   2,
                                   -1,
                                   127,
                                   128,
                                   -128,
                                   -129,
                                   32767,
                                   32768,
                                   -32769,
                                   8388607,
                                   8388608,
                                   2147483647,
                                   2147483648,
                                   -2147483649,
                                   140737488355327,
                                   140737488355328,
                                   INT64_MAX,
                                   INT64_MIN};

static struct lur_cell cell_at(int column, uint64_t n) {
  enum { N_REALS = sizeof reals / sizeof *reals, N_INTEGERS = sizeof integers / sizeof *integers };
  const struct lur_cell real = {LUR_CELL_REAL, .as.real = reals[n % N_REALS]};
  const struct lur_cell integer = {LUR_CELL_INTEGER, .as.integer = integers[n % N_INTEGERS]};
  const struct lur_cell text = {LUR_CELL_TEXT, .as.text = long_text + (n % 97 ? 39999 - n % 60 : 39800)};
  if (n % 11 == 10)
    return (struct lur_cell){.kind = LUR_CELL_NULL};
  switch (columns[column].type) {
  case LUR_COLUMN_REAL: return n % 5 || n % N_INTEGERS > 16 ? real : integer;
  case LUR_COLUMN_INTEGER: return integer;
  case LUR_COLUMN_TEXT: return text;
  case LUR_COLUMN_MIXED: break;
  }
  return n % 3 == 0 ? real : n % 3 == 1 ? integer : text;
}

/* Numbers far apart, so that the keys take one to nine bytes. */
static uint64_t run_at(uint64_t i) {
  return i < N_ROWS / 2 ? i + 1 : i < N_ROWS - 5 ? i * i * i : ((uint64_t)1 << 57) + i;
}

static int take(struct lur_sink sink, const struct lur_cell *cell, uint64_t i, uint64_t n, struct lur_error *e) {
  uint64_t run[N_ROWS];
  uint8_t status[N_ROWS];
  for (uint64_t k = 0; k < n; k++) {
    run[k] = run_at(i + k);
    status[k] = (uint8_t)((i + k) % LUR_N_STATUSES);
  }
  const struct lur_rows rows = {.first = run[0],
                                .last = run[n - 1],
                                .n = n,
                                .n_columns = N_COLUMNS,
                                .run = run,
                                .status = status,
                                .cell = cell + i * N_COLUMNS};
  return help_give(sink, &rows, e);
}

enum way { FRESH, STAGED, FED };

/* In order all go into a new file's pages, or, where the file is there, are staged; backwards, one by one, only the
 * first of a file or of a transaction is. */
static void write_all(const char *path, const struct lur_cell *cell, enum way way) {
  struct lur_error e = {0};
  const struct lur_store_plan plan = {
      .facts = {.hash = "h", .n_runs = (uint64_t)1 << 58}, .n_columns = N_COLUMNS, .column = columns};
  for (int session = way == STAGED ? 0 : 1; session < 2; session++) {
    struct lur_store *s = lur_store_open(path, &plan, &e);
    assert_non_null(s);
    if (way != FED && session == 1)
      ok(take(lur_store_sink(s), cell, 0, N_ROWS, &e), &e);
    for (uint64_t i = N_ROWS; way == FED && i-- > 0;)
      ok(take(lur_store_sink(s), cell, i, 1, &e), &e);
    ok(lur_store_finish(s, session == 1, &e), &e);
    lur_store_free(s);
  }
}

/* What one row of SQL gives as text; NULL where this SQLite cannot say. */
static char *ask(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  sqlite3_stmt *q = NULL;
  char *text = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
    text = strdup((const char *)sqlite3_column_text(q, 0));
  sqlite3_finalize(q);
  sqlite3_close(db);
  return text;
}

static void check_sound(const char *path) {
  char *good = ask(path, "PRAGMA integrity_check");
  assert_string_equal(good, "ok");
  free(good);
}

static void check_as_fed(const char *path) {
  struct lur_error e = {0};
  struct lur_difference d;
  ok(lur_store_diff(path, fed, &d, &e), &e);
  if (d.kind != LUR_SAME)
    fail_msg("%s: run %llu, %s: %s and %s", path, (unsigned long long)d.run, d.column, d.a, d.b);
  assert_int_equal(d.n_compared, N_ROWS);
  check_sound(path);
  static const char sql[] = "SELECT sum(payload) FROM dbstat WHERE name = 'runs' AND pagetype <> 'internal'";
  char *a = ask(path, sql), *b = ask(fed, sql);
  if (a && b)
    assert_string_equal(a, b);
  free(a);
  free(b);
}

static void check_all_ways(const struct lur_cell *cell) {
  write_all(fresh, cell, FRESH);
  write_all(staged, cell, STAGED);
  write_all(fed, cell, FED);
  check_as_fed(fresh);
  check_as_fed(staged);
}

static void fill(struct lur_cell *cell, uint64_t salt) {
  for (uint64_t i = 0; i < N_ROWS; i++)
    for (int c = 0; c < N_COLUMNS; c++)
      cell[i * N_COLUMNS + (uint64_t)c] = cell_at(c, i * 7 + (uint64_t)c * 31 + salt);
}

static void records_are_as_sqlite_makes_them(void **state) {
  struct lur_cell *cell = calloc((size_t)N_ROWS * N_COLUMNS, sizeof *cell);
  (void)state;
  fill(cell, 0);
  check_all_ways(cell);
  free(cell);
}

/* A record that is longer than a page, among others, sends all of its batch the other way. */
static void long_records_come_too(void **state) {
  struct lur_cell *cell = calloc((size_t)N_ROWS * N_COLUMNS, sizeof *cell);
  (void)state;
  fill(cell, 3);
  cell[(N_ROWS - 2) * N_COLUMNS + 3] = (struct lur_cell){LUR_CELL_TEXT, .as.text = long_text};
  cell[7 * N_COLUMNS + 3] = (struct lur_cell){LUR_CELL_TEXT, .as.text = long_text + 40000 - 32000};
  check_all_ways(cell);
  free(cell);
}

/* A transaction of more than an image holds. */
static void many_long_rows_come_too(void **state) {
  struct lur_cell *cell = calloc((size_t)N_ROWS * N_COLUMNS, sizeof *cell);
  (void)state;
  fill(cell, 5);
  for (size_t i = 0; i < N_ROWS; i++)
    cell[i * N_COLUMNS + 7] = (struct lur_cell){LUR_CELL_TEXT, .as.text = long_text + 40000 - 15000};
  check_all_ways(cell);
  free(cell);
}

/* A cell that does not suit its column is an error as before, and leaves nothing behind. */
static void a_wrong_cell_is_an_error(void **state) {
  struct lur_error e = {0};
  struct lur_cell *cell = calloc((size_t)N_ROWS * N_COLUMNS, sizeof *cell);
  const struct lur_store_plan plan = {
      .facts = {.hash = "h", .n_runs = (uint64_t)1 << 58}, .n_columns = N_COLUMNS, .column = columns};
  (void)state;
  fill(cell, 0);
  cell[100 * N_COLUMNS + 1] = (struct lur_cell){LUR_CELL_REAL, .as.real = 0.5};
  struct lur_store *s = lur_store_open(staged, &plan, &e);
  assert_non_null(s);
  take(lur_store_sink(s), cell, 0, N_ROWS, &e);
  assert_int_not_equal(lur_store_finish(s, true, &e), LUR_OK);
  lur_store_free(s);
  assert_true(help_ask(staged, "count(*)", NULL) == 0);
  free(cell);
}

/* Over many transactions, each with an image of its own: small ones, large ones, small again. */
static void transactions_follow_each_other(void **state) {
  static const uint64_t sizes[] = {1, 3000, 20, 9000, 1, 1, 5000, 300};
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 100000);
  struct lur_store *s = lur_store_open(staged, &plan, &e);
  uint64_t n = 0;
  (void)state;
  assert_non_null(s);
  for (int i = 0; i < 24; i++) {
    ok(help_take(lur_store_sink(s), n + 1, n + sizes[i % 8], &e), &e);
    n += sizes[i % 8];
    while (lur_store_n_committed(s) < n)
      usleep(5000);
  }
  ok(lur_store_finish(s, false, &e), &e);
  lur_store_free(s);
  ok(help_write(fed, "h", 100000, 1, n, &e), &e);
  struct lur_difference d;
  ok(lur_store_diff(staged, fed, &d, &e), &e);
  assert_int_equal(d.kind, LUR_SAME);
  assert_int_equal(d.n_compared, n);
}

static bool spoils; /* images on their way to SQLite */
int __real_sqlite3_deserialize(sqlite3 *, const char *, unsigned char *, sqlite3_int64, sqlite3_int64, unsigned);
int __wrap_sqlite3_deserialize(sqlite3 *, const char *, unsigned char *, sqlite3_int64, sqlite3_int64, unsigned);

int __wrap_sqlite3_deserialize(sqlite3 *db, const char *name, unsigned char *image, sqlite3_int64 n, sqlite3_int64 room,
                               unsigned flags) {
  if (spoils && n > 2 * 32768)
    memset(image + 32768, 0x77, 64);
  return __real_sqlite3_deserialize(db, name, image, n, room, flags);
}

/* An image that SQLite cannot read: the file is not at fault, and is as it was. */
static void an_image_that_cannot_be_read_blames_no_file(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 10000);
  struct lur_store *s = lur_store_open(staged, &plan, &e);
  (void)state;
  assert_non_null(s);
  ok(lur_store_finish(s, false, &e), &e);
  lur_store_free(s);
  s = lur_store_open(staged, &plan, &e); /* a file that is there */
  assert_non_null(s);
  spoils = true;
  help_take(lur_store_sink(s), 1, 8000, &e);
  int code = lur_store_finish(s, true, &e);
  spoils = false;
  lur_store_free(s);
  assert_int_equal(code, LUR_EIO);
  assert_non_null(strstr(e.text, "does not take the rows as luron hands them over"));
  assert_null(strstr(e.text, "staged.db"));
  assert_true(help_ask(staged, "count(*)", NULL) == 0);
  ok(help_write(staged, "h", 10000, 1, 10000, &e), &e);
}

/* The same run twice is refused by the table. */
static void a_run_comes_once(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 100);
  (void)state;
  for (int i = 0; i < 2; i++) {
    struct lur_store *s = lur_store_open(staged, &plan, &e);
    assert_non_null(s);
    help_take(lur_store_sink(s), 1, 50, &e);
    int code = lur_store_finish(s, false, &e);
    assert_true(i == 0 ? code == LUR_OK : code != LUR_OK);
    lur_store_free(s);
  }
  assert_true(help_ask(staged, "count(*)", NULL) == 50);
}

/* Records are made for the plan's columns, and go into no others. */
static void a_column_of_another_type_is_an_error(void **state) {
  struct lur_error e = {0};
  struct lur_column other[HELP_COLUMNS];
  struct lur_store_plan plan = help_plan("h", 100);
  (void)state;
  memcpy(other, help_columns, sizeof other);
  other[3].type = LUR_COLUMN_INTEGER;
  plan.column = other;
  struct lur_store *s = lur_store_open(staged, &plan, &e);
  assert_non_null(s);
  lur_store_free(s);
  assert_int_not_equal(help_write(staged, "h", 100, 1, 50, &e), LUR_OK);
  check_sound(staged);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(records_are_as_sqlite_makes_them, set_up, tear_down),
      cmocka_unit_test_setup_teardown(long_records_come_too, set_up, tear_down),
      cmocka_unit_test_setup_teardown(many_long_rows_come_too, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_wrong_cell_is_an_error, set_up, tear_down),
      cmocka_unit_test_setup_teardown(transactions_follow_each_other, set_up, tear_down),
      cmocka_unit_test_setup_teardown(an_image_that_cannot_be_read_blames_no_file, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_run_comes_once, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_column_of_another_type_is_an_error, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
