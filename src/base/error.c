/* SPDX-License-Identifier: MIT
 * Filling an error: its text cut in the middle, and tame. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { LONG_BYTES = 4096, HEAD_BYTES = 120 };

/* A text that is too long loses its middle, which is a long name's: what was done to it stands at the end. */
static void take_text(const char *text, size_t n, char *out, size_t room) {
  if (n < room) {
    memcpy(out, text, n + 1);
    return;
  }
  size_t n_tail = room - 1 - HEAD_BYTES - 3;
  memcpy(out, text, HEAD_BYTES);
  memcpy(out + HEAD_BYTES, "...", 3);
  memcpy(out + HEAD_BYTES + 3, text + n - n_tail, n_tail + 1);
}

int lur_fail(struct lur_error *e, int code, const char *field, const char *format, ...) {
  char text[LONG_BYTES] = "";
  if (!e)
    return code;
  e->code = code;
  snprintf(e->field, sizeof e->field, "%s", field ? field : "");
  va_list args;
  va_start(args, format);
  int n = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  take_text(text, n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1, e->text, sizeof e->text);
  lur_utf8_tame(e->field);
  if (code == LUR_ECALLBACK)
    lur_utf8_tame(e->text); /* a script's, in lines of its own */
  else
    lur_utf8_tame_line(e->text); /* a file's name may have line ends */
  return code;
}

int lur_fail_memory(struct lur_error *e) {
  return lur_fail(e, LUR_ENOMEM, NULL, "out of memory");
}
