/* SPDX-License-Identifier: MIT
 * What a log function sees of an epoch. A record holds copies, so that a script may keep it; the lists are made when
 * they are read. */
#include <math.h>
#include <string.h>

#include "experiment/experiment.h"
#include "experiment/made_cache.h"

#define RECORD "luron.record"
/* User values: what holds the data of `on`; the network, made at once where functions are its activations; the table of
 * overrides. */
enum { HOLDER = 1, NETWORK, OVERRIDES, N_SLOTS = OVERRIDES };

struct record {
  struct lur_weights head; /* as views of weights want it */
  struct lur_shape shape;
  struct lur_trained_on on; /* held by HOLDER */
  uint64_t epoch, seed;
  double loss, error, accuracy, validation_loss, validation_accuracy;
  double values[]; /* outputs, then parameters */
};

void lur_push_record(lua_State *L, int holder, const struct lur_trained_on *on, const struct lur_shape *s,
                     const struct lur_record *r) {
  size_t n_outputs = (size_t)s->width[s->n_layers], n = lur_shape_n_parameters(s);
  struct record *c = lua_newuserdatauv(L, sizeof *c + (n_outputs + n) * sizeof(double), N_SLOTS);
  c->shape = *s;
  c->on = *on;
  c->epoch = r->epoch;
  c->seed = (uint64_t)lur_spec_value(on->spec, LUR_F_SEED).as.integer;
  c->loss = r->loss;
  c->error = r->error;
  c->accuracy = r->accuracy;
  c->validation_loss = r->validation_loss;
  c->validation_accuracy = r->validation_accuracy;
  memcpy(c->values, r->output, n_outputs * sizeof(double));
  memcpy(c->values + n_outputs, r->parameters, n * sizeof(double));
  c->head = (struct lur_weights){&c->shape, c->values + n_outputs};
  luaL_setmetatable(L, RECORD);
  lua_insert(L, -2);
  lua_setiuservalue(L, -2, OVERRIDES);
  lua_pushvalue(L, holder);
  lua_setiuservalue(L, -2, HOLDER);
  for (int l = 0; l < s->n_layers; l++)
    if (s->own[l]) {
      lur_push_trained(L, on, s, c->head.parameters);
      lua_setiuservalue(L, -2, NETWORK);
      break;
    }
}

static int n_outputs(const struct record *c) {
  return c->shape.width[c->shape.n_layers];
}

static bool is_neuron(const struct record *c) {
  return c->shape.n_layers == 1 && n_outputs(c) == 1;
}

static const char *const fields[] = {"epoch",    "loss",      "error",           "output",
                                     "accuracy", "weights",   "biases",          "network",
                                     "seed",     "overrides", "validation_loss", "validation_accuracy",
                                     "bias", /* biases */
                                     NULL};

/* A finalizer may see a record whose holder is collected already. */
static void check_holder(lua_State *L) {
  lua_getiuservalue(L, 1, HOLDER);
  const struct lur_reading *g = luaL_testudata(L, -1, "luron.reading");
  const struct lur_made *m = luaL_testudata(L, -1, "luron.made");
  if (g ? !g->train : !m || !m->set)
    luaL_error(L, "network: the data of the record's run are collected");
  lua_pop(L, 1);
}

/* A new one at each reading, which the script may change. */
static void push_network(lua_State *L, const struct record *c) {
  struct lur_error e;
  if (lua_getiuservalue(L, 1, NETWORK) != LUA_TUSERDATA) {
    check_holder(L);
    lur_push_trained(L, &c->on, &c->shape, c->head.parameters);
    return;
  }
  const struct lur_network *n = lur_check_network(L, -1);
  struct lur_network_box *box = lur_new_network(L);
  struct lur_network *copy = lur_network_copy(n, &e);
  if (!copy)
    lur_raise(L, &e);
  lur_network_hold(box, copy);
}

/* A copy, which the script may change. */
static void push_overrides(lua_State *L) {
  lua_getiuservalue(L, 1, OVERRIDES);
  lur_push_table_copy(L, -1);
}

/* nil where there is none. */
static void push_measure(lua_State *L, double x) {
  isnan(x) ? lua_pushnil(L) : lua_pushnumber(L, x);
}

static int mm_index(lua_State *L) {
  struct record *c = luaL_checkudata(L, 1, RECORD);
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  const char *name = lua_tostring(L, 2);
  const bool biases = strcmp(name, "biases") == 0 || strcmp(name, "bias") == 0;
  if (strcmp(name, "epoch") == 0)
    lua_pushinteger(L, (lua_Integer)c->epoch);
  else if (strcmp(name, "loss") == 0)
    lua_pushnumber(L, c->loss);
  else if (strcmp(name, "error") == 0)
    lua_pushnumber(L, c->error);
  else if (strcmp(name, "accuracy") == 0)
    push_measure(L, c->accuracy);
  else if (strcmp(name, "validation_loss") == 0)
    push_measure(L, c->validation_loss);
  else if (strcmp(name, "validation_accuracy") == 0)
    push_measure(L, c->validation_accuracy);
  else if (strcmp(name, "output") == 0) /* as forward gives it */
    is_neuron(c) ? lua_pushnumber(L, c->values[0]) : lur_push_list(L, c->values, n_outputs(c));
  else if (strcmp(name, "weights") == 0 && is_neuron(c))
    lur_push_list(L, c->head.parameters, c->shape.width[0]);
  else if (biases && !c->shape.bias)
    lua_pushnil(L);
  else if (biases && is_neuron(c))
    lua_pushnumber(L, c->head.parameters[c->shape.width[0]]);
  else if (biases || strcmp(name, "weights") == 0)
    lur_push_layers_view(L, 1, biases);
  else if (strcmp(name, "network") == 0)
    push_network(L, c);
  else if (strcmp(name, "seed") == 0)
    lua_pushinteger(L, (lua_Integer)c->seed);
  else if (strcmp(name, "overrides") == 0)
    push_overrides(L);
  else
    lur_raise_unknown(L, name, fields);
  return 1;
}

static int mm_tostring(lua_State *L) {
  const struct record *c = luaL_checkudata(L, 1, RECORD);
  lua_pushfstring(L, "luron.record: epoch %I, loss %f, error %f", (LUAI_UACINT)c->epoch, c->loss, c->error);
  return 1;
}

void lur_open_record(lua_State *L) {
  static const char *const listed[] = {
      "epoch",  "loss",    "error", "output",    "accuracy", "validation_loss", "validation_accuracy", "weights",
      "biases", "network", "seed",  "overrides", NULL};
  static const luaL_Reg meta[] = {{"__index", mm_index}, {"__tostring", mm_tostring}, {NULL, NULL}};
  lur_new_class(L, RECORD, meta, NULL);
  lur_set_pairs(L, RECORD, listed);
  lur_set_frozen(L, RECORD, "a record cannot be changed");
}
