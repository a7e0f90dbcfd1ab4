/* SPDX-License-Identifier: MIT
 * The gradient that one step of sgd follows, against central differences of the final loss, for every activation and
 * loss but step and perceptron. Weights keep sums away from the kinks of relu. */
#include "engine_help.h"

enum { MOST = 3 * 3 + 6 * 3 + 9 * 2 };
static const int WIDTHS[] = {2, 3, 3, 2, 0};
static const uint32_t PLAIN[3] = {0}, SHORTCUTS[3] = {0, 3, 7}, SOME[3] = {0, 0, 5};
static const double INPUTS[] = {0.5, -0.8, 1.25, 0.3, -0.6, 0.9}, TARGETS[] = {0.2, 0.8, 1, 0, 0.4, 0.6};

static double start_value(int i) {
  return 0.7 * sin(1.7 * i + 0.4) + 0.05;
}

static double train(struct experiment *x, const double *start, enum lur_activation hidden, enum lur_activation output,
                    enum lur_loss loss, uint64_t epochs, const uint32_t reads[3]) {
  experiment_start(x, WIDTHS, 3, INPUTS, TARGETS);
  memcpy(x->s.shape.reads, reads, 3 * sizeof *reads);
  x->s.shape.hidden = hidden;
  x->s.shape.output = output;
  x->s.loss = loss;
  x->s.batch = 0;
  x->n.epochs = epochs;
  set_rate(x, 1);
  experiment_start_at(x, start);
  experiment_train(x, NULL);
  return x->out.metric[LUR_M_LOSS];
}

static void check_reading(const uint32_t reads[3], enum lur_activation hidden, enum lur_activation output,
                          enum lur_loss loss) {
  static struct experiment x;
  double start[MOST], step[MOST];
  for (int i = 0; i < MOST; i++)
    start[i] = start_value(i);
  train(&x, start, hidden, output, loss, 1, reads);
  const int n = (int)lur_shape_n_parameters(&x.s.shape);
  for (int i = 0; i < n; i++)
    step[i] = start[i] - x.parameters[i];
  for (int i = 0; i < n; i++) {
    const double h = 1e-5;
    double at[MOST];
    memcpy(at, start, sizeof at);
    at[i] = start[i] + h;
    double above = train(&x, at, hidden, output, loss, 0, reads);
    at[i] = start[i] - h;
    double below = train(&x, at, hidden, output, loss, 0, reads), slope = (above - below) / (2 * h);
    char what[96];
    snprintf(what, sizeof what, "%s, %s, %s, parameter %d", lur_activation_names[hidden], lur_activation_names[output],
             lur_loss_names[loss], i);
    assert_near(what, step[i], slope, 1e-8 + 1e-6 * fabs(slope));
  }
}

static void check(enum lur_activation hidden, enum lur_activation output, enum lur_loss loss) {
  check_reading(PLAIN, hidden, output, loss);
}

static bool smooth(int activation) {
  return activation != LUR_STEP && activation != LUR_SOFTMAX;
}

static void test_mse(void **state) {
  (void)state;
  for (int hidden = 0; hidden < LUR_N_ACTIVATIONS; hidden++)
    for (int output = 0; output < LUR_N_ACTIVATIONS; output++)
      if (smooth(hidden) && (smooth(output) || output == LUR_SOFTMAX))
        check((enum lur_activation)hidden, (enum lur_activation)output, LUR_MSE);
}

static void test_cross_entropy(void **state) {
  (void)state;
  for (int hidden = 0; hidden < LUR_N_ACTIVATIONS; hidden++)
    if (smooth(hidden)) {
      check((enum lur_activation)hidden, LUR_SIGMOID, LUR_CROSS_ENTROPY);
      check((enum lur_activation)hidden, LUR_SOFTMAX, LUR_CROSS_ENTROPY);
    }
}

/* Layers that see the inputs and all layers before them, or some of these. */
static void test_shortcuts(void **state) {
  (void)state;
  for (int hidden = 0; hidden < LUR_N_ACTIVATIONS; hidden++)
    if (smooth(hidden)) {
      check_reading(SHORTCUTS, (enum lur_activation)hidden, LUR_SIGMOID, LUR_CROSS_ENTROPY);
      check_reading(SHORTCUTS, (enum lur_activation)hidden, LUR_TANH, LUR_MSE);
      check_reading(SOME, (enum lur_activation)hidden, LUR_SOFTMAX, LUR_CROSS_ENTROPY);
    }
}

/* The perceptron's rule, step and linear: dz = (o - t) / K whatever the activation is. */
static void test_perceptron(void **state) {
  (void)state;
  static struct experiment x;
  const int widths[] = {2, 2, 0};
  const double in[] = {2, -3}, targets[] = {1, 0}, start[] = {-1, 0.5, 0.25, 1, -1, 0.5};
  for (int a = 0; a < 2; a++) {
    experiment_start(&x, widths, 1, in, targets);
    x.s.shape.output = a ? LUR_LINEAR : LUR_STEP;
    x.s.loss = LUR_PERCEPTRON;
    experiment_start_at(&x, start);
    experiment_train(&x, NULL);
    for (int j = 0; j < 2; j++) {
      const double *w = start + 3 * j;
      double z = w[0] * in[0] + w[1] * in[1] + w[2], o = a ? z : z >= 0, d = (o - targets[j]) / 2;
      assert_near("w1", x.parameters[3 * j], w[0] - 0.1 * d * in[0], 1e-15);
      assert_near("w2", x.parameters[3 * j + 1], w[1] - 0.1 * d * in[1], 1e-15);
      assert_near("b", x.parameters[3 * j + 2], w[2] - 0.1 * d, 1e-15);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_mse), cmocka_unit_test(test_cross_entropy),
                                     cmocka_unit_test(test_shortcuts), cmocka_unit_test(test_perceptron)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
