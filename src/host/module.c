/* SPDX-License-Identifier: MIT
 * What `require "luron"` gives: a table, put together by the files that make its parts. No global is made. */
#include "host/host.h"
#include "tracing/tracing.h"

int lur_open_module(lua_State *L) {
  static void (*const parts[])(lua_State *) = {
      lur_open_functions,  lur_open_makers,         lur_open_random,       lur_open_weights,      lur_open_neuron,
      lur_open_network,    lur_open_network_scores, lur_open_data,         lur_open_data_sources, lur_open_data_methods,
      lur_open_experiment, lur_open_record,         lur_open_run,          lur_open_run_plot,     lur_open_every,
      lur_open_axes,       lur_open_results,        lur_open_results_plot,
  };
  lua_newtable(L);
  lua_pushliteral(L, LUR_VERSION);
  lua_setfield(L, -2, "version");
  lua_pushliteral(L, "luron " LUR_VERSION);
  lua_setfield(L, -2, "_VERSION");
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    parts[i](L);
  return 1;
}
