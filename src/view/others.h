/* SPDX-License-Identifier: MIT
 * A line about results files that the same script made with other data. */
#ifndef LUR_VIEW_OTHERS_H
#define LUR_VIEW_OTHERS_H

#include "store/store.h"

/* Nothing where there are none. */
void lur_others_write(struct lur_table *t, struct lur_buffer *out);
/* The same for a file that is not there: of the script's text and the words behind it. */
void lur_others_write_missing(const char *path, const char *script, const char *words, struct lur_buffer *out);

#endif
