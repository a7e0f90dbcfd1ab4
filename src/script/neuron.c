/* SPDX-License-Identifier: MIT */
#include "script/internal.h"

void lur_open_neuron(lua_State *L) {
  (void)L;
}
