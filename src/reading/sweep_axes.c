/* SPDX-License-Identifier: MIT
 * What a sweep varies: the tables under `sweep` become axes of the sweep room, whose checks are the command line's too.
 * Axes are read by name in the order of the alphabet, then zips, so that of several mistakes the same one is named.
 * An axis in the making hangs on the reading, which frees it where a mistake ends all. */
#include <string.h>

#include "base/memory.h"
#include "base/near_word.h"
#include "reading/reading.h"
#include "sweep/union.h"

/* ---- One axis ---- */
/* A param's value is a text, or what the axis checks itself. */
static int add_param_value(struct lur_reader *r, const char *path, struct lur_error *e) {
  lua_State *L = r->L;
  const struct lur_spec *spec = &r->reading->spec;
  struct lur_axis *a = r->reading->axis;
  struct lur_value v = lur_plain_value(L, -1);
  if (lua_type(L, -1) == LUA_TSTRING) {
    if (!spec->param[a->param].text)
      lur_reader_fail(r, path, "a text, but the param is none");
    return lur_axis_add_text(a, spec, lur_read_text(r, path), e);
  }
  if (v.kind == LUR_V_ABSENT)
    lur_reader_fail(r, path, "%s, but a param is a number, a text, true or false", lur_push_found(L, -1));
  return lur_axis_add(a, spec, &v, e);
}

static void read_list(struct lur_reader *r, const char *path, int at) {
  struct lur_error e;
  lua_Integer n = luaL_len(r->L, at);
  if (n < 1)
    lur_reader_fail(r, path, "no values; a list such as {1, 2} is expected");
  lur_check_list(r, path, at);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(r->L, at, i);
    struct lur_axis *a = r->reading->axis;
    struct lur_value v;
    if (a->field >= 0)
      lur_read_any(r, &lur_fields[a->field], path, -1, &v);
    if (a->field >= 0 ? lur_axis_add(a, &r->reading->spec, &v, &e) : add_param_value(r, path, &e))
      lur_reader_fail_error_at(r, path, &e);
    lua_pop(r->L, 1);
  }
}

/* The value of the axis is on the top. Returns how many values it has. */
static uint64_t read_axis(struct lur_reader *r, struct lur_axes *to, const char *name, int zip) {
  lua_State *L = r->L;
  struct lur_error e;
  struct lur_axis *a = r->reading->axis;
  const int at = lua_gettop(L);
  const char *path = lua_pushfstring(L, "sweep.%s", name);
  if (lur_axis_init(a, &r->reading->spec, name, &e)) {
    if (strstr(e.text, "no such field") && !lur_field_hint(&e))
      lur_reader_fail(r, path, "no such field or param; give it a value under params too");
    lur_reader_fail_error_at(r, path, &e);
  }
  if (lur_axes_find(to, a->name) >= 0)
    lur_reader_fail(r, path, "the axis is set twice");
  a->zip = zip;
  if (lua_type(L, at) == LUA_TFUNCTION)
    lur_reader_fail(r, path, "a function is not possible here; a list or a range is expected");
  if (lua_type(L, at) != LUA_TTABLE)
    lur_reader_fail(r, path, "%s, but a list or a range is expected", lur_push_found(L, at));
  a->crossed = lur_push_listed(L, at);
  const int of = a->crossed ? lua_gettop(L) : at;
  if (!lur_is_axis(L, of))
    read_list(r, path, of);
  else if (lur_read_sequence(L, of, a, &e))
    lur_reader_fail_error_at(r, path, &e);
  uint64_t n = a->n;
  if (lur_axes_put(to, a, &e))
    lur_reader_fail_error_at(r, path, &e);
  lua_settop(L, at);
  return n;
}

/* ---- The table under `sweep` ---- */
static void read_zip(struct lur_reader *r, struct lur_axes *to, int index) {
  lua_State *L = r->L;
  int zip = lur_axes_new_zip(to);
  uint64_t n = 0;
  lua_getfield(L, index, "of");
  int of = lua_gettop(L);
  lur_push_names(L, of, LUR_BY_ALPHABET);
  lua_Integer n_names = (lua_Integer)lua_rawlen(L, of + 1);
  if (n_names == 0)
    lur_reader_fail(r, "sweep", "a zip takes name = { ... }");
  for (lua_Integer i = 1; i <= n_names; i++) {
    lua_rawgeti(L, of + 1, i);
    const char *name = lua_tostring(L, -1);
    lua_getfield(L, of, name);
    uint64_t m = read_axis(r, to, name, zip);
    if (i > 1 && m != n)
      lur_reader_fail(r, lua_pushfstring(L, "sweep.%s", name), "%llu value%s, but its zip has %llu",
                      (unsigned long long)m, m == 1 ? "" : "s", (unsigned long long)n);
    n = m;
    lua_settop(L, of + 1);
  }
}

/* Of a grid in a union, beside is what stands beside it: those names are not the grid's. Else 0. */
static bool is_beside(lua_State *L, int beside, const char *name) {
  const bool is = beside && lua_getfield(L, beside, name) != LUA_TNIL;
  if (beside)
    lua_pop(L, 1);
  return is;
}

static void read_named(struct lur_reader *r, struct lur_axes *to, int sweep, int beside) {
  lua_State *L = r->L;
  lur_push_names(L, sweep, LUR_BY_ALPHABET);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, sweep + 1); i <= n; i++) {
    lua_rawgeti(L, sweep + 1, i);
    lua_getfield(L, sweep, lua_tostring(L, -1));
    bool dropped = lua_type(L, -1) == LUA_TBOOLEAN && !lua_toboolean(L, -1);
    if (lur_is_axis_of(L, -1, "zip"))
      read_zip(r, to, sweep + 3);
    else if (!dropped && !is_beside(L, beside, lua_tostring(L, -2)))
      read_axis(r, to, lua_tostring(L, -2), 0);
    lua_settop(L, sweep + 1);
  }
  lua_settop(L, sweep);
}

/* Values without a name: zips; and grids, tables of axes, which are read later. */
static void read_zips(struct lur_reader *r, struct lur_axes *to, int sweep, bool is_grid) {
  lua_State *L = r->L;
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, sweep); i <= n; i++) {
    bool dropped = lua_rawgeti(L, sweep, i) == LUA_TBOOLEAN && !lua_toboolean(L, -1);
    const bool grid = !is_grid && lua_istable(L, -1) && !lur_is_axis(L, -1);
    if (!dropped && !grid && !lur_is_axis_of(L, -1, "zip"))
      lur_reader_fail(r, "sweep", "a value without a name; write name = {...}");
    if (!dropped && !grid)
      read_zip(r, to, sweep + 1);
    lua_settop(L, sweep);
  }
}

/* ---- A union of grids: sweep = { {...}, {...} } ---- */
static int count_grids(lua_State *L, int sweep) {
  int n = 0;
  for (lua_Integer i = 1, last = (lua_Integer)lua_rawlen(L, sweep); i <= last; i++) {
    lua_rawgeti(L, sweep, i);
    n += lua_istable(L, -1) && !lur_is_axis(L, -1);
    lua_pop(L, 1);
  }
  return n;
}

static void check_grid(struct lur_reader *r, int grid) {
  lua_pushnil(r->L);
  if (lua_next(r->L, grid) == 0)
    lur_reader_fail(r, "sweep", "a grid without axes");
  if (lua_type(r->L, -2) != LUA_TSTRING && !lur_is_axis_of(r->L, -1, "zip"))
    lur_reader_fail(r, "sweep", "a value without a name; write name = {...}");
  lua_settop(r->L, grid);
}

static void read_grids(struct lur_reader *r, int sweep) {
  lua_State *L = r->L;
  struct lur_reading *g = r->reading;
  struct lur_error e;
  const int n = count_grids(L, sweep);
  if (n == 0)
    return;
  if (lur_spec_choice(&g->spec, LUR_F_SAMPLER) != LUR_GRID)
    lur_reader_fail(r, "sweep", "several grids, but sampler = %s draws points of one",
                    lur_sampler_names[lur_spec_choice(&g->spec, LUR_F_SAMPLER)]);
  if (!(g->grid = lur_alloc((size_t)n, sizeof *g->grid)))
    lur_raise_memory(L);
  for (lua_Integer i = 1, last = (lua_Integer)lua_rawlen(L, sweep); i <= last; i++) {
    lua_rawgeti(L, sweep, i);
    if (lua_istable(L, -1) && !lur_is_axis(L, -1)) {
      struct lur_axes *to = &g->grid[g->n_grids++];
      check_grid(r, sweep + 1);
      read_named(r, to, sweep + 1, sweep);
      read_zips(r, to, sweep + 1, true);
    }
    lua_settop(L, sweep);
  }
  if (lur_axes_unite(g->axes, &g->spec, g->grid, g->n_grids, &e))
    lur_reader_fail_error_at(r, lua_pushfstring(L, "sweep.%s", e.field), &e);
}

/* ---- where, prune, keep ---- */
static void read_where(struct lur_reader *r) {
  int type = lua_getfield(r->L, r->fields, "where");
  if (lua_toboolean(r->L, -1) && type != LUA_TFUNCTION)
    lur_reader_fail(r, "where", "%s, but a function of the parameters is expected", lur_push_found(r->L, -1));
  lua_pop(r->L, 1);
}

static void read_rungs(struct lur_reader *r, struct lur_halving *h, int list) {
  lua_State *L = r->L;
  if (lua_type(L, list) != LUA_TTABLE || lua_rawlen(L, list) < 1)
    lur_reader_fail(r, "prune.at", "%s, but a list of epochs such as {50, 200} is expected", lur_push_found(L, list));
  lua_Integer n = (lua_Integer)lua_rawlen(L, list);
  lur_check_list(r, "prune.at", list);
  if (n > LUR_MAX_RUNGS)
    lur_reader_fail(r, "prune.at", "more than %d epochs", LUR_MAX_RUNGS);
  for (lua_Integer i = 0; i < n; i++) {
    int whole = 0;
    lua_rawgeti(L, list, i + 1);
    lua_Integer at = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &whole) : 0;
    if (!whole || at < 1 || (i && (uint64_t)at <= h->at[i - 1]))
      lur_reader_fail(r, "prune.at", "%s; a list of ascending epochs from 1 is expected", lur_push_found(L, -1));
    h->at[i] = (uint64_t)at;
    lua_pop(L, 1);
  }
  h->n_rungs = (int)n;
}

/* The table at `of` may hold only these names; all: these as one text. */
static void check_names(struct lur_reader *r, int of, const char *path, const char *const *names) {
  lua_State *L = r->L;
  char choices[LUR_CHOICES_BYTES];
  if (lua_rawlen(L, of) > 0)
    lur_reader_fail(r, path, "a value without a name; write name = value");
  lur_push_names(L, of, LUR_BY_ALPHABET);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, -1); i <= n; i++) {
    lua_rawgeti(L, -1, i);
    const char *name = lua_tostring(L, -1);
    if (!lur_is_one_of(name, names)) {
      lur_choices_write(lur_near_word(name, names), names, choices);
      lur_reader_fail(r, lua_pushfstring(L, "%s.%s", path, name), "no such field%s", choices);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* What is on the top is not even a name. */
static void fail_value(struct lur_reader *r, const char *path, enum lur_metrics_of of) {
  const char *found = lur_push_found(r->L, -1);
  lur_reader_fail(r, path, "%s is no metric%s", found, lur_push_no_metric(r->L, r->at, "", of));
}

static void read_prune(struct lur_reader *r) {
  static const char *const names[] = {"at", "keep", "by", NULL};
  lua_State *L = r->L;
  struct lur_halving *h = &r->reading->halving;
  lua_getfield(L, r->fields, "prune");
  const int prune = lua_gettop(L);
  if (!lua_toboolean(L, prune))
    return;
  if (!lur_push_halving(L, prune))
    lur_reader_fail(r, "prune", "%s, but luron.halving { at =, keep =, by = } is expected", lur_push_found(L, prune));
  check_names(r, prune + 1, "prune", names);
  lua_getfield(L, prune + 1, "at");
  read_rungs(r, h, prune + 2);
  if (lua_getfield(L, prune + 1, "keep") != LUA_TNUMBER || !(lua_tonumber(L, -1) > 0 && lua_tonumber(L, -1) < 1))
    lur_reader_fail(r, "prune.keep", "%s, but a share above 0 and below 1 is expected", lur_push_found(L, -1));
  h->keep = lua_tonumber(L, -1);
  h->by = LUR_M_LOSS;
  if (lua_getfield(L, prune + 1, "by") == LUA_TNIL)
    return;
  int by = lua_type(L, -1) == LUA_TSTRING ? lur_metric_find(lua_tostring(L, -1)) : -1;
  const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
  if (by < 0 && name && lur_has_metric(L, r->at, name))
    lur_reader_fail(r, "prune.by", "halving can use only built-in metrics, and not \"%.40s\"%s", name,
                    lur_push_no_metric(L, r->at, "", LUR_METRICS_BUILT_IN));
  if (by < 0 && name)
    lur_reader_fail_metric(r, "prune.by", name, LUR_METRICS_BUILT_IN);
  if (by < 0)
    fail_value(r, "prune.by", LUR_METRICS_BUILT_IN);
  h->by = (enum lur_metric)by;
}

/* Copies the name of a metric whose column the results have; else fails at that path. */
static void read_column(struct lur_reader *r, const char *path, const char *name, char out[64]) {
  bool has = lur_has_metric(r->L, r->at, name);
  if (!has && lur_metric_find(name) >= 0)
    lur_reader_fail(r, path, "\"%s\" is not among the metrics; add it to them: metrics = { \"%s\" }", name, name);
  if (!has || strlen(name) >= 64)
    lur_reader_fail_metric(r, path, name, strcmp(path, "rank") == 0 ? LUR_METRICS_THAT_RANK : LUR_METRICS_OF_COLUMNS);
  strcpy(out, name);
}

static void read_keep_best(struct lur_reader *r, int keep) {
  static const char *const names[] = {"best", "by", NULL};
  lua_State *L = r->L;
  struct lur_reading *g = r->reading;
  int whole = 0;
  check_names(r, keep, "keep", names);
  if (lua_getfield(L, keep, "best") != LUA_TNIL)
    g->keep_best = (size_t)lua_tointegerx(L, -1, &whole);
  if (!whole || lua_tointeger(L, -1) < 1 || lua_type(L, -1) != LUA_TNUMBER)
    lur_reader_fail(r, "keep.best", "%s, but a number of rows is expected", lur_push_found(L, -1));
  g->keep = LUR_KEEP_BEST;
  strcpy(g->keep_by, "loss");
  if (lua_getfield(L, keep, "by") == LUA_TNIL)
    return;
  if (lua_type(L, -1) != LUA_TSTRING)
    fail_value(r, "keep.by", LUR_METRICS_OF_COLUMNS);
  read_column(r, "keep.by", lua_tostring(L, -1), g->keep_by);
}

static void read_keep(struct lur_reader *r) {
  lua_State *L = r->L;
  int type = lua_getfield(L, r->fields, "keep"), keep = lua_gettop(L);
  const char *text = type == LUA_TSTRING ? lua_tostring(L, keep) : "";
  if (type == LUA_TNIL || strcmp(text, "all") == 0)
    return;
  if (strcmp(text, "cells") == 0)
    r->reading->keep = LUR_KEEP_CELLS;
  else if (type == LUA_TTABLE && !lur_is_axis(L, keep))
    read_keep_best(r, keep);
  else
    lur_reader_fail(r, "keep", "%s is not one of \"all\" \"cells\" { best = n, by = \"loss\" }",
                    lur_push_found(L, keep));
}

static void read_rank(struct lur_reader *r) {
  lua_State *L = r->L;
  int type = lua_getfield(L, r->fields, "rank");
  const char *name = type == LUA_TSTRING ? lua_tostring(L, -1) : "";
  if (!lua_toboolean(L, -1))
    return;
  if (type != LUA_TSTRING)
    lur_reader_fail(r, "rank", "%s, but the name of a metric is expected", lur_push_found(L, -1));
  if (strcmp(name, "solved") == 0)
    strcpy(r->reading->rank, name);
  else
    read_column(r, "rank", name, r->reading->rank);
}

static void check_samples(struct lur_reader *r) {
  const struct lur_value *sampler = &r->reading->spec.value[LUR_F_SAMPLER];
  const struct lur_value *samples = &r->reading->spec.value[LUR_F_SAMPLES];
  if (samples->kind != LUR_V_ABSENT && sampler->kind == LUR_V_ABSENT)
    lur_reader_fail(r, "samples", "a grid draws none; add sampler = \"random\", \"sobol\" or \"latin\"");
  if (sampler->kind != LUR_V_ABSENT && sampler->as.integer != LUR_GRID && samples->kind == LUR_V_ABSENT)
    lur_reader_fail(r, "sampler", "%s needs samples, how many points to draw", lur_sampler_names[sampler->as.integer]);
}

/* Folds are an axis of themselves where nothing says which. */
static void add_folds(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  const struct lur_value *n = &g->spec.value[LUR_F_FOLDS], first = {.kind = LUR_V_INTEGER, .as.integer = 1};
  struct lur_error e;
  if (!lur_spec_has_folds(&g->spec) || g->spec.value[LUR_F_FOLD].kind != LUR_V_ABSENT ||
      lur_axes_find(g->axes, lur_fields[LUR_F_FOLD].column) >= 0)
    return;
  int rc = lur_axis_init(g->axis, &g->spec, lur_fields[LUR_F_FOLD].name, &e);
  if (!rc)
    rc = lur_axis_range(g->axis, &first, n, &first, &e);
  if (!rc)
    rc = lur_axes_put(g->axes, g->axis, &e);
  if (rc)
    lur_reader_fail_error_at(r, "folds", &e);
}

/* How many runs: the product of the axes, zips counted once; with a drawn sampler its samples for each replicate
 * and for what they are crossed with. */
static double count_runs(const struct lur_reading *g) {
  const struct lur_value *samples = &g->spec.value[LUR_F_SAMPLES];
  bool drawn = lur_spec_choice(&g->spec, LUR_F_SAMPLER) != LUR_GRID && samples->kind == LUR_V_INTEGER;
  double n = drawn ? (double)samples->as.integer : 1;
  uint64_t zips = 0;
  for (int i = 0; i < g->axes->n; i++) {
    const struct lur_axis *a = &g->axes->axis[i];
    bool counted = a->zip && zips >> (a->zip & 63) & 1;
    if (!counted && (!drawn || a->crossed || lur_is_replicate(a->name)))
      n *= a->n ? (double)a->n : 1;
    if (a->zip)
      zips |= UINT64_C(1) << (a->zip & 63);
  }
  return n;
}

void lur_read_sweep(struct lur_reader *r) {
  lua_State *L = r->L;
  struct lur_reading *g = r->reading;
  read_where(r);
  read_prune(r);
  read_keep(r);
  read_rank(r);
  check_samples(r);
  lua_settop(L, r->held);
  int type = lua_getfield(L, r->fields, "sweep"), sweep = lua_gettop(L);
  const bool has_table = lua_toboolean(L, sweep);
  if (!has_table && !lur_spec_has_folds(&g->spec))
    return;
  if (lur_is_axis(L, sweep))
    lur_reader_fail(r, "sweep", "an axis without a name; write sweep = { %s }",
                    lur_is_axis_of(L, sweep, "zip") ? "luron.zip{...}" : "name = ...");
  if (has_table && type != LUA_TTABLE)
    lur_reader_fail(r, "sweep", "%s, but a table of axes is expected", lur_push_found(L, sweep));
  g->axes = lur_alloc(1, sizeof *g->axes);
  g->axis = lur_alloc(1, sizeof *g->axis);
  if (!g->axes || !g->axis)
    lur_raise_memory(L);
  if (has_table) {
    read_named(r, g->axes, sweep, 0);
    read_zips(r, g->axes, sweep, false);
    read_grids(r, sweep);
  }
  add_folds(r);
  g->n_sweep = g->axes->n ? count_runs(g) : 0;
}
