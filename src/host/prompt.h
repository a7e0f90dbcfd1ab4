/* SPDX-License-Identifier: MIT
 * The prompt's parts on the Lua side: what is shown of a value, and what a word that was begun may become. */
#ifndef LUR_HOST_PROMPT_H
#define LUR_HOST_PROMPT_H

#include "host/host.h"

/* A value, readably: numbers and texts as print has them, lists and tables with what they hold. */
void lur_show_value(lua_State *L, int index, struct lur_buffer *out);

#endif
