/* SPDX-License-Identifier: MIT
 * Weights as squares (a Hinton diagram): layers from the top, scaled by the largest of all that is shown. */
#include "view/hinton.h"

#include <math.h>
#include <stdio.h>

#include "view/canvas.h"

enum { CELL = 28, LEAST_CELL = 3, MOST_WIDTH = 1200, LETTERS = 2, GAP = 14, LINE = LUR_LETTER_HEIGHT * LETTERS };

struct hinton {
  const struct lur_network_plot *p;
  struct lur_canvas canvas;
  double largest;
  int cell;
};

void lur_moment_title(const struct lur_moment *m, char out[48]) {
  if (m->epochs)
    snprintf(out, 48, "after %llu epoch%s", (unsigned long long)m->epochs, m->epochs == 1 ? "" : "s");
  else
    snprintf(out, 48, "before training");
}

double lur_largest_weight(const struct lur_shape *shape, const double *parameters) {
  double most = 0;
  for (size_t k = 0; k < lur_shape_n_parameters(shape); k++) {
    double size = fabs(parameters[k]);
    if (size > most && isfinite(size))
      most = size;
  }
  return most;
}

static double find_largest(const struct lur_network_plot *p) {
  double most = p->largest;
  for (int i = 0; i < p->n_moments && !p->largest; i++)
    most = fmax(most, lur_largest_weight(p->shape, p->moment[i].parameters));
  return most > 0 ? most : 1;
}

static void draw_square(struct hinton *h, int x, int y, double w) {
  if (isnan(w)) {
    lur_canvas_fill(&h->canvas, x, y, h->cell, h->cell, LUR_BAD);
    return;
  }
  double part = sqrt(fmin(fabs(w) / h->largest, 1));
  int side = (int)lrint(part * (h->cell - 1)), inset = (h->cell - side) / 2;
  if (side > 0)
    lur_canvas_fill(&h->canvas, x + inset, y + inset, side, side, w > 0 ? LUR_MARK_A : LUR_MARK_B);
}

/* Returns where the next layer begins. */
static int draw_layer(struct hinton *h, const double *parameters, int layer, int left, int y) {
  const struct lur_shape *s = h->p->shape;
  int n_in = lur_shape_fan_in(s, layer), n_out = s->width[layer + 1], bias = s->bias;
  const double *w = parameters + lur_shape_layer_start(s, layer);
  char title[64];
  snprintf(title, sizeof title, layer + 1 < s->n_layers ? "hidden %d" : "output", layer + 1);
  lur_canvas_text(&h->canvas, left, y, LETTERS, title, LUR_INK);
  y += LINE + 6;
  lur_canvas_fill(&h->canvas, left, y, (n_in + bias) * h->cell, n_out * h->cell, LUR_MISSING);
  for (int unit = 0; unit < n_out; unit++, w += n_in + 1)
    for (int i = 0; i < n_in + bias; i++)
      draw_square(h, left + i * h->cell, y + unit * h->cell, w[i]);
  if (bias)
    lur_canvas_fill(&h->canvas, left + n_in * h->cell, y, 1, n_out * h->cell, LUR_INK);
  return y + n_out * h->cell + GAP;
}

static void draw_key(struct hinton *h, int left, int y) {
  char text[64];
  lur_canvas_fill(&h->canvas, left, y, LINE, LINE, LUR_MARK_A);
  lur_canvas_text(&h->canvas, left + LINE + 6, y, LETTERS, "above 0", LUR_INK);
  lur_canvas_fill(&h->canvas, left + 130, y, LINE, LINE, LUR_MARK_B);
  lur_canvas_text(&h->canvas, left + 130 + LINE + 6, y, LETTERS, "below 0", LUR_INK);
  snprintf(text, sizeof text, "largest %.4g%s", h->largest, h->p->shape->bias ? "; last: the bias" : "");
  lur_canvas_text(&h->canvas, left, y + LINE + GAP / 2, LETTERS, text, LUR_INK);
}

static int draw(struct hinton *h, struct lur_error *e) {
  const struct lur_network_plot *p = h->p;
  int64_t columns = 0, rows = 0, top = p->name ? 2 * GAP + LINE : GAP;
  for (int i = 0; i < p->shape->n_layers; i++) {
    int n = lur_shape_fan_in(p->shape, i) + p->shape->bias;
    columns = n > columns ? n : columns;
    rows += p->shape->width[i + 1];
  }
  int x = (int)(MOST_WIDTH / (columns * p->n_moments));
  h->cell = x < LEAST_CELL ? LEAST_CELL : x > CELL ? CELL : x;
  int64_t panel = columns * h->cell > 250 ? columns * h->cell : 250, width = GAP + p->n_moments * (panel + 2 * GAP);
  int64_t height = top + LINE + GAP + p->shape->n_layers * (LINE + 6 + GAP) + rows * h->cell + 2 * LINE + 2 * GAP;
  width = width < 420 ? 420 : width;
  if (width * height > LUR_MOST_PIXELS)
    return lur_fail(e, LUR_EINPUT, NULL, "the network has too many weights for a picture");
  int code = lur_canvas_init(&h->canvas, (int)width, (int)height, LUR_RAMP_SIGNED, e);
  for (int i = 0; i < p->n_moments && !code; i++) {
    int left = GAP + i * (int)(panel + 2 * GAP), y = (int)top + LINE + GAP;
    char title[48];
    lur_moment_title(&p->moment[i], title);
    lur_canvas_text(&h->canvas, left, (int)top, LETTERS, title, LUR_INK);
    for (int layer = 0; layer < p->shape->n_layers; layer++)
      y = draw_layer(h, p->moment[i].parameters, layer, left, y);
  }
  if (!code && p->name)
    lur_canvas_text(&h->canvas, GAP, GAP, LETTERS, p->name, LUR_INK);
  if (!code)
    draw_key(h, GAP, (int)height - 2 * LINE - GAP - GAP / 2);
  return code;
}

int lur_plot_weights(const struct lur_network_plot *p, struct lur_buffer *out, struct lur_error *e) {
  struct hinton h = {.p = p, .largest = find_largest(p)};
  int code = draw(&h, e);
  if (!code)
    code = lur_canvas_write_png(&h.canvas, p->name, out, e);
  lur_canvas_free(&h.canvas);
  return code;
}
