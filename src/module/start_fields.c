/* SPDX-License-Identifier: MIT
 * How the start values of a neuron and of a network are asked for: seed, init, bias_init and init_scale, with the
 * defaults of an experiment, so that the same seed gives all three the same start. */
#include <math.h>

#include "module/module.h"

static void read_scale(lua_State *L, int index, int n_layers, double *scale) {
  static const char name[] = "init_scale";
  int type = lua_getfield(L, index, name);
  if (type == LUA_TTABLE)
    lur_read_list(L, -1, name, n_layers, scale);
  else if (type != LUA_TNIL && type != LUA_TNUMBER)
    lur_raise_field(L, name, "%s is neither a number nor a list of one a layer", lur_push_found(L, -1));
  for (int i = 0; i < n_layers; i++) {
    if (type != LUA_TTABLE)
      scale[i] = type == LUA_TNIL ? 1 : lua_tonumber(L, -1);
    if (!(scale[i] >= 0) || isinf(scale[i]))
      lur_raise_field(L, name, "%.14g is not a finite number of at least 0", scale[i]);
  }
  lua_pop(L, 1);
}

struct lur_start lur_read_start(lua_State *L, int index, int n_layers) {
  struct lur_start start = {.seed = (uint64_t)lur_integer_field(L, index, "seed", 1, 0, LUA_MAXINTEGER)};
  start.init = (enum lur_init)lur_choice_field(L, index, "init", lur_init_names, LUR_INIT_NORMAL);
  start.bias_init = lur_bias_inits[lur_choice_field(L, index, "bias_init", lur_bias_init_names,
                                                    (int)lur_usual_bias_init[start.init])];
  read_scale(L, index, n_layers, start.init_scale);
  return start;
}

void lur_draw_start(lua_State *L, int index, const struct lur_start *start, const struct lur_shape *shape,
                    double *parameters) {
  const struct lur_starts from = {.init = start->init, .bias_init = start->bias_init};
  lur_draw_parameters(shape, &from, start->seed, start->init_scale, parameters);
  if (lua_getfield(L, index, "weights") != LUA_TNIL)
    lur_read_weights(L, -1, shape, parameters);
  if (lua_getfield(L, index, "biases") != LUA_TNIL)
    lur_read_biases(L, -1, shape, parameters);
  lua_pop(L, 2);
}
