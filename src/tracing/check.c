/* SPDX-License-Identifier: MIT
 * A trace is compared with its function, which is called with plain numbers: at special values (0, -0, small, large,
 * infinite, NaN), at drawn ones, at every number in the function's text and its neighbours (point.c), and where
 * something that it computes is one of them (solve.c). The values are to have
 * equal bits (NaNs are equal, and so are zeros). `^` is computed as Lua computes it on both sides. Points where % of a
 * quotient of 2^52 and more has no value in the trace are left out. */
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/digits.h"
#include "tracing/point.h"

enum { N_DRAWN = 64 };

struct check {
  lua_State *L;
  struct lur_tracing *t;
  const struct lur_program *program;
  double *value; /* of each operation */
  struct lur_points points;
};

/* ---- A call ---- */
static int call(lua_State *L) {
  lua_insert(L, 1);
  struct lur_tracing *t = lua_touserdata(L, 1);
  lua_remove(L, 1);
  return lur_call_traced(L, t);
}

/* Calls the function at the point, protected. */
static int call_protected(const struct check *c) {
  lua_pushcfunction(c->L, call);
  for (int i = LUR_AT_FUNCTION; i < LUR_AT_CALLED; i++)
    lua_pushvalue(c->L, i);
  lua_pushlightuserdata(c->L, c->t);
  return lua_pcall(c->L, LUR_AT_CALLED, LUA_MULTRET, 0);
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

/* Pushes the line at which the function leaves what was traced of it, or else its first. */
static const char *push_deciding_line(const struct check *c, int function) {
  const int top = lua_gettop(c->L);
  c->t->line[0] = '\0';
  c->t->is_off_path = false;
  lur_watch_lines(c->L, true);
  call_protected(c);
  lur_watch_lines(c->L, false);
  lua_settop(c->L, top);
  if (c->t->is_off_path && c->t->line[0])
    lua_pushstring(c->L, c->t->line);
  else
    lur_push_where_defined(c->L, function);
  return lua_tostring(c->L, -1);
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
  const char *point = lua_tostring(L, -1);
  lur_fail_at(L, c->t, push_deciding_line(c, of_slope ? LUR_AT_SLOPE : LUR_AT_FUNCTION),
              "at %s %s gives %s, its trace %s; a trace does not see what decides by a value without a comparison:"
              " write luron.equal(a, b) for a == b, and index no list by a value%s",
              point, result_name(c, k, name), found, traced,
              c->t->math_is_ours ? "" : "; and take luron.exp for an exp that was taken from math before luron");
}

/* The error's message is on the top. */
static void fail_raised(const struct check *c) {
  lua_State *L = c->L;
  char traced[32];
  if (c->t->told || lua_type(L, -1) != LUA_TSTRING || atomic_load(lur_signal_flag()))
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
static void compare(void *context) {
  struct check *c = context;
  lua_State *L = c->L;
  const int top = lua_gettop(L);
  lur_need_stack(L, 24);
  const bool is_compared = lur_point_compute(c->t, c->program->op, c->program->n_ops, c->program->number, c->value);
  const int status = call_protected(c);
  if (status == LUA_ERRMEM)
    lur_raise_memory(L);
  if (status != LUA_OK)
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
/* All arguments that are not counts or shares the same. */
static void compare_together(struct check *c) {
  for (size_t i = 0; i < lur_points_n(&c->points); i++) {
    lur_point_draw(&c->points, c->t);
    for (int slot = 0; slot < LUR_N_SLOTS; slot++)
      if (lur_slot_kind(c->t, slot) == LUR_REAL)
        c->t->value[slot] = lur_points_at(&c->points, i);
    compare(c);
  }
}

static void compare_each(struct check *c) {
  for (int slot = 0; slot < LUR_N_SLOTS; slot++)
    for (size_t i = 0; c->t->is_read[slot] && i < lur_points_n(&c->points); i++)
      if (lur_slot_fits(c->t, slot, lur_points_at(&c->points, i))) {
        lur_point_draw(&c->points, c->t);
        c->t->value[slot] = lur_points_at(&c->points, i);
        compare(c);
      }
}

static void compare_drawn(struct check *c) {
  for (int i = 0; i < N_DRAWN; i++) {
    lur_point_draw(&c->points, c->t);
    for (int k = 0; k < c->t->n_numbers && i % 2 == 0; k++)
      c->t->value[LUR_SLOT_NUMBER + k] = c->t->usual[k];
    compare(c);
  }
}

void lur_check_trace(lua_State *L, struct lur_tracing *t, const struct lur_program *p) {
  struct check c = {.L = L, .t = t, .program = p};
  const int top = lua_gettop(L);
  c.value = lua_newuserdatauv(L, sizeof *c.value * (size_t)p->n_ops, 0);
  c.points.number = lur_push_numbers(L, LUR_AT_CALLED, &c.points.n_numbers, &c.points.has_equality);
  compare_together(&c);
  compare_each(&c);
  compare_drawn(&c);
  if (c.points.has_equality)
    lur_points_solve(L, t, &c.points, compare, &c);
  lua_settop(L, top);
}
