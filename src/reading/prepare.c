/* SPDX-License-Identifier: MIT
 * Patterns as they are trained: a fraction held out, inputs normalized. Both are made once for the same data sets of a
 * script, however often an experiment is read: a userdata "luron.prepared" holds them, and a table finds it as long as
 * something uses it. Going on from a network takes its scaling along: its weights mean inputs scaled as they were. */
#include <string.h>

#include "data/prepared.h"
#include "reading/reading.h"

static const char class_name[] = "luron.prepared", known_name[] = "luron.prepared.known";

/* Its user values are the data sets that it was made of, so that a key names them alone. */
enum { OF_TRAIN = 1, OF_TEST, N_SLOTS = OF_TEST };

static int prepared_gc(lua_State *L) {
  lur_prepared_free(lua_touserdata(L, 1));
  return 0;
}

static struct lur_prepared *push_prepared(lua_State *L) {
  struct lur_prepared *p = lua_newuserdatauv(L, sizeof *p, N_SLOTS);
  *p = (struct lur_prepared){0};
  if (luaL_newmetatable(L, class_name)) {
    lua_pushcfunction(L, prepared_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return p;
}

/* ---- What is asked for ---- */
static double read_fraction(struct lur_reader *r) {
  double fraction = 0;
  if (lua_getfield(r->L, r->fields, "test") == LUA_TNUMBER) {
    fraction = lua_tonumber(r->L, -1);
    if (!(fraction > 0 && fraction < 1))
      lur_reader_fail(r, "test", "%.15g, but a fraction is above 0 and below 1", fraction);
    if (r->reading->train->n < 2)
      lur_reader_fail(r, "test", "a fraction of 1 pattern cannot be held out");
  }
  lua_pop(r->L, 1);
  return fraction;
}

/* The network with a scaling that is that start value, or shown by it; NULL for lists, and for neurons. */
static const struct lur_network *scaled_network(struct lur_reader *r, const char *name) {
  const struct lur_network *n = lur_network_given(r->L, r->fields, name);
  return n && n->shift ? n : NULL;
}

static const struct lur_network *find_network(struct lur_reader *r) {
  const struct lur_network *start = scaled_network(r, "start");
  const struct lur_network *a = scaled_network(r, "weights"), *b = scaled_network(r, "biases");
  const struct lur_network *n = start ? start : a ? a : b;
  const size_t bytes = (size_t)(n ? n->shape.width[0] : 0) * sizeof(double);
  if (a && b &&
      (a->shape.width[0] != b->shape.width[0] || memcmp(a->shift, b->shift, bytes) != 0 ||
       memcmp(a->scale, b->scale, bytes) != 0))
    lur_reader_fail(r, "biases", "are of a network that scales its inputs otherwise than that of weights");
  if (n && n->shape.width[0] != r->reading->train->n_inputs)
    lur_reader_fail(r,
                    start ? "start"
                    : a   ? "weights"
                          : "biases",
                    "%sa network with %d inputs, but the patterns have %d", start ? "" : "are of ", n->shape.width[0],
                    r->reading->train->n_inputs);
  return n;
}

static struct lur_wish read_wish(struct lur_reader *r) {
  const struct lur_network *from = find_network(r);
  struct lur_wish w = lur_spec_wish(&r->reading->spec);
  w.test = read_fraction(r);
  w.test_seed = (uint64_t)lur_spec_value(&r->reading->spec, LUR_F_TEST_SEED).as.integer;
  w.shift = from ? from->shift : NULL;
  w.scale = from ? from->scale : NULL;
  return w;
}

/* ---- Found again: by the data sets and the wish ---- */
/* Pushes the key, or nothing where a set is made of lists, which have no identity. */
static bool push_key(struct lur_reader *r, const struct lur_wish *w) {
  lua_State *L = r->L;
  const struct lur_reading *g = r->reading;
  lua_Integer fraction;
  luaL_Buffer b;
  if (g->own_train || g->own_test)
    return false;
  memcpy(&fraction, &w->test, sizeof fraction);
  lua_pushfstring(L, "%p %p %I %I %I %I %I %d ", (const void *)g->train, (const void *)g->test, (LUAI_UACINT)fraction,
                  (LUAI_UACINT)w->test_seed, (LUAI_UACINT)w->n_folds, (LUAI_UACINT)w->fold, (LUAI_UACINT)w->fold_seed,
                  w->normalize);
  if (w->shift) {
    const size_t bytes = (size_t)g->train->n_inputs * sizeof(double);
    luaL_buffinit(L, &b);
    luaL_addlstring(&b, (const char *)w->shift, bytes);
    luaL_addlstring(&b, (const char *)w->scale, bytes);
    luaL_pushresult(&b);
    lua_concat(L, 2);
  }
  return true;
}

/* ---- Made ---- */
static void make(struct lur_reader *r, const struct lur_wish *w, struct lur_prepared *p) {
  const struct lur_reading *g = r->reading;
  const struct lur_given given = {g->train, g->test, g->own_train != NULL, g->own_test != NULL};
  struct lur_error e;
  if (lur_prepare(w, &given, p, &e))
    lur_reader_fail_error(r, &e);
}

/* Pushes what was made of the same before, or makes it. */
static struct lur_prepared *find_or_make(struct lur_reader *r, const struct lur_wish *w) {
  lua_State *L = r->L;
  struct lur_reading *g = r->reading;
  if (!luaL_getsubtable(L, LUA_REGISTRYINDEX, known_name)) {
    lua_newtable(L);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
  }
  int known = lua_gettop(L);
  bool has_key = push_key(r, w);
  if (has_key) {
    lua_pushvalue(L, -1);
    if (lua_rawget(L, known) != LUA_TNIL)
      return lua_touserdata(L, -1);
    lua_pop(L, 1);
  }
  struct lur_prepared *p = push_prepared(L);
  make(r, w, p);
  if (!has_key)
    return p;
  lua_rawgetp(L, r->held, &g->own_train);
  lua_setiuservalue(L, -2, OF_TRAIN);
  lua_rawgetp(L, r->held, &g->own_test);
  lua_setiuservalue(L, -2, OF_TEST);
  lua_pushvalue(L, -2);
  lua_pushvalue(L, -2);
  lua_rawset(L, known);
  return p;
}

/* ---- Into the reading ---- */
static struct lur_patterns patterns(struct lur_reader *r, struct lur_dataset *d, const double *inputs) {
  struct lur_error e;
  struct lur_patterns p;
  if (lur_prepared_patterns(d, inputs, &p, &e))
    lur_raise_memory(r->L);
  return p;
}

/* With folds, a sweep cuts each run's own from the whole; the reading's are those of its own seed and fold. */
static void keep_whole(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  struct lur_error e;
  if (lur_spec_check_fold(&g->spec, &e))
    lur_reader_fail_error(r, &e);
  if (!lur_spec_has_folds(&g->spec))
    return;
  g->spec.whole = g->train;
  if (lur_dataset_widen(g->train, &e))
    lur_raise_memory(r->L);
}

void lur_prepare_data(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  keep_whole(r);
  const struct lur_wish w = read_wish(r);
  struct lur_prepared none = {0}, *p = &none;
  if (!lur_wish_is_none(&w)) {
    p = find_or_make(r, &w);
    lua_rawsetp(r->L, r->held, &g->spec.shift); /* held for as long as the reading */
  }
  if (p->train) {
    g->train = p->train;
    g->test = p->test;
  }
  if (g->spec.whole && w.shift) {
    g->spec.from_shift = p->shift;
    g->spec.from_scale = p->scale;
  }
  g->spec.shift = p->shift;
  g->spec.scale = p->scale;
  g->spec.train = patterns(r, g->train, p->train_inputs);
  if (p->train_inputs && g->train->narrow)
    g->spec.raw_train = lur_dataset_inputs(g->train);
  if (!g->test)
    return;
  g->spec.test = patterns(r, g->test, p->test_inputs);
  if (p->test_inputs && g->test->narrow)
    g->spec.raw_test = lur_dataset_inputs(g->test);
}
