/* SPDX-License-Identifier: MIT
 * A program, linked for a kernel: what the results that are wanted need, in two parts.
 *
 * The uniform part is what depends on no unit, pattern or parameter: constants, named numbers, h's numbers and what is
 * made of these alone. It is computed in double, lane by lane. Those of its values that the other part, or a result,
 * reads are the code's rows: each is rounded once to the kernel's precision.
 *
 * The varying part is a list of steps over arrays. A step does one operation for all elements. What it reads, and
 * where it writes, are places, counted in this order: rows (one number a lane, the same for all elements), inputs,
 * results, and slots (temporary arrays, used again once their value is dead).
 *
 * Both keep the program's order. A code does not change once it is made; threads share it without a lock. */
#ifndef LUR_PROGRAM_CODE_H
#define LUR_PROGRAM_CODE_H

#include "engine/program/program.h"

struct lur_step {
  enum lur_op_id id;
  int to, at[3];   /* places; at: as many as the operation has operands */
  double constant; /* POW_CONSTANT: its exponent, which has no place; the base's stands for it */
};

/* An argument that varies. */
struct lur_code_input {
  enum lur_input which;
  int index; /* from 0, of indexed ones */
};

/* A value that is to be copied from one place to another. */
struct lur_copy {
  int from, to;
};

/* Steps in a row that end with divisions, or with the code. */
enum { LUR_MAX_PHASES = 3 };

struct lur_code {
  int n_rows, n_inputs, n_results, n_slots, n_steps, n_uniform;
  struct lur_code_input *input; /* those that are read, each once; input k is place n_rows + k */
  struct lur_step *step;
  int n_phases, phase[LUR_MAX_PHASES + 1]; /* phase p: the steps phase[p] ... phase[p + 1] - 1 */
  /* Around the steps: inputs that are results go to slots before them, for a result may be written in place of an
   * input; results that no step has written to their places go there after them, in this order. */
  int n_before, n_after;
  struct lur_copy before[LUR_MAX_RESULTS], after[LUR_MAX_RESULTS];
  struct lur_op *uniform; /* [n_uniform]: the uniform part, with operands by their place in this list; at[0] of a NUMBER
                             is its place in the list of names that the code was linked with */
  uint16_t *row;          /* [n_rows]: which value of the uniform part; each stands in one row at most */
};
static inline int lur_code_result(const struct lur_code *c, int k) { /* the place of the k-th of the wanted results */
  return c->n_rows + c->n_inputs + k;
}
static inline int lur_code_places(const struct lur_code *c) {
  return c->n_rows + c->n_inputs + c->n_results + c->n_slots;
}
/* The place of an input; -1: the code does not read it. */
int lur_code_input(const struct lur_code *c, enum lur_input which, int index);

/* results: 1 << k where result k is wanted, at least one. replaces: 1 << k where result k is written in place of an
 * input (f' in that of z; a new w in that of w): it is written when no later step reads that input. names: of the run's
 * numbers. NULL and e filled: LUR_ENOMEM, or LUR_EINPUT where the program reads a number that is not among them. */
struct lur_code *lur_code_link(const struct lur_program *p, unsigned results, unsigned replaces, int n_names,
                               const char *const *names, struct lur_error *e);
void lur_code_free(struct lur_code *c); /* NULL does nothing */

#endif
