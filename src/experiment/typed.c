/* SPDX-License-Identifier: MIT
 * What was typed after the script's name, as a table of overrides. */
#include <math.h>
#include <string.h>

#include "experiment/experiment.h"
#include "experiment/overrides.h"

/* ---- name=value ---- */
static void check_single(lua_State *L, const char *name, const char *text) {
  if (lur_axis_is_text(text))
    lur_raise_usage(L, name, "%s is several values, and run takes one; write luron sweep %s %s=%s", text,
                    lur_script_of(L)->options->path, name, text);
}

/* Of a list as written in Lua, or of several layers with commas: the way in which layers are typed. */
static void refuse_layers(lua_State *L, const char *name, const char *text) {
  size_t braced = text[0] == '{', n = strlen(text);
  const char *end = braced && text[n - 1] == '}' ? text + n - 1 : text + n;
  lua_pushlstring(L, text + braced, (size_t)(end - text) - braced);
  const char *typed = luaL_gsub(L, luaL_gsub(L, lua_tostring(L, -1), " ", ""), ",", "x");
  if (braced)
    lur_raise_usage(L, name, "%s is a list as in a script; write %s=%s", text, name, typed);
  lur_raise_usage(L, name, "%s is several values, and run takes one; write %s=%s for layers; luron sweep tries several",
                  text, name, typed);
}

static void push_typed_field(lua_State *L, int id, const char *name, const char *text) {
  const struct lur_field *f = &lur_fields[id];
  struct lur_value v;
  struct lur_error e;
  bool takes_lists = f->kind == LUR_K_SIZES || f->kind == LUR_K_LAYERED;
  if (takes_lists && strchr(text, ',') && (text[0] == '{' || f->kind == LUR_K_SIZES))
    refuse_layers(L, name, text);
  if (f->kind == LUR_K_SHORTCUTS && text[0] == '{')
    lur_raise_usage(L, name, "%s is a list as in a script; write pairs as in %s=0-2+1-3", text, name);
  if (f->flags & LUR_AXIS) /* what can be no axis is refused for what it is */
    check_single(L, name, text);
  if (lur_field_takes_false(f) && strcmp(text, "false") == 0) {
    lua_pushboolean(L, 0);
    return;
  }
  if (f->kind == LUR_K_TEXT) {
    lua_pushstring(L, text);
    return;
  }
  if (f->kind == LUR_K_SCRIPT)
    lur_raise_usage(L, name, "is written in the script, not on the command line%s",
                    lur_field_takes_false(f) ? "; here it can be taken away, by false" : "");
  if (f->flags & LUR_FUNCTION) { /* it may be one of the library's, or of the script's own */
    lua_pushstring(L, text);
    return;
  }
  if (lur_value_read(f, text, &v, &e))
    lur_raise_usage(L, name, "%s", e.text);
  lur_push_value(L, f, &v);
}

/* Pushes params[name] as typed, in the kind that the script gave it. */
static void push_typed_param(lua_State *L, const char *name, const char *text) {
  double x;
  bool truth = strcmp(text, "true") == 0;
  check_single(L, name, text);
  if (lua_type(L, -1) == LUA_TBOOLEAN && (truth || strcmp(text, "false") == 0))
    lua_pushboolean(L, truth);
  else if (lua_type(L, -1) == LUA_TNUMBER && lur_digits_read(text, &x)) {
    if (x == 0 && signbit(x)) /* "-0" is a whole number to Lua, and has no sign */
      lua_pushnumber(L, x);
    else
      lua_stringtonumber(L, text);
  } else if (lua_type(L, -1) == LUA_TSTRING)
    lua_pushstring(L, text);
  else
    lur_raise_usage(L, name, "\"%s\" is not a %s, as the script's value is", text, luaL_typename(L, -1));
}

static void set_typed(lua_State *L, int fields, int typed, const char *name, const char *text) {
  int id = lur_field_find(name, NULL), top = lua_gettop(L);
  struct lur_error e;
  const char *key = lur_push_meaning(L, name);
  if (id >= 0) {
    push_typed_field(L, id, name, text);
  } else if (strcmp(name, "stop") == 0) {
    if (strcmp(text, "false") != 0)
      lur_raise_usage(L, name, "\"%s\" is no condition; write stop.error=0.5, or stop=false to take all away", text);
    lua_pushboolean(L, 0);
  } else if (lua_getfield(L, fields, "params") == LUA_TTABLE && lua_getfield(L, -1, name) != LUA_TNIL) {
    push_typed_param(L, name, text);
  } else if (lur_declares_number(L, fields, name, NULL)) {
    lua_pushnumber(L, 0);
    push_typed_param(L, name, text);
  } else {
    lur_field_unknown(name, &e);
    lur_raise_usage(L, name, "%s", e.text);
  }
  lua_setfield(L, typed, key);
  lua_settop(L, top);
}

/* How many of the first n names mean the same. */
static int count_same(lua_State *L, const char *names, int n, const char *meaning) {
  char one[64];
  int same = 0, top = lua_gettop(L);
  for (int k = 0; k < n && lur_typed_name(names, k, one); k++) {
    same += strcmp(lur_push_meaning(L, one), meaning) == 0;
    lua_settop(L, top);
  }
  return same;
}

/* Values and axes alike: the i-th word means none that stands before it, and of a zip each name means another. */
static void check_once(lua_State *L, const struct lur_script_options *o, int i, const char *names) {
  int top = lua_gettop(L);
  char name[64];
  for (int k = 0; lur_typed_name(names, k, name); k++) {
    const char *meaning = lur_push_meaning(L, name);
    int same = count_same(L, names, k, meaning);
    for (int j = 0; j < i; j++) {
      const char *before = lua_pushlstring(L, o->overrides[j], strcspn(o->overrides[j], "="));
      same += count_same(L, before, LUR_MAX_AXES, meaning);
    }
    if (same)
      lur_raise_usage(L, lua_pushstring(L, name), "is set twice");
    lua_settop(L, top);
  }
}

static void refuse_word(lua_State *L, const char *word) {
  if (strncmp(word, "-o", 2) == 0 || strncmp(word, "--output", 8) == 0)
    lur_raise_usage(L, word,
                    "a run writes no file; to keep its network, write in a script "
                    "experiment:run().network:save(\"net.txt\"); see also luron help sweep");
  if (word[0] == '-')
    lur_raise_usage(L, word, "no such option of run; options come before the script, fields after it as name=value");
  lur_raise_usage(L, word, "is not of the form name=value");
}

void lur_push_typed(lua_State *L, int index, bool several) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  lua_newtable(L);
  int typed = lua_gettop(L), fields = typed + 1;
  if (lua_type(L, index) == LUA_TTABLE)
    lua_pushvalue(L, index);
  else
    lua_getiuservalue(L, index, LUR_EXPERIMENT_FIELDS);
  for (int i = 0; i < o->n_overrides; i++) {
    const char *equal = strchr(o->overrides[i], '=');
    if (!equal || equal == o->overrides[i] || o->overrides[i][0] == '-')
      refuse_word(L, o->overrides[i]);
    const char *name = lua_pushlstring(L, o->overrides[i], (size_t)(equal - o->overrides[i]));
    check_once(L, o, i, name);
    if (lur_axis_is_zip(name) && !several)
      lur_raise_usage(L, name, "are zipped, and run takes one value of each; write luron sweep %s %s", o->path,
                      o->overrides[i]);
    if (!lur_axis_is_zip(name) && (!several || !lur_axis_is_text(equal + 1)))
      set_typed(L, fields, typed, name, equal + 1);
    lua_pop(L, 1);
  }
  lua_settop(L, typed);
}
