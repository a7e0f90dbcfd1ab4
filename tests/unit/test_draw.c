/* SPDX-License-Identifier: MIT
 * Draws: Philox's published answers, the inverse normal against mpmath, orders, and start values. */
#include "engine_help.h"

#include <stdlib.h>

#include "engine/draw.h"

/* The known answers of Random123 1.14 for philox4x32, 10 rounds: counter, key, result. */
static const uint32_t KNOWN[][10] = {{0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
                                     {~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
                                     {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0,
                                      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}};

static void test_philox(void **state) {
  (void)state;
  for (int i = 0; i < 3; i++) {
    uint32_t out[4];
    lur_philox(KNOWN[i], KNOWN[i] + 4, out);
    assert_memory_equal(out, KNOWN[i] + 6, sizeof out);
  }
}

static void test_words(void **state) {
  (void)state;
  const uint32_t counter[4] = {0x89abcdef, 0x01234567, 77, LUR_DRAW_DATA}, key[2] = {0x55667788, 0x11223344};
  uint32_t out[4];
  lur_philox(counter, key, out);
  uint64_t bits = lur_draw_bits(0x1122334455667788u, 0x0123456789abcdefu, 77, LUR_DRAW_DATA);
  assert_true(bits == ((uint64_t)out[0] << 32 | out[1]));
  double u = lur_draw_uniform(0x1122334455667788u, 0x0123456789abcdefu, 77, LUR_DRAW_DATA);
  assert_true(u == (double)(2 * (bits >> 12) + 1) / 9007199254740992.0);
}

/* u, and the inverse of the normal distribution by mpmath at 200 bits. */
static const double NORMAL[][2] = {
    {0x1.0000000000000p-1, 0.0},
    {0x1.00000055e63b9p-1, 2.5066282872262044377e-8},
    {0x1.3333333333333p-1, 0.25334710313579974132},
    {0x1.2f1a9fbe76c8bp-4, -1.4466320671589785099},
    {0x1.3333185b40987p-4, -1.4395321773759005864},
    {0x1.339c0ebedfa44p-4, -1.4388253927525399824},
    {0x1.d99999999999ap-1, 1.4395314709384562291},
    {0x1.da1cac083126fp-1, 1.446632067158978807},
    {0x1.fae147ae147aep-1, 2.3263478740408407676},
    {0x1.0624dd2f1a9fcp-10, -3.0902323061678135354},
    {0x1.4f8b588e368f1p-17, -4.2648907939228246102},
    {0x1.b7cdfd9d7bdbbp-34, -6.3613409024040561991},
    {0x1.c965971ea9c5cp-37, -6.6676114565107408347},
    {0x1.19799812dea11p-40, -7.0344838253011319326},
    {0x1.0000000000000p-53, -8.2095361516013868556},
    {0x1.0000000000000p-2, -0.6744897501960817432},
    {0x1.fffffffffffffp-1, 8.2095361516013868556},
};

static void test_normal(void **state) {
  (void)state;
  double worst = 0;
  for (size_t i = 0; i < sizeof NORMAL / sizeof *NORMAL; i++) {
    double x = lur_normal_of_uniform(NORMAL[i][0]), wanted = NORMAL[i][1];
    assert_near("normal", x, wanted, 4e-16 * fabs(wanted));
    worst = fmax(worst, fabs(x - wanted) / fmax(fabs(wanted), 1e-300));
  }
  print_message("normal: relative error at most %.2g\n", worst);
  assert_true(lur_normal_of_uniform(0.5) == 0);
}

struct lists {
  _Alignas(64) uint64_t seed[LUR_MOST_DRAWS], index[LUR_MOST_DRAWS], epoch[LUR_MOST_DRAWS];
};

static void random_lists(struct lists *l, size_t n) {
  for (size_t i = 0; i < n; i++) {
    l->seed[i] = lur_draw_bits(n, i, 0, LUR_DRAW_GENERATOR) >> (i % 64);
    l->index[i] = lur_draw_bits(n, i, 1, LUR_DRAW_GENERATOR) >> (n % 64);
    l->epoch[i] = lur_draw_bits(n, i, 2, LUR_DRAW_GENERATOR) >> (n / 4 % 64);
  }
}

/* Many at once as one by one, to the bit, by each instruction set: every count up to the most, and several rows. */
static void test_many_uniforms(void **state) {
  (void)state;
  enum { ROWS = 5 };
  struct lists l;
  _Alignas(64) double u[ROWS * LUR_MOST_DRAWS];
  for (int isa = 0; isa < LUR_N_ISAS; isa++)
    for (size_t n = 1; n <= LUR_MOST_DRAWS; n++) {
      const size_t n_rows = n % LUR_DRAWS_AT_ONCE == 0 ? ROWS : 1;
      const enum lur_purpose purpose = n % 2 ? LUR_DRAW_WEIGHTS : LUR_DRAW_DROPOUT;
      const struct lur_drawing d = {l.seed, l.index, l.epoch, n % 7, purpose};
      random_lists(&l, n);
      lur_draws_find((enum lur_isa)isa)->uniform(&d, n, n_rows, n / 3, u);
      for (size_t i = 0; i < n * n_rows; i++) {
        const size_t k = i % n;
        assert_true(u[i] ==
                    lur_draw_uniform(l.seed[k], l.index[k] + n / 3 + i / n * (n % 7), (uint32_t)l.epoch[k], purpose));
      }
    }
}

/* The same, with all tails. */
static void test_many_normals(void **state) {
  (void)state;
  _Alignas(64) double u[LUR_MOST_DRAWS];
  double one[LUR_MOST_DRAWS];
  for (uint64_t round = 0; round < 2000 * LUR_N_ISAS; round++) {
    const struct lur_draws *many = lur_draws_find((enum lur_isa)(round % LUR_N_ISAS));
    const size_t n = 1 + round / LUR_N_ISAS % LUR_MOST_DRAWS;
    for (size_t i = 0; i < n; i++) {
      const double x = lur_draw_uniform(round, i, 0, LUR_DRAW_GENERATOR), small = ldexp(x, -(int)(round % 52));
      u[i] = i % 3 == 0 ? x : i % 3 == 1 ? small : 1 - fmax(small, 0x1p-53);
      one[i] = lur_normal_of_uniform(u[i]);
    }
    many->normal(n, u);
    assert_memory_equal(u, one, n * sizeof *u);
  }
}

static void test_moments(void **state) {
  (void)state;
  enum { N = 100000 };
  double sum = 0, squares = 0, uniform = 0, least = 1, most = 0;
  for (int i = 0; i < N; i++) {
    double x = lur_draw_normal(3, (uint64_t)i, 0, LUR_DRAW_GENERATOR);
    double u = lur_draw_uniform(3, (uint64_t)i, 0, LUR_DRAW_GENERATOR);
    sum += x;
    squares += x * x;
    uniform += u;
    least = fmin(least, u);
    most = fmax(most, u);
  }
  assert_near("mean", sum / N, 0, 0.015);
  assert_near("variance", squares / N, 1, 0.02);
  assert_near("mean of the uniform", uniform / N, 0.5, 0.005);
  assert_true(least > 0 && least < 1e-4 && most < 1 && most > 1 - 1e-4);
}

static void assert_permutation(const uint32_t *order, size_t n) {
  unsigned char found[1000] = {0};
  for (size_t i = 0; i < n; i++) {
    assert_true(order[i] < n && !found[order[i]]);
    found[order[i]] = 1;
  }
}

static void test_order(void **state) {
  (void)state;
  uint32_t order[1000], other[1000];
  for (size_t n = 0; n < 1000; n += 1 + n / 8) {
    lur_draw_order(5, 9, LUR_DRAW_SHUFFLE, n, order);
    assert_permutation(order, n);
  }
  lur_draw_order(5, 9, LUR_DRAW_SHUFFLE, 1000, order);
  lur_draw_order(5, 10, LUR_DRAW_SHUFFLE, 1000, other);
  assert_memory_not_equal(order, other, sizeof order);
  lur_draw_order(5, 9, LUR_DRAW_SHUFFLE, 1000, other);
  assert_memory_equal(order, other, sizeof order);
}

/* All 24 orders of 4 come about equally often: chi square with 23 degrees of freedom. */
static void test_order_is_fair(void **state) {
  (void)state;
  enum { N = 24000 };
  int count[256] = {0};
  for (uint32_t epoch = 0; epoch < N; epoch++) {
    uint32_t o[4];
    lur_draw_order(1, epoch, LUR_DRAW_SHUFFLE, 4, o);
    count[o[0] * 64 + o[1] * 16 + o[2] * 4 + o[3]]++;
  }
  double chi = 0;
  int n = 0;
  for (int i = 0; i < 256; i++)
    if (count[i]) {
      chi += (count[i] - 1000.0) * (count[i] - 1000.0) / 1000;
      n++;
    }
  assert_int_equal(n, 24);
  if (!(chi < 49.7)) /* 0.1 % */
    fail_msg("chi square %g", chi);
}

/* The written-out rule: word i of the stream for the swap at i. */
static void test_order_rule(void **state) {
  (void)state;
  enum { N = 11 };
  uint32_t order[N], wanted[N];
  for (uint32_t i = 0; i < N; i++)
    wanted[i] = i;
  for (uint32_t i = N - 1; i >= 1; i--) {
    const uint32_t counter[4] = {i / 4, 0, 3, LUR_DRAW_SHUFFLE}, key[2] = {8, 0};
    uint32_t out[4];
    lur_philox(counter, key, out);
    uint32_t j = (uint32_t)((uint64_t)out[i % 4] * (i + 1) >> 32), x = wanted[i];
    wanted[i] = wanted[j];
    wanted[j] = x;
  }
  lur_draw_order(8, 3, LUR_DRAW_SHUFFLE, N, order);
  assert_memory_equal(order, wanted, sizeof order);
}

/* ---- Start values ---- */

static const struct lur_shape SHAPE = {.n_layers = 2, .width = {20, 30, 10}, .bias = true};
enum { N_START = 21 * 30 + 31 * 10 };

static void draw(enum lur_init init, enum lur_init bias_init, struct lur_shape shape, double *p) {
  double scale[LUR_MAX_LAYERS] = {1, 3};
  lur_draw_parameters(&shape, &(struct lur_starts){.init = init, .bias_init = bias_init}, 42, scale, p);
}

static bool is_bias(size_t i) {
  return i < 21 * 30 ? i % 21 == 20 : (i - 21 * 30) % 31 == 30;
}

static void test_start_values(void **state) {
  (void)state;
  double p[N_START], scale;
  for (int init = 0; init < LUR_N_INITS; init++) {
    enum lur_init bias = init == LUR_INIT_UNIFORM ? LUR_INIT_UNIFORM : LUR_INIT_NORMAL;
    draw((enum lur_init)init, bias, SHAPE, p);
    for (size_t i = 0; i < N_START; i++) {
      bool first = i < 21 * 30;
      double normal = lur_draw_normal(42, i, 0, LUR_DRAW_WEIGHTS);
      double uniform = 2 * lur_draw_uniform(42, i, 0, LUR_DRAW_WEIGHTS) - 1, x = 0;
      scale = first ? 1 : 3;
      if (is_bias(i))
        x = bias == LUR_INIT_UNIFORM ? uniform : normal;
      else if (init == LUR_INIT_NORMAL)
        x = normal;
      else if (init == LUR_INIT_UNIFORM)
        x = uniform;
      else if (init == LUR_INIT_XAVIER)
        x = sqrt(6.0 / (first ? 50 : 40)) * uniform;
      else if (init == LUR_INIT_HE)
        x = sqrt(2.0 / (first ? 20 : 30)) * normal;
      assert_true(p[i] == x * scale);
    }
  }
}

static void test_start_without_bias(void **state) {
  (void)state;
  double with[N_START], without[N_START];
  struct lur_shape shape = SHAPE;
  draw(LUR_INIT_NORMAL, LUR_INIT_NORMAL, shape, with);
  shape.bias = false;
  draw(LUR_INIT_NORMAL, LUR_INIT_NORMAL, shape, without);
  for (size_t i = 0; i < N_START; i++)
    assert_true(is_bias(i) ? without[i] == 0 && !signbit(without[i]) : without[i] == with[i]);
}

static void test_start_in_single(void **state) {
  (void)state;
  double exact[N_START], single[N_START];
  struct lur_shape shape = SHAPE;
  draw(LUR_INIT_HE, LUR_INIT_ZEROS, shape, exact);
  shape.precision = LUR_SINGLE;
  draw(LUR_INIT_HE, LUR_INIT_ZEROS, shape, single);
  for (size_t i = 0; i < N_START; i++)
    assert_true(single[i] == (double)(float)exact[i]);
}

/* ---- Start values in lanes ---- */
/* A rate of 0, so that runs of any length end with what they started with. */
enum { N_LANE_RUNS = 700, MOST_LANE_PARAMETERS = 4 * 5 + 6 * 3 };
struct lane_runs {
  struct lur_structure s;
  size_t n_parameters;
  double inputs[N_LANE_RUNS][3], targets[N_LANE_RUNS][3]; /* of each run; of all: the first */
  double given[N_LANE_RUNS][MOST_LANE_PARAMETERS], parameters[N_LANE_RUNS][MOST_LANE_PARAMETERS];
};

/* kind 0: each seed twenty times; 1: each once; 2: two in turns. */
static void lane_numbers(void *context, uint64_t k, struct lur_numbers *out) {
  static const uint64_t epochs[] = {0, 3, 16, 40, 0, 17};
  struct lane_runs *runs = context;
  const size_t own = runs->s.data_per_run ? k : 0;
  *out = (struct lur_numbers){
      .seed = k < 200   ? k / 20
              : k < 400 ? k << 40 | k
                        : k % 2,
      .epochs = k % 7 == 0 ? 0 : epochs[k % 6],
      .stop_every = 1,
      .start = runs->given[k],
      .train = {.n = 1, .n_inputs = 3, .n_outputs = 3, .inputs = runs->inputs[own], .targets = runs->targets[own]}};
  for (int l = 0; l < runs->s.shape.n_layers; l++)
    out->init_scale[l] = k % 7 == 0 ? 0 : (double)(k % 5) * 0.3 + l + 0.1; /* an epoch may turn -0 to 0 */
}

static int lane_done(void *context, uint64_t k, const struct lur_outcome *o) {
  struct lane_runs *runs = context;
  memcpy(runs->parameters[k], o->parameters, runs->n_parameters * sizeof(double));
  return 0;
}

static void fill_lane_runs(struct lane_runs *runs, const struct lur_structure *s) {
  runs->s = *s;
  runs->n_parameters = lur_shape_n_parameters(&s->shape);
  for (size_t k = 0; k < N_LANE_RUNS; k++) {
    for (size_t i = 0; i < 3; i++) {
      runs->inputs[k][i] = lur_draw_uniform(k, i, 0, LUR_DRAW_GENERATOR);
      runs->targets[k][i] = lur_draw_uniform(k, i, 1, LUR_DRAW_GENERATOR);
    }
    for (size_t p = 0; p < runs->n_parameters; p++)
      runs->given[k][p] = (p + k) % 3 == 0 ? (double)(p + k) / 4 : (double)NAN;
  }
}

static void check_lane_runs(const struct lane_runs *runs) {
  const struct lur_shape *shape = &runs->s.shape;
  struct lur_numbers n;
  double wanted[MOST_LANE_PARAMETERS];
  for (uint64_t k = 0; k < N_LANE_RUNS; k++) {
    lane_numbers((void *)(uintptr_t)runs, k, &n);
    lur_draw_parameters(shape, &(struct lur_starts){.init = runs->s.init, .bias_init = runs->s.bias_init}, n.seed,
                        n.init_scale, wanted);
    for (int l = 0; l < shape->n_layers; l++) {
      const size_t first = lur_shape_layer_start(shape, l), stride = (size_t)shape->width[l] + 1;
      for (size_t p = first; p < lur_shape_layer_start(shape, l) + stride * (size_t)shape->width[l + 1]; p++) {
        if (runs->s.start_given && !isnan(n.start[p]))
          wanted[p] = n.start[p];
        if (!shape->bias && (p - first + 1) % stride == 0)
          wanted[p] = 0;
      }
    }
    assert_memory_equal(wanted, runs->parameters[k], runs->n_parameters * sizeof(double));
  }
}

static void run_lanes(struct lane_runs *runs) {
  struct lur_error e = {0};
  const struct lur_job job = {.structure = &runs->s,
                              .n_runs = N_LANE_RUNS,
                              .want_parameters = true,
                              .context = runs,
                              .numbers = lane_numbers,
                              .done = lane_done};
  struct lur_pool *pool = lur_pool_new(2, &e);
  assert_non_null(pool);
  memset(runs->parameters, 0, sizeof runs->parameters);
  assert_int_equal(lur_pool_train(pool, &job, NULL, &e), LUR_OK);
  lur_pool_free(pool);
}

static void test_start_in_lanes(void **state) {
  (void)state;
  static const char *const isas[] = {"avx512", "avx2", "sse2", "neon", "scalar"};
  struct lane_runs *runs = calloc(1, sizeof *runs);
  assert_non_null(runs);
  for (unsigned i = 0; i < 5u * LUR_N_INITS * 16; i++) {
    const struct lur_structure s = {.shape = {.n_layers = 2,
                                              .width = {3, 5, 3},
                                              .bias = i & 1,
                                              .precision = i >> 1 & 1,
                                              .hidden = LUR_TANH,
                                              .output = LUR_LINEAR},
                                    .loss = LUR_MSE,
                                    .init = (enum lur_init)(i / 16 % LUR_N_INITS),
                                    .bias_init = (enum lur_init)(i % 3),
                                    .n_patterns = 1,
                                    .batch = 1,
                                    .start_given = i >> 2 & 1,
                                    .data_per_run = i >> 3 & 1};
    const enum lur_init bias_inits[] = {LUR_INIT_NORMAL, LUR_INIT_UNIFORM, LUR_INIT_ZEROS};
    fill_lane_runs(runs, &s);
    runs->s.bias_init = bias_inits[i % 3];
    if (!lur_isa_has((enum lur_isa)(i / 16 / LUR_N_INITS)))
      continue;
    setenv("LURON_ISA", isas[i / 16 / LUR_N_INITS], 1);
    run_lanes(runs);
    check_lane_runs(runs);
  }
  unsetenv("LURON_ISA");
  free(runs);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_philox),
      cmocka_unit_test(test_words),
      cmocka_unit_test(test_normal),
      cmocka_unit_test(test_many_normals),
      cmocka_unit_test(test_many_uniforms),
      cmocka_unit_test(test_moments),
      cmocka_unit_test(test_order),
      cmocka_unit_test(test_order_is_fair),
      cmocka_unit_test(test_order_rule),
      cmocka_unit_test(test_start_values),
      cmocka_unit_test(test_start_without_bias),
      cmocka_unit_test(test_start_in_single),
      cmocka_unit_test(test_start_in_lanes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
