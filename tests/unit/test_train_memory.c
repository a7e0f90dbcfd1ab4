/* SPDX-License-Identifier: MIT
 * Every allocation of a run fails once: the run ends with LUR_ENOMEM and leaks nothing (the sanitizers look). Linked
 * with --wrap, so that the engine's allocations go through here. */
#include "engine_help.h"

#include <stdlib.h>

static int until_failure; /* allocations that still succeed; -1: all */

void *__real_lur_alloc(size_t n, size_t size_bytes);
void *__real_lur_alloc_aligned(size_t n, size_t size_bytes);
void *__wrap_lur_alloc(size_t n, size_t size_bytes);
void *__wrap_lur_alloc_aligned(size_t n, size_t size_bytes);

static bool fails(void) {
  return until_failure >= 0 && until_failure-- == 0;
}

void *__wrap_lur_alloc(size_t n, size_t size_bytes) {
  return fails() ? NULL : __real_lur_alloc(n, size_bytes);
}

void *__wrap_lur_alloc_aligned(size_t n, size_t size_bytes) {
  return fails() ? NULL : __real_lur_alloc_aligned(n, size_bytes);
}

static uint64_t each_epoch(void *context, uint64_t epoch) {
  (void)context;
  return epoch;
}

static enum lur_answer go_on(void *context, const struct lur_record *r) {
  (void)context;
  (void)r;
  return LUR_GO_ON;
}

/* In lanes where LURON_FORM asks for them, which it may where a batch has several patterns. */
static int train_failing_at(int k, enum lur_precision precision, size_t batch) {
  static struct experiment x;
  const int widths[] = {2, 2, 1, 0};
  const double inputs[] = {0, 1, 1, 0, 1, 1}, targets[] = {0, 1, 1};
  struct lur_error e = {0};
  const struct lur_observer watch = {NULL, each_epoch, go_on};
  experiment_start(&x, widths, 3, inputs, targets);
  x.s.shape.precision = precision;
  x.s.optimizer = LUR_ADAM;
  x.s.shuffle = true;
  x.s.batch = batch;
  x.s.stops = LUR_STOP_ERROR;
  x.n.stop_error = 0.45;
  x.s.n_test = 3;
  x.s.metrics = metrics_up_to(LUR_TEST);
  x.n.test = x.n.train;
  until_failure = k;
  int status = lur_train(&x.s, &x.n, &watch, NULL, &x.out, &e);
  until_failure = -1;
  if (status)
    assert_string_equal(e.text, "out of memory");
  return status;
}

static void fail_each(size_t batch, int most) {
  for (int p = 0; p < LUR_N_PRECISIONS; p++) {
    int k = 0;
    for (int status; (status = train_failing_at(k, (enum lur_precision)p, batch)) != LUR_OK; k++)
      assert_int_equal(status, LUR_ENOMEM);
    assert_in_range(k, 4, most);
  }
}

static void test_each_allocation(void **state) {
  (void)state;
  fail_each(1, 20);
}

static void test_each_allocation_of_lanes(void **state) {
  static const char *const forms[] = {"blocks", "tiles", "units"};
  (void)state;
  for (int f = 0; f < 3; f++) {
    setenv("LURON_FORM", forms[f], 1);
    fail_each(2, 60);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_allocation),
                                     cmocka_unit_test(test_each_allocation_of_lanes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
