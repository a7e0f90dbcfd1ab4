/* SPDX-License-Identifier: MIT
 * Where in a script's text a field stands: messages name that line. The text is scanned only once a mistake was
 * found. Strings, comments and functions are passed over, so that only the table's own entries count. */
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

#endif
