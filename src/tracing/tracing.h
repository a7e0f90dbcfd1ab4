/* SPDX-License-Identifier: MIT
 * Functions of a script become programs: they are called with symbols in place of numbers, and what they do with them
 * is written down (docs/design.md, "Functions in the loop"). A program is then compared with its function at many
 * points, so that a trace that is not its function never trains. Main thread only; all of it may raise. */
#ifndef LUR_TRACING_TRACING_H
#define LUR_TRACING_TRACING_H

#include "engine/program/program.h"
#include "module/module.h"
#include "sweep/library.h"

/* ---- What a maker makes: luron.activation{ name =, f = } ---- */
/* A "luron.function"; its user value is a copy of the table that it was made of. */
struct lur_function {
  enum lur_role role;
  char name[LUR_NAME_ROOM]; /* as given; "" where it was not */
  int n_states;             /* of an optimizer */
  char state[LUR_MAX_STATES][LUR_NAME_ROOM];
  double learning_rate; /* an optimizer's, where none is given; 0.01 unless the maker says */
  bool full_batch;      /* the optimizer needs one */
  int line;             /* where it was made; user value 2 is the source's name */
};
/* NULL where the value at `index` is none. */
const struct lur_function *lur_to_function(lua_State *L, int index);
/* Pushes the "luron.function" that the entry's file returns, the same one each time. */
void lur_push_library(lua_State *L, const struct lur_library_entry *entry);

/* ---- Tracing ---- */
/* What is traced. Stack places; 0: there is none. */
struct lur_trace {
  enum lur_role role;
  const char *field; /* what messages call it: "activation", "output_activation" */
  int function, slope;
  int params;  /* a table: a number in it is a named number of the program, a text or a boolean a constant; other values
                  are left out */
  int numbers; /* a table of the entry's numbers, name = default: named numbers, read as p.NAME and h.NAME */
  int n_states;
  const char *state[LUR_MAX_STATES]; /* held by what is traced */
};
/* Whether the value at `index` can be traced: a function in Lua, or a "luron.function". */
bool lur_is_traceable(lua_State *L, int index);
/* Fills t with what the value at `index` says, and with params and field as they are given, and pushes what t names:
 * always three values. A plain function has the role `role`; a maker's value of another role is an error. */
void lur_push_trace(lua_State *L, int index, enum lur_role role, const char *field, int params, struct lur_trace *t);
/* Pushes a userdata that owns the program of it. Raises at the function's line where it cannot be traced, and where
 * its trace and the function differ. */
const struct lur_program *lur_push_traced(lua_State *L, const struct lur_trace *t);
/* Pushes an empty userdata and lends it a program to own and free. */
struct lur_program **lur_new_program(lua_State *L);

/* ---- Names ---- */
/* Pushes the name of the value at `index`, a function or a maker's value: the given one, else that of a local of a
 * running function that holds it, or the local that the function's first line makes; else own_ and 8 digits of the
 * program's hash. */
const char *lur_push_function_name(lua_State *L, int index, const struct lur_program *p);
/* own_ and 8 digits. 0, or LUR_ENOMEM. */
int lur_own_name(const struct lur_program *p, char out[LUR_NAME_ROOM]);

/* ---- The module ---- */
/* The functions of `math` in the host: they take symbols while a function is traced, and are Lua's own else. */
void lur_open_math(lua_State *L);
void lur_open_functions(lua_State *L); /* luron.exp, luron.fma ... luron.sigmoid, for numbers and symbols */
void lur_open_makers(lua_State *L);    /* luron.activation, loss, optimizer, schedule, penalty, init */

#endif
