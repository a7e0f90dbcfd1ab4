/* SPDX-License-Identifier: MIT
 * A heatmap. Each cell is as many pixels wide and high as its side of the picture has room for, at least one; cost is
 * the pass over the rows and the picture. Of a picture of very many cells only the pixels are kept. */
#include "view/heatmap.h"

#include <stdio.h>

enum { MOST_KEPT = 1 << 24 }; /* cells: 256 MiB */
enum { SIDE = 640, LETTERS = 2, GAP = 10, TICK = 6, BAR = 24, LINE = LUR_LETTER_HEIGHT * LETTERS };

struct heatmap {
  struct lur_grid *g;
  const struct lur_shade *shade;
  const struct lur_plot_ask *ask;
  struct lur_canvas canvas;
  int cell_width, cell_height, width, height; /* of the cells together */
  int left, top;                              /* where they begin */
};

static void draw_cell(void *heatmap, size_t x, size_t y, const struct lur_grid_cell *c) {
  struct heatmap *h = heatmap;
  lur_canvas_fill(&h->canvas, h->left + (int)x * h->cell_width, h->top + h->height - (int)(y + 1) * h->cell_height,
                  h->cell_width, h->cell_height, lur_shade_cell(h->shade, c));
}

static int draw_cells(struct heatmap *h, struct lur_error *e) {
  lur_canvas_fill(&h->canvas, h->left, h->top, h->width, h->height, LUR_MISSING);
  return lur_grid_visit(h->g, draw_cell, h, e);
}

/* ---- Ticks: of a list at the cells' middles, else at round values ---- */
struct tick {
  int at; /* pixels from the beginning */
  char text[64];
};
enum { MOST = 64 };

static int list_ticks(const struct lur_grid_axis *a, int side, int n_most, struct tick out[MOST]) {
  n_most = n_most > 1 ? n_most : 1;
  int n = 0, stride = ((int)a->n + n_most - 1) / n_most;
  for (int i = 0; i < (int)a->n && n < MOST; i += stride) {
    out[n].at = (int)((i + 0.5) * side / (double)a->n);
    lur_grid_label(a, (size_t)i, out[n++].text);
  }
  return n;
}

/* Values that can be told one by one are; so are lists. */
static int axis_ticks(const struct lur_grid_axis *a, int side, int n_most, struct tick out[MOST]) {
  double value[LUR_MOST_TICKS];
  if (a->spacing == LUR_SPACE_LIST || (!a->n_bins && (int)a->n <= n_most && a->n <= 12))
    return list_ticks(a, side, n_most < MOST ? n_most : MOST, out);
  struct lur_scale s = lur_grid_scale(a);
  int n = lur_scale_ticks(&s, n_most < 8 ? n_most : 8, value);
  for (int i = 0; i < n; i++) {
    out[i].at = (int)(lur_scale_at(&s, value[i]) * (side - 1));
    lur_tick_text(value[i], out[i].text);
  }
  return n;
}

static int widest(const struct tick *tick, int n) {
  int most = 0;
  for (int i = 0; i < n; i++) {
    int width = lur_canvas_text_width(tick[i].text, LETTERS);
    most = width > most ? width : most;
  }
  return most;
}

static int label_width(const struct lur_grid_axis *a) {
  char text[64];
  int most = 0;
  for (size_t i = 0; a->n && i < 3; i++) {
    lur_grid_label(a, i * (a->n - 1) / 2, text);
    int width = lur_canvas_text_width(text, LETTERS);
    most = width > most ? width : most;
  }
  return most;
}

static void draw_x(struct heatmap *h) {
  struct tick tick[MOST];
  int wide = label_width(&h->g->x) + 3 * GAP, y = h->top + h->height, end = 0;
  int least = h->g->x.spacing == LUR_SPACE_LIST ? wide : 80;
  int n = axis_ticks(&h->g->x, h->width, h->width / least, tick);
  for (int i = 0; i < n; i++) {
    int width = lur_canvas_text_width(tick[i].text, LETTERS), x = h->left + tick[i].at - width / 2;
    lur_canvas_fill(&h->canvas, h->left + tick[i].at, y, 2, TICK, LUR_INK);
    if (x < end)
      continue;
    lur_canvas_text(&h->canvas, x, y + TICK + 4, LETTERS, tick[i].text, LUR_INK);
    end = x + width + GAP;
  }
  int width = lur_canvas_text_width(h->g->x.name, LETTERS);
  lur_canvas_text(&h->canvas, h->left + (h->width - width) / 2, y + TICK + 4 + LINE + GAP, LETTERS, h->g->x.name,
                  LUR_INK);
}

static void draw_y(struct heatmap *h, const struct tick *tick, int n) {
  for (int i = 0; i < n; i++) {
    int width = lur_canvas_text_width(tick[i].text, LETTERS), y = h->top + h->height - 1 - tick[i].at;
    lur_canvas_fill(&h->canvas, h->left - TICK, y - 1, TICK, 2, LUR_INK);
    lur_canvas_text(&h->canvas, h->left - TICK - 4 - width, y - LINE / 2, LETTERS, tick[i].text, LUR_INK);
  }
  int width = lur_canvas_text_width(h->g->y.name, LETTERS);
  lur_canvas_text_up(&h->canvas, GAP, h->top + (h->height + width) / 2, LETTERS, h->g->y.name, LUR_INK);
}

/* ---- The colour bar, and what stands outside of it ---- */
static int bar_ticks(const struct heatmap *h, struct tick out[MOST]) {
  double value[LUR_MOST_TICKS], at[LUR_MOST_TICKS];
  int n = lur_shade_ticks(h->shade, value, at);
  for (int i = 0; i < n; i++) {
    out[i].at = (int)(at[i] * (h->height - 1));
    snprintf(out[i].text, sizeof out[i].text, "%.4g", value[i]);
  }
  return n;
}

static void draw_bar(struct heatmap *h, const struct tick *tick, int n) {
  int x = h->left + h->width + 2 * GAP, end = h->canvas.height;
  for (int i = 0; i < h->height; i++)
    lur_canvas_fill(&h->canvas, x, h->top + h->height - 1 - i, BAR, 1, (uint8_t)((int64_t)i * LUR_RAMP / h->height));
  lur_canvas_frame(&h->canvas, x - 1, h->top - 1, BAR + 2, h->height + 2, LUR_INK);
  for (int i = 0; i < n; i++) {
    int y = h->top + h->height - 1 - tick[i].at;
    lur_canvas_fill(&h->canvas, x + BAR, y - 1, TICK, 2, LUR_INK);
    if (y + LINE > end)
      continue;
    lur_canvas_text(&h->canvas, x + BAR + TICK + 4, y - LINE / 2, LETTERS, tick[i].text, LUR_INK);
    end = y - 4;
  }
}

static int draw_key(struct heatmap *h, int x, uint8_t color, const char *text) {
  int y = h->top + h->height + TICK + 4 + 2 * (LINE + GAP);
  lur_canvas_fill(&h->canvas, x, y, LINE, LINE, color);
  lur_canvas_frame(&h->canvas, x, y, LINE, LINE, LUR_INK);
  lur_canvas_text(&h->canvas, x + LINE + 6, y, LETTERS, text, LUR_INK);
  return x + LINE + 6 + lur_canvas_text_width(text, LETTERS) + 2 * GAP;
}

static int draw_framed(struct heatmap *h, struct lur_error *e) {
  struct tick y_tick[MOST], bar_tick[MOST];
  char title[160];
  size_t n_bad = h->g->n_bad, n_missing = h->g->x.n * h->g->y.n - h->g->n_filled;
  bool y = h->g->y.name[0];
  int n_y = y ? axis_ticks(&h->g->y, h->height, h->height / (2 * LINE), y_tick) : 0, n_bar = bar_ticks(h, bar_tick);
  lur_grid_title(h->g, h->ask->value, title);
  h->left = 2 * GAP + LINE + widest(y_tick, n_y) + TICK + 4;
  h->top = 2 * GAP + LINE;
  int right = 2 * GAP + BAR + TICK + 4 + widest(bar_tick, n_bar) + GAP, keys = n_bad || n_missing;
  int low = TICK + 4 + (2 + keys) * (LINE + GAP);
  int code = lur_canvas_init(&h->canvas, h->left + h->width + right, h->top + h->height + low, h->shade->ramp, e);
  if (!code)
    code = draw_cells(h, e);
  if (code)
    return code;
  lur_canvas_frame(&h->canvas, h->left - 1, h->top - 1, h->width + 2, h->height + 2, LUR_INK);
  lur_canvas_text(&h->canvas, h->left, GAP, LETTERS, title, LUR_INK);
  draw_x(h);
  if (y)
    draw_y(h, y_tick, n_y);
  draw_bar(h, bar_tick, n_bar);
  int at = h->left;
  if (n_bad)
    at = draw_key(h, at, LUR_BAD, "diverged");
  if (n_missing)
    draw_key(h, at, LUR_MISSING, "no run");
  return LUR_OK;
}

static int draw(struct heatmap *h, struct lur_error *e) {
  int n_x = (int)h->g->x.n, n_y = (int)h->g->y.n;
  bool bare = h->ask->bare;
  h->cell_width = bare || n_x > SIDE / 2 ? 1 : SIDE / n_x;
  h->cell_height = bare || n_y > SIDE / 2 ? 1 : h->g->y.name[0] ? SIDE / n_y : SIDE / 10;
  h->width = n_x * h->cell_width;
  h->height = n_y * h->cell_height;
  if (!bare)
    return draw_framed(h, e);
  int code = lur_canvas_init(&h->canvas, h->width, h->height, h->shade->ramp, e);
  return code ? code : draw_cells(h, e);
}

int lur_plot_heatmap(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e) {
  struct lur_grid g = {0};
  struct lur_shade shade = {0};
  struct heatmap h = {.g = &g, .shade = &shade, .ask = ask};
  struct lur_buffer comment = {0};
  const struct lur_grid_ask rows = {ask->x, ask->y, ask->value, ask->where, ask->fold, MOST_KEPT};
  int code = lur_grid_read(t, &rows, &g, e);
  if (!code)
    code = lur_shade_make(&g, ask->shading, ask->value, &shade, e);
  if (!code)
    code = draw(&h, e);
  lur_buffer_format(&comment, "luron: %s over %s, %s of sweep %s", ask->value, ask->x, ask->y ? ask->y : "",
                    lur_table_facts(t)->sweep.hash);
  if (!code)
    code = lur_canvas_write_png(&h.canvas, comment.data, out, e);
  lur_buffer_free(&comment);
  lur_canvas_free(&h.canvas);
  lur_shade_free(&shade);
  lur_grid_free(&g);
  return code;
}
