/* SPDX-License-Identifier: MIT
 * A part of a run by the reference kernel: how it begins from a checkpoint, and what it leaves in one. */
#ifndef LUR_REFERENCE_PASSAGE_INC_H
#define LUR_REFERENCE_PASSAGE_INC_H

#include "engine/checkpoint.h"
#include "engine/reference/primitives.inc.h"
#include "engine/reference/start.inc.h"

static void take_numbers(real *to, const double *from, size_t n) {
  for (size_t i = 0; i < n; i++)
    to[i] = (real)from[i];
}

/* As the run was after the checkpoint's last epoch. */
static void go_on_from(struct run *r, const struct lur_checkpoint *c) {
  struct optimizer *o = &r->optimizer;
  take_numbers(r->net.parameters, c->parameters, c->n_parameters);
  for (int i = 0; i < c->n_states; i++)
    take_numbers(o->state[i], c->state[i], c->n_parameters);
  if (r->best)
    take_numbers(r->best, c->best, c->n_parameters);
  o->power1 = c->power1;
  o->power2 = c->power2;
  o->told[LUR_IN_UPDATE] = c->updates;
  o->first = c->updates == 0;
  r->monitored = c->monitored;
  r->loss_least = (real)c->loss_least;
  r->loss_sum = (real)c->loss_sum;
  r->trainability = c->trainability;
}

/* The points of before, on a curve that may be of another number of epochs: those that both have. */
static void begin_curve(struct run *r, const struct lur_checkpoint *from, struct lur_outcome *out) {
  const int n = r->s->n_curve;
  for (int old = 0; r->next_point < n; r->next_point++) {
    const uint64_t epoch = lur_curve_epoch(r->next_point, n, r->numbers->epochs);
    if (epoch >= from->epoch)
      break;
    while (old < from->n_curve && lur_curve_epoch(old, n, from->epochs) < epoch)
      old++;
    const bool kept = old < from->n_curve && lur_curve_epoch(old, n, from->epochs) == epoch;
    if (out->curve)
      out->curve[r->next_point] = kept ? from->curve[old] : (double)NAN;
    if (out->validation_curve)
      out->validation_curve[r->next_point] = kept ? from->validation_curve[old] : (double)NAN;
  }
}

static void begin_passage(struct run *r, struct lur_outcome *out) {
  const struct lur_checkpoint *from = r->passage ? r->passage->from : NULL;
  out->status = from && r->passage->as_ended ? from->status : LUR_FINISHED;
  out->epochs = from ? from->epoch : 0;
  if (from)
    go_on_from(r, from);
  if (from && r->s->n_curve > 0)
    begin_curve(r, from, out);
}

/* The epochs after which this part of the run ends. */
static uint64_t last_epochs(const struct run *r) {
  const uint64_t all = r->numbers->epochs;
  return r->passage && r->passage->until < all ? r->passage->until : all;
}

static void give_numbers(double *to, const real *from, size_t n) {
  for (size_t i = 0; i < n; i++)
    to[i] = (double)from[i];
}

/* Before the best parameters come back, and before metrics end the sums. */
static void leave_checkpoint(const struct run *r, const struct lur_outcome *out, struct lur_checkpoint *c) {
  const struct optimizer *o = &r->optimizer;
  give_numbers(c->parameters, r->net.parameters, c->n_parameters);
  for (int i = 0; i < c->n_states; i++)
    give_numbers(c->state[i], o->state[i], c->n_parameters);
  if (c->has_best)
    give_numbers(c->best, r->best, c->n_parameters);
  c->power1 = o->power1;
  c->power2 = o->power2;
  c->updates = o->told[LUR_IN_UPDATE];
  c->status = out->status;
  c->epoch = out->epochs;
  c->epochs = r->numbers->epochs;
  c->monitored = r->monitored;
  c->loss_least = (double)r->loss_least;
  c->loss_sum = (double)r->loss_sum;
  c->trainability = r->trainability;
  c->n_curve = r->next_point;
  for (int i = 0; i < c->n_curve; i++) {
    c->curve[i] = out->curve ? out->curve[i] : (double)NAN;
    c->validation_curve[i] = out->validation_curve ? out->validation_curve[i] : (double)NAN;
  }
}

#endif
