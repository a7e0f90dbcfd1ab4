/* SPDX-License-Identifier: MIT
 * A program, linked for a kernel: what the results that are wanted need, in two parts.
 *
 * The uniform part is what depends on no unit, pattern or parameter: constants, named numbers, h's numbers and what is
 * made of these alone. It is computed in double, lane by lane. Those of its values that the other part, or a result,
 * reads are the code's rows: each is rounded once to the kernel's precision.
 *
 * The varying part is a list of steps over arrays. A step does one operation for all elements. Its operands and its
 * own value are in one of four places: a slot (a temporary array, used again once its value is dead), a row (one
 * number a lane, the same for all elements), an input or a result.
 *
 * Both keep the program's order. A code does not change once it is made; threads share it without a lock. */
#ifndef LUR_PROGRAM_CODE_H
#define LUR_PROGRAM_CODE_H

#include "engine/program/program.h"

enum lur_place { LUR_AT_SLOT, LUR_AT_ROW, LUR_AT_INPUT, LUR_AT_RESULT };
struct lur_operand {
  enum lur_place place;
  int index;
};

struct lur_step {
  enum lur_op_id id;
  struct lur_operand to, at[3]; /* to: a slot, or a result's place; at: as many as the operation has operands */
};

/* An argument that varies. */
struct lur_code_input {
  enum lur_input which;
  int index; /* from 0, of indexed ones */
};

/* The value of an input that a result is. */
struct lur_kept {
  int input, slot;
};

struct lur_code {
  int n_steps, n_slots, n_rows, n_inputs, n_results, n_kept, n_uniform;
  struct lur_step *step;
  struct lur_code_input *input; /* what LUR_AT_INPUT counts: those that are read, each once */
  /* What LUR_AT_RESULT counts: the wanted results in the program's order, and where each is when the steps are done. At
   * its own LUR_AT_RESULT it stands in its place already; all others are then copied there, in their order. */
  struct lur_operand result[LUR_MAX_RESULTS];
  struct lur_kept kept[LUR_MAX_RESULTS]; /* to be copied into slots before the steps, for a result may be written in
                                            place of an input */
  struct lur_op *uniform; /* [n_uniform]: the uniform part, with operands by their place in this list; at[0] of a NUMBER
                             is its place in the list of names that the code was linked with */
  uint16_t *row;          /* [n_rows]: which value of the uniform part; each stands in one row at most */
  size_t first_row;       /* of its rows among those of all codes of a structure (kernel/codes.h) */
};

/* results: 1 << k where result k is wanted, at least one. replaces: 1 << k where result k is written in place of an
 * input (f' in that of z; a new w in that of w): it is written when no later step reads an input. names: of the run's
 * numbers. NULL and e filled: LUR_ENOMEM, or LUR_EINPUT where the program reads a number that is not among them. */
struct lur_code *lur_code_link(const struct lur_program *p, unsigned results, unsigned replaces, int n_names,
                               const char *const *names, struct lur_error *e);
void lur_code_free(struct lur_code *c); /* NULL does nothing */
/* The code's place of an input; -1: it does not read it. */
int lur_code_input(const struct lur_code *c, enum lur_input which, int index);
/* How many operands an operation has. */
int lur_op_operands(enum lur_op_id id);

#endif
