/* SPDX-License-Identifier: MIT
 * A chart of one series over the epochs. */
#include "view/run_curve.h"

#include <math.h>

enum { ROWS = 6 };

void lur_run_curve_write(const struct lur_text_style *style, const char *name, double *x, double *y, int n,
                         struct lur_buffer *out) {
  struct lur_text_style small = *style;
  struct lur_chart c = {.title = name, .x_name = "epoch", .y_name = name, .n_series = 1};
  int n_shown = 0;
  for (int i = 0; i < n; i++)
    n_shown += isfinite(y[i]) != 0;
  if (style->width < LUR_RUN_CURVE_LEAST_WIDTH || n_shown < 2)
    return;
  c.series[0] = (struct lur_series){.n = (size_t)n, .x = x, .middle = y};
  c.x = lur_scale_make(x[0], x[n - 1], false);
  lur_chart_fit_y(&c);
  small.rows = ROWS;
  lur_buffer_text(out, "\n");
  lur_chart_write_text(&c, &small, out);
}
