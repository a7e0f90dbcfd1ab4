/* SPDX-License-Identifier: MIT
 * The same two passes that scale inputs. */
#include "data/scaled_targets.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void lur_scaled_targets_free(struct lur_scaled_targets *t) {
  for (int k = 0; k < LUR_N_SETS; k++)
    free(t->rows[k]);
  free(t->shift);
  free(t->scale);
  *t = (struct lur_scaled_targets){0};
}

static struct lur_inputs targets_of(const struct lur_dataset *d) {
  return (struct lur_inputs){.n = d->n, .width = d->n_outputs, .type = LUR_F64, .values = d->targets};
}

static int fit(enum lur_normalize kind, const double *shift, const double *scale, const struct lur_dataset *train,
               struct lur_scaled_targets *out, struct lur_error *e) {
  const struct lur_inputs x = targets_of(train);
  const size_t n = (size_t)train->n_outputs;
  out->shift = lur_alloc(n, sizeof *out->shift);
  out->scale = lur_alloc(n, sizeof *out->scale);
  if (!out->shift || !out->scale)
    return lur_fail_memory(e);
  if (!shift)
    return lur_normalize_fit(kind, "target", &x, out->shift, out->scale, e);
  memcpy(out->shift, shift, n * sizeof *shift);
  memcpy(out->scale, scale, n * sizeof *scale);
  return LUR_OK;
}

int lur_targets_scale(enum lur_normalize kind, const double *shift, const double *scale,
                      struct lur_dataset *const set[LUR_N_SETS], struct lur_scaled_targets *out, struct lur_error *e) {
  *out = (struct lur_scaled_targets){0};
  int code = fit(kind, shift, scale, set[LUR_TRAIN], out, e);
  for (int k = 0; k < LUR_N_SETS && !code; k++) {
    const struct lur_dataset *d = set[k];
    if (d && !(out->rows[k] = lur_alloc(d->n * (size_t)d->n_outputs, sizeof(double))))
      code = lur_fail_memory(e);
    if (d && !code)
      lur_normalize_apply(out->shift, out->scale, d->n, d->n_outputs, d->targets, out->rows[k]);
  }
  if (code)
    lur_scaled_targets_free(out);
  return code;
}

void lur_scaled_targets_put(const struct lur_scaled_targets *t, enum lur_set set, struct lur_patterns *p) {
  if (!t->shift)
    return;
  p->given = p->targets;
  p->targets = t->rows[set];
  p->shift = t->shift;
  p->scale = t->scale;
}
