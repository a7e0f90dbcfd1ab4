/* SPDX-License-Identifier: MIT
 * A curve drawn with characters: a braille character is 2 x 4 dots (Unicode's U+2800 and a bit a dot), an ASCII one is
 * 1 x 2: a dot above, a dot below, or both. Each column of dots shows the range that the curve runs through there. */
#include "view/curve.h"

#include <math.h>
#include <stdio.h>

#include "view/scale.h"

enum { ROWS = 6, LABEL = 9, MOST_COLUMNS = 100 };

struct curve {
  int columns, dots_x, dots_y; /* characters; dots a character */
  struct lur_scale x, y;
  uint8_t cell[ROWS][MOST_COLUMNS]; /* a bit a dot: row by row from the top, dots_x in each */
};

static bool is_shown(const struct curve *c, double y) {
  return isfinite(y) && (!c->y.log || y > 0);
}

static void set_dot(struct curve *c, int column, int row) {
  int bit = row % c->dots_y * c->dots_x + column % c->dots_x;
  c->cell[row / c->dots_y][column / c->dots_x] |= (uint8_t)(1u << bit);
}

static void draw_piece(struct curve *c, double x0, double y0, double x1, double y1) {
  int width = c->columns * c->dots_x - 1, height = ROWS * c->dots_y - 1;
  double from = width * lur_scale_at(&c->x, x0), to = width * lur_scale_at(&c->x, x1);
  double high = height * (1 - lur_scale_at(&c->y, y0)), low = height * (1 - lur_scale_at(&c->y, y1));
  int n = (int)(fmax(fabs(to - from), fabs(low - high)) * 2) + 1;
  for (int i = 0; i <= n; i++) {
    double t = (double)i / n;
    set_dot(c, (int)lrint(from + t * (to - from)), (int)lrint(high + t * (low - high)));
  }
}

/* Braille's dots are numbered down the left column, then the right one; the lowest row was added last. */
static void put_cell(const struct curve *c, uint8_t bits, struct lur_buffer *out) {
  static const uint8_t place[8] = {0, 3, 1, 4, 2, 5, 6, 7};
  static const char *const ascii[4] = {" ", "'", ".", ":"};
  unsigned code = 0;
  if (c->dots_x == 1) {
    lur_buffer_text(out, ascii[bits & 3]);
    return;
  }
  for (int i = 0; i < 8; i++)
    code |= (bits >> i & 1u) << place[i];
  if (code)
    lur_buffer_format(out, "\xe2%c%c", (char)(0xa0 + (code >> 6)), (char)(0x80 + (code & 63)));
  else
    lur_buffer_text(out, " ");
}

static int measure(struct curve *c, const double *x, const double *y, int n) {
  double low = INFINITY, high = -INFINITY;
  int n_shown = 0;
  for (int i = 0; i < n; i++) {
    if (!isfinite(y[i]))
      continue;
    low = y[i] < low ? y[i] : low;
    high = y[i] > high ? y[i] : high;
    n_shown++;
  }
  if (n_shown < 2)
    return n_shown;
  c->x = lur_scale_make(x[0], x[n - 1], false);
  c->y = lur_scale_make(low, high, low > 0 && high / low > 100);
  return n_shown;
}

static void write_rows(const struct curve *c, const struct lur_curve_style *style, struct lur_buffer *out) {
  for (int row = 0; row < ROWS; row++) {
    char label[32] = "";
    if (row == 0 || row == ROWS - 1)
      snprintf(label, sizeof label, "%.3g", row == 0 ? c->y.high : c->y.low);
    lur_buffer_format(out, "%*s %s", LABEL, label, style->ascii ? "|" : "\xe2\x94\x82");
    lur_buffer_text(out, style->color ? "\033[36m" : "");
    int end = c->columns;
    while (end > 0 && !c->cell[row][end - 1])
      end--;
    for (int i = 0; i < end; i++)
      put_cell(c, c->cell[row][i], out);
    lur_buffer_text(out, style->color ? "\033[0m\n" : "\n");
  }
}

void lur_curve_write(const struct lur_curve_style *style, const char *name, const double *x, const double *y, int n,
                     struct lur_buffer *out) {
  struct curve c = {.dots_x = style->ascii ? 1 : 2, .dots_y = style->ascii ? 2 : 4};
  char last[32];
  if (style->width < LUR_CURVE_LEAST_WIDTH || n < 2 || measure(&c, x, y, n) < 2)
    return;
  c.columns = style->width - LABEL - 3;
  c.columns = c.columns > MOST_COLUMNS ? MOST_COLUMNS : c.columns;
  for (int i = 0; i + 1 < n; i++)
    if (is_shown(&c, y[i]) && is_shown(&c, y[i + 1]))
      draw_piece(&c, x[i], y[i], x[i + 1], y[i + 1]);
  lur_buffer_format(out, "\n%*s%s\n", LABEL, name, c.y.log ? ", logarithmic" : "");
  write_rows(&c, style, out);
  snprintf(last, sizeof last, "epoch %.0f", x[n - 1]);
  lur_buffer_format(out, "%*s %-*.0f%*s\n", LABEL + 1, "", c.columns / 2, x[0], c.columns - c.columns / 2, last);
}
