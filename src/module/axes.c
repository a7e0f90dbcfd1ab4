/* SPDX-License-Identifier: MIT
 * What stands under `sweep`: luron.range, linspace, geomspace, uniform, loguniform, zip and halving make small tables
 * that say what was asked for. Their arguments are checked here; which field they fit is checked by the reader.
 * A script may write to such a table, so that each use of one begins with a check: lur_check_axis. Which kind each was
 * made as stands in the registry. */
#include <math.h>
#include <string.h>

#include "module/module.h"

#define AXIS "luron.axis"
static const double most_points = 1e12;
static const char made_as; /* its address is the key of the kinds by their axes, which are weak keys */

/* What each kind has: numbers, or a table `of`. */
static const struct kind {
  const char *name, *number[3];
  bool has_of;
} kinds[] = {{"range", {"from", "to", "step"}, false},
             {"linspace", {"from", "to", "n"}, false},
             {"geomspace", {"from", "to", "n"}, false},
             {"uniform", {"from", "to"}, false},
             {"loguniform", {"from", "to"}, false},
             {"zip", {NULL}, true},
             {"list", {NULL}, true},
             {"halving", {NULL}, true}};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

static int tostring(lua_State *L) {
  char a[32], b[32], n[32];
  lur_check_axis(L, 1);
  lua_getfield(L, 1, "kind");
  lua_getfield(L, 1, "from");
  lua_getfield(L, 1, "to");
  int type = lua_getfield(L, 1, "n");
  if (type == LUA_TNIL) {
    lua_pop(L, 1);
    lua_getfield(L, 1, "step");
  }
  if (lua_isnil(L, -3)) {
    lua_pushfstring(L, "luron.%s", lua_tostring(L, -4));
    return 1;
  }
  lur_digits_write(lua_tonumber(L, -3), a);
  lur_digits_write(lua_tonumber(L, -2), b);
  lur_digits_write(lua_tonumber(L, -1), n);
  bool third = !lua_isnil(L, -1);
  lua_pushfstring(L, "luron.%s(%s, %s%s%s)", lua_tostring(L, -4), a, b, third ? ", " : "", third ? n : "");
  return 1;
}

/* ---- What makes them: upvalue 1 is the kind, upvalue 2 whether both ends must be above 0 ---- */
static const char *kind_of(lua_State *L) {
  return lua_tostring(L, lua_upvalueindex(1));
}

static double take(lua_State *L, int at) {
  if (lua_type(L, at) != LUA_TNUMBER || !isfinite(lua_tonumber(L, at)))
    luaL_error(L, "luron.%s: argument %d is %s, but a finite number is expected", kind_of(L), at,
               lur_push_found(L, at));
  return lua_tonumber(L, at);
}

static void check_sign(lua_State *L, double a, double b) {
  if (lua_toboolean(L, lua_upvalueindex(2)) && (a <= 0 || b <= 0))
    luaL_error(L, "luron.%s: both ends must be above 0", kind_of(L));
}

/* Makes an axis of the table on the top. */
static int finish(lua_State *L) {
  lua_pushstring(L, kind_of(L));
  lua_setfield(L, -2, "kind");
  lua_rawgetp(L, LUA_REGISTRYINDEX, &made_as);
  lua_pushvalue(L, -2);
  lua_pushstring(L, kind_of(L));
  lua_rawset(L, -3);
  lua_pop(L, 1);
  luaL_setmetatable(L, AXIS);
  return 1;
}

/* An axis of the arguments; third: what the one at 3 is called, or NULL. */
static int finish_numbers(lua_State *L, const char *third) {
  const char *const names[] = {"from", "to", third};
  lua_newtable(L);
  for (int i = 0; i < (third ? 3 : 2); i++) {
    lua_pushvalue(L, i + 1);
    lua_setfield(L, -2, names[i]);
  }
  return finish(L);
}

static int new_range(lua_State *L) {
  double a = take(L, 1), b = take(L, 2);
  lua_settop(L, 3);
  if (lua_isnil(L, 3)) {
    lua_pushinteger(L, 1);
    lua_replace(L, 3);
  }
  double step = take(L, 3);
  if (step == 0 || (b - a) / step < 0)
    return luaL_error(L, "luron.range: from %f to %f is not reached by steps of %f", a, b, step);
  return finish_numbers(L, "step");
}

static int new_points(lua_State *L) {
  double a = take(L, 1), b = take(L, 2), n = take(L, 3);
  if (n < 1 || n != floor(n))
    return luaL_error(L, "luron.%s: argument 3 is %s, but a number of points is expected", kind_of(L),
                      lur_push_found(L, 3));
  if (n > most_points)
    return luaL_error(L, "luron.%s: argument 3 is %s, but an axis has 1000000000000 points at most", kind_of(L),
                      lur_push_found(L, 3));
  check_sign(L, a, b);
  return finish_numbers(L, "n");
}

static int new_interval(lua_State *L) {
  double a = take(L, 1), b = take(L, 2);
  if (!(a < b))
    return luaL_error(L, "luron.%s: the first number must be below the second", kind_of(L));
  check_sign(L, a, b);
  return finish_numbers(L, NULL);
}

static int new_copy(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_newtable(L);
  lur_push_table_copy(L, 1);
  lua_setfield(L, -2, "of");
  return finish(L);
}

/* A list, or what has as many values. */
static int new_list(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  const bool is_axis = lur_is_axis(L, 1);
  if (is_axis)
    lur_check_axis(L, 1);
  if (luaL_len(L, 1) < 1)
    return luaL_error(L, is_axis ? "luron.list: a list or a range is expected"
                                 : "luron.list: no values; a list such as {1, 2} is expected");
  lua_newtable(L);
  is_axis ? lua_pushvalue(L, 1) : lur_push_table_copy(L, 1);
  lua_setfield(L, -2, "of");
  return finish(L);
}

static void push_maker(lua_State *L, const char *kind, lua_CFunction maker, bool positive) {
  lua_pushstring(L, kind);
  lua_pushboolean(L, positive);
  lua_pushcclosure(L, maker, 2);
}

void lur_push_zip(lua_State *L, int of) {
  push_maker(L, "zip", new_copy, false);
  lua_pushvalue(L, of);
  lua_call(L, 1, 1);
}

/* ---- As a list ---- */
static bool is_table_of(lua_State *L) {
  bool is = lua_getfield(L, 1, "of") == LUA_TTABLE;
  lua_pop(L, 1);
  return is;
}

static void read_self(lua_State *L, struct lur_axis *a) {
  struct lur_error e = {0};
  *a = (struct lur_axis){.name = "axis", .field = -1};
  if (lur_read_sequence(L, 1, a, &e))
    lur_raise(L, &e);
}

static int mm_len(lua_State *L) {
  struct lur_axis a = {0};
  if (lur_push_listed(L, 1)) {
    lua_pushinteger(L, luaL_len(L, -1));
    return 1;
  }
  if (!is_table_of(L))
    read_self(L, &a);
  lua_pushinteger(L, (lua_Integer)a.n);
  return 1;
}

/* The i-th value; fields of its own are in the table itself. */
static int mm_index(lua_State *L) {
  int whole = 0;
  lua_Integer i = lua_type(L, 2) == LUA_TNUMBER ? lua_tointegerx(L, 2, &whole) : 0;
  struct lur_axis a;
  struct lur_value v;
  if (whole && lur_push_listed(L, 1)) {
    lua_geti(L, -1, i);
    return 1;
  }
  if (!whole || is_table_of(L))
    return 0;
  read_self(L, &a);
  if (lur_axis_is_interval(&a))
    return luaL_error(L, "%s is an interval to draw from; it has no values of its own", luaL_tolstring(L, 1, NULL));
  if (i < 1 || (uint64_t)i > a.n)
    return 0;
  lur_axis_value(&a, (uint64_t)i - 1, &v);
  lur_push_value(L, NULL, &v);
  return 1;
}

/* What a zip or a halving was made of, in the order of names; else its values. */
static int mm_pairs(lua_State *L) {
  if (!is_table_of(L) || lur_is_axis_of(L, 1, "list"))
    return lur_pairs_of_list(L);
  lua_getfield(L, 1, "of");
  lur_push_names(L, -1, LUR_BY_FIELDS);
  lua_insert(L, -2);
  return lur_pairs_of_names(L);
}

/* Whether the table at index has the metatable of the class. */
static bool is_table_of_class(lua_State *L, int index, const char *name) {
  if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index))
    return false;
  luaL_getmetatable(L, name);
  bool is = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return is;
}

/* ---- As a stranger's table ---- */
static int fail_changed(lua_State *L, const char *kind, const char *field) {
  return luaL_error(L, "luron.%s: its %s was changed to %s; make another one instead", kind, field,
                    lur_push_found(L, -1));
}

static void check_finite(lua_State *L, int index, const char *kind, const char *field) {
  if (lua_getfield(L, index, field) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
    fail_changed(L, kind, field);
  lua_pop(L, 1);
}

/* The kind that the axis was made as; one that a script has put together counts as a range. */
static const struct kind *kind_made(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &made_as);
  lua_pushvalue(L, index);
  const char *name = lua_rawget(L, -2) == LUA_TSTRING ? lua_tostring(L, -1) : "range";
  int k = 0;
  while (strcmp(kinds[k].name, name) != 0)
    k++;
  lua_pop(L, 2);
  return &kinds[k];
}

void lur_check_axis(lua_State *L, int index) {
  index = lua_absindex(L, index);
  const struct kind *k = kind_made(L, index);
  if (lua_getfield(L, index, "kind") != LUA_TSTRING || strcmp(lua_tostring(L, -1), k->name) != 0)
    fail_changed(L, k->name, "kind");
  for (int i = 0; i < 3 && k->number[i]; i++)
    check_finite(L, index, k->name, k->number[i]);
  if (k->has_of && lua_getfield(L, index, "of") != LUA_TTABLE)
    fail_changed(L, k->name, "of");
  lua_pop(L, k->has_of ? 2 : 1);
}

bool lur_is_axis(lua_State *L, int index) {
  return is_table_of_class(L, index, AXIS);
}

bool lur_is_axis_of(lua_State *L, int index, const char *kind) {
  return lur_is_axis(L, index) && strcmp(kind_made(L, index)->name, kind) == 0;
}

/* What the axis was made of, if it is of that kind. */
static bool push_of(lua_State *L, int index, const char *kind) {
  const bool is = lur_is_axis_of(L, index, kind);
  if (is) {
    lur_check_axis(L, index);
    lua_getfield(L, index, "of");
  }
  return is;
}

bool lur_push_zipped(lua_State *L, int index) {
  return push_of(L, index, "zip");
}

bool lur_push_listed(lua_State *L, int index) {
  return push_of(L, index, "list");
}

bool lur_push_halving(lua_State *L, int index) {
  return push_of(L, index, "halving");
}

void lur_open_axes(lua_State *L) {
  static const struct {
    const char *kind;
    lua_CFunction maker;
    bool positive;
  } made[] = {{"range", new_range, false},      {"linspace", new_points, false},    {"geomspace", new_points, true},
              {"uniform", new_interval, false}, {"loguniform", new_interval, true}, {"zip", new_copy, false},
              {"list", new_list, false},        {"halving", new_copy, false}};
  static const luaL_Reg meta[] = {
      {"__tostring", tostring}, {"__index", mm_index}, {"__len", mm_len}, {"__pairs", mm_pairs}, {NULL, NULL}};
  lur_new_class(L, AXIS, meta, NULL);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &made_as) == LUA_TNIL) { /* else opened before: those made then stay known */
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &made_as);
  }
  lua_pop(L, 1);
  for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
    push_maker(L, made[i].kind, made[i].maker, made[i].positive);
    lua_setfield(L, -2, made[i].kind);
  }
}

/* ---- Tables in order ---- */
static double number_of(lua_State *L, int index, const char *name) {
  lua_getfield(L, index, name);
  double x = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return x;
}

static struct lur_value value_of(lua_State *L, int index, const char *name) {
  lua_getfield(L, index, name);
  struct lur_value v = lur_plain_value(L, -1);
  lua_pop(L, 1);
  return v;
}

/* ---- One axis ---- */
/* 0, which is refused, for what no maker let through. */
static uint64_t to_count(double n) {
  return n >= 1 && n <= most_points ? (uint64_t)n : 0;
}

int lur_read_sequence(lua_State *L, int at, struct lur_axis *a, struct lur_error *e) {
  lur_check_axis(L, at);
  double from = number_of(L, at, "from"), to = number_of(L, at, "to"), n = number_of(L, at, "n");
  if (lur_is_axis_of(L, at, "range")) {
    const struct lur_value first = value_of(L, at, "from"), last = value_of(L, at, "to");
    const struct lur_value step = value_of(L, at, "step");
    return lur_axis_range(a, &first, &last, &step, e);
  }
  if (lur_is_axis_of(L, at, "linspace"))
    return lur_axis_spaced(a, false, from, to, to_count(n), e);
  if (lur_is_axis_of(L, at, "geomspace"))
    return lur_axis_spaced(a, true, from, to, to_count(n), e);
  if (lur_is_axis_of(L, at, "uniform"))
    return lur_axis_interval(a, false, from, to, e);
  if (lur_is_axis_of(L, at, "loguniform"))
    return lur_axis_interval(a, true, from, to, e);
  return lur_fail(e, LUR_EINPUT, a->name, "a list or a range is expected");
}

#define EVERY "luron.every"

/* ---- luron.every(n[, f]) ---- */
static int new_every(lua_State *L) {
  int whole = 0;
  lua_Integer n = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &whole) : 0;
  if (!whole || n < 1)
    return luaL_error(L, "luron.every: argument 1 is %s, but a number of epochs from 1 is expected",
                      lur_push_found(L, 1));
  if (!lua_isnoneornil(L, 2) && lua_type(L, 2) != LUA_TFUNCTION)
    return luaL_error(L, "luron.every: argument 2 is %s, but a function of the record is expected",
                      lur_push_found(L, 2));
  lua_settop(L, 2);
  lua_newtable(L);
  lua_pushinteger(L, n);
  lua_setfield(L, -2, "n");
  lua_pushvalue(L, 2);
  lua_setfield(L, -2, "call");
  luaL_setmetatable(L, EVERY);
  return 1;
}

bool lur_is_every(lua_State *L, int index) {
  if (!is_table_of_class(L, index, EVERY))
    return false;
  index = lua_absindex(L, index);
  int whole = 0;
  if (lua_getfield(L, index, "n") != LUA_TNUMBER || lua_tointegerx(L, -1, &whole) < 1 || !whole)
    fail_changed(L, "every", "n");
  const int type = lua_getfield(L, index, "call");
  if (type != LUA_TNIL && type != LUA_TFUNCTION)
    fail_changed(L, "every", "call");
  lua_pop(L, 2);
  return true;
}

static int every_tostring(lua_State *L) {
  lua_getfield(L, 1, "n");
  lua_pushfstring(L, "luron.every(%s)", luaL_tolstring(L, -1, NULL));
  return 1;
}

void lur_open_every(lua_State *L) {
  static const luaL_Reg meta[] = {{"__tostring", every_tostring}, {NULL, NULL}};
  lur_new_class(L, EVERY, meta, NULL);
  lua_pushcfunction(L, new_every);
  lua_setfield(L, -2, "every");
}
