/* SPDX-License-Identifier: MIT
 * A script from its start to its end: the state it runs in, and what each command does with all that it returned. */
#ifndef LUR_HOST_HOST_H
#define LUR_HOST_HOST_H

#include "experiment/experiment.h"
#include "host/script.h"

/* Makes a state, runs options->path, calls finish with its results; returns the exit code. request, state: as in struct
 * lur_script. */
int lur_script_execute(const struct lur_script_options *options, lua_CFunction finish, const void *request,
                       void *state);
/* Raises "luron: WHERE: TEXT", or without a WHERE that is "": no line of the script is at fault, so no traceback. */
int lur_raise_outside(lua_State *L, const char *where, const char *text);
/* Prints what a script failed with, which may be a stranger's text, tame (base/utf8.h), to stderr. */
void lur_tell(const char *text, size_t n);
int lur_open_module(lua_State *L); /* lua_CFunction: what `require "luron"` calls */

/* ---- Showing a run: run.c ---- */
/* The patterns where they are few, and the summary. reading, run: stack. */
void lur_print_run(lua_State *L, int reading, int run, bool patterns);

/* ---- What a command does with all that a script returned: returned.c ---- */
typedef void lur_one_returned(lua_State *L, int index, int item);
/* Calls one(L, index, item) for each experiment of what stands at 1; of a list, check first for each, so that a mistake
 * in the last is told before the first has run (NULL: nothing is checked). `command` is what messages call it. */
void lur_each_returned(lua_State *L, const char *command, lur_one_returned *check, lur_one_returned *one);
void lur_print_between(lua_State *L, int item); /* an empty line before all but the first, where people read */
/* Puts what was typed into the axes of what a script returned: an axis, or a value instead of one. */
void lur_set_typed_axes(lua_State *L, struct lur_reading *g);
void lur_print(lua_State *L, struct lur_buffer *b); /* to stdout; frees it */

#endif
