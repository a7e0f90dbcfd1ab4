/* SPDX-License-Identifier: MIT
 * A function of the script's own, as data: the operations that it does, in order, each on earlier ones. Made by tracing
 * (room tracing) or read from its text form; the kernels run it. A program does not change once it is made, so
 * threads share it without a lock; equal operations are one, and operations on constants alone are done when it is
 * built. Formulas: docs/numerics.md. */
#ifndef LUR_PROGRAM_H
#define LUR_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "engine/program/ops.inc.h"

#define LUR_ENUM(ID, ...) LUR_OP_##ID,
enum lur_op_id { LUR_OPS(LUR_ENUM) LUR_N_OPS };
#undef LUR_ENUM
#define LUR_ENUM(ID, ...) LUR_IN_##ID,
enum lur_input { LUR_INPUTS(LUR_ENUM) LUR_N_INPUTS };
#undef LUR_ENUM
#define LUR_ENUM(ID, ...) LUR_ROLE_##ID,
enum lur_role { LUR_ROLES(LUR_ENUM) LUR_N_ROLES };
#undef LUR_ENUM
extern const char *const lur_role_names[LUR_N_ROLES + 1]; /* ended by NULL */

struct lur_op_facts {
  const char *name; /* in the text form */
  int n_operands;
  const char *meaning;
};
extern const struct lur_op_facts lur_ops[LUR_N_OPS];

struct lur_input_facts {
  const char *name;
  bool indexed, varies;
};
extern const struct lur_input_facts lur_inputs[LUR_N_INPUTS];
bool lur_role_takes(enum lur_role role, enum lur_input input); /* whether functions of the role have the argument */
/* Whether a number or a state may have this name: letters, digits and _, no digit first, room for it. */
bool lur_program_name_fits(const char *name);
/* The place of a name among n; -1: it is not there. */
int lur_number_place(const char *name, int n_names, const char *const *names);

enum {
  LUR_MAX_TRACED = 4096,   /* operations of one function; constants, arguments and named numbers do not count */
  LUR_MAX_DERIVED = 65535, /* of it and its derivative */
  LUR_MAX_PLACES = 65535,  /* operations of every kind in one program */
  LUR_MAX_STATES = 8,      /* of an optimizer, per parameter */
  LUR_MAX_RESULTS = LUR_MAX_STATES + 1,
  LUR_MAX_OPS = 4 * LUR_MAX_TRACED + LUR_MAX_RESULTS, /* n_ops of one function, what does not count among them */
  LUR_MAX_OWN_NUMBERS = 64,                           /* named numbers that the functions of a structure read */
  LUR_MAX_DRAWS = 16,                                 /* of an init, per parameter */
  LUR_NAME_ROOM = 48
};

struct lur_op {
  enum lur_op_id id;
  uint16_t
      at[3]; /* operands, by their place in the list; INPUT: enum lur_input, then its index from 0; NUMBER: which */
  double constant; /* of CONSTANT */
};

struct lur_program {
  enum lur_role role;
  int n_ops, n_results, n_numbers, n_states;
  struct lur_op *op;                /* operands stand before what is made of them */
  uint16_t result[LUR_MAX_RESULTS]; /* activation: f, and its slope where that is given; optimizer: w, then
                                       each state; of all others one */
  char number[LUR_MAX_OWN_NUMBERS][LUR_NAME_ROOM]; /* "slope", "beta1": what NUMBER reads */
  char state[LUR_MAX_STATES][LUR_NAME_ROOM];
};

/* ---- Building: build.c ---- */
struct lur_builder;
/* NULL where there is no memory. most: operations with operands at most. */
struct lur_builder *lur_builder_new(enum lur_role role, int most);
void lur_builder_free(struct lur_builder *b); /* NULL does nothing */
/* Each gives the place of the operation, one that is there already where it is equal; -1 where there is no room: too
 * many operations or names (lur_builder_full), else memory. at: as many operands as the operation has; where one is
 * -1, so is the place, and callers may look once at the end. */
int lur_build(struct lur_builder *b, enum lur_op_id id, const int *at);
int lur_build_constant(struct lur_builder *b, double x); /* every NaN is one; -0 and +0 are two */
int lur_build_input(struct lur_builder *b, enum lur_input input, int index);
int lur_build_number(struct lur_builder *b, const char *name);
int lur_build_pow(struct lur_builder *b, int x, int y); /* POW_CONSTANT where y is a constant, else POW */
/* Operation k of a program, whose operands stand at place[...]. */
int lur_build_copy(struct lur_builder *b, const struct lur_program *p, int k, const int *place);
bool lur_builder_full(const struct lur_builder *b);
/* Says what there is no room for: LUR_EINPUT where it is full, else LUR_ENOMEM. */
int lur_builder_fail(const struct lur_builder *b, struct lur_error *e);
/* Whether it is a constant, and which; of an inner place. */
bool lur_builder_constant(const struct lur_builder *b, int at, double *x);
/* The program of what was built, without what no result needs, in its order; constants, arguments and named numbers
 * stand right before their first use. states: their names. NULL: no memory. */
struct lur_program *lur_builder_finish(struct lur_builder *b, int n_results, const int *results, int n_states,
                                       const char *const *states);
void lur_program_free(struct lur_program *p);

/* ---- Values: value.c, in double, with the functions of engine.h ---- */
double lur_op_value(enum lur_op_id id, double a, double b, double c); /* of an operation with operands */
double lur_op_of(const struct lur_op *op, const double *value); /* the same, of its operands by their places */
/* All results, by an interpreter: input(context, which, index) gives the arguments, number[k] the k-th named number. */
int lur_program_run(const struct lur_program *p, double (*input)(void *context, enum lur_input which, int index),
                    void *context, const double *number, double *results, struct lur_error *e);
/* The values of all operations. Room for n_ops. */
void lur_program_values(const struct lur_program *p, double (*input)(void *context, enum lur_input which, int index),
                        void *context, const double *number, double *value);
/* Per operation: true where it depends on no input that varies, and so is computed in double. Room for n_ops. */
void lur_program_uniform(const struct lur_program *p, bool *uniform);

/* ---- Derivatives: derive.c; numbers in place: bind.c ---- */
/* A program whose results are, of an activation f and f' (its slope where that is given); of a loss l and dl/do; of a
 * penalty q and dq/dw. NULL and e filled: LUR_ENOMEM, or LUR_EINPUT where it would be too long. */
struct lur_program *lur_program_derive(const struct lur_program *p, struct lur_error *e);
/* The same program with named numbers in place: those in `names` become constants, others stay. Its values keep their
 * bits, its derivative need not, because operations that become equal are one: derive first. NULL: no memory. */
struct lur_program *lur_program_bind(const struct lur_program *p, int n, const char *const *names,
                                     const double *values);

/* ---- Text: write.c, read.c. One line an operation; what hashes cover, results files store and --explain prints ----
 *   activation
 *   t1 = neg z
 *   t2 = exp t1
 *   t3 = add 0x1p+0 t2
 *   t4 = div z t3
 *   return t4
 * Constants, arguments and named numbers (p.slope) stand where they are used. An optimizer's second line names its
 * states ("states m v"). A program and its text are the same: writing what was read gives the text to the byte. */
void lur_program_write(const struct lur_program *p, struct lur_buffer *out);
struct lur_program *lur_program_read(const char *text, struct lur_error *e); /* NULL and the line at fault */
bool lur_program_same(const struct lur_program *a, const struct lur_program *b);

#endif
