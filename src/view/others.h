/* SPDX-License-Identifier: MIT
 * Lines about results files that the same script made with other data, and about a file that never counts as done. */
#ifndef LUR_VIEW_OTHERS_H
#define LUR_VIEW_OTHERS_H

#include "store/store.h"

enum { LUR_OPAQUE_ROOM = 100 };

/* Nothing where there are none. */
void lur_others_write(struct lur_table *t, struct lur_buffer *out);
/* The same for a file that is not there: of the script's text and the words behind it. */
void lur_others_write_missing(const char *path, const char *script, const char *words, struct lur_buffer *out);
/* What the sweep's functions hold and luron cannot look into, so that it never counts as done; or "". */
const char *lur_opaque_of(const struct lur_table_facts *f, char text[LUR_OPAQUE_ROOM]);
void lur_opaque_write(struct lur_table *t, struct lur_buffer *out);

#endif
