/* SPDX-License-Identifier: MIT
 * Parts first, then what is made of their numbers: what is missing is filled before anything is scaled. */
#include "data/prepared.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/classes.h"
#include "data/fill.h"
#include "data/held_out.h"

bool lur_wish_is_none(const struct lur_wish *w) {
  return w->n_folds == 0 && !(w->test > 0) && !(w->validation > 0) && w->normalize < 0 && w->normalize_targets < 0 &&
         !w->balanced && !w->from.shift && !w->from.target_shift;
}

void lur_prepared_free(struct lur_prepared *p) {
  for (int k = 0; k < LUR_N_SETS; k++) {
    lur_dataset_free(p->set[k]);
    free(p->inputs[k]);
  }
  free(p->shift);
  free(p->scale);
  free(p->fill);
  lur_scaled_targets_free(&p->targets);
  free(p->weights);
  *p = (struct lur_prepared){0};
}

/* ---- Shared ---- */
struct lur_shared *lur_shared_new(void) {
  return lur_alloc(1, sizeof(struct lur_shared));
}

struct lur_shared *lur_shared_hold(struct lur_shared *s) {
  s->n_more++;
  return s;
}

void lur_shared_free(struct lur_shared *s) {
  if (!s || s->n_more-- > 0)
    return;
  lur_prepared_free(&s->made);
  for (int k = 0; k < LUR_N_SETS; k++)
    lur_dataset_free(s->given[k]);
  free(s);
}

/* ---- Rows ---- */
static int cut_fold(const struct lur_wish *w, const struct lur_dataset *d, struct lur_prepared *p,
                    struct lur_error *e) {
  uint32_t *fold = lur_alloc(d->n, sizeof *fold);
  if (!fold)
    return lur_fail_memory(e);
  int rc = lur_held_out_folds(d, true, w->n_folds, w->fold_seed, fold, e);
  if (!rc)
    rc = lur_held_out_cut(d, fold, (uint32_t)w->fold, &p->set[LUR_TEST], &p->set[LUR_TRAIN], e);
  free(fold);
  return rc;
}

/* Of what the test set has left. */
static int cut_validation(const struct lur_wish *w, const struct lur_dataset *d, struct lur_prepared *p,
                          struct lur_error *e) {
  uint32_t *part = lur_alloc(d->n, sizeof *part);
  struct lur_dataset *rest = NULL;
  if (!part)
    return lur_fail_memory(e);
  int rc = lur_held_out_validation(d, w->stratified, w->validation, w->validation_seed, part, e);
  if (!rc)
    rc = lur_held_out_cut(d, part, 1, &p->set[LUR_VALIDATION], &rest, e);
  free(part);
  if (rc)
    return rc;
  lur_dataset_free(p->set[LUR_TRAIN]);
  p->set[LUR_TRAIN] = rest;
  return LUR_OK;
}

static int hold_out(const struct lur_wish *w, const struct lur_dataset *d, struct lur_prepared *p,
                    struct lur_error *e) {
  int rc = LUR_OK;
  if (w->n_folds)
    rc = cut_fold(w, d, p, e);
  else if (w->test > 0)
    rc = lur_dataset_split(d, 1 - w->test, w->test_seed, &p->set[LUR_TRAIN], &p->set[LUR_TEST], e);
  if (rc || !(w->validation > 0))
    return rc;
  return cut_validation(w, p->set[LUR_TRAIN] ? p->set[LUR_TRAIN] : d, p, e);
}

/* ---- Missing inputs ---- */
static const uint8_t *kinds_of(const struct lur_given *g) {
  const uint8_t *kind = NULL;
  for (int k = LUR_N_SETS - 1; k >= 0; k--)
    kind = g->set[k] && g->set[k]->fill ? g->set[k]->fill : kind;
  return kind;
}

bool lur_given_fills(const struct lur_given *g) {
  return kinds_of(g) != NULL;
}

static struct lur_dataset *set_of(const struct lur_given *g, const struct lur_prepared *p, int k) {
  return p->set[k] ? p->set[k] : g->set[k];
}

static int fit_fill(const struct lur_wish *w, const struct lur_dataset *d, const uint8_t *kind, double *fill,
                    struct lur_error *e) {
  int lacks = -1;
  if (w->from.fill) {
    memcpy(fill, w->from.fill, (size_t)d->n_inputs * sizeof *fill);
    return LUR_OK;
  }
  const int rc = lur_fill_fit(d, kind, fill, &lacks, e);
  if (rc || lacks < 0)
    return rc;
  return lur_fail(e, LUR_EINPUT, "data", "no training pattern has input %d%s%.40s%s, so nothing can fill it", lacks + 1,
                  d->input_names ? " (" : "", d->input_names ? d->input_names[lacks] : "", d->input_names ? ")" : "");
}

/* By what the training patterns have; in a copy where somebody else has the set. */
static int fill(const struct lur_wish *w, const struct lur_given *g, struct lur_prepared *p, struct lur_error *e) {
  const struct lur_dataset *train = set_of(g, p, LUR_TRAIN);
  const uint8_t *kind = kinds_of(g);
  if (!kind)
    return LUR_OK;
  if (!(p->fill = lur_alloc((size_t)train->n_inputs, sizeof *p->fill)))
    return lur_fail_memory(e);
  int rc = fit_fill(w, train, kind, p->fill, e);
  for (int k = 0; k < LUR_N_SETS && !rc; k++) {
    struct lur_dataset *d = set_of(g, p, k);
    if (!d || lur_fill_is_put(d, p->fill))
      continue;
    if (d == g->set[k] && !g->is_own[k])
      d = p->set[k] = lur_dataset_take(d, NULL, d->n, e);
    rc = d ? lur_fill_put(d, p->fill, e) : LUR_ENOMEM;
  }
  return rc;
}

/* ---- Inputs ---- */
static int fit(const struct lur_wish *w, const struct lur_dataset *d, struct lur_prepared *p, struct lur_error *e) {
  const size_t n = (size_t)d->n_inputs;
  const struct lur_inputs x = lur_dataset_inputs(d);
  p->shift = lur_resize(NULL, n, sizeof *p->shift);
  p->scale = lur_resize(NULL, n, sizeof *p->scale);
  if (!p->shift || !p->scale)
    return lur_fail_memory(e);
  if (!w->from.shift)
    return lur_normalize_fit((enum lur_normalize)w->normalize, "input", &x, p->shift, p->scale, e);
  memcpy(p->shift, w->from.shift, n * sizeof *p->shift);
  memcpy(p->scale, w->from.scale, n * sizeof *p->scale);
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

static int scale_inputs(const struct lur_wish *w, const struct lur_given *g, struct lur_dataset *const set[LUR_N_SETS],
                        struct lur_prepared *out, struct lur_error *e) {
  if (w->normalize < 0 && !w->from.shift)
    return LUR_OK;
  int rc = fit(w, set[LUR_TRAIN], out, e);
  for (int k = 0; k < LUR_N_SETS && !rc; k++)
    rc = scale(out, set[k], out->set[k] || g->is_own[k], &out->inputs[k], e);
  return rc;
}

/* ---- Targets, and how much they count ---- */
static int scale_targets(const struct lur_wish *w, struct lur_dataset *const set[LUR_N_SETS], struct lur_prepared *out,
                         struct lur_error *e) {
  const double *shift = w->from.target_shift, *scaling = w->from.target_scale;
  if (w->normalize_targets < 0 && !shift)
    return LUR_OK;
  if (set[LUR_TRAIN]->n_classes)
    return lur_fail(e, LUR_EINPUT, "normalize_targets",
                    "targets are classes, which are not scaled; take it away, or read numbers with classes = false");
  const int rc = lur_targets_scale((enum lur_normalize)w->normalize_targets, shift, scaling, set, &out->targets, e);
  if (rc == LUR_EINPUT && e)
    snprintf(e->field, sizeof e->field, "normalize_targets");
  return rc;
}

static int balance(const struct lur_wish *w, const struct lur_dataset *train, struct lur_prepared *out,
                   struct lur_error *e) {
  if (!w->balanced)
    return LUR_OK;
  if (!(out->weights = lur_resize(NULL, train->n, sizeof *out->weights)))
    return lur_fail_memory(e);
  for (size_t i = 0; i < train->n; i++)
    out->weights[i] = train->weights ? train->weights[i] : 1;
  return lur_classes_balance(train, out->weights, e);
}

int lur_prepare(const struct lur_wish *w, const struct lur_given *g, struct lur_prepared *out, struct lur_error *e) {
  *out = (struct lur_prepared){0};
  int rc = hold_out(w, g->set[LUR_TRAIN], out, e);
  if (!rc)
    rc = fill(w, g, out, e);
  struct lur_dataset *set[LUR_N_SETS];
  for (int k = 0; k < LUR_N_SETS; k++)
    set[k] = set_of(g, out, k);
  if (!rc)
    rc = scale_targets(w, set, out, e);
  if (!rc)
    rc = balance(w, set[LUR_TRAIN], out, e);
  if (!rc) /* at last, because it may be in place */
    rc = scale_inputs(w, g, set, out, e);
  if (rc)
    lur_prepared_free(out);
  return rc;
}

int lur_prepared_patterns(const struct lur_prepared *p, enum lur_set set, struct lur_dataset *d,
                          struct lur_patterns *out, struct lur_error *e) {
  const bool trains = set == LUR_TRAIN;
  const double *inputs = p->inputs[set];
  const int rc = inputs ? LUR_OK : lur_dataset_widen(d, e);
  if (rc)
    return rc;
  *out = lur_dataset_patterns(d);
  if (inputs)
    out->inputs = inputs;
  if (p->weights || !trains)
    out->weights = trains ? p->weights : NULL;
  lur_scaled_targets_put(&p->targets, set, out);
  return LUR_OK;
}
