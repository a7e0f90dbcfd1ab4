/* SPDX-License-Identifier: MIT
 * Where functions in place of names stand: in fields, in lists of them, on axes and in zips; and the numbers that they
 * declare. */
#include <string.h>

#include "reading/reading.h"
#include "tracing/tracing.h"

/* ---- All values of fields that take functions ---- */
static void walk_list(struct lur_walk *w, const struct lur_field *f, const char *path, int depth) {
  lua_State *L = w->L;
  if (lur_push_listed(L, -1))
    lua_remove(L, -2);
  const int at = lua_gettop(L);
  if (lua_type(L, at) != LUA_TTABLE || depth == 0) {
    w->each(w->context, f, path);
    return;
  }
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, at); i <= n; i++) {
    lua_rawgeti(L, at, i);
    walk_list(w, f, path, depth - 1);
    lua_settop(L, at);
  }
}

/* The table on the top, by the names of fields; depth: how far lists go into each other. */
static void walk_table(struct lur_walk *w, const char *prefix, int depth) {
  lua_State *L = w->L;
  const int at = lua_gettop(L);
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    const struct lur_field *f = &lur_fields[id];
    const char *names[] = {f->name, strcmp(f->name, f->column) ? f->column : NULL, NULL};
    for (int i = 0; f->flags & LUR_FUNCTION && names[i]; i++) {
      const char *path = lua_pushfstring(L, "%s%s", prefix, names[i]);
      if (lua_getfield(L, at, names[i]) != LUA_TNIL)
        walk_list(w, f, path, depth);
      lua_settop(L, at);
    }
  }
}

void lur_walk_functions(struct lur_walk *w, int fields) {
  lua_State *L = w->L;
  const int top = lua_gettop(L);
  lur_need_stack(L, 20);
  lua_pushvalue(L, fields);
  walk_table(w, "", 1);
  if (lua_getfield(L, fields, "sweep") == LUA_TTABLE && !lur_is_axis(L, -1)) {
    const int sweep = lua_gettop(L);
    walk_table(w, "sweep.", 2);
    for (lua_pushnil(L); lua_next(L, sweep); lua_settop(L, sweep + 1))
      if (lur_push_zipped(L, -1) || (lua_type(L, -2) == LUA_TNUMBER && lua_istable(L, -1) && !lur_is_axis(L, -1)))
        walk_table(w, "sweep.", 2);
  }
  lua_settop(L, top);
}

/* ---- The numbers that functions declare ---- */
struct search {
  lua_State *L;
  const char *name;
  bool found;
  double usual; /* the default of the first that declares it */
};

static void look(void *context, const struct lur_field *f, const char *path) {
  struct search *s = context;
  lua_State *L = s->L;
  const int top = lua_gettop(L);
  const struct lur_library_entry *named =
      lua_type(L, top) == LUA_TSTRING ? lur_library_find(f->role, lua_tostring(L, top)) : NULL;
  (void)path;
  named ? lur_push_library(L, named) : lua_pushvalue(L, top);
  if (lur_to_function(L, -1) && lua_getiuservalue(L, -1, 1) == LUA_TTABLE &&
      lua_getfield(L, -1, "numbers") == LUA_TTABLE && !s->found) {
    s->found = lua_getfield(L, -1, s->name) != LUA_TNIL;
    s->usual = lua_tonumber(L, -1);
  }
  lua_settop(L, top);
}

/* The names in what was typed for a field, or for several in a zip. */
static void look_typed(struct search *s, const char *name, const char *text) {
  lua_State *L = s->L;
  const int id = lur_field_find(name, NULL);
  while (id >= 0 && lur_fields[id].flags & LUR_FUNCTION && *text) {
    const size_t n = strcspn(text, ",-:");
    lua_pushlstring(L, text, n);
    look(s, &lur_fields[id], "");
    lua_pop(L, 1);
    text += n + (text[n] != '\0');
  }
}

bool lur_declares_number(lua_State *L, int fields, const char *name, double *usual) {
  struct search s = {L, name, false, 0};
  struct lur_walk w = {L, &s, look};
  const struct lur_script_options *o = lur_script_of(L)->options;
  if (lua_type(L, fields) == LUA_TTABLE)
    lur_walk_functions(&w, lua_absindex(L, fields));
  for (int i = 0; i < o->n_overrides && !s.found; i++) {
    const char *equal = strchr(o->overrides[i], '='),
               *of = lua_pushlstring(L, o->overrides[i], strcspn(o->overrides[i], "="));
    char one[64];
    for (int k = 0; lur_typed_name(of, k, one); k++)
      look_typed(&s, one, equal ? equal + 1 : "");
    lua_pop(L, 1);
  }
  if (usual)
    *usual = s.usual;
  return s.found;
}
