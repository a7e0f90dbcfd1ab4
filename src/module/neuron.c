/* SPDX-License-Identifier: MIT
 * luron.neuron{}: one unit with everything it needs in one userdata: parameters, and room for an input and the
 * forward pass. A method knows its neuron by a pointer in it, without a look into the registry, which is what keeps a
 * step written in Lua cheap. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "module/module.h"

static const char class_name[] = "luron.neuron";
enum { WEIGHTS = 1 }; /* user value: the view of them */

struct neuron {
  struct lur_weights head;
  const char *class_name; /* this file's own: no other userdata holds the pointer */
  struct lur_shape shape;
  double *input, *work; /* width[0], and for the pass forward; behind the parameters */
  double numbers[];     /* parameters, input, work */
};

/* Light userdata and strings have no such length or no such pointer, and no other block of this size starts so. */
static struct neuron *check_neuron(lua_State *L, const char *call) {
  struct neuron *n = lua_touserdata(L, 1);
  if (!n || lua_rawlen(L, 1) < sizeof *n || n->class_name != class_name)
    call ? lur_raise_self(L, call) : luaL_typeerror(L, 1, class_name);
  return n;
}

static int m_forward(lua_State *L) {
  struct neuron *n = check_neuron(L, "neuron:forward");
  double out;
  lur_read_list(L, 2, "forward", n->shape.width[0], n->input);
  lur_forward(&n->shape, n->head.parameters, n->input, n->work, &out);
  lua_pushnumber(L, out);
  return 1;
}

static double check_number(lua_State *L, int index, const char *name) {
  if (lua_type(L, index) != LUA_TNUMBER)
    lur_raise_field(L, "update", "%s is %s, not a number", name, lur_push_found(L, index));
  return lua_tonumber(L, index);
}

static int m_update(lua_State *L) {
  struct neuron *n = check_neuron(L, "neuron:update");
  lur_read_list(L, 2, "update", n->shape.width[0], n->input);
  double error = check_number(L, 3, "the error"), learning_rate = check_number(L, 4, "the learning rate");
  lur_neuron_update(&n->shape, n->head.parameters, n->input, error, learning_rate);
  return 0;
}

/* ---- Fields ---- */
static const char *const fields[] = {"weights", "bias", "inputs", "activation", "forward", "update", NULL};

static double *bias_of(struct neuron *n) {
  return &n->head.parameters[n->shape.width[0]];
}

/* Upvalue 1 is the table of methods, which each check their neuron themselves. */
static int mm_index(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
    return 1;
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  struct neuron *n = check_neuron(L, NULL);
  const char *name = lua_tostring(L, 2);
  if (strcmp(name, "weights") == 0) {
    if (lua_getiuservalue(L, 1, WEIGHTS) != LUA_TNIL) /* the view is made once */
      return 1;
    lur_push_unit_view(L, 1, 0, 0);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, 1, WEIGHTS);
    return 1;
  }
  if (strcmp(name, "bias") == 0 && n->shape.bias)
    lua_pushnumber(L, *bias_of(n));
  else if (strcmp(name, "bias") == 0)
    lua_pushnil(L);
  else if (strcmp(name, "inputs") == 0)
    lua_pushinteger(L, n->shape.width[0]);
  else if (strcmp(name, "activation") == 0)
    lua_pushstring(L, lur_activation_names[n->shape.output]);
  else
    lur_raise_unknown(L, name, fields);
  return 1;
}

static int mm_newindex(lua_State *L) {
  struct neuron *n = check_neuron(L, NULL);
  const char *name = luaL_checkstring(L, 2);
  if (strcmp(name, "weights") == 0)
    lur_read_list(L, 3, name, n->shape.width[0], n->head.parameters);
  else if (strcmp(name, "bias") != 0)
    lur_raise_field(L, name, "cannot be set; weights and bias can");
  else if (!n->shape.bias)
    lur_raise_field(L, name, "this neuron has none; make it with bias = true");
  else
    lur_read_list(L, 3, name, 1, bias_of(n));
  return 0;
}

/* ---- Text: "luron.neuron: sigmoid(0.37 x1 - 1.2 x2 + 0.5)" ---- */
enum { N_SHOWN = 6 };

static void add_term(luaL_Buffer *b, double w, int input, bool is_first) {
  char text[64];
  const char *sign = is_first ? (w < 0 ? "-" : "") : w < 0 ? " - " : " + ";
  int n = isnan(w) ? snprintf(text, sizeof text, "%snan", sign) : snprintf(text, sizeof text, "%s%.5g", sign, fabs(w));
  luaL_addlstring(b, text, (size_t)n);
  if (input) {
    n = snprintf(text, sizeof text, " x%d", input);
    luaL_addlstring(b, text, (size_t)n);
  }
}

static int mm_tostring(lua_State *L) {
  struct neuron *n = check_neuron(L, NULL);
  int n_inputs = n->shape.width[0], n_shown = n_inputs <= N_SHOWN ? n_inputs : N_SHOWN - 1;
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  luaL_addstring(&b, class_name);
  luaL_addstring(&b, ": ");
  luaL_addstring(&b, lur_activation_names[n->shape.output]);
  luaL_addchar(&b, '(');
  for (int i = 0; i < n_shown; i++)
    add_term(&b, n->head.parameters[i], i + 1, i == 0);
  if (n_shown < n_inputs - 1)
    luaL_addstring(&b, " + ...");
  if (n_shown < n_inputs)
    add_term(&b, n->head.parameters[n_inputs - 1], n_inputs, false);
  if (n->shape.bias)
    add_term(&b, *bias_of(n), 0, false);
  luaL_addchar(&b, ')');
  luaL_pushresult(&b);
  return 1;
}

/* ---- Making one ---- */
static struct neuron *push_neuron(lua_State *L, const struct lur_shape *shape) {
  size_t n_parameters = lur_shape_n_parameters(shape), n_inputs = (size_t)shape->width[0];
  size_t n_numbers = n_parameters + n_inputs + lur_shape_n_work(shape);
  struct neuron *n = lua_newuserdatauv(L, sizeof *n + n_numbers * sizeof(double), 1);
  n->shape = *shape;
  n->class_name = class_name;
  n->head = (struct lur_weights){&n->shape, n->numbers};
  n->input = n->numbers + n_parameters;
  n->work = n->input + n_inputs;
  luaL_setmetatable(L, class_name);
  return n;
}

static int neuron_new(lua_State *L) {
  static const char *const names[] = {"inputs",    "bias",       "seed",    "activation", "init",
                                      "bias_init", "init_scale", "weights", "biases",     NULL};
  struct lur_shape s = {.n_layers = 1, .width[1] = 1};
  lur_check_table(L, "neuron", "{ inputs = 1, bias = true, seed = 42 }");
  lur_check_names(L, 1, names);
  s.width[0] = (int)lur_integer_field(L, 1, "inputs", 0, 1, LUR_MAX_WIDTH);
  s.bias = lur_boolean_field(L, 1, "bias", true);
  s.hidden = s.output = (enum lur_activation)lur_choice_field(L, 1, "activation", lur_activation_names, LUR_SIGMOID);
  if (s.width[0] == 0)
    lur_raise_field(L, "inputs", "missing; write inputs = 2 for a neuron with two");
  if (s.output == LUR_SOFTMAX)
    lur_raise_field(L, "activation", "softmax is for several outputs; a neuron has one");
  struct lur_start start = lur_read_start(L, 1, s.n_layers);
  const struct neuron *n = push_neuron(L, &s);
  lur_draw_start(L, 1, &start, &s, n->head.parameters);
  return 1;
}

void lur_open_neuron(lua_State *L) {
  static const char *const pairs[] = {"weights", "bias", "inputs", "activation", NULL};
  static const luaL_Reg metamethods[] = {{"__newindex", mm_newindex}, {"__tostring", mm_tostring}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"forward", m_forward}, {"update", m_update}, {NULL, NULL}};
  lur_open_class(L, class_name, metamethods, methods, mm_index);
  lur_set_pairs(L, class_name, pairs);
  lua_pushcfunction(L, neuron_new);
  lua_setfield(L, -2, "neuron");
}
