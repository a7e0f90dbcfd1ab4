/* SPDX-License-Identifier: MIT
 * Symbols: what stands for a number while a function is traced. Each is the place of an operation in the builder;
 * operators on it add operations. A comparison forks: it answers true the first time, and the path on which it is
 * false is walked in another call (call.c). All else that one could do with a number is an error that says what to
 * write instead. */
#include "tracing/trace.h"

#include <math.h>
#include <string.h>

static const char class_name[] = "luron.symbol";

struct symbol {
  int at;
  uint32_t call;
};

/* Where the builder has no room. */
static int fail_full(lua_State *L, struct lur_tracing *t) {
  struct lur_error e;
  if (lur_builder_fail(t->builder, &e) == LUR_ENOMEM)
    return lur_raise_memory(L);
  return lur_trace_fail(
      L, t, "%s%s", e.text,
      strstr(e.text, "operations") ? "; a loop makes its operations once for each turn: make it shorter" : "");
}

/* ---- Making them ---- */
bool lur_is_symbol(lua_State *L, int index) {
  return lua_type(L, index) == LUA_TUSERDATA && luaL_testudata(L, index, class_name);
}

void lur_push_symbol(lua_State *L, struct lur_tracing *t, int at) {
  if (at < 0)
    fail_full(L, t);
  struct symbol *s = lua_newuserdatauv(L, sizeof *s, 0);
  *s = (struct symbol){.at = at, .call = t->call};
  luaL_setmetatable(L, class_name);
}

static int constant_operand(lua_State *L, struct lur_tracing *t, int index) {
  const double x = lua_tonumber(L, index);
  if (lua_isinteger(L, index) && !(fabs(x) < 0x1p63 && (lua_Integer)x == lua_tointeger(L, index)))
    lur_trace_fail(L, t, "%s is no floating-point number; write it with a point, as %.0f.0", lur_push_found(L, index),
                   x);
  const int at = lur_build_constant(t->builder, x);
  return at < 0 ? fail_full(L, t) : at;
}

int lur_operand(lua_State *L, struct lur_tracing *t, int index, const char *what) {
  const struct symbol *s = luaL_testudata(L, index, class_name);
  if (s && (t->mode != LUR_TRACES || s->call != t->call))
    return lur_trace_fail(L, t,
                          "a value of an earlier call of the function is used; keep nothing from call to call (a"
                          " rule's memory is its state)");
  if (s)
    return s->at;
  if (lua_type(L, index) == LUA_TNUMBER)
    return constant_operand(L, t, index);
  if (lua_type(L, index) == LUA_TSTRING)
    return lur_trace_fail(L, t, "%s in %s is a text; write the number without quotes", lur_push_found(L, index), what);
  return lur_trace_fail(L, t,
                        "%s in %s is not a number; is it set before the function is used, and its name spelt right?",
                        lur_push_found(L, index), what);
}

void lur_apply(lua_State *L, struct lur_tracing *t, enum lur_op_id id, const char *what) {
  const int n = lur_ops[id].n_operands, first = lua_gettop(L) - n + 1;
  double x[3] = {0, 0, 0};
  int at[3] = {0, 0, 0}, n_symbols = 0;
  for (int i = 0; i < n; i++)
    n_symbols += lur_is_symbol(L, first + i);
  for (int i = 0; i < n; i++)
    if (n_symbols > 0)
      at[i] = lur_operand(L, t, first + i, what);
    else
      x[i] = luaL_checknumber(L, first + i);
  if (n_symbols > 0)
    lur_push_symbol(L, t, lur_build(t->builder, id, at));
  else
    lua_pushnumber(L, lur_op_value(id, x[0], x[1], x[2]));
  lua_replace(L, first);
  lua_settop(L, first);
}

/* ---- Comparisons ---- */
/* Whether the answer is given already: by an earlier question, or because this call is to walk another path. */
static bool was_answered(lua_State *L, struct lur_tracing *t, int at, bool *answer) {
  for (int i = 0; i < t->n_decisions; i++)
    if (t->decision[i].at == at) {
      *answer = t->decision[i].answer;
      return true;
    }
  if (t->n_decisions >= t->n_forced)
    return false;
  if (t->decision[t->n_decisions].at != at)
    lur_trace_fail(L, t, "the function does not ask the same in each call; keep nothing from call to call");
  *answer = t->decision[t->n_decisions++].answer;
  return true;
}

bool lur_fork(lua_State *L, struct lur_tracing *t, enum lur_op_id id, int a, int b) {
  const int at = lur_build(t->builder, id, (const int[]){a, b});
  double constant;
  bool answer;
  if (at < 0)
    fail_full(L, t);
  if (lur_builder_constant(t->builder, at, &constant))
    return constant != 0;
  if (was_answered(L, t, at, &answer))
    return answer;
  if (t->n_decisions == LUR_MAX_DECISIONS)
    lur_trace_fail(L, t,
                   "more than %d decisions in one call; a comparison answers true first, so a loop that waits for a"
                   " value never ends: write for i = 1, 8 do",
                   LUR_MAX_DECISIONS);
  if (t->n_paths == LUR_MAX_PATHS)
    lur_trace_fail(L, t,
                   "more than %d paths through the function; each comparison doubles them: write math.max, math.min"
                   " or luron.step where they do",
                   LUR_MAX_PATHS);
  t->n_paths++;
  t->decision[t->n_decisions++] = (struct lur_decision){.at = at, .answer = true};
  return true;
}

/* ---- Metamethods ---- */
static const char *const operator_of[LUR_N_OPS] = {
    [LUR_OP_ADD] = "+", [LUR_OP_SUB] = "-",        [LUR_OP_MUL] = "*", [LUR_OP_DIV] = "/", [LUR_OP_MOD] = "%",
    [LUR_OP_NEG] = "-", [LUR_OP_FLOOR_DIV] = "//", [LUR_OP_POW] = "^", [LUR_OP_LT] = "<",  [LUR_OP_LE] = "<=",
};

/* A symbol outlives its trace where a script keeps it. */
static struct lur_tracing *tracing_here(lua_State *L) {
  struct lur_tracing *t = lur_tracing_of(L);
  if (t->mode != LUR_TRACES)
    lur_trace_fail(L, t, "a value of a function that was traced is used outside of it; it stands for no number");
  return t;
}

/* Upvalue 1: enum lur_op_id. */
static int arithmetic(lua_State *L) {
  struct lur_tracing *t = tracing_here(L);
  const enum lur_op_id id = (enum lur_op_id)lua_tointeger(L, lua_upvalueindex(1));
  const int a = lur_operand(L, t, 1, operator_of[id]);
  const int b = id == LUR_OP_NEG ? a : lur_operand(L, t, 2, operator_of[id]);
  if (id == LUR_OP_POW)
    lur_push_symbol(L, t, lur_build_pow(t->builder, a, b));
  else
    lur_push_symbol(L, t, lur_build(t->builder, id, (const int[]){a, b}));
  return 1;
}

static int comparison(lua_State *L) {
  struct lur_tracing *t = tracing_here(L);
  const enum lur_op_id id = (enum lur_op_id)lua_tointeger(L, lua_upvalueindex(1));
  const int a = lur_operand(L, t, 1, operator_of[id]), b = lur_operand(L, t, 2, operator_of[id]);
  lua_pushboolean(L, lur_fork(L, t, id, a, b));
  return 1;
}

/* What is no operation of a number. Upvalue 1: what to say. */
static int refuse(lua_State *L) {
  return lur_trace_fail(L, tracing_here(L), "%s", lua_tostring(L, lua_upvalueindex(1)));
}

static void set_operations(lua_State *L) {
  static const struct {
    const char *name;
    enum lur_op_id id;
  } operations[] = {{"__add", LUR_OP_ADD}, {"__sub", LUR_OP_SUB}, {"__mul", LUR_OP_MUL},        {"__div", LUR_OP_DIV},
                    {"__mod", LUR_OP_MOD}, {"__unm", LUR_OP_NEG}, {"__idiv", LUR_OP_FLOOR_DIV}, {"__pow", LUR_OP_POW},
                    {"__lt", LUR_OP_LT},   {"__le", LUR_OP_LE}};
  for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
    lua_pushinteger(L, operations[i].id);
    lua_pushcclosure(L, operations[i].id == LUR_OP_LT || operations[i].id == LUR_OP_LE ? comparison : arithmetic, 1);
    lua_setfield(L, -2, operations[i].name);
  }
}

static void set_refusals(lua_State *L) {
  static const char bits[] = "bitwise operators take whole numbers, and values here are floating-point; use * 2, // 2"
                             " and % 2";
  static const char indexed[] = "a number is indexed; only s, h, r and p have names, and no list can be reached with a"
                                " value that is not known yet: use comparisons";
  static const struct {
    const char *name, *text;
  } refused[] = {
      {"__concat", "a text is joined with ..; a value has no text while it is not known: leave texts out"},
      {"__len", "# is asked of a number; it is for lists and texts: leave it out"},
      {"__index", indexed},
      {"__newindex", indexed},
      {"__call", "a number is called; between a number and a parenthesis stands an operator: write z * (...)"},
      {"__eq", "== and ~= between two values are answered before they are known; write luron.equal(a, b)"},
      {"__band", bits},
      {"__bor", bits},
      {"__bxor", bits},
      {"__shl", bits},
      {"__shr", bits},
      {"__bnot", bits},
      {"__tostring", "a value has no text while it is not known; leave tostring out"},
      {"__pairs", "pairs goes over tables, not over a number"},
      {"__close", "a number is not closed"},
  };
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    lua_pushstring(L, refused[i].text);
    lua_pushcclosure(L, refuse, 1);
    lua_setfield(L, -2, refused[i].name);
  }
}

void lur_open_symbols(lua_State *L) {
  static const luaL_Reg none[] = {{0}};
  lur_new_class(L, class_name, none, NULL);
  luaL_getmetatable(L, class_name);
  set_operations(L);
  set_refusals(L);
  lua_pop(L, 1);
  lur_allow_class(L, class_name);
}
