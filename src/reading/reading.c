/* SPDX-License-Identifier: MIT
 * The reading: a userdata that owns what was read from a table of fields. */
#include "reading/reading.h"

#include <stdlib.h>

#define READING "luron.reading"

static void reading_clear(struct lur_reading *g) {
  lur_dataset_free(g->own_train);
  lur_dataset_free(g->own_test);
  lur_saved_run_free(&g->from);
  lur_dataset_free(g->own_validation);
  for (int k = 0; k < LUR_N_SETS; k++)
    lur_dataset_free(g->lent[k]);
  lur_shared_free(g->prepared);
  free(g->start);
  free(g->frozen);
  free(g->log.epochs);
  lur_entries_free(g->entries);
  lur_axes_free(g->axes);
  free(g->axes);
  lur_axes_free(g->typed);
  free(g->typed);
  lur_axis_free(g->axis);
  free(g->axis);
  for (int i = 0; i < g->n_grids; i++)
    lur_axes_free(&g->grid[i]);
  free(g->grid);
  *g = (struct lur_reading){0};
}

static int reading_gc(lua_State *L) {
  reading_clear(lua_touserdata(L, 1));
  return 0;
}

void lur_renew_reading(struct lur_reader *r, int index) {
  lua_State *L = r->L;
  r->at = lua_absindex(L, index);
  r->reading = lua_touserdata(L, r->at);
  reading_clear(r->reading);
  lua_pushvalue(L, r->fields);
  lua_setiuservalue(L, r->at, LUR_READING_FIELDS);
  for (int slot = LUR_READING_LOG; slot < LUR_READING_HELD; slot++) {
    lua_pushnil(L);
    lua_setiuservalue(L, r->at, slot);
  }
  if (r->overrides) {
    lua_pushvalue(L, r->overrides);
    lua_setiuservalue(L, r->at, LUR_READING_OVERRIDES);
  }
  lua_newtable(L);
  r->held = lua_gettop(L);
  lua_pushvalue(L, r->held);
  lua_setiuservalue(L, r->at, LUR_READING_HELD);
}

void lur_push_reading(struct lur_reader *r) {
  static const luaL_Reg meta[] = {{"__gc", reading_gc}, {"__close", reading_gc}, {NULL, NULL}};
  struct lur_reading *g = lua_newuserdatauv(r->L, sizeof *g, LUR_N_READING_SLOTS);
  *g = (struct lur_reading){0};
  if (luaL_newmetatable(r->L, READING))
    luaL_setfuncs(r->L, meta, 0);
  lua_setmetatable(r->L, -2);
  lur_renew_reading(r, -1);
}

struct lur_reading *lur_reading_at(lua_State *L, int index) {
  return luaL_checkudata(L, index, READING);
}

const char *lur_push_name(lua_State *L, int reading) {
  lua_getiuservalue(L, reading, LUR_READING_FIELDS);
  return lua_getfield(L, -1, "name") == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}
