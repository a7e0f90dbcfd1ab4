/* SPDX-License-Identifier: MIT
 * The layout. Distances are multiples of the letters' size, so that a figure with larger letters is the same figure. */
#include "view/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define PAD 0.8       /* around everything */
#define TICK 0.4      /* length of ticks */
#define GAP 0.4       /* between a tick and its text */
#define LINE 1.5      /* height of a line of text */
#define TITLE 1.15    /* size of the title's letters */
#define MIDDLE 0.35   /* from the middle of a letter down to its line */
#define BAR 1.4       /* width of the colour bar */
#define THIN 0.7      /* points: frames and ticks */
#define HAIR 0.5      /* points: grid lines, minor ticks */
#define LEAST_AREA 10 /* points */
#define LEAST_TITLE 0.6
#define LEAST_NAME 0.7 /* of names below an axis */
#define LEAST_CUT 3.0  /* in the letters' size: a name that is cut */
#define BETWEEN 0.5    /* labels */

static struct lur_letters letters(const struct lur_figure *f, enum lur_anchor anchor) {
  return (struct lur_letters){.size = f->font, .anchor = anchor, .ink = lur_ink};
}

static const char *chosen(const char *given, const char *own) {
  return given ? given : own ? own : "";
}

int lur_figure_begin(struct lur_figure *f, const struct lur_look *look, const char *name, const char *what,
                     const char *x_name, const char *y_name, struct lur_error *e) {
  bool named = !look->title && name && name[0];
  *f = (struct lur_figure){.look = look,
                           .font = lur_look_font(look),
                           .named = named,
                           .title = named ? name : chosen(look->title, what),
                           .subtitle = named && what ? what : "",
                           .x_name = chosen(look->x_label, x_name),
                           .y_name = chosen(look->y_label, y_name),
                           .paper = lur_paper_new(look->format, look->theme, e)};
  return f->paper ? LUR_OK : e->code;
}

void lur_figure_free(struct lur_figure *f) {
  lur_paper_free(f->paper);
  f->paper = NULL;
}

double lur_figure_text_width(const struct lur_figure *f, const char *text) {
  struct lur_letters l = letters(f, LUR_START);
  return lur_paper_text_width(f->paper, text, &l);
}

double lur_figure_ticks_width(const struct lur_figure *f, const struct lur_ticks *t) {
  double most = 0;
  for (int i = 0; i < t->n; i++)
    most = fmax(most, lur_figure_text_width(f, t->tick[i].text));
  return most;
}

void lur_figure_margins(struct lur_figure *f, const struct lur_ticks *y, double more_right, double more_low) {
  double em = f->font;
  f->top = em * (PAD + (f->title[0] ? TITLE * LINE : 0) + (f->subtitle[0] ? LINE : 0) + 0.3);
  f->left = em * PAD + (f->y_name[0] ? em * LINE : 0);
  f->left += y ? lur_figure_ticks_width(f, y) + em * (TICK + GAP) : 0;
  f->right = em * PAD + fmax(more_right, em);
  f->low = em * (PAD + TICK + GAP + LINE + (f->x_name[0] ? LINE : 0) - 0.4) + more_low;
}

int lur_figure_open(struct lur_figure *f, double width, double height, double dpi, struct lur_error *e) {
  const struct lur_look *look = f->look;
  bool sized = look->width > 0;
  double whole_width = sized ? lur_look_points(look, look->width) : f->left + width + f->right;
  double whole_height = sized ? lur_look_points(look, look->height) : f->top + height + f->low;
  f->whole_width = whole_width;
  f->width = whole_width - f->left - f->right;
  f->height = whole_height - f->top - f->low;
  if (!(f->width >= LEAST_AREA && f->height >= LEAST_AREA))
    return lur_fail(e, LUR_EINPUT, NULL,
                    "%.0f x %.0f points are too small for the labels of this figure; "
                    "choose a larger size, or a smaller font_size",
                    whole_width, whole_height);
  char title[256];
  snprintf(title, sizeof title, "%s%s%s", f->title, f->subtitle[0] ? ": " : "", f->subtitle);
  return lur_paper_open(f->paper, whole_width, whole_height, dpi > 0 && !(look->dpi > 0) ? dpi : lur_look_dpi(look),
                        title, e);
}

void lur_figure_text(struct lur_figure *f, double x, double y, enum lur_anchor anchor, const char *text) {
  struct lur_letters l = letters(f, anchor);
  lur_paper_text(f->paper, x, y, text, &l);
}

/* Texts too long for the paper begin at its edge, and have smaller letters. */
static void draw_head(struct lur_figure *f, double y, const char *text, struct lur_letters l) {
  double room = f->whole_width - f->left - f->font * PAD, width = lur_paper_text_width(f->paper, text, &l), x = f->left;
  if (width > room) {
    x = fmax(f->font * PAD, f->left - (width - room));
    room += f->left - x;
    l.size *= fmax(LEAST_TITLE, fmin(1, room / width));
  }
  lur_paper_text(f->paper, x, y, text, &l);
}

void lur_figure_title(struct lur_figure *f, double head) {
  struct lur_letters l = letters(f, LUR_START);
  double y = f->top - head - f->font * 0.65;
  l.size *= TITLE;
  l.bold = f->named;
  if (f->title[0])
    draw_head(f, y - (f->subtitle[0] ? LINE * f->font : 0), f->title, l);
  l = letters(f, LUR_START);
  l.ink = lur_quiet;
  if (f->subtitle[0])
    draw_head(f, y, f->subtitle, l);
}

void lur_figure_frame(struct lur_figure *f) {
  lur_paper_frame(f->paper, f->left, f->top, f->width, f->height, THIN, lur_ink);
}

/* Names are all to be seen: their letters are smaller where that lets them stand side by side. */
static double names_size(const struct lur_figure *f, const struct lur_ticks *t) {
  double size = 1;
  for (int i = 1; t->names && i < t->n; i++) {
    double widths = lur_figure_text_width(f, t->tick[i - 1].text) + lur_figure_text_width(f, t->tick[i].text);
    size = fmin(size, (t->tick[i].at - t->tick[i - 1].at) * f->width / (widths / 2 + BETWEEN * f->font));
  }
  return size < LEAST_NAME ? LEAST_NAME : size;
}

/* The most of a name that fits between its neighbours; all of it where next to nothing would. */
static const char *fit_name(const struct lur_figure *f, const struct lur_ticks *t, int i, double size, char out[64]) {
  const char *text = t->tick[i].text;
  double room = t->n > 1 ? (t->tick[1].at - t->tick[0].at) * f->width / size - BETWEEN * f->font : INFINITY;
  size_t n = strlen(text) + 1;
  if (!t->names || room < LEAST_CUT * f->font)
    return text;
  while (lur_figure_text_width(f, lur_utf8_line(text, out, n)) > room && n > 5)
    n--;
  return out;
}

void lur_figure_x_axis(struct lur_figure *f, const struct lur_ticks *t, bool grid) {
  double y = f->top + f->height, em = f->font, end = -INFINITY, size = names_size(f, t);
  struct lur_letters l = letters(f, LUR_MIDDLE);
  l.size *= size;
  for (int i = 0; i < t->n_minor; i++) {
    double x = f->left + f->width * t->minor[i];
    lur_paper_line(f->paper, x, y, x, y + 0.5 * TICK * em, HAIR, lur_ink);
  }
  for (int i = 0; i < t->n; i++) {
    char room[64];
    const char *text = fit_name(f, t, i, size, room);
    double x = f->left + f->width * t->tick[i].at, width = size * lur_figure_text_width(f, text);
    if (grid)
      lur_paper_line(f->paper, x, f->top, x, y, HAIR, lur_faint);
    lur_paper_line(f->paper, x, y, x, y + TICK * em, THIN, lur_ink);
    if (x - width / 2 < end + 0.99 * BETWEEN * em * size)
      continue;
    lur_paper_text(f->paper, x, y + em * (TICK + GAP + 0.8), text, &l);
    end = x + width / 2;
  }
  if (f->x_name[0])
    lur_figure_text(f, f->left + f->width / 2, y + em * (TICK + GAP + 0.8 + LINE), LUR_MIDDLE, f->x_name);
}

void lur_figure_y_axis(struct lur_figure *f, const struct lur_ticks *t, bool grid) {
  double em = f->font, low = f->top + f->height, end = INFINITY;
  for (int i = 0; i < t->n_minor; i++) {
    double y = low - f->height * t->minor[i];
    lur_paper_line(f->paper, f->left - 0.5 * TICK * em, y, f->left, y, HAIR, lur_ink);
  }
  for (int i = 0; i < t->n; i++) {
    double y = low - f->height * t->tick[i].at;
    if (grid)
      lur_paper_line(f->paper, f->left, y, f->left + f->width, y, HAIR, lur_faint);
    lur_paper_line(f->paper, f->left - TICK * em, y, f->left, y, THIN, lur_ink);
    if (y + 0.5 * em > end)
      continue;
    lur_figure_text(f, f->left - em * (TICK + GAP), y + MIDDLE * em, LUR_END, t->tick[i].text);
    end = y - 0.5 * em;
  }
  if (f->y_name[0]) {
    struct lur_letters l = letters(f, LUR_MIDDLE);
    l.upwards = true;
    lur_paper_text(f->paper, em * (PAD + 0.8), f->top + f->height / 2, f->y_name, &l);
  }
}

double lur_figure_bar_room(const struct lur_figure *f, const struct lur_ticks *t) {
  return f->font * (1 + BAR + TICK + GAP) + lur_figure_ticks_width(f, t);
}

void lur_figure_bar(struct lur_figure *f, double gap, const struct lur_shade *s, const struct lur_ticks *t) {
  uint8_t cell[LUR_RAMP];
  struct lur_cells_picture ramp = {.width = 1, .height = LUR_RAMP, .cell = cell};
  double x = f->left + f->width + gap, em = f->font, low = f->top + f->height, end = INFINITY, right = x + BAR * em;
  lur_palette_fill(s->palette, ramp.color);
  for (int i = 0; i < LUR_RAMP; i++)
    cell[i] = (uint8_t)(LUR_RAMP - 1 - i);
  lur_paper_cells(f->paper, x, f->top, BAR * em, f->height, &ramp);
  lur_paper_frame(f->paper, x, f->top, BAR * em, f->height, THIN, lur_ink);
  for (int i = 0; i < t->n_minor; i++) {
    double y = low - f->height * t->minor[i];
    lur_paper_line(f->paper, right, y, right + 0.5 * TICK * em, y, HAIR, lur_ink);
  }
  for (int i = 0; i < t->n; i++) {
    double y = low - f->height * t->tick[i].at;
    lur_paper_line(f->paper, right, y, right + TICK * em, y, THIN, lur_ink);
    if (y + 0.5 * em > end)
      continue;
    lur_figure_text(f, right + em * (TICK + GAP), y + MIDDLE * em, LUR_START, t->tick[i].text);
    end = y - 0.5 * em;
  }
}

int lur_figure_finish(struct lur_figure *f, const char *comment, struct lur_buffer *out, char note[LUR_NOTE_BYTES],
                      struct lur_error *e) {
  const char *text = lur_paper_lacks(f->paper);
  note[0] = '\0';
  if (text)
    snprintf(note, LUR_NOTE_BYTES, "note: no font has all letters of \"%s\"\n", text);
  return lur_paper_finish(f->paper, comment, out, e);
}
