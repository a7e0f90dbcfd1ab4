/* SPDX-License-Identifier: MIT
 * The main loop from inside: what its turns share, and the steps of a turn, each in a file of its own (sweep.c lists
 * them). Steps return a status; LUR_ECANCELLED from placing, training and measuring is a cancel, after which rows say
 * whether they are finished. */
#ifndef LUR_SWEEP_LOOP_H
#define LUR_SWEEP_LOOP_H

#include "sweep/alarm.h"
#include "sweep/plan_internal.h"
#include "sweep/sweep.h"

enum { LUR_WINDOW_RUNS = 65536, LUR_MOST_BRACKET = 4096 }; /* at most */

/* Rows as they are settled: runs, or with keep = "cells" cells. Arrays of room elements, which a sink may hold beyond
 * the turn: the next one then has others. */
struct row_set {
  size_t n, room;
  int n_columns, n_curve;
  struct row_memory *memory; /* the arrays that are in use, and those behind it; or NULL */
  uint64_t *run;              /* numbers, ascending */
  uint8_t *status, *finished; /* finished: it is computed, and may be settled */
  struct lur_cell *cell;      /* room x plan.n_columns; NULL if no one is asked for */
  char **message;             /* of failed ones, owned; of a cell, what its first run that failed said */
  double *curve, *validation_curve; /* room x n_curve, and the epoch of each point */
  uint64_t *curve_epoch;
};

/* Runs that are trained together. What is not asked for is NULL. Worker threads write only what belongs to the row they
 * were given. */
struct window {
  struct row_set rows;
  size_t limit;               /* runs that fit in a window's share of memory; a last bracket may add some */
  uint8_t *whole;             /* trained for all the epochs it asks for */
  uint64_t *epochs;           /* that it was last trained for, for the host's metrics: a rung's, or its own */
  double *value;              /* room x n_values: loss accuracy epochs ... as in the columns, for folding */
  int n_values;
  double *rank;               /* what halving ranks by; NaN last */
  bool stores_curve;          /* else it is for the host's metrics alone */
  bool stores_validation;     /* that of the validation set, too */
  struct lur_outcome *outcome; /* for the host's metrics, with parameters at rows.n x n_parameters */
  double *parameters;
  size_t n_parameters, parameters_room; /* n_parameters: of this window's largest network */
  uint32_t *kind;             /* index of each row's structure in structure[] */
  struct lur_numbers *numbers; /* where the host gives data or start values: resolved one by one */
  struct lur_structure *structure; /* distinct ones of this window; NULL: kind is the plan's group */
  size_t n_structures, structure_room;
};

/* keep = "cells": the sums of the cells whose replicates the window has. */
struct folded {
  struct row_set rows;
  uint64_t replicate; /* the next that those cells want; all they have: there is none left */
  double *sum;     /* room x n_values */
  uint64_t *count; /* room x (n_values + LUR_N_STATUSES) */
};

struct lur_shard { uint64_t k, n, block; }; /* k from 0 */

/* The units still to come, and the numbers that the last ones have. */
struct walk {
  uint64_t unit, n_units;
  struct lur_shard shard;
  bool may_skip;
  const struct lur_range *done; /* the first range settled before that may hold a number from here on */
  size_t n_done;
  struct lur_range *range;      /* numbers of the window, settled together with its rows */
  size_t n_ranges, room;
};

struct pace {
  size_t size, limit; /* rows that the next window should have, and may have */
  uint64_t budget_ns, begin_ns, start_ns; /* start: of the window */
};

struct loop {
  const struct lur_plan *plan;
  const struct lur_sink *sink;
  struct lur_progress *progress;
  const atomic_int *cancel; /* or NULL; of a budget its alarm's flag */
  int n_threads;            /* of the pool */
  struct lur_pool *pool;
  struct lur_alarm *alarm;  /* of a budget; or NULL */
  bool one_loss;            /* else the best of them is none */
  bool cut;                 /* the turn was cancelled */
  struct walk walk;
  struct pace pace;
  struct window window;
  struct folded folded;
  struct row_set *out;         /* what is settled: the window's rows or the folded ones */
  struct lur_spec *at;      /* scratch, on the main thread */
  uint32_t *order;          /* rows, by structure */
  uint32_t *all;            /* 0, 1, 2 ... */
};

static inline bool lur_folds(const struct loop *l) {
  return l->plan->sweep.keep == LUR_KEEP_CELLS;
}
static inline bool lur_halves(const struct loop *l) {
  return l->plan->sweep.halving.n_rungs > 0;
}
/* Whether the cells of this turn go on in the next one. */
static inline bool lur_replicates_remain(const struct loop *l) {
  return lur_folds(l) && l->folded.replicate < l->plan->n_replicates;
}
static inline bool lur_loop_is_cancelled(const struct loop *l) {
  return l->cancel && atomic_load_explicit(l->cancel, memory_order_relaxed);
}

/* ---- units.c, shard.c: units, of which lur_sweep_unit is one ---- */
uint64_t lur_n_units(const struct lur_plan *p);
struct lur_range lur_unit_range(const struct lur_plan *p, uint64_t unit); /* its numbers, both ends included */
uint64_t lur_unit_of(const struct lur_plan *p, uint64_t number);
/* Shard k of n (from 1; 0 of 0: all units): every n-th block of 256 units, fewer in small sweeps. */
struct lur_shard lur_shard_of(int k, int n, uint64_t n_units);
bool lur_shard_has(const struct lur_shard *s, uint64_t unit);

/* ---- window.c: memory ---- */
/* Without rows, and without memory but for what is used again: lur_rows_clear empties it and gives it arrays that
 * nobody else holds. n_columns 0: no cells. */
void lur_rows_init(struct row_set *r, size_t room, int n_columns, int n_curve);
int lur_rows_clear(struct row_set *r, struct lur_error *e);
void lur_rows_free(struct row_set *r);
struct lur_memory *lur_rows_memory(const struct row_set *r); /* what its arrays are in */
int lur_window_new(struct window *w, const struct lur_plan *p, int n_threads, struct lur_error *e);
void lur_window_free(struct window *w);

/* ---- walk.c: fills l->out with the numbers of the next units' runs, and walk.range ---- */
void lur_walk_start(struct walk *w, const struct lur_plan *p, const struct lur_sweep_options *o);
bool lur_walk_has_more(const struct loop *l); /* units, or replicates of cells */
int lur_walk_next(struct loop *l, struct lur_error *e);

/* ---- window_place.c: which structure each row has, and what the host gives it ---- */
int lur_window_place(struct loop *l, struct lur_error *e);
const struct lur_structure *lur_row_structure(const struct loop *l, size_t row);

/* ---- window_train.c, halving.c ---- */
/* Trains the rows listed, at most so many epochs (0: as many as they ask for), and marks them finished. */
int lur_window_train(struct loop *l, const uint32_t *rows, size_t n_rows, uint64_t most_epochs, struct lur_error *e);
/* Trains all rows, rung by rung; the window holds whole brackets. After a cancel no row is finished. */
int lur_window_halve(struct loop *l, struct lur_error *e);

/* ---- host_metrics.c: the script's metrics of all finished rows; those that do not get theirs are not finished ---- */
int lur_window_measure(struct loop *l, struct lur_error *e);

/* ---- folded.c: cells of runs ---- */
int lur_folded_new(struct loop *l, struct lur_error *e);
void lur_folded_free(struct folded *f);
int lur_folded_fill(struct loop *l, struct lur_error *e); /* fills the window with the next replicates, or cells */
int lur_folded_take(struct loop *l, struct lur_error *e); /* adds the window's rows; cells with all replicates finish */

/* ---- settle.c: hands the finished rows over ---- */
int lur_settle(struct loop *l, struct lur_error *e);

/* ---- pace.c: the budget, and walk's number of rows ---- */
void lur_pace_start(struct loop *l, const struct lur_sweep_options *o);
bool lur_pace_is_over(struct loop *l); /* the budget is used up; else the next window starts */
void lur_pace_note(struct loop *l);    /* the turn is over */

#endif
