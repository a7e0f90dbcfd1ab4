/* SPDX-License-Identifier: MIT
 * A Lua table of fields becomes a spec. Which fields there are, and what each takes, comes from lur_fields alone.
 * Fields are read in the table's order, so that of several mistakes the same one is always named. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/experiment.h"

enum { LONGEST_PATH = 128, LONGEST_TEXT = 512 };
#define READING "luron.reading"

/* ---- Mistakes ---- */
/* "stop_error" is written stop.error. */
static void write_path(const char *name, char out[LONGEST_PATH]) {
  snprintf(out, LONGEST_PATH, "%s", name);
  if (strncmp(out, "stop_", 5) == 0)
    out[4] = '.';
}

/* Whether the table at `index` sets the path, or a table that could hold it. */
static bool sets_path(lua_State *L, int index, const char *path) {
  size_t n = strcspn(path, ".");
  lua_pushlstring(L, path, n);
  int type = lua_rawget(L, index);
  bool set = type != LUA_TNIL;
  if (type == LUA_TTABLE && path[n])
    set = sets_path(L, lua_gettop(L), path + n + 1);
  lua_pop(L, 1);
  return set;
}

/* As it was written: a field's other name where that one is set. */
static const char *written_name(struct lur_reader *r, const char *path) {
  int id = lur_field_find(path, NULL);
  if (id < 0 || sets_path(r->L, r->fields, path) || !sets_path(r->L, r->fields, lur_fields[id].column))
    return path;
  return lur_fields[id].column;
}

static int fail_at(struct lur_reader *r, const char *name, const char *text) {
  char path[LONGEST_PATH];
  write_path(name, path);
  if (!sets_path(r->L, r->fields, path) && sets_path(r->L, r->fields, name))
    snprintf(path, sizeof path, "%s", name);
  const char *written = written_name(r, path);
  bool other = r->overrides && sets_path(r->L, r->overrides, written);
  if (other && !r->override_origin)
    return lur_raise_usage(r->L, written, "%s", text);
  return lur_origin_raise(r->L, other ? r->override_origin : r->origin, written, text);
}

int lur_reader_fail(struct lur_reader *r, const char *path, const char *format, ...) {
  char text[LONGEST_TEXT];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return fail_at(r, path, text);
}

int lur_reader_fail_error(struct lur_reader *r, const struct lur_error *e) {
  if (e->code == LUR_ENOMEM)
    return lur_raise_memory(r->L);
  return fail_at(r, e->field[0] ? e->field : "experiment", e->text);
}

/* ---- Names ---- */
/* The first of the two in the alphabet, so that the same unknown name is always named. Both are keys of a table, which
 * holds them. */
static const char *first_of(const char *a, const char *b) {
  return !a || strcmp(b, a) < 0 ? b : a;
}

static int fail_unknown(struct lur_reader *r, const char *name) {
  struct lur_error e;
  lur_field_unknown(name, &e);
  return fail_at(r, name, e.text);
}

static int fail_unknown_stop(struct lur_reader *r, const char *name) {
  const char *names[LUR_N_FIELDS + 1] = {NULL};
  char path[LONGEST_PATH];
  int n = 0;
  for (int i = 0; i < LUR_N_FIELDS; i++)
    if (strncmp(lur_fields[i].name, "stop_", 5) == 0)
      names[n++] = lur_fields[i].name + 5;
  snprintf(path, sizeof path, "stop.%s", name);
  const char *near = lur_near_word(name, names);
  char hint[LUR_WORD_ROOM];
  if (near)
    return lur_reader_fail(r, path, "no such field; did you mean stop.%s?", near);
  if (lur_word_explain(NULL, NULL, name, hint))
    return lur_reader_fail(r, path, "no such field; %s", hint);
  return lur_reader_fail(r, path, "no such field; `luron help fields` lists them");
}

static bool is_known(const char *name) {
  return strcmp(name, "stop") == 0 || (lur_field_find(name, NULL) >= 0 && !strchr(name, '.'));
}

static void check_key(struct lur_reader *r, const char *where) {
  if (lua_type(r->L, -2) == LUA_TSTRING)
    return;
  lua_pushvalue(r->L, -2);
  const char *key = luaL_tolstring(r->L, -1, NULL);
  lur_reader_fail(r, where, "item [%s] has no name; write name = value", key);
}

static void check_names(struct lur_reader *r) {
  lua_State *L = r->L;
  const char *first = NULL;
  for (lua_pushnil(L); lua_next(L, r->fields); lua_pop(L, 1)) {
    check_key(r, "experiment");
    if (!is_known(lua_tostring(L, -2)))
      first = first_of(first, lua_tostring(L, -2));
  }
  if (first)
    fail_unknown(r, first);
}

static void check_stop_names(struct lur_reader *r, int stop) {
  lua_State *L = r->L;
  const char *first = NULL;
  char flat[LONGEST_PATH];
  for (lua_pushnil(L); lua_next(L, stop); lua_pop(L, 1)) {
    check_key(r, "stop");
    snprintf(flat, sizeof flat, "stop_%s", lua_tostring(L, -2));
    if (lur_field_find(flat, NULL) < 0)
      first = first_of(first, lua_tostring(L, -2));
  }
  if (first)
    fail_unknown_stop(r, first);
}

/* ---- Values ---- */
/* "stop.error" is an axis by its plain name. */
static const char *axis_name(const struct lur_field *f) {
  int id = lur_field_find(f->name, NULL);
  return id < 0 ? f->name : lur_fields[id].name;
}

static int fail_kind(struct lur_reader *r, const struct lur_field *f, const char *path, int index) {
  struct lur_error e;
  if (lua_type(r->L, index) == LUA_TFUNCTION)
    return lur_reader_fail(r, path, "a function is not possible here yet; %s takes %s", f->name, lur_kind_name(f));
  if (lur_is_axis(r->L, index))
    return lur_reader_fail(r, path, "a range belongs under sweep = { %s = ... }; here stands one value", axis_name(f));
  if (lua_type(r->L, index) == LUA_TTABLE && (f->flags & LUR_AXIS))
    return lur_reader_fail(r, path, "a list, but %s takes %s; several to try belong under sweep = { %s = ... }",
                           f->name, lur_kind_name(f), axis_name(f));
  lur_value_mismatch(f, lur_push_found(r->L, index), &e);
  return fail_at(r, path, e.text);
}

static void read_text_value(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                            struct lur_value *out) {
  struct lur_error e;
  size_t n;
  const char *text = lua_tolstring(r->L, index, &n);
  if (!f->choices)
    fail_kind(r, f, path, index);
  if (strlen(text) != n || lur_value_choose(f, text, out, &e))
    fail_at(r, path, strlen(text) != n ? "a text with a zero byte in it" : e.text);
}

static void read_list_value(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                            struct lur_value *out) {
  lua_State *L = r->L;
  if (f->kind != LUR_K_SIZES && f->kind != LUR_K_LAYERED)
    fail_kind(r, f, path, index);
  lua_Integer n = luaL_len(L, index);
  if (n > LUR_MAX_LAYERS)
    lur_reader_fail(r, path, "a list of %lld, but at most %d layers are possible", (long long)n, LUR_MAX_LAYERS);
  *out = (struct lur_value){.kind = LUR_V_LIST, .as.list.n = (int)n};
  for (int i = 0; i < n; i++) {
    if (lua_geti(L, index, i + 1) != LUA_TNUMBER)
      lur_reader_fail(r, path, "item %d is %s, not a number", i + 1, lur_push_found(L, -1));
    out->as.list.at[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  lua_pushnil(L);
  if (n == 0 && lua_type(L, index) == LUA_TTABLE && lua_next(L, index))
    lur_reader_fail(r, path, "a table with names, but %s takes %s", path, lur_kind_name(f));
  lua_pop(L, n == 0 && lua_type(L, index) == LUA_TTABLE ? 0 : 1);
}

/* Messages name what was written: stop.error, learning_rate_2. */
static struct lur_field named_as_written(const struct lur_field *f, const char *path) {
  struct lur_field named = *f;
  if (strncmp(path, "sweep.", 6) != 0)
    named.name = path;
  return named;
}

struct lur_value lur_plain_value(lua_State *L, int index) {
  if (lua_type(L, index) == LUA_TBOOLEAN)
    return (struct lur_value){.kind = LUR_V_BOOL, .as.truth = lua_toboolean(L, index)};
  if (lua_type(L, index) != LUA_TNUMBER)
    return (struct lur_value){.kind = LUR_V_ABSENT};
  if (lua_isinteger(L, index))
    return (struct lur_value){.kind = LUR_V_INTEGER, .as.integer = lua_tointeger(L, index)};
  return (struct lur_value){.kind = LUR_V_NUMBER, .as.number = lua_tonumber(L, index)};
}

void lur_read_value(struct lur_reader *r, const struct lur_field *field, const char *path, int index,
                    struct lur_value *out) {
  lua_State *L = r->L;
  struct lur_error e;
  const struct lur_field named = named_as_written(field, path), *f = &named;
  index = lua_absindex(L, index);
  *out = lur_plain_value(L, index);
  switch (lua_type(L, index)) {
  case LUA_TBOOLEAN:
  case LUA_TNUMBER: break;
  case LUA_TSTRING: read_text_value(r, f, path, index, out); break;
  default:
    if (!lur_is_list(L, index) || lur_is_axis(L, index))
      fail_kind(r, f, path, index);
    read_list_value(r, f, path, index, out);
  }
  if (lur_value_check(f, out, &e))
    fail_at(r, path, e.text);
}

static bool is_plain(const struct lur_field *f) {
  return f->kind != LUR_K_SCRIPT && f->kind != LUR_K_TEXT;
}

/* Pushes the value under the field's name or its column's. */
static void push_field(struct lur_reader *r, int table, const char *name, const char *column) {
  lua_getfield(r->L, table, name);
  if (strcmp(name, column) == 0 || lua_getfield(r->L, table, column) == LUA_TNIL) {
    lua_settop(r->L, lua_gettop(r->L) - (strcmp(name, column) != 0));
    return;
  }
  if (lua_type(r->L, -2) != LUA_TNIL)
    lur_reader_fail(r, column, "is another name of %s, which is set too", name);
  lua_remove(r->L, -2);
}

/* Whether the value on the top says nothing: nil, or, so that overrides can, false where the default is none. */
static bool is_none(lua_State *L, const struct lur_field *f) {
  return lua_isnil(L, -1) || (lua_isboolean(L, -1) && !lua_toboolean(L, -1) && strcmp(f->default_text, "none") == 0);
}

static void read_fields(struct lur_reader *r) {
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    const struct lur_field *f = &lur_fields[id];
    if (!is_plain(f))
      continue;
    push_field(r, r->fields, f->name, f->column);
    if (!is_none(r->L, f))
      lur_read_value(r, f, f->name, -1, &r->reading->spec.value[id]);
    lua_settop(r->L, r->kept);
  }
}

static void keep_when(struct lur_reader *r, const char *path) {
  if (is_none(r->L, &lur_fields[LUR_F_STOP_WHEN]))
    return;
  if (lua_type(r->L, -1) != LUA_TFUNCTION)
    lur_reader_fail(r, path, "%s, but a function of the record is expected", lur_push_found(r->L, -1));
  if (lua_getfield(r->L, r->kept, "when") != LUA_TNIL)
    lur_reader_fail(r, path, "is set twice; stop_when is another name of it");
  lua_pop(r->L, 1);
  lua_setfield(r->L, r->kept, "when");
}

static void read_stop(struct lur_reader *r) {
  lua_State *L = r->L;
  lua_getfield(L, r->fields, "stop_when");
  keep_when(r, "stop_when");
  int type = lua_getfield(L, r->fields, "stop"), stop = lua_gettop(L);
  if (type == LUA_TNIL || (type == LUA_TBOOLEAN && !lua_toboolean(L, -1)))
    return;
  if (type != LUA_TTABLE)
    lur_reader_fail(r, "stop", "%s, but a table such as { error = 0.5 } is expected", lur_push_found(L, -1));
  check_stop_names(r, stop);
  for (int id = LUR_F_STOP_ERROR; id < LUR_F_STOP_WHEN; id++) {
    const struct lur_field *f = &lur_fields[id];
    char path[LONGEST_PATH];
    write_path(f->name, path);
    if (lua_getfield(L, stop, f->name + 5) != LUA_TNIL && r->reading->spec.value[id].kind != LUR_V_ABSENT)
      lur_reader_fail(r, path, "is set twice; %s is another name of it", f->name);
    if (!is_none(L, f))
      lur_read_value(r, f, path, -1, &r->reading->spec.value[id]);
    lua_settop(L, stop);
  }
  lua_getfield(L, stop, "when");
  keep_when(r, "stop.when");
}

static void read_name(struct lur_reader *r) {
  if (lua_getfield(r->L, r->fields, "name") != LUA_TSTRING && !lua_isnil(r->L, -1))
    lur_reader_fail(r, "name", "%s, but name takes a text", lur_push_found(r->L, -1));
  lua_pop(r->L, 1);
}

/* ---- One layer's own number: learning_rate_2 = ... ---- */
static void read_layer(struct lur_reader *r, int id, int layer) {
  struct lur_value v;
  char name[LONGEST_PATH];
  snprintf(name, sizeof name, "%s_%d", lur_fields[id].name, layer);
  if (lua_getfield(r->L, r->fields, name) != LUA_TNIL) {
    lur_read_value(r, &lur_fields[id], name, -1, &v);
    if (v.kind != LUR_V_NUMBER)
      lur_reader_fail(r, name, "a list, but one layer has one number");
    lur_spec_put(&r->reading->spec, (enum lur_field_id)id, layer, &v);
  }
  lua_pop(r->L, 1);
}

static void read_layers(struct lur_reader *r) {
  for (int id = 0; id < LUR_N_FIELDS; id++)
    for (int layer = 1; lur_fields[id].kind == LUR_K_LAYERED && layer <= LUR_MAX_LAYERS; layer++)
      read_layer(r, id, layer);
}

/* ---- The whole ---- */
/* The values of an axis that was typed behind the script, as in optimizer=sgd,adam; or NULL. */
static const char *typed_axis(lua_State *L, const char *name) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  size_t n = strlen(name);
  for (int i = 0; i < o->n_overrides; i++)
    if (strncmp(o->overrides[i], name, n) == 0 && o->overrides[i][n] == '=' &&
        lur_axis_is_text(o->overrides[i] + n + 1))
      return o->overrides[i] + n + 1;
  return NULL;
}

/* Bits of the optimizers on an axis. */
static unsigned swept_optimizers(const struct lur_reader *r) {
  unsigned swept = r->reading->swept_optimizers;
  for (const char *at = typed_axis(r->L, "optimizer"); at && *at; at += strcspn(at, ","), at += *at == ',')
    for (int i = 0; i < LUR_N_OPTIMIZERS; i++)
      if (strlen(lur_optimizer_names[i]) == strcspn(at, ",") &&
          strncmp(at, lur_optimizer_names[i], strcspn(at, ",")) == 0)
        swept |= 1u << i;
  return swept;
}

/* The most layers that a network of the sweep has. */
static int most_layers(const struct lur_reader *r, int own) {
  const struct lur_axes *axes = r->reading->axes;
  int most = own, a = axes ? lur_axes_find(axes, "hidden") : -1;
  for (uint64_t i = 0; a >= 0 && axes->axis[a].kind == LUR_A_LIST && i < axes->axis[a].n; i++)
    if (axes->axis[a].value[i].as.list.n >= most)
      most = axes->axis[a].value[i].as.list.n + 1;
  int n = 2;
  for (const char *at = typed_axis(r->L, "hidden"); at && *at; at++) {
    n = *at == ',' ? 2 : n + (*at == 'x');
    most = n > most ? n : most;
  }
  return a >= 0 && most < 2 ? 2 : most;
}

/* A layer's own number where there is no such layer; none is a mistake where another network of the sweep has it. */
static void forget_layers(struct lur_reader *r, struct lur_spec *spec) {
  const struct lur_value *hidden = &spec->value[LUR_F_HIDDEN];
  int n = hidden->kind == LUR_V_LIST ? hidden->as.list.n + 1 : 1, most = most_layers(r, n);
  for (int id = 0; id < LUR_N_FIELDS; id++)
    for (int l = n; lur_fields[id].kind == LUR_K_LAYERED && l < LUR_MAX_LAYERS; l++) {
      struct lur_value *own = &spec->layer[lur_layered_index((enum lur_field_id)id)][l];
      if (own->kind != LUR_V_ABSENT && l >= most)
        lur_reader_fail(r, lua_pushfstring(r->L, "%s_%d", lur_fields[id].name, l + 1), "there %s %d layer%s",
                        most == 1 ? "is" : "are", most, most == 1 ? "" : "s");
      own->kind = LUR_V_ABSENT;
    }
}

/* A number that only another optimizer or network of the sweep reads is no mistake of this run. */
static int resolve(struct lur_reader *r, struct lur_error *e) {
  struct lur_reading *g = r->reading;
  struct lur_spec spec = g->spec;
  const struct lur_value *v = &spec.value[LUR_F_OPTIMIZER];
  enum lur_optimizer own = v->kind == LUR_V_CHOICE ? (enum lur_optimizer)v->as.integer : LUR_SGD;
  unsigned swept = swept_optimizers(r);
  for (int id = LUR_F_MOMENTUM; id <= LUR_F_WEIGHT_DECAY; id++)
    for (int other = 0; other < LUR_N_OPTIMIZERS; other++)
      if (swept >> other & 1 && lur_optimizer_reads((enum lur_optimizer)other, (enum lur_field_id)id) &&
          !lur_optimizer_reads(own, (enum lur_field_id)id))
        spec.value[id].kind = LUR_V_ABSENT;
  forget_layers(r, &spec);
  const struct lur_value *batch = &spec.value[LUR_F_BATCH];
  if (r->sweeps && batch->kind == LUR_V_INTEGER && (uint64_t)batch->as.integer > spec.train.n)
    spec.value[LUR_F_BATCH] = (struct lur_value){.kind = LUR_V_CHOICE}; /* all; whether it may be, the plan says */
  return lur_spec_resolve(&spec, &g->structure, &g->numbers, e);
}

static int check_patterns(struct lur_reader *r, struct lur_error *e) {
  const struct lur_reading *g = r->reading;
  bool data = lua_getfield(r->L, r->fields, "data") != LUA_TNIL;
  lua_pop(r->L, 1);
  if (g->structure.shape.output == LUR_SOFTMAX && g->spec.train.n_outputs == 1)
    return lur_fail(e, LUR_EINPUT,
                    g->spec.value[LUR_F_OUTPUT_ACTIVATION].kind == LUR_V_ABSENT ? "activation" : "output_activation",
                    "softmax is for several outputs; a single one is always 1");
  int rc = lur_patterns_check(&g->structure, &g->spec.train, data ? "data" : "targets", e);
  return rc || !g->test ? rc : lur_patterns_check(&g->structure, &g->spec.test, "test", e);
}

/* Whether an axis, the script's or a typed one, gives the runs structures other than that of the plain fields. */
static bool sweeps_structures(const struct lur_reader *r) {
  const struct lur_script_options *o = lur_script_of(r->L)->options;
  const struct lur_axes *axes = r->reading->axes;
  bool sweeps = false;
  for (int id = 0; id < LUR_N_FIELDS; id++)
    if (lur_fields[id].flags & LUR_STRUCTURE)
      sweeps = sweeps || (axes && lur_axes_find(axes, lur_fields[id].column) >= 0) ||
               (o->n_overrides && (typed_axis(r->L, lur_fields[id].name) || typed_axis(r->L, lur_fields[id].column)));
  return sweeps;
}

/* What needs several fields. A sweep may have no run of the plain fields: then its plan checks those that it has. */
static void check_fields(struct lur_reader *r) {
  struct lur_error e;
  int rc = resolve(r, &e);
  if (!rc)
    rc = check_patterns(r, &e);
  if (rc && !(r->sweeps && rc == LUR_EINPUT && sweeps_structures(r)))
    lur_reader_fail_error(r, &e);
  r->reading->complete = !rc;
}

static void reading_clear(struct lur_reading *g) {
  lur_dataset_free(g->own_train);
  lur_dataset_free(g->own_test);
  free(g->start);
  free(g->log.epochs);
  lur_axes_free(g->axes);
  free(g->axes);
  lur_axis_free(g->axis);
  free(g->axis);
  *g = (struct lur_reading){0};
}

static int reading_gc(lua_State *L) {
  reading_clear(lua_touserdata(L, 1));
  return 0;
}

static void push_kept(struct lur_reader *r, int reading) {
  lua_newtable(r->L);
  lua_pushvalue(r->L, -1);
  lua_setiuservalue(r->L, reading, 1);
  r->kept = lua_gettop(r->L);
  lua_pushvalue(r->L, r->fields);
  lua_setfield(r->L, r->kept, "fields");
}

void lur_renew_reading(struct lur_reader *r, int index) {
  r->reading = lua_touserdata(r->L, index);
  reading_clear(r->reading);
  push_kept(r, index);
}

void lur_push_reading(struct lur_reader *r) {
  static const luaL_Reg meta[] = {{"__gc", reading_gc}, {"__close", reading_gc}, {NULL, NULL}};
  r->reading = lua_newuserdatauv(r->L, sizeof *r->reading, 1);
  *r->reading = (struct lur_reading){0};
  if (luaL_newmetatable(r->L, READING))
    luaL_setfuncs(r->L, meta, 0);
  lua_setmetatable(r->L, -2);
  push_kept(r, lua_gettop(r->L));
}

struct lur_reading *lur_reading_at(lua_State *L, int index) {
  return luaL_checkudata(L, index, READING);
}

static void read_parts(struct lur_reader *r) {
  static void (*const parts[])(struct lur_reader *) = {
      check_names,     read_name,        read_fields,  read_layers,    read_stop,
      lur_read_params, lur_read_metrics, lur_read_log, lur_read_sweep, lur_read_data,
  };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    parts[i](r);
    lua_settop(r->L, r->kept);
  }
}

void lur_read_experiment(struct lur_reader *r) {
  r->fields = lua_absindex(r->L, r->fields);
  lur_need_stack(r->L, 40);
  lur_push_reading(r);
  read_parts(r);
  if (r->reading->train) {
    check_fields(r);
    lur_read_start_values(r);
    if (r->reading->start)
      check_fields(r);
  }
  lua_settop(r->L, r->kept - 1);
}
