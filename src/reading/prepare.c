/* SPDX-License-Identifier: MIT
 * Patterns as they are trained: fractions held out, inputs and targets normalized, classes balanced. All are made once
 * for the same data sets of a script, however often an experiment is read: a userdata "luron.prepared" has them, which
 * a table finds as long as a reading uses it. Going on from a network takes its scaling along: its weights mean
 * inputs scaled as they were. */
#include <string.h>

#include "data/prepared.h"
#include "reading/reading.h"

static const char class_name[] = "luron.prepared", known_name[] = "luron.prepared.known";

static int prepared_gc(lua_State *L) {
  struct lur_shared **p = lua_touserdata(L, 1);
  lur_shared_free(*p);
  *p = NULL;
  return 0;
}

/* It holds the data sets that it was made of, so that a key names them alone. */
static struct lur_shared **push_prepared(lua_State *L) {
  struct lur_shared **p = lua_newuserdatauv(L, sizeof *p, 0);
  *p = NULL;
  if (luaL_newmetatable(L, class_name)) {
    lua_pushcfunction(L, prepared_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return p;
}

/* ---- What is asked for ---- */
static double read_fraction(struct lur_reader *r, const char *name) {
  double fraction = 0;
  if (lua_getfield(r->L, r->fields, name) == LUA_TNUMBER) {
    fraction = lua_tonumber(r->L, -1);
    if (!(fraction > 0 && fraction < 1))
      lur_reader_fail(r, name, "%.15g, but a fraction is above 0 and below 1", fraction);
    if (r->reading->train->n < 2)
      lur_reader_fail(r, name, "a fraction of 1 pattern cannot be held out");
  }
  lua_pop(r->L, 1);
  return fraction;
}

static bool has_scaling(const struct lur_network *n) {
  return n && (n->shift || n->target_shift);
}

/* The network with a scaling that is that start value, or shown by it; NULL for lists, and for neurons. */
static const struct lur_network *scaled_network(struct lur_reader *r, const char *name) {
  const struct lur_network *n = lur_network_given(r->L, r->fields, name);
  return has_scaling(n) ? n : NULL;
}

static bool same_numbers(const double *a, const double *b, int n) {
  return a == b || (a && b && memcmp(a, b, (size_t)n * sizeof *a) == 0);
}

static bool same_scaling(const struct lur_network *a, const struct lur_network *b) {
  const int n = a->shape.width[0], n_outputs = a->shape.width[a->shape.n_layers];
  return n == b->shape.width[0] && n_outputs == b->shape.width[b->shape.n_layers] &&
         same_numbers(a->shift, b->shift, n) && same_numbers(a->scale, b->scale, n) &&
         same_numbers(a->target_shift, b->target_shift, n_outputs) &&
         same_numbers(a->target_scale, b->target_scale, n_outputs);
}

static const struct lur_network *find_network(struct lur_reader *r) {
  const struct lur_network *start = scaled_network(r, "start");
  const struct lur_network *a = scaled_network(r, "weights"), *b = scaled_network(r, "biases");
  const struct lur_network *n = start ? start : a ? a : b;
  const char *name = start ? "start" : a ? "weights" : "biases", *are = start ? "" : "are of ";
  const struct lur_dataset *train = r->reading->train;
  if (a && b && !same_scaling(a, b))
    lur_reader_fail(r, "biases", "are of a network that scales its inputs or targets otherwise than that of weights");
  if (n && n->shape.width[0] != train->n_inputs)
    lur_reader_fail(r, name, "%sa network with %d inputs, but the patterns have %d", are, n->shape.width[0],
                    train->n_inputs);
  if (n && n->target_shift && n->shape.width[n->shape.n_layers] != train->n_outputs)
    lur_reader_fail(r, name, "%sa network with %d outputs, but the patterns have %d targets", are,
                    n->shape.width[n->shape.n_layers], train->n_outputs);
  return n;
}

/* What says how a fraction is drawn, where there is no validation set at all. */
static void check_drawn(struct lur_reader *r) {
  static const enum lur_field_id drawn[] = {LUR_F_VALIDATION_SEED, LUR_F_VALIDATION_STRATIFIED};
  const bool none = !r->reading->validation && read_fraction(r, "validation") == 0;
  for (size_t i = 0; i < sizeof drawn / sizeof *drawn && none; i++)
    if (r->reading->spec.value[drawn[i]].kind != LUR_V_ABSENT)
      lur_reader_fail(r, lur_fields[drawn[i]].name, "there is no validation set to draw; write validation = 0.2");
}

/* What is given as a start fills missing inputs as it did. */
static const double *fill_of(const struct lur_network *start, const struct lur_reading *g) {
  return start && start->fill && start->shape.width[0] == g->train->n_inputs ? start->fill : NULL;
}

static struct lur_wish read_wish(struct lur_reader *r) {
  const struct lur_network *from = find_network(r);
  const struct lur_spec *spec = &r->reading->spec;
  struct lur_wish w = lur_spec_wish(&r->reading->spec);
  w.validation = read_fraction(r, "validation");
  w.validation_seed = (uint64_t)lur_spec_value(spec, LUR_F_VALIDATION_SEED).as.integer;
  w.stratified = lur_spec_value(spec, LUR_F_VALIDATION_STRATIFIED).as.truth;
  w.test = read_fraction(r, "test");
  w.test_seed = (uint64_t)lur_spec_value(&r->reading->spec, LUR_F_TEST_SEED).as.integer;
  if (from)
    w.from = (struct lur_scaling){from->shift, from->scale, from->target_shift, from->target_scale, NULL};
  w.from.fill = fill_of(lur_network_given(r->L, r->fields, "start"), r->reading);
  return w;
}

/* ---- Found again: by the data sets and the wish ---- */
static void add_numbers(luaL_Buffer *b, const double *x, int n) {
  luaL_addchar(b, x ? 'x' : ' ');
  if (x)
    luaL_addlstring(b, (const char *)x, (size_t)n * sizeof *x);
}

/* Pushes the key, or nothing where a set is made of lists, which have no identity. */
static bool push_key(struct lur_reader *r, const struct lur_wish *w) {
  lua_State *L = r->L;
  const struct lur_reading *g = r->reading;
  lua_Integer test, validation;
  luaL_Buffer b;
  if (g->own_train || g->own_test || g->own_validation)
    return false;
  memcpy(&test, &w->test, sizeof test);
  memcpy(&validation, &w->validation, sizeof validation);
  lua_pushfstring(L, "%p %p %p %I %I %I %I %d ", (const void *)g->train, (const void *)g->test,
                  (const void *)g->validation, (LUAI_UACINT)test, (LUAI_UACINT)w->test_seed, (LUAI_UACINT)validation,
                  (LUAI_UACINT)w->validation_seed, w->stratified);
  lua_pushfstring(L, "%I %I %I %d %d %d ", (LUAI_UACINT)w->n_folds, (LUAI_UACINT)w->fold, (LUAI_UACINT)w->fold_seed,
                  w->normalize, w->normalize_targets, w->balanced);
  lua_concat(L, 2);
  luaL_buffinit(L, &b);
  add_numbers(&b, w->from.shift, g->train->n_inputs);
  add_numbers(&b, w->from.scale, g->train->n_inputs);
  add_numbers(&b, w->from.target_shift, g->train->n_outputs);
  add_numbers(&b, w->from.target_scale, g->train->n_outputs);
  add_numbers(&b, w->from.fill, g->train->n_inputs);
  luaL_pushresult(&b);
  lua_concat(L, 2);
  return true;
}

/* ---- Made ---- */
static struct lur_given given_of(const struct lur_reading *g) {
  return (struct lur_given){{g->train, g->test, g->validation},
                            {g->own_train != NULL, g->own_test != NULL, g->own_validation != NULL}};
}

static void make(struct lur_reader *r, const struct lur_wish *w, struct lur_prepared *p) {
  const struct lur_given given = given_of(r->reading);
  struct lur_error e;
  if (lur_prepare(w, &given, p, &e))
    lur_reader_fail_error(r, &e);
}

/* What was made of the same before, or is made now; pushes what has it. */
static struct lur_shared *find_or_make(struct lur_reader *r, const struct lur_wish *w) {
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
    if (lua_rawget(L, known) != LUA_TNIL && *(struct lur_shared **)lua_touserdata(L, -1)) /* not collected, at exit */
      return *(struct lur_shared **)lua_touserdata(L, -1);
    lua_pop(L, 1);
  }
  struct lur_shared **p = push_prepared(L);
  if (!(*p = lur_shared_new()))
    lur_raise_memory(L);
  make(r, w, &(*p)->made);
  if (!has_key)
    return *p;
  for (int k = 0; k < LUR_N_SETS; k++)
    (*p)->given[k] = lur_dataset_hold(given_of(g).set[k]);
  lua_pushvalue(L, -2);
  lua_pushvalue(L, -2);
  lua_rawset(L, known);
  return *p;
}

/* ---- Into the reading ---- */
/* That set, prepared or as it was given. */
static struct lur_dataset *put(struct lur_reader *r, const struct lur_prepared *p, enum lur_set set,
                               struct lur_dataset *given, struct lur_patterns *to, struct lur_inputs *raw) {
  struct lur_dataset *d = p->set[set] ? p->set[set] : given;
  struct lur_error e;
  if (d && lur_prepared_patterns(p, set, d, to, &e))
    lur_raise_memory(r->L);
  if (d && p->inputs[set] && d->narrow)
    *raw = lur_dataset_inputs(d);
  return d;
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
  check_drawn(r);
  const struct lur_wish w = read_wish(r);
  const struct lur_prepared none = {0}, *p = &none;
  const struct lur_given given = given_of(g);
  if (!lur_wish_is_none(&w) || lur_given_fills(&given)) {
    g->prepared = lur_shared_hold(find_or_make(r, &w));
    lua_rawsetp(r->L, r->held, &g->spec.shift); /* so that it is found again for as long as the reading */
    p = &g->prepared->made;
  }
  if (g->spec.whole && w.from.shift) {
    g->spec.from.shift = p->shift;
    g->spec.from.scale = p->scale;
  }
  if (g->spec.whole && w.from.target_shift) {
    g->spec.from.target_shift = p->targets.shift;
    g->spec.from.target_scale = p->targets.scale;
  }
  if (g->spec.whole && w.from.fill)
    g->spec.from.fill = p->fill;
  g->spec.shift = p->shift;
  g->spec.scale = p->scale;
  g->spec.fill = p->fill;
  g->train = put(r, p, LUR_TRAIN, g->train, &g->spec.train, &g->spec.raw_train);
  g->test = put(r, p, LUR_TEST, g->test, &g->spec.test, &g->spec.raw_test);
  g->validation = put(r, p, LUR_VALIDATION, g->validation, &g->spec.validation, &g->spec.raw_validation);
}
