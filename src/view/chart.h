/* SPDX-License-Identifier: MIT
 * Curves with bands over two axes, as SVG with real text. Reentrant. */
#ifndef LUR_VIEW_CHART_H
#define LUR_VIEW_CHART_H

#include "base/buffer.h"
#include "fold/scale.h"
#include "view/canvas.h"

struct lur_series {
  char name[64];
  size_t n;
  double *x, *middle;  /* n; NaN: a gap */
  double *low, *high;  /* the band, or NULL */
};
/* Room for n points, with a band or without; false where there is no memory. */
bool lur_series_make(struct lur_series *s, size_t n, bool band);
void lur_series_free(struct lur_series *s);
struct lur_chart {
  const char *title, *x_name, *y_name;
  int width, height;          /* of the frame; 0: as for a file of its own */
  struct lur_scale x, y;
  bool steps;                 /* a value holds until the next */
  size_t n_labels;            /* x counts these from 0; 0: x is a number */
  const char (*label)[64];
  int n_series;
  struct lur_series series[LUR_N_SERIES];
};

/* Sets y to what the series' values and bands take: log where they are above 0 and over two decades. */
void lur_chart_fit_y(struct lur_chart *c);
/* alone: a file of its own, with its style; else to stand in a page that has it. */
void lur_chart_write(const struct lur_chart *c, bool alone, struct lur_buffer *out);
/* CSS of the class chart. */
void lur_chart_style(struct lur_buffer *out);

#endif
