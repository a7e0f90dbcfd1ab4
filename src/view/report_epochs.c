/* SPDX-License-Identifier: MIT
 * How long runs took: a histogram by how they ended, and the share solved over epochs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "engine/engine.h"
#include "view/chart.h"
#include "view/report_parts.h"

enum { N_BINS = 40, MOST_STEPS = 400, N_ENDS = LUR_N_STATUSES };
enum { WIDTH = 320, HEIGHT = 200 };

/* ---- The histogram: a series for each way to end that runs have, but those that took all epochs ---- */
struct histogram {
  struct lur_chart chart;
  char title[96];
  double low, high;
  size_t n[N_ENDS][N_BINS], n_of[N_ENDS];
  double x[N_BINS + 1], y[N_ENDS][N_BINS + 1], zero[N_BINS + 1];
};

static void add_series(struct histogram *h, int status) {
  struct lur_series *s = &h->chart.series[h->chart.n_series++];
  for (int i = 0; i < N_BINS; i++) {
    h->x[i + 1] = h->low + (i + 1) * (h->high - h->low) / N_BINS;
    h->y[status][i + 1] = (double)h->n[status][i];
  }
  h->x[0] = h->low;
  h->y[status][0] = h->y[status][1];
  *s = (struct lur_series){.n = N_BINS + 1, .x = h->x, .middle = h->y[status], .low = h->zero, .high = h->y[status]};
  for (int i = 0; lur_status_names[status][i]; i++)
    s->name[i] = lur_status_names[status][i];
}

static void count_ends(const struct lur_report *r, struct histogram *h) {
  for (int s = 0; s < N_ENDS; s++)
    for (size_t i = 0; i < r->ends[s].n; i++) {
      const struct lur_end *end = &r->ends[s].end[i];
      double at = (end->epochs - h->low) / (h->high - h->low) * N_BINS;
      h->n[s][at < N_BINS ? (int)at : N_BINS - 1] += end->n;
      h->n_of[s] += end->n;
    }
}

static int write_histogram(struct lur_report *r, struct histogram *h, struct lur_error *e) {
  static const uint8_t order[] = {LUR_SOLVED, LUR_DIVERGED, LUR_STALLED, LUR_STOPPED, LUR_PRUNED, LUR_FINISHED};
  bool others = false;
  double most = 1;
  count_ends(r, h);
  for (int s = 0; s < N_ENDS; s++)
    others |= s != LUR_FINISHED && h->n_of[s] > 0;
  for (size_t i = 0; i < sizeof order; i++)
    if (h->n_of[order[i]] && !(others && order[i] == LUR_FINISHED))
      add_series(h, order[i]);
  for (int k = 0; k < h->chart.n_series; k++)
    for (int i = 0; i <= N_BINS; i++)
      most = fmax(most, h->chart.series[k].middle[i]);
  if (h->chart.n_series == 1) {
    snprintf(h->title, sizeof h->title, "epochs of runs that were %s", h->chart.series[0].name);
    h->chart.title = r->frame.folded ? h->chart.title : h->title;
    h->chart.series[0].name[0] = '\0';
  }
  h->chart.x = lur_scale_make(h->low, h->high, false);
  h->chart.y = lur_scale_make(0, most, false);
  int code = lur_chart_write_page(&h->chart, r->out, e);
  if (others && h->n_of[LUR_FINISHED])
    lur_buffer_format(r->out, "<p class=\"note\">%zu more runs took all their epochs, unsolved.</p>\n",
                      h->n_of[LUR_FINISHED]);
  return code;
}

static int report_histogram(struct lur_report *r, struct lur_error *e) {
  struct histogram *h = lur_alloc(1, sizeof *h);
  if (!h)
    return lur_fail_memory(e);
  h->chart = (struct lur_chart){.title = r->frame.folded ? "epochs, mean of a combination's seeds"
                                                         : "epochs, by how runs ended",
                                .x_name = "epochs",
                                .y_name = r->frame.folded ? "combinations" : "runs",
                                .width = WIDTH,
                                .height = HEIGHT,
                                .steps = true};
  h->low = INFINITY;
  h->high = -INFINITY;
  for (int s = 0; s < N_ENDS; s++)
    for (size_t i = 0; i < r->ends[s].n; i++) {
      h->low = fmin(h->low, r->ends[s].end[i].epochs);
      h->high = fmax(h->high, r->ends[s].end[i].epochs);
    }
  int code = LUR_OK;
  if (h->low < h->high)
    code = write_histogram(r, h, e);
  else if (h->low <= h->high)
    lur_buffer_format(r->out, "<p class=\"note\">All took %.17g.</p>\n", h->low);
  free(h);
  return code;
}

/* ---- The share solved ---- */
static int report_share(struct lur_report *r, struct lur_error *e) {
  double x[MOST_STEPS + 4], y[MOST_STEPS + 4], last = 1;
  struct lur_ends d = {0};
  int code = LUR_OK;
  for (int s = 0; s < N_ENDS; s++)
    for (size_t i = 0; i < r->ends[s].n && !code; i++) {
      const struct lur_end *end = &r->ends[s].end[i];
      last = fmax(last, end->epochs);
      code = lur_ends_add(&d, end->epochs, end->n, end->n_solved, e);
    }
  d.n_runs = r->frame.n_rows;
  struct lur_chart chart = {.title = "epochs to a solution",
                            .x_name = "epochs",
                            .y_name = "share solved by then",
                            .width = WIDTH,
                            .height = HEIGHT,
                            .steps = true,
                            .n_series = 1};
  chart.series[0] = (struct lur_series){.x = x, .middle = y};
  if (!code) {
    size_t n = chart.series[0].n = lur_ends_estimate(&d, last / MOST_STEPS, last, x, y);
    chart.x = lur_scale_make(0, last, false);
    chart.y = lur_scale_make(0, fmin(1, 1.05 * y[n - 1]), false);
    code = lur_chart_write_page(&chart, r->out, e);
  }
  lur_ends_free(&d);
  return code;
}

int lur_report_epochs(struct lur_report *r, struct lur_error *e) {
  if (lur_frame_metric(&r->frame, "epochs") < 0)
    return LUR_OK;
  lur_buffer_text(r->out, "<h2>How many epochs runs took</h2>\n<div class=\"curves\">\n<div>");
  int code = report_histogram(r, e);
  lur_buffer_text(r->out, "</div>\n");
  if (!code && r->n_solved && !r->frame.folded)
    code = report_share(r, e);
  lur_buffer_text(r->out, "</div>\n");
  return code;
}
