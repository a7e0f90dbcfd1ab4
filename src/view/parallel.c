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
#include "fold/groups.h"
#include "view/markup.h"
#include "view/parallel_axis.h"
#include "view/shade.h"

enum { TOP = 76, HEIGHT = 380, LOW = 24, LEFT = 96, STEP = 130, RIGHT = 120, BAR = 14, BAR_STEPS = 60, LONG_NAME = 17 };

struct parallel {
  const struct lur_plot_ask *ask;
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
  qsort_r(p->line, n, sizeof *p->line, worst_first, &r);
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
      code = lur_upright_make(p->ask->axes[k], cell, p->n_lines, &p->axis[k], e);
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

/* ---- SVG ---- */
static int at_axis(int k) {
  return LEFT + k * STEP;
}

static double at_height(double t) {
  return TOP + HEIGHT * (1 - t);
}

/* What is no value is grey, and ends before the axis of values. */
static void write_line(const struct parallel *p, size_t group, struct lur_buffer *out) {
  double value = p->value[group];
  struct lur_color c = isnan(value) ? p->color[LUR_BAD] : p->color[lur_shade_color(&p->shade, value)];
  lur_buffer_format(out, "<path stroke=\"#%02x%02x%02x\" d=\"", c.r, c.g, c.b);
  for (int k = 0; k < p->ask->n_axes; k++)
    lur_buffer_format(out, "%c%d %.1f", k ? 'L' : 'M', at_axis(k),
                      at_height(lur_upright_at(&p->axis[k], &p->groups.group[group].key[k])));
  if (!isnan(value))
    lur_buffer_format(out, "L%d %.1f", at_axis(p->ask->n_axes), at_height(lur_scale_at(&p->scale, value)));
  lur_buffer_text(out, "\"/>\n");
}

static void write_name(int k, const char *name, bool two_rows, struct lur_buffer *out) {
  lur_markup_text_at(at_axis(k), TOP - (two_rows && k % 2 ? 32 : 14), "middle", name, out);
}

/* Its colours stand beside the axis of values. */
static void write_bar(const struct parallel *p, bool two_rows, struct lur_buffer *out) {
  double tick[LUR_MOST_TICKS], side = (double)HEIGHT / BAR_STEPS;
  int x = at_axis(p->ask->n_axes), n = lur_scale_ticks(&p->scale, 7, tick);
  for (int i = 0; i < BAR_STEPS; i++) {
    double value = lur_scale_value(&p->scale, (i + 0.5) / BAR_STEPS);
    struct lur_color c = p->color[lur_shade_color(&p->shade, value)];
    lur_buffer_format(out, "<rect x=\"%d\" y=\"%.2f\" width=\"%d\" height=\"%.2f\" fill=\"#%02x%02x%02x\"/>\n", x,
                      TOP + HEIGHT - (i + 1) * side, BAR, side + 0.1, c.r, c.g, c.b);
  }
  lur_buffer_format(out, "<rect class=\"axis\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", x, TOP, BAR, HEIGHT);
  for (int i = 0; i < n; i++) {
    char text[32];
    lur_tick_text(tick[i], text);
    lur_markup_text_at(x + BAR + 6, at_height(lur_scale_at(&p->scale, tick[i])) + 4, "start", text, out);
  }
  write_name(p->ask->n_axes, p->groups.is_rate ? "share solved" : p->ask->value, two_rows, out);
}

static void write_title(const struct parallel *p, char *out, size_t n) {
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

static void write_svg(const struct parallel *p, struct lur_buffer *out) {
  int width = at_axis(p->ask->n_axes) + RIGHT, height = TOP + HEIGHT + LOW;
  bool two_rows = false;
  char title[240];
  for (int k = 0; k < p->ask->n_axes; k++)
    two_rows |= strlen(p->ask->axes[k]) > LONG_NAME;
  write_title(p, title, sizeof title);
  lur_buffer_format(out,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                    "role=\"img\">\n<title>",
                    width, height, width, height);
  lur_markup_text(title, out);
  lur_buffer_text(out, "</title>\n<style>text{font:13px system-ui,sans-serif;fill:#222;stroke:#fff;stroke-width:3px;"
                       "paint-order:stroke}.axis{stroke:#222;fill:none}rect{shape-rendering:crispEdges}</style>\n");
  lur_buffer_format(out, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height);
  lur_markup_text_at(20, 24, "start", title, out);
  double opacity = p->n_lines <= 50 ? 0.9 : p->n_lines <= 500 ? 0.6 : 0.35;
  lur_buffer_format(out, "<g fill=\"none\" stroke-width=\"1.3\" stroke-opacity=\"%g\">\n", opacity);
  for (size_t i = 0; i < p->n_lines; i++)
    write_line(p, p->line[i], out);
  lur_buffer_text(out, "</g>\n");
  for (int k = 0; k < p->ask->n_axes; k++) {
    struct lur_upright_tick tick[LUR_MOST_TICKS];
    int n = lur_upright_ticks(&p->axis[k], tick);
    lur_buffer_format(out, "<path class=\"axis\" d=\"M%d %dv%d\"/>\n", at_axis(k), TOP, HEIGHT);
    for (int i = 0; i < n; i++)
      lur_markup_text_at(at_axis(k) - 7, at_height(tick[i].at) + 4, "end", tick[i].text, out);
    write_name(k, p->axis[k].name, two_rows, out);
  }
  write_bar(p, two_rows, out);
  lur_buffer_text(out, "</svg>\n");
}

int lur_plot_parallel(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out,
                      struct lur_error *e) {
  struct parallel p = {.ask = ask};
  if (ask->n_axes < 2 || ask->n_axes > LUR_MOST_PARALLEL)
    return lur_fail(e, LUR_EINPUT, "axes", "from 2 to %d axes are needed", LUR_MOST_PARALLEL);
  int code = read(t, &p, e);
  if (!code) {
    lur_palette_fill(p.shade.ramp, p.color);
    write_svg(&p, out);
  }
  for (int k = 0; k < ask->n_axes; k++)
    lur_upright_free(&p.axis[k]);
  lur_shade_free(&p.shade);
  lur_groups_free(&p.groups);
  free(p.value);
  free(p.line);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}
