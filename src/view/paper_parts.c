/* SPDX-License-Identifier: MIT
 * Colours of themes, and cells that are enlarged: what shapes, letters and SVG have in common. */
#include <string.h>

#include "view/paper_parts.h"

enum { LEAST_CELLS_SIDE = 1000 };

/* ---- Colours ---- */
const struct lur_tint lur_ink = {.tone = LUR_TONE_INK}, lur_quiet = {.tone = LUR_TONE_QUIET},
                      lur_faint = {.tone = LUR_TONE_FAINT}, lur_blank = {.tone = LUR_TONE_PAPER};

struct lur_color lur_tint_color(const struct lur_tint *t, bool dark) {
  static const struct lur_color tones[2][LUR_TONE_SERIES] = {
      {[LUR_TONE_PAPER] = {255, 255, 255},
       [LUR_TONE_INK] = {34, 34, 34},
       [LUR_TONE_QUIET] = {102, 102, 102},
       [LUR_TONE_FAINT] = {221, 221, 221}},
      {[LUR_TONE_PAPER] = {24, 26, 31},
       [LUR_TONE_INK] = {221, 221, 221},
       [LUR_TONE_QUIET] = {153, 153, 153},
       [LUR_TONE_FAINT] = {58, 61, 69}},
  };
  switch (t->tone) {
  case LUR_TONE_SERIES: return lur_palette_series(t->series, dark);
  case LUR_TONE_GIVEN: return t->given;
  case LUR_TONE_PAPER:
  case LUR_TONE_INK:
  case LUR_TONE_QUIET:
  case LUR_TONE_FAINT: break;
  }
  return tones[dark][t->tone];
}

double lur_tint_opacity(const struct lur_tint *t) {
  return t->opacity > 0 ? t->opacity : 1;
}

/* ---- Cells ---- */
int lur_cells_pixels(const struct lur_cells_picture *c) {
  int side = c->width > c->height ? c->width : c->height;
  return side < LEAST_CELLS_SIDE ? LEAST_CELLS_SIDE / side : 1;
}

int lur_cells_enlarge(const struct lur_cells_picture *c, struct lur_cells_picture *out, struct lur_error *e) {
  int k = lur_cells_pixels(c);
  int code = lur_cells_picture_init(out, c->width * k, c->height * k, LUR_VIRIDIS, e);
  if (code)
    return code;
  memcpy(out->color, c->color, sizeof out->color);
  for (int y = 0; y < out->height; y++)
    for (int x = 0; x < out->width; x++)
      out->cell[(size_t)y * (size_t)out->width + (size_t)x] =
          c->cell[(size_t)(y / k) * (size_t)c->width + (size_t)(x / k)];
  return LUR_OK;
}
