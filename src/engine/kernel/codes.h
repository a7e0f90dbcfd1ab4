/* SPDX-License-Identifier: MIT
 * The functions of a structure as a block runs them: each one's code, and the memory that the code works in. A block,
 * and what is here, belong to one thread. */
#ifndef LUR_KERNEL_CODES_H
#define LUR_KERNEL_CODES_H

#include "engine/engine.h"
#include "engine/program/code.h"

/* Bytes of a slot: what a step does before the next one begins, so that slots stay in the first cache. And of a chunk:
 * what the stages that collect operands hand on at once. */
enum { LUR_SLOT_BYTES = 1024, LUR_CHUNK_BYTES = 2048 };

/* Where an array is, and its numbers from one vec to the next: 0 where one vec is all of it. */
struct lur_array {
  void *at;
  size_t step;
};

/* A code with its places. Who runs the code says where inputs and results are; all else stays where it is. */
struct lur_running {
  const struct lur_code *code; /* NULL: there is no such function */
  struct lur_array *place;     /* of rows, inputs and results */
  struct lur_array *work;      /* [phase][lur_code_places]: the same of the chunk in that phase, and its slots */
};

struct lur_codes {
  struct lur_running activate[LUR_MAX_LAYERS]; /* a = f(z), of layers whose activation is a function */
  struct lur_running learn[LUR_MAX_LAYERS];    /* the same, and f'(z) in place of z */
  struct lur_running loss, delta;              /* l(o, t), and its derivative by o */
  struct lur_running penalty, pull;            /* q(w), and its derivative */
  struct lur_running rule;                     /* of w, g and states the new w and states; its rows: told.h */
  /* Numbers of lanes, as wide as a vec: what a lane has in it is there once for each pattern or unit of the vec. */
  size_t n_lanes, width, n_rows;
  bool is_single;
  void *rows;    /* of all codes */
  void *slots;   /* each code's */
  void *chunk;   /* two chunks, for targets and values of a loss */
  double *value; /* of the longest uniform part */
};

/* A program's code, with all names of the structure (lur_own_names). Else as lur_code_link. */
struct lur_code *lur_codes_link(const struct lur_own *own, const struct lur_program *p, unsigned results,
                                unsigned replaces, struct lur_error *e);
/* Whether the structure has functions of the script's own. */
bool lur_codes_any(const struct lur_structure *s);
/* The codes of s, for a kernel with vecs of so many numbers. *c is to be zeroed. */
int lur_codes_init(struct lur_codes *c, const struct lur_structure *s, size_t n_lanes, size_t width,
                   struct lur_error *e);
void lur_codes_free(struct lur_codes *c); /* safe on a zeroed struct */
/* Puts the run's numbers into a lane: the rows of all codes but the rule's. number: of all names. */
void lur_codes_put(struct lur_codes *c, size_t lane, const double *number);
/* Copies a lane's to a lane of another block of the structure. */
void lur_codes_copy(const struct lur_codes *from, size_t lane, struct lur_codes *to, size_t to_lane);

#endif
