/* SPDX-License-Identifier: MIT
 * The curve of one run, drawn with characters. Reentrant. */
#ifndef LUR_VIEW_CURVE_H
#define LUR_VIEW_CURVE_H

#include "view/terminal.h"

enum { LUR_RUN_CURVE_LEAST_WIDTH = 40 }; /* nothing is drawn where there is less */
/* y of n points at the epochs x, ascending; logarithmic where y is above 0 and over two decades. */
void lur_run_curve_write(const struct lur_text_style *style, const char *name, double *x, double *y, int n,
                     struct lur_buffer *out);

#endif
