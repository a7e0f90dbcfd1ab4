/* SPDX-License-Identifier: MIT
 * What the files of the report share: the combinations, what their runs come to, and the page that grows. */
#ifndef LUR_VIEW_REPORT_PARTS_H
#define LUR_VIEW_REPORT_PARTS_H

#include "fold/cells.h"
#include "fold/survival.h"
#include "view/look.h"

struct lur_report {
  struct lur_table *t;
  const struct lur_look *look;
  const struct lur_table_facts *f;
  struct lur_buffer *out;
  struct lur_frame frame;
  struct lur_cells cells;                                    /* exact */
  uint64_t n_runs, n_solved, n_diverged, n_pruned, n_failed; /* the last two: not of rows that fold seeds */
  struct lur_ranking ranking;
  int metric;    /* ranks combinations, behind the share solved where by_rate; -1: none has values */
  bool by_rate;  /* the share solved ranks first */
  uint8_t *loss; /* of each combination, where losses are ranked apart: its place in ranking.loss; else NULL */
  size_t n_losses, losses_room;
  int epochs;                           /* in the first pass: its place among the metrics; -1: none */
  struct lur_ends ends[LUR_N_STATUSES]; /* when rows ended, by how */
};

/* ---- report_answer.c ---- */
/* The answer in a few sentences, and the best combinations as a table. */
int lur_report_answer(struct lur_report *r, struct lur_error *e);

/* ---- report_effects.c ---- */
/* The effect of each axis: a table of the best and the worst value, and a curve over all values. */
int lur_report_effects(struct lur_report *r, struct lur_error *e);
/* The axis that matters most, in a sentence. */
int lur_report_matters(struct lur_report *r, struct lur_error *e);

/* ---- report_epochs.c ---- */
/* How many epochs runs took, and the share solved over epochs. */
int lur_report_epochs(struct lur_report *r, struct lur_error *e);

/* ---- report_learning.c ---- */
/* The loss over the epochs, if the file keeps curves. */
int lur_report_learning(struct lur_report *r, struct lur_error *e);

/* ---- report_data.c ---- */
/* What the page's script draws: axes, and values of all combinations, or of as many as a page holds. */
int lur_report_data(struct lur_report *r, struct lur_error *e);

#endif
