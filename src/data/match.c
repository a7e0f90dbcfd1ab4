/* SPDX-License-Identifier: MIT
 * Data sets made to fit others: classes and inputs found by their names. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "data/dataset.h"

/* ---- Classes by name ---- */
bool lur_dataset_has_classes(const struct lur_dataset *d, const struct lur_class_names *c) {
  bool equal = d->n_classes == c->n;
  for (int k = 0; equal && k < c->n; k++)
    equal = strcmp(d->classes[k], c->names[k]) == 0;
  return equal;
}

static int fail_class(const struct lur_class_names *c, const char *name, struct lur_error *e) {
  char shown[64], list[128] = "", one[40];
  lur_utf8_line(name, shown, sizeof shown);
  if (c->n == 0)
    return lur_fail(e, LUR_EINPUT, NULL,
                    "has classes (%s ...), but %s have none to match; { inputs = d.inputs, targets = d.targets } takes "
                    "them by position",
                    shown, c->whose);
  size_t used = 0;
  for (int k = 0; k < c->n && used < sizeof list; k++)
    used += (size_t)snprintf(list + used, sizeof list - used, k ? " %s" : "%s",
                             lur_utf8_line(c->names[k], one, sizeof one));
  return lur_fail(e, LUR_EINPUT, NULL, "class \"%s\" is none of those of %s: %s%s", shown, c->whose, list,
                  used < sizeof list ? "" : " ...");
}

/* Adds column k of d's targets to column `at` of out's; whether there was a row of it. */
static bool move_class(const struct lur_dataset *d, int k, struct lur_dataset *out, int at) {
  bool any = false;
  for (size_t i = 0; i < d->n; i++) {
    double t = d->targets[i * (size_t)d->n_outputs + (size_t)k];
    any = any || t != 0;
    if (at < out->n_outputs)
      out->targets[i * (size_t)out->n_outputs + (size_t)at] = t;
  }
  return any;
}

struct lur_dataset *lur_dataset_match(const struct lur_dataset *d, const struct lur_class_names *c,
                                      struct lur_error *e) {
  if (c->n == 0) {
    fail_class(c, d->classes[0], e);
    return NULL;
  }
  struct lur_dataset *out = lur_dataset_take_inputs(d, NULL, d->n, c->n, e);
  if (!out || lur_dataset_name_classes(out, (const char *const *)c->names, e) != LUR_OK)
    goto fail;
  if (d->target_names) {
    const size_t n = strlen(d->target_names[0]) - strlen(d->classes[0]) - 1;
    if (lur_dataset_name_target_classes(out, d->target_names[0], n, e) != LUR_OK)
      goto fail;
  }
  for (int k = 0; k < d->n_classes; k++) {
    int at = 0;
    while (at < c->n && strcmp(c->names[at], d->classes[k]) != 0)
      at++;
    if (move_class(d, k, out, at) && at == c->n) {
      fail_class(c, d->classes[k], e);
      goto fail;
    }
  }
  return out;

fail:
  lur_dataset_free(out);
  return NULL;
}
