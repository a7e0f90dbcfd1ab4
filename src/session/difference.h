/* SPDX-License-Identifier: MIT
 * The first difference between a stored row and the same one computed again, as a person reads it. Reentrant. */
#ifndef LUR_SESSION_DIFFERENCE_H
#define LUR_SESSION_DIFFERENCE_H

#include <stdbool.h>

#include "store/store.h"

struct lur_difference_text {
  bool differs;
  char text[512];
};

/* Compares a stored cell with a computed one; fills d at the first difference. */
bool lur_verify_same(const struct lur_cell *stored, const struct lur_cell *now, uint64_t run, const char *column,
                     struct lur_difference_text *d);

#endif
