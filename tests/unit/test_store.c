/* SPDX-License-Identifier: MIT
 * The store: what is written is read back, resumed, refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "store/internal.h"
#include "store_case.h"

static char path[128];

static int set_up(void **state) {
  *state = (void *)help_folder();
  snprintf(path, sizeof path, "%s/deep/er/x.db", (const char *)*state);
  return 0;
}

static void says(const struct lur_error *e, const char *words) {
  if (!strstr(e->text, words))
    fail_msg("\"%s\" does not say \"%s\"", e->text, words);
}

static void rows_come_back(void **state) {
  struct lur_error e = {0};
  const struct lur_cell *c;
  uint64_t run = 0;
  (void)state;
  ok(help_write(path, "h", 2500, 1, 2500, &e), &e);
  struct lur_table *t = lur_table_open(path, &e);
  assert_non_null(t);
  struct lur_query *q = lur_query_new(t, &(struct lur_ask){0}, &e);
  assert_non_null(q);
  assert_string_equal(lur_query_name(q, 3), "odd \"name\"");
  while (lur_query_next(q, &c, &e) == 1) {
    struct lur_cell want[HELP_COLUMNS];
    help_row(++run, want);
    assert_int_equal(c[0].as.integer, run);
    for (int i = 0; i < HELP_COLUMNS; i++)
      assert_true(lur_cell_same(&want[i], &c[i + 1]));
    assert_string_equal(c[HELP_COLUMNS + 1].as.text, lur_status_names[help_status(run)]);
  }
  assert_int_equal(run, 2500);
  lur_query_free(q);
  const struct lur_table_facts *f = lur_table_facts(t);
  assert_string_equal(f->sweep.script, "return 1");
  assert_int_equal(f->n_settled, 2500);
  assert_int_equal(f->n_done, 1);
  assert_true(f->finished[0] != '\0');
  lur_table_free(t);
}

static void solved_is_a_column(void **state) {
  struct lur_error e = {0};
  (void)state;
  ok(help_write(path, "h", 30, 1, 30, &e), &e);
  assert_true(help_ask(path, "sum(solved)", NULL) == 9);
  assert_true(help_ask(path, "count(*)", "loss is null and status = 'diverged'") == 3);
}

static void the_same_command_goes_on(void **state) {
  struct lur_error e = {0};
  size_t n = 0;
  (void)state;
  ok(help_write(path, "h", 100, 1, 40, &e), &e);
  ok(help_write(path, "h", 100, 81, 100, &e), &e);
  struct lur_store_plan plan = help_plan("h", 200);
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  const struct lur_range *done = lur_store_done(s, &n);
  assert_int_equal(n, 2);
  assert_int_equal(done[0].last, 40);
  assert_int_equal(done[1].first, 81);
  ok(help_take(lur_store_sink(s), 41, 80, &e), &e);
  ok(lur_store_finish(s, false, &e), &e);
  assert_int_equal(lur_store_n_committed(s), 40);
  lur_store_free(s);
  struct lur_table *t = lur_table_open(path, &e);
  assert_int_equal(lur_table_facts(t)->n_done, 1);
  assert_int_equal(lur_table_facts(t)->n_settled, 100);
  assert_int_equal(lur_table_facts(t)->sweep.n_runs, 200);
  lur_table_free(t);
}

static void another_sweep_is_refused(void **state) {
  struct lur_error e = {0};
  (void)state;
  ok(help_write(path, "h", 10, 1, 10, &e), &e);
  assert_int_not_equal(help_write(path, "other", 10, 1, 10, &e), LUR_OK);
  says(&e, "another sweep");
  assert_true(help_ask(path, "count(*)", NULL) == 10);
}

static void fresh_forgets(void **state) {
  struct lur_error e = {0};
  (void)state;
  ok(help_write(path, "h", 10, 1, 10, &e), &e);
  struct lur_store_plan plan = help_plan("h", 10);
  plan.fresh = true;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  size_t n = 1;
  lur_store_done(s, &n);
  assert_int_equal(n, 0);
  lur_store_free(s);
  assert_true(help_ask(path, "count(*)", NULL) == 0);
}

static void the_second_writer_gets_a_line(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 10);
  (void)state;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    struct lur_store *second = lur_store_open(path, &plan, &e);
    _exit(second == NULL && strstr(e.text, "another luron is writing to it") ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  assert_int_equal(status, 0);
  ok(help_take(lur_store_sink(s), 1, 10, &e), &e);
  ok(lur_store_finish(s, true, &e), &e);
  assert_true(help_ask(path, "count(*)", NULL) == 10); /* read while it is open */
  lur_store_free(s);
}

static void write_text(const char *text, size_t n) {
  char command[200];
  snprintf(command, sizeof command, "mkdir -p $(dirname '%s')", path);
  assert_int_equal(system(command), 0);
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(text, 1, n, f), n);
  fclose(f);
}

static void a_foreign_file_is_untouched(void **state) {
  struct lur_error e = {0};
  char text[4096], again[4096];
  (void)state;
  memset(text, 'x', sizeof text);
  write_text(text, sizeof text);
  assert_int_not_equal(help_write(path, "h", 10, 1, 10, &e), LUR_OK);
  says(&e, "not a results file");
  assert_null(lur_table_open(path, &e));
  FILE *f = fopen(path, "rb");
  assert_int_equal(fread(again, 1, sizeof again, f), sizeof again);
  fclose(f);
  assert_memory_equal(text, again, sizeof text);
}

/* Overwrites four bytes of the header: the user version stands at 60, the application's id at 68. */
static void patch(long at, const char *bytes) {
  FILE *f = fopen(path, "r+b");
  assert_non_null(f);
  fseek(f, at, SEEK_SET);
  fwrite(bytes, 1, 4, f);
  fclose(f);
}

static void a_newer_file_is_refused(void **state) {
  struct lur_error e = {0};
  (void)state;
  ok(help_write(path, "h", 10, 1, 10, &e), &e);
  patch(60, "\0\0\0\x63");
  assert_int_not_equal(help_write(path, "h", 10, 1, 10, &e), LUR_OK);
  says(&e, "newer luron (format 99");
  assert_null(lur_table_open(path, &e));
  patch(60, "\0\0\0\1");
  patch(68, "abcd");
  assert_null(lur_table_open(path, &e));
  says(&e, "not a results file");
}

static void missing_files_and_folders(void **state) {
  struct lur_error e = {0};
  (void)state;
  assert_null(lur_table_open(path, &e));
  says(&e, "no such file");
  assert_null(lur_table_open("/tmp", &e));
  says(&e, "folder");
  write_text("", 0);
  assert_null(lur_table_open(path, &e));
  ok(help_write(path, "h", 10, 1, 10, &e), &e); /* an empty file is a new one */
}

static void names_that_clash(void **state) {
  struct lur_error e = {0};
  struct lur_column two[] = {{.name = "Status", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_AXIS},
                             {.name = "a", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_AXIS}};
  struct lur_store_plan plan = help_plan("h", 10);
  (void)state;
  plan.column = two;
  plan.n_columns = 2;
  assert_null(lur_store_open(path, &plan, &e));
  assert_string_equal(e.field, "Status");
  strcpy(two[0].name, "A");
  assert_null(lur_store_open(path, &plan, &e));
  assert_string_equal(e.field, "a");
}

static void refuse_query(struct lur_table *t, const char *where, const char *words) {
  struct lur_error e = {0};
  struct lur_ask ask = {.where = where};
  struct lur_query *q = lur_query_new(t, &ask, &e);
  if (q)
    fail_msg("accepted: %s", where);
  if (!strstr(e.text, words))
    fail_msg("%s: \"%s\" does not say \"%s\"", where, e.text, words);
}

static void where_only_reads_runs(void **state) {
  struct lur_error e = {0};
  (void)state;
  ok(help_write(path, "h", 10, 1, 10, &e), &e);
  struct lur_table *t = lur_table_open(path, &e);
  assert_non_null(t);
  refuse_query(t, "1) UNION SELECT script,1,1,1,1,1,1 FROM sweep WHERE (1", "only the table runs");
  refuse_query(t, "run IN (SELECT first FROM done)", "only the table runs");
  refuse_query(t, "1); DROP TABLE runs; SELECT (1", "one expression");
  refuse_query(t, "los < 1", "did you mean loss");
  refuse_query(t, "\"los\" < 1", "did you mean loss");
  refuse_query(t, "loss <", "syntax error");
  refuse_query(t, "load_extension('x')", "not authorized");
  refuse_query(t, "run IN (WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x FROM r) SELECT x FROM r)", "only");
  lur_table_free(t);
  assert_true(help_ask(path, "count(*)", "loss < 2 -- a comment") == 9);
  /* also with a column of numbers and lists, where `runs` is a subquery */
  assert_true(help_ask(path, "count(*)", "rowid = 3 AND oid = 3 AND _rowid_ = 3") == 1);
  assert_true(help_ask(path, "max(rowid)", NULL) == 10);
}

static void ends_late(struct lur_table *t, const struct lur_ask *ask, int n_rows) {
  struct lur_error e = {0};
  const struct lur_cell *c;
  struct lur_query *q = lur_query_new(t, ask, &e);
  assert_non_null(q);
  for (int i = 0; i < n_rows; i++)
    assert_int_equal(lur_query_next(q, &c, &e), 1);
  assert_true(lur_query_next(q, &c, &e) < 0);
  says(&e, "longer than 0.05 s");
  lur_query_free(q);
}

static void where_ends_at_its_deadline(void **state) {
  static const char forever[] = "(SELECT count(*) FROM runs a, runs b, runs c WHERE a.loss + b.loss > c.loss) > 0";
  struct lur_error e = {0};
  (void)state;
  ok(help_write(path, "h", 2000, 1, 2000, &e), &e);
  struct lur_table *t = lur_table_open(path, &e);
  ends_late(t, &(struct lur_ask){.select = "count(*)", .deadline_ms = 50, .where = forever}, 0);
  ends_late(t, &(struct lur_ask){.deadline_ms = -1, .idle_ms = 50, .where = forever}, 0);
  char where[256];
  snprintf(where, sizeof where, "run <= 3 OR %s", forever);
  ends_late(t, &(struct lur_ask){.deadline_ms = -1, .idle_ms = 50, .where = where}, 3);
  lur_table_free(t);
}

/* One function is one step of SQLite: what it may be given is bounded, so that the deadline is seen between two. */
/* TSan looks into each memcmp of theirs. */
static void costly_functions_end_at_the_deadline(void **state) {
  static const char *const costly[] = {
      "length(hex(zeroblob(100000000))) > 0",
      "instr(hex(zeroblob(60000000)), hex(zeroblob(30000000)) || '1') > 0",
      "instr(hex(zeroblob(16000)), hex(zeroblob(8000)) || '1' || run) > 0",
      "replace(hex(zeroblob(16000)), hex(zeroblob(8000)) || '1' || run, 'a') = ''",
      "length(replace(replace(hex(zeroblob(16000)), '0', hex(zeroblob(8000))), '0', hex(zeroblob(8000)))) > run",
      "hex(zeroblob(16000)) LIKE '%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%1' || run",
      "hex(zeroblob(16000)) GLOB '*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*1' || run",
      "printf('%*d', 2000000000, run) > ''",
      "(SELECT length(group_concat(hex(zeroblob(1000)))) FROM runs) > run",
      "(SELECT count(*) FROM runs a, runs b WHERE a.loss || hex(zeroblob(9000)) > b.loss) > run"};
  struct lur_error e = {0};
  const struct lur_cell *c;
  const long most_s = getenv("LURON_SANITIZE") ? 20 : 2;
  (void)state;
  ok(help_write(path, "h", 20000, 1, 20000, &e), &e);
  struct lur_table *t = lur_table_open(path, &e);
  for (size_t i = 0; i < sizeof costly / sizeof *costly; i++) {
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    const struct lur_ask ask = {.select = "count(*)", .deadline_ms = 50, .where = costly[i]};
    struct lur_query *q = lur_query_new(t, &ask, &e);
    assert_non_null(q);
    const int got = lur_query_next(q, &c, &e);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    lur_query_free(q);
    if (after.tv_sec - before.tv_sec > most_s)
      fail_msg("%s: %d after %ld s", costly[i], got, (long)(after.tv_sec - before.tv_sec));
  }
  lur_table_free(t);
}

/* In one step of SQLite's own, no deadline would end it. */
static void rows_are_counted_one_by_one(void **state) {
  struct lur_error e = {0};
  sqlite3_stmt *s = NULL;
  (void)state;
  ok(help_write(path, "h", 20000, 1, 20000, &e), &e);
  struct lur_table *t = lur_table_open(path, &e);
  assert_non_null(t);
  ok(lur_sql_prepare(lur_table_db(t), path, "SELECT count(*) FROM runs", &s, &e), &e);
  assert_int_equal(sqlite3_step(s), SQLITE_ROW);
  assert_int_equal(sqlite3_column_int(s, 0), 20000);
  assert_true(sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 0) >= 20000);
  sqlite3_finalize(s);
  lur_table_free(t);
}

static void the_best_are_kept(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 9000);
  (void)state;
  plan.keep_best = 5;
  plan.keep_by = "loss";
  for (int turn = 0; turn < 2; turn++) { /* in two sessions, the later numbers first */
    struct lur_store *s = lur_store_open(path, &plan, &e);
    assert_non_null(s);
    ok(help_take(lur_store_sink(s), turn ? 1 : 6001, turn ? 3000 : 9000, &e), &e);
    usleep(turn ? 0 : 300000); /* past a commit */
    if (turn)
      ok(help_take(lur_store_sink(s), 3001, 6000, &e), &e);
    ok(lur_store_finish(s, false, &e), &e);
    lur_store_free(s);
  }
  char whole[128];
  snprintf(whole, sizeof whole, "%.100s.all", path);
  ok(help_write(whole, "h", 9000, 1, 9000, &e), &e);
  assert_true(help_ask(path, "count(*)", NULL) == 5);
  double fifth =
      help_ask(whole, "max(loss)", "run IN (SELECT run FROM runs WHERE loss NOT NULL ORDER BY loss LIMIT 5)");
  assert_true(help_ask(path, "max(loss)", NULL) == fifth);
}

static void messages_and_curves(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 4);
  struct lur_cell cell[HELP_COLUMNS];
  (void)state;
  help_row(1, cell);
  struct lur_store *s = lur_store_open(path, &plan, &e);
  struct lur_rows rows = {.first = 1,
                          .last = 4,
                          .n = 1,
                          .n_columns = HELP_COLUMNS,
                          .run = (uint64_t[]){1},
                          .status = (uint8_t[]){LUR_FAILED},
                          .cell = cell,
                          .message = (const char *const[]){"x.lua:3: oh"},
                          .n_curve = 3,
                          .curve_epoch = (uint64_t[]){0, 50, 99},
                          .curve = (double[]){0.5, 0.25, NAN}};
  ok(lur_store_sink(s).take(lur_store_sink(s).context, &rows, &e), &e);
  ok(lur_store_finish(s, true, &e), &e);
  lur_store_free(s);
  struct lur_table *t = lur_table_open(path, &e);
  char *text = lur_table_message(t, 1, &e);
  assert_string_equal(text, "x.lua:3: oh");
  free(text);
  assert_null(lur_table_message(t, 2, &e));
  assert_int_equal(lur_table_facts(t)->n_settled, 4);
  lur_table_free(t);
}

/* Some rows have losses of a validation set, and the table is there when the first of them comes; then one without. */
static void curves_with_a_validation_set_come_late(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 3);
  struct lur_cell cell[3][HELP_COLUMNS];
  uint64_t number[] = {1, 2, 3}, points[] = {0, 9}, epoch[2];
  uint8_t status[] = {LUR_SOLVED};
  double losses[] = {0.5, 0.25}, held_out[] = {0.75, 0.125}, loss[2], validation[2];
  struct lur_rows rows[3];
  (void)state;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  for (int i = 0; i < 3; i++) {
    help_row(number[i], cell[i]);
    rows[i] = (struct lur_rows){.first = number[i],
                                .last = number[i],
                                .n = 1,
                                .n_columns = HELP_COLUMNS,
                                .run = &number[i],
                                .status = status,
                                .cell = cell[i],
                                .n_curve = 2,
                                .curve_epoch = points,
                                .curve = losses,
                                .validation_curve = i == 1 ? held_out : NULL};
    ok(lur_store_sink(s).take(lur_store_sink(s).context, &rows[i], &e), &e);
  }
  ok(lur_store_finish(s, true, &e), &e);
  lur_store_free(s);
  struct lur_table *t = lur_table_open(path, &e);
  for (uint64_t run = 1; run <= 3; run++) {
    struct lur_curve_points c = {.room = 2, .epoch = epoch, .loss = loss, .validation = validation};
    ok(lur_table_curve(t, run, &c, &e), &e);
    assert_true(c.validates && loss[1] == 0.25);
    assert_true(run == 2 ? validation[0] == 0.75 && validation[1] == 0.125 : isnan(validation[0]));
  }
  lur_table_free(t);
}

static void a_row_given_twice_fails(void **state) {
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", 20);
  (void)state;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  ok(help_take(lur_store_sink(s), 1, 10, &e), &e);
  ok(help_take(lur_store_sink(s), 5, 14, &e), &e);
  assert_int_not_equal(lur_store_finish(s, true, &e), LUR_OK);
  assert_int_not_equal(help_take(lur_store_sink(s), 15, 20, &e), LUR_OK);
  lur_store_free(s);
  assert_true(help_ask(path, "count(*)", NULL) == 10); /* the file was made with the first of them */
}

static void cells_compare_as_a_file_tells(void **state) {
  struct lur_cell zero = {LUR_CELL_REAL, .as.real = 0.0}, minus = {LUR_CELL_REAL, .as.real = -0.0},
                  nan = {LUR_CELL_REAL, .as.real = NAN}, null = {.kind = LUR_CELL_NULL},
                  one = {LUR_CELL_INTEGER, .as.integer = 1}, real_one = {LUR_CELL_REAL, .as.real = 1};
  (void)state;
  assert_true(lur_cell_same(&zero, &minus));
  assert_true(lur_cell_same(&nan, &null));
  assert_false(lur_cell_same(&nan, &zero));
  assert_false(lur_cell_same(&one, &real_one));
}

/* ---- Ranges without others ---- */
static void leaves(const char *what, struct lur_range a, struct lur_range b, size_t n_what, const char *wanted) {
  static const struct lur_range from[] = {{1, 10}, {20, 30}, {40, 40}};
  const struct lur_range cut[] = {a, b};
  struct lur_range out[8];
  char text[128] = "";
  size_t n = lur_ranges_without(from, 3, cut, n_what, out);
  for (size_t i = 0; i < n; i++)
    snprintf(text + strlen(text), sizeof text - strlen(text), " %d..%d", (int)out[i].first, (int)out[i].last);
  if (strcmp(text, wanted) != 0)
    fail_msg("%s:%s, and not%s", what, text, wanted);
}

static void ranges_are_cut(void **state) {
  const struct lur_range none = {0};
  (void)state;
  leaves("nothing", none, none, 0, " 1..10 20..30 40..40");
  leaves("ends", (struct lur_range){1, 2}, (struct lur_range){30, 30}, 2, " 3..10 20..29 40..40");
  leaves("within", (struct lur_range){3, 3}, (struct lur_range){5, 6}, 2, " 1..2 4..4 7..10 20..30 40..40");
  leaves("whole ones", (struct lur_range){1, 10}, (struct lur_range){40, 40}, 2, " 20..30");
  leaves("over several", (struct lur_range){5, 25}, (struct lur_range){28, 50}, 2, " 1..4 26..27");
  leaves("all", (struct lur_range){1, 100}, none, 1, "");
  leaves("between", (struct lur_range){11, 19}, (struct lur_range){31, 39}, 2, " 1..10 20..30 40..40");
}

int main(void) {
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down_folder)
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ranges_are_cut),
      CASE(rows_come_back),
      CASE(solved_is_a_column),
      CASE(the_same_command_goes_on),
      CASE(another_sweep_is_refused),
      CASE(fresh_forgets),
      CASE(the_second_writer_gets_a_line),
      CASE(a_foreign_file_is_untouched),
      CASE(a_newer_file_is_refused),
      CASE(missing_files_and_folders),
      CASE(names_that_clash),
      CASE(where_only_reads_runs),
      CASE(where_ends_at_its_deadline),
      CASE(costly_functions_end_at_the_deadline),
      CASE(rows_are_counted_one_by_one),
      CASE(the_best_are_kept),
      CASE(messages_and_curves),
      CASE(curves_with_a_validation_set_come_late),
      CASE(a_row_given_twice_fails),
      CASE(cells_compare_as_a_file_tells),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
