/* SPDX-License-Identifier: MIT
 * What is done while a run trains: lines are printed and functions called at the epochs that are due. The engine calls
 * the observer on this thread; Lua runs in a protected call of its own there, so that no error passes through the
 * engine, and is raised again after it. */
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/clock.h"
#include "engine/rules.h"
#include "experiment/experiment.h"
#include "view/run_view.h"

/* ---- Which epochs are due ---- */
struct watch {
  lua_State *L;
  int reading, kept; /* stack */
  const struct lur_reading *g;
  struct lur_log log; /* with the default put in */
  bool has_when, log_failed;
  struct lur_log_shape shape;
  bool head_printed;
  struct lur_buffer line;
  const struct lur_record *record;
  enum lur_answer answer;
};

/* The first of n-1, 2n-1, ... from `epoch` on. */
static uint64_t next_multiple(uint64_t n, uint64_t epoch) {
  uint64_t k = epoch / n + 1;
  return k > UINT64_MAX / n ? UINT64_MAX : k * n - 1;
}

static uint64_t next_listed(const struct lur_log *log, uint64_t epoch) {
  size_t low = 0, high = log->n_epochs;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (log->epochs[mid] < epoch)
      low = mid + 1;
    else
      high = mid;
  }
  return low < log->n_epochs ? log->epochs[low] : UINT64_MAX;
}

static uint64_t next_log(const struct watch *w, uint64_t epoch) {
  uint64_t last = w->g->numbers.epochs - 1, at;
  switch (w->log.kind) {
  case LUR_LOG_CALL: return epoch;
  case LUR_LOG_LIST: return next_listed(&w->log, epoch);
  case LUR_LOG_EVERY: at = next_multiple(w->log.every, epoch); return epoch <= last && last < at ? last : at;
  case LUR_LOG_TENTHS:
  case LUR_LOG_NONE: break;
  }
  return UINT64_MAX;
}

static uint64_t next_when(const struct watch *w, uint64_t epoch) {
  return w->has_when ? next_multiple(w->g->numbers.stop_every, epoch) : UINT64_MAX;
}

static uint64_t next_due(void *context, uint64_t epoch) {
  const struct watch *w = context;
  uint64_t a = next_log(w, epoch), b = next_when(w, epoch);
  return a < b ? a : b;
}

/* ---- What is done there ---- */
static void print_line(struct watch *w) {
  w->line.length_bytes = 0;
  if (!w->head_printed)
    lur_view_log_head(&w->shape, &w->line);
  w->head_printed = true;
  lur_view_log_line(&w->shape, w->record, &w->line);
  if (w->line.data && !w->line.failed)
    fwrite(w->line.data, 1, w->line.length_bytes, stdout);
}

/* Calls kept.NAME with the record on the top, which stays; leaves the result above it. */
static void call(struct watch *w, int kept, int record, const char *name) {
  lua_getfield(w->L, kept, name);
  lua_pushvalue(w->L, record);
  lua_call(w->L, 1, 1);
}

/* Protected: the watch and the user value of the reading are its arguments. */
static int see_in_lua(lua_State *L) {
  struct watch *w = lua_touserdata(L, 1);
  const struct lur_record *r = w->record;
  const struct lur_trained_on on = lur_trained_on(w->g);
  lur_push_record(L, 3, &on, &w->g->structure.shape, r);
  w->log_failed = true;
  if (w->log.calls && next_log(w, r->epoch) == r->epoch)
    call(w, 2, 4, "log");
  w->log_failed = false;
  lua_settop(L, 4);
  if (next_when(w, r->epoch) == r->epoch) {
    call(w, 2, 4, "when");
    w->answer = lua_toboolean(L, -1) ? LUR_STOP_RUN : LUR_GO_ON;
  }
  return 0;
}

static enum lur_answer see(void *context, const struct lur_record *r) {
  struct watch *w = context;
  lua_State *L = w->L;
  w->record = r;
  w->answer = LUR_GO_ON;
  if (!w->log.calls && next_log(w, r->epoch) == r->epoch)
    print_line(w);
  if (!w->log.calls && !w->has_when)
    return LUR_GO_ON;
  lua_pushcfunction(L, lur_explain);
  lua_pushcfunction(L, see_in_lua);
  lua_pushlightuserdata(L, w);
  lua_pushvalue(L, w->kept);
  lua_pushvalue(L, w->reading);
  w->log_failed = false;
  if (lua_pcall(L, 3, 0, -5) != LUA_OK)
    return LUR_FAIL_RUN; /* the message stays on the stack */
  lua_pop(L, 1);
  return w->answer;
}

/* ---- Training ---- */
static struct lur_log effective_log(const struct lur_reading *g, enum lur_log_default otherwise) {
  struct lur_log log = g->log;
  if (otherwise == LUR_MUTE)
    return (struct lur_log){.kind = LUR_LOG_NONE};
  if (log.kind != LUR_LOG_TENTHS)
    return log;
  uint64_t tenth = g->numbers.epochs / 10;
  log.kind = otherwise == LUR_TENTHS ? LUR_LOG_EVERY : LUR_LOG_NONE;
  log.every = tenth ? tenth : 1;
  return log;
}

static void fill_watch(lua_State *L, int reading, enum lur_log_default otherwise, struct watch *w) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  const struct lur_reading *g = lur_reading_at(L, reading);
  lua_getiuservalue(L, reading, 1);
  *w = (struct watch){.L = L, .reading = reading, .kept = lua_gettop(L), .g = g};
  w->log = effective_log(g, otherwise);
  if (o->quiet && !w->log.calls)
    w->log.kind = LUR_LOG_NONE;
  w->shape = (struct lur_log_shape){.style = {o->json, o->color},
                                    .n_patterns = g->spec.train.n,
                                    .n_outputs = g->spec.train.n_outputs,
                                    .epochs = g->numbers.epochs,
                                    .error = g->structure.shape.output != LUR_SOFTMAX,
                                    .accuracy = lur_right_rule_of(&g->spec.train).kind != LUR_RIGHT_NEVER};
  w->has_when = lua_getfield(L, w->kept, "when") == LUA_TFUNCTION;
  lua_pop(L, 1);
}

static void answer_failure(lua_State *L, int code, const struct watch *w, int run, const struct lur_error *e) {
  if (code == LUR_ECANCELLED) {
    lua_pushliteral(L, "interrupted");
    lua_error(L);
  }
  if (code != LUR_OK)
    lur_raise(L, e);
  if (lua_gettop(L) == w->kept)
    return;
  if (w->log_failed || atomic_load(lur_interrupt_flag()))
    lua_error(L);
  lua_remove(L, -2); /* the message handler */
  lur_run_fail(L, run);
}

/* Trains with an observer that does what log and stop.when ask for, for so many epochs at most. Fills the run at
 * `run`. */
static void train_watched(lua_State *L, int reading, int run, enum lur_log_default otherwise, uint64_t epochs) {
  struct lur_run *to = lua_touserdata(L, run);
  struct lur_error e;
  struct watch w;
  lur_need_stack(L, 20);
  fill_watch(L, reading, otherwise, &w);
  struct lur_observer observer = {&w, next_due, see};
  bool watched = w.has_when || w.log.kind != LUR_LOG_NONE;
  struct lur_numbers numbers = w.g->numbers;
  numbers.epochs = epochs < numbers.epochs ? epochs : numbers.epochs;
  uint64_t from = lur_clock_ns();
  int code = lur_train(&w.g->structure, &numbers, watched ? &observer : NULL, lur_interrupt_flag(), &to->outcome, &e);
  to->time_ns = lur_clock_ns() - from;
  if (w.line.failed && code == LUR_OK)
    code = lur_fail_memory(&e);
  lur_buffer_free(&w.line);
  answer_failure(L, code, &w, run, &e);
  lua_settop(L, w.kept - 1);
}

/* The result on the top becomes a number or nil; else a text, and false. */
static bool settle(lua_State *L, const char *name) {
  int at = lua_gettop(L), type = lua_type(L, at);
  bool good = type == LUA_TNIL || type == LUA_TNUMBER || type == LUA_TBOOLEAN;
  if (type == LUA_TBOOLEAN)
    lua_pushinteger(L, lua_toboolean(L, at));
  else if (type == LUA_TNUMBER && !isfinite(lua_tonumber(L, at)))
    lua_pushnil(L);
  else if (!good)
    lua_pushfstring(L, "metrics.%s: returned %s, but a number is expected", name, lur_push_found(L, at));
  if (lua_gettop(L) > at)
    lua_replace(L, at);
  lua_settop(L, at);
  return good;
}

bool lur_push_metric(lua_State *L, int run, int functions, const char *name) {
  int at = lua_gettop(L) + 1;
  lua_pushcfunction(L, lur_explain);
  lua_getfield(L, functions, name);
  lua_pushvalue(L, run);
  bool good = lua_pcall(L, 1, 1, at) == LUA_OK && settle(L, name);
  lua_replace(L, at);
  return good;
}

/* ---- Making one ---- */
/* A metric that fails makes the run a failed one; not one that diverged, of which it may want what has no value. Of
 * several the first one's text is kept. */
static void take_failure(lua_State *L, int run) {
  const struct lur_run *r = lua_touserdata(L, run);
  if (lur_run_error(L, run))
    lua_pop(L, 1);
  else if (r->outcome.status == LUR_DIVERGED)
    lur_run_keep_error(L, run);
  else
    lur_run_fail(L, run);
}

static void call_metrics(lua_State *L, int run, int kept) {
  enum { OWN = 1, VALUES, NAMES, FIELDS, FUNCTIONS };
  int top = lua_gettop(L);
  lua_getiuservalue(L, run, 1);
  lua_getfield(L, top + OWN, "values");
  lua_getfield(L, kept, "metrics");
  lua_getfield(L, kept, "fields");
  lua_getfield(L, top + FIELDS, "metrics");
  for (lua_Integer i = 1, n = luaL_len(L, top + NAMES); i <= n; i++) {
    lua_rawgeti(L, top + NAMES, i);
    const char *name = lua_tostring(L, -1);
    if (lur_push_metric(L, run, top + FUNCTIONS, name))
      lua_setfield(L, top + VALUES, name);
    else
      take_failure(L, run);
    lua_settop(L, top + FUNCTIONS);
  }
  lua_pushvalue(L, top + NAMES);
  lua_setfield(L, top + OWN, "names");
  lua_settop(L, top);
}

/* Its pictures need the patterns, and more of its moments. */
static void keep_reading(lua_State *L, int reading, int run) {
  lua_getiuservalue(L, run, 1);
  lua_pushvalue(L, reading);
  lua_setfield(L, -2, "reading");
  lua_pop(L, 1);
}

static struct lur_run *push_untrained(lua_State *L, int reading) {
  const struct lur_reading *g = lur_reading_at(L, reading);
  const struct lur_trained_on on = lur_trained_on(g);
  struct lur_run *run = lur_push_empty_run(L, &on, &g->structure);
  run->max_epochs = g->numbers.epochs;
  return run;
}

struct lur_run *lur_train_to(lua_State *L, int reading, uint64_t epochs) {
  struct lur_run *run = push_untrained(L, reading);
  int at = lua_gettop(L);
  train_watched(L, reading, at, LUR_MUTE, epochs);
  if (run->outcome.status == LUR_FAILED)
    luaL_error(L, "%s", lur_run_error(L, at));
  return run;
}

struct lur_run *lur_train_run(lua_State *L, int index, enum lur_log_default otherwise) {
  struct lur_run *run = push_untrained(L, index);
  int at = lua_gettop(L);
  train_watched(L, index, at, otherwise, UINT64_MAX);
  keep_reading(L, index, at);
  if (lur_reading_at(L, index)->pruned && run->outcome.status == LUR_FINISHED)
    run->outcome.status = LUR_PRUNED;
  lua_getiuservalue(L, index, 1);
  if (run->outcome.status != LUR_FAILED)
    call_metrics(L, at, at + 1);
  lua_settop(L, at);
  return run;
}
