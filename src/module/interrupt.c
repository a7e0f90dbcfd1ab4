/* SPDX-License-Identifier: MIT
 * A signal stops a script by a count hook on its state: it stays, so that the script's own pcall cannot swallow it.
 * In a Lua without the host, signals are the program's: a run borrows them. */
#include <string.h>

#include "module/module.h"

static int give_back(lua_State *L);

/* What gives the signals back is let through. */
static void stop_script(lua_State *L, lua_Debug *at) {
  if (at->event == LUA_HOOKCALL && lua_getinfo(L, "f", at)) {
    const bool ends = lua_tocfunction(L, -1) == give_back;
    lua_pop(L, 1);
    if (ends)
      return;
  }
  lua_getinfo(L, "Sl", at);
  if (at->currentline > 0)
    luaL_error(L, "%s:%d: interrupted", at->short_src, at->currentline);
  luaL_error(L, "interrupted");
}

void lur_interrupt_pause(lua_State *L) {
  lua_sethook(L, NULL, 0, 0);
}

void lur_interrupt_resume(void *state) {
  lua_sethook(state, stop_script, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* ---- Signals for the time of a run ---- */
struct loan {
  lua_State *L;
  struct lur_signal_loan signals;
  struct lur_signal_watch watch;
  lua_Hook hook; /* what was there before */
  int mask, every;
};

static int give_back(lua_State *L) {
  struct loan *loan = lua_touserdata(L, 1);
  if (lua_gethook(loan->L) == stop_script)
    lua_sethook(loan->L, loan->hook, loan->mask, loan->every);
  lur_script_of(L)->borrows_signals = true;
  lur_signal_give_back(&loan->signals);
  return 0;
}

void lur_take_signals(lua_State *L) {
  struct lur_script *host = lur_script_of(L);
  if (!host->borrows_signals) {
    lua_pushnil(L);
    return;
  }
  struct loan *loan = lua_newuserdatauv(L, sizeof *loan, 0);
  memset(loan, 0, sizeof *loan);
  loan->L = L;
  loan->watch = (struct lur_signal_watch){lur_interrupt_resume, L};
  loan->hook = lua_gethook(L);
  loan->mask = lua_gethookmask(L);
  loan->every = lua_gethookcount(L);
  if (luaL_newmetatable(L, "luron.loan")) {
    lua_pushcfunction(L, give_back);
    lua_setfield(L, -2, "__close");
  }
  lua_setmetatable(L, -2);
  lua_toclose(L, -1);
  host->borrows_signals = false; /* runs within this one have what it has */
  lur_signal_borrow(&loan->signals, &loan->watch);
}
