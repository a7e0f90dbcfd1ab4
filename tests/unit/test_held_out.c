/* SPDX-License-Identifier: MIT
 * Held-out rows: numbers that a program of its own in Python gave, Philox included; then many cases worked out here the
 * slow way, by looking for each place of the list among all rows; that strata are even; the cut; what is refused; and
 * that a fold is prepared by what is left to train on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "data/held_out.h"
#include "data/prepared.h"

enum { MOST = 60 };

/* Row i is input i. One-hot targets of n_classes by `of`; of 1, no classes; of 0, one column of the values -2 and 7. */
static struct lur_dataset *rows_of(size_t n, int n_classes, const unsigned *of) {
  struct lur_dataset *d = lur_dataset_new(n, 1, n_classes < 2 ? 1 : n_classes, NULL);
  assert_non_null(d);
  for (size_t i = 0; i < n; i++) {
    d->inputs[i] = (double)i;
    if (n_classes > 1)
      d->targets[i * (size_t)n_classes + of[i]] = 1;
    else
      d->targets[i] = n_classes == 1 ? (double)i : of[i] ? 7 : -2;
  }
  return d;
}

static void known_rows(void **state) {
  (void)state;
  const unsigned thirds[13] = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0}, two[13] = {[2] = 1, [5] = 1, [6] = 1, [11] = 1};
  struct lur_dataset *three = rows_of(13, 3, thirds), *pair = rows_of(13, 0, two);
  uint32_t part[13];
  assert_int_equal(lur_held_out_validation(three, true, 0.3, 7, part, NULL), LUR_OK);
  assert_memory_equal(part, ((uint32_t[]){0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0}), sizeof part);
  assert_int_equal(lur_held_out_validation(three, false, 0.3, 7, part, NULL), LUR_OK);
  assert_memory_equal(part, ((uint32_t[]){0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0}), sizeof part);
  assert_int_equal(lur_held_out_folds(three, true, 4, (1ull << 40) + 3, part, NULL), LUR_OK);
  assert_memory_equal(part, ((uint32_t[]){4, 1, 4, 1, 4, 3, 3, 2, 1, 1, 3, 2, 2}), sizeof part);
  assert_int_equal(lur_held_out_folds(three, false, 4, (1ull << 40) + 3, part, NULL), LUR_OK);
  assert_memory_equal(part, ((uint32_t[]){4, 3, 1, 3, 3, 2, 4, 1, 2, 1, 4, 2, 1}), sizeof part);
  assert_int_equal(lur_held_out_validation(pair, true, 0.5, 1, part, NULL), LUR_OK);
  assert_memory_equal(part, ((uint32_t[]){0, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0}), sizeof part);
  assert_int_equal(lur_held_out_folds(pair, true, 4, 1, part, NULL), LUR_OK);
  assert_memory_equal(part, ((uint32_t[]){3, 4, 4, 2, 1, 3, 1, 2, 1, 4, 1, 2, 3}), sizeof part);
  lur_dataset_free(three);
  lur_dataset_free(pair);
}

/* How many rows come before row i: those of lower classes, and of its own those drawn earlier. */
static size_t place_of(size_t n, const unsigned *of, const uint32_t *order, size_t row) {
  size_t drawn[MOST], before = 0;
  for (size_t c = 0; c < n; c++)
    drawn[order[c]] = c;
  for (size_t i = 0; i < n; i++)
    before += of[i] < of[row] || (of[i] == of[row] && drawn[i] < drawn[row]);
  return before;
}

static void compare(const struct lur_dataset *d, const unsigned *of, bool stratified, uint64_t seed) {
  static const unsigned one_class[MOST] = {0};
  const size_t n = d->n, m = n / 3 < 1 ? 1 : n / 3, n_folds = 2 + seed % (n - 1);
  uint32_t order[MOST], part[MOST];
  lur_draw_order(seed, 0, LUR_DRAW_VALIDATION, n, order);
  assert_int_equal(lur_held_out_validation(d, stratified, (double)m / (double)n, seed, part, NULL), LUR_OK);
  for (size_t i = 0; i < n; i++) {
    size_t c = place_of(n, stratified ? of : one_class, order, i);
    assert_int_equal(part[i], (c * m + m) / n - c * m / n);
  }
  lur_draw_order(seed, 0, LUR_DRAW_FOLDS, n, order);
  assert_int_equal(lur_held_out_folds(d, stratified, n_folds, seed, part, NULL), LUR_OK);
  for (size_t i = 0; i < n; i++)
    assert_int_equal(part[i], place_of(n, stratified ? of : one_class, order, i) % n_folds + 1);
}

static void every_row_has_its_part(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 200; seed++) {
    const size_t n = 2 + (size_t)(lur_draw_bits(seed, 0, 0, LUR_DRAW_DATA) % (MOST - 1));
    const int n_classes = (int)(seed % 5); /* 0: two values, 1: none */
    unsigned of[MOST] = {0};
    for (size_t i = 0; i < n && n_classes != 1; i++) {
      of[i] = (unsigned)(lur_draw_bits(seed, i + 1, 0, LUR_DRAW_DATA) % (n_classes ? (unsigned)n_classes : 2));
    }
    struct lur_dataset *d = rows_of(n, n_classes, of);
    compare(d, of, true, seed);
    compare(d, of, false, seed);
    lur_dataset_free(d);
  }
}

/* Of each class, a part has what it should to within a row. */
static void strata_are_even(void **state) {
  (void)state;
  unsigned of[MOST];
  size_t n_of[3] = {0}, n_validation[3] = {0}, n_fold[5][3] = {{0}};
  uint32_t part[MOST];
  for (size_t i = 0; i < MOST; i++)
    n_of[of[i] = i < 7 ? 0 : i < 20 ? 1 : 2]++;
  struct lur_dataset *d = rows_of(MOST, 3, of);
  assert_int_equal(lur_held_out_validation(d, true, 0.25, 3, part, NULL), LUR_OK);
  for (size_t i = 0; i < MOST; i++)
    n_validation[of[i]] += part[i];
  assert_int_equal(lur_held_out_folds(d, true, 5, 3, part, NULL), LUR_OK);
  for (size_t i = 0; i < MOST; i++)
    n_fold[part[i] - 1][of[i]]++;
  for (int k = 0; k < 3; k++) {
    assert_true(4 * n_validation[k] + 4 >= n_of[k] && 4 * n_validation[k] <= n_of[k] + 4);
    for (int f = 0; f < 5; f++)
      assert_in_range(n_fold[f][k], n_of[k] / 5, n_of[k] / 5 + 1);
  }
  lur_dataset_free(d);
}

static void targets_that_are_no_classes_are_one_class(void **state) {
  (void)state;
  const unsigned of[9] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
  const double others[] = {0.5, 1}; /* no 0 or 1; a second 1 */
  for (size_t k = 0; k < 2; k++) {
    struct lur_dataset *d = rows_of(9, 3, of);
    uint32_t part[9], plain[9];
    assert_int_equal(lur_held_out_folds(d, false, 3, 5, plain, NULL), LUR_OK);
    assert_int_equal(lur_held_out_folds(d, true, 3, 5, part, NULL), LUR_OK);
    assert_memory_not_equal(part, plain, sizeof part);
    d->targets[8 * 3 + 1] = others[k];
    assert_int_equal(lur_held_out_folds(d, true, 3, 5, part, NULL), LUR_OK);
    assert_memory_equal(part, plain, sizeof part);
    d->targets[8 * 3 + 1] = d->targets[8 * 3 + 2] = 0; /* none */
    assert_int_equal(lur_held_out_folds(d, true, 3, 5, part, NULL), LUR_OK);
    assert_memory_equal(part, plain, sizeof part);
    lur_dataset_free(d);
  }
}

static void both_sides_keep_the_order(void **state) {
  (void)state;
  const unsigned none[5] = {0};
  const uint32_t part[5] = {2, 1, 3, 2, 1};
  struct lur_dataset *d = rows_of(5, 1, none), *out, *rest;
  assert_int_equal(lur_held_out_cut(d, part, 2, &out, &rest, NULL), LUR_OK);
  assert_int_equal(out->n, 2);
  assert_int_equal(rest->n, 3);
  assert_memory_equal(out->inputs, ((double[]){0, 3}), 2 * sizeof(double));
  assert_memory_equal(rest->targets, ((double[]){1, 2, 4}), 3 * sizeof(double));
  lur_dataset_free(out);
  lur_dataset_free(rest);
  struct lur_error e = {0};
  assert_int_equal(lur_held_out_cut(d, part, 4, &out, &rest, &e), LUR_EINPUT);
  assert_true(!out && !rest);
  lur_dataset_free(d);
}

/* Rows 0 to 9 as inputs: what is trained becomes 0 to 1, and the fold's rows go through the same. */
static void a_fold_is_scaled_by_the_others(void **state) {
  (void)state;
  const unsigned none[10] = {0};
  uint32_t fold[10];
  struct lur_dataset *d = rows_of(10, 1, none);
  struct lur_prepared p;
  assert_int_equal(lur_held_out_folds(d, true, 3, 6, fold, NULL), LUR_OK);
  const struct lur_wish w = {.n_folds = 3, .fold = 1, .fold_seed = 6, .normalize = LUR_MINMAX, .normalize_targets = -1};
  assert_int_equal(lur_prepare(&w, &(struct lur_given){.set = {d}}, &p, NULL), LUR_OK);
  assert_true(p.set[LUR_TRAIN]->n == 6 && p.set[LUR_TEST]->n == 4 && d->inputs[9] == 9);
  double least = 9, most = 0;
  for (size_t i = 0; i < 10; i++) {
    least = fold[i] != 1 && d->inputs[i] < least ? d->inputs[i] : least;
    most = fold[i] != 1 && d->inputs[i] > most ? d->inputs[i] : most;
  }
  assert_true(*p.shift == least && *p.scale == most - least);
  for (size_t i = 0, a = 0, b = 0; i < 10; i++)
    assert_true((fold[i] == 1 ? p.set[LUR_TEST]->inputs[a++] : p.set[LUR_TRAIN]->inputs[b++]) ==
                (d->inputs[i] - least) / (most - least));
  lur_prepared_free(&p);
  const struct lur_wish wrong = {.n_folds = 11, .fold = 1, .normalize = LUR_MINMAX, .normalize_targets = -1};
  assert_int_equal(lur_prepare(&wrong, &(struct lur_given){.set = {d}}, &p, NULL), LUR_EINPUT);
  assert_true(!p.set[LUR_TRAIN] && !p.set[LUR_TEST] && !p.shift);
  lur_dataset_free(d);
}

/* Targets are rows 0 to 9, too, and row i weighs i + 1. */
static void targets_and_weights_go_where_rows_go(void **state) {
  (void)state;
  const unsigned none[10] = {0};
  struct lur_dataset *d = rows_of(10, 1, none);
  struct lur_prepared p;
  struct lur_patterns train, test;
  d->weights = calloc(10, sizeof *d->weights);
  for (size_t i = 0; i < 10; i++)
    d->weights[i] = (double)i + 1;
  const struct lur_wish w = {.n_folds = 3, .fold = 1, .fold_seed = 6, .normalize = -1, .normalize_targets = LUR_MINMAX};
  assert_int_equal(lur_prepare(&w, &(struct lur_given){.set = {d}}, &p, NULL), LUR_OK);
  assert_int_equal(lur_prepared_patterns(&p, LUR_TRAIN, p.set[LUR_TRAIN], &train, NULL), LUR_OK);
  assert_int_equal(lur_prepared_patterns(&p, LUR_TEST, p.set[LUR_TEST], &test, NULL), LUR_OK);
  const double least = train.given[0], spread = train.given[train.n - 1] - least;
  assert_true(train.targets[0] == 0 && train.targets[train.n - 1] == 1 && test.weights == NULL);
  for (size_t i = 0; i < train.n; i++)
    assert_true(train.weights[i] == train.given[i] + 1);
  for (size_t i = 0; i < test.n; i++)
    assert_true(test.targets[i] == (test.given[i] - least) / spread && test.given[i] == test.inputs[i]);
  lur_prepared_free(&p);
  lur_dataset_free(d);
}

/* Of 10 rows 6 are of class 0; what is trained counts, and not what is held out. */
static void classes_are_balanced_by_what_is_trained(void **state) {
  (void)state;
  const unsigned of[10] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1};
  struct lur_dataset *d = rows_of(10, 2, of);
  struct lur_prepared p;
  const struct lur_wish w = {
      .n_folds = 4, .fold = 1, .fold_seed = 2, .normalize = -1, .normalize_targets = -1, .balanced = true};
  assert_int_equal(lur_prepare(&w, &(struct lur_given){.set = {d}}, &p, NULL), LUR_OK);
  double n[2] = {0};
  for (size_t i = 0; i < p.set[LUR_TRAIN]->n; i++)
    n[p.set[LUR_TRAIN]->targets[2 * i] != 1]++;
  for (size_t i = 0; i < p.set[LUR_TRAIN]->n; i++)
    assert_true(p.weights[i] == (double)p.set[LUR_TRAIN]->n / (2 * n[p.set[LUR_TRAIN]->targets[2 * i] != 1]));
  assert_true(p.set[LUR_TRAIN]->n < 10);
  lur_prepared_free(&p);
  lur_dataset_free(d);
}

static void what_cannot_be_held_out_is_refused(void **state) {
  (void)state;
  const unsigned none[3] = {0};
  struct lur_dataset *d = rows_of(3, 1, none), *one = rows_of(1, 1, none);
  const double fractions[] = {0, 1, -0.1, 1.5, (double)__builtin_nan("")};
  uint32_t part[3];
  for (size_t k = 0; k < sizeof fractions / sizeof *fractions; k++) {
    struct lur_error e = {0};
    assert_int_equal(lur_held_out_validation(d, true, fractions[k], 1, part, &e), LUR_EINPUT);
    assert_string_equal(e.field, "validation");
  }
  assert_int_equal(lur_held_out_validation(one, true, 0.5, 1, part, NULL), LUR_EINPUT);
  assert_int_equal(lur_held_out_validation(d, true, 1e-9, 1, part, NULL), LUR_OK);
  assert_int_equal(part[0] + part[1] + part[2], 1);
  assert_int_equal(lur_held_out_validation(d, true, 1 - 1e-9, 1, part, NULL), LUR_OK);
  assert_int_equal(part[0] + part[1] + part[2], 2);
  assert_int_equal(lur_held_out_folds(d, true, 3, 1, part, NULL), LUR_OK);
  const uint64_t counts[] = {0, 1, 4, UINT64_MAX};
  for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
    struct lur_error e = {0};
    assert_int_equal(lur_held_out_folds(d, true, counts[k], 1, part, &e), LUR_EINPUT);
    assert_string_equal(e.field, "folds");
  }
  lur_dataset_free(d);
  lur_dataset_free(one);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_rows),
      cmocka_unit_test(every_row_has_its_part),
      cmocka_unit_test(strata_are_even),
      cmocka_unit_test(targets_that_are_no_classes_are_one_class),
      cmocka_unit_test(both_sides_keep_the_order),
      cmocka_unit_test(a_fold_is_scaled_by_the_others),
      cmocka_unit_test(targets_and_weights_go_where_rows_go),
      cmocka_unit_test(classes_are_balanced_by_what_is_trained),
      cmocka_unit_test(what_cannot_be_held_out_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
