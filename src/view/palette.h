/* SPDX-License-Identifier: MIT
 * Colours. Reentrant. */
#ifndef LUR_VIEW_PALETTE_H
#define LUR_VIEW_PALETTE_H

#include <stdbool.h>
#include <stdint.h>

struct lur_color {
  uint8_t r, g, b;
};

/* Colours by number: a ramp for values, then those of everything else that cells show. */
enum {
  LUR_RAMP = 240,         /* 0 .. LUR_RAMP - 1 */
  LUR_MISSING = LUR_RAMP, /* no row, or no value */
  LUR_BAD,                /* diverged */
  LUR_N_COLORS
};

/* The ramps of values; DIVERGING has its lightest colour at the middle and one hue on each side. */
enum lur_palette { LUR_VIRIDIS, LUR_MAGMA, LUR_CIVIDIS, LUR_GREYS, LUR_DIVERGING, LUR_N_PALETTES };
extern const char *const lur_palette_names[]; /* ended by NULL */
void lur_palette_fill(enum lur_palette palette, struct lur_color out[LUR_N_COLORS]);

/* The i-th of a few colours that are told apart, for curves; on light paper, or dark. */
struct lur_color lur_palette_series(int i, bool dark);
enum { LUR_N_SERIES = 8 };

#endif
