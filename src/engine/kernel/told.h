/* SPDX-License-Identifier: MIT
 * What update rules and schedules of the script's own are told that no parameter has a part in: named numbers, rates,
 * updates, epochs, layers, and all that a function makes of these alone. It is computed in double, for all lanes of a
 * block at once (own.h), and no more often than it changes: once a run, an epoch or an update, for all layers or
 * for each. What a rule reads of it are its rows: each value rounded once, as wide as a vec, as in codes.h.
 *
 * A kernel says when: lur_told_update before each update, and lur_told_layer before that of each layer. Thread rule: as
 * the block that it belongs to. */
#ifndef LUR_KERNEL_TOLD_H
#define LUR_KERNEL_TOLD_H

#include "engine/kernel/codes.h"
#include "engine/kernel/own.h"

/* How often a value changes. */
enum lur_when { LUR_ONCE, LUR_BY_EPOCH, LUR_BY_UPDATE, LUR_N_WHENS };

/* Those that change as often, first those that all layers have in common. */
struct lur_changing {
  struct lur_code steps[2]; /* [by layer]: steps, of which all values are rows */
  int n_rows[2], *row[2];   /* of the code's */
};

/* The uniform part of one function. */
struct lur_told_code {
  const struct lur_code *code; /* NULL: there is no such function */
  struct lur_changing changing[LUR_N_WHENS];
  struct lur_array *value[LUR_MAX_LAYERS]; /* [code->n_uniform]: doubles of lanes */
  void **row[LUR_MAX_LAYERS];              /* [code->n_rows]: as wide as a vec */
  struct lur_array *work;                  /* the same of the part of lanes that is computed */
  double *values;
  void *rows;
};

struct lur_told {
  const struct lur_structure *structure;
  lur_own_run *run;      /* in double */
  size_t n_lanes, n;     /* lanes; doubles of a row */
  size_t width;          /* numbers of the kernel's vec */
  bool is_single, fresh; /* fresh: lanes have begun */
  struct lur_code *schedule_code;
  struct lur_told_code rule, schedule;
  const struct lur_running *running; /* the rule's */
  /* [..][n] each: */
  double *number, *given_rate, *rate; /* of names; of layers, as given and by the schedule */
  double *update, *epoch, *epochs, *fan_in, *layer;
  double *memory;
};

/* running: the rule's code and places, or one without a code. *t is to be zeroed. */
int lur_told_init(struct lur_told *t, const struct lur_structure *s, const struct lur_running *running,
                  const struct lur_codes *c, lur_own_run *run, struct lur_error *e);
void lur_told_free(struct lur_told *t); /* safe on a zeroed struct */
/* A run begins in the lane. number: of all names. */
void lur_told_put(struct lur_told *t, size_t lane, const double *number, const struct lur_numbers *n);

/* Before an update, the in_epoch-th (from 0) of so many; epoch: of each lane, from 0. rates: rows of the kernel's
 * numbers, a layer each, which the schedule sets. */
void lur_told_update(struct lur_told *t, const uint64_t *epoch, size_t in_epoch, size_t n_in_epoch, void *rates);
/* The rule's rows are now those of the layer. */
void lur_told_layer(const struct lur_told *t, int layer);

#endif
