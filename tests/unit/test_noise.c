/* SPDX-License-Identifier: MIT
 * Dropout and noise: two epochs of a small network written out here, from single draws, against the engine, bit for
 * bit; and that the passes which decide and measure have none. */
#include "engine_help.h"

#include <stdlib.h>

enum { N_IN = 2, N_HIDDEN = 3, N_PATTERNS = 4, N_PARAMETERS = N_HIDDEN * (N_IN + 1) + N_HIDDEN + 1, EPOCHS = 2 };

static const double INPUTS[N_PATTERNS * N_IN] = {0, 0, 0, 1, 1, 0, 1, 1}, TARGETS[N_PATTERNS] = {0.25, 1, -1, 0.5};
static const double START[N_PARAMETERS] = {0.5, -0.25, 0.125, 1, 0.75, -0.5, -1, 0.375, 0.25, 0.5, -0.75, 1.25, 0.1};

/* Tanh units and a linear output, mse, sgd, one pattern an update. */
static void start(struct experiment *x) {
  experiment_start(x, (int[]){N_IN, N_HIDDEN, 1, 0}, N_PATTERNS, INPUTS, TARGETS);
  x->s.shape.hidden = LUR_TANH;
  x->s.shape.output = LUR_LINEAR;
  x->s.loss = LUR_MSE;
  x->n.seed = 77;
  x->n.epochs = EPOCHS;
  experiment_start_at(x, START);
}

/* ---- The same, written out ---- */
struct written {
  double w[N_PARAMETERS], seen[N_PARAMETERS]; /* seen: with noise */
  double x[N_IN], a[N_HIDDEN], passed[N_HIDDEN], kept[N_HIDDEN], o;
};

static double noisy(double x, double sd, uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose) {
  return sd != 0 ? fma(sd, lur_draw_normal(seed, index, epoch, purpose), x) : x;
}

static void forward(struct written *t, const struct lur_numbers *n, size_t row, uint32_t epoch) {
  for (size_t i = 0; i < N_IN; i++)
    t->x[i] = noisy(INPUTS[row * N_IN + i], n->input_noise, n->seed, row * N_IN + i, epoch, LUR_DRAW_INPUT_NOISE);
  const double *out = t->seen + N_HIDDEN * (N_IN + 1);
  t->o = out[N_HIDDEN];
  for (size_t j = 0; j < N_HIDDEN; j++) {
    const double *w = t->seen + j * (N_IN + 1);
    t->a[j] = lur_tanh(fma(w[1], t->x[1], fma(w[0], t->x[0], w[2])));
    t->kept[j] = 1;
    if (n->dropout[0] != 0) {
      const double u = lur_draw_uniform(n->seed, row * N_HIDDEN + j, epoch, LUR_DRAW_DROPOUT);
      t->kept[j] = u >= n->dropout[0] ? 1 / (1 - n->dropout[0]) : 0;
    }
    t->passed[j] = t->kept[j] != 0 ? t->a[j] * t->kept[j] : 0;
    t->o = fma(out[j], t->passed[j], t->o);
  }
}

static void backward(struct written *t, double target, double rate) {
  const double dz = 2 * (t->o - target) / 1;
  double back[N_HIDDEN];
  double *out = t->w + N_HIDDEN * (N_IN + 1);
  for (size_t j = 0; j < N_HIDDEN; j++) {
    back[j] = fma(t->seen[N_HIDDEN * (N_IN + 1) + j], dz, 0);
    back[j] = (t->kept[j] != 0 ? back[j] * t->kept[j] : 0) * (1 - t->a[j] * t->a[j]);
    out[j] = fma(-rate, dz * t->passed[j], out[j]);
  }
  out[N_HIDDEN] = fma(-rate, dz, out[N_HIDDEN]);
  for (size_t j = 0; j < N_HIDDEN; j++) {
    double *w = t->w + j * (N_IN + 1);
    for (size_t i = 0; i < N_IN; i++)
      w[i] = fma(-rate, back[j] * t->x[i], w[i]);
    w[N_IN] = fma(-rate, back[j], w[N_IN]);
  }
}

/* Parameters after EPOCHS epochs; loss[epoch]. */
static void write_out(struct written *t, const struct lur_numbers *n, bool shuffle, double *loss) {
  memcpy(t->w, START, sizeof START);
  for (uint32_t epoch = 0; epoch < EPOCHS; epoch++) {
    uint32_t order[N_PATTERNS] = {0, 1, 2, 3};
    double sum = 0;
    if (shuffle)
      lur_draw_order(n->seed, epoch, LUR_DRAW_SHUFFLE, N_PATTERNS, order);
    for (uint64_t update = 0; update < N_PATTERNS; update++) {
      const size_t row = order[update];
      for (size_t p = 0; p < N_PARAMETERS; p++) {
        const bool bias = p == N_PARAMETERS - 1 || (p < N_HIDDEN * (N_IN + 1) && p % (N_IN + 1) == N_IN);
        t->seen[p] =
            bias ? t->w[p]
                 : noisy(t->w[p], n->weight_noise, n->seed, update * N_PARAMETERS + p, epoch, LUR_DRAW_WEIGHT_NOISE);
      }
      forward(t, n, row, epoch);
      sum += (t->o - TARGETS[row]) * (t->o - TARGETS[row]);
      backward(t, TARGETS[row], n->learning_rate[0]);
    }
    loss[epoch] = sum / N_PATTERNS;
  }
}

static void check_written(unsigned noises, bool shuffle) {
  static const char *const forms[] = {"blocks", "tiles", "units"};
  struct experiment x;
  struct written t = {0};
  double loss[EPOCHS];
  start(&x);
  x.s.noises = noises;
  x.s.shuffle = shuffle;
  x.s.n_curve = EPOCHS;
  x.n.dropout[0] = noises & LUR_NOISE_DROPOUT ? 0.4 : 0;
  x.n.input_noise = noises & LUR_NOISE_INPUTS ? 0.3 : 0;
  x.n.weight_noise = noises & LUR_NOISE_WEIGHTS ? 0.2 : 0;
  write_out(&t, &x.n, shuffle, loss);
  for (int form = 0; form < 3; form++) {
    setenv("LURON_FORM", forms[form], 1);
    experiment_train(&x, NULL);
    assert_memory_equal(x.parameters, t.w, sizeof t.w);
    assert_memory_equal(x.curve, loss, sizeof loss);
  }
  unsetenv("LURON_FORM");
  experiment_train(&x, NULL); /* by the reference kernel */
  assert_memory_equal(x.parameters, t.w, sizeof t.w);
  assert_memory_equal(x.curve, loss, sizeof loss);
}

static void as_written_out(void **state) {
  (void)state;
  for (unsigned noises = 1; noises < 8; noises++) {
    check_written(noises, false);
    check_written(noises, true);
  }
}

/* ---- What has no noise ---- */
static struct lur_record seen;
static double seen_parameters[N_PARAMETERS];

static uint64_t every(void *context, uint64_t epoch) {
  (void)context;
  return epoch;
}
static enum lur_answer keep(void *context, const struct lur_record *r) {
  (void)context;
  seen = *r;
  memcpy(seen_parameters, r->parameters, sizeof seen_parameters);
  return LUR_GO_ON;
}

/* A rate of 0: parameters stay, so that the final pass is that of the start; the epoch's own is another. */
static void final_passes_are_clean(void **state) {
  (void)state;
  const struct lur_observer observer = {NULL, every, keep};
  struct experiment x, clean;
  start(&clean);
  set_rate(&clean, 0);
  experiment_train(&clean, NULL);
  for (unsigned noises = 1; noises < 8; noises <<= 1) {
    start(&x);
    set_rate(&x, 0);
    x.s.noises = noises;
    x.n.dropout[0] = 0.5;
    x.n.input_noise = x.n.weight_noise = 0.5;
    experiment_train(&x, &observer);
    assert_true(x.out.metric[LUR_M_LOSS] == clean.out.metric[LUR_M_LOSS]);
    assert_true(seen.loss != x.out.metric[LUR_M_LOSS]);
    assert_memory_equal(seen_parameters, START, sizeof START);
    assert_memory_equal(x.parameters, START, sizeof START);
  }
}

/* The epoch's loss with noise may fall below a bound that the clean network does not reach: it is not solved then. */
static void solved_by_a_clean_pass(void **state) {
  (void)state;
  struct experiment x;
  double least = INFINITY;
  start(&x);
  set_rate(&x, 0);
  x.s.noises = LUR_NOISE_WEIGHTS;
  x.n.weight_noise = 0.5;
  x.n.epochs = 200;
  x.s.metrics = LUR_BIT(LUR_M_LOSS_MIN);
  experiment_train(&x, NULL);
  least = x.out.metric[LUR_M_LOSS_MIN];
  const double clean = x.out.metric[LUR_M_LOSS];
  assert_true(least < clean);
  x.s.stops = LUR_STOP_LOSS;
  x.n.stop_loss = (least + clean) / 2;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_FINISHED);
  x.n.stop_loss = 2 * clean;
  experiment_train(&x, NULL);
  assert_status(&x, LUR_SOLVED);
}

/* ---- Nothing ---- */
static void none_changes_nothing(void **state) {
  (void)state;
  struct experiment x, clean;
  start(&clean);
  experiment_train(&clean, NULL);
  start(&x);
  x.s.noises = LUR_NOISE_DROPOUT | LUR_NOISE_INPUTS | LUR_NOISE_WEIGHTS; /* runs beside this one have some */
  experiment_train(&x, NULL);
  assert_memory_equal(x.parameters, clean.parameters, sizeof START);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(as_written_out),
      cmocka_unit_test(final_passes_are_clean),
      cmocka_unit_test(solved_by_a_clean_pass),
      cmocka_unit_test(none_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
