/* SPDX-License-Identifier: MIT
 * The plane of a network's two inputs. Each pixel is a forward pass, or each square of some where the network is large;
 * a line stands where neighbours are answered differently. */
#include "view/boundary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fold/scale.h"
#include "view/canvas.h"

enum { SIDE = 320, LETTERS = 2, GAP = 12, TICK = 6, BAR = 20, LINE = LUR_LETTER_HEIGHT * LETTERS };
#define MOST_PRODUCTS 5e8 /* of weights and values, a panel: about two seconds */
#define MARGIN 0.3        /* around the patterns, of their extent */

struct plane {
  const struct lur_network_plot *p;
  struct lur_canvas canvas;
  struct lur_scale axis[2]; /* of the inputs as the script gives them */
  double low, high;         /* of one output: the ends of the ramp */
  double *work, *answer;
  uint8_t *side; /* of the pixels of a panel: which answer, to find where it changes */
  int top;
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

static uint8_t color_of(const struct plane *f, const double *x) {
  int n = f->p->patterns.n_outputs;
  double t = n > 1 ? largest(x, n) / (n - 1.0) : (x[0] - f->low) / (f->high - f->low);
  if (isnan(t))
    return LUR_BAD;
  if (n > 1)
    t = 0.3 + 0.7 * t; /* so that the line can be seen on the darkest */
  return (uint8_t)lrint((LUR_RAMP - 1) * (t < 0 ? 0 : t > 1 ? 1 : t));
}

static uint8_t side_of(const struct plane *f, const double *x) {
  int n = f->p->patterns.n_outputs;
  return (uint8_t)(n > 1 ? largest(x, n) : x[0] > 0.5 * (f->low + f->high));
}

/* ---- A panel ---- */
static int draw_surface(struct plane *f, const double *parameters, int left, struct lur_error *e) {
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
      int width = SIDE - column < each ? SIDE - column : each, height = SIDE - row < each ? SIDE - row : each;
      lur_canvas_fill(&f->canvas, left + column, f->top + row, width, height, color_of(f, f->answer));
      for (int i = row; i < row + height; i++)
        memset(f->side + i * SIDE + column, side_of(f, f->answer), (size_t)width);
    }
  }
  return LUR_OK;
}

static void draw_axes(struct plane *f, int left, bool first) {
  double value[LUR_MOST_TICKS];
  char text[32];
  int y = f->top + SIDE, n = lur_scale_ticks(&f->axis[0], 4, value);
  for (int i = 0; i < n; i++) {
    int at = left + (int)(lur_scale_at(&f->axis[0], value[i]) * SIDE);
    lur_tick_text(value[i], text);
    lur_canvas_fill(&f->canvas, at, y, 2, TICK, LUR_INK);
    lur_canvas_text(&f->canvas, at - lur_canvas_text_width(text, LETTERS) / 2, y + TICK + 4, LETTERS, text, LUR_INK);
  }
  int width = lur_canvas_text_width("input 1", LETTERS);
  lur_canvas_text(&f->canvas, left + (SIDE - width) / 2, y + TICK + 4 + LINE + GAP, LETTERS, "input 1", LUR_INK);
  n = first ? lur_scale_ticks(&f->axis[1], 4, value) : 0;
  for (int i = 0; i < n; i++) {
    int at = f->top + (int)((1 - lur_scale_at(&f->axis[1], value[i])) * SIDE);
    lur_tick_text(value[i], text);
    lur_canvas_fill(&f->canvas, left - TICK, at, TICK, 2, LUR_INK);
    lur_canvas_text(&f->canvas, left - TICK - 4 - lur_canvas_text_width(text, LETTERS), at - LINE / 2, LETTERS, text,
                    LUR_INK);
  }
  if (first)
    lur_canvas_text_up(&f->canvas, GAP, f->top + (SIDE + width) / 2, LETTERS, "input 2", LUR_INK);
}

static int draw_panel(struct plane *f, const struct lur_moment *m, int left, bool first, struct lur_error *e) {
  char title[48];
  int code = draw_surface(f, m->parameters, left, e);
  if (code)
    return code;
  lur_moment_title(m, title);
  for (int row = 0; row + 1 < SIDE; row++)
    for (int column = 0; column + 1 < SIDE; column++) {
      const uint8_t *s = f->side + row * SIDE + column;
      if (s[0] != s[1] || s[0] != s[SIDE])
        lur_canvas_fill(&f->canvas, left + column, f->top + row, 2, 2, LUR_INK);
    }
  const struct lur_patterns *p = &f->p->patterns;
  const double *targets = shown_targets(f->p);
  double radius = p->n <= 64 ? 8 : p->n <= 1000 ? 5 : 3;
  for (size_t i = 0; i < p->n; i++) {
    double x = lur_scale_at(&f->axis[0], shown_input(f->p, p->inputs[2 * i], 0)),
           y = lur_scale_at(&f->axis[1], shown_input(f->p, p->inputs[2 * i + 1], 1));
    x = left + x * SIDE;
    y = f->top + (1 - y) * SIDE;
    lur_canvas_disc(&f->canvas, x, y, radius, LUR_INK);
    lur_canvas_disc(&f->canvas, x, y, radius - 1, LUR_PAPER);
    lur_canvas_disc(&f->canvas, x, y, radius - 2, color_of(f, targets + i * (size_t)p->n_outputs));
  }
  lur_canvas_frame(&f->canvas, left - 1, f->top - 1, SIDE + 2, SIDE + 2, LUR_INK);
  lur_canvas_text(&f->canvas, left, f->top - LINE - GAP / 2, LETTERS, title, LUR_INK);
  draw_axes(f, left, first);
  return LUR_OK;
}

static int axis_width(const struct lur_scale *s) {
  double value[LUR_MOST_TICKS];
  char text[32];
  int most = 0, n = lur_scale_ticks(s, 4, value);
  for (int i = 0; i < n; i++) {
    lur_tick_text(value[i], text);
    int width = lur_canvas_text_width(text, LETTERS);
    most = width > most ? width : most;
  }
  return most;
}

static int draw(struct plane *f, struct lur_error *e) {
  const struct lur_network_plot *p = f->p;
  bool one = p->patterns.n_outputs == 1;
  int left = 2 * GAP + LINE + axis_width(&f->axis[1]) + TICK + 4, step = SIDE + 2 * GAP, bar = one ? BAR + 90 : 0;
  f->top = (p->name ? 2 : 1) * (LINE + GAP) + GAP / 2;
  int code = lur_canvas_init(&f->canvas, left + p->n_moments * step + bar, f->top + SIDE + TICK + 4 + 2 * (LINE + GAP),
                             one ? LUR_RAMP_SIGNED : LUR_RAMP_EVEN, e);
  for (int i = 0; i < p->n_moments && !code; i++)
    code = draw_panel(f, &p->moment[i], left + i * step, i == 0, e);
  if (!code && one) {
    int x = left + p->n_moments * step;
    for (int i = 0; i < SIDE; i++)
      lur_canvas_fill(&f->canvas, x, f->top + SIDE - 1 - i, BAR, 1, (uint8_t)(i * LUR_RAMP / SIDE));
    lur_canvas_frame(&f->canvas, x - 1, f->top - 1, BAR + 2, SIDE + 2, LUR_INK);
    for (int i = 0; i <= 2; i++) {
      char text[32];
      lur_tick_text(f->low + 0.5 * i * (f->high - f->low), text);
      lur_canvas_text(&f->canvas, x + BAR + TICK, f->top + (2 - i) * (SIDE - LINE) / 2, LETTERS, text, LUR_INK);
    }
  }
  if (!code && p->name)
    lur_canvas_text(&f->canvas, left, GAP, LETTERS, p->name, LUR_INK);
  return code;
}

int lur_plot_boundary(const struct lur_network_plot *p, struct lur_buffer *out, struct lur_error *e) {
  struct plane f = {.p = p};
  int n_inputs = p->shape->width[0], code;
  if (n_inputs != 2)
    return lur_fail(e, LUR_EINPUT, NULL, "the network has %d input%s, and a boundary is drawn over two", n_inputs,
                    n_inputs == 1 ? "" : "s");
  f.work = lur_alloc(lur_shape_n_work(p->shape), sizeof *f.work);
  f.answer = lur_alloc((size_t)p->patterns.n_outputs, sizeof *f.answer);
  f.side = lur_alloc((size_t)SIDE * SIDE, 1);
  measure_axis(&f, 0);
  measure_axis(&f, 1);
  measure_output(&f);
  code = f.work && f.answer && f.side ? draw(&f, e) : lur_fail_memory(e);
  if (!code)
    code = lur_canvas_write_png(&f.canvas, p->name, out, e);
  lur_canvas_free(&f.canvas);
  free(f.work);
  free(f.answer);
  free(f.side);
  return code;
}
