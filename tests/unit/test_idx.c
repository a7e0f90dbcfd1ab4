/* SPDX-License-Identifier: MIT
 * IDX and FANN files: every type of value, gzipped or not, and each kind of damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/memory.h"
#include "data/file.h"
#include "data/formats.h"

#define BYTES(...) (const unsigned char[]){__VA_ARGS__, 0}, sizeof((const unsigned char[]){__VA_ARGS__})
#define IMAGES 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 0, 128, 255
#define LABELS 0, 0, 8, 1, 0, 0, 0, 2, 2, 0

/* The first data set that the format's reader makes of these; NULL, and nothing else is left, where it fails. */
static struct lur_dataset *read_as(const struct lur_data_format *f, struct lur_format_input *in, struct lur_error *e) {
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  struct lur_error own = {0};
  if (f->read(in, set, e ? e : &own) == LUR_OK)
    return set[0];
  lur_dataset_free(set[0]);
  return NULL;
}

static struct lur_dataset *read_idx(const unsigned char *a, size_t n, const unsigned char *b, size_t m,
                                    struct lur_error *e) {
  char *one = lur_copy(a, n + 1, 1), *two = lur_copy(b, m + 1, 1);
  struct lur_format_input in = {.file = {{"a", one, n}, {"b", two, m}}, .n_files = 2};
  struct lur_dataset *d = read_as(&lur_format_idx, &in, e);
  free(one);
  free(two);
  return d;
}

static void expect_sample(struct lur_dataset *d) {
  assert_non_null(d);
  assert_true(d->n == 2 && d->n_inputs == 3 && d->n_outputs == 3 && d->n_classes == 3);
  assert_memory_equal(d->inputs, ((double[]){1, 2, 3, 0, 128, 255}), 6 * sizeof(double));
  assert_memory_equal(d->targets, ((double[]){0, 0, 1, 1, 0, 0}), 6 * sizeof(double));
  assert_string_equal(d->classes[2], "2");
  lur_dataset_free(d);
}

static void reads_images_and_labels(void **state) {
  (void)state;
  expect_sample(read_idx(BYTES(IMAGES), BYTES(LABELS), NULL));
}

static void reads_every_type(void **state) {
  (void)state;
  const struct {
    unsigned char bytes[16];
    size_t n;
    double value;
  } cases[] = {{{0, 0, 0x09, 1, 0, 0, 0, 1, 0xff}, 9, -1},
               {{0, 0, 0x0b, 1, 0, 0, 0, 1, 0xff, 0xfe}, 10, -2},
               {{0, 0, 0x0c, 1, 0, 0, 0, 1, 0x80, 0, 0, 0}, 12, -2147483648.0},
               {{0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0}, 12, 1.5},
               {{0, 0, 0x0e, 1, 0, 0, 0, 1, 0xbf, 0xe0, 0, 0, 0, 0, 0, 0}, 16, -0.5}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct lur_dataset *d = read_idx(cases[i].bytes, cases[i].n, BYTES(0, 0, 8, 1, 0, 0, 0, 1, 0), NULL);
    assert_non_null(d);
    assert_true(d->inputs[0] == cases[i].value);
    lur_dataset_free(d);
  }
}

static void labels_of_two_dimensions_and_targets(void **state) {
  (void)state;
  expect_sample(read_idx(BYTES(IMAGES), BYTES(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 2, 9, 9, 0, 8, 8), NULL));
  struct lur_dataset *d = read_idx(BYTES(IMAGES), BYTES(0, 0, 0x0d, 1, 0, 0, 0, 2, 0x3f, 0xc0, 0, 0, 0, 0, 0, 0), NULL);
  assert_non_null(d);
  assert_true(d->n_outputs == 1 && d->n_classes == 0);
  assert_memory_equal(d->targets, ((double[]){1.5, 0}), 2 * sizeof(double));
  lur_dataset_free(d);
}

static void refuse(const unsigned char *a, size_t n, const unsigned char *b, size_t m, const char *message) {
  struct lur_error e = {0};
  assert_null(read_idx(a, n, b, m, &e));
  assert_int_equal(e.code, LUR_EINPUT);
  assert_string_equal(e.text, message);
}

static void damage_is_refused(void **state) {
  (void)state;
  refuse(BYTES(0), BYTES(LABELS), "a: byte 0: not an IDX file");
  refuse(BYTES(0, 0, 7, 1, 0, 0, 0, 1, 0), BYTES(LABELS), "a: byte 0: not an IDX file");
  refuse(BYTES(0, 0, 8, 0, 0), BYTES(LABELS), "a: byte 3: not an IDX file: its dimensions are missing");
  refuse(BYTES(0, 0, 8, 2, 0, 0, 0, 1), BYTES(LABELS), "a: byte 3: not an IDX file: its dimensions are missing");
  refuse(BYTES(0, 0, 8, 2, 0, 0, 0, 1, 0xff, 0, 0, 0), BYTES(LABELS),
         "a: byte 4: a row has more than 65536 values, or none");
  refuse(BYTES(0, 0, 8, 1, 0, 0, 0, 3, 0, 0), BYTES(LABELS),
         "a: byte 8: what follows is not as long as the dimensions say");
  refuse(BYTES(0, 0, 8, 1, 0xff, 0xff, 0xff, 0xff, 0), BYTES(LABELS),
         "a: byte 8: what follows is not as long as the dimensions say");
  refuse(BYTES(IMAGES), BYTES(0, 0, 8, 1, 0, 0, 0, 1, 2), "2 rows, but b has 1 labels");
  refuse(BYTES(IMAGES), BYTES(IMAGES), "b: byte 4: labels are whole numbers from 0 to 1023, one per row");
  refuse(BYTES(IMAGES), BYTES(0, 0, 9, 1, 0, 0, 0, 2, 0, 0xff),
         "b: byte 9: labels are whole numbers from 0 to 1023, one per row");
  refuse(BYTES(IMAGES), BYTES(0, 0, 0x0d, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0x7f, 0xc0, 0, 0),
         "b: byte 12: a value that is not finite");
  refuse(BYTES(0, 0, 0x0d, 1, 0, 0, 0, 1, 0x7f, 0xc0, 0, 0), BYTES(0, 0, 8, 1, 0, 0, 0, 1, 0),
         "a: byte 8: a value that is not finite");
}

static void write_file(const char *path, const void *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, n, f), n);
  fclose(f);
}

static struct lur_dataset *load_idx(const char *a, const char *b, struct lur_error *e) {
  struct lur_format_input in = {.file = {{.name = a}, {.name = b}}, .n_files = 2};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  struct lur_error own = {0};
  if (!e)
    e = &own;
  in.file[0].at = lur_file_read(a, &in.file[0].n, e);
  in.file[1].at = in.file[0].at ? lur_file_read(b, &in.file[1].n, e) : NULL;
  if (in.file[1].at)
    lur_format_read(&lur_format_idx, &in, set, e);
  free(in.file[0].at);
  free(in.file[1].at);
  return set[0];
}

static void reads_files_gzipped_or_not(void **state) {
  (void)state;
  const unsigned char images[] = {IMAGES}, labels[] = {LABELS};
  char folder[] = "/tmp/luron-idx-XXXXXX", a[64], b[64], cut[64];
  assert_non_null(mkdtemp(folder));
  snprintf(a, sizeof a, "%s/a.gz", folder);
  snprintf(b, sizeof b, "%s/b", folder);
  snprintf(cut, sizeof cut, "%s/cut.gz", folder);
  gzFile f = gzopen(a, "wb");
  assert_int_equal(gzwrite(f, images, sizeof images), sizeof images);
  gzclose(f);
  write_file(b, labels, sizeof labels);
  expect_sample(load_idx(a, b, NULL));
  char bytes[256];
  FILE *whole = fopen(a, "rb");
  size_t n = fread(bytes, 1, sizeof bytes, whole);
  fclose(whole);
  write_file(cut, bytes, n - 9);
  struct lur_error e = {0};
  assert_null(load_idx(cut, b, &e));
  assert_true(e.code != LUR_OK);
  unlink(a);
  assert_null(load_idx(a, b, &e));
  assert_int_equal(e.code, LUR_EIO);
  assert_non_null(strstr(e.text, "No such file"));
  unlink(b);
  unlink(cut);
  rmdir(folder);
}

/* A few bytes that inflate to a million labels up to 255, an output each. */
static void refuses_labels_that_take_much_more_than_the_file(void **state) {
  (void)state;
  enum { N = 1 << 20 };
  unsigned char *images = calloc(N + 8, 1), *labels = calloc(N + 8, 1);
  const unsigned char head[] = {0, 0, 8, 1, 0, N >> 16, 0, 0};
  char folder[] = "/tmp/luron-idx-XXXXXX", a[64], b[64];
  struct lur_error e = {0};
  assert_true(images && labels && mkdtemp(folder));
  memcpy(images, head, sizeof head);
  memcpy(labels, head, sizeof head);
  labels[8] = 255;
  snprintf(a, sizeof a, "%s/a.gz", folder);
  snprintf(b, sizeof b, "%s/b.gz", folder);
  for (int k = 0; k < 2; k++) {
    gzFile f = gzopen(k ? b : a, "wb9");
    assert_int_equal(gzwrite(f, k ? labels : images, N + 8), N + 8);
    gzclose(f);
  }
  assert_null(load_idx(a, b, &e));
  assert_int_equal(e.code, LUR_EINPUT);
  assert_non_null(strstr(e.text, "1048576 rows with an output for each of 256 labels would take 2.0 GiB"));
  labels[8] = 7;
  write_file(b, labels, N + 8);
  struct lur_dataset *d = load_idx(a, b, NULL);
  assert_true(d && d->n == N && d->n_outputs == 8);
  lur_dataset_free(d);
  free(images);
  free(labels);
  unlink(a);
  unlink(b);
  rmdir(folder);
}

static struct lur_dataset *read_fann(const char *text, struct lur_error *e) {
  char *copy = lur_copy_text(text);
  struct lur_format_input in = {.file = {{"f", copy, strlen(text)}}, .n_files = 1};
  struct lur_dataset *d = read_as(&lur_format_fann, &in, e);
  free(copy);
  return d;
}

static void reads_fann(void **state) {
  (void)state;
  struct lur_dataset *d = read_fann("2 2 1\r\n0.5 -1\r\n1\r\n 1e2\t3 0", NULL);
  assert_non_null(d);
  assert_true(d->n == 2 && d->n_inputs == 2 && d->n_outputs == 1);
  assert_memory_equal(d->inputs, ((double[]){0.5, -1, 100, 3}), 4 * sizeof(double));
  assert_memory_equal(d->targets, ((double[]){1, 0}), 2 * sizeof(double));
  lur_dataset_free(d);
}

static void damaged_fann_is_refused(void **state) {
  (void)state;
  const char *const cases[][2] = {
      {"", "f:1: the file ends, but a number is expected"},
      {"2 x 1", "f:1: \"x\" is not a number"},
      {"2 0 1\n", "f:1: the first line is the numbers of rows, inputs and targets"},
      {"1.5 1 1\n", "f:1: the first line is the numbers of rows, inputs and targets"},
      {"4000000000 65536 65536\n1 2 3\n", "f:1: the file is shorter than its first line says"},
      {"2 1 1\n1 2\n3     \n", "f:4: fewer numbers than the first line says"},
      {"1 1 1\n1 2\n3\n", "f:3: more numbers than the first line says"},
      {"1 1 1\n1\n1e999\n", "f:3: \"1e999\" is not a number"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct lur_error e = {0};
    assert_null(read_fann(cases[i][0], &e));
    assert_string_equal(e.text, cases[i][1]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_images_and_labels),
      cmocka_unit_test(reads_every_type),
      cmocka_unit_test(labels_of_two_dimensions_and_targets),
      cmocka_unit_test(damage_is_refused),
      cmocka_unit_test(reads_files_gzipped_or_not),
      cmocka_unit_test(refuses_labels_that_take_much_more_than_the_file),
      cmocka_unit_test(reads_fann),
      cmocka_unit_test(damaged_fann_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
