/* SPDX-License-Identifier: MIT
 * The plane of a network's two inputs. Each of SIDE x SIDE cells is a forward pass, or each square of some where the
 * network is large; a line stands where neighbours are answered differently. */
#include "view/boundary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/figure.h"

enum { SIDE = 320 };      /* cells a panel */
#define PANEL 160         /* points */
#define MOST_PRODUCTS 5e8 /* of weights and values, a panel: about two seconds */
#define MARGIN 0.3        /* around the patterns, of their extent */
#define BETWEEN 1.6       /* panels, in the letters' size */
#define HEAD 1.5          /* a panel's own title, in the letters' size */
#define TINT 0.45         /* of a class's colour on its region; the rest is white */

struct plane {
  const struct lur_network_plot *p;
  struct lur_figure f;
  struct lur_cells_picture cells;
  struct lur_scale axis[2]; /* of the inputs as the script gives them */
  double low, high;         /* of one output: the ends of the ramp */
  double *work, *answer;
  uint8_t *side; /* of the cells of a panel: which answer, to find where it changes */
};

/* ---- Values ---- */
static double shown_input(const struct lur_network_plot *p, double x, int k) {
  return p->shift ? fma(x, p->scale[k], p->shift[k]) : x;
}

/* Output k of the network as its targets are. */
static double shown_output(const struct lur_network_plot *p, double o, int k) {
  const struct lur_patterns *t = &p->patterns;
  return t->scale ? lur_unscale(p->shape->precision, o, t->scale[k], t->shift[k]) : o;
}

static const double *shown_targets(const struct lur_network_plot *p) {
  return p->patterns.given ? p->patterns.given : p->patterns.targets;
}

static void measure_axis(struct plane *f, int k) {
  const struct lur_patterns *p = &f->p->patterns;
  double low = INFINITY, high = -INFINITY;
  for (size_t i = 0; i < p->n; i++) {
    double x = shown_input(f->p, p->inputs[2 * i + (size_t)k], k);
    low = x < low ? x : low;
    high = x > high ? x : high;
  }
  double room = high > low ? MARGIN * (high - low) : 1;
  f->axis[k] = lur_scale_make(low - room, high + room, false);
}

static void measure_output(struct plane *f) {
  const struct lur_patterns *p = &f->p->patterns;
  const struct lur_activation_facts *a = &lur_activations[f->p->shape->output];
  const double *targets = shown_targets(f->p);
  f->low = shown_output(f->p, a->least, 0);
  f->high = shown_output(f->p, a->largest, 0);
  if (f->low < f->high)
    return;
  f->low = INFINITY;
  f->high = -INFINITY;
  for (size_t i = 0; i < p->n; i++) {
    f->low = targets[i] < f->low ? targets[i] : f->low;
    f->high = targets[i] > f->high ? targets[i] : f->high;
  }
  if (!(f->high > f->low)) {
    f->low -= 1;
    f->high += 1;
  }
}

/* ---- Colours ---- */
static int largest(const double *x, int n) {
  int best = 0;
  for (int k = 1; k < n; k++)
    best = x[k] > x[best] ? k : best;
  return best;
}

/* Of several outputs, a class has the color of its number. */
static uint8_t color_of(const struct plane *f, const double *x) {
  int n = f->p->patterns.n_outputs;
  if (n > 1)
    return isnan(x[0]) ? LUR_BAD : (uint8_t)(largest(x, n) % LUR_RAMP);
  double t = (x[0] - f->low) / (f->high - f->low);
  return isnan(t) ? LUR_BAD : (uint8_t)lrint((LUR_RAMP - 1) * (t < 0 ? 0 : t > 1 ? 1 : t));
}

static uint8_t side_of(const struct plane *f, const double *x) {
  int n = f->p->patterns.n_outputs;
  return (uint8_t)(n > 1 ? largest(x, n) : x[0] > 0.5 * (f->low + f->high));
}

static uint8_t lighter(uint8_t x) {
  return (uint8_t)lrint(255 - TINT * (255 - x));
}

/* Classes have the colours of series, lighter; of more than there are, places on the ramp. */
static struct lur_color class_color(const struct plane *f, int k, bool light) {
  int n = f->p->patterns.n_outputs;
  struct lur_color c = lur_palette_series(k, false), ramp[LUR_N_COLORS];
  if (n > LUR_N_SERIES) {
    lur_palette_fill(LUR_VIRIDIS, ramp);
    c = ramp[k * (LUR_RAMP - 1) / (n - 1)];
  }
  return light ? (struct lur_color){lighter(c.r), lighter(c.g), lighter(c.b)} : c;
}

static int make_cells(struct plane *f, struct lur_error *e) {
  const struct lur_look *look = f->p->look;
  int n = f->p->patterns.n_outputs;
  int code = lur_cells_picture_init(&f->cells, SIDE, SIDE, look->has_palette ? look->palette : LUR_DIVERGING, e);
  for (int k = 0; k < LUR_RAMP && n > 1 && !code; k++)
    f->cells.color[k] = class_color(f, k % n, true);
  return code;
}

/* ---- A panel ---- */
static int answer_cells(struct plane *f, const double *parameters, struct lur_error *e) {
  const struct lur_network_plot *p = f->p;
  int each = (int)ceil(sqrt((double)SIDE * SIDE * (double)lur_shape_n_parameters(p->shape) / MOST_PRODUCTS));
  for (int row = 0; row < SIDE; row += each) {
    if (p->cancel && atomic_load(p->cancel))
      return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
    for (int column = 0; column < SIDE; column += each) {
      double x[2] = {lur_scale_value(&f->axis[0], (column + 0.5 * each) / SIDE),
                     lur_scale_value(&f->axis[1], 1 - (row + 0.5 * each) / SIDE)};
      for (int k = 0; k < 2 && p->shift; k++)
        x[k] = (x[k] - p->shift[k]) / p->scale[k];
      lur_forward(p->shape, parameters, x, f->work, f->answer);
      for (int k = 0; k < p->patterns.n_outputs; k++)
        f->answer[k] = shown_output(p, f->answer[k], k);
      size_t width = (size_t)(SIDE - column < each ? SIDE - column : each);
      for (int i = row; i < row + each && i < SIDE; i++) {
        memset(f->cells.cell + i * SIDE + column, color_of(f, f->answer), width);
        memset(f->side + i * SIDE + column, side_of(f, f->answer), width);
      }
    }
  }
  return LUR_OK;
}

/* Lines between cells that are answered differently: first those that lie, then those that stand. */
static void draw_sides(struct plane *f) {
  double x = f->f.left, y = f->f.top, w = f->f.width / SIDE, h = f->f.height / SIDE;
  for (int upright = 0; upright < 2; upright++)
    for (int row = 0; row + 1 < SIDE; row++)
      for (int from = 0, end; from < SIDE; from = end + 1) {
        const uint8_t *s = f->side + (upright ? row : row * SIDE);
        size_t along = upright ? SIDE : 1, across = upright ? 1 : SIDE;
        for (end = from; end < SIDE && s[(size_t)end * along] != s[(size_t)end * along + across]; end++) {
        }
        if (end == from)
          continue;
        if (upright)
          lur_paper_line(f->f.paper, x + (row + 1) * w, y + from * h, x + (row + 1) * w, y + end * h, 0.9, lur_ink);
        else
          lur_paper_line(f->f.paper, x + from * w, y + (row + 1) * h, x + end * w, y + (row + 1) * h, 0.9, lur_ink);
      }
}

static struct lur_tint pattern_tint(const struct plane *f, const double *target) {
  int n = f->p->patterns.n_outputs;
  struct lur_color c = n > 1 ? class_color(f, largest(target, n), false) : f->cells.color[color_of(f, target)];
  return (struct lur_tint){.tone = LUR_TONE_GIVEN, .given = c};
}

static void draw_patterns(struct plane *f) {
  const struct lur_patterns *p = &f->p->patterns;
  const double *targets = shown_targets(f->p);
  double radius = p->n <= 64 ? 3.6 : p->n <= 1000 ? 2.2 : 1.3;
  const struct lur_tint white = {.tone = LUR_TONE_GIVEN, .given = {255, 255, 255}},
                        black = {.tone = LUR_TONE_GIVEN, .given = {34, 34, 34}};
  for (size_t i = 0; i < p->n; i++) {
    double x = lur_scale_at(&f->axis[0], shown_input(f->p, p->inputs[2 * i], 0)),
           y = lur_scale_at(&f->axis[1], shown_input(f->p, p->inputs[2 * i + 1], 1));
    x = f->f.left + x * f->f.width;
    y = f->f.top + (1 - y) * f->f.height;
    lur_paper_disc(f->f.paper, x, y, radius + 0.4, white, 0, white);
    lur_paper_disc(f->f.paper, x, y, radius - 0.4, pattern_tint(f, targets + i * (size_t)p->n_outputs), 0.8, black);
  }
}

static int draw_panel(struct plane *f, const struct lur_moment *m, bool first, struct lur_error *e) {
  char title[48];
  struct lur_ticks t;
  int code = answer_cells(f, m->parameters, e);
  if (code)
    return code;
  lur_moment_title(m, title);
  lur_paper_cells(f->f.paper, f->f.left, f->f.top, f->f.width, f->f.height, &f->cells);
  lur_paper_clip(f->f.paper, f->f.left, f->f.top, f->f.width, f->f.height);
  draw_sides(f);
  draw_patterns(f);
  lur_paper_unclip(f->f.paper);
  lur_figure_frame(&f->f);
  lur_figure_text(&f->f, f->f.left, f->f.top - 0.5 * f->f.font, LUR_START, title);
  lur_ticks_of_scale(&f->axis[0], (int)(f->f.width / (4 * f->f.font)), &t);
  lur_figure_x_axis(&f->f, &t, false);
  lur_ticks_of_scale(&f->axis[1], 4, &t);
  if (first)
    lur_figure_y_axis(&f->f, &t, false);
  return LUR_OK;
}

/* ---- What stands at the right: a colour bar, or the classes ---- */
static void make_bar(const struct plane *f, struct lur_shade *s, struct lur_ticks *t) {
  *s = (struct lur_shade){.palette = f->p->look->has_palette ? f->p->look->palette : LUR_DIVERGING};
  *t = (struct lur_ticks){.n = 3};
  for (int i = 0; i < 3; i++) {
    t->tick[i].at = 0.5 * i;
    lur_tick_text(f->low + 0.5 * i * (f->high - f->low), t->tick[i].text);
  }
}

static const char *class_name(const struct plane *f, int k, char room[32]) {
  if (f->p->classes)
    return f->p->classes[k];
  snprintf(room, 32, "output %d", k + 1);
  return room;
}

static double key_room(const struct plane *f) {
  double most = 0;
  char room[32];
  for (int k = 0; k < f->p->patterns.n_outputs; k++)
    most = fmax(most, lur_figure_text_width(&f->f, class_name(f, k, room)));
  return most + 2.6 * f->f.font;
}

static void draw_key(struct plane *f) {
  char room[32];
  double em = f->f.font, x = f->f.left + f->f.width + em, y = f->f.top + em;
  for (int k = 0; k < f->p->patterns.n_outputs && y < f->f.top + f->f.height; k++, y += 1.5 * em) {
    const struct lur_tint c = {.tone = LUR_TONE_GIVEN, .given = class_color(f, k, false)};
    lur_paper_disc(f->f.paper, x + 0.5 * em, y - 0.35 * em, 0.4 * em, c, 0.8, lur_ink);
    lur_figure_text(&f->f, x + 1.4 * em, y, LUR_START, class_name(f, k, room));
  }
}

static int open_figure(struct plane *f, const struct lur_ticks *y, const struct lur_ticks *bar, struct lur_error *e) {
  int n = f->p->n_moments;
  bool keyed = f->p->look->legend != LUR_LEGEND_NONE, one = f->p->patterns.n_outputs == 1;
  double right = !keyed ? 0 : one ? lur_figure_bar_room(&f->f, bar) : key_room(f);
  lur_figure_margins(&f->f, y, right, 0);
  f->f.top += HEAD * f->f.font;
  return lur_figure_open(&f->f, n * PANEL + (n - 1) * BETWEEN * f->f.font, PANEL, 0, e);
}

static int draw(struct plane *f, struct lur_error *e) {
  const struct lur_network_plot *p = f->p;
  struct lur_shade shade;
  struct lur_ticks y, bar;
  lur_ticks_of_scale(&f->axis[1], 4, &y);
  make_bar(f, &shade, &bar);
  int code = open_figure(f, &y, &bar, e);
  if (code)
    return code;
  double gap = BETWEEN * f->f.font, side = (f->f.width - (p->n_moments - 1) * gap) / p->n_moments;
  if (!(side >= f->f.font))
    return lur_fail(e, LUR_EINPUT, NULL, "the size is too small for %d panels", p->n_moments);
  lur_figure_title(&f->f, HEAD * f->f.font);
  f->f.width = side;
  for (int i = 0; i < p->n_moments && !code; i++, f->f.left += side + gap)
    code = draw_panel(f, &p->moment[i], i == 0, e);
  f->f.left -= side + gap;
  if (p->look->legend != LUR_LEGEND_NONE && p->patterns.n_outputs == 1)
    lur_figure_bar(&f->f, f->f.font, &shade, &bar);
  else if (p->look->legend != LUR_LEGEND_NONE)
    draw_key(f);
  return code;
}

int lur_plot_boundary(const struct lur_network_plot *p, struct lur_buffer *out, struct lur_error *e) {
  struct plane f = {.p = p};
  int n_inputs = p->shape->width[0], code;
  if (n_inputs != 2)
    return lur_fail(e, LUR_EINPUT, NULL, "the network has %d input%s, and a boundary is drawn over two", n_inputs,
                    n_inputs == 1 ? "" : "s");
  if (lur_look_refuse(p->look, LUR_LOOKS_OF_CURVES, "a boundary", e))
    return e->code;
  f.work = lur_alloc(lur_shape_n_work(p->shape), sizeof *f.work);
  f.answer = lur_alloc((size_t)p->patterns.n_outputs, sizeof *f.answer);
  f.side = lur_alloc((size_t)SIDE * SIDE, 1);
  measure_axis(&f, 0);
  measure_axis(&f, 1);
  measure_output(&f);
  code = f.work && f.answer && f.side ? make_cells(&f, e) : lur_fail_memory(e);
  if (!code)
    code = lur_figure_begin(&f.f, p->look, p->name, NULL, p->inputs ? p->inputs[0] : "input 1",
                            p->inputs ? p->inputs[1] : "input 2", e);
  if (!code)
    code = draw(&f, e);
  if (!code)
    code = lur_figure_finish(&f.f, p->name, out, p->note, e);
  lur_figure_free(&f.f);
  lur_cells_picture_free(&f.cells);
  free(f.work);
  free(f.answer);
  free(f.side);
  return code;
}
