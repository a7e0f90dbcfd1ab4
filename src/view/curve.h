/* SPDX-License-Identifier: MIT
 * A curve drawn with characters. Reentrant. */
#ifndef LUR_VIEW_CURVE_H
#define LUR_VIEW_CURVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum { LUR_CURVE_LEAST_WIDTH = 40 };
struct lur_curve_style {
  int width;  /* columns that it may take; below LUR_CURVE_LEAST_WIDTH nothing is drawn */
  bool ascii; /* else braille, of UTF-8 */
  bool color;
};
/* y of n points at the epochs x, ascending; logarithmic where y is above 0 and over two decades. */
void lur_curve_write(const struct lur_curve_style *style, const char *name, const double *x, const double *y, int n,
                     struct lur_buffer *out);

#endif
