/* SPDX-License-Identifier: MIT
 * What data sets do: parts of one as new ones, a file, and luron.data.table, which makes one of lists. Whatever is made
 * hangs on a userdata before anything may raise. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/csv.h"
#include "data/csv_write.h"
#include "data/file.h"
#include "data/held_out.h"
#include "module/module.h"

static const char class_name[] = "luron.data";

static const struct lur_dataset *check_self(lua_State *L, const char *call, int n_arguments) {
  lur_check_self(L, class_name, call);
  lua_settop(L, 1 + n_arguments);
  return lur_check_data(L, 1);
}

/* Room for a number a row, of the collector's. */
static uint32_t *push_room(lua_State *L, size_t n) {
  return lua_newuserdatauv(L, n * sizeof(uint32_t), 0);
}

/* Pushes the data set of n rows listed. */
static int push_rows(lua_State *L, const struct lur_dataset *d, const uint32_t *rows, size_t n) {
  struct lur_dataset **out = lur_new_data(L);
  struct lur_error e;
  *out = lur_dataset_take(d, rows, n, &e);
  return *out ? 1 : lur_raise(L, &e);
}

static uint64_t seed_at(lua_State *L, int index) {
  return (uint64_t)luaL_optinteger(L, index, 1);
}

/* ---- Parts ---- */
static int m_rows(lua_State *L) {
  const struct lur_dataset *d = check_self(L, "data:rows", 2);
  const lua_Integer n = (lua_Integer)d->n, first = luaL_checkinteger(L, 2), last = luaL_optinteger(L, 3, n);
  if (first < 1 || last > n || first > last)
    lur_raise_field(L, "rows", "from %lld to %lld, but there are rows from 1 to %lld", (long long)first,
                    (long long)last, (long long)n);
  uint32_t *rows = push_room(L, (size_t)(last - first + 1));
  for (lua_Integer i = first; i <= last; i++)
    rows[i - first] = (uint32_t)(i - 1);
  return push_rows(L, d, rows, (size_t)(last - first + 1));
}

/* Pushes row i, from 1, of d.inputs or d.targets. */
static void push_row(lua_State *L, const char *field, lua_Integer i) {
  lua_getfield(L, 1, field);
  lua_geti(L, -1, i);
  lua_remove(L, -2);
}

static int m_where(lua_State *L) {
  const struct lur_dataset *d = check_self(L, "data:where", 1);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  uint32_t *rows = push_room(L, d->n);
  size_t n = 0;
  for (size_t i = 0; i < d->n; i++) {
    lua_pushvalue(L, 2);
    push_row(L, "inputs", (lua_Integer)i + 1);
    push_row(L, "targets", (lua_Integer)i + 1);
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_call(L, 3, 1);
    if (lua_toboolean(L, -1))
      rows[n++] = (uint32_t)i;
    lua_pop(L, 1);
  }
  if (n == 0)
    lur_raise_field(L, "where", "the function is true of no row");
  return push_rows(L, d, rows, n);
}

static int m_shuffle(lua_State *L) {
  const struct lur_dataset *d = check_self(L, "data:shuffle", 1);
  const uint64_t seed = seed_at(L, 2);
  uint32_t *rows = push_room(L, d->n);
  lur_draw_order(seed, 0, LUR_DRAW_SPLIT, d->n, rows);
  return push_rows(L, d, rows, d->n);
}

/* Pushes the rows whose part is `held`, and all others. */
static void push_cut(lua_State *L, const struct lur_dataset *d, const uint32_t *part, uint32_t held) {
  struct lur_dataset **out = lur_new_data(L), **rest = lur_new_data(L);
  struct lur_error e;
  if (lur_held_out_cut(d, part, held, out, rest, &e) != LUR_OK)
    lur_raise(L, &e);
}

static int split_stratified(lua_State *L, const struct lur_dataset *d, double fraction, uint64_t seed) {
  struct lur_error e;
  uint32_t *part = push_room(L, d->n);
  if (!(fraction > 0 && fraction < 1))
    lur_raise_field(L, "fraction", "%g is not between 0 and 1", fraction);
  if (lur_held_out_validation(d, true, 1 - fraction, seed, part, &e) != LUR_OK)
    lur_raise(L, &e);
  push_cut(L, d, part, 0);
  return 2;
}

static int m_split(lua_State *L) {
  static const char *const names[] = {"stratified", NULL};
  const struct lur_dataset *d = check_self(L, "data:split", 3);
  const double fraction = luaL_checknumber(L, 2);
  const uint64_t seed = seed_at(L, 3);
  struct lur_error e = {0};
  if (!lua_isnil(L, 4)) {
    luaL_checktype(L, 4, LUA_TTABLE);
    lur_check_names(L, 4, names);
    if (lur_boolean_field(L, 4, "stratified", false))
      return split_stratified(L, d, fraction, seed);
  }
  struct lur_dataset **first = lur_new_data(L), **second = lur_new_data(L);
  if (lur_dataset_split(d, fraction, seed, first, second, &e) != LUR_OK)
    lur_raise(L, &e);
  return 2;
}

static int m_folds(lua_State *L) {
  const struct lur_dataset *d = check_self(L, "data:folds", 2);
  const lua_Integer n = luaL_checkinteger(L, 2);
  const uint64_t seed = seed_at(L, 3);
  struct lur_error e;
  uint32_t *part = push_room(L, d->n);
  if (lur_held_out_folds(d, true, n < 0 ? 0 : (uint64_t)n, seed, part, &e) != LUR_OK)
    lur_raise(L, &e);
  lua_createtable(L, (int)(n < 1024 ? n : 1024), 0);
  const int list = lua_gettop(L);
  for (lua_Integer k = 1; k <= n; k++) {
    lua_createtable(L, 0, 2);
    push_cut(L, d, part, (uint32_t)k);
    lua_setfield(L, list + 1, "train");
    lua_setfield(L, list + 1, "test");
    lua_rawseti(L, list, k);
  }
  return 1;
}

/* ---- A file ---- */
static int m_save(lua_State *L) {
  const struct lur_dataset *d = check_self(L, "data:save", 1);
  struct lur_error e;
  const char *path = lur_push_path(L, luaL_checkstring(L, 2));
  lur_check_output(L, path);
  struct lur_buffer *text = lur_push_buffer(L);
  if (lur_csv_write(d, text, &e) || lur_file_replace(path, text->data, text->length_bytes, &e))
    lur_raise(L, &e);
  lur_note_own_file(L, path);
  return 0;
}

/* ---- luron.data.table ---- */
enum { FIELDS = 1 }; /* stack: the table */

/* The list of that name, left on the stack, and its length. */
static size_t push_list_field(lua_State *L, const char *name) {
  lua_getfield(L, FIELDS, name);
  if (!lur_is_list(L, -1))
    lur_raise_field(L, name, "%s, but a list of patterns is expected", lur_push_found(L, -1));
  const lua_Integer n = luaL_len(L, -1);
  if (n < 1)
    lur_raise_field(L, name, "there are no patterns; at least 1 is needed");
  return (size_t)n;
}

/* Numbers in each pattern of the list on the top, by its first; 0: it is a text. */
static int width_of(lua_State *L, const char *name) {
  const int type = lua_geti(L, -1, 1);
  const lua_Integer n = type == LUA_TNUMBER ? 1 : type == LUA_TSTRING ? 0 : lur_is_list(L, -1) ? luaL_len(L, -1) : -1;
  if (n < 0 || n > LUR_MAX_WIDTH || (n == 0 && type != LUA_TSTRING))
    lur_raise_field(L, name, "pattern 1 is %s, not a list of 1 to %d numbers", lur_push_found(L, -1), LUR_MAX_WIDTH);
  lua_pop(L, 1);
  return (int)n;
}

/* The list at `list` into rows of numbers. */
static void read_rows(lua_State *L, int list, const char *name, size_t n, int width, double *out) {
  char path[64];
  for (size_t i = 0; i < n; i++, out += width) {
    snprintf(path, sizeof path, "%s[%zu]", name, i + 1);
    lua_geti(L, list, (lua_Integer)i + 1);
    lur_read_list(L, -1, path, width, out);
    for (int k = 0; k < width; k++)
      if (!isfinite(out[k]))
        lur_raise_field(L, path, "a number is not finite");
    lua_pop(L, 1);
  }
}

/* Pushes a table from each class to its place, and fills the names, held by the tables: those of the field classes, or
 * of the list at `list` in order of first appearance. Returns how many there are. */
static int push_classes(lua_State *L, int list, size_t n, const char *names[LUR_MAX_CLASSES]) {
  const bool given = lua_getfield(L, FIELDS, "classes") != LUA_TNIL;
  const int from = given ? lua_gettop(L) : list;
  lua_newtable(L);
  const int places = lua_gettop(L);
  int n_classes = 0;
  if (given && lua_type(L, from) != LUA_TTABLE)
    lur_raise_field(L, "classes", "%s is not a list of names", lur_push_found(L, from));
  const size_t n_from = given ? (size_t)lua_rawlen(L, from) : n;
  for (size_t i = 1; i <= n_from; i++) {
    if (lua_geti(L, from, (lua_Integer)i) != LUA_TSTRING)
      lur_raise_field(L, given ? "classes" : "targets", "%s is not the name of a class", lur_push_found(L, -1));
    lua_pushvalue(L, -1);
    if (lua_rawget(L, places) == LUA_TNIL) {
      if (n_classes == LUR_MAX_CLASSES)
        lur_raise_field(L, "targets", "more than %d classes", LUR_MAX_CLASSES);
      names[n_classes++] = lua_tostring(L, -2);
      lua_pushvalue(L, -2);
      lua_pushinteger(L, n_classes);
      lua_rawset(L, places);
    }
    lua_pop(L, 2);
  }
  return n_classes;
}

static void read_classes(lua_State *L, int list, int places, struct lur_dataset *d) {
  for (size_t i = 0; i < d->n; i++) {
    lua_geti(L, list, (lua_Integer)i + 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      lur_raise_field(L, "targets", "pattern %zu is %s, not the name of a class", i + 1, lur_push_found(L, -1));
    lua_pushvalue(L, -1);
    if (lua_rawget(L, places) == LUA_TNIL)
      lur_raise_field(L, "targets", "pattern %zu: %s is not in the list of classes", i + 1, lur_push_found(L, -2));
    d->targets[i * (size_t)d->n_outputs + (size_t)lua_tointeger(L, -1) - 1] = 1;
    lua_pop(L, 2);
  }
}

/* The list of n names in the field; NULL: there is none. The array is left on the stack. */
static const char *const *read_names(lua_State *L, const char *field, int n) {
  const int type = lua_getfield(L, FIELDS, field), list = lua_gettop(L);
  if (type == LUA_TNIL)
    return NULL;
  if (type != LUA_TTABLE || (lua_Integer)lua_rawlen(L, list) != n)
    lur_raise_field(L, field, "%s is not a list of %d names", lur_push_found(L, list), n);
  const char **names = lua_newuserdatauv(L, (size_t)n * sizeof *names, 0);
  for (int k = 0; k < n; k++) {
    if (lua_rawgeti(L, list, k + 1) != LUA_TSTRING || strlen(lua_tostring(L, -1)) != lua_rawlen(L, -1))
      lur_raise_field(L, field, "%s is not a name", lur_push_found(L, -1));
    names[k] = lua_tostring(L, -1); /* the list holds it */
    lua_pop(L, 1);
  }
  return names;
}

static void set_names(lua_State *L, struct lur_dataset *d, const char *const *classes) {
  struct lur_error e;
  const char *const *names = read_names(L, "names", d->n_inputs);
  int code = classes ? lur_dataset_name_classes(d, classes, &e) : LUR_OK;
  if (!code && names)
    code = lur_dataset_name_inputs(d, names, &e);
  if (code)
    lur_raise(L, &e);
}

static int f_table(lua_State *L) {
  static const char *const fields[] = {"inputs", "targets", "names", "classes", NULL};
  const char *classes[LUR_MAX_CLASSES];
  struct lur_error e;
  lur_check_table(L, "data.table", "{ inputs = {{0, 1}}, targets = {1} }");
  lua_settop(L, FIELDS);
  lur_check_names(L, FIELDS, fields);
  const size_t n = push_list_field(L, "inputs");
  const int inputs = lua_gettop(L), n_inputs = width_of(L, "inputs");
  const size_t n_targets = push_list_field(L, "targets");
  const int targets = lua_gettop(L), width = width_of(L, "targets");
  if (n_inputs == 0)
    lur_raise_field(L, "inputs", "pattern 1 is a text, not numbers");
  if (n != n_targets)
    lur_raise_field(L, "targets", "%zu patterns, but inputs has %zu", n_targets, n);
  if (width > 0 && lua_getfield(L, FIELDS, "classes") != LUA_TNIL)
    lur_raise_field(L, "classes", "the targets are numbers; write them as names of classes");
  const int n_classes = width == 0 ? push_classes(L, targets, n, classes) : 0, places = lua_gettop(L);
  struct lur_dataset **place = lur_new_data(L), *d = lur_dataset_new(n, n_inputs, width ? width : n_classes, &e);
  *place = d;
  const int made = lua_gettop(L);
  if (!d)
    lur_raise(L, &e);
  read_rows(L, inputs, "inputs", n, n_inputs, d->inputs);
  if (width > 0)
    read_rows(L, targets, "targets", n, width, d->targets);
  else
    read_classes(L, targets, places, d);
  set_names(L, d, n_classes ? classes : NULL);
  lur_dataset_narrow(d);
  lua_pushvalue(L, made);
  return 1;
}

void lur_open_data_methods(lua_State *L) {
  static const luaL_Reg methods[] = {{"rows", m_rows},       {"where", m_where}, {"split", m_split}, {"folds", m_folds},
                                     {"shuffle", m_shuffle}, {"save", m_save},   {NULL, NULL}};
  lur_add_methods(L, class_name, methods);
  lua_getfield(L, -1, "data");
  lua_pushcfunction(L, f_table);
  lua_setfield(L, -2, "table");
  lua_pop(L, 1);
}
