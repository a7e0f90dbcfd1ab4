/* SPDX-License-Identifier: MIT
 * How much each training pattern counts: pattern_weights (numbers, or a column of the data, which is then no input),
 * times class_weights. They become the data set's own, so that they go where its rows go; "balanced" is computed when
 * it is known which rows are trained (data/classes.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/near_word.h"
#include "data/classes.h"
#include "reading/reading.h"

static const char patterns_path[] = "pattern_weights", classes_path[] = "class_weights";

/* Puts `made`, or the error where it is NULL, in the place of a data set. */
static void replace(struct lur_reader *r, const char *path, struct lur_dataset *made, const struct lur_error *e,
                    struct lur_dataset **set, struct lur_dataset **own) {
  if (!made)
    lur_reader_fail_error_at(r, path, e);
  lur_dataset_free(*own);
  *set = *own = made;
}

/* The weights of the training patterns, 1 each at first, in a set of the reading's own. */
static double *own_weights(struct lur_reader *r, const char *path) {
  struct lur_reading *g = r->reading;
  struct lur_error e;
  double *one = g->train->weights ? NULL : lua_newuserdatauv(r->L, g->train->n * sizeof *one, 0);
  for (size_t i = 0; i < g->train->n && one; i++)
    one[i] = 1;
  if (one || !g->own_train)
    replace(r, path, lur_dataset_weighted(g->train, one ? one : g->train->weights, &e), &e, &g->train, &g->own_train);
  if (one)
    lua_pop(r->L, 1);
  return g->train->weights;
}

static double check_weight(struct lur_reader *r, const char *path, double x, const char *whose) {
  if (isnan(x))
    lur_reader_fail(r, path, "%s is nan, but a weight is a number from 0 up", whose);
  if (x < 0 || isinf(x))
    lur_reader_fail(r, path, "%s is %.15g, but a weight is a number from 0 up", whose, x);
  return x;
}

/* The i-th number of the list on the top. */
static double take_number(struct lur_reader *r, const char *path, size_t i) {
  const char *whose = lua_pushfstring(r->L, "pattern %I", (LUAI_UACINT)(i + 1));
  lua_geti(r->L, -2, (lua_Integer)i + 1);
  if (lua_type(r->L, -1) != LUA_TNUMBER)
    lur_reader_fail(r, path, "%s is %s, not a number", whose, lur_push_found(r->L, -1));
  const double x = check_weight(r, path, lua_tonumber(r->L, -1), whose);
  lua_pop(r->L, 2);
  return x;
}

void lur_read_weight_list(struct lur_reader *r, const char *path, size_t n, double *to) {
  const lua_Integer found = luaL_len(r->L, -1);
  lur_check_list(r, path, -1);
  if (found < 0 || (size_t)found != n)
    lur_reader_fail(r, path, "%lld weight%s, but there are %zu patterns", (long long)found, found == 1 ? "" : "s", n);
  for (size_t i = 0; i < n; i++)
    to[i] = take_number(r, path, i);
}

/* ---- A column ---- */
static void fail_column(struct lur_reader *r, const struct lur_dataset *d, const char *name) {
  const char **names = lua_newuserdatauv(r->L, ((size_t)d->n_inputs + 1) * sizeof *names, 0);
  if (!d->input_names)
    lur_reader_fail(r, patterns_path,
                    "\"%s\" names a column, but the data's columns have no names; a list of numbers is expected", name);
  memcpy(names, d->input_names, (size_t)d->n_inputs * sizeof *names);
  names[d->n_inputs] = NULL;
  const char *near = lur_near_word(name, names);
  lur_reader_fail(r, patterns_path, "the data have no input column \"%s\"%s%s%s", name, near ? "; did you mean " : "",
                  near ? near : "", near ? "?" : "");
}

/* The name of the column that has the weights, on the stack; NULL, and nothing, where none has. */
static const char *push_column(struct lur_reader *r) {
  if (lua_getfield(r->L, r->fields, patterns_path) == LUA_TSTRING)
    return lur_read_text(r, patterns_path);
  lua_pop(r->L, 1);
  return NULL;
}

static void take_column(struct lur_reader *r, const char *name) {
  struct lur_reading *g = r->reading;
  struct lur_error e;
  const int column = lur_dataset_find_input(g->train, name);
  if (column < 0)
    fail_column(r, g->train, name);
  if (g->train->n_inputs == 1)
    lur_reader_fail(r, patterns_path, "the column \"%s\" is the only input", name);
  for (size_t i = 0; i < g->train->n && g->train->missing; i++)
    if (g->train->missing[i * (size_t)g->train->n_inputs + (size_t)column])
      lur_reader_fail(r, patterns_path, "pattern %zu of the column %s is missing, and a weight is not filled", i + 1,
                      name);
  replace(r, patterns_path, lur_dataset_without_input(g->train, column, true, &e), &e, &g->train, &g->own_train);
  for (size_t i = 0; i < g->train->n; i++)
    if (g->train->weights[i] < 0)
      check_weight(r, patterns_path, g->train->weights[i],
                   lua_pushfstring(r->L, "pattern %I of the column %s", (LUAI_UACINT)(i + 1), name));
}

void lur_drop_weight_column(struct lur_reader *r, struct lur_dataset **set, struct lur_dataset **own) {
  const int top = lua_gettop(r->L);
  const char *name = push_column(r);
  struct lur_error e;
  const int column = name ? lur_dataset_find_input(*set, name) : -1;
  if (column >= 0 && (*set)->n_inputs > 1)
    replace(r, patterns_path, lur_dataset_without_input(*set, column, false, &e), &e, set, own);
  lua_settop(r->L, top);
}

/* ---- pattern_weights ---- */
static void read_patterns(struct lur_reader *r) {
  lua_State *L = r->L;
  const char *column = push_column(r);
  if (column && r->reading->train->weights)
    lur_reader_fail(r, patterns_path, "cannot be used beside data that have pattern_weights");
  if (column) {
    take_column(r, column);
    return;
  }
  const bool by_function = lua_getfield(L, r->fields, patterns_path) == LUA_TFUNCTION;
  if (!lur_push_made_field(r, patterns_path, 1) || (!by_function && !lua_toboolean(L, -1)))
    return;
  if (r->reading->train->weights)
    lur_reader_fail(r, patterns_path, "cannot be used beside data that have pattern_weights");
  if (!lur_is_list(L, -1))
    lur_reader_fail(r, patterns_path, "%s, but a list of numbers, or the name of a column, is expected",
                    lur_push_found(L, -1));
  lur_read_weight_list(r, patterns_path, r->reading->train->n, own_weights(r, patterns_path));
}

/* ---- class_weights ---- */
/* Its name, or its number from 1. */
static const char *class_name(const struct lur_dataset *d, uint32_t k, char digits[32]) {
  lur_digits_write((double)k + 1, digits);
  return d->n_classes ? d->classes[k] : digits;
}

/* The class that the key at -2 means; n_classes: none. */
static uint32_t class_of_key(lua_State *L, const struct lur_dataset *d, uint32_t n_classes) {
  char key[32] = "", name[32];
  uint32_t k = 0;
  if (lua_type(L, -2) == LUA_TNUMBER)
    lur_digits_write(lua_tonumber(L, -2), key);
  const char *text = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : key;
  while (k < n_classes && strcmp(class_name(d, k, name), text) != 0)
    k++;
  return k;
}

static void fail_class(struct lur_reader *r, const struct lur_dataset *d, uint32_t n_classes) {
  const char **names = lua_newuserdatauv(r->L, ((size_t)n_classes + 1) * sizeof *names, 0);
  char choices[LUR_CHOICES_BYTES];
  lua_insert(r->L, -3);
  const char *key = luaL_tolstring(r->L, -2, NULL);
  if (!d->n_classes)
    lur_reader_fail(r, classes_path, "there is no class \"%.40s\"; without names they are 1 to %d", key,
                    (int)n_classes);
  memcpy(names, d->classes, n_classes * sizeof *names);
  names[n_classes] = NULL;
  lur_choices_write(lur_near_word(key, names), names, choices);
  lur_reader_fail(r, classes_path, "there is no class \"%.40s\"%s", key, choices);
}

/* A number for each class from the table on the top; 1 where it has none. count: rows of each. */
static void read_table(struct lur_reader *r, uint32_t n_classes, const size_t *count, double *weight) {
  const struct lur_dataset *d = r->reading->train;
  lua_State *L = r->L;
  char name[32];
  for (uint32_t k = 0; k < n_classes; k++)
    weight[k] = -1;
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    const uint32_t k = class_of_key(L, d, n_classes);
    if (k == n_classes)
      fail_class(r, d, n_classes);
    const char *whose = lua_pushfstring(L, "class %s", class_name(d, k, name));
    if (weight[k] >= 0)
      lur_reader_fail(r, classes_path, "%s is there twice", whose);
    if (lua_type(L, -2) != LUA_TNUMBER)
      lur_reader_fail(r, classes_path, "%s has %s, not a number", whose, lur_push_found(L, -2));
    weight[k] = check_weight(r, classes_path, lua_tonumber(L, -2), whose);
    if (count[k] == 0)
      lur_reader_fail(r, classes_path, "%s has no training pattern; leave it out", whose);
    lua_pop(L, 1);
  }
  for (uint32_t k = 0; k < n_classes; k++)
    weight[k] = weight[k] < 0 ? 1 : weight[k];
}

static void fail_no_classes(struct lur_reader *r) {
  lur_reader_fail(r, classes_path,
                  "targets are no classes: there must be one 1 among 0s, or two values of a single target");
}

static void weigh_by_table(struct lur_reader *r, const uint32_t *of, uint32_t n_classes) {
  const size_t n = r->reading->train->n;
  size_t *count = lua_newuserdatauv(r->L, n_classes * sizeof *count, 0);
  double *weight = lua_newuserdatauv(r->L, n_classes * sizeof *weight, 0);
  memset(count, 0, n_classes * sizeof *count);
  for (size_t i = 0; i < n; i++)
    count[of[i]]++;
  lua_getfield(r->L, r->fields, classes_path);
  read_table(r, n_classes, count, weight);
  double *to = own_weights(r, classes_path);
  for (size_t i = 0; i < n; i++)
    to[i] *= weight[of[i]];
}

static void read_classes(struct lur_reader *r) {
  lua_State *L = r->L;
  const int type = lua_getfield(L, r->fields, classes_path);
  if (type == LUA_TNIL || (type == LUA_TBOOLEAN && !lua_toboolean(L, -1)))
    return;
  uint32_t *of = lua_newuserdatauv(L, r->reading->train->n * sizeof *of, 0);
  const uint32_t n_classes = lur_classes_find(r->reading->train, of);
  if (n_classes == 0)
    fail_no_classes(r);
  if (type == LUA_TTABLE) /* else it is "balanced", which needs to know what is trained */
    weigh_by_table(r, of, n_classes);
}

void lur_read_pattern_weights(struct lur_reader *r) {
  const int top = lua_gettop(r->L);
  read_patterns(r);
  lua_settop(r->L, top);
  read_classes(r);
  lua_settop(r->L, top);
}
