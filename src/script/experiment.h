/* SPDX-License-Identifier: MIT
 * An experiment between Lua and the engine: a table of fields, what was read from it, and what came out of a run.
 * Everything that a reading or a run owns hangs on a userdata, so that any call here may raise. */
#ifndef LUR_SCRIPT_EXPERIMENT_H
#define LUR_SCRIPT_EXPERIMENT_H

#include "base/memory.h"
#include "data/dataset.h"
#include "data/network.h"
#include "script/internal.h"
#include "script/lines.h"
#include "sweep/plan.h"

/* ---- Where fields were written ---- */
struct lur_origin {
  char file[512];         /* to scan for the field's line; "" where there is no text */
  char label[LUA_IDSIZE]; /* as messages name it */
  char callee[48];
  int line;               /* of the call; 0: the table is what the script returned */
  int item;               /* as in struct lur_place */
};
/* Of the call that the nearest Lua function is making. */
void lur_origin_of_call(lua_State *L, struct lur_origin *o);
void lur_origin_of_return(lua_State *L, int item, struct lur_origin *o);
/* Raises "file:line: path: text", the line being the one where the path is set. */
int lur_origin_raise(lua_State *L, const struct lur_origin *o, const char *path, const char *text);

/* ---- Reading ---- */
enum lur_log_kind { LUR_LOG_TENTHS, LUR_LOG_NONE, LUR_LOG_LIST, LUR_LOG_EVERY, LUR_LOG_CALL };
struct lur_log {
  enum lur_log_kind kind;
  bool calls;             /* a function is called; else a line is printed */
  uint64_t every;
  size_t n_epochs;
  uint64_t *epochs;       /* of LUR_LOG_LIST, ascending, owned */
};

/* "luron.reading". Its user value is a table: fields, log, when, metrics (names of functions, in order). */
struct lur_reading {
  struct lur_spec spec;
  struct lur_structure structure;
  struct lur_numbers numbers;
  struct lur_dataset *own_train, *own_test; /* or NULL where they are a script's data sets, held by the user value */
  struct lur_dataset *train, *test;
  const double *shift, *scale; /* normalize; or NULL; held by the user value */
  double *start;
  struct lur_log log;
  struct lur_axes *axes; /* what a sweep varies; or NULL */
  struct lur_axis *axis; /* the one being read */
  struct lur_halving halving;
  enum lur_keep keep;
  size_t keep_best;
  char keep_by[64], rank[64];
  unsigned swept_optimizers; /* bits of those on an axis */
  double n_sweep;        /* runs that the axes ask for; 0 where there are none */
  bool pruned;           /* the run is one that a sweep's halving ended after its epochs */
  bool complete;         /* else functions of the parameters are still to be called */
};

struct lur_reader {
  lua_State *L;
  struct lur_reading *reading;
  int fields, kept;      /* stack: the table being read; the reading's user value */
  int overrides;         /* stack: what of it came from elsewhere; or 0 */
  const struct lur_origin *origin, *override_origin; /* the latter NULL: the command line */
  bool call;             /* call functions of the parameters */
  bool sweeps;           /* read for a sweep, whose axes may mend what does not fit in the fields themselves */
  int reads;             /* stack: a table to note in what they read; or 0 */
};

/* Reads the table r->fields and pushes the reading, or raises. Fills r->reading and r->kept. */
void lur_read_experiment(struct lur_reader *r);
struct lur_reading *lur_reading_at(lua_State *L, int index);

/* Pushes an empty reading and its user value, and sets r->reading and r->kept. */
void lur_push_reading(struct lur_reader *r);
/* Empties the reading at `index` to be filled anew, and pushes its new user value. */
void lur_renew_reading(struct lur_reader *r, int index);

/* The parts of it; each raises through lur_reader_fail. */
int lur_reader_fail(struct lur_reader *r, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int lur_reader_fail_metric(struct lur_reader *r, const char *path, const char *name);
int lur_reader_fail_error(struct lur_reader *r, const struct lur_error *e);
void lur_read_value(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                    struct lur_value *out);
void lur_read_params(struct lur_reader *r);
const char *lur_read_text(struct lur_reader *r, const char *path); /* the text on the top, which has no zero byte */
void lur_read_data(struct lur_reader *r);      /* inputs targets data test normalize */
void lur_prepare_data(struct lur_reader *r);   /* the last step of it: a fraction held out, inputs normalized */
void lur_read_start_values(struct lur_reader *r);     /* weights biases */
void lur_read_metrics(struct lur_reader *r);
void lur_read_log(struct lur_reader *r);
void lur_read_sweep(struct lur_reader *r);     /* sweep where keep prune */
bool lur_is_list(lua_State *L, int index);     /* a table, or a view that has a length */
bool lur_is_field_or_metric(const char *name);
int lur_find_metric(const char *name);         /* enum lur_metric, or -1 */
/* Whether the results of the reading at `reading` have a column of that metric's name, or it is "solved". */
bool lur_has_metric(lua_State *L, int reading, const char *name);
/* Copies the name of a metric whose column the results have; else fails at that path. */
void lur_read_column(struct lur_reader *r, const char *path, const char *name, char out[64]);
/* A boolean, a whole number or a number as a value; LUR_V_ABSENT for anything else. */
struct lur_value lur_plain_value(lua_State *L, int index);

/* ---- Functions of the parameters ---- */
/* Replaces the function on the top by n results of calling it with the parameters. */
void lur_call_with_parameters(struct lur_reader *r, int n_results);
/* Pushes a value as a script writes it; f may be NULL where it is no choice. */
void lur_push_value(lua_State *L, const struct lur_field *f, const struct lur_value *v);
/* The hash of the parameters listed at `names`, as it is after they were read in that order. */
uint64_t lur_parameters_hash(lua_State *L, int fields, int names);

/* ---- Axes and logs as Lua values ---- */
void lur_open_axes(lua_State *L);
void lur_open_log(lua_State *L);
bool lur_is_axis(lua_State *L, int index);
/* Fills the axis, whose name and field are set, with what the range or interval at `at` says. */
int lur_read_sequence(lua_State *L, int at, struct lur_axis *a, struct lur_error *e);
bool lur_push_zipped(lua_State *L, int index); /* what a zip moves together; false, and nothing, for anything else */
void lur_push_zip(lua_State *L, int of);
bool lur_is_every(lua_State *L, int index);

/* ---- Runs ---- */
/* "luron.run". Its user value is a table: metrics that functions gave, by name, and `names`, their names in order. */
struct lur_run {
  struct lur_outcome outcome;
  uint32_t metrics;            /* bits of those that were asked for */
  struct lur_network *network; /* trained; owns outcome.parameters */
  double *curve;               /* owns outcome.curve */
  int n_curve_asked;
  uint64_t max_epochs, time_ns;
};
enum lur_log_default { LUR_SILENT, LUR_TENTHS, LUR_MUTE }; /* MUTE: not even the reading's own */

/* Trains once what the reading at `index` says and pushes the run. Prints the log: the reading's own, else `otherwise`.
 * Raises what a function of the log raised, and where the run was interrupted. */
struct lur_run *lur_train_run(lua_State *L, int index, enum lur_log_default otherwise);
void lur_open_run(lua_State *L);
int lur_run_plot(lua_State *L); /* a method */
/* Its error, or NULL; held by the run. */
const char *lur_run_error(lua_State *L, int index);
/* Makes the run at `index` a failed one; pops the text of why. */
void lur_run_fail(lua_State *L, int index);
/* Calls the script's function of that name in the table at `functions` with the run at `run`, and pushes a number or
 * nil; or pushes the text of what is wrong, and returns false. */
bool lur_push_metric(lua_State *L, int run, int functions, const char *name);
/* What a network keeps of the data that it was trained on. */
struct lur_trained_on {
  const double *shift, *scale; /* normalize; or NULL */
  const struct lur_dataset *train; /* for its classes; or NULL */
};
struct lur_trained_on lur_trained_on(const struct lur_reading *g);
/* Pushes a record of the epoch, with copies of all that it shows. */
void lur_push_record(lua_State *L, int holder, const struct lur_trained_on *on, const struct lur_shape *shape,
                     const struct lur_record *r);
void lur_open_record(lua_State *L);
/* Pushes "luron.network": the parameters with what the reading knows of scaling and classes. */
void lur_push_trained(lua_State *L, const struct lur_trained_on *on, const struct lur_shape *shape,
                      const double *parameters);
/* Pushes the run that came to this outcome, of which all is copied. */
void lur_push_run(lua_State *L, const struct lur_trained_on *on, const struct lur_structure *s, uint64_t epochs,
                  const struct lur_outcome *outcome);

/* Trains with an observer that does what log and stop.when ask for, for so many epochs at most. Fills the run at
 * `run`. */
void lur_train_watched(lua_State *L, int reading, int run, enum lur_log_default otherwise, uint64_t epochs);
/* Trains for so many epochs, or as many as the reading says, without a word, and pushes the run. Raises where it
 * failed. */
struct lur_run *lur_train_to(lua_State *L, int reading, uint64_t epochs);

/* ---- Pictures of a network: network_plot.c ---- */
/* What is the same in all pictures of the reading's network; the name stays on the stack. */
struct lur_network_plot;
void lur_push_network_plot(lua_State *L, int reading, struct lur_network_plot *out);
/* Pushes runs trained to these epochs, those left out that are as the one before, and makes them the plot's moments. */
void lur_push_moments(lua_State *L, int reading, const uint64_t *epochs, int n, struct lur_network_plot *out);

void lur_push_table_copy(lua_State *L, int from); /* an empty one where it is no table */

/* ---- The experiment as an object ---- */
/* Pushes a reading of what the script returned (an experiment or a table of fields; item: as in struct lur_place), with
 * the table of overrides from the command line at `typed`; curve: keep the points of a run where nothing is said.
 * Fills the origin. */
struct lur_reading *lur_read_returned(lua_State *L, int index, int item, int typed, bool curve,
                                      struct lur_origin *origin);

/* ---- Showing a run: finish_run.c ---- */
/* The patterns where they are few, and the summary, of the run above the reading at `reading`. */
void lur_print_run(lua_State *L, int reading, bool patterns);

/* ---- What a command does with all that a script returned: returned.c ---- */
typedef void lur_one_returned(lua_State *L, int index, int item);
/* Calls one(L, index, item) for each experiment of what stands at 1; of a list, check first for each, so that a mistake
 * in the last is told before the first has run. `command` is what messages call it. */
void lur_each_returned(lua_State *L, const char *command, lur_one_returned *check, lur_one_returned *one);
void lur_print_between(lua_State *L, int item); /* an empty line before all but the first, where people read */
/* Pushes the table of what was typed for the experiment at `index`. Several values are refused, or left out. */
void lur_push_typed(lua_State *L, int index, bool several);
/* Puts what was typed into the axes of what a script returned: an axis, or a value instead of one. */
void lur_set_typed_axes(lua_State *L, struct lur_reading *g);
/* Pushes the log as a results file keeps it: see lur_stored_write_more; and reads it back. */
const char *lur_push_log(lua_State *L, const struct lur_reading *g);
bool lur_log_read(struct lur_log *log, const char *text);
void lur_print(lua_State *L, struct lur_buffer *b); /* to stdout; frees it */
/* The name that the script gave, on the stack; or NULL. */
const char *lur_push_name(lua_State *L, int reading);

#endif
