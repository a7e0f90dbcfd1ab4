/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

int lur_fail(struct lur_error *e, int code, const char *field, const char *format, ...) {
  if (!e)
    return code;
  e->code = code;
  snprintf(e->field, sizeof e->field, "%s", field ? field : "");
  va_list args;
  va_start(args, format);
  vsnprintf(e->text, sizeof e->text, format, args);
  va_end(args);
  lur_utf8_tame(e->text);
  return code;
}

int lur_fail_memory(struct lur_error *e) {
  return lur_fail(e, LUR_ENOMEM, NULL, "out of memory");
}
