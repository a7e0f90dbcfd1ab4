/* SPDX-License-Identifier: MIT
 * Colours, computed in Oklab (B. Ottosson, "A perceptual color space for image processing", 2020), where equal steps of
 * L look equally large: the ramp's lightness rises evenly while its hue turns from blue over green to yellow; a signed
 * ramp has its lightest colour at the middle and one hue on each side. Chroma is cut to what sRGB can show. */
#include <math.h>

#include "view/canvas.h"

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

static struct lur_color signed_(double t) {
  double away = fabs(2 * t - 1);
  return color_of(0.97 - 0.55 * away, 0.20 * away, t < 0.5 ? 255 : 30);
}

void lur_palette_fill(enum lur_ramp ramp, struct lur_color out[LUR_N_COLORS]) {
  for (int i = 0; i < LUR_RAMP; i++) {
    double t = i / (LUR_RAMP - 1.0);
    out[i] = ramp == LUR_RAMP_SIGNED ? signed_(t) : color_of(0.20 + 0.74 * t, 0.08 + 0.10 * t, 290 - 185 * t);
  }
  out[LUR_PAPER] = (struct lur_color){255, 255, 255};
  out[LUR_INK] = (struct lur_color){34, 34, 34};
  out[LUR_FAINT] = (struct lur_color){221, 221, 221};
  out[LUR_MISSING] = (struct lur_color){236, 236, 236};
  out[LUR_BAD] = (struct lur_color){150, 150, 150};
  out[LUR_MARK_A] = (struct lur_color){200, 40, 30};
  out[LUR_MARK_B] = (struct lur_color){25, 70, 190};
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
