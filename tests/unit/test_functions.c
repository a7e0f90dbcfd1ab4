/* SPDX-License-Identifier: MIT
 * The functions of one number and of two against MPFR, in both precisions: the largest error in units in the last place
 * over dense, random and special arguments; and those that give whole numbers, against C's. FUNCTIONS_FLOAT chooses
 * the precision. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define VEC_FLOAT FUNCTIONS_FLOAT
#include "engine/vec/scalar.h"

#include "engine/functions.inc.h"
#include "engine/functions_power.inc.h"
#include "engine/functions_trig.inc.h"
#include "engine/functions_whole.inc.h"

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
  enum { GRADUAL, FLUSHED } small; /* FLUSHED: what is below the smallest normal number is 0 */
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
static real ours_erf(real x) {
  return vec_erf(x);
}
static real ours_sin(real x) {
  return vec_sin(x);
}
static real ours_cos(real x) {
  return vec_cos(x);
}
static real ours_tan(real x) {
  return vec_tan(x);
}

static const double MOST_TURN = VEC_FLOAT ? 0x1p13 : 0x1p20;
static const struct function FUNCTIONS[] = {
    {NAME("exp"), ours_exp, mpfr_exp, -760, 720, 1.2, FLUSHED},
    {NAME("exp, x <= 0"), ours_exp_negative, mpfr_exp, -760, 0, 1.2, FLUSHED},
    {NAME("expm1"), ours_expm1, mpfr_expm1, -70, 720, 2.5, GRADUAL},
    {NAME("log"), ours_log, mpfr_log, 0, 1e3, 1, GRADUAL},
    {NAME("log1p"), ours_log1p, mpfr_log1p, -1, 1e3, 1, GRADUAL},
    {NAME("tanh"), ours_tanh, mpfr_tanh, -25, 25, 3, GRADUAL},
    {NAME("sigmoid"), ours_sigmoid, mpfr_sigmoid, VEC_FLOAT ? -87 : -708, 60, 3, GRADUAL},
    {NAME("softplus"), ours_softplus, mpfr_softplus, -760, 60, 2, FLUSHED},
    {NAME("erf"), ours_erf, mpfr_erf, -6.5, 6.5, 2, GRADUAL},
    {NAME("sin"), ours_sin, mpfr_sin, -20, 20, 1, GRADUAL},
    {NAME("cos"), ours_cos, mpfr_cos, -20, 20, 1, GRADUAL},
    {NAME("tan"), ours_tan, mpfr_tan, -20, 20, 2.5, GRADUAL},
};
enum { N_FUNCTIONS = sizeof FUNCTIONS / sizeof *FUNCTIONS };

struct worst {
  double ulp, at;
};

/* The distance of y from what is exact in units in its last place; exact is lost. */
static double distance(real y, mpfr_t exact) {
  long exponent = mpfr_get_exp(exact) - 1; /* 2^exponent <= |exact| */
  mpfr_d_sub(exact, (double)y, exact, MPFR_RNDN);
  mpfr_mul_2si(exact, exact, PRECISION_BITS - 1 - exponent, MPFR_RNDN);
  return fabs(mpfr_get_d(exact, MPFR_RNDN));
}

static void keep_worst(double ulp, double at, struct worst *w) {
  if (!(ulp <= w->ulp))
    *w = (struct worst){ulp, at};
}

/* Whether y is what is exact, to the distance that *w keeps; results that are not normal must be near, or 0 where small
 * ones are flushed, or, beyond the largest number, infinite. */
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
  long exponent = mpfr_get_exp(exact) - 1;
  if (exponent < LEAST_EXPONENT)
    return fabs((double)y) <= ldexp(1, LEAST_EXPONENT) && (y == 0 || f->small == GRADUAL);
  if (isinf(y))
    return exponent > 1 - LEAST_EXPONENT;
  keep_worst(distance(y, exact), (double)x, w);
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
  const bool turns = f->ours == ours_sin || f->ours == ours_cos || f->ours == ours_tan;
  if (fits && !too_low && !(turns && fabs((double)x) > MOST_TURN) && !measure(f, x, a, b, w))
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
    try_at(f, (real)ldexp(2 * u - 1, (int)(next_random(&random) % (VEC_FLOAT ? 14 : 21))), a, b, &w);
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

static void test_special_turns(void **state) {
  (void)state;
  const real inf = (real)INFINITY, nan = (real)NAN, least = vec_from_bits(1), beyond = (real)(MOST_TURN * 1.001);
  real (*const turns[])(real) = {ours_sin, ours_cos, ours_tan};
  for (int i = 0; i < 3; i++) {
    assert_same("beyond what is turned", turns[i](beyond), nan);
    assert_same("below what is turned", turns[i](-beyond), nan);
    assert_same("at infinity", turns[i](inf), nan);
    assert_same("at minus infinity", turns[i](-inf), nan);
    assert_false(isnan(turns[i]((real)MOST_TURN)));
    assert_same("an odd function, or an even", turns[i](-3), i == 1 ? turns[i](3) : -turns[i](3));
  }
  assert_same("sin(0)", vec_sin(0), 0);
  assert_same("sin(-0)", vec_sin(-(real)0), -(real)0);
  assert_same("sin of the least number", vec_sin(-least), -least);
  assert_same("cos(0)", vec_cos(0), 1);
  assert_same("cos(-0)", vec_cos(-(real)0), 1);
  assert_same("tan(-0)", vec_tan(-(real)0), -(real)0);
  assert_same("tan of the least number", vec_tan(-least), -least);
  assert_same("erf(-0)", vec_erf(-(real)0), -(real)0);
  assert_same("erf(inf)", vec_erf(inf), 1);
  assert_same("erf(-inf)", vec_erf(-inf), -1);
  assert_same("erf(-1)", vec_erf(-1), -vec_erf(1));
  assert_same("erf where it is 1", vec_erf(ERF_MOST), 1);
}

/* The numbers next to whole quarter turns: little is left of them, and it must be right. */
static void test_quarter_turns(void **state) {
  (void)state;
  const real most = (real)MOST_TURN;
  struct worst w[3] = {{0, 0}, {0, 0}, {0, 0}};
  mpfr_t pi, a, b;
  mpfr_init2(pi, 300);
  mpfr_init2(a, 300);
  mpfr_init2(b, 300);
  mpfr_const_pi(pi, MPFR_RNDN);
  for (unsigned long k = 1;; k += k < 500 ? 1 : k / 499) {
    mpfr_mul_ui(a, pi, k, MPFR_RNDN);
    mpfr_div_2ui(a, a, 1, MPFR_RNDN);
    real x = VEC_FLOAT ? (real)mpfr_get_flt(a, MPFR_RNDN) : (real)mpfr_get_d(a, MPFR_RNDN);
    if (!(x <= most))
      break;
    for (int i = 0; i < 3; i++)
      assert_true(measure(&FUNCTIONS[N_FUNCTIONS - 3 + i], x, a, b, &w[i]));
  }
  mpfr_clears(pi, a, b, (mpfr_ptr)0);
  mpfr_free_cache();
  print_message("by whole quarter turns: sin %.3f, cos %.3f, tan %.3f ulp\n", w[0].ulp, w[1].ulp, w[2].ulp);
  assert_true(w[0].ulp <= 1 && w[1].ulp <= 1 && w[2].ulp <= 2.5);
}

/* ---- a ^ b ---- */
struct pair {
  real a, b;
};

static double uniform(uint64_t *random) {
  return (double)(next_random(random) >> 11) * 0x1p-53;
}

/* Pairs of all sizes: any base with small powers, bases near 1 with large ones, usual ones, and results near both
 * ends of the numbers. */
static struct pair draw_pair(int kind, uint64_t *random) {
  const double u = uniform(random), v = 2 * uniform(random) - 1;
  const double any = ldexp(1 + u, (int)(next_random(random) % (uint64_t)(-2 * LEAST_EXPONENT)) + LEAST_EXPONENT);
  const double end = (kind & 1 ? -LEAST_EXPONENT : LEAST_EXPONENT - (VEC_FLOAT ? 20 : 48)) * 0.6931471805599453;
  switch (kind % 5) {
  case 0: return (struct pair){(real)any, (real)ldexp(v, (int)(next_random(random) % 12))};
  case 1:
    return (struct pair){(real)(1 + ldexp(v, -1 - (int)(next_random(random) % (VEC_FLOAT ? 22 : 50)))),
                         (real)ldexp(2 * u - 1, (int)(next_random(random) % (VEC_FLOAT ? 24 : 60)))};
  case 2: return (struct pair){(real)(10 * u), (real)(300 * v)};
  case 3: return (struct pair){(real)(3 * u), (real)(10 * v)};
  }
  return (struct pair){(real)any, (real)((end + v) / log(any))};
}

/* Small results are rounded once more, to a multiple of the least number. */
static bool measure_pow(struct pair p, mpfr_t exact, mpfr_t a, mpfr_t b, struct worst *w) {
  const real y = vec_pow(p.a, p.b), least = vec_from_bits(1);
  mpfr_set_d(a, (double)p.a, MPFR_RNDN);
  mpfr_set_d(b, (double)p.b, MPFR_RNDN);
  mpfr_pow(exact, a, b, MPFR_RNDN);
  if (mpfr_inf_p(exact) || mpfr_zero_p(exact)) /* beyond MPFR's exponents too */
    return mpfr_inf_p(exact) ? isinf(y) : y == 0;
  const double rounded = VEC_FLOAT ? (double)mpfr_get_flt(exact, MPFR_RNDN) : mpfr_get_d(exact, MPFR_RNDN);
  if (isinf(y) || isinf(rounded))
    return mpfr_get_exp(exact) >= 2 - LEAST_EXPONENT;
  if (fabs(rounded) < (double)SMALLEST_NORMAL)
    return fabs((double)y - rounded) <= (double)least;
  keep_worst(distance(y, exact), (double)p.a, w);
  return true;
}

static void test_pow_bound(void **state) {
  (void)state;
  struct worst w = {0, 0};
  uint64_t random = 7;
  mpfr_t exact, a, b;
  mpfr_inits2(120, exact, a, b, (mpfr_ptr)0);
  for (int i = 0; i < 40000; i++) {
    const struct pair p = draw_pair(i % 10, &random);
    if (!measure_pow(p, exact, a, b, &w))
      fail_msg("%a ^ %a = %a", (double)p.a, (double)p.b, (double)vec_pow(p.a, p.b));
  }
  mpfr_clears(exact, a, b, (mpfr_ptr)0);
  mpfr_free_cache();
  print_message(NAME("pow") ": at most %.3f ulp, at a = %a\n", w.ulp, w.at);
  assert_true(w.ulp <= (VEC_FLOAT ? 0.501 : 2));
}

#if !VEC_FLOAT
/* The logarithm in two words is good to 2^-66 of itself. */
static void test_log_words(void **state) {
  (void)state;
  double worst = 0;
  uint64_t random = 3;
  mpfr_t exact;
  mpfr_init2(exact, 200);
  for (int i = 0; i < 20000; i++) {
    const double x = fabs(draw_pair(i % 4, &random).a);
    double high, low;
    each_log_words(1, &x, &high, &low);
    mpfr_set_d(exact, x, MPFR_RNDN);
    mpfr_log(exact, exact, MPFR_RNDN);
    if (x == 1 || x == 0)
      continue;
    mpfr_d_sub(exact, high, exact, MPFR_RNDN);
    mpfr_add_d(exact, exact, low, MPFR_RNDN);
    const double off = fabs(mpfr_get_d(exact, MPFR_RNDN) / high);
    worst = off > worst ? off : worst;
    assert_true(fabs(low) <= ldexp(fabs(high), -52));
  }
  mpfr_clear(exact);
  mpfr_free_cache();
  print_message("the logarithm in two words: good to 2^%.2f\n", log2(worst));
  assert_true(worst <= 0x1p-66);
}
#endif

/* The ends of C's Annex F. */
static void test_pow_ends(void **state) {
  (void)state;
  const real inf = (real)INFINITY, nan = (real)NAN, huge = VEC_FLOAT ? (real)0x1p24 : (real)0x1p53;
  const real in[] = {0, -(real)0, 1, -1, 2, -2, (real)0.5, (real)-0.5, 3, -3, inf, -inf, nan, huge, huge - 1, -huge};
  enum { N = sizeof in / sizeof *in };
  for (int i = 0; i < N; i++)
    for (int k = 0; k < N; k++) {
      char what[64];
      snprintf(what, sizeof what, "%g ^ %g", (double)in[i], (double)in[k]);
      const real wanted = (real)pow((double)in[i], (double)in[k]), got = vec_pow(in[i], in[k]);
      if (isnan(wanted) || wanted == 0 || isinf(wanted) || wanted == 1 || wanted == -1)
        assert_same(what, got, wanted);
      else if (!(fabs((double)got - (double)wanted) <= ldexp(fabs((double)wanted), 2 - PRECISION_BITS)))
        fail_msg("%s: %a, not %a", what, (double)got, (double)wanted);
    }
  assert_same("(-2) ^ 3", vec_pow(-2, 3), -8);
  assert_same("(-0) ^ -3", vec_pow(-(real)0, -3), -inf);
  assert_same("(-8) ^ (1/3)", vec_pow(-8, (real)(1.0 / 3)), nan);
}

static void test_pow_constant(void **state) {
  (void)state;
  const real x = (real)1.3, inf = (real)INFINITY, in[] = {x, -x, 0, -(real)0, inf, -inf, (real)NAN};
  const real x2 = x * x, x4 = x2 * x2, x8 = x4 * x4;
  assert_same("x ^ 1", vec_pow_constant(x, 1), x);
  assert_same("x ^ 2", vec_pow_constant(x, 2), x2);
  assert_same("x ^ 3", vec_pow_constant(x, 3), x * x2);
  assert_same("x ^ 10", vec_pow_constant(x, 10), x2 * x8);
  assert_same("x ^ 13", vec_pow_constant(x, 13), x * x4 * x8);
  assert_same("x ^ 64", vec_pow_constant(x, 64), ((x8 * x8) * (x8 * x8)) * ((x8 * x8) * (x8 * x8)));
  assert_same("x ^ -3", vec_pow_constant(x, -3), 1 / (x * x2));
  const double near_ten = 10 + 1e-12; /* it is 10 in single, and then products are taken */
  assert_same("x ^ (10 + 1e-12)", vec_pow_constant(x, near_ten), VEC_FLOAT ? x2 * x8 : vec_pow(x, (real)near_ten));
  for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
    assert_same("x ^ 0", vec_pow_constant(in[i], 0), 1);
    assert_same("x ^ -0", vec_pow_constant(in[i], -0.0), 1);
    assert_same("x ^ 0.5", vec_pow_constant(in[i], 0.5), vec_sqrt(in[i] + 0));
    assert_same("x ^ 65", vec_pow_constant(in[i], 65), vec_pow(in[i], 65));
    assert_same("x ^ -0.5", vec_pow_constant(in[i], -0.5), vec_pow(in[i], (real)-0.5));
    assert_same("x ^ 0.1", vec_pow_constant(in[i], 0.1), vec_pow(in[i], (real)0.1));
    assert_same("x ^ nan", vec_pow_constant(in[i], (double)NAN), (real)NAN);
  }
  assert_same("(-0) ^ 0.5", vec_pow_constant(-(real)0, 0.5), 0);
  assert_same("(-2) ^ -3", vec_pow_constant(-2, -3), (real)-0.125);
}

/* ---- Whole numbers ---- */
/* What Lua's a % b is: C's remainder, moved to the side of b. */
static real lua_mod(real a, real b) {
  const real m = VEC_FLOAT ? (real)fmodf((float)a, (float)b) : (real)fmod((double)a, (double)b);
  return (m > 0 && b < 0) || (m < 0 && b > 0) ? m + b : m;
}

static real draw_operand(int kind, uint64_t *random) {
  const real small = (real)(int)(next_random(random) % 41) - 20;
  switch (kind % 4) {
  case 0: return small;
  case 1: return small / 4;
  case 2: return (real)ldexp(2 * uniform(random) - 1, (int)(next_random(random) % 60) - 30);
  }
  return any_bits(next_random(random));
}

static void try_division(real a, real b) {
  const real q = vec_floor_div(a, b), quotient = a / b;
  assert_same("a // b", q, VEC_FLOAT ? (real)floorf((float)quotient) : (real)floor((double)quotient));
  const real m = vec_mod(a, b);
  if (fabs((double)q) < (VEC_FLOAT ? 0x1p23 : 0x1p52) || isinf(b))
    assert_same("a % b", m, lua_mod(a, b));
  else
    assert_same("a % b", m, (real)NAN);
}

static void test_division(void **state) {
  (void)state;
  const real inf = (real)INFINITY, ends[] = {0, -(real)0, 1, -1, 3, -3, inf, -inf, (real)NAN, vec_from_bits(1)};
  enum { N = sizeof ends / sizeof *ends };
  uint64_t random = 11;
  for (int i = 0; i < 1000000; i++) {
    const real a = draw_operand(i, &random);
    try_division(a, draw_operand(i / 4, &random));
  }
  for (int i = 0; i < N; i++)
    for (int k = 0; k < N; k++)
      try_division(ends[i], ends[k]);
}

static void test_whole(void **state) {
  (void)state;
  uint64_t random = 5;
  for (int i = 0; i < 200000; i++) {
    const real x = draw_operand(i, &random);
    assert_same("floor", vec_floor(x), (real)floor((double)x) + 0);
    assert_same("ceil", vec_ceil(x), (real)ceil((double)x) + 0);
  }
  const real inf = (real)INFINITY;
  assert_same("floor(-0)", vec_floor(-(real)0), 0);
  assert_same("ceil(-0.5)", vec_ceil((real)-0.5), 0);
  assert_same("floor(inf)", vec_floor(inf), inf);
  assert_same("ceil(-inf)", vec_ceil(-inf), -inf);
  assert_same("floor(nan)", vec_floor((real)NAN), (real)NAN);
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
  const struct CMUnitTest others[] = {
    cmocka_unit_test(test_special),
    cmocka_unit_test(test_special_turns),
    cmocka_unit_test(test_quarter_turns),
    cmocka_unit_test(test_pow_bound),
    cmocka_unit_test(test_pow_ends),
    cmocka_unit_test(test_pow_constant),
    cmocka_unit_test(test_division),
    cmocka_unit_test(test_whole),
    cmocka_unit_test(test_denormals),
    cmocka_unit_test(test_staged),
    cmocka_unit_test(test_activations),
#if !VEC_FLOAT
    cmocka_unit_test(test_log_words),
#endif
  };
  enum { N_OTHERS = sizeof others / sizeof *others };
  struct CMUnitTest tests[N_FUNCTIONS + N_OTHERS];
  for (int i = 0; i < N_FUNCTIONS; i++)
    tests[i] = (struct CMUnitTest){FUNCTIONS[i].name, test_bounds, NULL, NULL, (void *)&FUNCTIONS[i]};
  memcpy(tests + N_FUNCTIONS, others, sizeof others);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
