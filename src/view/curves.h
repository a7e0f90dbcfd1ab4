/* SPDX-License-Identifier: MIT
 * The rows of a results file as curves: what a picture of them shows, before it is drawn. Belongs to the thread of its
 * table. */
#ifndef LUR_VIEW_CURVES_H
#define LUR_VIEW_CURVES_H

#include "view/chart.h"
#include "view/groups.h"
#include "view/plot.h"

struct lur_curves { /* not to be moved: the chart borrows its texts */
  struct lur_chart chart;
  char title[160], y_name[96];
  char (*label)[64];
};

/* ask->x, or the epochs with ask->ecdf; ask->by or ask->y tells the curves apart. */
int lur_curves_read(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *out, struct lur_error *e);
/* Of the group's runs, what ask->fold makes of them; the median where nothing is said. */
double lur_group_value(const struct lur_groups *g, const struct lur_group *group, const struct lur_plot_ask *ask);
void lur_curves_free(struct lur_curves *c); /* accepts NULL and half-read ones */

#endif
