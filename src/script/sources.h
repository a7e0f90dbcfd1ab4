/* SPDX-License-Identifier: MIT
 * The functions of an experiment, as far as they define its results. */
#ifndef LUR_SCRIPT_SOURCES_H
#define LUR_SCRIPT_SOURCES_H

#include "script/internal.h"

/* Pushes a digest of the functions in the table of fields. */
const char *lur_push_sources(lua_State *L, int fields);

#endif
