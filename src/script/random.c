/* SPDX-License-Identifier: MIT */
#include "script/internal.h"

void lur_open_random(lua_State *L) {
  (void)L;
}
