/* SPDX-License-Identifier: MIT
 * What a function is called with. z, o, t, w and g are values; s, h, r and p are read by names: each name is an
 * argument of the program, a named number of the run, or a constant. While the function is traced a value is a symbol,
 * while it is checked it is a number of the point. Names that are not there are errors. */
#include <math.h>
#include <string.h>

#include "base/near_word.h"
#include "tracing/trace.h"

static const char class_name[] = "luron.argument";

enum kind { STATES, OF_RULE, OF_SCHEDULE, OF_INIT, PARAMETERS };

/* User value 1: of s the values that were set, by number; else the parameters, a table or nil. 2: the entry's numbers,
 * or nil. */
struct argument {
  enum kind kind;
};

static const char *const letters[] = {
    [STATES] = "s", [OF_RULE] = "h", [OF_SCHEDULE] = "h", [OF_INIT] = "r", [PARAMETERS] = "p"};

/* The numbers of a rule that are fields of an experiment, too. */
static const char *const fields[] = {"momentum", "beta1", "beta2", "rho", "epsilon", "weight_decay", NULL};

struct word {
  const char *name;
  enum lur_input input;
};

static const struct word of_rule[] = {{"learning_rate", LUR_IN_LEARNING_RATE},
                                      {"step", LUR_IN_UPDATE},
                                      {"epoch", LUR_IN_EPOCH},
                                      {"epochs", LUR_IN_EPOCHS},
                                      {"fan_in", LUR_IN_FAN_IN},
                                      {"layer", LUR_IN_LAYER},
                                      {"is_bias", LUR_IN_IS_BIAS},
                                      {0}};

static const struct word of_schedule[] = {
    {"step", LUR_IN_UPDATE}, {"epoch", LUR_IN_EPOCH}, {"epochs", LUR_IN_EPOCHS}, {0}};

static const struct word of_init[] = {
    {"fan_in", LUR_IN_FAN_IN}, {"fan_out", LUR_IN_FAN_OUT}, {"layer", LUR_IN_LAYER},
    {"unit", LUR_IN_UNIT},     {"input", LUR_IN_FROM},      {"is_bias", LUR_IN_IS_BIAS},
    {"normal", LUR_IN_NORMAL}, {"uniform", LUR_IN_UNIFORM}, {0}};

static const struct word nothing[] = {{0}};

static const struct word *words_of(enum kind kind) {
  switch (kind) {
  case OF_RULE: return of_rule;
  case OF_SCHEDULE: return of_schedule;
  case OF_INIT: return of_init;
  case STATES:
  case PARAMETERS: break;
  }
  return nothing;
}

bool lur_rule_is_told(const char *name) {
  const struct word *w = of_rule;
  while (w->name && strcmp(w->name, name) != 0)
    w++;
  return w->name != NULL;
}

/* ---- Values ---- */
int lur_slot(enum lur_input input, int index) {
  return input == LUR_IN_STATE                               ? LUR_SLOT_STATE + index
         : input == LUR_IN_UNIFORM || input == LUR_IN_NORMAL ? LUR_SLOT_DRAW + index
                                                             : (int)input;
}

void lur_push_argument(lua_State *L, struct lur_tracing *t, enum lur_input input, int index) {
  const int slot = lur_slot(input, index);
  t->is_read[slot] = true;
  if (t->mode == LUR_CHECKS)
    lua_pushnumber(L, t->value[slot]);
  else
    lur_push_symbol(L, t, lur_build_input(t->builder, input, index));
}

/* The named number, whose usual value is on the top and is replaced. */
static void replace_number(lua_State *L, struct lur_tracing *t, const char *name) {
  const double usual = lua_tonumber(L, -1);
  int k = 0;
  while (k < t->n_numbers && strcmp(t->number[k], name) != 0)
    k++;
  lua_pop(L, 1);
  if (t->mode == LUR_TRACES)
    lur_push_symbol(L, t, lur_build_number(t->builder, name));
  if (k == LUR_MAX_OWN_NUMBERS || strlen(name) >= LUR_NAME_ROOM)
    lur_trace_fail(L, t, "%s: too many names, or too long a name", name);
  if (k == t->n_numbers) {
    strcpy(t->number[t->n_numbers++], name);
    t->usual[k] = t->value[LUR_SLOT_NUMBER + k] = usual;
  }
  t->is_read[LUR_SLOT_NUMBER + k] = true;
  if (t->mode == LUR_CHECKS)
    lua_pushnumber(L, t->value[LUR_SLOT_NUMBER + k]);
}

/* ---- Names ---- */
/* p has the parameters (1) and the entry's numbers (2), a rule's h the latter. */
static bool has_user_value(enum kind kind, int value) {
  return kind == PARAMETERS || (kind == OF_RULE && value == 2);
}

static int fail_name(lua_State *L, struct lur_tracing *t, enum kind kind, const char *name) {
  const char *all[LUR_MAX_OWN_NUMBERS + 16];
  int n = 0;
  for (const struct word *w = words_of(kind); w->name; w++)
    all[n++] = w->name;
  for (int i = 0; kind == OF_RULE && fields[i]; i++)
    all[n++] = fields[i];
  for (int i = 0; kind == STATES && i < t->what->n_states; i++)
    all[n++] = t->what->state[i];
  lua_newtable(L);
  for (int value = 1; value <= 2; value++)
    if (has_user_value(kind, value) && lua_getiuservalue(L, 1, value) == LUA_TTABLE) {
      lur_push_names(L, -1, LUR_BY_ALPHABET);
      for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING && n < LUR_MAX_OWN_NUMBERS + 15; i++, lua_pop(L, 1))
        all[n++] = lua_tostring(L, -1);
    }
  all[n] = NULL;
  const char *near = lur_near_word(name, all);
  if (near)
    return lur_trace_fail(L, t, "%s.%s: no such name; did you mean %s.%s?", letters[kind], name, letters[kind], near);
  if (n > 0)
    return lur_trace_fail(L, t, "%s.%s: no such name; there are %s", letters[kind], name, lur_push_joined(L, all));
  return lur_trace_fail(L, t, "%s.%s: no such name; write %s", letters[kind], name,
                        kind == STATES ? "state = { \"m\" } beside update" : "params = { slope = 1 } beside it");
}

/* Pushes what the user value has under the name at 2; false, and nothing, where it has none. */
static bool push_named(lua_State *L, struct lur_tracing *t, int user_value) {
  const int top = lua_gettop(L);
  if (lua_getiuservalue(L, 1, user_value) == LUA_TTABLE) {
    lua_pushvalue(L, 2);
    const int type = lua_rawget(L, -2);
    if (type == LUA_TNUMBER)
      replace_number(L, t, lua_tostring(L, 2));
    if (type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TBOOLEAN)
      return true;
  }
  lua_settop(L, top);
  return false;
}

static int state_number(lua_State *L, struct lur_tracing *t, const char *name) {
  for (int k = 0; k < t->what->n_states; k++)
    if (strcmp(t->what->state[k], name) == 0)
      return k;
  return fail_name(L, t, STATES, name);
}

void lur_push_state(lua_State *L, int states, int k) {
  lua_getiuservalue(L, states, 1);
  if (lua_rawgeti(L, -1, k + 1) == LUA_TNIL) {
    lua_pop(L, 1);
    lur_push_argument(L, lur_tracing_of(L), LUR_IN_STATE, k);
  }
  lua_remove(L, -2);
}

static struct lur_tracing *tracing_here(lua_State *L) {
  struct lur_tracing *t = lur_tracing_of(L);
  if (t->mode == LUR_IDLE)
    lur_trace_fail(L, t, "an argument of a function that was traced is used outside of it");
  return t;
}

/* Upvalues 1 and 2: r.normal and r.uniform. */
static int argument_index(lua_State *L) {
  const struct argument *a = luaL_checkudata(L, 1, class_name);
  struct lur_tracing *t = tracing_here(L);
  if (lua_type(L, 2) != LUA_TSTRING)
    return lur_trace_fail(L, t, "%s is read by names, as %s.%s; it is no list", letters[a->kind], letters[a->kind],
                          a->kind == STATES       ? "m"
                          : a->kind == PARAMETERS ? "slope"
                                                  : "epoch");
  const char *name = lua_tostring(L, 2);
  for (const struct word *w = words_of(a->kind); w->name; w++)
    if (strcmp(w->name, name) == 0) {
      if (w->input == LUR_IN_NORMAL || w->input == LUR_IN_UNIFORM)
        lua_pushvalue(L, lua_upvalueindex(w->input == LUR_IN_NORMAL ? 1 : 2));
      else
        lur_push_argument(L, t, w->input, 0);
      return 1;
    }
  if (a->kind == STATES) {
    lur_push_state(L, 1, state_number(L, t, name));
    return 1;
  }
  for (int value = 1; value <= 2; value++)
    if (has_user_value(a->kind, value) && push_named(L, t, value))
      return 1;
  if (a->kind == OF_RULE && lur_is_one_of(name, fields)) {
    lua_pushnumber(L, 0.5);
    replace_number(L, t, name);
    return 1;
  }
  return fail_name(L, t, a->kind, name);
}

static int argument_newindex(lua_State *L) {
  const struct argument *a = luaL_checkudata(L, 1, class_name);
  struct lur_tracing *t = tracing_here(L);
  if (a->kind != STATES || lua_type(L, 2) != LUA_TSTRING)
    return lur_trace_fail(L, t, "%s is only read; a rule keeps what it needs in s", letters[a->kind]);
  const int k = state_number(L, t, lua_tostring(L, 2));
  if (!lur_is_symbol(L, 3) && lua_type(L, 3) != LUA_TNUMBER)
    return lur_trace_fail(L, t, "s.%s is set to %s, not to a number", lua_tostring(L, 2), lur_push_found(L, 3));
  lua_getiuservalue(L, 1, 1);
  if (lua_type(L, 3) == LUA_TNUMBER)
    lua_pushnumber(L, lua_tonumber(L, 3)); /* floats only */
  else
    lua_pushvalue(L, 3);
  lua_rawseti(L, -2, k + 1);
  return 0;
}

static int argument_pairs(lua_State *L) {
  const struct argument *a = luaL_checkudata(L, 1, class_name);
  return lur_trace_fail(L, tracing_here(L), "%s is read by names, one at a time; pairs does not go over it",
                        letters[a->kind]);
}

/* ---- Draws ---- */
/* Upvalue 1: enum lur_input. uniform(lo, hi) = lo + (hi - lo) * u, normal(mean, std) = mean + std * n. */
static int draw(lua_State *L) {
  const enum lur_input kind = (enum lur_input)lua_tointeger(L, lua_upvalueindex(1));
  const char *name = kind == LUR_IN_NORMAL ? "r.normal" : "r.uniform";
  struct lur_tracing *t = tracing_here(L);
  enum { A = 1, B, DRAW };
  if (luaL_testudata(L, 1, class_name)) /* a colon */
    lua_remove(L, 1);
  if (lua_gettop(L) != 0 && lua_gettop(L) != 2)
    return lur_trace_fail(L, t, "%s takes no number, or two: write %s(%s)", name, name,
                          kind == LUR_IN_NORMAL ? "mean, std" : "lo, hi");
  if (t->mode == LUR_TRACES && t->n_decisions > 0)
    return lur_trace_fail(L, t, "%s is called after a comparison, which may leave it out; draw first, then compare",
                          name);
  if (t->n_draws == LUR_MAX_DRAWS)
    return lur_trace_fail(L, t, "more than %d draws for one parameter", LUR_MAX_DRAWS);
  for (int i = lua_gettop(L); i > 0; i--)
    if (!lur_is_symbol(L, i) && lua_type(L, i) != LUA_TNUMBER)
      return lur_trace_fail(L, t, "%s in %s is not a number", lur_push_found(L, i), name);
  if (lua_gettop(L) == 0) {
    lua_pushnumber(L, 0);
    lua_pushnumber(L, 1);
  }
  t->draw[t->n_draws] = kind;
  lur_push_argument(L, t, kind, t->n_draws++);
  if (kind == LUR_IN_UNIFORM) {
    lua_pushvalue(L, B);
    lua_pushvalue(L, A);
    lur_apply(L, t, LUR_OP_SUB, name);
    lua_replace(L, B);
  }
  lua_pushvalue(L, A);
  lua_pushvalue(L, B);
  lua_pushvalue(L, DRAW);
  lur_apply(L, t, LUR_OP_MUL, name);
  lur_apply(L, t, LUR_OP_ADD, name);
  return 1;
}

/* ---- All of a call ---- */
/* Pushes one; the parameters and the entry's numbers are values 3 and 4 of the running C function. */
static void push_object(lua_State *L, enum kind kind) {
  struct argument *a = lua_newuserdatauv(L, sizeof *a, 2);
  a->kind = kind;
  luaL_setmetatable(L, class_name);
  if (kind == STATES)
    lua_newtable(L);
  else
    lua_pushvalue(L, LUR_AT_PARAMS);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, LUR_AT_NUMBERS);
  lua_setiuservalue(L, -2, 2);
}

void lur_push_parameters(lua_State *L) {
  push_object(L, PARAMETERS);
}

int lur_push_arguments(lua_State *L, struct lur_tracing *t, int *states) {
  const int top = lua_gettop(L);
  *states = 0;
  switch (t->what->role) {
  case LUR_ROLE_ACTIVATION: lur_push_argument(L, t, LUR_IN_Z, 0); break;
  case LUR_ROLE_LOSS:
    lur_push_argument(L, t, LUR_IN_O, 0);
    lur_push_argument(L, t, LUR_IN_T, 0);
    break;
  case LUR_ROLE_OPTIMIZER:
    lur_push_argument(L, t, LUR_IN_W, 0);
    lur_push_argument(L, t, LUR_IN_G, 0);
    push_object(L, STATES);
    *states = lua_gettop(L);
    push_object(L, OF_RULE);
    break;
  case LUR_ROLE_SCHEDULE: push_object(L, OF_SCHEDULE); break;
  case LUR_ROLE_PENALTY: lur_push_argument(L, t, LUR_IN_W, 0); break;
  case LUR_ROLE_INIT: push_object(L, OF_INIT); break;
  case LUR_N_ROLES: break;
  }
  lur_push_parameters(L);
  return lua_gettop(L) - top;
}

static void push_draw(lua_State *L, enum lur_input kind) {
  lua_pushinteger(L, kind);
  lua_pushcclosure(L, draw, 1);
  lur_allow(L, -1);
}

void lur_open_arguments(lua_State *L) {
  static const luaL_Reg metamethods[] = {{"__newindex", argument_newindex}, {"__pairs", argument_pairs}, {0}};
  lur_new_class(L, class_name, metamethods, NULL);
  luaL_getmetatable(L, class_name);
  push_draw(L, LUR_IN_NORMAL);
  push_draw(L, LUR_IN_UNIFORM);
  lua_pushcclosure(L, argument_index, 2);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  lur_allow_class(L, class_name);
}
