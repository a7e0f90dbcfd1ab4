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

static void what_does_not_fit_is_named(void **state) {
  (void)state;
  struct lur_text_table *t = sample();
  writes(t, 18, "name  loss    runs\nh\xc3\xa9     0.1      12\ntanh        100000\n");
  writes(t, 17, "name  loss\nh\xc3\xa9     0.1\ntanh      \nnot shown for want of width: runs\n");
  writes(t, 1, "name\nh\xc3\xa9\ntanh\nnot shown for want of width: loss, runs\n");
  lur_text_table_free(t);
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
  writes(t, 2, "a\nx??[2J\nnot shown for want of width: b?\n");
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
  writes(t, 0, "      axis  metric\n       0.1     0.1\n0.10000001     0.1\n");
  writes(t, 0, "      axis  metric\n       0.1     0.1\n0.10000001     0.1\n");
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
      cmocka_unit_test(columns_are_aligned),          cmocka_unit_test(what_does_not_fit_is_named),
      cmocka_unit_test(cells_of_every_kind),          cmocka_unit_test(what_is_no_character_is_a_question_mark),
      cmocka_unit_test(a_table_without_rows),         cmocka_unit_test(values_of_an_axis_are_told_apart),
      cmocka_unit_test(digits_are_as_many_as_needed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
