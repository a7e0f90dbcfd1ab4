/* SPDX-License-Identifier: MIT
 * Axes: the command line's grammar, the values of every kind, and the words in which a wrong one is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sweep/axis.h"

static struct lur_spec *spec_with_params(void) {
  struct lur_spec *s = calloc(1, sizeof *s);
  assert_non_null(s);
  s->n_params = 3;
  s->param[0] = (struct lur_param){.name = "noise", .value = {.kind = LUR_V_NUMBER, .as.number = 0.1}};
  s->param[1] = (struct lur_param){.name = "shape", .value = {.kind = LUR_V_CHOICE}, .text = "ring"};
  s->param[2] = (struct lur_param){.name = "twice", .value = {.kind = LUR_V_BOOL}};
  return s;
}

/* All values of name=text, joined by blanks. */
static void values_of(const char *name, const char *text, struct lur_buffer *out) {
  struct lur_spec *spec = spec_with_params();
  struct lur_axis a;
  struct lur_error e = {0};
  struct lur_value v;
  if (lur_axis_init(&a, spec, name, &e) || lur_axis_read(&a, spec, text, &e))
    fail_msg("%s: %s", e.field, e.text);
  for (uint64_t i = 0; i < a.n; i++) {
    const char *word = lur_axis_value(&a, i, &v);
    if (i)
      lur_buffer_text(out, " ");
    lur_axis_write_value(&a, &v, word, out);
  }
  lur_axis_free(&a);
  free(spec);
}

static const char *const good[][3] = {
    {"learning_rate", "0.1,0.5,1", "0.1 0.5 1"},
    {"seed", "1..5", "1 2 3 4 5"},
    {"seed", "5..1..-2", "5 3 1"},
    {"epochs", "100..1000..300", "100 400 700 1000"},
    {"max_epochs", "100..999..300", "100 400 700"},
    {"learning_rate", "0..1:11", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1"},
    {"learning_rate", "0..1..0.1", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1"},
    {"learning_rate", "1e-3..1e3:7:log", "0.001 0.01 0.1 1 10 100 1000"},
    {"learning_rate", "0.1..10:5:log", "0.1 0.31622776601683805 1 3.162277660168381 10"},
    {"learning_rate", "1e-15..1e-9:3:log", "1e-15 1e-12 1e-09"},
    {"noise", "-0.3..0.3:7", "-0.3 -0.2 -0.1 0 0.1 0.2 0.3"},
    {"noise", "1..0..-0.25", "1 0.75 0.5 0.25 0"},
    {"noise", "-0.3..0.3..0.1", "-0.3 -0.2 -0.1 0 0.1 0.2 0.3"},
    {"noise", "0..0.95..0.3", "0 0.3 0.6 0.9"},
    {"noise", "0..0.9..0.30000000000000004", "0 0.30000000000000004 0.6000000000000001"},
    {"noise", "1e-30..1..0.25", "1e-30 0.25 0.5 0.75 1"},
    {"noise", "1..1.00000000000001:3", "1 1.0000000000000049 1.00000000000001"},
    {"epochs", "1..12:5", "1 4 7 9 12"},
    {"seed", "9007199254740993..9007199254740997",
     "9007199254740993 9007199254740994 9007199254740995 9007199254740996 "
     "9007199254740997"},
    {"seed", "9223372036854775807..9223372036854775800..-3",
     "9223372036854775807 9223372036854775804 "
     "9223372036854775801"},
    {"noise", "-9223372036854775808..9223372036854775807..9223372036854775807",
     "-9223372036854775808 -1 "
     "9223372036854775806"},
    {"learning_rate", "0.3..0.7..0.1", "0.3 0.4 0.5 0.6 0.7"},
    {"hidden", "2,3,4x4", "2 3 4x4"},
    {"hidden", "0..3", "0 1 2 3"},
    {"hidden", "1..64:4:log", "1 4 16 64"},
    {"epochs", "10..1000:3:log", "10 100 1000"},
    {"bias", "true,false", "1 0"},
    {"activation", "tanh,relu", "tanh relu"},
    {"batch", "1,2,all", "1 2 all"},
    {"learning_rate_2", "0.5,1", "0.5 1"},
    {"stop.error", "0.1,0.2", "0.1 0.2"},
    {"loss", "mse,cross_entropy", "mse cross_entropy"},
    {"learning_rate", "0.1x0.2,0.3", "0.1x0.2 0.3"},
    {"learning_rate", "1..1:1", "1"},
    {"noise", "0..1..0.25", "0 0.25 0.5 0.75 1"},
    {"noise", "1..3", "1 2 3"},
    {"noise", "0..1:3", "0 0.5 1"},
    {"noise", "9007199254740993,9223372036854775807,-9223372036854775808,9007199254740994.0",
     "9007199254740993 9223372036854775807 -9223372036854775808 9007199254740994.0"},
    {"seed", "9223372036854775807,9007199254740993", "9223372036854775807 9007199254740993"},
    {"shape", "ring,a..b:c", "ring a..b:c"},
    {"twice", "true,false", "1 0"},
};

static void reads(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    struct lur_buffer out = {0};
    values_of(good[i][0], good[i][1], &out);
    assert_string_equal(out.data, good[i][2]);
    lur_buffer_free(&out);
  }
}

/* What is written reads back as the same axis. */
static void writes_what_reads_back(void **state) {
  (void)state;
  struct lur_spec *spec = spec_with_params();
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    struct lur_axis a, b;
    struct lur_error e = {0};
    struct lur_buffer one = {0}, two = {0};
    assert_int_equal(lur_axis_init(&a, spec, good[i][0], &e), LUR_OK);
    assert_int_equal(lur_axis_read(&a, spec, good[i][1], &e), LUR_OK);
    lur_axis_write(&a, &one);
    assert_int_equal(lur_axis_init(&b, spec, a.name, &e), LUR_OK);
    assert_int_equal(lur_axis_read(&b, spec, strchr(one.data, '=') + 1, &e), LUR_OK);
    lur_axis_write(&b, &two);
    assert_string_equal(one.data, two.data);
    assert_int_equal(a.n, b.n);
    lur_axis_free(&a);
    lur_axis_free(&b);
    lur_buffer_free(&one);
    lur_buffer_free(&two);
  }
  free(spec);
}

/* Whatever stands in a text, it reads back from a line of a results file. */
static void writes_any_text(void **state) {
  (void)state;
  static const char *const texts[] = {"a,b",     "",  "two\nlines\r\n", "\\",     "\\c\\0",
                                      "b zip 3", " ", "1..2:log",       "\xff=\t"};
  enum { N = sizeof texts / sizeof *texts };
  struct lur_spec *spec = spec_with_params();
  struct lur_axis a, b;
  struct lur_buffer line = {0};
  lur_axis_init(&a, spec, "shape", NULL);
  for (int i = 0; i < N; i++)
    assert_int_equal(lur_axis_add_text(&a, spec, texts[i], NULL), LUR_OK);
  lur_axis_write(&a, &line);
  assert_null(strpbrk(line.data, "\n\r "));
  lur_axis_init(&b, spec, "shape", NULL);
  assert_int_equal(lur_axis_read_written(&b, spec, strchr(line.data, '=') + 1, NULL), LUR_OK);
  assert_int_equal(b.n, N);
  for (int i = 0; i < N; i++)
    assert_string_equal(b.text[i], texts[i]);
  lur_axis_free(&a);
  lur_axis_free(&b);
  lur_buffer_free(&line);
  free(spec);
}

static void counts_long_ranges(void **state) {
  (void)state;
  static const struct {
    const char *name, *text;
    uint64_t n;
  } ranges[] = {{"seed", "1..1000000000000", 1000000000000},
                {"seed", "0..9007199254740000..3", 3002399751580001},
                {"noise", "0..1000000..0.1", 10000001},
                {"noise", "-0.5..0.5..1e-12", 1000000000001}};
  struct lur_spec *spec = spec_with_params();
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
    struct lur_axis a;
    assert_int_equal(lur_axis_init(&a, spec, ranges[i].name, NULL), LUR_OK);
    assert_int_equal(lur_axis_read(&a, spec, ranges[i].text, NULL), LUR_OK);
    assert_int_equal(a.n, ranges[i].n);
    lur_axis_free(&a);
  }
  free(spec);
}

static const char *const bad[][3] = {
    {"learning_rte", "1,2", "no such field; did you mean learning_rate?"},
    {"name", "a,b", "cannot be an axis: it is the same for all runs"},
    {"learning_rate", "0.1,,1", "an empty value in \"0.1,,1\""},
    {"learning_rate", "0.1,many", "\"many\", but learning_rate takes a number, or a list with one per layer"},
    {"learning_rate", "-1..1:3", "-1 is below 0"},
    {"learning_rate", "1..2..0", "the step of a range is not 0"},
    {"learning_rate", "0..1:4:log", "both ends of a logarithmic axis are above 0"},
    {"learning_rate", "0.1..1:log:4",
     "\"0.1..1:log:4\" is not one of 1..100  0..1..0.1  0..1:11  0.01..10:64:log  0.001..1:log"},
    {"learning_rate", "0..1:9007199254740992",
     "the count 9007199254740992 is too large; an axis has 1000000000000 points at most"},
    {"learning_rate", "0..1:9223372036854775808", "the count 9223372036854775808 is too large"},
    {"learning_rate", "0..1..1e-300", "0..1 has too many values; an axis has 2^53 at most"},
    {"learning_rate", "1..1.0000000000000002:5", "5 points, but two of them round to 1"},
    {"noise", "1..1.000000000000001..1e-17", "1..1.000000000000001 with so small a step has the same number twice"},
    {"noise", "-1.7e308..1.7e308:3", "-1.7e+308 and 1.7e+308 are further apart than the largest number"},
    {"noise", "1.7e308..-1.7e308..-1e308", "1.7e+308 and -1.7e+308 are further apart than the largest number"},
    {"noise", "-1.7e308..1.7e308", "-1.7e+308 and 1.7e+308 are further apart than the largest number"},
    {"seed", "1..9223372036854775808", "9223372036854775808 is above 9223372036854775807"},
    {"seed", "1..5..9223372036854775808", "9223372036854775808 is too large for a step"},
    {"seed", "1..9007199254740993", "1..9007199254740993 has too many values; an axis has 2^53 at most"},
    {"seed", "0..9007199254740993:3",
     "9007199254740992 is 2^53 or more; such numbers are a list or a range with a step"},
    {"learning_rate", "0..1:0", "\"0..1:0\" is not one of 1..100  0..1..0.1  0..1:11  0.01..10:64:log  0.001..1:log"},
    {"learning_rate", "1:3", "\"1:3\" is not one of 1..100  0..1..0.1  0..1:11  0.01..10:64:log  0.001..1:log"},
    {"learning_rate", "2..2:5", "both ends are the same"},
    {"seed", "5..1", "5..1 is empty; to count down, give a step below 0"},
    {"seed", "1..3,7", "\"1..3,7\" puts a range into a list"},
    {"seed", "0.5..3", "0.5 is not a whole number"},
    {"epochs", "1..3:5", "5 points, but two of them round to 2"},
    {"activation", "0..1:3", "a sequence of numbers, but it takes a name or a function; write a list"},
    {"activation", "tanh,sine", "\"sine\" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax"},
    {"learning_rate_2", "0.1x0.2,1", "a list, but a layer takes one number"},
    {"noise", "1,many", "\"many\" is not a number"},
    {"twice", "true,7", "\"7\" is neither true nor false"},
};

static void refuses(void **state) {
  (void)state;
  struct lur_spec *spec = spec_with_params();
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    struct lur_axis a;
    struct lur_error e = {0};
    int rc = lur_axis_init(&a, spec, bad[i][0], &e);
    if (!rc)
      rc = lur_axis_read(&a, spec, bad[i][1], &e);
    assert_int_equal(rc, LUR_EINPUT);
    assert_string_equal(e.text, bad[i][2]);
    lur_axis_free(&a);
  }
  free(spec);
}

static void spaced_ends_are_exact(void **state) {
  (void)state;
  struct lur_spec *spec = spec_with_params();
  for (int log = 0; log < 2; log++)
    for (uint64_t n = 2; n < 400; n++) {
      struct lur_axis a;
      struct lur_value v;
      double before = 0;
      assert_int_equal(lur_axis_init(&a, spec, "learning_rate", NULL), LUR_OK);
      assert_int_equal(lur_axis_spaced(&a, log != 0, 0.01, 9.7, n, NULL), LUR_OK);
      for (uint64_t i = 0; i < n; i++) {
        lur_axis_value(&a, i, &v);
        assert_true(v.as.number > before);
        before = v.as.number;
        if (i == 0)
          assert_true(v.as.number == 0.01);
      }
      assert_true(before == 9.7);
    }
  free(spec);
}

static void draws_within(void **state) {
  (void)state;
  struct lur_spec *spec = spec_with_params();
  struct lur_axis a;
  struct lur_value v;
  assert_int_equal(lur_axis_init(&a, spec, "epochs", NULL), LUR_OK);
  assert_int_equal(lur_axis_read(&a, spec, "3..5:lin", NULL), LUR_OK);
  int seen[6] = {0};
  for (int i = 0; i < 3000; i++) {
    lur_axis_draw(&a, (i + 0.5) / 3000, &v);
    assert_true(v.as.integer >= 3 && v.as.integer <= 5);
    seen[v.as.integer]++;
  }
  assert_true(seen[3] == 1000 && seen[4] == 1000 && seen[5] == 1000);
  assert_int_equal(lur_axis_init(&a, spec, "learning_rate", NULL), LUR_OK);
  assert_int_equal(lur_axis_read(&a, spec, "0.001..1:log", NULL), LUR_OK);
  lur_axis_draw(&a, 0, &v);
  assert_true(v.as.number >= 0.001 && v.as.number < 0.00101);
  lur_axis_draw(&a, 0.5, &v);
  assert_true(fabs(v.as.number - 0.0316227766) < 1e-9);
  lur_axis_draw(&a, 1 - 0x1p-53, &v);
  assert_true(v.as.number <= 1 && v.as.number > 0.999);
  free(spec);
}

static void overrides_replace_and_remove(void **state) {
  (void)state;
  struct lur_spec *spec = spec_with_params();
  struct lur_axes *axes = calloc(1, sizeof *axes);
  struct lur_error e = {0};
  assert_int_equal(lur_axes_set(axes, spec, "epochs", "1,2,3", &e), LUR_OK);
  assert_int_equal(lur_axes_set(axes, spec, "seed", "1..9", &e), LUR_OK);
  assert_int_equal(lur_axes_set(axes, spec, "max_epochs", "5,6", &e), LUR_OK);
  assert_int_equal(axes->n, 2);
  assert_int_equal(axes->axis[lur_axes_find(axes, "max_epochs")].n, 2);
  assert_int_equal(lur_axes_set(axes, spec, "epochs", "77", &e), LUR_OK);
  assert_int_equal(axes->n, 1);
  assert_int_equal(spec->value[LUR_F_EPOCHS].as.integer, 77);
  assert_int_equal(lur_axes_set(axes, spec, "shape", "a..b", &e), LUR_OK);
  assert_string_equal(spec->param[1].text, "a..b");
  assert_int_equal(lur_axes_set(axes, spec, "epochs", "7x", &e), LUR_EINPUT);
  assert_int_equal(axes->n, 1);
  lur_axes_free(axes);
  lur_axes_free(NULL);
  free(axes);
  free(spec);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads),
      cmocka_unit_test(writes_what_reads_back),
      cmocka_unit_test(counts_long_ranges),
      cmocka_unit_test(writes_any_text),
      cmocka_unit_test(refuses),
      cmocka_unit_test(spaced_ends_are_exact),
      cmocka_unit_test(draws_within),
      cmocka_unit_test(overrides_replace_and_remove),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
