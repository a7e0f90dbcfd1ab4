/* SPDX-License-Identifier: MIT
 * A heatmap of characters. A place is one column wide and half a row high where half blocks are (so that it is about
 * square), a whole row where they are not; a cell is some places, or a place some cells, along each axis by itself. */
#include <stdio.h>
#include <string.h>

#include "view/terminal.h"

enum { MOST_ROWS = 24, MOST_COLUMNS = 200, MOST_LABEL = 14, WIDEST_CELL = 8, BAR = 24, NONE = -1 };

struct map {
  const struct lur_grid *g;
  const struct lur_shade *shade;
  const struct lur_text_style *style;
  struct lur_color color[LUR_N_COLORS];
  bool half;                                  /* two places a row */
  int columns, places, rows;                  /* places: from the top to the bottom */
  int label;                                  /* columns of the labels of y */
  int16_t place[2 * MOST_ROWS][MOST_COLUMNS]; /* a colour's number, or NONE */
};

/* ---- Places ---- */
static int side(size_t n_cells, int room, int widest) {
  int n = n_cells < (size_t)room ? (int)n_cells : room;
  int each = room / n < widest ? room / n : widest;
  return n_cells <= (size_t)room ? n * each : room;
}

/* The cells from..end of n that place i of n_places stands for. */
static void cells_of(int i, int n_places, size_t n, size_t *from, size_t *end) {
  *from = (size_t)i * n / (size_t)n_places;
  *end = ((size_t)i + 1) * n / (size_t)n_places;
  *end = *end > *from ? *end : *from + 1;
}

static int16_t color_of(const struct map *m, int column, int place) {
  size_t x, x_end, y, y_end, n = 0, n_bad = 0, sum = 0;
  cells_of(column, m->columns, m->g->x.n, &x, &x_end);
  cells_of(m->places - 1 - place, m->places, m->g->y.n, &y, &y_end);
  for (size_t j = y; j < y_end; j++)
    for (size_t i = x; i < x_end; i++) {
      uint8_t c = lur_shade_cell(m->shade, lur_grid_at(m->g, i, j));
      n += c < LUR_RAMP;
      sum += c < LUR_RAMP ? c : 0;
      n_bad += c == LUR_BAD;
    }
  if (n && n >= n_bad)
    return (int16_t)(sum / n);
  return n_bad ? LUR_BAD : NONE;
}

/* ---- Rows ---- */
static void put_plain(int color, struct lur_buffer *out) {
  static const char ramp[] = ".:-=+*#%@";
  char c = color == NONE ? ' ' : color == LUR_BAD ? 'x' : ramp[color * 9 / LUR_RAMP];
  lur_buffer_add(out, &c, 1);
}

static void write_cells(const struct map *m, int row, struct lur_buffer *out) {
  int before_upper = NONE, before_lower = NONE;
  for (int i = 0; i < m->columns; i++) {
    int upper = m->place[m->half ? 2 * row : row][i], lower = m->half ? NONE : upper;
    if (m->half && 2 * row + 1 < m->places)
      lower = m->place[2 * row + 1][i];
    if (m->style->color == LUR_TEXT_PLAIN) {
      put_plain(upper, out);
      continue;
    }
    if (i == 0 || upper != before_upper || lower != before_lower) {
      /* The upper half in the colour of letters, the lower in that of the background, or the other way round. */
      int letters = upper != NONE ? upper : lower;
      lur_terminal_reset(m->style, out);
      if (m->half && letters != NONE)
        lur_terminal_color(m->style, m->color[letters], false, out);
      if (m->half ? upper != NONE && lower != NONE : upper != NONE)
        lur_terminal_color(m->style, m->color[lower], true, out);
    }
    bool blank = !m->half || (upper == NONE && lower == NONE);
    lur_buffer_text(out, blank ? " " : upper != NONE ? "\xe2\x96\x80" : "\xe2\x96\x84");
    before_upper = upper;
    before_lower = lower;
  }
  lur_terminal_reset(m->style, out);
}

/* ---- Ticks: where they stand, of 0 .. 1, and their texts ---- */
struct tick {
  double at;
  char text[64];
};
enum { MOST_TICKS = 64 };

static int ticks_of(const struct lur_grid_axis *a, int n_about, struct tick out[MOST_TICKS]) {
  double value[LUR_MOST_TICKS];
  if (a->spacing != LUR_SPACE_LIST && (a->n_bins || a->n > 12)) {
    struct lur_scale s = lur_grid_scale(a);
    int n = lur_scale_ticks(&s, n_about, value);
    for (int i = 0; i < n; i++) {
      out[i].at = lur_scale_at(&s, value[i]);
      lur_tick_text(value[i], out[i].text);
    }
    return n;
  }
  size_t stride = (a->n + MOST_TICKS - 1) / MOST_TICKS;
  int n = 0;
  for (size_t i = 0; i < a->n; i += stride, n++) {
    out[n].at = ((double)i + 0.5) / (double)a->n;
    lur_grid_label(a, i, out[n].text);
  }
  return n;
}

static void write_below(const struct map *m, struct lur_buffer *out) {
  struct tick tick[MOST_TICKS];
  int n = ticks_of(&m->g->x, m->columns / 10, tick), at = 0;
  lur_terminal_spaces(m->label + 1, out);
  for (int i = 0; i < n; i++) {
    int width = (int)strlen(tick[i].text), from = (int)(tick[i].at * m->columns) - width / 2;
    from = from < 0 ? 0 : from + width > m->columns && width < m->columns ? m->columns - width : from;
    if (from < at + 2 * (at > 0) || from + width > m->style->width - m->label - 2)
      continue;
    lur_terminal_spaces(from - at, out);
    at = from + lur_terminal_text(tick[i].text, width, out);
  }
  lur_buffer_text(out, "\n");
  lur_terminal_spaces(m->label + 1 + (m->columns - (int)strlen(m->g->x.name)) / 2, out);
  lur_terminal_text(m->g->x.name, m->style->width - m->label - 2, out);
  lur_buffer_text(out, "\n");
}

/* Returns the columns that it took. */
static int write_bar(const struct map *m, struct lur_buffer *out) {
  double value[LUR_MOST_TICKS], at[LUR_MOST_TICKS];
  char low[32], high[32];
  int n = m->shade->kind == LUR_SHADE_RANK ? lur_shade_ticks(m->shade, value, at) : 0;
  snprintf(low, sizeof low, "%.4g ", n ? value[0] : m->shade->scale.low);
  snprintf(high, sizeof high, " %.4g", n ? value[n - 1] : m->shade->scale.high);
  int width = (int)strlen(low) + (int)strlen(high) + m->label + 1, bar = m->style->width - width;
  bar = bar < 2 ? 2 : bar < BAR ? bar : BAR;
  lur_terminal_spaces(m->label + 1, out);
  lur_buffer_text(out, low);
  for (int i = 0; i < bar; i++) {
    int color = i * (LUR_RAMP - 1) / (bar - 1);
    lur_terminal_color(m->style, m->color[color], true, out);
    if (m->style->color == LUR_TEXT_PLAIN)
      put_plain(color, out);
    else
      lur_buffer_text(out, " ");
  }
  lur_terminal_reset(m->style, out);
  lur_buffer_text(out, high);
  return width + bar;
}

static void write_key(const struct map *m, int used, struct lur_buffer *out) {
  static const char text[] = " diverged";
  bool bad = false;
  for (int y = 0; y < m->places; y++)
    for (int x = 0; x < m->columns; x++)
      bad |= m->place[y][x] == LUR_BAD;
  if (bad) {
    bool fits = used + 3 + (int)strlen(text) <= m->style->width;
    lur_buffer_text(out, fits ? "" : "\n");
    lur_terminal_spaces(fits ? 2 : m->label + 1, out);
    lur_terminal_color(m->style, m->color[LUR_BAD], true, out);
    lur_buffer_text(out, m->style->color == LUR_TEXT_PLAIN ? "x" : " ");
    lur_terminal_reset(m->style, out);
    lur_buffer_text(out, text);
  }
  lur_buffer_text(out, "\n");
}

static void measure(struct map *m) {
  struct tick tick[MOST_TICKS];
  int n = ticks_of(&m->g->y, 5, tick), rows = m->style->rows < MOST_ROWS ? m->style->rows : MOST_ROWS;
  for (int i = 0; i < n && m->g->y.name[0]; i++) {
    int width = (int)strlen(tick[i].text);
    m->label = width > m->label ? width : m->label;
  }
  m->label = m->label < MOST_LABEL ? m->label : MOST_LABEL;
  m->half = !m->style->ascii && m->style->color != LUR_TEXT_PLAIN;
  int room = m->style->width - m->label - 2, high = m->half ? 2 * rows : rows;
  room = room < 1 ? 1 : room < MOST_COLUMNS ? room : MOST_COLUMNS;
  m->columns = side(m->g->x.n, room, WIDEST_CELL);
  m->places = side(m->g->y.n, high, m->half ? WIDEST_CELL : WIDEST_CELL / 2);
  m->rows = m->half ? (m->places + 1) / 2 : m->places;
  for (int y = 0; y < m->places; y++)
    for (int x = 0; x < m->columns; x++)
      m->place[y][x] = color_of(m, x, y);
}

static void write_rows(const struct map *m, struct lur_buffer *out) {
  struct tick tick[MOST_TICKS];
  int n = ticks_of(&m->g->y, 5, tick);
  for (int row = 0; row < m->rows; row++) {
    const char *text = "";
    for (int i = 0; i < n && m->g->y.name[0] && !text[0]; i++)
      if ((int)((1 - tick[i].at) * m->rows) == row)
        text = tick[i].text;
    int width = (int)strlen(text);
    lur_terminal_spaces(m->label - width, out);
    int used = lur_terminal_text(text, m->label, out);
    lur_terminal_spaces(m->label - used - (m->label > width ? m->label - width : 0) + 1, out);
    write_cells(m, row, out);
    lur_buffer_text(out, "\n");
  }
}

void lur_grid_write_text(const struct lur_grid *g, const struct lur_shade *shade, const char *title,
                         const struct lur_text_style *style, struct lur_buffer *out) {
  struct map m = {.g = g, .shade = shade, .style = style};
  lur_palette_fill(shade->palette, m.color);
  measure(&m);
  int used = lur_terminal_text(title, m.style->width, out);
  lur_terminal_text(m.shade->kind == LUR_SHADE_RANK  ? ", by rank"
                    : m.shade->kind == LUR_SHADE_LOG ? ", logarithmic"
                                                     : "",
                    m.style->width - used, out);
  lur_buffer_text(out, "\n");
  if (g->y.name[0]) {
    lur_terminal_text(g->y.name, style->width, out);
    lur_buffer_text(out, "\n");
  }
  write_rows(&m, out);
  write_below(&m, out);
  write_key(&m, write_bar(&m, out), out);
}
