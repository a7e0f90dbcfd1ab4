/* SPDX-License-Identifier: MIT
 * What the combinations of a results file are ranked by: what was asked for, else the file's rank, else loss behind the
 * share solved. Losses of different loss functions do not compare: where the rows have several, accuracy ranks if all
 * have one, else each loss is ranked for itself. Belongs to the thread of its table. */
#ifndef LUR_FOLD_RANKING_H
#define LUR_FOLD_RANKING_H

#include "engine/engine.h"
#include "fold/statistics.h"
#include "store/store.h"

enum { LUR_MOST_LOSSES = 32 };

struct lur_ranking {
  char metric[64];                /* a column, or "solved" */
  bool high;                      /* more is better */
  bool rates_first;               /* nothing was said: where runs were solved, their share comes first */
  bool apart;                     /* by a loss, of which there are several: each for itself */
  bool given;                     /* what ranks was asked for */
  bool by_loss_axis;              /* the losses are an axis */
  int n_losses;                   /* loss functions that rows have */
  char loss[LUR_MOST_LOSSES][64]; /* their names, ascending */
  char loss_sql[2048];            /* the name of a row's loss function; of all the same, a constant */
};

/* metric: what was asked for, or NULL. */
int lur_ranking_read(struct lur_table *t, const char *metric, struct lur_ranking *out, struct lur_error *e);
/* The place of a loss function's name in r->loss; -1 where it has none. */
int lur_ranking_loss(const struct lur_ranking *r, const struct lur_cell *name);
/* The name of the one loss function among bits of places in r->loss; NULL where they are none or several. */
const char *lur_ranking_loss_name(const struct lur_ranking *r, unsigned losses);
/* Their names, with commas. */
void lur_ranking_losses(const struct lur_ranking *r, struct lur_buffer *out);
/* A line that says why, where there are several losses; else nothing. */
void lur_ranking_explain(const struct lur_ranking *r, struct lur_buffer *out);

/* Below 0 where what a combination's runs come to in a is better: the median, then the quartiles, the worse one first,
 * then the mean; NaN is worst. */
int lur_compare_standings(const struct lur_quartiles *a, const struct lur_quartiles *b, bool high);

/* What the runs of all combinations with one value of an axis come to. */
struct lur_level {
  uint64_t n_runs, n_solved;
  struct lur_quartiles standing; /* of the combinations' medians of the metric */
};
double lur_level_rate(const struct lur_level *x);
/* Whether x does better than y: by the share solved where by_rate, then by how they stand. */
bool lur_level_better(const struct lur_level *x, const struct lur_level *y, bool by_rate, bool high);

#endif
