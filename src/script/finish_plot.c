/* SPDX-License-Identifier: MIT
 * `luron plot SCRIPT --boundary`: what a script returned is trained, silently, to each of the moments that are shown. A
 * shorter training is the beginning of a longer one. */
#include "script/experiment.h"
#include "view/network_plot.h"

static const struct lur_network_request *request_of(lua_State *L) {
  return lur_script_of(L)->request;
}

/* Parameters after so many epochs, or as many as the script says; the array is the collector's. */
static struct lur_moment train_to(lua_State *L, const struct lur_reading *g, uint64_t epochs) {
  struct lur_structure s = g->structure;
  struct lur_numbers n = g->numbers;
  struct lur_error e;
  s.n_curve = 0;
  n.epochs = epochs < n.epochs ? epochs : n.epochs;
  struct lur_outcome o = {.parameters = lua_newuserdatauv(L, lur_shape_n_parameters(&s.shape) * sizeof(double), 0)};
  if (lur_train(&s, &n, NULL, lur_interrupt_flag(), &o, &e))
    lur_raise(L, &e);
  return (struct lur_moment){o.epochs, o.parameters};
}

static void plot_one(lua_State *L, int index, int item) {
  const struct lur_network_request *request = request_of(L);
  struct lur_network_plot p = {0};
  struct lur_origin origin;
  struct lur_error e;
  int top = lua_gettop(L);
  lur_push_typed(L, index, false);
  const struct lur_reading *g = lur_read_returned(L, index, item, top + 1, false, &origin);
  lur_need_stack(L, LUR_MOST_MOMENTS + 8);
  int reading = lua_gettop(L);
  p.shape = &g->structure.shape;
  p.shift = g->shift;
  p.scale = g->scale;
  p.patterns = g->spec.train;
  p.name = lur_push_name(L, reading);
  if (request->boundary && p.shape->width[0] != 2)
    lur_raise_usage(L, "--boundary", "the network has %d input%s, and a boundary is drawn over two", p.shape->width[0],
                    p.shape->width[0] == 1 ? "" : "s");
  for (int i = 0; i < request->n_epochs; i++)
    p.moment[p.n_moments++] = train_to(L, g, request->epochs[i]);
  if (request->boundary ? lur_plot_boundary(&p, request->out, &e) : lur_plot_weights(&p, request->out, &e))
    lur_raise(L, &e);
  lua_settop(L, top);
}

/* Nothing is trained before the last of a list is known to be the first. */
static void check_one(lua_State *L, int index, int item) {
  (void)index;
  if (item > 1)
    luaL_error(L, "%s: the script returned several experiments, and a picture is of one",
               lur_script_of(L)->options->path);
}

static int finish(lua_State *L) {
  if (lua_isnoneornil(L, 1))
    luaL_error(L, "%s: the script returned no experiment to draw", lur_script_of(L)->options->path);
  lur_each_returned(L, "plot", check_one, plot_one);
  return 0;
}

int lur_script_plot(const struct lur_script_options *options, const struct lur_network_request *request) {
  return lur_script_execute(options, finish, request);
}
