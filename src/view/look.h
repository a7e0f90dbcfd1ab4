/* SPDX-License-Identifier: MIT
 * How a figure looks: the options that luron plot, results:plot and run:plot share. Reentrant. */
#ifndef LUR_VIEW_LOOK_H
#define LUR_VIEW_LOOK_H

#include "view/paper.h"

enum lur_legend { LUR_LEGEND_RIGHT, LUR_LEGEND_BELOW, LUR_LEGEND_NONE, LUR_N_LEGENDS };

struct lur_look { /* zeroed: the figure's own choice everywhere */
  enum lur_picture_format format;
  enum lur_theme theme;
  enum lur_legend legend;
  double width, height;                  /* points, or pixels; 0: as large as what it shows */
  bool in_pixels;                        /* width and height are pixels at dpi */
  double dpi;                            /* 0: 144 in PNG, 96 in the others, where it says how large a pixel is */
  double font_size;                      /* points; 0: 9 */
  const char *title, *x_label, *y_label; /* borrowed; NULL: the figure's own; "": none */
  bool has_palette, has_x, has_y;
  enum lur_palette palette;
  double x[2], y[2]; /* the ends of the axes, in either order */
  unsigned given;    /* a bit per option that was set */
};

/* The options of look.inc.h by number, and their names in Lua. */
enum lur_look_option {
#define LUR_LOOK(name, typed, takes, meaning) LUR_LOOK_##name,
#include "view/look.inc.h"
#undef LUR_LOOK
  LUR_N_LOOK_OPTIONS
};
extern const char *const lur_look_names[];              /* ended by NULL */
bool lur_look_is_of_pages(enum lur_look_option option); /* whether a page has it, and not a picture alone */
/* Sets one from its text, which is borrowed. LUR_EINPUT says what is expected, and not of which option. */
int lur_look_set(struct lur_look *look, enum lur_look_option option, const char *text, struct lur_error *e);

enum { /* what only some figures have: axes that one may cut, with a key; names of axes; colours of values */
       LUR_LOOKS_OF_CURVES = 1u << LUR_LOOK_xlim | 1u << LUR_LOOK_ylim | 1u << LUR_LOOK_legend,
       LUR_LOOKS_OF_AXES = 1u << LUR_LOOK_xlabel | 1u << LUR_LOOK_ylabel,
       LUR_LOOKS_OF_VALUES = 1u << LUR_LOOK_palette
};
/* LUR_EINPUT where an option was set that changes nothing of this figure; without: a bit for each of these. */
int lur_look_refuse(const struct lur_look *look, unsigned without, const char *figure, struct lur_error *e);

/* What is to be said about a figure beside it, a line with its end; or "". */
enum { LUR_NOTE_BYTES = 192 };

/* What is in force. */
double lur_look_dpi(const struct lur_look *look);
double lur_look_font(const struct lur_look *look);
double lur_look_points(const struct lur_look *look, double size); /* of width or height */

#endif
