/* SPDX-License-Identifier: MIT
 * Explicit start values, laid out as the engine lays out parameters: layer by layer, unit by unit, the unit's weights
 * in input order and then its bias. NaN stands where a value is drawn. A single neuron's may be written flat. */
#include <math.h>
#include <stdio.h>

#include "base/memory.h"
#include "reading/reading.h"

struct start {
  struct lur_reader *r;
  const struct lur_shape *shape;
  const char *path;
  double *to;
};

static double take(const struct start *s, const char *where) {
  lua_State *L = s->r->L;
  if (lua_type(L, -1) == LUA_TFUNCTION)
    lur_reader_fail(s->r, s->path, "%sa function is not possible here yet; a number is expected", where);
  if (lua_type(L, -1) != LUA_TNUMBER)
    lur_reader_fail(s->r, s->path, "%s%s is not a number", where, lur_push_found(L, -1));
  double x = lua_tonumber(L, -1);
  if (!isfinite(x))
    lur_reader_fail(s->r, s->path, "%s%s, but must be finite", where, isnan(x) ? "nan" : "an infinite number");
  lua_pop(L, 1);
  return s->shape->precision == LUR_SINGLE ? (double)(float)x : x;
}

static const char *plural(long long n) {
  return n == 1 ? "" : "s";
}

/* The list on the top has n of an item ("number"), one for each `whole`, else a message. */
static void check_length(const struct start *s, const char *where, int n, const char *item, const char *whole) {
  lua_State *L = s->r->L;
  if (!lur_is_list(L, -1))
    lur_reader_fail(s->r, s->path, "%s%s, but a list of %d %s%s is expected", where, lur_push_found(L, -1), n, item,
                    plural(n));
  lua_Integer found = luaL_len(L, -1);
  if (found != n)
    lur_reader_fail(s->r, s->path, "%s%lld %s%s, but there %s %d %s%s", where, (long long)found, item, plural(found),
                    n == 1 ? "is" : "are", n, whole, plural(n));
}

static void read_unit(const struct start *s, int layer, int unit, double *to) {
  char where[64];
  int n = s->shape->width[layer];
  snprintf(where, sizeof where, "layer %d, unit %d: ", layer + 1, unit + 1);
  check_length(s, where, n, "number", "input");
  for (int i = 0; i < n; i++) {
    lua_geti(s->r->L, -1, i + 1);
    to[i] = take(s, where);
  }
}

static void read_layer(const struct start *s, int layer, bool weights) {
  char where[64];
  int n = s->shape->width[layer + 1], stride = s->shape->width[layer] + 1;
  double *to = s->to + lur_shape_layer_start(s->shape, layer);
  snprintf(where, sizeof where, "layer %d: ", layer + 1);
  check_length(s, where, n, weights ? "list" : "number", "unit");
  for (int j = 0; j < n; j++) {
    lua_geti(s->r->L, -1, j + 1);
    if (weights)
      read_unit(s, layer, j, to + j * stride);
    else
      to[j * stride + stride - 1] = take(s, where);
    if (weights)
      lua_pop(s->r->L, 1);
  }
}

static void read_layers(const struct start *s, bool weights) {
  check_length(s, "", s->shape->n_layers, "list", "layer");
  for (int l = 0; l < s->shape->n_layers; l++) {
    lua_geti(s->r->L, -1, l + 1);
    read_layer(s, l, weights);
    lua_pop(s->r->L, 1);
  }
}

static bool is_neuron(const struct lur_shape *s) {
  return s->n_layers == 1 && s->width[1] == 1;
}

static bool holds_numbers(lua_State *L) {
  if (!lur_is_list(L, -1))
    return false;
  int type = lua_geti(L, -1, 1);
  lua_pop(L, 1);
  return type == LUA_TNUMBER || type == LUA_TNIL;
}

static void read_weights(const struct start *s) {
  lua_State *L = s->r->L;
  int n = s->shape->width[0];
  if (!is_neuron(s->shape) || !holds_numbers(L)) {
    read_layers(s, true);
    return;
  }
  check_length(s, "", n, "number", "input");
  for (int i = 0; i < n; i++) {
    lua_geti(L, -1, i + 1);
    s->to[i] = take(s, "");
  }
}

static void read_biases(const struct start *s) {
  if (!s->shape->bias)
    lur_reader_fail(s->r, s->path, "given, but bias is false");
  if (is_neuron(s->shape) && !lur_is_list(s->r->L, -1)) {
    lua_pushvalue(s->r->L, -1);
    s->to[s->shape->width[0]] = take(s, "");
  } else {
    read_layers(s, false);
  }
}

static void make_room(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  if (g->start)
    return;
  size_t n = lur_shape_n_parameters(&g->structure.shape);
  g->start = lur_alloc(n, sizeof(double));
  if (!g->start)
    lur_raise_memory(r->L);
  for (size_t i = 0; i < n; i++)
    g->start[i] = NAN;
  g->spec.start = g->start;
  g->spec.n_start = n;
}

void lur_read_start_values(struct lur_reader *r) {
  struct start s = {.r = r, .shape = &r->reading->structure.shape};
  static const char *const names[] = {"weights", "biases"};
  for (int i = 0; i < 2; i++) {
    s.path = names[i];
    if (lua_getfield(r->L, r->fields, s.path) != LUA_TNIL) {
      if (lua_type(r->L, -1) == LUA_TFUNCTION)
        lur_call_with_parameters(r, 1);
      make_room(r);
      s.to = r->reading->start;
      (i ? read_biases : read_weights)(&s);
    }
    lua_settop(r->L, r->kept);
  }
}
