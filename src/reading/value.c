/* SPDX-License-Identifier: MIT
 * One value of a table of fields, and the messages of what it cannot be. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/engine.h"
#include "reading/reading.h"

enum { LONGEST_TEXT = 512 };

/* ---- Mistakes ---- */
void lur_write_path(const char *name, char out[LUR_LONGEST_PATH]) {
  snprintf(out, LUR_LONGEST_PATH, "%s", name);
  if (strncmp(out, "stop_", 5) == 0)
    out[4] = '.';
}

/* Whether the table at `index` sets the path, or a table that could hold it. */
static bool sets_path(lua_State *L, int index, const char *path) {
  size_t n = strcspn(path, ".");
  lua_pushlstring(L, path, n);
  int type = lua_rawget(L, index);
  bool set = type != LUA_TNIL;
  if (type == LUA_TTABLE && path[n])
    set = sets_path(L, lua_gettop(L), path + n + 1);
  lua_pop(L, 1);
  return set;
}

bool lur_reader_overrides(struct lur_reader *r, const char *name) {
  return r->overrides && sets_path(r->L, r->overrides, name);
}

static int fail_at(struct lur_reader *r, const char *name, const char *text) {
  char path[LUR_LONGEST_PATH];
  lur_write_path(name, path);
  if (!sets_path(r->L, r->fields, path) && sets_path(r->L, r->fields, name))
    snprintf(path, sizeof path, "%s", name);
  const char *written = path;
  int id = lur_field_find(path, NULL);
  if (id >= 0 && !sets_path(r->L, r->fields, path) && sets_path(r->L, r->fields, lur_fields[id].column))
    written = lur_fields[id].column; /* its other name */
  bool other = lur_reader_overrides(r, written);
  char shown[LUR_LONGEST_PATH]; /* what a script wrote may have line ends */
  lur_utf8_line(written, shown, sizeof shown);
  if (other && !r->override_origin)
    return lur_raise_usage(r->L, shown, "%s", text);
  return lur_origin_raise(r->L, other ? r->override_origin : r->origin, shown, text);
}

int lur_reader_fail(struct lur_reader *r, const char *path, const char *format, ...) {
  char text[LONGEST_TEXT];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  lur_utf8_tame_line(text);
  return fail_at(r, path, text);
}

int lur_reader_fail_error_at(struct lur_reader *r, const char *path, const struct lur_error *e) {
  if (e->code == LUR_ENOMEM)
    return lur_raise_memory(r->L);
  return fail_at(r, path, e->text);
}

int lur_reader_fail_error(struct lur_reader *r, const struct lur_error *e) {
  return lur_reader_fail_error_at(r, e->field[0] ? e->field : "experiment", e);
}

/* ---- Values ---- */
/* "stop.error" is an axis by its plain name. */
static const char *axis_name(const struct lur_field *f) {
  int id = lur_field_find(f->name, NULL);
  return id < 0 ? f->name : lur_fields[id].name;
}

int lur_reader_fail_kind(struct lur_reader *r, const struct lur_field *f, const char *path, int index) {
  struct lur_error e;
  if (lua_type(r->L, index) == LUA_TFUNCTION)
    return lur_reader_fail(r, path, "a function is not possible here; %s takes %s", f->name, lur_kind_name(f));
  if (lur_is_axis(r->L, index))
    return lur_reader_fail(r, path, "a range belongs under sweep = { %s = ... }; here stands one value", axis_name(f));
  if (lua_type(r->L, index) == LUA_TTABLE && (f->flags & LUR_AXIS))
    return lur_reader_fail(r, path, "a list, but %s takes %s; several to try belong under sweep = { %s = ... }",
                           f->name, lur_kind_name(f), axis_name(f));
  lur_value_mismatch(f, lur_push_found(r->L, index), &e);
  return fail_at(r, path, e.text);
}

void lur_check_list(struct lur_reader *r, const char *path, int index) {
  const char *stray = lur_push_stray(r->L, index);
  if (stray)
    lur_reader_fail(r, path, LUR_STRAY_TEXT, stray);
  lua_pop(r->L, 1);
}

static void read_text_value(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                            struct lur_value *out) {
  struct lur_error e;
  size_t n;
  const char *text = lua_tolstring(r->L, index, &n);
  if (!f->choices)
    lur_reader_fail_kind(r, f, path, index);
  if (strlen(text) != n || lur_value_choose(f, text, out, &e))
    fail_at(r, path, strlen(text) != n ? "a text with a zero byte in it" : e.text);
}

/* A list of pairs {from, to}. */
static void read_shortcuts(struct lur_reader *r, const char *path, int index, struct lur_value *out) {
  struct lur_error e;
  if (lur_to_shortcuts(r->L, index, out, &e))
    fail_at(r, path, e.text);
}

static void read_list_value(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                            struct lur_value *out) {
  lua_State *L = r->L;
  if (f->kind != LUR_K_SIZES && f->kind != LUR_K_LAYERED)
    lur_reader_fail_kind(r, f, path, index);
  const lua_Integer n = luaL_len(L, index);
  const int top = lua_gettop(L);
  if (n < 0 || n > LUR_MAX_LAYERS)
    lur_reader_fail(r, path, "a list of %lld, but at most %d layers are possible", (long long)n, LUR_MAX_LAYERS);
  *out = (struct lur_value){.kind = LUR_V_LIST, .as.list.n = (int)n};
  for (int i = 0; i < n; i++) {
    if (lua_geti(L, index, i + 1) != LUA_TNUMBER)
      lur_reader_fail(r, path, "item %d is %s, not a number", i + 1, lur_push_found(L, -1));
    out->as.list.at[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  if (n == 0 && lur_push_stray(L, index))
    lur_reader_fail(r, path, "a table with names, but %s takes %s", path, lur_kind_name(f));
  lua_settop(L, top);
  lur_check_list(r, path, index);
}

void lur_read_value(struct lur_reader *r, const struct lur_field *field, const char *path, int index,
                    struct lur_value *out) {
  lua_State *L = r->L;
  struct lur_error e;
  struct lur_field named = *field, *f = &named;
  if (strncmp(path, "sweep.", 6) != 0) /* messages name what was written: stop.error, learning_rate_2 */
    named.name = path;
  index = lua_absindex(L, index);
  *out = lur_plain_value(L, index);
  switch (lua_type(L, index)) {
  case LUA_TBOOLEAN:
  case LUA_TNUMBER: break;
  case LUA_TSTRING: read_text_value(r, f, path, index, out); break;
  default:
    if (!lur_is_list(L, index) || lur_is_axis(L, index))
      lur_reader_fail_kind(r, f, path, index);
    f->kind == LUR_K_SHORTCUTS ? read_shortcuts(r, path, index, out) : read_list_value(r, f, path, index, out);
  }
  if (lur_value_check(f, out, &e))
    fail_at(r, path, e.text);
}

/* ---- params ---- */
const char *lur_read_text(struct lur_reader *r, const char *path) {
  size_t n;
  const char *text = lua_tolstring(r->L, -1, &n);
  if (strlen(text) != n)
    lur_reader_fail(r, path, "a text with a zero byte in it");
  return text;
}
