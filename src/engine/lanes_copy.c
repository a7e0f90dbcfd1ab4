/* SPDX-License-Identifier: MIT
 * Lanes that are copied: to where a few are seen at once, to the best parameters and to those at the end; and what is
 * seen of them. Thread rule: as lanes.c. */
#include <string.h>

#include "engine/lanes.h"

/* Copies n elements of a lane to a lane of another block, or of another array; both are of one precision. */
static void copy_lane(const struct lur_lanes *from, const void *array, int lane, const struct lur_lanes *to,
                      void *to_array, int to_lane, size_t n) {
  for (size_t k = 0, i = (size_t)lane, j = (size_t)to_lane; k < n; k++, i += from->n_lanes, j += to->n_lanes) {
    if (from->is_single)
      ((float *)to_array)[j] = ((const float *)array)[i];
    else
      ((double *)to_array)[j] = ((const double *)array)[i];
  }
}

/* The n lanes through `few`, which has room for them. */
static bool see_few(struct lur_lanes *m, const int *lanes, int n) {
  struct lur_block *b = &m->block, *few = &m->few->block;
  for (int k = 0; k < n; k++) {
    copy_lane(m, b->parameters, lanes[k], m->few, few->parameters, k, b->n_parameters);
    if (b->scale) {
      const size_t n_outputs = (size_t)b->structure->shape.width[b->structure->shape.n_layers];
      copy_lane(m, b->scale, lanes[k], m->few, few->scale, k, n_outputs);
      copy_lane(m, b->shift, lanes[k], m->few, few->shift, k, n_outputs);
    }
    copy_lane(m, b->middle, lanes[k], m->few, few->middle, k, 1);
    copy_lane(m, b->one_hot, lanes[k], m->few, few->one_hot, k, 1);
    if (few->codes)
      lur_codes_copy(&m->codes, (size_t)lanes[k], &m->few->codes, (size_t)k);
  }
  few->watch = b->watch;
  few->cancel[0] = b->cancel[0];
  few->cancel[1] = b->cancel[1];
  if (!m->few->kernel->evaluate(few, few->parameters, &b->train))
    return false;
  for (int k = 0; k < n; k++)
    copy_lane(m->few, few->seen, k, m, b->seen, lanes[k], LUR_N_SEEN);
  return true;
}

bool lur_lanes_see(struct lur_lanes *m, const int *lanes, int n) {
  if (!m->few)
    return m->kernel->evaluate(&m->block, m->block.parameters, &m->block.train);
  const int room = m->few->kernel->n_lanes;
  bool all = true;
  for (int first = 0; all && first < n; first += room)
    all = see_few(m, lanes + first, n - first < room ? n - first : room);
  return all;
}

bool lur_lanes_validate(struct lur_lanes *m, unsigned watch) {
  struct lur_block *b = &m->block;
  void *const seen = b->seen;
  const unsigned watched = b->watch;
  b->seen = m->validated;
  b->watch = watch;
  const bool done = m->kernel->evaluate(b, b->parameters, &m->validation);
  b->seen = seen;
  b->watch = watched;
  return done;
}

/* ---- Parameters that stay ---- */
static void copy_parameters(const struct lur_lanes *m, const void *from, void *to, int lane) {
  copy_lane(m, from, lane, m, to, lane, m->block.n_parameters);
}

void lur_lanes_keep_best(struct lur_lanes *m, const int *lanes, int n) {
  const size_t size = m->is_single ? sizeof(float) : sizeof(double);
  if ((size_t)n == m->n_lanes)
    memcpy(m->best, m->block.parameters, m->block.n_parameters * m->n_lanes * size);
  for (int i = 0; i < n && (size_t)n < m->n_lanes; i++)
    copy_parameters(m, m->block.parameters, m->best, lanes[i]);
}

void lur_lanes_end(struct lur_lanes *m, int lane, bool best) {
  copy_parameters(m, best ? m->best : m->block.parameters, m->ended, lane);
}
