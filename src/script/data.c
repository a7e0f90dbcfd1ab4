/* SPDX-License-Identifier: MIT
 * Data sets in Lua: luron.csv, and the userdata "luron.data" that owns a data set of the data room. A userdata is made
 * empty and filled after. Its rows are views that keep it alive; it changes for nobody once it is filled. */
#include <string.h>

#include "data/csv.h"
#include "script/internal.h"

static const char class_name[] = "luron.data", matrix_name[] = "luron.data.rows";

struct box {
  struct lur_dataset *data; /* NULL: not filled yet */
};

struct matrix { /* its user value 1 is the data set's userdata */
  const double *rows;
  size_t n;
  int width;
};

struct lur_dataset **lur_new_data(lua_State *L) {
  struct box *box = lua_newuserdatauv(L, sizeof *box, 0);
  box->data = NULL;
  luaL_setmetatable(L, class_name);
  return &box->data;
}

struct lur_dataset *lur_to_data(lua_State *L, int index) {
  struct box *box = luaL_testudata(L, index, class_name);
  return box ? box->data : NULL;
}

struct lur_dataset *lur_check_dataset(lua_State *L, int index) {
  struct box *box = luaL_checkudata(L, index, class_name);
  luaL_argcheck(L, box->data, index, "an empty data set");
  return box->data;
}

static int mm_gc(lua_State *L) {
  struct box *box = luaL_checkudata(L, 1, class_name);
  lur_dataset_free(box->data);
  box->data = NULL;
  return 0;
}

/* Nothing to close: it is memory only, and an experiment may still borrow it. */
static int mm_close(lua_State *L) {
  (void)L;
  return 0;
}

/* ---- Rows ---- */
static int matrix_index(lua_State *L) {
  const struct matrix *m = luaL_checkudata(L, 1, matrix_name);
  int is_whole;
  lua_Integer i = lua_tointegerx(L, 2, &is_whole);
  if (!is_whole || i < 1 || (lua_Unsigned)i > m->n)
    return 0;
  lur_push_list(L, m->rows + (size_t)(i - 1) * (size_t)m->width, m->width);
  return 1;
}

static int matrix_len(lua_State *L) {
  const struct matrix *m = luaL_checkudata(L, 1, matrix_name);
  lua_pushinteger(L, (lua_Integer)m->n);
  return 1;
}

static int matrix_tostring(lua_State *L) {
  const struct matrix *m = luaL_checkudata(L, 1, matrix_name);
  lua_pushfstring(L, "%I rows of %d", (lua_Integer)m->n, m->width);
  return 1;
}

static void push_matrix(lua_State *L, const double *rows, size_t n, int width) {
  struct matrix *m = lua_newuserdatauv(L, sizeof *m, 1);
  *m = (struct matrix){.rows = rows, .n = n, .width = width};
  luaL_setmetatable(L, matrix_name);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
}

/* ---- The data set ---- */
static int mm_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)lur_check_dataset(L, 1)->n);
  return 1;
}

static void push_classes(lua_State *L, const struct lur_dataset *d) {
  if (d->n_classes == 0) {
    lua_pushnil(L);
    return;
  }
  lua_createtable(L, d->n_classes, 0);
  for (int k = 0; k < d->n_classes; k++) {
    lua_pushstring(L, d->classes[k]);
    lua_rawseti(L, -2, k + 1);
  }
}

static int mm_tostring(lua_State *L) {
  const struct lur_dataset *d = lur_check_dataset(L, 1);
  lua_pushfstring(L, "data: %I rows, %d inputs, %d %s", (lua_Integer)d->n, d->n_inputs, d->n_outputs,
                  d->n_classes ? "classes" : "targets");
  return 1;
}

static int m_split(lua_State *L) {
  const struct lur_dataset *d = lur_check_dataset(L, 1);
  double fraction = luaL_checknumber(L, 2);
  uint64_t seed = (uint64_t)luaL_optinteger(L, 3, 1);
  struct lur_error e = {0};
  struct lur_dataset **first = lur_new_data(L), **second = lur_new_data(L);
  if (lur_dataset_split(d, fraction, seed, first, second, &e) != LUR_OK)
    lur_raise(L, &e);
  return 2;
}

static int mm_index(lua_State *L) {
  static const char *const names[] = {"inputs", "targets", "classes", "split", NULL};
  const struct lur_dataset *d = lur_check_dataset(L, 1);
  if (lua_type(L, 2) != LUA_TSTRING)
    return luaL_error(L, "a data set has d.inputs[i] and d.targets[i], not d[%s]", lur_push_found(L, 2));
  const char *key = lua_tostring(L, 2);
  if (strcmp(key, "inputs") == 0)
    push_matrix(L, d->inputs, d->n, d->n_inputs);
  else if (strcmp(key, "targets") == 0)
    push_matrix(L, d->targets, d->n, d->n_outputs);
  else if (strcmp(key, "classes") == 0)
    push_classes(L, d);
  else if (strcmp(key, "split") == 0)
    lua_pushcfunction(L, m_split);
  else
    lur_raise_unknown(L, key, names);
  return 1;
}

/* ---- luron.csv ---- */
static struct lur_column read_column(lua_State *L, const char *field) {
  struct lur_column c = {.name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL};
  int is_whole = 1;
  lua_Integer number = c.name ? 1 : lua_tointegerx(L, -1, &is_whole);
  if (!is_whole || lua_type(L, -1) == LUA_TNIL || number == 0 || number < -2 * LUR_MAX_WIDTH ||
      number > 2 * LUR_MAX_WIDTH)
    lur_raise_field(L, field, "%s is neither a column's name nor its number", lur_push_found(L, -1));
  c.number = (int)number;
  return c;
}

/* One column, or a list of them, of the field of the table at 2. They are left on the stack: the names belong to the
 * table, the array to a userdata. */
static const struct lur_column *read_columns(lua_State *L, const char *field, int *n) {
  int type = lua_getfield(L, 2, field);
  bool is_list = type == LUA_TTABLE;
  *n = type == LUA_TNIL ? 0 : is_list ? (int)luaL_len(L, -1) : 1;
  if (is_list && *n == 0)
    lur_raise_field(L, field, "the list names no column");
  if (*n < 0 || *n > 2 * LUR_MAX_WIDTH)
    lur_raise_field(L, field, "too many columns");
  struct lur_column *columns = lua_newuserdatauv(L, ((size_t)*n + 1) * sizeof *columns, 0);
  for (int k = 0; k < *n; k++) {
    if (is_list)
      lua_rawgeti(L, -2, k + 1);
    else
      lua_pushvalue(L, -2);
    columns[k] = read_column(L, field);
    lua_pop(L, 1);
  }
  return columns;
}

static char read_separator(lua_State *L) {
  size_t n = 1;
  const char *text = ",";
  if (lua_getfield(L, 2, "separator") != LUA_TNIL)
    text = lua_tolstring(L, -1, &n);
  if (!text || n != 1 || *text == '"' || *text == '\n' || *text == '\r' || *text == '\0')
    lur_raise_field(L, "separator", "%s is not one character", lur_push_found(L, -1));
  return *text; /* copied before the text may go */
}

static struct lur_csv_options read_csv_options(lua_State *L) {
  static const char *const names[] = {"targets", "inputs", "header", "missing", "classes", "separator", NULL};
  if (lua_isnoneornil(L, 2)) {
    lua_settop(L, 1);
    lua_newtable(L);
  }
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  lur_check_names(L, 2, names);
  struct lur_csv_options o = {
    .header = lur_boolean_field(L, 2, "header", true),
    .classes = lur_boolean_field(L, 2, "classes", false),
    .missing = (enum lur_missing)lur_choice_field(L, 2, "missing", lur_missing_names, LUR_MISSING_ERROR),
    .separator = read_separator(L),
  };
  o.targets = read_columns(L, "targets", &o.n_targets);
  o.inputs = read_columns(L, "inputs", &o.n_inputs);
  return o;
}

static int f_csv(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  struct lur_csv_options o = read_csv_options(L);
  struct lur_error e = {0};
  path = lur_push_path(L, path);
  struct lur_dataset **data = lur_new_data(L);
  *data = lur_csv_load(path, &o, &e);
  return *data ? 1 : lur_raise(L, &e);
}

void lur_open_data(lua_State *L) {
  static const luaL_Reg data[] = {{"__index", mm_index}, {"__len", mm_len},     {"__tostring", mm_tostring},
                                  {"__gc", mm_gc},       {"__close", mm_close}, {NULL, NULL}};
  static const luaL_Reg rows[] = {
    {"__index", matrix_index}, {"__len", matrix_len}, {"__tostring", matrix_tostring}, {NULL, NULL}};
  lur_new_class(L, class_name, data, NULL);
  lur_new_class(L, matrix_name, rows, NULL);
  lua_pushcfunction(L, f_csv);
  lua_setfield(L, -2, "csv");
}
