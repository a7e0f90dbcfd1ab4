/* SPDX-License-Identifier: MIT
 * Networks and their files: every bit comes back, every damaged file is refused by line, a failed save leaves the old
 * file. */
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/digits.h"
#include "data/file.h"
#include "data/network.h"

static const char text_of_sample[] = "luron-network 1\n"
                                     "widths 2 2 3\n"
                                     "activation tanh\n"
                                     "output_activation softmax\n"
                                     "bias true\n"
                                     "precision double\n"
                                     "shift 0x1.4p+2 -0x0p+0\n"
                                     "scale 0x1p+1 0x0.0000000000001p-1022\n"
                                     "class red\n"
                                     "class a\\\\b\\nc\n"
                                     "class \n"
                                     "unit 0x1p+0 0x1.999999999999ap-4 -0x1.5555555555555p-2\n"
                                     "unit inf -inf nan\n"
                                     "unit 0x0p+0 -0x0p+0 0x1.fffffffffffffp+1023\n"
                                     "unit 0x1p-1022 0x0.fffffffffffffp-1022 0x0.8p-1022\n"
                                     "unit -0x1.921fb54442d18p+1 0x1p+52 0x1p-1\n"
                                     "end\n";

static struct lur_network *sample(void) {
  const struct lur_shape shape = {.n_layers = 2,
                                  .width = {2, 2, 3},
                                  .hidden = LUR_TANH,
                                  .output = LUR_SOFTMAX,
                                  .bias = true,
                                  .precision = LUR_DOUBLE};
  const double p[] = {1,
                      0.1,
                      -1.0 / 3,
                      INFINITY,
                      -INFINITY,
                      (double)NAN,
                      0,
                      -0.0,
                      0x1.fffffffffffffp1023,
                      0x1p-1022,
                      0x0.fffffffffffffp-1022,
                      0x1p-1023,
                      -0x1.921fb54442d18p1,
                      0x1p52,
                      0.5};
  const double shift[] = {5, -0.0}, scale[] = {2, 0x1p-1074};
  const char *const classes[] = {"red", "a\\b\nc", ""};
  struct lur_network *n = lur_network_new(&shape, NULL);
  assert_non_null(n);
  memcpy(n->parameters, p, sizeof p);
  assert_int_equal(lur_network_set_scaling(n, shift, scale, NULL), LUR_OK);
  assert_int_equal(lur_network_set_classes(n, 3, classes, NULL), LUR_OK);
  return n;
}

static void expect_sample(struct lur_network *n) {
  struct lur_buffer b = {0};
  lur_network_write(n, &b);
  assert_false(b.failed);
  assert_string_equal(b.data, text_of_sample);
  lur_buffer_free(&b);
  lur_network_free(n);
}

static void writes_and_reads_every_bit(void **state) {
  (void)state;
  struct lur_error e = {0};
  expect_sample(sample());
  struct lur_network *n = lur_network_read("t", text_of_sample, sizeof text_of_sample - 1, &e);
  if (!n)
    fail_msg("%s", e.text);
  assert_true(isnan(n->parameters[5]) && signbit(n->parameters[7]) && n->scale[1] == 0x1p-1074);
  assert_string_equal(n->classes[1], "a\\b\nc");
  expect_sample(n);
}

/* As other systems save it: CRLF, a byte order mark. */
static void reads_other_line_ends(void **state) {
  (void)state;
  struct lur_error e = {0};
  char text[2 * sizeof text_of_sample + 3] = "\xef\xbb\xbf", *to = text + 3;
  for (const char *from = text_of_sample; *from; from++) {
    if (*from == '\n')
      *to++ = '\r';
    *to++ = *from;
  }
  struct lur_network *n = lur_network_read("t", text, (size_t)(to - text), &e);
  if (!n)
    fail_msg("%s", e.text);
  expect_sample(n);
  assert_null(lur_network_read("t", "\x1f\x8b\x08", 3, &e));
  assert_string_equal(e.text, "t is compressed by gzip twice; write it out first, as gunzip -k does");
}

/* The name of a class may end as a line of such a file does. */
static void class_names_keep_line_ends(void **state) {
  (void)state;
  struct lur_network *n = sample();
  const char *const classes[] = {"a\r", "b\r\nc", "\r"};
  struct lur_buffer b = {0};
  assert_int_equal(lur_network_set_classes(n, 3, classes, NULL), LUR_OK);
  lur_network_write(n, &b);
  lur_network_free(n);
  assert_null(strchr(b.data, '\r'));
  n = lur_network_read("t", b.data, b.length_bytes, NULL);
  assert_non_null(n);
  for (int k = 0; k < 3; k++)
    assert_string_equal(n->classes[k], classes[k]);
  lur_network_free(n);
  lur_buffer_free(&b);
}

/* Outputs of a network whose targets were scaled are those of the targets; the file keeps what makes them so. */
static void targets_are_scaled_back(void **state) {
  (void)state;
  const struct lur_shape shape = {.n_layers = 1, .width = {1, 2}, .output = LUR_LINEAR, .bias = true};
  const double p[] = {2, 1, -1, 0.5}, shift[] = {100, -3}, scale[] = {10, 0.1}, x = 3;
  double out[2], work[8];
  struct lur_buffer b = {0};
  struct lur_network *n = lur_network_new(&shape, NULL);
  assert_non_null(n);
  memcpy(n->parameters, p, sizeof p);
  assert_int_equal(lur_network_set_target_scaling(n, shift, scale, NULL), LUR_OK);
  lur_network_write(n, &b);
  assert_non_null(strstr(b.data, "luron-network 4\n"));
  lur_network_free(n);
  struct lur_network *read = lur_network_read("t", b.data, b.length_bytes, NULL);
  assert_non_null(read);
  n = lur_network_copy(read, NULL);
  lur_network_free(read);
  lur_buffer_free(&b);
  assert_non_null(n);
  lur_network_forward(n, &x, work, out);
  assert_true(out[0] == fma(7, 10, 100) && out[1] == fma(-2.5, 0.1, -3));
  lur_network_free(n);
}

static void copies_share_nothing(void **state) {
  (void)state;
  struct lur_network *n = sample(), *copy = lur_network_copy(n, NULL);
  lur_network_free(n);
  expect_sample(copy);
}

static void a_network_without_bias_or_extras(void **state) {
  (void)state;
  const char text[] = "luron-network 1\nwidths 2 1\nactivation sigmoid\noutput_activation step\nbias false\n"
                      "precision single\nunit 0x1p+0 -0x1.99999ap-4\nend\n";
  struct lur_network *n = lur_network_read("t", text, sizeof text - 1, NULL);
  assert_non_null(n);
  assert_true(n->parameters[1] == (double)-0.1f && n->parameters[2] == 0 && !n->shift && !n->classes);
  struct lur_buffer b = {0};
  lur_network_write(n, &b);
  assert_string_equal(b.data, text);
  lur_buffer_free(&b);
  lur_network_free(n);
}

/* The sample with the first `what` replaced by `with` is refused with this message. */
static void refuse(const char *what, const char *with, const char *message) {
  char text[2048];
  const char *at = strstr(text_of_sample, what);
  assert_non_null(at);
  snprintf(text, sizeof text, "%.*s%s%s", (int)(at - text_of_sample), text_of_sample, with, at + strlen(what));
  struct lur_error e = {0};
  struct lur_network *n = lur_network_read("t", text, strlen(text), &e);
  assert_null(n);
  assert_string_equal(e.text, message);
}

static void damage_is_named_by_line(void **state) {
  (void)state;
  refuse("luron-network", "fann", "t:1: expected a line \"luron-network ...\"");
  refuse("network 1", "network 9", "t:1: a version of the format that this luron does not know");
  refuse("widths 2 2 3", "widths 2", "t:2: one width is no network");
  refuse("widths 2 2 3", "widths 2 0 3", "t:2: widths are at most 17 whole numbers from 1 to 65536");
  refuse("widths 2 2 3", "widths 2 65537 3", "t:2: widths are at most 17 whole numbers from 1 to 65536");
  refuse("widths 2 2 3", "widths 2 99999999999999999999 3", "t:2: widths are at most 17 whole numbers from 1 to 65536");
  refuse("widths 2 2 3", "widths 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
         "t:2: widths are at most 17 whole numbers from 1 to 65536");
  refuse("widths 2 2 3", "widths 65536 65536 3", "t:6: the file is too short for these widths");
  refuse("activation tanh", "activation tan", "t:3: no such choice");
  refuse("activation tanh", "activation softmax", "t:6: softmax is for outputs only");
  refuse("bias true", "bias 1", "t:5: no such choice");
  refuse("precision double\n", "", "t:6: expected a line \"precision ...\"");
  refuse("shift 0x1.4p+2", "shift", "t:7: too few numbers");
  refuse("scale 0x1p+1", "scale 0x0p+0", "t:8: a scaling is finite, and its scale is not 0");
  refuse("a\\\\b", "a\\b", "t:10: a backslash is written \\\\, a line end \\n or \\r");
  refuse("class red\n", "", "t:11: expected a line \"class ...\"");
  refuse("unit 0x1p+0 ", "unit 0x1p+0  ", "t:12: not a number");
  refuse("unit 0x1p+0 ", "unit 0x1p ", "t:12: not a number");
  refuse("unit 0x1p+0 ", "unit 1 1 ", "t:12: too many numbers");
  refuse("unit inf -inf nan\n", "", "t:16: expected a line \"unit ...\"");
  refuse("end\n", "end", "t:17: expected a line \"end ...\"");
  refuse("end\n", "end\nend\n", "t:17: more after the end");
  refuse("precision double", "precision single", "t:12: a number that single precision cannot hold");
}

static void every_prefix_is_refused(void **state) {
  (void)state;
  for (size_t n = 0; n < sizeof text_of_sample - 1; n++) {
    struct lur_error e = {0};
    assert_null(lur_network_read("t", text_of_sample, n, &e));
    assert_int_equal(e.code, LUR_EINPUT);
  }
}

static void saving_replaces_at_once(void **state) {
  (void)state;
  char folder[] = "/tmp/luron-network-XXXXXX", path[64], missing[64];
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/n.net", folder);
  snprintf(missing, sizeof missing, "%s/no/n.net", folder);
  struct lur_network *n = sample();
  struct lur_error e = {0};
  assert_int_equal(lur_network_save(n, path, &e), LUR_OK);
  assert_int_equal(lur_network_save(n, path, &e), LUR_OK);
  assert_int_equal(lur_network_save(n, missing, &e), LUR_EIO);
  assert_non_null(strstr(e.text, "No such file"));
  assert_int_equal(lur_network_save(n, folder, &e), LUR_EIO); /* a folder stands there: no renaming */
  lur_network_free(n);
  n = lur_network_load(path, &e);
  assert_non_null(n);
  expect_sample(n);
  assert_null(lur_network_load(missing, &e));
  assert_int_equal(e.code, LUR_EIO);
  assert_int_equal(unlink(path), 0);
  assert_int_equal(rmdir(folder), 0); /* nothing else was left there */
}

static void saving_follows_links_and_writes_into_pipes(void **state) {
  (void)state;
  char folder[] = "/tmp/luron-network-XXXXXX", path[64], other[64], head[13];
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/n.net", folder);
  snprintf(other, sizeof other, "%s/other", folder);
  struct lur_network *n = sample();
  struct lur_error e = {0};
  struct stat s;
  assert_int_equal(lur_network_save(n, path, &e), LUR_OK);
  assert_int_equal(symlink("n.net", other), 0);
  assert_int_equal(lur_network_save(n, other, &e), LUR_OK);
  assert_true(lstat(other, &s) == 0 && S_ISLNK(s.st_mode));
  assert_int_equal(unlink(other), 0);

  assert_int_equal(mkfifo(other, 0600), 0);
  int fd = open(other, O_RDONLY | O_NONBLOCK);
  assert_int_equal(lur_network_save(n, other, &e), LUR_OK);
  assert_int_equal(read(fd, head, sizeof head), sizeof head);
  assert_memory_equal(head, "luron-network", sizeof head);
  assert_true(lstat(other, &s) == 0 && S_ISFIFO(s.st_mode));
  close(fd);
  lur_network_free(n);
  assert_int_equal(unlink(other) | unlink(path) | rmdir(folder), 0);
}

static void forward_scales_its_input(void **state) {
  (void)state;
  const struct lur_shape shape = {
      .n_layers = 1, .width = {2, 1}, .hidden = LUR_LINEAR, .output = LUR_LINEAR, .bias = true};
  const double shift[] = {5, 1}, scale[] = {2, 4}, x[] = {9, 3};
  struct lur_network *n = lur_network_new(&shape, NULL);
  memcpy(n->parameters, (double[]){3, 10, 0.5}, 3 * sizeof(double));
  double out, *work = calloc(lur_network_n_work(n), sizeof *work);
  lur_network_forward(n, x, work, &out);
  assert_true(out == 3 * 9 + 10 * 3 + 0.5);
  assert_int_equal(lur_network_set_scaling(n, shift, scale, NULL), LUR_OK);
  lur_network_forward(n, x, work, &out);
  assert_true(out == 3 * 2 + 10 * 0.5 + 0.5);
  free(work);
  lur_network_free(n);
}

static void hexadecimal_numbers_come_back(void **state) {
  (void)state;
  uint64_t bits = 0x9e3779b97f4a7c15;
  for (int i = 0; i < 20000; i++, bits = bits * 6364136223846793005u + 1442695040888963407u) {
    char text[LUR_HEX_BYTES], libc[64];
    double x, y;
    memcpy(&x, &bits, sizeof x);
    assert_true(lur_number_read(lur_number_write_hex(x, text), true, &y));
    assert_true(isnan(x) ? isnan(y) : memcmp(&x, &y, sizeof x) == 0);
    snprintf(libc, sizeof libc, "%a", x);
    if (!isnan(x))
      assert_string_equal(text, libc);
  }
}

static void expect_refused(const char *text) {
  static const char *const damage[][2] = {{"t1 = mul", "t1 = mull"},        {"function 1", "function 3"},
                                          {"swish 5", "swish 4"},           {"0x1.8p+1 z", "p.slope z"},
                                          {"swish 5", "swi-sh 5"},          {"swish 5", "swish 99"},
                                          {"activation\nt1", "penalty\nt1"}};
  for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
    char bad[2048];
    const char *at = strstr(text, damage[i][0]);
    assert_non_null(at);
    snprintf(bad, sizeof bad, "%.*s%s%s", (int)(at - text), text, damage[i][1], at + strlen(damage[i][0]));
    assert_null(lur_network_read("t", bad, strlen(bad), NULL));
  }
}

/* A network whose hidden layer is a function, with its number in place, gives the same outputs when it is read back. */
static void functions_are_kept_as_programs(void **state) {
  static const char swish[] = "activation\nt1 = mul p.slope z\nt2 = sigmoid t1\nt3 = mul z t2\nreturn t3\n";
  const struct lur_shape shape = {.n_layers = 2, .width = {1, 1, 1}, .hidden = LUR_LINEAR, .output = LUR_SIGMOID};
  const char *const names[] = {"slope"};
  const double slope = 3, x = 0.75;
  double work[4], out, again;
  struct lur_error e = {0};
  struct lur_buffer text = {0}, other = {0};
  struct lur_program *p = lur_program_read(swish, &e);
  struct lur_network *n = lur_network_new(&shape, &e);
  (void)state;
  assert_true(p && n);
  assert_int_equal(lur_network_set_function(n, 0, "swish", p, 1, names, &slope, &e), LUR_OK);
  lur_program_free(p);
  assert_string_equal(lur_network_activation(n, 0), "swish");
  assert_string_equal(lur_network_activation(n, 1), "sigmoid");
  n->parameters[0] = 0.5;
  n->parameters[2] = -2;
  lur_network_write(n, &text);
  assert_non_null(strstr(text.data, "luron-network 2\n"));
  assert_non_null(strstr(text.data, "function 1 swish 5\nactivation\nt1 = mul 0x1.8p+1 z\n"));
  struct lur_network *back = lur_network_read("t", text.data, text.length_bytes, &e), *copy;
  if (!back)
    fail_msg("%s", e.text);
  copy = lur_network_copy(back, &e);
  assert_non_null(copy);
  lur_network_forward(n, &x, work, &out);
  lur_network_forward(copy, &x, work, &again);
  assert_true(out == again);
  lur_network_write(copy, &other);
  assert_string_equal(text.data, other.data);
  lur_network_free(copy);
  lur_network_free(back);
  lur_network_free(n);
  expect_refused(text.data);
  lur_buffer_free(&text);
  lur_buffer_free(&other);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(writes_and_reads_every_bit),     cmocka_unit_test(reads_other_line_ends),
      cmocka_unit_test(class_names_keep_line_ends),     cmocka_unit_test(targets_are_scaled_back),
      cmocka_unit_test(copies_share_nothing),           cmocka_unit_test(a_network_without_bias_or_extras),
      cmocka_unit_test(damage_is_named_by_line),        cmocka_unit_test(every_prefix_is_refused),
      cmocka_unit_test(saving_replaces_at_once),        cmocka_unit_test(saving_follows_links_and_writes_into_pipes),
      cmocka_unit_test(forward_scales_its_input),       cmocka_unit_test(hexadecimal_numbers_come_back),
      cmocka_unit_test(functions_are_kept_as_programs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
