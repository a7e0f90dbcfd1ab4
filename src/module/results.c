/* SPDX-License-Identifier: MIT
 * luron.results(path): a sweep's rows from Lua. #r, r[i], r:rows{ where =, order = }, r:best("loss", n),
 * r:by("learning_rate", "solved"), r.path. Values of fields come as the script writes them: hidden = { 4, 4 },
 * bias = true, batch = "all"; so e:run(row.overrides) is that run again.
 *
 * What is read is of the moment of opening. Statements and groups belong to userdata that is made before them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fold/groups.h"
#include "fold/ranking.h"
#include "module/module.h"
#include "store/store.h"

static const char results_name[] = "luron.results", rows_name[] = "luron.rows", groups_name[] = "luron.groups";

struct results {
  struct lur_table *table; /* NULL: closed */
  uint64_t n_rows, first;  /* rows, and the first's run */
  bool dense;              /* runs follow each other without a gap */
  bool settles;            /* the file leaves WAL mode when these close, where they are the last */
};

enum { ROW_CLASS = 1, N_RESULTS_SLOTS = ROW_CLASS }; /* user values of results: where the file keeps curves */
enum { RESULTS = 1, N_SLOTS = RESULTS };             /* user values of rows: the results */
struct rows {
  struct lur_table *table;      /* held: a finalizer may close the results at any Lua call; NULL: ended */
  struct lur_query *query;      /* or NULL */
  const struct lur_cell *cells; /* of a row that was read and is not made yet; or NULL */
  bool busy;                    /* a row is being made: a finalizer may ask for the next one, or end them, meanwhile */
};

struct groups {
  struct lur_groups groups;
};

static struct results *check_results(lua_State *L, int index) {
  struct results *r = luaL_checkudata(L, index, results_name);
  if (!r->table)
    luaL_error(L, "these results are closed");
  return r;
}

/* ---- Rows, one after the other ---- */
static struct rows *new_rows(lua_State *L, int results_index) {
  struct rows *rows = lua_newuserdatauv(L, sizeof *rows, N_SLOTS);
  *rows = (struct rows){0};
  luaL_setmetatable(L, rows_name);
  lua_pushvalue(L, results_index);
  lua_setiuservalue(L, -2, RESULTS);
  rows->table = lur_table_hold(check_results(L, results_index)->table);
  return rows;
}

static void end_rows(struct rows *rows) {
  lur_query_free(rows->query);
  lur_table_free(rows->table);
  *rows = (struct rows){0};
}

static int rows_gc(lua_State *L) {
  end_rows(luaL_checkudata(L, 1, rows_name));
  return 0;
}

static int rows_tostring(lua_State *L) {
  lua_pushstring(L, rows_name);
  return 1;
}

/* The end of a loop over them. */
static int rows_close(lua_State *L) {
  struct rows *rows = luaL_checkudata(L, 1, rows_name);
  if (!rows->busy)
    end_rows(rows);
  return 0;
}

static void start(lua_State *L, struct rows *rows, const struct lur_ask *ask) {
  struct lur_error e = {0};
  rows->query = lur_query_new(rows->table, ask, &e);
  if (!rows->query)
    lur_raise(L, &e);
}

static int make_row(lua_State *L) {
  const struct rows *rows = lua_touserdata(L, 1);
  lur_push_row(L, lur_table_facts(rows->table), rows->cells);
  return 1;
}

/* Pushes the next row, or nothing: false. The rows' results are at results_index. A row that could not be made, for
 * want of memory, comes again. */
static bool push_next(lua_State *L, struct rows *rows, int results_index) {
  struct lur_error e = {0};
  const struct lur_cell *c;
  check_results(L, results_index);
  if (rows->busy)
    luaL_error(L, "the next row is asked for while one is made");
  int got = rows->cells != NULL;
  if (!got && rows->query)
    got = lur_query_next(rows->query, &c, &e);
  if (got < 0)
    lur_raise(L, &e);
  if (got == 0)
    return false;
  rows->cells = rows->cells ? rows->cells : c;
  lua_pushcfunction(L, make_row);
  lua_pushlightuserdata(L, rows);
  rows->busy = true;
  const int status = lua_pcall(L, 1, 1, 0);
  rows->busy = false;
  if (status != LUA_OK)
    lua_error(L);
  rows->cells = NULL;
  if (lua_getiuservalue(L, results_index, ROW_CLASS) == LUA_TTABLE)
    lua_setmetatable(L, -2);
  else
    lua_pop(L, 1);
  return true;
}

/* Upvalue 1: the rows. */
static int next_row(lua_State *L) {
  struct rows *rows = lua_touserdata(L, lua_upvalueindex(1));
  lua_settop(L, 0);
  lua_getiuservalue(L, lua_upvalueindex(1), RESULTS);
  if (push_next(L, rows, 1))
    return 1;
  end_rows(rows);
  lua_pushnil(L);
  return 1;
}

static const char *optional_text(lua_State *L, int index, const char *name) {
  if (lua_isnoneornil(L, index))
    return NULL;
  lua_getfield(L, index, name);
  if (!lua_isnil(L, -1) && !lua_isstring(L, -1))
    lur_raise_field(L, name, "SQL as a text is expected, not %s", lur_push_found(L, -1));
  return lua_tostring(L, -1); /* stays on the stack */
}

static int m_rows(lua_State *L) {
  static const char *const names[] = {"where", "order", NULL};
  lur_check_self(L, results_name, "results:rows");
  lua_settop(L, 2);
  if (!lua_isnil(L, 2)) {
    luaL_checktype(L, 2, LUA_TTABLE);
    lur_check_names(L, 2, names);
  }
  struct lur_ask ask = {
      .where = optional_text(L, 2, "where"), .order = optional_text(L, 2, "order"), .deadline_ms = -1};
  struct rows *rows = new_rows(L, 1);
  start(L, rows, &ask);
  lua_pushvalue(L, -1);
  lua_pushcclosure(L, next_row, 1);
  lua_pushnil(L);
  lua_pushnil(L);
  lua_pushvalue(L, -4);
  return 4; /* the rows are closed where the loop ends */
}

/* ---- One row ---- */
static int push_ith(lua_State *L, struct results *r, lua_Integer i) {
  char where[64], limit[64];
  if (i < 1 || (uint64_t)i > r->n_rows) {
    lua_pushnil(L);
    return 1;
  }
  snprintf(where, sizeof where, "run = %llu", (unsigned long long)(r->first + (uint64_t)i - 1));
  snprintf(limit, sizeof limit, "run LIMIT 1 OFFSET %lld", (long long)i - 1);
  struct lur_ask ask = {.where = r->dense ? where : NULL, .order = r->dense ? NULL : limit, .deadline_ms = -1};
  struct rows *rows = new_rows(L, 1);
  start(L, rows, &ask);
  if (!push_next(L, rows, 1))
    lua_pushnil(L);
  end_rows(rows);
  return 1;
}

/* ---- The best ---- */
static int start_best(struct rows *rows, const char *metric, bool high, lua_Integer n, struct lur_error *e) {
  struct lur_buffer order = {0};
  lur_table_best_order(metric, high, &order);
  if (order.failed) {
    lur_buffer_free(&order);
    return lur_fail_memory(e);
  }
  rows->query =
      lur_query_new(rows->table, &(struct lur_ask){.order = order.data, .limit = (uint64_t)n, .deadline_ms = -1}, e);
  lur_buffer_free(&order);
  return rows->query ? LUR_OK : e->code;
}

/* What ranks by the metric that the argument at index names, or by the usual one. */
static struct lur_ranking read_ranking(lua_State *L, struct lur_table *t, int index) {
  const char *metric = luaL_optstring(L, index, NULL);
  struct lur_ranking ranking;
  struct lur_error e = {0};
  if (lur_ranking_read(t, metric ? lur_table_name(t, metric) : NULL, &ranking, &e))
    lur_raise(L, &e);
  return ranking;
}

/* best(metric, [n], ["max" or "min"]) in any order of the last two. */
static int m_best(lua_State *L) {
  static const char *const ends[] = {"min", "max", NULL};
  struct lur_error e = {0};
  lur_check_self(L, results_name, "results:best");
  lua_settop(L, 4);
  struct rows *rows = new_rows(L, 1);
  struct lur_ranking ranking = read_ranking(L, rows->table, 2);
  if (ranking.apart)
    luaL_error(L,
               "%s: the runs have several losses (%s, %s%s), which do not compare; write loss = \"mse\" in the "
               "experiment, or name another metric",
               ranking.metric, ranking.loss[0], ranking.loss[1], ranking.n_losses > 2 ? ", ..." : "");
  bool high = ranking.high;
  lua_Integer n = 0;
  for (int i = 3; i <= 4; i++)
    if (lua_type(L, i) == LUA_TNUMBER)
      luaL_argcheck(L, (n = luaL_checkinteger(L, i)) >= 1, i, "a count from 1 is expected");
    else if (!lua_isnoneornil(L, i))
      high = luaL_checkoption(L, i, NULL, ends);
  if (start_best(rows, ranking.metric, high, n ? n : 1, &e))
    lur_raise(L, &e);
  if (n == 0) {
    if (!push_next(L, rows, 1))
      lua_pushnil(L);
  } else {
    lua_newtable(L);
    for (lua_Integer i = 1; push_next(L, rows, 1); i++)
      lua_rawseti(L, -2, i);
  }
  end_rows(rows);
  return 1;
}

/* ---- By the values of an axis ---- */
static int groups_gc(lua_State *L) {
  struct groups *g = luaL_checkudata(L, 1, groups_name);
  lur_groups_free(&g->groups);
  return 0;
}

static void set_number(lua_State *L, const char *name, double x) {
  if (x != x)
    return;
  lua_pushnumber(L, x);
  lua_setfield(L, -2, name);
}

static int m_by(lua_State *L) {
  struct lur_error e = {0};
  lur_check_self(L, results_name, "results:by");
  lua_settop(L, 3);
  struct rows *held = new_rows(L, 1);
  struct lur_table *t = held->table;
  const char *axis = lur_table_name(t, luaL_checkstring(L, 2));
  const struct lur_ranking ranking = read_ranking(L, t, 3);
  struct groups *g = lua_newuserdatauv(L, sizeof *g, 0);
  *g = (struct groups){0};
  luaL_setmetatable(L, groups_name);
  struct lur_groups_ask ask = {
      .n_keys = 1, .key = &axis, .metric = ranking.metric, .deadline_ms = -1, .ranking = &ranking};
  if (lur_groups_read(t, &ask, &g->groups, &e))
    lur_raise(L, &e);
  lua_createtable(L, (int)g->groups.n, 0);
  for (size_t i = 0; i < g->groups.n; i++) {
    const struct lur_group *group = &g->groups.group[i];
    lua_newtable(L);
    lur_push_cell(L, lur_table_facts(t), axis, &group->key[0]);
    lua_setfield(L, -2, "value");
    lua_pushinteger(L, (lua_Integer)group->n);
    lua_setfield(L, -2, "n");
    set_number(L, "mean", group->mean);
    set_number(L, "median", group->median);
    set_number(L, "low", group->low);
    set_number(L, "high", group->high);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  end_rows(held);
  return 1;
}

/* ---- The object ---- */
struct lur_table *lur_push_results_table(lua_State *L, int index) {
  return new_rows(L, index)->table;
}

/* __index of a row that may have curves, of which it becomes the owner. Upvalue 1: its results. */
static int row_index(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  if (strcmp(name, "curve") != 0 && strcmp(name, "validation_curve") != 0)
    return 0;
  struct lur_table *t = lur_push_results_table(L, lua_upvalueindex(1));
  lua_pushliteral(L, "run");
  if (lua_rawget(L, 1) == LUA_TNUMBER)
    lur_set_curves(L, 1, t, (uint64_t)lua_tointeger(L, -1));
  lua_pushvalue(L, 2);
  lua_rawget(L, 1);
  return 1;
}

static int mm_index(lua_State *L) {
  struct results *r = luaL_checkudata(L, 1, results_name);
  if (lua_type(L, 2) == LUA_TNUMBER)
    return push_ith(L, check_results(L, 1), lua_tointeger(L, 2));
  const char *name = luaL_checkstring(L, 2);
  if (strcmp(name, "path") == 0 && r->table) {
    lua_pushstring(L, lur_table_path(r->table));
    return 1;
  }
  lua_getfield(L, lua_upvalueindex(1), name);
  return 1;
}

static int mm_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_results(L, 1)->n_rows);
  return 1;
}

static int mm_gc(lua_State *L) {
  struct results *r = luaL_checkudata(L, 1, results_name);
  char *path = r->table && r->settles ? lur_copy_text(lur_table_path(r->table)) : NULL;
  lur_table_free(r->table);
  r->table = NULL;
  if (path)
    lur_store_settle(path);
  free(path);
  return 0;
}

static int m_close(lua_State *L) {
  lur_check_self(L, results_name, "results:close");
  return mm_gc(L);
}

static int mm_tostring(lua_State *L) {
  struct results *r = luaL_checkudata(L, 1, results_name);
  if (r->table)
    lua_pushfstring(L, "%s: %s, %I rows", results_name, lur_table_path(r->table), (lua_Integer)r->n_rows);
  else
    lua_pushfstring(L, "%s: closed", results_name);
  return 1;
}

static int measure(struct results *r, struct lur_error *e) {
  const struct lur_cell *c;
  struct lur_ask ask = {.select = "count(*), min(run), max(run)", .order = "1", .deadline_ms = -1};
  struct lur_query *q = lur_query_new(r->table, &ask, e);
  int got = q ? lur_query_next(q, &c, e) : -e->code;
  if (got > 0) {
    r->n_rows = (uint64_t)c[0].as.integer;
    r->first = c[1].kind == LUR_CELL_INTEGER ? (uint64_t)c[1].as.integer : 1;
    r->dense = r->n_rows > 0 && (uint64_t)(c[2].as.integer - c[1].as.integer + 1) == r->n_rows;
  }
  lur_query_free(q);
  return got < 0 ? -got : LUR_OK;
}

void lur_push_results(lua_State *L, const char *path, bool settles) {
  struct lur_error e = {0};
  struct results *r = lua_newuserdatauv(L, sizeof *r, N_RESULTS_SLOTS);
  *r = (struct results){.settles = settles};
  luaL_setmetatable(L, results_name);
  r->table = lur_table_open(path, &e);
  if (!r->table || measure(r, &e))
    lur_raise(L, &e);
  if (lur_table_curves(r->table)) {
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -2);
    lua_pushcclosure(L, row_index, 1);
    lua_setfield(L, -2, "__index");
    lua_setiuservalue(L, -2, ROW_CLASS);
  }
}

/* Relative to the current folder, as sweeps write there. */
static int results_open(lua_State *L) {
  lur_check_may_read(L, luaL_checkstring(L, 1));
  lur_push_results(L, lua_tostring(L, 1), false);
  return 1;
}

void lur_open_results(lua_State *L) {
  static const luaL_Reg metamethods[] = {{"__len", mm_len},  {"__pairs", lur_pairs_of_list}, {"__gc", mm_gc},
                                         {"__close", mm_gc}, {"__tostring", mm_tostring},    {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"rows", m_rows}, {"best", m_best}, {"by", m_by}, {"close", m_close}, {NULL, NULL}};
  static const luaL_Reg rows_methods[] = {
      {"__gc", rows_gc}, {"__close", rows_close}, {"__tostring", rows_tostring}, {NULL, NULL}};
  static const luaL_Reg groups_methods[] = {{"__gc", groups_gc}, {NULL, NULL}};
  lur_open_class(L, results_name, metamethods, methods, mm_index);
  lur_new_class(L, rows_name, rows_methods, NULL);
  lur_new_class(L, groups_name, groups_methods, NULL);
  lua_pushcfunction(L, results_open);
  lua_setfield(L, -2, "results");
}
