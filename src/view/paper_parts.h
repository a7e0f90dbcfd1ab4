/* SPDX-License-Identifier: MIT
 * What the files of a paper share: paper.c (the shapes, by Cairo), paper_text.c (letters, by Pango) and paper_svg.c
 * (the same as SVG). */
#ifndef LUR_VIEW_PAPER_PARTS_H
#define LUR_VIEW_PAPER_PARTS_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "view/paper.h"

struct lur_paper {
  enum lur_picture_format format;
  enum lur_theme theme;
  double width, height, dpi;
  char title[256];
  cairo_surface_t *surface; /* before it is opened, and of SVG: one that is only there to measure letters */
  cairo_t *cairo;
  PangoLayout *layout;
  struct lur_buffer bytes; /* PDF's and SVG's */
  char lacks[128];         /* the first text with a letter that no font has */
};

struct lur_color lur_tint_color(const struct lur_tint *t, bool dark);
double lur_tint_opacity(const struct lur_tint *t);

/* Text as it is drawn: characters of UTF-8 that are no controls, others "?". Freed by lur_buffer_free. */
void lur_paper_clean_text(const char *text, struct lur_buffer *out);

/* How many pixels wide and high each cell is made within SVG and PDF, so that no reader blurs small ones; and cells so
 * enlarged. */
int lur_cells_pixels(const struct lur_cells_picture *c);
int lur_cells_enlarge(const struct lur_cells_picture *c, struct lur_cells_picture *out, struct lur_error *e);

void lur_svg_begin(struct lur_paper *p);
void lur_svg_rect(struct lur_paper *p, double x, double y, double width, double height, const struct lur_tint *fill);
void lur_svg_frame(struct lur_paper *p, double x, double y, double width, double height, double line,
                   const struct lur_tint *ink);
void lur_svg_disc(struct lur_paper *p, double x, double y, double radius, const struct lur_tint *fill, double line,
                  const struct lur_tint *rim);
void lur_svg_lines(struct lur_paper *p, size_t n, const double *xy, const struct lur_stroke *s);
void lur_svg_polygon(struct lur_paper *p, size_t n, const double *xy, const struct lur_tint *fill);
void lur_svg_clip(struct lur_paper *p, double x, double y, double width, double height);
void lur_svg_unclip(struct lur_paper *p);
void lur_svg_cells(struct lur_paper *p, double x, double y, double width, double height,
                   const struct lur_cells_picture *cells);
void lur_svg_text(struct lur_paper *p, double x, double y, const char *text, const struct lur_letters *l);
void lur_svg_end(struct lur_paper *p);

#endif
