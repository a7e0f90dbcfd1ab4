/* SPDX-License-Identifier: MIT
 * A Lua table of fields becomes a spec. Which fields there are, and what each takes, comes from lur_fields alone.
 * Fields are read in the table's order, so that of several mistakes the same one is always named. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/near_word.h"
#include "engine/engine.h"
#include "reading/reading.h"

/* ---- Names ---- */
/* The first of the two in the alphabet, so that the same unknown name is always named. Both are keys of a table, which
 * holds them. */
static const char *first_of(const char *a, const char *b) {
  return !a || strcmp(b, a) < 0 ? b : a;
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
  struct lur_error e;
  for (lua_pushnil(L); lua_next(L, r->fields); lua_pop(L, 1)) {
    check_key(r, "experiment");
    const char *name = lua_tostring(L, -2);
    if (strcmp(name, "stop") != 0 && (lur_field_find(name, NULL) < 0 || strchr(name, '.')))
      first = first_of(first, name);
  }
  if (!first)
    return;
  if (lur_declares_number(L, r->fields, first, NULL))
    lur_reader_fail(r, first, "is a number of a function; write params = { %s = ... }", first);
  lur_field_unknown(first, &e);
  lur_reader_fail(r, first, "%s", e.text);
}

static void check_stop_names(struct lur_reader *r, int stop) {
  lua_State *L = r->L;
  const char *first = NULL, *names[LUR_N_FIELDS + 1] = {NULL};
  char flat[LUR_LONGEST_PATH], hint[LUR_WORD_ROOM];
  int n = 0;
  for (lua_pushnil(L); lua_next(L, stop); lua_pop(L, 1)) {
    check_key(r, "stop");
    snprintf(flat, sizeof flat, "stop_%s", lua_tostring(L, -2));
    if (lur_field_find(flat, NULL) < 0)
      first = first_of(first, lua_tostring(L, -2));
  }
  if (!first)
    return;
  for (int i = 0; i < LUR_N_FIELDS; i++)
    if (strncmp(lur_fields[i].name, "stop_", 5) == 0)
      names[n++] = lur_fields[i].name + 5;
  const char *path = lua_pushfstring(L, "stop.%s", first), *near = lur_near_word(first, names);
  if (lur_word_explain(NULL, NULL, first, hint))
    lur_reader_fail(r, path, "no such field; %s", hint);
  if (near)
    lur_reader_fail(r, path, "no such field; did you mean stop.%s?", near);
  lur_reader_fail(r, path, "no such field; `luron help fields` lists them");
}

/* ---- Values ---- */
/* Whether the value on the top says nothing: nil, or, so that overrides can, false where the default is none. */
static bool is_none(lua_State *L, const struct lur_field *f) {
  return lua_isnil(L, -1) || (lua_isboolean(L, -1) && !lua_toboolean(L, -1) && lur_field_is_optional(f));
}

static void read_fields(struct lur_reader *r) {
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    const struct lur_field *f = &lur_fields[id];
    if (f->kind == LUR_K_SCRIPT || f->kind == LUR_K_TEXT)
      continue;
    bool set = lua_getfield(r->L, r->fields, f->name) != LUA_TNIL;
    if (strcmp(f->name, f->column) != 0 && lua_getfield(r->L, r->fields, f->column) != LUA_TNIL) {
      if (set)
        lur_reader_fail(r, f->column, "is another name of %s, which is set too", f->name);
      lua_replace(r->L, r->held + 1);
    }
    lua_settop(r->L, r->held + 1);
    const bool is_table = id == LUR_F_CLASS_WEIGHTS && lua_istable(r->L, -1); /* lur_read_pattern_weights reads it */
    if (!is_none(r->L, f) && !is_table)
      lur_read_any(r, f, f->name, -1, &r->reading->spec.value[id]);
    lua_settop(r->L, r->held);
  }
}

static void keep_when(struct lur_reader *r, const char *path) {
  if (is_none(r->L, &lur_fields[LUR_F_STOP_WHEN]))
    return;
  if (lua_type(r->L, -1) != LUA_TFUNCTION)
    lur_reader_fail(r, path, "%s, but a function of the record is expected", lur_push_found(r->L, -1));
  if (lua_getiuservalue(r->L, r->at, LUR_READING_WHEN) != LUA_TNIL)
    lur_reader_fail(r, path, "is set twice; stop_when is another name of it");
  lua_pop(r->L, 1);
  lua_setiuservalue(r->L, r->at, LUR_READING_WHEN);
}

static void read_stop(struct lur_reader *r) {
  lua_State *L = r->L;
  lua_getfield(L, r->fields, "stop_when");
  keep_when(r, "stop_when");
  int type = lua_getfield(L, r->fields, "stop"), stop = lua_gettop(L);
  if (!lua_toboolean(L, -1))
    return;
  if (type != LUA_TTABLE)
    lur_reader_fail(r, "stop", "%s, but a table such as { error = 0.5 } is expected", lur_push_found(L, -1));
  check_stop_names(r, stop);
  for (int id = LUR_F_STOP_ERROR; id < LUR_F_STOP_WHEN; id++) {
    const struct lur_field *f = &lur_fields[id];
    char path[LUR_LONGEST_PATH];
    lur_write_path(f->name, path);
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

/* A layer's own number: learning_rate_2 = ... */
static void read_layers(struct lur_reader *r) {
  for (int id = 0; id < LUR_N_FIELDS; id++)
    for (int layer = 1; lur_fields[id].kind == LUR_K_LAYERED && layer <= LUR_MAX_LAYERS; layer++) {
      struct lur_value v;
      char name[LUR_LONGEST_PATH];
      snprintf(name, sizeof name, "%s_%d", lur_fields[id].name, layer);
      if (lua_getfield(r->L, r->fields, name) != LUA_TNIL) {
        lur_read_value(r, &lur_fields[id], name, -1, &v);
        if (v.kind != LUR_V_NUMBER)
          lur_reader_fail(r, name, "a list, but one layer has one number");
        lur_spec_put(&r->reading->spec, (enum lur_field_id)id, layer, &v);
      }
      lua_pop(r->L, 1);
    }
}

/* ---- What needs several fields ---- */
static bool names_structure(const char *names) {
  char name[64];
  bool some = false;
  for (int k = 0; lur_typed_name(names, k, name); k++) {
    int layer, id = lur_field_find(name, &layer);
    some = some || (id >= 0 && !layer && lur_fields[id].flags & LUR_STRUCTURE);
  }
  return some;
}

/* The axes of structures that were typed after the script's name, as in optimizer=sgd,adam. A mistake in one is told
 * where all that was typed is read. */
static void read_typed_axes(struct lur_reader *r) {
  const struct lur_script_options *o = lur_script_of(r->L)->options;
  struct lur_reading *g = r->reading;
  struct lur_error e;
  for (int i = 0; i < o->n_overrides; i++) {
    char name[LUR_LONGEST_PATH];
    const char *text = strchr(o->overrides[i], '=');
    snprintf(name, sizeof name, "%.*s", (int)strcspn(o->overrides[i], "="), o->overrides[i]);
    if (!text || !names_structure(name) || !(lur_axis_is_zip(name) || lur_axis_is_text(text + 1)))
      continue;
    if (!g->typed && !(g->typed = lur_alloc(1, sizeof *g->typed)))
      lur_raise_memory(r->L);
    int rc = lur_axes_set(g->typed, &g->spec, name, text + 1, &e);
    if (rc == LUR_ENOMEM)
      lur_raise_memory(r->L);
    r->typed_wrong = r->typed_wrong || rc;
  }
}

/* Bits of the numbers that optimizers and functions on axes read. */
static uint64_t numbers_read(const struct lur_axes *axes) {
  uint64_t bits = 0;
  for (int a = 0; axes && a < axes->n; a++) {
    const struct lur_axis *axis = &axes->axis[a];
    for (uint64_t i = 0; axis->field >= 0 && lur_fields[axis->field].flags & LUR_FUNCTION && i < axis->n; i++)
      bits |= lur_value_reads((enum lur_field_id)axis->field, &axis->value[i]);
  }
  return bits;
}

/* The most layers that a network of these axes has; as many as `most` at least. */
static int most_layers(const struct lur_axes *axes, int most) {
  int at = axes ? lur_axes_find(axes, lur_fields[LUR_F_HIDDEN].column) : -1;
  if (at < 0)
    return most;
  const struct lur_axis *a = &axes->axis[at];
  for (uint64_t i = 0; a->kind == LUR_A_LIST && i < a->n; i++)
    most = a->value[i].as.list.n >= most ? a->value[i].as.list.n + 1 : most;
  return most < 2 ? 2 : most; /* a range is of single layers */
}

/* A layer's own number is a mistake where no network of the sweep has that layer. */
static void check_layers(struct lur_reader *r) {
  const struct lur_reading *g = r->reading;
  int n = most_layers(g->typed, most_layers(g->axes, lur_spec_value(&g->spec, LUR_F_HIDDEN).as.list.n + 1));
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    const struct lur_field *f = &lur_fields[id];
    const int count = lur_field_layers(f, n);
    const char *hidden = count < n ? "hidden " : "";
    for (int l = count; f->kind == LUR_K_LAYERED && l < LUR_MAX_LAYERS; l++)
      if (g->spec.layer[f->layered][l].kind != LUR_V_ABSENT)
        lur_reader_fail(r, lua_pushfstring(r->L, "%s_%d", f->name, l + 1), "there %s %d %slayer%s",
                        count == 1 ? "is" : "are", count, hidden, count == 1 ? "" : "s");
    if (count == 0 && g->spec.value[id].kind != LUR_V_ABSENT && !lur_value_same(&g->spec.value[id], &f->usual))
      lur_reader_fail(r, f->name, "there is no hidden layer; write hidden = 4, or %s = 0", f->name);
  }
}

static int resolve(struct lur_reader *r, struct lur_error *e) {
  struct lur_reading *g = r->reading;
  struct lur_spec spec = g->spec;
  if (!r->sweeps || !r->typed_wrong)
    check_layers(r);
  lur_spec_forget_unread(&spec, numbers_read(g->axes) | numbers_read(g->typed), true);
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
  if (!rc && g->test)
    rc = lur_patterns_check(&g->structure, &g->spec.test, "test", e);
  return rc || !g->validation ? rc : lur_patterns_check(&g->structure, &g->spec.validation, "validation", e);
}

/* Whether an axis, the script's or a typed one, gives the runs structures other than that of the plain fields. */
static bool sweeps_structures(const struct lur_reading *g) {
  bool sweeps = g->typed != NULL;
  for (int a = 0; g->axes && a < g->axes->n; a++)
    sweeps = sweeps || (g->axes->axis[a].field >= 0 && (lur_fields[g->axes->axis[a].field].flags & LUR_STRUCTURE));
  return sweeps;
}

/* A sweep may have no run of the plain fields: then its plan checks those that it has. */
static void check_fields(struct lur_reader *r) {
  struct lur_error e;
  int rc = resolve(r, &e);
  if (!rc)
    rc = check_patterns(r, &e);
  if (rc && !(r->sweeps && rc == LUR_EINPUT && (r->typed_wrong || sweeps_structures(r->reading))))
    lur_reader_fail_error(r, &e);
  r->reading->complete = !rc;
}

void lur_read_experiment(struct lur_reader *r) {
  static void (*const parts[])(struct lur_reader *) = {
      check_names,    read_name,       lur_read_params, lur_read_functions, read_fields,
      read_layers,    read_stop,       lur_read_freeze, lur_read_metrics,   lur_read_log,
      lur_read_sweep, read_typed_axes, lur_take_start,  lur_read_data,
  };
  r->fields = lua_absindex(r->L, r->fields);
  lur_need_stack(r->L, 40);
  lur_push_reading(r);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    parts[i](r);
    lua_settop(r->L, r->held);
  }
  if (r->reading->train) {
    check_fields(r);
    lur_read_start_values(r);
    if (r->reading->start || r->reading->frozen)
      check_fields(r);
  } else if (r->call && !r->typed_wrong) { /* the rest is checked by the sweep's plan, with its data */
    check_layers(r);
  }
  lur_read_passage(r);
  lua_settop(r->L, r->held - 1);
}
