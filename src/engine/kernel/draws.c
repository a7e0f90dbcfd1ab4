/* SPDX-License-Identifier: MIT
 * Many draws at once, each of a seed, an index and an epoch of its own: draw.c's, in vectors, bit for bit. Meson
 * compiles this file for each instruction set with fused multiply-add, and for one lane at a time, with its VEC_HEADER
 * and DRAWS, the table's name. Pure. */
#define VEC_FLOAT 0
#include VEC_HEADER

#include "engine/draw.h"
#include "engine/normal.inc.h"

/* Philox's words are the low halves of lanes; what stands above them is rubbish. */
enum { PHILOX_ROUNDS = 10, WORD_BITS = 32 };

/* The keys of all rounds. */
struct keys {
  ivec low[PHILOX_ROUNDS], high[PHILOX_ROUNDS];
};
FUNCTION struct keys keys_of(ivec seed) {
  struct keys k = {.low = {seed}, .high = {ivec_shr(seed, WORD_BITS)}};
  UNROLL for (int i = 1; i < PHILOX_ROUNDS; i++) {
    k.low[i] = ivec_add(k.low[i - 1], ivec_set(0x9E3779B9));
    k.high[i] = ivec_add(k.high[i - 1], ivec_set(0xBB67AE85));
  }
  return k;
}

FUNCTION vec philox_uniform(const struct keys *keys, ivec index, ivec epoch, ivec purpose) {
  ivec c0 = index, c1 = ivec_shr(index, WORD_BITS), c2 = epoch, c3 = purpose;
  UNROLL for (int i = 0; i < PHILOX_ROUNDS; i++) {
    const ivec p0 = ivec_mul_words(ivec_set(0xD2511F53), c0), p1 = ivec_mul_words(ivec_set(0xCD9E8D57), c2);
    c0 = ivec_xor(ivec_xor(ivec_shr(p1, WORD_BITS), c1), keys->low[i]);
    c2 = ivec_xor(ivec_xor(ivec_shr(p0, WORD_BITS), c3), keys->high[i]);
    c1 = p1;
    c3 = p0;
  }
  /* The top 52 bits k of the first two words are a fraction: 1 + k 2^-52, less 1 - 2^-53, is (2k + 1) 2^-53. */
  const ivec high = ivec_shl(c0, WORD_BITS), low = ivec_shr(ivec_shl(c1, WORD_BITS), WORD_BITS);
  const ivec k = ivec_shr(ivec_add(high, low), 64 - FRACTION_BITS);
  return vec_sub(vec_from_bits(ivec_add(k, ivec_set(ONE_BITS))), vec_set(1 - 0x1p-53));
}

static ivec load_integers(const uint64_t *p) {
  return vec_bits(vec_load((const double *)(const void *)p));
}

/* The end of the last vec of a row is computed too. */
static void draw_uniforms(const struct lur_drawing *d, size_t n, size_t n_rows, uint64_t plus, double *u) {
  const ivec purpose = ivec_set((int64_t)d->purpose), step = ivec_set((int64_t)d->step);
  for (size_t i = 0; i < n; i += VEC_LANES) {
    const struct keys keys = keys_of(load_integers(d->seed + i));
    const ivec epoch = load_integers(d->epoch + i);
    ivec index = ivec_add(load_integers(d->index + i), ivec_set((int64_t)plus));
    for (size_t row = 0; row < n_rows; row++, index = ivec_add(index, step))
      vec_store(u + row * n + i, philox_uniform(&keys, index, epoch, purpose));
  }
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
