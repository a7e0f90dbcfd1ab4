/* SPDX-License-Identifier: MIT
 * row.curve and row.validation_curve of a sweep's rows, as those of a run. They are read from the file when somebody
 * asks for them, since most readers of rows do not; then the row has them as fields. */
#include "module/module.h"
#include "store/store.h"

void lur_push_curve(lua_State *L, const double *loss, const uint64_t *epoch, int n) {
  lur_push_list(L, loss, n);
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    lua_pushinteger(L, (lua_Integer)epoch[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setfield(L, -2, "epochs");
}

static void set_curve(lua_State *L, int row, const char *name, const double *loss, const struct lur_curve_points *p) {
  lua_pushstring(L, name);
  lur_push_curve(L, loss, p->epoch, (int)p->n);
  lua_rawset(L, row);
}

void lur_set_curves(lua_State *L, int row, struct lur_table *t, uint64_t run) {
  struct lur_curve_points p = {0};
  struct lur_error e = {0};
  if (lur_table_curve_length(t, run, &p.room, &e))
    lur_raise(L, &e);
  if (p.room == 0)
    return;
  p.epoch = lua_newuserdatauv(L, p.room * sizeof *p.epoch, 0);
  p.loss = lua_newuserdatauv(L, 2 * p.room * sizeof *p.loss, 0);
  p.validation = p.loss + p.room;
  if (lur_table_curve(t, run, &p, &e))
    lur_raise(L, &e);
  set_curve(L, row, "curve", p.loss, &p);
  if (p.validates)
    set_curve(L, row, "validation_curve", p.validation, &p);
}
