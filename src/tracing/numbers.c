/* SPDX-License-Identifier: MIT
 * The numbers that a function may compare a value with: those in its text, in the values that it holds on to, and in
 * globals that it names. A check tries each of them and its neighbours (check.c), because a comparison by == leaves
 * nothing in the trace. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "module/bytecode.h"
#include "tracing/trace.h"

enum { LARGEST_TABLE = 64, DEEPEST_TABLE = 4 }; /* larger ones are data; those within those within ... */

/* A userdata, so that a raise frees what it has. */
struct found {
  lua_State *L;
  struct lur_buffer numbers, code; /* of doubles; of the function that is looked at */
  bool has_equality;
};

static int free_found(lua_State *L) {
  struct found *f = lua_touserdata(L, 1);
  lur_buffer_free(&f->numbers);
  lur_buffer_free(&f->code);
  return 0;
}

static void add_number(void *context, double x) {
  lur_buffer_add(&((struct found *)context)->numbers, (const char *)&x, sizeof x);
}

static int count_pairs(lua_State *L, int table) {
  int n = 0;
  for (lua_pushnil(L); n <= LARGEST_TABLE && lua_next(L, table); lua_pop(L, 1))
    n++;
  lua_settop(L, table);
  return n;
}

/* The value on the top, and is popped: a number, or those in a table and in tables within it. */
static void add_value(struct found *f, int depth) {
  lua_State *L = f->L;
  const int table = lua_gettop(L);
  lur_need_stack(L, 8);
  if (lua_type(L, -1) == LUA_TNUMBER)
    add_number(f, lua_tonumber(L, -1));
  if (lua_istable(L, -1) && depth > 0 && count_pairs(L, table) <= LARGEST_TABLE)
    for (lua_pushnil(L); lua_next(L, table); lua_settop(L, table + 1)) {
      if (lua_type(L, table + 1) == LUA_TNUMBER)
        add_number(f, lua_tonumber(L, table + 1));
      add_value(f, depth - 1);
    }
  lua_settop(L, table - 1);
}

/* A text in the code may be the name of a global. */
static void add_global(void *context, const char *text, size_t n) {
  struct found *f = context;
  lua_pushglobaltable(f->L);
  lua_pushlstring(f->L, text, n);
  if (lua_rawget(f->L, -2) == LUA_TNUMBER)
    add_value(f, DEEPEST_TABLE);
  else
    lua_pop(f->L, 1);
  lua_pop(f->L, 1);
}

static void note_equality(void *context) {
  ((struct found *)context)->has_equality = true;
}

static int write_chunk(lua_State *L, const void *bytes, size_t n, void *buffer) {
  (void)L;
  lur_buffer_add(buffer, bytes, n);
  return 0;
}

/* The function on the top. */
static void add_function(struct found *f) {
  const struct lur_bytecode_visitor visitor = {add_number, add_global, note_equality, f};
  const int function = lua_gettop(f->L);
  f->code.length_bytes = 0;
  lua_dump(f->L, write_chunk, &f->code, 1);
  if (f->code.failed)
    lur_raise_memory(f->L);
  lur_bytecode_visit((const unsigned char *)f->code.data, f->code.length_bytes, &visitor);
  for (int i = 1; lua_getupvalue(f->L, function, i); i++) {
    lua_rawgeti(f->L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    const bool is_globals = lua_rawequal(f->L, -1, -2);
    lua_pop(f->L, 1);
    is_globals ? lua_pop(f->L, 1) : add_value(f, DEEPEST_TABLE);
  }
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

const double *lur_push_numbers(lua_State *L, int called, size_t *n, bool *has_equality) {
  struct found *f = lua_newuserdatauv(L, sizeof *f, 0);
  *f = (struct found){.L = L};
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, free_found);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  for (lua_Integer i = 1, last = (lua_Integer)lua_rawlen(L, called); i <= last; i++) {
    lua_rawgeti(L, called, i);
    add_function(f);
    lua_pop(L, 1);
  }
  if (f->numbers.failed)
    lur_raise_memory(L);
  double *x = (double *)(void *)f->numbers.data;
  size_t n_all = f->numbers.length_bytes / sizeof *x, n_kept = 0, n_numbers = 0;
  for (size_t i = 0; i < n_all; i++)
    if (isfinite(x[i]))
      x[n_numbers++] = x[i];
  if (n_numbers > 0)
    qsort(x, n_numbers, sizeof *x, compare);
  for (size_t i = 0; i < n_numbers; i++)
    if (i == 0 || x[i] != x[n_kept - 1])
      x[n_kept++] = x[i];
  *n = n_kept;
  *has_equality = f->has_equality;
  return x;
}
