/* SPDX-License-Identifier: MIT
 * The places of a window's runs: which structure each run has. If the host gives data or start values, runs are
 * resolved one by one, and structures that are the same are told by their bytes. Then it has room for what they
 * train. */
#include <string.h>

#include "base/grow.h"
#include "sweep/loop.h"

/* Byte by byte, so that no member can be forgotten. All come from lur_spec_resolve, which leaves zeros in what they do
 * not use; if padding ever differed, runs would be trained apart that could stand together, and not wrongly. Programs
 * of one sweep are told apart by where they are. */
static bool same_structure(const struct lur_structure *a, const struct lur_structure *b) {
  return memcmp(a, b, sizeof *a) == 0;
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

/* Functions may give runs of one group data of different widths, so each window has networks of its own sizes. */
static int make_room_for_parameters(struct loop *l, struct lur_error *e) {
  struct window *w = &l->window;
  w->n_parameters = 0;
  for (size_t i = 0; i < w->rows.n && w->outcome; i++) {
    const size_t n = lur_shape_n_parameters(&lur_row_structure(l, i)->shape);
    w->n_parameters = n > w->n_parameters ? n : w->n_parameters;
  }
  const size_t need = w->rows.n * w->n_parameters;
  return lur_grow(&w->parameters, &w->parameters_room, need, sizeof(double)) ? LUR_OK : lur_fail_memory(e);
}

int lur_window_place(struct loop *l, struct lur_error *e) {
  struct window *w = &l->window;
  int rc = LUR_OK;
  w->n_structures = 0;
  for (size_t i = 0; i < w->rows.n && !w->numbers && l->plan->n_groups > 1; i++)
    w->kind[i] = (uint32_t)lur_plan_group(l->plan, w->rows.run[i]);
  for (size_t i = 0; i < w->rows.n && w->numbers && !rc; i++) {
    struct lur_structure s;
    rc = lur_plan_resolve(l->plan, w->rows.run[i], l->at, &s, &w->numbers[i], e);
    s.data_per_run = lur_plan_has_own_data(l->plan);
    if (!rc)
      rc = find_kind(w, &s, &w->kind[i], e);
    if (!rc && lur_loop_is_cancelled(l))
      rc = lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  }
  return rc ? rc : make_room_for_parameters(l, e);
}

const struct lur_structure *lur_row_structure(const struct loop *l, size_t row) {
  const uint32_t kind = l->window.kind[row];
  return l->window.numbers ? &l->window.structure[kind] : &l->plan->group[kind].structure;
}
