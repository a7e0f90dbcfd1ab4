/* SPDX-License-Identifier: MIT
 * The word that a slip was meant to be. */
#include "base/near_word.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_WORD = 40 };

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Edits (insert, delete, change, swap of neighbours) that turn a into b; both at most LONGEST_WORD long. */
static size_t edits(const char *a, const char *b) {
  size_t n = strlen(a), m = strlen(b), d[LONGEST_WORD + 1][LONGEST_WORD + 1];
  for (size_t i = 0; i <= n; i++)
    d[i][0] = i;
  for (size_t j = 0; j <= m; j++)
    d[0][j] = j;
  for (size_t i = 1; i <= n; i++)
    for (size_t j = 1; j <= m; j++) {
      size_t change = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      d[i][j] = least(change, least(d[i - 1][j], d[i][j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[n][m];
}

const char *lur_near_word(const char *word, const char *const *choices) {
  size_t n = strlen(word), fewest = n / 3 + 1;
  const char *nearest = NULL;
  if (n == 0 || n > LONGEST_WORD)
    return NULL;
  for (; *choices; choices++) {
    const size_t m = strlen(*choices);
    if (m > LONGEST_WORD || m > n + fewest || n > m + fewest) /* each edit changes the length by one at most */
      continue;
    size_t e = edits(word, *choices);
    if (e < n && (e < fewest || (e == fewest && !nearest))) {
      fewest = e;
      nearest = *choices;
    }
  }
  return nearest;
}

void lur_choices_write(const char *near, const char *const *choices, char out[LUR_CHOICES_BYTES]) {
  size_t n = near ? (size_t)snprintf(out, LUR_CHOICES_BYTES, "; did you mean %.63s? There are", near)
                  : (size_t)snprintf(out, LUR_CHOICES_BYTES, "; there are");
  for (; *choices; choices++) {
    const size_t more = strlen(*choices) + 1;
    const bool fits = n + more + sizeof " ..." <= LUR_CHOICES_BYTES;
    snprintf(out + n, LUR_CHOICES_BYTES - n, " %s", fits ? *choices : "...");
    if (!fits)
      return;
    n += more;
  }
}
