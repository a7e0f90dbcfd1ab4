/* SPDX-License-Identifier: MIT
 * Curves drawn with characters: a braille character is 2 x 4 dots (Unicode's U+2800 and a bit a dot), an ASCII one is
 * 1 x 2: a dot above, a dot below, or both. Where letters tell the curves apart, a character is one dot. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/terminal.h"

enum { LABEL = 9, MOST_ROWS = 24, MOST_COLUMNS = 100 };

struct drawing {
  const struct lur_chart *chart;
  const struct lur_text_style *style;
  int columns, rows, dots_x, dots_y; /* characters; dots a character */
  bool letters;
  uint8_t cell[MOST_ROWS][MOST_COLUMNS];  /* a bit a dot: row by row from the top, dots_x in each */
  int8_t series[MOST_ROWS][MOST_COLUMNS]; /* the last that was drawn there */
};

/* ---- Dots ---- */
static bool is_shown(const struct drawing *d, const struct lur_series *s, size_t i) {
  const struct lur_chart *c = d->chart;
  return isfinite(s->middle[i]) && isfinite(s->x[i]) && (!c->y.log || s->middle[i] > 0) && (!c->x.log || s->x[i] > 0);
}

static void set_dot(struct drawing *d, int k, int column, int row) {
  int bit = row % d->dots_y * d->dots_x + column % d->dots_x, x = column / d->dots_x, y = row / d->dots_y;
  if (column < 0 || row < 0 || x >= d->columns || y >= d->rows)
    return;
  d->cell[y][x] |= (uint8_t)(1u << bit);
  d->series[y][x] = (int8_t)k;
}

struct spot {
  double x, y;
}; /* in dots */

static struct spot spot_of(const struct drawing *d, double x, double y) {
  double at = lur_scale_at(&d->chart->y, y);
  return (struct spot){(d->columns * d->dots_x - 1) * lur_scale_at(&d->chart->x, x),
                       (d->rows * d->dots_y - 1) * (1 - fmin(fmax(at, 0), 1))};
}

static void draw_piece(struct drawing *d, int k, struct spot a, struct spot b) {
  double far = fmax(fabs(b.x - a.x), fabs(b.y - a.y));
  int n = (int)(fmin(far, 4096) * 2) + 1;
  for (int i = 0; i <= n; i++) {
    double t = (double)i / n;
    set_dot(d, k, (int)lrint(a.x + t * (b.x - a.x)), (int)lrint(a.y + t * (b.y - a.y)));
  }
}

/* ---- Characters ---- */
/* Braille's dots are numbered down the left column, then the right one; the lowest row was added last. */
static void put_cell(const struct drawing *d, uint8_t bits, int k, struct lur_buffer *out) {
  static const uint8_t place[8] = {0, 3, 1, 4, 2, 5, 6, 7};
  static const char *const ascii[4] = {" ", "'", ".", ":"};
  unsigned code = 0;
  if (d->letters || !bits) {
    lur_buffer_format(out, "%c", bits ? 'a' + k : ' ');
    return;
  }
  if (d->dots_x == 1) {
    lur_buffer_text(out, ascii[bits & 3]);
    return;
  }
  for (int i = 0; i < 8; i++)
    code |= (bits >> i & 1u) << place[i];
  lur_buffer_format(out, "\xe2%c%c", (char)(0xa0 + (code >> 6)), (char)(0x80 + (code & 63)));
}

static void put_series_color(const struct drawing *d, int k, struct lur_buffer *out) {
  if (d->chart->n_series > 1)
    lur_terminal_color(d->style, lur_palette_series(k, true), false, out);
  else
    lur_buffer_text(out, d->style->color ? "\033[36m" : "");
}

static void write_rows(const struct drawing *d, struct lur_buffer *out) {
  for (int row = 0; row < d->rows; row++) {
    char label[32] = "";
    bool end = row == 0 || row == d->rows - 1, middle = d->rows >= 9 && row == d->rows / 2;
    if (end || middle)
      snprintf(label, sizeof label, "%.3g", lur_scale_value(&d->chart->y, row == 0 ? 1 : 1 - row / (d->rows - 1.0)));
    lur_buffer_format(out, "%*s %s", LABEL, label, d->style->ascii ? "|" : "\xe2\x94\x82");
    int n = d->columns, color = -1;
    while (n > 0 && !d->cell[row][n - 1])
      n--;
    for (int i = 0; i < n; i++) {
      if (d->cell[row][i] && d->series[row][i] != color)
        put_series_color(d, color = d->series[row][i], out);
      put_cell(d, d->cell[row][i], d->series[row][i], out);
    }
    if (color >= 0)
      lur_terminal_reset(d->style, out);
    lur_buffer_text(out, "\n");
  }
}

/* ---- Below the rows ---- */
/* Texts of x are written where they stand, as far as there is room for one after the other. */
static void write_labels(const struct drawing *d, struct lur_buffer *out) {
  const struct lur_chart *c = d->chart;
  int at = 0;
  lur_terminal_spaces(LABEL + 2, out);
  for (size_t i = 0; i < c->n_labels; i++) {
    int middle = (int)(lur_scale_at(&c->x, (double)i) * (d->columns - 1)), width = (int)strlen(c->label[i]);
    int from = middle - width / 2;
    from = from < 0 ? 0 : from;
    if (from < at + (at > 0) || from + width > d->columns)
      continue;
    lur_terminal_spaces(from - at, out);
    at = from + lur_terminal_text(c->label[i], width, out);
  }
  lur_buffer_text(out, "\n");
  lur_terminal_spaces(LABEL + 2 + d->columns / 2 - (int)strlen(c->x_name) / 2, out);
  lur_terminal_text(c->x_name, d->columns, out);
  lur_buffer_text(out, "\n");
}

static void write_below(const struct drawing *d, struct lur_buffer *out) {
  const struct lur_scale *x = &d->chart->x;
  char first[32], last[96];
  if (d->chart->n_labels) {
    write_labels(d, out);
    return;
  }
  snprintf(first, sizeof first, "%.6g", x->low);
  snprintf(last, sizeof last, "%.64s %.6g", d->chart->x_name, x->high);
  bool fits = (int)(strlen(first) + strlen(last)) < d->columns;
  if (!fits)
    snprintf(last, sizeof last, "%.6g", x->high);
  lur_terminal_spaces(LABEL + 2, out);
  lur_buffer_text(out, first);
  lur_terminal_spaces(d->columns - (int)strlen(first) - (int)strlen(last), out);
  lur_buffer_format(out, "%s\n", last);
  if (fits)
    return;
  lur_terminal_spaces(LABEL + 2, out);
  lur_terminal_text(d->chart->x_name, d->columns, out);
  lur_buffer_text(out, "\n");
}

static bool begin(struct drawing *d, const struct lur_chart *c, const struct lur_text_style *style) {
  int columns = style->width - LABEL - 3;
  bool letters = c->n_series > 1 && style->color == LUR_TEXT_PLAIN;
  *d = (struct drawing){.chart = c,
                        .style = style,
                        .columns = columns < MOST_COLUMNS ? columns : MOST_COLUMNS,
                        .rows = style->rows < MOST_ROWS ? style->rows : MOST_ROWS,
                        .letters = letters,
                        .dots_x = style->ascii || letters ? 1 : 2,
                        .dots_y = letters        ? 1
                                  : style->ascii ? 2
                                                 : 4};
  if (d->columns < 8 || d->rows < 1)
    return false;
  for (int k = 0; k < c->n_series; k++) {
    const struct lur_series *s = &d->chart->series[k];
    for (size_t i = 0; i < s->n; i++) {
      if (!is_shown(d, s, i))
        continue;
      struct spot a = spot_of(d, s->x[i], s->middle[i]);
      bool on = i + 1 < s->n && is_shown(d, s, i + 1);
      struct spot b = on ? spot_of(d, s->x[i + 1], s->middle[i + 1]) : a;
      struct spot corner = {b.x, d->chart->steps ? a.y : b.y};
      draw_piece(d, k, a, corner);
      draw_piece(d, k, corner, b);
    }
  }
  return true;
}

void lur_chart_write_text(const struct lur_chart *c, const struct lur_text_style *style, struct lur_buffer *out) {
  struct drawing d;
  if (!begin(&d, c, style))
    return;
  lur_terminal_spaces(LABEL - (int)strlen(c->title), out);
  int used = lur_terminal_text(c->title, style->width, out);
  lur_terminal_text(c->y.log ? ", logarithmic" : "", style->width - used, out);
  lur_buffer_text(out, "\n");
  write_rows(&d, out);
  write_below(&d, out);
  int at = 0;
  for (int k = 0; k < d.chart->n_series; k++) {
    const char *name = d.chart->series[k].name;
    int width = (int)strlen(name) + 4;
    if (!name[0])
      continue;
    bool first = at == 0 || at + width > d.columns;
    lur_buffer_text(out, at && first ? "\n" : "");
    lur_terminal_spaces(first ? LABEL + 2 : 2, out);
    at = first ? 0 : at;
    put_series_color(&d, k, out);
    lur_buffer_format(out, "%c", d.letters ? 'a' + k : '-');
    lur_terminal_reset(d.style, out);
    lur_buffer_text(out, " ");
    at += lur_terminal_text(name, d.columns, out) + 4;
  }
  lur_buffer_text(out, at ? "\n" : "");
}

void lur_chart_write_rows(const struct lur_chart *c, const struct lur_text_style *style, struct lur_buffer *out) {
  struct drawing d;
  if (begin(&d, c, style))
    write_rows(&d, out);
}
