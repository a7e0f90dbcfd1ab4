/* SPDX-License-Identifier: MIT
 * Words of other systems: a row of their table. Constant; no thread rule. */
#ifndef LUR_SWEEP_WORDS_H
#define LUR_SWEEP_WORDS_H

struct lur_word {
  const char *of; /* NULL: a name of a field; else a value of this one */
  const char *word;
  const char *here; /* the field or value; NULL: luron has none */
  const char *hint; /* what to write, or what there is instead; NULL: nothing to add */
};
extern const struct lur_word lur_words[]; /* ended by a NULL word */

#endif
