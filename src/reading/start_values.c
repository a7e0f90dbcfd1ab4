/* SPDX-License-Identifier: MIT
 * Explicit start values, lists or a network's, laid out as the engine lays out parameters: layer by layer, unit by
 * unit, the unit's weights in input order and then its bias. NaN stands where a value is drawn. A single neuron's may
 * be written flat. And what training leaves as it is: layers, biases, or a mask laid out as weights. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "engine/rounded.h"
#include "reading/reading.h"

enum { LISTS_DEEP = 3 }; /* layers of units of inputs */

struct start {
  struct lur_reader *r;
  const char *path;
  bool flat;   /* a single neuron's own list */
  bool truths; /* of true and false, which become 1 and 0 */
};

/* "layer 1, unit 2: ", the list that the view shows. */
static void write_where(const struct start *s, const struct lur_view *v, char out[64]) {
  out[0] = '\0';
  if (s->flat || v->depth == LUR_LAYERS)
    return;
  int n = snprintf(out, 64, "layer %d", v->layer + 1);
  if (v->depth == LUR_NUMBERS && !v->biases)
    n += snprintf(out + n, 64 - (size_t)n, ", unit %d", v->unit + 1);
  snprintf(out + n, 64 - (size_t)n, ": ");
}

static const char *plural(long long n) {
  return n == 1 ? "" : "s";
}

static void fail_list(void *context, const struct lur_view *v, lua_Integer found) {
  const struct start *s = context;
  const char *item = v->depth != LUR_NUMBERS ? "list" : s->truths ? "boolean" : "number";
  const char *whole = v->depth == LUR_LAYERS ? "layer" : v->depth == LUR_NUMBERS && !v->biases ? "input" : "unit";
  int n = lur_view_length(v);
  char where[64];
  write_where(s, v, where);
  if (found < 0)
    lur_reader_fail(s->r, s->path, "%s%s, but a list of %d %s%s is expected", where, lur_push_found(s->r->L, -1), n,
                    item, plural(n));
  lur_reader_fail(s->r, s->path, "%s%lld %s%s, but there %s %d %s%s", where, (long long)found, item, plural(found),
                  n == 1 ? "is" : "are", n, whole, plural(n));
}

static double take_truth(const struct start *s, const char *where) {
  lua_State *L = s->r->L;
  if (lua_type(L, -1) != LUA_TBOOLEAN)
    lur_reader_fail(s->r, s->path, "%s%s, but a mask is of true and false", where, lur_push_found(L, -1));
  return lua_toboolean(L, -1);
}

static double take_number(void *context, const struct lur_view *v) {
  const struct start *s = context;
  lua_State *L = s->r->L;
  char where[64];
  double x = lua_tonumber(L, -1);
  write_where(s, v, where);
  if (s->truths)
    return take_truth(s, where);
  if (lua_type(L, -1) == LUA_TFUNCTION)
    lur_reader_fail(s->r, s->path, "%sa function is not possible here; a number is expected", where);
  if (lua_type(L, -1) != LUA_TNUMBER)
    lur_reader_fail(s->r, s->path, "%s%s is not a number", where, lur_push_found(L, -1));
  if (!isfinite(x))
    lur_reader_fail(s->r, s->path, "%s%s, but must be finite", where, isnan(x) ? "nan" : "an infinite number");
  return lur_rounded(v->of->shape->precision, x);
}

/* A single neuron's weights may be written as a list of its own, and its bias as a number. */
static bool is_flat(lua_State *L, const struct lur_shape *shape, bool biases) {
  if (!lur_is_one_unit(shape) || !lur_is_list(L, -1))
    return lur_is_one_unit(shape) && biases;
  int type = lua_geti(L, -1, 1);
  lua_pop(L, 1);
  return !biases && (type == LUA_TNUMBER || type == LUA_TBOOLEAN || type == LUA_TNIL);
}

/* The value on the top: no list in it has anything beside its items. */
static void check_lists(struct lur_reader *r, const char *path, int depth) {
  lua_State *L = r->L;
  if (lua_type(L, -1) != LUA_TTABLE)
    return;
  lur_check_list(r, path, -1);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, -1); i <= n && depth > 1; i++, lua_pop(L, 1)) {
    lua_rawgeti(L, -1, i);
    check_lists(r, path, depth - 1);
  }
}

/* The value on the top. */
static void read_one(struct lur_reader *r, const char *path, bool biases, bool truths, double *to) {
  const struct lur_shape *shape = &r->reading->structure.shape;
  struct lur_weights owner = {shape, to};
  struct start s = {r, path, is_flat(r->L, shape, biases), truths};
  const struct lur_view_reader reader = {&s, fail_list, take_number};
  const struct lur_view v = {.of = &owner, .depth = s.flat ? LUR_NUMBERS : LUR_LAYERS, .biases = biases};
  if (biases && !shape->bias)
    lur_reader_fail(r, path, "given, but bias is false");
  check_lists(r, path, LISTS_DEEP);
  if (biases && s.flat)
    to[shape->width[0]] = take_number(&s, &v);
  else
    lur_read_view(r->L, &v, &reader);
}

/* ---- What stays as it is ---- */
static void freeze_item(struct lur_reader *r) {
  lua_State *L = r->L;
  struct lur_spec *spec = &r->reading->spec;
  int is_whole;
  const lua_Integer layer = lua_tointegerx(L, -1, &is_whole);
  const bool is_word = lua_type(L, -1) == LUA_TSTRING;
  if (is_word && strcmp(lua_tostring(L, -1), "biases") == 0)
    spec->frozen_biases = true;
  else if (!is_word && is_whole && layer >= 1 && layer <= LUR_MAX_LAYERS)
    spec->frozen_layers |= (uint32_t)1 << (layer - 1);
  else
    lur_reader_fail(r, "freeze", "%s, but freeze takes %s", lur_push_found(L, -1),
                    lur_field_takes(&lur_fields[LUR_F_FREEZE]));
}

/* Whether the table on the top has items of a mask, lists and truths, or of a list of layers. */
static bool has_items(lua_State *L, bool of_mask) {
  bool has = false;
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, -1); i <= n && !has; i++, lua_pop(L, 1)) {
    const int type = lua_rawgeti(L, -1, i);
    has = of_mask ? type == LUA_TTABLE || type == LUA_TBOOLEAN : type == LUA_TNUMBER || type == LUA_TSTRING;
  }
  return has;
}

/* Whether the table on the top is one mask, or two by name. */
static bool is_mask(lua_State *L) {
  const int top = lua_gettop(L);
  const bool named = lua_getfield(L, top, "weights") != LUA_TNIL || lua_getfield(L, top, "biases") != LUA_TNIL;
  lua_settop(L, top);
  return named || has_items(L, true);
}

/* A list of the items alone of the table at `index`, without names. */
static void push_items(lua_State *L, int index) {
  const lua_Integer n = (lua_Integer)lua_rawlen(L, index);
  lua_createtable(L, (int)n, 0);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, index, i);
    lua_rawseti(L, -2, i);
  }
}

/* Names but those of a mask mean nothing here. */
static void check_names(struct lur_reader *r) {
  lua_State *L = r->L;
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "weights";
    if (strcmp(name, "weights") != 0 && strcmp(name, "biases") != 0)
      lur_reader_fail(r, "freeze", "%s means nothing here; write a layer's number, \"biases\", or a list of these",
                      name);
  }
}

void lur_read_freeze(struct lur_reader *r) {
  lua_State *L = r->L;
  const int type = lua_getfield(L, r->fields, "freeze");
  if (type == LUA_TNIL || (type == LUA_TBOOLEAN && !lua_toboolean(L, -1)))
    return;
  if (type == LUA_TTABLE)
    check_names(r);
  if (type == LUA_TTABLE && is_mask(L) && has_items(L, false))
    lur_reader_fail(r, "freeze", "a mask and layers beside it; write the layers into the mask, or leave the mask out");
  if (type != LUA_TTABLE) {
    freeze_item(r);
  } else if (!is_mask(L)) {
    for (lua_Integer i = 1, n = luaL_len(L, -1); i <= n; i++, lua_pop(L, 1)) {
      lua_geti(L, -1, i);
      freeze_item(r);
    }
  }
}

/* A mask of nothing is none. */
static bool any_true(const double *mask, size_t n) {
  bool any = false;
  for (size_t k = 0; k < n; k++)
    any = any || mask[k] != 0;
  return any;
}

static void read_mask(struct lur_reader *r) {
  static const char *const names[] = {"weights", "biases"}, *const paths[] = {"freeze.weights", "freeze.biases"};
  lua_State *L = r->L;
  struct lur_reading *g = r->reading;
  const size_t n = lur_shape_n_parameters(&g->structure.shape);
  if (lua_getfield(L, r->fields, "freeze") == LUA_TTABLE && is_mask(L)) {
    if (!(g->frozen = lur_alloc(n, sizeof(double))))
      lur_raise_memory(L);
    g->spec.frozen = g->frozen;
    g->spec.n_frozen = n;
    const int mask = lua_gettop(L);
    if (lua_geti(L, mask, 1) != LUA_TNIL) {
      push_items(L, mask);
      read_one(r, "freeze", false, true, g->frozen);
    }
    for (int i = 0; i < 2; i++) {
      lua_settop(L, r->held + 1);
      if (lua_getfield(L, -1, names[i]) != LUA_TNIL)
        read_one(r, paths[i], i == 1, true, g->frozen);
    }
    if (!any_true(g->frozen, n))
      g->spec.frozen = NULL;
  }
  lua_settop(L, r->held);
}

/* ---- Start values ---- */
/* Makes room for all parameters, drawn as yet. */
static void begin(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  const size_t n = lur_shape_n_parameters(&g->structure.shape);
  if (g->start)
    return;
  if (!(g->start = lur_alloc(n, sizeof *g->start)))
    lur_raise_memory(r->L);
  for (size_t k = 0; k < n; k++)
    g->start[k] = NAN;
  g->spec.start = g->start;
  g->spec.n_start = n;
}

static void take_network(struct lur_reader *r, const struct lur_network *n) {
  lur_check_start(r, n);
  begin(r);
  for (size_t k = 0; k < r->reading->spec.n_start; k++)
    r->reading->start[k] = lur_rounded(r->reading->structure.shape.precision, n->parameters[k]);
}

void lur_read_start_values(struct lur_reader *r) {
  static const char *const names[] = {"weights", "biases"};
  const struct lur_network *network = lur_network_given(r->L, r->fields, "start");
  if (network)
    take_network(r, network);
  for (int i = 0; i < 2; i++) {
    if (lua_getfield(r->L, r->fields, names[i]) != LUA_TNIL) {
      if (lua_type(r->L, -1) == LUA_TFUNCTION)
        lur_call_with_parameters(r, 1);
      begin(r);
      read_one(r, names[i], i == 1, false, r->reading->start);
    }
    lua_settop(r->L, r->held);
  }
  read_mask(r);
}
