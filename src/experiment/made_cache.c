/* SPDX-License-Identifier: MIT
 * cache[i] is for functions that read the same names: `names` lists these, and what was made stands under a hash of
 * their values. */
#include "experiment/made_cache.h"

#include <stdlib.h>

enum { LUA_BYTES = 200 /* of an entry in the cache, about */ };

/* ---- Data and start values: made once a combination, kept in cache[signature][hash] ---- */
static int made_gc(lua_State *L) {
  struct lur_made *m = lua_touserdata(L, 1);
  lur_dataset_free(m->own_train);
  lur_dataset_free(m->own_test);
  lur_dataset_free(m->own_validation);
  for (int k = 0; k < LUR_N_SETS; k++)
    lur_dataset_free(m->lent[k]);
  lur_shared_free(m->prepared);
  free(m->start);
  *m = (struct lur_made){0};
  return 0;
}

/* Start values have the form of their network. */
static lua_Integer key_of(lua_State *L, const struct lur_made_ask *q, int names) {
  uint64_t h = lur_parameters_hash(L, q->fields, names);
  for (int i = 0; q->shape && i <= q->shape->n_layers; i++)
    h = (h + (uint64_t)q->shape->width[i] + 1) * 0x9e3779b97f4a7c15u; /* 2^64 by the golden ratio */
  for (int l = 0; q->shape && l < q->shape->n_layers; l++)
    h = (h + q->shape->reads[l]) * 0x9e3779b97f4a7c15u;
  return (lua_Integer)(q->shape && q->shape->bias ? ~h : h);
}

const struct lur_made *lur_push_made(lua_State *L, const struct lur_made_ask *q) {
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, q->cache); i <= n; i++) {
    int top = lua_gettop(L), part = top + 1;
    lua_rawgeti(L, q->cache, i);
    lua_getfield(L, part, "names");
    lua_pushinteger(L, key_of(L, q, lua_gettop(L)));
    if (lua_rawget(L, part) != LUA_TNIL) {
      lua_replace(L, part);
      lua_settop(L, part);
      return lua_touserdata(L, part);
    }
    lua_settop(L, top);
  }
  return NULL;
}

static bool same_names(lua_State *L, int a, int b) {
  bool same = lua_rawlen(L, a) == lua_rawlen(L, b);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, a); same && i <= n; i++) {
    lua_rawgeti(L, a, i);
    lua_rawgeti(L, b, i);
    same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
  }
  return same;
}

/* Pushes the cache's part for functions that read these names, made where there is none. */
static void push_part(lua_State *L, int cache, int names) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, cache);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, cache, i);
    lua_getfield(L, -1, "names");
    bool same = same_names(L, lua_gettop(L), names);
    lua_pop(L, 1);
    if (same)
      return;
    lua_pop(L, 1);
  }
  lua_newtable(L);
  lua_pushvalue(L, names);
  lua_setfield(L, -2, "names");
  lua_pushvalue(L, -1);
  lua_rawseti(L, cache, n + 1);
}

static size_t patterns_bytes(const struct lur_patterns *p) {
  return p->n * (size_t)(p->n_inputs + p->n_outputs * (p->given ? 2 : 1) + (p->weights != NULL)) * sizeof(double);
}

/* What a reading read; its own data sets and start values move, and what it holds of a script's. */
static struct lur_made take_made(struct lur_reading *g) {
  struct lur_made m = {.train = g->spec.train,
                       .test = g->spec.test,
                       .validation = g->spec.validation,
                       .own_train = g->own_train,
                       .own_test = g->own_test,
                       .own_validation = g->own_validation,
                       .start = g->start,
                       .shift = g->spec.shift,
                       .scale = g->spec.scale,
                       .whole = g->spec.whole,
                       .from = g->spec.from,
                       .fill = g->spec.fill,
                       .set = g->train,
                       .prepared = g->prepared};
  for (int k = 0; k < LUR_N_SETS; k++) {
    m.lent[k] = g->lent[k];
    g->lent[k] = NULL;
  }
  g->own_train = g->own_test = g->own_validation = NULL;
  g->prepared = NULL;
  g->start = NULL;
  return m;
}

const struct lur_made *lur_keep_made(lua_State *L, const struct lur_made_ask *q, struct lur_reader *r,
                                     size_t *kept_bytes) {
  push_part(L, q->cache, r->reads);
  const int part = lua_gettop(L);
  lua_pushinteger(L, key_of(L, q, r->reads));
  struct lur_made *m = lua_newuserdatauv(L, sizeof *m, 0);
  *m = (struct lur_made){0};
  if (luaL_newmetatable(L, "luron.made")) {
    lua_pushcfunction(L, made_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  *m = take_made(r->reading);
  lua_pushvalue(L, -1);
  lua_insert(L, part);
  lua_rawset(L, part + 1);
  lua_settop(L, part);
  *kept_bytes += sizeof *m + LUA_BYTES;
  if (!q->shape)
    *kept_bytes +=
        (patterns_bytes(&m->train) + patterns_bytes(&m->test) + patterns_bytes(&m->validation)) * (m->whole ? 2 : 1);
  else if (m->start)
    *kept_bytes += lur_shape_n_parameters(q->shape) * sizeof(double);
  return m;
}
