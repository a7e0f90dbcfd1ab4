/* SPDX-License-Identifier: MIT
 * The main loop's parts: sweep.c walks the units (units.c, shard.c) and hands rows over; window_run.c makes rows of a
 * window's runs (window.c is its memory, window_train.c and halving.c train it, host_metrics.c asks the script);
 * folded.c folds seeds. */
#ifndef LUR_SWEEP_SWEEP_INTERNAL_H
#define LUR_SWEEP_SWEEP_INTERNAL_H

#include "sweep/alarm.h"
#include "sweep/plan_internal.h"
#include "sweep/sweep.h"

enum { LUR_WINDOW_RUNS = 65536, LUR_MOST_BRACKET = 4096, LUR_WINDOW_ROOM = LUR_WINDOW_RUNS + 2 * LUR_MOST_BRACKET };

/* Runs that are trained together, in run order. What is not asked for is NULL. Worker threads write only what belongs
 * to the row they were given. */
struct window {
  size_t n, room;
  uint64_t *run;
  uint8_t *status, *finished;
  uint8_t *whole;             /* trained for all the epochs it asks for */
  struct lur_cell *cell;      /* room x plan.n_columns */
  double *value;              /* room x n_values: loss accuracy epochs ... as in the columns, for folding */
  int n_values;
  double *rank;               /* what halving ranks by; NaN last */
  double *curve;              /* room x n_curve, and the epoch of each point */
  uint64_t *curve_epoch;
  int n_curve;
  bool stores_curve;          /* else it is for the host's metrics alone */
  struct lur_outcome *outcome; /* for the host's metrics, with parameters at room x n_parameters */
  double *parameters;
  size_t n_parameters;
  char **message;             /* of failed runs, owned */
  uint32_t *kind;             /* index of each row's structure in structure[] */
  struct lur_numbers *numbers; /* where the host gives data or start values: resolved one by one */
  struct lur_structure *structure; /* distinct ones of this window; NULL: kind is the plan's group */
  size_t n_structures, structure_room;
};

struct loop {
  const struct lur_plan *plan;
  const struct lur_sweep_options *options;
  const struct lur_sink *sink;
  struct lur_progress *progress;
  struct lur_pool *pool;
  bool one_loss;           /* else the best of them is none */
  struct lur_alarm *alarm; /* of a budget; or NULL */
  struct lur_spec *at; /* scratch, on the main thread */
  struct window window;
  uint32_t *order;     /* rows, by structure */
  uint32_t *rows;      /* 0, 1, 2 ... */
};

/* Units: what is computed and settled together. The numbers of one, both ends included; the one that a number is of. */
uint64_t lur_n_units(const struct lur_plan *p);
struct lur_range lur_unit_range(const struct lur_plan *p, uint64_t unit);
uint64_t lur_unit_of(const struct lur_plan *p, uint64_t number);

int lur_window_new(struct window *w, const struct lur_plan *p, size_t room, struct lur_error *e);
void lur_window_clear(struct window *w); /* empties it */
void lur_window_free(struct window *w);
/* How many runs a window may hold within its share of memory. */
size_t lur_window_limit(const struct lur_plan *p);
bool lur_has_host_metrics(const struct lur_plan *p);
size_t lur_most_parameters(const struct lur_plan *p); /* of the network of any of its groups */

/* Trains the rows listed, at most so many epochs (0: as many as they ask for). Rows that were trained are marked
 * finished, also where it fails with LUR_ECANCELLED. */
int lur_window_train(struct loop *l, const uint32_t *rows, size_t n_rows, uint64_t most_epochs, struct lur_error *e);
/* Makes what must be known of each row before it is trained: kinds, and the host's data. */
int lur_window_prepare(struct loop *l, struct lur_error *e);
/* Rung by rung; the window holds whole brackets. */
int lur_window_halve(struct loop *l, struct lur_error *e);
bool lur_loop_is_cancelled(const struct loop *l);
const struct lur_structure *lur_row_structure(const struct loop *l, uint32_t kind);

/* The script's metrics of all finished rows, in run order. After a cancel only rows that have theirs are left
 * finished. */
int lur_window_measure(struct loop *l, struct lur_error *e);
/* Prepares, trains and measures the window's rows. */
int lur_window_run(struct loop *l, struct lur_error *e);

/* keep = "cells": one row a cell, its seeds folded. */
struct folded {
  size_t n, room;
  uint64_t *run; /* the cells' numbers, ascending */
  uint8_t *status, *finished;
  struct lur_cell *cell;
  double *sum;   /* room x n_values */
  uint64_t *count; /* room x (n_values + LUR_N_STATUSES) */
  char **message; /* of each cell, what its first seed that failed said; owned */
};
int lur_folded_new(struct folded *f, const struct loop *l, size_t room, struct lur_error *e);
void lur_folded_free(struct folded *f);
/* Trains all seeds of f->run[0 .. n), window after window, and fills the rest. */
int lur_folded_run(struct folded *f, struct loop *l, struct lur_error *e);

#endif
