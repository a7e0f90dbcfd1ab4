/* SPDX-License-Identifier: MIT
 * What a terminal can show, and pictures made of its characters. Reentrant. */
#ifndef LUR_VIEW_TERMINAL_H
#define LUR_VIEW_TERMINAL_H

#include <stdbool.h>

#include "base/buffer.h"
#include "fold/grid.h"
#include "view/chart.h"
#include "view/shade.h"

enum lur_text_color { LUR_TEXT_PLAIN, LUR_TEXT_256, LUR_TEXT_TRUE };
struct lur_text_style {
  int width;  /* columns that it may take */
  int rows;   /* of the picture itself, at most */
  bool ascii; /* else braille and half blocks, of UTF-8 */
  enum lur_text_color color;
};

/* Whether the language that the environment names is written in UTF-8. */
bool lur_terminal_utf8(void);
/* The width of the terminal that f is, 0 where it is none. COLUMNS overrides. */
int lur_terminal_width(int fd);
/* Breaks the lines of a text, from a byte on, at blanks, so that none is wider; 0: not at all. */
void lur_terminal_wrap(struct lur_buffer *text, size_t from, int width);
int lur_terminal_height(int fd); /* rows; 0 where it is none, or does not say */
/* How a stream is drawn to: its width, or 80 where it is none; ASCII where it is no terminal and takes no colour; as
 * many colours as the environment speaks of. */
struct lur_text_style lur_terminal_style(int fd, bool color);

/* A chart's curves as dots; of several without colour, each as a letter. Bands are left out. */
void lur_chart_write_text(const struct lur_chart *c, const struct lur_text_style *style, struct lur_buffer *out);
/* Only its rows: without title, the axis below, and key. */
void lur_chart_write_rows(const struct lur_chart *c, const struct lur_text_style *style, struct lur_buffer *out);
/* A heatmap of half blocks, or of characters from light to heavy; where cells are more than the room, a place has the
 * mean colour of its cells. */
void lur_grid_write_text(const struct lur_grid *g, const struct lur_shade *shade, const char *title,
                         const struct lur_text_style *style, struct lur_buffer *out);

/* ---- Text and colours ---- */
/* At most width columns of text that a script may have given: what is no character of UTF-8, or moves the cursor,
 * becomes "?". Returns the columns used. */
int lur_terminal_text(const char *text, int width, struct lur_buffer *out);
int lur_text_columns(const char *text); /* all of it so */
void lur_terminal_spaces(int n, struct lur_buffer *out);
/* ground: of the background, else of the letters. Nothing where plain. */
void lur_terminal_color(const struct lur_text_style *style, struct lur_color c, bool ground, struct lur_buffer *out);
void lur_terminal_reset(const struct lur_text_style *style, struct lur_buffer *out);

#endif
