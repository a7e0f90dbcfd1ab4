/* SPDX-License-Identifier: MIT
 * A table of fields becomes a reading: a spec, its data, its axes; nothing is trained here. All that a reading owns
 * hangs on a userdata, so that any call here may raise. */
#ifndef LUR_READING_READING_H
#define LUR_READING_READING_H

#include "data/checkpoint.h"
#include "data/dataset.h"
#include "data/prepared.h"
#include "module/module.h"
#include "reading/find_line.h"
#include "sweep/plan.h"

/* ---- Where fields were written ---- */
struct lur_origin {
  char file[512];         /* to scan for the field's line; "" where there is no text */
  char label[LUA_IDSIZE]; /* as messages name it */
  char callee[48];
  int line; /* of the call; 0: the table is what the script returned */
  int item; /* as in struct lur_place */
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
  bool calls; /* a function is called; else a line is printed */
  uint64_t every;
  size_t n_epochs;
  uint64_t *epochs; /* of LUR_LOG_LIST, ascending, owned */
};

/* The user values of "luron.reading". */
enum lur_reading_slot {
  LUR_READING_FIELDS = 1, /* the table that was read */
  LUR_READING_LOG,        /* a function; or nil */
  LUR_READING_WHEN,       /* stop.when; or nil */
  LUR_READING_METRICS,    /* the names of the script's metrics, in order: lur_push_metric_function */
  LUR_READING_OVERRIDES,  /* the table of what came from elsewhere; or nil */
  LUR_READING_HELD,       /* a table: what the reading borrows */
  LUR_N_READING_SLOTS = LUR_READING_HELD
};
struct lur_reading {
  struct lur_spec spec;
  struct lur_structure structure;
  struct lur_numbers numbers;
  /* Or NULL where they are a script's data sets, which are lent: held, as a finalizer may come between the two. */
  struct lur_dataset *own_train, *own_test, *own_validation, *lent[LUR_N_SETS];
  struct lur_shared *prepared; /* what was made of them; or NULL */
  struct lur_dataset *train, *test, *validation;
  double *start, *frozen;
  struct lur_log log;
  struct lur_entries *entries; /* functions in place of names */
  struct lur_axes *axes;       /* what a sweep varies; or NULL */
  struct lur_axes *typed; /* axes of structures that were typed, though this reading may be of a single run; or NULL */
  struct lur_axis *axis;  /* the one being read */
  struct lur_axes *grid;  /* of a union, n_grids of them, until they are united; or NULL */
  int n_grids;
  struct lur_halving halving;
  enum lur_keep keep;
  size_t keep_best;
  char keep_by[64], rank[64];
  double n_sweep;        /* runs that the axes ask for; 0 where there are none */
  uint32_t metrics_high; /* 1 << i: higher is better of the i-th function in metrics */
  bool pruned;           /* the run is one that a sweep's halving ended after its epochs */
  bool complete;         /* else functions of the parameters are still to be called */
  bool put_off;          /* one of them was not called, though all else is there: pattern_weights */
  /* The part of a run that resume and until_epoch ask for: from a checkpoint, whose parts are NULL where there is none;
   * whether what ended the run there ends it still; and the epoch after which the part ends. */
  struct lur_saved_run from;
  uint64_t from_note; /* the number of its file's note; 0: none */
  bool passes, as_ended;
  uint64_t until;
};

struct lur_reader {
  lua_State *L;
  struct lur_reading *reading;
  int fields, at, held; /* stack: the table being read; the reading; its LUR_READING_HELD */
  int overrides;        /* stack: what of it came from elsewhere; or 0 */
  const struct lur_origin *origin, *override_origin; /* the latter NULL: the command line */
  bool call;                                         /* call functions of the parameters */
  bool sweeps;      /* read for a sweep, whose axes may mend what does not fit in the fields themselves */
  bool typed_wrong; /* an axis that was typed has a mistake, which comes before those of several fields */
  int reads;        /* stack: a table to note in what they read; or 0 */
};

/* Reads the table r->fields and pushes the reading, or raises. Fills r->reading and r->at. */
void lur_read_experiment(struct lur_reader *r);
struct lur_reading *lur_reading_at(lua_State *L, int index);
/* The name that the script gave, on the stack; or NULL. */
const char *lur_push_name(lua_State *L, int reading);

/* Pushes an empty reading and what it holds, and sets r->reading, r->at and r->held. */
void lur_push_reading(struct lur_reader *r);
/* Empties the reading at `index` to be filled anew, and pushes what it holds, a new table. */
void lur_renew_reading(struct lur_reader *r, int index);

/* "stop_error" is written stop.error. */
enum { LUR_LONGEST_PATH = 128 };
void lur_write_path(const char *name, char out[LUR_LONGEST_PATH]);

/* The parts of it; each raises through lur_reader_fail. */
int lur_reader_fail(struct lur_reader *r, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Which metrics a name may be of. */
enum lur_metrics_of { LUR_METRICS_BUILT_IN, LUR_METRICS_OF_COLUMNS, LUR_METRICS_THAT_RANK };
int lur_reader_fail_metric(struct lur_reader *r, const char *path, const char *name, enum lur_metrics_of of);
int lur_reader_fail_error(struct lur_reader *r, const struct lur_error *e); /* at its field */
int lur_reader_fail_error_at(struct lur_reader *r, const char *path, const struct lur_error *e);
void lur_read_value(struct lur_reader *r, const struct lur_field *f, const char *path, int index,
                    struct lur_value *out);
bool lur_reader_overrides(struct lur_reader *r, const char *name); /* whether what was typed or overridden sets it */
void lur_check_list(struct lur_reader *r, const char *path, int index); /* a table has nothing beside its items */
int lur_reader_fail_kind(struct lur_reader *r, const struct lur_field *f, const char *path, int index);
void lur_read_params(struct lur_reader *r);
const char *lur_read_text(struct lur_reader *r, const char *path); /* the text on the top, which has no zero byte */
void lur_read_data(struct lur_reader *r);                          /* inputs targets data test validation normalize */
/* pattern_weights class_weights, once the training patterns are there */
void lur_read_pattern_weights(struct lur_reader *r);
/* n weights of patterns from the list on the top. */
void lur_read_weight_list(struct lur_reader *r, const char *path, size_t n, double *to);
/* Takes the column that has the weights of the training patterns away from another set, where that has it. */
void lur_drop_weight_column(struct lur_reader *r, struct lur_dataset **set, struct lur_dataset **own);
void lur_prepare_data(struct lur_reader *r); /* the last step of it: fractions held out, inputs and targets scaled */
void lur_read_freeze(struct lur_reader *r);  /* freeze, but for a mask */
void lur_read_start_values(struct lur_reader *r); /* weights biases start, and freeze's mask: once the shape is known */
void lur_read_metrics(struct lur_reader *r);
/* Pushes the function of that name in fields.metrics at `metrics`. */
void lur_push_metric_function(lua_State *L, int metrics, const char *name);
void lur_read_log(struct lur_reader *r);
void lur_read_sweep(struct lur_reader *r); /* sweep where keep prune */
/* Whether the results of the reading at `reading` have a column of that metric's name. */
bool lur_has_metric(lua_State *L, int reading, const char *name);
/* Pushes what is said after a name that is no metric: what was meant, and what there is: all built-in metrics, or those
 * that the reading has and the script's own; solved, if they rank. */
const char *lur_push_no_metric(lua_State *L, int reading, const char *name, enum lur_metrics_of of);

/* ---- Going on from a network: start_network.c ---- */
/* The network that a field has, or whose weights or biases it shows; NULL for anything else. */
const struct lur_network *lur_network_given(lua_State *L, int fields, const char *name);
void lur_take_start(struct lur_reader *r); /* start: takes from it what the script leaves out; needs the axes */
/* Raises where the network given as start does not fit what was read. */
void lur_check_start(struct lur_reader *r, const struct lur_network *n);

/* ---- A run in parts: passage.c ---- */
void lur_read_passage(struct lur_reader *r); /* resume until_epoch: the last of all */
/* The lines that decide the run: lur_resolved_write. */
void lur_write_resolved(lua_State *L, int reading, struct lur_buffer *out);

/* ---- Functions in place of names: functions.c ---- */
void lur_read_functions(struct lur_reader *r); /* traces all; before fields are read, but after params */
/* A value of any field: as lur_read_value, and for those that take functions a name, a function, a list of them. */
void lur_read_any(struct lur_reader *r, const struct lur_field *f, const char *path, int index, struct lur_value *out);
/* All values of fields that take functions, those on axes and in lists among them. */
struct lur_walk {
  lua_State *L;
  void *context;
  void (*each)(void *context, const struct lur_field *f, const char *path); /* the value on the top, which stays */
};
void lur_walk_functions(struct lur_walk *w, int fields);
/* Whether a function among the fields at `fields`, or one that was typed, declares a number of that name, and its
 * default there; usual may be NULL. */
bool lur_declares_number(lua_State *L, int fields, const char *name, double *usual);
/* Once all axes are there: a function that reads a text or a boolean of one has a program for each of its values. */
void lur_trace_combinations(lua_State *L, int reading);

/* ---- Functions of the parameters ---- */
/* Replaces the function on the top by n results of calling it with the parameters. */
void lur_call_with_parameters(struct lur_reader *r, int n_results);
/* Pushes what a field holds; a function of the parameters is called for n results. False if it is not yet to be
 * called. */
bool lur_push_made_field(struct lur_reader *r, const char *name, int n);
/* Pushes the parameters of the fields at `fields`, for a function that takes other things, too: math.random is as it
 * was until one of them is read. */
void lur_push_run_parameters(lua_State *L, int fields);
/* The hash of the parameters listed at `names`, as it is after they were read in that order. */
uint64_t lur_parameters_hash(lua_State *L, int fields, int names);

/* ---- The log as a results file keeps it ---- */
/* Pushes it: see lur_stored_write_more; NULL, and nothing, for the default. And reads it back; false: no memory. */
const char *lur_push_log(lua_State *L, const struct lur_reading *g);
bool lur_log_read(struct lur_log *log, const char *text);

#endif
