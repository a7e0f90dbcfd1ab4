/* SPDX-License-Identifier: MIT
 * Shards merged in any order are the unsharded table; what does not belong together is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "store_case.h"

enum { N_RUNS = 6000, N_SHARDS = 3, BLOCK = 256 };

static char whole[128], shard[N_SHARDS][128], out[128];

/* Every third block of 256 numbers. */
static void write_shard(int k) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", N_RUNS);
  struct lur_store *s = lur_store_open(shard[k], &plan, &e);
  assert_non_null(s);
  for (uint64_t first = 1 + (uint64_t)k * BLOCK; first <= N_RUNS; first += N_SHARDS * BLOCK)
    ok(help_take(lur_store_sink(s), first, first + BLOCK - 1 < N_RUNS ? first + BLOCK - 1 : N_RUNS, &e), &e);
  ok(lur_store_finish(s, true, &e), &e);
  lur_store_free(s);
}

static int set_up(void **state) {
  struct lur_error e = {0};
  const char *folder = help_folder();
  *state = (void *)folder;
  snprintf(whole, sizeof whole, "%s/whole.db", folder);
  snprintf(out, sizeof out, "%s/out.db", folder);
  for (int k = 0; k < N_SHARDS; k++) {
    snprintf(shard[k], sizeof shard[k], "%s/%d.db", folder, k);
    write_shard(k);
  }
  return help_write(whole, "h", N_RUNS, 1, N_RUNS, &e);
}

static void same_as_whole(void) {
  struct lur_error e = {0};
  struct lur_difference d;
  ok(lur_store_diff(whole, out, &d, &e), &e);
  assert_int_equal(d.kind, LUR_SAME);
  assert_int_equal(d.n_compared, N_RUNS);
}

static void merged_in_any_order(void **state) {
  static const int orders[][N_SHARDS] = {{0, 1, 2}, {2, 0, 1}, {1, 2, 0}};
  (void)state;
  for (int i = 0; i < 3; i++) {
    const char *in[N_SHARDS];
    struct lur_error e = {0};
    struct lur_merge_report r;
    unlink(out);
    for (int k = 0; k < N_SHARDS; k++)
      in[k] = shard[orders[i][k]];
    ok(lur_store_merge(out, in, N_SHARDS, &r, &e), &e);
    assert_int_equal(r.n_rows, N_RUNS);
    assert_int_equal(r.n_missing, 0);
    same_as_whole();
  }
}

static void missing_runs_are_named_and_added_later(void **state) {
  struct lur_error e = {0};
  struct lur_merge_report r;
  const char *two[] = {shard[0], shard[2]}, *last[] = {shard[1]};
  (void)state;
  ok(lur_store_merge(out, two, 2, &r, &e), &e);
  assert_int_equal(r.range[0].first, 257);
  assert_int_equal(r.range[0].last, 512);
  assert_int_equal(r.n_missing, N_RUNS - r.n_settled);
  ok(lur_store_merge(out, last, 1, &r, &e), &e);
  assert_int_equal(r.n_missing, 0);
  same_as_whole();
}

/* Rows one by one, until the test has seen enough. */
struct slow_writer {
  const char *path;
  atomic_bool enough;
};

static void *write_slowly(void *context) {
  struct slow_writer *w = context;
  struct lur_store_plan plan = help_plan("h", N_RUNS);
  struct lur_store *s = lur_store_open(w->path, &plan, NULL);
  for (uint64_t run = 1; s && run <= N_RUNS && !atomic_load(&w->enough); run++) {
    help_take(lur_store_sink(s), run, run, NULL);
    usleep(300);
  }
  lur_store_free(s);
  return NULL;
}

static void a_shard_may_be_written_meanwhile(void **state) {
  char path[160];
  struct slow_writer w = {.path = path};
  pthread_t thread;
  snprintf(path, sizeof path, "%s/slow.db", (const char *)*state);
  ok(help_write(path, "h", N_RUNS, N_RUNS, N_RUNS, &(struct lur_error){0}), NULL); /* is there from the start */
  assert_int_equal(pthread_create(&thread, NULL, write_slowly, &w), 0);
  const char *in[] = {shard[1], path};
  uint64_t n_settled = 0, n_rows = 0;
  for (int i = 0; i < 60 && n_settled == n_rows; i++) {
    struct lur_error e = {0};
    struct lur_merge_report r;
    unlink(out);
    ok(lur_store_merge(out, in, 2, &r, &e), &e);
    n_settled = r.n_settled;
    n_rows = r.n_rows;
  }
  atomic_store(&w.enough, true);
  pthread_join(thread, NULL);
  assert_int_equal(n_settled, n_rows);
}

static void a_merged_file_goes_on(void **state) {
  struct lur_error e = {0};
  struct lur_merge_report r;
  const char *in[] = {shard[0], shard[1], shard[2]};
  size_t n;
  (void)state;
  ok(lur_store_merge(out, in, N_SHARDS, &r, &e), &e);
  ok(help_write(out, "h", N_RUNS + 500, N_RUNS + 1, N_RUNS + 500, &e), &e);
  struct lur_store_plan plan = help_plan("h", N_RUNS + 500);
  struct lur_store *s = lur_store_open(out, &plan, &e);
  const struct lur_range *done = lur_store_done(s, &n);
  assert_int_equal(n, 1);
  assert_int_equal(done[0].last, N_RUNS + 500);
  lur_store_free(s);
}

static void another_sweep_is_refused(void **state) {
  struct lur_error e = {0};
  struct lur_merge_report r;
  char other[160];
  struct lur_difference d;
  snprintf(other, sizeof other, "%s/other.db", (const char *)*state);
  ok(help_write(other, "g", 10, 1, 10, &e), &e);
  const char *in[] = {shard[0], other};
  assert_int_not_equal(lur_store_merge(out, in, 2, &r, &e), LUR_OK);
  assert_non_null(strstr(e.text, "another sweep"));
  assert_int_not_equal(access(out, F_OK), 0);
  assert_int_not_equal(lur_store_diff(shard[0], other, &d, &e), LUR_OK);
}

/* Writes one row that differs in its loss by one bit. */
static void write_conflict(const char *path) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", N_RUNS);
  struct lur_cell cell[HELP_COLUMNS];
  struct lur_store *s = lur_store_open(path, &plan, &e);
  help_row(7, cell);
  cell[3].as.real = nextafter(cell[3].as.real, 2);
  struct lur_rows rows = {.first = 7,
                          .last = 7,
                          .n = 1,
                          .n_columns = HELP_COLUMNS,
                          .run = (uint64_t[]){7},
                          .status = (uint8_t[]){help_status(7)},
                          .cell = cell};
  ok(help_take(lur_store_sink(s), 1, 6, &e), &e);
  ok(lur_store_sink(s).take(lur_store_sink(s).context, &rows, &e), &e);
  ok(lur_store_finish(s, false, &e), &e);
  lur_store_free(s);
}

static void one_bit_is_found(void **state) {
  struct lur_error e = {0};
  struct lur_merge_report r;
  struct lur_difference d;
  char path[160];
  snprintf(path, sizeof path, "%s/conflict.db", (const char *)*state);
  write_conflict(path);
  const char *in[] = {whole, path};
  assert_int_not_equal(lur_store_merge(out, in, 2, &r, &e), LUR_OK);
  assert_non_null(strstr(e.text, "run 7 has another row"));
  assert_int_not_equal(access(out, F_OK), 0);
  ok(lur_store_diff(whole, path, &d, &e), &e);
  assert_int_equal(d.kind, LUR_CELL_DIFFERS);
  assert_int_equal(d.run, 7);
  assert_string_equal(d.column, "loss");
  assert_int_equal(d.bits_b - d.bits_a, 1);
}

static void a_run_too_few_is_found(void **state) {
  struct lur_error e = {0};
  struct lur_difference d;
  (void)state;
  ok(lur_store_diff(whole, shard[0], &d, &e), &e);
  assert_int_equal(d.kind, LUR_ONLY_IN_A);
  assert_int_equal(d.run, 257);
  ok(lur_store_diff(shard[0], whole, &d, &e), &e);
  assert_int_equal(d.kind, LUR_ONLY_IN_B);
}

int main(void) {
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down_folder)
  const struct CMUnitTest tests[] = {
      CASE(merged_in_any_order),
      CASE(missing_runs_are_named_and_added_later),
      CASE(a_merged_file_goes_on),
      CASE(another_sweep_is_refused),
      CASE(one_bit_is_found),
      CASE(a_run_too_few_is_found),
      CASE(a_shard_may_be_written_meanwhile),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
