/* SPDX-License-Identifier: MIT
 * Texts that grow. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

static bool make_room(struct lur_buffer *b, size_t n) {
  if (!b->failed && !lur_grow(&b->data, &b->room_bytes, b->length_bytes + n + 1, 1))
    b->failed = true;
  return !b->failed;
}

void lur_buffer_add(struct lur_buffer *b, const char *bytes, size_t n) {
  if (!make_room(b, n))
    return;
  if (n)
    memcpy(b->data + b->length_bytes, bytes, n);
  b->length_bytes += n;
  b->data[b->length_bytes] = '\0';
}

void lur_buffer_text(struct lur_buffer *b, const char *text) {
  lur_buffer_add(b, text, strlen(text));
}

void lur_buffer_format(struct lur_buffer *b, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  if (n >= 0 && make_room(b, (size_t)n)) {
    vsnprintf(b->data + b->length_bytes, (size_t)n + 1, format, again);
    b->length_bytes += (size_t)n;
  }
  va_end(again);
  va_end(args);
}

void lur_buffer_free(struct lur_buffer *b) {
  if (!b)
    return;
  free(b->data);
  *b = (struct lur_buffer){0};
}
