/* SPDX-License-Identifier: MIT
 * What functions are made of, as a digest: their code without line numbers and local names, and what they hold
 * on to: numbers, texts, tables, data sets, networks, and functions, those of modules that they require among them.
 * Functions of Lua's and luron's libraries count by name, other functions in C do not. Globals that a script has made,
 * and what it put into Lua's libraries, count for functions whose code has their name in it. What holds something else,
 * such as a coroutine, is opaque, and the first of it is told.
 *
 * A table's pairs are added in the order of their keys: booleans, numbers, texts. Pairs whose key is an object have no
 * order, so that their digests are joined by exclusive or. */
#include "experiment/function_digest.h"

#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "experiment/experiment.h"
#include "experiment/object_digest.h"
#include "module/bytecode.h"

enum { DEEPEST = 24, DEEPER_IN_OBJECTS = DEEPEST / 2 + 1, MIX_BYTES = 64 };

struct source {
  lua_State *L;
  struct lur_sha256 digest;
  int seen;  /* stack: functions and tables that were added, each with its number */
  int names; /* stack: of the libraries' functions */
  lua_Integer n_seen;
  bool names_curve;
  char opaque[LUR_OPAQUE_BYTES]; /* the first that was not looked into, or "" */
};

static void add_any(struct source *s, int index, int depth);

/* Whether the code or text names a run's curve, or what may come upon it without naming it. */
static bool names_curve(const void *text, size_t n) {
  static const char *const words[] = {"curve", "pairs", "next", "load", "require", "dofile"};
  bool names = false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    names = names || memmem(text, n, words[i], strlen(words[i]));
  return names;
}

static void add_text(struct source *s, const void *text, size_t n) {
  s->names_curve = s->names_curve || names_curve(text, n);
  lur_sha256_add(&s->digest, &n, sizeof n);
  lur_sha256_add(&s->digest, text, n);
}

static void note_opaque(struct source *s, const char *what, const char *of) {
  if (!s->opaque[0])
    snprintf(s->opaque, sizeof s->opaque, "%s%.40s", what, of);
}

static void mark_seen(struct source *s, int index) {
  lua_pushvalue(s->L, index);
  lua_pushinteger(s->L, ++s->n_seen);
  lua_rawset(s->L, s->seen);
}

static bool is_marked(struct source *s, int index) {
  lua_pushvalue(s->L, index);
  const bool seen = lua_rawget(s->L, s->seen) != LUA_TNIL;
  lua_pop(s->L, 1);
  return seen;
}

/* Adds its number where it was. */
static bool was_seen(struct source *s, int index) {
  lua_pushvalue(s->L, index);
  bool seen = lua_rawget(s->L, s->seen) != LUA_TNIL;
  lua_Integer number = lua_tointeger(s->L, -1);
  lua_pop(s->L, 1);
  if (seen)
    lur_sha256_add(&s->digest, &number, sizeof number);
  else
    mark_seen(s, index);
  return seen;
}

/* ---- Tables ---- */
static int key_before(lua_State *L) {
  int a = lua_type(L, 1), b = lua_type(L, 2);
  bool before = a != b              ? a < b
                : a == LUA_TBOOLEAN ? lua_toboolean(L, 1) < lua_toboolean(L, 2)
                                    : lua_compare(L, 1, 2, LUA_OPLT);
  lua_pushboolean(L, before);
  return 1;
}

/* Sorts the list on the top. */
static void sort_keys(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, LUA_TABLIBNAME);
  lua_getfield(L, -1, "sort");
  lua_pushvalue(L, -4);
  lua_pushcfunction(L, key_before);
  lua_call(L, 2, 0);
  lua_pop(L, 2);
}

static void append(lua_State *L, int list) {
  lua_rawseti(L, list, (lua_Integer)lua_rawlen(L, list) + 1);
}

/* The pair on the top, whose key is an object. */
static void mix_pair(struct source *s, char mix[MIX_BYTES], int depth) {
  struct source pair = {.L = s->L, .names = s->names};
  char hex[65];
  int value = lua_gettop(s->L);
  lua_newtable(s->L);
  pair.seen = value + 1;
  lur_sha256_start(&pair.digest);
  add_any(&pair, value - 1, depth + DEEPER_IN_OBJECTS);
  add_any(&pair, value, depth + DEEPER_IN_OBJECTS);
  lur_sha256_finish(&pair.digest, hex);
  s->names_curve = s->names_curve || pair.names_curve;
  if (pair.opaque[0])
    note_opaque(s, pair.opaque, "");
  for (int i = 0; i < MIX_BYTES; i++)
    mix[i] = (char)(mix[i] ^ hex[i]);
  lua_settop(s->L, value);
}

static void add_table(struct source *s, int index, int depth) {
  lua_State *L = s->L;
  char mix[MIX_BYTES] = {0};
  lua_newtable(L);
  int keys = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    int type = lua_type(L, -2);
    if (type != LUA_TBOOLEAN && type != LUA_TNUMBER && type != LUA_TSTRING) {
      mix_pair(s, mix, depth);
      continue;
    }
    lua_pushvalue(L, -2);
    append(L, keys);
  }
  sort_keys(L);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, keys); i <= n; i++) {
    lua_settop(L, keys);
    lua_rawgeti(L, keys, i);
    add_any(s, keys + 1, depth + 1);
    lua_rawget(L, index);
    add_any(s, keys + 1, depth + 1);
  }
  lua_settop(L, keys - 1);
  lur_sha256_add(&s->digest, mix, sizeof mix);
  if (lua_getmetatable(L, index)) {
    add_any(s, keys, depth + 1);
    lua_pop(L, 1);
  }
}

/* ---- Functions ---- */
struct chunk { /* the buffer stands on the stack above the function, so it begins with the first bytes */
  luaL_Buffer buffer;
  bool begun;
};

static int write_chunk(lua_State *L, const void *bytes, size_t n, void *context) {
  struct chunk *c = context;
  if (!c->begun)
    luaL_buffinit(L, &c->buffer);
  c->begun = true;
  luaL_addlstring(&c->buffer, bytes, n);
  return 0;
}

/* Pushes the code, without numbers of lines. */
static const void *push_code(lua_State *L, int index, size_t *n) {
  struct chunk c = {.begun = false};
  lua_pushvalue(L, index);
  lua_dump(L, write_chunk, &c, 1);
  luaL_pushresult(&c.buffer);
  const char *dump = lua_tolstring(L, -1, n);
  void *code = memcpy(lua_newuserdatauv(L, *n, 0), dump, *n);
  lua_replace(L, -3);
  lua_pop(L, 1);
  *n = lur_bytecode_drop_lines(code, *n);
  return code;
}

/* Pushes a list of the names of globals that the code may read, of those that a script made. */
static void push_globals(lua_State *L, const void *code, size_t n_bytes) {
  static const char *const others[] = {"_G", "_VERSION", "arg", NULL};
  enum { NAMES = 1, GLOBALS, LOADED, KEY, VALUE };
  const int top = lua_gettop(L), names = top + NAMES;
  lua_newtable(L);
  lua_pushglobaltable(L);
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  for (lua_pushnil(L); lua_next(L, top + GLOBALS); lua_settop(L, top + KEY)) {
    size_t n;
    if (lua_type(L, top + KEY) != LUA_TSTRING || lua_iscfunction(L, top + VALUE))
      continue;
    const char *name = lua_tolstring(L, top + KEY, &n);
    lua_getfield(L, top + LOADED, name); /* a library, or a module of that name */
    if (!lur_is_one_of(name, others) && !lua_rawequal(L, -1, top + VALUE) && memmem(code, n_bytes, name, n)) {
      lua_pushvalue(L, top + KEY);
      append(L, names);
    }
  }
  lua_settop(L, names);
  sort_keys(L);
}

/* What the table beneath the list of keys on the top has for each of them. */
static void add_pairs(struct source *s, int depth) {
  lua_State *L = s->L;
  const int keys = lua_gettop(L);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, keys); i <= n; i++) {
    lua_rawgeti(L, keys, i);
    add_any(s, keys + 1, depth + 1);
    lua_rawget(L, keys - 1);
    add_any(s, keys + 1, depth + 1);
    lua_settop(L, keys);
  }
}

static void add_globals(struct source *s, const void *code, size_t n_bytes, int depth) {
  lua_pushglobaltable(s->L);
  push_globals(s->L, code, n_bytes);
  add_pairs(s, depth);
  lua_pop(s->L, 2);
}

/* Whether the key and value on the top are not the library's own: a function in C is named after where it is. */
static bool is_put_in(struct source *s, const char *library) {
  static const char *const constants[] = {"pi", "huge", "maxinteger", "mininteger", "charpattern", NULL};
  lua_State *L = s->L;
  const int value = lua_gettop(L), key = value - 1;
  if (lua_type(L, key) != LUA_TSTRING || lua_isuserdata(L, value))
    return false;
  if (!lua_iscfunction(L, value))
    return !lur_is_one_of(lua_tostring(L, key), constants);
  lua_pushfstring(L, "%s.%s", library, lua_tostring(L, key));
  lua_pushvalue(L, value);
  lua_rawget(L, s->names);
  const bool own = lua_rawequal(L, -1, -2);
  lua_settop(L, value);
  return !own;
}

/* What a script put into Lua's libraries, as function math.round(x), and the code may read. */
static void add_put_in(struct source *s, const void *code, size_t n_bytes, int depth) {
  static const char *const libraries[] = {"coroutine", "debug", "io", "math", "os", "string", "table", "utf8"};
  lua_State *L = s->L;
  enum { LIBRARY = 1, KEYS, KEY };
  const int top = lua_gettop(L);
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++, lua_settop(L, top + 1)) {
    if (lua_getfield(L, top + 1, libraries[i]) != LUA_TTABLE)
      continue;
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, top + 1 + LIBRARY); lua_settop(L, top + 1 + KEY)) {
      if (!is_put_in(s, libraries[i]) || !memmem(code, n_bytes, lua_tostring(L, -2), lua_rawlen(L, -2)))
        continue;
      lua_pushvalue(L, top + 1 + KEY);
      append(L, top + 1 + KEYS);
    }
    sort_keys(L);
    if (lua_rawlen(L, -1) > 0)
      add_text(s, libraries[i], strlen(libraries[i]));
    add_pairs(s, depth);
  }
  lua_settop(L, top);
}

/* Whether the function on the top is a global of Lua's, or what luron gives to an object. */
static bool is_known(lua_State *L) {
  static const char *const globals[] = {"require", "print", "load", "loadfile", "dofile", NULL};
  const int function = lua_gettop(L);
  bool known = false;
  lua_pushglobaltable(L); /* without its metamethods, which may refuse what is not there */
  for (int i = 0; globals[i] && !known; i++) {
    lua_pushstring(L, globals[i]);
    lua_rawget(L, function + 1);
    known = lua_rawequal(L, function, -1);
    lua_pop(L, 1);
  }
  lua_settop(L, function);
  lua_pushvalue(L, LUA_REGISTRYINDEX);
  for (lua_pushnil(L); !known && lua_next(L, function + 1); lua_settop(L, function + 2)) {
    if (lua_type(L, function + 2) != LUA_TSTRING || strncmp(lua_tostring(L, function + 2), "luron.", 6) != 0 ||
        !lua_istable(L, function + 3))
      continue;
    for (lua_pushnil(L); !known && lua_next(L, function + 3); lua_settop(L, function + 4))
      known = lua_rawequal(L, function, function + 5);
  }
  lua_settop(L, function);
  return known;
}

/* A function in C without a name: what it does may lie in what it holds, as with coroutine.wrap. */
static void look_at_unnamed(struct source *s, int index) {
  if (!lua_getupvalue(s->L, index, 1))
    return;
  lua_pop(s->L, 1);
  lua_pushvalue(s->L, index);
  if (!is_known(s->L))
    note_opaque(s, "a function such as coroutine.wrap and string.gmatch give", "");
  lua_pop(s->L, 1);
}

static void add_function(struct source *s, int index, int depth) {
  lua_State *L = s->L;
  size_t n;
  if (lua_iscfunction(L, index)) {
    lua_pushvalue(L, index);
    const char *name = lua_rawget(L, s->names) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    if (name)
      add_text(s, name, n);
    else
      s->names_curve = true; /* it may be pairs */
    lua_pop(L, 1);
    if (!name)
      look_at_unnamed(s, index);
    return;
  }
  const void *code = push_code(L, index, &n);
  add_text(s, code, n);
  add_globals(s, code, n, depth);
  add_put_in(s, code, n, depth);
  lua_pop(L, 1);
  for (int i = 1; lua_getupvalue(L, index, i) != NULL; i++) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bool is_globals = lua_rawequal(L, -1, -2);
    lua_pop(L, 1);
    if (!is_globals)
      add_any(s, lua_gettop(L), depth + 1);
    lua_pop(L, 1);
  }
}

/* ---- Objects ---- */
/* A run holds what the script's metrics gave. */
static void add_object(struct source *s, int index, int depth) {
  lua_State *L = s->L;
  const int top = lua_gettop(L);
  if (!lur_digest_object(L, index, &s->digest)) {
    const bool named = luaL_getmetafield(L, index, "__name") == LUA_TSTRING;
    note_opaque(s, "a ", named ? lua_tostring(L, -1) : "userdata");
  } else if (luaL_testudata(L, index, "luron.run")) {
    lua_getiuservalue(L, index, LUR_RUN_VALUES);
    add_any(s, top + 1, depth + 1);
  }
  lua_settop(L, top);
}

static void add_any(struct source *s, int index, int depth) {
  lua_State *L = s->L;
  size_t n;
  int type = lua_type(L, index);
  lur_sha256_add(&s->digest, &type, sizeof type);
  s->names_curve = s->names_curve || depth >= DEEPEST;
  lur_need_stack(L, 20);
  if (type == LUA_TNUMBER) {
    lua_Integer whole = lua_tointeger(L, index);
    lua_Number x = lua_tonumber(L, index);
    lua_isinteger(L, index) ? add_text(s, &whole, sizeof whole) : add_text(s, &x, sizeof x);
  } else if (type == LUA_TSTRING) {
    const char *text = lua_tolstring(L, index, &n);
    add_text(s, text, n);
  } else if (type == LUA_TBOOLEAN) {
    add_text(s, lua_toboolean(L, index) ? "1" : "0", 1);
  } else if (type == LUA_TUSERDATA) {
    if (depth < DEEPEST)
      add_object(s, index, depth);
  } else if (type == LUA_TTHREAD) {
    s->names_curve = true;
    note_opaque(s, "a coroutine", "");
  } else if (type == LUA_TLIGHTUSERDATA) {
    note_opaque(s, "a pointer of a library in C", "");
  } else if ((type == LUA_TFUNCTION || type == LUA_TTABLE) && depth < DEEPEST && !was_seen(s, index)) {
    (type == LUA_TFUNCTION ? add_function : add_table)(s, index, depth);
  }
  if (depth >= DEEPEST && (type == LUA_TUSERDATA || type == LUA_TFUNCTION || type == LUA_TTABLE) &&
      !is_marked(s, index))
    note_opaque(s, "a value within 24 tables or functions", "");
}

static void add_named(struct source *s, int table, const char *name) {
  if (lua_getfield(s->L, table, name) == LUA_TFUNCTION) {
    add_text(s, name, strlen(name));
    add_any(s, lua_gettop(s->L), 0);
  }
  lua_pop(s->L, 1);
}

/* Fields of which a function makes one: the sweep's hash has none of their numbers then, so that all of them count.
 * given: only those that are. */
static void add_together(struct source *s, int table, const char *const *names, const char *const *makers, bool given) {
  bool makes = false;
  for (int i = 0; makers[i]; i++) {
    makes = lua_getfield(s->L, table, makers[i]) == LUA_TFUNCTION || makes;
    lua_pop(s->L, 1);
  }
  for (int i = 0; makes && names[i]; i++) {
    if (lua_getfield(s->L, table, names[i]) != LUA_TNIL || !given) {
      add_text(s, names[i], strlen(names[i]));
      add_any(s, lua_gettop(s->L), 0);
    }
    lua_pop(s->L, 1);
  }
}

/* The scaling that comes along with a network's start values: data that a function makes are scaled by it. */
static void add_start_scaling(struct source *s, int fields, const char *name) {
  const struct lur_network *n = lur_network_given(s->L, fields, name);
  if (n && (n->shift || n->target_shift || n->fill))
    lur_digest_scaling(&s->digest, n);
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

/* The table on the top: the text beneath it, a dot and the key are the name of each function in C; of several names
 * that of the first in the alphabet stands. within: tables in it, too. */
static void name_functions(struct source *s, bool within) {
  lua_State *L = s->L;
  int table = lua_gettop(L), value = table + 2;
  for (lua_pushnil(L); lua_next(L, table); lua_settop(L, table + 1)) {
    if (lua_type(L, table + 1) != LUA_TSTRING)
      continue;
    const char *name = lua_pushfstring(L, "%s.%s", lua_tostring(L, table - 1), lua_tostring(L, table + 1));
    lua_pushvalue(L, value);
    if (within && lua_istable(L, value))
      name_functions(s, false);
    if (!lua_iscfunction(L, value))
      continue;
    if (lua_rawget(L, s->names) == LUA_TNIL || strcmp(name, lua_tostring(L, -1)) < 0) {
      lua_pushvalue(L, value);
      lua_pushvalue(L, value + 1);
      lua_rawset(L, s->names);
    }
  }
}

/* Lua's own and luron are not a script's: they count as seen. */
static void mark_libraries(struct source *s) {
  static const char *const names[] = {"luron", "string", "math",      "table", "os",
                                      "io",    "utf8",   "coroutine", "debug", "package"};
  lua_getfield(s->L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    lua_pushstring(s->L, names[i]);
    if (lua_getfield(s->L, -2, names[i]) == LUA_TTABLE) {
      mark_seen(s, lua_gettop(s->L));
      name_functions(s, true);
    }
    lua_pop(s->L, 2);
  }
  lua_pop(s->L, 1);
}

const char *lur_push_function_digest(lua_State *L, int fields, bool *names_curve, char opaque[LUR_OPAQUE_BYTES]) {
  static const char *const data[] = {"inputs", "targets", "data", "test", NULL};
  static const char *const later[] = {"validation", "pattern_weights", "class_weights", NULL}; /* not there at first */
  static const char *const makers[] = {"inputs", "targets", "data", "pattern_weights", NULL};
  static const char *const start[] = {"weights", "biases", NULL};
  struct source s = {.L = L};
  char hex[65];
  fields = lua_absindex(L, fields);
  lur_need_stack(L, 20);
  lur_sha256_start(&s.digest);
  lua_newtable(L);
  lua_newtable(L);
  s.seen = lua_gettop(L) - 1;
  s.names = lua_gettop(L);
  mark_libraries(&s);
  add_together(&s, fields, data, makers, false);
  add_together(&s, fields, later, makers, true);
  add_together(&s, fields, start, start, false);
  add_named(&s, fields, "where");
  add_named(&s, fields, "stop_when");
  add_start_scaling(&s, fields, "weights");
  add_start_scaling(&s, fields, "biases");
  add_start_scaling(&s, fields, "start");
  add_metrics(&s, fields);
  lur_sha256_finish(&s.digest, hex);
  lua_settop(L, s.seen - 1);
  *names_curve = s.names_curve;
  memcpy(opaque, s.opaque, sizeof s.opaque);
  return lua_pushstring(L, hex);
}
