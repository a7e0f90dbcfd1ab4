/* SPDX-License-Identifier: MIT
 * Weights as squares (a Hinton diagram): layers from the top, scaled by the largest of all that is shown. */
#include "view/hinton.h"

#include <math.h>
#include <stdio.h>

#include "view/figure.h"

#define CELL 14         /* points, where there is room */
#define LEAST_CELL 1.5  /* points */
#define MOST_WIDTH 600  /* points, of all panels */
#define LEAST_PANEL 125 /* points */
#define BETWEEN 2.0     /* panels, in the letters' size */
#define HEAD 1.6        /* a layer's title, in the letters' size */

struct hinton {
  const struct lur_network_plot *p;
  struct lur_figure f;
  double largest, cell;
  double names;      /* room for the names of units at the left of a panel */
  int columns, rows; /* of the widest layer; of all layers */
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

static const struct lur_tint above = {.tone = LUR_TONE_GIVEN, .given = {200, 40, 30}},
                             below = {.tone = LUR_TONE_GIVEN, .given = {25, 70, 190}},
                             ground = {.tone = LUR_TONE_GIVEN, .given = {236, 236, 236}},
                             no_number = {.tone = LUR_TONE_GIVEN, .given = {150, 150, 150}};

static void draw_square(struct hinton *h, double x, double y, double w) {
  if (isnan(w)) {
    lur_paper_rect(h->f.paper, x, y, h->cell, h->cell, no_number);
    return;
  }
  double side = sqrt(fmin(fabs(w) / h->largest, 1)) * h->cell * 0.96, inset = (h->cell - side) / 2;
  if (side > 0)
    lur_paper_rect(h->f.paper, x + inset, y + inset, side, side, w > 0 ? above : below);
}

/* ---- Names ---- */
/* Whether letters have room beside, or above, cells. */
static bool named(const struct hinton *h) {
  return h->cell >= h->f.font;
}

static const char *source_name(const struct hinton *h, int layer, int i, char room[32]) {
  int n_in = lur_shape_fan_in(h->p->shape, layer);
  if (i == n_in)
    return "b";
  if (layer == 0 && h->p->inputs)
    return h->p->inputs[i];
  snprintf(room, 32, "%d", i + 1);
  return room;
}

static const char *unit_name(const struct hinton *h, int layer, int unit, char room[32]) {
  if (layer + 1 == h->p->shape->n_layers && h->p->classes)
    return h->p->classes[unit];
  snprintf(room, 32, "%d", unit + 1);
  return room;
}

static double room_for_units(const struct hinton *h) {
  double most = 0;
  char room[32];
  for (int layer = 0; layer < h->p->shape->n_layers; layer++)
    for (int unit = 0; unit < h->p->shape->width[layer + 1]; unit++)
      most = fmax(most, lur_figure_text_width(&h->f, unit_name(h, layer, unit, room)));
  return most + 0.5 * h->f.font;
}

/* How high the names above the cells of a layer are: long ones stand upright. */
static double head_room(const struct hinton *h, int layer, bool *upright) {
  double most = 0;
  char room[32];
  for (int i = 0; i < lur_shape_fan_in(h->p->shape, layer); i++)
    most = fmax(most, lur_figure_text_width(&h->f, source_name(h, layer, i, room)));
  *upright = most > h->cell;
  return (*upright ? most : h->f.font) + 0.5 * h->f.font;
}

static void name_sources(struct hinton *h, int layer, double left, double y, bool upright) {
  int n = lur_shape_fan_in(h->p->shape, layer) + h->p->shape->bias;
  double em = h->f.font;
  char room[32];
  for (int i = 0; i < n; i++) {
    const char *name = source_name(h, layer, i, room);
    double x = left + (i + 0.5) * h->cell;
    const struct lur_letters l = {
        .size = em, .upwards = upright, .ink = lur_quiet, .anchor = upright ? LUR_START : LUR_MIDDLE};
    lur_paper_text(h->f.paper, upright ? x + 0.35 * em : x, y - 0.3 * em, name, &l);
  }
}

/* ---- Layers ---- */
/* Returns where the next layer begins. */
static double draw_layer(struct hinton *h, const double *parameters, int layer, double left, double y) {
  const struct lur_shape *s = h->p->shape;
  int n_in = lur_shape_fan_in(s, layer), n_out = s->width[layer + 1], bias = s->bias;
  const double *w = parameters + lur_shape_layer_start(s, layer);
  double em = h->f.font;
  char title[64], room[32];
  bool upright;
  snprintf(title, sizeof title, layer + 1 < s->n_layers ? "hidden %d" : "output", layer + 1);
  lur_figure_text(&h->f, left, y + em, LUR_START, title);
  y += HEAD * em;
  if (named(h)) {
    y += head_room(h, layer, &upright);
    name_sources(h, layer, left, y, upright);
  }
  lur_paper_rect(h->f.paper, left, y, (n_in + bias) * h->cell, n_out * h->cell, ground);
  const struct lur_letters l = {.size = em, .anchor = LUR_END, .ink = lur_quiet};
  for (int unit = 0; unit < n_out; unit++, w += n_in + 1) {
    for (int i = 0; i < n_in + bias; i++)
      draw_square(h, left + i * h->cell, y + unit * h->cell, w[i]);
    if (named(h))
      lur_paper_text(h->f.paper, left - 0.4 * em, y + (unit + 0.5) * h->cell + 0.35 * em,
                     unit_name(h, layer, unit, room), &l);
  }
  if (bias)
    lur_paper_line(h->f.paper, left + n_in * h->cell, y, left + n_in * h->cell, y + n_out * h->cell, 0.7, lur_ink);
  return y + n_out * h->cell + em;
}

static void draw_key(struct hinton *h, double left, double y) {
  char text[64];
  double em = h->f.font;
  lur_paper_rect(h->f.paper, left, y - 0.8 * em, em, em, above);
  lur_figure_text(&h->f, left + 1.4 * em, y, LUR_START, "above 0");
  left += 2.4 * em + lur_figure_text_width(&h->f, "above 0");
  lur_paper_rect(h->f.paper, left, y - 0.8 * em, em, em, below);
  lur_figure_text(&h->f, left + 1.4 * em, y, LUR_START, "below 0");
  left += 2.4 * em + lur_figure_text_width(&h->f, "below 0");
  snprintf(text, sizeof text, "largest %.4g%s", h->largest, h->p->shape->bias ? "; b: the bias" : "");
  lur_figure_text(&h->f, left, y, LUR_START, text);
}

/* ---- The layout ---- */
static void count(struct hinton *h) {
  const struct lur_shape *s = h->p->shape;
  for (int i = 0; i < s->n_layers; i++) {
    int n = lur_shape_fan_in(s, i) + s->bias;
    h->columns = n > h->columns ? n : h->columns;
    h->rows += s->width[i + 1];
  }
}

/* Everything of a panel's height but cells, in points. */
static double other_height(const struct hinton *h) {
  double sum = 0;
  bool upright;
  for (int layer = 0; layer < h->p->shape->n_layers; layer++)
    sum += h->f.font * (HEAD + 1) + (named(h) ? head_room(h, layer, &upright) : 0);
  return sum;
}

static double panel_width(const struct hinton *h) {
  return fmax(LEAST_PANEL, h->names + h->columns * h->cell);
}

/* Cells as large as the look's size allows, or the usual. */
static void choose_cell(struct hinton *h) {
  const struct lur_look *look = h->p->look;
  int n = h->p->n_moments;
  double width = MOST_WIDTH, em = h->f.font, most = CELL;
  h->cell = most;
  h->names = room_for_units(h);
  if (look->width > 0) {
    width = lur_look_points(look, look->width) - (2 + (n - 1) * BETWEEN) * em;
    double height = lur_look_points(look, look->height) - other_height(h) - 7 * em;
    most = fmin(4 * CELL, height / h->rows);
  }
  h->cell = fmin(most, (width / n - h->names) / h->columns);
  h->cell = fmax(h->cell, LEAST_CELL);
  if (!named(h))
    h->names = 0;
}

static int draw(struct hinton *h, struct lur_error *e) {
  const struct lur_network_plot *p = h->p;
  struct lur_figure *f = &h->f;
  double em = f->font;
  count(h);
  choose_cell(h);
  double panel = panel_width(h), height = other_height(h) + h->rows * h->cell;
  lur_figure_margins(f, NULL, 0, 0);
  f->left = f->right = em;
  f->top += 1.6 * em;
  f->low = 2.2 * em;
  int code = lur_figure_open(f, fmax(p->n_moments * panel + (p->n_moments - 1) * BETWEEN * em, 30 * em), height, 0, e);
  if (!code)
    lur_figure_title(f, 1.6 * em);
  for (int i = 0; i < p->n_moments && !code; i++) {
    double left = f->left + i * (panel + BETWEEN * em), y = f->top;
    char title[48];
    lur_moment_title(&p->moment[i], title);
    lur_figure_text(f, left, y - 0.4 * em, LUR_START, title);
    for (int layer = 0; layer < p->shape->n_layers; layer++)
      y = draw_layer(h, p->moment[i].parameters, layer, left + h->names, y);
  }
  if (!code)
    draw_key(h, f->left, f->top + f->height + f->low - em);
  return code;
}

int lur_plot_weights(const struct lur_network_plot *p, struct lur_buffer *out, struct lur_error *e) {
  struct hinton h = {.p = p, .largest = find_largest(p)};
  int code = lur_look_refuse(p->look, LUR_LOOKS_OF_CURVES | LUR_LOOKS_OF_AXES | LUR_LOOKS_OF_VALUES,
                             "a picture of weights", e);
  if (!code)
    code = lur_figure_begin(&h.f, p->look, p->name, NULL, NULL, NULL, e);
  if (!code)
    code = draw(&h, e);
  if (!code)
    code = lur_figure_finish(&h.f, p->name, out, p->note, e);
  lur_figure_free(&h.f);
  return code;
}
