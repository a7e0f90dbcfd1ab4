/* SPDX-License-Identifier: MIT
 * Curves with bands over two axes; over labels, points with bars. Reentrant. */
#ifndef LUR_VIEW_CHART_H
#define LUR_VIEW_CHART_H

#include "base/buffer.h"
#include "base/error.h"
#include "fold/scale.h"
#include "view/palette.h"

struct lur_look;

struct lur_series {
  char name[64];
  size_t n;
  double *x, *middle; /* n; NaN: a gap */
  double *low, *high; /* the band, or NULL */
};
/* Room for n points, with a band or without; false where there is no memory. */
bool lur_series_make(struct lur_series *s, size_t n, bool band);
void lur_series_free(struct lur_series *s);
struct lur_chart {
  const char *name; /* of the experiment; or NULL */
  const char *title, *x_name, *y_name;
  const char *key;      /* what the series' names are values of; or NULL */
  double width, height; /* of the area, in points, where the look has no size; 0: the usual */
  struct lur_scale x, y;
  bool steps;      /* a value holds until the next */
  bool counts;     /* x is whole: no tick stands between */
  size_t n_labels; /* x counts these from 0; 0: x is a number */
  const char (*label)[64];
  int n_series;
  struct lur_series series[LUR_N_SERIES];
};

/* Sets y to what the series' values and bands take: log where they are above 0 and over two decades. */
void lur_chart_fit_y(struct lur_chart *c);
/* Sets x: whole, linear, and up to the tick behind high where that is near, as 2000 is to epoch 1999. */
void lur_chart_fit_x(struct lur_chart *c, double low, double high);
/* Adds the picture. note: as of lur_figure_finish. */
int lur_chart_draw(const struct lur_chart *c, const struct lur_look *look, struct lur_buffer *out, char *note,
                   struct lur_error *e);
/* As SVG that stands in a page, which has lur_paper_page_style. */
int lur_chart_write_page(const struct lur_chart *c, struct lur_buffer *out, struct lur_error *e);

#endif
