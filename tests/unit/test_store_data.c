/* SPDX-License-Identifier: MIT
 * Patterns and start values in a results file: in pieces, as narrow as they are, with all their bits; of version 1 too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store_help.h"

enum { N = 5000, WIDTH = 300 }; /* more than a piece */

static char path[64];

static int set_up(void **state) {
  (void)state;
  snprintf(path, sizeof path, "store-data-%d.db", (int)getpid());
  unlink(path);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  unlink(path);
  return 0;
}

static double *numbers(size_t n, double (*of)(size_t)) {
  double *x = malloc(n * sizeof *x);
  for (size_t i = 0; i < n; i++)
    x[i] = of(i);
  return x;
}

static double byte(size_t i) {
  return (double)(i * 31 % 256);
}

/* The last piece holds a number that is no byte. */
static double almost_bytes(size_t i) {
  return i == (size_t)N * WIDTH - 1 ? 0.1 : byte(i);
}

static double fraction(size_t i) {
  return i == 3 ? (double)NAN : -0.1 * (double)i;
}

static void write_file(const struct lur_spec *spec) {
  struct lur_part part[LUR_MAX_PARTS];
  struct lur_store_plan plan = help_plan("h", 10);
  struct lur_error e = {0};
  plan.facts.part = part;
  plan.facts.n_parts = lur_stored_parts(spec, part);
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  assert_int_equal(lur_store_finish(s, true, &e), LUR_OK);
  lur_store_free(s);
}

static void read_file(struct lur_stored *out) {
  struct lur_error e = {0};
  struct lur_pieces pieces;
  struct lur_table *t = lur_table_open(path, &e);
  assert_non_null(t);
  assert_int_equal(lur_table_pieces(t, &pieces, &e), LUR_OK);
  assert_int_equal(lur_stored_read("", "", &pieces, NULL, out, &e), LUR_OK);
  lur_table_free(t);
}

static void assert_same(const struct lur_patterns *a, const struct lur_patterns *b) {
  assert_int_equal(a->n, b->n);
  assert_int_equal(a->n_inputs, b->n_inputs);
  assert_int_equal(a->n_outputs, b->n_outputs);
  assert_memory_equal(a->inputs, b->inputs, a->n * (size_t)a->n_inputs * sizeof(double));
  assert_memory_equal(a->targets, b->targets, a->n * (size_t)a->n_outputs * sizeof(double));
}

static sqlite3 *open_raw(void) {
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  return db;
}

static void check_sql(const char *sql, const char *expected) {
  sqlite3 *db = open_raw();
  sqlite3_stmt *s = NULL;
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(s), SQLITE_ROW);
  assert_string_equal((const char *)sqlite3_column_text(s, 0), expected);
  sqlite3_finalize(s);
  sqlite3_close(db);
}

static void numbers_come_back_in_pieces(void **state) {
  (void)state;
  double *a = numbers((size_t)N * WIDTH, almost_bytes), *b = numbers(N, fraction);
  struct lur_stored s;
  const struct lur_spec spec = {.train = {.n = N, .n_inputs = WIDTH, .n_outputs = 1, .inputs = a, .targets = b},
                                .test = {.n = 7, .n_inputs = WIDTH, .n_outputs = 1, .inputs = a, .targets = b + 9},
                                .start = b,
                                .n_start = 10};
  write_file(&spec);
  read_file(&s);
  assert_same(&s.spec.train, &spec.train);
  assert_same(&s.spec.test, &spec.test);
  assert_int_equal(s.spec.n_start, 10);
  assert_memory_equal(s.spec.start, b, 10 * sizeof *b);
  check_sql("SELECT group_concat(type, ' ') FROM (SELECT DISTINCT type FROM data WHERE part = 'train inputs')",
            "u8 f64");
  check_sql("SELECT max(length(bytes)) <= 1048576 AND count(*) > 10 FROM data WHERE part = 'train inputs'", "1");
  lur_stored_free(&s);
  free(a);
  free(b);
}

static void a_set_that_is_both_is_kept_once(void **state) {
  (void)state;
  double *a = numbers(12, byte), *b = numbers(12, byte);
  struct lur_stored s;
  const struct lur_spec spec = {.train = {.n = 4, .n_inputs = 2, .n_outputs = 1, .inputs = a, .targets = a + 8},
                                .test = {.n = 4, .n_inputs = 2, .n_outputs = 1, .inputs = b, .targets = b + 8}};
  write_file(&spec);
  read_file(&s);
  assert_same(&s.spec.test, &spec.train);
  check_sql("SELECT group_concat(part || ' ' || n_rows || ' ' || type, ', ') FROM data",
            "train inputs 4 u8, train targets 4 u8, test is train 0 f64");
  lur_stored_free(&s);
  free(a);
  free(b);
}

static void what_no_file_keeps_is_refused_before_it_is_made(void **state) {
  (void)state;
  const struct lur_part part = {.name = "train inputs", .n_rows = UINT32_MAX, .width = 784, .type = LUR_F64};
  struct lur_store_plan plan = help_plan("h", 10);
  struct lur_error e = {0};
  plan.facts.part = &part;
  plan.facts.n_parts = 1;
  assert_null(lur_store_open(path, &plan, &e));
  assert_string_equal(e.field, "data");
  assert_string_equal(e.text,
                      "3.37e+12 numbers with the train inputs, but a results file keeps at most 8.59e+09, 64 GiB"
                      " as doubles");
  assert_int_not_equal(access(path, F_OK), 0);
}

/* 2 rows of 2 inputs and 1 target; no test set; 2 start values. */
static void a_file_of_version_1_is_read(void **state) {
  (void)state;
  const double x[6] = {1, 0.5, -0.0, 4, 5, 6}, start[2] = {0.1, (double)NAN};
  const uint64_t head[3] = {2, 2, 1}, none[3] = {0}, n_start = 2;
  char blob[15 * 8];
  sqlite3_stmt *q = NULL;
  struct lur_stored s;
  memcpy(blob, head, 24);
  memcpy(blob + 24, x, 48);
  memcpy(blob + 72, none, 24);
  memcpy(blob + 96, &n_start, 8);
  memcpy(blob + 104, start, 16);
  write_file(&(struct lur_spec){.n_start = 0});
  sqlite3 *db = open_raw();
  assert_int_equal(sqlite3_exec(db, "DROP TABLE data; ALTER TABLE sweep ADD COLUMN data BLOB", NULL, NULL, NULL), 0);
  assert_int_equal(sqlite3_prepare_v2(db, "UPDATE sweep SET data = ?", -1, &q, NULL), SQLITE_OK);
  sqlite3_bind_blob(q, 1, blob, sizeof blob, SQLITE_STATIC);
  assert_int_equal(sqlite3_step(q), SQLITE_DONE);
  sqlite3_finalize(q);
  sqlite3_close(db);
  read_file(&s);
  assert_int_equal(s.spec.train.n, 2);
  assert_memory_equal(s.spec.train.inputs, x, 4 * sizeof *x);
  assert_memory_equal(s.spec.train.targets, x + 4, 2 * sizeof *x);
  assert_int_equal(s.spec.test.n, 0);
  assert_int_equal(s.spec.n_start, 2);
  assert_memory_equal(s.spec.start, start, sizeof start);
  lur_stored_free(&s);
}

static void a_damaged_piece_is_told(void **state) {
  static const char *const damage[] = {
      "UPDATE data SET width = 3",        "UPDATE data SET part = 'train'",
      "UPDATE data SET n_rows = 1 << 60", "UPDATE data SET bytes = x'00'",
      "UPDATE data SET type = 'u7'",      "DELETE FROM data WHERE part = 'train targets'"};
  double *a = numbers(12, byte);
  const struct lur_spec spec = {.train = {.n = 4, .n_inputs = 2, .n_outputs = 1, .inputs = a, .targets = a + 8}};
  (void)state;
  for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
    struct lur_error e = {0};
    struct lur_pieces pieces;
    struct lur_stored s;
    unlink(path);
    write_file(&spec);
    sqlite3 *db = open_raw();
    assert_int_equal(sqlite3_exec(db, damage[i], NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    struct lur_table *t = lur_table_open(path, &e);
    assert_non_null(t);
    assert_true(lur_table_pieces(t, &pieces, &e) || lur_stored_read("", "", &pieces, NULL, &s, &e));
    assert_non_null(strstr(e.text, "damaged"));
    lur_table_free(t);
  }
  free(a);
}

static void a_halving_that_is_none_is_refused(void **state) {
  static const char *const text[] = {"prune=halving at 1 keep 2.5 by loss",
                                     "prune=halving at 1 keep nan by loss",
                                     "prune=halving at 1 keep 1 by loss",
                                     "prune=halving at 2 1 keep 0.5 by loss",
                                     "prune=halving at 0 keep 0.5 by loss",
                                     "prune=halving at keep 0.5 by loss",
                                     "keep=best 0 by loss"};
  (void)state;
  for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
    struct lur_error e = {0};
    struct lur_stored s;
    assert_int_equal(lur_stored_read(text[i], "", NULL, NULL, &s, &e), LUR_EIO);
    assert_non_null(strstr(e.text, "cannot be read"));
  }
}

int main(void) {
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      CASE(numbers_come_back_in_pieces),
      CASE(a_set_that_is_both_is_kept_once),
      CASE(what_no_file_keeps_is_refused_before_it_is_made),
      CASE(a_file_of_version_1_is_read),
      CASE(a_damaged_piece_is_told),
      CASE(a_halving_that_is_none_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
