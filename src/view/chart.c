/* SPDX-License-Identifier: MIT
 * Bands, lines, bars and the key. A curve that lies on an earlier one is dashed, so that both are seen. */
#include "view/chart.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "view/figure.h"

enum { WIDTH = 330, HEIGHT = 230, PAGE_FONT = 13 }; /* points */
#define LINE 1.4                                    /* points: a curve's width */
#define KEY_LINE 2.0                                /* in the letters' size: the stroke in a key */
#define KEY_STEP 1.5                                /* from one line of a key to the next */
#define BAND 0.2                                    /* opacity */
#define DODGE 0.12                                  /* of the step from label to label: between series */
#define ROOM 0.05                                   /* of the values' extent: around points */
#define NEAR 0.02                                   /* of the values' extent: from the last one to a tick */
#define FAR 20                                      /* of the area: further out nothing is drawn */

struct drawing {
  const struct lur_chart *c;
  struct lur_figure f;
  struct lur_scale x, y; /* the chart's, or the look's */
  double *xy;            /* room for points */
};

/* ---- Series ---- */
bool lur_series_make(struct lur_series *s, size_t n, bool band) {
  s->x = lur_alloc(n, sizeof(double));
  s->middle = lur_alloc(n, sizeof(double));
  s->low = band ? lur_alloc(n, sizeof(double)) : NULL;
  s->high = band ? lur_alloc(n, sizeof(double)) : NULL;
  return s->x && s->middle && (!band || (s->low && s->high));
}

void lur_series_free(struct lur_series *s) {
  free(s->x);
  free(s->middle);
  free(s->low);
  free(s->high);
}

static void widen(const double *x, size_t n, bool positive, double *low, double *high) {
  for (size_t i = 0; x && i < n; i++) {
    if (!isfinite(x[i]) || (positive && !(x[i] > 0)))
      continue;
    *low = x[i] < *low ? x[i] : *low;
    *high = x[i] > *high ? x[i] : *high;
  }
}

void lur_chart_fit_y(struct lur_chart *c) {
  double low = INFINITY, high = -INFINITY;
  for (int i = 0; i < c->n_series; i++)
    widen(c->series[i].middle, c->series[i].n, false, &low, &high);
  bool log_ = low > 0 && high / low > 100;
  for (int i = 0; i < c->n_series; i++) {
    widen(c->series[i].low, c->series[i].n, log_, &low, &high);
    widen(c->series[i].high, c->series[i].n, log_, &low, &high);
  }
  double room = log_ ? pow(high / low, ROOM) : ROOM * (high - low);
  if (c->n_labels && low < high) { /* points are not to lie on the frame */
    double least = log_ ? low / room : low >= 0 && low < room ? 0 : low - room;
    low = least;
    high = log_ ? high * room : high + room;
  }
  c->y = lur_scale_make(low, high, log_);
}

void lur_chart_fit_x(struct lur_chart *c, double low, double high) {
  double tick[LUR_MOST_TICKS];
  high = low < high ? high : low + 1;
  c->counts = true;
  c->x = lur_scale_make(low, high, false);
  int n = lur_scale_ticks(&c->x, 6, tick);
  double next = n > 1 ? 2 * tick[n - 1] - tick[n - 2] : high;
  if (next > high && next - high <= NEAR * (high - low))
    c->x = lur_scale_make(low, next, false);
}

/* ---- Places ---- */
static double within(double t) {
  return t > FAR ? FAR : t < -FAR ? -FAR : t;
}

static double at_x(const struct drawing *d, double x) {
  return d->f.left + d->f.width * within(lur_scale_at(&d->x, x));
}

/* What a logarithmic axis has no place for is below all of it. */
static double at_y(const struct drawing *d, double y) {
  double t = d->y.log && !(y > 0) ? -FAR : within(lur_scale_at(&d->y, y));
  return d->f.top + d->f.height * (1 - t);
}

static bool is_shown(const struct drawing *d, const struct lur_series *s, size_t i) {
  return isfinite(s->middle[i]) && (!d->y.log || s->middle[i] > 0) && (!d->x.log || s->x[i] > 0);
}

static struct lur_scale limited(const struct lur_scale *s, bool given, const double end[2]) {
  if (!given)
    return *s;
  return lur_scale_make(fmin(end[0], end[1]), fmax(end[0], end[1]), s->log);
}

static struct lur_tint tint(int series, double opacity) {
  return (struct lur_tint){.tone = LUR_TONE_SERIES, .series = series, .opacity = opacity};
}

/* ---- Curves ---- */
/* Points from `first` on without a gap, into xy; returns where they end. */
static size_t take_stretch(struct drawing *d, const struct lur_series *s, const double *y, size_t first, size_t *n) {
  size_t i = first;
  *n = 0;
  for (; i < s->n && is_shown(d, s, i); i++) {
    double px = at_x(d, s->x[i]), py = at_y(d, y[i]);
    if (d->c->steps && *n) {
      d->xy[2 * *n] = px;
      d->xy[2 * *n + 1] = d->xy[2 * *n - 1];
      ++*n;
    }
    d->xy[2 * *n] = px;
    d->xy[2 * *n + 1] = py;
    ++*n;
  }
  return i;
}

static void draw_band(struct drawing *d, int k) {
  const struct lur_series *s = &d->c->series[k];
  for (size_t i = 0, n, end; s->low && i < s->n; i = end + (end == i)) {
    end = take_stretch(d, s, s->high, i, &n);
    for (size_t j = end; j > i; j--) {
      d->xy[2 * n] = at_x(d, s->x[j - 1]);
      d->xy[2 * n + 1] = at_y(d, s->low[j - 1]);
      n++;
      if (d->c->steps && j - 1 > i) {
        d->xy[2 * n] = at_x(d, s->x[j - 1]);
        d->xy[2 * n + 1] = at_y(d, s->low[j - 2]);
        n++;
      }
    }
    if (n > 2)
      lur_paper_polygon(d->f.paper, n, d->xy, tint(k, BAND));
  }
}

/* Whether series k lies on an earlier one. */
static bool coincides(const struct drawing *d, int k) {
  const struct lur_series *s = &d->c->series[k];
  for (int other = 0; other < k; other++) {
    const struct lur_series *o = &d->c->series[other];
    bool same = o->n == s->n && s->n > 0;
    for (size_t i = 0; same && i < s->n; i++)
      same = is_shown(d, s, i) == is_shown(d, o, i) &&
             (!is_shown(d, s, i) || (fabs(at_x(d, s->x[i]) - at_x(d, o->x[i])) < LINE &&
                                     fabs(at_y(d, s->middle[i]) - at_y(d, o->middle[i])) < LINE));
    if (same)
      return true;
  }
  return false;
}

static struct lur_stroke stroke_of(const struct drawing *d, int k) {
  return (struct lur_stroke){.line = LINE, .dash = coincides(d, k) ? 3 * LINE : 0, .ink = tint(k, 1)};
}

/* A point alone is a dash. */
static void draw_line(struct drawing *d, int k) {
  const struct lur_series *s = &d->c->series[k];
  const struct lur_stroke stroke = stroke_of(d, k);
  for (size_t i = 0, n, end; i < s->n; i = end + (end == i)) {
    end = take_stretch(d, s, s->middle, i, &n);
    if (n == 1)
      lur_paper_line(d->f.paper, d->xy[0] - 3, d->xy[1], d->xy[0] + 3, d->xy[1], LINE, stroke.ink);
    else if (n > 1)
      lur_paper_lines(d->f.paper, n, d->xy, &stroke);
  }
}

/* ---- Points over labels ---- */
static void draw_points(struct drawing *d, int k) {
  const struct lur_series *s = &d->c->series[k];
  double aside = DODGE * (k - 0.5 * (d->c->n_series - 1)), em = d->f.font;
  for (size_t i = 0; i < s->n; i++) {
    double x = at_x(d, s->x[i] + aside);
    if (!is_shown(d, s, i))
      continue;
    if (s->low && isfinite(s->low[i]) && isfinite(s->high[i])) {
      double low = at_y(d, s->low[i]), high = at_y(d, s->high[i]);
      lur_paper_line(d->f.paper, x, low, x, high, LINE, tint(k, 1));
      lur_paper_line(d->f.paper, x - 0.3 * em, low, x + 0.3 * em, low, LINE, tint(k, 1));
      lur_paper_line(d->f.paper, x - 0.3 * em, high, x + 0.3 * em, high, LINE, tint(k, 1));
    }
    lur_paper_disc(d->f.paper, x, at_y(d, s->middle[i]), 0.32 * em, tint(k, 1), 0.8, lur_blank);
  }
}

/* ---- The key ---- */
static int n_named(const struct lur_chart *c) {
  int n = 0;
  for (int k = 0; k < c->n_series; k++)
    n += c->series[k].name[0] != '\0';
  return n;
}

static double key_width(const struct drawing *d) {
  double most = d->c->key ? lur_figure_text_width(&d->f, d->c->key) : 0;
  for (int k = 0; k < d->c->n_series; k++)
    most = fmax(most, d->f.font * (KEY_LINE + 0.6) + lur_figure_text_width(&d->f, d->c->series[k].name));
  return most;
}

static void draw_key_line(struct drawing *d, int k, double x, double y) {
  double em = d->f.font, xy[] = {x, y - 0.35 * em, x + KEY_LINE * em, y - 0.35 * em};
  const struct lur_stroke stroke = stroke_of(d, k);
  if (d->c->n_labels)
    lur_paper_disc(d->f.paper, x + KEY_LINE * em / 2, xy[1], 0.32 * em, stroke.ink, 0, lur_blank);
  else
    lur_paper_lines(d->f.paper, 2, xy, &stroke);
  lur_figure_text(&d->f, x + em * (KEY_LINE + 0.6), y, LUR_START, d->c->series[k].name);
}

static int key_columns(const struct drawing *d, double width) {
  int n = (int)(width / (key_width(d) + d->f.font));
  return n > 1 ? n : 1;
}

static void draw_key(struct drawing *d) {
  const struct lur_figure *f = &d->f;
  double em = f->font, x = f->left + f->width + em, y = f->top + em;
  if (!n_named(d->c) || f->look->legend == LUR_LEGEND_NONE)
    return;
  bool below = f->look->legend == LUR_LEGEND_BELOW;
  int columns = below ? key_columns(d, f->width) : 1, at = 0;
  if (below) {
    x = f->left;
    y = f->top + f->height + f->low - em * (0.8 + KEY_STEP * ((n_named(d->c) + !!d->c->key - 1) / columns));
  }
  double step = key_width(d) + em;
  if (d->c->key) {
    lur_figure_text(&d->f, x, y, LUR_START, d->c->key);
    at++;
  }
  for (int k = 0; k < d->c->n_series; k++)
    if (d->c->series[k].name[0]) {
      draw_key_line(d, k, x + step * (at % columns), y + em * KEY_STEP * (at / columns));
      at++;
    }
}

/* ---- All of it ---- */
static const char *label_of(const void *chart, size_t i, char room[64]) {
  (void)room;
  return ((const struct lur_chart *)chart)->label[i];
}

static void draw_axes(struct drawing *d, const struct lur_ticks *y) {
  struct lur_figure *f = &d->f;
  struct lur_ticks x;
  if (d->c->n_labels) {
    double first = lur_scale_at(&d->x, 0), step = lur_scale_at(&d->x, 1) - first;
    lur_ticks_of_labels(d->c->n_labels, label_of, d->c, first, step, LUR_MOST_LABELS, &x);
  } else {
    double most = f->width / (6 * f->font);
    lur_ticks_of_scale(&d->x, (int)(d->c->counts ? fmin(most, d->x.high - d->x.low) : most), &x);
  }
  lur_figure_x_axis(f, &x, !d->c->n_labels);
  lur_figure_y_axis(f, y, true);
}

static void draw_series(struct drawing *d) {
  struct lur_figure *f = &d->f;
  lur_paper_clip(f->paper, f->left - LINE / 2, f->top - LINE / 2, f->width + LINE, f->height + LINE);
  for (int k = 0; k < d->c->n_series && !d->c->n_labels; k++)
    draw_band(d, k);
  for (int k = 0; k < d->c->n_series; k++) {
    if (d->c->n_labels)
      draw_points(d, k);
    else
      draw_line(d, k);
  }
  lur_paper_unclip(f->paper);
}

static int open_figure(struct drawing *d, struct lur_ticks *y, struct lur_error *e) {
  struct lur_figure *f = &d->f;
  double width = d->c->width > 0 ? d->c->width : WIDTH, height = d->c->height > 0 ? d->c->height : HEIGHT;
  double area = f->look->height > 0 ? lur_look_points(f->look, f->look->height) - 6 * f->font : height;
  bool named = n_named(d->c) && f->look->legend != LUR_LEGEND_NONE, below = f->look->legend == LUR_LEGEND_BELOW;
  int rows = named && below ? (n_named(d->c) + !!d->c->key - 1) / key_columns(d, width) + 1 : 0;
  lur_ticks_of_scale(&d->y, (int)(area / (3.5 * f->font)), y);
  lur_figure_margins(f, y, named && !below ? f->font + key_width(d) : 0, rows * KEY_STEP * f->font);
  return lur_figure_open(f, width, height, 0, e);
}

int lur_chart_draw(const struct lur_chart *c, const struct lur_look *look, struct lur_buffer *out, char *note,
                   struct lur_error *e) {
  struct drawing d = {
      .c = c, .x = limited(&c->x, look->has_x && !c->n_labels, look->x), .y = limited(&c->y, look->has_y, look->y)};
  struct lur_ticks y;
  size_t most = 0;
  unsigned without = LUR_LOOKS_OF_VALUES | (c->n_labels ? 1u << LUR_LOOK_xlim : 0);
  if (lur_look_refuse(look, without, c->n_labels ? "points over names" : "curves", e))
    return e->code;
  for (int k = 0; k < c->n_series; k++)
    most = c->series[k].n > most ? c->series[k].n : most;
  d.xy = lur_alloc(most + 1, 8 * sizeof *d.xy);
  int code = d.xy ? lur_figure_begin(&d.f, look, c->name, c->title, c->x_name, c->y_name, e) : lur_fail_memory(e);
  if (!code)
    code = open_figure(&d, &y, e);
  if (!code) {
    lur_figure_title(&d.f, 0);
    draw_axes(&d, &y);
    draw_series(&d);
    lur_figure_frame(&d.f);
    draw_key(&d);
    code = lur_figure_finish(&d.f, NULL, out, note, e);
  }
  lur_figure_free(&d.f);
  free(d.xy);
  return code;
}

int lur_chart_write_page(const struct lur_chart *c, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_look look = {
      .format = LUR_SVG, .theme = LUR_PAGE, .font_size = PAGE_FONT, .legend = LUR_LEGEND_BELOW};
  char note[LUR_NOTE_BYTES];
  return lur_chart_draw(c, &look, out, note, e);
}
