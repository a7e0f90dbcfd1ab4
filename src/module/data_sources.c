/* SPDX-License-Identifier: MIT
 * Where data sets come from: luron.csv, the formats of data/formats.c, and the generators of luron.data. Each reads its
 * arguments first, pushes an empty data set, and fills it: nothing is live across a raise. */
#include <stdio.h>
#include <string.h>

#include "data/csv.h"
#include "data/formats.h"
#include "data/generators.h"
#include "module/module.h"

/* Arrays of texts are userdata, whose user value holds the texts: what a later option's metamethod does to the script's
 * own list does not matter then. */
enum { TEXTS = 1, N_SLOTS = TEXTS };

/* Pushes such an array for n items, and the table of its texts, which keep_text fills. */
static void *push_array(lua_State *L, lua_Integer n, size_t item_bytes) {
  void *array = lua_newuserdatauv(L, ((size_t)n + 1) * item_bytes, N_SLOTS);
  lua_createtable(L, (int)n, 0);
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, -3, TEXTS);
  return array;
}

/* Pops the k-th text, which the table beneath it holds from now on. */
static const char *keep_text(lua_State *L, int k) {
  const char *text = lua_tostring(L, -1);
  lua_rawseti(L, -2, k + 1);
  return text;
}

/* ---- luron.csv ---- */
/* The texts that the list on the top has, each once, of numbers the digits; the array is left on the stack. */
static const char *const *read_words(lua_State *L, const char *field, const char *what, int *n_texts) {
  int list = lua_gettop(L);
  lua_Integer n = lua_type(L, list) == LUA_TTABLE ? (lua_Integer)lua_rawlen(L, list) : 0;
  if (n < 1 || n > LUR_MAX_CLASSES)
    lur_raise_field(L, field, "a list of %lld names, but 1 to %d are possible", (long long)n, LUR_MAX_CLASSES);
  const char **names = push_array(L, n, sizeof *names);
  for (int k = 0; k < n; k++) {
    if (lua_rawgeti(L, list, k + 1) == LUA_TNUMBER) { /* its digits */
      char digits[32];
      lur_digits_write(lua_tonumber(L, -1), digits);
      lua_pushstring(L, digits);
      lua_remove(L, -2);
    }
    if (lua_type(L, -1) != LUA_TSTRING || strlen(lua_tostring(L, -1)) != lua_rawlen(L, -1))
      lur_raise_field(L, field, "%s is not %s", lur_push_found(L, -1), what);
    names[k] = lua_tostring(L, -1);
    for (int other = 0; other < k; other++)
      if (strcmp(names[other], names[k]) == 0)
        lur_raise_field(L, field, "\"%s\" is there twice", names[k]);
    keep_text(L, k);
  }
  lua_pop(L, 1);
  *n_texts = (int)n;
  return names;
}

/* { column = "sex", "male", "female" } on the top: puts the column in its place and its categories, held by the table
 * of texts beneath it at `slot`, into c. */
static void read_categories(lua_State *L, const char *field, int slot, struct lur_csv_column *c) {
  lua_pushvalue(L, -1);
  c->categories = read_words(L, field, "the name of a category", &c->n_categories);
  lua_rawseti(L, -4, slot);
  lua_pop(L, 1);
  lua_getfield(L, -1, "column");
  lua_remove(L, -2);
}

/* One column, or a list of them, of the field of the table at 2. The array that has them is left on the stack. */
static const struct lur_csv_column *read_columns(lua_State *L, const char *field, bool with_categories, int *n) {
  int type = lua_getfield(L, 2, field);
  const int list = lua_gettop(L);
  const bool is_list = type == LUA_TTABLE && !(with_categories && lua_getfield(L, list, "column") != LUA_TNIL);
  const lua_Integer count = type == LUA_TNIL ? 0 : is_list ? (lua_Integer)lua_rawlen(L, list) : 1;
  lua_settop(L, list);
  if (is_list && count == 0)
    lur_raise_field(L, field, "the list names no column");
  if (count > 2 * LUR_MAX_WIDTH)
    lur_raise_field(L, field, "too many columns");
  *n = (int)count;
  struct lur_csv_column *columns = push_array(L, count, sizeof *columns);
  for (int k = 0; k < *n; k++) {
    columns[k] = (struct lur_csv_column){0};
    if (is_list)
      lua_rawgeti(L, list, k + 1);
    else
      lua_pushvalue(L, list);
    if (with_categories && lua_type(L, -1) == LUA_TTABLE)
      read_categories(L, field, *n + k + 1, &columns[k]);
    const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    int is_whole = 1;
    lua_Integer number = name ? 1 : lua_tointegerx(L, -1, &is_whole);
    if (!is_whole || lua_type(L, -1) == LUA_TNIL || number == 0 || number < -2 * LUR_MAX_WIDTH ||
        number > 2 * LUR_MAX_WIDTH)
      lur_raise_field(L, field, "%s is neither a column's name nor its number", lur_push_found(L, -1));
    columns[k].number = (int)number;
    if (name)
      columns[k].name = keep_text(L, k);
    else
      lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return columns;
}

/* One character; `otherwise` where nothing is said. */
static char read_character(lua_State *L, const char *field, char otherwise) {
  size_t n = 1;
  if (lua_getfield(L, 2, field) == LUA_TNIL)
    return otherwise;
  const char *text = lua_tolstring(L, -1, &n);
  if (!text || n != 1 || *text == '"' || *text == '\n' || *text == '\r' || *text == '\0')
    lur_raise_field(L, field, "%s is not one character", lur_push_found(L, -1));
  return *text; /* copied before the text may go */
}

static char read_decimal(lua_State *L) {
  const char sign = read_character(L, "decimal", '.');
  if (sign != '.' && sign != ',')
    lur_raise_field(L, "decimal", "%s is not \".\" or \",\"", lur_push_found(L, -1));
  return sign;
}

static void read_missing_values(lua_State *L, struct lur_csv_options *o) {
  const int type = lua_getfield(L, 2, "missing_values");
  if (type == LUA_TSTRING || type == LUA_TNUMBER) { /* one alone */
    lua_createtable(L, 1, 0);
    lua_insert(L, -2);
    lua_rawseti(L, -2, 1);
  } else if (type != LUA_TNIL && type != LUA_TTABLE) {
    lur_raise_field(L, "missing_values", "%s is not a list of texts and numbers", lur_push_found(L, -1));
  }
  if (type != LUA_TNIL)
    o->missing_values = read_words(L, "missing_values", "a text or a number", &o->n_missing_values);
}

static void read_classes(lua_State *L, struct lur_csv_options *o) {
  int type = lua_getfield(L, 2, "classes");
  if (type == LUA_TNIL || (type == LUA_TSTRING && strcmp(lua_tostring(L, -1), "auto") == 0)) {
    o->classes = LUR_CLASSES_AUTO;
  } else if (type == LUA_TBOOLEAN) {
    o->classes = lua_toboolean(L, -1) ? LUR_CLASSES_TRUE : LUR_CLASSES_FALSE;
  } else if (type == LUA_TTABLE) {
    o->classes = LUR_CLASSES_LIST;
    o->class_names = read_words(L, "classes", "the name of a class", &o->n_class_names);
  } else {
    lur_raise_field(L, "classes", "%s is not \"auto\", true, false or a list of names", lur_push_found(L, -1));
  }
}

static struct lur_csv_options read_csv_options(lua_State *L) {
  const char *names[32] = {NULL};
  for (int i = 0; lur_csv_option_table[i].name; i++)
    names[i] = lur_csv_option_table[i].name;
  lur_need_stack(L, 32);
  if (lua_isnoneornil(L, 2)) {
    lua_settop(L, 1);
    lua_newtable(L);
  }
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  lur_check_names(L, 2, names);
  struct lur_csv_options o = {
      .header = lua_getfield(L, 2, "header") == LUA_TNIL   ? LUR_HEADER_AUTO
                : lur_boolean_field(L, 2, "header", false) ? LUR_HEADER_TRUE
                                                           : LUR_HEADER_FALSE,
      .missing = (enum lur_missing)lur_choice_field(L, 2, "missing", lur_missing_names, LUR_MISSING_ERROR),
      .text = (enum lur_text)lur_choice_field(L, 2, "text", lur_text_names, LUR_TEXT_ERROR),
      .unknown_is_zeros = lur_choice_field(L, 2, "unknown", lur_unknown_names, 0) == 1,
      .separator = read_character(L, "separator", '\0'),
      .decimal = read_decimal(L),
      .comment = read_character(L, "comment", '\0'),
      .skip = (long)lur_integer_field(L, 2, "skip", 0, 0, INT32_MAX),
  };
  if (o.separator == ',' && o.decimal == ',')
    lur_raise_field(L, "decimal", "the separator is a comma, too");
  o.targets = read_columns(L, "targets", false, &o.n_targets);
  o.inputs = read_columns(L, "inputs", false, &o.n_inputs);
  o.drop = read_columns(L, "drop", false, &o.n_drop);
  o.onehot = read_columns(L, "onehot", true, &o.n_onehot);
  read_missing_values(L, &o);
  read_classes(L, &o);
  return o;
}

static int loaded(lua_State *L, struct lur_dataset *d, const struct lur_error *e) {
  if (!d)
    return lur_raise(L, e);
  lur_dataset_narrow(d);
  return 1;
}

static int f_csv(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  struct lur_csv_options o = read_csv_options(L);
  struct lur_error e = {0};
  path = lur_push_path(L, path);
  struct lur_buffer *text = lur_push_file(L, path);
  struct lur_dataset **data = lur_new_data(L);
  *data = lur_csv_read(path, text->data, text->length_bytes, &o, &e);
  lur_buffer_free(text);
  struct lur_error none;
  const struct lur_data_format *other = *data ? NULL : lur_format_find(path, &none);
  const size_t n = strlen(e.text);
  if (other)
    snprintf(e.text + n, sizeof e.text - n, "; the file looks as luron.%s reads it", other->name);
  return loaded(L, *data, &e);
}

/* ---- luron.fann and the other formats, and luron.read ---- */
/* One text, or where a list may be there its texts, on the top. The array that has them is left in its place. */
static void read_texts(lua_State *L, const struct lur_format_option *o, struct lur_format_value *v) {
  const bool is_list = o->kind == LUR_OPTION_TEXTS && lua_type(L, -1) == LUA_TTABLE;
  const int at = lua_gettop(L);
  const lua_Integer n = is_list ? (lua_Integer)lua_rawlen(L, at) : 1;
  if (n > LUR_MAX_WIDTH)
    lur_raise_field(L, o->name, "more than %d names", LUR_MAX_WIDTH);
  const char **texts = push_array(L, n, sizeof *texts);
  for (int k = 0; k < n; k++) {
    if (is_list)
      lua_rawgeti(L, at, k + 1);
    else
      lua_pushvalue(L, at);
    if (lua_type(L, -1) != LUA_TSTRING)
      lur_raise_field(L, o->name, "%s is not a text", lur_push_found(L, -1));
    texts[k] = keep_text(L, k);
  }
  v->texts = texts;
  v->count = (int)n;
  lua_pop(L, 1);
  lua_replace(L, at);
}

/* The options in the table at `index`, in the order of the row. */
static void read_options(lua_State *L, int index, const struct lur_data_format *f, struct lur_format_value *v) {
  const char *names[LUR_MOST_FORMAT_OPTIONS + 1] = {NULL};
  for (int i = 0; i < LUR_MOST_FORMAT_OPTIONS; i++)
    names[i] = f->option[i].name;
  lur_check_names(L, index, names);
  for (int i = 0; i < LUR_MOST_FORMAT_OPTIONS && f->option[i].name; i++) {
    const struct lur_format_option *o = &f->option[i];
    v[i].is_given = lua_getfield(L, index, o->name) != LUA_TNIL;
    switch (o->kind) {
    case LUR_OPTION_COUNT: v[i].count = (int)lur_integer_field(L, index, o->name, 0, 1, LUR_MAX_WIDTH); break;
    case LUR_OPTION_TRUTH: v[i].truth = lur_boolean_field(L, index, o->name, false); break;
    case LUR_OPTION_TEXT:
    case LUR_OPTION_TEXTS:
      if (v[i].is_given)
        read_texts(L, o, &v[i]);
      break;
    }
  }
}

/* The files and options from the first argument on; the paths are left on the stack. */
static struct lur_format_input read_input(lua_State *L, const struct lur_data_format *f) {
  struct lur_format_input in = {0};
  while (in.n_files < f->n_most && (in.n_files < f->n_least || lua_type(L, in.n_files + 1) == LUA_TSTRING))
    in.file[in.n_files].name = luaL_checkstring(L, in.n_files + 1), in.n_files++;
  const int table = in.n_files + 1;
  if (lua_type(L, table) == LUA_TSTRING)
    luaL_error(L, "%s: %d file%s given, but it takes %d", f->name, in.n_files + 1, in.n_files ? "s" : "", f->n_most);
  if (!lua_isnoneornil(L, table)) {
    luaL_checktype(L, table, LUA_TTABLE);
    read_options(L, table, f, in.value);
  }
  for (int i = 0; i < in.n_files; i++)
    in.file[i].name = lur_push_path(L, in.file[i].name);
  return in;
}

/* Into data sets: one, or as many as the file has; nil stands for one that it lacks. */
static int load(lua_State *L, const struct lur_data_format *f) {
  struct lur_error e = {0};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL}, **place[LUR_MOST_FORMAT_SETS];
  struct lur_buffer *text[LUR_MOST_FORMAT_PATHS];
  int last = 0;
  lur_need_stack(L, 2 * LUR_MOST_FORMAT_OPTIONS + 2 * LUR_MOST_FORMAT_PATHS + LUR_MOST_FORMAT_SETS + 8);
  struct lur_format_input in = read_input(L, f);
  for (int i = 0; i < in.n_files; i++) {
    text[i] = lur_push_file(L, in.file[i].name);
    in.file[i].at = text[i]->data;
    in.file[i].n = text[i]->length_bytes;
  }
  const int first = lua_gettop(L) + 1;
  for (int k = 0; k < LUR_MOST_FORMAT_SETS; k++)
    place[k] = lur_new_data(L);
  const int code = lur_format_read(f, &in, set, &e);
  for (int i = 0; i < in.n_files; i++)
    lur_buffer_free(text[i]);
  if (code)
    lur_raise(L, &e);
  for (int k = 0; k < LUR_MOST_FORMAT_SETS; k++) {
    if ((*place[k] = set[k])) {
      lur_dataset_narrow(set[k]);
      last = k;
    } else {
      lua_pushnil(L);
      lua_replace(L, first + k);
    }
  }
  lua_settop(L, first + last);
  return last + 1;
}

/* Upvalue 1: the format's number. */
static int f_load(lua_State *L) {
  return load(L, lur_data_formats[lua_tointeger(L, lua_upvalueindex(1))]);
}

static int f_read(lua_State *L) {
  struct lur_error e = {0};
  luaL_checkstring(L, 1);
  lua_settop(L, LUR_MOST_FORMAT_PATHS + 1);
  const struct lur_data_format *f = lur_format_find(lur_push_path(L, lua_tostring(L, 1)), &e);
  lua_pop(L, 1);
  if (f)
    return load(L, f);
  return e.code ? lur_raise(L, &e) : f_csv(L);
}

/* ---- luron.data ---- */
/* Upvalue 1: which generator. */
static int f_generate(lua_State *L) {
  static const char *const names[LUR_N_GENERATORS][6] = {
      [LUR_XOR] = {"n", "noise", "seed"},
      [LUR_PARITY] = {"bits"},
      [LUR_SPIRAL] = {"n", "noise", "seed", "turns"},
      [LUR_CIRCLES] = {"n", "noise", "seed", "factor"},
      [LUR_MOONS] = {"n", "noise", "seed"},
      [LUR_GAUSSIANS] = {"n", "noise", "seed", "classes"},
  };
  struct lur_error e = {0};
  struct lur_declaration d = lur_generator_declare((enum lur_generator)lua_tointeger(L, lua_upvalueindex(1)));
  if (!lua_isnoneornil(L, 1)) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lur_check_names(L, 1, names[d.kind]);
    d.n = (size_t)lur_integer_field(L, 1, "n", (lua_Integer)d.n, 1, LUR_MAX_ROWS);
    d.bits = (int)lur_integer_field(L, 1, "bits", d.bits, 1, LUR_MAX_BITS);
    d.classes = (int)lur_integer_field(L, 1, "classes", d.classes, 2, LUR_MAX_WIDTH);
    d.noise = lur_number_field(L, 1, "noise", d.noise);
    d.factor = lur_number_field(L, 1, "factor", d.factor);
    d.turns = lur_number_field(L, 1, "turns", d.turns);
    d.seed = (uint64_t)lur_integer_field(L, 1, "seed", (lua_Integer)d.seed, LUA_MININTEGER, LUA_MAXINTEGER);
  }
  struct lur_dataset **data = lur_new_data(L);
  *data = lur_generator_make(&d, &e);
  return *data ? 1 : lur_raise(L, &e);
}

void lur_open_data_sources(lua_State *L) {
  lua_pushcfunction(L, f_csv);
  lua_setfield(L, -2, "csv");
  lua_pushcfunction(L, f_read);
  lua_setfield(L, -2, "read");
  for (int i = 0; lur_data_formats[i]; i++) {
    lua_pushinteger(L, i);
    lua_pushcclosure(L, f_load, 1);
    lua_setfield(L, -2, lur_data_formats[i]->name);
  }
  lua_createtable(L, 0, LUR_N_GENERATORS);
  for (int kind = 0; kind < LUR_N_GENERATORS; kind++) {
    lua_pushinteger(L, kind);
    lua_pushcclosure(L, f_generate, 1);
    lua_setfield(L, -2, lur_generator_names[kind]);
  }
  lua_setfield(L, -2, "data");
}
