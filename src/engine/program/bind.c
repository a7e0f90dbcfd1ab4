/* SPDX-License-Identifier: MIT
 * A program built once more, with constants in place of named numbers. Operations stay what they are (a POW stays
 * one), so that no bit of a value changes. Reentrant. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/program/program.h"

/* What to bind: n names and their values. */
struct bound {
  int n;
  const char *const *names;
  const double *values;
};

static int bind_op(struct lur_builder *b, const struct lur_program *p, int k, const int *place,
                   const struct bound *bound) {
  const struct lur_op *op = &p->op[k];
  for (int i = 0; op->id == LUR_OP_NUMBER && i < bound->n; i++)
    if (strcmp(bound->names[i], p->number[op->at[0]]) == 0)
      return lur_build_constant(b, bound->values[i]);
  return lur_build_copy(b, p, k, place);
}

struct lur_program *lur_program_bind(const struct lur_program *p, int n, const char *const *names,
                                     const double *values) {
  const struct bound bound = {n, names, values};
  struct lur_builder *b = lur_builder_new(p->role, LUR_MAX_DERIVED);
  int *place = lur_alloc((size_t)p->n_ops, sizeof *place), results[LUR_MAX_RESULTS];
  const char *states[LUR_MAX_STATES];
  bool there_is_memory = b && place;
  for (int k = 0; there_is_memory && k < p->n_ops; k++) {
    place[k] = bind_op(b, p, k, place, &bound);
    there_is_memory = place[k] >= 0;
  }
  for (int k = 0; there_is_memory && k < p->n_results; k++)
    results[k] = place[p->result[k]];
  for (int k = 0; k < p->n_states; k++)
    states[k] = p->state[k];
  struct lur_program *made = there_is_memory ? lur_builder_finish(b, p->n_results, results, p->n_states, states) : NULL;
  free(place);
  lur_builder_free(b);
  return made;
}
