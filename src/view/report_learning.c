/* SPDX-License-Identifier: MIT
 * Learning curves of a report: the median loss over the epochs with its quartiles, by each of a few axes; those with
 * texts as values come first, for these are what one compares. */
#include <stdio.h>

#include "view/curves.h"
#include "view/markup.h"
#include "view/report_parts.h"

enum { MOST_CHARTS = 3, MANY_ROWS = 100000, WIDTH = 320, HEIGHT = 200 };

static bool is_text(const struct lur_report *r, int axis) {
  const struct lur_grid_axis *a = &r->frame.axis[axis];
  return !a->n_bins && a->n && a->value[a->order[a->n - 1]].kind == LUR_CELL_TEXT;
}

/* The axes that tell curves apart, as many as a chart shows; one pass over all points each. */
static int choose_axes(const struct lur_report *r, int axis[MOST_CHARTS]) {
  const int most = r->frame.n_rows > MANY_ROWS ? 1 : MOST_CHARTS;
  int n = 0;
  for (int texts = 1; texts >= 0; texts--)
    for (int i = 0; i < r->frame.n_axes && n < most; i++) {
      const size_t n_levels = lur_cells_n_levels(&r->cells, i);
      if (n_levels > 1 && n_levels <= LUR_N_SERIES && is_text(r, i) == texts)
        axis[n++] = i;
    }
  return n;
}

/* What cannot be drawn is said. */
static int write_chart(struct lur_report *r, const struct lur_plot_ask *ask, const char *loss, struct lur_error *e) {
  struct lur_curves c;
  struct lur_error own = {0};
  lur_buffer_text(r->out, "<figure>\n");
  int code = lur_curves_read(r->t, ask, &c, &own);
  if (!code) {
    c.chart.name = c.chart.title = NULL;
    c.chart.width = WIDTH;
    c.chart.height = HEIGHT;
    code = lur_chart_write_page(&c.chart, r->out, &own);
  }
  lur_buffer_text(r->out, "<figcaption class=\"note\">");
  lur_markup_text(code ? own.text : c.title, r->out);
  if (!code && loss) {
    lur_buffer_text(r->out, "; by ");
    lur_markup_text(loss, r->out);
  }
  lur_buffer_text(r->out, "</figcaption>\n</figure>\n");
  lur_curves_free(&c);
  if (code && code != LUR_EINPUT)
    *e = own;
  return code == LUR_EINPUT ? LUR_OK : code;
}

/* Of the rows with one loss function, where losses do not compare. */
static int write_charts(struct lur_report *r, const char *loss, struct lur_error *e) {
  struct lur_buffer where = {0};
  int axis[MOST_CHARTS], n = choose_axes(r, axis), code = LUR_OK;
  if (loss)
    lur_buffer_format(&where, "(%s) = '%s'", r->ranking.loss_sql, loss);
  struct lur_plot_ask ask = {.x = "epoch", .value = "loss", .where = where.data};
  for (int i = 0; i < (n ? n : 1) && !code; i++) {
    ask.by = n ? r->frame.axis[axis[i]].name : NULL;
    code = where.failed ? lur_fail_memory(e) : write_chart(r, &ask, loss, e);
  }
  ask.by = n ? r->frame.axis[axis[0]].name : NULL;
  ask.value = "validation_loss";
  if (!code && lur_table_curves(r->t) > 1)
    code = write_chart(r, &ask, loss, e);
  lur_buffer_free(&where);
  return code;
}

int lur_report_learning(struct lur_report *r, struct lur_error *e) {
  int code = LUR_OK;
  if (lur_table_curves(r->t) == 0)
    return LUR_OK;
  lur_buffer_text(r->out, "<h2>Learning curves</h2>\n<div class=\"curves\" id=\"learning\">\n");
  const bool apart = r->ranking.n_losses > 1; /* also where accuracy ranks */
  for (int i = 0; i < (apart ? r->ranking.n_losses : 1) && !code; i++)
    code = write_charts(r, apart ? r->ranking.loss[i] : NULL, e);
  lur_buffer_text(r->out, "</div>\n");
  return code;
}
