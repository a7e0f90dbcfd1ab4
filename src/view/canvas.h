/* SPDX-License-Identifier: MIT
 * A picture of up to 256 colours: filled, drawn and lettered here, written as PNG. Reentrant. */
#ifndef LUR_VIEW_CANVAS_H
#define LUR_VIEW_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* Colours by number: a ramp for values, then those of everything else. */
enum {
  LUR_RAMP = 240, /* 0 .. LUR_RAMP - 1 */
  LUR_PAPER = LUR_RAMP,
  LUR_INK,
  LUR_FAINT,   /* grid lines */
  LUR_MISSING, /* no row, or no value */
  LUR_BAD,     /* diverged */
  LUR_MARK_A,  /* marks over the ramp */
  LUR_MARK_B,
  LUR_N_COLORS
};
enum lur_ramp { LUR_RAMP_EVEN, LUR_RAMP_SIGNED };
struct lur_color { uint8_t r, g, b; };

/* EVEN: from dark blue to light yellow, equal steps of lightness. SIGNED: blue, near white at the middle, red. */
void lur_palette_fill(enum lur_ramp ramp, struct lur_color out[LUR_N_COLORS]);
/* The i-th of a few colours that are told apart, for curves; on light paper, or dark. */
struct lur_color lur_palette_series(int i, bool dark);
enum { LUR_N_SERIES = 8 };

struct lur_canvas {
  int width, height;
  uint8_t *pixel; /* row by row, from the top */
  struct lur_color color[LUR_N_COLORS];
};

enum { LUR_MOST_PIXELS = 1 << 27 };
int lur_canvas_init(struct lur_canvas *c, int width, int height, enum lur_ramp ramp, struct lur_error *e);
void lur_canvas_free(struct lur_canvas *c); /* accepts NULL */
/* Clipped to the canvas. */
void lur_canvas_fill(struct lur_canvas *c, int x, int y, int width, int height, uint8_t color);
void lur_canvas_frame(struct lur_canvas *c, int x, int y, int width, int height, uint8_t color);
void lur_canvas_disc(struct lur_canvas *c, double x, double y, double radius, uint8_t color);

/* ---- Letters: 5 x 7 dots in a cell of 6 x 10, each dot scale x scale pixels; other bytes than ASCII are boxes ---- */
enum { LUR_LETTER_WIDTH = 6, LUR_LETTER_HEIGHT = 7 };
const uint8_t *lur_font_rows(char letter); /* 7 rows of 5 bits, the leftmost the highest */
bool lur_font_descends(char letter);       /* its rows stand two dots lower */
int lur_canvas_text_width(const char *text, int scale);
/* x, y: the upper left corner; of the one that runs upwards, the lower left. */
void lur_canvas_text(struct lur_canvas *c, int x, int y, int scale, const char *text, uint8_t color);
void lur_canvas_text_up(struct lur_canvas *c, int x, int y, int scale, const char *text, uint8_t color);

/* As PNG; the comment may be NULL. */
int lur_canvas_write_png(const struct lur_canvas *c, const char *comment, struct lur_buffer *out, struct lur_error *e);

#endif
