/* SPDX-License-Identifier: MIT
 * The functions of functions.inc.h against MPFR, in both precisions: the largest error in units in the last place
 * over dense, random and special arguments. FUNCTIONS_FLOAT chooses the precision. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define VEC_FLOAT FUNCTIONS_FLOAT
#include "engine/vec/scalar.h"

#include "engine/functions.inc.h"

#include <mpfr.h>

#if VEC_FLOAT
#define NAME(f) "float " f
enum { PRECISION_BITS = 24, LEAST_EXPONENT = -126 };
#else
#define NAME(f) "double " f
enum { PRECISION_BITS = 53, LEAST_EXPONENT = -1022 };
#endif

typedef real one_function(real x);
typedef int mpfr_function(mpfr_t, mpfr_srcptr, mpfr_rnd_t);
struct function {
  const char *name;
  one_function *ours;
  mpfr_function *exact;
  double low, high; /* where it is tried densely */
  double bound_ulp;
};

static int mpfr_sigmoid(mpfr_t y, mpfr_srcptr x, mpfr_rnd_t rounding) {
  mpfr_neg(y, x, rounding);
  mpfr_exp(y, y, rounding);
  mpfr_add_ui(y, y, 1, rounding);
  return mpfr_ui_div(y, 1, y, rounding);
}

static int mpfr_softplus(mpfr_t y, mpfr_srcptr x, mpfr_rnd_t rounding) {
  if (mpfr_cmp_ui(x, 1000) > 0) /* e^x would overflow; the rest is far below the precision */
    return mpfr_set(y, x, rounding);
  mpfr_exp(y, x, rounding);
  return mpfr_log1p(y, y, rounding);
}

static real ours_exp(real x) {
  return vec_exp(x);
}
static real ours_exp_negative(real x) {
  return vec_exp_negative(x);
}
static real ours_expm1(real x) {
  return vec_expm1(x);
}
static real ours_log(real x) {
  return vec_log(x);
}
static real ours_log1p(real x) {
  return vec_log1p(x);
}
static real ours_tanh(real x) {
  return vec_tanh(x);
}
static real ours_sigmoid(real x) {
  return vec_sigmoid(x);
}
static real ours_softplus(real x) {
  return vec_softplus(x);
}

static const struct function FUNCTIONS[] = {
    {NAME("exp"), ours_exp, mpfr_exp, -760, 720, 1.2},
    {NAME("exp, x <= 0"), ours_exp_negative, mpfr_exp, -760, 0, 1.2},
    {NAME("expm1"), ours_expm1, mpfr_expm1, -70, 720, 2.5},
    {NAME("log"), ours_log, mpfr_log, 0, 1e3, 1},
    {NAME("log1p"), ours_log1p, mpfr_log1p, -1, 1e3, 1},
    {NAME("tanh"), ours_tanh, mpfr_tanh, -25, 25, 3},
    {NAME("sigmoid"), ours_sigmoid, mpfr_sigmoid, VEC_FLOAT ? -87 : -708, 60, 3},
    {NAME("softplus"), ours_softplus, mpfr_softplus, -760, 60, 2},
};
enum { N_FUNCTIONS = sizeof FUNCTIONS / sizeof *FUNCTIONS };

struct worst {
  double ulp, at;
};

/* The error of f at x in units in the last place of the exact result; results that are not normal must be 0 or,
 * beyond the largest number, infinite. Returns false where they are not. */
static bool measure(const struct function *f, real x, mpfr_t exact, mpfr_t work, struct worst *w) {
  real y = f->ours(x);
  mpfr_set_d(work, (double)x, MPFR_RNDN);
  f->exact(exact, work, MPFR_RNDN);
  if (mpfr_nan_p(exact))
    return y != y;
  if (mpfr_inf_p(exact))
    return (double)y == mpfr_get_d(exact, MPFR_RNDN);
  if (mpfr_zero_p(exact))
    return y == 0;
  long exponent = mpfr_get_exp(exact) - 1; /* 2^exponent <= |exact| */
  if (exponent < LEAST_EXPONENT)
    return fabs((double)y) <= ldexp(1, LEAST_EXPONENT) && (y == 0 || f->low > -100);
  if (isinf(y))
    return exponent > 1 - LEAST_EXPONENT;
  mpfr_d_sub(exact, (double)y, exact, MPFR_RNDN);
  mpfr_mul_2si(exact, exact, PRECISION_BITS - 1 - exponent, MPFR_RNDN);
  double ulp = fabs(mpfr_get_d(exact, MPFR_RNDN));
  if (!(ulp <= w->ulp))
    *w = (struct worst){ulp, (double)x};
  return true;
}

static uint64_t next_random(uint64_t *state) { /* splitmix64 */
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static real any_bits(uint64_t r) {
  return vec_from_bits((ivec)r);
}

static void try_at(const struct function *f, real x, mpfr_t a, mpfr_t b, struct worst *w) {
  const bool fits = x <= 0 || f->ours != ours_exp_negative;
  const bool too_low = f->ours == ours_sigmoid && x < -SIGMOID_MOST; /* test_special */
  if (fits && !too_low && !measure(f, x, a, b, w))
    fail_msg("%s(%a) = %a", f->name, (double)x, (double)f->ours(x));
}

static void test_bounds(void **state) {
  const struct function *f = *state;
  enum { N = 5000 };
  struct worst w = {0, 0};
  uint64_t random = 1;
  mpfr_t a, b;
  mpfr_init2(a, 120);
  mpfr_init2(b, 120);
  for (int i = 0; i <= N; i++) {
    double t = (double)i / N, u = (double)(next_random(&random) >> 11) * 0x1p-53;
    try_at(f, (real)(f->low + t * (f->high - f->low)), a, b, &w);
    try_at(f, (real)(f->low + u * (f->high - f->low)), a, b, &w);
    try_at(f, (real)(2 * u - 1), a, b, &w);
    try_at(f, (real)ldexp(2 * t - 1, -(int)(next_random(&random) % 60)), a, b, &w);
    try_at(f, any_bits(next_random(&random)), a, b, &w);
  }
  mpfr_clear(a);
  mpfr_clear(b);
  mpfr_free_cache();
  print_message("%s: at most %.3f ulp, at %a\n", f->name, w.ulp, w.at);
  if (!(w.ulp <= f->bound_ulp))
    fail_msg("%s: %.3f ulp at %a, bound %.1f", f->name, w.ulp, w.at, f->bound_ulp);
}

static void assert_same(const char *what, real got, real wanted) {
  if (!(vec_bits(got) == vec_bits(wanted) || (got != got && wanted != wanted)))
    fail_msg("%s: %a, not %a", what, (double)got, (double)wanted);
}

static void test_special(void **state) {
  (void)state;
  const real inf = (real)INFINITY, nan = (real)NAN;
  for (int i = 0; i < N_FUNCTIONS; i++)
    assert_same(FUNCTIONS[i].name, FUNCTIONS[i].ours(nan), nan);
  assert_same("exp(inf)", vec_exp(inf), inf);
  assert_same("exp(-inf)", vec_exp(-inf), 0);
  assert_same("exp(0)", vec_exp(0), 1);
  assert_same("exp(-0)", vec_exp(-(real)0), 1);
  assert_same("exp(-inf)", vec_exp_negative(-inf), 0);
  assert_same("exp at its top", vec_exp(vec_from_bits(vec_bits(EXP_TOP) + 1)), inf);
  assert_same("exp below normal", vec_exp(vec_from_bits(vec_bits(EXP_BOTTOM) + 1)), 0);
  assert_true(isfinite(vec_exp(EXP_TOP)) && vec_exp(EXP_BOTTOM) >= SMALLEST_NORMAL);
  assert_same("expm1(inf)", vec_expm1(inf), inf);
  assert_same("expm1(-inf)", vec_expm1(-inf), -1);
  assert_same("expm1(-0)", vec_expm1(-(real)0), -(real)0);
  assert_same("log(0)", vec_log(0), -inf);
  assert_same("log(-0)", vec_log(-(real)0), -inf);
  assert_same("log(inf)", vec_log(inf), inf);
  assert_same("log(-1)", vec_log(-1), nan);
  assert_same("log(-inf)", vec_log(-inf), nan);
  assert_same("log(1)", vec_log(1), 0);
  assert_same("log1p(-1)", vec_log1p(-1), -inf);
  assert_same("log1p(-2)", vec_log1p(-2), nan);
  assert_same("log1p(inf)", vec_log1p(inf), inf);
  assert_same("log1p(-0)", vec_log1p(-(real)0), -(real)0);
  assert_same("tanh(inf)", vec_tanh(inf), 1);
  assert_same("tanh(-inf)", vec_tanh(-inf), -1);
  assert_same("tanh(-0)", vec_tanh(-(real)0), -(real)0);
  assert_same("sigmoid(0)", vec_sigmoid(0), (real)0.5);
  assert_same("sigmoid(inf)", vec_sigmoid(inf), 1);
  assert_same("sigmoid(-inf)", vec_sigmoid(-inf), vec_sigmoid(-SIGMOID_MOST));
  assert_same("sigmoid below its end", vec_sigmoid(2 * -SIGMOID_MOST), vec_sigmoid(-SIGMOID_MOST));
  assert_true(vec_sigmoid(-SIGMOID_MOST) >= SMALLEST_NORMAL && vec_sigmoid(-SIGMOID_MOST) < 2 * SMALLEST_NORMAL);
  assert_same("softplus(inf)", vec_softplus(inf), inf);
  assert_same("softplus(-inf)", vec_softplus(-inf), 0);
}

static void test_denormals(void **state) {
  (void)state;
  const real least = vec_from_bits(1);
  assert_same("tanh of the least number", vec_tanh(least), least);
  assert_same("expm1 of the least number", vec_expm1(least), least);
  assert_same("log1p of the least number", vec_log1p(-least), -least);
  assert_true(fabs((double)vec_log(least) - (VEC_FLOAT ? -103.2789299 : -744.4400719)) < 1e-5);
}

/* Several vectors at once give the same bits as one at a time, in place too. */
static void test_staged(void **state) {
  (void)state;
  real x[8], y[8];
  for (int a = 0; a < LUR_N_ACTIVATIONS; a++) {
    for (int i = 0; i < 8; i++)
      x[i] = y[i] = (real)(i * 0.7 - 2.9);
    each_activate(8, (enum lur_activation)a, y, y);
    for (int i = 0; i < 8; i++) {
      real one;
      each_activate(1, (enum lur_activation)a, &x[i], &one);
      assert_same(lur_activation_names[a], y[i], one);
    }
  }
}

static void test_activations(void **state) {
  (void)state;
  const real in[] = {-2, -(real)0, 0, 3, (real)NAN};
  const real relu[] = {0, -(real)0, 0, 3, (real)NAN}, step[] = {0, 1, 1, 1, (real)NAN};
  const real leaky[] = {-2 * (real)0.01, -(real)0, 0, 3, (real)NAN};
  for (int i = 0; i < 5; i++) {
    real y;
    each_activate(1, LUR_RELU, &in[i], &y);
    assert_same("relu", y, relu[i]);
    each_activate(1, LUR_STEP, &in[i], &y);
    assert_same("step", y, step[i]);
    each_activate(1, LUR_LEAKY_RELU, &in[i], &y);
    assert_same("leaky_relu", y, leaky[i]);
    each_activate(1, LUR_LINEAR, &in[i], &y);
    assert_same("linear", y, in[i]);
  }
}

int main(void) {
  struct CMUnitTest tests[N_FUNCTIONS + 4];
  for (int i = 0; i < N_FUNCTIONS; i++)
    tests[i] = (struct CMUnitTest){FUNCTIONS[i].name, test_bounds, NULL, NULL, (void *)&FUNCTIONS[i]};
  tests[N_FUNCTIONS] = (struct CMUnitTest)cmocka_unit_test(test_special);
  tests[N_FUNCTIONS + 1] = (struct CMUnitTest)cmocka_unit_test(test_denormals);
  tests[N_FUNCTIONS + 2] = (struct CMUnitTest)cmocka_unit_test(test_staged);
  tests[N_FUNCTIONS + 3] = (struct CMUnitTest)cmocka_unit_test(test_activations);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
