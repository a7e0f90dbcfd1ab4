/* SPDX-License-Identifier: MIT
 * What a function is called, as a value of an axis and in columns: the name that its maker was given, else the local
 * that holds it, else a name by what it computes. */
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "data/file.h"
#include "tracing/trace.h"

static const char word_bytes[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

int lur_own_name(const struct lur_program *p, char out[LUR_NAME_ROOM]) {
  struct lur_buffer text = {0};
  struct lur_sha256 s;
  char hex[65];
  lur_program_write(p, &text);
  if (text.failed) {
    lur_buffer_free(&text);
    return LUR_ENOMEM;
  }
  lur_sha256_start(&s);
  lur_sha256_add(&s, text.data, text.length_bytes);
  lur_sha256_finish(&s, hex);
  lur_buffer_free(&text);
  snprintf(out, LUR_NAME_ROOM, "own_%.8s", hex);
  return LUR_OK;
}

/* ---- Locals of functions that run ---- */
typedef const char *get_variable(lua_State *L, lua_Debug *ar, int i);

static const char *get_local(lua_State *L, lua_Debug *ar, int i) {
  return lua_getlocal(L, ar, i);
}

/* Of the function on the top. */
static const char *get_upvalue(lua_State *L, lua_Debug *ar, int i) {
  (void)ar;
  return lua_getupvalue(L, -1, i);
}

/* The name of the first variable that holds the value at `index`; NULL: none does. */
static const char *find_variable(lua_State *L, lua_Debug *ar, get_variable *get, int index) {
  const char *name;
  for (int i = 1; (name = get(L, ar, i)); i++) {
    const bool is_it = lua_rawequal(L, -1, index) && name[0] != '(' && name[0] != '\0';
    lua_pop(L, 1);
    if (is_it)
      return name;
  }
  return NULL;
}

static const char *push_variable(lua_State *L, int index) {
  lua_Debug ar;
  for (int level = 0; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sf", &ar);
    const char *name = ar.what[0] == 'C' ? NULL : find_variable(L, &ar, get_local, index);
    if (!name && ar.what[0] != 'C')
      name = find_variable(L, &ar, get_upvalue, index);
    if (name && strlen(name) < LUR_NAME_ROOM) {
      lua_pushstring(L, name);
      lua_remove(L, -2);
      return lua_tostring(L, -1);
    }
    lua_pop(L, 1);
  }
  return NULL;
}

/* ---- The line that makes it: of a table that is returned, the locals are gone ---- */
/* The text after the word, and blanks, at the begin of text; NULL where that is another one. */
static const char *after(const char *text, const char *word) {
  const size_t n = strlen(word);
  if (strncmp(text, word, n) != 0 || (n > 0 && strspn(text + n, word_bytes) > 0))
    return NULL;
  return text + n + strspn(text + n, " \t");
}

static bool has_two_functions(const char *line) {
  const char *end = line + strcspn(line, "\n"), *first = strstr(line, "function");
  const char *second = first ? strstr(first + 1, "function") : NULL;
  return second && second < end;
}

/* "local function NAME" and "local NAME = function", or "local NAME = luron.ROLE". */
static bool read_local(const char *line, const char *role, char out[LUR_NAME_ROOM]) {
  const char *at = after(line + strspn(line, " \t"), "local"), *name = at ? after(at, "function") : NULL;
  const bool is_function = name != NULL;
  name = is_function ? name : at;
  const size_t n = name ? strspn(name, word_bytes) : 0;
  if (n == 0 || n >= LUR_NAME_ROOM || (is_function && role) || has_two_functions(line))
    return false;
  const char *rest = name + n + strspn(name + n, " \t");
  if (!is_function) {
    if (*rest != '=')
      return false;
    rest += 1 + strspn(rest + 1, " \t");
    size_t path = strcspn(rest, " \t{(");
    const char *word = role ? role : "function";
    if (path < strlen(word) || strncmp(rest + path - strlen(word), word, strlen(word)) != 0)
      return false;
  }
  memcpy(out, name, n);
  out[n] = '\0';
  return true;
}

static bool read_line(const char *source, int line, const char *role, char out[LUR_NAME_ROOM]) {
  size_t n;
  char *text = source[0] == '@' ? lur_file_read(source + 1, &n, NULL) : NULL;
  const char *at = text;
  for (int i = 1; at && i < line; i++) {
    at = strchr(at, '\n');
    at = at ? at + 1 : NULL;
  }
  const bool found = at && read_local(at, role, out);
  free(text);
  return found;
}

static bool read_definition(lua_State *L, int index, char out[LUR_NAME_ROOM]) {
  const struct lur_function *f = lur_to_function(L, index);
  lua_Debug ar;
  if (f) {
    const bool has_source = lua_getiuservalue(L, index, 2) == LUA_TSTRING;
    const bool found = has_source && read_line(lua_tostring(L, -1), f->line, lur_role_names[f->role], out);
    lua_pop(L, 1);
    return found;
  }
  lua_pushvalue(L, index);
  lua_getinfo(L, ">S", &ar);
  return read_line(ar.source, ar.linedefined, NULL, out);
}

const char *lur_push_function_name(lua_State *L, int index, const struct lur_program *p) {
  const struct lur_function *f = lur_to_function(L, index);
  char name[LUR_NAME_ROOM];
  index = lua_absindex(L, index);
  lur_need_stack(L, 8);
  if (f && f->name[0])
    return lua_pushstring(L, f->name);
  if (push_variable(L, index))
    return lua_tostring(L, -1);
  if (!read_definition(L, index, name) && lur_own_name(p, name))
    lur_raise_memory(L);
  return lua_pushstring(L, name);
}
