/* SPDX-License-Identifier: MIT
 * What a sweep varies, as far as one run has to know it: the names of the axes, that their values fit the fields, and
 * how many runs they ask for. */
#include <math.h>
#include <string.h>

#include "script/experiment.h"

static void read_values(struct lur_reader *r, const char *path, int id, int index) {
  lua_State *L = r->L;
  lua_Integer n = luaL_len(L, index);
  if (n < 1)
    lur_reader_fail(r, path, "no values; a list such as {1, 2} is expected");
  for (lua_Integer i = 1; i <= n; i++) {
    struct lur_value v;
    lua_geti(L, index, i);
    if (id >= 0)
      lur_read_value(r, &lur_fields[id], path, -1, &v);
    if (id == LUR_F_OPTIMIZER)
      r->reading->swept_optimizers |= 1u << v.as.integer;
    lua_pop(L, 1);
  }
}

static void check_ends(struct lur_reader *r, const char *path, int id, int index) {
  static const char *const ends[] = {"from", "to"};
  for (int i = 0; i < 2 && id >= 0; i++) {
    struct lur_value v;
    lua_getfield(r->L, index, ends[i]);
    if (lur_fields[id].kind == LUR_K_BOOL || lur_fields[id].kind == LUR_K_CHOICE)
      lur_reader_fail(r, path, "a range, but %s takes %s: write a list of them", lur_fields[id].name,
                      lur_kind_name(&lur_fields[id]));
    lur_read_value(r, &lur_fields[id], path, -1, &v);
    lua_pop(r->L, 1);
  }
}

/* The field of an axis, or -1 for a param. */
static int axis_field(struct lur_reader *r, const char *path, const char *name) {
  int id = lur_field_find(name, NULL);
  struct lur_error e;
  if (id >= 0 && lur_fields[id].flags & LUR_AXIS)
    return id;
  if (id >= 0)
    lur_reader_fail(r, path, "%s cannot be an axis", name);
  if (lur_spec_find_param(&r->reading->spec, name) >= 0)
    return -1;
  lur_field_unknown(name, &e);
  if (strstr(e.text, "did you mean"))
    return lur_reader_fail(r, path, "%s", e.text);
  return lur_reader_fail(r, path, "no such field or param; give it a value under params too");
}

static double read_axis(struct lur_reader *r, const char *name);

static double read_zip(struct lur_reader *r, int index) {
  lua_State *L = r->L;
  double n = 0;
  lua_getfield(L, index, "of");
  int of = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, of); lua_settop(L, of + 1)) {
    if (lua_type(L, -2) != LUA_TSTRING)
      lur_reader_fail(r, "sweep", "a zip takes name = {...}");
    const char *name = lua_tostring(L, -2);
    double m = read_axis(r, name);
    if (n != 0 && m != n)
      lur_reader_fail(r, lua_pushfstring(L, "sweep.%s", name), "%d values, but its zip has %d", (int)m, (int)n);
    n = m;
  }
  return n;
}

/* How many values the axis on the top has; 0 for an interval. */
static double read_axis(struct lur_reader *r, const char *name) {
  lua_State *L = r->L;
  int at = lua_gettop(L);
  const char *path = lua_pushfstring(L, "sweep.%s", name);
  int id = axis_field(r, path, name);
  if (lua_type(L, at) == LUA_TFUNCTION)
    lur_reader_fail(r, path, "a function is not possible here yet; a list or a range is expected");
  if (lua_type(L, at) != LUA_TTABLE)
    lur_reader_fail(r, path, "%s, but a list or a range is expected", lur_push_found(L, at));
  if (lur_is_axis(L, at))
    check_ends(r, path, id, at);
  else
    read_values(r, path, id, at);
  return lur_axis_count(L, at);
}

static bool is_zip(lua_State *L, int index) {
  if (!lur_is_axis(L, index))
    return false;
  lua_getfield(L, index, "kind");
  bool is = strcmp(lua_tostring(L, -1), "zip") == 0;
  lua_pop(L, 1);
  return is;
}

struct count {
  double grid, seeds, intervals;
};

static void read_entry(struct lur_reader *r, struct count *c) {
  lua_State *L = r->L;
  int at = lua_gettop(L);
  double n;
  if (is_zip(L, at)) {
    n = read_zip(r, at);
  } else {
    if (lua_type(L, at - 1) != LUA_TSTRING)
      lur_reader_fail(r, "sweep", "a value without a name; write name = {...}");
    n = read_axis(r, lua_tostring(L, at - 1));
    if (strcmp(lua_tostring(L, at - 1), "seed") == 0) {
      c->seeds = n;
      return;
    }
  }
  c->intervals += n == 0;
  c->grid *= n == 0 ? 1 : n;
}

static void expect_function(struct lur_reader *r, const char *name) {
  int type = lua_getfield(r->L, r->fields, name);
  if (type != LUA_TNIL && type != LUA_TFUNCTION)
    lur_reader_fail(r, name, "%s, but a function of the parameters is expected", lur_push_found(r->L, -1));
  lua_pop(r->L, 1);
}

static void check_prune(struct lur_reader *r) {
  int type = lua_getfield(r->L, r->fields, "prune");
  if (type != LUA_TNIL && !lur_is_axis(r->L, -1))
    lur_reader_fail(r, "prune", "%s, but luron.halving { at =, keep =, by = } is expected", lur_push_found(r->L, -1));
  lua_pop(r->L, 1);
}

static void check_keep(struct lur_reader *r) {
  lua_State *L = r->L;
  int type = lua_getfield(L, r->fields, "keep");
  const char *text = type == LUA_TSTRING ? lua_tostring(L, -1) : "";
  bool fits = type == LUA_TNIL || type == LUA_TTABLE || strcmp(text, "all") == 0 || strcmp(text, "cells") == 0;
  if (!fits)
    lur_reader_fail(r, "keep", "%s is not one of \"all\" \"cells\" { best = n, by = \"loss\" }", lur_push_found(L, -1));
  lua_pop(L, 1);
}

void lur_read_sweep(struct lur_reader *r) {
  lua_State *L = r->L;
  struct count c = {1, 1, 0};
  bool any = false;
  expect_function(r, "where");
  check_prune(r);
  check_keep(r);
  int type = lua_getfield(L, r->fields, "sweep"), sweep = lua_gettop(L);
  if (type == LUA_TNIL || (type == LUA_TBOOLEAN && !lua_toboolean(L, sweep)))
    return;
  if (type != LUA_TTABLE || lur_is_axis(L, sweep))
    lur_reader_fail(r, "sweep", "%s, but a table of axes is expected", lur_push_found(L, sweep));
  for (lua_pushnil(L); lua_next(L, sweep); lua_settop(L, sweep + 1)) {
    read_entry(r, &c);
    any = true;
  }
  const struct lur_value *samples = &r->reading->spec.value[LUR_F_SAMPLES];
  double points = samples->kind == LUR_V_INTEGER ? (double)samples->as.integer : c.grid;
  r->reading->n_sweep = any ? points * c.seeds : 0;
}
