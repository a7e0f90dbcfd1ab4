/* SPDX-License-Identifier: MIT
 * Building a program: an operation is looked for among those there are (a hash table of places, open addressing), so
 * that equal ones are one, and one on constants alone becomes the constant that it gives. Nothing else is simplified,
 * for that would change bits. A builder belongs to one thread. */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "engine/program/built.h"

struct lur_builder {
  enum lur_role role;
  int most, n_done;                                    /* operations with operands */
  enum { NOTHING, OPERATIONS, NUMBERS, A_NAME } lacks; /* what there is no room for */
  struct lur_op *op;
  size_t n, room;
  uint32_t *table; /* place + 1, 0: free; its room is a power of two, at least twice n */
  size_t n_table;
  int n_numbers;
  char number[LUR_MAX_OWN_NUMBERS][LUR_NAME_ROOM];
};

enum { FIRST_TABLE = 64 };

struct lur_builder *lur_builder_new(enum lur_role role, int most) {
  struct lur_builder *b = lur_alloc(1, sizeof *b);
  if (!b)
    return NULL;
  b->role = role;
  b->most = most;
  b->n_table = FIRST_TABLE;
  b->table = lur_alloc(b->n_table, sizeof *b->table);
  if (!b->table) {
    lur_builder_free(b);
    return NULL;
  }
  return b;
}

void lur_builder_free(struct lur_builder *b) {
  if (!b)
    return;
  free(b->op);
  free(b->table);
  free(b);
}

bool lur_builder_full(const struct lur_builder *b) {
  return b->lacks != NOTHING;
}

int lur_builder_fail(const struct lur_builder *b, struct lur_error *e) {
  switch (b->lacks) {
  case OPERATIONS: return lur_fail(e, LUR_EINPUT, NULL, "more than %d operations", b->most);
  case NUMBERS: return lur_fail(e, LUR_EINPUT, NULL, "more than %d named numbers", LUR_MAX_OWN_NUMBERS);
  case A_NAME:
    return lur_fail(e, LUR_EINPUT, NULL, "a name is at most %d letters, digits and _, and does not begin with a digit",
                    LUR_NAME_ROOM - 1);
  case NOTHING: break;
  }
  return lur_fail_memory(e);
}

/* Why the first that had no room had none. */
static int lack(struct lur_builder *b, int what) {
  if (b->lacks == NOTHING)
    b->lacks = what;
  return -1;
}

static uint64_t constant_bits(const struct lur_op *op) {
  uint64_t bits;
  memcpy(&bits, &op->constant, sizeof bits);
  return bits;
}

/* SplitMix64's last steps (Steele, Lea, Flood 2014). */
static size_t hash(const struct lur_op *op) {
  uint64_t z = (uint64_t)op->id << 48 ^ (uint64_t)op->at[0] << 32 ^ (uint64_t)op->at[1] << 16 ^ op->at[2];
  z = (z ^ constant_bits(op)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (size_t)(z ^ (z >> 31));
}

static bool is_same(const struct lur_op *a, const struct lur_op *b) {
  return a->id == b->id && memcmp(a->at, b->at, sizeof a->at) == 0 && constant_bits(a) == constant_bits(b);
}

/* Where the operation is entered, or would be. */
static uint32_t *slot(const struct lur_builder *b, const struct lur_op *op) {
  size_t i = hash(op) & (b->n_table - 1);
  while (b->table[i] && !is_same(&b->op[b->table[i] - 1], op))
    i = (i + 1) & (b->n_table - 1);
  return &b->table[i];
}

static bool make_room(struct lur_builder *b) {
  if (!lur_grow(&b->op, &b->room, b->n + 1, sizeof *b->op))
    return false;
  if (2 * (b->n + 1) <= b->n_table)
    return true;
  uint32_t *table = lur_alloc(2 * b->n_table, sizeof *table);
  if (!table)
    return false;
  free(b->table);
  b->table = table;
  b->n_table *= 2;
  for (size_t k = 0; k < b->n; k++)
    *slot(b, &b->op[k]) = (uint32_t)k + 1;
  return true;
}

static int add(struct lur_builder *b, const struct lur_op *op) {
  uint32_t found = *slot(b, op);
  if (found)
    return (int)found - 1;
  bool counts = lur_ops[op->id].n_operands > 0;
  if (b->n == LUR_MAX_PLACES || (counts && b->n_done == b->most))
    return lack(b, OPERATIONS);
  if (!make_room(b))
    return -1;
  b->op[b->n++] = *op;
  b->n_done += counts;
  *slot(b, op) = (uint32_t)b->n;
  return (int)b->n - 1;
}

int lur_build_constant(struct lur_builder *b, double x) {
  struct lur_op op = {.id = LUR_OP_CONSTANT, .constant = x};
  if (x != x) { /* one NaN, as every entry of the engine gives it */
    static const uint64_t bits = 0x7ff8000000000000;
    memcpy(&op.constant, &bits, sizeof bits);
  }
  return add(b, &op);
}

int lur_build_input(struct lur_builder *b, enum lur_input input, int index) {
  struct lur_op op = {.id = LUR_OP_INPUT, .at = {(uint16_t)input, (uint16_t)index}};
  return add(b, &op);
}

int lur_build_number(struct lur_builder *b, const char *name) {
  int k = 0;
  if (!lur_program_name_fits(name))
    return lack(b, A_NAME);
  while (k < b->n_numbers && strcmp(b->number[k], name) != 0)
    k++;
  if (k == LUR_MAX_OWN_NUMBERS)
    return lack(b, NUMBERS);
  struct lur_op op = {.id = LUR_OP_NUMBER, .at = {(uint16_t)k}};
  if (k == b->n_numbers)
    strcpy(b->number[b->n_numbers++], name);
  return add(b, &op);
}

int lur_build(struct lur_builder *b, enum lur_op_id id, const int *at) {
  struct lur_op op = {.id = id};
  double x[3] = {0, 0, 0};
  bool constant = true;
  for (int i = 0; i < lur_ops[id].n_operands; i++) {
    if (at[i] < 0)
      return -1;
    op.at[i] = (uint16_t)at[i];
    constant = lur_builder_constant(b, at[i], &x[i]) && constant;
  }
  return constant ? lur_build_constant(b, lur_op_value(id, x[0], x[1], x[2])) : add(b, &op);
}

int lur_build_copy(struct lur_builder *b, const struct lur_program *p, int k, const int *place) {
  const struct lur_op *op = &p->op[k];
  int at[3] = {0, 0, 0};
  if (op->id == LUR_OP_CONSTANT)
    return lur_build_constant(b, op->constant);
  if (op->id == LUR_OP_INPUT)
    return lur_build_input(b, (enum lur_input)op->at[0], op->at[1]);
  if (op->id == LUR_OP_NUMBER)
    return lur_build_number(b, p->number[op->at[0]]);
  for (int i = 0; i < lur_ops[op->id].n_operands; i++)
    at[i] = place[op->at[i]];
  return lur_build(b, op->id, at);
}

int lur_build_pow(struct lur_builder *b, int x, int y) {
  double constant;
  bool products = y >= 0 && lur_builder_constant(b, y, &constant);
  return lur_build(b, products ? LUR_OP_POW_CONSTANT : LUR_OP_POW, (const int[]){x, y});
}

bool lur_builder_constant(const struct lur_builder *b, int at, double *x) {
  if (b->op[at].id != LUR_OP_CONSTANT)
    return false;
  *x = b->op[at].constant;
  return true;
}

const struct lur_op *lur_builder_ops(const struct lur_builder *b, int *n, const char (**number)[LUR_NAME_ROOM]) {
  *n = (int)b->n;
  *number = b->number;
  return b->op;
}

/* What a program is made with: where each operation of the builder comes to stand, -1 while it does not. */
struct finishing {
  const struct lur_builder *b;
  struct lur_program *p;
  int *place;
};

static void mark_needed(const struct lur_builder *b, int n_results, const int *results, bool *needed) {
  for (int k = 0; k < n_results; k++)
    needed[results[k]] = true;
  for (size_t k = b->n; k-- > 0;)
    for (int i = 0; needed[k] && i < lur_ops[b->op[k].id].n_operands; i++)
      needed[b->op[k].at[i]] = true;
}

/* A number has its place in the program by its first use, too. */
static uint16_t place_number(struct lur_program *p, const char *name) {
  int k = 0;
  while (k < p->n_numbers && strcmp(p->number[k], name) != 0)
    k++;
  if (k == p->n_numbers)
    strcpy(p->number[p->n_numbers++], name);
  return (uint16_t)k;
}

/* Puts one that has no operands at the program's end, unless it is there. */
static void place_leaf(struct finishing *f, int k) {
  const struct lur_op *op = &f->b->op[k];
  if (f->place[k] >= 0)
    return;
  f->place[k] = f->p->n_ops;
  struct lur_op *to = &f->p->op[f->p->n_ops++];
  *to = *op;
  if (op->id == LUR_OP_NUMBER)
    to->at[0] = place_number(f->p, f->b->number[op->at[0]]);
}

static void place_operation(struct finishing *f, int k) {
  const struct lur_op *op = &f->b->op[k];
  struct lur_op moved = *op;
  for (int i = 0; i < lur_ops[op->id].n_operands; i++) {
    place_leaf(f, op->at[i]);
    moved.at[i] = (uint16_t)f->place[op->at[i]];
  }
  f->place[k] = f->p->n_ops;
  f->p->op[f->p->n_ops++] = moved;
}

static void place_all(struct finishing *f, const bool *needed, int n_results, const int *results) {
  for (size_t k = 0; k < f->b->n; k++)
    f->place[k] = -1;
  for (size_t k = 0; k < f->b->n; k++)
    if (needed[k] && lur_ops[f->b->op[k].id].n_operands > 0)
      place_operation(f, (int)k);
  for (int k = 0; k < n_results; k++) {
    place_leaf(f, results[k]);
    f->p->result[k] = (uint16_t)f->place[results[k]];
  }
  f->p->n_results = n_results;
}

struct lur_program *lur_builder_finish(struct lur_builder *b, int n_results, const int *results, int n_states,
                                       const char *const *states) {
  bool *needed = lur_alloc(b->n, sizeof *needed);
  struct finishing f = {b, lur_alloc(1, sizeof *f.p), lur_alloc(b->n, sizeof *f.place)};
  bool made = needed && f.place && f.p && (f.p->op = lur_alloc(b->n, sizeof *f.p->op));
  if (made) {
    f.p->role = b->role;
    f.p->n_states = n_states;
    for (int k = 0; k < n_states; k++)
      strcpy(f.p->state[k], states[k]);
    mark_needed(b, n_results, results, needed);
    place_all(&f, needed, n_results, results);
  } else {
    lur_program_free(f.p);
  }
  free(needed);
  free(f.place);
  return made ? f.p : NULL;
}

void lur_program_free(struct lur_program *p) {
  if (!p)
    return;
  free(p->op);
  free(p);
}
