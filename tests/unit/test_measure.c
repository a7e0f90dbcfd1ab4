/* SPDX-License-Identifier: MIT
 * The metrics of a network at its end, against the same numbers by hand, and written once more in each precision. */
#include "engine_help.h"

/* One linear unit, two outputs: o = 2 x, and o = x - 1. */
static const double START[] = {2, 0, 1, -1}, INPUTS[] = {1, 2, 3, 4};
static const double TARGETS[] = {2.5, 0, 3, 1, 6, 4, 8, 2};

static void measure(struct experiment *x, enum lur_precision precision) {
  static const int widths[] = {1, 2, 0};
  experiment_start(x, widths, 4, INPUTS, TARGETS);
  x->s.shape.output = LUR_LINEAR;
  x->s.shape.precision = precision;
  x->s.loss = LUR_MSE;
  x->s.metrics = metrics_up_to(LUR_TEST);
  x->s.n_test = 2;
  x->n.test = (struct lur_patterns){.n = 2, .n_inputs = 1, .n_outputs = 2, .inputs = INPUTS, .targets = TARGETS};
  x->n.epochs = 0;
  experiment_start_at(x, START);
}

/* Errors: 0.5 -1 0 0, 0 0 2 -1. The first column is 2.5 3 6 8, its mean 4.875; the second 0 1 4 2, its mean 1.75. */
static void test_by_hand(void **state) {
  (void)state;
  static struct experiment x;
  const double sst[] = {2.375 * 2.375 + 1.875 * 1.875 + 1.125 * 1.125 + 3.125 * 3.125,
                        1.75 * 1.75 + 0.75 * 0.75 + 2.25 * 2.25 + 0.25 * 0.25};
  measure(&x, LUR_DOUBLE);
  experiment_train(&x, NULL);
  assert_near("rmse", x.out.metric[LUR_M_RMSE], sqrt((0.25 + 1 + 4 + 1) / 8), 1e-15);
  assert_near("mae", x.out.metric[LUR_M_MAE], (0.5 + 1 + 2 + 1) / 8, 1e-15);
  assert_near("r2", x.out.metric[LUR_M_R2], (1 - 1.25 / sst[0] + 1 - 5 / sst[1]) / 2, 1e-15);
  assert_near("test_rmse", x.out.metric[LUR_M_TEST_RMSE], sqrt((0.25 + 1) / 4), 1e-15);
  assert_near("test_mae", x.out.metric[LUR_M_TEST_MAE], 1.5 / 4, 1e-15);
  assert_near("test_r2", x.out.metric[LUR_M_TEST_R2], (1 - 1.25 / 0.125 + 1 - 0) / 2, 1e-14);
  assert_true(isnan(x.out.metric[LUR_M_VALIDATION_RMSE]) && isnan(x.out.metric[LUR_M_WEIGHTED_ACCURACY]));
}

static void test_of_one_value(void **state) {
  (void)state;
  static struct experiment x;
  const double equal[] = {0.1, 0, 0.1, 1, 0.1, 4, 0.1, 2}; /* 0.1 + 0.1 + 0.1 + 0.1 is not 4 times the same in floats */
  for (int p = 0; p < LUR_N_PRECISIONS; p++) {
    measure(&x, (enum lur_precision)p);
    x.n.train.targets = equal;
    experiment_train(&x, NULL);
    assert_true(isnan(x.out.metric[LUR_M_R2]));
    assert_true(isfinite(x.out.metric[LUR_M_RMSE]));
  }
}

/* Targets as they were given are 10 t + 3. */
static void test_in_own_units(void **state) {
  (void)state;
  static struct experiment x, plain;
  const double shift[] = {3, 3}, scale[] = {10, 10};
  double given[8];
  measure(&plain, LUR_DOUBLE);
  experiment_train(&plain, NULL);
  measure(&x, LUR_DOUBLE);
  x.n.train.shift = x.n.test.shift = shift;
  x.n.train.scale = x.n.test.scale = scale;
  for (int i = 0; i < 8; i++)
    given[i] = 10 * TARGETS[i] + 3;
  x.n.train.given = x.n.test.given = given;
  x.s.scaled = true;
  experiment_train(&x, NULL);
  assert_near("rmse", x.out.metric[LUR_M_RMSE], 10 * plain.out.metric[LUR_M_RMSE], 1e-14);
  assert_near("test_mae", x.out.metric[LUR_M_TEST_MAE], 10 * plain.out.metric[LUR_M_TEST_MAE], 1e-14);
  assert_near("r2", x.out.metric[LUR_M_R2], plain.out.metric[LUR_M_R2], 1e-14);
  assert_true(x.out.metric[LUR_M_MSE] == plain.out.metric[LUR_M_MSE]);
}

/* The written order, in floats. */
static void test_single(void **state) {
  (void)state;
  static struct experiment x;
  const double start[] = {0.7, 0.1, -0.3, 0.2};
  float squares = 0, sizes = 0;
  measure(&x, LUR_SINGLE);
  experiment_start_at(&x, start);
  experiment_train(&x, NULL);
  for (int i = 0; i < 4; i++)
    for (int k = 0; k < 2; k++) {
      const float o = fmaf((float)start[2 * k], (float)INPUTS[i], (float)start[2 * k + 1]);
      const float e = (float)TARGETS[2 * i + k] - o, e2 = e * e;
      squares = squares + e2;
      sizes = sizes + fabsf(e);
    }
  assert_near("rmse", x.out.metric[LUR_M_RMSE], (double)sqrtf(squares / 8), 0);
  assert_near("mae", x.out.metric[LUR_M_MAE], (double)(sizes / 8), 0);
}

/* o = x - 2.5 is on the right side of 0 for the patterns 1, 2 and 4; and of two outputs the larger decides. */
static void test_weighted_accuracy(void **state) {
  (void)state;
  static struct experiment x;
  static const int widths[] = {1, 1, 0}, two[] = {1, 2, 0};
  const double targets[] = {-1, -1, -1, 1}, weights[] = {1, 2, 4, 0.5}, start[] = {1, -2.5};
  const double one_hot[] = {0, 1, 1, 0, 1, 0, 0, 1}, none[] = {0, 0, 0, 0};
  experiment_start(&x, widths, 4, INPUTS, targets);
  x.s.shape.output = LUR_LINEAR;
  x.s.loss = LUR_MSE;
  x.s.metrics = LUR_BIT(LUR_M_WEIGHTED_ACCURACY);
  x.n.epochs = 0;
  experiment_start_at(&x, start);
  experiment_train(&x, NULL);
  assert_near("without weights", x.out.metric[LUR_M_WEIGHTED_ACCURACY], 0.75, 0);
  x.n.train.weights = weights;
  experiment_train(&x, NULL);
  assert_near("with weights", x.out.metric[LUR_M_WEIGHTED_ACCURACY], 3.5 / 7.5, 1e-15);
  assert_near("accuracy", x.out.metric[LUR_M_ACCURACY], 0.75, 0);
  x.n.train.weights = none;
  experiment_train(&x, NULL);
  assert_true(isnan(x.out.metric[LUR_M_WEIGHTED_ACCURACY]));
  experiment_start(&x, two, 4, INPUTS, one_hot);
  x.s.shape.output = LUR_LINEAR;
  x.s.loss = LUR_MSE;
  x.s.metrics = LUR_BIT(LUR_M_WEIGHTED_ACCURACY);
  x.n.epochs = 0;
  x.n.train.weights = weights;
  experiment_start_at(&x, START); /* 2 x is above x - 1 */
  experiment_train(&x, NULL);
  assert_near("one-hot", x.out.metric[LUR_M_WEIGHTED_ACCURACY], 6 / 7.5, 1e-15);
}

/* ---- Classes ---- */
static const uint64_t MACRO = LUR_BIT(LUR_M_MACRO_PRECISION) | LUR_BIT(LUR_M_MACRO_RECALL) | LUR_BIT(LUR_M_MACRO_F1),
                      OF_TEST = LUR_BIT(LUR_M_TEST_MACRO_PRECISION) | LUR_BIT(LUR_M_TEST_MACRO_RECALL) |
                                LUR_BIT(LUR_M_TEST_MACRO_F1),
                      OF_VALIDATION = LUR_BIT(LUR_M_VALIDATION_MACRO_PRECISION) |
                                      LUR_BIT(LUR_M_VALIDATION_MACRO_RECALL) | LUR_BIT(LUR_M_VALIDATION_MACRO_F1);

/* first: the metric macro_precision, or that of another set; the other two stand behind it. */
static void assert_macro(const struct experiment *x, enum lur_metric first, double precision, double recall,
                         double f1) {
  assert_near("precision", x->out.metric[first], precision, 1e-15);
  assert_near("recall", x->out.metric[first + 1], recall, 1e-15);
  assert_near("f1", x->out.metric[first + 2], f1, 1e-15);
}

static void assert_no_macro(const struct experiment *x, enum lur_metric first) {
  for (int i = 0; i < 3; i++)
    assert_true(isnan(x->out.metric[first + i]));
}

/* Rows of three numbers, the one of that class 1 and the others 0. */
static void one_hot(const char *classes, double *rows) {
  for (size_t i = 0; classes[i]; i++)
    for (int k = 0; k < 3; k++)
      rows[3 * i + (size_t)k] = classes[i] == 'a' + k;
}

/* A network that answers what it sees. */
static void see_classes(struct experiment *x, size_t n, const double *inputs, const double *targets) {
  static const int widths[] = {3, 3, 0};
  static const double identity[] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
  experiment_start(x, widths, n, inputs, targets);
  x->s.shape.output = LUR_LINEAR;
  x->s.loss = LUR_MSE;
  x->s.metrics = MACRO;
  x->n.epochs = 0;
  experiment_start_at(x, identity);
}

/* As sklearn.metrics has them with average = "macro": a class that is never answered has precision 0, one without
 * patterns has recall 0, and one of which there is neither is no class. */
static void test_macro(void **state) {
  (void)state;
  static struct experiment x;
  double targets[18], answers[18], test[9], test_answers[9], other[9], other_answers[9];
  one_hot("aaabbc", targets);
  one_hot("aabbaa", answers);
  one_hot("aab", test);
  one_hot("abb", test_answers);
  one_hot("aab", other);
  one_hot("acb", other_answers);
  for (int p = 0; p < LUR_N_PRECISIONS; p++) {
    see_classes(&x, 6, answers, targets);
    x.s.shape.precision = (enum lur_precision)p;
    x.s.metrics = MACRO | OF_TEST | OF_VALIDATION;
    x.s.n_test = x.s.n_validation = 3;
    x.n.test = (struct lur_patterns){.n = 3, .n_inputs = 3, .n_outputs = 3, .inputs = test_answers, .targets = test};
    x.n.validation =
        (struct lur_patterns){.n = 3, .n_inputs = 3, .n_outputs = 3, .inputs = other_answers, .targets = other};
    experiment_train(&x, NULL);
    if (p == LUR_SINGLE) {
      assert_near("single", x.out.metric[LUR_M_MACRO_RECALL], (double)((2.0f / 3 + 1.0f / 2 + 0) / 3), 0);
      continue;
    }
    assert_macro(&x, LUR_M_MACRO_PRECISION, (2.0 / 4 + 1.0 / 2 + 0) / 3, (2.0 / 3 + 1.0 / 2 + 0) / 3,
                 (2.0 * 2 / 7 + 2.0 * 1 / 4 + 0) / 3);
    assert_macro(&x, LUR_M_TEST_MACRO_PRECISION, (1 + 1.0 / 2) / 2, (1.0 / 2 + 1) / 2, (2.0 / 3 + 2.0 / 3) / 2);
    assert_macro(&x, LUR_M_VALIDATION_MACRO_PRECISION, (1 + 1 + 0) / 3.0, (1.0 / 2 + 1 + 0) / 3, (2.0 / 3 + 1 + 0) / 3);
  }
}

/* o = x - 2.5 says high of patterns 3 and 4, of which the targets say it of the last alone; o = x - 2 says neither of
 * pattern 2. */
static void test_macro_of_two_sides(void **state) {
  (void)state;
  static struct experiment x;
  static const int widths[] = {1, 1, 0};
  const double targets[] = {-1, -1, -1, 1}, start[] = {1, -2.5}, through_middle[] = {1, -2};
  experiment_start(&x, widths, 4, INPUTS, targets);
  x.s.shape.output = LUR_LINEAR;
  x.s.loss = LUR_MSE;
  x.s.metrics = MACRO;
  x.n.epochs = 0;
  experiment_start_at(&x, start);
  experiment_train(&x, NULL);
  assert_macro(&x, LUR_M_MACRO_PRECISION, (1 + 1.0 / 2) / 2, (2.0 / 3 + 1) / 2, (4.0 / 5 + 2.0 / 3) / 2);
  experiment_start_at(&x, through_middle);
  experiment_train(&x, NULL);
  assert_macro(&x, LUR_M_MACRO_PRECISION, (1 + 1.0 / 2) / 2, (1.0 / 3 + 1) / 2, (2.0 / 4 + 2.0 / 3) / 2);
}

/* None of targets that are no classes, where an output is not a number, and of a run that diverged. */
static void test_no_macro(void **state) {
  (void)state;
  static struct experiment x;
  double targets[18], answers[18], lost[9];
  measure(&x, LUR_DOUBLE);
  experiment_train(&x, NULL);
  assert_no_macro(&x, LUR_M_MACRO_PRECISION);
  one_hot("abcabc", targets);
  one_hot("abcabc", answers);
  one_hot("abc", lost);
  lost[4] = (double)NAN;
  see_classes(&x, 6, answers, targets);
  x.s.metrics = MACRO | OF_VALIDATION;
  x.s.n_validation = 3;
  x.n.validation = (struct lur_patterns){.n = 3, .n_inputs = 3, .n_outputs = 3, .inputs = lost, .targets = targets};
  experiment_train(&x, NULL);
  assert_macro(&x, LUR_M_MACRO_PRECISION, 1, 1, 1);
  assert_no_macro(&x, LUR_M_VALIDATION_MACRO_PRECISION);
  set_rate(&x, 1e200);
  answers[0] = 1.5;
  x.n.epochs = 20;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_DIVERGED);
  assert_no_macro(&x, LUR_M_MACRO_PRECISION);
}

/* What a record shows, and what stop.error bounds, is in the targets' own units. */
static enum lur_answer see(void *context, const struct lur_record *r) {
  double *seen = context;
  seen[0] = r->error;
  memcpy(seen + 1, r->output, 2 * sizeof *seen);
  return LUR_GO_ON;
}
static uint64_t each_epoch(void *context, uint64_t epoch) {
  (void)context;
  return epoch;
}

static void test_records_in_own_units(void **state) {
  (void)state;
  static struct experiment x;
  const double shift[] = {3, -1}, scale[] = {10, 4};
  double given[8], seen[3];
  const struct lur_observer watch = {seen, each_epoch, see};
  for (int i = 0; i < 8; i++)
    given[i] = fma(TARGETS[i], scale[i % 2], shift[i % 2]);
  measure(&x, LUR_DOUBLE);
  x.s.scaled = true;
  x.n.train.given = x.n.test.given = given;
  x.n.train.shift = x.n.test.shift = shift;
  x.n.train.scale = x.n.test.scale = scale;
  x.n.epochs = 1;
  set_rate(&x, 0);
  x.s.stops = LUR_STOP_ERROR;
  x.n.stop_error = 9.99; /* the largest is 10 */
  experiment_train(&x, &watch);
  assert_status(&x, LUR_FINISHED);
  assert_near("error", seen[0], 10 * (0.5 - 1) + 4 * (2 - 1), 1e-14);
  assert_near("output", seen[1], 10 * 8 + 3, 0);
  assert_near("output", seen[2], 4 * 3 - 1, 0);
  assert_near("error_max", x.out.metric[LUR_M_ERROR_MAX], 10, 0);
  x.n.stop_error = 10;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_SOLVED);
}

static void test_sets_are_needed(void **state) {
  (void)state;
  static struct experiment x;
  struct lur_error e;
  measure(&x, LUR_DOUBLE);
  x.s.metrics |= LUR_BIT(LUR_M_VALIDATION_MAE);
  assert_int_equal(lur_structure_check(&x.s, &e), LUR_EINPUT);
  assert_string_equal(e.text, "validation_mae needs a validation set; give validation");
  x.s.metrics = LUR_BIT(LUR_M_TEST_R2);
  x.s.n_test = 0;
  assert_int_equal(lur_structure_check(&x.s, &e), LUR_EINPUT);
  assert_string_equal(e.text, "test_r2 needs a test set; give test");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_by_hand),
      cmocka_unit_test(test_of_one_value),
      cmocka_unit_test(test_in_own_units),
      cmocka_unit_test(test_single),
      cmocka_unit_test(test_weighted_accuracy),
      cmocka_unit_test(test_records_in_own_units),
      cmocka_unit_test(test_sets_are_needed),
      cmocka_unit_test(test_macro),
      cmocka_unit_test(test_macro_of_two_sides),
      cmocka_unit_test(test_no_macro),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
