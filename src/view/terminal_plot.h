/* SPDX-License-Identifier: MIT
 * A picture of a results file for the terminal: a heatmap over two axes, curves over one. Reads the rows once, or twice
 * where it has to choose what is shown. Belongs to the thread of its table. */
#ifndef LUR_VIEW_TERMINAL_PLOT_H
#define LUR_VIEW_TERMINAL_PLOT_H

#include "view/plot.h"
#include "view/terminal.h"

/* Fills in what is NULL: without x, the axis with the most values, and with the next most y; without value, the measure
 * of trainability, whether it was solved where some were and some not, the epochs where all were, else the loss. */
int lur_plot_choose(struct lur_table *t, struct lur_plot_ask *ask, struct lur_error *e);
/* The style's rows are set here. */
int lur_plot_terminal(struct lur_table *t, const struct lur_plot_ask *ask, const struct lur_text_style *style,
                      struct lur_buffer *out, struct lur_error *e);

#endif
