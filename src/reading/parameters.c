/* SPDX-License-Identifier: MIT
 * Functions of the parameters: p holds params and plain fields and notes what is read from it. At the start of a call,
 * and again whenever a name is read for the first time, math.randomseed is set from all that was read so far; so what
 * the function returns depends on nothing but what it read. An unknown name raises. */
#include <string.h>

#include "base/near_word.h"
#include "reading/reading.h"

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
static const uint64_t hash_start = 14695981039346656037u, hash_prime = 1099511628211u;

static uint64_t hash_bytes(uint64_t h, const void *bytes, size_t n) {
  for (const unsigned char *at = bytes; n--; at++)
    h = (h ^ *at) * hash_prime;
  return h;
}

static const lua_Integer MOST_EXACT = (lua_Integer)1 << 53; /* whole numbers up to here are doubles */

static uint64_t hash_value(lua_State *L, uint64_t h, int index) {
  size_t n;
  double x = lua_tonumber(L, index);
  int truth = lua_toboolean(L, index);
  switch (lua_type(L, index)) {
  case LUA_TNUMBER: {
    lua_Integer i = lua_tointeger(L, index);
    h = hash_bytes(h, &x, sizeof x);
    return lua_isinteger(L, index) && (i > MOST_EXACT || i < -MOST_EXACT) ? hash_bytes(h, &i, sizeof i) : h;
  }
  case LUA_TSTRING: {
    const char *text = lua_tolstring(L, index, &n);
    return hash_bytes(h, text, n + 1);
  }
  case LUA_TTABLE:
    index = lua_absindex(L, index);
    for (lua_Integer i = 1, m = (lua_Integer)lua_rawlen(L, index); i <= m; i++) {
      lua_rawgeti(L, index, i);
      h = hash_value(L, h, -1);
      lua_pop(L, 1);
    }
    return h;
  default: return hash_bytes(h, &truth, sizeof truth);
  }
}

enum { FIELDS = 1, READS = 2 }; /* upvalues of __index */

static void seed_random(lua_State *L, uint64_t hash) {
  lua_getfield(L, LUA_REGISTRYINDEX, "luron.randomseed");
  lua_pushinteger(L, (lua_Integer)hash);
  lua_call(L, 1, 0);
}

static uint64_t hash_read(lua_State *L, uint64_t h, const char *name) {
  return hash_value(L, hash_bytes(h, name, strlen(name) + 1), -1);
}

static void push_field(lua_State *L, int fields, const struct lur_field *f, const char *name, int layer);

/* As the fields at `fields` have it: that of a loss, for one, is by the output's activation. */
static void push_default(lua_State *L, int fields, const struct lur_field *f) {
  struct lur_value v = f->usual, of;
  double usual;
  if (f->reads && lur_declares_number(L, fields, f->name, &usual)) {
    lua_pushnumber(L, usual);
    return;
  }
  if (f->usual_by) {
    const struct lur_field *by = &lur_fields[f->by];
    push_field(L, fields, by, by->name, 0);
    if (lua_type(L, -1) == LUA_TSTRING && lur_value_choose(by, lua_tostring(L, -1), &of, NULL) == LUR_OK)
      v = f->usual_by((int)of.as.integer);
    lua_pop(L, 1);
  }
  lur_push_value(L, f, &v);
}

static bool push_param(lua_State *L, int fields, const char *name) {
  if (lua_getfield(L, fields, "params") == LUA_TTABLE) {
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
  }
  if (!lua_isnil(L, -1))
    return true;
  lua_pop(L, 1);
  return false;
}

/* A layer's own number where there is a layer. */
static void push_field(lua_State *L, int fields, const struct lur_field *f, const char *name, int layer) {
  if (lua_getfield(L, fields, name) != LUA_TNIL)
    return;
  lua_pop(L, 1);
  if (lua_getfield(L, fields, strcmp(name, f->name) ? f->name : f->column) != LUA_TNIL) {
    if (layer && lua_type(L, -1) != LUA_TNUMBER)
      lua_geti(L, -1, layer);
    return;
  }
  lua_pop(L, 1);
  if (strncmp(f->name, "stop_", 5) == 0 && lua_getfield(L, fields, "stop") == LUA_TTABLE &&
      lua_getfield(L, -1, f->name + 5) != LUA_TNIL)
    return;
  push_default(L, fields, f);
}

/* Names of the script's own come first: a slip in one of those is the likelier. */
static int fail_unknown(lua_State *L, int fields, const char *name) {
  const char *names[LUR_MAX_PARAMS + 1] = {NULL};
  struct lur_error e;
  if (lua_getfield(L, fields, "params") == LUA_TTABLE) {
    lur_push_names(L, -1, LUR_BY_ALPHABET);
    int list = lua_gettop(L), n = (int)lua_rawlen(L, list);
    for (int i = 0; i < n && i < LUR_MAX_PARAMS; i++) {
      lua_rawgeti(L, list, i + 1);
      names[i] = lua_tostring(L, -1); /* held by the list */
      lua_pop(L, 1);
    }
  }
  const char *near = lur_near_word(name, names);
  if (near)
    return luaL_error(L, "p.%s: no such field or param; did you mean %s?", name, near);
  lur_field_unknown(name, &e);
  const char *hint = lur_field_hint(&e);
  return luaL_error(L, "p.%s: no such field or param%s%s", name, hint ? "; " : "", hint ? hint : "");
}

/* Pushes the parameter of that name from the fields at `fields`; raises where there is none. */
static void push_parameter(lua_State *L, int fields, const char *name) {
  if (push_param(L, fields, name))
    return;
  int layer = 0, id = lur_field_find(name, &layer);
  double usual;
  if (id < 0 && lur_declares_number(L, fields, name, &usual)) {
    lua_pushnumber(L, usual);
    return;
  }
  if (id < 0)
    fail_unknown(L, fields, name);
  if (lur_fields[id].kind == LUR_K_SCRIPT)
    luaL_error(L, "p.%s: has no value that a function may depend on", name);
  push_field(L, fields, &lur_fields[id], name, layer);
}

static int index_parameters(lua_State *L) {
  const char *name = luaL_checkstring(L, 2);
  push_parameter(L, lua_upvalueindex(FIELDS), name);
  const int top = lua_gettop(L), reads = lua_upvalueindex(READS);
  if (lua_getfield(L, reads, name) == LUA_TNIL) { /* for the first time */
    lua_getfield(L, reads, "");
    uint64_t so_far = (uint64_t)lua_tointeger(L, -1);
    lua_settop(L, top);
    uint64_t h = hash_read(L, so_far, name);
    lua_pushinteger(L, (lua_Integer)h);
    lua_setfield(L, reads, "");
    lua_pushboolean(L, 1);
    lua_setfield(L, reads, name);
    lua_pushstring(L, name);
    lua_rawseti(L, reads, (lua_Integer)lua_rawlen(L, reads) + 1);
    seed_random(L, h);
  }
  lua_settop(L, top);
  return 1;
}

uint64_t lur_parameters_hash(lua_State *L, int fields, int names) {
  uint64_t h = hash_start;
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    int top = lua_gettop(L);
    lua_rawgeti(L, names, i);
    const char *name = lua_tostring(L, -1);
    push_parameter(L, fields, name);
    h = hash_read(L, h, name);
    lua_settop(L, top);
  }
  return h;
}

static int refuse_write(lua_State *L) {
  return luaL_error(L, "p.%s: the parameters cannot be changed", luaL_tolstring(L, 2, NULL));
}

/* p, which notes in the table at `reads` what is read: the names in order, and under "" the hash of all so far. */
static void push_proxy(lua_State *L, int fields, int reads) {
  lua_newtable(L);
  lua_newtable(L);
  lua_pushvalue(L, fields);
  lua_pushvalue(L, reads);
  lua_pushcclosure(L, index_parameters, 2);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushliteral(L, "luron.parameters");
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

/* Adds the names in `reads` to those that the reader gathers. */
static void gather(struct lur_reader *r, int reads) {
  lua_State *L = r->L;
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, reads); r->reads && i <= n; i++) {
    int top = lua_gettop(L);
    lua_rawgeti(L, reads, i);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, r->reads) == LUA_TNIL) {
      lua_pushvalue(L, top + 1);
      lua_rawseti(L, r->reads, (lua_Integer)lua_rawlen(L, r->reads) + 1);
      lua_pushvalue(L, top + 1);
      lua_pushboolean(L, 1);
      lua_rawset(L, r->reads);
    }
    lua_settop(L, top);
  }
}

/* Where nothing is read yet. */
static void push_reads(lua_State *L) {
  lua_newtable(L);
  lua_pushinteger(L, (lua_Integer)hash_start);
  lua_setfield(L, -2, "");
}

void lur_push_run_parameters(lua_State *L, int fields) {
  fields = lua_absindex(L, fields);
  push_reads(L);
  seed_random(L, hash_start);
  push_proxy(L, fields, lua_gettop(L));
  lua_remove(L, -2);
}

void lur_call_with_parameters(struct lur_reader *r, int n_results) {
  lua_State *L = r->L;
  push_reads(L);
  int reads = lua_gettop(L) - 1;
  lua_insert(L, reads);
  seed_random(L, hash_start);
  push_proxy(L, r->fields, reads);
  lua_call(L, 1, n_results);
  gather(r, reads);
  lua_remove(L, reads);
}

/* A sweep's plan asks for the data of combinations that it has. Only start values need some before that. */
static bool calls_now(struct lur_reader *r) {
  int top = lua_gettop(r->L);
  bool starts = lua_getfield(r->L, r->fields, "weights") != LUA_TNIL;
  starts = lua_getfield(r->L, r->fields, "biases") != LUA_TNIL || starts;
  starts = lua_getfield(r->L, r->fields, "start") != LUA_TNIL || starts;
  lua_settop(r->L, top);
  return r->call && (!r->sweeps || starts);
}

bool lur_push_made_field(struct lur_reader *r, const char *name, int n) {
  lua_getfield(r->L, r->fields, name);
  if (lua_type(r->L, -1) != LUA_TFUNCTION)
    return true;
  const bool now = calls_now(r);
  r->reading->put_off = r->reading->put_off || !now;
  if (now)
    lur_call_with_parameters(r, n);
  return now;
}
