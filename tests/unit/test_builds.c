/* SPDX-License-Identifier: MIT
 * All builds of the reference kernel give the same bits, over random structures and numbers, and these bits are the
 * same for every compiler and machine; the caller's floating-point environment neither changes a result nor is
 * changed. */
#include "engine_help.h"

#include <fenv.h>
#include <stdlib.h>

enum { N_STRUCTURES = 400, MOST_PATTERNS = 12, MOST_COLUMNS = 6 };

/* What random cases are drawn from: fixed, so that what is added later changes no digest. */
static const enum lur_activation activations[] = {LUR_SIGMOID,  LUR_TANH, LUR_RELU,   LUR_LEAKY_RELU,
                                                  LUR_SOFTPLUS, LUR_STEP, LUR_LINEAR, LUR_SOFTMAX};
static const enum lur_loss losses[] = {LUR_CROSS_ENTROPY, LUR_MSE, LUR_PERCEPTRON};
static const enum lur_optimizer optimizers[] = {LUR_SGD,     LUR_MOMENTUM, LUR_NESTEROV, LUR_ADAGRAD,
                                                LUR_RMSPROP, LUR_ADAM,     LUR_RPROP};

static uint64_t random_index;

static int pick(int n) {
  return (int)(lur_draw_bits(11, random_index++, 0, LUR_DRAW_DATA) % (uint64_t)n);
}

static double any(void) {
  static const double odd[] = {0, -0.0, 1e-310, 1e300, -1e300, 1e-30, 40, -800};
  return pick(40) == 0 ? odd[pick(8)] : lur_draw_normal(11, random_index++, 0, LUR_DRAW_DATA);
}

static enum lur_activation pick_output(void) {
  return activations[pick(8)];
}

static void random_shape(struct experiment *x, double *inputs, double *targets) {
  int widths[5] = {1 + pick(MOST_COLUMNS)}, n_layers = 1 + pick(3);
  for (int l = 1; l <= n_layers; l++)
    widths[l] = 1 + pick(MOST_COLUMNS);
  size_t n = 1 + (size_t)pick(MOST_PATTERNS);
  for (int i = 0; i < MOST_PATTERNS * MOST_COLUMNS; i++) {
    inputs[i] = any();
    targets[i] = pick(3) ? pick(2) : lur_draw_uniform(11, random_index++, 0, LUR_DRAW_DATA);
  }
  experiment_start(x, widths, n, inputs, targets);
}

static void random_structure(struct experiment *x) {
  x->s.shape.bias = pick(4);
  x->s.shape.hidden = activations[pick(7)];
  x->s.shape.output = pick_output();
  x->s.loss = losses[pick(3)];
  if (x->s.loss == LUR_CROSS_ENTROPY)
    x->s.shape.output = pick(2) ? LUR_SIGMOID : LUR_SOFTMAX;
  x->s.optimizer = optimizers[pick(7)];
  x->s.batch = x->s.optimizer == LUR_RPROP ? 0 : (size_t)pick(5);
  x->s.shuffle = pick(2);
  x->s.init = (enum lur_init)pick(LUR_N_INITS);
  x->s.bias_init = pick(2) ? x->s.init == LUR_INIT_UNIFORM ? LUR_INIT_UNIFORM : LUR_INIT_NORMAL : LUR_INIT_ZEROS;
  x->s.metrics = (LUR_BIT(LUR_M_PENALTY_SUM + 1) - 1) & ~(LUR_BIT(LUR_M_TEST_LOSS) | LUR_BIT(LUR_M_TEST_ACCURACY));
  x->s.stops = (unsigned)pick(16);
  x->s.n_curve = pick(8);
}

static void random_numbers(struct experiment *x) {
  static const double rates[] = {0.01, 0.1, 1, 30, 1e9};
  set_rate(x, rates[pick(5)]);
  x->n.seed = lur_draw_bits(11, random_index++, 0, LUR_DRAW_DATA);
  x->n.epochs = (uint64_t)pick(60);
  x->n.weight_decay = pick(3) || x->s.optimizer == LUR_RPROP ? 0 : 0.01;
  x->n.stop_error = 0.3;
  x->n.stop_loss = 0.05;
  x->n.stop_accuracy = 1;
  x->n.stop_patience = 1 + (uint64_t)pick(20);
  x->n.stop_every = 1 + (uint64_t)pick(4);
}

static void train_with(const struct lur_reference *build, struct experiment *x) {
  struct lur_error e = {0};
  memset(x->parameters, 0, sizeof x->parameters);
  memset(x->curve, 0, sizeof x->curve);
  memset(&x->out, 0, sizeof x->out);
  x->out.parameters = x->parameters;
  x->out.curve = x->curve;
  if (lur_structure_check(&x->s, &e) || build->train(&x->s, &x->n, NULL, NULL, NULL, &x->out, &e))
    fail_msg("%s: %s", e.field, e.text);
}

static void assert_same_outcome(const struct experiment *a, const struct experiment *b, int i) {
  bool same = a->out.status == b->out.status && a->out.epochs == b->out.epochs && a->out.n_curve == b->out.n_curve &&
              memcmp(a->out.metric, b->out.metric, sizeof a->out.metric) == 0 &&
              memcmp(a->parameters, b->parameters, sizeof a->parameters) == 0 &&
              memcmp(a->curve, b->curve, sizeof a->curve) == 0;
  if (!same)
    fail_msg("structure %d (%s, %s): the builds differ", i, lur_optimizer_names[a->s.optimizer],
             lur_loss_names[a->s.loss]);
}

static uint64_t mix(uint64_t hash, const void *bytes, size_t n) { /* FNV-1a */
  for (size_t i = 0; i < n; i++)
    hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
  return hash;
}

static uint64_t mix_outcome(uint64_t hash, const struct experiment *x) {
  const uint64_t counts[] = {(uint64_t)x->out.status, x->out.epochs, (uint64_t)x->out.n_curve};
  hash = mix(hash, counts, sizeof counts);
  hash = mix(hash, x->out.metric, LUR_M_PENALTY_SUM * sizeof(double)); /* the last one came later */
  hash = mix(hash, x->curve, (size_t)x->out.n_curve * sizeof *x->curve);
  return mix(hash, x->parameters, lur_shape_n_parameters(&x->s.shape) * sizeof *x->parameters);
}

/* Of all outcomes below. It changes only where docs/numerics.md changes: then stored results are no longer replayed. */
static const uint64_t GOLDEN = 0x56fe629aaa7d014d;

static void test_same_bits(void **state) {
  (void)state;
  static struct experiment first, other;
  double inputs[MOST_PATTERNS * MOST_COLUMNS], targets[MOST_PATTERNS * MOST_COLUMNS];
  int statuses[LUR_N_STATUSES] = {0};
  uint64_t hash = 0xcbf29ce484222325u;
  random_index = 0;
  for (int i = 0; i < N_STRUCTURES; i++) {
    random_shape(&first, inputs, targets);
    random_structure(&first);
    random_numbers(&first);
    for (int p = 0; p < LUR_N_PRECISIONS; p++) {
      first.s.shape.precision = (enum lur_precision)p;
      other = first;
      train_with(lur_reference_build((enum lur_precision)p, 0), &first);
      statuses[first.out.status]++;
      hash = mix_outcome(hash, &first);
      for (int k = 1; lur_reference_build((enum lur_precision)p, k); k++) {
        train_with(lur_reference_build((enum lur_precision)p, k), &other);
        assert_same_outcome(&first, &other, i);
      }
    }
  }
  const int reached[] = {LUR_DIVERGED, LUR_SOLVED, LUR_STALLED, LUR_FINISHED};
  for (int i = 0; i < 4; i++)
    if (statuses[reached[i]] < 10)
      fail_msg("only %d runs are %s: the test is too tame", statuses[reached[i]], lur_status_names[reached[i]]);
  if (hash != GOLDEN)
    fail_msg("the bits have changed: %#llx", (unsigned long long)hash);
  if (!lur_reference_build(LUR_DOUBLE, 1))
    print_message("one build only: nothing to compare\n");
}

static void test_environment(void **state) {
  (void)state;
  static struct experiment usual, odd;
  const int widths[] = {2, 2, 1, 0};
  const double inputs[] = {0.1, 0.7, 0.3, 0.9}, targets[] = {0, 1};
  experiment_start(&usual, widths, 2, inputs, targets);
  usual.n.epochs = 30;
  odd = usual;
  experiment_train(&usual, NULL);
  double y = lur_exp(1.1), n = lur_draw_normal(1, 2, 3, LUR_DRAW_DATA), out, work[8];
  fesetround(FE_UPWARD);
  experiment_train(&odd, NULL);
  double upward = lur_exp(1.1), normal = lur_draw_normal(1, 2, 3, LUR_DRAW_DATA);
  lur_forward(&odd.s.shape, odd.parameters, inputs, work, &out);
  int kept = fegetround();
  fesetround(FE_TONEAREST);
  assert_int_equal(kept, FE_UPWARD);
  assert_true(upward == y && normal == n);
  assert_memory_equal(usual.parameters, odd.parameters, 9 * sizeof(double));
  double again;
  lur_forward(&usual.s.shape, usual.parameters, inputs, work, &again);
  assert_true(out == again);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_bits), cmocka_unit_test(test_environment)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
