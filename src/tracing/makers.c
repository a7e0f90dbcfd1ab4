/* SPDX-License-Identifier: MIT
 * luron.activation{ name =, f = } and its like for the other roles: a function with a name and what else belongs to it,
 * as a value. Nothing is traced here, because what p holds is not known yet. */
#include <math.h>
#include <string.h>

#include "sweep/spec.h"
#include "tracing/trace.h"

static const char class_name[] = "luron.function";

static const double usual_rate = 0.01; /* of an optimizer that does not say one */

/* ---- What each maker takes ---- */
static const char *const of_optimizer[] = {"name",    "meaning",       "source",     "state", "update",
                                           "numbers", "learning_rate", "full_batch", NULL};

static const char *const of_activation[] = {"name", "meaning", "source", "f", "slope", "numbers", NULL};

static const char *const of_others[] = {"name", "meaning", "source", "f", "numbers", NULL};

static const char *const readable[] = {"name",  "meaning", "source",  "role",          "f",          "update",
                                       "slope", "state",   "numbers", "learning_rate", "full_batch", NULL};

static const char *const *fields_of(enum lur_role role) {
  return role == LUR_ROLE_OPTIMIZER ? of_optimizer : role == LUR_ROLE_ACTIVATION ? of_activation : of_others;
}

static const char *example_of(enum lur_role role) {
  switch (role) {
  case LUR_ROLE_ACTIVATION: return "{ f = function(z, p) return ... end }";
  case LUR_ROLE_LOSS: return "{ f = function(o, t, p) return ... end }";
  case LUR_ROLE_OPTIMIZER: return "{ update = function(w, g, s, h, p) return ... end }";
  case LUR_ROLE_SCHEDULE: return "{ f = function(h, p) return ... end }";
  case LUR_ROLE_PENALTY: return "{ f = function(w, p) return ... end }";
  case LUR_ROLE_INIT: return "{ f = function(r, p) return ... end }";
  case LUR_N_ROLES: break;
  }
  return "{}";
}

/* ---- Reading the table, argument 1 ---- */
/* The text on the top becomes out, and is popped. */
static void take_word(lua_State *L, const char *field, char out[LUR_NAME_ROOM]) {
  if (lua_type(L, -1) != LUA_TSTRING || !lur_program_name_fits(lua_tostring(L, -1)) ||
      strlen(lua_tostring(L, -1)) != lua_rawlen(L, -1))
    lur_raise_field(L, field, "%s is not a name: letters, digits and _, not a digit first, at most %d",
                    lur_push_found(L, -1), LUR_NAME_ROOM - 1);
  strcpy(out, lua_tostring(L, -1));
  lua_pop(L, 1);
}

static void check_function(lua_State *L, enum lur_role role, const char *field, bool needed) {
  if (lua_getfield(L, 1, field) == LUA_TNIL && needed)
    lur_raise_field(L, field, "a function is missing; write luron.%s %s", lur_role_names[role], example_of(role));
  if (!lua_isnil(L, -1) && (!lua_isfunction(L, -1) || lua_iscfunction(L, -1)))
    lur_raise_field(L, field, "%s is not a function in Lua",
                    lua_isfunction(L, -1) ? "a function in C" : lur_push_found(L, -1));
  lua_pop(L, 1);
}

/* A number is read and set by its name alone, so nothing else may have it; but for the numbers of rules that are
 * fields, momentum for one: that is the field then. */
static void check_number_name(lua_State *L, enum lur_role role, const char *name) {
  const char *taken = lur_field_of_number(name) >= 0 ? NULL : lur_name_taken(name);
  if (role == LUR_ROLE_OPTIMIZER && strcmp(name, "learning_rate") == 0)
    lur_raise_field(L, "numbers", "learning_rate stands beside them; write learning_rate = 0.01 there");
  if (taken)
    lur_raise_field(L, "numbers", "%s is the name of a %s; choose another", name, taken);
  if (role == LUR_ROLE_OPTIMIZER && lur_rule_is_told(name))
    lur_raise_field(L, "numbers", "h.%s is something else; choose another name", name);
}

/* In the table of fields at `copy`, the entry's numbers become a table of their own. */
static void copy_numbers(lua_State *L, enum lur_role role, int copy) {
  if (lua_getfield(L, 1, "numbers") != LUA_TNIL && !lua_istable(L, -1))
    lur_raise_field(L, "numbers", "%s is not a table; write numbers = { delta = 1 }", lur_push_found(L, -1));
  if (!lua_isnil(L, -1)) {
    const int from = lua_gettop(L);
    char word[LUR_NAME_ROOM];
    for (lua_pushnil(L); lua_next(L, from); lua_pop(L, 1))
      if (lua_type(L, -2) != LUA_TSTRING)
        lur_raise_field(L, "numbers", "each has a name; write numbers = { delta = 1 }");
    lur_push_names(L, from, LUR_BY_ALPHABET);
    if (lua_rawlen(L, -1) > LUR_MAX_OWN_NUMBERS)
      lur_raise_field(L, "numbers", "more than %d", LUR_MAX_OWN_NUMBERS);
    for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, from + 1); i <= n; i++) {
      lua_rawgeti(L, from + 1, i);
      lua_pushvalue(L, -1);
      take_word(L, "numbers", word);
      check_number_name(L, role, word);
      if (lua_rawget(L, from) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
        lur_raise_field(L, "numbers", "%s is %s, not a finite number", word, lur_push_found(L, -1));
      lua_pop(L, 1);
    }
    lua_settop(L, from);
    lur_push_table_copy(L, from);
    lua_setfield(L, copy, "numbers");
  }
  lua_pop(L, 1);
}

static void read_states(lua_State *L, struct lur_function *f) {
  if (lua_getfield(L, 1, "state") != LUA_TNIL) {
    if (!lua_istable(L, -1) || lua_rawlen(L, -1) > LUR_MAX_STATES)
      lur_raise_field(L, "state", "%s is not a list of at most %d names; write state = { \"m\" }",
                      lua_istable(L, -1) ? "it" : lur_push_found(L, -1), LUR_MAX_STATES);
    const int list = lua_gettop(L), n = (int)lua_rawlen(L, list);
    for (lua_pushnil(L); lua_next(L, list); lua_pop(L, 1))
      if (lua_type(L, -2) != LUA_TNUMBER)
        lur_raise_field(L, "state", "a state is 0 at the start, and only named; write state = { \"m\" }");
    for (int i = 0; i < n; i++) {
      lua_rawgeti(L, list, i + 1);
      take_word(L, "state", f->state[i]);
      for (int k = 0; k < i; k++)
        if (strcmp(f->state[i], f->state[k]) == 0)
          lur_raise_field(L, "state", "%s is named twice", f->state[i]);
    }
    f->n_states = n;
  }
  lua_pop(L, 1);
}

static void read_optimizer(lua_State *L, struct lur_function *f) {
  f->learning_rate = lur_number_field(L, 1, "learning_rate", usual_rate);
  if (!(f->learning_rate >= 0 && isfinite(f->learning_rate)))
    lur_raise_field(L, "learning_rate", "%.14g is not a number from 0 up", f->learning_rate);
  f->full_batch = lur_boolean_field(L, 1, "full_batch", false);
  read_states(L, f);
}

/* The value is at 2. */
static void note_place(lua_State *L, struct lur_function *f) {
  lua_Debug ar;
  if (lua_getstack(L, 1, &ar) && lua_getinfo(L, "Sl", &ar)) {
    f->line = ar.currentline;
    lua_pushstring(L, ar.source);
    lua_setiuservalue(L, 2, 2);
  }
}

/* Upvalue 1: the role. */
static int make(lua_State *L) {
  const enum lur_role role = (enum lur_role)lua_tointeger(L, lua_upvalueindex(1));
  const bool is_rule = role == LUR_ROLE_OPTIMIZER;
  lua_settop(L, 1);
  lur_check_table(L, lur_role_names[role], example_of(role));
  lur_check_names(L, 1, fields_of(role));
  check_function(L, role, is_rule ? "update" : "f", true);
  check_function(L, role, "slope", false);
  struct lur_function *f = lua_newuserdatauv(L, sizeof *f, 2);
  *f = (struct lur_function){.role = role, .learning_rate = usual_rate};
  if (lua_getfield(L, 1, "name") != LUA_TNIL) {
    take_word(L, "name", f->name);
    lua_pushnil(L);
  }
  lua_pop(L, 1);
  if (is_rule)
    read_optimizer(L, f);
  note_place(L, f);
  lur_push_table_copy(L, 1);
  copy_numbers(L, role, 3);
  lua_setiuservalue(L, 2, 1);
  luaL_setmetatable(L, class_name);
  return 1;
}

/* ---- The value ---- */
static int function_index(lua_State *L) {
  const struct lur_function *f = luaL_checkudata(L, 1, class_name);
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  if (!lur_is_one_of(name, readable))
    lur_raise_unknown(L, luaL_tolstring(L, 2, NULL), readable);
  if (strcmp(name, "role") == 0)
    lua_pushstring(L, lur_role_names[f->role]);
  else if (strcmp(name, "learning_rate") == 0 && f->role == LUR_ROLE_OPTIMIZER)
    lua_pushnumber(L, f->learning_rate);
  else {
    lua_getiuservalue(L, 1, 1);
    lua_getfield(L, -1, name);
    if (lua_istable(L, -1))
      lur_push_table_copy(L, lua_gettop(L));
  }
  return 1;
}

static int function_tostring(lua_State *L) {
  const struct lur_function *f = luaL_checkudata(L, 1, class_name);
  lua_pushfstring(L, "%s: %s%s%s", class_name, lur_role_names[f->role], f->name[0] ? " " : "", f->name);
  return 1;
}

const struct lur_function *lur_to_function(lua_State *L, int index) {
  return luaL_testudata(L, index, class_name);
}

bool lur_is_traceable(lua_State *L, int index) {
  return lur_to_function(L, index) || (lua_isfunction(L, index) && !lua_iscfunction(L, index));
}

/* ---- What is traced of it ---- */
void lur_push_trace(lua_State *L, int index, enum lur_role role, const char *field, int params, struct lur_trace *t) {
  const struct lur_function *f = lur_to_function(L, index);
  index = lua_absindex(L, index);
  *t = (struct lur_trace){.role = role, .field = field, .params = params ? lua_absindex(L, params) : 0};
  if (!f) {
    lua_pushvalue(L, index);
    lua_pushnil(L);
    lua_pushnil(L);
    t->function = lua_gettop(L) - 2;
    return;
  }
  if (f->role != role)
    lur_raise_field(L, field, "%s is made by luron.%s; write luron.%s %s", f->name[0] ? f->name : "the function",
                    lur_role_names[f->role], lur_role_names[role], example_of(role));
  lua_getiuservalue(L, index, 1);
  const int fields = lua_gettop(L);
  lua_getfield(L, fields, role == LUR_ROLE_OPTIMIZER ? "update" : "f");
  t->slope = lua_getfield(L, fields, "slope") == LUA_TNIL ? 0 : fields + 1;
  t->numbers = lua_getfield(L, fields, "numbers") == LUA_TNIL ? 0 : fields + 2;
  lua_remove(L, fields);
  t->function = fields;
  t->n_states = f->n_states;
  for (int i = 0; i < f->n_states; i++)
    t->state[i] = f->state[i];
}

void lur_open_makers(lua_State *L) {
  static const luaL_Reg metamethods[] = {{"__index", function_index}, {"__tostring", function_tostring}, {0}};
  lur_new_class(L, class_name, metamethods, NULL);
  lur_set_frozen(L, class_name, "a function that is made does not change; make another");
  lur_set_pairs(L, class_name, readable);
  for (int role = 0; role < LUR_N_ROLES; role++) {
    lua_pushinteger(L, role);
    lua_pushcclosure(L, make, 1);
    lua_setfield(L, -2, lur_role_names[role]);
  }
}
