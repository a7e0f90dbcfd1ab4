/* SPDX-License-Identifier: MIT
 * Shapes and letters, pixel by pixel. */
#include "view/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

int lur_canvas_init(struct lur_canvas *c, int width, int height, enum lur_ramp ramp, struct lur_error *e) {
  *c = (struct lur_canvas){.width = width, .height = height};
  if (width < 1 || height < 1 || (int64_t)width * height > LUR_MOST_PIXELS)
    return lur_fail(e, LUR_EINPUT, NULL, "a picture of %d x %d pixels is too large", width, height);
  c->pixel = lur_alloc((size_t)width * (size_t)height, 1);
  if (!c->pixel)
    return lur_fail_memory(e);
  memset(c->pixel, LUR_PAPER, (size_t)width * (size_t)height);
  lur_palette_fill(ramp, c->color);
  return LUR_OK;
}

void lur_canvas_free(struct lur_canvas *c) {
  if (!c)
    return;
  free(c->pixel);
  *c = (struct lur_canvas){0};
}

void lur_canvas_fill(struct lur_canvas *c, int x, int y, int width, int height, uint8_t color) {
  int right = x + width < c->width ? x + width : c->width, low = y + height < c->height ? y + height : c->height;
  x = x > 0 ? x : 0;
  for (int row = y > 0 ? y : 0; row < low && right > x; row++)
    memset(c->pixel + (size_t)row * (size_t)c->width + x, color, (size_t)(right - x));
}

void lur_canvas_frame(struct lur_canvas *c, int x, int y, int width, int height, uint8_t color) {
  lur_canvas_fill(c, x, y, width, 1, color);
  lur_canvas_fill(c, x, y + height - 1, width, 1, color);
  lur_canvas_fill(c, x, y, 1, height, color);
  lur_canvas_fill(c, x + width - 1, y, 1, height, color);
}

void lur_canvas_disc(struct lur_canvas *c, double x, double y, double radius, uint8_t color) {
  int reach = (int)ceil(radius) + 1;
  for (int row = (int)y - reach; row <= (int)y + reach; row++)
    for (int column = (int)x - reach; column <= (int)x + reach; column++)
      if (hypot(column + 0.5 - x, row + 0.5 - y) <= radius)
        lur_canvas_fill(c, column, row, 1, 1, color);
}

int lur_canvas_text_width(const char *text, int scale) {
  return *text ? (int)strlen(text) * LUR_LETTER_WIDTH * scale - scale : 0;
}

/* turned: the text runs upwards. */
static void draw_text(struct lur_canvas *c, int x, int y, int scale, const char *text, uint8_t color, bool turned) {
  for (int at = 0; *text; text++, at += LUR_LETTER_WIDTH * scale) {
    const uint8_t *rows = lur_font_rows(*text);
    int lower = lur_font_descends(*text) ? 2 : 0;
    for (int row = 0; row < LUR_LETTER_HEIGHT; row++)
      for (int bit = 0; bit < 5; bit++) {
        if (!(rows[row] >> (4 - bit) & 1))
          continue;
        int along = at + bit * scale, down = (row + lower) * scale;
        if (turned)
          lur_canvas_fill(c, x + down, y - along - scale, scale, scale, color);
        else
          lur_canvas_fill(c, x + along, y + down, scale, scale, color);
      }
  }
}

void lur_canvas_text(struct lur_canvas *c, int x, int y, int scale, const char *text, uint8_t color) {
  draw_text(c, x, y, scale, text, color, false);
}

void lur_canvas_text_up(struct lur_canvas *c, int x, int y, int scale, const char *text, uint8_t color) {
  draw_text(c, x, y, scale, text, color, true);
}
