/* SPDX-License-Identifier: MIT
 * Pixels as PNG, through libpng. Reentrant. */
#ifndef LUR_VIEW_PICTURE_H
#define LUR_VIEW_PICTURE_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "view/palette.h"

enum { LUR_MOST_PIXELS = 1 << 27 };

/* Cells by the numbers of their colours, row by row, from the top. */
struct lur_cells_picture {
  int width, height;
  uint8_t *cell;
  struct lur_color color[LUR_N_COLORS];
};
/* All of the color LUR_MISSING. */
int lur_cells_picture_init(struct lur_cells_picture *c, int width, int height, enum lur_palette palette,
                           struct lur_error *e);
void lur_cells_picture_free(struct lur_cells_picture *c); /* accepts NULL */

/* A pixel a cell. The comment may be NULL. */
int lur_png_write_cells(const struct lur_cells_picture *c, const char *comment, struct lur_buffer *out,
                        struct lur_error *e);
/* Pixels of 32 bits, red green blue in the lower 24; stride in bytes. dpi: pixels an inch. */
int lur_png_write_pixels(int width, int height, const void *pixels, size_t stride_bytes, double dpi,
                         const char *comment, struct lur_buffer *out, struct lur_error *e);

#endif
