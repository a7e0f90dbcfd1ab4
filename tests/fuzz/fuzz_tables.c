/* SPDX-License-Identifier: MIT
 * Tables of fields as scripts return them: an input says in lines what is set in a good one, `path=kind value`. Numbers
 * of all kinds, texts, lists with holes, rows, tables within tables and within themselves, axes, data sets, networks,
 * functions and metatables of fuzz_tables_kit.h that answer oddly or change the table while it is read. The table is
 * read, for a run or for a sweep, in a memory that the input may make small; or it is refused in one line. What was
 * read is freed; where it is a sweep without functions, a results file's texts of it give the same sweep. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/experiment.h"
#include "experiment/overrides.h"
#include "fuzz.h"
#include "fuzz_again.h"
#include "fuzz_tables_kit.h"
#include "tracing/tracing.h"

enum { MOST_LINES = 80, MOST_TYPED = 8, MOST_KEPT_BYTES = 1 << 20, MOST_BYTES = 64 << 20 };

const char *const fuzz_samples[] = {
    "activation=s tanh\nlearning_rate=n 0.5\nepochs=n 10\nsweep.seed=c range 1 10 2\nsweep.hidden=l 1 2\n"
    "shortcuts.1=l 0 2\n",
    "stop.error=n 0.1\nstop.when=f 4\nmetrics.1=s loss\nmetrics.half=f 4\nlog=l 1 2 3\nkeep.best=n 3\n",
    "inputs=\ntargets=\ndata.inputs=l 0 1; 1 0; 1 1\ndata.targets=l 0; 1; 1\ndata=w data.table\n"
    "test=n 0.5\nnormalize=s zscore\n",
    "params.slope=n 0.5\nparams.kind=s a\nactivation=f 1\nsweep.slope=c linspace 0 1 5\nsweep.kind=l a b\n",
    "sweep.1.hidden=l 1 2\nsweep.1.seed=l 3 4\nsweep.1=w zip\nsweep.momentum=c uniform 0 1\nsampler=s sobol\n"
    "optimizer=s momentum\nsamples=n 4\nprune.at=l 1 2\nprune.keep=n 0.5\nprune=w halving\n",
    "weights.1=l 1 2; 3 4\nweights.2.1=l 1 2\nbiases.1=l 0 1\nbiases.2.1=n 0\nfreeze=l 1 biases\nprecision=s single\n",
    "inputs=f 5\ntargets=f 6\nsweep.1.hidden=l 1 2\nsweep.2.hidden=l 4 8\nwhere=f 7\nfolds=n 2\nvalidation=n 0.25\n",
    "start.inputs=n 2\nstart.hidden=n 2\nstart.outputs=n 1\nstart=w network\nlearning_rate=l 1 2\n",
    "inputs=m 7\ntargets.1=m 3\nsweep=m 12\nsweep.seed.1=n 1\ntest.inputs=a inputs\n"
    "test.targets=a targets\nmemory=40000\n",
    "run=1\ntyped=hidden=4x4\ntyped=seed=7\nlearning_rate_1=n 0.1\nclass_weights.1=n 2\npattern_weights=l 1 1 2 2\n",
    "optimizer=f 3\nloss_function=f 2\nschedule=f 8\nactivation.f=f 0\nactivation.name=s mine\n"
    "activation=w activation\nsweep.optimizer.1=s adam\nsweep.optimizer.2=f 3\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {"\nhidden=",
                                  "\ninputs",
                                  "\ntargets",
                                  "\nsweep.",
                                  "\nparams.",
                                  "\nstop.",
                                  "\nmetrics.",
                                  "\nmemory=",
                                  "\ntyped=",
                                  "\nrun=",
                                  "=n ",
                                  "=s ",
                                  "=l ",
                                  "=f ",
                                  "=m ",
                                  "=a ",
                                  "=t\n",
                                  "=b 1\n",
                                  "=c range ",
                                  "=c linspace ",
                                  "=c every ",
                                  "=w zip\n",
                                  "=w list\n",
                                  "=w halving\n",
                                  "=w network\n",
                                  "=w data\n",
                                  "nan",
                                  "inf",
                                  "-0.0",
                                  "1e308",
                                  "0x1p-1074",
                                  "nil",
                                  "-1",
                                  "0",
                                  "2.5",
                                  "9007199254740993",
                                  "%00",
                                  "%0a",
                                  "%ff",
                                  "; ",
                                  ".1",
                                  ".2",
                                  "\ndata=",
                                  "\nweights=",
                                  "\nbiases=",
                                  "\nstart=",
                                  "\nfreeze=",
                                  "\nwhere=",
                                  "\nkeep.best=",
                                  "\nprune.at=",
                                  "\nsampler=",
                                  "\nsamples=",
                                  "\nfolds=",
                                  "\ntest=",
                                  "\nlog=",
                                  "\nfold=",
                                  "\nactivation=",
                                  "\noptimizer=",
                                  "\nbatch=",
                                  "\nprecision=",
                                  "\nrank=",
                                  "\ncurve=",
                                  "\nseed=",
                                  "\nshortcuts="};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static struct {
  lua_State *L;
  struct lur_script host;
  struct lur_script_options options;
  const char *typed[MOST_TYPED];
  size_t used, most, base; /* bytes of Lua's */
  bool runs;               /* read for one run, not for a sweep */
} at;

/* ---- The state ---- */
static void *allocate(void *context, void *old, size_t old_bytes, size_t new_bytes) {
  const size_t had = old ? old_bytes : 0;
  void *block = NULL;
  (void)context;
  if (new_bytes == 0)
    free(old);
  else if ((new_bytes > had && at.used + (new_bytes - had) > at.most) || !(block = realloc(old, new_bytes)))
    return NULL;
  at.used += new_bytes - had;
  return block;
}

static int open_all(lua_State *L) {
  static void (*const parts[])(lua_State *) = {
      lur_open_functions, lur_open_makers,       lur_open_weights, lur_open_network, lur_open_neuron,
      lur_open_data,      lur_open_data_sources, lur_open_every,   lur_open_axes,    lur_open_data_methods};
  lua_pushlightuserdata(L, &at.host);
  lur_set_script(L);
  luaL_openlibs(L);
  lur_open_randomseed(L);
  lur_open_math(L);
  lua_newtable(L);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    parts[i](L);
  lua_setglobal(L, "luron");
  if (luaL_loadbufferx(L, fuzz_kit, strlen(fuzz_kit), "=kit", "t") != LUA_OK)
    return lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

static void end(void) {
  lua_close(at.L);
}

static void collect(void) {
  at.most = (size_t)1 << 40;
  lua_settop(at.L, 0);
  lua_pushnil(at.L);
  lua_setglobal(at.L, "root");
  lua_gc(at.L, LUA_GCCOLLECT); /* what finalizers of this one have let go, the next one frees */
  lua_gc(at.L, LUA_GCCOLLECT);
}

static void begin(void) {
  at.most = (size_t)1 << 40;
  at.options = (struct lur_script_options){.path = "fuzz", .overrides = at.typed};
  at.host.options = &at.options;
  if (!(at.L = lua_newstate(allocate, NULL)))
    abort();
  lua_pushcfunction(at.L, open_all);
  if (lua_pcall(at.L, 0, 0, 0) != LUA_OK)
    abort();
  atexit(end);
  collect();
  at.base = at.used;
}

/* ---- The table ---- */
/* The n bytes of a text, in which %0a is one byte. */
static void push_text(lua_State *L, const char *text, size_t n) {
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (size_t i = 0; i < n; i++) {
    unsigned byte;
    const bool is_coded = text[i] == '%' && i + 2 < n && sscanf(text + i + 1, "%2x", &byte) == 1;
    luaL_addchar(&b, is_coded ? (char)byte : text[i]);
    i += is_coded ? 2 : 0;
  }
  luaL_pushresult(&b);
}

static void push_key(lua_State *L, const char *text, size_t n) {
  push_text(L, text, n);
  if (lua_stringtonumber(L, lua_tostring(L, -1)))
    lua_remove(L, -2);
  if (lua_type(L, -1) == LUA_TNUMBER && isnan(lua_tonumber(L, -1)))
    lua_pushboolean(L, 1);
}

/* Pushes the table in which the path ends and the last key; tables that are not there are made. */
static void push_place(lua_State *L, const char *path) {
  lua_getglobal(L, "root");
  for (size_t n; n = strcspn(path, "."), path[n]; path += n + 1) {
    const int of = lua_gettop(L);
    push_key(L, path, n);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, of) != LUA_TTABLE) {
      lua_newtable(L);
      lua_pushvalue(L, of + 1);
      lua_pushvalue(L, -2);
      lua_rawset(L, of);
    }
    lua_replace(L, of);
    lua_settop(L, of);
  }
  push_key(L, path, strlen(path));
}

/* What stands there; nil where nothing does. */
static void push_at(lua_State *L, const char *path) {
  push_place(L, path);
  lua_rawget(L, -2);
  lua_remove(L, -2);
}

static void push_word(lua_State *L, const char *text) {
  if (strcmp(text, "nan") == 0 || strcmp(text, "inf") == 0 || strcmp(text, "-inf") == 0)
    lua_pushnumber(L, strtod(text, NULL));
  else if (strcmp(text, "nil") == 0)
    lua_pushnil(L);
  else if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
    lua_pushboolean(L, text[0] == 't');
  else if (!lua_stringtonumber(L, text))
    push_text(L, text, strlen(text));
}

/* "0 nil 1"; or "0 1; 1 0", a list of lists. */
static void push_list(lua_State *L, char *text) {
  const bool is_rows = strchr(text, ';') != NULL;
  char *next_row = NULL, *next = NULL;
  lua_Integer n_rows = 0;
  lua_newtable(L);
  for (char *row = strtok_r(text, ";", &next_row); row; row = strtok_r(NULL, ";", &next_row)) {
    lua_Integer n = 0;
    if (is_rows)
      lua_newtable(L);
    for (char *word = strtok_r(row, " ", &next); word; word = strtok_r(NULL, " ", &next)) {
      push_word(L, word);
      lua_rawseti(L, -2, ++n);
    }
    if (is_rows)
      lua_rawseti(L, -2, ++n_rows);
  }
}

/* Pushes what is called so in the kit; nil for other names. */
static void push_maker(lua_State *L, const char *name) {
  lua_getglobal(L, "makers");
  lua_getfield(L, -1, name);
  lua_remove(L, -2);
}

/* "range 1 10": its value; nil where it raises. */
static void push_call(lua_State *L, char *text) {
  char *next = NULL, *name = strtok_r(text, " ", &next);
  const int top = lua_gettop(L);
  push_maker(L, name ? name : "");
  for (char *word = strtok_r(NULL, " ", &next); word && lua_gettop(L) < top + 8; word = strtok_r(NULL, " ", &next))
    push_word(L, word);
  if (lua_pcall(L, lua_gettop(L) - top - 1, 1, 0) == LUA_OK)
    return;
  lua_settop(L, top);
  lua_pushnil(L);
}

static void push_wrapped(lua_State *L, const char *path, const char *name) {
  push_maker(L, name);
  push_at(L, path);
  if (lua_pcall(L, 1, 1, 0) == LUA_OK)
    return;
  lua_pop(L, 1);
  lua_pushnil(L);
}

static void push_of_kit(lua_State *L, const char *list, const char *number) {
  lua_getglobal(L, list);
  lua_rawgeti(L, -1, 1 + (lua_Integer)(strtoul(number, NULL, 10) % (unsigned long)lua_rawlen(L, -1)));
  lua_remove(L, -2);
}

static void push_with_metatable(lua_State *L, const char *path, const char *number) {
  push_at(L, path);
  if (!lua_istable(L, -1))
    return;
  push_of_kit(L, "metatables", number);
  lua_setmetatable(L, -2);
}

static void push_value(lua_State *L, const char *path, char kind, char *text) {
  switch (kind) {
  case 'n': push_word(L, text); break;
  case 's': push_text(L, text, strlen(text)); break;
  case 'b': lua_pushboolean(L, text[0] == '1'); break;
  case 't': lua_newtable(L); break;
  case 'l': push_list(L, text); break;
  case 'f': push_of_kit(L, "functions", text); break;
  case 'm': push_with_metatable(L, path, text); break;
  case 'a': push_at(L, text); break;
  case 'c': push_call(L, text); break;
  case 'w': push_wrapped(L, path, text); break;
  default: lua_pushnil(L);
  }
}

static void take_line(lua_State *L, char *path) {
  char *value = strchr(path, '=');
  if (!value)
    return;
  *value++ = '\0';
  if (strcmp(path, "memory") == 0) {
    at.most = at.base + strtoul(value, NULL, 10) % MOST_BYTES;
  } else if (strcmp(path, "run") == 0) {
    at.runs = true;
  } else if (strcmp(path, "typed") == 0) {
    if (at.options.n_overrides < MOST_TYPED)
      at.typed[at.options.n_overrides++] = value;
  } else {
    const char kind = value[0];
    push_place(L, path);
    push_value(L, path, kind, value + (kind && value[1] == ' ' ? 2 : kind != '\0'));
    lua_rawset(L, -3);
  }
  lua_settop(L, 1);
}

/* Protected. 1: the input. Sets the global root. */
static int build(lua_State *L) {
  char *rest = NULL, *text = lua_touserdata(L, 1);
  lua_getglobal(L, "start");
  lua_call(L, 0, 1);
  lua_setglobal(L, "root");
  for (int n = 0; n < MOST_LINES; n++) {
    char *line = strtok_r(n ? NULL : text, "\n", &rest);
    if (!line)
      break;
    take_line(L, line);
  }
  return 0;
}

/* ---- Reading ---- */
/* Protected. Leaves the reading as its result. */
static int read_root(lua_State *L) {
  struct lur_origin origin;
  lua_getglobal(L, "root");
  lur_origin_of_return(L, 0, &origin);
  lur_push_typed(L, 1, !at.runs);
  lur_push_merged(L, 1, 2);
  struct lur_reader r = {.L = L, .fields = 3, .overrides = 2, .origin = &origin, .call = true, .sweeps = !at.runs};
  lur_read_experiment(&r);
  if (!at.runs)
    lur_trace_combinations(L, 4);
  return 1;
}

/* The text of what was raised; what is no text is a function's of the kit. */
static void check_line(lua_State *L) {
  if (lua_type(L, -1) != LUA_TSTRING)
    return;
  const char *text = lua_tostring(L, -1);
  if (!text[0] || strchr(text, '\n') || strlen(text) != lua_rawlen(L, -1))
    abort();
}

/* ---- As a results file keeps it ---- */
/* What functions decide is not planned here. */
static void check_plan(const struct lur_reading *g) {
  struct lur_sweep sweep = {
      .spec = &g->spec, .axes = g->axes, .halving = g->halving, .keep = g->keep, .keep_best = g->keep_best};
  struct lur_error e = {0};
  if (!g->axes || !g->train || (g->entries && g->entries->n))
    return;
  memcpy(sweep.keep_by, g->keep_by, sizeof sweep.keep_by);
  memcpy(sweep.rank, g->rank, sizeof sweep.rank);
  struct lur_plan *p = lur_plan_new(&sweep, &e);
  if (!p)
    fuzz_check_error(&e);
  if (p)
    fuzz_plan_again(p, NULL);
  lur_plan_free(p);
}

static void read_input(char *text) {
  lua_State *L = at.L;
  lua_pushcfunction(L, build);
  lua_pushlightuserdata(L, text);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK)
    return; /* memory that is too small */
  lua_pushcfunction(L, read_root);
  if (lua_pcall(L, 0, 1, 0) != LUA_OK)
    check_line(L);
  else
    check_plan(lur_reading_at(L, -1));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  if (!at.L)
    begin();
  char *text = malloc(n + 1);
  if (!text)
    return 0;
  memcpy(text, bytes, n);
  text[n] = '\0';
  at.runs = false;
  at.options.n_overrides = 0;
  at.host.exit_code = 0;
  at.most = at.base + MOST_BYTES;
  read_input(text);
  collect();
  if (at.used > at.base + MOST_KEPT_BYTES)
    abort();
  free(text);
  return 0;
}
