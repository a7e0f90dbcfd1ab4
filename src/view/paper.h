/* SPDX-License-Identifier: MIT
 * What figures are drawn on: one set of shapes, written as PNG or PDF by Cairo with Pango's letters, or as SVG. Cairo
 * would turn SVG's letters into outlines, which nobody can search or read aloud, and knows no dark theme; so SVG is
 * written here, with real text that Pango has measured.
 *
 * Units are points (1/72 inch) from the upper left corner, y downwards. A paper belongs to one thread. Drawing does not
 * fail: what went wrong is said by lur_paper_finish. Pango and GLib end the program where they get no memory. */
#ifndef LUR_VIEW_PAPER_H
#define LUR_VIEW_PAPER_H

#include "view/palette.h"
#include "view/picture.h"

enum lur_picture_format { LUR_PNG, LUR_SVG, LUR_PDF, LUR_N_PICTURE_FORMATS };
/* By the end of the name; LUR_N_PICTURE_FORMATS where it is none of them. */
enum lur_picture_format lur_picture_format_of(const char *path);

/* AUTO: of SVG, as its reader likes; else light. PAGE: SVG that stands in a page which has lur_paper_page_style. */
enum lur_theme { LUR_LIGHT, LUR_DARK, LUR_AUTO, LUR_N_THEMES, LUR_PAGE = LUR_N_THEMES };
extern const char *const lur_theme_names[]; /* of those before PAGE; ended by NULL */
/* CSS of the class figure, in a page of that theme; on paper it is light. */
void lur_paper_page_style(enum lur_theme theme, struct lur_buffer *out);

/* What a colour is for, so that a theme can choose it; or a colour itself. */
enum lur_tone { LUR_TONE_PAPER, LUR_TONE_INK, LUR_TONE_QUIET, LUR_TONE_FAINT, LUR_TONE_SERIES, LUR_TONE_GIVEN };
struct lur_tint {
  enum lur_tone tone;
  int series;             /* of SERIES: which */
  struct lur_color given; /* of GIVEN */
  double opacity;         /* 0 counts as 1 */
};
extern const struct lur_tint lur_ink, lur_quiet, lur_faint, lur_blank; /* blank: the paper's */

/* A paper measures letters at once, and is drawn on once it is opened with its size in points. dpi: of PNG, the pixels
 * an inch. title: of the document, or NULL. */
struct lur_paper;
struct lur_paper *lur_paper_new(enum lur_picture_format format, enum lur_theme theme, struct lur_error *e);
int lur_paper_open(struct lur_paper *p, double width, double height, double dpi, const char *title,
                   struct lur_error *e);
void lur_paper_free(struct lur_paper *p); /* accepts NULL */
/* Adds the picture's bytes. comment: kept in a PNG; or NULL. */
int lur_paper_finish(struct lur_paper *p, const char *comment, struct lur_buffer *out, struct lur_error *e);
/* The first text with a letter that no font has; NULL where there was none. Valid as long as the paper. */
const char *lur_paper_lacks(const struct lur_paper *p);

/* ---- Shapes ---- */
void lur_paper_rect(struct lur_paper *p, double x, double y, double width, double height, struct lur_tint fill);
void lur_paper_frame(struct lur_paper *p, double x, double y, double width, double height, double line,
                     struct lur_tint ink);
void lur_paper_line(struct lur_paper *p, double x0, double y0, double x1, double y1, double line, struct lur_tint ink);
/* A disc with a rim; line 0: without. */
void lur_paper_disc(struct lur_paper *p, double x, double y, double radius, struct lur_tint fill, double line,
                    struct lur_tint rim);

/* Points joined by lines, x and y in turns. */
struct lur_stroke {
  double line; /* width */
  double dash; /* length of dashes; 0: none */
  struct lur_tint ink;
};
void lur_paper_lines(struct lur_paper *p, size_t n, const double *xy, const struct lur_stroke *s);
void lur_paper_polygon(struct lur_paper *p, size_t n, const double *xy, struct lur_tint fill);

/* What is drawn until lur_paper_unclip stays within. */
void lur_paper_clip(struct lur_paper *p, double x, double y, double width, double height);
void lur_paper_unclip(struct lur_paper *p);

/* Cells of colour, scaled to the place; where they are more than the pixels of PNG, a pixel has their mean. */
void lur_paper_cells(struct lur_paper *p, double x, double y, double width, double height,
                     const struct lur_cells_picture *cells);

/* ---- Text: UTF-8, one line; what is no character becomes "?" ---- */
enum lur_anchor { LUR_START, LUR_MIDDLE, LUR_END };
struct lur_letters {
  double size; /* points */
  bool bold, upwards;
  enum lur_anchor anchor;
  struct lur_tint ink;
};
/* x, y: where the anchor is, on the line that letters stand on. */
void lur_paper_text(struct lur_paper *p, double x, double y, const char *text, const struct lur_letters *l);
double lur_paper_text_width(struct lur_paper *p, const char *text, const struct lur_letters *l);

#endif
