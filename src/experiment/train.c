/* SPDX-License-Identifier: MIT
 * What is done while a run trains: lines are printed and functions called at the epochs that are due. The engine calls
 * the observer on this thread; Lua runs in a protected call of its own there, so that no error passes through the
 * engine, and is raised again after it. */
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/clock.h"
#include "engine/monitor.h"
#include "experiment/experiment.h"
#include "session/read_files.h"
#include "session/threads.h"
#include "view/run_view.h"

struct watch {
  lua_State *L;
  int reading, top; /* stack: the reading; what is there before training */
  const struct lur_reading *g;
  struct lur_log log; /* with the default put in */
  bool has_when, log_failed;
  bool writes; /* the checkpoint that the command line asks for */
  struct lur_log_shape shape;
  bool head_printed;
  struct lur_buffer line;
  const struct lur_record *record;
  enum lur_answer answer;
};

/* ---- Which epochs are due ---- */
/* The first of n-1, 2n-1, ... from `epoch` on. */
static uint64_t next_multiple(uint64_t n, uint64_t epoch) {
  uint64_t k = epoch / n + 1;
  return k > UINT64_MAX / n ? UINT64_MAX : k * n - 1;
}

static uint64_t next_log(const struct watch *w, uint64_t epoch) {
  uint64_t last = w->g->numbers.epochs - 1, at;
  size_t low = 0, high = w->log.n_epochs;
  switch (w->log.kind) {
  case LUR_LOG_CALL: return epoch;
  case LUR_LOG_LIST:
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (w->log.epochs[middle] < epoch)
        low = middle + 1;
      else
        high = middle;
    }
    return low < w->log.n_epochs ? w->log.epochs[low] : UINT64_MAX;
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
/* Calls the function in that slot of the reading with the record at `record`, and leaves the result. */
static void call(lua_State *L, int reading, enum lur_reading_slot slot, int record) {
  lua_getiuservalue(L, reading, slot);
  lua_pushvalue(L, record);
  lua_call(L, 1, 1);
}

/* Protected: what is watched, and the reading. */
static int see_in_lua(lua_State *L) {
  enum { WATCH = 1, READING, RECORD };
  struct watch *w = lua_touserdata(L, WATCH);
  const struct lur_record *r = w->record;
  const struct lur_trained_on on = lur_trained_on(w->g);
  lua_getiuservalue(L, READING, LUR_READING_OVERRIDES);
  lur_push_record(L, READING, &on, &w->g->structure.shape, r);
  w->log_failed = true;
  if (w->log.calls && next_log(w, r->epoch) == r->epoch)
    call(L, READING, LUR_READING_LOG, RECORD);
  w->log_failed = false;
  lua_settop(L, RECORD);
  if (next_when(w, r->epoch) == r->epoch) {
    call(L, READING, LUR_READING_WHEN, RECORD);
    w->answer = lua_toboolean(L, -1) ? LUR_STOP_RUN : LUR_GO_ON;
  }
  return 0;
}

static enum lur_answer see(void *context, const struct lur_record *r) {
  struct watch *w = context;
  lua_State *L = w->L;
  w->record = r;
  w->answer = LUR_GO_ON;
  if (!w->log.calls && next_log(w, r->epoch) == r->epoch) {
    w->line.length_bytes = 0;
    if (!w->head_printed)
      lur_view_log_head(&w->shape, &w->line);
    w->head_printed = true;
    lur_view_log_line(&w->shape, r, &w->line);
    if (w->line.data && !w->line.failed)
      fwrite(w->line.data, 1, w->line.length_bytes, stdout);
  }
  if (!w->log.calls && !w->has_when)
    return LUR_GO_ON;
  lua_pushcfunction(L, lur_explain);
  lua_pushcfunction(L, see_in_lua);
  lua_pushlightuserdata(L, w);
  lua_pushvalue(L, w->reading);
  w->log_failed = false;
  if (lua_pcall(L, 2, 0, w->top + 1) != LUA_OK)
    return LUR_FAIL_RUN; /* the message stays on the stack */
  lua_pop(L, 1);
  return w->answer;
}

/* ---- Training ---- */
static struct watch watch_of(lua_State *L, int reading, enum lur_log_default otherwise) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  const struct lur_reading *g = lur_reading_at(L, reading);
  struct watch w = {.L = L, .reading = reading, .top = lua_gettop(L), .g = g, .log = g->log};
  if (w.log.kind == LUR_LOG_TENTHS) {
    uint64_t tenth = g->numbers.epochs / 10;
    w.log.kind = otherwise == LUR_TENTHS ? LUR_LOG_EVERY : LUR_LOG_NONE;
    w.log.every = tenth ? tenth : 1;
  }
  if (otherwise == LUR_MUTE || (o->quiet && !w.log.calls))
    w.log = (struct lur_log){.kind = LUR_LOG_NONE};
  w.shape = (struct lur_log_shape){.style = {.json = o->json, .color = o->color},
                                   .n_patterns = g->spec.train.n,
                                   .n_outputs = g->spec.train.n_outputs,
                                   .epochs = g->numbers.epochs,
                                   .validation = g->spec.validation.n > 0,
                                   .error = g->structure.shape.output != LUR_SOFTMAX,
                                   .accuracy = lur_right_rule_of(&g->spec.train).kind != LUR_RIGHT_NEVER};
  w.writes = otherwise == LUR_TENTHS && o->checkpoint;
  w.has_when = lua_getiuservalue(L, reading, LUR_READING_WHEN) == LUA_TFUNCTION;
  lua_pop(L, 1);
  return w;
}

/* ---- A run in parts ---- */
static bool keeps_checkpoint(lua_State *L, const struct lur_reading *g, enum lur_log_default otherwise) {
  return g->passes || (otherwise == LUR_TENTHS && lur_script_of(L)->options->checkpoint);
}

/* The first multiple of `every` after the epoch, at most `last`. */
static uint64_t next_part(uint64_t every, uint64_t epoch, uint64_t last) {
  if (!every || epoch / every >= last / every)
    return last;
  return (epoch / every + 1) * every;
}

/* Trains what the reading asks for in parts, each with a checkpoint written, if that was asked for. */
static int train_parts(const struct watch *w, const struct lur_structure *s, const struct lur_numbers *numbers,
                       const struct lur_observer *observer, struct lur_run *to, struct lur_error *e) {
  const struct lur_script_options *o = lur_script_of(w->L)->options;
  const struct lur_reading *g = w->g;
  const uint64_t last = g->passes && g->until < numbers->epochs ? g->until : numbers->epochs;
  struct lur_passage p = {.from = g->from.state, .as_ended = lur_is_as_ended(w->L, w->reading, to->when)};
  int rc = o->checkpoint && w->writes ? lur_files_check_output(lur_script_of(w->L)->files, o->checkpoint, e) : LUR_OK;
  if (!rc && !(to->checkpoint = lur_checkpoint_new(s, e)))
    rc = e->code;
  if (rc)
    return rc;
  p.to = to->checkpoint;
  do {
    p.until = o->checkpoint && w->writes ? next_part(o->every, p.from ? p.from->epoch : 0, last) : last;
    rc = lur_train_passage(s, numbers, &p, observer, lur_signal_flag(), &to->outcome, e);
    if (!rc && w->writes && p.to->status != LUR_FAILED)
      rc = lur_run_write_checkpoint(w->L, w->reading, to, o->checkpoint, e);
    p.from = p.to;
    p.as_ended = false;
  } while (!rc && p.to->status == LUR_FINISHED && p.to->epoch < last);
  return rc;
}

/* Trains all at once or in parts, and notes how long it took. Only for a checkpoint is stop.when digested, which takes
 * long where it holds much. */
static int train_timed(const struct watch *w, bool parts, const struct lur_structure *s, const struct lur_numbers *n,
                       const struct lur_observer *observer, struct lur_run *to, struct lur_error *e) {
  if (parts && w->has_when)
    lur_stop_digest(w->L, w->reading, to->when);
  const uint64_t from = lur_clock_ns();
  const int rc = parts ? train_parts(w, s, n, observer, to, e)
                       : lur_train_by(lur_threads_asked(0), s, n, observer, lur_signal_flag(), &to->outcome, e);
  to->time_ns = lur_clock_ns() - from;
  return rc;
}

/* Trains with an observer that does what log and stop.when ask for, for so many epochs at most. Fills the run at
 * `run`, which at the end of fewer epochs has the parameters of that moment. */
static void train_watched(lua_State *L, int reading, int run, enum lur_log_default otherwise, uint64_t epochs) {
  struct lur_run *to = lua_touserdata(L, run);
  struct lur_error e;
  lur_need_stack(L, 20);
  struct watch w = watch_of(L, reading, otherwise);
  struct lur_observer observer = {&w, next_due, see};
  bool watched = w.has_when || w.log.kind != LUR_LOG_NONE;
  struct lur_structure structure = w.g->structure;
  struct lur_numbers numbers = w.g->numbers;
  structure.restore = structure.restore && epochs >= numbers.epochs;
  if (lur_monitors(&structure)) /* the summary says it */
    structure.metrics |= LUR_BIT(LUR_M_BEST_EPOCH);
  numbers.epochs = epochs < numbers.epochs ? epochs : numbers.epochs;
  const bool parts = keeps_checkpoint(L, w.g, otherwise) && epochs == UINT64_MAX;
  int rc = train_timed(&w, parts, &structure, &numbers, watched ? &observer : NULL, to, &e);
  if (w.line.failed && rc == LUR_OK)
    rc = lur_fail_memory(&e);
  lur_buffer_free(&w.line);
  if (rc == LUR_ECANCELLED) {
    lua_pushliteral(L, "interrupted");
    lua_error(L);
  }
  if (rc)
    lur_raise(L, &e);
  if (lua_gettop(L) == w.top)
    return;
  if (w.log_failed || atomic_load(lur_signal_flag()))
    lua_error(L);
  lur_run_fail(L, run);
  lua_settop(L, w.top);
}

/* ---- The script's metrics ---- */
bool lur_push_metric(lua_State *L, int run, int fields, int functions, const char *name) {
  const int explain = lua_gettop(L) + 1, at = explain + 1;
  lua_pushcfunction(L, lur_explain);
  lur_push_metric_function(L, functions, name);
  lua_pushvalue(L, run);
  lur_push_run_parameters(L, fields);
  bool good = lua_pcall(L, 2, 1, explain) == LUA_OK;
  int type = lua_type(L, at);
  if (good && type == LUA_TBOOLEAN) {
    lua_pushinteger(L, lua_toboolean(L, at));
  } else if (good && type == LUA_TNUMBER && !isfinite(lua_tonumber(L, at))) {
    lua_pushnil(L);
  } else if (good && type != LUA_TNIL && type != LUA_TNUMBER) {
    lua_pushfstring(L, "metrics.%s: returned %s, but a number is expected", name, lur_push_found(L, at));
    good = false;
  }
  lua_replace(L, explain);
  lua_settop(L, explain);
  return good;
}

/* A metric that fails makes the run a failed one; not one that diverged, of which it may want what has no value. Of
 * several the first one's text is kept. */
static void call_metrics(lua_State *L, int reading, int run) {
  enum { VALUES = 1, NAMES, FIELDS, FUNCTIONS };
  const struct lur_run *r = lua_touserdata(L, run);
  int top = lua_gettop(L);
  lua_getiuservalue(L, run, LUR_RUN_VALUES);
  lua_getiuservalue(L, reading, LUR_READING_METRICS);
  lua_getiuservalue(L, reading, LUR_READING_FIELDS);
  lua_getfield(L, top + FIELDS, "metrics");
  for (lua_Integer i = 1, n = luaL_len(L, top + NAMES); i <= n; i++) {
    lua_rawgeti(L, top + NAMES, i);
    const char *name = lua_tostring(L, -1);
    if (lur_push_metric(L, run, top + FIELDS, top + FUNCTIONS, name))
      lua_setfield(L, top + VALUES, name);
    else if (!lur_run_error(L, run) && r->outcome.status == LUR_DIVERGED)
      lua_setiuservalue(L, run, LUR_RUN_ERROR);
    else if (!lur_run_error(L, run))
      lur_run_fail(L, run);
    lua_settop(L, top + FUNCTIONS);
  }
  lua_pushvalue(L, top + NAMES);
  lua_setiuservalue(L, run, LUR_RUN_NAMES);
  lua_settop(L, top);
}

/* ---- Runs of a reading ---- */
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

struct lur_run *lur_train_run(lua_State *L, int reading, enum lur_log_default otherwise) {
  struct lur_run *run = push_untrained(L, reading);
  int at = lua_gettop(L);
  train_watched(L, reading, at, otherwise, UINT64_MAX);
  lua_pushvalue(L, reading); /* pictures need its patterns, and more of its moments */
  lua_setiuservalue(L, at, LUR_RUN_READING);
  if (lur_reading_at(L, reading)->pruned && run->outcome.status == LUR_FINISHED)
    run->outcome.status = LUR_PRUNED;
  if (run->outcome.status != LUR_FAILED)
    call_metrics(L, reading, at);
  return run;
}
