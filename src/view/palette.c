/* SPDX-License-Identifier: MIT
 * viridis and magma (S. van der Walt and N. Smith, 2015) and cividis (J. Nunez and others, "Optimizing colormaps with
 * consideration for color vision deficiency", 2018) at 17 places, as Matplotlib 3.11 has them, and straight between.
 * The others are computed in Oklab (B. Ottosson, "A perceptual color space for image processing", 2020), where equal
 * steps of L look equally large; chroma is cut to what sRGB can show. */
#include "view/palette.h"

#include <math.h>
#include <stddef.h>

const char *const lur_palette_names[] = {"viridis", "magma", "cividis", "greys", "diverging", NULL};
_Static_assert(sizeof lur_palette_names / sizeof *lur_palette_names == LUR_N_PALETTES + 1, "a name each");

enum { N_PLACES = 17 };
static const uint32_t places[][N_PLACES] = {
    [LUR_VIRIDIS] = {0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c, 0x1fa088,
                     0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725},
    [LUR_MAGMA] = {0x000004, 0x0a0822, 0x1d1147, 0x36106b, 0x51127c, 0x6a1c81, 0x832681, 0x9c2e7f, 0xb73779, 0xd0416f,
                   0xe75263, 0xf56b5c, 0xfc8961, 0xfea772, 0xfec488, 0xfde2a3, 0xfcfdbf},
    [LUR_CIVIDIS] = {0x00224e, 0x002e6a, 0x1a386f, 0x32436d, 0x434e6c, 0x535a6d, 0x61656f, 0x6f7073, 0x7d7c78, 0x8c8878,
                     0x9b9476, 0xaba072, 0xbcae6c, 0xcdbb63, 0xdec958, 0xf0d846, 0xfee838},
};

static struct lur_color between(const uint32_t place[N_PLACES], double t) {
  double at = t * (N_PLACES - 1);
  int i = at < N_PLACES - 2 ? (int)at : N_PLACES - 2;
  uint8_t c[3];
  for (int k = 0; k < 3; k++) {
    double a = place[i] >> (16 - 8 * k) & 255, b = place[i + 1] >> (16 - 8 * k) & 255;
    c[k] = (uint8_t)lrint(a + (at - i) * (b - a));
  }
  return (struct lur_color){c[0], c[1], c[2]};
}

static double encode(double x) {
  x = x < 0 ? 0 : x > 1 ? 1 : x;
  return x <= 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055;
}

/* Linear sRGB of Oklab's lightness, chroma and hue; the matrices are the source's. */
static void to_linear(double lightness, double chroma, double hue, double rgb[3]) {
  double a = chroma * cos(hue), b = chroma * sin(hue);
  double l = lightness + 0.3963377774 * a + 0.2158037573 * b, m = lightness - 0.1055613458 * a - 0.0638541728 * b,
         s = lightness - 0.0894841775 * a - 1.2914855480 * b;
  l = l * l * l;
  m = m * m * m;
  s = s * s * s;
  rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
}

static bool is_shown(const double rgb[3]) {
  for (int i = 0; i < 3; i++)
    if (!(rgb[i] >= -1e-4 && rgb[i] <= 1 + 1e-4))
      return false;
  return true;
}

static struct lur_color color_of(double lightness, double chroma, double degrees) {
  double rgb[3], low = 0, high = chroma, hue = degrees * 3.14159265358979323846 / 180;
  to_linear(lightness, chroma, hue, rgb);
  if (!is_shown(rgb)) {
    for (int i = 0; i < 24; i++) {
      double middle = 0.5 * (low + high);
      to_linear(lightness, middle, hue, rgb);
      *(is_shown(rgb) ? &low : &high) = middle;
    }
    to_linear(lightness, low, hue, rgb);
  }
  return (struct lur_color){(uint8_t)lrint(255 * encode(rgb[0])), (uint8_t)lrint(255 * encode(rgb[1])),
                            (uint8_t)lrint(255 * encode(rgb[2]))};
}

static struct lur_color diverging(double t) {
  double away = fabs(2 * t - 1);
  return color_of(0.97 - 0.55 * away, 0.20 * away, t < 0.5 ? 255 : 30);
}

void lur_palette_fill(enum lur_palette palette, struct lur_color out[LUR_N_COLORS]) {
  for (int i = 0; i < LUR_RAMP; i++) {
    double t = i / (LUR_RAMP - 1.0);
    switch (palette) {
    case LUR_VIRIDIS:
    case LUR_MAGMA:
    case LUR_CIVIDIS: out[i] = between(places[palette], t); break;
    case LUR_GREYS: out[i] = color_of(0.95 - 0.8 * t, 0, 0); break;
    case LUR_DIVERGING: out[i] = diverging(t); break;
    case LUR_N_PALETTES: break;
    }
  }
  out[LUR_MISSING] = (struct lur_color){236, 236, 236};
  out[LUR_BAD] = (struct lur_color){150, 150, 150};
}

/* Six hues; then what differs in lightness too: near ink, and near paper. */
struct lur_color lur_palette_series(int i, bool dark) {
  static const double hue[LUR_N_SERIES] = {255, 30, 145, 320, 80, 200, 255, 165};
  static const double chroma[LUR_N_SERIES] = {0.15, 0.15, 0.15, 0.15, 0.15, 0.15, 0.02, 0.11};
  double lightness = dark ? 0.76 : 0.55;
  i %= LUR_N_SERIES;
  if (i == 6)
    lightness = dark ? 0.95 : 0.3;
  else if (i == 7)
    lightness = dark ? 0.6 : 0.78;
  return color_of(lightness, chroma[i], hue[i]);
}
