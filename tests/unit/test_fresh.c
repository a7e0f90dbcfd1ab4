/* SPDX-License-Identifier: MIT
 * A new file's first rows, which are written in pages of its table before it has its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "store/internal.h"
#include "store_case.h"

static char path[128], side[160];

static int set_up(void **state) {
  *state = (void *)help_folder();
  snprintf(path, sizeof path, "%s/x.db", (const char *)*state);
  return 0;
}

static bool is_there(const char *suffix) {
  struct stat st;
  snprintf(side, sizeof side, "%s%s", path, suffix);
  return stat(side, &st) == 0;
}

/* Waits as most programs do: whoever opens a file in WAL mode first holds it alone for a moment. */
static void answers(const char *sql, const char *wanted) {
  sqlite3 *db = NULL;
  sqlite3_stmt *q = NULL;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_busy_timeout(db, 1000), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(q), SQLITE_ROW);
  const char *text = (const char *)sqlite3_column_text(q, 0);
  assert_string_equal(text ? text : "", wanted);
  sqlite3_finalize(q);
  sqlite3_close(db);
}

/* A finished file as SQLite would have left it, whatever the number of its pages and levels. */
static void every_size_is_sound(void **state) {
  static const uint64_t sizes[] = {0, 1, 2, 150, 170, 190, 400, 5000, 150000};
  char wanted[64];
  (void)state;
  for (size_t i = 0; i < 2 * sizeof sizes / sizeof *sizes; i++) {
    struct lur_error e = {0};
    const uint64_t n = sizes[i / 2], n_runs = i % 2 && n ? n : 1000000; /* of small pages, and of large ones */
    ok(help_write(path, "h", n_runs, 1, n, &e), &e);
    answers("PRAGMA integrity_check", "ok");
    answers("PRAGMA journal_mode", "delete");
    answers("PRAGMA page_size", n_runs > 65536 ? "32768" : "8192");
    snprintf(wanted, sizeof wanted, "%llu", (unsigned long long)n);
    answers("SELECT count(*) FROM runs", wanted);
    answers("SELECT coalesce(sum(\"odd \"\"name\"\"\" = run), 0) FROM runs", wanted);
    wanted[0] = '\0';
    if (n)
      snprintf(wanted, sizeof wanted, "1..%llu", (unsigned long long)n);
    answers("SELECT group_concat(first || '..' || last) FROM done", wanted);
    answers("SELECT finished IS NOT NULL FROM sweep", n == n_runs ? "1" : "0");
    assert_false(is_there("-new"));
    assert_false(is_there("-wal"));
    remove(path);
  }
}

/* Each length of a row meets the end of a page in its own way. */
static void every_length_is_sound(void **state) {
  static const struct lur_column one[] = {{.name = "word", .type = LUR_COLUMN_TEXT, .role = LUR_COLUMN_AXIS}};
  enum { N = 2000 };
  static uint64_t run[N];
  static uint8_t status[N];
  static struct lur_cell cell[N];
  char text[301] = "", wanted[64];
  (void)state;
  for (int length = 0; length < 300; length += length < 70 ? 1 : 23) {
    struct lur_error e = {0};
    const struct lur_store_plan plan = {.facts = {.hash = "h", .n_runs = N}, .n_columns = 1, .column = one};
    memset(text, 'x', (size_t)length);
    text[length] = '\0';
    for (uint64_t i = 0; i < N; i++) {
      run[i] = i + 1;
      status[i] = (uint8_t)(i % LUR_N_STATUSES);
      cell[i] = (struct lur_cell){LUR_CELL_TEXT, .as.text = text};
    }
    struct lur_rows rows = {.first = 1, .last = N, .n = N, .n_columns = 1, .run = run, .status = status, .cell = cell};
    struct lur_store *s = lur_store_open(path, &plan, &e);
    assert_non_null(s);
    ok(lur_store_sink(s).take(lur_store_sink(s).context, &rows, &e), &e);
    ok(lur_store_finish(s, true, &e), &e);
    lur_store_free(s);
    answers("PRAGMA integrity_check", "ok");
    snprintf(wanted, sizeof wanted, "%d|%d", N, N * length);
    answers("SELECT count(*) || '|' || sum(length(word)) FROM runs", wanted);
    remove(path);
  }
}

static bool waits_for(struct lur_store *s, uint64_t n, double seconds) {
  const uint64_t until_ns = lur_clock_ns() + (uint64_t)(1e9 * seconds);
  while (lur_store_n_committed(s) < n && lur_clock_ns() < until_ns)
    usleep(1000);
  return lur_store_n_committed(s) >= n;
}

/* The file is there, and others see its rows, while the session goes on: with rows, and where none come. */
static void others_see_it_within_a_second(void **state) {
  (void)state;
  for (int n = 0; n < 2; n++) {
    struct lur_error e = {0};
    struct lur_store_plan plan = help_plan("h", 100000);
    struct lur_store *s = lur_store_open(path, &plan, &e);
    assert_non_null(s);
    assert_false(is_there(""));
    if (n)
      ok(help_take(lur_store_sink(s), 1, 700, &e), &e);
    for (int i = 0; i < 1000 && !is_there(""); i++)
      usleep(1000);
    assert_true(is_there(""));
    if (n)
      assert_true(waits_for(s, 700, 0.5));
    answers("SELECT count(*) FROM runs", n ? "700" : "0");
    answers("PRAGMA journal_mode", "wal");
    ok(help_take(lur_store_sink(s), 701, 900, &e), &e);
    assert_true(waits_for(s, n ? 900 : 200, 1));
    answers("SELECT count(*) FROM runs", n ? "900" : "200");
    ok(lur_store_finish(s, false, &e), &e);
    lur_store_free(s);
    answers("PRAGMA integrity_check", "ok");
    answers("PRAGMA journal_mode", "delete");
    remove(path);
  }
}

/* Rows with a message, and rows that do not come in order, are SQLite's; what was there before them comes first. */
static void what_is_not_taken_comes_too(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 100);
  struct lur_cell cell[HELP_COLUMNS];
  (void)state;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  ok(help_take(lur_store_sink(s), 11, 30, &e), &e);
  ok(help_take(lur_store_sink(s), 41, 50, &e), &e);
  help_row(31, cell);
  const struct lur_rows said = {.first = 31,
                                .last = 31,
                                .n = 1,
                                .n_columns = HELP_COLUMNS,
                                .run = (uint64_t[]){31},
                                .status = (uint8_t[]){LUR_FAILED},
                                .cell = cell,
                                .message = (const char *const[]){"oh"}};
  ok(lur_store_sink(s).take(lur_store_sink(s).context, &said, &e), &e);
  ok(help_take(lur_store_sink(s), 1, 10, &e), &e);
  ok(lur_store_finish(s, false, &e), &e);
  lur_store_free(s);
  answers("SELECT group_concat(first || '..' || last) FROM done", "1..31,41..50");
  answers("SELECT count(*) FROM runs", "41");
  answers("SELECT text FROM messages WHERE run = 31", "oh");
  answers("PRAGMA integrity_check", "ok");
}

/* Numbers without a row are settled too, and a draft that is never named is not left behind. */
static void what_has_no_rows(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 100);
  (void)state;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  const struct lur_rows none = {.first = 1, .last = 7, .n_columns = HELP_COLUMNS};
  ok(lur_store_sink(s).take(lur_store_sink(s).context, &none, &e), &e);
  lur_store_free(s); /* what was taken is kept */
  answers("SELECT first || '..' || last FROM done", "1..7");
  assert_false(is_there("-new"));
}

/* A file that comes to the name meanwhile stays as it is. */
static void another_file_comes_to_the_name(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 100);
  (void)state;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  ok(help_take(lur_store_sink(s), 1, 10, &e), &e);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs("mine", f);
  fclose(f);
  assert_int_not_equal(lur_store_finish(s, false, &e), LUR_OK);
  lur_store_free(s);
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_size, 4);
  assert_false(is_there("-new"));
}

/* The n-th close from now on fails, as over a network where the disk is full; 0: none. */
static int close_fails;
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd) {
  const int got = __real_close(fd);
  if (close_fails == 0 || --close_fails > 0)
    return got;
  errno = EDQUOT;
  return -1;
}

static void a_disk_is_full_at_the_end(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 100);
  (void)state;
  close_fails = 2; /* the first is when the new file is made, the second when it ends, in whichever thread */
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  ok(help_take(lur_store_sink(s), 1, 10, &e), &e);
  assert_int_equal(lur_store_finish(s, true, &e), LUR_EIO);
  assert_non_null(strstr(e.text, "full"));
  lur_store_free(s);
  assert_false(is_there("") || is_there("-new"));
}

/* A plan that is refused. */
static void too_many_columns(void **state) {
  static struct lur_column many[LUR_STORE_MAX_COLUMNS + 300];
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 100);
  (void)state;
  for (size_t i = 0; i < sizeof many / sizeof *many; i++)
    many[i].role = LUR_COLUMN_METRIC;
  plan.column = many;
  plan.n_columns = sizeof many / sizeof *many;
  assert_null(lur_store_open(path, &plan, &e));
  assert_int_equal(e.code, LUR_EINPUT);
  assert_false(is_there("") || is_there("-new"));
}

/* The same sweep goes on behind the pages made here. */
static void it_is_gone_on_with(void **state) {
  struct lur_error e = {0};
  (void)state;
  ok(help_write(path, "h", 200000, 1, 120000, &e), &e);
  ok(help_write(path, "h", 200000, 150001, 200000, &e), &e);
  ok(help_write(path, "h", 200000, 120001, 150000, &e), &e);
  answers("PRAGMA integrity_check", "ok");
  answers("SELECT count(*) || ' ' || sum(\"odd \"\"name\"\"\" = run) FROM runs", "200000 200000");
  answers("SELECT first || '..' || last FROM done", "1..200000");
}

/* Rows with a message for every 1000th; in one take. */
static int take_saying(struct lur_sink sink, uint64_t first, size_t n, struct lur_error *e) {
  uint64_t *run = calloc(n, sizeof *run);
  uint8_t *status = calloc(n, 1);
  struct lur_cell *cell = calloc(n * HELP_COLUMNS, sizeof *cell);
  const char **message = calloc(n, sizeof *message);
  for (size_t i = 0; i < n; i++) {
    run[i] = first + i;
    status[i] = run[i] % 1000 ? LUR_FINISHED : LUR_FAILED;
    message[i] = run[i] % 1000 ? NULL : "oh";
    help_row(run[i], cell + i * HELP_COLUMNS);
  }
  const struct lur_rows rows = {.first = first,
                                .last = first + n - 1,
                                .n = n,
                                .n_columns = HELP_COLUMNS,
                                .run = run,
                                .status = status,
                                .cell = cell,
                                .message = message};
  int code = sink.take(sink.context, &rows, e);
  while (!code && lur_writer_n_committed(sink.context) < first + n - 11)
    usleep(1000);
  free(run);
  free(status);
  free(cell);
  free(message);
  return code;
}

/* Many rows come in leaves that are made before the writer has them; few, and rows that say more, between them. */
static void many_rows_come_between_few(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 1000000);
  (void)state;
  ok(help_write(path, "h", 1000000, 1, 10, &e), &e);
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  const struct lur_sink sink = lur_store_sink(s);
  ok(help_take(sink, 11, 40, &e), &e);
  ok(help_take(sink, 41, 60000, &e), &e);
  ok(help_take(sink, 60001, 60001, &e), &e);
  ok(help_take(sink, 60002, 100000, &e), &e);
  ok(take_saying(sink, 100001, 50000, &e), &e);
  ok(help_take(sink, 150001, 200000, &e), &e);
  ok(lur_store_finish(s, false, &e), &e);
  assert_int_equal(lur_store_n_committed(s), 199990);
  lur_store_free(s);
  answers("PRAGMA integrity_check", "ok");
  answers("SELECT first || '..' || last FROM done", "1..200000");
  answers("SELECT count(*) || ' ' || sum(\"odd \"\"name\"\"\" = run) FROM runs", "200000 200000");
  answers("SELECT count(*) || ' ' || min(run) || ' ' || max(run) FROM messages", "50 101000 150000");
  struct lur_difference d;
  char whole[160];
  snprintf(whole, sizeof whole, "%s.whole", path);
  ok(help_write(whole, "h", 1000000, 1, 100000, &e), &e);
  ok(lur_store_diff(path, whole, &d, &e), &e);
  assert_int_equal(d.n_compared, 100000);
}

/* Of many rows one has a cell that does not suit its column: none of them comes, and what came before stays. */
static void a_wrong_cell_among_many(void **state) {
  struct lur_error e = {0};
  struct lur_column other[HELP_COLUMNS];
  struct lur_store_plan plan = help_plan("h", 1000000);
  (void)state;
  memcpy(other, help_columns, sizeof other);
  other[0].type = LUR_COLUMN_INTEGER; /* its cells are reals */
  plan.column = other;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  ok(lur_store_finish(s, false, &e), &e);
  lur_store_free(s);
  s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  help_take(lur_store_sink(s), 1, 50000, &e);
  assert_int_not_equal(lur_store_finish(s, false, &e), LUR_OK);
  lur_store_free(s);
  answers("SELECT count(*) FROM runs", "0");
  answers("PRAGMA integrity_check", "ok");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(every_size_is_sound, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(every_length_is_sound, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(others_see_it_within_a_second, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(what_is_not_taken_comes_too, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(what_has_no_rows, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(another_file_comes_to_the_name, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(a_disk_is_full_at_the_end, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(too_many_columns, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(it_is_gone_on_with, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(many_rows_come_between_few, set_up, tear_down_folder),
      cmocka_unit_test_setup_teardown(a_wrong_cell_among_many, set_up, tear_down_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
