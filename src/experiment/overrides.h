/* SPDX-License-Identifier: MIT
 * What an override does: to one run, and to a sweep, whose axes it may replace or take away. */
#ifndef LUR_EXPERIMENT_OVERRIDES_H
#define LUR_EXPERIMENT_OVERRIDES_H

#include "reading/reading.h"

/* Pushes the table at `fields` with the overrides at `over` merged in. A param may be overridden by its bare name. */
void lur_push_merged(lua_State *L, int fields, int over);
/* Raises if one at `over` gives a param of `fields` a boolean, a number or a text where the script's is another of
 * these. */
void lur_check_param_types(lua_State *L, int over, int fields, const struct lur_origin *origin);
/* Pushes the one name of a field, and of a layer's number, for all their spellings; of no field, the name itself. */
const char *lur_push_meaning(lua_State *L, const char *name);
/* Raises where the overrides at `index` say one thing twice; sweeps: as e:sweep takes them. */
void lur_check_overrides(lua_State *L, int index, bool sweeps, const struct lur_origin *origin);

/* Overrides of the table at `fields`, as e:sweep takes them (at `index`), become a table that the reader merges: a list
 * or range for a field or param, and a single value under `sweep`, are put where they belong. Pushes that table. */
void lur_push_sweep_overrides(lua_State *L, int index, int fields);

#endif
