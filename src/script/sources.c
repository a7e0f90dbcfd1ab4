/* SPDX-License-Identifier: MIT
 * What functions are made of, as a digest: their code without names of lines and without comments, and what they hold
 * on to: numbers, texts, tables, and functions, those of modules that they require among them. Globals and C functions
 * count by name only. */
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "script/sources.h"

enum { DEEPEST = 24 };

struct source {
  lua_State *L;
  struct lur_sha256 digest;
  int seen; /* stack: functions and tables that were added */
};

static void add_any(struct source *s, int index, int depth);

static void add_text(struct source *s, const char *text, size_t n) {
  lur_sha256_add(&s->digest, &n, sizeof n);
  lur_sha256_add(&s->digest, text, n);
}

static int add_chunk(lua_State *L, const void *bytes, size_t n, void *context) {
  struct source *s = context;
  (void)L;
  lur_sha256_add(&s->digest, bytes, n);
  return 0;
}

static bool was_seen(struct source *s, int index) {
  lua_pushvalue(s->L, index);
  bool seen = lua_rawget(s->L, s->seen) != LUA_TNIL;
  lua_pop(s->L, 1);
  lua_pushvalue(s->L, index);
  lua_pushboolean(s->L, 1);
  lua_rawset(s->L, s->seen);
  return seen;
}

static void add_function(struct source *s, int index, int depth) {
  lua_State *L = s->L;
  if (lua_iscfunction(L, index))
    return;
  lua_pushvalue(L, index);
  lua_dump(L, add_chunk, s, 1);
  lua_pop(L, 1);
  const char *name;
  for (int i = 1; (name = lua_getupvalue(L, index, i)) != NULL; i++) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bool is_globals = lua_rawequal(L, -1, -2);
    lua_pop(L, 1);
    if (!is_globals)
      add_any(s, lua_gettop(L), depth + 1);
    lua_pop(L, 1);
  }
}

/* Fields by name, in the order of the alphabet; then the list. */
static void add_table(struct source *s, int index, int depth) {
  lua_State *L = s->L;
  lua_newtable(L);
  int names = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
    if (lua_type(L, -2) == LUA_TSTRING) {
      lua_pushvalue(L, -2);
      lua_rawseti(L, names, (lua_Integer)lua_rawlen(L, names) + 1);
    }
  lua_getglobal(L, "table");
  lua_getfield(L, -1, "sort");
  lua_pushvalue(L, names);
  lua_call(L, 1, 0);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_settop(L, names);
    lua_rawgeti(L, names, i);
    add_any(s, names + 1, depth + 1);
    lua_rawget(L, index);
    add_any(s, names + 1, depth + 1);
  }
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, index); i <= n; i++) {
    lua_settop(L, names);
    lua_rawgeti(L, index, i);
    add_any(s, names + 1, depth + 1);
  }
  lua_settop(L, names - 1);
}

static void add_any(struct source *s, int index, int depth) {
  lua_State *L = s->L;
  size_t n;
  int type = lua_type(L, index);
  lur_sha256_add(&s->digest, &type, sizeof type);
  lur_need_stack(L, 12);
  if (type == LUA_TNUMBER || type == LUA_TSTRING) {
    lua_pushvalue(L, index);
    const char *text = lua_tolstring(L, -1, &n);
    add_text(s, text, n);
    lua_pop(L, 1);
  } else if (type == LUA_TBOOLEAN) {
    add_text(s, lua_toboolean(L, index) ? "1" : "0", 1);
  } else if ((type == LUA_TFUNCTION || type == LUA_TTABLE) && depth < DEEPEST && !was_seen(s, index)) {
    (type == LUA_TFUNCTION ? add_function : add_table)(s, index, depth);
  }
}

static void add_named(struct source *s, int table, const char *name) {
  if (lua_getfield(s->L, table, name) == LUA_TFUNCTION) {
    add_text(s, name, strlen(name));
    add_any(s, lua_gettop(s->L), 0);
  }
  lua_pop(s->L, 1);
}

static void add_metrics(struct source *s, int fields) {
  lua_State *L = s->L;
  if (lua_getfield(L, fields, "metrics") == LUA_TTABLE)
    add_any(s, lua_gettop(L), 0);
  lua_pop(L, 1);
  if (lua_getfield(L, fields, "stop") == LUA_TTABLE)
    add_named(s, lua_gettop(L), "when");
  lua_pop(L, 1);
}

const char *lur_push_sources(lua_State *L, int fields) {
  static const char *const names[] = {"inputs", "targets", "data", "test", "weights", "biases", "where", "stop_when"};
  struct source s = {.L = L};
  char hex[65];
  fields = lua_absindex(L, fields);
  lur_sha256_start(&s.digest);
  lua_newtable(L);
  s.seen = lua_gettop(L);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    add_named(&s, fields, names[i]);
  add_metrics(&s, fields);
  lur_sha256_finish(&s.digest, hex);
  lua_settop(L, s.seen - 1);
  return lua_pushstring(L, hex);
}
