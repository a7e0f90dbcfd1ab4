/* SPDX-License-Identifier: MIT
 * Patterns as they are trained: a fraction held out, inputs normalized. Both are made once for the same data sets of a
 * script, however often an experiment is read: a userdata "luron.prepared" holds them, and a table finds it as long as
 * something uses it. Going on from a network takes its scaling along: its weights mean inputs scaled as they were. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/normalize.h"
#include "reading/reading.h"

static const char class_name[] = "luron.prepared", known_name[] = "luron.prepared.known";

/* Its user values are the data sets that it was made of, so that a key names them alone. */
enum { OF_TRAIN = 1, OF_TEST, N_SLOTS = OF_TEST };
struct prepared {
  struct lur_dataset *train, *test;   /* the parts that were held out and left; or NULL */
  double *train_inputs, *test_inputs; /* normalized; NULL where they were in place */
  double *shift, *scale;              /* or NULL */
};

static int prepared_gc(lua_State *L) {
  struct prepared *p = lua_touserdata(L, 1);
  lur_dataset_free(p->train);
  lur_dataset_free(p->test);
  free(p->train_inputs);
  free(p->test_inputs);
  free(p->shift);
  free(p->scale);
  *p = (struct prepared){0};
  return 0;
}

static struct prepared *push_prepared(lua_State *L) {
  struct prepared *p = lua_newuserdatauv(L, sizeof *p, N_SLOTS);
  *p = (struct prepared){0};
  if (luaL_newmetatable(L, class_name)) {
    lua_pushcfunction(L, prepared_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return p;
}

/* ---- What is asked for ---- */
struct wish {
  double fraction;                /* to hold out; 0: none */
  uint64_t seed;                  /* of that */
  int normalize;                  /* enum lur_normalize; -1: none */
  const struct lur_network *from; /* whose scaling is taken; or NULL */
};

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

/* The network with a scaling whose live view is that start value; NULL for lists, and for neurons. */
static const struct lur_network *scaled_network(struct lur_reader *r, const char *name) {
  lua_getfield(r->L, r->fields, name);
  const struct lur_network *n = lur_network_of_view(r->L, -1);
  lua_pop(r->L, 1);
  return n && n->shift ? n : NULL;
}

static const struct lur_network *find_network(struct lur_reader *r) {
  const struct lur_network *a = scaled_network(r, "weights"), *b = scaled_network(r, "biases");
  const struct lur_network *n = a ? a : b;
  const size_t bytes = (size_t)(n ? n->shape.width[0] : 0) * sizeof(double);
  if (a && b &&
      (a->shape.width[0] != b->shape.width[0] || memcmp(a->shift, b->shift, bytes) != 0 ||
       memcmp(a->scale, b->scale, bytes) != 0))
    lur_reader_fail(r, "biases", "are of a network that scales its inputs otherwise than that of weights");
  if (n && n->shape.width[0] != r->reading->train->n_inputs)
    lur_reader_fail(r, a ? "weights" : "biases", "are of a network with %d inputs, but the patterns have %d",
                    n->shape.width[0], r->reading->train->n_inputs);
  return n;
}

static struct wish read_wish(struct lur_reader *r) {
  const struct lur_value *v = &r->reading->spec.value[LUR_F_NORMALIZE];
  return (struct wish){.fraction = read_fraction(r),
                       .seed = (uint64_t)lur_spec_value(&r->reading->spec, LUR_F_TEST_SEED).as.integer,
                       .normalize = v->kind == LUR_V_CHOICE ? (int)v->as.integer : -1,
                       .from = find_network(r)};
}

/* ---- Found again: by the data sets and the wish ---- */
/* Pushes the key, or nothing where a set is made of lists, which have no identity. */
static bool push_key(struct lur_reader *r, const struct wish *w) {
  lua_State *L = r->L;
  const struct lur_reading *g = r->reading;
  lua_Integer fraction;
  luaL_Buffer b;
  if (g->own_train || g->own_test)
    return false;
  memcpy(&fraction, &w->fraction, sizeof fraction);
  lua_pushfstring(L, "%p %p %I %I %d ", (const void *)g->train, (const void *)g->test, (LUAI_UACINT)fraction,
                  (LUAI_UACINT)w->seed, w->normalize);
  if (w->from) {
    const size_t bytes = (size_t)w->from->shape.width[0] * sizeof(double);
    luaL_buffinit(L, &b);
    luaL_addlstring(&b, (const char *)w->from->shift, bytes);
    luaL_addlstring(&b, (const char *)w->from->scale, bytes);
    luaL_pushresult(&b);
    lua_concat(L, 2);
  }
  return true;
}

/* ---- Made ---- */
static double *room(struct lur_reader *r, size_t n) {
  double *at = lur_resize(NULL, n, sizeof *at);
  if (!at)
    lur_raise_memory(r->L);
  return at;
}

static void fit(struct lur_reader *r, const struct wish *w, const struct lur_dataset *d, struct prepared *p) {
  const size_t n = (size_t)d->n_inputs;
  const struct lur_inputs x = lur_dataset_inputs(d);
  struct lur_error e = {.field = "normalize"};
  p->shift = room(r, n);
  p->scale = room(r, n);
  if (w->from) {
    memcpy(p->shift, w->from->shift, n * sizeof *p->shift);
    memcpy(p->scale, w->from->scale, n * sizeof *p->scale);
  } else if (lur_normalize_fit((enum lur_normalize)w->normalize, &x, p->shift, p->scale, &e)) {
    lur_reader_fail_error_at(r, "normalize", &e);
  }
}

/* In place where nobody else has the set, and its inputs are doubles. */
static void scale(struct lur_reader *r, const struct prepared *p, struct lur_dataset *d, bool is_own, double **out) {
  if (!d)
    return;
  const struct lur_inputs x = lur_dataset_inputs(d);
  if (!is_own || d->narrow)
    *out = room(r, d->n * (size_t)d->n_inputs);
  lur_normalize_inputs(p->shift, p->scale, &x, *out ? *out : d->inputs);
}

static void make(struct lur_reader *r, const struct wish *w, struct prepared *p) {
  struct lur_reading *g = r->reading;
  struct lur_error e;
  if (w->fraction > 0 && lur_dataset_split(g->train, 1 - w->fraction, w->seed, &p->train, &p->test, &e))
    lur_reader_fail_error(r, &e);
  struct lur_dataset *train = p->train ? p->train : g->train, *test = p->test ? p->test : g->test;
  if (w->normalize < 0 && !w->from)
    return;
  fit(r, w, train, p);
  scale(r, p, train, p->train || g->own_train, &p->train_inputs);
  scale(r, p, test, p->test || g->own_test, &p->test_inputs);
}

/* Pushes what was made of the same before, or makes it. */
static struct prepared *find_or_make(struct lur_reader *r, const struct wish *w) {
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
  struct prepared *p = push_prepared(L);
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
  if (!inputs && lur_dataset_widen(d, &e))
    lur_raise_memory(r->L);
  struct lur_patterns p = lur_dataset_patterns(d);
  if (inputs)
    p.inputs = inputs;
  return p;
}

void lur_prepare_data(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  const struct wish w = read_wish(r);
  struct prepared none = {0}, *p = &none;
  if (w.fraction > 0 || w.normalize >= 0 || w.from) {
    p = find_or_make(r, &w);
    lua_rawsetp(r->L, r->held, &g->shift); /* held for as long as the reading */
  }
  if (p->train) {
    g->train = p->train;
    g->test = p->test;
  }
  g->shift = g->spec.shift = p->shift;
  g->scale = g->spec.scale = p->scale;
  g->spec.train = patterns(r, g->train, p->train_inputs);
  if (p->train_inputs && g->train->narrow)
    g->spec.raw_train = lur_dataset_inputs(g->train);
  if (!g->test)
    return;
  g->spec.test = patterns(r, g->test, p->test_inputs);
  if (p->test_inputs && g->test->narrow)
    g->spec.raw_test = lur_dataset_inputs(g->test);
}
