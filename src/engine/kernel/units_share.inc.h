/* SPDX-License-Identifier: MIT
 * How a stage of one layer is shared with a crew: lanes of a product are independent, and so are parameters of an
 * update, so threads take panels of them. Without a crew a stage is done as if there were none. */
#ifndef LUR_KERNEL_UNITS_SHARE_INC_H
#define LUR_KERNEL_UNITS_SHARE_INC_H

#include "engine/kernel/units_layout.inc.h"

/* A stage of one layer: some of its lanes, from `first` up to `end`, are one thread's. `first` begins a panel. */
struct work {
  const struct network *n;
  const struct layer *l;
  const struct source *from; /* of gradients: what they are of */
  size_t count;              /* patterns */
  const struct rule *rule;   /* of the descent or the update; NULL: there is none */
};
typedef void shared_stage(const struct work *w, size_t first, size_t end);

/* Operations on registers: of a part that is worth sharing, at least; and of an update, for a register. */
enum { LEAST_PART = 24576, UPDATE_COST = 16 };

static size_t n_panels(size_t n_lanes) {
  return (n_lanes + PANEL - 1) / PANEL;
}
/* The most parts of a stage whose panels cost so much each. */
static int most_parts(size_t n_lanes, size_t panel_cost) {
  const size_t n = n_panels(n_lanes), most = n * panel_cost / LEAST_PART;
  return (int)(n < most ? n : most < 1 ? 1 : most);
}

struct shared {
  struct work work;
  shared_stage *stage;
  size_t n_lanes;
};
static void do_part(const void *context, int part, int n_parts) {
  const struct shared *s = context;
  const size_t n = n_panels(s->n_lanes), from = (size_t)part, parts = (size_t)n_parts;
  const size_t first = n * from / parts * PANEL, end = n * (from + 1) / parts * PANEL;
  s->stage(&s->work, first, end < s->n_lanes ? end : s->n_lanes);
}
static __attribute__((cold, noinline)) void share(const struct shared *s, size_t panel_cost) {
  lur_crew_share(s->work.n->b->crew, most_parts(s->n_lanes, panel_cost), do_part, s);
}

/* Of a panel of two registers. */
static size_t product_cost(size_t n_rows, int n_k) {
  return 2 * n_rows * (size_t)n_k;
}

/* All lanes: by the crew, or as if there were no crews. */
FUNCTION void do_stage(shared_stage *f, struct work w, size_t n_lanes, size_t panel_cost) {
  if (w.n->b->crew)
    share(&(struct shared){w, f, n_lanes}, panel_cost);
  else
    f(&w, 0, n_lanes);
}
FUNCTION struct lanes lanes_from(struct lanes l, size_t first) {
  l.at += first / PANEL * l.panel;
  return l;
}

#endif
