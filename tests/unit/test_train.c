/* SPDX-License-Identifier: MIT
 * Runs of the reference kernel: against plain double arithmetic with libm, and the rules of stops, status, records,
 * metrics and divergence. */
#include "engine_help.h"

#include "engine/rules.h"

static const double GATE_INPUTS[] = {1, 1, 1, 0, 0, 1, 0, 0};
static const double AND_TARGETS[] = {1, 0, 0, 0}, OR_TARGETS[] = {1, 1, 1, 0}, XOR_TARGETS[] = {0, 1, 1, 0};
static const int GATE[] = {2, 1, 0}, NEURON[] = {1, 1, 0}, XOR_NET[] = {2, 2, 1, 0};
static const double ONE[] = {1}, ZERO[] = {0};

/* ---- Against plain arithmetic ---- */

static double plain_sigmoid(double z) {
  return 1 / (1 + exp(-z));
}

struct seen {
  uint64_t epochs[64];
  double loss[64], error[64], accuracy[64], output[64], parameters[64][16];
  int n, n_parameters;
  uint64_t every;       /* records at epochs every-1, 2 every-1 ... */
  int stop_at, fail_at; /* at which call; -1: never */
};

static uint64_t next_every(void *context, uint64_t epoch) {
  uint64_t every = ((struct seen *)context)->every;
  return (epoch + every) / every * every - 1;
}

static enum lur_answer see(void *context, const struct lur_record *r) {
  struct seen *s = context;
  s->epochs[s->n] = r->epoch;
  s->loss[s->n] = r->loss;
  s->error[s->n] = r->error;
  s->accuracy[s->n] = r->accuracy;
  s->output[s->n] = r->output[0];
  for (int i = 0; i < s->n_parameters; i++)
    s->parameters[s->n][i] = r->parameters[i];
  s->n++;
  return s->n - 1 == s->stop_at ? LUR_STOP_RUN : s->n - 1 == s->fail_at ? LUR_FAIL_RUN : LUR_GO_ON;
}

static struct lur_observer watch_with(struct seen *s, uint64_t every, int n_parameters) {
  *s = (struct seen){.every = every, .n_parameters = n_parameters, .stop_at = -1, .fail_at = -1};
  return (struct lur_observer){s, next_every, see};
}

static void test_neuron(void **state) {
  (void)state;
  static struct experiment x;
  struct seen seen;
  const double start[] = {0.37, 0};
  experiment_start(&x, NEURON, 1, ONE, ZERO);
  x.s.shape.bias = false;
  x.n.epochs = 1000;
  experiment_start_at(&x, start);
  struct lur_observer watch = watch_with(&seen, 1000, 2);
  experiment_train(&x, &watch);
  double w = 0.37, output = 0;
  for (int i = 0; i < 1000; i++) {
    output = plain_sigmoid(w * 1);
    w = w + 1 * 0.1 * (0 - output);
  }
  assert_int_equal(seen.n, 1);
  assert_int_equal(seen.epochs[0], 999);
  assert_near("output at step 999", seen.output[0], output, 1e-12);
  assert_near("error at step 999", seen.error[0], -output, 1e-12);
  assert_near("weight", x.parameters[0], w, 1e-12);
  assert_true(x.parameters[1] == 0);
  assert_status(&x, LUR_FINISHED);
  assert_int_equal(x.out.epochs, 1000);
}

static void plain_gate(const double *targets, const double start[3], double w[3]) {
  memcpy(w, start, 3 * sizeof *w);
  for (int epoch = 0; epoch < 2000; epoch++)
    for (int p = 0; p < 4; p++) {
      const double *x = GATE_INPUTS + 2 * p;
      double error = targets[p] - plain_sigmoid(x[0] * w[0] + x[1] * w[1] + w[2]);
      w[0] = w[0] + x[0] * 0.1 * error;
      w[1] = w[1] + x[1] * 0.1 * error;
      w[2] = w[2] + 0.1 * error;
    }
}

static void test_gates(void **state) {
  (void)state;
  static struct experiment x;
  const double *targets[] = {AND_TARGETS, OR_TARGETS, XOR_TARGETS};
  const double start[] = {0.3, -0.8, 0.1};
  for (int gate = 0; gate < 3; gate++) {
    double w[3];
    experiment_start(&x, GATE, 4, GATE_INPUTS, targets[gate]);
    x.n.epochs = 2000;
    experiment_start_at(&x, start);
    experiment_train(&x, NULL);
    plain_gate(targets[gate], start, w);
    for (int i = 0; i < 3; i++)
      assert_near("weight of a gate", x.parameters[i], w[i], 1e-10);
  }
}

/* The short path of a neuron gives the bits of the general one, which a record every epoch forces. */
static void test_quiet_path(void **state) {
  (void)state;
  static struct experiment quiet, watched;
  static const double inputs[] = {0.5, -1, 2, 0.25, 1, 1, -3, 0.125, 0, 1, 2, 3}, targets[] = {0, 1, 1, 0, 1, 0};
  for (int inputs_each = 1; inputs_each <= 3; inputs_each++)
    for (int flags = 0; flags < 8; flags++) {
      struct experiment *both[] = {&quiet, &watched};
      struct seen seen;
      struct lur_observer watch = watch_with(&seen, 1, 0);
      for (int k = 0; k < 2; k++) {
        const int widths[] = {inputs_each, 1, 0};
        experiment_start(both[k], widths, 4, inputs, targets);
        both[k]->s.shape.bias = flags & 1;
        both[k]->s.shuffle = flags & 2;
        both[k]->s.shape.precision = flags & 4 ? LUR_SINGLE : LUR_DOUBLE;
        both[k]->s.metrics = LUR_BIT(LUR_M_WEIGHT_NORM);
        both[k]->n.epochs = 53;
        experiment_train(both[k], k ? &watch : NULL);
      }
      assert_memory_equal(quiet.parameters, watched.parameters, ((size_t)inputs_each + 1) * sizeof(double));
      assert_memory_equal(quiet.out.metric, watched.out.metric, sizeof quiet.out.metric);
      assert_int_equal(quiet.out.epochs, 53);
      assert_int_equal(seen.n, 53);
    }
}

/* ---- Records ---- */

static void test_records(void **state) {
  (void)state;
  static struct experiment x;
  struct seen seen;
  const double start[] = {0.5, -0.25, 0.125};
  experiment_start(&x, GATE, 4, GATE_INPUTS, AND_TARGETS);
  x.n.epochs = 2;
  experiment_start_at(&x, start);
  struct lur_observer watch = watch_with(&seen, 1, 3);
  experiment_train(&x, &watch);
  double w[3], loss = 0, error = 0, output = 0, before[3];
  memcpy(w, start, sizeof w);
  int right = 0;
  for (int p = 0; p < 4; p++) {
    const double *in = GATE_INPUTS + 2 * p;
    memcpy(before, w, sizeof w);
    output = plain_sigmoid(in[0] * w[0] + in[1] * w[1] + w[2]);
    double t = AND_TARGETS[p], e = t - output;
    loss += -(t * log(output) + (1 - t) * log(1 - output));
    error += e;
    right += t > 0.5 ? output > 0.5 : output < 0.5;
    for (int i = 0; i < 2; i++)
      w[i] += 0.1 * e * in[i];
    w[2] += 0.1 * e;
  }
  assert_int_equal(seen.n, 2);
  assert_int_equal(seen.epochs[0], 0);
  assert_near("loss", seen.loss[0], loss / 4, 1e-14);
  assert_near("error", seen.error[0], error, 1e-14);
  assert_near("output", seen.output[0], output, 1e-14);
  assert_near("accuracy", seen.accuracy[0], right / 4.0, 0);
  for (int i = 0; i < 3; i++)
    assert_near("weights as seen", seen.parameters[0][i], before[i], 1e-14);
}

static void test_answers(void **state) {
  (void)state;
  static struct experiment x;
  for (int k = 0; k < 2; k++) {
    struct seen seen;
    experiment_start(&x, GATE, 4, GATE_INPUTS, AND_TARGETS);
    x.n.epochs = 100;
    x.s.stops = LUR_STOP_LOSS; /* holds at the same epoch: the observer's answer comes first */
    x.n.stop_loss = 1e9;
    x.n.stop_every = 10;
    struct lur_observer watch = watch_with(&seen, 5, 0);
    *(k ? &seen.fail_at : &seen.stop_at) = 1;
    experiment_train(&x, &watch);
    assert_status(&x, k ? LUR_FAILED : LUR_STOPPED);
    assert_int_equal(x.out.epochs, 10);
    assert_int_equal(seen.n, 2);
  }
}

/* ---- Stops ---- */

static void test_stop_error(void **state) {
  (void)state;
  static struct experiment x;
  experiment_start(&x, GATE, 4, GATE_INPUTS, AND_TARGETS);
  set_rate(&x, 1);
  x.n.epochs = 10000;
  x.s.stops = LUR_STOP_ERROR;
  x.n.stop_error = 0.2;
  x.s.metrics = LUR_BIT(LUR_M_ERROR_MAX);
  experiment_train(&x, NULL);
  assert_status(&x, LUR_SOLVED);
  assert_in_range(x.out.epochs, 10, 1000);
  assert_near("largest error", x.out.metric[LUR_M_ERROR_MAX], 0.2, 0.02);
  uint64_t every_epoch = x.out.epochs;
  x.n.stop_every = 64;
  experiment_train(&x, NULL);
  assert_int_equal(x.out.epochs, (every_epoch + 63) / 64 * 64);
}

static void test_stop_loss_is_strict(void **state) {
  (void)state;
  static struct experiment x;
  const double start[] = {0, 0};
  experiment_start(&x, NEURON, 1, ONE, ZERO);
  experiment_start_at(&x, start);
  x.n.epochs = 1;
  x.s.stops = LUR_STOP_LOSS;
  x.n.stop_loss = lur_log1p(1); /* the first epoch's loss, exactly */
  experiment_train(&x, NULL);
  assert_status(&x, LUR_FINISHED);
  x.n.stop_loss = nextafter(x.n.stop_loss, 1);
  experiment_train(&x, NULL);
  assert_status(&x, LUR_SOLVED);
  assert_int_equal(x.out.epochs, 1);
}

static void test_stop_accuracy(void **state) {
  (void)state;
  static struct experiment x;
  experiment_start(&x, GATE, 4, GATE_INPUTS, OR_TARGETS);
  x.n.epochs = 5000;
  x.s.stops = LUR_STOP_ACCURACY;
  x.n.stop_accuracy = 1;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_SOLVED);
  experiment_start(&x, NEURON, 1, ONE, ZERO); /* one target value: no accuracy, never solved by it */
  x.n.epochs = 50;
  x.s.stops = LUR_STOP_ACCURACY;
  x.n.stop_accuracy = 0;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_FINISHED);
  assert_true(isnan(x.out.metric[LUR_M_ACCURACY]));
}

static void test_patience(void **state) {
  (void)state;
  static struct experiment x;
  experiment_start(&x, NEURON, 1, ZERO, ONE); /* input 0 without a bias: nothing changes */
  x.s.shape.bias = false;
  x.n.epochs = 100;
  x.s.stops = LUR_STOP_PATIENCE;
  x.n.stop_patience = 7;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_STALLED);
  assert_int_equal(x.out.epochs, 8); /* the best is epoch 0; epoch 7 ends it */
  x.n.stop_every = 5;
  experiment_train(&x, NULL);
  assert_int_equal(x.out.epochs, 15); /* looked at: epochs 4, 9, 14 */
}

static void test_no_epochs(void **state) {
  (void)state;
  static struct experiment x;
  const double start[] = {0.25, -0.5, 0.75};
  experiment_start(&x, GATE, 4, GATE_INPUTS, AND_TARGETS);
  experiment_start_at(&x, start);
  x.n.epochs = 0;
  x.s.metrics = metrics_up_to(LUR_TRAIN);
  x.s.n_curve = 4;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_FINISHED);
  assert_int_equal(x.out.epochs, 0);
  assert_int_equal(x.out.n_curve, 0);
  assert_memory_equal(x.parameters, start, sizeof start);
  assert_true(isfinite(x.out.metric[LUR_M_LOSS]));
  assert_near("norm", x.out.metric[LUR_M_WEIGHT_NORM], sqrt(0.25 * 0.25 + 0.5 * 0.5), 1e-15);
  const int empty[] = {LUR_M_LOSS_MIN, LUR_M_LOSS_SUM, LUR_M_TRAINABILITY};
  for (int i = 0; i < 3; i++)
    assert_true(isnan(x.out.metric[empty[i]]));
}

/* ---- Divergence and odd numbers ---- */

static void assert_canonical(double x) {
  const uint64_t canonical = 0x7ff8000000000000u;
  if (x != x)
    assert_memory_equal(&x, &canonical, sizeof x);
}

static void diverge(struct experiment *x, enum lur_optimizer optimizer, double rate) {
  experiment_start(x, XOR_NET, 4, GATE_INPUTS, XOR_TARGETS);
  x->s.shape.hidden = x->s.shape.output = LUR_LINEAR;
  x->s.loss = LUR_MSE;
  x->s.optimizer = optimizer;
  x->s.batch = 0;
  x->s.metrics = LUR_BIT(LUR_M_LOSS_MIN) | LUR_BIT(LUR_M_LOSS_SUM) | LUR_BIT(LUR_M_TRAINABILITY) |
                 LUR_BIT(LUR_M_ERROR_MAX) | LUR_BIT(LUR_M_TEST_LOSS) | LUR_BIT(LUR_M_TEST_ACCURACY);
  x->s.n_test = x->s.n_patterns;
  x->n.test = x->n.train;
  x->s.n_curve = 10;
  set_rate(x, rate);
  x->n.epochs = 1000;
  experiment_train(x, NULL);
}

static void test_divergence(void **state) {
  (void)state;
  static struct experiment x;
  diverge(&x, LUR_SGD, 1e6);
  assert_status(&x, LUR_DIVERGED);
  assert_int_equal(x.out.epochs % 16, 0);
  assert_in_range(x.out.epochs, 16, 64);
  static const enum lur_metric empty[] = {LUR_M_LOSS, LUR_M_ACCURACY, LUR_M_TEST_LOSS, LUR_M_TEST_ACCURACY,
                                          LUR_M_ERROR_MAX};
  for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
    assert_true(isnan(x.out.metric[empty[i]]));
  assert_true(isfinite(x.out.metric[LUR_M_LOSS_MIN]));
  assert_true(isnan(x.out.metric[LUR_M_LOSS_SUM]));
  for (int m = 0; m < LUR_N_METRICS; m++)
    assert_canonical(x.out.metric[m]);
  for (int i = 0; i < 9; i++)
    assert_canonical(x.parameters[i]);
}

static void test_divergence_at_the_end(void **state) {
  (void)state;
  static struct experiment x;
  experiment_start(&x, NEURON, 1, ONE, ZERO);
  set_rate(&x, INFINITY);
  x.n.epochs = 3;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_DIVERGED);
  assert_int_equal(x.out.epochs, 3);
}

static void test_odd_numbers(void **state) {
  (void)state;
  static struct experiment x;
  const double odd[] = {NAN, INFINITY, -INFINITY, 1e308, -1e308, 5e-324, 1e-310, 0, -0.0};
  for (int optimizer = 0; optimizer < LUR_N_OPTIMIZERS; optimizer++)
    for (int i = 0; i < 9; i++) {
      diverge(&x, (enum lur_optimizer)optimizer, odd[i]);
      if (!isfinite(odd[i]) || fabs(odd[i]) > 1)
        continue;
      if (lur_optimizers[optimizer].start != LUR_START_RATE) /* the least step is 1e-6 */
        assert_status(&x, LUR_FINISHED);
    }
}

/* One weight w whose loss is w^2, epoch by epoch as it is by hand. */
static void follow(enum lur_optimizer optimizer, const double numbers[4], int n, const double *expected) {
  static struct experiment x;
  const double start[] = {0.35, 0}, in[] = {1}, target[] = {0};
  experiment_start(&x, NEURON, 1, in, target);
  x.s.shape.output = LUR_LINEAR;
  x.s.shape.bias = false;
  x.s.loss = LUR_MSE;
  x.s.batch = 0;
  x.s.optimizer = optimizer;
  x.n.rprop_grow = numbers[0];
  x.n.rprop_shrink = numbers[1];
  x.n.rprop_least = numbers[2];
  x.n.rprop_most = numbers[3];
  for (int i = 0; i < n; i++) {
    x.n.epochs = (uint64_t)i + 1;
    experiment_start_at(&x, start);
    experiment_train(&x, NULL);
    assert_near("the weight", x.parameters[0], expected[i], 1e-12);
  }
}

static void test_rprop(void **state) {
  (void)state;
  const double usual[] = {1.2, 0.5, 1e-6, 50}, own[] = {2, 0.25, 0.09, 0.3};
  const double of_1993[] = {0.25, 0.13, -0.014, 0.13, 0.058, -0.0284, 0.058, 0.0148};
  const double of_pytorch[] = {0.25, 0.13, -0.014, -0.014, 0.058, 0.058, 0.022, -0.0212};
  const double own_1993[] = {0.25, 0.05, -0.25, 0.05, -0.04}, own_pytorch[] = {0.25, 0.05, -0.25, -0.25, -0.16};
  follow(LUR_RPROP_1993, usual, 8, of_1993);
  follow(LUR_RPROP, usual, 8, of_pytorch);
  follow(LUR_RPROP_1993, own, 5, own_1993);
  follow(LUR_RPROP, own, 5, own_pytorch);
}

static void test_denormal_weights(void **state) {
  (void)state;
  static struct experiment x;
  const double start[] = {1e-310, 0}, tiny[] = {1e-300};
  experiment_start(&x, NEURON, 1, tiny, ONE);
  x.s.shape.output = LUR_LINEAR;
  x.s.loss = LUR_MSE;
  set_rate(&x, 1e-12);
  experiment_start_at(&x, start);
  experiment_train(&x, NULL);
  assert_true(x.parameters[0] == fma(-1e-12, -2 * 1e-300, 1e-310)); /* a denormal, kept */
  assert_true(x.parameters[0] > 1e-310);
}

/* ---- Batches ---- */

static void test_last_batch_is_smaller(void **state) {
  (void)state;
  static struct experiment x;
  const double start[] = {0.5, 0.25}, inputs[] = {1, 2, 3}, targets[] = {2, 1, 0};
  experiment_start(&x, NEURON, 3, inputs, targets);
  x.s.shape.output = LUR_LINEAR;
  x.s.loss = LUR_MSE;
  x.s.batch = 2;
  experiment_start_at(&x, start);
  experiment_train(&x, NULL);
  double w = start[0], b = start[1];
  for (int first = 0; first < 3; first += 2) {
    int size = first ? 1 : 2;
    double gw = 0, gb = 0;
    for (int p = first; p < first + size; p++) {
      double d = 2 * (w * inputs[p] + b - targets[p]);
      gw += d * inputs[p];
      gb += d;
    }
    w -= 0.1 * gw / size;
    b -= 0.1 * gb / size;
  }
  assert_near("w", x.parameters[0], w, 1e-15);
  assert_near("b", x.parameters[1], b, 1e-15);
}

static void test_batch_larger_than_patterns(void **state) {
  (void)state;
  static struct experiment all, more;
  experiment_start(&all, XOR_NET, 4, GATE_INPUTS, XOR_TARGETS);
  all.n.epochs = 20;
  more = all;
  all.s.batch = 0;
  more.s.batch = 1000;
  more.s.shuffle = true; /* no effect on a full batch */
  experiment_train(&all, NULL);
  experiment_train(&more, NULL);
  assert_memory_equal(all.parameters, more.parameters, 9 * sizeof(double));
}

static void test_shuffle(void **state) {
  (void)state;
  static struct experiment x;
  const double start[] = {0.5, -0.25, 0.125};
  experiment_start(&x, GATE, 4, GATE_INPUTS, AND_TARGETS);
  experiment_start_at(&x, start);
  x.s.shuffle = true;
  x.n.epochs = 3;
  experiment_train(&x, NULL);
  double w[3];
  memcpy(w, start, sizeof w);
  for (uint32_t epoch = 0; epoch < 3; epoch++) {
    uint32_t order[4];
    lur_draw_order(1, epoch, LUR_DRAW_SHUFFLE, 4, order);
    for (int k = 0; k < 4; k++) {
      const double *in = GATE_INPUTS + 2 * order[k];
      double error = AND_TARGETS[order[k]] - plain_sigmoid(in[0] * w[0] + in[1] * w[1] + w[2]);
      w[0] += 0.1 * error * in[0];
      w[1] += 0.1 * error * in[1];
      w[2] += 0.1 * error;
    }
  }
  for (int i = 0; i < 3; i++)
    assert_near("weight", x.parameters[i], w[i], 1e-14);
}

/* ---- Metrics ---- */

/* Of two inputs and an output, for testing and for validation. */
static void give_sets(struct experiment *x, size_t n, const double *inputs, const double *targets) {
  x->s.n_test = x->s.n_validation = n;
  x->n.test = (struct lur_patterns){.n = n, .n_inputs = 2, .n_outputs = 1, .inputs = inputs, .targets = targets};
  x->n.validation = x->n.test;
}

static void test_metrics(void **state) {
  (void)state;
  static struct experiment x;
  const double test_inputs[] = {1, 1, 0, 0, 1, 0}, test_targets[] = {0, 0, 1};
  experiment_start(&x, GATE, 4, GATE_INPUTS, AND_TARGETS);
  x.n.epochs = 300;
  x.s.metrics = LUR_BIT(LUR_N_METRICS) - 1;
  give_sets(&x, 3, test_inputs, test_targets);
  x.s.n_curve = 5;
  struct seen seen;
  struct lur_observer watch = watch_with(&seen, 5, 0);
  watch.next = next_every;
  experiment_train(&x, &watch);
  const double *m = x.out.metric, *w = x.parameters;
  double loss = 0, mse = 0, largest = 0;
  for (int p = 0; p < 4; p++) {
    double o = plain_sigmoid(GATE_INPUTS[2 * p] * w[0] + GATE_INPUTS[2 * p + 1] * w[1] + w[2]), t = AND_TARGETS[p];
    loss += -(t * log(o) + (1 - t) * log(1 - o)) / 4;
    mse += (o - t) * (o - t) / 4;
    largest = fmax(largest, fabs(o - t));
  }
  assert_near("loss", m[LUR_M_LOSS], loss, 1e-14);
  assert_near("cross_entropy", m[LUR_M_CROSS_ENTROPY], loss, 1e-14);
  assert_near("mse", m[LUR_M_MSE], mse, 1e-14);
  assert_near("error_max", m[LUR_M_ERROR_MAX], largest, 1e-14);
  assert_near("weight_norm", m[LUR_M_WEIGHT_NORM], sqrt(w[0] * w[0] + w[1] * w[1]), 1e-14);
  double test_loss = 0;
  for (int p = 0; p < 3; p++) {
    double o = plain_sigmoid(test_inputs[2 * p] * w[0] + test_inputs[2 * p + 1] * w[1] + w[2]), t = test_targets[p];
    test_loss += -(t * log(o) + (1 - t) * log(1 - o)) / 3;
  }
  assert_near("test_loss", m[LUR_M_TEST_LOSS], test_loss, 1e-14);
  assert_near("test_accuracy", m[LUR_M_TEST_ACCURACY], 1 / 3.0, 0);
  assert_true(m[LUR_M_VALIDATION_LOSS] == m[LUR_M_TEST_LOSS]);
  assert_true(m[LUR_M_VALIDATION_ACCURACY] == m[LUR_M_TEST_ACCURACY] && m[LUR_M_BEST_EPOCH] == 299);
  assert_int_equal(x.out.n_curve, 5);
  assert_true(lur_curve_epoch(0, 5, 300) == 0 && lur_curve_epoch(4, 5, 300) == 299);
  assert_near("loss_min is the last epoch's here", m[LUR_M_LOSS_MIN], x.curve[4], 0);
  assert_true(m[LUR_M_LOSS_SUM] > 300 * x.curve[4] && m[LUR_M_LOSS_SUM] < 300 * x.curve[0]);
}

static void test_trainability(void **state) {
  (void)state;
  static struct experiment x;
  struct seen seen;
  experiment_start(&x, GATE, 4, GATE_INPUTS, AND_TARGETS);
  x.n.epochs = 30;
  x.s.metrics = LUR_BIT(LUR_M_TRAINABILITY);
  struct lur_observer watch = watch_with(&seen, 1, 0);
  experiment_train(&x, &watch);
  double sum = 0;
  for (int i = 0; i < 30; i++)
    sum += seen.loss[i] / seen.loss[0];
  assert_near("converges", x.out.metric[LUR_M_TRAINABILITY], -sum, 0);

  x.s.stops = LUR_STOP_LOSS; /* ends after one epoch: the other 29 count as lost */
  x.n.stop_loss = 100;
  experiment_train(&x, &watch);
  double lost = 1e6 / seen.loss[0], inverse = 1;
  lost = lost > 1e6 ? 1e6 : lost;
  for (int i = 1; i < 30; i++)
    inverse += 1 / lost;
  assert_near("ends early", x.out.metric[LUR_M_TRAINABILITY], inverse, 0);
}

/* Epochs that were not reached are added at once, with the bits of one addition each. */
static void test_missing_epochs(void **state) {
  (void)state;
  for (int i = 0; i < 200; i++) {
    struct lur_trainability at_once = {0}, one_by_one = {0};
    double first = lur_draw_uniform(7, (uint64_t)i, 0, LUR_DRAW_DATA) * pow(10, i % 11 - 5);
    if (i % 5 == 0)
      first = ldexp(1e6, -(i % 40)) / 1.5; /* quotients near ties */
    uint64_t n = 1 + (uint64_t)i * 97;
    lur_trainability_add(&at_once, first);
    lur_trainability_add(&one_by_one, first);
    for (uint64_t k = 1; k < n; k++)
      lur_trainability_add(&one_by_one, INFINITY);
    double a = lur_trainability_end(&at_once, n), b = lur_trainability_end(&one_by_one, n);
    assert_true(a == b);
    assert_true(at_once.sum == one_by_one.sum && at_once.sum_of_inverse == one_by_one.sum_of_inverse);
    assert_memory_equal(at_once.last, one_by_one.last, sizeof at_once.last);
  }
  struct lur_trainability t = {0};
  lur_trainability_add(&t, 0.5);
  assert_true(isfinite(lur_trainability_end(&t, 9007199254740992u)));
}

static void test_accuracy_of_classes(void **state) {
  (void)state;
  static struct experiment x;
  const int widths[] = {1, 3, 0};
  const double inputs[] = {1, 1, -1, -1}, targets[] = {1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1};
  const double start[] = {2, 0, 2, 0, -1, 0}; /* for +1 units 0 and 1 tie: the first counts */
  experiment_start(&x, widths, 4, inputs, targets);
  x.s.shape.output = LUR_SOFTMAX;
  x.n.epochs = 0;
  experiment_start_at(&x, start);
  experiment_train(&x, NULL);
  assert_near("accuracy", x.out.metric[LUR_M_ACCURACY], 2 / 4.0, 0); /* patterns 0 and 3 */
}

static void test_cancel(void **state) {
  (void)state;
  static struct experiment x;
  atomic_int cancel = 1;
  struct lur_error e;
  for (int bias = 0; bias < 2; bias++) {
    experiment_start(&x, bias ? NEURON : XOR_NET, 1, GATE_INPUTS, XOR_TARGETS);
    x.n.epochs = 1000000000;
    assert_int_equal(lur_train(&x.s, &x.n, NULL, &cancel, &x.out, &e), LUR_ECANCELLED);
  }
}

static atomic_int asked_to_end;

static enum lur_answer end_at_5(void *context, const struct lur_record *r) {
  (void)context;
  asked_to_end = r->epoch == 5;
  return LUR_GO_ON;
}

static uint64_t each_epoch(void *context, uint64_t epoch) {
  (void)context;
  return epoch;
}

/* Also between epochs, in a batch, and in the final pass. */
static void test_cancel_later(void **state) {
  (void)state;
  static struct experiment x;
  const struct lur_observer watch = {NULL, each_epoch, end_at_5};
  struct lur_error e;
  for (int k = 0; k < 3; k++) {
    experiment_start(&x, XOR_NET, 4, GATE_INPUTS, XOR_TARGETS);
    x.n.epochs = k == 2 ? 6 : 100;
    x.s.batch = k == 1 ? 0 : 1;
    asked_to_end = 0;
    assert_int_equal(lur_train(&x.s, &x.n, &watch, &asked_to_end, &x.out, &e), LUR_ECANCELLED);
  }
}

static void test_record_in_single(void **state) {
  (void)state;
  static struct experiment x;
  struct seen seen;
  experiment_start(&x, GATE, 4, GATE_INPUTS, AND_TARGETS);
  x.s.shape.precision = LUR_SINGLE;
  x.s.n_test = 4;
  x.n.test = x.n.train;
  x.s.n_validation = 4;
  x.n.validation = x.n.train;
  x.s.metrics = LUR_BIT(LUR_N_METRICS) - 1;
  struct lur_observer watch = watch_with(&seen, 1, 3);
  experiment_train(&x, &watch);
  assert_true(seen.n == 1 && (double)(float)seen.loss[0] == seen.loss[0]);
  assert_true((double)(float)seen.parameters[0][0] == seen.parameters[0][0]);
  assert_true(x.out.metric[LUR_M_TEST_LOSS] == x.out.metric[LUR_M_LOSS]);
}

static void test_single(void **state) {
  (void)state;
  static struct experiment x;
  experiment_start(&x, XOR_NET, 4, GATE_INPUTS, XOR_TARGETS);
  x.s.shape.precision = LUR_SINGLE;
  x.n.epochs = 100;
  experiment_train(&x, NULL);
  for (int i = 0; i < 9; i++)
    assert_true((double)(float)x.parameters[i] == x.parameters[i]);
  double first[9];
  memcpy(first, x.parameters, sizeof first);
  x.s.shape.precision = LUR_DOUBLE;
  experiment_train(&x, NULL);
  for (int i = 0; i < 9; i++)
    assert_near("single is near double", first[i], x.parameters[i], 1e-4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_neuron),
      cmocka_unit_test(test_gates),
      cmocka_unit_test(test_quiet_path),
      cmocka_unit_test(test_records),
      cmocka_unit_test(test_answers),
      cmocka_unit_test(test_stop_error),
      cmocka_unit_test(test_stop_loss_is_strict),
      cmocka_unit_test(test_stop_accuracy),
      cmocka_unit_test(test_patience),
      cmocka_unit_test(test_no_epochs),
      cmocka_unit_test(test_divergence),
      cmocka_unit_test(test_divergence_at_the_end),
      cmocka_unit_test(test_odd_numbers),
      cmocka_unit_test(test_rprop),
      cmocka_unit_test(test_denormal_weights),
      cmocka_unit_test(test_last_batch_is_smaller),
      cmocka_unit_test(test_batch_larger_than_patterns),
      cmocka_unit_test(test_shuffle),
      cmocka_unit_test(test_metrics),
      cmocka_unit_test(test_trainability),
      cmocka_unit_test(test_missing_epochs),
      cmocka_unit_test(test_accuracy_of_classes),
      cmocka_unit_test(test_cancel),
      cmocka_unit_test(test_cancel_later),
      cmocka_unit_test(test_record_in_single),
      cmocka_unit_test(test_single),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
