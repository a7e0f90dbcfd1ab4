/* SPDX-License-Identifier: MIT
 * Links a structure's functions, gives each code its places, and puts lanes' numbers into the rows. */
#include "engine/kernel/codes.h"

#include <stdlib.h>

#include "base/memory.h"
#include "engine/rules.h"

enum { F = 1, SLOPE = 2 }; /* results of a derived program, as bits; those of losses are value and derivative */
static const unsigned ALL = (1u << LUR_MAX_RESULTS) - 1;

/* ---- Linking ---- */
struct lur_code *lur_codes_link(const struct lur_own *own, const struct lur_program *p, unsigned results,
                                unsigned replaces, struct lur_error *e) {
  const char *names[LUR_MOST_NAMES];
  const int n = lur_own_names(own, names);
  return lur_code_link(p, results, replaces, n, names, e);
}

/* Two codes of what p and its derivative give: the value alone; and, by `learn`, what training needs. */
static int link_pair(const struct lur_own *own, const struct lur_program *p, unsigned learn, unsigned replaces,
                     struct lur_running *value, struct lur_running *derived, struct lur_error *e) {
  struct lur_program *both = lur_program_derive(p, e);
  if (!both)
    return e->code;
  value->code = lur_codes_link(own, both, F, 0, e);
  if (value->code)
    derived->code = lur_codes_link(own, both, learn, replaces, e);
  lur_program_free(both);
  return derived->code ? LUR_OK : e->code;
}

static int link_all(struct lur_codes *c, const struct lur_structure *s, struct lur_error *e) {
  int status = LUR_OK;
  for (int l = 0; l < s->shape.n_layers && !status; l++)
    if (s->shape.own[l])
      status = link_pair(&s->own, s->shape.own[l], F | SLOPE, SLOPE, &c->activate[l], &c->learn[l], e);
  if (s->own.loss && !status)
    status = link_pair(&s->own, s->own.loss, SLOPE, 0, &c->loss, &c->delta, e);
  if (s->own.penalty && !status)
    status = link_pair(&s->own, s->own.penalty, SLOPE, 0, &c->penalty, &c->pull, e);
  if (s->own.optimizer && !status) {
    c->rule.code = lur_codes_link(&s->own, s->own.optimizer, ALL, ALL, e);
    status = c->rule.code ? LUR_OK : e->code;
  }
  return status;
}

/* All that may have a code, one after the other; NULL past the last. */
static struct lur_running *nth(struct lur_codes *c, int k) {
  if (k < LUR_MAX_LAYERS)
    return &c->activate[k];
  if (k < 2 * LUR_MAX_LAYERS)
    return &c->learn[k - LUR_MAX_LAYERS];
  struct lur_running *const others[] = {&c->loss, &c->delta, &c->penalty, &c->pull, &c->rule, NULL};
  return others[k - 2 * LUR_MAX_LAYERS];
}

/* ---- Places ---- */
static bool make_places(struct lur_codes *c, struct lur_running *r, size_t *first_row) {
  const size_t row = c->width * (c->is_single ? sizeof(float) : sizeof(double));
  const int first_slot = lur_code_result(r->code, r->code->n_results), n = lur_code_places(r->code);
  char *slot = c->slots;
  r->place = lur_alloc((size_t)first_slot + 1, sizeof *r->place);
  r->work = lur_alloc((size_t)n * (size_t)r->code->n_phases + 1, sizeof *r->work);
  if (!r->place || !r->work)
    return false;
  for (int k = 0; k < r->code->n_rows; k++)
    r->place[k].at = (char *)c->rows + (*first_row)++ * row;
  for (int p = 0; p < r->code->n_phases; p++)
    for (int k = 0; k < r->code->n_slots; k++, slot += LUR_SLOT_BYTES)
      r->work[p * n + first_slot + k] = (struct lur_array){slot, c->width};
  return true;
}

static bool make_room(struct lur_codes *c) {
  size_t n_slots = 0, n_uniform = 0, first_row = 0;
  for (int k = 0; nth(c, k); k++) {
    const struct lur_code *code = nth(c, k)->code;
    if (!code)
      continue;
    c->n_rows += (size_t)code->n_rows;
    const size_t n = (size_t)code->n_slots * (size_t)code->n_phases;
    n_slots = n > n_slots ? n : n_slots;
    n_uniform = (size_t)code->n_uniform > n_uniform ? (size_t)code->n_uniform : n_uniform;
  }
  c->rows = lur_alloc_aligned(c->n_rows * c->width + 1, c->is_single ? sizeof(float) : sizeof(double));
  c->slots = lur_alloc_aligned(n_slots + 1, LUR_SLOT_BYTES);
  c->chunk = lur_alloc_aligned(2, LUR_CHUNK_BYTES);
  c->value = lur_alloc(n_uniform + 1, sizeof *c->value);
  bool made = c->rows && c->slots && c->chunk && c->value;
  for (int k = 0; made && nth(c, k); k++)
    made = !nth(c, k)->code || make_places(c, nth(c, k), &first_row);
  return made;
}

bool lur_codes_any(const struct lur_structure *s) {
  const struct lur_own *own = &s->own;
  bool any = own->loss || own->optimizer || own->schedule || own->penalty;
  for (int l = 0; l < s->shape.n_layers; l++)
    any = any || s->shape.own[l];
  return any;
}

int lur_codes_init(struct lur_codes *c, const struct lur_structure *s, size_t n_lanes, size_t width,
                   struct lur_error *e) {
  c->n_lanes = n_lanes;
  c->width = width;
  c->is_single = s->shape.precision == LUR_SINGLE;
  const int status = link_all(c, s, e);
  return status ? status : make_room(c) ? LUR_OK : lur_fail_memory(e);
}

void lur_codes_free(struct lur_codes *c) {
  for (int k = 0; nth(c, k); k++) {
    free(nth(c, k)->place);
    free(nth(c, k)->work);
    lur_code_free((struct lur_code *)nth(c, k)->code);
  }
  free(c->rows);
  free(c->slots);
  free(c->chunk);
  free(c->value);
}

/* ---- Lanes ---- */
/* The values of the uniform part, of functions that read nothing but constants and named numbers. */
static void evaluate_uniform(const struct lur_code *code, const double *number, double *value) {
  for (int k = 0; k < code->n_uniform; k++) {
    const struct lur_op *op = &code->uniform[k];
    value[k] = op->id == LUR_OP_CONSTANT ? op->constant
               : op->id == LUR_OP_NUMBER ? number[op->at[0]]
                                         : lur_op_of(op, value);
  }
}

/* One number of a lane, in all elements of the vec that are this lane's. */
static void put_row(const struct lur_codes *c, void *row, size_t lane, double x) {
  for (size_t i = lane; i < c->width; i += c->n_lanes) {
    if (c->is_single)
      ((float *)row)[i] = (float)x;
    else
      ((double *)row)[i] = x;
  }
}

void lur_codes_put(struct lur_codes *c, size_t lane, const double *number) {
  for (int k = 0; nth(c, k); k++) {
    const struct lur_running *r = nth(c, k);
    if (!r->code || r == &c->rule)
      continue;
    evaluate_uniform(r->code, number, c->value);
    for (int i = 0; i < r->code->n_rows; i++)
      put_row(c, r->place[i].at, lane, c->value[r->code->row[i]]);
  }
}

void lur_codes_copy(const struct lur_codes *from, size_t lane, struct lur_codes *to, size_t to_lane) {
  for (size_t i = 0; i < to->n_rows; i++) {
    const size_t at = i * from->width + lane;
    const double x = from->is_single ? (double)((const float *)from->rows)[at] : ((const double *)from->rows)[at];
    put_row(to, (char *)to->rows + i * to->width * (to->is_single ? sizeof(float) : sizeof(double)), to_lane, x);
  }
}
