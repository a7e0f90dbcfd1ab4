/* SPDX-License-Identifier: MIT
 * run:plot{ path = "curve.svg" }, the loss over the epochs, and run:plot{ weights = true, path = "weights.png" }. */
#include <string.h>

#include "data/file.h"
#include "script/experiment.h"
#include "view/chart.h"
#include "view/network_plot.h"

static bool ends_with(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

static void write_curve(const struct lur_run *run, double *epoch, struct lur_buffer *out) {
  int n = run->outcome.n_curve;
  struct lur_chart c = {.title = "loss over the epochs", .x_name = "epoch", .y_name = "loss", .n_series = 1};
  for (int i = 0; i < n; i++)
    epoch[i] = (double)lur_curve_epoch(i, run->n_curve_asked, run->max_epochs);
  c.series[0] = (struct lur_series){.n = (size_t)n, .x = epoch, .middle = run->curve};
  c.x = lur_scale_make(epoch[0], epoch[n - 1], false);
  lur_chart_fit_y(&c);
  lur_chart_write(&c, true, out);
}

static int write_weights(const struct lur_run *run, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_network_plot p = {
      .shape = &run->network->shape, .n_moments = 1, .moment = {{run->outcome.epochs, run->network->parameters}}};
  return lur_plot_weights(&p, out, e);
}

/* epoch: room for the curve's points; NULL: weights. */
static int write(const struct lur_run *run, double *epoch, const char *path, struct lur_error *e) {
  struct lur_buffer bytes = {0};
  int code = LUR_OK;
  if (epoch)
    write_curve(run, epoch, &bytes);
  else
    code = write_weights(run, &bytes, e);
  if (!code && bytes.failed)
    code = lur_fail_memory(e);
  if (!code)
    code = lur_file_replace(path, bytes.data, bytes.length_bytes, e);
  lur_buffer_free(&bytes);
  return code;
}

int lur_run_plot(lua_State *L) {
  static const char *const names[] = {"path", "weights", NULL};
  const struct lur_run *run = luaL_checkudata(L, 1, "luron.run");
  struct lur_error e = {0};
  luaL_checktype(L, 2, LUA_TTABLE);
  lur_check_names(L, 2, names);
  bool weights = lur_boolean_field(L, 2, "weights", false);
  const char *end = weights ? ".png" : ".svg";
  const char *path = lua_getfield(L, 2, "path") == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
  if (!path || !ends_with(path, end))
    lur_raise_field(L, "path", "a name that ends in %s is expected", end);
  if (!weights && run->outcome.n_curve < 1)
    lur_raise_field(L, "curve", "the run kept none; ask for curve = 100");
  double *epoch = weights ? NULL : lua_newuserdatauv(L, (size_t)run->outcome.n_curve * sizeof *epoch, 0);
  if (write(run, epoch, path, &e))
    lur_raise(L, &e);
  return 0;
}
