/* SPDX-License-Identifier: MIT
 * Patterns: lists of lists, a list of numbers, a data set, or a function of the parameters that returns one of them.
 * Sizes are measured before anything is allocated, so that a message comes before the memory does. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "reading/reading.h"

struct matrix {
  const char *path;
  int at; /* stack */
  size_t n;
  int width;
  bool flat; /* one number per pattern */
};

static const char *plural(size_t n) {
  return n == 1 ? "" : "s";
}

static int fail_row(struct lur_reader *r, const struct matrix *m, size_t i) {
  const char *found = lur_push_found(r->L, -1);
  if (lua_type(r->L, -2) == LUA_TSTRING)
    return lur_reader_fail(r, m->path, "pattern %zu is %s, not numbers; luron.csv makes classes of names", i + 1,
                           found);
  return lur_reader_fail(r, m->path, "pattern %zu is %s, not a list of numbers", i + 1, found);
}

static void measure(struct lur_reader *r, struct matrix *m) {
  lua_State *L = r->L;
  if (lur_is_axis(L, m->at))
    lur_reader_fail(r, m->path, "%s belongs under sweep; here a list of patterns is expected",
                    luaL_tolstring(L, m->at, NULL));
  if (!lur_is_list(L, m->at))
    lur_reader_fail(r, m->path, "%s, but a list of patterns is expected", lur_push_found(L, m->at));
  lua_Integer n = luaL_len(L, m->at);
  if (n < 1)
    lur_reader_fail(r, m->path, "no patterns; a list of them is expected, such as {{0, 1}, {1, 1}}");
  m->n = (size_t)n;
  m->flat = lua_geti(L, m->at, 1) == LUA_TNUMBER;
  if (!m->flat && !lur_is_list(L, -1))
    fail_row(r, m, 0);
  lua_Integer width = m->flat ? 1 : luaL_len(L, -1);
  if (width < 1)
    lur_reader_fail(r, m->path, "pattern 1 is empty");
  if (width > LUR_MAX_WIDTH)
    lur_reader_fail(r, m->path, "pattern 1 has %lld numbers, but at most %d are possible", (long long)width,
                    LUR_MAX_WIDTH);
  m->width = (int)width;
  lua_pop(L, 1);
}

static double take_number(struct lur_reader *r, const struct matrix *m, size_t i, int k) {
  lua_State *L = r->L;
  char where[64];
  snprintf(where, sizeof where, m->flat ? "pattern %zu" : "pattern %zu, number %d", i + 1, k + 1);
  if (lua_type(L, -1) != LUA_TNUMBER)
    lur_reader_fail(r, m->path, "%s is %s, not a number", where, lur_push_found(L, -1));
  double x = lua_tonumber(L, -1);
  if (!isfinite(x))
    lur_reader_fail(r, m->path, "%s is %s, but must be finite", where, isnan(x) ? "nan" : x > 0 ? "inf" : "-inf");
  lua_pop(L, 1);
  return x;
}

static void fill_row(struct lur_reader *r, const struct matrix *m, size_t i, double *out) {
  lua_State *L = r->L;
  int row = lua_gettop(L);
  if (!lur_is_list(L, row)) {
    if (lua_type(L, row) == LUA_TNUMBER)
      lur_reader_fail(r, m->path, "pattern %zu is a number, but pattern 1 is a list", i + 1);
    fail_row(r, m, i);
  }
  lua_Integer n = luaL_len(L, row);
  if (n != m->width)
    lur_reader_fail(r, m->path, "pattern %zu has %lld number%s, but pattern 1 has %d", i + 1, (long long)n,
                    plural((size_t)n), m->width);
  for (int k = 0; k < m->width; k++) {
    lua_geti(L, row, k + 1);
    out[k] = take_number(r, m, i, k);
  }
  lua_pop(L, 1);
}

static void fill(struct lur_reader *r, const struct matrix *m, double *out) {
  for (size_t i = 0; i < m->n; i++) {
    int type = lua_geti(r->L, m->at, (lua_Integer)i + 1);
    if (m->flat && type == LUA_TTABLE)
      lur_reader_fail(r, m->path, "pattern %zu is a list, but pattern 1 is a number", i + 1);
    if (m->flat)
      out[i] = take_number(r, m, i, 0);
    else
      fill_row(r, m, i, out + i * (size_t)m->width);
  }
}

/* "{{0, 1}}": the flat list as the one pattern that was meant. */
static void write_as_pattern(lua_State *L, const struct matrix *m, char *out, size_t room) {
  size_t used = (size_t)snprintf(out, room, "{{");
  for (size_t i = 0; i < m->n && i < 8; i++) {
    char digits[32];
    lua_geti(L, m->at, (lua_Integer)i + 1);
    lur_digits_write(lua_tonumber(L, -1), digits);
    lua_pop(L, 1);
    used += (size_t)snprintf(out + used, room - used, i ? ", %s" : "%s", digits);
  }
  snprintf(out + used, room - used, m->n > 8 ? ", ...}}" : "}}");
}

static const char *last_name(const char *path) {
  const char *dot = strrchr(path, '.');
  return dot ? dot + 1 : path;
}

static void check_ambiguous(struct lur_reader *r, const struct matrix *m, const struct matrix *other) {
  char text[400];
  if (!m->flat || m->n == 1 || other->n != 1)
    return;
  write_as_pattern(r->L, m, text, sizeof text);
  lur_reader_fail(r, m->path, "pattern 1 is a number, but %s has 1 pattern; write %s", last_name(other->path), text);
}

/* inputs and targets stand at in->at and out->at. */
static struct lur_dataset *read_pair(struct lur_reader *r, struct matrix *in, struct matrix *out,
                                     struct lur_dataset **to) {
  struct lur_error e;
  measure(r, in);
  measure(r, out);
  check_ambiguous(r, in, out);
  check_ambiguous(r, out, in);
  if (in->n != out->n)
    lur_reader_fail(r, out->path, "%zu pattern%s, but %s has %zu", out->n, plural(out->n), last_name(in->path), in->n);
  *to = lur_dataset_new(in->n, in->width, out->width, &e);
  if (!*to)
    lur_reader_fail_error(r, &e);
  fill(r, in, (*to)->inputs);
  fill(r, out, (*to)->targets);
  return *to;
}

static void check_set_names(struct lur_reader *r, const char *path, int at) {
  static const char *const known[] = {"inputs", "targets", "pattern_weights", NULL};
  lua_State *L = r->L;
  for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1))
    if (lua_type(L, -2) != LUA_TSTRING)
      lur_reader_fail(r, path, "a list, but a data set or { inputs =, targets = } is expected");
  lur_push_names(L, at, LUR_BY_ALPHABET);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, at + 1); i <= n; i++) {
    lua_rawgeti(L, at + 1, i);
    if (!lur_is_one_of(lua_tostring(L, -1), known))
      lur_reader_fail(r, path, "has %s, but takes inputs, targets and pattern_weights", lua_tostring(L, -1));
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* The weights that may stand beside inputs and targets. */
static void read_set_weights(struct lur_reader *r, const char *path, int at, struct lur_dataset **own) {
  struct lur_dataset *d = *own;
  char weights[64];
  snprintf(weights, sizeof weights, "%s.pattern_weights", path);
  if (lua_getfield(r->L, at, "pattern_weights") == LUA_TNIL)
    return;
  if (own != &r->reading->own_train)
    lur_reader_fail(r, weights, "only training patterns have weights");
  if (!lur_is_list(r->L, -1))
    lur_reader_fail(r, weights, "%s, but a list of numbers is expected", lur_push_found(r->L, -1));
  if (!(d->weights = lur_alloc(d->n, sizeof *d->weights)))
    lur_raise_memory(r->L);
  lur_read_weight_list(r, weights, d->n, d->weights);
}

/* Where the reading has what is lent to it in place of `own`. */
static struct lur_dataset **place_of_lent(struct lur_reading *g, struct lur_dataset *const *own) {
  return &g->lent[own == &g->own_train ? LUR_TRAIN : own == &g->own_test ? LUR_TEST : LUR_VALIDATION];
}

/* The value on the top: a data set, or { inputs =, targets = }, which may have pattern_weights, too. */
static struct lur_dataset *read_set(struct lur_reader *r, const char *path, struct lur_dataset **own) {
  lua_State *L = r->L;
  char inputs[64], targets[64];
  int at = lua_gettop(L);
  struct lur_dataset *d = lur_to_data(L, at);
  if (d) { /* held for as long as the reading, which borrows it in place of `own` */
    struct lur_dataset **lent = place_of_lent(r->reading, own);
    lur_dataset_free(*lent);
    return *lent = lur_dataset_hold(d);
  }
  if (lua_type(L, at) != LUA_TTABLE)
    lur_reader_fail(r, path, "%s, but a data set is expected", lur_push_found(L, at));
  snprintf(inputs, sizeof inputs, "%s.inputs", path);
  snprintf(targets, sizeof targets, "%s.targets", path);
  check_set_names(r, path, at);
  struct matrix in = {.path = inputs, .at = at + 1}, out = {.path = targets, .at = at + 2};
  if (lua_getfield(L, at, "inputs") == LUA_TNIL)
    lur_reader_fail(r, path, "has no inputs");
  if (lua_getfield(L, at, "targets") == LUA_TNIL)
    lur_reader_fail(r, path, "has no targets");
  read_pair(r, &in, &out, own);
  read_set_weights(r, path, at, own);
  return *own;
}

static void read_lists(struct lur_reader *r) {
  lua_State *L = r->L;
  int top = lua_gettop(L);
  struct matrix in = {.path = "inputs", .at = top + 1}, out = {.path = "targets", .at = top + 2};
  bool made = lur_push_made_field(r, "inputs", 1);
  made = lur_push_made_field(r, "targets", 1) && made;
  if (lua_isnil(L, in.at))
    lur_reader_fail(r, "inputs", "missing; an experiment needs inputs and targets, or data");
  if (lua_isnil(L, out.at))
    lur_reader_fail(r, "targets", "missing; an experiment needs inputs and targets, or data");
  if (made)
    r->reading->train = read_pair(r, &in, &out, &r->reading->own_train);
}

/* What a function for data returned beside the training patterns, if it did. */
enum { N_SETS = 3 };
static void read_returned(struct lur_reader *r, const char *name, int at, struct lur_dataset **set,
                          struct lur_dataset **own) {
  lua_State *L = r->L;
  if (lua_isnil(L, at))
    return;
  if (lua_getfield(L, r->fields, name) != LUA_TNIL)
    lur_reader_fail(r, name, "cannot be used beside a function for data that returns a %s set too", name);
  lua_pushvalue(L, at);
  *set = read_set(r, "data", own);
  lua_settop(L, r->held + N_SETS);
}

static void read_data_field(struct lur_reader *r) {
  lua_State *L = r->L;
  for (int i = 0; i < 2; i++) {
    const char *name = i ? "targets" : "inputs";
    if (lua_getfield(L, r->fields, name) != LUA_TNIL)
      lur_reader_fail(r, name, "cannot be used beside data");
    lua_pop(L, 1);
  }
  if (!lur_push_made_field(r, "data", N_SETS))
    return;
  lua_settop(L, r->held + N_SETS);
  lua_pushvalue(L, r->held + 1);
  r->reading->train = read_set(r, "data", &r->reading->own_train);
  lua_settop(L, r->held + N_SETS);
  if (!lua_isnil(L, r->held + 2) && lur_spec_has_folds(&r->reading->spec))
    lur_reader_fail(r, "data",
                    "returns a test set, but with folds each cross-validation fold is one; return one set, or write "
                    "folds = false");
  if (!lua_isnil(L, r->held + 3) && lur_spec_has_folds(&r->reading->spec))
    lur_reader_fail(r, "data",
                    "returns a validation set, but with folds it is a fraction of what each cross-validation fold "
                    "leaves; return one set, and write validation = 0.2");
  read_returned(r, "test", r->held + 2, &r->reading->test, &r->reading->own_test);
  read_returned(r, "validation", r->held + 3, &r->reading->validation, &r->reading->own_validation);
}

/* Puts a data set's classes in that order, each found by its name, in a copy that *own owns. */
static void match_classes(struct lur_reader *r, const char *path, const struct lur_class_names *c,
                          struct lur_dataset **set, struct lur_dataset **own) {
  struct lur_error e;
  if (!(*set)->n_classes || lur_dataset_has_classes(*set, c))
    return;
  struct lur_dataset *matched = lur_dataset_match(*set, c, &e);
  if (!matched)
    lur_reader_fail_error_at(r, path, &e);
  lur_dataset_free(*own);
  *set = *own = matched;
}

/* The same of inputs and their names. */
static void match_inputs(struct lur_reader *r, const char *path, const struct lur_input_names *c,
                         struct lur_dataset **set, struct lur_dataset **own) {
  struct lur_error e;
  if (!lur_dataset_needs_match(*set, c))
    return;
  struct lur_dataset *matched = lur_dataset_match_inputs(*set, c, &e);
  if (!matched)
    lur_reader_fail_error_at(r, path, &e);
  lur_dataset_free(*own);
  *set = *own = matched;
}

static const struct lur_network *network_of(struct lur_reader *r) {
  const struct lur_network *start = lur_network_given(r->L, r->fields, "start");
  return start ? start : lur_network_given(r->L, r->fields, "weights");
}

/* Where training goes on from a network that has classes, the outputs are its own. */
static void match_network_classes(struct lur_reader *r) {
  const struct lur_network *n = network_of(r);
  if (n && n->n_classes) {
    const struct lur_class_names c = {"the network", n->n_classes, n->classes};
    match_classes(r, "data", &c, &r->reading->train, &r->reading->own_train);
  }
  lua_settop(r->L, r->held);
}

/* So are inputs with names; a column of weights is none of them. */
static void match_network_inputs(struct lur_reader *r) {
  const struct lur_network *n = network_of(r);
  if (n && n->input_names && n->n_onehot) {
    const struct lur_input_names c = {"the network's inputs", n->shape.width[0], n->n_onehot,
                                      n->input_names,         n->onehot,         n->unknown_is_zeros};
    match_inputs(r, "data", &c, &r->reading->train, &r->reading->own_train);
  }
  lua_settop(r->L, r->held);
}

/* Each fold is the test set once, and a validation set is drawn from what a fold leaves. */
static void check_beside_folds(struct lur_reader *r, const char *name, int type) {
  if (strcmp(name, "test") == 0 && lur_reader_overrides(r, "folds") && !lur_reader_overrides(r, name))
    lur_reader_fail(r, "folds",
                    "cannot be used beside test: each cross-validation fold is the test set once; write "
                    "test = false, too");
  if (strcmp(name, "test") == 0)
    lur_reader_fail(r, name,
                    "cannot be used beside folds: each cross-validation fold is the test set once; take test away, or "
                    "write folds = false");
  if (type != LUA_TNUMBER)
    lur_reader_fail(r, name, "beside folds it is a fraction of what each cross-validation fold leaves; write 0.2");
}

/* The test or the validation set. */
static void read_other(struct lur_reader *r, const char *name, struct lur_dataset **set, struct lur_dataset **own) {
  lua_State *L = r->L;
  int type = lua_getfield(L, r->fields, name);
  bool none = !lua_toboolean(L, -1);
  if (type == LUA_TFUNCTION)
    lur_reader_fail(r, name,
                    "a function is not possible here; data = function(p) may return a training, a test and a "
                    "validation set");
  if (!none && lur_spec_has_folds(&r->reading->spec))
    check_beside_folds(r, name, type);
  if (!none && type != LUA_TNUMBER) /* a fraction is held out when all is read */
    *set = read_set(r, name, own);
  const struct lur_dataset *a = r->reading->train;
  const struct lur_class_names c = {"the training patterns", a->n_classes, a->classes};
  if (*set) {
    match_classes(r, name, &c, set, own);
    const struct lur_input_names inputs = lur_dataset_input_names(a, "the training patterns");
    if (*set)
      match_inputs(r, name, &inputs, set, own);
    lur_drop_weight_column(r, set, own);
  }
  const struct lur_dataset *b = *set;
  if (b && b->n_inputs != a->n_inputs)
    lur_reader_fail(r, name, "%d inputs a pattern, but the training patterns have %d", b->n_inputs, a->n_inputs);
  if (b && b->n_outputs != a->n_outputs)
    lur_reader_fail(r, name, "%d targets a pattern, but the training patterns have %d", b->n_outputs, a->n_outputs);
  lua_settop(L, r->held);
}

void lur_read_data(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  if (lua_getfield(r->L, r->fields, "validation") == LUA_TNUMBER)
    g->spec.validation_share = lua_tonumber(r->L, -1);
  lua_pop(r->L, 1);
  if (lua_getfield(r->L, r->fields, "data") == LUA_TNIL) {
    read_lists(r);
  } else {
    lua_settop(r->L, r->held);
    read_data_field(r);
  }
  lua_settop(r->L, r->held);
  if (!g->train)
    return;
  match_network_classes(r);
  lur_read_pattern_weights(r);
  match_network_inputs(r);
  read_other(r, "test", &g->test, &g->own_test);
  read_other(r, "validation", &g->validation, &g->own_validation);
  lur_prepare_data(r);
}
