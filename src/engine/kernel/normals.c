/* SPDX-License-Identifier: MIT
 * Many values of the inverse normal distribution function at once. Meson compiles this file for each instruction set
 * with fused multiply-add, with its VEC_HEADER and NORMALS, the function's name. Pure. */
#define VEC_FLOAT 0
#include VEC_HEADER

#include "engine/draw.h"
#include "engine/normal.inc.h"

/* Middle and tails for all, and what fits each; one in 7 * 10^10 is in the far tails. */
static void normals(double *at) {
  const vec u = vec_load(at), q = vec_sub(u, vec_set(0.5)), r = normal_r(u, q);
  const mask middle = vec_le(vec_abs(q), vec_set(0.425));
  vec tail = normal_tail(TAIL, 1.6, q, r);
  if (mask_any(vec_gt(r, vec_set(5))))
    tail = vec_select(vec_le(r, vec_set(5)), tail, normal_tail(FAR_TAIL, 5, q, r));
  vec_store(at, vec_select(middle, normal_middle(q), tail));
}

lur_normals NORMALS;
void NORMALS(size_t n, double *u) {
  size_t i = n;
  for (; i % VEC_LANES != 0; i++)
    u[i] = 0.5;
  for (size_t k = 0; k < i; k += VEC_LANES)
    normals(u + k);
}
