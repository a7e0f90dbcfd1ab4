/* SPDX-License-Identifier: MIT
 * The picture of a results file that is asked for, as bytes that are added to a buffer. */
#ifndef LUR_VIEW_PLOT_H
#define LUR_VIEW_PLOT_H

#include "view/plot_choice.h"

/* What is asked for: lines across axes; with y a heatmap, else curves. */
int lur_plot_draw(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e);

#endif
