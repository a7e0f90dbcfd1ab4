/* SPDX-License-Identifier: MIT
 * Parallel coordinates (A. Inselberg, "The plane with parallel coordinates", 1985). Lines are ranked by their value and
 * drawn from the worst to the best, so that the best are on top; where they are too many, some are left out, evenly by
 * rank, the best and the worst kept. */
#include "view/parallel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/system.h"
#include "fold/groups.h"
#include "view/figure.h"
#include "view/parallel_axis.h"

enum { HEIGHT = 250, STEP = 90, LONG_NAME = 17 }; /* points; letters */

struct parallel {
  const struct lur_plot_ask *ask;
  struct lur_figure f;
  struct lur_groups groups;
  struct lur_upright axis[LUR_MOST_PARALLEL];
  struct lur_shade shade;
  struct lur_scale scale; /* of the value */
  struct lur_color color[LUR_N_COLORS];
  double *value; /* of each group */
  bool high;     /* higher is better */
  size_t *line;  /* groups, from the first that is drawn */
  size_t n_lines;
};

/* ---- Lines ---- */
struct ranking {
  const double *value;
  bool high;
};

static int worst_first(const void *a, const void *b, void *ranking) {
  const struct ranking *r = ranking;
  size_t i = *(const size_t *)a, j = *(const size_t *)b;
  double x = r->value[i], y = r->value[j];
  if (isnan(x) || isnan(y))
    return isnan(x) && isnan(y) ? (i > j) - (i < j) : isnan(y) - isnan(x);
  int c = r->high ? (x > y) - (x < y) : (x < y) - (x > y);
  return c ? c : (i > j) - (i < j);
}

static int choose_lines(struct parallel *p, struct lur_error *e) {
  size_t n = p->groups.n;
  struct ranking r = {p->value, p->high};
  if (!(p->line = lur_alloc(n, sizeof *p->line)))
    return lur_fail_memory(e);
  for (size_t i = 0; i < n; i++)
    p->line[i] = i;
  lur_sort(p->line, n, sizeof *p->line, worst_first, &r);
  p->n_lines = n < LUR_MOST_LINES ? n : LUR_MOST_LINES;
  for (size_t i = 0; i < p->n_lines && n > p->n_lines; i++)
    p->line[i] = p->line[i * (n - 1) / (p->n_lines - 1)];
  return LUR_OK;
}

/* ---- Axes ---- */
static int read(struct lur_table *t, struct parallel *p, struct lur_error *e) {
  const struct lur_plot_ask *ask = p->ask;
  const char *value = lur_plot_value(ask);
  const struct lur_groups_ask rows = {ask->n_axes, ask->axes, value, ask->where, -1, false, NULL};
  int code = lur_groups_read(t, &rows, &p->groups, e);
  p->high = lur_table_is_high(t, value);
  if (!code && p->groups.n == 0)
    code = lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
  if (!code && !(p->value = lur_alloc(p->groups.n, sizeof *p->value)))
    code = lur_fail_memory(e);
  for (size_t i = 0; i < p->groups.n && !code; i++) {
    double x = lur_group_value(&p->groups, &p->groups.group[i], lur_plot_fold(ask));
    p->value[i] = isfinite(x) ? x : (double)NAN;
  }
  if (!code)
    code = lur_shade_make_of(p->value, p->groups.n, p->groups.is_rate, ask->shading, value, &p->shade, e);
  if (!code)
    code = choose_lines(p, e);
  if (!code) {
    const struct lur_cell **cell = lur_alloc(p->n_lines, sizeof *cell);
    code = cell ? LUR_OK : lur_fail_memory(e);
    for (int k = 0; k < p->ask->n_axes && !code; k++) {
      for (size_t i = 0; i < p->n_lines; i++)
        cell[i] = &p->groups.group[p->line[i]].key[k];
      code = lur_upright_make(t, p->ask->axes[k], cell, p->n_lines, &p->axis[k], e);
    }
    free(cell);
  }
  if (!code) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < p->groups.n; i++) {
      low = p->value[i] < low ? p->value[i] : low;
      high = p->value[i] > high ? p->value[i] : high;
    }
    p->scale = p->groups.is_rate ? lur_scale_make(0, 1, false)
                                 : lur_scale_make(low, high, low > 0 && (high / low > 100 || p->shade.scale.log));
  }
  return code;
}

/* ---- The figure: axes stand side by side in its area, values last ---- */
static double at_axis(const struct parallel *p, int k) {
  return p->f.left + p->f.width * k / p->ask->n_axes;
}

static double at_height(const struct parallel *p, double t) {
  return p->f.top + p->f.height * (1 - t);
}

/* What is no value is grey, and ends before the axis of values. */
static void draw_line(struct parallel *p, size_t group, double opacity) {
  double value = p->value[group], xy[2 * (LUR_MOST_PARALLEL + 1)];
  size_t n = 0;
  for (int k = 0; k < p->ask->n_axes; k++, n++) {
    xy[2 * n] = at_axis(p, k);
    xy[2 * n + 1] = at_height(p, lur_upright_at(&p->axis[k], &p->groups.group[group].key[k]));
  }
  if (!isnan(value)) {
    xy[2 * n] = at_axis(p, p->ask->n_axes);
    xy[2 * n + 1] = at_height(p, lur_scale_at(&p->scale, value));
    n++;
  }
  const struct lur_tint c = {.tone = LUR_TONE_GIVEN,
                             .given = p->color[isnan(value) ? LUR_BAD : lur_shade_color(&p->shade, value)],
                             .opacity = opacity};
  lur_paper_lines(p->f.paper, n, xy, &(struct lur_stroke){.line = 0.9, .ink = c});
}

/* On a ground of paper, so that lines do not run through it. */
static void draw_label(struct parallel *p, double x, double y, const char *text) {
  double em = p->f.font, width = lur_figure_text_width(&p->f, text);
  struct lur_tint ground = lur_blank;
  ground.opacity = 0.75;
  lur_paper_rect(p->f.paper, x - width - 0.2 * em, y - 0.6 * em, width + 0.4 * em, 1.2 * em, ground);
  lur_figure_text(&p->f, x, y + 0.35 * em, LUR_END, text);
}

static void draw_name(struct parallel *p, int k, const char *name, bool two_rows) {
  double y = p->f.top - p->f.font * (two_rows && k % 2 ? 2.2 : 0.9);
  lur_figure_text(&p->f, at_axis(p, k), y, LUR_MIDDLE, name);
}

static void draw_axis(struct parallel *p, int k, bool two_rows) {
  struct lur_upright_tick tick[LUR_MOST_TICKS];
  int n = lur_upright_ticks(&p->axis[k], tick);
  double x = at_axis(p, k);
  lur_paper_line(p->f.paper, x, p->f.top, x, p->f.top + p->f.height, 0.8, lur_ink);
  for (int i = 0; i < n; i++)
    draw_label(p, x - 0.5 * p->f.font, at_height(p, tick[i].at), tick[i].text);
  draw_name(p, k, p->axis[k].name, two_rows);
}

/* The shade of the bar goes by the values' own scale. */
static void draw_bar(struct parallel *p, const struct lur_ticks *t) {
  enum { STEPS = 60 };
  double x = at_axis(p, p->ask->n_axes), em = p->f.font, side = p->f.height / STEPS;
  for (int i = 0; i < STEPS; i++) {
    double value = lur_scale_value(&p->scale, (i + 0.5) / STEPS);
    const struct lur_tint c = {.tone = LUR_TONE_GIVEN, .given = p->color[lur_shade_color(&p->shade, value)]};
    lur_paper_rect(p->f.paper, x, p->f.top + p->f.height - (i + 1) * side, em, side * 1.03, c);
  }
  lur_paper_frame(p->f.paper, x, p->f.top, em, p->f.height, 0.7, lur_ink);
  for (int i = 0; i < t->n; i++)
    lur_figure_text(&p->f, x + 1.5 * em, at_height(p, t->tick[i].at) + 0.35 * em, LUR_START, t->tick[i].text);
}

static void make_title(const struct parallel *p, char *out, size_t n) {
  uint64_t n_runs = 0;
  for (size_t i = 0; i < p->groups.n; i++)
    n_runs += p->groups.group[i].n;
  const char *fold = lur_fold_names[lur_plot_fold(p->ask)];
  bool folded = n_runs > p->groups.n, some = p->n_lines < p->groups.n;
  int used = snprintf(out, n, "%s%s%s of ", folded && !p->groups.is_rate ? fold : "",
                      folded && !p->groups.is_rate ? " " : "", p->groups.is_rate ? "share solved" : p->ask->value);
  if (some)
    used += snprintf(out + used, n - (size_t)used, "%zu of ", p->n_lines);
  snprintf(out + used, n - (size_t)used, "%zu %s%s%s", p->groups.n, folded ? "combination" : "run",
           p->groups.n == 1 ? "" : "s", some ? ", evenly by rank" : "");
}

static int draw(struct parallel *p, struct lur_error *e) {
  struct lur_figure *f = &p->f;
  struct lur_ticks values;
  struct lur_upright_tick tick[LUR_MOST_TICKS];
  double left = 0, em = f->font;
  bool two_rows = false;
  for (int k = 0; k < p->ask->n_axes; k++)
    two_rows |= strlen(p->ask->axes[k]) > LONG_NAME;
  for (int i = 0, n = lur_upright_ticks(&p->axis[0], tick); i < n; i++)
    left = fmax(left, lur_figure_text_width(f, tick[i].text));
  lur_ticks_of_scale(&p->scale, 7, &values);
  lur_figure_margins(f, NULL, 1.5 * em + lur_figure_ticks_width(f, &values), 0);
  double name = lur_figure_text_width(f, p->ask->axes[0]) / 2;
  const char *value = p->groups.is_rate ? "share solved" : p->ask->value;
  f->left = 1.4 * em + fmax(left, name);
  f->right = fmax(f->right, lur_figure_text_width(f, value) / 2 + em);
  f->low = em;
  double head = em * (two_rows ? 3.2 : 1.9);
  f->top += head;
  int code = lur_figure_open(f, STEP * p->ask->n_axes, HEIGHT, 0, e);
  if (!code)
    lur_figure_title(f, head);
  double opacity = p->n_lines <= 50 ? 0.9 : p->n_lines <= 500 ? 0.6 : 0.35;
  for (size_t i = 0; i < p->n_lines && !code; i++)
    draw_line(p, p->line[i], opacity);
  for (int k = 0; k < p->ask->n_axes && !code; k++)
    draw_axis(p, k, two_rows);
  if (!code) {
    draw_bar(p, &values);
    draw_name(p, p->ask->n_axes, value, two_rows);
  }
  return code;
}

int lur_plot_parallel(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out,
                      struct lur_error *e) {
  struct parallel p = {.ask = ask};
  char title[240];
  if (ask->n_axes < 2 || ask->n_axes > LUR_MOST_PARALLEL)
    return lur_fail(e, LUR_EINPUT, "axes", "from 2 to %d axes are needed", LUR_MOST_PARALLEL);
  int code = lur_look_refuse(ask->look, LUR_LOOKS_OF_CURVES | LUR_LOOKS_OF_AXES, "lines across axes", e);
  if (!code)
    code = read(t, &p, e);
  if (!code) {
    lur_palette_fill(ask->look->has_palette ? ask->look->palette : p.shade.palette, p.color);
    make_title(&p, title, sizeof title);
    code = lur_figure_begin(&p.f, ask->look, lur_table_facts(t)->sweep.name, title, NULL, NULL, e);
  }
  if (!code)
    code = draw(&p, e);
  if (!code)
    code = lur_figure_finish(&p.f, NULL, out, ask->note, e);
  lur_figure_free(&p.f);
  for (int k = 0; k < ask->n_axes; k++)
    lur_upright_free(&p.axis[k]);
  lur_shade_free(&p.shade);
  lur_groups_free(&p.groups);
  free(p.value);
  free(p.line);
  return code;
}
