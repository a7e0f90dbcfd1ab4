/* SPDX-License-Identifier: MIT
 * `luron plot SCRIPT`: what a script returned is trained, silently: as it says, for its curve; or to each of the
 * moments that are shown of its network, side by side or one after the other. */
#include <math.h>

#include "host/host.h"
#include "view/boundary.h"

static const struct lur_network_request *request_of(lua_State *L) {
  return lur_script_of(L)->request;
}

/* Takes what was drawn, and frees it. Nothing on the C side is held when this raises. */
static void take(lua_State *L, int rc, struct lur_buffer *picture, struct lur_error *e) {
  const struct lur_network_request *request = request_of(L);
  if (!rc && picture->failed)
    rc = lur_fail_memory(e);
  if (!rc)
    rc = request->take(request->context, picture, e);
  lur_buffer_free(picture);
  if (rc == LUR_ENOMEM)
    lur_raise_memory(L);
  if (!rc)
    return;
  if (rc == LUR_EINPUT) /* as of a results file's picture: a size, a limit */
    lur_raise_usage(L, e->field[0] ? e->field : NULL, "%s", e->text);
  if (rc != LUR_ECANCELLED)
    lur_raise_outside(L, e->field, e->text);
  lur_script_of(L)->exit_code = LUR_EXIT_FAILED;
  lua_pushliteral(L, "interrupted");
  lua_error(L);
}

static void draw(lua_State *L, const struct lur_network_plot *p) {
  struct lur_buffer picture = {0};
  struct lur_error e = {0};
  int rc = request_of(L)->picture == LUR_SHOW_BOUNDARY ? lur_plot_boundary(p, &picture, &e)
                                                       : lur_plot_weights(p, &picture, &e);
  take(L, rc, &picture, &e);
}

static void draw_curve(lua_State *L, int reading) {
  const struct lur_network_request *request = request_of(L);
  struct lur_buffer picture = {0};
  struct lur_error e = {0};
  const char *name = lur_push_name(L, reading);
  const struct lur_run *run = lur_train_to(L, reading, UINT64_MAX);
  int rc = lur_run_draw_curve(L, run, name, request->look, &picture, request->note, &e);
  take(L, rc, &picture, &e);
}

/* All frames have one scale: that of the start and of the end. Most is learned early, so that those of which no epochs
 * are asked stand ever further apart. */
static void draw_frames(lua_State *L, int reading, struct lur_network_plot *p) {
  const struct lur_network_request *request = request_of(L);
  int n = request->n_epochs ? request->n_epochs : LUR_FRAMES, top = lua_gettop(L);
  const struct lur_run *end = lur_train_to(L, reading, request->n_epochs ? request->epochs[n - 1] : UINT64_MAX);
  const struct lur_run *start = lur_train_to(L, reading, 0);
  uint64_t last = end->outcome.epochs, before = UINT64_MAX;
  p->largest = fmax(lur_largest_weight(p->shape, start->network->parameters),
                    lur_largest_weight(p->shape, end->network->parameters));
  lua_settop(L, top);
  p->n_moments = 1;
  for (int i = 0; i < n; i++) {
    uint64_t epochs = request->n_epochs ? request->epochs[i]
                      : i == n - 1      ? last
                                        : (uint64_t)llrint(expm1(log1p((double)last) * i / (n - 1.0)));
    if (epochs == before)
      continue;
    const struct lur_run *run = lur_train_to(L, reading, epochs);
    p->shape = &run->network->shape;
    p->moment[0] = (struct lur_moment){run->outcome.epochs, run->network->parameters};
    if (run->outcome.epochs != before)
      draw(L, p);
    before = run->outcome.epochs;
    lua_settop(L, top);
    lua_gc(L, LUA_GCCOLLECT);
  }
}

static void draw_network(lua_State *L, int reading) {
  static const uint64_t both[] = {0, UINT64_MAX};
  const struct lur_network_request *request = request_of(L);
  struct lur_network_plot p;
  lur_push_network_plot(L, reading, &p);
  p.look = request->look;
  p.note = request->note;
  if (request->picture == LUR_SHOW_BOUNDARY && p.shape->width[0] != 2)
    lur_raise_usage(L, "--boundary", "the network has %d input%s, and a boundary is drawn over two", p.shape->width[0],
                    p.shape->width[0] == 1 ? "" : "s");
  if (request->animate) {
    draw_frames(L, reading, &p);
  } else {
    int n = request->n_epochs;
    lur_push_moments(L, reading, n ? request->epochs : both, n ? n : 2, &p);
    draw(L, &p);
  }
}

static void plot_one(lua_State *L, int index, int item) {
  struct lur_origin origin;
  int top = lua_gettop(L);
  bool curve = request_of(L)->picture == LUR_SHOW_CURVE;
  lur_push_typed(L, index, false);
  lur_read_returned(L, index, item, top + 1, curve, &origin);
  if (curve)
    draw_curve(L, lua_gettop(L));
  else
    draw_network(L, lua_gettop(L));
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
  return lur_script_execute(options, finish, request, NULL);
}
