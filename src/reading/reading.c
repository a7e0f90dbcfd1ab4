/* SPDX-License-Identifier: MIT
 * The reading: a userdata that owns what was read from a table of fields. */
#include "reading/reading.h"

#include <stdlib.h>

#define READING "luron.reading"

/* ---- The whole ---- */
static void reading_clear(struct lur_reading *g) {
  lur_dataset_free(g->own_train);
  lur_dataset_free(g->own_test);
  free(g->start);
  free(g->log.epochs);
  lur_axes_free(g->axes);
  free(g->axes);
  lur_axes_free(g->typed);
  free(g->typed);
  lur_axis_free(g->axis);
  free(g->axis);
  *g = (struct lur_reading){0};
}

static int reading_gc(lua_State *L) {
  reading_clear(lua_touserdata(L, 1));
  return 0;
}

static void push_kept(struct lur_reader *r, int reading) {
  lua_newtable(r->L);
  lua_pushvalue(r->L, -1);
  lua_setiuservalue(r->L, reading, 1);
  r->kept = lua_gettop(r->L);
  lua_pushvalue(r->L, r->fields);
  lua_setfield(r->L, r->kept, "fields");
}

void lur_renew_reading(struct lur_reader *r, int index) {
  r->reading = lua_touserdata(r->L, index);
  reading_clear(r->reading);
  push_kept(r, index);
}

void lur_push_reading(struct lur_reader *r) {
  static const luaL_Reg meta[] = {{"__gc", reading_gc}, {"__close", reading_gc}, {NULL, NULL}};
  r->reading = lua_newuserdatauv(r->L, sizeof *r->reading, 1);
  *r->reading = (struct lur_reading){0};
  if (luaL_newmetatable(r->L, READING))
    luaL_setfuncs(r->L, meta, 0);
  lua_setmetatable(r->L, -2);
  push_kept(r, lua_gettop(r->L));
}

struct lur_reading *lur_reading_at(lua_State *L, int index) {
  return luaL_checkudata(L, index, READING);
}

/* ---- Printing ---- */
const char *lur_push_name(lua_State *L, int reading) {
  lua_getiuservalue(L, reading, 1);
  lua_getfield(L, -1, "fields");
  return lua_getfield(L, -1, "name") == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}
