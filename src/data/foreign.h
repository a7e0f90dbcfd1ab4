/* SPDX-License-Identifier: MIT
 * Files that are not what they were given as: compressed, in another encoding, a page of the web. Reentrant. */
#ifndef LUR_DATA_FOREIGN_H
#define LUR_DATA_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* LUR_OK where the bytes are text without a zero byte, and UTF-8 where that is asked for. Else LUR_EINPUT with what
 * they are and what to do about it. `name` and `what` ("a CSV file") stand in messages. bytes[n] is '\0'. */
int lur_foreign_check(const char *name, const char *what, const char *bytes, size_t n, bool utf8, struct lur_error *e);

/* Whether the bytes begin as a network or a checkpoint that luron has saved. */
bool lur_foreign_is_ours(const char *bytes, size_t n);

#endif
