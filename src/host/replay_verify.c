/* SPDX-License-Identifier: MIT
 * `luron verify` and `luron replay`: the sweep of a results file is planned again, and must have the file's hash. Where
 * no function is concerned, all of it comes from the file and no script is run; else the script is, if its text on
 * disk is the file's, or, trusted, the file's text in its place. */
#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "experiment/sweep_setup.h"
#include "host/host.h"
#include "session/replay.h"
#include "store/words.h"

enum { CURVE_KEPT = 100000, SCRIPT_SHOWN = 200 };

static struct lur_replay *replay_of(lua_State *L) {
  return lur_script_of(L)->state;
}

/* ---- Comparing it with its row ---- */
static struct lur_cell metric_now(lua_State *L, int at, const struct lur_run *run, const char *name) {
  if (strcmp(name, "epochs") == 0)
    return (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)run->outcome.epochs};
  const int m = lur_metric_find(name);
  if (m >= 0)
    return lur_real_cell(run->outcome.metric[m]);
  lua_getiuservalue(L, at, LUR_RUN_VALUES);
  int type = lua_getfield(L, -1, name);
  double x = type == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
  lua_pop(L, 2);
  return lur_real_cell(x);
}

static void compare_run(lua_State *L, int at, struct lur_replay *a) {
  const struct lur_run *run = lua_touserdata(L, at);
  const char *status = lur_status_names[run->outcome.status];
  uint64_t number = a->request->run;
  for (int i = 0; i < a->row.n && !a->d.differs; i++) {
    struct lur_cell now = metric_now(L, at, run, a->row.column[i].name);
    lur_verify_same(&a->row.metric[i], &now, number, a->row.column[i].name, &a->d);
  }
  const struct lur_cell stored = {.kind = LUR_CELL_TEXT, .as.text = a->row.status},
                        now = {.kind = LUR_CELL_TEXT, .as.text = status};
  if (!a->d.differs)
    lur_verify_same(&stored, &now, number, "status", &a->d);
}

static int whole_curve(const struct lur_reading *g) {
  return g->numbers.epochs < CURVE_KEPT ? (int)g->numbers.epochs : CURVE_KEPT;
}

/* Trains it as the sweep did, so that metrics see what they saw there. */
static const struct lur_run *train_again(lua_State *L, int reading, const struct lur_replay *a, bool *whole) {
  struct lur_reading *g = lur_reading_at(L, reading);
  const struct lur_value *curve = &g->spec.value[LUR_F_CURVE];
  bool measured = lua_getiuservalue(L, reading, LUR_READING_METRICS) == LUA_TTABLE && lua_rawlen(L, -1) > 0;
  bool asked = curve->kind == LUR_V_INTEGER && curve->as.integer > 0;
  lua_pop(L, 1);
  g->structure = a->structure;
  g->numbers = a->numbers;
  g->pruned = a->row.pruned;
  measured = measured && (curve->kind != LUR_V_ABSENT || a->structure.n_curve > 0);
  *whole = asked || !measured;
  if (!asked && !measured)
    g->structure.n_curve = whole_curve(g);
  return lur_train_run(L, reading, LUR_TENTHS);
}

static void replay(lua_State *L, int reading, struct lur_replay *a, bool patterns) {
  const struct lur_replay_request *r = a->request;
  struct lur_buffer out = {0};
  char path[LUR_SHOWN_BYTES];
  bool whole;
  lua_pushvalue(L, reading);
  int top = lua_gettop(L);
  const struct lur_run *run = train_again(L, top, a, &whole);
  lur_print_run(L, top, top + 1, patterns && !r->quiet);
  if (!r->quiet) {
    struct lur_reading *g = lur_reading_at(L, top);
    const struct lur_run *shown = run;
    if (!whole && run->outcome.status != LUR_FAILED) { /* metrics had a curve of their own */
      g->structure.n_curve = whole_curve(g);
      shown = lur_train_to(L, top, UINT64_MAX);
    }
    lur_replay_write_curve(&shown->outcome, shown->n_curve_asked, shown->max_epochs, r->json, &out);
    lur_replay_write_weights(run->network, r->json, &out);
  }
  lur_print(L, &out);
  if (!a->row.is_there) {
    if (!r->json)
      printf("\n%s has no row of it%s\n", lur_utf8_name(lur_table_path(r->table), path),
             lur_table_facts(r->table)->keep_best ? ": it keeps the best" : " yet");
    return;
  }
  compare_run(L, top + 1, a);
  if (!a->d.differs)
    printf(r->json ? "{\"v\":1,\"type\":\"replay\",\"run\":%" PRIu64 ",\"same\":true}\n"
                   : "\nequal to the row of run %" PRIu64 ", bit by bit\n",
           r->run);
}

/* ---- One experiment ---- */
/* The run's own values in place of the script's, for functions that read them. */
static void take_place(lua_State *L, int reading, const struct lur_spec *at) {
  const struct lur_axes *axes = lur_reading_at(L, reading)->axes;
  lur_push_run_fields(L, reading, axes, at);
  lua_setiuservalue(L, reading, LUR_READING_FIELDS);
  lur_push_run_overrides(L, axes, at);
  lua_setiuservalue(L, reading, LUR_READING_OVERRIDES);
}

/* That number was typed, whatever words the file keeps. */
static void raise_run(lua_State *L, const struct lur_error *e) {
  lur_script_of(L)->exit_code = LUR_EXIT_USAGE;
  lua_pushfstring(L, "command line: %s: %s", e->field, e->text);
  lua_error(L);
}

/* The values that the reading's spec points to outlive it: they hang on the stack. */
static void replay_reading(lua_State *L, int reading, const struct lur_sweep *sweep, const struct lur_sweep_calls *c) {
  struct lur_replay *a = replay_of(L);
  char changed[LUR_CHANGED_BYTES], shown[LUR_CHANGED_BYTES];
  struct lur_error e = {0};
  struct lur_buffer out = {0};
  struct lur_spec *at = lua_newuserdatauv(L, sizeof *at, 0);
  *at = *sweep->spec;
  int rc = lur_replay_plan(sweep, a, at, &out, &e);
  if (rc)
    lur_buffer_free(&out);
  if (rc == LUR_ECANCELLED && atomic_load(lur_signal_flag()))
    return;
  if (rc && e.code == LUR_EINPUT && strcmp(e.field, "RUN") == 0)
    raise_run(L, &e);
  if (rc && c && (e.code == LUR_ECALLBACK || e.code == LUR_ENOMEM))
    lur_raise_sweep_error(L, c, &e);
  if (rc)
    lur_raise_outside(L, e.field, e.text);
  lur_print(L, &out);
  if (a->matched && a->request->run) {
    lur_reading_at(L, reading)->spec = *at;
    if (c)
      take_place(L, reading, at);
    replay(L, reading, a, !(c && c->calls.data));
  }
  if (a->d.differs) {
    fflush(stdout);
    fprintf(stderr, "%s\n", a->d.text);
    lur_script_of(L)->exit_code = LUR_EXIT_DIFFERS;
    if (a->runs && !lur_sweep_find_changed(lur_script_of(L)->files, a->request->table, NULL, changed, NULL) &&
        changed[0])
      fprintf(stderr, "%s has changed since\n", lur_utf8_line(changed, shown, sizeof shown));
  }
}

/* ---- From the script ---- */
static void replay_one(lua_State *L, int index, int item) {
  const struct lur_replay *a = replay_of(L);
  struct lur_origin origin;
  struct lur_sweep_setup s;
  int top = lua_gettop(L);
  if (a->matched)
    return;
  lur_push_typed(L, index, true);
  struct lur_reading *g = lur_read_returned(L, index, item, top + 1, false, &origin);
  lur_set_typed_axes(L, g);
  g->keep = a->stored->keep; /* it may have been asked for on the command line */
  g->keep_best = a->stored->keep_best;
  memcpy(g->keep_by, a->stored->keep_by, sizeof g->keep_by);
  lur_push_sweep_setup(L, top + 2, &origin, &s);
  replay_reading(L, top + 2, &s.sweep, s.calls);
  lua_settop(L, top);
}

/* Why no sweep was found that is the file's: its numerics, where they are others. */
static void refuse_other(lua_State *L, const char *why) {
  int theirs = lur_sweep_numerics(lur_table_facts(replay_of(L)->request->table)->sweep.versions);
  if (theirs != LUR_NUMERICS_VERSION)
    why = lua_pushfstring(L,
                          "its rows are of version %d of luron's numerics, and this luron has version %d; it can be "
                          "shown, but not computed again",
                          theirs, LUR_NUMERICS_VERSION);
  lur_raise_outside(L, lur_table_path(replay_of(L)->request->table), why);
}

static int finish_script(lua_State *L) {
  /* which of them is meant is not known before they are compared with the file */
  lur_each_returned(L, "sweep", NULL, replay_one);
  if (!replay_of(L)->matched && !atomic_load(lur_signal_flag()))
    refuse_other(L, "its script does not make this sweep any more: a module or a data file has changed");
  return 0;
}

/* ---- From the file ---- */
static int finish_stored(lua_State *L) {
  struct lur_replay *a = replay_of(L);
  const struct lur_sweep sweep = lur_stored_sweep(a->stored);
  luaL_requiref(L, "luron", lur_open_module, 0);
  lua_newtable(L);
  struct lur_reader r = {.L = L, .fields = lua_gettop(L)};
  lur_push_reading(&r);
  lua_newtable(L);
  lua_setiuservalue(L, r.at, LUR_READING_METRICS);
  r.reading->spec = a->stored->spec;
  if (a->stored->log && !lur_log_read(&r.reading->log, a->stored->log))
    lur_raise_memory(L);
  replay_reading(L, r.at, &sweep, NULL);
  if (!a->matched && !atomic_load(lur_signal_flag()))
    refuse_other(L, "what it keeps does not give its own hash; it was made by another luron, or changed by hand");
  return 0;
}

/* ---- Choosing between them ---- */
static int run_script(const struct lur_replay_request *r, struct lur_replay *a, struct lur_script_options *o) {
  const struct lur_sweep_facts *f = &lur_table_facts(r->table)->sweep;
  enum { MOST_WORDS = LUR_MAX_AXES + LUR_MAX_PARAMS + LUR_N_FIELDS };
  const char *word[MOST_WORDS];
  char *overrides = lur_copy_text(f->overrides), *at = overrides;
  if (!overrides) {
    fprintf(stderr, "luron: out of memory\n");
    return LUR_EXIT_FAILED;
  }
  o->path = f->script_path;
  o->text = f->script;
  o->words = o->overrides = word;
  while (o->n_words < MOST_WORDS && (word[o->n_words] = lur_words_next(&at)) != NULL)
    o->n_words++;
  o->n_overrides = o->n_words;
  o->words_of = lur_table_path(r->table);
  a->runs = true;
  int code = lur_script_execute(o, finish_script, NULL, a);
  free(overrides);
  return code;
}

int lur_script_replay(const struct lur_replay_request *r) {
  const struct lur_table_facts *f = lur_table_facts(r->table);
  struct lur_stored stored;
  struct lur_error e = {0};
  struct lur_replay a = {.request = r, .stored = &stored, .stop = {lur_signal_flag(), lur_signal_obeyed}};
  struct lur_script_options o = {
      .path = "-", .text = "", .quiet = r->quiet, .json = r->json, .color = r->color, .sandbox = r->sandbox};
  char script[SCRIPT_SHOWN];
  struct lur_pieces data;
  struct lur_entries *entries = lur_table_entries(r->table, &e);
  if (!entries || lur_table_pieces(r->table, &data, &e) ||
      lur_stored_read(f->sweep.experiment, f->sweep.axes, &data, entries, &stored, &e)) {
    fprintf(stderr, "luron: %s: %s%s%s\n", lur_table_path(r->table), e.field, e.field[0] ? ": " : "", e.text);
    return LUR_EXIT_FAILED;
  }
  bool needs = stored.functions & ~(unsigned)LUR_FN_LOG, same = stored.functions && lur_replay_is_on_disk(&f->sweep);
  bool wants = needs || (r->run && stored.functions && (same || r->trust));
  int code = LUR_EXIT_FAILED;
  if (!needs && !wants)
    code = lur_script_execute(&o, finish_stored, NULL, &a);
  else if (same || (r->trust && f->sweep.script[0]))
    code = run_script(r, &a, &o);
  else
    fprintf(stderr,
            "luron: %s: its experiment holds Lua functions, and %s is not there or not the same any more; put it back, "
            "or add --trust to run the text that the file keeps\n",
            lur_table_path(r->table),
            f->sweep.script_path[0] ? lur_utf8_line(f->sweep.script_path, script, sizeof script) : "its script");
  lur_plan_free(a.plan);
  lur_query_free(a.query);
  lur_stored_free(&stored);
  return code;
}
