/* SPDX-License-Identifier: MIT
 * A text that grows. A failed allocation sets `failed` and drops what follows, so that callers check once at
 * the end. `data` is always terminated once anything was added. */
#ifndef LUR_BASE_BUFFER_H
#define LUR_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct lur_buffer {
  char *data; /* owned; NULL while empty */
  size_t length_bytes, room_bytes;
  bool failed;
};

void lur_buffer_add(struct lur_buffer *b, const char *bytes, size_t n);
void lur_buffer_text(struct lur_buffer *b, const char *text);
void lur_buffer_format(struct lur_buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void lur_buffer_free(struct lur_buffer *b); /* accepts NULL; leaves it empty */

#endif
