/* SPDX-License-Identifier: MIT
 * The message of a command line that is wrong. Reentrant. */
#include "base/exit.h"

#include <stdio.h>

#include "base/utf8.h"

void lur_usage_text(char out[LUR_USAGE_BYTES], const char *name, const char *format, va_list args) {
  int n = snprintf(out, LUR_USAGE_BYTES, name ? "command line: %s: " : "command line: ", name);
  if (n < LUR_USAGE_BYTES)
    vsnprintf(out + n, (size_t)(LUR_USAGE_BYTES - n), format, args);
  lur_utf8_tame_line(out);
}
