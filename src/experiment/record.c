/* SPDX-License-Identifier: MIT
 * What a log function sees of an epoch. A record holds copies, so that a script may keep it; the lists are made when
 * they are read. */
#include <math.h>
#include <string.h>

#include "experiment/experiment.h"

#define RECORD "luron.record"

struct record {
  struct lur_weights head; /* as views of weights want it */
  struct lur_shape shape;
  struct lur_trained_on on; /* held by the user value */
  uint64_t epoch;
  double loss, error, accuracy;
  double values[]; /* outputs, then parameters */
};

void lur_push_record(lua_State *L, int holder, const struct lur_trained_on *on, const struct lur_shape *s,
                     const struct lur_record *r) {
  size_t n_outputs = (size_t)s->width[s->n_layers], n = lur_shape_n_parameters(s);
  struct record *c = lua_newuserdatauv(L, sizeof *c + (n_outputs + n) * sizeof(double), 1);
  c->shape = *s;
  c->on = *on;
  c->epoch = r->epoch;
  c->loss = r->loss;
  c->error = r->error;
  c->accuracy = r->accuracy;
  memcpy(c->values, r->output, n_outputs * sizeof(double));
  memcpy(c->values + n_outputs, r->parameters, n * sizeof(double));
  c->head = (struct lur_weights){&c->shape, c->values + n_outputs};
  luaL_setmetatable(L, RECORD);
  lua_pushvalue(L, holder);
  lua_setiuservalue(L, -2, 1);
}

static int n_outputs(const struct record *c) {
  return c->shape.width[c->shape.n_layers];
}

static bool is_neuron(const struct record *c) {
  return c->shape.n_layers == 1 && n_outputs(c) == 1;
}

static void push_epoch(lua_State *L, struct record *c) {
  lua_pushinteger(L, (lua_Integer)c->epoch);
}

static void push_loss(lua_State *L, struct record *c) {
  lua_pushnumber(L, c->loss);
}

static void push_error(lua_State *L, struct record *c) {
  lua_pushnumber(L, c->error);
}

/* As forward gives them. */
static void push_output(lua_State *L, struct record *c) {
  if (is_neuron(c))
    lua_pushnumber(L, c->values[0]);
  else
    lur_push_list(L, c->values, n_outputs(c));
}

static void push_accuracy(lua_State *L, struct record *c) {
  if (isnan(c->accuracy))
    lua_pushnil(L);
  else
    lua_pushnumber(L, c->accuracy);
}

static void push_weights(lua_State *L, struct record *c) {
  if (is_neuron(c))
    lur_push_list(L, c->head.parameters, c->shape.width[0]);
  else
    lur_push_layers_view(L, 1, false);
}

static void push_biases(lua_State *L, struct record *c) {
  if (!c->shape.bias)
    lua_pushnil(L);
  else if (is_neuron(c))
    lua_pushnumber(L, c->head.parameters[c->shape.width[0]]);
  else
    lur_push_layers_view(L, 1, true);
}

static void push_network(lua_State *L, struct record *c) {
  lur_push_trained(L, &c->on, &c->shape, c->head.parameters);
}

static const struct {
  const char *name;
  void (*push)(lua_State *L, struct record *c);
} fields[] = {
    {"epoch", push_epoch},   {"loss", push_loss},         {"error", push_error},
    {"output", push_output}, {"accuracy", push_accuracy}, {"weights", push_weights},
    {"biases", push_biases}, {"network", push_network},   {"bias", push_biases},
};

enum { N_LISTED = sizeof fields / sizeof *fields - 1 }; /* bias is another name for biases */

static int mm_index(lua_State *L) {
  struct record *c = luaL_checkudata(L, 1, RECORD);
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  const char *name = lua_tostring(L, 2), *names[sizeof fields / sizeof *fields + 1] = {NULL};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    if (strcmp(fields[i].name, name) == 0) {
      fields[i].push(L, c);
      return 1;
    }
    names[i] = fields[i].name;
  }
  lur_raise_unknown(L, name, names);
  return 0;
}

/* The field after the one of that name, but for those without a value. */
static int next_field(lua_State *L) {
  struct record *c = luaL_checkudata(L, 1, RECORD);
  const char *name = luaL_optstring(L, 2, NULL);
  size_t i = 0;
  while (name && i < N_LISTED && strcmp(fields[i].name, name) != 0)
    i++;
  for (i += name != NULL; i < N_LISTED; i++) {
    lua_settop(L, 1);
    fields[i].push(L, c);
    lua_pushstring(L, fields[i].name);
    lua_insert(L, -2);
    if (!lua_isnil(L, -1))
      return 2;
  }
  lua_pushnil(L);
  return 1;
}

static int mm_pairs(lua_State *L) {
  luaL_checkudata(L, 1, RECORD);
  lua_pushcfunction(L, next_field);
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

static int mm_newindex(lua_State *L) {
  return luaL_error(L, "%s: a record cannot be changed", luaL_tolstring(L, 2, NULL));
}

static int mm_tostring(lua_State *L) {
  const struct record *c = luaL_checkudata(L, 1, RECORD);
  lua_pushfstring(L, "luron.record: epoch %I, loss %f, error %f", (LUAI_UACINT)c->epoch, c->loss, c->error);
  return 1;
}

void lur_open_record(lua_State *L) {
  static const luaL_Reg meta[] = {{"__index", mm_index},
                                  {"__newindex", mm_newindex},
                                  {"__pairs", mm_pairs},
                                  {"__tostring", mm_tostring},
                                  {NULL, NULL}};
  lur_new_class(L, RECORD, meta, NULL);
}
