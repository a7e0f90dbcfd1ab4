/* SPDX-License-Identifier: MIT
 * A row as a script writes it by names, { age = 3, sex = "male" }, as the inputs of a network: each value counts as a
 * cell of a CSV file with that text would. Names are taken in the network's order, and in the alphabet's by messages.
 */
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/near_word.h"
#include "base/utf8.h"
#include "data/csv_predict.h"
#include "module/module.h"

static bool is_named(lua_State *L, int index) {
  bool any = false;
  index = lua_absindex(L, index);
  if (lua_type(L, index) != LUA_TTABLE || lua_rawlen(L, index) > 0)
    return false;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
    any = any || lua_type(L, -2) == LUA_TSTRING;
  return any;
}

/* ---- What is wrong with the names ---- */
enum { LIST_BYTES = 200, SHOWN_BYTES = 48 };

struct list {
  char text[LIST_BYTES];
  size_t length;
  int n, n_shown; /* how many there are, whether they fit or not; and how many do */
};

static void add_name(struct list *l, const char *name) {
  char shown[SHOWN_BYTES];
  l->n++;
  if (l->length + SHOWN_BYTES >= LIST_BYTES)
    return;
  l->length += (size_t)snprintf(l->text + l->length, LIST_BYTES - l->length, "%s%s", l->n_shown ? ", " : "",
                                lur_utf8_line(name, shown, sizeof shown));
  l->n_shown++;
}

static const char *more_of(const struct list *l) {
  return l->n_shown == l->n ? "" : " ...";
}

/* Pushes a table that keeps the names of the sources, and returns them, ended by NULL. */
static const char *const *push_source_names(lua_State *L, const struct lur_source *source, int n) {
  const char **names = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *names, 1);
  lua_createtable(L, n, 0);
  for (int k = 0; k < n; k++) {
    names[k] = lua_pushlstring(L, source[k].name, (size_t)source[k].name_bytes);
    lua_rawseti(L, -2, k + 1);
  }
  names[n] = NULL;
  lua_setiuservalue(L, -2, 1);
  return names;
}

/* A key of the table is none of the names. */
static void raise_unknown(lua_State *L, int table, const char *call, const struct lur_source *source, int n) {
  struct list unknown = {0};
  const char *near = NULL, *const *names = push_source_names(L, source, n);
  lur_push_names(L, table, LUR_BY_ALPHABET);
  for (lua_Integer i = 1, n_keys = (lua_Integer)lua_rawlen(L, -1); i <= n_keys; i++) {
    lua_rawgeti(L, -1, i);
    const char *key = lua_tostring(L, -1);
    if (!lur_is_one_of(key, names)) {
      near = unknown.n == 0 ? lur_near_word(key, names) : NULL;
      add_name(&unknown, key);
    }
    lua_pop(L, 1);
  }
  if (unknown.n == 0)
    lur_raise_field(L, call, "a row by names has a value without a name; write name = value");
  lur_raise_field(L, call, "%s%s: the network has no such input%s%s%s%s", unknown.text, more_of(&unknown),
                  unknown.n == 1 ? "" : "s", near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

static void raise_missing(lua_State *L, int table, const char *call, const struct lur_source *source, int n) {
  struct list missing = {0};
  for (int k = 0; k < n; k++) {
    const char *name = lua_pushlstring(L, source[k].name, (size_t)source[k].name_bytes);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, table) == LUA_TNIL)
      add_name(&missing, name);
    lua_pop(L, 2);
  }
  lur_raise_field(L, call, "%s%s: missing, but the network takes %s", missing.text, more_of(&missing),
                  missing.n == 1 ? "it" : "them");
}

/* ---- Reading ---- */
/* The value on the top as the text of a cell, in its place. */
static const char *to_cell(lua_State *L, const char *call, const char *name) {
  char digits[32];
  const int type = lua_type(L, -1);
  if (type == LUA_TNUMBER) {
    lur_digits_write(lua_tonumber(L, -1), digits);
    lua_pushstring(L, digits);
  } else if (type == LUA_TBOOLEAN) {
    lua_pushstring(L, lua_toboolean(L, -1) ? "true" : "false");
  } else if (type == LUA_TSTRING && strlen(lua_tostring(L, -1)) == lua_rawlen(L, -1)) {
    return lua_tostring(L, -1);
  } else {
    lur_raise_field(L, call, "%s: %s is no number and no text", name, lur_push_found(L, -1));
  }
  lua_remove(L, -2);
  return lua_tostring(L, -1);
}

static void read_value(lua_State *L, const char *call, const struct lur_network *n, const struct lur_source *s,
                       double *out) {
  char name[SHOWN_BYTES], text[SHOWN_BYTES], what[LUR_CSV_WHAT_BYTES];
  lur_utf8_line(lua_tostring(L, -2), name, sizeof name);
  const char *cell = to_cell(L, call, name);
  if (!lur_csv_put_cell(n, s, cell, out, what))
    lur_raise_field(L, call, "%s: \"%s\" %s", name, lur_utf8_line(cell, text, sizeof text), what);
}

/* The names of n sources as keys of a table that is pushed; how many there are. */
static int push_known(lua_State *L, const struct lur_source *source, int n) {
  int n_names = 0;
  lua_createtable(L, 0, n);
  for (int k = 0; k < n; k++) {
    lua_pushlstring(L, source[k].name, (size_t)source[k].name_bytes);
    lua_pushvalue(L, -1);
    n_names += lua_rawget(L, -3) == LUA_TNIL;
    lua_pop(L, 1);
    lua_pushboolean(L, true);
    lua_rawset(L, -3);
  }
  return n_names;
}

/* Raises unless the table's keys are the names of the sources. */
static void check_keys(lua_State *L, int table, const char *call, const struct lur_source *source, int n) {
  int n_keys = 0, n_found = 0;
  if (push_known(L, source, n) < n)
    lur_raise_field(L, call, "two inputs of the network have one name; write a list of numbers");
  const int known = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    n_found += lua_rawget(L, known) != LUA_TNIL;
    n_keys++;
    lua_pop(L, 1);
  }
  if (n_found < n_keys)
    raise_unknown(L, table, call, source, n);
  if (n_found < n)
    raise_missing(L, table, call, source, n);
  lua_pop(L, 1);
}

static void read_named(lua_State *L, int table, const char *call, const struct lur_network *n, double *out) {
  const int width = n->shape.width[0];
  if (!n->input_names)
    lur_raise_field(L, call, "the network's inputs have no names; write a list of %d numbers", width);
  struct lur_source *source = lua_newuserdatauv(L, (size_t)width * sizeof *source, 0);
  const int n_sources = lur_network_sources(n, source), top = lua_gettop(L);
  check_keys(L, table, call, source, n_sources);
  for (int k = 0; k < n_sources; k++) {
    lua_pushlstring(L, source[k].name, (size_t)source[k].name_bytes);
    lua_pushvalue(L, -1);
    lua_rawget(L, table);
    read_value(L, call, n, &source[k], out);
    lua_settop(L, top);
  }
  lua_pop(L, 1);
}

void lur_read_row(lua_State *L, int index, const char *name, const struct lur_network *n, double *out) {
  index = lua_absindex(L, index);
  if (is_named(L, index))
    read_named(L, index, name, n, out);
  else
    lur_read_list(L, index, name, n->shape.width[0], out);
}
