/* SPDX-License-Identifier: MIT
 * An experiment between Lua and the engine: what is trained, and what came out of a run. Everything that a run owns
 * hangs on a userdata, so that any call here may raise. */
#ifndef LUR_EXPERIMENT_EXPERIMENT_H
#define LUR_EXPERIMENT_EXPERIMENT_H

#include "reading/reading.h"

/* ---- Runs ---- */
/* The user values of "luron.run". */
enum lur_run_slot {
  LUR_RUN_VALUES = 1, /* what the script's metrics gave, by name */
  LUR_RUN_NAMES,      /* their names in order; nil before they are called */
  LUR_RUN_ERROR,      /* the text of why it failed */
  LUR_RUN_NETWORK,    /* as the script has it */
  LUR_RUN_READING,    /* whose run it is; nil of a run of a sweep */
  LUR_N_RUN_SLOTS = LUR_RUN_READING
};
struct lur_run {
  struct lur_outcome outcome;
  uint64_t metrics;            /* bits of those that were asked for */
  struct lur_network *network; /* trained; owns outcome.parameters */
  double *curve;               /* owns outcome.curve, and behind it outcome.validation_curve */
  int n_curve_asked;
  uint64_t max_epochs, time_ns;
  struct lur_checkpoint *checkpoint; /* to go on from, where it was kept; or NULL */
  char when[65];                     /* of lur_stop_digest, where a checkpoint and stop.when are; else "" */
};
/* What a network keeps of the data that it was trained on. */
struct lur_trained_on {
  const double *shift, *scale;               /* normalize; or NULL */
  const double *target_shift, *target_scale; /* normalize_targets; or NULL */
  const double *fill;                        /* what stands in place of missing inputs; or NULL */
  const struct lur_dataset *train;           /* for its classes and names; or NULL */
  const struct lur_spec *spec;               /* the numbers that its functions read, for the call */
};
enum lur_log_default { LUR_SILENT, LUR_TENTHS, LUR_MUTE }; /* MUTE: print nothing, whatever the script's log says */

/* Trains once what the reading at `index` says and pushes the run. Prints the log: the reading's own, else `otherwise`.
 * Raises what a function of the log raised, and where the run was interrupted. */
struct lur_run *lur_train_run(lua_State *L, int index, enum lur_log_default otherwise);
void lur_open_run(lua_State *L);
/* The run at 1; raises where it is none (call: as of lur_check_self, or NULL), or where its own finalizer has run. */
struct lur_run *lur_check_run(lua_State *L, const char *call);
int lur_run_save(lua_State *L); /* run:save(path): checkpoint.c */
/* Writes the run's checkpoint, which is there, to path. */
int lur_run_write_checkpoint(lua_State *L, int reading, const struct lur_run *run, const char *path,
                             struct lur_error *e);
/* Whether the run that the reading goes on from is as it was: it had ended, and its stops are the same today. when: of
 * lur_stop_digest. */
bool lur_is_as_ended(lua_State *L, int reading, const char *when);
/* What stop.when of the reading is now: a digest, or a word where it holds what luron cannot look into. */
void lur_stop_digest(lua_State *L, int reading, char hex[65]);
void lur_open_run_plot(lua_State *L); /* a method of the class that lur_open_run makes */
/* Pushes a run with room for what training such a structure gives. */
struct lur_run *lur_push_empty_run(lua_State *L, const struct lur_trained_on *on, const struct lur_structure *s);
/* Its error, or NULL; held by the run. */
const char *lur_run_error(lua_State *L, int index);
/* Makes the run at `index` a failed one; pops the text of why. */
void lur_run_fail(lua_State *L, int index);
/* Calls the script's function of that name in the table at `functions` with the run at `run` and the parameters of the
 * fields at `fields`, and pushes a number or nil; or pushes the text of what is wrong, and returns false. */
bool lur_push_metric(lua_State *L, int run, int fields, int functions, const char *name);
struct lur_trained_on lur_trained_on(const struct lur_reading *g);
/* Pushes a record of the epoch, with copies of all that it shows. What differs from the script's fields in this run is
 * in the table on the top, which it replaces; nil: nothing. */
void lur_push_record(lua_State *L, int holder, const struct lur_trained_on *on, const struct lur_shape *shape,
                     const struct lur_record *r);
void lur_open_record(lua_State *L);
/* Pushes "luron.network": the parameters with what the reading knows of scaling and classes. */
void lur_push_trained(lua_State *L, const struct lur_trained_on *on, const struct lur_shape *shape,
                      const double *parameters);
/* Pushes the run that came to this outcome, of which all is copied. */
void lur_push_run(lua_State *L, const struct lur_trained_on *on, const struct lur_structure *s, uint64_t epochs,
                  const struct lur_outcome *outcome);

/* Trains for so many epochs, or as many as the reading says, without a word, and pushes the run. Raises where it
 * failed. */
struct lur_run *lur_train_to(lua_State *L, int reading, uint64_t epochs);

/* ---- Pictures ---- */
/* The loss over the epochs, and that of a validation set. The name may be NULL; note: as of lur_figure_finish. Raises
 * only where there is no memory. */
struct lur_look;
int lur_run_draw_curve(lua_State *L, const struct lur_run *run, const char *name, const struct lur_look *look,
                       struct lur_buffer *out, char *note, struct lur_error *e);

/* Of a network: moments.c. */
/* What is the same in all pictures of the reading's network; the name stays on the stack. */
struct lur_network_plot;
void lur_push_network_plot(lua_State *L, int reading, struct lur_network_plot *out);
/* Pushes runs trained to these epochs, those left out that are as the one before, and makes them the plot's moments. */
void lur_push_moments(lua_State *L, int reading, const uint64_t *epochs, int n, struct lur_network_plot *out);

/* ---- The experiment as an object ---- */
/* The user values of "luron.experiment". */
enum lur_experiment_slot {
  LUR_EXPERIMENT_FIELDS = 1, /* a copy of the table */
  LUR_EXPERIMENT_READING,    /* or nil where that needs what is typed */
  LUR_N_EXPERIMENT_SLOTS = LUR_EXPERIMENT_READING
};
/* Pushes a reading of what the script returned (an experiment or a table of fields; item: as in struct lur_place), with
 * the table of overrides from the command line at `typed`; curve: keep the points of a run where nothing is said.
 * Fills the origin. */
struct lur_reading *lur_read_returned(lua_State *L, int index, int item, int typed, bool curve,
                                      struct lur_origin *origin);
/* Pushes the table of what was typed for the experiment at `index`. Several values are refused, or left out. */
void lur_push_typed(lua_State *L, int index, bool several);
void lur_open_experiment(lua_State *L);

#endif
