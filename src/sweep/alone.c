/* SPDX-License-Identifier: MIT
 * The run is resolved from its own spec, and trained without a group, a window or lanes: it shares nothing with a
 * sweep that could hide a mistake of these, and must have the same bits. */
#include "sweep/alone.h"

#include "sweep/plan_internal.h"

static void put_row(const struct lur_plan *p, const struct lur_outcome *o, struct lur_alone *a) {
  double value[LUR_N_METRICS + 1];
  int epochs;
  const int n = lur_plan_metrics(p, o, value, &epochs);
  struct lur_cell *metric = a->cell + p->n_axes;
  lur_plan_cells(p, a->run, a->cell);
  for (int i = 0; i < n; i++)
    metric[i] = lur_real_cell(value[i]);
  metric[epochs] = (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)o->epochs};
  a->n = p->n_axes + n;
  a->status = o->status;
}

/* As the sweep does: a halving trains a run anew up to each rung, until it ends by itself or is pruned there. */
static int train(const struct lur_plan *p, const struct lur_structure *s, struct lur_numbers *n, struct lur_alone *a,
                 struct lur_outcome *o, struct lur_error *e) {
  const struct lur_halving *h = &p->sweep.halving;
  const uint64_t own = n->epochs;
  bool ended = false;
  int rc = LUR_OK;
  for (int i = 0; i <= h->n_rungs && !rc && !ended; i++) {
    n->epochs = i < h->n_rungs && h->at[i] < own ? h->at[i] : own;
    rc = lur_train_by(a->n_threads, s, n, NULL, a->cancel, o, e);
    ended = o->status != LUR_FINISHED || n->epochs == own || n->epochs == a->pruned_at;
  }
  a->epochs = n->epochs;
  return rc;
}

int lur_plan_train_alone(const struct lur_plan *p, struct lur_spec *at, struct lur_alone *a, struct lur_error *e) {
  struct lur_structure s;
  struct lur_numbers n;
  struct lur_outcome o = {0};
  int rc = lur_plan_resolve(p, a->run, at, &s, &n, e);
  if (!rc) {
    s.n_curve = 0;
    rc = train(p, &s, &n, a, &o, e);
  }
  lur_plan_forget(p);
  if (!rc)
    put_row(p, &o, a);
  return rc;
}
