/* SPDX-License-Identifier: MIT
 * Combinations of a results file as parallel coordinates. Reads the rows once and adds the picture's bytes to a
 * buffer. */
#ifndef LUR_VIEW_PARALLEL_H
#define LUR_VIEW_PARALLEL_H

#include "view/plot_choice.h"

/* As SVG: an axis upright for each of ask->axes and one for the value, and a line across them for each combination of
 * their values, or as many as can be told apart, in the value's colour. */
enum { LUR_MOST_LINES = 2000 };
int lur_plot_parallel(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e);

#endif
