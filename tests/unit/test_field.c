/* SPDX-License-Identifier: MIT
 * The field table: complete, in order, found by every spelling, and helpful about what is not in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "sweep/field.h"

static void every_field_is_declared(void **state) {
  (void)state;
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    const struct lur_field *f = &lur_fields[i];
    assert_non_null(f->name);
    assert_non_null(f->column);
    assert_true(strlen(f->meaning) > 10);
    assert_true(f->kind != LUR_K_CHOICE || f->choices != NULL);
    assert_true(f->min <= f->max);
    for (int j = 0; j < i; j++) {
      assert_string_not_equal(f->name, lur_fields[j].name);
      assert_string_not_equal(f->column, lur_fields[j].column);
    }
  }
}

static void columns_are_not_metrics(void **state) {
  (void)state;
  for (int i = 0; i < LUR_N_FIELDS; i++)
    for (int m = 0; m < LUR_N_METRICS; m++)
      assert_string_not_equal(lur_fields[i].column, lur_metric_names[m]);
}

static void finds_every_spelling(void **state) {
  (void)state;
  int layer = -1;
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    assert_int_equal(lur_field_find(lur_fields[i].name, &layer), i);
    assert_int_equal(layer, 0);
    assert_int_equal(lur_field_find(lur_fields[i].column, NULL), i);
  }
  assert_int_equal(lur_field_find("stop.error", &layer), LUR_F_STOP_ERROR);
  assert_int_equal(lur_field_find("learning_rate_2", &layer), LUR_F_LEARNING_RATE);
  assert_int_equal(layer, 2);
  assert_int_equal(lur_field_find("init_scale_16", &layer), LUR_F_INIT_SCALE);
  assert_int_equal(layer, 16);
}

static void finds_nothing_else(void **state) {
  (void)state;
  static const char *const wrong[] = {"",      "learning_rte",     "learning_rate_",          "learning_rate_0",
                                      "stop",  "learning_rate_17", "learning_rate_01",        "learning_rate_2x",
                                      "seed.", "momentum_1",       "learning_rate_4294967297"};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    assert_int_equal(lur_field_find(wrong[i], NULL), -1);
}

static void suggests(void **state) {
  (void)state;
  static const char *const wrong[][2] = {{"learning_rte", "did you mean learning_rate?"},
                                         {"lr", "did you mean learning_rate?"},
                                         {"hiden", "did you mean hidden?"},
                                         {"stop.eror", "did you mean stop_error?"},
                                         {"zzzzzz", "lists them"}};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    struct lur_error e = {0};
    assert_int_equal(lur_field_unknown(wrong[i][0], &e), LUR_EINPUT);
    assert_string_equal(e.field, wrong[i][0]);
    assert_non_null(strstr(e.text, "no such field"));
    assert_non_null(strstr(e.text, wrong[i][1]));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_field_is_declared),
      cmocka_unit_test(columns_are_not_metrics),
      cmocka_unit_test(finds_every_spelling),
      cmocka_unit_test(finds_nothing_else),
      cmocka_unit_test(suggests),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
