/* SPDX-License-Identifier: MIT
 * What a sweep asks of its script, as the vtable that the sweep room calls. Main thread only. */
#ifndef LUR_EXPERIMENT_HOST_CALLS_H
#define LUR_EXPERIMENT_HOST_CALLS_H

#include "experiment/experiment.h"

/* A userdata; the stack places stay as they are while it is used. */
struct lur_sweep_calls {
  lua_State *L;
  int reading, cache, scratch; /* stack: the reading, what functions made, a reading used again for each call */
  int overrides;               /* stack: of e:sweep; or 0 */
  const struct lur_origin *override_origin; /* with overrides */
  const struct lur_axes *axes;
  struct lur_origin origin;
  struct lur_host_calls calls;
  const char *metric_name[LUR_MAX_HOST_METRICS];
  size_t kept_bytes; /* of what is in the cache */
};

/* Pushes the cache, the reading to use and, on the top, what it returns. names_curve: of lur_push_function_digest. */
struct lur_sweep_calls *lur_push_sweep_calls(lua_State *L, int reading, const struct lur_origin *origin,
                                             bool names_curve);
/* Raises what a function raised, else e. */
int lur_raise_sweep_error(lua_State *L, const struct lur_sweep_calls *c, const struct lur_error *e);

/* Pushes a copy of the reading's table, in which fields and params hold what the run at `at` has. */
void lur_push_run_fields(lua_State *L, int reading, const struct lur_axes *axes, const struct lur_spec *at);
/* Pushes the run's values of all axes, by the names that overrides have. */
void lur_push_run_overrides(lua_State *L, const struct lur_axes *axes, const struct lur_spec *at);

#endif
