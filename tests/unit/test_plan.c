/* SPDX-License-Identifier: MIT
 * Plans: the numbering, every combination exactly once, what is not read, what makes no sense. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sweep/plan.h"

static const double inputs[8] = {0, 0, 0, 1, 1, 0, 1, 1}, targets[4] = {0, 1, 1, 0};

struct fixture {
  struct lur_spec spec;
  struct lur_axes axes;
  struct lur_sweep sweep;
};

/* A plan over axes as typed, "" ended; the caller looks at e where it is NULL. */
static struct lur_plan *plan_of(struct fixture *f, const char *const *words, struct lur_error *e) {
  memset(f, 0, sizeof *f);
  f->spec.train = (struct lur_patterns){.n = 4, .n_inputs = 2, .n_outputs = 1, .inputs = inputs, .targets = targets};
  f->spec.n_params = 2;
  f->spec.param[0] = (struct lur_param){.name = "zeta", .value = {.kind = LUR_V_NUMBER, .as.number = 1}};
  f->spec.param[1] = (struct lur_param){.name = "alpha", .value = {.kind = LUR_V_CHOICE}, .text = "ring"};
  f->sweep = (struct lur_sweep){.spec = &f->spec, .axes = &f->axes};
  for (; **words; words++) {
    char name[64];
    const char *text = strchr(*words, '=') + 1;
    snprintf(name, sizeof name, "%.*s", (int)(text - 1 - *words), *words);
    if (lur_axes_set(&f->axes, &f->spec, name, text, e))
      return NULL;
  }
  return lur_plan_new(&f->sweep, e);
}

static void drop(struct fixture *f, struct lur_plan *p) {
  lur_plan_free(p);
  lur_axes_free(&f->axes);
}

/* All runs of a plan, "1: a=1 b=2\n3: ..."; skipped numbers are not there. */
static char *all_of(const struct lur_plan *p) {
  struct lur_buffer out = {0};
  uint64_t n = 0;
  for (uint64_t run = 1; run <= lur_plan_n_runs(p); run++) {
    if (lur_plan_is_repeat(p, run))
      continue;
    n++;
    lur_buffer_format(&out, "%llu: ", (unsigned long long)run);
    lur_plan_write(p, run, &out);
    lur_buffer_text(&out, "\n");
  }
  assert_int_equal(n, lur_plan_n_different(p) * lur_plan_n_replicates(p));
  return out.data;
}

static void expect(const char *const *words, const char *wanted) {
  struct fixture f;
  struct lur_error e = {0};
  struct lur_plan *p = plan_of(&f, words, &e);
  if (!p)
    fail_msg("%s: %s", e.field, e.text);
  char *all = all_of(p);
  assert_string_equal(all, wanted);
  free(all);
  drop(&f, p);
}

static void the_last_varies_fastest_and_seed_slowest(void **state) {
  (void)state;
  expect((const char *const[]){"seed=7,8", "zeta=1,2", "learning_rate=0.1,0.2", "hidden=2,3x3", ""},
         "1: hidden=2 learning_rate=0.1 zeta=1 seed=7\n"
         "2: hidden=2 learning_rate=0.1 zeta=2 seed=7\n"
         "3: hidden=2 learning_rate=0.2 zeta=1 seed=7\n"
         "4: hidden=2 learning_rate=0.2 zeta=2 seed=7\n"
         "5: hidden=3x3 learning_rate=0.1 zeta=1 seed=7\n"
         "6: hidden=3x3 learning_rate=0.1 zeta=2 seed=7\n"
         "7: hidden=3x3 learning_rate=0.2 zeta=1 seed=7\n"
         "8: hidden=3x3 learning_rate=0.2 zeta=2 seed=7\n"
         "9: hidden=2 learning_rate=0.1 zeta=1 seed=8\n"
         "10: hidden=2 learning_rate=0.1 zeta=2 seed=8\n"
         "11: hidden=2 learning_rate=0.2 zeta=1 seed=8\n"
         "12: hidden=2 learning_rate=0.2 zeta=2 seed=8\n"
         "13: hidden=3x3 learning_rate=0.1 zeta=1 seed=8\n"
         "14: hidden=3x3 learning_rate=0.1 zeta=2 seed=8\n"
         "15: hidden=3x3 learning_rate=0.2 zeta=1 seed=8\n"
         "16: hidden=3x3 learning_rate=0.2 zeta=2 seed=8\n");
}

static void layers_and_params_have_their_order(void **state) {
  (void)state;
  expect((const char *const[]){"hidden=2", "zeta=1", "alpha=x,y", "learning_rate_2=1,2", "learning_rate_1=3,4",
                               "epochs=5,6", "seed=1..1", ""},
         "1: learning_rate_1=3 learning_rate_2=1 max_epochs=5 alpha=x seed=1\n"
         "2: learning_rate_1=3 learning_rate_2=1 max_epochs=5 alpha=y seed=1\n"
         "3: learning_rate_1=3 learning_rate_2=1 max_epochs=6 alpha=x seed=1\n"
         "4: learning_rate_1=3 learning_rate_2=1 max_epochs=6 alpha=y seed=1\n"
         "5: learning_rate_1=3 learning_rate_2=2 max_epochs=5 alpha=x seed=1\n"
         "6: learning_rate_1=3 learning_rate_2=2 max_epochs=5 alpha=y seed=1\n"
         "7: learning_rate_1=3 learning_rate_2=2 max_epochs=6 alpha=x seed=1\n"
         "8: learning_rate_1=3 learning_rate_2=2 max_epochs=6 alpha=y seed=1\n"
         "9: learning_rate_1=4 learning_rate_2=1 max_epochs=5 alpha=x seed=1\n"
         "10: learning_rate_1=4 learning_rate_2=1 max_epochs=5 alpha=y seed=1\n"
         "11: learning_rate_1=4 learning_rate_2=1 max_epochs=6 alpha=x seed=1\n"
         "12: learning_rate_1=4 learning_rate_2=1 max_epochs=6 alpha=y seed=1\n"
         "13: learning_rate_1=4 learning_rate_2=2 max_epochs=5 alpha=x seed=1\n"
         "14: learning_rate_1=4 learning_rate_2=2 max_epochs=5 alpha=y seed=1\n"
         "15: learning_rate_1=4 learning_rate_2=2 max_epochs=6 alpha=x seed=1\n"
         "16: learning_rate_1=4 learning_rate_2=2 max_epochs=6 alpha=y seed=1\n");
}

static void what_is_not_read_runs_once(void **state) {
  (void)state;
  expect((const char *const[]){"optimizer=sgd,momentum", "momentum=0.5,0.9", ""},
         "1: optimizer=sgd\n3: optimizer=momentum momentum=0.5\n4: optimizer=momentum momentum=0.9\n");
  expect((const char *const[]){"hidden=0,2", "learning_rate_2=0.5,0.9", ""},
         "1: hidden=0\n3: hidden=2 learning_rate_2=0.5\n4: hidden=2 learning_rate_2=0.9\n");
}

/* A batch of more than there are patterns is a full one, where others have enough; full batches are one run. */
static void full_batches_run_once(void **state) {
  (void)state;
  expect((const char *const[]){"batch=1,9", "seed=1,2", ""},
         "1: batch=1 seed=1\n2: batch=9 seed=1\n3: batch=1 seed=2\n4: batch=9 seed=2\n");
  expect((const char *const[]){"batch=2,all", "shuffle=true,false", ""},
         "1: batch=2 shuffle=1\n2: batch=2 shuffle=0\n3: batch=all\n");
  expect((const char *const[]){"batch=3,all,4,5", ""}, "1: batch=3\n2: batch=all\n");
  struct fixture f;
  struct lur_error e = {0};
  struct lur_cell cell[2];
  struct lur_plan *p = plan_of(&f, (const char *const[]){"batch=2..7", "learning_rate=1", ""}, &e);
  assert_int_equal(lur_plan_n_different(p), 3);
  for (uint64_t run = 1; run <= 6; run++) {
    lur_plan_cells(p, run, cell);
    assert_int_equal(cell[0].as.integer, run + 1 < 4 ? run + 1 : 4);
    assert_int_equal(lur_plan_structure(p, lur_plan_group(p, run))->batch % 4, run + 1 < 4 ? run + 1 : 0);
    assert_int_equal(lur_plan_is_repeat(p, run), run > 3);
  }
  drop(&f, p);
}

static void zip_stands_at_its_first_member(void **state) {
  (void)state;
  struct fixture f;
  struct lur_error e = {0};
  struct lur_plan *p = plan_of(&f, (const char *const[]){"hidden=2,3", "epochs=5,6", "learning_rate=0.1,0.2", ""}, &e);
  lur_plan_free(p);
  int zip = lur_axes_new_zip(&f.axes);
  f.axes.axis[lur_axes_find(&f.axes, "hidden")].zip = zip;
  f.axes.axis[lur_axes_find(&f.axes, "max_epochs")].zip = zip;
  p = lur_plan_new(&f.sweep, &e);
  assert_non_null(p);
  char *all = all_of(p);
  assert_string_equal(all, "1: hidden=2 learning_rate=0.1 max_epochs=5\n2: hidden=2 learning_rate=0.2 max_epochs=5\n"
                           "3: hidden=3 learning_rate=0.1 max_epochs=6\n4: hidden=3 learning_rate=0.2 max_epochs=6\n");
  free(all);
  lur_plan_free(p);
  assert_int_equal(lur_axes_set(&f.axes, &f.spec, "epochs", "5,6,7", &e), LUR_OK);
  f.axes.axis[lur_axes_find(&f.axes, "max_epochs")].zip = zip;
  assert_null(lur_plan_new(&f.sweep, &e));
  assert_string_equal(e.text, "3 values, but hidden, zipped with it, has 2");
  drop(&f, NULL);
}

#define LONG_HIDDEN "10x11x12x13x10014x10015x10016x10017x10018x10019x10020x10021x10022x10023"

/* Axes, field, message. */
static void refuses(void **state) {
  (void)state;
  static const char *const bad[][6] = {
      {"momentum=0.1,0.2", "", "momentum",
       "an axis that no combination reads; write optimizer = \"momentum\" or \"nesterov\""},
      {"learning_rate_2=0.1,0.2", "", "learning_rate_2", "an axis that no combination reads"},
      {"learning_rate=0.1,0.2,0.1", "", "learning_rate", "0.1 stands twice"},
      {"hidden=2,4x4,2", "", "hidden", "2 stands twice"},
      {"learning_rate=0.1..1:log", "", "learning_rate",
       "an interval needs sampler = random, sobol or latin; for a grid give it a number of points"},
      {"sampler=random", "learning_rate=0.1..1:log", "", "samples",
       "sampler = random needs samples, how many points to draw"},
      {"seed=1..9000000000000000", "learning_rate=0.1,1", "", "sweep", "1.8e+16 runs; at most 2^53 can be numbered"},
      {"batch=5,9", "", "batch", "with batch=5: 5 is more than the 4 patterns there are"},
      {"batch=5", "seed=1,2", "", "batch", "5 is more than the 4 patterns there are"},
      {"hidden=0,2", "activation=tanh,softmax", "", "activation",
       "with hidden=2 activation=softmax: softmax is for outputs only; write output_activation = \"softmax\""},
      {"hidden=" LONG_HIDDEN "," LONG_HIDDEN "x7", "activation=softmax,softplus", "output_activation=leaky_relu,linear",
       "", "activation",
       "with hidden=" LONG_HIDDEN " activation=softmax output_activation=leaky_relu: softmax is for outputs only; "
       "write output_activation = \"softmax\""},
      {"learning_rate=0.1x0.2,0.3", "", "learning_rate", "2 numbers, but the network has 1 layer"},
      {"momentum=0.5", "seed=1,2", "", "momentum",
       "sgd never reads it; write optimizer = \"momentum\" or \"nesterov\""},
  };
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    struct fixture f;
    struct lur_error e = {0};
    const char *const *at = bad[i];
    assert_null(plan_of(&f, bad[i], &e));
    while (**at)
      at++;
    assert_string_equal(e.text, at[2]);
    assert_string_equal(e.field, at[1]);
    drop(&f, NULL);
  }
}

static void a_number_of_another_optimizer_is_no_mistake(void **state) {
  (void)state;
  struct fixture f;
  struct lur_error e = {0};
  struct lur_plan *p = plan_of(&f, (const char *const[]){"momentum=0.5", "optimizer=sgd,momentum", ""}, &e);
  assert_non_null(p);
  struct lur_numbers n;
  lur_plan_numbers(p, 2, &n);
  assert_true(n.momentum == 0.5);
  drop(&f, p);
}

static void numbers_are_those_of_a_spec(void **state) {
  (void)state;
  static const char *const words[] = {"hidden=2,3x3",
                                      "optimizer=sgd,momentum,adam",
                                      "learning_rate=0.1..1:4:log",
                                      "learning_rate_2=1,2",
                                      "momentum=0.5,0.6",
                                      "init_scale=1,2",
                                      "stop_error=0.1,0.2",
                                      "stop_patience=5,6",
                                      "seed=3..5",
                                      "epochs=7,8",
                                      "beta1=0.8,0.85",
                                      ""};
  struct fixture f;
  struct lur_error e = {0};
  struct lur_plan *p = plan_of(&f, words, &e);
  if (!p)
    fail_msg("%s: %s", e.field, e.text);
  struct lur_spec *at = malloc(sizeof *at);
  *at = f.spec;
  for (uint64_t run = 1; run <= lur_plan_n_runs(p); run += 7) {
    struct lur_numbers a, b;
    struct lur_structure s;
    lur_plan_numbers(p, run, &a);
    lur_plan_spec(p, run, at);
    assert_int_equal(lur_spec_resolve(at, &s, &b, &e), LUR_OK);
    assert_int_equal(a.seed, b.seed);
    assert_int_equal(a.epochs, b.epochs);
    assert_int_equal(a.stop_patience, b.stop_patience);
    assert_memory_equal(a.learning_rate, b.learning_rate, sizeof(double) * (size_t)s.shape.n_layers);
    assert_memory_equal(a.init_scale, b.init_scale, sizeof(double) * (size_t)s.shape.n_layers);
    assert_true(a.momentum == b.momentum && a.beta1 == b.beta1 && a.stop_error == b.stop_error);
    assert_memory_equal(&s.shape, &lur_plan_structure(p, lur_plan_group(p, run))->shape, sizeof s.shape);
    assert_int_equal(s.stops, LUR_STOP_ERROR | LUR_STOP_PATIENCE);
  }
  free(at);
  drop(&f, p);
}

static uint64_t next(uint64_t *s) {
  *s = *s * 6364136223846793005u + 1442695040888963407u;
  return *s >> 33;
}

/* A random axis set, its product counted apart from the plan; every combination is there exactly once. */
static int compare_words(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static uint64_t random_axes(uint64_t *s, char text[8][64], const char **words) {
  static const char *const names[] = {"learning_rate", "init_scale", "epochs", "seed",
                                      "stop_patience", "zeta",       "hidden", "stop_error"};
  uint64_t product = 1;
  int n = 0;
  for (int i = 0; i < 8; i++) {
    if (next(s) % 2)
      continue;
    uint64_t count = 1 + next(s) % 5;
    bool whole = i == 2 || i == 3 || i == 4 || i == 6;
    if (whole || next(s) % 2)
      snprintf(text[n], 64, "%s=1..%llu", names[i], (unsigned long long)count);
    else
      snprintf(text[n], 64, "%s=0.5..9:%llu%s", names[i], (unsigned long long)count, next(s) % 2 ? ":log" : "");
    words[n] = text[n];
    n++;
    product *= count;
  }
  words[n] = "";
  return product;
}

static void every_combination_exactly_once(void **state) {
  (void)state;
  uint64_t s = 1;
  for (int trial = 0; trial < 1000; trial++) {
    char text[8][64];
    const char *words[9];
    struct fixture f;
    struct lur_error e = {0};
    uint64_t product = random_axes(&s, text, words);
    if (product > 3000)
      continue;
    struct lur_plan *p = plan_of(&f, words, &e);
    if (!p)
      fail_msg("%s: %s", e.field, e.text);
    assert_int_equal(lur_plan_n_runs(p), product);
    char **all = malloc(product * sizeof *all);
    for (uint64_t i = 0; i < product; i++) {
      struct lur_buffer out = {0};
      lur_buffer_text(&out, "");
      lur_plan_write(p, i + 1, &out);
      all[i] = out.data;
    }
    qsort(all, product, sizeof *all, compare_words);
    for (uint64_t i = 1; i < product; i++)
      assert_string_not_equal(all[i - 1], all[i]);
    for (uint64_t i = 0; i < product; i++)
      free(all[i]);
    free(all);
    drop(&f, p);
  }
}

static void cells_are_real_columns(void **state) {
  (void)state;
  static const char *const words[] = {
      "hidden=0,3,4x4", "batch=1,all", "bias=true,false", "alpha=a,b", "learning_rate=0.5,1", "seed=4..5", ""};
  struct fixture f;
  struct lur_error e = {0};
  struct lur_cell c[16];
  struct lur_plan *p = plan_of(&f, words, &e);
  if (!p)
    fail_msg("%s: %s", e.field, e.text);
  const struct lur_column *col = lur_plan_columns(p);
  assert_string_equal(col[0].name, "hidden");
  assert_int_equal(col[0].type, LUR_COLUMN_MIXED);
  assert_string_equal(col[1].name, "bias");
  assert_string_equal(col[2].name, "learning_rate");
  assert_string_equal(col[3].name, "batch");
  assert_string_equal(col[4].name, "alpha");
  assert_string_equal(col[5].name, "seed");
  assert_string_equal(col[6].name, "loss");
  assert_string_equal(col[8].name, "epochs");
  assert_int_equal(lur_plan_n_columns(p), 9);
  lur_plan_cells(p, lur_plan_n_runs(p), c);
  assert_string_equal(c[0].as.text, "4x4");
  assert_int_equal(c[1].as.integer, 0);
  assert_true(c[2].kind == LUR_CELL_REAL && c[2].as.real == 1);
  assert_int_equal(c[3].as.integer, 4);
  assert_string_equal(c[4].as.text, "b");
  assert_int_equal(c[5].as.integer, 5);
  lur_plan_cells(p, 1, c);
  assert_true(c[0].kind == LUR_CELL_INTEGER && c[0].as.integer == 0);
  drop(&f, p);
}

static int keep_small(void *context, const struct lur_spec *at, bool *keep, struct lur_error *e) {
  (void)context, (void)e;
  *keep = at->value[LUR_F_HIDDEN].as.list.n == 0 || at->value[LUR_F_ACTIVATION].as.integer != LUR_SOFTMAX;
  return 0;
}

/* What where leaves out may be nonsense; what it keeps may not. */
static void where_excuses_nonsense(void **state) {
  (void)state;
  struct fixture f;
  struct lur_error e = {0};
  const struct lur_host_calls calls = {.where = keep_small};
  assert_null(plan_of(&f, (const char *const[]){"hidden=0,2", "activation=tanh,softmax", ""}, &e));
  f.sweep.calls = &calls;
  struct lur_plan *p = lur_plan_new(&f.sweep, &e);
  assert_non_null(p);
  bool skips;
  struct lur_spec *at = malloc(sizeof *at);
  *at = f.spec;
  int kept = 0;
  for (uint64_t run = 1; run <= 4; run++) {
    assert_int_equal(lur_plan_skips(p, run, at, &skips, &e), LUR_OK);
    kept += !skips;
  }
  assert_int_equal(kept, 3);
  free(at);
  drop(&f, p);
}

/* ---- Drawn samplers ---- */
/* The points of the first seed, as typed. */
static char **points_of(const struct lur_plan *p) {
  uint64_t n = lur_plan_n_cells(p);
  char **point = calloc(n + 1, sizeof *point);
  for (uint64_t i = 0; i < n; i++) {
    struct lur_buffer text = {0};
    lur_plan_write(p, i + 1, &text);
    point[i] = text.data;
  }
  return point;
}

static void free_points(char **point) {
  for (size_t i = 0; point[i]; i++)
    free(point[i]);
  free(point);
}

static size_t count_points(char **point) {
  size_t n = 0;
  while (point[n])
    n++;
  return n;
}

/* Sampler, samples and axes; how many points there are, none of them twice. */
static char **draw(const char *sampler, int samples, const char *const axes[3], size_t expected) {
  struct fixture f;
  struct lur_error e = {0};
  char one[32], two[32];
  snprintf(one, sizeof one, "sampler=%s", sampler);
  snprintf(two, sizeof two, "samples=%d", samples);
  struct lur_plan *p = plan_of(&f, (const char *const[]){one, two, axes[0], axes[1], axes[2], ""}, &e);
  if (!p)
    fail_msg("%s: %s", e.field, e.text);
  char **point = points_of(p);
  size_t n = count_points(point);
  if (expected)
    assert_int_equal(n, expected);
  assert_int_equal(lur_plan_n_different(p), n);
  assert_int_equal(lur_plan_n_asked(p), samples);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < i; j++)
      if (strcmp(point[i], point[j]) == 0)
        fail_msg("%s %d: %s is %zu and %zu", sampler, samples, point[i], j, i);
  drop(&f, p);
  return point;
}

static const struct {
  const char *const axes[3];
  size_t different; /* 0: without end */
} drawn_axes[] = {
    {{"learning_rate=0.1,1", "hidden=2,3", ""}, 4},
    {{"learning_rate=0.1..1:8", "hidden=1..8", ""}, 64},
    {{"learning_rate=0.1..1:3", "optimizer=sgd,momentum", "momentum=0.1..0.9:7"}, 3 + 21},
    {{"learning_rate=0.1..1:3", "optimizer=sgd,momentum", "momentum=0.1..0.9:lin"}, 0},
    {{"hidden=0,2", "learning_rate_1=0.1..1:4", "learning_rate_2=0.1..1:5"}, 4 + 20},
    {{"epochs=1..20:log", "hidden=1..3:lin", ""}, 60},
    {{"learning_rate=0.01..1:log", "hidden=2,3", ""}, 0},
    {{"batch=2..9", "learning_rate=0.1,0.2", ""}, 6},
};

static void drawn_points_differ(void **state) {
  (void)state;
  for (int s = LUR_RANDOM; s <= LUR_LATIN; s++)
    for (size_t i = 0; i < sizeof drawn_axes / sizeof *drawn_axes; i++)
      for (int samples = 1; samples <= 100; samples += samples < 4 ? 1 : 16) {
        size_t expected = drawn_axes[i].different;
        expected = expected && expected < (size_t)samples ? expected : (size_t)samples;
        if (s == LUR_LATIN && !drawn_axes[i].different) /* a square cannot go on past what was equal */
          expected = 0;
        free_points(draw(lur_sampler_names[s], samples, drawn_axes[i].axes, expected));
      }
}

static void more_points_begin_with_fewer(void **state) {
  (void)state;
  for (int s = LUR_RANDOM; s <= LUR_SOBOL; s++)
    for (size_t i = 0; i < sizeof drawn_axes / sizeof *drawn_axes; i++) {
      char **few = draw(lur_sampler_names[s], 30, drawn_axes[i].axes, 0);
      char **more = draw(lur_sampler_names[s], 60, drawn_axes[i].axes, 0);
      for (size_t k = 0; few[k]; k++)
        assert_string_equal(few[k], more[k]);
      free_points(few);
      free_points(more);
    }
}

/* Of a square each value of a list is as often as the others, and still no point is twice. */
static void squares_are_even(void **state) {
  (void)state;
  static const char *const axes[3] = {"learning_rate=1..10:10", "hidden=1..4", "epochs=1..5"};
  for (int samples = 20; samples <= 140; samples += 20) {
    char **point = draw("latin", samples, axes, (size_t)samples);
    for (int axis = 0; axis < 3; axis++) {
      static const char *const name[] = {"learning_rate=%d ", "hidden=%d ", "max_epochs=%d"};
      static const int values[] = {10, 4, 5};
      for (int v = 1; v <= values[axis]; v++) {
        char word[32];
        int n = 0;
        snprintf(word, sizeof word, name[axis], v);
        for (int i = 0; i < samples; i++) {
          const char *at = strstr(point[i], word);
          n += at && (axis < 2 || strlen(at) == strlen(word));
        }
        assert_int_equal(n, samples / values[axis]);
      }
    }
    free_points(point);
  }
}

/* Sobol's points of lists are SciPy's but for those that were there before. */
static void sobol_goes_on_past_what_repeats(void **state) {
  (void)state;
  char **point = draw("sobol", 8, (const char *const[]){"learning_rate=1,2,3,4", "hidden=1..2", ""}, 8);
  static const char *const known[] = {"hidden=1 learning_rate=1", "hidden=2 learning_rate=3",
                                      "hidden=2 learning_rate=2", "hidden=1 learning_rate=4"};
  for (int i = 0; i < 4; i++)
    assert_string_equal(point[i], known[i]);
  free_points(point);
}

static int where_large(void *context, const struct lur_spec *at, bool *keep, struct lur_error *e) {
  (void)e;
  const int *least = context;
  *keep = at->value[LUR_F_EPOCHS].as.integer >= *least;
  return 0;
}

/* Numbers go on past what where leaves out, until all points that were asked for are in, or there are no more. */
static void drawn_points_pass_where(void **state) {
  (void)state;
  static const struct {
    const char *axis;
    int least, points; /* of 50 asked; 0: none is left */
  } cases[] = {{"epochs=1..100", 91, 10},
               {"epochs=1..1000", 501, 50},
               {"epochs=1..1000:lin", 991, 10},
               {"epochs=1..100", 101, 0}};
  for (int s = LUR_RANDOM; s <= LUR_SOBOL; s++)
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
      struct fixture f;
      struct lur_error e = {0};
      char sampler[32];
      int least = cases[i].least;
      snprintf(sampler, sizeof sampler, "sampler=%s", lur_sampler_names[s]);
      lur_plan_free(plan_of(&f, (const char *const[]){sampler, "samples=50", cases[i].axis, "seed=1..2", ""}, &e));
      const struct lur_host_calls calls = {.context = &least, .where = where_large};
      f.sweep.calls = &calls;
      struct lur_plan *p = lur_plan_new(&f.sweep, &e);
      double n_runs = 0;
      bool exact = false;
      assert_true((p != NULL) == (cases[i].points > 0));
      if (p) {
        assert_int_equal(lur_plan_n_different(p), cases[i].points);
        assert_int_equal(lur_plan_count_runs(p, 100000, 0, &n_runs, &exact, &e), LUR_OK);
        assert_true(exact && n_runs == 2 * cases[i].points);
      } else {
        assert_string_equal(e.field, "where");
      }
      drop(&f, p);
    }
}

static void sixty_four_axes_and_none(void **state) {
  (void)state;
  struct fixture f;
  struct lur_error e = {0};
  struct lur_plan *p = plan_of(&f, (const char *const[]){""}, &e);
  assert_non_null(p);
  assert_int_equal(lur_plan_n_runs(p), 1);
  drop(&f, p);
  char text[LUR_MAX_AXES][64];
  const char *words[LUR_MAX_AXES + 1];
  for (int i = 0; i < 16; i++)
    snprintf(text[i], 64, "learning_rate_%d=0.%d..0.%d:1", i + 1, i + 1, i + 1);
  for (int i = 16; i < 32; i++)
    snprintf(text[i], 64, "init_scale_%d=1..2:2", i - 15);
  for (int i = 0; i < 32; i++)
    words[i] = text[i];
  words[32] = "";
  p = plan_of(&f, (const char *const[]){"hidden=1x1x1x1x1x1x1x1x1x1x1x1x1x1x1", ""}, &e);
  struct lur_value deep = f.spec.value[LUR_F_HIDDEN];
  drop(&f, p);
  assert_null(plan_of(&f, words, &e)); /* one layer reads neither */
  f.spec.value[LUR_F_HIDDEN] = deep;
  p = lur_plan_new(&f.sweep, &e);
  assert_non_null(p);
  assert_int_equal(lur_plan_n_runs(p), 65536);
  drop(&f, p);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_last_varies_fastest_and_seed_slowest),
      cmocka_unit_test(layers_and_params_have_their_order),
      cmocka_unit_test(what_is_not_read_runs_once),
      cmocka_unit_test(full_batches_run_once),
      cmocka_unit_test(zip_stands_at_its_first_member),
      cmocka_unit_test(refuses),
      cmocka_unit_test(a_number_of_another_optimizer_is_no_mistake),
      cmocka_unit_test(numbers_are_those_of_a_spec),
      cmocka_unit_test(every_combination_exactly_once),
      cmocka_unit_test(cells_are_real_columns),
      cmocka_unit_test(where_excuses_nonsense),
      cmocka_unit_test(sixty_four_axes_and_none),
      cmocka_unit_test(drawn_points_differ),
      cmocka_unit_test(more_points_begin_with_fewer),
      cmocka_unit_test(squares_are_even),
      cmocka_unit_test(sobol_goes_on_past_what_repeats),
      cmocka_unit_test(drawn_points_pass_where),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
