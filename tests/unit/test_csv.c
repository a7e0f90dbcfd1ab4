/* SPDX-License-Identifier: MIT
 * CSV: what is read, bit for bit, and how each kind of mistake is answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "data/csv.h"

static const struct lur_csv_options plain = {.header = true, .separator = ','};

static struct lur_dataset *read_bytes(const char *text, size_t n, struct lur_csv_options o, struct lur_error *e) {
  char *copy = lur_alloc(n + 1, 1);
  assert_non_null(copy);
  memcpy(copy, text, n);
  struct lur_dataset *d = lur_csv_read("t.csv", copy, n, &o, e);
  free(copy);
  return d;
}

static struct lur_dataset *read_text(const char *text, struct lur_csv_options o) {
  struct lur_error e = {0};
  struct lur_dataset *d = read_bytes(text, strlen(text), o, &e);
  if (!d)
    fail_msg("%s: %s", e.field, e.text);
  return d;
}

static void refuse(const char *text, struct lur_csv_options o, const char *field, const char *message) {
  struct lur_error e = {0};
  struct lur_dataset *d = read_bytes(text, strlen(text), o, &e);
  assert_null(d);
  assert_int_equal(e.code, LUR_EINPUT);
  assert_string_equal(e.field, field);
  assert_string_equal(e.text, message);
}

/* inputs and targets of all rows, side by side */
static void expect(struct lur_dataset *d, size_t n, int n_inputs, int n_outputs, const double *rows) {
  assert_int_equal(d->n, n);
  assert_int_equal(d->n_inputs, n_inputs);
  assert_int_equal(d->n_outputs, n_outputs);
  for (size_t i = 0; i < n; i++, rows += n_inputs + n_outputs) {
    assert_memory_equal(d->inputs + i * (size_t)n_inputs, rows, (size_t)n_inputs * sizeof *rows);
    assert_memory_equal(d->targets + i * (size_t)n_outputs, rows + n_inputs, (size_t)n_outputs * sizeof *rows);
  }
  lur_dataset_free(d);
}

static void reads_plain_numbers(void **state) {
  (void)state;
  expect(read_text("a,b,y\n1,2,3\n-4,.5,6e2\n", plain), 2, 2, 1, (double[]){1, 2, 3, -4, .5, 600});
}

static void reads_every_line_end_and_a_mark(void **state) {
  (void)state;
  const double rows[] = {1, 2, 3, 4};
  expect(read_text("\xef\xbb\xbfx,y\r\n1,2\r\n\r\n3,4", plain), 2, 1, 1, rows);
  expect(read_text("x,y\r1,2\r3,4\r", plain), 2, 1, 1, rows);
  expect(read_text("\n\nx,y\n 1 ,\t2\n\n3, 4\n\n", plain), 2, 1, 1, rows);
}

static void reads_quoted_cells(void **state) {
  (void)state;
  struct lur_dataset *d = read_text("x,\"the \"\"kind\"\"\"\n\"1\",\"a, b\"\n2,\"two\nlines\"\n3,\" c\"\n", plain);
  assert_int_equal(d->n_classes, 3);
  assert_string_equal(d->classes[0], "a, b");
  assert_string_equal(d->classes[1], "two\nlines");
  assert_string_equal(d->classes[2], " c");
  expect(d, 3, 1, 3, (double[]){1, 1, 0, 0, 2, 0, 1, 0, 3, 0, 0, 1});
}

static void classes_stand_in_order_of_first_appearance(void **state) {
  (void)state;
  struct lur_dataset *d = read_text("x,y\n1,red\n2,blue\n3,red\n4,7\n", plain);
  assert_string_equal(d->classes[0], "red");
  assert_string_equal(d->classes[1], "blue");
  assert_string_equal(d->classes[2], "7");
  expect(d, 4, 1, 3, (double[]){1, 1, 0, 0, 2, 0, 1, 0, 3, 1, 0, 0, 4, 0, 0, 1});
}

static void numbers_are_classes_where_asked(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  o.classes = true;
  struct lur_dataset *d = read_text("x,y\n1,2\n2,0\n", o);
  assert_string_equal(d->classes[0], "2");
  expect(d, 2, 1, 2, (double[]){1, 1, 0, 2, 0, 1});
}

static void columns_are_chosen_by_name_and_number(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  const char *text = "a,b,c,d\n1,2,3,4\n";
  struct lur_csv_column targets[] = {{.name = "c"}, {.number = 1}}, inputs[] = {{.number = -1}};
  o.targets = targets;
  o.n_targets = 2;
  expect(read_text(text, o), 1, 2, 2, (double[]){2, 4, 3, 1});
  o.inputs = inputs;
  o.n_inputs = 1;
  expect(read_text(text, o), 1, 1, 2, (double[]){4, 3, 1});
  o.header = false;
  targets[0] = (struct lur_csv_column){.number = 2};
  expect(read_text("1,2,3\n4,5,6\n", o), 2, 1, 2, (double[]){3, 2, 1, 6, 5, 4});
}

static void numbers_are_correctly_rounded(void **state) {
  (void)state;
  /* halfway cases, the smallest numbers, more digits than a double holds */
  expect(read_text("x,y\n9007199254740993,9007199254740993.0000000000000000000000000000000000001\n", plain), 1, 1, 1,
         (double[]){9007199254740992.0, 9007199254740994.0});
  expect(read_text("x,y\n2.2250738585072011e-308,4.9406564584124654e-324\n", plain), 1, 1, 1,
         (double[]){0x0.fffffffffffffp-1022, 0x1p-1074});
  expect(read_text("x,y\n1.7976931348623157e308,-0\n", plain), 1, 1, 1, (double[]){0x1.fffffffffffffp1023, -0.0});
}

static void missing_values(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  const char *text = "a,b,y\n1,2,0\n,4,1\n3,NA,1\n5,9,?\n";
  refuse(text, o, "",
         "t.csv:3: column 1 (a): \"\" is a missing value; missing = \"skip\" leaves such rows out, "
         "\"mean\" fills them in");
  o.missing = LUR_MISSING_SKIP;
  expect(read_text(text, o), 1, 2, 1, (double[]){1, 2, 0});
  o.missing = LUR_MISSING_MEAN;
  expect(read_text(text, o), 3, 2, 1, (double[]){1, 2, 0, 2, 4, 1, 3, 3, 1});
  refuse("a,b,y\n1,,0\n2,,1\n", o, "", "t.csv: column 2 has no mean");
}

static void a_bad_cell_is_named(void **state) {
  (void)state;
  const char *const bad[] = {"x", "1x", "1e", "0x10", "1_000", "1,", "--1", "1 2", "inf", ".", "e5"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    char text[64], message[128];
    snprintf(text, sizeof text, "a,b,y\n1,2,3\n1,\"%s\",4\n", bad[i]);
    snprintf(message, sizeof message, "t.csv:3: column 2 (b): \"%s\" is not a number", bad[i]);
    refuse(text, plain, "", message);
  }
  refuse("a,y\n1e999,1\n", plain, "", "t.csv:2: column 1 (a): \"1e999\" is too large");
  refuse("a,y\n1,1\n2,one\n", plain, "", "t.csv:3: column 2 (y): \"one\" is not a number");
  refuse("a,y\n\"two\nlines\",1\n", plain, "", "t.csv:2: column 1 (a): \"two lines\" is not a number");
}

static void a_bad_layout_is_named(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  refuse("", o, "", "t.csv: empty");
  refuse("\n\n", o, "", "t.csv: empty");
  refuse("a,b\n", o, "", "t.csv: no rows");
  refuse("a\n1\n", o, "targets", "every column of t.csv is a target");
  refuse("a,b\n1,2\n1,2,3\n", o, "", "t.csv:3: 3 columns, but the first line has 2");
  refuse("a,b\n1\n", o, "", "t.csv:2: 1 column, but the first line has 2");
  refuse("a,b\n1,\"2\n3,4\n", o, "", "t.csv:2: a quote is opened here and never closed");
  refuse("a,b\n1,\"2\"x\n", o, "", "t.csv:2: text after a closing quote");
  struct lur_error e = {0};
  assert_null(read_bytes("a,b\n1,\0\n", 8, o, &e));
  assert_string_equal(e.text, "t.csv: holds a zero byte; a CSV file is text in ASCII or UTF-8");
}

static void a_bad_column_is_named(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  struct lur_csv_column c = {.name = "specie"};
  o.targets = &c;
  o.n_targets = 1;
  refuse("x,species\n1,2\n", o, "targets", "t.csv has no column \"specie\"; did you mean species?");
  c = (struct lur_csv_column){.name = "x"};
  refuse("x,x\n1,2\n", o, "targets", "t.csv has two columns \"x\"; write the column's number");
  c = (struct lur_csv_column){.number = 3};
  refuse("x,y\n1,2\n", o, "targets", "t.csv has 2 columns, but no number 3");
  c = (struct lur_csv_column){.number = 0};
  refuse("x,y\n1,2\n", o, "targets", "t.csv has 2 columns, but no number 0");
  c = (struct lur_csv_column){.name = "x"};
  o.header = false;
  refuse("1,2\n", o, "targets", "\"x\" is a name, but header is false; write the column's number");
  o.header = true;
  struct lur_csv_column twice[] = {{.number = 1}, {.name = "x"}};
  o.targets = twice;
  o.n_targets = 2;
  refuse("x,y\n1,2\n", o, "targets", "column 1 is taken twice");
  o.inputs = &twice[0];
  o.n_inputs = o.n_targets = 1;
  refuse("x,y\n1,2\n", o, "inputs", "column 1 is taken twice");
  struct lur_csv_column names[] = {{.name = "y"}, {.name = "z"}};
  o = plain;
  o.targets = names;
  o.n_targets = 2;
  refuse("x,y,z\n1,a,b\n", o, "",
         "t.csv:2: column 2 (y): \"a\" is not a number; a target of names must be the only "
         "target");
}

static void too_many_classes_are_refused(void **state) {
  (void)state;
  char *text = lur_alloc(20000, 1), *p = text;
  p += sprintf(p, "x,y\n");
  for (int k = 0; k <= LUR_MAX_CLASSES; k++)
    p += sprintf(p, "1,c%d\n", k);
  refuse(text, plain, "", "t.csv:1026: column 2 (y): \"c1024\" is one class too many: there may be 1024");
  free(text);
}

static void files(void **state) {
  (void)state;
  char path[] = "/tmp/luron-csv-XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, "x,y\n1,2\n", 8), 8);
  close(fd);
  struct lur_error e = {0};
  struct lur_dataset *d = lur_csv_load(path, &plain, &e);
  assert_non_null(d);
  expect(d, 1, 1, 1, (double[]){1, 2});
  unlink(path);
  assert_null(lur_csv_load(path, &plain, &e));
  assert_int_equal(e.code, LUR_EIO);
  assert_non_null(strstr(e.text, "No such file"));
  assert_null(lur_csv_load("/", &plain, &e));
  assert_string_equal(e.text, "/: Is a directory");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_plain_numbers),
      cmocka_unit_test(reads_every_line_end_and_a_mark),
      cmocka_unit_test(reads_quoted_cells),
      cmocka_unit_test(classes_stand_in_order_of_first_appearance),
      cmocka_unit_test(numbers_are_classes_where_asked),
      cmocka_unit_test(columns_are_chosen_by_name_and_number),
      cmocka_unit_test(numbers_are_correctly_rounded),
      cmocka_unit_test(missing_values),
      cmocka_unit_test(a_bad_cell_is_named),
      cmocka_unit_test(a_bad_layout_is_named),
      cmocka_unit_test(a_bad_column_is_named),
      cmocka_unit_test(too_many_classes_are_refused),
      cmocka_unit_test(files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
