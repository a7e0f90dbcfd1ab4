/* SPDX-License-Identifier: MIT
 * What a results file says, as text: how far it is, its best combinations over their seeds, the effect of each axis. */
#ifndef LUR_VIEW_SUMMARY_H
#define LUR_VIEW_SUMMARY_H

#include "fold/groups.h"

struct lur_summary_ask {
  const char *metric; /* what ranks, where it was asked for; or NULL */
  size_t n_best;      /* combinations shown */
  int width;          /* of the terminal, 0: no bound */
  bool interval;      /* mean, deviation and interval, in place of median and quartiles */
};

/* "xor: 6400 of 6400 runs, 3120 solved (48.75 %), 400 diverged" */
int lur_summary_head(struct lur_table *t, struct lur_buffer *out, struct lur_error *e);
/* The head, the best combinations with success rate and Wilson's interval, or median and quartiles, and the effect of
 * each axis. */
int lur_summary_write(struct lur_table *t, const struct lur_summary_ask *ask, struct lur_buffer *out,
                      struct lur_error *e);
/* "The best 3 of 8 combinations:" and the best view->n_most groups as a table; where losses are ranked apart, for each
 * loss. g is ranked. */
int lur_summary_best(const struct lur_groups *g, const struct lur_ranking *r, const struct lur_groups_view *view,
                     struct lur_buffer *out, struct lur_error *e);
/* All axes but seed, over which summaries run: at most LUR_MAX_KEYS. */
int lur_summary_keys(const struct lur_table *t, const struct lur_table *other, const char **key);
/* The groups in their order as a table. */
int lur_groups_write(const struct lur_groups *g, const char *metric, const struct lur_groups_view *view,
                     struct lur_buffer *out, struct lur_error *e);
/* How the intervals were made, as a line. */
void lur_interval_explain(uint64_t n_folds, struct lur_buffer *out);
/* The result of a query of that table; *n_rows (may be NULL) are counted. n_most 0: all. */
int lur_rows_write(const struct lur_table *of, struct lur_query *q, size_t n_most, int width, struct lur_buffer *out,
                   size_t *n_rows, struct lur_error *e);

#endif
