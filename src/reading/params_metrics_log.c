/* SPDX-License-Identifier: MIT
 * The fields that only Lua can hold: params, metrics, log. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/near_word.h"
#include "reading/reading.h"

static bool is_name(const char *text) {
  size_t n = strlen(text);
  return n > 0 && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == n &&
         !strchr("0123456789", text[0]);
}

/* ---- params ---- */
static void read_param(struct lur_reader *r, const char *path, struct lur_param *p) {
  lua_State *L = r->L;
  p->value = lur_plain_value(L, -1);
  switch (lua_type(L, -1)) {
  case LUA_TBOOLEAN: return;
  case LUA_TNUMBER:
    if (!isfinite(lua_tonumber(L, -1)))
      lur_reader_fail(r, path, "%s is not a finite number", isnan(lua_tonumber(L, -1)) ? "nan" : "an infinity");
    return;
  case LUA_TSTRING:
    p->value = (struct lur_value){.kind = LUR_V_CHOICE};
    p->text = lur_read_text(r, path);
    lua_pushvalue(L, -1);
    lua_setfield(L, r->held, path); /* holds the text, whatever becomes of the script's table */
    return;
  case LUA_TFUNCTION:
    lur_reader_fail(r, path, "a function is not possible here; a param is a number, a text, true or false");
    return;
  default: lur_reader_fail(r, path, "%s, but a param is a number, a text, true or false", lur_push_found(L, -1));
  }
}

/* Sorted by name, so that nothing depends on the order of a table. */
static void collect_names(struct lur_reader *r, int params) {
  lua_State *L = r->L;
  struct lur_spec *s = &r->reading->spec;
  for (lua_pushnil(L); lua_next(L, params); lua_pop(L, 1))
    if (lua_type(L, -2) != LUA_TSTRING)
      lur_reader_fail(r, "params", "a value without a name; write name = value");
  lur_push_names(L, params, LUR_BY_ALPHABET);
  lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
  if (n > LUR_MAX_PARAMS)
    lur_reader_fail(r, "params", "more than %d", LUR_MAX_PARAMS);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, params + 1, i);
    const char *name = lua_tostring(L, -1);
    const char *path = lua_pushfstring(L, "params.%s", name);
    if (!is_name(name))
      lur_reader_fail(r, path, "a name is letters, digits and _, and does not begin with a digit");
    if (strlen(name) >= sizeof s->param->name)
      lur_reader_fail(r, path, "a name has at most %zu letters", sizeof s->param->name - 1);
    if (lur_name_taken(name))
      lur_reader_fail(r, path, "is the name of a %s; choose another", lur_name_taken(name));
    strcpy(s->param[s->n_params++].name, name);
    lua_settop(L, params + 1);
  }
  lua_settop(L, params);
}

void lur_read_params(struct lur_reader *r) {
  lua_State *L = r->L;
  struct lur_spec *s = &r->reading->spec;
  int type = lua_getfield(L, r->fields, "params"), params = lua_gettop(L);
  if (type == LUA_TNIL)
    return;
  if (type != LUA_TTABLE)
    lur_reader_fail(r, "params", "%s, but a table such as { noise = 0.1 } is expected", lur_push_found(L, -1));
  collect_names(r, params);
  for (int i = 0; i < s->n_params; i++) {
    const char *path = lua_pushfstring(L, "params.%s", s->param[i].name);
    lua_getfield(L, params, s->param[i].name);
    read_param(r, path, &s->param[i]);
    lua_settop(L, params);
  }
}

/* ---- metrics ---- */
enum { MOST_METRICS = LUR_N_METRICS + 2 + LUR_MAX_HOST_METRICS + 1 };

/* The names of the script's own are held by a list that this leaves on the stack. */
static void collect_metrics(lua_State *L, int reading, enum lur_metrics_of of, const char *out[MOST_METRICS]) {
  const struct lur_spec *spec = &lur_reading_at(L, reading)->spec;
  const bool all = of == LUR_METRICS_BUILT_IN;
  int n = 0, names = lua_gettop(L) + 1;
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (all || (spec->metrics | lur_metrics_always()) >> m & 1)
      out[n++] = lur_metric_names[m];
  lua_getiuservalue(L, reading, LUR_READING_METRICS);
  const lua_Integer n_own = all || lua_type(L, names) != LUA_TTABLE ? 0 : (lua_Integer)lua_rawlen(L, names);
  if (!all)
    out[n++] = "epochs";
  for (lua_Integer i = 1; i <= n_own && i <= LUR_MAX_HOST_METRICS; i++) {
    lua_rawgeti(L, names, i);
    out[n++] = lua_tostring(L, -1);
    lua_pop(L, 1); /* the list holds it */
  }
  if (of == LUR_METRICS_THAT_RANK)
    out[n++] = "solved";
  out[n] = NULL;
}

const char *lur_push_no_metric(lua_State *L, int reading, const char *name, enum lur_metrics_of of) {
  const char *metrics[MOST_METRICS], *near;
  char hint[LUR_WORD_ROOM], choices[LUR_CHOICES_BYTES];
  collect_metrics(L, reading, of, metrics);
  near = lur_near_word(name, metrics);
  if (!near)
    near = lur_near_word(name, lur_metric_names);
  if (!lur_word_explain("metrics", lur_metric_names, name, hint)) {
    lur_choices_write(near, metrics, choices);
    return lua_pushstring(L, choices);
  }
  lur_choices_write(NULL, metrics, choices);
  const bool asks = hint[strlen(hint) - 1] == '?';
  return lua_pushfstring(L, "; %s%s%s", hint, asks ? " T" : "; t", choices + strlen("; t"));
}

bool lur_has_metric(lua_State *L, int reading, const char *name) {
  const char *metrics[MOST_METRICS];
  const int top = lua_gettop(L);
  collect_metrics(L, reading, LUR_METRICS_OF_COLUMNS, metrics);
  const bool has = lur_is_one_of(name, metrics);
  lua_settop(L, top);
  return has;
}

int lur_reader_fail_metric(struct lur_reader *r, const char *path, const char *name, enum lur_metrics_of of) {
  return lur_reader_fail(r, path, "\"%.40s\" is no metric%s", name, lur_push_no_metric(r->L, r->at, name, of));
}

static void add_metric(struct lur_reader *r) {
  if (lua_type(r->L, -1) != LUA_TSTRING)
    lur_reader_fail(r, "metrics", "%s, but a name or name = function(run) is expected", lur_push_found(r->L, -1));
  const char *name = lua_tostring(r->L, -1);
  int id = lur_metric_find(name);
  if (id >= 0) {
    r->reading->spec.metrics |= LUR_BIT(id);
    return;
  }
  if (strcmp(name, "epochs") != 0 && strcmp(name, "status") != 0)
    lur_reader_fail_metric(r, "metrics", name, LUR_METRICS_BUILT_IN);
}

void lur_push_metric_function(lua_State *L, int metrics, const char *name) {
  if (lua_getfield(L, metrics, name) != LUA_TTABLE)
    return;
  lua_rawgeti(L, -1, 1);
  lua_remove(L, -2);
}

/* { f, better = "high" } or "low", on the top: whether it is high. */
static bool read_better(struct lur_reader *r, const char *path) {
  static const char *const names[] = {"low", "high", NULL};
  lua_State *L = r->L;
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    const bool is_name = lua_type(L, -2) == LUA_TSTRING;
    if (is_name ? strcmp(lua_tostring(L, -2), "better") != 0 : !lua_isinteger(L, -2) || lua_tointeger(L, -2) != 1)
      lur_reader_fail(r, path, "a function and better = \"high\" or \"low\" are expected, and nothing else");
  }
  if (lua_getfield(L, -1, "better") == LUA_TNIL)
    lur_reader_fail(r, path, "better is missing; write { function(run) ... end, better = \"high\" }");
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  if (!lur_is_one_of(text, names))
    lur_reader_fail(r, lua_pushfstring(L, "%s.better", path), "%s is not one of \"low\" \"high\"",
                    lur_push_found(L, -1));
  return strcmp(text, "high") == 0;
}

/* The i-th name and what stands there are on the top. */
static void check_function(struct lur_reader *r, lua_Integer i) {
  lua_State *L = r->L;
  const char *name = lua_tostring(L, -2), *path = lua_pushfstring(L, "metrics.%s", name);
  const int top = lua_gettop(L) - 1;
  lua_pushvalue(L, top);
  if (lua_type(L, top) == LUA_TTABLE && !lur_is_axis(L, top)) {
    if (read_better(r, path) && i < LUR_MAX_HOST_METRICS)
      r->reading->metrics_high |= 1u << i;
    lua_rawgeti(L, top, 1);
  }
  if (lua_type(L, -1) != LUA_TFUNCTION)
    lur_reader_fail(r, path, "%s, but a function of the run is expected", lur_push_found(L, -1));
  if (!is_name(name) || lur_name_taken(name) || lur_spec_find_param(&r->reading->spec, name) >= 0)
    lur_reader_fail(r, path, "the name is taken, or is no name; choose another");
}

/* Whether each run has a test set: one given or held out, or a cross-validation fold. */
static bool has_test(struct lur_reader *r) {
  const int type = lua_getfield(r->L, r->fields, "test");
  const bool given = type != LUA_TNIL && lua_toboolean(r->L, -1);
  lua_pop(r->L, 1);
  return given || lur_spec_has_folds(&r->reading->spec);
}

/* Built-in ones are a list of names; names of functions are kept, sorted. Without a list, a test set is measured. */
void lur_read_metrics(struct lur_reader *r) {
  lua_State *L = r->L;
  int type = lua_getfield(L, r->fields, "metrics"), metrics = lua_gettop(L), names = metrics + 1;
  if (type != LUA_TNIL && type != LUA_TTABLE)
    lur_reader_fail(r, "metrics", "%s, but a list of names is expected", lur_push_found(L, metrics));
  if (type == LUA_TNIL) {
    lua_newtable(L);
    lua_replace(L, metrics);
    if (has_test(r))
      r->reading->spec.metrics |= LUR_BIT(LUR_M_TEST_LOSS) | LUR_BIT(LUR_M_TEST_ACCURACY);
  }
  for (lua_pushnil(L); lua_next(L, metrics); lua_pop(L, 1))
    if (lua_type(L, -2) != LUA_TSTRING)
      add_metric(r);
  lur_push_names(L, metrics, LUR_BY_ALPHABET);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    lua_getfield(L, metrics, lua_tostring(L, -1));
    check_function(r, i - 1);
    lua_settop(L, names);
  }
  lua_setiuservalue(L, r->at, LUR_READING_METRICS);
}

/* ---- log ---- */
static int compare_epochs(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static uint64_t take_epoch(struct lur_reader *r, const char *what) {
  int whole = 0;
  lua_Integer n = lua_type(r->L, -1) == LUA_TNUMBER ? lua_tointegerx(r->L, -1, &whole) : 0;
  if (!whole || n < 0)
    lur_reader_fail(r, "log", "%s is not %s", lur_push_found(r->L, -1), what);
  lua_pop(r->L, 1);
  return (uint64_t)n;
}

static void read_log_list(struct lur_reader *r) {
  lua_State *L = r->L;
  struct lur_log *log = &r->reading->log;
  lua_Integer n = luaL_len(L, -1);
  log->kind = LUR_LOG_LIST;
  log->epochs = lur_alloc((size_t)n, sizeof *log->epochs);
  if (!log->epochs)
    lur_raise_memory(L);
  if (n == 0 && lur_push_stray(L, -1))
    lur_reader_fail(r, "log", "a table with names, but a list of epochs is expected");
  if (n == 0)
    return;
  lur_check_list(r, "log", -1);
  for (lua_Integer i = 0; i < n; i++) {
    lua_geti(L, -1, i + 1);
    log->epochs[i] = take_epoch(r, "an epoch: a whole number from 0");
  }
  log->n_epochs = (size_t)n;
  qsort(log->epochs, log->n_epochs, sizeof *log->epochs, compare_epochs);
}

void lur_read_log(struct lur_reader *r) {
  lua_State *L = r->L;
  struct lur_log *log = &r->reading->log;
  int type = lua_getfield(L, r->fields, "log");
  if (type == LUA_TNIL)
    return;
  if (type == LUA_TFUNCTION) {
    *log = (struct lur_log){.kind = LUR_LOG_CALL, .calls = true};
    lua_setiuservalue(L, r->at, LUR_READING_LOG);
  } else if (type == LUA_TBOOLEAN && !lua_toboolean(L, -1)) {
    log->kind = LUR_LOG_NONE;
  } else if (lur_is_every(L, -1)) {
    log->kind = LUR_LOG_EVERY;
    lua_getfield(L, -1, "n");
    log->every = take_epoch(r, "a number of epochs");
    log->calls = lua_getfield(L, -1, "call") == LUA_TFUNCTION;
    lua_setiuservalue(L, r->at, LUR_READING_LOG);
  } else if (type == LUA_TTABLE && !lur_is_axis(L, -1)) {
    read_log_list(r);
  } else {
    lur_reader_fail(r, "log", "%s, but a list of epochs, luron.every(n), a function of the record or false is expected",
                    lur_push_found(L, -1));
  }
}

/* ---- As a results file keeps it ---- */
const char *lur_push_log(lua_State *L, const struct lur_reading *g) {
  luaL_Buffer b;
  switch (g->log.calls ? LUR_LOG_CALL : g->log.kind) {
  case LUR_LOG_TENTHS: return NULL;
  case LUR_LOG_NONE: return lua_pushliteral(L, "none");
  case LUR_LOG_EVERY: return lua_pushfstring(L, "every %I", (LUAI_UACINT)g->log.every);
  case LUR_LOG_CALL: return lua_pushliteral(L, "function");
  case LUR_LOG_LIST: break;
  }
  luaL_buffinit(L, &b);
  for (size_t i = 0; i < g->log.n_epochs; i++) {
    char digits[24];
    snprintf(digits, sizeof digits, i ? " %llu" : "%llu", (unsigned long long)g->log.epochs[i]);
    luaL_addstring(&b, digits);
  }
  luaL_pushresult(&b);
  return lua_tostring(L, -1);
}

bool lur_log_read(struct lur_log *log, const char *text) {
  static const char every[] = "every ";
  char *end;
  if (strcmp(text, "none") == 0)
    log->kind = LUR_LOG_NONE;
  if (strncmp(text, every, sizeof every - 1) == 0) {
    log->kind = LUR_LOG_EVERY;
    log->every = strtoull(text + sizeof every - 1, NULL, 10);
    log->every = log->every ? log->every : 1;
  }
  if (text[0] < '0' || text[0] > '9')
    return true;
  log->kind = LUR_LOG_LIST;
  if (!(log->epochs = lur_alloc(strlen(text), sizeof *log->epochs)))
    return false;
  for (;; text = end) {
    uint64_t epoch = strtoull(text, &end, 10);
    if (end == text)
      break;
    log->epochs[log->n_epochs++] = epoch;
  }
  return true;
}
