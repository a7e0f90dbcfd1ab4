/* SPDX-License-Identifier: MIT
 * The effect of each axis over all others: of each of its values the share solved, and the median of the combinations'
 * medians. Combinations that do not read an axis do not count for it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "fold/number_text.h"
#include "fold/statistics.h"
#include "fold/tally.h"
#include "view/chart.h"
#include "view/markup.h"
#include "view/report_parts.h"
#include "view/tables.h"

enum { MOST_POINTS = 256, MOST_CHARTS = 24 };

struct effect {
  int axis;
  size_t n, n_seen; /* values; those that runs have */
  struct lur_level *level;
  size_t best, worst; /* of those that runs have */
};

/* ---- Values of one axis ---- */
static bool is_gap(const struct lur_report *r, int axis, uint32_t level) {
  const struct lur_grid_axis *a = &r->frame.axis[axis];
  return level >= a->n || (!a->n_bins && a->value[a->order[level]].kind == LUR_CELL_NULL);
}

static int read_levels(const struct lur_report *r, struct effect *x, struct lur_error *e) {
  const struct lur_cells *c = &r->cells;
  uint32_t *of = lur_alloc(c->n, sizeof *of);
  struct lur_quartiles *q = lur_alloc(x->n, sizeof *q);
  const struct lur_quartiles none = {NAN, NAN, NAN, NAN};
  int code = of && q ? LUR_OK : lur_fail_memory(e);
  for (size_t i = 0; i < c->n && !code; i++) {
    of[i] = lur_cells_level(c, i, x->axis);
    x->level[of[i]].n_runs += c->n_runs[i];
    x->level[of[i]].n_solved += c->n_solved[i];
  }
  if (!code && r->metric >= 0)
    code = lur_quartiles_read(c->median[r->metric], of, c->n, x->n, q, e);
  for (size_t i = 0; i < x->n && !code; i++)
    x->level[i].standing = r->metric >= 0 ? q[i] : none;
  free(of);
  free(q);
  return code;
}

static int read_effect(const struct lur_report *r, int axis, struct effect *x, struct lur_error *e) {
  *x = (struct effect){.axis = axis, .n = lur_cells_n_levels(&r->cells, axis)};
  x->level = lur_alloc(x->n, sizeof *x->level);
  int code = x->level ? read_levels(r, x, e) : lur_fail_memory(e);
  for (size_t i = 0; i < x->n && !code; i++) {
    if (x->level[i].n_runs == 0 || is_gap(r, axis, (uint32_t)i))
      continue;
    if (x->n_seen == 0 || lur_level_better(&x->level[i], &x->level[x->best], r->by_rate, r->ranking.high))
      x->best = i;
    if (x->n_seen++ == 0 || lur_level_better(&x->level[x->worst], &x->level[i], r->by_rate, r->ranking.high))
      x->worst = i;
  }
  return code;
}

/* ---- Which one matters most ---- */
/* The difference in the share solved, else how many times the median changes. */
static double size_of(const struct lur_report *r, const struct effect *x) {
  if (x->n_seen < 2)
    return 0;
  const struct lur_level *best = &x->level[x->best], *worst = &x->level[x->worst];
  if (r->by_rate)
    return lur_level_rate(best) - lur_level_rate(worst);
  if (isnan(best->standing.median))
    return 0;
  if (isnan(worst->standing.median))
    return INFINITY;
  return best->standing.median > 0 && worst->standing.median > 0
             ? fabs(log(worst->standing.median / best->standing.median))
             : fabs(worst->standing.median - best->standing.median);
}

static void say_level(struct lur_report *r, const struct effect *x, size_t i) {
  const struct lur_level *l = &x->level[i];
  char text[144], number[32];
  if (r->by_rate)
    lur_buffer_format(r->out, "%.3g %%", 100 * lur_level_rate(l));
  else if (isnan(l->standing.median))
    lur_buffer_text(r->out, "nothing (every run diverged)");
  else {
    lur_text_number(l->standing.median, number);
    lur_buffer_text(r->out, number);
  }
  lur_buffer_text(r->out, " at ");
  lur_cells_label(&r->cells, x->axis, i, text);
  lur_markup_text(text, r->out);
}

int lur_report_matters(struct lur_report *r, struct lur_error *e) {
  if (r->ranking.apart && !r->by_rate)
    return LUR_OK;
  struct effect most = {0}, x;
  int code = LUR_OK, n = 0;
  double size = 0;
  for (int i = 0; i < r->frame.n_axes && !code; i++) {
    code = read_effect(r, i, &x, e);
    n += x.n_seen > 1;
    if (!code && size_of(r, &x) > size) {
      size = size_of(r, &x);
      free(most.level);
      most = x;
    } else {
      free(x.level);
    }
  }
  if (!code && n > 1 && size > 0 && (r->by_rate || r->metric >= 0)) {
    lur_buffer_text(r->out, "What matters most is <b>");
    lur_markup_text(r->frame.axis[most.axis].name, r->out);
    lur_buffer_text(r->out, "</b>: ");
    if (r->by_rate)
      lur_buffer_text(r->out, "the share solved");
    else
      lur_markup_text(r->frame.metric[r->metric].name, r->out);
    lur_buffer_text(r->out, " goes from ");
    say_level(r, &most, most.worst);
    lur_buffer_text(r->out, " to ");
    say_level(r, &most, most.best);
    lur_buffer_text(r->out, ", over all others.\n");
  }
  free(most.level);
  return code;
}

/* ---- The table ---- */
static void add_level(const struct lur_report *r, const struct effect *x, size_t i, struct lur_text_table *t) {
  const struct lur_level *l = &x->level[i];
  const struct lur_grid_axis *a = &r->frame.axis[x->axis];
  char text[144], share[32];
  lur_cells_label(&r->cells, x->axis, i, text);
  lur_text_table_add(t, text, a->n_bins || a->value[a->order[i]].kind != LUR_CELL_TEXT);
  snprintf(share, sizeof share, "%.1f %%", 100 * lur_level_rate(l));
  if (r->n_solved)
    lur_text_table_add(t, share, true);
  if (r->metric >= 0)
    lur_text_table_add_number(t, l->standing.median);
}

static int add_effects(const struct lur_report *r, struct lur_text_table *t, struct lur_error *e) {
  int code = LUR_OK;
  struct effect x;
  for (int i = 0; i < r->frame.n_axes && !code; i++) {
    code = read_effect(r, i, &x, e);
    if (!code && x.n_seen) {
      lur_text_table_add(t, r->frame.axis[x.axis].name, false);
      lur_text_table_add_count(t, x.n_seen);
      add_level(r, &x, x.best, t);
      add_level(r, &x, x.worst, t);
    }
    free(x.level);
  }
  return code;
}

static int write_effects(struct lur_report *r, struct lur_error *e) {
  const char *head[8] = {"axis", "values"};
  int n = 2;
  for (int worst = 0; worst < 2; worst++) {
    head[n++] = worst ? "worst at" : "best at";
    if (r->n_solved)
      head[n++] = "solved";
    if (r->metric >= 0)
      head[n++] = r->frame.metric[r->metric].name;
  }
  struct lur_text_table *t = lur_text_table_new(n, head);
  int code = t ? add_effects(r, t, e) : lur_fail_memory(e);
  if (!code)
    code = lur_text_table_write_page(t, "effects", r->out, e);
  lur_text_table_free(t);
  return code;
}

/* ---- The curves: quartiles of the runs, or Wilson's interval of the share solved; neighbours taken together ---- */
struct curve {
  struct lur_chart chart;
  int axis;
  uint8_t shift;
  size_t n;
  uint32_t *of; /* the point of each combination */
  size_t group; /* in a tally: that of the first point */
  struct lur_quartiles *q;
  uint64_t *n_runs, *n_solved;
  char (*label)[64];
};

static int make_curve(const struct lur_report *r, int axis, struct curve *c, struct lur_error *e) {
  const struct lur_frame *f = &r->frame;
  c->axis = axis;
  size_t n = lur_cells_n_levels(&r->cells, axis);
  while ((n >> c->shift) > MOST_POINTS)
    c->shift++;
  c->n = ((n - 1) >> c->shift) + 1;
  c->of = lur_alloc(f->n, sizeof *c->of);
  c->q = lur_alloc(c->n, sizeof *c->q);
  c->n_runs = lur_alloc(c->n, sizeof *c->n_runs);
  c->n_solved = lur_alloc(c->n, sizeof *c->n_solved);
  c->label = lur_alloc(c->n, sizeof *c->label);
  bool line = lur_series_make(&c->chart.series[0], c->n, true);
  if (!c->of || !c->q || !c->n_runs || !c->n_solved || !c->label || !line)
    return lur_fail_memory(e);
  for (size_t i = 0; i < f->n; i++) {
    uint32_t level = f->level[axis][i];
    c->of[i] = is_gap(r, axis, level) ? LUR_NO_LEVEL : level >> c->shift;
    if (c->of[i] == LUR_NO_LEVEL)
      continue;
    c->n_runs[c->of[i]] += f->n_runs[i];
    c->n_solved[c->of[i]] += f->n_solved[i];
  }
  return LUR_OK;
}

/* Where point i stands: the middle of its values, by number on a list. */
static void place_points(const struct lur_report *r, int axis, struct curve *c) {
  const struct lur_grid_axis *a = &r->frame.axis[axis];
  struct lur_chart *chart = &c->chart;
  chart->x_name = a->name;
  if (a->spacing == LUR_SPACE_LIST || c->n < 3) {
    for (size_t i = 0; i < c->n; i++) {
      lur_grid_label(a, i << c->shift, c->label[i]);
      chart->series[0].x[i] = (double)i;
    }
    chart->n_labels = c->n;
    chart->label = (const char(*)[64])c->label;
    chart->x = lur_scale_make(-0.3, (double)c->n - 0.7, false);
    return;
  }
  chart->x = lur_grid_scale(a);
  for (size_t i = 0; i < c->n; i++) {
    size_t end = (i + 1) << c->shift;
    double middle = 0.5 * (double)((i << c->shift) + (end < a->n ? end : a->n)) / (double)a->n;
    chart->series[0].x[i] = lur_scale_value(&chart->x, middle);
  }
}

static void free_curve(struct curve *c) {
  lur_series_free(&c->chart.series[0]);
  free(c->of);
  free(c->q);
  free(c->n_runs);
  free(c->n_solved);
  free(c->label);
}

struct curves {
  const struct lur_report *r;
  size_t n;
  struct curve curve[MOST_CHARTS];
  struct lur_tally *tally;
};

/* Where every point is one combination, its quartiles are known. */
static bool take_standing(const struct lur_report *r, struct curve *c) {
  size_t n_seen = 0;
  for (size_t i = 0; i < r->frame.n; i++)
    n_seen += c->of[i] != LUR_NO_LEVEL;
  for (size_t i = 0; i < c->n; i++) {
    n_seen -= c->n_runs[i] > 0;
    c->q[i] = (struct lur_quartiles){NAN, NAN, NAN, NAN};
  }
  for (size_t i = 0; i < r->frame.n && n_seen == 0; i++)
    if (c->of[i] != LUR_NO_LEVEL)
      c->q[c->of[i]] = r->cells.standing[i];
  return n_seen == 0;
}

static int take_row(void *curves, const struct lur_frame_row *row, struct lur_error *e) {
  const struct curves *all = curves;
  double value = row->value[all->r->metric];
  int code = LUR_OK;
  for (size_t i = 0; i < all->n && !isnan(value) && !code; i++) {
    const struct curve *c = &all->curve[i];
    if (c->group != SIZE_MAX && c->of[row->cell] != LUR_NO_LEVEL)
      code = lur_tally_add(all->tally, c->group + c->of[row->cell], value, e);
  }
  return code;
}

/* In a few passes over the rows for all curves together. */
static int read_quartiles(struct lur_report *r, struct curves *all, struct lur_error *e) {
  size_t n_groups = 0;
  for (size_t i = 0; i < all->n; i++) {
    struct curve *c = &all->curve[i];
    c->group = take_standing(r, c) ? SIZE_MAX : n_groups;
    n_groups += c->group == SIZE_MAX ? 0 : c->n;
  }
  if (n_groups == 0)
    return LUR_OK;
  int code = (all->tally = lur_tally_new(0, e)) ? LUR_OK : e->code;
  for (bool again = true; again && !code;) {
    code = lur_frame_pass(&r->frame, take_row, all, e);
    if (!code)
      code = lur_tally_pass(all->tally, &again, e);
  }
  for (size_t i = 0; i < all->n && !code; i++)
    for (size_t k = 0; k < all->curve[i].n && all->curve[i].group != SIZE_MAX; k++) {
      struct lur_spread s = lur_tally_spread(all->tally, all->curve[i].group + k);
      all->curve[i].q[k] = (struct lur_quartiles){s.low, s.median, s.high, s.mean};
    }
  lur_tally_free(all->tally);
  return code;
}

static int write_curve(struct lur_report *r, struct curve *c, struct lur_error *e) {
  place_points(r, c->axis, c);
  struct lur_series *line = &c->chart.series[0];
  for (size_t i = 0; i < c->n; i++) {
    struct lur_interval w = lur_wilson(c->n_solved[i], c->n_runs[i]);
    bool any = c->n_runs[i] > 0;
    line->middle[i] = !any ? (double)NAN : r->by_rate ? (double)c->n_solved[i] / (double)c->n_runs[i] : c->q[i].median;
    line->low[i] = r->by_rate ? w.low : c->q[i].low;
    line->high[i] = r->by_rate ? w.high : c->q[i].high;
  }
  line->n = c->n;
  c->chart.n_series = 1;
  lur_chart_fit_y(&c->chart);
  if (r->by_rate)
    c->chart.y = lur_scale_make(0, fmin(1, 1.02 * c->chart.y.high), false);
  c->chart.y_name = r->by_rate ? "share solved" : r->frame.metric[r->metric].name;
  return lur_chart_write_page(&c->chart, r->out, e);
}

static int write_curves(struct lur_report *r, struct lur_error *e) {
  struct curves *all = lur_alloc(1, sizeof *all);
  int code = all ? LUR_OK : lur_fail_memory(e);
  for (int i = 0; i < r->frame.n_axes && !code && all->n < MOST_CHARTS; i++) {
    if (lur_cells_n_levels(&r->cells, i) < 2)
      continue;
    struct curve *c = &all->curve[all->n++];
    c->chart =
        (struct lur_chart){.title = r->by_rate ? "share solved" : "median and quartiles", .width = 320, .height = 200};
    code = make_curve(r, i, c, e);
  }
  if (!code) {
    all->r = r;
    code = r->by_rate ? LUR_OK : read_quartiles(r, all, e);
  }
  for (size_t i = 0; all && i < all->n; i++) {
    if (!code)
      code = write_curve(r, &all->curve[i], e);
    free_curve(&all->curve[i]);
  }
  free(all);
  return code;
}

int lur_report_effects(struct lur_report *r, struct lur_error *e) {
  if (r->frame.n_axes == 0)
    return LUR_OK;
  lur_buffer_text(r->out, "<h2>The effect of each axis, over all others</h2>\n");
  /* Nothing is said here of losses that do not compare. */
  if (r->ranking.apart)
    r->metric = -1;
  if (!r->by_rate && r->metric < 0)
    lur_buffer_text(r->out, "<p class=\"note\">Of runs whose losses do not compare, or that have no value, there is no "
                            "effect to be told.</p>\n");
  int code = write_effects(r, e);
  lur_buffer_text(r->out, "<div class=\"curves\">\n");
  if (!code && (r->by_rate || r->metric >= 0))
    code = write_curves(r, e);
  lur_buffer_text(r->out, "</div>\n");
  return code;
}
