/* SPDX-License-Identifier: MIT
 * Random programs, one a seed, for the tests that compare one thing that runs programs with another. Operands are
 * mostly taken from the latest operations, so that chains are long; what runs away easily (division, exponentials,
 * powers, logarithms) mostly gets a tame operand and sometimes whatever there is. So values are finite mostly, and
 * now and then infinite or NaN. No expression draws twice, for compilers choose the order. */
#ifndef LUR_TESTS_RANDOM_PROGRAMS_H
#define LUR_TESTS_RANDOM_PROGRAMS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/program/program.h"

#define PROGRAMS static inline __attribute__((unused))

enum { RANDOM_NUMBERS = 4, RANDOM_RECENT = 6, RANDOM_MOST = 1024 };
/* What the programs read by name. */
static const char *const random_numbers[RANDOM_NUMBERS] = {"slope", "scale", "beta1", "epsilon"};

struct random_program {
  uint64_t state;
  struct lur_builder *b;
  enum lur_role role;
  int n_states;
  bool smooth; /* none of // % floor ceil step, and only finite constants */
  int at[RANDOM_MOST];
  int n;
};

/* SplitMix64 (Steele, Lea, Flood 2014) */
PROGRAMS uint32_t random_below(struct random_program *r, uint32_t n) {
  uint64_t z = r->state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (uint32_t)((z ^ (z >> 31)) >> 32) % n;
}

PROGRAMS double random_between(struct random_program *r, double low, double high) {
  return low + (high - low) * random_below(r, 1u << 20) / (1u << 20);
}

PROGRAMS int random_constant(struct random_program *r) {
  static const double usual[] = {0, 1, -1, 0.5, 2, 3, 0.1, -0.25, 1.5};
  static const double unusual[] = {-0.0, 1e300, 1e-310, -1e30, INFINITY, -INFINITY, NAN, 0x1p-1074, 1e16};
  if (!r->smooth && random_below(r, 12) == 0)
    return lur_build_constant(r->b, unusual[random_below(r, sizeof unusual / sizeof *unusual)]);
  if (random_below(r, 2))
    return lur_build_constant(r->b, usual[random_below(r, sizeof usual / sizeof *usual)]);
  return lur_build_constant(r->b, random_between(r, -2, 2));
}

PROGRAMS int random_input(struct random_program *r) {
  for (;;) {
    enum lur_input which = (enum lur_input)random_below(r, LUR_N_INPUTS);
    int n = which == LUR_IN_STATE ? r->n_states : lur_inputs[which].indexed ? 4 : 1;
    if (lur_role_takes(r->role, which) && n > 0)
      return lur_build_input(r->b, which, (int)random_below(r, (uint32_t)n));
  }
}

PROGRAMS int random_leaf(struct random_program *r) {
  switch (random_below(r, 5)) {
  case 0: return lur_build_number(r->b, random_numbers[random_below(r, RANDOM_NUMBERS)]);
  case 1: return random_constant(r);
  default: return random_input(r);
  }
}

PROGRAMS int random_operand(struct random_program *r) {
  if (r->n == 0 || random_below(r, 4) == 0)
    return random_leaf(r);
  int back = (int)random_below(r, RANDOM_RECENT);
  return r->at[back < r->n ? r->n - 1 - back : 0];
}

PROGRAMS int random_unary(struct random_program *r, enum lur_op_id id, int a) {
  return lur_build(r->b, id, (const int[]){a});
}

PROGRAMS int random_binary(struct random_program *r, enum lur_op_id id, int a, int b) {
  return lur_build(r->b, id, (const int[]){a, b});
}

/* Of about one, mostly: what an exponential, a sine or a power may be taken of. */
PROGRAMS int random_tame(struct random_program *r) {
  static const enum lur_op_id bounded[] = {LUR_OP_TANH, LUR_OP_SIN, LUR_OP_SIGMOID, LUR_OP_ERF};
  int a = random_operand(r);
  return random_below(r, 6) ? random_unary(r, bounded[random_below(r, 4)], a) : a;
}

/* Above 0 by a good deal, mostly: what may divide, or a logarithm or a root be taken of. */
PROGRAMS int random_positive(struct random_program *r) {
  int a = random_tame(r);
  if (random_below(r, 12) == 0)
    return a;
  int distance = random_unary(r, LUR_OP_ABS, a);
  return random_binary(r, LUR_OP_ADD, distance, lur_build_constant(r->b, random_between(r, 0.25, 2)));
}

PROGRAMS int random_select(struct random_program *r) {
  static const enum lur_op_id comparison[] = {LUR_OP_LT, LUR_OP_LE, LUR_OP_LT, LUR_OP_LE, LUR_OP_EQ};
  enum lur_op_id id = comparison[random_below(r, r->smooth ? 4 : 5)];
  int left = random_operand(r), c = random_binary(r, id, left, random_operand(r)), taken = random_operand(r);
  return lur_build(r->b, LUR_OP_SELECT, (const int[]){c, taken, random_operand(r)});
}

PROGRAMS int random_power(struct random_program *r) {
  static const double powers[] = {0, 1, 2, 3, -1, -2, 0.5, 1.5, 7, -0.5, 64, 65};
  uint32_t n = r->smooth ? 10 : 12;
  if (random_below(r, 3) == 0) {
    int base = random_positive(r);
    return random_binary(r, LUR_OP_POW, base, random_tame(r));
  }
  double power = powers[random_below(r, n)];
  int base = power == floor(power) && random_below(r, 2) ? random_tame(r) : random_positive(r);
  return lur_build_pow(r->b, base, lur_build_constant(r->b, power));
}

/* One of the functions of one number, with an operand that suits it. */
PROGRAMS int random_function(struct random_program *r) {
  static const enum lur_op_id any[] = {LUR_OP_NEG,  LUR_OP_ABS,        LUR_OP_SIGMOID,  LUR_OP_TANH,
                                       LUR_OP_RELU, LUR_OP_LEAKY_RELU, LUR_OP_SOFTPLUS, LUR_OP_ERF,
                                       LUR_OP_STEP, LUR_OP_FLOOR,      LUR_OP_CEIL};
  static const enum lur_op_id tame[] = {LUR_OP_EXP, LUR_OP_EXPM1, LUR_OP_SIN, LUR_OP_COS, LUR_OP_TAN};
  static const enum lur_op_id positive[] = {LUR_OP_LOG, LUR_OP_LOG1P, LUR_OP_SQRT};
  switch (random_below(r, 4)) {
  case 0: return random_unary(r, tame[random_below(r, 5)], random_tame(r));
  case 1: return random_unary(r, positive[random_below(r, 3)], random_positive(r));
  default: return random_unary(r, any[random_below(r, r->smooth ? 8 : 11)], random_operand(r));
  }
}

PROGRAMS int random_arithmetic(struct random_program *r) {
  static const enum lur_op_id two[] = {LUR_OP_ADD, LUR_OP_SUB, LUR_OP_MUL, LUR_OP_MAX, LUR_OP_MIN};
  int a = random_operand(r), b = random_operand(r);
  switch (random_below(r, 8)) {
  case 0: return lur_build(r->b, LUR_OP_FMA, (const int[]){a, b, random_operand(r)});
  case 1: return random_binary(r, LUR_OP_DIV, a, random_positive(r));
  case 2:
    if (!r->smooth)
      return random_binary(r, random_below(r, 2) ? LUR_OP_MOD : LUR_OP_FLOOR_DIV, a, random_positive(r));
    return random_binary(r, LUR_OP_MUL, a, b);
  default: return random_binary(r, two[random_below(r, 5)], a, b);
  }
}

PROGRAMS int random_operation(struct random_program *r) {
  switch (random_below(r, 10)) {
  case 0: return random_select(r);
  case 1: return random_power(r);
  case 2:
  case 3:
  case 4: return random_function(r);
  default: return random_arithmetic(r);
  }
}

/* The latest three together: one alone is the same for all inputs too often, behind a floor or a selection. */
PROGRAMS int random_result(struct random_program *r) {
  int y = r->at[r->n - 1];
  for (int back = 2; back <= 3 && back <= r->n; back++)
    y = random_binary(r, LUR_OP_ADD, y, r->at[r->n - back]);
  return y;
}

/* A program of the role of about n steps (at most RANDOM_MOST), each one to a few operations. NULL: no memory. */
PROGRAMS struct lur_program *random_program(uint64_t seed, enum lur_role role, int n, bool smooth) {
  static const char *const states[] = {"m", "v", "last"};
  struct random_program r = {.state = seed, .b = lur_builder_new(role, LUR_MAX_TRACED), .role = role, .smooth = smooth};
  struct lur_program *p = NULL;
  int results[LUR_MAX_RESULTS], n_results = 1;
  if (!r.b)
    return NULL;
  if (role == LUR_ROLE_OPTIMIZER)
    n_results = 1 + (r.n_states = (int)random_below(&r, 4));
  for (; r.n < n && r.n < RANDOM_MOST; r.n++)
    r.at[r.n] = random_operation(&r);
  for (int k = 0; k < n_results; k++)
    results[k] = k == 0 && r.n > 0 ? random_result(&r) : random_operand(&r);
  if (!lur_builder_full(r.b))
    p = lur_builder_finish(r.b, n_results, results, r.n_states, states);
  lur_builder_free(r.b);
  return p;
}

#endif
