/* SPDX-License-Identifier: MIT
 * Numbers as people and as JSON read them. */
#include <math.h>
#include <stdio.h>

#include "sweep/field.h"
#include "view/run_view.h"

void lur_view_number(double x, char out[32]) {
  double size = fabs(x);
  if (isnan(x))
    snprintf(out, 32, "-");
  else if (size == 0 || (size >= 1e-4 && size < 1e6))
    snprintf(out, 32, "%.6f", x);
  else
    snprintf(out, 32, "%.5e", x);
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
