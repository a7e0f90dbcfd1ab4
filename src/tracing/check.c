/* SPDX-License-Identifier: MIT
 * A trace is compared with its function, which is called with plain numbers: at special values (0, -0, small, large,
 * infinite, NaN), at drawn ones, and at every number in the function's text and its neighbours. The values are to have
 * equal bits (NaNs are equal, and so are zeros). `^` is computed as Lua computes it on both sides. Points where % of a
 * quotient of 2^52 and more has no value in the trace are left out. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/digits.h"
#include "engine/engine.h"
#include "tracing/trace.h"

enum { N_DRAWN = 64, LAST_EPOCH = 99 };

enum kind { REAL, WHOLE, BIT, SHARE };

struct check {
  lua_State *L;
  struct lur_tracing *t;
  const struct lur_program *program;
  double *value;        /* of each operation */
  const double *number; /* in the function's text */
  size_t n_numbers;
  uint64_t n_drawn;
};

/* ---- The arguments ---- */
static enum kind kind_of(int slot) {
  if (slot >= LUR_SLOT_NUMBER || (slot >= LUR_SLOT_STATE && slot < LUR_SLOT_DRAW))
    return REAL;
  if (slot >= LUR_SLOT_DRAW)
    return SHARE;
  switch ((enum lur_input)slot) {
  case LUR_IN_IS_BIAS: return BIT;
  case LUR_IN_UPDATE:
  case LUR_IN_EPOCH:
  case LUR_IN_EPOCHS:
  case LUR_IN_FAN_IN:
  case LUR_IN_FAN_OUT:
  case LUR_IN_LAYER:
  case LUR_IN_UNIT:
  case LUR_IN_FROM: return WHOLE;
  case LUR_IN_Z:
  case LUR_IN_O:
  case LUR_IN_T:
  case LUR_IN_W:
  case LUR_IN_G:
  case LUR_IN_STATE:
  case LUR_IN_LEARNING_RATE:
  case LUR_IN_UNIFORM:
  case LUR_IN_NORMAL:
  case LUR_N_INPUTS: break;
  }
  return REAL;
}

static bool fits(enum kind kind, double x) {
  switch (kind) {
  case REAL: break;
  case WHOLE: return x >= 0 && x <= 1e9 && x == floor(x);
  case BIT: return x == 0 || x == 1;
  case SHARE: return x > 0 && x < 1;
  }
  return true;
}

static double draw(struct check *c, enum kind kind) {
  const uint64_t i = c->n_drawn++;
  const double u = lur_draw_uniform(1, 2 * i, 0, LUR_DRAW_GENERATOR);
  const double n = lur_draw_normal(1, 2 * i + 1, 0, LUR_DRAW_GENERATOR);
  switch (kind) {
  case REAL: break;
  case WHOLE: return floor(u * LAST_EPOCH);
  case BIT: return u < 0.5;
  case SHARE: return u;
  }
  return i % 3 == 0 ? n * exp2(floor(u * 40) - 20) : n * 2;
}

static void draw_all(struct check *c) {
  for (int slot = 0; slot < LUR_N_SLOTS; slot++)
    c->t->value[slot] = draw(c, kind_of(slot));
}

/* ---- The trace's values ---- */
static int number_slot(const struct lur_tracing *t, const char *name) {
  int k = 0;
  while (strcmp(t->number[k], name) != 0)
    k++;
  return LUR_SLOT_NUMBER + k;
}

/* False where the point is left out. */
static bool compute(struct check *c) {
  const struct lur_program *p = c->program;
  for (int k = 0; k < p->n_ops; k++) {
    const struct lur_op *op = &p->op[k];
    double x[3] = {0, 0, 0};
    for (int i = 0; i < lur_ops[op->id].n_operands; i++)
      x[i] = c->value[op->at[i]];
    if (op->id == LUR_OP_CONSTANT)
      c->value[k] = op->constant;
    else if (op->id == LUR_OP_INPUT)
      c->value[k] = c->t->value[lur_slot((enum lur_input)op->at[0], op->at[1])];
    else if (op->id == LUR_OP_NUMBER)
      c->value[k] = c->t->value[number_slot(c->t, p->number[op->at[0]])];
    else if (op->id == LUR_OP_POW || op->id == LUR_OP_POW_CONSTANT)
      c->value[k] = x[1] == 2 ? x[0] * x[0] : pow(x[0], x[1]);
    else
      c->value[k] = lur_op_value(op->id, x[0], x[1], x[2]);
    if (op->id == LUR_OP_MOD && isfinite(x[0]) && x[1] != 0 && fabs(floor(x[0] / x[1])) >= 0x1p52)
      return false;
  }
  return true;
}

/* ---- What is said where they differ ---- */
/* The name of an argument, as a script writes it. */
static void write_name(const struct lur_tracing *t, int slot, char out[LUR_NAME_ROOM + 8]) {
  static const char *const names[LUR_N_INPUTS] = {
      [LUR_IN_Z] = "z", [LUR_IN_O] = "o", [LUR_IN_T] = "t", [LUR_IN_W] = "w", [LUR_IN_G] = "g"};
  const char *object = t->what->role == LUR_ROLE_INIT ? "r." : "h.";
  if (slot >= LUR_SLOT_NUMBER)
    snprintf(out, LUR_NAME_ROOM + 8, "p.%s", t->number[slot - LUR_SLOT_NUMBER]);
  else if (slot >= LUR_SLOT_DRAW)
    snprintf(out, LUR_NAME_ROOM + 8, "draw %d", slot - LUR_SLOT_DRAW + 1);
  else if (slot >= LUR_SLOT_STATE)
    snprintf(out, LUR_NAME_ROOM + 8, "s.%s", t->what->state[slot - LUR_SLOT_STATE]);
  else
    snprintf(out, LUR_NAME_ROOM + 8, "%s%s", names[slot] ? "" : object,
             names[slot] ? names[slot] : lur_inputs[slot].name);
}

/* "z = 3, p.slope = 1": of what the function reads. */
static void push_point(const struct check *c) {
  char name[LUR_NAME_ROOM + 8], digits[32];
  luaL_Buffer b;
  luaL_buffinit(c->L, &b);
  for (int slot = 0; slot < LUR_N_SLOTS; slot++)
    if (c->t->is_read[slot]) {
      write_name(c->t, slot, name);
      lur_digits_write(c->t->value[slot], digits);
      luaL_addstring(&b, luaL_bufflen(&b) ? ", " : "");
      luaL_addstring(&b, name);
      luaL_addstring(&b, " = ");
      luaL_addstring(&b, digits);
    }
  luaL_pushresult(&b);
}

static const char *result_name(const struct check *c, int k, char out[LUR_NAME_ROOM + 16]) {
  const bool of_slope = c->t->what->slope && k == c->program->n_results - 1;
  snprintf(out, LUR_NAME_ROOM + 16, "%s%s",
           k == 0     ? "the function"
           : of_slope ? "its slope"
                      : "the function's s.",
           k == 0 || of_slope ? "" : c->t->what->state[k - 1]);
  return out;
}

/* The function's value is on the top. */
static void fail_value(const struct check *c, int k) {
  lua_State *L = c->L;
  char traced[32], name[LUR_NAME_ROOM + 16], own[32];
  const bool of_slope = c->t->what->slope && k == c->program->n_results - 1;
  const int value = lua_gettop(L);
  lur_digits_write(c->value[c->program->result[k]], traced);
  if (lua_type(L, value) == LUA_TNUMBER)
    lur_digits_write(lua_tonumber(L, value), own);
  const char *found = lua_type(L, value) == LUA_TNUMBER ? own : lur_push_found(L, value);
  push_point(c);
  lur_fail_defined(L, c->t, of_slope ? LUR_AT_SLOPE : LUR_AT_FUNCTION,
                   "at %s %s gives %s, its trace %s; a trace does not see what decides by a value without a comparison:"
                   " write luron.equal(a, b) for a == b, and index no list by a value%s",
                   lua_tostring(L, -1), result_name(c, k, name), found, traced,
                   c->t->math_is_ours ? "" : "; and take luron.exp for an exp that was taken from math before luron");
}

/* The error's message is on the top. */
static void fail_raised(const struct check *c) {
  lua_State *L = c->L;
  char traced[32];
  if (c->t->told || lua_type(L, -1) != LUA_TSTRING)
    lua_error(L);
  lur_digits_write(c->value[c->program->result[0]], traced);
  c->t->told = true;
  lur_complete_message(L, c->t->what->field, LUR_AT_FUNCTION);
  push_point(c);
  lua_pushfstring(L, "%s; it is raised at %s, where the trace gives %s", lua_tostring(L, -2), lua_tostring(L, -1),
                  traced);
  lua_error(L);
}

/* ---- A point ---- */
static int call(lua_State *L) {
  lua_insert(L, 1);
  struct lur_tracing *t = lua_touserdata(L, 1);
  lua_remove(L, 1);
  return lur_call_traced(L, t);
}

static void compare(struct check *c) {
  lua_State *L = c->L;
  const int top = lua_gettop(L);
  lur_need_stack(L, 24);
  const bool is_compared = compute(c);
  lua_pushcfunction(L, call);
  for (int i = LUR_AT_FUNCTION; i < LUR_AT_CALLED; i++)
    lua_pushvalue(L, i);
  lua_pushlightuserdata(L, c->t);
  if (lua_pcall(L, LUR_AT_CALLED, LUA_MULTRET, 0) != LUA_OK)
    fail_raised(c);
  for (int k = 0; is_compared && k < c->program->n_results; k++) {
    const double traced = c->value[c->program->result[k]], own = lua_tonumber(L, top + 1 + k);
    if (lua_type(L, top + 1 + k) != LUA_TNUMBER || !(traced == own || (isnan(traced) && isnan(own)))) {
      lua_pushvalue(L, top + 1 + k);
      fail_value(c, k);
    }
  }
  lua_settop(L, top);
}

/* ---- Points ---- */
static const double special[] = {0,      -0.0,    1,        -1,       0.5,       -0.5, 2,          -2,
                                 3,      M_PI,    5e-324,   -5e-324,  DBL_MIN,   1e-8, -1e-8,      10,
                                 -10,    100,     -100,     709.5,    -709.5,    1e10, -1e10,      1e300,
                                 -1e300, DBL_MAX, -DBL_MAX, INFINITY, -INFINITY, NAN,  LAST_EPOCH, LAST_EPOCH + 1};

enum { N_SPECIAL = sizeof special / sizeof *special };

static size_t n_values(const struct check *c) {
  return N_SPECIAL + 3 * c->n_numbers;
}

static double value_at(const struct check *c, size_t i) {
  if (i < N_SPECIAL)
    return special[i];
  const double x = c->number[(i - N_SPECIAL) / 3];
  const size_t side = (i - N_SPECIAL) % 3;
  return side == 0 ? x : nextafter(x, side == 1 ? INFINITY : -INFINITY);
}

/* All arguments that are not counts or shares the same. */
static void compare_together(struct check *c) {
  for (size_t i = 0; i < n_values(c); i++) {
    draw_all(c);
    for (int slot = 0; slot < LUR_N_SLOTS; slot++)
      if (kind_of(slot) == REAL)
        c->t->value[slot] = value_at(c, i);
    compare(c);
  }
}

static void compare_each(struct check *c) {
  for (int slot = 0; slot < LUR_N_SLOTS; slot++)
    for (size_t i = 0; c->t->is_read[slot] && i < n_values(c); i++)
      if (fits(kind_of(slot), value_at(c, i))) {
        draw_all(c);
        c->t->value[slot] = value_at(c, i);
        compare(c);
      }
}

static void compare_drawn(struct check *c) {
  for (int i = 0; i < N_DRAWN; i++) {
    draw_all(c);
    for (int k = 0; k < c->t->n_numbers && i % 2 == 0; k++)
      c->t->value[LUR_SLOT_NUMBER + k] = c->t->usual[k];
    compare(c);
  }
}

void lur_check_trace(lua_State *L, struct lur_tracing *t, const struct lur_program *p) {
  struct check c = {.L = L, .t = t, .program = p};
  const int top = lua_gettop(L);
  c.value = lua_newuserdatauv(L, sizeof *c.value * (size_t)p->n_ops, 0);
  c.number = lur_push_numbers(L, LUR_AT_CALLED, &c.n_numbers);
  compare_together(&c);
  compare_each(&c);
  compare_drawn(&c);
  lua_settop(L, top);
}
