/* SPDX-License-Identifier: MIT
 * Runs a code (program/code.h): each step for a chunk of elements before the next, so that what a step leaves is still
 * in the first cache when the next one reads it. Elements are independent; so the order of chunks and steps changes no
 * bit. Meson compiles this file for each instruction set and precision, with OWN as the name of the function that it
 * makes; it serves all forms, for to it an element is so many numbers in a row. Nothing is allocated. */
#include VEC_HEADER

#include "engine/functions.inc.h"
#include "engine/functions_power.inc.h"
#include "engine/functions_trig.inc.h"
#include "engine/functions_whole.inc.h"
#include "engine/kernel/own.h"

/* ---- Operations: a value each, over the names a, b, c and, of a power, the exponent e ---- */
#define VALUE_1(name, value)                                                                                           \
  FUNCTION vec value_##name(vec a) {                                                                                   \
    return value;                                                                                                      \
  }
#define VALUE_2(name, value)                                                                                           \
  FUNCTION vec value_##name(vec a, vec b, double e) {                                                                  \
    (void)b, (void)e;                                                                                                  \
    return value;                                                                                                      \
  }
#define VALUE_3(name, value)                                                                                           \
  FUNCTION vec value_##name(vec a, vec b, vec c) {                                                                     \
    return value;                                                                                                      \
  }
FUNCTION vec one_where(mask m) {
  return vec_select(m, vec_set(1), vec_set(0));
}
FUNCTION vec if_not_zero(vec a, vec x, vec zero) {
  return vec_select(vec_eq(a, vec_set(0)), zero, x);
}
FUNCTION vec elementwise(enum lur_activation f, vec z) {
  vec a;
  each_activate(1, f, &z, &a);
  return a;
}
VALUE_2(add, vec_add(a, b))
VALUE_2(sub, vec_sub(a, b))
VALUE_2(mul, vec_mul(a, b))
VALUE_2(div, vec_div(a, b))
VALUE_1(neg, vec_neg(a))
VALUE_3(fma, vec_fma(a, b, c))
VALUE_2(floor_div, vec_floor_div(a, b))
VALUE_2(mod, vec_mod(a, b))
VALUE_2(pow, vec_pow(a, b))
VALUE_2(pow_constant, vec_pow_constant(a, e))
VALUE_1(abs, vec_abs(a))
VALUE_1(floor, vec_floor(a))
VALUE_1(ceil, vec_ceil(a))
VALUE_2(max, vec_select(vec_lt(a, b), b, a))
VALUE_2(min, vec_select(vec_lt(b, a), b, a))
VALUE_1(sqrt, vec_sqrt(a))
VALUE_1(exp, vec_exp(a))
VALUE_1(expm1, vec_expm1(a))
VALUE_1(log, vec_log(a))
VALUE_1(log1p, vec_log1p(a))
VALUE_1(sin, vec_sin(a))
VALUE_1(cos, vec_cos(a))
VALUE_1(tan, vec_tan(a))
VALUE_1(erf, vec_erf(a))
VALUE_1(sigmoid, elementwise(LUR_SIGMOID, a))
VALUE_1(tanh, elementwise(LUR_TANH, a))
VALUE_1(relu, elementwise(LUR_RELU, a))
VALUE_1(leaky_relu, elementwise(LUR_LEAKY_RELU, a))
VALUE_1(softplus, elementwise(LUR_SOFTPLUS, a))
VALUE_1(step, elementwise(LUR_STEP, a))
VALUE_2(lt, one_where(vec_lt(a, b)))
VALUE_2(le, one_where(vec_le(a, b)))
VALUE_2(eq, one_where(vec_eq(a, b)))
VALUE_3(select, if_not_zero(a, b, c))
VALUE_2(mul_taken, if_not_zero(a, vec_mul(a, b), vec_set(0)))
VALUE_2(div_taken, if_not_zero(a, vec_div(a, b), vec_set(0)))

/* ---- Steps: n elements each, by the number of operands. What has none is no step ---- */
typedef void step_run(int n, size_t width, const struct lur_step *s, const struct lur_array *place);

/* The vec at number i of element j. */
FUNCTION vec get(const struct lur_array *x, int j, size_t i) {
  return vec_load((const real *)x->at + (size_t)j * x->step + i);
}
#define EVERY_VEC                                                                                                      \
  for (int j = 0; j < n; j++)                                                                                          \
    for (size_t i = 0; i < width; i += VEC_LANES)
#define STEP_0(name)
#define STEP_1(name)                                                                                                   \
  static void run_##name(int n, size_t width, const struct lur_step *s, const struct lur_array *place) {               \
    const struct lur_array a = place[s->at[0]];                                                                        \
    real *to = place[s->to].at;                                                                                        \
    EVERY_VEC vec_store(to + (size_t)j * width + i, value_##name(get(&a, j, i)));                                      \
  }
#define STEP_2(name)                                                                                                   \
  static void run_##name(int n, size_t width, const struct lur_step *s, const struct lur_array *place) {               \
    const struct lur_array a = place[s->at[0]], b = place[s->at[1]];                                                   \
    real *to = place[s->to].at;                                                                                        \
    EVERY_VEC vec_store(to + (size_t)j * width + i, value_##name(get(&a, j, i), get(&b, j, i), s->constant));          \
  }
#define STEP_3(name)                                                                                                   \
  static void run_##name(int n, size_t width, const struct lur_step *s, const struct lur_array *place) {               \
    const struct lur_array a = place[s->at[0]], b = place[s->at[1]], c = place[s->at[2]];                              \
    real *to = place[s->to].at;                                                                                        \
    EVERY_VEC vec_store(to + (size_t)j * width + i, value_##name(get(&a, j, i), get(&b, j, i), get(&c, j, i)));        \
  }
#define STEP(ID, name, n_operands, ...) STEP_##n_operands(name)
LUR_OPS(STEP)
#undef STEP

static step_run *const steps[LUR_N_OPS] = {
#define ENTRY_0(ID, name)
#define ENTRY_1(ID, name) [LUR_OP_##ID] = run_##name,
#define ENTRY_2(ID, name) [LUR_OP_##ID] = run_##name,
#define ENTRY_3(ID, name) [LUR_OP_##ID] = run_##name,
#define ENTRY(ID, name, n_operands, ...) ENTRY_##n_operands(ID, name)
    LUR_OPS(ENTRY)
#undef ENTRY
};

/* ---- Codes ---- */
static void copy_all(int n_copies, const struct lur_copy *copy, int n, size_t width, const struct lur_array *place) {
  for (int k = 0; k < n_copies; k++) {
    const struct lur_array from = place[copy[k].from];
    real *to = place[copy[k].to].at;
    EVERY_VEC vec_store(to + (size_t)j * width + i, get(&from, j, i));
  }
}

/* One phase of a chunk. */
static void run_phase(const struct lur_code *code, int phase, int n, size_t width, const struct lur_array *place) {
  if (phase == 0)
    copy_all(code->n_before, code->before, n, width, place);
  for (int k = code->phase[phase]; k < code->phase[phase + 1]; k++)
    steps[code->step[k].id](n, width, &code->step[k], place);
  if (phase == code->n_phases - 1)
    copy_all(code->n_after, code->after, n, width, place);
}

/* The places of a chunk that begins at element `first`. */
static void place_chunk(const struct lur_running *r, int first, struct lur_array *work) {
  for (int k = 0; k < lur_code_result(r->code, r->code->n_results); k++)
    work[k] = (struct lur_array){(real *)r->place[k].at + (size_t)first * r->place[k].step, r->place[k].step};
}

lur_own_run OWN;
void OWN(const struct lur_running *r, int n, size_t width) {
  const struct lur_code *code = r->code;
  const int chunk = LUR_SLOT_BYTES / (int)(width * sizeof(real)), n_chunks = (n + chunk - 1) / chunk;
  const int n_phases = code->n_phases, n_places = lur_code_places(code);
  for (int t = 0, next = 0; t < n_chunks + n_phases - 1; t++, next = next + 1 < n_phases ? next + 1 : 0)
    for (int p = 0; p < n_phases; p++) {
      const int c = t - p, first = c * chunk, at = next >= p ? next - p : next - p + n_phases;
      struct lur_array *work = r->work + at * n_places;
      if (c < 0 || c >= n_chunks)
        continue;
      if (p == 0)
        place_chunk(r, first, work);
      run_phase(code, p, n - first < chunk ? n - first : chunk, width, work);
    }
}
