/* SPDX-License-Identifier: MIT
 * Values of fields: what is read, what is refused and in which words, what is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "sweep/field.h"

/* Field, text, and what is written back. */
static const char *const good[][3] = {
    {"learning_rate", "0.1", "0.1"},
    {"learning_rate", "1e-3", "0.001"},
    {"learning_rate", "0.5x0.1", "0.5x0.1"},
    {"learning_rate", "0", "0"},
    {"bias", "true", "1"},
    {"bias", "0", "0"},
    {"activation", "tanh", "tanh"},
    {"hidden", "4x4", "4x4"},
    {"hidden", "0", "0"},
    {"hidden", "3", "3"},
    {"batch", "all", "all"},
    {"batch", "2", "2"},
    {"epochs", "1e6", "1000000"},
    {"momentum", "1", "1"},
    {"seed", "123456789012345678", "123456789012345678"},
    {"bias_init", "zeros", "zeros"},
    {"stop_error", "0.5", "0.5"},
    {"precision", "single", "single"},
    {"learning_rate", "0.30000000000000004", "0.30000000000000004"},
    {"weight_decay", "-0", "0"},
    {"learning_rate", "0.5x-0", "0.5x0"},
    {"init_scale", "-1e-400x1", "0x1"},
};

static void reads_and_writes(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    const struct lur_field *f = &lur_fields[lur_field_find(good[i][0], NULL)];
    struct lur_value v, again;
    struct lur_error e = {0};
    struct lur_buffer out = {0};
    assert_int_equal(lur_value_read(f, good[i][1], &v, &e), LUR_OK);
    again = v;
    assert_int_equal(lur_value_check(f, &again, &e), LUR_OK);
    assert_true(lur_value_same(&v, &again));
    lur_value_write(f, &v, &out);
    assert_string_equal(out.data, good[i][2]);
    lur_buffer_free(&out);
  }
}

/* Field, text, and the message. */
static const char *const bad[][3] = {
    {"activation", "sigmod", "\"sigmod\" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax"},
    {"stop_error", "0", "0 is not above 0"},
    {"stop_loss", "-1", "-1 is not above 0"},
    {"learning_rate", "-1", "-1 is below 0"},
    {"beta1", "1", "1 is not below 1"},
    {"momentum", "1.5", "1.5 is above 1"},
    {"epochs", "1.5", "1.5 is not a whole number"},
    {"epochs", "many", "\"many\", but epochs takes a whole number"},
    {"bias", "maybe", "\"maybe\" is neither true nor false"},
    {"batch", "0", "0 is below 1"},
    {"batch", "al", "\"al\", but batch takes a number of patterns, or \"all\""},
    {"hidden", "4x", "\"4x\" is not a number of units, or a list of them, as in 4x4"},
    {"hidden", "0x4", "0 is below 1"},
    {"hidden", "-1", "-1 is below 0"},
    {"hidden", "-1x4", "-1 is below 1"},
    {"hidden", "99999", "99999 is above 65536"},
    {"learning_rate", "0.1x-1", "-1 is below 0"},
    {"learning_rate", "inf", "\"inf\", but learning_rate takes a number, or a list with one per layer"},
    {"learning_rate", "", "\"\", but learning_rate takes a number, or a list with one per layer"},
    {"seed", "99999999999999999999", "99999999999999999999 is above 9223372036854775807"},
    {"seed", "9223372036854775808", "9223372036854775808 is above 9223372036854775807"},
    {"seed", "9223372036854775808.0", "9223372036854775808 is above 9223372036854775807"},
    {"seed", "-9223372036854775809", "-9223372036854775809 is below 0"},
    {"epochs", "9007199254740993", "9007199254740993 is above 9007199254740992"},
    {"samples", "1e13", "10000000000000 is above 1000000000000"},
    {"batch", "9223372036854775808", "9223372036854775808 is above 9007199254740992"},
    {"hidden", "4x99999999999999999999", "99999999999999999999 is above 65536"},
    {"inputs", "1", "inputs takes a table or a function, which is written in the script"},
    {"hidden", "1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1", "16 hidden layers, but at most 15 are possible"},
    {"hidden", "1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1", "\"1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1\" is too long a list"},
};

static void refuses(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    const struct lur_field *f = &lur_fields[lur_field_find(bad[i][0], NULL)];
    struct lur_value v;
    struct lur_error e = {0};
    assert_int_equal(lur_value_read(f, bad[i][1], &v, &e), LUR_EINPUT);
    assert_string_equal(e.field, bad[i][0]);
    assert_string_equal(e.text, bad[i][2]);
  }
}

static void check_is_of_the_fields_kind(void **state) {
  (void)state;
  struct lur_error e = {0};
  struct lur_value v = {.kind = LUR_V_NUMBER, .as.number = 20.0};
  assert_int_equal(lur_value_check(&lur_fields[LUR_F_EPOCHS], &v, &e), LUR_OK);
  assert_int_equal(v.kind, LUR_V_INTEGER);
  assert_int_equal(v.as.integer, 20);
  assert_int_equal(lur_value_check(&lur_fields[LUR_F_HIDDEN], &v, &e), LUR_OK);
  assert_int_equal(v.kind, LUR_V_LIST);
  v = (struct lur_value){.kind = LUR_V_NUMBER, .as.number = NAN};
  assert_int_equal(lur_value_check(&lur_fields[LUR_F_MOMENTUM], &v, &e), LUR_EINPUT);
  assert_string_equal(e.text, "nan is not a finite number");
  v = (struct lur_value){.kind = LUR_V_BOOL, .as.truth = true};
  assert_int_equal(lur_value_check(&lur_fields[LUR_F_MOMENTUM], &v, &e), LUR_EINPUT);
  assert_string_equal(e.text, "true, but momentum takes a number");
  v = (struct lur_value){.kind = LUR_V_NUMBER, .as.number = 0x1p63};
  assert_int_equal(lur_value_check(&lur_fields[LUR_F_SEED], &v, &e), LUR_EINPUT);
  v = (struct lur_value){.kind = LUR_V_CHOICE, .as.integer = 99};
  assert_int_equal(lur_value_check(&lur_fields[LUR_F_INIT], &v, &e), LUR_EINPUT);
}

static void mismatch_names_the_field(void **state) {
  (void)state;
  struct lur_error e = {0};
  assert_int_equal(lur_value_mismatch(&lur_fields[LUR_F_MOMENTUM], "a string", &e), LUR_EINPUT);
  assert_string_equal(e.text, "a string, but momentum takes a number");
}

static void digits_read_back(void **state) {
  (void)state;
  uint64_t bits = 1;
  for (int i = 0; i < 100000; i++) {
    char text[32];
    double x, y;
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    memcpy(&x, &bits, sizeof x);
    lur_digits_write(x, text);
    if (!isfinite(x))
      continue;
    assert_true(lur_digits_read(text, &y));
    assert_memory_equal(&x, &y, sizeof x);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_and_writes),
      cmocka_unit_test(refuses),
      cmocka_unit_test(check_is_of_the_fields_kind),
      cmocka_unit_test(mismatch_names_the_field),
      cmocka_unit_test(digits_read_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
