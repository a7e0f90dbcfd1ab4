/* SPDX-License-Identifier: MIT
 * Cross-validation in a sweep: fold is a replicate beside seed; each run is trained on the patterns that are left when
 * its fold of its seed's partition is taken out, and tested on that fold, bit for bit as a run by itself is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/held_out.h"
#include "sweep/stored.h"
#include "sweep/sweep.h"

enum { N = 23, N_CLASSES = 3, MOST_RUNS = 200, MOST_COLUMNS = 12 };

struct fixture {
  struct lur_spec spec;
  struct lur_axes axes;
  struct lur_sweep sweep;
  struct lur_plan *plan;
};

static struct lur_dataset *make_rows(void) {
  struct lur_dataset *d = lur_dataset_new(N, 2, N_CLASSES, NULL);
  assert_non_null(d);
  for (size_t i = 0; i < N; i++) {
    d->inputs[2 * i] = lur_draw_normal(1, 2 * i, 0, LUR_DRAW_DATA) + (double)(i % 3);
    d->inputs[2 * i + 1] = lur_draw_normal(1, 2 * i + 1, 0, LUR_DRAW_DATA) * 5;
    d->targets[N_CLASSES * i + i % 3] = 1;
  }
  return d;
}

static void open_words(struct fixture *f, const char *const *words) {
  struct lur_error e = {0};
  memset(f, 0, sizeof *f);
  f->spec.whole = make_rows();
  f->spec.train = lur_dataset_patterns(f->spec.whole);
  f->spec.metrics = LUR_BIT(LUR_M_TEST_LOSS);
  f->sweep = (struct lur_sweep){.spec = &f->spec, .axes = &f->axes};
  for (; **words; words++) {
    char name[64];
    const char *text = strchr(*words, '=') + 1;
    snprintf(name, sizeof name, "%.*s", (int)(text - 1 - *words), *words);
    if (lur_axes_set(&f->axes, &f->spec, name, text, &e))
      fail_msg("%s: %s", e.field, e.text);
  }
}

static void open_plan(struct fixture *f) {
  struct lur_error e = {0};
  if (!(f->plan = lur_plan_new(&f->sweep, &e)))
    fail_msg("%s: %s", e.field, e.text);
}

static void drop(struct fixture *f) {
  lur_plan_free(f->plan);
  lur_axes_free(&f->axes);
  lur_dataset_free(f->spec.whole);
}

static void seed_is_slowest_and_fold_is_next(void **state) {
  (void)state;
  static const char *const wanted[] = {
      "",
      "learning_rate=0.1 fold=1 seed=7",
      "learning_rate=0.2 fold=1 seed=7",
      "learning_rate=0.1 fold=2 seed=7",
      "learning_rate=0.2 fold=2 seed=7",
      "learning_rate=0.1 fold=1 seed=8",
      "learning_rate=0.2 fold=1 seed=8",
      "learning_rate=0.1 fold=2 seed=8",
      "learning_rate=0.2 fold=2 seed=8",
  };
  struct fixture f;
  open_words(&f, (const char *const[]){"folds=2", "seed=7,8", "fold=1..2", "learning_rate=0.1,0.2", ""});
  open_plan(&f);
  assert_int_equal(lur_plan_n_runs(f.plan), 8);
  assert_int_equal(lur_plan_n_replicates(f.plan), 4);
  assert_int_equal(lur_plan_n_folds(f.plan), 2);
  for (uint64_t run = 1; run <= 8; run++) {
    struct lur_buffer out = {0};
    lur_plan_write(f.plan, run, &out);
    assert_string_equal(out.data, wanted[run]);
    lur_buffer_free(&out);
  }
  drop(&f);
}

/* ---- Rows of a sweep: what is in their columns, by number ---- */
struct table {
  int n_columns;
  struct lur_cell cell[MOST_RUNS + 1][MOST_COLUMNS];
  enum lur_status status[MOST_RUNS + 1];
};

static int take(void *context, const struct lur_rows *r, struct lur_error *e) {
  struct table *t = context;
  (void)e;
  t->n_columns = r->n_columns;
  assert_true(r->last <= MOST_RUNS && r->n_columns <= MOST_COLUMNS);
  for (size_t i = 0; i < r->n; i++) {
    memcpy(t->cell[r->run[i]], r->cell + i * (size_t)r->n_columns, (size_t)r->n_columns * sizeof *r->cell);
    t->status[r->run[i]] = (enum lur_status)r->status[i];
  }
  return LUR_OK;
}

static void run_into(const struct lur_plan *p, int n_threads, struct table *t) {
  const struct lur_sink sink = {t, take};
  struct lur_error e = {0};
  struct lur_progress progress = {0};
  const struct lur_sweep_options o = {.n_threads = n_threads};
  memset(t, 0, sizeof *t);
  if (lur_sweep_run(p, &o, &sink, &progress, NULL, &e))
    fail_msg("%s: %s", e.field, e.text);
}

/* The losses of one run by itself: rows taken out here, inputs scaled here. */
static void train_alone(const struct fixture *f, uint64_t run, struct lur_outcome *o) {
  struct lur_spec *at = malloc(sizeof *at);
  struct lur_structure s;
  struct lur_numbers n;
  uint32_t fold[N];
  struct lur_dataset *test, *train;
  double shift[2], scale[2];
  *at = f->spec;
  lur_plan_spec(f->plan, run, at);
  const uint64_t seed = (uint64_t)lur_spec_value(at, LUR_F_SEED).as.integer;
  const uint32_t held = (uint32_t)lur_spec_value(at, LUR_F_FOLD).as.integer;
  assert_int_equal(lur_held_out_folds(f->spec.whole, true, 4, seed, fold, NULL), LUR_OK);
  assert_int_equal(lur_held_out_cut(f->spec.whole, fold, held, &test, &train, NULL), LUR_OK);
  const struct lur_inputs x = lur_dataset_inputs(train), y = lur_dataset_inputs(test);
  assert_int_equal(lur_normalize_fit(LUR_ZSCORE, "input", &x, shift, scale, NULL), LUR_OK);
  lur_normalize_inputs(shift, scale, &x, train->inputs);
  lur_normalize_inputs(shift, scale, &y, test->inputs);
  at->train = lur_dataset_patterns(train);
  at->test = lur_dataset_patterns(test);
  assert_int_equal(lur_spec_resolve(at, &s, &n, NULL), LUR_OK);
  *o = (struct lur_outcome){0};
  assert_int_equal(lur_train(&s, &n, NULL, NULL, o, NULL), LUR_OK);
  lur_dataset_free(train);
  lur_dataset_free(test);
  free(at);
}

static const char *const words[] = {"folds=4",  "fold=1..4", "seed=1..3", "learning_rate=0.1,0.5", "normalize=zscore",
                                    "hidden=3", "epochs=12", "batch=5",   "shuffle=true",          ""};
enum { AXES = 3, LOSS = AXES, TEST_LOSS = AXES + 3, RUNS = 24 };

static void runs_are_those_of_the_rows_left(void **state) {
  (void)state;
  struct fixture f;
  struct table one, two;
  open_words(&f, words);
  open_plan(&f);
  run_into(f.plan, 1, &one);
  run_into(f.plan, 3, &two);
  assert_int_equal(lur_plan_n_runs(f.plan), RUNS);
  for (uint64_t run = 1; run <= RUNS; run++) {
    struct lur_outcome o;
    train_alone(&f, run, &o);
    assert_int_equal(one.cell[run][1].as.integer, (run - 1) / 2 % 4 + 1);
    assert_int_equal(one.cell[run][2].as.integer, (run - 1) / 8 + 1);
    assert_true(one.cell[run][LOSS].as.real == o.metric[LUR_M_LOSS]);
    assert_true(one.cell[run][TEST_LOSS].as.real == o.metric[LUR_M_TEST_LOSS]);
    assert_true(two.cell[run][LOSS].as.real == o.metric[LUR_M_LOSS]);
  }
  assert_true(one.cell[1][LOSS].as.real != one.cell[3][LOSS].as.real);
  drop(&f);
}

static void cells_fold_all_replicates(void **state) {
  (void)state;
  struct fixture f, cells;
  struct table all, t;
  open_words(&f, words);
  open_plan(&f);
  run_into(f.plan, 2, &all);
  open_words(&cells, words);
  cells.sweep.keep = LUR_KEEP_CELLS;
  cells.spec.metrics = 0; /* the row has columns more */
  open_plan(&cells);
  run_into(cells.plan, 2, &t);
  for (int cell = 1; cell <= 2; cell++) {
    double sum = 0;
    for (int i = 0; i < RUNS / 2; i++)
      sum += all.cell[cell + 2 * i][LOSS].as.real;
    assert_true(t.cell[cell][LOSS].as.real == sum / (RUNS / 2));
    assert_true(t.cell[cell][1].kind == LUR_CELL_NULL && t.cell[cell][2].kind == LUR_CELL_NULL);
  }
  drop(&f);
  drop(&cells);
}

/* Brackets are of one seed and one fold: each replicate keeps the same number. */
static void a_bracket_is_of_one_replicate(void **state) {
  (void)state;
  struct fixture f;
  struct table t;
  open_words(&f, (const char *const[]){"folds=3", "fold=1..3", "seed=1,2", "learning_rate=0.01..1:8:log", "hidden=2",
                                       "epochs=8", ""});
  f.sweep.halving = (struct lur_halving){.n_rungs = 1, .at = {2}, .keep = 0.25, .by = LUR_M_LOSS};
  open_plan(&f);
  run_into(f.plan, 2, &t);
  for (uint64_t replicate = 0; replicate < 6; replicate++) {
    int n_finished = 0;
    for (uint64_t cell = 1; cell <= 8; cell++)
      n_finished += t.status[replicate * 8 + cell] == LUR_FINISHED;
    assert_int_equal(n_finished, 2);
  }
  drop(&f);
}

/* More seeds append; folds do not, as they are numbered inside seed. */
static void seeds_are_not_of_the_hash_and_folds_are(void **state) {
  (void)state;
  static const char *const more[][5] = {{"folds=3", "fold=1..3", "seed=1..2", "epochs=5", ""},
                                        {"folds=3", "fold=1..3", "seed=1..9", "epochs=5", ""},
                                        {"folds=3", "fold=1..2", "seed=1..2", "epochs=5", ""},
                                        {"folds=4", "fold=1..3", "seed=1..2", "epochs=5", ""}};
  char hex[4][65];
  for (int i = 0; i < 4; i++) {
    struct fixture f;
    open_words(&f, more[i]);
    open_plan(&f);
    assert_int_equal(lur_plan_hash(f.plan, hex[i], NULL), LUR_OK);
    drop(&f);
  }
  assert_string_equal(hex[0], hex[1]);
  assert_string_not_equal(hex[0], hex[2]);
  assert_string_not_equal(hex[0], hex[3]);
}

static void what_makes_no_sense_is_refused(void **state) {
  (void)state;
  static const char *const bad[][5] = {
      {"seed=1,2", "fold=1,2", "", "fold", "there are no cross-validation folds; write folds = 5, or another number"},
      {"folds=2", "fold=1,3", "", "fold", "3, but there are 2 cross-validation folds"},
      {"folds=24", "fold=1,3", "", "folds", "24 folds of 23 rows; each fold needs a row, and another to train on"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct fixture f;
    struct lur_error e = {0};
    open_words(&f, bad[i]);
    assert_null(lur_plan_new(&f.sweep, &e));
    assert_string_equal(e.field, bad[i][3]);
    assert_string_equal(e.text, bad[i][4]);
    drop(&f);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(seed_is_slowest_and_fold_is_next),
      cmocka_unit_test(runs_are_those_of_the_rows_left),
      cmocka_unit_test(cells_fold_all_replicates),
      cmocka_unit_test(a_bracket_is_of_one_replicate),
      cmocka_unit_test(seeds_are_not_of_the_hash_and_folds_are),
      cmocka_unit_test(what_makes_no_sense_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
