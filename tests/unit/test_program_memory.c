/* SPDX-License-Identifier: MIT
 * Every allocation of a program's making fails once: reading, binding, deriving, writing and running say so and leak
 * nothing (the sanitizers look). Linked with --wrap, so that the allocations go through here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "program_help.h"

static int until_failure = -1; /* allocations that still succeed; -1: all */

void *__real_lur_alloc(size_t n, size_t size_bytes);
void *__real_lur_resize(void *old, size_t n, size_t size_bytes);
void *__wrap_lur_alloc(size_t n, size_t size_bytes);
void *__wrap_lur_resize(void *old, size_t n, size_t size_bytes);

static bool fails(void) {
  return until_failure >= 0 && until_failure-- == 0;
}

void *__wrap_lur_alloc(size_t n, size_t size_bytes) {
  return fails() ? NULL : __real_lur_alloc(n, size_bytes);
}

void *__wrap_lur_resize(void *old, size_t n, size_t size_bytes) {
  return fails() ? NULL : __real_lur_resize(old, n, size_bytes);
}

/* Long enough for tables and arrays to grow, and for an interpreter that needs memory. */
static char *long_text(void) {
  struct lur_buffer out = {0};
  lur_buffer_text(&out, "activation\nt1 = mul z p.a\n");
  for (int k = 2; k <= 300; k++)
    lur_buffer_format(&out, "t%d = %s t%d %s\n", k, k % 2 ? "mul" : "add", k - 1, k % 3 ? "z" : "p.a");
  lur_buffer_text(&out, "return t300\n");
  assert_false(out.failed);
  return out.data;
}

static double one(void *context, enum lur_input which, int index) {
  (void)context, (void)which, (void)index;
  return 1;
}

enum what { READ, BIND, DERIVE, WRITE, RUN, N_WHATS };

/* LUR_OK, or what went wrong. */
static int try(enum what what, const char *text, const struct lur_program *p) {
  static const char *const names[] = {"a"};
  static const double values[] = {1};
  struct lur_error e = {LUR_ENOMEM, "", "out of memory"};
  struct lur_program *made = NULL;
  struct lur_buffer out = {0};
  double results[LUR_MAX_RESULTS];
  switch (what) {
  case READ: made = lur_program_read(text, &e); break;
  case BIND: made = lur_program_bind(p, 1, names, values); break;
  case DERIVE: made = lur_program_derive(p, &e); break;
  case WRITE: lur_program_write(p, &out); break;
  case RUN: return lur_program_run(p, one, NULL, values, results, &e);
  case N_WHATS: break;
  }
  bool done = made || (what == WRITE && !out.failed);
  if (!done)
    assert_string_equal(e.text, "out of memory");
  lur_program_free(made);
  lur_buffer_free(&out);
  return done ? LUR_OK : e.code;
}

static void each_allocation_may_fail(void **state) {
  (void)state;
  char *text = long_text();
  struct lur_program *p = read_text(text);
  for (int what = 0; what < N_WHATS; what++) {
    int k = 0, status;
    do {
      until_failure = k++;
      status = try((enum what)what, text, p);
      until_failure = -1;
      assert_true(status == LUR_OK || status == LUR_ENOMEM);
    } while (status != LUR_OK);
    assert_in_range(k - 1, 1, 60);
  }
  lur_program_free(p);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_may_fail)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
