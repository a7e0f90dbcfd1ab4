/* SPDX-License-Identifier: MIT
 * The text formats and numpy's: what a file of each means, how it is known, and what is said of wrong ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "data/formats.h"

enum { MOST = 16 };
struct expected {
  size_t n;
  int n_inputs, n_outputs;
  double inputs[MOST], targets[MOST];
  const char *class1; /* the name of the last class; NULL: none */
};

struct sample {
  const struct lur_data_format *f;
  const char *text;
  size_t n_bytes; /* 0: strlen(text) */
  struct lur_format_value value[LUR_MOST_FORMAT_OPTIONS];
};

static int read_sample(const struct sample *s, struct lur_dataset *set[LUR_MOST_FORMAT_SETS], struct lur_error *e) {
  const size_t n = s->n_bytes ? s->n_bytes : strlen(s->text);
  char *copy = lur_copy(s->text, n + 1, 1);
  struct lur_format_input in = {.file = {{"f", copy, n}}, .n_files = 1};
  memcpy(in.value, s->value, sizeof in.value);
  *e = (struct lur_error){0};
  const int code = s->f->read(&in, set, e);
  free(copy);
  return code;
}

static void expect(const struct lur_dataset *d, const struct expected *x) {
  assert_non_null(d);
  assert_int_equal(d->n, x->n);
  assert_int_equal(d->n_inputs, x->n_inputs);
  assert_int_equal(d->n_outputs, x->n_outputs);
  for (size_t i = 0; i < x->n * (size_t)x->n_inputs; i++)
    assert_true(d->inputs[i] == x->inputs[i]);
  for (size_t i = 0; i < x->n * (size_t)x->n_outputs; i++)
    assert_true(d->targets[i] == x->targets[i]);
  assert_int_equal(d->n_classes, x->class1 ? x->n_outputs : 0);
  if (x->class1)
    assert_string_equal(d->classes[d->n_classes - 1], x->class1);
}

static void free_sets(struct lur_dataset *set[LUR_MOST_FORMAT_SETS]) {
  for (int k = 0; k < LUR_MOST_FORMAT_SETS; k++)
    lur_dataset_free(set[k]);
}

static const char *const skip[] = {"skip"}, *const mean[] = {"mean"}, *const b[] = {"b"};

static const struct {
  struct sample s;
  struct expected x;
} cases[] = {
    {{&lur_format_snns,
      "SNNS pattern definition file V3.2\ngenerated at Mon\n\n\nNo. of patterns : 2\nNo. of input units : 2\n"
      "No. of output units : 1\n# Input pattern 1:\n0 1\n# Output\n1\n0.5 -1e1 # more\n0\n",
      0,
      {{0}}},
     {2, 2, 1, {0, 1, 0.5, -10}, {1, 0}, NULL}},
    {{&lur_format_snns,
      "SNNS pattern definition file V4.2\nx\nNo. of patterns     : 1\nNo. of input units  : 1\nNo. of output units : "
      "2\nNo. of classes : 1\nClass redistribution : [ 5 ]\n3 1 0\nvowel\n",
      0,
      {{0}}},
     {1, 1, 2, {3}, {1, 0}, NULL}},
    {{&lur_format_lens,
      "defI:-1 actT:2;\nname:{a b} I: 0 1 0 T: 1;\ni:{0.5} 0 -1 {3} 2 t:*;\n[0 defI:0] i:2;# end",
      0,
      {{0}}},
     {3, 3, 1, {0, 1, 0, 0.5, 0.5, 3, 0, 0, 1}, {1, 2, 0}, NULL}},
    {{&lur_format_lens, ";;b:1;B:1 0;", 0, {{.is_given = true, .count = 3}}}, {0}},
    {{&lur_format_lens, "b:0;b:1;", 0, {{.is_given = true, .count = 3}}},
     {2, 3, 2, {1, 0, 0, 0, 1, 0}, {1, 0, 0, 1}, NULL}},
    {{&lur_format_libsvm, "-1 1:0.5 3:2 # x\r\n+1 2:1e1\n\n-1\n", 0, {{0}}},
     {3, 3, 2, {0.5, 0, 2, 0, 10, 0, 0, 0, 0}, {1, 0, 0, 1, 1, 0}, "1"}},
    {{&lur_format_libsvm,
      "1.5 0:1\n2 1:3",
      0,
      {{.is_given = true, .count = 3}, {0}, {.is_given = true, .truth = true}}},
     {2, 3, 1, {1, 0, 0, 0, 3, 0}, {1.5, 2}, NULL}},
    {{&lur_format_libsvm, "1 1:1\n2 1:3", 0, {{0}, {.is_given = true}}}, {2, 1, 1, {1, 3}, {1, 2}, NULL}},
    {{&lur_format_arff,
      "% c\n@RELATION 'x y'\n@attribute \"a b\" Real\n@attribute c{u,'v w'}\n@attribute 'd' { yes , no }\n@data\n"
      "1e1, 'v w' ,no\n\n% c\n-2\tu\tyes\n{}\n{0 3, 2 \"no\"}\n",
      0,
      {{0}}},
     {4, 3, 2, {10, 0, 1, -2, 1, 0, 0, 1, 0, 3, 1, 0}, {0, 1, 1, 0, 1, 0, 0, 1}, "no"}},
    {{&lur_format_arff,
      "@attribute a numeric\n@attribute b real\n@attribute s string\n@data\n?,1,'x\\'y'\n2,3,z\n?,?,z",
      0,
      {{.is_given = true, .count = 1, .texts = b},
       {.is_given = true, .count = 1, .texts = (const char *const[]){"s"}},
       {.is_given = true, .count = 1, .texts = mean}}},
     {2, 1, 1, {2, 2}, {1, 3}, NULL}},
    {{&lur_format_arff,
      "@attribute a numeric\n@attribute b real\n@data\n?,1\n2,3\n4,?",
      0,
      {{0}, {0}, {.is_given = true, .count = 1, .texts = skip}}},
     {1, 1, 1, {2}, {3}, NULL}},
};

static void files_mean_what_they_say(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
    struct lur_error e;
    const int code = read_sample(&cases[i].s, set, &e);
    if (cases[i].x.n == 0) {
      assert_int_equal(code, LUR_EINPUT);
    } else {
      if (code)
        fail_msg("%zu: %s", i, e.text);
      expect(set[0], &cases[i].x);
    }
    free_sets(set);
  }
}

static void names_and_weights_are_kept(void **state) {
  (void)state;
  const struct sample arff = {.f = &lur_format_arff,
                              .text = "@attribute n real\n@attribute c {u,v}\n@attribute d {x,y}\n@data\n1,u,x\n"};
  const struct sample lens = {.f = &lur_format_lens, .text = "I: 1 T: 0;\nfreq:2.5 I: 0 T: 1;\n"};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL}, *other[LUR_MOST_FORMAT_SETS] = {NULL};
  struct lur_error e;
  assert_int_equal(read_sample(&arff, set, &e), LUR_OK);
  assert_string_equal(set[0]->input_names[0], "n");
  assert_string_equal(set[0]->input_names[2], "c=v");
  assert_string_equal(set[0]->target_names[1], "d=y");
  assert_true(set[0]->n_onehot == 1 && set[0]->onehot[0].first == 1 && set[0]->onehot[0].n == 2);
  assert_null(set[0]->weights);
  assert_int_equal(read_sample(&lens, other, &e), LUR_OK);
  assert_memory_equal(other[0]->weights, ((double[]){1, 2.5}), 2 * sizeof(double));
  free_sets(set);
  free_sets(other);
}

static void arff_marks_what_is_missing(void **state) {
  (void)state;
  const struct sample s = {
      .f = &lur_format_arff,
      .text = "@attribute n real\n@attribute c {u,v}\n@attribute y real\n@data\n1,v,1\n?,v,2\n9,?,3\n4,u,?\n2,u,4\n",
      .value = {{0}, {0}, {.is_given = true, .count = 1, .texts = (const char *const[]){"median"}}}};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  struct lur_error e;
  assert_int_equal(read_sample(&s, set, &e), LUR_OK);
  expect(set[0], &(struct expected){4, 3, 1, {1, 0, 1, 2, 0, 1, 9, 0, 1, 2, 1, 0}, {1, 2, 3, 4}, NULL});
  assert_memory_equal(set[0]->missing, ((uint8_t[]){0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0}), 12);
  assert_memory_equal(set[0]->fill, ((uint8_t[]){LUR_FILL_MEDIAN, LUR_FILL_FREQUENT, LUR_FILL_SAME}), 3);
  free_sets(set);
}

static void proben1_has_three_parts(void **state) {
  (void)state;
  const struct sample s = {.f = &lur_format_proben1,
                           .text = "bool_in=1\nreal_in=1\nbool_out=1\nreal_out=0\ntraining_examples=2\n"
                                   "validation_examples=1\ntest_examples=1\n1 0.5 1\n2 0 0\n3 0 1\n4 0 0\n"};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  struct lur_error e;
  assert_int_equal(read_sample(&s, set, &e), LUR_OK);
  expect(set[0], &(struct expected){2, 2, 1, {1, 0.5, 2, 0}, {1, 0}, NULL});
  expect(set[1], &(struct expected){1, 2, 1, {4, 0}, {0}, NULL});
  expect(set[2], &(struct expected){1, 2, 1, {3, 0}, {1}, NULL});
  free_sets(set);
}

static const struct {
  const struct lur_data_format *f;
  const char *text, *message;
} wrong[] = {
    {&lur_format_proben1, "x", "f:1: the file begins with seven lines such as bool_in=9"},
    {&lur_format_proben1, "bool_in=1\nbool_in=1\n",
     "f:2: \"bool_in=1\" is not a line that the file begins with, or is there twice"},
    {&lur_format_proben1, "bool_in=x", "f:1: \"x\" is not a number of columns"},
    {&lur_format_proben1,
     "bool_in=1\nreal_in=1\nbool_out=1\nreal_out=0\ntraining_examples=9999\nvalidation_examples=0\n"
     "test_examples=0\n1 2 3\n",
     "f:7: the file is shorter than its first lines say"},
    {&lur_format_snns, "SNNS", "f:1: the first line is \"SNNS pattern definition file V3.2\""},
    {&lur_format_snns, "SNNS pattern definition file V3.2\nNo. of patterns : 1\nNo. of input units : 1\n\n1\n",
     "f:5: no line \"No. of output units : NUMBER\" before the patterns; without outputs there is nothing to learn"},
    {&lur_format_snns, "SNNS pattern definition file V3.2\nNo. of variable input dimensions : 2\n",
     "f:2: patterns of variable size (\"No. of variable input dimensions\") cannot be read"},
    {&lur_format_lens, "I: 1 0 T: 1;\nI: 1 T: 1;", "f:2: 1 values, but there are 2 inputs"},
    {&lur_format_lens, "2 I: 1;", "f:1: no example has targets"},
    {&lur_format_lens, "name:a 2 I: 1 T: 1;", "f:1: an example of 2 events; one event per example is possible"},
    {&lur_format_lens, "\ni:{in} 3",
     "f:2: units by the name of a group cannot be read: a file does not say where groups "
     "begin"},
    {&lur_format_lens, "I: - T: 1;", "f:1: - for no value cannot be read: each unit needs one"},
    {&lur_format_lens, "I: 1 T: 1", "f:1: the file ends in an example; ; ends it"},
    {&lur_format_libsvm, "1 1:2\n1 2:1 2:3", "f:2: index 2 comes after 2"},
    {&lur_format_libsvm, "1 0:2", "f:1: index 0; they begin with 1 unless you write zero_based = true"},
    {&lur_format_libsvm, "1,2 1:1", "f:1: \"1,2\" is not a label; one label per row is possible"},
    {&lur_format_libsvm, "1 qid:4 1:2",
     "f:1: \"qid:4\" says which query a row is of, and nothing here ranks; sed 's/ "
     "qid:[^ ]*//' leaves it out"},
    {&lur_format_arff, "@attribute a real\n@attribute b real\n@attribute a real\n@data\n1,2,3\n",
     "f:3: the attribute a is there twice, first in line 1"},
    {&lur_format_arff, "@attribute a real\n@attribute b {x,y}\n@data\n1,z\n", "f:4: \"z\" is not a value of b"},
    {&lur_format_arff, "@attribute a real\n@attribute b {x,y}\n@data\n1\n", "f:4: 1 values, but 2 attributes"},
    {&lur_format_arff, "@attribute a real\n@attribute b date\n@data\n1,2\n",
     "f:2: the attribute b is date, not numeric or nominal; drop = \"b\" and class = another"},
    {&lur_format_arff, "@attribute a real\n@attribute b real\n@data\n?,2\n",
     "f:4: a is missing; missing = \"skip\" leaves such rows out, \"mean\" fills them in"},
    {&lur_format_npy, "\x93NUMPY\x01\n\x02\x02    ",
     "f: one array; its targets are a second file, or both are in an .npz"},
};

static void wrong_files_are_refused_with_their_line(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
    const struct sample s = {.f = wrong[i].f, .text = wrong[i].text};
    struct lur_error e;
    if (read_sample(&s, set, &e) != LUR_EINPUT)
      fail_msg("read: %s", wrong[i].text);
    assert_string_equal(e.text, wrong[i].message);
    free_sets(set);
  }
}

/* What a few bytes say is not believed: 400 rows of 65536 numbers would be 0.2 GiB. */
static void sparse_files_do_not_take_all_memory(void **state) {
  (void)state;
  char text[4096] = "1 65535:1\n";
  for (int k = 0; k < 400; k++)
    strcat(text, "1\n");
  const struct sample s = {.f = &lur_format_libsvm, .text = text};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  struct lur_error e;
  assert_int_equal(read_sample(&s, set, &e), LUR_EINPUT);
  assert_non_null(strstr(e.text, "401 rows of 65536 numbers, nearly all of them 0, would take"));
}

static const struct lur_data_format *format_of(const char *text, size_t n) {
  char *copy = lur_copy(text, n + 1, 1);
  const struct lur_bytes file = {"f", copy, n};
  const struct lur_data_format *found = NULL;
  for (int k = 0; lur_data_formats[k]; k++)
    if (lur_data_formats[k]->is && lur_data_formats[k]->is(&file)) {
      assert_null(found); /* one format takes it for its own */
      found = lur_data_formats[k];
    }
  assert_memory_equal(copy, text, n); /* who asks changes nothing */
  free(copy);
  return found;
}

static void each_format_is_known_by_its_content(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_ptr_equal(format_of(cases[i].s.text, strlen(cases[i].s.text)), cases[i].s.f);
  assert_ptr_equal(format_of("2 1 1\n1\n0\n1\n0", 13), &lur_format_fann);
  assert_ptr_equal(format_of("\0\0\x08\x01\0\0\0\0", 8), &lur_format_idx);
  assert_ptr_equal(format_of("\x93NUMPY\1", 7), &lur_format_npy);
  assert_null(format_of("5 3 1\n1 2 3\n", 12)); /* numbers between blanks: CSV */
  assert_null(format_of("a,b\n1,2\n", 8));
  assert_null(format_of("", 0));
}

/* ---- numpy ---- */
static size_t npy(char *out, const char *descr, const char *fortran, const char *shape, const void *bytes, size_t n) {
  char head[119];
  memset(head, ' ', sizeof head);
  const int used =
      snprintf(head, sizeof head, "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }", descr, fortran, shape);
  head[used] = ' ';
  head[117] = '\n';
  memcpy(out, "\x93NUMPY\x01\0\x76\0", 10);
  memcpy(out + 10, head, 118);
  memcpy(out + 128, bytes, n);
  out[128 + n] = '\0';
  return 128 + n;
}

static struct lur_dataset *read_arrays(char *x, size_t n, char *y, size_t m, struct lur_error *e) {
  struct lur_format_input in = {.file = {{"x", x, n}, {"y", y, m}}, .n_files = 2};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  *e = (struct lur_error){0};
  if (lur_format_npy.read(&in, set, e) == LUR_OK)
    return set[0];
  lur_dataset_free(set[0]);
  return NULL;
}

static void numpy_arrays_in_every_order(void **state) {
  (void)state;
  char x[256], y[256];
  struct lur_error e;
  const float columns[] = {1, 2, 3, 4, 5, 6}; /* [[1 3 5] [2 4 6]] in Fortran's order */
  size_t n = npy(x, "<f4", "True", "2, 3", columns, sizeof columns),
         m = npy(y, ">i2", "False", "2,", "\xff\xff\0\7", 4);
  struct lur_dataset *d = read_arrays(x, n, y, m, &e);
  expect(d, &(struct expected){2, 3, 2, {1, 3, 5, 2, 4, 6}, {1, 0, 0, 1}, "7"});
  lur_dataset_free(d);
  m = npy(y, "|b1", "False", "2, 2", "\1\0\0\1", 4);
  d = read_arrays(x, n, y, m, &e);
  expect(d, &(struct expected){2, 3, 2, {1, 3, 5, 2, 4, 6}, {1, 0, 0, 1}, NULL});
  lur_dataset_free(d);
  m = npy(y, "<c8", "False", "2,", "\1\0\0\1", 4);
  assert_null(read_arrays(x, n, y, m, &e));
  assert_string_equal(e.text,
                      "y: byte 10: 'descr' is no type of numbers that can be read: b1, u1 to u8, i1 to i8, f4, f8");
  m = npy(y, "<i2", "False", "99,", "\1\0\0\1", 4);
  assert_null(read_arrays(x, n, y, m, &e));
  assert_string_equal(e.text, "y: byte 128: what follows is not as long as the dimensions say");
}

static void put(char **at, uint64_t value, int n) {
  for (; n > 0; n--, value >>= 8)
    *(*at)++ = (char)(value & 0xff);
}

static void put_name(char **at, const char *name) {
  for (; *name; name++)
    *(*at)++ = *name;
}

/* CRC-32 of ISO 3309, bit by bit. */
static uint32_t check_sum(const char *x, size_t n) {
  uint32_t crc = UINT32_MAX;
  for (size_t i = 0; i < 8 * n; i++) {
    const uint32_t bit = (uint32_t)((unsigned char)x[i / 8] >> i % 8) & 1;
    crc = crc >> 1 ^ ((crc ^ bit) & 1 ? UINT32_C(0xedb88320) : 0);
  }
  return ~crc;
}

/* An archive with an entry for each name, whose bytes are x as they are, and their directory. */
static size_t npz(char *out, const char *const names[], const char *x, size_t n) {
  const uint32_t crc = check_sum(x, n);
  size_t head[4];
  char *at = out;
  int entries = 0;
  for (; names[entries]; entries++) {
    head[entries] = (size_t)(at - out);
    put_name(&at, "PK\3\4");
    put(&at, 0, 22);
    put(&at, strlen(names[entries]), 2);
    put(&at, 0, 2);
    put_name(&at, names[entries]);
    memcpy(at, x, n);
    at += n;
  }
  const size_t directory = (size_t)(at - out);
  for (int k = 0; k < entries; k++) {
    put_name(&at, "PK\1\2");
    put(&at, 0, 12);
    put(&at, crc, 4);
    put(&at, n, 4);
    put(&at, n, 4);
    put(&at, strlen(names[k]), 2);
    put(&at, 0, 12);
    put(&at, head[k], 4);
    put_name(&at, names[k]);
  }
  put_name(&at, "PK\5\6");
  put(&at, 0, 12);
  put(&at, directory, 4);
  put(&at, 0, 2);
  return (size_t)(at - out);
}

static int read_archive(char *bytes, size_t n, struct lur_dataset **set, struct lur_error *e) {
  struct lur_format_input in = {.file = {{"f", bytes, n}}, .n_files = 1};
  *e = (struct lur_error){0};
  return lur_format_npy.read(&in, set, e);
}

static void archives_that_are_damaged_or_lack_half_a_pair(void **state) {
  (void)state;
  char x[256], all[2048];
  struct lur_error e;
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  const double values[] = {1.5, 2.5};
  const size_t n = npy(x, "<f8", "False", "2,", values, sizeof values);
  const char *const pair[] = {"x.npy", "y.npy", NULL};
  size_t m = npz(all, pair, x, n);
  assert_int_equal(read_archive(all, m, set, &e), LUR_OK);
  expect(set[0], &(struct expected){2, 1, 1, {1.5, 2.5}, {1.5, 2.5}, NULL});
  free_sets(set);
  set[0] = NULL;
  assert_int_equal(read_archive(all, m - 22, set, &e), LUR_EINPUT);
  assert_non_null(strstr(e.text, "the archive's directory is missing at its end"));
  all[30 + 5 + n - 2] ^= 1; /* the last number of x */
  assert_int_equal(read_archive(all, m, set, &e), LUR_EINPUT);
  assert_string_equal(e.text, "f: byte 0: the entry x is damaged: its check sum does not hold");
  const char *const half[] = {"x_train.npy", "y_train.npy", "x_test.npy", NULL};
  m = npz(all, half, x, n);
  assert_int_equal(read_archive(all, m, set, &e), LUR_EINPUT);
  assert_string_equal(e.text, "f: there is an array x_test, but none that goes with it, such as y_test");
  free_sets(set);
  set[0] = NULL;
  const char *const lines[] = {"a\nb\x1b.npy", NULL}; /* a name is no line of the message's own */
  m = npz(all, lines, x, n);
  assert_int_equal(read_archive(all, m, set, &e), LUR_EINPUT);
  assert_non_null(strstr(e.text, "no array x and y, or inputs and targets; there are a b?"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(files_mean_what_they_say),
      cmocka_unit_test(names_and_weights_are_kept),
      cmocka_unit_test(arff_marks_what_is_missing),
      cmocka_unit_test(proben1_has_three_parts),
      cmocka_unit_test(wrong_files_are_refused_with_their_line),
      cmocka_unit_test(sparse_files_do_not_take_all_memory),
      cmocka_unit_test(each_format_is_known_by_its_content),
      cmocka_unit_test(numpy_arrays_in_every_order),
      cmocka_unit_test(archives_that_are_damaged_or_lack_half_a_pair),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
