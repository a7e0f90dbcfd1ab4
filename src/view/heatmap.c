/* SPDX-License-Identifier: MIT
 * A heatmap. Each cell is as many pixels of a PNG wide and high as its side of the figure has room for, at least one:
 * of more cells the figure has more pixels an inch, and not larger letters. Cost is the pass over the rows and the
 * picture. Of cells only their colours are kept while it is drawn, and of very many while they are read. */
#include "view/heatmap.h"

#include <stdio.h>

#include "view/figure.h"

enum { MOST_KEPT = 1 << 24 };   /* cells: 256 MiB */
enum { SIDE = 640, DPI = 144 }; /* pixels of the area, and how many are an inch */
#define KEY_GAP 1.5

struct heatmap {
  struct lur_grid *g;
  const struct lur_shade *shade;
  const struct lur_plot_ask *ask;
  const char *name;
  struct lur_cells_picture cells;
};

static void take_cell(void *heatmap, size_t x, size_t y, const struct lur_grid_cell *c) {
  struct heatmap *h = heatmap;
  size_t row = (size_t)h->cells.height - 1 - y;
  h->cells.cell[row * (size_t)h->cells.width + x] = lur_shade_cell(h->shade, c);
}

static int read_cells(struct heatmap *h, struct lur_error *e) {
  int code = lur_cells_picture_init(&h->cells, (int)h->g->x.n, (int)h->g->y.n, h->shade->palette, e);
  if (!code)
    code = lur_grid_visit(h->g, take_cell, h, e);
  lur_grid_drop_cells(h->g);
  return code;
}

/* Of n cells, in pixels: whole ones each, unless they are more than the pixels. */
static int side_of(int n) {
  return n > SIDE / 2 ? n : SIDE / n * n;
}

/* What cells without a value are; returns where the next key begins. */
static double draw_key(struct lur_figure *f, double x, struct lur_color color, const char *text) {
  double em = f->font, y = f->top + f->height + f->low - em * 1.7;
  lur_paper_rect(f->paper, x, y, em, em, (struct lur_tint){.tone = LUR_TONE_GIVEN, .given = color});
  lur_paper_frame(f->paper, x, y, em, em, 0.5, lur_ink);
  lur_figure_text(f, x + 1.4 * em, y + 0.85 * em, LUR_START, text);
  return x + em * (1.4 + KEY_GAP) + lur_figure_text_width(f, text);
}

static int open_figure(struct heatmap *h, struct lur_figure *f, const struct lur_ticks *y, const struct lur_ticks *bar,
                       bool keyed, struct lur_error *e) {
  int width = side_of(h->cells.width), height = h->ask->y ? side_of(h->cells.height) : SIDE / 10;
  int most = width > height ? width : height;
  double dpi = f->look->dpi > 0 ? f->look->dpi : DPI * (most > SIDE ? (double)most / SIDE : 1);
  double unit = most > SIDE && f->look->dpi > 0 ? 72.0 * SIDE / DPI / most : 72 / (f->look->dpi > 0 ? DPI : dpi);
  lur_figure_margins(f, y, lur_figure_bar_room(f, bar), keyed ? f->font * 1.6 : 0);
  return lur_figure_open(f, width * unit, height * unit, dpi, e);
}

static void draw(struct heatmap *h, struct lur_figure *f, const struct lur_ticks *y, const struct lur_ticks *bar) {
  struct lur_ticks x;
  size_t n_bad = h->g->n_bad, n_missing = h->g->x.n * h->g->y.n - h->g->n_filled;
  double least = h->g->x.spacing == LUR_SPACE_LIST ? 2 * f->font : 4 * f->font, at = f->left;
  lur_ticks_of_grid(&h->g->x, (int)(f->width / least), &x);
  lur_figure_title(f, 0);
  lur_paper_cells(f->paper, f->left, f->top, f->width, f->height, &h->cells);
  lur_figure_frame(f);
  lur_figure_x_axis(f, &x, false);
  lur_figure_y_axis(f, y, false);
  lur_figure_bar(f, f->font, h->shade, bar);
  if (n_bad)
    at = draw_key(f, at, h->cells.color[LUR_BAD], "diverged");
  if (n_missing)
    draw_key(f, at, h->cells.color[LUR_MISSING], "no run");
}

static int draw_framed(struct heatmap *h, const char *comment, struct lur_buffer *out, struct lur_error *e) {
  struct lur_figure f;
  struct lur_ticks y = {0}, bar;
  char title[160];
  bool keyed = h->g->n_bad || h->g->n_filled < h->g->x.n * h->g->y.n;
  lur_grid_title(h->g, h->ask->value, title);
  lur_ticks_of_shade(h->shade, &bar);
  if (h->ask->y)
    lur_ticks_of_grid(&h->g->y, 20, &y);
  int code = lur_figure_begin(&f, h->ask->look, h->name, title, h->g->x.name, h->g->y.name, e);
  if (!code)
    code = open_figure(h, &f, &y, &bar, keyed, e);
  if (!code) {
    draw(h, &f, &y, &bar);
    code = lur_figure_finish(&f, comment, out, h->ask->note, e);
  }
  lur_figure_free(&f);
  return code;
}

int lur_plot_heatmap(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e) {
  struct lur_grid g = {0};
  struct lur_shade shade = {0};
  struct heatmap h = {.g = &g, .shade = &shade, .ask = ask, .name = lur_table_facts(t)->sweep.name};
  struct lur_buffer comment = {0};
  const struct lur_grid_ask rows = {ask->x, ask->y, ask->value, ask->where, lur_plot_fold(ask), MOST_KEPT};
  int code = ask->bare
                 ? lur_look_refuse(ask->look, ~(unsigned)LUR_LOOKS_OF_VALUES, "a picture with nothing around it", e)
                 : lur_look_refuse(ask->look, LUR_LOOKS_OF_CURVES, "a heatmap", e);
  if (!code)
    code = lur_grid_read(t, &rows, &g, e);
  if (!code)
    code = lur_shade_make(&g, ask->shading, ask->value, &shade, e);
  if (!code && ask->look->has_palette)
    shade.palette = ask->look->palette;
  if (!code)
    code = read_cells(&h, e);
  lur_buffer_format(&comment, "luron: %s over %s, %s of sweep %s", ask->value, ask->x, ask->y ? ask->y : "",
                    lur_table_facts(t)->sweep.hash);
  if (!code && ask->bare)
    code = lur_png_write_cells(&h.cells, comment.data, out, e);
  else if (!code)
    code = draw_framed(&h, comment.data, out, e);
  lur_buffer_free(&comment);
  lur_cells_picture_free(&h.cells);
  lur_shade_free(&shade);
  lur_grid_free(&g);
  return code;
}
