/* SPDX-License-Identifier: MIT
 * Rows by chance: as many as asked for, all of them there, none twice, and no others read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session/sample.h"
#include "store/internal.h"
#include "store_case.h"

enum { N_RUNS = 100000 };

static char path[128];

static int set_up(void **state) {
  *state = (void *)help_folder();
  snprintf(path, sizeof path, "%s/x.db", (const char *)*state);
  return 0;
}

/* A table of all numbers in which only every n-th has a row. */
static void write_every(uint64_t every) {
  struct lur_error e = {0};
  sqlite3 *db = NULL;
  char sql[96];
  ok(help_write(path, "h", N_RUNS, 1, N_RUNS, &e), &e);
  snprintf(sql, sizeof sql, "DELETE FROM runs WHERE run %% %llu", (unsigned long long)every);
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

/* Gives how many pages were read for it. */
static int check_sample(uint64_t every, uint64_t n, uint64_t wanted) {
  struct lur_error e = {0};
  uint64_t *number, *again;
  size_t n_out, n_again;
  int before, after, high;
  struct lur_table *t = lur_table_open(path, &e);
  assert_non_null(t);
  sqlite3_db_status(lur_table_db(t), SQLITE_DBSTATUS_CACHE_MISS, &before, &high, 0);
  ok(lur_sample_rows(t, n, &number, &n_out, &e), &e);
  sqlite3_db_status(lur_table_db(t), SQLITE_DBSTATUS_CACHE_MISS, &after, &high, 0);
  assert_int_equal(n_out, wanted);
  for (size_t i = 0; i < n_out; i++) {
    assert_true(number[i] % every == 0 && number[i] <= N_RUNS);
    assert_true(i == 0 || number[i - 1] < number[i]);
  }
  ok(lur_sample_rows(t, n, &again, &n_again, &e), &e);
  assert_int_equal(n_again, n_out);
  assert_memory_equal(number, again, n_out * sizeof *number);
  free(number);
  free(again);
  lur_table_free(t);
  return after - before;
}

static void whatever_share_has_rows(void **state) {
  static const uint64_t every[] = {1, 2, 30, 500};
  (void)state;
  for (size_t i = 0; i < sizeof every / sizeof *every; i++) {
    const uint64_t n_rows = N_RUNS / every[i];
    write_every(every[i]);
    for (uint64_t n = 1; n < 2 * N_RUNS; n *= 7)
      check_sample(every[i], n, n < n_rows ? n : n_rows);
    remove(path);
  }
}

static void no_other_rows_are_read(void **state) {
  (void)state;
  write_every(1);
  assert_true(check_sample(1, 10, 10) < 3 * 10 + 5);
}

/* As in a shard: numbers between the settled ones are never drawn, and every range is. */
static void of_many_ranges(void **state) {
  struct lur_error e = {0};
  sqlite3 *db = NULL;
  uint64_t *number, low = 0;
  size_t n;
  (void)state;
  write_every(1);
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db,
                                "DELETE FROM done; INSERT INTO done SELECT run, run + run % 2 FROM runs"
                                " WHERE run % 5 = 0;"
                                "DELETE FROM runs WHERE run % 5 <> 0 AND run % 10 <> 6",
                                NULL, NULL, NULL),
                   SQLITE_OK);
  sqlite3_close(db);
  struct lur_table *t = lur_table_open(path, &e);
  assert_non_null(t);
  const struct lur_table_facts *f = lur_table_facts(t);
  assert_int_equal(f->n_done, N_RUNS / 5);
  ok(lur_sample_rows(t, f->n_settled / 20, &number, &n, &e), &e);
  assert_int_equal(n, f->n_settled / 20);
  for (size_t i = 0; i < n; i++) {
    assert_true(number[i] % 5 == 0 || number[i] % 10 == 6);
    low += number[i] <= N_RUNS / 2;
  }
  assert_true(low > n * 2 / 5 && low < n * 3 / 5);
  free(number);
  lur_table_free(t);
}

static void more_rows_than_are_settled(void **state) {
  static const char *const damage[] = {"UPDATE done SET last = 5", "DELETE FROM done"};
  (void)state;
  for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
    struct lur_error e = {0};
    sqlite3 *db = NULL;
    uint64_t *number;
    size_t n;
    write_every(1);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, damage[i], NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    struct lur_table *t = lur_table_open(path, &e);
    assert_non_null(t);
    assert_int_equal(lur_sample_rows(t, 10, &number, &n, &e), LUR_EIO);
    assert_non_null(strstr(e.text, "the file is damaged"));
    free(number);
    lur_table_free(t);
    remove(path);
  }
}

/* No part of the table is preferred. */
static void all_are_as_likely(void **state) {
  struct lur_error e = {0};
  uint64_t *number, below = 0;
  size_t n;
  (void)state;
  write_every(1);
  struct lur_table *t = lur_table_open(path, &e);
  ok(lur_sample_rows(t, 5000, &number, &n, &e), &e);
  for (size_t i = 0; i < n; i++)
    below += number[i] <= N_RUNS / 4;
  assert_true(below > 1250 - 150 && below < 1250 + 150); /* five standard deviations */
  free(number);
  lur_table_free(t);
}

static void a_table_without_rows(void **state) {
  struct lur_error e = {0};
  uint64_t *number;
  size_t n;
  (void)state;
  ok(help_write(path, "h", 5, 1, 0, &e), &e);
  struct lur_table *t = lur_table_open(path, &e);
  ok(lur_sample_rows(t, 3, &number, &n, &e), &e);
  assert_int_equal(n, 0);
  free(number);
  lur_table_free(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(whatever_share_has_rows, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(no_other_rows_are_read, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(of_many_ranges, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(more_rows_than_are_settled, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(all_are_as_likely, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(a_table_without_rows, set_up, tear_down_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
