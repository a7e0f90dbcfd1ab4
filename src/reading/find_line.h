/* SPDX-License-Identifier: MIT
 * Where in a script's text a field stands: messages name that line; and which fields are set by a name alone.
 * Strings, comments and functions are passed over, so that only the table's own entries count. */
#ifndef LUR_READING_FIND_LINE_H
#define LUR_READING_FIND_LINE_H

#include <stddef.h>

/* A table constructor in a text. */
struct lur_place {
  int line;           /* of the call that takes the table; 0: what the chunk returns */
  const char *callee; /* the name in front of the table; "" any */
  int item;           /* a returned list: which of its tables, from 1; 0: the table is returned itself */
};

/* The line where `path` ("seed", "stop.error") is set in that table, of as much of the path as is there. Where nothing
 * of it is: for a call, which has a line of its own, 0; else where the returned value begins. */
int lur_find_line(const char *text, size_t n_bytes, const struct lur_place *place, const char *path);

/* An entry `key = word`, whose value is one name and no more. */
enum { LUR_BARE_BYTES = 48 };
struct lur_bare {
  char key[LUR_BARE_BYTES], word[LUR_BARE_BYTES];
};
/* Those of that table, `most` at most, in their order; gives how many. None where another such call stands on the same
 * line, as then it is not known which of them is meant. Longer names are passed over. */
size_t lur_find_bare(const char *text, size_t n_bytes, const struct lur_place *place, struct lur_bare *out,
                     size_t most);

#endif
