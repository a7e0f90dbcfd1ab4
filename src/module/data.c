/* SPDX-License-Identifier: MIT
 * Data sets in Lua: the userdata "luron.data" owns a data set of the data room. It is made empty and filled after (by
 * data_sources.c). Its rows are views that keep it alive; it changes for nobody once it is filled. */
#include <string.h>

#include "data/describe.h"
#include "data/network_rows.h"
#include "module/module.h"

static const char class_name[] = "luron.data", matrix_name[] = "luron.data.rows";

struct box {
  struct lur_dataset *data; /* NULL: not filled yet */
};

enum { OWNER = 1, N_SLOTS = OWNER }; /* user values of a matrix: the data set's userdata */
struct matrix {
  const struct box *of; /* a finalizer may see a matrix whose data set is collected already */
  bool targets;         /* else inputs */
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

struct lur_dataset *lur_check_data(lua_State *L, int index) {
  struct box *box = luaL_checkudata(L, index, class_name);
  luaL_argcheck(L, box->data, index, "an empty data set");
  return box->data;
}

struct lur_dataset *lur_push_as_read(lua_State *L, const struct lur_network *n, struct lur_dataset *d) {
  struct lur_error e;
  if (!lur_network_reads_otherwise(n, d))
    return d;
  struct lur_dataset **place = lur_new_data(L);
  *place = lur_network_reads(n, d, &e);
  if (!*place)
    lur_raise(L, &e);
  return *place;
}

static int mm_gc(lua_State *L) {
  struct box *box = luaL_checkudata(L, 1, class_name);
  lur_dataset_free(box->data);
  box->data = NULL;
  return 0;
}

/* ---- Rows ---- */
static const struct matrix *check_matrix(lua_State *L) {
  const struct matrix *m = luaL_checkudata(L, 1, matrix_name);
  luaL_argcheck(L, m->of->data, 1, "an empty data set");
  return m;
}

static int matrix_index(lua_State *L) {
  const struct matrix *m = check_matrix(L);
  const struct lur_dataset *d = m->of->data;
  int is_whole;
  lua_Integer i = lua_tointegerx(L, 2, &is_whole);
  if (!is_whole || i < 1 || (lua_Unsigned)i > d->n)
    return 0;
  const size_t row = (size_t)(i - 1);
  const struct lur_inputs x = lur_dataset_inputs(d);
  const double *at = d->targets + row * (size_t)m->width;
  if (!m->targets)
    at = lur_inputs_rows(&x, row, 1, lua_newuserdatauv(L, (size_t)m->width * sizeof(double), 0));
  lur_push_list(L, at, m->width);
  return 1;
}

static int matrix_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_matrix(L)->of->data->n);
  return 1;
}

static int matrix_tostring(lua_State *L) {
  const struct matrix *m = check_matrix(L);
  lua_pushfstring(L, "%I rows of %d", (lua_Integer)m->of->data->n, m->width);
  return 1;
}

static void push_matrix(lua_State *L, const struct lur_dataset *d, bool targets) {
  struct matrix *m = lua_newuserdatauv(L, sizeof *m, N_SLOTS);
  *m = (struct matrix){.of = lua_touserdata(L, 1), .targets = targets, .width = targets ? d->n_outputs : d->n_inputs};
  luaL_setmetatable(L, matrix_name);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, OWNER);
}

/* ---- The data set ---- */
static int mm_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)lur_check_data(L, 1)->n);
  return 1;
}

/* The text is made in a box that the collector frees, whatever may raise. */
static int mm_tostring(lua_State *L) {
  const struct lur_dataset *d = lur_check_data(L, 1);
  struct lur_buffer *b = lur_push_buffer(L);
  lur_dataset_describe(d, b);
  if (b->failed)
    lur_raise_memory(L);
  lua_pushlstring(L, b->data, b->length_bytes);
  return 1;
}

/* What luron.csv takes as onehot: { { column = "sex", "male", "female" } }; nil where there is none. */
static void push_categories(lua_State *L, const struct lur_dataset *d) {
  if (!d->n_onehot) {
    lua_pushnil(L);
    return;
  }
  lua_createtable(L, d->n_onehot, 0);
  for (int g = 0; g < d->n_onehot; g++) {
    const struct lur_onehot *o = &d->onehot[g];
    char *const *names = d->input_names + o->first;
    lua_createtable(L, o->n, 1);
    lua_pushlstring(L, names[0], (size_t)o->name_bytes);
    lua_setfield(L, -2, "column");
    for (int k = 0; k < o->n; k++) {
      lua_pushstring(L, names[k] + o->name_bytes + 1);
      lua_rawseti(L, -2, k + 1);
    }
    lua_rawseti(L, -2, g + 1);
  }
}

/* Upvalue 1: the methods. */
static int mm_index(lua_State *L) {
  static const char *const names[] = {"inputs", "targets", "classes", "names",   "target_names", "categories", "rows",
                                      "where",  "split",   "folds",   "shuffle", "save",         NULL};
  const struct lur_dataset *d = lur_check_data(L, 1);
  if (lua_type(L, 2) != LUA_TSTRING)
    return luaL_error(L, "a data set has d.inputs[i] and d.targets[i], not d[%s]", lur_push_found(L, 2));
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
    return 1;
  const char *key = lua_tostring(L, 2);
  if (strcmp(key, "inputs") == 0)
    push_matrix(L, d, false);
  else if (strcmp(key, "targets") == 0)
    push_matrix(L, d, true);
  else if (strcmp(key, "classes") == 0)
    lur_push_classes(L, d->classes, d->n_classes);
  else if (strcmp(key, "names") == 0)
    lur_push_classes(L, d->input_names, d->input_names ? d->n_inputs : 0);
  else if (strcmp(key, "target_names") == 0)
    lur_push_classes(L, d->target_names, d->target_names ? d->n_outputs : 0);
  else if (strcmp(key, "categories") == 0)
    push_categories(L, d);
  else
    lur_raise_unknown(L, key, names);
  return 1;
}

void lur_open_data(lua_State *L) {
  static const char *const fields[] = {"inputs", "targets", "classes", "names", "target_names", "categories", NULL};
  static const luaL_Reg data[] = {{"__len", mm_len}, {"__tostring", mm_tostring}, {"__gc", mm_gc}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{NULL, NULL}}; /* data_methods.c adds them */
  static const luaL_Reg rows[] = {{"__index", matrix_index},
                                  {"__len", matrix_len},
                                  {"__pairs", lur_pairs_of_list},
                                  {"__tostring", matrix_tostring},
                                  {NULL, NULL}};
  lur_open_class(L, class_name, data, methods, mm_index); /* closes nothing: an experiment may still borrow it */
  lur_set_pairs(L, class_name, fields);
  lur_new_class(L, matrix_name, rows, NULL);
}
