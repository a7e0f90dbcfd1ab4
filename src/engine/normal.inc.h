/* SPDX-License-Identifier: MIT
 * The inverse of the normal distribution function, over the names of vec/ISA.h in double: AS 241, PPND16 (Wichura,
 * Applied Statistics 37 (1988) 477-484), polynomials by Horner with fma, log and sqrt as the engine's. draw.c takes it
 * one lane wide, kernel/normals.c for many draws at once; the bits are the same. */
#ifndef LUR_ENGINE_NORMAL_INC_H
#define LUR_ENGINE_NORMAL_INC_H

#include "engine/functions.inc.h"

enum { N_NORMAL = 8 };

/* AS 241: numerator and denominator in the middle (|u - 1/2| <= 0.425), the tails and the far tails. */
static const real MIDDLE[2][N_NORMAL] = {
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
     4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
     3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3}};
static const real TAIL[2][N_NORMAL] = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
static const real FAR_TAIL[2][N_NORMAL] = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};

FUNCTION vec vec_horner(const real c[N_NORMAL], vec r) {
  vec y = vec_set(c[N_NORMAL - 1]);
  UNROLL for (int i = N_NORMAL - 2; i >= 0; i--)
    y = vec_fma(y, r, vec_set(c[i]));
  return y;
}

/* Where |q| <= 0.425, q = u - 1/2. */
FUNCTION vec normal_middle(vec q) {
  const vec r = vec_fma(vec_neg(q), q, vec_set(0.180625));
  return vec_div(vec_mul(q, vec_horner(MIDDLE[0], r)), vec_horner(MIDDLE[1], r));
}

/* Elsewhere: the tails up to r = 5 take TAIL and 1.6, those beyond FAR_TAIL and 5. */
FUNCTION vec normal_r(vec u, vec q) {
  const vec outside = vec_select(vec_lt(q, vec_set(0)), u, vec_sub(vec_set(1), u));
  return vec_sqrt(vec_neg(vec_log(outside)));
}
FUNCTION vec normal_tail(const real c[2][N_NORMAL], real from, vec q, vec r) {
  const vec s = vec_sub(r, vec_set(from));
  const vec x = vec_div(vec_horner(c[0], s), vec_horner(c[1], s));
  return vec_select(vec_lt(q, vec_set(0)), vec_neg(x), x);
}

#endif
