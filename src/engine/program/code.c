/* SPDX-License-Identifier: MIT
 * Links a program for a kernel. Operations are looked at from the last to the first, to find those that the wanted
 * results need and where each value is read last; then in their order, to give values their places: a slot is given out
 * again as soon as its value was read for the last time, also to the step that reads it. */
#include "engine/program/code.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { NEVER = -1, ALWAYS = LUR_MAX_DERIVED + 1 };

/* What is known of one operation of the program. */
struct known {
  bool needed, uniform;
  int last;  /* the last operation that reads it; ALWAYS: it is a result */
  int value; /* of a uniform one: in the uniform part */
  int place; /* NEVER: it has none */
};

struct linker {
  const struct lur_program *p;
  struct lur_code *c;
  struct lur_op *op;   /* [p->n_ops]: the program's, some of them rewritten */
  struct known *known; /* [p->n_ops] */
  int *free_slots, n_free;
  int last_input_read; /* the last operation that reads an input */
  int result[LUR_MAX_RESULTS];
  unsigned replaces; /* of the wanted results */
};

int lur_code_input(const struct lur_code *c, enum lur_input which, int index) {
  for (int k = 0; k < c->n_inputs; k++)
    if (c->input[k].which == which && c->input[k].index == index)
      return c->n_rows + k;
  return -1;
}

/* An input that varies; and an operation that is made of such. */
static bool is_input(const struct linker *l, int i) {
  return l->known[i].needed && !l->known[i].uniform && l->op[i].id == LUR_OP_INPUT;
}
static bool is_step(const struct linker *l, int i) {
  return l->known[i].needed && !l->known[i].uniform && l->op[i].id != LUR_OP_INPUT;
}
/* How many operands a step reads from places. */
static int n_read(enum lur_op_id id) {
  return id == LUR_OP_POW_CONSTANT ? 1 : lur_ops[id].n_operands;
}

/* ---- What is needed ---- */
static void want_results(struct linker *l, unsigned results, unsigned replaces) {
  for (int k = 0; k < l->p->n_results; k++) {
    if (!(results >> k & 1))
      continue;
    l->replaces |= (replaces >> k & 1) << l->c->n_results;
    l->result[l->c->n_results++] = l->p->result[k];
    l->known[l->p->result[k]].needed = true;
    l->known[l->p->result[k]].last = ALWAYS;
  }
}

/* a + (-b) is a - b to the bit, a - (-b) is a + b, and each is one step less where nothing else reads -b. */
static void join_sign(struct linker *l, struct lur_op *op) {
  if (op->id != LUR_OP_ADD && op->id != LUR_OP_SUB)
    return;
  const struct lur_op *a = &l->op[op->at[0]], *b = &l->op[op->at[1]];
  if (b->id == LUR_OP_NEG) {
    op->id = op->id == LUR_OP_ADD ? LUR_OP_SUB : LUR_OP_ADD;
    op->at[1] = b->at[0];
  } else if (a->id == LUR_OP_NEG && op->id == LUR_OP_ADD) {
    op->id = LUR_OP_SUB;
    op->at[0] = op->at[1];
    op->at[1] = a->at[0];
  }
}

static void find_needed(struct linker *l) {
  for (int i = l->p->n_ops - 1; i >= 0; i--) {
    if (l->known[i].needed)
      join_sign(l, &l->op[i]);
    const struct lur_op *op = &l->op[i];
    for (int k = 0; l->known[i].needed && k < lur_ops[op->id].n_operands; k++) {
      struct known *read = &l->known[op->at[k]];
      read->needed = true;
      read->last = read->last == NEVER ? i : read->last;
      if (is_input(l, op->at[k]) && l->last_input_read == NEVER)
        l->last_input_read = i;
    }
  }
}

/* ---- The uniform part ---- */
static int put_uniform(struct linker *l, int i, int n_names, const char *const *names, struct lur_error *e) {
  struct lur_op op = l->op[i];
  if (op.id == LUR_OP_NUMBER) {
    const char *name = l->p->number[op.at[0]];
    const int at = lur_number_place(name, n_names, names);
    if (at < 0)
      return lur_fail(e, LUR_EINPUT, lur_role_names[l->p->role], "it reads the number %s, which is not given", name);
    op.at[0] = (uint16_t)at;
  }
  for (int k = 0; k < lur_ops[op.id].n_operands; k++)
    op.at[k] = (uint16_t)l->known[op.at[k]].value;
  l->known[i].value = l->c->n_uniform;
  l->c->uniform[l->c->n_uniform++] = op;
  return LUR_OK;
}

static void put_row(struct linker *l, int i) {
  struct known *k = &l->known[i];
  if (!k->uniform || k->place != NEVER)
    return;
  k->place = l->c->n_rows;
  l->c->row[l->c->n_rows++] = (uint16_t)k->value;
}

static int link_uniform(struct linker *l, int n_names, const char *const *names, struct lur_error *e) {
  for (int i = 0; i < l->p->n_ops; i++) {
    if (!l->known[i].needed || !l->known[i].uniform)
      continue;
    const int status = put_uniform(l, i, n_names, names, e);
    if (status)
      return status;
  }
  for (int i = 0; i < l->p->n_ops; i++)
    for (int k = 0; is_step(l, i) && k < n_read(l->op[i].id); k++)
      put_row(l, l->op[i].at[k]);
  for (int k = 0; k < l->c->n_results; k++)
    put_row(l, l->result[k]);
  return LUR_OK;
}

/* ---- The varying part ---- */
static int take_slot(struct linker *l) {
  if (l->n_free > 0)
    return l->free_slots[--l->n_free];
  l->c->n_slots++;
  return lur_code_places(l->c) - 1;
}

static void put_input(struct linker *l, int i) {
  const struct lur_op *op = &l->op[i];
  l->known[i].place = l->c->n_rows + l->c->n_inputs;
  l->c->input[l->c->n_inputs++] = (struct lur_code_input){(enum lur_input)op->at[0], op->at[1]};
}

static void keep_input(struct linker *l, int i) {
  struct lur_code *c = l->c;
  if (l->known[i].last != ALWAYS)
    return;
  c->before[c->n_before] = (struct lur_copy){l->known[i].place, take_slot(l)};
  c->n_before++;
}

/* The place of a result where the operation may write it at once, else a slot. */
static int place_for(struct linker *l, int i) {
  for (int k = 0; k < l->c->n_results; k++)
    if (l->result[k] == i && (!(l->replaces >> k & 1) || l->last_input_read <= i))
      return lur_code_result(l->c, k);
  return take_slot(l);
}

static void put_step(struct linker *l, int i) {
  const struct lur_op *op = &l->op[i];
  const int n = n_read(op->id), first_slot = lur_code_result(l->c, l->c->n_results);
  struct lur_step *s = &l->c->step[l->c->n_steps++];
  s->id = op->id;
  for (int k = 0; k < n; k++)
    s->at[k] = l->known[op->at[k]].place;
  if (op->id == LUR_OP_POW_CONSTANT) {
    s->constant = l->op[op->at[1]].constant;
    s->at[1] = s->at[0];
  }
  for (int k = 0; k < n; k++) {
    struct known *read = &l->known[op->at[k]];
    if (read->last == i && read->place >= first_slot) {
      l->free_slots[l->n_free++] = read->place;
      read->last = NEVER; /* it may be both operands */
    }
  }
  s->to = l->known[i].place = place_for(l, i);
}

static void put_results(struct linker *l) {
  struct lur_code *c = l->c;
  for (int k = 0; k < c->n_results; k++) {
    int from = l->known[l->result[k]].place;
    for (int i = 0; i < c->n_before; i++)
      from = c->before[i].from == from ? c->before[i].to : from;
    if (from != lur_code_result(c, k))
      c->after[c->n_after++] = (struct lur_copy){from, lur_code_result(c, k)};
  }
}

static bool divides(enum lur_op_id id) {
  return id == LUR_OP_DIV || id == LUR_OP_DIV_TAKEN || id == LUR_OP_SQRT;
}

/* A phase ends where what does not divide follows what does. */
static void put_phases(struct lur_code *c) {
  c->n_phases = 1;
  for (int k = 1; k < c->n_steps && c->n_phases < LUR_MAX_PHASES; k++)
    if (divides(c->step[k - 1].id) && !divides(c->step[k].id))
      c->phase[c->n_phases++] = k;
  c->phase[c->n_phases] = c->n_steps;
}

static int link_all(struct linker *l, unsigned results, unsigned replaces, int n_names, const char *const *names,
                    struct lur_error *e) {
  for (int i = 0; i < l->p->n_ops; i++)
    l->known[i].last = l->known[i].place = NEVER;
  want_results(l, results, replaces);
  find_needed(l);
  const int status = link_uniform(l, n_names, names, e);
  if (status)
    return status;
  for (int i = 0; i < l->p->n_ops; i++)
    if (is_input(l, i))
      put_input(l, i);
  for (int i = 0; i < l->p->n_ops; i++)
    if (is_input(l, i))
      keep_input(l, i);
  for (int i = 0; i < l->p->n_ops; i++)
    if (is_step(l, i))
      put_step(l, i);
  put_results(l);
  put_phases(l->c);
  return LUR_OK;
}

/* ---- Memory ---- */
static bool make_room(struct linker *l) {
  const size_t n = (size_t)l->p->n_ops + 1;
  struct lur_code *c = l->c;
  bool *uniform = lur_alloc(n, sizeof *uniform);
  l->op = lur_copy(l->p->op, (size_t)l->p->n_ops, sizeof *l->op);
  l->known = lur_alloc(n, sizeof *l->known);
  l->free_slots = lur_alloc(n, sizeof *l->free_slots);
  c->step = lur_alloc(n, sizeof *c->step);
  c->input = lur_alloc(n, sizeof *c->input);
  c->uniform = lur_alloc(n, sizeof *c->uniform);
  c->row = lur_alloc(n, sizeof *c->row);
  const bool made = uniform && l->op && l->known && l->free_slots && c->step && c->input && c->uniform && c->row;
  if (made)
    lur_program_uniform(l->p, uniform);
  for (int i = 0; made && i < l->p->n_ops; i++)
    l->known[i].uniform = uniform[i];
  free(uniform);
  return made;
}

struct lur_code *lur_code_link(const struct lur_program *p, unsigned results, unsigned replaces, int n_names,
                               const char *const *names, struct lur_error *e) {
  struct linker l = {.p = p, .c = lur_alloc(1, sizeof *l.c), .last_input_read = NEVER};
  if (!l.c) {
    lur_fail_memory(e);
    return NULL;
  }
  const int status = make_room(&l) ? link_all(&l, results, replaces, n_names, names, e) : lur_fail_memory(e);
  free(l.op);
  free(l.known);
  free(l.free_slots);
  if (!status)
    return l.c;
  lur_code_free(l.c);
  return NULL;
}

void lur_code_free(struct lur_code *c) {
  if (!c)
    return;
  free(c->step);
  free(c->input);
  free(c->uniform);
  free(c->row);
  free(c);
}
