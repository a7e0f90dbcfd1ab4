/* SPDX-License-Identifier: MIT
 * Many draws at once, each of a seed and an index of its own: draw.c's, in vectors, bit for bit. Meson compiles this
 * file for each instruction set with fused multiply-add, with its VEC_HEADER and DRAWS, the table's name. Pure. */
#define VEC_FLOAT 0
#include VEC_HEADER

#include "engine/draw.h"
#include "engine/normal.inc.h"

/* Philox's words are the low halves of lanes; what stands above them is rubbish. */
enum { PHILOX_ROUNDS = 10, WORD_BITS = 32 };

FUNCTION vec philox_uniform(ivec seed, ivec index) {
  ivec c0 = index, c1 = ivec_shr(index, WORD_BITS), c2 = ivec_set(0), c3 = ivec_set(LUR_DRAW_WEIGHTS);
  ivec key0 = seed, key1 = ivec_shr(seed, WORD_BITS);
  UNROLL for (int i = 0; i < PHILOX_ROUNDS; i++) {
    const ivec p0 = ivec_mul_words(ivec_set(0xD2511F53), c0), p1 = ivec_mul_words(ivec_set(0xCD9E8D57), c2);
    c0 = ivec_xor(ivec_xor(ivec_shr(p1, WORD_BITS), c1), key0);
    c2 = ivec_xor(ivec_xor(ivec_shr(p0, WORD_BITS), c3), key1);
    c1 = p1;
    c3 = p0;
    key0 = ivec_add(key0, ivec_set(0x9E3779B9));
    key1 = ivec_add(key1, ivec_set(0xBB67AE85));
  }
  /* The top 52 bits k of the first two words are a fraction: 1 + k 2^-52, less 1 - 2^-53, is (2k + 1) 2^-53. */
  const ivec high = ivec_shl(c0, WORD_BITS), low = ivec_shr(ivec_shl(c1, WORD_BITS), WORD_BITS);
  const ivec k = ivec_shr(ivec_add(high, low), 64 - FRACTION_BITS);
  return vec_sub(vec_from_bits(ivec_add(k, ivec_set(ONE_BITS))), vec_set(1 - 0x1p-53));
}

static ivec load_integers(const uint64_t *p) {
  return vec_bits(vec_load((const double *)(const void *)p));
}

/* The end of the last vec is computed too. */
static void draw_uniforms(size_t n, const uint64_t *seed, const uint64_t *index, double *u) {
  for (size_t i = 0; i < n; i += VEC_LANES)
    vec_store(u + i, philox_uniform(load_integers(seed + i), load_integers(index + i)));
}

/* Middle and tails for all, and what fits each; one in 7 * 10^10 is in the far tails. */
static void to_normals(double *at) {
  const vec u = vec_load(at), q = vec_sub(u, vec_set(0.5)), r = normal_r(u, q);
  const mask middle = vec_le(vec_abs(q), vec_set(0.425));
  vec tail = normal_tail(TAIL, 1.6, q, r);
  if (mask_any(vec_gt(r, vec_set(5))))
    tail = vec_select(vec_le(r, vec_set(5)), tail, normal_tail(FAR_TAIL, 5, q, r));
  vec_store(at, vec_select(middle, normal_middle(q), tail));
}

static void make_normal(size_t n, double *u) {
  size_t end = n;
  for (; end % VEC_LANES != 0; end++)
    u[end] = 0.5;
  for (size_t i = 0; i < end; i += VEC_LANES)
    to_normals(u + i);
}

extern const struct lur_draws DRAWS;
const struct lur_draws DRAWS = {.uniform = draw_uniforms, .normal = make_normal};
