/* SPDX-License-Identifier: MIT
 * A results file as one page that needs nothing else: no network, no library. */
#ifndef LUR_VIEW_REPORT_H
#define LUR_VIEW_REPORT_H

#include "store/store.h"
#include "view/look.h"

struct lur_report_ask {
  const char *version;         /* of the program */
  const char *metric;          /* what combinations are ranked by; or NULL */
  const struct lur_look *look; /* title, palette and theme */
};
/* HTML: the answer, the best combinations, a picture with a choice of axes, effects, epochs, provenance. */
int lur_report_write(struct lur_table *t, const struct lur_report_ask *ask, struct lur_buffer *out,
                     struct lur_error *e);

/* The page's own style and script, which its policy names by their digests. */
extern const char lur_report_style[], lur_report_script[];

#endif
