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
#include "data/file.h"
#include "data/gzip.h"

static const struct lur_csv_options plain = {.separator = ','};

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
  struct lur_dataset *d = read_text("x,y\n1,red\n2,blue\n3,red\n4,2seater\n", plain);
  assert_string_equal(d->classes[0], "red");
  assert_string_equal(d->classes[1], "blue");
  assert_string_equal(d->classes[2], "2seater");
  expect(d, 4, 1, 3, (double[]){1, 1, 0, 0, 2, 0, 1, 0, 3, 1, 0, 0, 4, 0, 0, 1});
}

static void listed_classes_stand_in_the_order_of_the_list(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  const char *const names[] = {"b", "None", "1", "a"};
  o.classes = LUR_CLASSES_LIST;
  o.class_names = names;
  o.n_class_names = 4;
  struct lur_dataset *d = read_text("x,y\n1,a\n2,b\n3,1.0\n4,None\n", o);
  assert_string_equal(d->classes[1], "None");
  expect(d, 4, 1, 4, (double[]){1, 0, 0, 0, 1, 2, 1, 0, 0, 0, 3, 0, 0, 1, 0, 4, 0, 1, 0, 0});
  refuse("x,y\n1,a\n2,c\n", o, "", "t.csv:3: column 2 (y): \"c\" is not in the list of classes");
  refuse("x,y\n1,a\n2,nan\n", o, "",
         "t.csv:3: column 2 (y): \"nan\" is a missing value; missing = \"skip\" leaves such rows out, \"mean\" fills "
         "them in");
}

/* Targets of which nobody said whether they are classes: never a number that becomes a class, or the other way. */
static void nearly_numbers_are_refused(void **state) {
  (void)state;
  const char *const nearly[] = {"1,4",
                                "1,400",
                                "12 %",
                                "12%",
                                "$12",
                                "$1,200.50",
                                "-$3",
                                "(12)",
                                "1 000",
                                "1_000",
                                "1.234.567",
                                "\342\210\2223", /* with the sign of Unicode */
                                "12 \xe2\x82\xac",
                                "1,5e-3",
                                "1e",
                                "+5 %"};
  for (size_t i = 0; i < sizeof nearly / sizeof *nearly; i++) {
    char text[64], message[256];
    snprintf(text, sizeof text, "x,y\n1,\"%s\"\n2,3\n3,4\n", nearly[i]);
    snprintf(message, sizeof message,
             "t.csv:2: column 2 (y): \"%s\" is nearly a number; write it as in 1234.5 (a point, nothing around it), or "
             "classes = true if it names a class",
             nearly[i]);
    refuse(text, plain, "", message);
  }
}

static void names_among_numbers_are_refused(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  refuse("x,y\n1,None\n2,3\n", plain, "",
         "t.csv:2: column 2 (y): \"None\" is a missing value; missing = \"skip\" leaves such rows out, \"mean\" fills "
         "them in");
  refuse(
      "x,y\n1,red\n2,7\n", plain, "",
      "t.csv:3: column 2 (y): \"7\" is a number, but the targets above are names; classes = true makes classes of all, "
      "classes = { ... } of those listed");
  refuse(
      "x,y\n1,unknown\n2,7\n", plain, "",
      "t.csv:3: column 2 (y): \"7\" is a number, but the targets above are names; classes = true makes classes of all, "
      "classes = { ... } of those listed");
  refuse(
      "x,y\n1,12 kg\n2,12 kg\n", plain, "",
      "t.csv: column 2 (y): all 2 targets begin like a number (\"12 kg\"); write the numbers alone, or classes = true "
      "if these name classes");
  o.classes = LUR_CLASSES_TRUE;
  expect(read_text("x,y\n1,12 kg\n2,\"1,4\"\n3,7\n", o), 3, 1, 3, (double[]){1, 1, 0, 0, 2, 0, 1, 0, 3, 0, 0, 1});
  o.classes = LUR_CLASSES_FALSE;
  refuse("x,y\n1,red\n", o, "", "t.csv:2: column 2 (y): \"red\" is not a number, but classes is false");
  refuse("x,y\n1,1e999\n", o, "", "t.csv:2: column 2 (y): \"1e999\" is too large");
}

/* n rows with so many different names */
static char *write_names(int n, int n_names) {
  char *text = lur_alloc((size_t)n + 1, 20), *p = text;
  assert_non_null(text);
  p += sprintf(p, "x,y\n");
  for (int i = 0; i < n; i++)
    p += sprintf(p, "1,n%d\n", i % n_names);
  return text;
}

static void nearly_as_many_names_as_rows_are_refused(void **state) {
  (void)state;
  const struct {
    int n, n_names;
    bool refused;
  } cases[] = {{4, 4, false},   {5, 5, true},   {8, 6, false},  {8, 7, true},
               {20, 10, false}, {20, 11, true}, {100, 98, true}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    char *text = write_names(cases[k].n, cases[k].n_names), message[256];
    snprintf(message, sizeof message,
             "t.csv: column 2 (y): %d different names in %d rows (\"n0\", ...), nearly a class a row; give targets "
             "another column, or write classes = true",
             cases[k].n_names, cases[k].n);
    if (cases[k].refused)
      refuse(text, plain, "", message);
    else
      lur_dataset_free(read_text(text, plain));
    struct lur_csv_options o = plain;
    o.classes = LUR_CLASSES_TRUE;
    lur_dataset_free(read_text(text, o));
    free(text);
  }
}

static void a_row_in_place_of_a_header_is_refused(void **state) {
  (void)state;
  const char *const rows[] = {"5.1,3.5,setosa\n4.9,3,setosa\n",
                              "1,2,3\n4,5,6\n",
                              "5.1,?,setosa\n4.9,3,setosa\n",
                              "1990,1991,total\n1,2,3\n",
                              "5.1,3.5,1.4,setosa\n,,,setosa\n7,3,5,virginica\n6,3,5,virginica\n",
                              "5.1,3.5,?,?,setosa\n?,?,1,2,setosa\n7,3,5,1,virginica\n",
                              "1,2,3\n,NA,\n?,?,?\n4,5,6\n"};
  const char *const first[] = {"5.1", "1", "5.1", "1990", "5.1", "5.1", "1"};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char message[256];
    snprintf(message, sizeof message,
             "the first line of t.csv holds numbers (\"%s\") where the next one does; write header = false if it is a "
             "row, header = true if it names the columns",
             first[i]);
    refuse(rows[i], plain, "header", message);
  }
  refuse(
      "?,?,virginica\n4,3.0,setosa\n7,3,virginica\n", plain, "header",
      "the first line of t.csv holds no names (\"?\") where the next ones hold numbers; write header = false if it is "
      "a row, header = true if it names the columns");
  refuse("3,2,,\nx,y,z,w\n1,2,3,4\n", plain, "header",
         "the first line of t.csv is no header, but the one below it seems to be; remove the first, or write header = "
         "true");
}

static void a_header_is_one_where_asked(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  o.missing = LUR_MISSING_SKIP;
  expect(read_text("a,b,c\n,?,1\n2,3,4\n", o), 1, 2, 1, (double[]){2, 3, 4});
  o.missing = plain.missing;
  o.header = LUR_HEADER_FALSE;
  expect(read_text("5.1,3.5,setosa\n4.9,3,setosa\n", o), 2, 2, 1, (double[]){5.1, 3.5, 1, 4.9, 3, 1});
  refuse(
      "5,2,red,blue\n1,2,3,4,0\n", plain, "",
      "t.csv:2: 5 columns, but the first line has 4 (R's write.table leaves out the name of its row names; col.names = "
      "NA writes one)");
  refuse("5,2,red,blue\n1,2,3,4,5,0\n", plain, "",
         "t.csv:2: 6 columns, but the first line has 4; remove that line if it does not name the columns, and write "
         "header = false if none does");
  refuse("a,b\n1,2\n", o, "",
         "t.csv:1: column 1: \"a\" is not a number; header = true if the first line names the columns");
  o.header = LUR_HEADER_TRUE;
  expect(read_text("1990,1991,total\n1,2,3\n", o), 1, 2, 1, (double[]){1, 2, 3});
  struct lur_csv_column total = {.name = "total"};
  o = plain;
  o.targets = &total;
  o.n_targets = 1;
  expect(read_text("1990,1991,total\n1,2,3\n", o), 1, 2, 1, (double[]){1, 2, 3});
  expect(read_text("150,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n", plain), 1, 4, 1,
         (double[]){5.1, 3.5, 1.4, 0.2, 0}); /* as the iris of scikit-learn begins */
}

static void row_names_are_refused(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  refuse(
      "\"\",\"x\",\"y\"\n\"1\",2,3\n", plain, "inputs",
      "the first column of t.csv has no name, as row names of R and pandas have none; drop = 1 leaves it out, inputs = "
      "{ ... } says which columns to take");
  refuse(
      "Unnamed: 0,x,y\n0,2,3\n", plain, "inputs",
      "the first column of t.csv has no name (Unnamed: 0), as row names of R and pandas have none; drop = 1 leaves it "
      "out, inputs = { ... } says which columns to take");
  refuse(
      "x y\n1 2 3\n", (struct lur_csv_options){.separator = ' '}, "",
      "t.csv:2: 3 columns, but the first line has 2 (R's write.table leaves out the name of its row names; col.names = "
      "NA writes one)");
  struct lur_csv_column first = {.number = 1}, x = {.name = "x"};
  o.drop = &first;
  o.n_drop = 1;
  expect(read_text(",x,y\n1,2,3\n", o), 1, 1, 1, (double[]){2, 3});
  refuse(",x,y\n1,2,3\n",
         (struct lur_csv_options){.separator = ',', .drop = &first, .n_drop = 1, .targets = &first, .n_targets = 1},
         "targets", "column 1 is taken twice");
  o = plain;
  o.inputs = &x;
  o.n_inputs = 1;
  expect(read_text(",x,y\n1,2,3\n", o), 1, 1, 1, (double[]){2, 3});
  o.inputs = &first;
  expect(read_text(",x,y\n1,2,3\n", o), 1, 1, 1, (double[]){1, 3});
}

static void the_separator_is_suggested(void **state) {
  (void)state;
  const char *const lines[] = {"a;b\n1;2\n", "a\tb\n1\t2\n", "a|b\n1|2\n", "a b\n1 2\n"}, *const written[] = {
                                                                                              ";", "\\t", "|", " "};
  for (size_t i = 0; i < 4; i++) {
    char message[256];
    snprintf(message, sizeof message,
             "t.csv has one column, which is the target; inputs need another; the first line seems to need separator = "
             "\"%s\"",
             written[i]);
    refuse(lines[i], plain, "separator", message);
  }
  refuse(
      "a;b\n1,5;2,5;3\n", plain, "separator",
      "t.csv has one column, which is the target; inputs need another; the first line seems to need separator = \";\"");
  struct lur_csv_column b = {.name = "b"};
  refuse("a;b\n1;2\n", (struct lur_csv_options){.separator = ',', .targets = &b, .n_targets = 1}, "targets",
         "t.csv has no column \"b\"; the first line seems to need separator = \";\"");
  expect(read_text(" a  b\ty\n1   2 \"3\" \n  \n 4\t5 6", (struct lur_csv_options){.separator = ' '}), 2, 2, 1,
         (double[]){1, 2, 3, 4, 5, 6});
  expect(read_text("a\tb\ty\n1\t2\t3\n", (struct lur_csv_options){.separator = '\t'}), 1, 2, 1, (double[]){1, 2, 3});
}

static void refuse_bytes(const char *bytes, size_t n, const char *message) {
  struct lur_error e = {0};
  assert_null(read_bytes(bytes, n, plain, &e));
  assert_string_equal(e.text, message);
}

static void what_is_no_text_is_named(void **state) {
  (void)state;
  refuse_bytes("\x1f\x8b\x08\0\0", 5, "t.csv is compressed by gzip twice; write it out first, as gunzip -k does");
  refuse_bytes("PK\x03\x04\0", 5, "t.csv is a zip archive, or a spreadsheet; unzip it, or save it as CSV");
  refuse_bytes("BZh91AY&SY\x94\xad\x11\x85", 14,
               "t.csv is compressed by bzip2; write it out first, as bunzip2 -k does");
  refuse_bytes("PAR1\x15\x04\x15\x10", 8, "t.csv is a Parquet file; save it as CSV");
  expect(read_text("PAR1,PAR2,\xc3\xa9\r\n1,2,3\r\n", plain), 1, 2, 1, (double[]){1, 2, 3});
  expect(read_text("BZh9,y\n1,2\n", plain), 1, 1, 1, (double[]){1, 2});
  refuse_bytes("\xff\xfe"
               "a\0,\0",
               6, "t.csv is UTF-16; iconv -f UTF-16 -t UTF-8 makes text of it that can be read");
  refuse_bytes("\xfe\xff\0a\0,", 6, "t.csv is UTF-16; iconv -f UTF-16 -t UTF-8 makes text of it that can be read");
  refuse_bytes("a\0,\0b\0", 6,
               "t.csv:1: a zero byte; a CSV file is text in ASCII or UTF-8 (iconv -f UTF-16 -t UTF-8 makes it of "
               "UTF-16)");
  refuse_bytes("<!DOCTYPE html>\n<html>", 22, "t.csv is a page of the web (HTML); download the data themselves");
  refuse_bytes("x,y\n1,a\n2,M\xfcnchen\n", 18,
               "t.csv:3: the byte 0xfc is no UTF-8; if the file is Latin-1, iconv -f CP1252 -t UTF-8 makes text of it "
               "that can be read");
  struct lur_dataset *d = read_text("x,y\n1,M\xc3\xbcnchen\n2,Ulm\n", plain);
  assert_string_equal(d->classes[0], "M\xc3\xbcnchen");
  lur_dataset_free(d);
  refuse(
      "a,y\n\x1b[2J\xc2\x9b,1\n", plain, "",
      "t.csv:2: column 1 (a): \"?[2J??\" is not a number; onehot = 1 makes an input of each text, drop = 1 leaves the "
      "column out");
}

static void numbers_are_classes_where_asked(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  o.classes = LUR_CLASSES_TRUE;
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
  o.header = LUR_HEADER_FALSE;
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
  refuse("a,b,y\n1,,0\n2,,1\n", o, "", "t.csv: column 2 (b) has no mean; drop = 2 leaves the column out");
  o.onehot = (struct lur_csv_column[]){{.name = "b"}};
  o.n_onehot = 1;
  refuse("a,b,y\n1,,1\n2,,2\n", o, "", "t.csv: column 2 (b) has no mean; drop = 2 leaves the column out");
  o.missing = LUR_MISSING_MEDIAN;
  refuse("b,y\n,1\n,2\n", o, "", "t.csv: column 1 (b) has no median; drop = 1 leaves the column out");
  o.n_onehot = 0;
  const char *const words[] = {"", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "-nan", "NULL", "null", "None", "?"};
  o.missing = LUR_MISSING_SKIP;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    char one[64];
    snprintf(one, sizeof one, "a,y\n%s,1\n2,%s\n3,4\n", words[i], words[i]);
    expect(read_text(one, o), 1, 1, 1, (double[]){3, 4});
  }
}

static void rows_left_out_leave_no_class(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  o.missing = LUR_MISSING_SKIP;
  struct lur_dataset *d = read_text("a,b,y\n,1,first\n1,,7\n2,3,red\n4,5,blue\n,6,last\n", o);
  assert_int_equal(d->n_classes, 2);
  assert_string_equal(d->classes[0], "red");
  expect(d, 2, 2, 2, (double[]){2, 3, 1, 0, 4, 5, 0, 1});
  d = read_text("a,y\n,red\n1,2\n3,4\n", o); /* nor do they decide whether targets are names */
  assert_int_equal(d->n_classes, 0);
  expect(d, 2, 1, 1, (double[]){1, 2, 3, 4});
  refuse("a,b,y\n1,,0\n,,1\n", o, "",
         "t.csv: all 2 rows are left out; column 2 (b) is missing in 2 of them; drop = 2 leaves the column out");
  refuse("a,y\n1,\n2,\n", o, "",
         "t.csv: all 2 rows are left out; column 2 (y) is missing in 2 of them; give targets another column");
  refuse("a,b,y\n1,,0\n,2,1\n,,1\n3,,1\n", o, "",
         "t.csv: all 4 rows are left out; column 2 (b) is missing in 3 of them; missing = \"mean\" fills inputs in");
}

static void a_bad_cell_is_named(void **state) {
  (void)state;
  const char *const bad[] = {"1x", "1e", "0x10", "1_000", "1,", "--1", "1 2", "x", ".", "e5"};
  const size_t n_like_numbers = 7;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    char text[64], message[160];
    snprintf(text, sizeof text, "a,b,y\n1,2,3\n1,\"%s\",4\n", bad[i]);
    snprintf(message, sizeof message, "t.csv:3: column 2 (b): \"%s\" is not a number; %sdrop = 2 leaves the column out",
             bad[i], i < n_like_numbers ? "" : "onehot = 2 makes an input of each text, ");
    refuse(text, plain, "", message);
  }
  refuse("a,y\n1e999,1\n", plain, "", "t.csv:2: column 1 (a): \"1e999\" is too large");
  refuse("a,y\n1,1e999\n", plain, "", "t.csv:2: column 2 (y): \"1e999\" is too large");
  refuse(
      "a,y\n1,1\n2,one\n", plain, "",
      "t.csv:3: column 2 (y): \"one\" is not a number, but the targets above are numbers; classes = true makes classes "
      "of all");
  refuse("a,y\n\"two\nlines\",1\n", plain, "",
         "t.csv:2: column 1 (a): \"two lines\" is not a number; onehot = 1 makes an input of each text, drop = 1 "
         "leaves the "
         "column out");
  refuse("a,b,y\nred,1,1\n", plain, "",
         "t.csv:2: column 1 (a): \"red\" is not a number; onehot = 1 makes an input of each text, drop = 1 leaves the "
         "column out");
}

static void a_remedy_is_the_one_that_helps(void **state) {
  (void)state;
  refuse("a,y\n-Inf,1\n", plain, "",
         "t.csv:2: column 1 (a): \"-Inf\" is not finite; missing_values = { \"-Inf\" } takes it as missing, drop = 1 "
         "leaves "
         "the column out");
  refuse("a;y\n1,5;1\n", (struct lur_csv_options){.separator = ';'}, "",
         "t.csv:2: column 1 (a): \"1,5\" is not a number; decimal = \",\" reads a comma before the decimals");
  refuse(
      "a,b\n1,2\n", (struct lur_csv_options){.decimal = ','}, "separator",
      "t.csv has one column, which is the target; inputs need another; the first line is cut at commas, so decimal = "
      "\",\" cannot be meant");
  refuse(
      "# made by me\na,b,y\n1,2,3\n", plain, "comment",
      "t.csv has one column, which is the target; inputs need another; comment = \"#\" passes over lines that begin as "
      "the first one does");
  refuse(
      "a,b,y,\n1,2,3,\n", plain, "",
      "t.csv:2: column 4 (): \"\" is a missing value in a last column without a name; drop = 4 leaves the column out");
}

static void a_bad_layout_is_named(void **state) {
  (void)state;
  struct lur_csv_options o = plain;
  refuse("", o, "", "t.csv: empty");
  refuse("\n\n", o, "", "t.csv: empty");
  refuse("a,b\n", o, "",
         "t.csv: no rows below the first line, which names the columns; write header = false if it is a row");
  refuse("a\n1\n", o, "targets", "t.csv has one column, which is the target; inputs need another");
  refuse("a,b\n1,2\n1,2,3\n", o, "", "t.csv:3: 3 columns, but the first line has 2");
  refuse("a,b\n1\n", o, "", "t.csv:2: 1 column, but the first line has 2");
  refuse("a,b\n1,\"2\n3,4\n", o, "", "t.csv:2: a quote is opened here and never closed");
  refuse("a,b\n1,\"2\"x\n", o, "", "t.csv:2: text after a closing quote");
  struct lur_error e = {0};
  assert_null(read_bytes("a,b\n1,\0\n", 8, o, &e));
  assert_string_equal(e.text, "t.csv:2: a zero byte; a CSV file is text in ASCII or UTF-8 (iconv -f UTF-16 -t UTF-8 "
                              "makes it of UTF-16)");
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
  o.header = LUR_HEADER_FALSE;
  refuse("1,2\n", o, "targets", "\"x\" is a name, but header is false; write the column's number");
  o.header = LUR_HEADER_TRUE;
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
  refuse("x,y,z\n1,2,1e999\n", o, "", "t.csv:2: column 3 (z): \"1e999\" is too large");
}

static void too_many_classes_are_refused(void **state) {
  (void)state;
  char *text = write_names(LUR_MAX_CLASSES + 1, LUR_MAX_CLASSES + 1);
  refuse(text, plain, "",
         "t.csv:1026: column 2 (y): \"n1024\" is one class too many: there may be 1024; give "
         "targets another column");
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
  size_t n;
  char *bytes = lur_file_read(path, &n, &e);
  assert_non_null(bytes);
  struct lur_dataset *d = lur_csv_read(path, bytes, n, &plain, &e);
  free(bytes);
  assert_non_null(d);
  expect(d, 1, 1, 1, (double[]){1, 2});
  unlink(path);
  assert_null(lur_file_read(path, &n, &e));
  assert_int_equal(e.code, LUR_EIO);
  assert_non_null(strstr(e.text, "No such file"));
  assert_null(lur_file_read("/", &n, &e));
  assert_string_equal(e.text, "/: Is a directory");
}

/* ---- Compressed by gzip ---- */
/* The same bytes that Python's gzip.compress makes of "a,b\n" and of "1,2\n", one behind the other. */
#define GZ_HEAD "\x1f\x8b\x08\0\0\0\0\0\0\xff"
static const char first_member[] = GZ_HEAD "\113\324\111\342\002\000\305\020\227\044\x04\0\0\0";
static const char second_member[] = GZ_HEAD "\063\324\061\342\002\000\063\102\041\125\x04\0\0\0";

static void expect_gunzipped(const char *bytes, size_t n, const char *text, const char *error) {
  struct lur_error e = {0};
  size_t n_out = 0;
  char *copy = malloc(n), *out = NULL; /* exactly as long: a sanitizer sees what is read behind */
  assert_non_null(copy);
  memcpy(copy, bytes, n);
  out = lur_gunzip("f", copy, n, &n_out, &e);
  free(copy);
  if (error) {
    assert_null(out);
    assert_string_equal(e.text, error);
    return;
  }
  assert_non_null(out);
  assert_int_equal(n_out, strlen(text));
  assert_string_equal(out, text);
  free(out);
}

static void members_of_gzip(void **state) {
  (void)state;
  enum { A = sizeof first_member - 1, B = sizeof second_member - 1 };
  char both[A + B + 8] = {0};
  memcpy(both, first_member, A);
  memcpy(both + A, second_member, B);
  expect_gunzipped(both, A, "a,b\n", NULL);
  expect_gunzipped(both, A + B, "a,b\n1,2\n", NULL);
  expect_gunzipped(both, A + B + 8, "a,b\n1,2\n", NULL); /* zeros, as tapes have */
  expect_gunzipped(both, A + B - 1, NULL, "f: the compressed data ends too early");
  expect_gunzipped(both, A + 2, NULL, "f: the compressed data ends too early");
  both[A + B] = 'x';
  expect_gunzipped(both, A + B + 8, NULL, "f: 8 bytes stand behind the compressed data and are none of it");
  both[A - 8] ^= 1;
  expect_gunzipped(both, A + B, NULL, "f: the compressed bytes are damaged");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_plain_numbers),
      cmocka_unit_test(reads_every_line_end_and_a_mark),
      cmocka_unit_test(reads_quoted_cells),
      cmocka_unit_test(classes_stand_in_order_of_first_appearance),
      cmocka_unit_test(numbers_are_classes_where_asked),
      cmocka_unit_test(listed_classes_stand_in_the_order_of_the_list),
      cmocka_unit_test(nearly_numbers_are_refused),
      cmocka_unit_test(names_among_numbers_are_refused),
      cmocka_unit_test(nearly_as_many_names_as_rows_are_refused),
      cmocka_unit_test(a_row_in_place_of_a_header_is_refused),
      cmocka_unit_test(a_header_is_one_where_asked),
      cmocka_unit_test(row_names_are_refused),
      cmocka_unit_test(the_separator_is_suggested),
      cmocka_unit_test(what_is_no_text_is_named),
      cmocka_unit_test(rows_left_out_leave_no_class),
      cmocka_unit_test(columns_are_chosen_by_name_and_number),
      cmocka_unit_test(numbers_are_correctly_rounded),
      cmocka_unit_test(missing_values),
      cmocka_unit_test(a_bad_cell_is_named),
      cmocka_unit_test(a_remedy_is_the_one_that_helps),
      cmocka_unit_test(a_bad_layout_is_named),
      cmocka_unit_test(a_bad_column_is_named),
      cmocka_unit_test(too_many_classes_are_refused),
      cmocka_unit_test(files),
      cmocka_unit_test(members_of_gzip),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
