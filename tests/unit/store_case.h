/* SPDX-License-Identifier: MIT
 * What cmocka's tests of results files share; its header comes first. */
#ifndef STORE_CASE_H
#define STORE_CASE_H

#include "store_help.h"

/* A test's end where its state is the folder of its files. */
static inline int tear_down_folder(void **state) {
  help_clean(*state);
  return 0;
}

static inline void ok(int code, const struct lur_error *e) {
  if (code)
    fail_msg("%s: %s", e->field, e->text);
}

#endif
