/* SPDX-License-Identifier: MIT
 * A window from its run numbers to its rows: which structure each run has, what the host gives it (data, start
 * values), training, the host's metrics. */
#include <string.h>

#include "base/grow.h"
#include "sweep/sweep_internal.h"

static bool same_structure(const struct lur_structure *a, const struct lur_structure *b) {
  return a->n_patterns == b->n_patterns && a->n_test == b->n_test && a->start_given == b->start_given &&
         a->loss == b->loss && a->optimizer == b->optimizer && a->init == b->init && a->bias_init == b->bias_init &&
         a->batch == b->batch && a->shuffle == b->shuffle && a->stops == b->stops &&
         a->shape.n_layers == b->shape.n_layers && a->shape.hidden == b->shape.hidden &&
         a->shape.output == b->shape.output && a->shape.bias == b->shape.bias &&
         a->shape.precision == b->shape.precision &&
         memcmp(a->shape.width, b->shape.width, sizeof(int) * (size_t)(a->shape.n_layers + 1)) == 0;
}

static int find_kind(struct window *w, const struct lur_structure *s, uint32_t *kind, struct lur_error *e) {
  for (size_t i = w->n_structures; i-- > 0;)
    if (same_structure(&w->structure[i], s)) {
      *kind = (uint32_t)i;
      return LUR_OK;
    }
  if (!lur_grow(&w->structure, &w->structure_room, w->n_structures + 1, sizeof *w->structure))
    return lur_fail_memory(e);
  *kind = (uint32_t)w->n_structures;
  w->structure[w->n_structures++] = *s;
  return LUR_OK;
}

static int prepare_per_run(struct loop *l, struct lur_error *e) {
  struct window *w = &l->window;
  for (size_t i = 0; i < w->n; i++) {
    struct lur_structure s;
    int rc = lur_plan_resolve(l->plan, w->run[i], l->at, &s, &w->numbers[i], e);
    s.data_per_run = l->plan->sweep.calls->data != NULL;
    if (!rc)
      rc = find_kind(w, &s, &w->kind[i], e);
    if (rc)
      return rc;
    if (lur_loop_is_cancelled(l))
      return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  }
  return LUR_OK;
}

int lur_window_prepare(struct loop *l, struct lur_error *e) {
  struct window *w = &l->window;
  if (w->numbers)
    return prepare_per_run(l, e);
  for (size_t i = 0; i < w->n && l->plan->n_groups > 1; i++)
    w->kind[i] = (uint32_t)lur_plan_group(l->plan, w->run[i]);
  return LUR_OK;
}

int lur_window_run(struct loop *l, struct lur_error *e) {
  int rc = lur_window_prepare(l, e);
  if (rc)
    return rc;
  rc = l->plan->sweep.halving.n_rungs ? lur_window_halve(l, e) : lur_window_train(l, l->rows, l->window.n, 0, e);
  if (rc && rc != LUR_ECANCELLED)
    return rc;
  int measured = lur_window_measure(l, e);
  if (l->plan->sweep.calls->forget)
    l->plan->sweep.calls->forget(l->plan->sweep.calls->context);
  return rc ? rc : measured;
}
