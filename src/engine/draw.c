/* SPDX-License-Identifier: MIT
 * Draws: pure functions of (seed, index, epoch, purpose), so that any draw can be made alone, in any order, on any
 * thread. Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 * Normal: the inverse distribution function AS 241, PPND16: Wichura, Applied Statistics 37 (1988) 477-484; its
 * polynomials by Horner with fma, log and sqrt are the engine's. */
#include "engine/draw.h"

#include <math.h>

#include "engine/engine.h"
#include "engine/environment.h"

enum { PHILOX_ROUNDS = 10, N_COEFFICIENTS = 8 };

static void philox_round(uint32_t c[4], uint32_t key_low, uint32_t key_high) {
  uint64_t p0 = (uint64_t)0xD2511F53u * c[0], p1 = (uint64_t)0xCD9E8D57u * c[2];
  uint32_t c1 = c[1], c3 = c[3];
  c[0] = (uint32_t)(p1 >> 32) ^ c1 ^ key_low;
  c[1] = (uint32_t)p1;
  c[2] = (uint32_t)(p0 >> 32) ^ c3 ^ key_high;
  c[3] = (uint32_t)p0;
}

void lur_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
  uint32_t k0 = key[0], k1 = key[1];
  for (int i = 0; i < 4; i++)
    out[i] = counter[i];
  for (int i = 0; i < PHILOX_ROUNDS; i++) {
    philox_round(out, k0, k1);
    k0 += 0x9E3779B9u; /* the golden ratio and sqrt(3) - 1, as in the paper */
    k1 += 0xBB67AE85u;
  }
}

static void draw_block(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose, uint32_t out[4]) {
  const uint32_t counter[4] = {(uint32_t)index, (uint32_t)(index >> 32), epoch, (uint32_t)purpose};
  const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  lur_philox(counter, key, out);
}

uint64_t lur_draw_bits(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose) {
  uint32_t out[4];
  draw_block(seed, index, epoch, purpose, out);
  return (uint64_t)out[0] << 32 | out[1];
}

double lur_draw_uniform(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose) {
  uint64_t k = lur_draw_bits(seed, index, epoch, purpose) >> 12;
  return (double)(2 * k + 1) * 0x1p-53;
}

static double horner(const double c[N_COEFFICIENTS], double r) {
  double y = c[N_COEFFICIENTS - 1];
  for (int i = N_COEFFICIENTS - 2; i >= 0; i--)
    y = fma(y, r, c[i]);
  return y;
}

/* AS 241: numerator and denominator in the middle (|u - 1/2| <= 0.425), the tails and the far tails. */
static const double MIDDLE[2][N_COEFFICIENTS] = {
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
     4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
     3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3}};
static const double TAIL[2][N_COEFFICIENTS] = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
static const double FAR_TAIL[2][N_COEFFICIENTS] = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};

double lur_normal_of_uniform(double u) {
  double q = u - 0.5;
  if (fabs(q) <= 0.425) {
    double r = fma(-q, q, 0.180625);
    return q * horner(MIDDLE[0], r) / horner(MIDDLE[1], r);
  }
  double r = sqrt(-lur_log(q < 0 ? u : 1 - u));
  const double(*c)[N_COEFFICIENTS] = r <= 5 ? TAIL : FAR_TAIL;
  r -= r <= 5 ? 1.6 : 5;
  double x = horner(c[0], r) / horner(c[1], r);
  return q < 0 ? -x : x;
}

double lur_draw_normal(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose) {
  lur_environment found = lur_environment_enter();
  double x = lur_normal_of_uniform(lur_environment_keep(lur_draw_uniform(seed, index, epoch, purpose)));
  x = lur_environment_keep(x);
  lur_environment_leave(found);
  return x;
}

/* Fisher and Yates; the swap at i takes word i of the stream, four words a block. */
void lur_draw_order(uint64_t seed, uint32_t epoch, enum lur_purpose purpose, size_t n, uint32_t *order) {
  uint32_t block[4] = {0};
  for (size_t i = 0; i < n; i++)
    order[i] = (uint32_t)i;
  for (size_t i = n; i-- > 1;) {
    if (i == n - 1 || i % 4 == 3)
      draw_block(seed, i / 4, epoch, purpose, block);
    size_t j = (size_t)((uint64_t)block[i % 4] * (uint64_t)(i + 1) >> 32);
    uint32_t swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
}

/* What a draw is multiplied with, and from which distribution it comes. */
struct start {
  enum lur_init from; /* normal, uniform or zeros */
  double factor;
};

static struct start start_of(enum lur_init init, int fan_in, int fan_out) {
  switch (init) {
  case LUR_INIT_XAVIER: return (struct start){LUR_INIT_UNIFORM, sqrt(6.0 / ((double)fan_in + (double)fan_out))};
  case LUR_INIT_HE: return (struct start){LUR_INIT_NORMAL, sqrt(2.0 / (double)fan_in)};
  default: return (struct start){init, 1};
  }
}

static double start_value(struct start s, double scale, uint64_t seed, uint64_t index, enum lur_precision precision) {
  double x = 0;
  if (s.from == LUR_INIT_NORMAL)
    x = s.factor * lur_draw_normal(seed, index, 0, LUR_DRAW_WEIGHTS);
  else if (s.from == LUR_INIT_UNIFORM)
    x = s.factor * (2 * lur_draw_uniform(seed, index, 0, LUR_DRAW_WEIGHTS) - 1);
  else
    return 0;
  x *= scale;
  return precision == LUR_SINGLE ? (double)(float)x : x;
}

void lur_draw_parameters(const struct lur_shape *s, enum lur_init init, enum lur_init bias_init, uint64_t seed,
                         const double *init_scale, double *parameters) {
  lur_environment found = lur_environment_enter();
  struct start bias = start_of(s->bias ? bias_init : LUR_INIT_ZEROS, 1, 1);
  uint64_t index = 0;
  for (int l = 0; l < s->n_layers; l++) {
    struct start weight = start_of(init, s->width[l], s->width[l + 1]);
    for (int j = 0; j < s->width[l + 1]; j++) {
      for (int i = 0; i < s->width[l]; i++, index++)
        parameters[index] = start_value(weight, init_scale[l], seed, index, s->precision);
      parameters[index] = start_value(bias, init_scale[l], seed, index, s->precision);
      index++;
    }
  }
  lur_environment_leave(found);
}
