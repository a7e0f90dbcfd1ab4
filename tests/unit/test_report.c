/* SPDX-License-Identifier: MIT
 * What a report is made of: rows in memory, their combinations, quartiles of groups. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fold/cells.h"
#include "fold/statistics.h"
#include "store_help.h"
#include "view/report.h"

enum { N_RUNS = 700 };
static char path[96];
static const char *folder;

static int set_up(void **state) {
  struct lur_error e;
  (void)state;
  folder = help_folder();
  snprintf(path, sizeof path, "%s/report.db", folder);
  return help_write(path, "report", N_RUNS, 1, N_RUNS, &e);
}

static int tear_down(void **state) {
  (void)state;
  help_clean(folder);
  return 0;
}

static struct lur_table *read_frame(struct lur_frame *f, lur_frame_visit *visit) {
  struct lur_error e = {0};
  struct lur_table *t = lur_table_open(path, &e);
  assert_non_null(t);
  assert_int_equal(lur_frame_read(t, NULL, visit, f, f, &e), LUR_OK);
  return t;
}

/* The third axis tells all runs apart: a row is a combination. */
static int check_row(void *frame, const struct lur_frame_row *row, struct lur_error *e) {
  const struct lur_frame *f = frame;
  const uint64_t run = row->cell + 1;
  struct lur_cell c[HELP_COLUMNS];
  (void)e;
  help_row(run, c);
  assert_true(run == f->n_rows || f->n_rows == N_RUNS);
  assert_int_equal(row->status, help_status(run));
  assert_true(help_status(run) == LUR_DIVERGED ? isnan(row->value[0]) : row->value[0] == c[3].as.real);
  return LUR_OK;
}

static void rows_are_those_of_the_file(void **state) {
  struct lur_frame f;
  struct lur_error e = {0};
  (void)state;
  struct lur_table *t = read_frame(&f, check_row);
  assert_int_equal(f.n_rows, N_RUNS);
  assert_int_equal(f.n, N_RUNS);
  assert_int_equal(f.n_axes, 3);
  assert_int_equal(f.n_metrics, 2);
  assert_int_equal(f.n_of[LUR_DIVERGED], N_RUNS / 10);
  for (uint64_t run = 1; run <= N_RUNS; run++) {
    struct lur_cell c[HELP_COLUMNS];
    help_row(run, c);
    assert_int_equal(f.level[0][run - 1], run % 7);
    assert_int_equal(f.level[1][run - 1], c[1].kind == LUR_CELL_TEXT); /* numbers, then texts */
    assert_int_equal(f.level[2][run - 1], run - 1);
    assert_int_equal(f.n_solved[run - 1], help_status(run) == LUR_SOLVED);
  }
  assert_int_equal(lur_frame_pass(&f, check_row, &f, &e), LUR_OK);
  lur_frame_free(&f);
  lur_table_free(t);
}

/* The median of the losses of the runs with these levels, and their number. */
static double median_by_hand(uint32_t rate, uint32_t text, size_t *n_runs) {
  double value[N_RUNS];
  size_t n = 0;
  *n_runs = 0;
  for (uint64_t run = 1; run <= N_RUNS; run++) {
    struct lur_cell c[HELP_COLUMNS];
    help_row(run, c);
    if (run % 7 != rate || (c[1].kind == LUR_CELL_TEXT) != text)
      continue;
    ++*n_runs;
    if (help_status(run) != LUR_DIVERGED)
      value[n++] = c[3].as.real;
  }
  lur_numbers_sort(value, n);
  return lur_quantile(value, n, 0.5);
}

static void combinations_are_put_together(void **state) {
  struct lur_error e = {0};
  struct lur_frame f;
  size_t n_runs;
  (void)state;
  struct lur_table *t = read_frame(&f, NULL);
  struct lur_cells c = {.frame = &f, .exact = true, .ranks = 0};
  assert_int_equal(lur_cells_read(&c, &e), LUR_OK);
  assert_int_equal(c.n, N_RUNS); /* the third axis tells all runs apart */
  lur_cells_free(&c);
  c.shift[2] = 10; /* and now none */
  assert_int_equal(lur_cells_read(&c, &e), LUR_OK);
  assert_int_equal(c.n, 14);
  assert_int_equal(lur_cells_n_levels(&c, 2), 1);
  for (size_t i = 0; i < c.n; i++) {
    double expected = median_by_hand(lur_cells_level(&c, i, 0), lur_cells_level(&c, i, 1), &n_runs);
    assert_true(c.median[0][i] == expected && c.standing[i].median == expected);
    assert_int_equal(c.n_runs[i], n_runs);
  }
  lur_cells_free(&c);
  lur_frame_free(&f);
  lur_table_free(t);
}

static void neighbours_are_named_by_their_ends(void **state) {
  struct lur_frame f;
  char text[144];
  (void)state;
  struct lur_table *t = read_frame(&f, NULL);
  struct lur_cells c = {.frame = &f, .shift = {1, 0, 3}};
  lur_cells_label(&c, 0, 0, text);
  assert_string_equal(text, "0 .. 0.1");
  lur_cells_label(&c, 0, 3, text);
  assert_string_equal(text, "0.6");
  lur_cells_label(&c, 1, 1, text);
  assert_string_equal(text, "4x4");
  lur_cells_label(&c, 2, 87, text);
  assert_string_equal(text, "697 .. 700");
  lur_frame_free(&f);
  lur_table_free(t);
}

static void quartiles_leave_out_what_has_no_value(void **state) {
  struct lur_error e = {0};
  const double value[] = {5, NAN, 1, 7, 3, 9, 2};
  const uint32_t of[] = {0, 0, 0, 2, 0, LUR_NO_LEVEL, 0};
  struct lur_quartiles q[3];
  (void)state;
  assert_int_equal(lur_quartiles_read(value, of, 7, 3, q, &e), LUR_OK);
  assert_true(q[0].low == 1.75 && q[0].median == 2.5 && q[0].high == 3.5); /* 1 2 3 5 */
  assert_true(isnan(q[1].low) && isnan(q[1].median) && isnan(q[1].high));
  assert_true(q[2].low == 7 && q[2].high == 7);
}

static void a_page_is_whole(void **state) {
  struct lur_error e = {0};
  struct lur_buffer page = {0};
  struct lur_table *t = lur_table_open(path, &e);
  (void)state;
  const struct lur_look look = {.theme = LUR_DARK, .title = "A <title>"};
  const struct lur_report_ask ask = {"luron test", NULL, &look};
  assert_int_equal(lur_report_write(t, &ask, &page, &e), LUR_OK);
  assert_non_null(strstr(page.data, "class=\"dark\""));
  assert_non_null(strstr(page.data, "<h1>A &lt;title&gt;</h1>"));
  assert_non_null(strstr(page.data, "<b>700 runs</b>"));
  assert_non_null(strstr(page.data, "odd &quot;name&quot;"));
  assert_non_null(strstr(page.data, "\"odd \\u0022name\\u0022\""));
  assert_string_equal(page.data + page.length_bytes - 15, "</body></html>\n");
  lur_buffer_free(&page);
  lur_table_free(t);
}

/* A metric's name is any text: where it ranks, too, it is data within the page. */
static void a_name_stays_within_its_quotes(void **state) {
  static const struct lur_column column[] = {
      {.name = "x", .type = LUR_COLUMN_INTEGER, .role = LUR_COLUMN_AXIS},
      {.name = "a\"</script>", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_METRIC}};
  const struct lur_store_plan plan = {
      .facts = {.hash = "h", .name = "n", .script = "return 1", .n_runs = 2}, .n_columns = 2, .column = column};
  const struct lur_cell cell[] = {{LUR_CELL_INTEGER, .as.integer = 1},
                                  {LUR_CELL_REAL, .as.real = 0.5},
                                  {LUR_CELL_INTEGER, .as.integer = 2},
                                  {LUR_CELL_REAL, .as.real = 1}};
  const uint64_t run[] = {1, 2};
  const uint8_t status[] = {LUR_FINISHED, LUR_FINISHED};
  const struct lur_rows rows = {
      .first = 1, .last = 2, .n = 2, .n_columns = 2, .run = run, .status = status, .cell = cell};
  struct lur_error e = {0};
  struct lur_buffer page = {0};
  char name[128];
  (void)state;
  snprintf(name, sizeof name, "%s/name.db", folder);
  struct lur_store *s = lur_store_open(name, &plan, &e);
  assert_non_null(s);
  struct lur_sink sink = lur_store_sink(s);
  assert_int_equal(sink.take(sink.context, &rows, &e), LUR_OK);
  assert_int_equal(lur_store_finish(s, true, &e), LUR_OK);
  lur_store_free(s);
  struct lur_table *t = lur_table_open(name, &e);
  assert_non_null(t);
  const struct lur_look look = {.theme = LUR_AUTO};
  const struct lur_report_ask ask = {"luron test", column[1].name, &look};
  assert_int_equal(lur_report_write(t, &ask, &page, &e), LUR_OK);
  assert_null(strstr(page.data, column[1].name));
  assert_non_null(strstr(page.data, "\"rank\":\"a\\u0022\\u003c/script"));
  lur_buffer_free(&page);
  lur_table_free(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_those_of_the_file),
      cmocka_unit_test(combinations_are_put_together),
      cmocka_unit_test(neighbours_are_named_by_their_ends),
      cmocka_unit_test(quartiles_leave_out_what_has_no_value),
      cmocka_unit_test(a_page_is_whole),
      cmocka_unit_test(a_name_stays_within_its_quotes),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
