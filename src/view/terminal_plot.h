/* SPDX-License-Identifier: MIT
 * A picture of a results file for the terminal: a heatmap over two axes, curves over one. Reads the rows once.
 * Belongs to the thread of its table. */
#ifndef LUR_VIEW_TERMINAL_PLOT_H
#define LUR_VIEW_TERMINAL_PLOT_H

#include "view/plot_choice.h"
#include "view/terminal.h"

/* The style's rows are set here. */
int lur_plot_terminal(struct lur_table *t, const struct lur_plot_ask *ask, const struct lur_text_style *style,
                      struct lur_buffer *out, struct lur_error *e);

#endif
