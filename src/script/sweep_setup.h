/* SPDX-License-Identifier: MIT
 * A reading as a sweep: what `luron sweep` and e:sweep{} hand to the sweep room. */
#ifndef LUR_SCRIPT_SWEEP_SETUP_H
#define LUR_SCRIPT_SWEEP_SETUP_H

#include "script/sweep_calls.h"
#include "script/sweep_file.h"

struct lur_sweep_setup {
  struct lur_sweep sweep;
  struct lur_sweep_source source;
  const struct lur_sweep_calls *calls;
};
/* Pushes what the setup borrows; it holds while that stays on the stack. overrides: as typed, or NULL. */
void lur_push_sweep_setup(lua_State *L, int reading, const struct lur_origin *origin, const char *overrides,
                          struct lur_sweep_setup *out);

/* Raises what a sweep failed with: the field's line, what a function raised, or the world's error. */
int lur_sweep_setup_raise(lua_State *L, const struct lur_sweep_setup *s, const struct lur_error *e);

/* ---- Overrides: overrides.c ---- */
bool lur_is_merged_before(const char *a, const char *b); /* the order of names: that of the field table */
/* Pushes the table at `fields` with the overrides at `over` merged in. A param may be overridden by its bare name. */
void lur_push_merged(lua_State *L, int fields, int over);
/* Raises where the overrides at `index` say one thing twice; sweeps: as e:sweep takes them. */
void lur_check_overrides(lua_State *L, int index, bool sweeps, const struct lur_origin *origin);

/* Whether the value on the top, given to e:sweep under that name, is an axis. */
bool lur_means_axis(lua_State *L, const char *name);
/* What the axes at `sweep` replace or take away is marked there as taken from the own axes of `fields`, by whatever
 * name and in zips. */
void lur_replace_axes(lua_State *L, int fields, int sweep);

/* Overrides of the table at `fields`, as e:sweep takes them (at `index`), become a table that the reader merges: a list
 * or range for a field or param, and a single value under `sweep`, are put where they belong. Pushes that table. */
void lur_push_sweep_overrides(lua_State *L, int index, int fields);

/* Sweeps the reading into its results file, with progress on a terminal, and pushes luron.results of it. A field that
 * the table at `overrides` sets was written at `here`. */
void lur_push_swept(lua_State *L, int reading, const struct lur_origin *origin, int overrides,
                    const struct lur_origin *here);

#endif
