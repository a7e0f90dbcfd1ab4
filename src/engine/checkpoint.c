/* SPDX-License-Identifier: MIT
 * Checkpoints: their memory, and what they depend on. The reference kernel fills them and begins from them. */
#include "engine/checkpoint.h"

#include <stdlib.h>

#include "base/memory.h"

struct lur_checkpoint *lur_checkpoint_new(const struct lur_structure *s, struct lur_error *e) {
  struct lur_checkpoint *c = lur_alloc(1, sizeof *c);
  if (!c) {
    lur_fail_memory(e);
    return NULL;
  }
  *c = (struct lur_checkpoint){
      .n_parameters = lur_shape_n_parameters(&s->shape), .n_states = lur_n_states(s), .has_best = s->restore};
  bool good = (c->parameters = lur_alloc(c->n_parameters, sizeof *c->parameters)) != NULL;
  good = good && (!s->restore || (c->best = lur_alloc(c->n_parameters, sizeof *c->best)) != NULL);
  for (int i = 0; i < c->n_states; i++)
    good = good && (c->state[i] = lur_alloc(c->n_parameters, sizeof *c->state[i])) != NULL;
  good = good && (c->curve = lur_alloc((size_t)s->n_curve, sizeof *c->curve)) != NULL;
  good = good && (c->validation_curve = lur_alloc((size_t)s->n_curve, sizeof *c->validation_curve)) != NULL;
  if (good)
    return c;
  lur_checkpoint_free(c);
  lur_fail_memory(e);
  return NULL;
}

void lur_checkpoint_free(struct lur_checkpoint *c) {
  if (!c)
    return;
  free(c->parameters);
  free(c->best);
  for (int i = 0; i < c->n_states; i++)
    free(c->state[i]);
  free(c->curve);
  free(c->validation_curve);
  free(c);
}

bool lur_checkpoint_fits(const struct lur_checkpoint *c, const struct lur_structure *s) {
  return c->n_parameters == lur_shape_n_parameters(&s->shape) && c->n_states == lur_n_states(s) &&
         c->has_best == s->restore && c->n_curve <= s->n_curve;
}

static bool reads(const struct lur_program *p, enum lur_input input) {
  bool found = false;
  for (int i = 0; p && i < p->n_ops; i++)
    found = found || (p->op[i].id == LUR_OP_INPUT && p->op[i].at[0] == (uint16_t)input);
  return found;
}

const char *lur_reads_epochs(const struct lur_structure *s) {
  return reads(s->own.schedule, LUR_IN_EPOCHS)      ? "schedule"
         : reads(s->own.optimizer, LUR_IN_EPOCHS)   ? "optimizer"
         : s->metrics & LUR_BIT(LUR_M_TRAINABILITY) ? "metrics"
                                                    : NULL;
}
