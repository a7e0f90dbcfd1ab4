/* SPDX-License-Identifier: MIT
 * What is said after a word that is none of those that there are. */
#ifndef LUR_BASE_NEAR_WORD_H
#define LUR_BASE_NEAR_WORD_H

/* The choice nearest to `word` by edits (Damerau-Levenshtein) where it is near enough to be a slip, else NULL.
 * choices ends with NULL. */
const char *lur_near_word(const char *word, const char *const *choices);
/* What is said after a word that is none of these: "; did you mean B? There are A B", or "; there are A B". near: NULL,
 * or what was meant. A list too long for out ends with "...". */
enum { LUR_CHOICES_BYTES = 320 };
void lur_choices_write(const char *near, const char *const *choices, char out[LUR_CHOICES_BYTES]);

#endif
