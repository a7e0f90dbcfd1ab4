/* SPDX-License-Identifier: MIT
 * What figures with axes share: title, ticks, labels, key and colour bar around an area. All lengths are points.
 *
 * A figure is begun, measures what stands around its area, is opened, and is drawn from the area outwards. */
#ifndef LUR_VIEW_FIGURE_H
#define LUR_VIEW_FIGURE_H

#include "fold/grid_axis.h"
#include "view/look.h"
#include "view/shade.h"

/* Where ticks stand along an axis, 0 .. 1, and what is written beside them. */
enum { LUR_MOST_LABELS = 64, LUR_MOST_MINOR = 128 };
struct lur_ticks {
  int n, n_minor;
  bool names; /* each is to be seen */
  struct {
    double at;
    char text[64];
  } tick[LUR_MOST_LABELS];
  double minor[LUR_MOST_MINOR]; /* without text: between the powers of ten of a logarithmic axis */
};
void lur_ticks_of_scale(const struct lur_scale *s, int n_about, struct lur_ticks *out);
/* n texts, evenly from `first` on, `step` from one to the next: each, or each second or third where room is for fewer.
 */
void lur_ticks_of_labels(size_t n, const char *(*label)(const void *context, size_t i, char room[64]),
                         const void *context, double first, double step, int n_most, struct lur_ticks *out);
/* Of an axis of a grid: its values where they are few or texts, else round ones. */
void lur_ticks_of_grid(const struct lur_grid_axis *a, int n_most, struct lur_ticks *out);
void lur_ticks_of_shade(const struct lur_shade *s, struct lur_ticks *out);

struct lur_figure {
  struct lur_paper *paper;
  const struct lur_look *look;
  double font;                  /* size of labels */
  const char *title, *subtitle; /* the look's; or whose figure it is, and what it shows; "" none */
  bool named;                   /* the title is the experiment's name */
  const char *x_name, *y_name;
  double left, top, width, height; /* of the area */
  double right, low, whole_width;  /* what stands to the right of it and below: margins; of the paper */
};

/* name: of the experiment; what: the figure shows. All texts may be NULL: none. Zeroes what is not known yet. */
int lur_figure_begin(struct lur_figure *f, const struct lur_look *look, const char *name, const char *what,
                     const char *x_name, const char *y_name, struct lur_error *e);
double lur_figure_text_width(const struct lur_figure *f, const char *text);
double lur_figure_ticks_width(const struct lur_figure *f, const struct lur_ticks *t); /* of the widest */

/* Sets the margins: y: the ticks at the left, or NULL; more_right, more_low: what the figure puts there. */
void lur_figure_margins(struct lur_figure *f, const struct lur_ticks *y, double more_right, double more_low);
/* Opens the paper: with the look's size, or with an area of width x height where the look has none. dpi: of PNG, where
 * the look says nothing; 0: the usual. */
int lur_figure_open(struct lur_figure *f, double width, double height, double dpi, struct lur_error *e);

void lur_figure_title(struct lur_figure *f, double head); /* head: what stands between it and the area */
/* Ticks and names; grid: with lines across the area. */
void lur_figure_x_axis(struct lur_figure *f, const struct lur_ticks *t, bool grid);
void lur_figure_y_axis(struct lur_figure *f, const struct lur_ticks *t, bool grid);
void lur_figure_frame(struct lur_figure *f);
/* A colour bar, `gap` to the right of the area, and the room that it takes. */
void lur_figure_bar(struct lur_figure *f, double gap, const struct lur_shade *s, const struct lur_ticks *t);
double lur_figure_bar_room(const struct lur_figure *f, const struct lur_ticks *t);
/* A text at a place of the paper, in the figure's letters. */
void lur_figure_text(struct lur_figure *f, double x, double y, enum lur_anchor anchor, const char *text);

/* Adds the bytes. note: of a text with a letter that no font has. */
int lur_figure_finish(struct lur_figure *f, const char *comment, struct lur_buffer *out, char note[LUR_NOTE_BYTES],
                      struct lur_error *e);
void lur_figure_free(struct lur_figure *f); /* accepts half-begun ones */

#endif
