/* SPDX-License-Identifier: MIT
 * What cannot be trained is refused with the field and a text that helps; and the primitives. */
#include "engine_help.h"

static const int WIDTHS[] = {2, 3, 2, 0};
static const double INPUTS[] = {0, 1, 2, 3}, TARGETS[] = {0, 1, 1, 0};

static struct experiment *fresh(void) {
  static struct experiment x;
  experiment_start(&x, WIDTHS, 2, INPUTS, TARGETS);
  return &x;
}

static void assert_refused(int status, const struct lur_error *e, const char *field, const char *text) {
  assert_int_equal(status, LUR_EINPUT);
  assert_string_equal(e->field, field);
  assert_string_equal(e->text, text);
}

static void refused(const struct experiment *x, const char *field, const char *text) {
  struct lur_error e = {0};
  assert_refused(lur_structure_check(&x->s, &e), &e, field, text);
}

static void test_structure(void **state) {
  (void)state;
  struct experiment *x = fresh();
  assert_int_equal(lur_structure_check(&x->s, NULL), LUR_OK);
  x->s.shape.output = LUR_TANH;
  refused(x, "loss", "cross_entropy needs sigmoid or softmax outputs, but output_activation is tanh");
  x = fresh();
  x->s.shape.hidden = LUR_SOFTMAX;
  refused(x, "activation", "softmax is for outputs only; write output_activation = \"softmax\"");
  x = fresh();
  x->s.optimizer = LUR_RPROP;
  refused(x, "batch", "rprop needs the full batch, but batch is 1; write batch = \"all\"");
  x->s.batch = 2;
  assert_int_equal(lur_structure_check(&x->s, NULL), LUR_OK);
  x = fresh();
  x->s.n_patterns = 0;
  refused(x, "inputs", "there are no patterns; at least 1 is needed");
  x = fresh();
  x->s.n_patterns = (size_t)UINT32_MAX + 1;
  refused(x, "inputs", "4294967296 patterns; at most 4294967295");
  x = fresh();
  x->s.metrics = LUR_BIT(LUR_M_TEST_ACCURACY);
  refused(x, "metrics", "test_accuracy needs a test set; give test");
}

static void test_widths(void **state) {
  (void)state;
  struct experiment *x = fresh();
  x->s.shape.width[0] = 0;
  refused(x, "inputs", "0 inputs; accepted is 1 to 65536");
  x = fresh();
  x->s.shape.width[1] = LUR_MAX_WIDTH + 1;
  refused(x, "hidden", "65537 units in a layer; accepted is 1 to 65536");
  x = fresh();
  x->s.shape.width[2] = -1;
  refused(x, "targets", "-1 outputs; accepted is 1 to 65536");
  x = fresh();
  x->s.shape.n_layers = LUR_MAX_LAYERS + 1;
  refused(x, "hidden", "16 hidden layers; at most 15");
}

static void test_patterns(void **state) {
  (void)state;
  struct lur_error e = {0};
  double values[] = {0, 1, NAN, 3};
  struct experiment *x = fresh();
  struct lur_patterns p = x->n.train;
  assert_int_equal(lur_patterns_check(&x->s, &p, NULL, &e), LUR_OK);
  p.inputs = values;
  assert_refused(lur_patterns_check(&x->s, &p, NULL, &e), &e, "inputs",
                 "input 1 of pattern 2 is nan; it must be a finite number");
  values[2] = -INFINITY;
  assert_refused(lur_patterns_check(&x->s, &p, "test", &e), &e, "test",
                 "input 1 of pattern 2 is -inf; it must be a finite number");
  values[2] = 1e300;
  assert_int_equal(lur_patterns_check(&x->s, &p, NULL, &e), LUR_OK);
  x->s.shape.precision = LUR_SINGLE;
  assert_refused(lur_patterns_check(&x->s, &p, NULL, &e), &e, "inputs",
                 "input 1 of pattern 2 is 1e+300, which is too large for precision single");
  values[2] = 1.5;
  p.inputs = INPUTS;
  p.targets = values;
  values[3] = 0;
  assert_refused(
      lur_patterns_check(&x->s, &p, NULL, &e), &e, "targets",
      "target 1 of pattern 2 is 1.5, but cross_entropy needs 0 to 1; it is the loss of sigmoid outputs: write "
      "output_activation = \"linear\"");
  x->s.loss = LUR_MSE;
  assert_int_equal(lur_patterns_check(&x->s, &p, NULL, &e), LUR_OK);
  p.n_inputs = 3;
  assert_refused(lur_patterns_check(&x->s, &p, NULL, &e), &e, "inputs", "3 inputs, but the network has 2");
  p.n_inputs = 2;
  p.n_outputs = 1;
  assert_refused(lur_patterns_check(&x->s, &p, NULL, &e), &e, "targets", "1 targets, but the network has 2 outputs");
}

static void test_shapes(void **state) {
  (void)state;
  const struct lur_shape s = fresh()->s.shape;
  assert_int_equal(lur_shape_layer_start(&s, 0), 0);
  assert_int_equal(lur_shape_layer_start(&s, 1), 9);
  assert_int_equal(lur_shape_n_parameters(&s), 17);
  assert_int_equal(lur_shape_widest(&s), 3);
}

static void test_curve_epochs(void **state) {
  (void)state;
  const uint64_t wanted[] = {0, 33, 66, 99};
  for (int i = 0; i < 4; i++) {
    assert_int_equal(lur_curve_epoch(i, 4, 100), wanted[i]);
    assert_int_equal(lur_curve_epoch(i, 4, 4), i);
  }
  assert_int_equal(lur_curve_epoch(0, 1, 100), 99);
  const uint64_t huge = 9007199254740992u;
  assert_true(lur_curve_epoch(999, 1000, huge) == huge - 1);
}

/* The primitive's outputs are those of a run's final pass. */
static void test_forward(void **state) {
  (void)state;
  for (int a = 0; a < LUR_N_ACTIVATIONS; a++)
    for (int precision = 0; precision < LUR_N_PRECISIONS; precision++) {
      struct experiment *x = fresh();
      double work[16], out[2], largest = 0;
      x->s.shape.hidden = a == LUR_SOFTMAX ? LUR_TANH : (enum lur_activation)a;
      x->s.shape.output = (enum lur_activation)a;
      x->s.shape.precision = (enum lur_precision)precision;
      x->s.loss = LUR_MSE;
      x->s.metrics = LUR_BIT(LUR_M_ERROR_MAX);
      experiment_train(x, NULL);
      for (int p = 0; p < 2; p++) {
        lur_forward(&x->s.shape, x->parameters, INPUTS + 2 * p, work, out);
        for (int k = 0; k < 2; k++)
          largest = fmax(largest, fabs(TARGETS[2 * p + k] - out[k]));
      }
      assert_near(lur_activation_names[a], largest, x->out.metric[LUR_M_ERROR_MAX], precision ? 1e-6 : 0);
    }
}

/* One number at a time: near libm's, NaN canonical. Their bits and bounds: test_functions.c. */
static void test_one_number(void **state) {
  (void)state;
  double (*const ours[])(double) = {lur_exp, lur_log, lur_log1p, lur_expm1, lur_tanh};
  double (*const libm[])(double) = {exp, log, log1p, expm1, tanh};
  const uint64_t canonical = 0x7ff8000000000000u;
  for (int i = 0; i < 5; i++) {
    assert_near("at 0.7", ours[i](0.7), libm[i](0.7), 1e-15);
    double y = ours[i](-(double)NAN);
    assert_memory_equal(&y, &canonical, sizeof y);
  }
  assert_true(lur_sigmoid(0) == 0.5);
  const double wanted[] = {1 / (1 + exp(-1.5)), tanh(1.5), 1.5, 1.5, log1p(exp(1.5)), 1, 1.5, 1.5};
  for (int a = 0; a < LUR_N_ACTIVATIONS; a++)
    assert_near(lur_activation_names[a], lur_activate((enum lur_activation)a, 1.5), wanted[a], 1e-15);
}

static void test_update(void **state) {
  (void)state;
  const struct lur_shape s = {.n_layers = 1, .width = {2, 1}, .bias = true};
  double p[] = {0.5, -0.25, 0.125};
  const double x[] = {3, -7};
  lur_neuron_update(&s, p, x, 0.3, 0.1);
  assert_true(p[0] == fma(0.1, 0.3 * 3, 0.5) && p[1] == fma(0.1, 0.3 * -7, -0.25) && p[2] == fma(0.1, 0.3, 0.125));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_structure), cmocka_unit_test(test_widths),       cmocka_unit_test(test_patterns),
      cmocka_unit_test(test_shapes),    cmocka_unit_test(test_curve_epochs), cmocka_unit_test(test_forward),
      cmocka_unit_test(test_update),    cmocka_unit_test(test_one_number),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
