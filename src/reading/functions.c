/* SPDX-License-Identifier: MIT
 * Functions in place of names: activation = swish, loss = luron.loss { ... }, optimizer = "lion". All that fields and
 * axes hold are traced before any field is read, so that the numbers they declare are params by then, and names that
 * overrides give find the functions of the script's own axes. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "reading/reading.h"
#include "tracing/tracing.h"

/* Keys of what the reading holds: by role, what is traced and its entry; and what each entry was traced of. */
static const char known_key, values_key;

/* ---- Tracing one ---- */
static bool is_named_own(const char *name) {
  return strncmp(name, "own_", 4) == 0;
}

/* Pushes the name. The local that a function was read from is gone when the script has returned, so it is kept. */
static const char *push_name(lua_State *L, int index, const struct lur_program *p) {
  static const char names[] = "luron.function_names";
  if (!luaL_getsubtable(L, LUA_REGISTRYINDEX, names)) {
    lua_newtable(L);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
  }
  lua_pushvalue(L, index);
  if (lua_rawget(L, -2) == LUA_TSTRING)
    return lua_tostring(L, -1);
  lua_pop(L, 1);
  const char *name = lur_push_function_name(L, index, p);
  if (!is_named_own(name)) {
    lua_pushvalue(L, index);
    lua_pushvalue(L, -2);
    lua_rawset(L, -4);
  }
  return name;
}

static void add_numbers(struct lur_reader *r, const char *path, int numbers, struct lur_entry *entry) {
  lua_State *L = r->L;
  if (!numbers || lua_type(L, numbers) != LUA_TTABLE)
    return;
  lur_push_names(L, numbers, LUR_BY_ALPHABET);
  const int names = lua_gettop(L);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_tostring(L, -1);
    lua_getfield(L, numbers, name);
    if (entry->n_numbers == LUR_MAX_OWN_NUMBERS || strlen(name) >= sizeof entry->number[0].name)
      lur_reader_fail(r, path, "%s declares more than %d numbers", entry->name, LUR_MAX_OWN_NUMBERS);
    strcpy(entry->number[entry->n_numbers].name, name);
    entry->number[entry->n_numbers++].usual = lua_tonumber(L, -1);
    lua_settop(L, names);
  }
  lua_settop(L, names - 1);
}

/* Entries in the making hang on a userdata, which frees them where something raises. */
static int box_gc(lua_State *L) {
  struct lur_entry **box = lua_touserdata(L, 1);
  lur_entry_free(*box);
  *box = NULL;
  return 0;
}

static struct lur_entry **push_box(lua_State *L) {
  struct lur_entry **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  if (luaL_newmetatable(L, "luron.entry")) {
    lua_pushcfunction(L, box_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return box;
}

static struct lur_program *copy_program(lua_State *L, const struct lur_program *p) {
  struct lur_program *copy = lur_program_bind(p, 0, NULL, NULL);
  if (!copy)
    lur_raise_memory(L);
  return copy;
}

/* Traces the value at `index` and adds it to the reading's entries. */
static const struct lur_entry *trace(struct lur_reader *r, const struct lur_field *f, const char *path, int index) {
  lua_State *L = r->L;
  struct lur_trace t;
  struct lur_error e;
  const struct lur_entry *out;
  const int top = lua_gettop(L), params = top + 1;
  const struct lur_function *made = lur_to_function(L, index);
  struct lur_entries *all = r->reading->entries;
  if (lua_getfield(L, r->fields, "params") != LUA_TTABLE) {
    lua_newtable(L);
    lua_replace(L, params);
  }
  lur_push_trace(L, index, f->role, path, params, &t);
  struct lur_entry **box = push_box(L);
  const struct lur_program *program = lur_push_traced(L, &t);
  const char *name = push_name(L, index, program);
  if (!lur_program_name_fits(name))
    lur_reader_fail(r, path, "\"%.40s\" is no name: letters, digits and _, not a digit first, at most %d of them", name,
                    LUR_NAME_ROOM - 1);
  if (!(*box = lur_entry_new(f->role, name)) || !lur_entry_add(*box, "", copy_program(L, program)))
    lur_raise_memory(L);
  (*box)->learning_rate = made ? made->learning_rate : LUR_OWN_LEARNING_RATE;
  (*box)->full_batch = made && made->full_batch;
  add_numbers(r, path, t.numbers, *box);
  struct lur_entry *entry = *box;
  const int n_before = all->n;
  *box = NULL;
  if (lur_entries_add(all, entry, &out, &e))
    lur_reader_fail_error_at(r, path, &e);
  if (all->n > n_before) { /* it is traced again where params of the sweep decide what it is */
    lua_rawgetp(L, r->held, &values_key);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, all->n);
  }
  lua_settop(L, top);
  return out;
}

/* Pushes the table of what is traced of that role: value -> entry. */
static void push_known(struct lur_reader *r, enum lur_role role) {
  lua_rawgetp(r->L, r->held, &known_key);
  if (lua_rawgeti(r->L, -1, role + 1) != LUA_TTABLE) {
    lua_pop(r->L, 1);
    lua_newtable(r->L);
    lua_pushvalue(r->L, -1);
    lua_rawseti(r->L, -3, role + 1);
  }
  lua_remove(r->L, -2);
}

/* The entry of a function, a maker's value at `index`; traced where it is seen for the first time. */
static const struct lur_entry *entry_of(struct lur_reader *r, const struct lur_field *f, const char *path, int index) {
  lua_State *L = r->L;
  const int top = lua_gettop(L);
  push_known(r, f->role);
  lua_pushvalue(L, index);
  lua_rawget(L, top + 1);
  const struct lur_entry *entry = lua_touserdata(L, -1);
  if (!entry) {
    entry = trace(r, f, path, index);
    lua_pushvalue(L, index);
    lua_pushlightuserdata(L, (void *)entry);
    lua_rawset(L, top + 1);
  }
  lua_settop(L, top);
  return entry;
}

/* ---- Names ---- */
static bool is_built_in(const struct lur_field *f, const char *name) {
  return lur_is_one_of(name, f->choices);
}

/* Adds the library's function of that name, where it has one and nothing else has the name. A name of what is built in
 * and of a function of the script at once would be read as the former, so a row's overrides would be another run. */
static void load(struct lur_reader *r, const struct lur_field *f, const char *path, const char *name) {
  lua_State *L = r->L;
  const struct lur_library_entry *found = lur_library_find(f->role, name);
  const bool is_own = lur_entries_find(r->reading->entries, f->role, name) != NULL;
  if (is_own && is_built_in(f, name))
    lur_reader_fail(r, path,
                    "%s is built in, and a function is called so too; give it another name: luron.%s { name = "
                    "\"...\", ... }",
                    name, lur_role_names[f->role]);
  if (!found || is_own || is_built_in(f, name))
    return;
  lur_push_library(L, found);
  entry_of(r, f, path, lua_gettop(L));
  lua_pop(L, 1);
}

/* The names in a text: one, layers joined by -, or as typed several with commas, and in zips with colons. */
static void load_all(struct lur_reader *r, const struct lur_field *f, const char *path, const char *text) {
  while (*text) {
    const size_t n = strcspn(text, ",-:");
    const char *name = lua_pushlstring(r->L, text, n);
    load(r, f, path, name);
    lua_pop(r->L, 1);
    text += n + (text[n] != '\0');
  }
}

/* ---- Before fields are read ---- */
static void trace_value(void *context, const struct lur_field *f, const char *path) {
  struct lur_reader *r = context;
  if (lur_is_traceable(r->L, -1))
    entry_of(r, f, path, lua_gettop(r->L));
}

static void load_value(void *context, const struct lur_field *f, const char *path) {
  struct lur_reader *r = context;
  if (lua_type(r->L, -1) == LUA_TSTRING)
    load_all(r, f, path, lua_tostring(r->L, -1));
}

static void load_typed(struct lur_reader *r) {
  const struct lur_script_options *o = lur_script_of(r->L)->options;
  const int top = lua_gettop(r->L);
  for (int i = 0; i < o->n_overrides; i++) {
    const char *equal = strchr(o->overrides[i], '=');
    if (!equal)
      continue;
    const char *names = lua_pushlstring(r->L, o->overrides[i], (size_t)(equal - o->overrides[i]));
    char name[64];
    for (int k = 0; lur_typed_name(names, k, name); k++) {
      const int id = lur_field_find(name, NULL);
      if (id >= 0 && lur_fields[id].flags & LUR_FUNCTION)
        load_all(r, &lur_fields[id], lua_pushstring(r->L, name), equal + 1);
      lua_settop(r->L, top + 1);
    }
    lua_pop(r->L, 1);
  }
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const struct lur_param *)a)->name, ((const struct lur_param *)b)->name);
}

/* What functions declare and no field is, nor the script's params say, becomes a param. */
static void add_params(struct lur_reader *r) {
  struct lur_spec *s = &r->reading->spec;
  const struct lur_entries *all = r->reading->entries;
  for (int i = 0; i < all->n; i++)
    for (int k = 0; k < all->entry[i]->n_numbers; k++) {
      const struct lur_entry_number *n = &all->entry[i]->number[k];
      if (lur_field_of_number(n->name) >= 0 || lur_spec_find_param(s, n->name) >= 0)
        continue;
      if (s->n_params == LUR_MAX_PARAMS)
        lur_reader_fail(r, "params", "more than %d, with those that functions declare", LUR_MAX_PARAMS);
      struct lur_param *p = &s->param[s->n_params++];
      *p = (struct lur_param){.value = {.kind = LUR_V_NUMBER, .as.number = n->usual}, .is_usual = true};
      strcpy(p->name, n->name);
    }
  qsort(s->param, (size_t)s->n_params, sizeof *s->param, by_name);
}

void lur_read_functions(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  if (!(g->entries = lur_entries_new()))
    lur_raise_memory(r->L);
  g->spec.entries = g->entries;
  lua_newtable(r->L);
  lua_rawsetp(r->L, r->held, &known_key);
  lua_newtable(r->L);
  lua_rawsetp(r->L, r->held, &values_key);
  struct lur_walk own = {r->L, r, trace_value}, named = {r->L, r, load_value};
  lur_walk_functions(&own, r->fields);
  lur_walk_functions(&named, r->fields);
  load_typed(r);
  add_params(r);
}

/* ---- Values ---- */
static void read_function(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                          struct lur_value *out);

static void read_layers(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                        struct lur_value *out) {
  struct lur_value layer[LUR_MAX_LAYERS];
  struct lur_error e;
  const lua_Integer n = (lua_Integer)lua_rawlen(r->L, index);
  lur_check_list(r, path, index);
  if (n < 1 || n > LUR_MAX_LAYERS)
    lur_reader_fail(r, path, "a list of %lld, but there is one activation per layer, at most %d", (long long)n,
                    LUR_MAX_LAYERS);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(r->L, index, i + 1);
    if (lua_type(r->L, -1) == LUA_TTABLE)
      lur_reader_fail(r, path, "item %lld is a list, but there is one activation per layer", (long long)i + 1);
    read_function(r, f, path, lua_gettop(r->L), &layer[i]);
    if (lur_value_check(f, &layer[i], &e))
      lur_reader_fail_error_at(r, path, &e);
    lua_pop(r->L, 1);
  }
  out->kind = LUR_V_ENTRY;
  if (lur_entries_add_layers(r->reading->entries, (int)n, layer, &out->as.entry, &e))
    lur_reader_fail_error_at(r, path, &e);
}

static void read_function(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                          struct lur_value *out) {
  lua_State *L = r->L;
  struct lur_error e;
  size_t n;
  *out = lur_plain_value(L, index);
  if (lua_type(L, index) == LUA_TSTRING) {
    const char *text = lua_tolstring(L, index, &n);
    if (strlen(text) != n)
      lur_reader_fail(r, path, "a text with a zero byte in it");
    if (lur_entries_read(r->reading->entries, f, text, out, &e))
      lur_reader_fail_error_at(r, path, &e);
  } else if (lur_is_traceable(L, index)) {
    *out = (struct lur_value){.kind = LUR_V_ENTRY, .as.entry = entry_of(r, f, path, index)};
  } else if (lua_type(L, index) == LUA_TTABLE && !lur_is_axis(L, index) && f->role == LUR_ROLE_ACTIVATION &&
             strcmp(lur_fields[LUR_F_ACTIVATION].name, f->name) == 0) {
    read_layers(r, f, path, index, out);
  } else if (lua_iscfunction(L, index)) {
    lur_reader_fail(r, path, "a function in C cannot be traced; write a name, or function(...) return ... end");
  } else if (out->kind == LUR_V_ABSENT) {
    lur_reader_fail_kind(r, f, path, index);
  }
}

void lur_read_any(struct lur_reader *r, const struct lur_field *f, const char *path, int index, struct lur_value *out) {
  struct lur_error e;
  if (!(f->flags & LUR_FUNCTION)) {
    lur_read_value(r, f, path, index, out);
    return;
  }
  read_function(r, f, path, lua_absindex(r->L, index), out);
  if (lur_value_check(f, out, &e))
    lur_reader_fail_error_at(r, path, &e);
}

/* ---- Texts and booleans on axes: a program for each combination of those that are read ---- */
enum { MOST_COMBINATIONS = 256 };

struct switches {
  int n;
  const struct lur_axis *axis[LUR_MAX_SWITCHES];
  uint64_t n_combinations;
};

static void find_switches(lua_State *L, const struct lur_reading *g, struct switches *s) {
  *s = (struct switches){.n_combinations = 1};
  for (int a = 0; g->axes && a < g->axes->n; a++) {
    const struct lur_axis *axis = &g->axes->axis[a];
    const struct lur_param *p = axis->field < 0 ? &g->spec.param[axis->param] : NULL;
    if (!p || !(p->text || p->value.kind == LUR_V_BOOL))
      continue;
    if (s->n == LUR_MAX_SWITCHES || axis->n > MOST_COMBINATIONS / s->n_combinations)
      luaL_error(L, "luron: functions would be traced for more than %d combinations of texts and booleans",
                 MOST_COMBINATIONS);
    s->axis[s->n++] = axis;
    s->n_combinations *= axis->n;
  }
}

/* Pushes the params with the k-th combination in place, in `at` too. */
static void push_combination(lua_State *L, int params, const struct switches *s, uint64_t k, struct lur_spec *at) {
  lur_push_table_copy(L, params);
  for (int i = 0; i < s->n; i++) {
    struct lur_value v;
    const char *text = lur_axis_value(s->axis[i], k % s->axis[i]->n, &v);
    k /= s->axis[i]->n;
    lur_axis_put(s->axis[i], &v, text, at);
    text ? (void)lua_pushstring(L, text) : lur_push_value(L, NULL, &v);
    lua_setfield(L, -2, s->axis[i]->name);
  }
}

/* Adds the programs of the entry that the value at `value` is traced to; nothing where all are the same. */
static void trace_combinations(lua_State *L, struct lur_reading *g, struct lur_entry *entry, int params, int value,
                               const struct switches *s) {
  const int top = lua_gettop(L);
  struct lur_spec *at = lua_newuserdatauv(L, sizeof *at, 0);
  struct lur_entry **box = push_box(L);
  struct lur_error e;
  bool differ = false;
  *at = g->spec;
  if (!(*box = lur_entry_new(entry->role, entry->name)))
    lur_raise_memory(L);
  for (int i = 0; i < s->n; i++)
    snprintf((*box)->on[(*box)->n_on++], LUR_NAME_ROOM, "%.*s", LUR_NAME_ROOM - 1, s->axis[i]->name);
  for (uint64_t k = 0; k < s->n_combinations; k++) {
    const int here = lua_gettop(L);
    struct lur_trace t;
    struct lur_buffer given = {0};
    push_combination(L, params, s, k, at);
    lur_push_trace(L, value, entry->role, lur_role_names[entry->role], here + 1, &t);
    const struct lur_program *p = lur_push_traced(L, &t);
    struct lur_program *copy = copy_program(L, p);
    lur_spec_write_given(at, *box, &given);
    const bool good = lur_entry_add(*box, given.data ? given.data : "", copy);
    lur_buffer_free(&given);
    if (!good)
      lur_raise_memory(L);
    differ = differ || !lur_program_same(copy, entry->variant[0].program);
    lua_settop(L, here);
  }
  if (differ && lur_entries_join(g->entries, entry, *box, &e))
    lur_raise(L, &e);
  lua_settop(L, top);
}

void lur_trace_combinations(lua_State *L, int reading) {
  struct lur_reading *g = lur_reading_at(L, reading);
  struct switches s;
  const int top = lua_gettop(L), values = top + 2, params = top + 3, value = top + 4;
  if (!g->entries || !g->entries->n)
    return;
  find_switches(L, g, &s);
  if (!s.n)
    return;
  lur_need_stack(L, 40);
  lua_getiuservalue(L, reading, LUR_READING_HELD);
  lua_rawgetp(L, -1, &values_key);
  lua_getiuservalue(L, reading, LUR_READING_FIELDS);
  lua_getfield(L, -1, "params");
  lua_remove(L, -2);
  for (int i = 0; i < g->entries->n; i++) {
    struct lur_entry *entry = g->entries->entry[i];
    lua_rawgeti(L, values, i + 1);
    if (entry->n_variants == 1 && !lua_isnil(L, value))
      trace_combinations(L, g, entry, params, value, &s);
    lua_settop(L, params);
  }
  lua_settop(L, top);
}
