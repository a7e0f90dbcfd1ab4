/* SPDX-License-Identifier: MIT
 * Words that were typed, as a results file keeps them: one per line. A line break within a word is followed by a blank,
 * with which no word begins. */
#ifndef LUR_STORE_WORDS_H
#define LUR_STORE_WORDS_H

#include "base/buffer.h"

void lur_words_write(const char *const *words, int n, struct lur_buffer *out);
/* The word at *at, which moves behind it; NULL after the last. The text is changed: a zero byte ends each word. */
char *lur_words_next(char **at);

#endif
