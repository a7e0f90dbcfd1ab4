/* SPDX-License-Identifier: MIT
 * net:loss(data), net:accuracy(data) and net:confusion(data): how well a network answers patterns whose targets are
 * known. The data are a data set, or a table of two lists, which become one. Whatever is made here hangs on a userdata
 * before anything may raise. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/scores.h"
#include "module/module.h"

static const char confusion_name[] = "luron.confusion";

/* What ends the pass over the patterns: nothing where a metric is asked for after the signal. */
static const atomic_int *cancel(void) {
  return atomic_load(lur_signal_flag()) ? NULL : lur_signal_flag();
}

static int fail(lua_State *L, int code, const struct lur_error *e) {
  return code == LUR_ECANCELLED ? luaL_error(L, "interrupted") : lur_raise(L, e);
}

static const struct lur_network *check_self(lua_State *L, const char *call) {
  lur_check_self(L, "luron.network", call);
  lua_settop(L, 3);
  return lur_check_network(L, 1);
}

/* ---- The patterns ---- */
/* The numbers of d's rows, from a list of patterns: the inputs of n, or targets. */
static void read_rows(lua_State *L, int table, bool are_inputs, const struct lur_network *n, struct lur_dataset *d) {
  const char *name = are_inputs ? "inputs" : "targets";
  lua_getfield(L, table, name);
  for (size_t i = 0; i < d->n; i++) {
    lua_geti(L, -1, (lua_Integer)i + 1);
    if (are_inputs)
      lur_read_row(L, -1, name, n, d->inputs + i * (size_t)d->n_inputs);
    else
      lur_read_list(L, -1, name, d->n_outputs, d->targets + i * (size_t)d->n_outputs);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static size_t count_rows(lua_State *L, int table, const char *name) {
  const int type = lua_getfield(L, table, name);
  if (type != LUA_TTABLE && type != LUA_TUSERDATA)
    lur_raise_field(L, name, "%s, but a list of patterns is expected", lur_push_found(L, -1));
  const lua_Integer n = luaL_len(L, -1);
  lua_pop(L, 1);
  if (n < 1)
    lur_raise_field(L, name, "there are no patterns; at least 1 is needed");
  return (size_t)n;
}

static struct lur_dataset *read_lists(lua_State *L, int table, const struct lur_network *n) {
  struct lur_error e;
  const size_t rows = count_rows(L, table, "inputs"), n_targets = count_rows(L, table, "targets");
  const int n_inputs = n->shape.width[0], n_outputs = n->shape.width[n->shape.n_layers];
  if (n_targets != rows)
    lur_raise_field(L, "targets", "%zu patterns, but inputs has %zu", n_targets, rows);
  struct lur_dataset **place = lur_new_data(L), *d = lur_dataset_new(rows, n_inputs, n_outputs, &e);
  *place = d;
  if (!d)
    lur_raise(L, &e);
  read_rows(L, table, true, n, d);
  read_rows(L, table, false, n, d);
  return d;
}

/* The data set at 2 as the network reads it, its classes in the order of the network's; what is made for that stays on
 * the stack. */
static const struct lur_dataset *check_data(lua_State *L, const struct lur_network *n, const char *name) {
  const struct lur_class_names classes = {"the network's outputs", n->n_classes, n->classes};
  struct lur_dataset *d = lur_to_data(L, 2);
  struct lur_error e;
  if (!d && !lua_istable(L, 2))
    lur_raise_field(L, name, "%s, but a data set or { inputs = ..., targets = ... } is expected", lur_push_found(L, 2));
  if (!d)
    return read_lists(L, 2, n);
  d = lur_push_as_read(L, n, d);
  if (!d->n_classes || lur_dataset_has_classes(d, &classes))
    return d;
  struct lur_dataset **place = lur_new_data(L);
  *place = lur_dataset_match(d, &classes, &e);
  if (!*place)
    lur_raise(L, &e);
  return *place;
}

/* ---- Loss and accuracy ---- */
static enum lur_loss check_loss(lua_State *L, const struct lur_network *n) {
  int at = 0;
  if (lua_isnoneornil(L, 3))
    return lur_network_loss(n);
  const char *name = lua_type(L, 3) == LUA_TSTRING ? lua_tostring(L, 3) : "";
  while (lur_loss_names[at] && strcmp(lur_loss_names[at], name) != 0)
    at++;
  if (!lur_loss_names[at])
    lur_raise_field(L, "loss", "%s is not one of %s", lur_push_found(L, 3), lur_push_joined(L, lur_loss_names));
  return (enum lur_loss)at;
}

static int push_number(lua_State *L, double x) {
  isnan(x) ? lua_pushnil(L) : lua_pushnumber(L, x);
  return 1;
}

static int m_loss(lua_State *L) {
  const struct lur_network *n = check_self(L, "net:loss");
  struct lur_scores scores;
  struct lur_error e;
  const struct lur_dataset *d = check_data(L, n, "loss");
  const int code = lur_network_score(n, d, check_loss(L, n), cancel(), &scores, &e);
  if (code)
    fail(L, code, &e);
  return push_number(L, scores.loss);
}

/* The loss is one that takes all targets, and is finite where outputs are. */
static int m_accuracy(lua_State *L) {
  const struct lur_network *n = check_self(L, "net:accuracy");
  struct lur_scores scores;
  struct lur_error e;
  const struct lur_dataset *d = check_data(L, n, "accuracy");
  const int code = lur_network_score(n, d, LUR_MSE, cancel(), &scores, &e);
  if (code)
    fail(L, code, &e);
  return push_number(L, scores.accuracy);
}

/* ---- Confusion: m[i][j] and m.classes ---- */
enum { CLASSES = 1, TEXTS, N_SLOTS = TEXTS }; /* user values: the names of the classes; as texts */

static struct lur_confusion *check_confusion(lua_State *L) {
  return luaL_checkudata(L, 1, confusion_name);
}

static int mm_gc(lua_State *L) {
  struct lur_confusion *c = check_confusion(L);
  free(c->count);
  *c = (struct lur_confusion){0};
  return 0;
}

static void push_class(lua_State *L, const struct lur_confusion *c, const struct lur_network *n, int k) {
  const bool is_value = n->shape.width[n->shape.n_layers] == 1;
  if (n->n_classes == c->n_classes)
    lua_pushstring(L, n->classes[k]);
  else if (is_value && c->value[k] != (double)(lua_Integer)c->value[k])
    lua_pushnumber(L, c->value[k]);
  else
    lua_pushinteger(L, is_value ? (lua_Integer)c->value[k] : k + 1);
}

/* Names the classes of the confusion on the top. */
static void name_classes(lua_State *L, const struct lur_confusion *c, const struct lur_network *n) {
  char text[64];
  const int at = lua_gettop(L);
  lua_createtable(L, c->n_classes, 0);
  lua_createtable(L, c->n_classes, 0);
  for (int k = 0; k < c->n_classes; k++) {
    push_class(L, c, n, k);
    lua_pushstring(L, lur_utf8_line(luaL_tolstring(L, -1, NULL), text, sizeof text));
    lua_rawseti(L, at + 2, k + 1);
    lua_pop(L, 1);
    lua_rawseti(L, at + 1, k + 1);
  }
  lua_setiuservalue(L, at, TEXTS);
  lua_setiuservalue(L, at, CLASSES);
}

static int m_confusion(lua_State *L) {
  const struct lur_network *n = check_self(L, "net:confusion");
  struct lur_error e;
  const struct lur_dataset *d = check_data(L, n, "confusion");
  struct lur_confusion *c = lua_newuserdatauv(L, sizeof *c, N_SLOTS);
  *c = (struct lur_confusion){0};
  luaL_setmetatable(L, confusion_name);
  const int code = lur_network_confuse(n, d, cancel(), c, &e);
  if (code)
    fail(L, code, &e);
  name_classes(L, c, n);
  return 1;
}

static int mm_len(lua_State *L) {
  lua_pushinteger(L, check_confusion(L)->n_classes);
  return 1;
}

static int mm_index(lua_State *L) {
  static const char *const names[] = {"classes", NULL};
  const struct lur_confusion *c = check_confusion(L);
  int is_whole;
  const lua_Integer i = lua_tointegerx(L, 2, &is_whole);
  if (lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), "classes") == 0) {
    lua_getiuservalue(L, 1, CLASSES);
    return 1;
  }
  if (lua_type(L, 2) == LUA_TSTRING)
    lur_raise_unknown(L, lua_tostring(L, 2), names);
  if (!is_whole || i < 1 || i > c->n_classes)
    return 0;
  lua_createtable(L, c->n_classes, 0);
  for (int j = 0; j < c->n_classes; j++) {
    lua_pushinteger(L, (lua_Integer)c->count[(i - 1) * c->n_classes + j]);
    lua_rawseti(L, -2, j + 1);
  }
  return 1;
}

/* ---- As a text: each row a target's class, each column an answered one ---- */
/* Columns of a terminal: characters of UTF-8 that begin one. */
static int n_columns(const char *text) {
  int n = 0;
  for (; *text; text++)
    n += ((unsigned char)*text & 0xc0) != 0x80;
  return n;
}

static void add_padded(luaL_Buffer *b, const char *text, int width, bool left) {
  if (left)
    luaL_addstring(b, text);
  for (int n = n_columns(text); n < width; n++)
    luaL_addchar(b, ' ');
  if (!left)
    luaL_addstring(b, text);
}

/* Held by the list of texts at `texts`. */
static const char *text_of(lua_State *L, int texts, int k) {
  lua_rawgeti(L, texts, k + 1);
  const char *text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

static int widest(lua_State *L, int texts, const struct lur_confusion *c) {
  char digits[24];
  int most = 0;
  for (int k = 0; k < c->n_classes; k++) {
    const int n = n_columns(text_of(L, texts, k));
    most = n > most ? n : most;
  }
  const size_t n_classes = (size_t)c->n_classes;
  for (size_t k = 0; k < n_classes * n_classes; k++) {
    const int n = snprintf(digits, sizeof digits, "%" PRIu64, c->count[k]);
    most = n > most ? n : most;
  }
  return most;
}

static int mm_tostring(lua_State *L) {
  static const char corner[] = "target \\ answer";
  const struct lur_confusion *c = check_confusion(L);
  char digits[24];
  luaL_Buffer b;
  lua_settop(L, 1);
  lua_getiuservalue(L, 1, TEXTS);
  const int cell = widest(L, 2, c) + 2, first = cell > (int)sizeof corner ? cell : (int)sizeof corner - 1;
  luaL_buffinit(L, &b);
  add_padded(&b, corner, first, true);
  for (int j = 0; j < c->n_classes; j++)
    add_padded(&b, text_of(L, 2, j), cell, false);
  for (int i = 0; i < c->n_classes; i++) {
    luaL_addchar(&b, '\n');
    add_padded(&b, text_of(L, 2, i), first, true);
    for (int j = 0; j < c->n_classes; j++) {
      snprintf(digits, sizeof digits, "%" PRIu64, c->count[(size_t)i * (size_t)c->n_classes + (size_t)j]);
      add_padded(&b, digits, cell, false);
    }
  }
  luaL_pushresult(&b);
  return 1;
}

void lur_open_network_scores(lua_State *L) {
  static const luaL_Reg confusion[] = {{"__index", mm_index},       {"__len", mm_len}, {"__pairs", lur_pairs_of_list},
                                       {"__tostring", mm_tostring}, {"__gc", mm_gc},   {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"loss", m_loss}, {"accuracy", m_accuracy}, {"confusion", m_confusion}, {NULL, NULL}};
  lur_new_class(L, confusion_name, confusion, NULL);
  lur_set_frozen(L, confusion_name, "a confusion cannot be changed");
  lur_add_methods(L, "luron.network", methods);
}
