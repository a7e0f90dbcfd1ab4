/* SPDX-License-Identifier: MIT
 * Live views of parameters: net.weights[layer][unit][input], net.biases[layer][unit], neuron.weights[input]. A view is
 * an owner, kept by a user value, and a place in it; reading and writing an element reads and writes the owner's own
 * number. Lists may be assigned to whole units and layers. */
#include "module/module.h"

static const char class_name[] = "luron.weights";
enum { OWNER = 1 }; /* user value */

int lur_view_length(const struct lur_view *v) {
  const struct lur_shape *s = v->of->shape;
  switch (v->depth) {
  case LUR_LAYERS: return s->n_layers;
  case LUR_UNITS: return s->width[v->layer + 1];
  case LUR_NUMBERS: break;
  }
  return v->biases ? s->width[v->layer + 1] : lur_shape_fan_in(s, v->layer);
}

static size_t number_place(const struct lur_shape *s, int layer, int unit, int input) {
  return lur_shape_layer_start(s, layer) + (size_t)unit * ((size_t)lur_shape_fan_in(s, layer) + 1) + (size_t)input;
}

static double *number_at(const struct lur_view *v, int i) {
  const struct lur_shape *s = v->of->shape;
  return v->of->parameters + (v->biases ? number_place(s, v->layer, i, lur_shape_fan_in(s, v->layer))
                                        : number_place(s, v->layer, v->unit, i));
}

static struct lur_view inner(const struct lur_view *v, int i) {
  struct lur_view in = *v;
  if (v->depth == LUR_LAYERS) {
    in.layer = i;
    in.depth = v->biases ? LUR_NUMBERS : LUR_UNITS;
  } else {
    in.unit = i;
    in.depth = LUR_NUMBERS;
  }
  return in;
}

/* Pushes a view whose owner is the userdata at `index`. */
static void push_view(lua_State *L, int index, struct lur_view with) {
  index = lua_absindex(L, index);
  struct lur_view *v = lua_newuserdatauv(L, sizeof *v, 1);
  *v = with;
  lua_pushvalue(L, index);
  lua_setiuservalue(L, -2, OWNER);
  luaL_setmetatable(L, class_name);
}

void lur_push_layers_view(lua_State *L, int index, bool biases) {
  push_view(L, index, (struct lur_view){.of = lua_touserdata(L, index), .depth = LUR_LAYERS, .biases = biases});
}

void lur_push_unit_view(lua_State *L, int index, int layer, int unit) {
  push_view(L, index,
            (struct lur_view){.of = lua_touserdata(L, index), .depth = LUR_NUMBERS, .layer = layer, .unit = unit});
}

bool lur_push_view_owner(lua_State *L, int index) {
  const struct lur_view *v = luaL_testudata(L, index, class_name);
  bool is_open = v && v->of->parameters;
  if (is_open)
    lua_getiuservalue(L, index, OWNER);
  return is_open;
}

static const char *view_name(const struct lur_view *v) {
  return v->biases ? "biases" : "weights";
}

static void check_open(lua_State *L, const struct lur_view *v) {
  if (!v->of->parameters)
    lur_raise_field(L, view_name(v), "the network is closed");
}

static struct lur_view *check_view(lua_State *L) {
  struct lur_view *v = luaL_checkudata(L, 1, class_name);
  check_open(L, v);
  return v;
}

/* The element meant by the key at 2, from 0; -1 where there is none. Only a whole number can mean one. */
static int element(lua_State *L, const struct lur_view *v) {
  int is_whole;
  lua_Integer i = lua_tointegerx(L, 2, &is_whole);
  if (!is_whole || lua_type(L, 2) != LUA_TNUMBER)
    lur_raise_field(L, view_name(v), "no element %s; they are counted from 1 to %d", lur_push_found(L, 2),
                    lur_view_length(v));
  return i < 1 || i > lur_view_length(v) ? -1 : (int)i - 1;
}

static int mm_index(lua_State *L) {
  const struct lur_view *v = check_view(L);
  int i = element(L, v);
  if (i < 0) {
    lua_pushnil(L);
  } else if (v->depth == LUR_NUMBERS) {
    lua_pushnumber(L, *number_at(v, i));
  } else {
    lua_getiuservalue(L, 1, OWNER);
    push_view(L, -1, inner(v, i));
  }
  return 1;
}

/* ---- Reading lists over what a view shows ---- */
static const char *element_kind(const struct lur_view *v) {
  static const char *const one[] = {[LUR_LAYERS] = "layer", [LUR_UNITS] = "unit", [LUR_NUMBERS] = "number"};
  static const char *const more[] = {[LUR_LAYERS] = "layers", [LUR_UNITS] = "units", [LUR_NUMBERS] = "numbers"};
  return (lur_view_length(v) == 1 ? one : more)[v->depth];
}

static void fail_list(void *context, const struct lur_view *v, lua_Integer found) {
  lua_State *L = context;
  int n = lur_view_length(v);
  if (found < 0)
    lur_raise_field(L, view_name(v), "%s is not a list of %d %s", lur_push_found(L, -1), n, element_kind(v));
  lur_raise_field(L, view_name(v), "a list of %lld, but there %s %d %s", (long long)found, n == 1 ? "is" : "are", n,
                  element_kind(v));
}

static double take_number(void *context, const struct lur_view *v) {
  lua_State *L = context;
  if (lua_type(L, -1) != LUA_TNUMBER)
    lur_raise_field(L, view_name(v), "%s is not a number", lur_push_found(L, -1));
  return lua_tonumber(L, -1);
}

static void read_value(lua_State *L, const struct lur_view *v, const struct lur_view_reader *r, bool write);

/* The value on the top is the i-th element. */
static void read_element(lua_State *L, const struct lur_view *v, int i, const struct lur_view_reader *r, bool write) {
  if (v->depth == LUR_NUMBERS) {
    double x = r->take(r->context, v);
    if (write)
      *number_at(v, i) = x;
  } else {
    struct lur_view in = inner(v, i);
    read_value(L, &in, r, write);
  }
}

static void read_value(lua_State *L, const struct lur_view *v, const struct lur_view_reader *r, bool write) {
  int n = lur_view_length(v);
  if (!lur_is_list(L, -1))
    r->fail(r->context, v, -1);
  lua_Integer found = luaL_len(L, -1);
  if (found != n)
    r->fail(r->context, v, found);
  for (int i = 0; i < n; i++) {
    lua_geti(L, -1, i + 1);
    check_open(L, v); /* a metamethod of the list may have closed it */
    read_element(L, v, i, r, write);
    lua_pop(L, 1);
  }
}

void lur_read_view(lua_State *L, const struct lur_view *v, const struct lur_view_reader *r) {
  read_value(L, v, r, true);
}

/* All is looked at, then all is written, so that a mistake changes nothing. */
static void assign(lua_State *L, const struct lur_view *v, int index) {
  const struct lur_view_reader r = {L, fail_list, take_number};
  lua_pushvalue(L, index);
  read_value(L, v, &r, false);
  read_value(L, v, &r, true);
  lua_pop(L, 1);
}

static int mm_newindex(lua_State *L) {
  const struct lur_view *v = check_view(L);
  int i = element(L, v);
  if (i < 0)
    lur_raise_field(L, view_name(v), "no element %s; they are counted from 1 to %d", lur_push_found(L, 2),
                    lur_view_length(v));
  const struct lur_view_reader r = {L, fail_list, take_number};
  lua_settop(L, 3);
  read_element(L, v, i, &r, false);
  check_open(L, v);
  read_element(L, v, i, &r, true);
  return 0;
}

bool lur_is_one_unit(const struct lur_shape *s) {
  return s->n_layers == 1 && s->width[1] == 1;
}

void lur_read_weights(lua_State *L, int index, const struct lur_shape *shape, double *parameters) {
  struct lur_weights owner = {shape, parameters};
  struct lur_view v = {.of = &owner, .depth = LUR_LAYERS};
  if (lur_is_one_unit(shape) && !lur_holds_lists(L, index)) /* the unit's own, and no layers */
    v.depth = LUR_NUMBERS;
  assign(L, &v, index);
}

void lur_read_biases(lua_State *L, int index, const struct lur_shape *shape, double *parameters) {
  struct lur_weights owner = {shape, parameters};
  struct lur_view v = {.of = &owner, .depth = LUR_LAYERS, .biases = true};
  if (!shape->bias)
    lur_raise_field(L, "biases", "given, but bias = false");
  if (lur_is_one_unit(shape) && lua_type(L, index) == LUA_TNUMBER)
    parameters[shape->width[0]] = lua_tonumber(L, index);
  else
    assign(L, &v, index);
}

/* ---- Length and text ---- */
static int mm_len(lua_State *L) {
  lua_pushinteger(L, lur_view_length(check_view(L)));
  return 1;
}

enum { N_SHOWN = 8 };

static int mm_tostring(lua_State *L) {
  const struct lur_view *v = check_view(L);
  int n = lur_view_length(v), n_shown = n < N_SHOWN ? n : N_SHOWN;
  if (v->depth != LUR_NUMBERS) {
    lua_pushfstring(L, "%s of %d %s", view_name(v), n, element_kind(v));
    return 1;
  }
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  luaL_addchar(&b, '{');
  for (int i = 0; i < n_shown; i++) {
    luaL_addstring(&b, i ? ", " : "");
    lua_pushnumber(L, *number_at(v, i));
    luaL_addvalue(&b);
  }
  luaL_addstring(&b, n > n_shown ? ", ...}" : "}");
  luaL_pushresult(&b);
  return 1;
}

void lur_open_weights(lua_State *L) {
  static const luaL_Reg metamethods[] = {{"__index", mm_index},          {"__newindex", mm_newindex}, {"__len", mm_len},
                                         {"__pairs", lur_pairs_of_list}, {"__tostring", mm_tostring}, {NULL, NULL}};
  lur_new_class(L, class_name, metamethods, NULL);
}
