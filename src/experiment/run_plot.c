/* SPDX-License-Identifier: MIT
 * run:plot{ path = "curve.svg" }, the loss over the epochs; run:plot{ boundary = true, path = "boundary.png" }, the
 * plane of two inputs before and after, or after each of `epochs`; and run:plot{ weights = true, path = "w.png" }. */
#include <inttypes.h>
#include <stdio.h>

#include "data/file.h"
#include "experiment/experiment.h"
#include "view/boundary.h"
#include "view/chart.h"

/* Writes what was drawn, and frees it; raises last. */
static void finish(lua_State *L, int rc, struct lur_buffer *bytes, const char *note, const char *path,
                   struct lur_error *e) {
  if (!rc && bytes->failed)
    rc = lur_fail_memory(e);
  if (!rc)
    rc = lur_file_replace(path, bytes->data, bytes->length_bytes, e);
  lur_buffer_free(bytes);
  fputs(note, stderr);
  if (rc == LUR_ECANCELLED)
    luaL_error(L, "interrupted");
  if (rc)
    lur_raise(L, e);
}

int lur_run_draw_curve(lua_State *L, const struct lur_run *run, const char *name, const struct lur_look *look,
                       struct lur_buffer *out, char *note, struct lur_error *e) {
  const struct lur_outcome *o = &run->outcome;
  const size_t n = o->n_curve > 0 ? (size_t)o->n_curve : 0;
  struct lur_chart c = {.name = name, .x_name = "epoch", .y_name = "loss", .n_series = 1};
  char title[96];
  if (n == 0)
    return lur_fail(e, LUR_EINPUT, "curve", "the run kept none; ask for curve = 100");
  snprintf(title, sizeof title, "loss of one run, %s after %" PRIu64 " epoch%s", lur_status_names[o->status], o->epochs,
           o->epochs == 1 ? "" : "s");
  c.title = title;
  double *epoch = lua_newuserdatauv(L, n * sizeof *epoch, 0);
  for (size_t i = 0; i < n; i++)
    epoch[i] = (double)lur_curve_epoch((int)i, run->n_curve_asked, run->max_epochs);
  c.series[0] = (struct lur_series){.n = n, .x = epoch, .middle = run->curve};
  if (o->validation_curve) {
    snprintf(c.series[0].name, sizeof c.series[0].name, "training");
    c.series[c.n_series++] =
        (struct lur_series){.name = "validation", .n = n, .x = epoch, .middle = o->validation_curve};
  }
  lur_chart_fit_x(&c, epoch[0], epoch[n - 1]);
  lur_chart_fit_y(&c);
  const int code = lur_chart_draw(&c, look, out, note, e);
  lua_pop(L, 1);
  return code;
}

static void plot_curve(lua_State *L, const struct lur_run *run, const struct lur_look *look, const char *path) {
  char note[LUR_NOTE_BYTES] = "";
  struct lur_buffer bytes = {0};
  struct lur_error e = {0};
  const char *name = NULL;
  if (lua_getiuservalue(L, 1, LUR_RUN_READING) == LUA_TUSERDATA)
    name = lur_push_name(L, lua_gettop(L));
  int rc = lur_run_draw_curve(L, run, name, look, &bytes, note, &e);
  finish(L, rc, &bytes, note, path, &e);
}

/* The list at the top. */
static int read_epochs(lua_State *L, uint64_t out[LUR_MOST_MOMENTS]) {
  lua_Integer n = lua_istable(L, -1) ? (lua_Integer)lua_rawlen(L, -1) : 0;
  bool fine = n >= 1 && n <= LUR_MOST_MOMENTS;
  for (lua_Integer i = 1; fine && i <= n; i++) {
    int is_whole;
    lua_rawgeti(L, -1, i);
    lua_Integer x = lua_tointegerx(L, -1, &is_whole);
    fine = is_whole && x >= 0;
    out[i - 1] = fine ? (uint64_t)x : 0;
    lua_pop(L, 1);
  }
  if (!fine)
    lur_raise_field(L, "epochs", "a list of at most %d whole numbers is expected, as {0, 10, 100}", LUR_MOST_MOMENTS);
  return (int)n;
}

/* Where no epochs are asked for, the run itself is the last moment: its weights, or its plane after the untrained one.
 */
static void push_moments(lua_State *L, const struct lur_run *run, int reading, enum lur_run_picture picture,
                         struct lur_network_plot *p) {
  static const uint64_t start[] = {0};
  uint64_t epochs[LUR_MOST_MOMENTS];
  if (lua_getfield(L, 2, "epochs") != LUA_TNIL) {
    lur_push_moments(L, reading, epochs, read_epochs(L, epochs), p);
    return;
  }
  if (picture == LUR_SHOW_BOUNDARY && run->outcome.epochs > 0)
    lur_push_moments(L, reading, start, 1, p);
  p->moment[p->n_moments++] = (struct lur_moment){run->outcome.epochs, run->network->parameters};
}

static void plot_network(lua_State *L, const struct lur_run *run, enum lur_run_picture picture,
                         const struct lur_look *look, const char *path) {
  char note[LUR_NOTE_BYTES] = "";
  struct lur_network_plot p = {.shape = &run->network->shape};
  struct lur_buffer bytes = {0};
  struct lur_error e = {0};
  bool kept = lua_getiuservalue(L, 1, LUR_RUN_READING) == LUA_TUSERDATA;
  int reading = lua_gettop(L);
  if (kept && !lur_reading_at(L, reading)->train)
    luaL_error(L, "plot: the run's patterns are collected");
  if (kept)
    lur_push_network_plot(L, reading, &p);
  if (!kept && (picture == LUR_SHOW_BOUNDARY || lua_getfield(L, 2, "epochs") != LUA_TNIL))
    lur_raise_field(L, picture == LUR_SHOW_BOUNDARY ? "boundary" : "epochs",
                    "a run of a sweep does not keep its patterns");
  if (picture == LUR_SHOW_BOUNDARY && p.shape->width[0] != 2)
    lur_raise_field(L, "boundary", "the network has %d input%s, and a boundary is drawn over two", p.shape->width[0],
                    p.shape->width[0] == 1 ? "" : "s");
  p.look = look;
  p.note = note;
  push_moments(L, run, reading, picture, &p);
  int rc = picture == LUR_SHOW_BOUNDARY ? lur_plot_boundary(&p, &bytes, &e) : lur_plot_weights(&p, &bytes, &e);
  finish(L, rc, &bytes, note, path, &e);
}

static int run_plot(lua_State *L) {
  static const char *const names[] = {"path", "boundary", "weights", "epochs", NULL};
  const struct lur_run *run = lur_check_run(L, "run:plot");
  luaL_checktype(L, 2, LUA_TTABLE);
  lur_check_plot_names(L, 2, names);
  bool boundary = lur_boolean_field(L, 2, "boundary", false), weights = lur_boolean_field(L, 2, "weights", false);
  if (boundary && weights)
    lur_raise_field(L, "weights", "is another picture than boundary");
  if (!boundary && !weights && lua_getfield(L, 2, "epochs") != LUA_TNIL)
    lur_raise_field(L, "epochs", "goes with boundary or weights");
  enum lur_run_picture picture = boundary ? LUR_SHOW_BOUNDARY : weights ? LUR_SHOW_WEIGHTS : LUR_SHOW_CURVE;
  struct lur_look look;
  enum lur_picture_format format;
  const char *path = lur_picture_path(L, 2, &format);
  lur_push_look(L, 2, format, &look);
  if (picture == LUR_SHOW_CURVE)
    plot_curve(L, run, &look, path);
  else
    plot_network(L, run, picture, &look, path);
  return 0;
}

void lur_open_run_plot(lua_State *L) {
  static const luaL_Reg methods[] = {{"plot", run_plot}, {NULL, NULL}};
  lur_add_methods(L, "luron.run", methods);
}
