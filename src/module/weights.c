/* SPDX-License-Identifier: MIT
 * Live views of parameters: net.weights[layer][unit][input], net.biases[layer][unit], neuron.weights[input]. A view is
 * an owner, kept by a user value, and a place in it; reading and writing an element reads and writes the owner's own
 * number. Lists may be assigned to whole units and layers. */
#include "module/module.h"

static const char class_name[] = "luron.weights";

enum depth { LAYERS, UNITS, NUMBERS };

struct view {
  struct lur_weights *of;
  enum depth depth;
  bool biases;
  int layer, unit;
};

static int view_length(const struct view *v) {
  const struct lur_shape *s = v->of->shape;
  switch (v->depth) {
  case LAYERS: return s->n_layers;
  case UNITS: return s->width[v->layer + 1];
  default: return v->biases ? s->width[v->layer + 1] : s->width[v->layer];
  }
}

static size_t number_place(const struct lur_shape *s, int layer, int unit, int input) {
  return lur_shape_layer_start(s, layer) + (size_t)unit * ((size_t)s->width[layer] + 1) + (size_t)input;
}

static double *number_at(const struct view *v, int i) {
  const struct lur_shape *s = v->of->shape;
  return v->of->parameters +
         (v->biases ? number_place(s, v->layer, i, s->width[v->layer]) : number_place(s, v->layer, v->unit, i));
}

static struct view inner(const struct view *v, int i) {
  struct view in = *v;
  if (v->depth == LAYERS) {
    in.layer = i;
    in.depth = v->biases ? NUMBERS : UNITS;
  } else {
    in.unit = i;
    in.depth = NUMBERS;
  }
  return in;
}

/* Pushes a view whose owner is the userdata at `index`. */
static void push_view(lua_State *L, int index, struct view with) {
  index = lua_absindex(L, index);
  struct view *v = lua_newuserdatauv(L, sizeof *v, 1);
  *v = with;
  lua_pushvalue(L, index);
  lua_setiuservalue(L, -2, 1);
  luaL_setmetatable(L, class_name);
}

void lur_push_layers_view(lua_State *L, int index, bool biases) {
  push_view(L, index, (struct view){.of = lua_touserdata(L, index), .depth = LAYERS, .biases = biases});
}

void lur_push_unit_view(lua_State *L, int index, int layer, int unit) {
  push_view(L, index, (struct view){.of = lua_touserdata(L, index), .depth = NUMBERS, .layer = layer, .unit = unit});
}

bool lur_push_view_owner(lua_State *L, int index) {
  const struct view *v = luaL_testudata(L, index, class_name);
  bool is_open = v && v->of->parameters;
  if (is_open)
    lua_getiuservalue(L, index, 1);
  return is_open;
}

static const char *view_name(const struct view *v) {
  return v->biases ? "biases" : "weights";
}

static void check_open(lua_State *L, const struct view *v) {
  if (!v->of->parameters)
    lur_raise_field(L, view_name(v), "the network is closed");
}

static struct view *check_view(lua_State *L) {
  struct view *v = luaL_checkudata(L, 1, class_name);
  check_open(L, v);
  return v;
}

/* The element meant by the key at 2, from 0; -1 where there is none. Only a whole number can mean one. */
static int element(lua_State *L, const struct view *v) {
  int is_whole;
  lua_Integer i = lua_tointegerx(L, 2, &is_whole);
  if (!is_whole || lua_type(L, 2) != LUA_TNUMBER)
    lur_raise_field(L, view_name(v), "no element %s; they are counted from 1 to %d", lur_push_found(L, 2),
                    view_length(v));
  return i < 1 || i > view_length(v) ? -1 : (int)i - 1;
}

static int mm_index(lua_State *L) {
  const struct view *v = check_view(L);
  int i = element(L, v);
  if (i < 0) {
    lua_pushnil(L);
  } else if (v->depth == NUMBERS) {
    lua_pushnumber(L, *number_at(v, i));
  } else {
    lua_getiuservalue(L, 1, 1);
    push_view(L, -1, inner(v, i));
  }
  return 1;
}

/* ---- Writing: all is looked at, then all is written, so that a mistake changes nothing ---- */
static void visit(lua_State *L, const struct view *v, int index, bool write);

static void visit_element(lua_State *L, const struct view *v, int i, int index, bool write) {
  if (v->depth == NUMBERS) {
    if (lua_type(L, index) != LUA_TNUMBER)
      lur_raise_field(L, view_name(v), "%s is not a number", lur_push_found(L, index));
    if (write)
      *number_at(v, i) = lua_tonumber(L, index);
  } else {
    struct view in = inner(v, i);
    visit(L, &in, index, write);
  }
}

static const char *element_kind(const struct view *v) {
  static const char *const one[] = {"layer", "unit", "number"}, *const more[] = {"layers", "units", "numbers"};
  return (view_length(v) == 1 ? one : more)[v->depth];
}

/* The list at index, element by element, over what the view shows. */
static void visit(lua_State *L, const struct view *v, int index, bool write) {
  int n = view_length(v), type = lua_type(L, index);
  index = lua_absindex(L, index);
  if (type != LUA_TTABLE && type != LUA_TUSERDATA)
    lur_raise_field(L, view_name(v), "%s is not a list of %d %s", lur_push_found(L, index), n, element_kind(v));
  lua_Integer found = luaL_len(L, index);
  if (found != n)
    lur_raise_field(L, view_name(v), "a list of %lld, but there %s %d %s", (long long)found, n == 1 ? "is" : "are", n,
                    element_kind(v));
  for (int i = 0; i < n; i++) {
    lua_geti(L, index, i + 1);
    check_open(L, v); /* a metamethod of the list may have closed it */
    visit_element(L, v, i, -1, write);
    lua_pop(L, 1);
  }
}

static void assign(lua_State *L, const struct view *v, int index) {
  visit(L, v, index, false);
  visit(L, v, index, true);
}

static int mm_newindex(lua_State *L) {
  const struct view *v = check_view(L);
  int i = element(L, v);
  if (i < 0)
    lur_raise_field(L, view_name(v), "no element %s; they are counted from 1 to %d", lur_push_found(L, 2),
                    view_length(v));
  visit_element(L, v, i, 3, false);
  check_open(L, v);
  visit_element(L, v, i, 3, true);
  return 0;
}

static struct lur_weights *owner_of(const struct lur_shape *shape, double *parameters, struct lur_weights *room) {
  *room = (struct lur_weights){shape, parameters};
  return room;
}

static bool is_one_unit(const struct lur_shape *s) {
  return s->n_layers == 1 && s->width[1] == 1;
}

void lur_read_weights(lua_State *L, int index, const struct lur_shape *shape, double *parameters) {
  struct lur_weights owner;
  struct view v = {.of = owner_of(shape, parameters, &owner), .depth = LAYERS};
  if (is_one_unit(shape) && !lur_holds_lists(L, index)) /* the unit's own, and no layers */
    v.depth = NUMBERS;
  assign(L, &v, index);
}

void lur_read_biases(lua_State *L, int index, const struct lur_shape *shape, double *parameters) {
  struct lur_weights owner;
  struct view v = {.of = owner_of(shape, parameters, &owner), .depth = LAYERS, .biases = true};
  if (!shape->bias)
    lur_raise_field(L, "biases", "given, but bias = false");
  if (is_one_unit(shape) && lua_type(L, index) == LUA_TNUMBER)
    parameters[shape->width[0]] = lua_tonumber(L, index);
  else
    assign(L, &v, index);
}

/* ---- Length and text ---- */
static int mm_len(lua_State *L) {
  lua_pushinteger(L, view_length(check_view(L)));
  return 1;
}

enum { N_SHOWN = 8 };

static int mm_tostring(lua_State *L) {
  const struct view *v = check_view(L);
  int n = view_length(v), n_shown = n < N_SHOWN ? n : N_SHOWN;
  if (v->depth != NUMBERS) {
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
