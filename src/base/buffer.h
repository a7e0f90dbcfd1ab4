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

/* The choice nearest to `word` by edits (Damerau-Levenshtein) where it is near enough to be a slip, else NULL.
 * choices ends with NULL. */
const char *lur_near_word(const char *word, const char *const *choices);
/* What is said after a word that is none of these: "; did you mean B? There are A B", or "; there are A B". near: NULL,
 * or what was meant. A list too long for out ends with "...". */
enum { LUR_CHOICES_BYTES = 320 };
void lur_choices_write(const char *near, const char *const *choices, char out[LUR_CHOICES_BYTES]);

#endif
