/* SPDX-License-Identifier: MIT
 * luron.random(seed): a generator with its own state, which is its seed and how many draws it has made. Each draw is a
 * pure function of the two (Philox, docs/numerics.md), so a generator gives the same numbers on every machine. */
#include <math.h>

#include "module/module.h"

static const char class_name[] = "luron.random";

struct generator {
  uint64_t seed, n_drawn;
};

bool lur_random_state(lua_State *L, int index, uint64_t state[2]) {
  const struct generator *g = luaL_testudata(L, index, class_name);
  if (g) {
    state[0] = g->seed;
    state[1] = g->n_drawn;
  }
  return g != NULL;
}

static double check_finite(lua_State *L, int index, const char *name, double otherwise) {
  double x = luaL_optnumber(L, index, otherwise);
  if (!isfinite(x))
    lur_raise_field(L, name, "%s is not a finite number", lur_push_found(L, index));
  return x;
}

static lua_Integer check_whole(lua_State *L, int at, const char *what) {
  int is_whole;
  lua_Integer n = lua_tointegerx(L, at, &is_whole);
  if (!is_whole || lua_type(L, at) != LUA_TNUMBER)
    lur_raise_field(L, what, "%s is not a whole number from %lld to %lld", lur_push_found(L, at), (long long)INT64_MIN,
                    (long long)INT64_MAX);
  return n;
}

static int m_normal(lua_State *L) {
  struct generator *g = lur_check_self(L, class_name, "random:normal");
  double mean = check_finite(L, 2, "mean", 0), std = check_finite(L, 3, "std", 1);
  if (std < 0)
    lur_raise_field(L, "std", "%s is below 0", lur_push_found(L, 3));
  lua_pushnumber(L, mean + std * lur_draw_normal(g->seed, g->n_drawn++, 0, LUR_DRAW_GENERATOR));
  return 1;
}

static int m_uniform(lua_State *L) {
  struct generator *g = lur_check_self(L, class_name, "random:uniform");
  double lo = check_finite(L, 2, "lo", 0), hi = check_finite(L, 3, "hi", 1);
  if (lua_gettop(L) == 2)
    lur_raise_field(L, "uniform", "it takes no number, or two: lo and hi");
  if (lo > hi)
    lur_raise_field(L, "uniform", "lo is %.14g, above hi, which is %.14g", lo, hi);
  if (!isfinite(hi - lo))
    lur_raise_field(L, "uniform", "from %.14g to %.14g is wider than a number can say", lo, hi);
  lua_pushnumber(L, lo + (hi - lo) * lur_draw_uniform(g->seed, g->n_drawn++, 0, LUR_DRAW_GENERATOR));
  return 1;
}

static int m_integer(lua_State *L) {
  struct generator *g = lur_check_self(L, class_name, "random:integer");
  lua_Integer lo = check_whole(L, 2, "lo"), hi = check_whole(L, 3, "hi");
  if (lo > hi)
    lur_raise_field(L, "integer", "lo is %lld, above hi, which is %lld", (long long)lo, (long long)hi);
  uint64_t bits = lur_draw_bits(g->seed, g->n_drawn++, 0, LUR_DRAW_GENERATOR);
  uint64_t n = (uint64_t)hi - (uint64_t)lo + 1; /* 0: all of them */
  uint64_t at = n ? (uint64_t)((unsigned __int128)bits * n >> 64) : bits;
  lua_pushinteger(L, (lua_Integer)((uint64_t)lo + at));
  return 1;
}

static int mm_tostring(lua_State *L) {
  struct generator *g = luaL_checkudata(L, 1, class_name);
  lua_pushfstring(L, "%s: seed %I, %I drawn", class_name, (lua_Integer)g->seed, (lua_Integer)g->n_drawn);
  return 1;
}

static int random_new(lua_State *L) {
  uint64_t seed = lua_isnoneornil(L, 1) ? 1 : (uint64_t)check_whole(L, 1, "seed");
  struct generator *g = lua_newuserdatauv(L, sizeof *g, 0);
  *g = (struct generator){.seed = seed};
  luaL_setmetatable(L, class_name);
  return 1;
}

void lur_open_random(lua_State *L) {
  static const char *const no_fields[] = {NULL};
  static const luaL_Reg metamethods[] = {{"__tostring", mm_tostring}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"normal", m_normal}, {"uniform", m_uniform}, {"integer", m_integer}, {NULL, NULL}};
  lur_new_class(L, class_name, metamethods, methods);
  lur_set_pairs(L, class_name, no_fields);
  lua_pushcfunction(L, random_new);
  lua_setfield(L, -2, "random");
}
