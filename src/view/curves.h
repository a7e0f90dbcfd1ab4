/* SPDX-License-Identifier: MIT
 * The rows of a results file as curves: what a picture of them shows, before it is drawn. Belongs to the thread of its
 * table. */
#ifndef LUR_VIEW_CURVES_H
#define LUR_VIEW_CURVES_H

#include "fold/groups.h"
#include "view/chart.h"
#include "view/plot_choice.h"

struct lur_curves { /* not to be moved: the chart borrows its texts */
  struct lur_chart chart;
  char title[256], y_name[96];
  size_t n_found; /* curves there are; at most LUR_N_SERIES of them are drawn */
  char (*label)[64];
};

/* ask->x, or the epochs with ask->ecdf; ask->by or ask->y tells the curves apart. */
int lur_curves_read(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *out, struct lur_error *e);
void lur_curves_free(struct lur_curves *c); /* accepts NULL and half-read ones */
/* As SVG: the fold of value over x, a median or mean with the quartiles as a band, or solved with Wilson's interval, a
 * curve for each value of `by`; or, with ecdf, curves of the share solved over epochs. */
int lur_plot_curves(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e);

#endif
