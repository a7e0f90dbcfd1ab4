/* SPDX-License-Identifier: MIT
 * Pictures of a results file. Each reads the rows once and adds the picture's bytes to a buffer. */
#ifndef LUR_VIEW_PLOT_H
#define LUR_VIEW_PLOT_H

#include "view/grid.h"
#include "view/shade.h"

struct lur_plot_ask {
  const char *x, *y;      /* columns; y may be NULL where it says so */
  const char *by;         /* a curve for each of its values; or NULL */
  const char *value;      /* a column, or "solved" */
  const char *where;      /* SQL, or NULL */
  enum lur_fold fold;
  bool fold_given;        /* else curves show the median */
  enum lur_shading shading;
  bool bare;              /* a pixel a cell, and nothing else */
  int n_axes;             /* of parallel coordinates */
  const char *const *axes;
  bool ecdf;              /* the share of runs solved within so many epochs */
};

/* Puts the columns' own names where others were given (stop.error). */
void lur_plot_name_columns(const struct lur_table *t, struct lur_plot_ask *ask);
/* Where no value was asked for: what the file's combinations are ranked by. */
int lur_plot_usual_value(struct lur_table *t, struct lur_plot_ask *ask, struct lur_error *e);
/* A cell a colour, as PNG: x to the right, y upwards. */
int lur_plot_heatmap(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e);
/* As SVG: the fold of value over x, a median or mean with the quartiles as a band, or solved with Wilson's interval, a
 * curve for each value of `by`; or, with ecdf, curves of the share solved over epochs. */
int lur_plot_curves(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e);
/* As SVG: an axis upright for each of ask->axes and one for the value, and a line across them for each combination of
 * their values, or as many as can be told apart, in the value's colour. */
enum { LUR_MOST_PARALLEL = 12, LUR_MOST_LINES = 2000 };
int lur_plot_parallel(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e);
/* What is asked for: lines across axes, else curves (svg) or a heatmap. */
int lur_plot_draw(struct lur_table *t, const struct lur_plot_ask *ask, bool svg, struct lur_buffer *out,
                  struct lur_error *e);

#endif
