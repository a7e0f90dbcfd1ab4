/* SPDX-License-Identifier: MIT
 * Typed words as one text and back. Reentrant. */
#include "store/words.h"

#include <string.h>

void lur_words_write(const char *const *words, int n, struct lur_buffer *out) {
  for (int i = 0; i < n; i++) {
    lur_buffer_text(out, i ? "\n" : "");
    for (const char *at = words[i]; *at; at++)
      lur_buffer_add(out, *at == '\n' ? "\n " : at, *at == '\n' ? 2 : 1);
  }
}

char *lur_words_next(char **at) {
  char *word = *at, *to = word, *from = word;
  if (!*word)
    return NULL;
  for (; *from && (*from != '\n' || from[1] == ' '); from++) {
    *to++ = *from;
    from += *from == '\n';
  }
  *at = from + (*from == '\n');
  *to = '\0';
  return word;
}
