/* SPDX-License-Identifier: MIT
 * Losses of different loss functions do not compare: where a sweep's combinations have several, nothing may rank one
 * against another. */
#include "sweep/plan_internal.h"

/* Two loss functions that combinations have; false where there is one. */
static bool find_two(const struct lur_plan *p, enum lur_loss found[2]) {
  int n = 0;
  for (size_t g = 0; g < p->n_groups && n < 2; g++) {
    enum lur_loss loss = p->group[g].structure.loss;
    if (!p->group[g].broken.code && (n == 0 || loss != found[0]))
      found[n++] = loss;
  }
  return n == 2;
}

bool lur_plan_has_one_loss(const struct lur_plan *p) {
  enum lur_loss found[2];
  return !find_two(p, found);
}

bool lur_metric_is_loss(const char *name) {
  int m = lur_metric_find(name);
  return m >= 0 && lur_metrics[m].of_loss;
}

int lur_plan_check_ranks(const struct lur_plan *p, struct lur_error *e) {
  const struct lur_halving *h = &p->sweep.halving;
  bool prunes = h->n_rungs && lur_metrics[h->by].of_loss;
  bool keeps = p->sweep.keep == LUR_KEEP_BEST && lur_metric_is_loss(p->sweep.keep_by);
  enum lur_loss found[2] = {LUR_MSE, LUR_MSE};
  if ((!prunes && !keeps) || !find_two(p, found))
    return LUR_OK;
  return lur_fail(e, LUR_EINPUT, prunes ? "prune" : "keep",
                  "by = \"%s\" would rank losses that do not compare (%s, %s); write loss = \"mse\" for all runs, or "
                  "by = \"accuracy\"",
                  prunes ? lur_metric_names[h->by] : p->sweep.keep_by, lur_loss_names[found[0]],
                  lur_loss_names[found[1]]);
}
