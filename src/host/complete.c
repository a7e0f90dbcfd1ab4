/* SPDX-License-Identifier: MIT
 * What a word that was begun may become. After a dot or a colon it is a name in the object before it, which is found by
 * names alone: nothing that was typed is run, but for the fields of luron's own objects. Within braces fields of an
 * experiment are among the names; within quotes after `field =` the words that the field takes. */
#include <ctype.h>
#include <string.h>

#include "host/prompt.h"
#include "sweep/library.h"

/* What is to be completed: the text up to the cursor, and from where on its last word stands. */
struct begun {
  const char *text;
  size_t n, from;
};

static bool is_of_name(char c) {
  return isalnum((unsigned char)c) || c == '_';
}

/* Adds the name at the top of the list beneath `names` (a set), if it begins as the word does. */
static void offer(lua_State *L, int names, const struct begun *b, const char *name) {
  if (strncmp(name, b->text + b->from, b->n - b->from) != 0)
    return;
  lua_pushboolean(L, true);
  lua_setfield(L, names, name);
}

/* The names among the keys of the table on the top; only of functions where those are asked for. */
static void offer_keys(lua_State *L, int names, const struct begun *b, bool functions) {
  const int table = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
    bool plain = name[0] && !isdigit((unsigned char)name[0]) && strncmp(name, "__", 2) != 0;
    for (const char *at = name; *at; at++)
      plain = plain && is_of_name(*at);
    if (plain && (!functions || lua_isfunction(L, -1)))
      offer(L, names, b, name);
  }
}

/* The methods of the object at the index: __index is a table of them, or a function of ours that has it as its first
 * upvalue. */
static void offer_methods(lua_State *L, int index, int names, const struct begun *b) {
  const int top = lua_gettop(L);
  if (luaL_getmetafield(L, index, "__index") == LUA_TFUNCTION)
    lua_getupvalue(L, -1, 1);
  if (lua_istable(L, -1) && lua_gettop(L) > top)
    offer_keys(L, names, b, true);
  lua_settop(L, top);
}

/* The fields of an object of ours, as pairs goes over them. */
static void offer_fields(lua_State *L, int index, int names, const struct begun *b) {
  enum { MOST = 1000 };
  const int top = lua_gettop(L);
  if (luaL_getmetafield(L, index, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, index);
    lua_call(L, 1, 3);
    for (int i = 0; i < MOST; i++) {
      lua_pushvalue(L, top + 1);
      lua_pushvalue(L, top + 2);
      lua_pushvalue(L, top + 3);
      lua_call(L, 2, 1);
      lua_replace(L, top + 3);
      if (lua_type(L, top + 3) != LUA_TSTRING)
        break;
      offer(L, names, b, lua_tostring(L, top + 3));
    }
  }
  lua_settop(L, top);
}

/* Pushes what the names before the word say: of `a.b.c` what a.b is. Tables are read without their metamethods. */
static void push_owner(lua_State *L, const struct begun *b, size_t begin, size_t end) {
  lua_pushglobaltable(L);
  for (size_t at = begin; at < end;) {
    size_t n = 0;
    while (at + n < end && is_of_name(b->text[at + n]))
      n++;
    lua_pushlstring(L, b->text + at, n);
    if (lua_istable(L, -2))
      lua_rawget(L, -2);
    else if (lua_isuserdata(L, -2))
      lua_gettable(L, -2);
    else
      lua_pushnil(L);
    lua_remove(L, -2);
    at += n + 1;
  }
}

static void offer_members(lua_State *L, int names, const struct begun *b) {
  const bool calls = b->text[b->from - 1] == ':';
  size_t begin = b->from - 1;
  while (begin > 0 && (is_of_name(b->text[begin - 1]) || b->text[begin - 1] == '.'))
    begin--;
  if (begin == b->from - 1)
    return;
  push_owner(L, b, begin, b->from - 1);
  const int owner = lua_gettop(L);
  if (lua_istable(L, owner)) {
    offer_keys(L, names, b, calls);
  } else if (!lua_isnil(L, owner)) {
    offer_methods(L, owner, names, b);
    if (!calls && lua_isuserdata(L, owner))
      offer_fields(L, owner, names, b);
  }
}

/* How many braces are open at the end, and the quote that is; texts in between are passed over. */
static int open_braces(const struct begun *b, char *quote) {
  int n = 0;
  *quote = '\0';
  for (size_t i = 0; i < b->from; i++) {
    const char c = b->text[i];
    if (*quote)
      *quote = c == *quote ? '\0' : *quote;
    else if (c == '"' || c == '\'')
      *quote = c;
    else
      n += (c == '{') - (c == '}');
  }
  return n;
}

/* `field = "`, before the word: the words that the field takes. */
static void offer_values(lua_State *L, int names, const struct begun *b) {
  size_t end = b->from - 1, begin;
  while (end > 0 && strchr(" ={", b->text[end - 1]))
    end--;
  for (begin = end; begin > 0 && is_of_name(b->text[begin - 1]);)
    begin--;
  lua_pushlstring(L, b->text + begin, end - begin);
  const int id = lur_field_find(lua_tostring(L, -1), NULL);
  if (id < 0)
    return;
  const struct lur_field *f = &lur_fields[id];
  for (int i = 0; f->choices && f->choices[i]; i++)
    offer(L, names, b, f->choices[i]);
  for (const struct lur_library_entry *e = NULL; f->flags & LUR_FUNCTION && (e = lur_library_next(f->role, e));)
    offer(L, names, b, e->name);
}

static void offer_names(lua_State *L, int names, const struct begun *b, int n_open) {
  static const char *const words[] = {"and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
                                      "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
                                      "repeat",   "return", "then", "true", "until",  "while", "stop",  NULL};
  lua_pushglobaltable(L);
  offer_keys(L, names, b, false);
  for (int i = 0; words[i]; i++)
    offer(L, names, b, words[i]);
  for (int i = 0; n_open > 0 && i < LUR_N_FIELDS; i++)
    offer(L, names, b, lur_fields[i].name);
}

/* Of a struct begun: the list of names in the alphabet's order. */
static int find_names(lua_State *L) {
  struct begun *b = lua_touserdata(L, 1);
  char quote;
  b->from = b->n;
  while (b->from > 0 && is_of_name(b->text[b->from - 1]))
    b->from--;
  lua_newtable(L);
  const int n_open = open_braces(b, &quote);
  if (quote && b->from > 0 && b->text[b->from - 1] == quote)
    offer_values(L, 2, b);
  else if (!quote && b->from > 0 && (b->text[b->from - 1] == '.' || b->text[b->from - 1] == ':'))
    offer_members(L, 2, b);
  else if (!quote)
    offer_names(L, 2, b, n_open);
  lur_push_names(L, 2, LUR_BY_ALPHABET);
  return 1;
}

void lur_prompt_complete(void *state, const char *text, size_t n, size_t *from, struct lur_buffer *names) {
  lua_State *L = state;
  struct begun b = {text, n, n};
  const int top = lua_gettop(L);
  if (!lua_checkstack(L, 4))
    return;
  lua_pushcfunction(L, find_names);
  lua_pushlightuserdata(L, &b);
  if (lua_pcall(L, 1, 1, 0) == LUA_OK)
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
      lur_buffer_add(names, lua_tostring(L, -1), lua_rawlen(L, -1) + 1);
      lua_pop(L, 1);
    }
  *from = b.from;
  lua_settop(L, top);
}
