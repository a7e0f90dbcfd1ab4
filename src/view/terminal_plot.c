/* SPDX-License-Identifier: MIT
 * The picture is made as those of files are, but for its characters. */
#include "view/terminal_plot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/curves.h"

enum { ROWS = 20, CURVE_ROWS = 13, LEAST_WIDTH = 40 /* narrower ones wrap */ };

static int write_map(struct lur_table *t, const struct lur_plot_ask *ask, const struct lur_text_style *style,
                     struct lur_buffer *out, struct lur_error *e) {
  struct lur_grid g = {0};
  struct lur_shade shade = {0};
  const struct lur_grid_ask rows = {ask->x, ask->y, ask->value, ask->where, lur_plot_fold(ask), 0};
  char title[160];
  int code = lur_grid_read(t, &rows, &g, e);
  if (!code)
    code = lur_shade_make(&g, ask->shading, ask->value, &shade, e);
  if (!code) {
    lur_grid_title(&g, ask->value, title);
    lur_grid_write_text(&g, &shade, title, style, out);
  }
  lur_shade_free(&shade);
  lur_grid_free(&g);
  return code;
}

static int write_curves(struct lur_table *t, const struct lur_plot_ask *ask, const struct lur_text_style *style,
                        struct lur_buffer *out, struct lur_error *e) {
  struct lur_curves c;
  char title[240];
  int code = lur_curves_read(t, ask, &c, e);
  if (!code) {
    c.chart.title = title;
    const char *by = lur_plot_by(ask), *fold = lur_fold_names[lur_plot_fold(ask)];
    bool named = ask->ecdf || strcmp(c.y_name, "share solved") == 0;
    snprintf(title, sizeof title, "%s%s%s%s%s", named ? "" : fold, named ? "" : " ", c.y_name, by ? ", by " : "",
             by ? by : "");
    if (!named) {
      /* Bands are not drawn, and take no room. */
      for (int k = 0; k < c.chart.n_series; k++) {
        free(c.chart.series[k].low);
        free(c.chart.series[k].high);
        c.chart.series[k].low = c.chart.series[k].high = NULL;
      }
      lur_chart_fit_y(&c.chart);
    }
    lur_chart_write_text(&c.chart, style, out);
  }
  lur_curves_free(&c);
  return code;
}

int lur_plot_terminal(struct lur_table *t, const struct lur_plot_ask *ask, const struct lur_text_style *style,
                      struct lur_buffer *out, struct lur_error *e) {
  struct lur_text_style s = *style;
  bool map = ask->y && !ask->by && !ask->ecdf;
  s.width = s.width < LEAST_WIDTH ? LEAST_WIDTH : s.width;
  s.rows = map ? ROWS : CURVE_ROWS;
  int code = map ? write_map(t, ask, &s, out, e) : write_curves(t, ask, &s, out, e);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}
