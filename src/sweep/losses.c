/* SPDX-License-Identifier: MIT
 * Losses of different loss functions or reductions do not compare: where a sweep's combinations have several, nothing
 * may rank one against another. */
#include "sweep/plan_internal.h"

static bool same_loss(const struct lur_structure *a, const struct lur_structure *b) {
  return a->loss == b->loss && a->own.loss == b->own.loss && a->reduction == b->reduction;
}

/* Two losses that combinations have; false where there is one. */
static bool find_two(const struct lur_plan *p, const struct lur_structure *found[2]) {
  int n = 0;
  for (size_t g = 0; g < p->n_groups && n < 2; g++) {
    const struct lur_structure *s = &p->group[g].structure;
    if (!p->group[g].broken.code && (n == 0 || !same_loss(s, found[0])))
      found[n++] = s;
  }
  return n == 2;
}

static const char *name_of(const struct lur_plan *p, const struct lur_structure *s) {
  const char *own = s->own.loss ? lur_entries_name(p->sweep.spec->entries, s->own.loss) : NULL;
  return own ? own : lur_loss_names[s->loss];
}

static bool is_one_loss(const struct lur_structure *const s[2]) {
  return s[0]->loss == s[1]->loss && s[0]->own.loss == s[1]->own.loss;
}

/* The loss's name, or where the two have one, the reduction's. */
static const char *name_of_one(const struct lur_plan *p, const struct lur_structure *const s[2], int i) {
  return is_one_loss(s) ? lur_reduction_names[s[i]->reduction] : name_of(p, s[i]);
}

bool lur_plan_has_one_loss(const struct lur_plan *p) {
  const struct lur_structure *found[2];
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
  const struct lur_structure *found[2];
  if ((!prunes && !keeps) || !find_two(p, found))
    return LUR_OK;
  return lur_fail(
      e, LUR_EINPUT, prunes ? "prune" : "keep",
      "by = \"%s\" would rank losses that do not compare (%s, %s); write %s for all runs, or by = \"accuracy\"",
      prunes ? lur_metric_names[h->by] : p->sweep.keep_by, name_of_one(p, found, 0), name_of_one(p, found, 1),
      is_one_loss(found) ? "reduction = \"mean\"" : "loss = \"mse\"");
}
