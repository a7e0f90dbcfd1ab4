/* SPDX-License-Identifier: MIT
 * Shortcuts as a script writes them: a list of pairs { {0, 2}, {1, 3} }. */
#include "module/module.h"
#include "sweep/shortcuts.h"

/* The pair on the top; false where it is none. */
static bool to_pair(lua_State *L, double pair[2]) {
  const int top = lua_gettop(L);
  bool is_pair = lur_is_list(L, -1) && luaL_len(L, -1) == 2 && !lur_push_stray(L, -1);
  lua_settop(L, top);
  for (int k = 0; k < 2 && is_pair; k++) {
    is_pair = lua_geti(L, -1, k + 1) == LUA_TNUMBER;
    pair[k] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  return is_pair;
}

int lur_to_shortcuts(lua_State *L, int index, struct lur_value *v, struct lur_error *e) {
  const lua_Integer n = luaL_len(L, index);
  const int top = lua_gettop(L);
  const char *stray = lur_push_stray(L, index);
  int rc = stray ? lur_fail(e, LUR_EINPUT, "shortcuts", LUR_STRAY_TEXT, stray) : LUR_OK;
  lua_settop(L, top);
  *v = (struct lur_value){.kind = LUR_V_LIST};
  for (lua_Integer i = 1; i <= n && !rc; i++) {
    double pair[2];
    lua_geti(L, index, i);
    if (to_pair(L, pair))
      rc = lur_shortcuts_add(v, pair[0], pair[1], e);
    else
      rc = lur_fail(e, LUR_EINPUT, "shortcuts", "item %lld is %s, not a pair {from, to}; write { {0, 2}, {1, 3} }",
                    (long long)i, lur_push_found(L, -1));
    lua_settop(L, top);
  }
  return rc;
}
