/* SPDX-License-Identifier: MIT
 * Data sets: shapes, copies of rows, and the split: every row is on one side, and the seed decides which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/dataset.h"

/* Row i is input i, 100 + i and target i mod 2. */
static struct lur_dataset *numbered(size_t n) {
  static const char *const names[] = {"even", "odd"};
  struct lur_dataset *d = lur_dataset_new(n, 2, 2, NULL);
  assert_non_null(d);
  for (size_t i = 0; i < n; i++) {
    d->inputs[2 * i] = (double)i;
    d->inputs[2 * i + 1] = (double)(100 + i);
    d->targets[2 * i + i % 2] = 1;
  }
  static const char *const inputs[] = {"number", "above"};
  assert_int_equal(lur_dataset_name_classes(d, names, NULL), LUR_OK);
  assert_int_equal(lur_dataset_name_inputs(d, inputs, NULL), LUR_OK);
  assert_int_equal(lur_dataset_name_target_classes(d, "rest", 4, NULL), LUR_OK);
  return d;
}

/* Marks the rows of part in seen, checks that none was marked before and that rows are whole. */
static void mark(const struct lur_dataset *part, int *seen) {
  assert_int_equal(part->n_classes, 2);
  assert_string_equal(part->classes[1], "odd");
  assert_string_equal(part->input_names[1], "above");
  assert_string_equal(part->target_names[1], "rest=odd");
  for (size_t i = 0; i < part->n; i++) {
    size_t row = (size_t)part->inputs[2 * i];
    assert_int_equal(seen[row]++, 0);
    assert_true(part->inputs[2 * i + 1] == (double)(100 + row));
    assert_true(part->targets[2 * i + row % 2] == 1 && part->targets[2 * i + 1 - row % 2] == 0);
  }
}

static void sizes_are_rounded_and_no_side_is_empty(void **state) {
  (void)state;
  const struct {
    size_t n;
    double fraction;
    size_t first;
  } cases[] = {{10, 0.8, 8}, {10, 0.25, 3}, {10, 0.24, 2}, {2, 0.001, 1}, {2, 0.999, 1}, {150, 0.8, 120}, {7, 0.5, 4}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    struct lur_dataset *d = numbered(cases[k].n), *a, *b;
    int seen[150] = {0};
    assert_int_equal(lur_dataset_split(d, cases[k].fraction, 1, &a, &b, NULL), LUR_OK);
    assert_int_equal(a->n, cases[k].first);
    assert_int_equal(a->n + b->n, d->n);
    mark(a, seen);
    mark(b, seen);
    lur_dataset_free(a);
    lur_dataset_free(b);
    lur_dataset_free(d);
  }
}

static void the_seed_decides(void **state) {
  (void)state;
  struct lur_dataset *d = numbered(100), *a[3], *b[3];
  const uint64_t seeds[] = {1, 1, 2};
  for (int k = 0; k < 3; k++)
    assert_int_equal(lur_dataset_split(d, 0.5, seeds[k], &a[k], &b[k], NULL), LUR_OK);
  assert_memory_equal(a[0]->inputs, a[1]->inputs, 100 * sizeof(double));
  assert_memory_not_equal(a[0]->inputs, a[2]->inputs, 100 * sizeof(double));
  for (int k = 0; k < 3; k++) {
    lur_dataset_free(a[k]);
    lur_dataset_free(b[k]);
  }
  lur_dataset_free(d);
}

static void what_cannot_be_split_is_refused(void **state) {
  (void)state;
  struct lur_dataset *d = numbered(2), *one = numbered(1), *a, *b;
  const double fractions[] = {0, 1, -0.1, 1.5, (double)__builtin_nan("")};
  for (size_t k = 0; k < sizeof fractions / sizeof *fractions; k++) {
    struct lur_error e = {0};
    assert_int_equal(lur_dataset_split(d, fractions[k], 1, &a, &b, &e), LUR_EINPUT);
    assert_string_equal(e.field, "fraction");
    assert_null(a);
    assert_null(b);
  }
  assert_int_equal(lur_dataset_split(one, 0.5, 1, &a, &b, NULL), LUR_EINPUT);
  lur_dataset_free(d);
  lur_dataset_free(one);
}

static void impossible_shapes_are_refused(void **state) {
  (void)state;
  struct lur_error e = {0};
  assert_null(lur_dataset_new(0, 1, 1, &e));
  assert_null(lur_dataset_new(1, 0, 1, &e));
  assert_null(lur_dataset_new(1, 1, LUR_MAX_WIDTH + 1, &e));
  assert_int_equal(e.code, LUR_EINPUT);
  assert_null(lur_dataset_new((size_t)UINT32_MAX + 1, 1, 1, &e));
  assert_int_equal(e.code, LUR_EINPUT);
  lur_dataset_free(NULL);
}

/* Large sets may be kept as bytes, and parts of them too: the numbers are the same. */
static void a_large_set_is_narrow_until_doubles_are_wanted(void **state) {
  enum { N = 1 << 16 };
  (void)state;
  struct lur_dataset *d = lur_dataset_new(N, 2, 1, NULL), *a = NULL, *b = NULL;
  double room[4];
  assert_non_null(d);
  for (size_t i = 0; i < 2 * N; i++)
    d->inputs[i] = (double)(i % 200) - 100;
  lur_dataset_narrow(d);
  assert_true(!d->inputs && d->type == LUR_I8);
  struct lur_inputs x = lur_dataset_inputs(d);
  assert_memory_equal(lur_inputs_rows(&x, 49, 2, room), ((double[]){-2, -1, 0, 1}), sizeof room);
  assert_int_equal(lur_dataset_split(d, 0.5, 1, &a, &b, NULL), LUR_OK);
  assert_true(a->narrow && b->narrow && !a->inputs);
  assert_int_equal(lur_dataset_widen(a, NULL), LUR_OK);
  assert_int_equal(lur_dataset_widen(d, NULL), LUR_OK);
  assert_true(d->inputs[2 * N - 1] == (double)((2 * N - 1) % 200) - 100);
  assert_memory_equal(lur_inputs_rows(&x, 49, 2, room), ((double[]){-2, -1, 0, 1}), sizeof room); /* still there */
  assert_true(a->inputs[1] == a->inputs[0] + 1);
  lur_dataset_free(a);
  lur_dataset_free(b);
  lur_dataset_free(d);
  d = lur_dataset_new(N, 2, 1, NULL);
  assert_non_null(d);
  d->inputs[7] = 0.1;
  lur_dataset_narrow(d);
  assert_true(!d->narrow && d->inputs[7] == 0.1);
  lur_dataset_free(d);
}

static void a_view_borrows(void **state) {
  (void)state;
  struct lur_dataset *d = numbered(3);
  struct lur_patterns p = lur_dataset_patterns(d);
  assert_true(p.n == 3 && p.n_inputs == 2 && p.n_outputs == 2 && p.inputs == d->inputs && p.targets == d->targets);
  lur_dataset_free(d);
}

static struct lur_dataset *classes(const char *const *names, int n) {
  struct lur_dataset *d = lur_dataset_new((size_t)n, 1, n, NULL);
  assert_non_null(d);
  for (int k = 0; k < n; k++) {
    d->inputs[k] = k;
    d->targets[k * n + k] = 1;
  }
  static const char *const inputs[] = {"number", "above"};
  assert_int_equal(lur_dataset_name_classes(d, names, NULL), LUR_OK);
  assert_int_equal(lur_dataset_name_inputs(d, inputs, NULL), LUR_OK);
  assert_int_equal(lur_dataset_name_target_classes(d, "rest", 4, NULL), LUR_OK);
  return d;
}

static void classes_are_matched_by_name(void **state) {
  (void)state;
  struct lur_error e = {0};
  struct lur_dataset *train = classes((const char *const[]){"a", "b", "c"}, 3);
  struct lur_dataset *test = classes((const char *const[]){"c", "a"}, 2);
  const struct lur_class_names abc = {"the training patterns", 3, train->classes},
                               ca = {"the network", 2, test->classes};
  struct lur_dataset *matched = lur_dataset_match(test, &abc, &e);
  assert_non_null(matched);
  assert_true(lur_dataset_has_classes(matched, &abc) && !lur_dataset_has_classes(test, &abc));
  assert_memory_equal(matched->targets, ((double[]){0, 0, 1, 1, 0, 0}), 6 * sizeof(double));
  assert_memory_equal(matched->inputs, test->inputs, 2 * sizeof(double));
  lur_dataset_free(matched);
  assert_null(lur_dataset_match(train, &ca, &e));
  assert_string_equal(e.text, "class \"b\" is none of those of the network: c a");
  train->targets[4] = 0; /* no row is of b any more */
  matched = lur_dataset_match(train, &ca, &e);
  assert_non_null(matched);
  assert_memory_equal(matched->targets, ((double[]){0, 1, 0, 0, 1, 0}), 6 * sizeof(double));
  lur_dataset_free(matched);
  lur_dataset_free(train);
  lur_dataset_free(test);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sizes_are_rounded_and_no_side_is_empty),
      cmocka_unit_test(the_seed_decides),
      cmocka_unit_test(what_cannot_be_split_is_refused),
      cmocka_unit_test(impossible_shapes_are_refused),
      cmocka_unit_test(a_view_borrows),
      cmocka_unit_test(classes_are_matched_by_name),
      cmocka_unit_test(a_large_set_is_narrow_until_doubles_are_wanted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
