/* SPDX-License-Identifier: MIT
 * What `require "luron"` gives that needs no experiment, and the kit that all files with Lua share: the host behind a
 * state, how classes are made, how arguments are read and mistakes answered. Everything here runs inside the host's
 * protected call and may raise, so nothing that a raise would leak (an allocation, a lock, a statement) may be live
 * across these calls. */
#ifndef LUR_MODULE_MODULE_H
#define LUR_MODULE_MODULE_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/exit.h"
#include "base/signals.h"
#include "data/network.h"
#include "session/request.h"
#include "sweep/axis.h"
#include "sweep/field.h"
#include "view/look.h"

/* ---- The host: one a state, found from any of its threads ---- */
struct lur_files;
struct lur_script {
  const struct lur_script_options *options;
  const void *request;     /* what else the command passes to its `finish`; or NULL */
  void *state;             /* and what that keeps from one experiment to the next; or NULL */
  struct lur_files *files; /* what was read so far (session/read_files.h); or NULL */
  lua_CFunction finish;    /* called with what the script returned, inside the protected call */
  bool borrows_signals;    /* they are another program's: module/interrupt.c */
  bool interrupt_told;     /* a command has said what was interrupted */
  bool idle_experiment;    /* one was made, and nothing was asked of any since */
  int item;                /* of a list that the script returned, from 1: the one that is being done; or 0 */
  int exit_code;           /* what finish decided; set before a raise, it stands and no traceback is printed */
  char refused[512];       /* the first thing that the sandbox refused, as a line; or "" */
  struct lur_lua_memory {
    size_t used, most;
  } memory; /* in bytes; within a sandbox */
};
struct lur_script *lur_script_of(lua_State *L);
void lur_set_script(lua_State *L);   /* takes the userdata on the top, which begins with it, off the stack */
extern const char lur_memory_text[]; /* the message where memory ends */

/* After a signal, lets the state run on; and stops it (again), which a signal's handler may call. */
void lur_interrupt_pause(lua_State *L);
void lur_interrupt_resume(void *state);
/* Pushes what stays at its place until the C function that calls this ends: it gives back the signals that were taken
 * for that time. In the host, which has them anyway, it is nil. */
void lur_take_signals(lua_State *L);

void lur_keep_randomseed(lua_State *L); /* the library's own, whatever a script does to the global */
/* Seeds math.random, and lets math.randomseed() say what it does. */
void lur_open_randomseed(lua_State *L);

/* A message handler: the message, with the way there where it happened further in than the script's main body. */
int lur_explain(lua_State *L);
/* The text on the top, of an error that is about nil, with the name in luron that may have been meant. */
void lur_add_nil_hint(lua_State *L);

/* Pushes the path joined to the script's folder, unless it is absolute. */
const char *lur_push_path(lua_State *L, const char *path);
void lur_push_folder(lua_State *L, const char *path); /* the folder of a path */
int lur_call_wrapped(lua_State *L); /* from a function that wraps its upvalue 1: calls that with all arguments */

/* ---- Files that a script reads: noted in host->files, see session/read_files.h ---- */
/* Wraps the functions of Lua's libraries that read files. */
void lur_open_file_notes(lua_State *L);
void lur_note_file(lua_State *L, const char *path); /* it is about to be read; raises only where memory ends */
/* Pushes the bytes of a file, inflated where they are gzipped, in a buffer that the collector frees; and notes it. */
struct lur_buffer *lur_push_file(lua_State *L, const char *path);
void lur_note_own_file(lua_State *L, const char *path); /* the script has written it */
/* Raises where path, about to be written, is the script itself or a results file. */
void lur_check_output(lua_State *L, const char *path);

/* ---- The inner layer of the sandbox: sandbox.c. Without options->sandbox none of them does anything ---- */
/* A state that gets no more than options->sandbox has for it, or luaL_newstate's. */
lua_State *lur_new_state(struct lur_script *host);
/* After the libraries were opened: only what is on the list stays of them, the rest refuses to be called. */
void lur_close_libraries(lua_State *L);
void lur_check_may_read(lua_State *L, const char *path);  /* raises, and the exit code is LUR_EXIT_STOPPED */
void lur_check_may_write(lua_State *L, const char *path); /* always */

/* ---- Pictures: look.c ---- */
/* Of the table at index: only fields of this picture (own, ended by NULL) and of looks. */
void lur_check_plot_names(lua_State *L, int index, const char *const *own);
/* Its field path, which may be written; raises. It and the texts of a look stay on the stack. */
const char *lur_picture_path(lua_State *L, int index, enum lur_picture_format *format);
void lur_push_look(lua_State *L, int index, enum lur_picture_format format, struct lur_look *look);
/* Of a page, into what stands in look; raises where the table has another option. */
void lur_push_page_look(lua_State *L, int index, struct lur_look *look);

/* ---- The module: each adds its functions to the table on the top and makes its metatables ---- */
void lur_open_random(lua_State *L);
/* All that a generator of luron.random is; false where the value at `index` is none. */
bool lur_random_state(lua_State *L, int index, uint64_t state[2]);
void lur_open_weights(lua_State *L);
void lur_open_neuron(lua_State *L);
void lur_open_network(lua_State *L);
void lur_open_network_scores(lua_State *L); /* methods of the class that lur_open_network makes */
void lur_open_data(lua_State *L);
void lur_open_data_methods(lua_State *L); /* methods of the class that lur_open_data makes, and luron.data.table */
void lur_open_results(lua_State *L);
void lur_open_data_sources(lua_State *L);
void lur_open_results_plot(lua_State *L); /* methods of the class that lur_open_results makes */
void lur_open_axes(lua_State *L);
void lur_open_every(lua_State *L);

/* Makes the metatable `name` with `__name`, a `__close` that does nothing, the metamethods, and the methods as
 * `__index` where given; the stack is left as it was. `__metatable` is set: a script cannot change how an object of
 * ours is collected. */
void lur_new_class(lua_State *L, const char *name, const luaL_Reg *metamethods, const luaL_Reg *methods);

/* The same for a class whose fields are computed: `index`, which is __index, has the table of methods as upvalue 1. */
void lur_open_class(lua_State *L, const char *name, const luaL_Reg *metamethods, const luaL_Reg *methods,
                    lua_CFunction index);

/* Objects of the class take no fields: "NAME: why". */
void lur_set_frozen(lua_State *L, const char *name, const char *why);
/* Adds methods to those of a class, however it has them. */
void lur_add_methods(lua_State *L, const char *name, const luaL_Reg *methods);

/* `__pairs` of an object that is read like a list: 1, 2, ... up to the first nil. */
int lur_pairs_of_list(lua_State *L);
/* `__pairs` of an object with named fields: the list of their names and what is to be indexed by them are on the top.
 * Fields without a value are left out. */
int lur_pairs_of_names(lua_State *L);
void lur_push_words(lua_State *L, const char *const *words); /* a list of them; ended by NULL */
/* Gives a class `__pairs` over these fields, in this order. */
void lur_set_pairs(lua_State *L, const char *name, const char *const *fields);
/* The userdata of a method's first argument, which is of that class. Where it is not, the call had a dot instead of its
 * colon; `call` is as it is written: "net:forward". */
void *lur_check_self(lua_State *L, const char *name, const char *call);
int lur_raise_self(lua_State *L, const char *call);

/* ---- Mistakes: all raise, with the script's line in front ---- */
int lur_raise(lua_State *L, const struct lur_error *e); /* "line: field: text"; memory as lur_raise_memory */
int lur_raise_memory(lua_State *L);                     /* "out of memory" */
void lur_need_stack(lua_State *L, int n);               /* room for n more values, or raises as lur_raise_memory */
int lur_raise_field(lua_State *L, const char *field, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "command line: NAME: text", LUR_EXIT_USAGE. Only from a finish function. */
int lur_raise_usage(lua_State *L, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* ---- Tables as arguments ---- */
/* Argument 1 is a table of fields: else "neuron: a table of fields expected, ...; write luron.neuron EXAMPLE". */
void lur_check_table(lua_State *L, const char *what, const char *example);
bool lur_is_one_of(const char *word, const char *const *words);      /* ended by NULL */
const char *lur_push_joined(lua_State *L, const char *const *words); /* a text, with blanks between them */
/* Raises "NAME: no such field; ..." with the nearest of the names (ended by NULL), or all of them. */
void lur_raise_unknown(lua_State *L, const char *name, const char *const *names);
enum lur_names_order { LUR_BY_ALPHABET, LUR_BY_FIELDS /* as the field table has them, other names behind */ };
/* Pushes a list of the names in the table at `index`. Other keys go uncounted. */
void lur_push_names(lua_State *L, int index, enum lur_names_order order);
/* Pushes what stands in the list at `index` beside its items, a name or "[5]", the first by text; else nil, and NULL.
 */
const char *lur_push_stray(lua_State *L, int index);
#define LUR_STRAY_TEXT "%.40s beside the items of a list means nothing; take it out"
/* The table at `index` may hold only these names: else that. */
void lur_check_names(lua_State *L, int index, const char *const *names);
void lur_push_table_copy(lua_State *L, int from); /* an empty one where it is no table */
/* Pushes a value as a script writes it; f may be NULL where it is no choice. */
void lur_push_value(lua_State *L, const struct lur_field *f, const struct lur_value *v);
/* A list of pairs of layers as a value of shortcuts. */
int lur_to_shortcuts(lua_State *L, int index, struct lur_value *v, struct lur_error *e);
/* A boolean, a whole number or a number as a value; LUR_V_ABSENT for anything else. */
struct lur_value lur_plain_value(lua_State *L, int index);
bool lur_is_list(lua_State *L, int index); /* a table, or a view that has a length */
/* Pushes a text that says what the value is, for messages: "a table", "\"sigmod\"", "3.5", "nil". */
const char *lur_push_found(lua_State *L, int index);
/* A list of exactly n numbers at index, or one number where n is 1, into out. `name` is what messages call it. */
void lur_read_list(lua_State *L, int index, const char *name, int n, double *out);
/* The same of the network's inputs, or a row by their names, { age = 3, sex = "male" }. named_row.c */
void lur_read_row(lua_State *L, int index, const char *name, const struct lur_network *n, double *out);
void lur_push_list(lua_State *L, const double *from, int n);
void lur_push_classes(lua_State *L, char *const *classes, int n); /* a list of their names; nil where n is 0 */
struct lur_buffer *lur_push_buffer(lua_State *L);                 /* an empty one, which the collector frees */
bool lur_holds_lists(lua_State *L, int index);                    /* a list, whose first element is a list too */

/* One field of the table at `index`, with its default where it is nil. */
double lur_number_field(lua_State *L, int index, const char *name, double otherwise);
lua_Integer lur_integer_field(lua_State *L, int index, const char *name, lua_Integer otherwise, lua_Integer min,
                              lua_Integer max);
bool lur_boolean_field(lua_State *L, int index, const char *name, bool otherwise);
int lur_choice_field(lua_State *L, int index, const char *name, const char *const *choices, int otherwise);

/* ---- Networks and weights ---- */
/* The head of every userdata that has parameters. Views go through it, so that one outlives what it shows only to
 * find `parameters` NULL. */
struct lur_weights {
  const struct lur_shape *shape;
  double *parameters; /* NULL: closed */
};
/* What a list of weights or biases shows: all layers, the units of one, or the numbers of one (of a layer's biases). */
enum lur_depth { LUR_LAYERS, LUR_UNITS, LUR_NUMBERS };
struct lur_view {
  struct lur_weights *of;
  enum lur_depth depth;
  bool biases;
  int layer, unit;
};
int lur_view_length(const struct lur_view *v);
/* Who reads a script's lists over a view says what is wrong with them, and what a number may be. All raise. */
struct lur_view_reader {
  void *context;
  void (*fail)(void *context, const struct lur_view *v, lua_Integer found); /* the length on the top; -1: no list */
  double (*take)(void *context, const struct lur_view *v);                  /* the number on the top, which stays */
};
/* Copies the lists on the top over what the view shows. */
void lur_read_view(lua_State *L, const struct lur_view *v, const struct lur_view_reader *r);
bool lur_is_one_unit(const struct lur_shape *s); /* whose weights may be written as a list of its own */
/* Pushes a live view of the parameters of the userdata at `index`, whose head is a struct lur_weights:
 * of all layers, [layer][unit][input] (or, biases, [layer][unit]), or of one unit's weights. */
void lur_push_layers_view(lua_State *L, int index, bool biases);
void lur_push_unit_view(lua_State *L, int index, int layer, int unit);
/* Pushes the owner of the live view at `index`; false, and nothing, where it is none or its owner is closed. */
bool lur_push_view_owner(lua_State *L, int index);
/* The network whose live view of weights or biases, or of some of them, stands at `index`; NULL for anything else. */
const struct lur_network *lur_network_of_view(lua_State *L, int index);
/* Copies start values as a script writes them, weights[layer][unit][input] and biases[layer][unit], or a unit's own
 * list and number where the shape is one unit, over `parameters`. */
void lur_read_weights(lua_State *L, int index, const struct lur_shape *shape, double *parameters);
void lur_read_biases(lua_State *L, int index, const struct lur_shape *shape, double *parameters);

/* The fields seed, init, bias_init and init_scale of the table at `index`. */
struct lur_start {
  uint64_t seed;
  enum lur_init init, bias_init;
  double init_scale[LUR_MAX_LAYERS];
};
struct lur_start lur_read_start(lua_State *L, int index, int n_layers);
/* Draws the parameters, and reads the fields weights and biases of the table at `index` over them. */
void lur_draw_start(lua_State *L, int index, const struct lur_start *start, const struct lur_shape *shape,
                    double *parameters);

struct lur_network_box;
/* Pushes an empty "luron.network" and lends it a network to own and free. */
struct lur_network_box *lur_new_network(lua_State *L);
void lur_network_hold(struct lur_network_box *box, struct lur_network *network);
struct lur_network *lur_check_network(lua_State *L, int index);

/* ---- Results of sweeps ---- */
/* Opens the results file at path and pushes a "luron.results". settles: lur_store_settle when it closes. */
void lur_push_results(lua_State *L, const char *path, bool settles);
struct lur_table;
/* The table of an open "luron.results", and what holds it; raises where it is none. */
struct lur_table *lur_push_results_table(lua_State *L, int index);
struct lur_table_facts;
struct lur_cell;
/* Pushes what the column has, named so, in a row; "" for what is no axis. */
void lur_push_cell(lua_State *L, const struct lur_table_facts *f, const char *column, const struct lur_cell *c);
/* Pushes a row as a table: cells are run, axes, metrics, status. */
void lur_push_row(lua_State *L, const struct lur_table_facts *f, const struct lur_cell *c);
/* Sets curve and validation_curve of the table at `row`, where the file has points of the run. */
void lur_set_curves(lua_State *L, int row, struct lur_table *t, uint64_t run);
/* Pushes a curve as Lua has it: a list of losses, and in its field epochs when they were. */
void lur_push_curve(lua_State *L, const double *loss, const uint64_t *epoch, int n);

/* ---- Data sets ---- */
struct lur_dataset;
/* Pushes an empty "luron.data" and lends the place of the data set that it is to own. */
struct lur_dataset **lur_new_data(lua_State *L);
struct lur_dataset *lur_to_data(lua_State *L, int index); /* NULL where the value is none */
/* d as the network reads it: d itself, and nothing is pushed, or a copy, which is. */
struct lur_dataset *lur_push_as_read(lua_State *L, const struct lur_network *n, struct lur_dataset *d);
struct lur_dataset *lur_check_data(lua_State *L, int index); /* raises where it is none, or empty */

/* ---- Axes, and luron.every ---- */
bool lur_is_axis(lua_State *L, int index);
bool lur_is_axis_of(lua_State *L, int index, const char *kind); /* made as "range", "zip", ... */
void lur_check_axis(lua_State *L, int index); /* raises where a script has changed it since it was made */
/* Fills the axis, whose name and field are set, with what the range or interval at `at` says. */
int lur_read_sequence(lua_State *L, int at, struct lur_axis *a, struct lur_error *e);
bool lur_push_zipped(lua_State *L, int index);  /* what a zip moves together; false, and nothing, for anything else */
bool lur_push_listed(lua_State *L, int index);  /* the same of what luron.list crosses with a sampler's points */
bool lur_push_halving(lua_State *L, int index); /* of luron.halving; all three raise as lur_check_axis does */
void lur_push_zip(lua_State *L, int of);
bool lur_is_every(lua_State *L, int index);

#endif
