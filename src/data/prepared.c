/* SPDX-License-Identifier: MIT
 * Parts first, then what is made of their numbers. */
#include "data/prepared.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/held_out.h"

bool lur_wish_is_none(const struct lur_wish *w) {
  return w->n_folds == 0 && !(w->test > 0) && w->normalize < 0 && !w->shift;
}

void lur_prepared_free(struct lur_prepared *p) {
  lur_dataset_free(p->train);
  lur_dataset_free(p->test);
  free(p->train_inputs);
  free(p->test_inputs);
  free(p->shift);
  free(p->scale);
  *p = (struct lur_prepared){0};
}

/* ---- Rows ---- */
static int cut_fold(const struct lur_wish *w, const struct lur_dataset *d, struct lur_prepared *p,
                    struct lur_error *e) {
  uint32_t *fold = lur_alloc(d->n, sizeof *fold);
  if (!fold)
    return lur_fail_memory(e);
  int rc = lur_held_out_folds(d, true, w->n_folds, w->fold_seed, fold, e);
  if (!rc)
    rc = lur_held_out_cut(d, fold, (uint32_t)w->fold, &p->test, &p->train, e);
  free(fold);
  return rc;
}

static int hold_out(const struct lur_wish *w, const struct lur_dataset *d, struct lur_prepared *p,
                    struct lur_error *e) {
  if (w->n_folds)
    return cut_fold(w, d, p, e);
  return w->test > 0 ? lur_dataset_split(d, 1 - w->test, w->test_seed, &p->train, &p->test, e) : LUR_OK;
}

/* ---- Inputs ---- */
static int fit(const struct lur_wish *w, const struct lur_dataset *d, struct lur_prepared *p, struct lur_error *e) {
  const size_t n = (size_t)d->n_inputs;
  const struct lur_inputs x = lur_dataset_inputs(d);
  p->shift = lur_resize(NULL, n, sizeof *p->shift);
  p->scale = lur_resize(NULL, n, sizeof *p->scale);
  if (!p->shift || !p->scale)
    return lur_fail_memory(e);
  if (!w->shift)
    return lur_normalize_fit((enum lur_normalize)w->normalize, &x, p->shift, p->scale, e);
  memcpy(p->shift, w->shift, n * sizeof *p->shift);
  memcpy(p->scale, w->scale, n * sizeof *p->scale);
  return LUR_OK;
}

/* In place where nobody else has the set, and its inputs are doubles. */
static int scale(const struct lur_prepared *p, struct lur_dataset *d, bool is_own, double **out, struct lur_error *e) {
  if (!d)
    return LUR_OK;
  const struct lur_inputs x = lur_dataset_inputs(d);
  if ((!is_own || d->narrow) && !(*out = lur_resize(NULL, d->n * (size_t)d->n_inputs, sizeof **out)))
    return lur_fail_memory(e);
  lur_normalize_inputs(p->shift, p->scale, &x, *out ? *out : d->inputs);
  return LUR_OK;
}

int lur_prepare(const struct lur_wish *w, const struct lur_given *g, struct lur_prepared *out, struct lur_error *e) {
  *out = (struct lur_prepared){0};
  int rc = hold_out(w, g->train, out, e);
  struct lur_dataset *train = out->train ? out->train : g->train, *test = out->test ? out->test : g->test;
  const bool scales = w->normalize >= 0 || w->shift;
  if (!rc && scales)
    rc = fit(w, train, out, e);
  if (!rc && scales)
    rc = scale(out, train, out->train || g->own_train, &out->train_inputs, e);
  if (!rc && scales)
    rc = scale(out, test, out->test || g->own_test, &out->test_inputs, e);
  if (rc)
    lur_prepared_free(out);
  return rc;
}

int lur_prepared_patterns(struct lur_dataset *d, const double *inputs, struct lur_patterns *out, struct lur_error *e) {
  const int rc = inputs ? LUR_OK : lur_dataset_widen(d, e);
  if (rc)
    return rc;
  *out = lur_dataset_patterns(d);
  if (inputs)
    out->inputs = inputs;
  return LUR_OK;
}
