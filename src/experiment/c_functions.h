/* SPDX-License-Identifier: MIT
 * Functions in C, of which only a name can be told. */
#ifndef LUR_EXPERIMENT_C_FUNCTIONS_H
#define LUR_EXPERIMENT_C_FUNCTIONS_H

#include <lua.h>
#include <stdbool.h>

/* Whether the function on the top is a global of Lua's, or what luron gives to an object. */
bool lur_is_known_function(lua_State *L);
/* The table on the top: the text beneath it, a dot and the key are the name of each function in C, in the table at
 * names; of several names that of the first in the alphabet stands. within: tables in it, too. */
void lur_name_functions(lua_State *L, int names, bool within);

#endif
