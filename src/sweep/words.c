/* SPDX-License-Identifier: MIT
 * What a word of another system is here: the names that luron has, whatever their capitals and what joins their parts,
 * then the table of words. Reentrant. */
#include "sweep/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "sweep/field.h"
#include "sweep/library.h"

/* Capitals and what joins words do not count: "Max.Iter" is max_iter. */
static bool is_same(const char *a, const char *b) {
  static const char joins[] = "_-. ";
  for (;;) {
    a += strspn(a, joins);
    b += strspn(b, joins);
    if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
      return false;
    if (!*a)
      return true;
    a++;
    b++;
  }
}

static void explain(const char *here, const char *hint, char out[LUR_WORD_ROOM]) {
  if (here)
    snprintf(out, LUR_WORD_ROOM, "did you mean %s?%s%s", here, hint ? " " : "", hint ? hint : "");
  else
    snprintf(out, LUR_WORD_ROOM, "luron has none%s%s", hint ? "; " : "", hint ? hint : "");
}

/* The library's entries that the field takes beside its choices. */
static const struct lur_library_entry *next_entry(const char *of, const struct lur_library_entry *entry) {
  int role = 0;
  while (of && lur_role_names[role] && strcmp(of, lur_role_names[role]) != 0)
    role++;
  return of && role < LUR_N_ROLES ? lur_library_next((enum lur_role)role, entry) : NULL;
}

static bool is_among(const char *of, const char *const *choices, const char *word, char out[LUR_WORD_ROOM]) {
  const char *found = NULL;
  for (; choices && *choices && !found; choices++)
    found = is_same(*choices, word) ? *choices : NULL;
  for (const struct lur_library_entry *entry = NULL; !found && (entry = next_entry(of, entry));)
    found = is_same(entry->name, word) && strcmp(entry->name, word) != 0 ? entry->name : NULL;
  if (found)
    explain(found, NULL, out);
  return found != NULL;
}

/* bias_init takes the words of init. "stop.monitor" is stop_monitor. */
static bool is_of(const struct lur_word *w, const char *of) {
  if (!of || !w->of)
    return !of && !w->of;
  return is_same(strcmp(of, "bias_init") == 0 ? "init" : of, w->of);
}

static bool can_be(const char *of, const char *const *choices, const char *here) {
  if (!choices || !here)
    return true;
  while (*choices && strcmp(*choices, here) != 0)
    choices++;
  const struct lur_library_entry *entry = next_entry(of, NULL);
  while (!*choices && entry && strcmp(entry->name, here) != 0)
    entry = next_entry(of, entry);
  return *choices || entry;
}

bool lur_word_explain(const char *of, const char *const *choices, const char *word, char out[LUR_WORD_ROOM]) {
  if (of && strcmp(of, "output_activation") == 0)
    of = "activation";
  if (is_among(of, choices, word, out))
    return true;
  const struct lur_word *w = NULL;
  for (const struct lur_word *row = lur_words; row->word && !w; row++)
    if (is_of(row, of) && is_same(row->word, word) && can_be(of, choices, row->here))
      w = row;
  bool is_read = !of && choices; /* a name of something that is read, not written: a network's, a run's */
  if (!w || (is_read && !w->here))
    return false;
  explain(w->here, is_read ? NULL : w->hint, out);
  return true;
}
