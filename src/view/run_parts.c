/* SPDX-License-Identifier: MIT
 * Numbers as people and as JSON read them. */
#include <math.h>
#include <stdio.h>

#include "sweep/field.h"
#include "view/run_view.h"

void lur_view_number(double x, int width, char out[32]) {
  const double size = fabs(x);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e6);
  int n = width + 1;
  for (int decimals = plain ? 6 : 5; n > width && decimals >= 0; decimals--)
    n = snprintf(out, 32, plain ? "%.*f" : "%.*e", decimals, x);
  if (isnan(x))
    snprintf(out, 32, "-");
}

void lur_view_json_number(double x, struct lur_buffer *out) {
  char digits[32];
  if (!isfinite(x)) {
    lur_buffer_text(out, "null");
    return;
  }
  lur_digits_write(x, digits);
  lur_buffer_text(out, digits);
}
