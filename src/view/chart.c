/* SPDX-License-Identifier: MIT
 * SVG 1.1: frame, ticks, bands, lines, key. */
#include "view/chart.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "view/markup.h"

enum { WIDTH = 526, HEIGHT = 366, LEFT = 84, TOP = 44, RIGHT = 150, LOW = 60 };

static int width_of(const struct lur_chart *c) {
  return c->width ? c->width : WIDTH;
}

static int height_of(const struct lur_chart *c) {
  return c->height ? c->height : HEIGHT;
}

static double at_x(const struct lur_chart *c, double x) {
  return LEFT + width_of(c) * lur_scale_at(&c->x, x);
}

static double at_y(const struct lur_chart *c, double y) {
  double t = lur_scale_at(&c->y, y);
  return TOP + height_of(c) * (1 - (t < 0 ? 0 : t > 1 ? 1 : t));
}

static bool is_shown(const struct lur_chart *c, const struct lur_series *s, size_t i) {
  return isfinite(s->middle[i]) && (!c->y.log || s->middle[i] > 0) && (!c->x.log || s->x[i] > 0);
}

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
  c->y = lur_scale_make(low, high, log_);
}

void lur_chart_style(struct lur_buffer *out) {
  lur_buffer_text(out,
                  ".chart{font:13px system-ui,sans-serif}.chart text{fill:#222}.chart .paper{fill:#fff}"
                  ".chart .grid{stroke:#ddd}.chart .frame{stroke:#222;fill:none}.chart .line{fill:none;"
                  "stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.chart .band{opacity:.2;stroke:none}\n");
  for (int dark = 0; dark < 2; dark++) {
    lur_buffer_text(out, dark ? "@media (prefers-color-scheme:dark){.chart text{fill:#ddd}.chart .paper{fill:#181a1f}"
                                ".chart .grid{stroke:#3a3d45}.chart .frame{stroke:#ddd}\n"
                              : "");
    for (int i = 0; i < LUR_N_SERIES; i++) {
      struct lur_color k = lur_palette_series(i, dark);
      lur_buffer_format(out, ".chart .line.s%d{stroke:#%02x%02x%02x}.chart .fill.s%d{fill:#%02x%02x%02x}\n", i, k.r,
                        k.g, k.b, i, k.r, k.g, k.b);
    }
    lur_buffer_text(out, dark ? "}\n" : "");
  }
}

static void write_x_tick(const struct lur_chart *c, struct lur_buffer *out, double x, const char *text) {
  lur_buffer_format(out, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>\n", x, TOP, TOP + height_of(c));
  lur_markup_text_at(x, TOP + height_of(c) + 18, "middle", text, out);
}

static void write_x_axis(const struct lur_chart *c, struct lur_buffer *out) {
  double tick[LUR_MOST_TICKS];
  char text[32];
  size_t stride = c->n_labels / (size_t)(width_of(c) / 58 + 1) + 1;
  int n = c->n_labels ? 0 : lur_scale_ticks(&c->x, width_of(c) / 75, tick);
  for (size_t i = 0; i < c->n_labels; i += stride)
    write_x_tick(c, out, at_x(c, (double)i), c->label[i]);
  for (int i = 0; i < n; i++) {
    lur_tick_text(tick[i], text);
    write_x_tick(c, out, at_x(c, tick[i]), text);
  }
  lur_markup_text_at(LEFT + width_of(c) / 2.0, TOP + height_of(c) + LOW - 16, "middle", c->x_name, out);
}

static void write_y_axis(const struct lur_chart *c, struct lur_buffer *out) {
  double tick[LUR_MOST_TICKS];
  char text[32];
  int n = lur_scale_ticks(&c->y, height_of(c) / 46, tick);
  for (int i = 0; i < n; i++) {
    double y = at_y(c, tick[i]);
    lur_tick_text(tick[i], text);
    lur_buffer_format(out, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>\n", LEFT, y, LEFT + width_of(c));
    lur_markup_text_at(LEFT - 8, y + 4, "end", text, out);
  }
  lur_buffer_format(out, "<text transform=\"translate(18 %.1f) rotate(-90)\" text-anchor=\"middle\">",
                    TOP + height_of(c) / 2.0);
  lur_markup_text(c->y_name, out);
  lur_buffer_text(out, "</text>\n");
}

static void add_point(const struct lur_chart *c, bool pen, double x, double y, struct lur_buffer *out) {
  if (pen && c->steps)
    lur_buffer_format(out, "H%.1fV%.1f", x, y);
  else
    lur_buffer_format(out, "%c%.1f %.1f", pen ? 'L' : 'M', x, y);
}

static void write_line(const struct lur_chart *c, int k, struct lur_buffer *out) {
  const struct lur_series *s = &c->series[k];
  bool pen = false;
  lur_buffer_format(out, "<path class=\"line s%d\" d=\"", k);
  for (size_t i = 0; i < s->n; i++) {
    if (!is_shown(c, s, i)) {
      pen = false;
      continue;
    }
    add_point(c, pen, at_x(c, s->x[i]), at_y(c, s->middle[i]), out);
    if (!pen && (i + 1 == s->n || !is_shown(c, s, i + 1)))
      lur_buffer_text(out, "m-4 0h8"); /* a point alone is a dash */
    pen = true;
  }
  lur_buffer_text(out, "\"/>\n");
}

/* One closed shape for each stretch without a gap. */
static void write_band(const struct lur_chart *c, int k, struct lur_buffer *out) {
  const struct lur_series *s = &c->series[k];
  for (size_t i = 0, first; s->low && i < s->n; i += i == first) {
    for (first = i; i < s->n && is_shown(c, s, i); i++) {
      if (i == first)
        lur_buffer_format(out, "<path class=\"band fill s%d\" d=\"", k);
      add_point(c, i > first, at_x(c, s->x[i]), at_y(c, s->high[i]), out);
    }
    for (size_t j = i; j > first; j--)
      lur_buffer_format(out, "L%.1f %.1f%s", at_x(c, s->x[j - 1]), at_y(c, s->low[j - 1]),
                        j - 1 == first ? "Z\"/>\n" : "");
  }
}

/* Without a key there is no room for one. */
static int room_right(const struct lur_chart *c) {
  for (int k = 0; k < c->n_series; k++)
    if (c->series[k].name[0])
      return RIGHT;
  return 30;
}

void lur_chart_write(const struct lur_chart *c, bool alone, struct lur_buffer *out) {
  int width = LEFT + width_of(c) + room_right(c), height = TOP + height_of(c) + LOW;
  lur_buffer_format(out, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\"", width, height);
  if (alone)
    lur_buffer_format(out, " xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\"", width, height);
  lur_buffer_text(out, ">\n");
  lur_markup_element("title", c->title, out);
  lur_buffer_text(out, "\n");
  if (alone) {
    lur_buffer_text(out, "<style>");
    lur_chart_style(out);
    lur_buffer_text(out, "</style>\n");
  }
  lur_buffer_format(out, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", width, height);
  lur_markup_text_at(LEFT, 26, "start", c->title, out);
  write_x_axis(c, out);
  write_y_axis(c, out);
  for (int k = 0; k < c->n_series; k++)
    write_band(c, k, out);
  for (int k = 0; k < c->n_series; k++)
    write_line(c, k, out);
  lur_buffer_format(out, "<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", LEFT, TOP,
                    width_of(c), height_of(c));
  for (int k = 0; k < c->n_series; k++) {
    int y = TOP + 10 + 20 * k;
    if (!c->series[k].name[0])
      continue;
    lur_buffer_format(out, "<path class=\"line s%d\" d=\"M%d %dh18\"/>\n", k, LEFT + width_of(c) + 12, y);
    lur_markup_text_at(LEFT + width_of(c) + 36, y + 4, "start", c->series[k].name, out);
  }
  lur_buffer_text(out, "</svg>\n");
}
