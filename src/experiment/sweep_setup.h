/* SPDX-License-Identifier: MIT
 * A reading as a sweep: what `luron sweep` and e:sweep{} hand to the sweep room. */
#ifndef LUR_EXPERIMENT_SWEEP_SETUP_H
#define LUR_EXPERIMENT_SWEEP_SETUP_H

#include "experiment/host_calls.h"
#include "session/into_file.h"

struct lur_sweep_setup {
  struct lur_sweep sweep;
  struct lur_sweep_source source;
  struct lur_sweep_calls *calls;
};
/* Pushes what the sweep borrows but its sources: enough to plan it, not to hash it. names_curve: as
 * lur_push_function_digest. */
struct lur_sweep_calls *lur_push_sweep(lua_State *L, int reading, const struct lur_origin *origin, bool names_curve,
                                       struct lur_sweep *out);
/* Pushes what the setup borrows; it holds while that stays on the stack. */
void lur_push_sweep_setup(lua_State *L, int reading, const struct lur_origin *origin, struct lur_sweep_setup *out);

/* Raises what a sweep failed with: the field's line, what a function raised, or the world's error. */
int lur_sweep_setup_raise(lua_State *L, const struct lur_sweep_setup *s, const struct lur_error *e);

/* Sweeps the reading into its results file, with progress on a terminal, and pushes luron.results of it. A field that
 * the table at `overrides` sets was written at `here`. */
void lur_push_swept(lua_State *L, int reading, const struct lur_origin *origin, int overrides,
                    const struct lur_origin *here);

#endif
