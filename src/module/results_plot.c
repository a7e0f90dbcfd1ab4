/* SPDX-License-Identifier: MIT
 * results:plot{ x =, y =, value =, path = } and results:report(path, look): what luron plot and luron report write.
 * Relative paths are of the current folder, as sweeps' are. Bytes are made and written without a Lua call between. */
#include "data/file.h"
#include "module/module.h"
#include "view/plot.h"
#include "view/report.h"

/* The text of a field of the table at 2, NULL where it is nil; it stays on the stack. */
static const char *text_field(lua_State *L, const char *name) {
  int type = lua_getfield(L, 2, name);
  if (type != LUA_TNIL && type != LUA_TSTRING)
    lur_raise_field(L, name, "%s is not a text", lur_push_found(L, -1));
  return lua_tostring(L, -1);
}

/* axes = { "a", "b" }: the texts stay in the table. */
static int read_axes(lua_State *L, const struct lur_table *t, const char *axes[LUR_MOST_PARALLEL]) {
  if (lua_getfield(L, 2, "axes") == LUA_TNIL)
    return 0;
  lua_Integer n = lua_istable(L, -1) ? (lua_Integer)lua_rawlen(L, -1) : 0;
  bool fine = n >= 2 && n <= LUR_MOST_PARALLEL;
  for (lua_Integer i = 1; fine && i <= n; i++) {
    fine = lua_rawgeti(L, -1, i) == LUA_TSTRING;
    axes[i - 1] = fine ? lur_table_name(t, lua_tostring(L, -1)) : NULL;
    lua_pop(L, 1);
  }
  if (!fine)
    lur_raise_field(L, "axes", "a list of 2 to %d columns is expected", LUR_MOST_PARALLEL);
  return (int)n;
}

static int write_plot(struct lur_table *t, const struct lur_plot_ask *ask, const char *path, struct lur_error *e) {
  struct lur_buffer bytes = {0};
  struct lur_plot_ask whole = *ask;
  char note[LUR_NOTE_BYTES] = "";
  whole.note = note;
  int rc = lur_plot_usual_value(t, &whole, e);
  if (!rc)
    rc = lur_plot_draw(t, &whole, &bytes, e);
  if (!rc)
    rc = lur_file_replace(path, bytes.data, bytes.length_bytes, e);
  lur_buffer_free(&bytes);
  fputs(note, stderr);
  return rc;
}

static int results_plot(lua_State *L) {
  static const char *const names[] = {"x",     "y",    "by",   "value", "where", "fold",
                                      "shade", "bare", "ecdf", "axes",  "path",  NULL};
  lur_check_self(L, "luron.results", "results:plot");
  lua_settop(L, 2);
  struct lur_table *t = lur_push_results_table(L, 1);
  struct lur_error e = {0};
  luaL_checktype(L, 2, LUA_TTABLE);
  lur_check_plot_names(L, 2, names);
  enum lur_picture_format format;
  struct lur_look look;
  const char *path = lur_picture_path(L, 2, &format), *axes[LUR_MOST_PARALLEL];
  lur_push_look(L, 2, format, &look);
  struct lur_plot_ask ask = {.x = text_field(L, "x"),
                             .y = text_field(L, "y"),
                             .by = text_field(L, "by"),
                             .value = text_field(L, "value"),
                             .where = text_field(L, "where"),
                             .fold = (enum lur_fold)lur_choice_field(L, 2, "fold", lur_fold_names, LUR_FOLD_MEAN),
                             .fold_given = lua_getfield(L, 2, "fold") != LUA_TNIL,
                             .shading = (enum lur_shading)lur_choice_field(L, 2, "shade", lur_shading_names, 0),
                             .bare = lur_boolean_field(L, 2, "bare", false),
                             .ecdf = lur_boolean_field(L, 2, "ecdf", false)};
  if (!ask.value && ask.fold == LUR_FOLD_RATE)
    ask.value = "solved";
  ask.look = &look;
  ask.axes = axes;
  ask.n_axes = read_axes(L, t, axes);
  const char *why, *conflict = lur_plot_conflict(&ask, &why);
  if (conflict)
    lur_raise_field(L, conflict, "%s", why);
  if (ask.bare && format != LUR_PNG)
    lur_raise_field(L, "bare", "makes a PNG");
  lur_plot_name_columns(t, &ask);
  if (write_plot(t, &ask, path, &e))
    lur_raise(L, &e);
  return 0;
}

static int results_report(lua_State *L) {
  lur_check_self(L, "luron.results", "results:report");
  lua_settop(L, 3);
  struct lur_table *t = lur_push_results_table(L, 1);
  const char *path = luaL_checkstring(L, 2);
  struct lur_look look = {.theme = LUR_AUTO};
  struct lur_buffer page = {0};
  struct lur_error e = {0};
  lur_check_output(L, path);
  if (!lua_isnoneornil(L, 3))
    lur_push_page_look(L, 3, &look);
  const struct lur_report_ask ask = {.version = "luron " LUR_VERSION, .look = &look};
  int rc = lur_report_write(t, &ask, &page, &e);
  if (!rc)
    rc = lur_file_replace(path, page.data, page.length_bytes, &e);
  lur_buffer_free(&page);
  return rc ? lur_raise(L, &e) : 0;
}

void lur_open_results_plot(lua_State *L) {
  static const luaL_Reg methods[] = {{"plot", results_plot}, {"report", results_report}, {NULL, NULL}};
  lur_add_methods(L, "luron.results", methods);
}
