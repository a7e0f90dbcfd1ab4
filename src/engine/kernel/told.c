/* SPDX-License-Identifier: MIT
 * Sorts the uniform part of a function by how often its values change, and computes them in time. */
#include "engine/kernel/told.h"

#include <stdlib.h>

#include "base/memory.h"
#include "engine/rules.h"

enum { WIDEST = 16 }; /* a row is a whole number of so many doubles: the widest vec of own.c */

/* What is known of one value. */
struct known {
  enum lur_when when;
  bool by_layer;
};

/* ---- How often values change ---- */
static struct known known_of_input(const struct lur_told *t, enum lur_input which) {
  const struct lur_own *own = &t->structure->own;
  const enum lur_when scheduled = !own->schedule ? LUR_ONCE : own->every_update ? LUR_BY_UPDATE : LUR_BY_EPOCH;
  switch (which) {
  case LUR_IN_UPDATE: return (struct known){LUR_BY_UPDATE, false};
  case LUR_IN_EPOCH: return (struct known){LUR_BY_EPOCH, false};
  case LUR_IN_LEARNING_RATE: return (struct known){scheduled, true};
  case LUR_IN_FAN_IN:
  case LUR_IN_LAYER: return (struct known){LUR_ONCE, true};
  case LUR_IN_EPOCHS:
  case LUR_IN_FAN_OUT:
  case LUR_IN_Z:
  case LUR_IN_O:
  case LUR_IN_T:
  case LUR_IN_W:
  case LUR_IN_G:
  case LUR_IN_STATE:
  case LUR_IN_IS_BIAS:
  case LUR_IN_UNIT:
  case LUR_IN_FROM:
  case LUR_IN_UNIFORM:
  case LUR_IN_NORMAL:
  case LUR_N_INPUTS: break;
  }
  return (struct known){LUR_ONCE, false};
}

/* A schedule that is asked once an epoch knows the epoch's first update alone. */
static void know(const struct lur_told *t, const struct lur_told_code *c, struct known *known) {
  const bool is_schedule = c == &t->schedule;
  for (int k = 0; k < c->code->n_uniform; k++) {
    const struct lur_op *op = &c->code->uniform[k];
    if (op->id == LUR_OP_INPUT)
      known[k] = known_of_input(t, (enum lur_input)op->at[0]);
    for (int i = 0; i < lur_ops[op->id].n_operands; i++) {
      const struct known *read = &known[op->at[i]];
      known[k].when = read->when > known[k].when ? read->when : known[k].when;
      known[k].by_layer = known[k].by_layer || read->by_layer;
    }
    if (is_schedule && !t->structure->own.every_update && known[k].when == LUR_BY_UPDATE)
      known[k].when = LUR_BY_EPOCH;
  }
}

/* ---- Where values are ---- */
/* Arguments and named numbers stand where all functions read them; others have rows of their own. */
static double *given(const struct lur_told *t, const struct lur_op *op, int layer) {
  const size_t at = (size_t)layer * t->n;
  if (op->id == LUR_OP_NUMBER)
    return t->number + (size_t)op->at[0] * t->n;
  if (op->id != LUR_OP_INPUT)
    return NULL;
  switch ((enum lur_input)op->at[0]) {
  case LUR_IN_UPDATE: return t->update;
  case LUR_IN_EPOCH: return t->epoch;
  case LUR_IN_EPOCHS: return t->epochs;
  case LUR_IN_LEARNING_RATE: return t->rate + at;
  case LUR_IN_FAN_IN: return t->fan_in + at;
  case LUR_IN_LAYER: return t->layer + at;
  case LUR_IN_FAN_OUT:
  case LUR_IN_Z:
  case LUR_IN_O:
  case LUR_IN_T:
  case LUR_IN_W:
  case LUR_IN_G:
  case LUR_IN_STATE:
  case LUR_IN_IS_BIAS:
  case LUR_IN_UNIT:
  case LUR_IN_FROM:
  case LUR_IN_UNIFORM:
  case LUR_IN_NORMAL:
  case LUR_N_INPUTS: break;
  }
  return NULL;
}

static void place_values(const struct lur_told *t, struct lur_told_code *c, const struct known *known) {
  double *next = c->values;
  for (int k = 0; k < c->code->n_uniform; k++) {
    const struct lur_op *op = &c->code->uniform[k];
    for (int l = 0; l < t->structure->shape.n_layers; l++) {
      double *at = given(t, op, l);
      if (!at && l > 0 && !known[k].by_layer)
        at = c->value[0][k].at;
      if (!at) {
        at = next;
        next += t->n;
      }
      c->value[l][k] = (struct lur_array){at, WIDEST};
      for (size_t i = 0; op->id == LUR_OP_CONSTANT && i < t->n; i++)
        at[i] = op->constant;
    }
  }
}

static size_t row_bytes(const struct lur_told *t) {
  return t->width * (t->is_single ? sizeof(float) : sizeof(double));
}

static void place_rows(const struct lur_told *t, struct lur_told_code *c, const struct known *known) {
  char *next = c->rows;
  for (int k = 0; k < c->code->n_rows; k++) {
    const struct known *row = &known[c->code->row[k]];
    struct lur_changing *changing = &c->changing[row->when];
    changing->row[row->by_layer][changing->n_rows[row->by_layer]++] = k;
    for (int l = 0; l < t->structure->shape.n_layers; l++) {
      c->row[l][k] = l > 0 && !row->by_layer ? c->row[0][k] : next;
      next += l > 0 && !row->by_layer ? 0 : row_bytes(t);
    }
  }
}

static void sort_steps(struct lur_told_code *c, const struct known *known) {
  for (int k = 0; k < c->code->n_uniform; k++) {
    const struct lur_op *op = &c->code->uniform[k];
    struct lur_changing *changing = &c->changing[known[k].when];
    const int n = lur_ops[op->id].n_operands, by_layer = known[k].by_layer;
    if (n == 0)
      continue;
    struct lur_step *s = &changing->steps[by_layer].step[changing->steps[by_layer].n_steps++];
    *s = (struct lur_step){.id = op->id, .to = k};
    for (int i = 0; i < n; i++)
      s->at[i] = op->at[i];
    if (op->id == LUR_OP_POW_CONSTANT)
      s->constant = c->code->uniform[op->at[1]].constant;
  }
  for (int w = 0; w < 2 * LUR_N_WHENS; w++) {
    struct lur_code *steps = &c->changing[w / 2].steps[w % 2];
    steps->n_rows = c->code->n_uniform;
    steps->n_phases = 1;
    steps->phase[1] = steps->n_steps;
  }
}

/* ---- Memory ---- */
static bool code_room(const struct lur_told *t, struct lur_told_code *c) {
  const size_t n_layers = (size_t)t->structure->shape.n_layers, n = (size_t)c->code->n_uniform + 1,
               n_rows = (size_t)c->code->n_rows + 1;
  bool made = (c->values = lur_alloc_aligned(n * n_layers, t->n * sizeof(double))) &&
              (c->rows = lur_alloc_aligned(n_rows * n_layers, row_bytes(t))) &&
              (c->work = lur_alloc(n, sizeof *c->work));
  for (size_t l = 0; l < n_layers && made; l++)
    made = (c->value[l] = lur_alloc(n, sizeof **c->value)) && (c->row[l] = lur_alloc(n_rows, sizeof **c->row));
  for (int w = 0; w < 2 * LUR_N_WHENS && made; w++) {
    struct lur_changing *changing = &c->changing[w / 2];
    made = (changing->steps[w % 2].step = lur_alloc(n, sizeof(struct lur_step))) &&
           (changing->row[w % 2] = lur_alloc(n_rows, sizeof **changing->row));
  }
  return made;
}

static void code_free(struct lur_told_code *c) {
  free(c->values);
  free(c->work);
  free(c->rows);
  for (int l = 0; l < LUR_MAX_LAYERS; l++) {
    free(c->value[l]);
    free(c->row[l]);
  }
  for (int w = 0; w < 2 * LUR_N_WHENS; w++) {
    free(c->changing[w / 2].steps[w % 2].step);
    free(c->changing[w / 2].row[w % 2]);
  }
}

static bool code_init(const struct lur_told *t, struct lur_told_code *c, const struct lur_code *code) {
  struct known *known = lur_alloc((size_t)code->n_uniform + 1, sizeof *known);
  c->code = code;
  const bool made = known && code_room(t, c);
  if (made) {
    know(t, c, known);
    place_values(t, c, known);
    place_rows(t, c, known);
    sort_steps(c, known);
  }
  free(known);
  return made;
}

/* Rows that both functions read, and those of layers. */
static bool told_room(struct lur_told *t) {
  const struct lur_structure *s = t->structure;
  const size_t n_layers = (size_t)s->shape.n_layers;
  double *next = t->memory = lur_alloc_aligned(3 + LUR_MOST_NAMES + 4 * n_layers, t->n * sizeof(double));
  if (!next)
    return false;
  double **const one[] = {&t->update, &t->epoch, &t->epochs},
                 **const by_layer[] = {&t->given_rate, &t->fan_in, &t->layer, &t->rate};
  for (size_t i = 0; i < sizeof one / sizeof *one; i++, next += t->n)
    *one[i] = next;
  for (size_t i = 0; i < sizeof by_layer / sizeof *by_layer; i++, next += n_layers * t->n)
    *by_layer[i] = next;
  t->number = next;
  if (!s->own.schedule)
    t->rate = t->given_rate;
  for (size_t l = 0; l < n_layers; l++)
    for (size_t i = 0; i < t->n; i++) {
      t->fan_in[l * t->n + i] = lur_shape_fan_in(&s->shape, (int)l);
      t->layer[l * t->n + i] = (double)(l + 1);
    }
  return true;
}

int lur_told_init(struct lur_told *t, const struct lur_structure *s, const struct lur_running *running,
                  const struct lur_codes *c, lur_own_run *run, struct lur_error *e) {
  *t = (struct lur_told){.structure = s,
                         .run = run,
                         .n_lanes = c->n_lanes,
                         .n = (c->n_lanes + WIDEST - 1) / WIDEST * WIDEST,
                         .width = c->width,
                         .is_single = c->is_single,
                         .running = running};
  if (!told_room(t))
    return lur_fail_memory(e);
  if (s->own.schedule) {
    t->schedule_code = lur_codes_link(&s->own, s->own.schedule, 1, 0, e);
    if (!t->schedule_code)
      return e->code;
  }
  const bool made = (!running->code || code_init(t, &t->rule, running->code)) &&
                    (!t->schedule_code || code_init(t, &t->schedule, t->schedule_code));
  return made ? LUR_OK : lur_fail_memory(e);
}

void lur_told_free(struct lur_told *t) {
  code_free(&t->rule);
  code_free(&t->schedule);
  lur_code_free(t->schedule_code);
  free(t->memory);
}

/* ---- In time ---- */
void lur_told_put(struct lur_told *t, size_t lane, const double *number, const struct lur_numbers *n) {
  for (int k = 0; k < t->structure->own.n_numbers + LUR_N_FIELD_NUMBERS; k++)
    t->number[(size_t)k * t->n + lane] = number[k];
  for (int l = 0; l < t->structure->shape.n_layers; l++)
    t->given_rate[(size_t)l * t->n + lane] = n->learning_rate[l];
  t->epochs[lane] = (double)n->epochs;
  t->fresh = true;
}

static void put_row(const struct lur_told *t, const double *from, void *to) {
  if (t->is_single)
    for (size_t i = 0, lane = 0; i < t->width; i++, lane = lane + 1 < t->n_lanes ? lane + 1 : 0)
      ((float *)to)[i] = (float)from[lane];
  else
    for (size_t i = 0, lane = 0; i < t->width; i++, lane = lane + 1 < t->n_lanes ? lane + 1 : 0)
      ((double *)to)[i] = from[lane];
}

/* The values that change so often, and the rows that are made of them. */
static void compute(const struct lur_told *t, const struct lur_told_code *c, enum lur_when when, int layer,
                    bool by_layer) {
  const struct lur_changing *changing = &c->changing[when];
  struct lur_array *value = c->value[layer];
  t->run(&(struct lur_running){&changing->steps[by_layer], value, c->work}, (int)(t->n / WIDEST), WIDEST);
  for (int k = 0; k < changing->n_rows[by_layer]; k++) {
    const int row = changing->row[by_layer][k];
    put_row(t, value[c->code->row[row]].at, c->row[layer][row]);
  }
}
static void compute_all(const struct lur_told *t, const struct lur_told_code *c, enum lur_when when) {
  compute(t, c, when, 0, false);
  for (int l = 0; l < t->structure->shape.n_layers; l++)
    compute(t, c, when, l, true);
}

/* The layers' rates by the schedule. */
static void set_rates(const struct lur_told *t, void *rates) {
  const struct lur_told_code *c = &t->schedule;
  const double *factor = c->value[0][c->code->row[0]].at;
  for (int l = 0; l < t->structure->shape.n_layers; l++) {
    const double *from = t->given_rate + (size_t)l * t->n;
    double *to = t->rate + (size_t)l * t->n;
    for (size_t i = 0; i < t->n_lanes; i++) {
      to[i] = from[i] * factor[i];
      if (t->is_single)
        ((float *)rates)[(size_t)l * t->n_lanes + i] = (float)to[i];
      else
        ((double *)rates)[(size_t)l * t->n_lanes + i] = to[i];
    }
  }
}

/* What changes so often. A schedule that is asked once an epoch has all of it by then. */
static void tell(struct lur_told *t, enum lur_when when, void *rates) {
  if (t->schedule.code) {
    compute_all(t, &t->schedule, when);
    if (when == (t->structure->own.every_update ? LUR_BY_UPDATE : LUR_BY_EPOCH))
      set_rates(t, rates);
  }
  if (t->rule.code)
    compute_all(t, &t->rule, when);
}

void lur_told_update(struct lur_told *t, const uint64_t *epoch, size_t in_epoch, size_t n_in_epoch, void *rates) {
  for (size_t i = 0; i < t->n_lanes; i++) {
    t->epoch[i] = (double)epoch[i];
    t->update[i] = (double)(epoch[i] * n_in_epoch + in_epoch + 1);
  }
  if (t->fresh)
    tell(t, LUR_ONCE, rates);
  t->fresh = false;
  if (in_epoch == 0)
    tell(t, LUR_BY_EPOCH, rates);
  tell(t, LUR_BY_UPDATE, rates);
}

void lur_told_layer(const struct lur_told *t, int layer) {
  for (int k = 0; k < t->rule.code->n_rows; k++)
    t->running->place[k].at = t->rule.row[layer][k];
}
