/* SPDX-License-Identifier: MIT
 * Tables of text: alignment, numbers, widths, and what a terminal must not be told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "fold/number_text.h"
#include "view/tables.h"
#include "view/terminal.h"

static void writes(const struct lur_text_table *t, int width, const char *wanted) {
  struct lur_buffer out = {0};
  struct lur_error e = {0};
  assert_int_equal(lur_text_table_write(t, width, &out, &e), LUR_OK);
  assert_string_equal(out.data, wanted);
  lur_buffer_free(&out);
}

static struct lur_text_table *sample(void) {
  static const char *const heads[] = {"name", "loss", "runs"};
  struct lur_text_table *t = lur_text_table_new(3, heads);
  lur_text_table_add(t, "h\xc3\xa9", false);
  lur_text_table_add_number(t, 0.1);
  lur_text_table_add_count(t, 12);
  lur_text_table_add(t, "tanh", false);
  lur_text_table_add_number(t, NAN);
  lur_text_table_add_count(t, 100000);
  return t;
}

static void columns_are_aligned(void **state) {
  (void)state;
  struct lur_text_table *t = sample();
  writes(t, 0,
         "name  loss    runs\n"
         "h\xc3\xa9     0.1      12\n"
         "tanh        100000\n");
  lur_text_table_free(t);
}

static void what_does_not_fit_stands_below(void **state) {
  static const char *const heads[] = {"a", "a"};
  (void)state;
  struct lur_text_table *t = sample();
  writes(t, 18, "name  loss    runs\nh\xc3\xa9     0.1      12\ntanh        100000\n");
  writes(t, 17, "name  loss\nh\xc3\xa9     0.1\ntanh      \n\nname    runs\nh\xc3\xa9        12\ntanh  100000\n");
  writes(t, 1, "#  name\n1  h\xc3\xa9\n2  tanh\n\n#  loss\n1   0.1\n2      \n\n#    runs\n1      12\n2  100000\n");
  lur_text_table_free(t);
  t = lur_text_table_new(2, heads); /* whose first column does not tell rows apart */
  for (int i = 0; i < 4; i++)
    lur_text_table_add(t, i < 3 ? "same" : "else", false);
  writes(t, 9, "#  a\n1  same\n2  same\n\n#  a\n1  same\n2  else\n");
  lur_text_table_free(t);
}

/* x of n rows as a column of numbers. */
static void writes_column(const double *x, size_t n, bool axis, const char *wanted) {
  static const char *const head[] = {"x"};
  struct lur_text_table *t = lur_text_table_new(1, head);
  for (size_t i = 0; i < n; i++)
    if (axis)
      lur_text_table_add_cell(t, &(struct lur_cell){LUR_CELL_REAL, .as.real = x[i]});
    else
      lur_text_table_add_number(t, x[i]);
  writes(t, 0, wanted);
  lur_text_table_free(t);
}

static void numbers_of_a_column_have_one_format(void **state) {
  (void)state;
  writes_column((double[]){0.5, 1, 0.0625}, 3, false, "     x\n0.5000\n1.0000\n0.0625\n");
  writes_column((double[]){0.684768, 0.00123456789}, 2, false, "       x\n0.684768\n0.001235\n");
  writes_column((double[]){0.5, 1e-7}, 2, false, "    x\n5e-01\n1e-07\n");
  writes_column((double[]){12, 300}, 2, false, "  x\n 12\n300\n");
  writes_column((double[]){0, 1e300}, 2, false, "     x\n 0e+00\n1e+300\n");
  writes_column((double[]){INFINITY, 0.25}, 2, false, "   x\n inf\n0.25\n");
  writes_column((double[]){0.1, 3.1789473684}, 2, true, "      x\n0.10000\n3.17895\n");
  writes_column((double[]){1e-5, 1e-3}, 2, true, "    x\n1e-05\n1e-03\n");
}

static void numbers_of_pairs_stand_below_each_other(void **state) {
  static const char *const heads[] = {"share", "quartiles"};
  (void)state;
  struct lur_text_table *t = lur_text_table_new(2, heads);
  lur_text_table_add_pair(t, 0, 8.8, " %");
  lur_text_table_add_pair(t, 0.00089447, 0.25, "");
  lur_text_table_add_pair(t, 26.3, 100, " %");
  lur_text_table_add_pair(t, 0.1, 0.1922, "");
  writes(t, 0,
         "          share           quartiles\n 0.0 ..   8.8 %  0.00089 .. 0.25000\n"
         "26.3 .. 100.0 %  0.10000 .. 0.19220\n");
  lur_text_table_free(t);
}

static void a_page_names_the_cells_of_a_wide_table(void **state) {
  static const char *const heads[] = {"a <b>", "a head that is wider than the screen of a telephone"};
  struct lur_error e = {0};
  struct lur_buffer out = {0};
  (void)state;
  for (int n = 1; n < 3; n++) {
    struct lur_text_table *t = lur_text_table_new(n, heads);
    for (int i = 0; i < n; i++)
      lur_text_table_add_number(t, 0.5);
    assert_int_equal(lur_text_table_write_page(t, "id", &out, &e), LUR_OK);
    lur_text_table_free(t);
  }
  assert_non_null(strstr(out.data, "<table class=\"numbers\" id=\"id\">\n<tr><th>a &lt;b&gt;</th></tr>\n"
                                   "<tr><td>0.5</td></tr>\n"));
  assert_non_null(strstr(out.data, "<tr><td data-head=\"a &lt;b&gt;\">0.5</td><td data-head=\"a head"));
  lur_buffer_free(&out);
}

static void lines_break_at_blanks(void **state) {
  struct lur_buffer out = {0};
  (void)state;
  lur_buffer_text(&out, "as it is here\n1440 runs, 35 (24.8 %)\nunbreakable\n");
  lur_terminal_wrap(&out, 14, 9);
  assert_string_equal(out.data, "as it is here\n1440\nruns, 35\n(24.8 %)\nunbreakable\n");
  lur_buffer_free(&out);
}

static void cells_of_every_kind(void **state) {
  static const char *const heads[] = {"a", "b", "c", "d"};
  (void)state;
  struct lur_text_table *t = lur_text_table_new(4, heads);
  lur_text_table_add_cell(t, &(struct lur_cell){.kind = LUR_CELL_NULL});
  lur_text_table_add_cell(t, &(struct lur_cell){LUR_CELL_INTEGER, .as.integer = -3});
  lur_text_table_add_cell(t, &(struct lur_cell){LUR_CELL_REAL, .as.real = 1e-5});
  lur_text_table_add_cell(t, &(struct lur_cell){LUR_CELL_TEXT, .as.text = "x\x1b[2J"});
  writes(t, 0, "a   b      c  d\n   -3  1e-05  x?[2J\n");
  lur_text_table_free(t);
}

static void what_is_no_character_is_a_question_mark(void **state) {
  static const char *const heads[] = {"a", "b\x9b"};
  (void)state;
  struct lur_text_table *t = lur_text_table_new(2, heads);
  lur_text_table_add(t, "x\xc2\x9b[2J", false); /* U+009B begins a command, as ESC [ does */
  lur_text_table_add(t, "\x9b\xff\xe0\x80\x9b", false);
  writes(t, 0, "a       b?\nx??[2J  ?????\n");
  writes(t, 2, "#  a\n1  x??[2J\n\n#  b?\n1  ?????\n");
  lur_text_table_free(t);
}

static void values_of_an_axis_are_told_apart(void **state) {
  static const char *const heads[] = {"axis", "metric"};
  static const double x[] = {0.1, 0.10000001, 1, 1.0000000000000002, NAN};
  (void)state;
  struct lur_text_table *t = lur_text_table_new(2, heads);
  for (int i = 0; i < 2; i++) {
    lur_text_table_add_cell(t, &(struct lur_cell){LUR_CELL_REAL, .as.real = x[i]});
    lur_text_table_add_number(t, x[i]);
  }
  writes(t, 0, "      axis  metric\n0.10000000     0.1\n0.10000001     0.1\n");
  writes(t, 0, "      axis  metric\n0.10000000     0.1\n0.10000001     0.1\n");
  lur_text_table_free(t);
  t = lur_text_table_new(2, heads);
  for (int i = 2; i < 5; i++) {
    lur_text_table_add_cell(t, &(struct lur_cell){LUR_CELL_REAL, .as.real = x[i]});
    lur_text_table_add_number(t, x[i]);
  }
  writes(t, 0,
         "              axis  metric\n                 1       1\n1.0000000000000002       1\n                         "
         " \n");
  lur_text_table_free(t);
}

static void digits_are_as_many_as_needed(void **state) {
  double same[] = {0.3, 0.3, 0.1}, close[] = {2, 1.0000001, 1}, closest[] = {0.3, 0.30000000000000004};
  (void)state;
  assert_int_equal(lur_digits_apart(same, 3), 6);
  assert_int_equal(lur_digits_apart(close, 3), 8);
  assert_int_equal(lur_digits_apart(closest, 2), 17);
  assert_int_equal(lur_digits_apart(NULL, 0), 6);
}

static void a_table_without_rows(void **state) {
  static const char *const heads[] = {"a", "b"};
  (void)state;
  struct lur_text_table *t = lur_text_table_new(2, heads);
  writes(t, 0, "a  b\n");
  lur_text_table_free(t);
  lur_text_table_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(columns_are_aligned),
      cmocka_unit_test(what_does_not_fit_stands_below),
      cmocka_unit_test(cells_of_every_kind),
      cmocka_unit_test(what_is_no_character_is_a_question_mark),
      cmocka_unit_test(a_table_without_rows),
      cmocka_unit_test(values_of_an_axis_are_told_apart),
      cmocka_unit_test(digits_are_as_many_as_needed),
      cmocka_unit_test(numbers_of_a_column_have_one_format),
      cmocka_unit_test(lines_break_at_blanks),
      cmocka_unit_test(numbers_of_pairs_stand_below_each_other),
      cmocka_unit_test(a_page_names_the_cells_of_a_wide_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
