/* SPDX-License-Identifier: MIT
 * What the files of tracing share: the one trace that a Lua state may be making, found from the state's registry. It
 * is idle, or it traces (arguments are symbols), or it checks (arguments are the numbers of a point). */
#ifndef LUR_TRACING_TRACE_H
#define LUR_TRACING_TRACE_H

#include "tracing/tracing.h"

enum {
  LUR_MAX_PATHS = 64,
  LUR_MAX_DECISIONS = 32,             /* of one call */
  LUR_MAX_INSTRUCTIONS = 1000 * 1000, /* of one call */
  LUR_HOOK_EVERY = 1000
};

/* Where the value of an argument is kept while a function is checked. */
enum {
  LUR_SLOT_STATE = LUR_N_INPUTS, /* inputs that have no index are before it */
  LUR_SLOT_DRAW = LUR_SLOT_STATE + LUR_MAX_STATES,
  LUR_SLOT_NUMBER = LUR_SLOT_DRAW + LUR_MAX_DRAWS,
  LUR_N_SLOTS = LUR_SLOT_NUMBER + LUR_MAX_OWN_NUMBERS
};

enum lur_tracing_mode { LUR_IDLE, LUR_TRACES, LUR_CHECKS };

struct lur_decision {
  int at; /* the comparison */
  bool answer;
};

struct lur_tracing {
  enum lur_tracing_mode mode;
  bool math_is_ours; /* the functions in math are exchanged for good */
  const struct lur_trace *what;
  struct lur_builder *builder;
  /* of the present call */
  uint32_t call;                                      /* which, of all: a symbol of an earlier one is refused */
  int n_instructions, n_draws, n_decisions, n_forced; /* the first n_forced decisions are given */
  struct lur_decision decision[LUR_MAX_DECISIONS];
  /* of all calls of the trace */
  int n_paths;
  bool is_read[LUR_N_SLOTS];
  enum lur_input draw[LUR_MAX_DRAWS]; /* UNIFORM or NORMAL */
  int n_numbers;
  char number[LUR_MAX_OWN_NUMBERS][LUR_NAME_ROOM];
  double usual[LUR_MAX_OWN_NUMBERS]; /* their values in the script */
  double value[LUR_N_SLOTS];         /* of the point that is checked */
  char line[LUA_IDSIZE + 16];        /* of a call that is watched: the last that the trace knows, "file:line: " */
  bool is_off_path;                  /* it has come to another */
  bool told;                         /* the error has its line and its remedy */
};

/* ---- fail.c ---- */
struct lur_tracing *lur_tracing_of(lua_State *L);     /* made at the first call */
void lur_push_where(lua_State *L);                    /* "file:line: " of the nearest Lua function, or "" */
void lur_push_where_defined(lua_State *L, int index); /* of the first line of the function at `index` */
/* Raise "file:line: field: text" with these lines, or with one that is given. */
int lur_trace_fail(lua_State *L, struct lur_tracing *t, const char *format, ...) __attribute__((format(printf, 3, 4)));
int lur_fail_at(lua_State *L, struct lur_tracing *t, const char *where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int lur_fail_defined(lua_State *L, struct lur_tracing *t, int index, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- known.c ---- */
void lur_allow(lua_State *L, int index);                   /* the function there takes symbols */
void lur_allow_all(lua_State *L);                          /* those in the table on the top, which is popped */
void lur_allow_class(lua_State *L, const char *name);      /* the metamethods of a class */
void lur_refuse(lua_State *L, int index, const char *why); /* the function there is not called in a trace */
/* Pushes what is known of the function at `index`: why it is not called, or NULL. */
const char *lur_push_known(lua_State *L, int index, bool *takes_symbols);

/* ---- lines.c ---- */
void lur_lines_start(lua_State *L);
void lur_lines_stop(lua_State *L);
void lur_lines_note(lua_State *L, struct lur_tracing *t, lua_Debug *at);

/* ---- symbol.c ---- */
bool lur_is_symbol(lua_State *L, int index);
void lur_push_symbol(lua_State *L, struct lur_tracing *t, int at); /* raises where at is -1 */
/* The place of the symbol or number at `index`. what: the operator or function that it is an operand of. */
int lur_operand(lua_State *L, struct lur_tracing *t, int index, const char *what);
/* Replaces the operands on the top, symbols or numbers, by the operation's value: a symbol, or a number where they all
 * are numbers. */
void lur_apply(lua_State *L, struct lur_tracing *t, enum lur_op_id id, const char *what);
/* Whether the comparison holds, on this path. */
bool lur_fork(lua_State *L, struct lur_tracing *t, enum lur_op_id id, int a, int b);
void lur_open_symbols(lua_State *L);

/* ---- limits.c: what a function may do while it is traced ---- */
void lur_open_limits(lua_State *L);
void lur_limits_hook(lua_State *L, lua_Debug *at);
void lur_watch_lines(lua_State *L, bool on); /* whether the hook is told of lines */
/* The message of Lua or of the script on the top gets the field and what to write instead, and the line of the function
 * at `function` where it has none. */
void lur_complete_message(lua_State *L, const char *field, int function);

/* ---- arguments.c: z, w, s, h, r, p ---- */
void lur_push_argument(lua_State *L, struct lur_tracing *t, enum lur_input input, int index);
/* What the C function that calls has on its stack. */
enum { LUR_AT_FUNCTION = 1, LUR_AT_SLOPE, LUR_AT_PARAMS, LUR_AT_NUMBERS, LUR_AT_CALLED };
/* Pushes the arguments of the role's function and returns their number; states: where an optimizer's s is, else 0. */
int lur_push_arguments(lua_State *L, struct lur_tracing *t, int *states);
void lur_push_parameters(lua_State *L);               /* p */
void lur_push_state(lua_State *L, int states, int k); /* the value that the k-th state was left with */
int lur_slot(enum lur_input input, int index);
bool lur_rule_is_told(const char *name); /* whether a rule's h has something of that name by itself */
void lur_open_arguments(lua_State *L);

/* ---- functions.c ---- */
/* In a Lua without the host, while a function is traced. */
void lur_exchange_math(lua_State *L);
void lur_restore_math(lua_State *L);

/* ---- call.c ---- */
/* Calls the function once and pushes what it gives, as many values as the program has results, and returns how many. */
int lur_call_traced(lua_State *L, struct lur_tracing *t);

/* ---- check.c ---- */
/* Compares the program with the function; LUR_AT_CALLED: a list of the functions in Lua that ran while it was traced.
 */
void lur_check_trace(lua_State *L, struct lur_tracing *t, const struct lur_program *p);
/* ---- numbers.c ---- */
/* The numbers in the text of the functions in the list at `called`, in their upvalues and in the tables there,
 * ascending and each once; a userdata is pushed that owns them. */
const double *lur_push_numbers(lua_State *L, int called, size_t *n, bool *has_equality);

#endif
