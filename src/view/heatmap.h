/* SPDX-License-Identifier: MIT
 * Rows of a results file as a heatmap over two axes. Reads the rows once and adds the picture's bytes to a buffer. */
#ifndef LUR_VIEW_HEATMAP_H
#define LUR_VIEW_HEATMAP_H

#include "view/plot_choice.h"

/* A cell a colour: x to the right, y upwards. */
int lur_plot_heatmap(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e);

#endif
