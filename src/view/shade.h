/* SPDX-License-Identifier: MIT
 * Which colour a value has. Reentrant. */
#ifndef LUR_VIEW_SHADE_H
#define LUR_VIEW_SHADE_H

#include "fold/grid.h"
#include "view/palette.h"

enum lur_shading {
  LUR_SHADE_AUTO, /* log over two decades and more, rank for trainability; linear, unless one third of the colours would
                     show most values: then log, where it spreads them, else rank */
  LUR_SHADE_LINEAR,
  LUR_SHADE_LOG,
  LUR_SHADE_RANK, /* every colour as often as any other */
  LUR_N_SHADINGS
};
extern const char *const lur_shading_names[]; /* ended by NULL */

struct lur_shade {
  enum lur_shading kind;    /* not AUTO */
  bool is_signed;           /* values lie on both sides of 0, which is at the middle then */
  enum lur_palette palette; /* DIVERGING where it is signed, else VIRIDIS, until somebody chooses */
  struct lur_scale scale;
  size_t n; /* RANK: some of the values, sorted; n_low of them are below 0 */
  size_t n_low;
  double *sorted;
};

int lur_shade_make(struct lur_grid *g, enum lur_shading kind, const char *value, struct lur_shade *out,
                   struct lur_error *e);
/* Of n values, of which NaN is none. */
int lur_shade_make_of(const double *x, size_t n, bool is_rate, enum lur_shading kind, const char *value,
                      struct lur_shade *out, struct lur_error *e);
uint8_t lur_shade_color(const struct lur_shade *s, double x); /* 0 .. LUR_RAMP - 1 */
uint8_t lur_shade_cell(const struct lur_shade *s, const struct lur_grid_cell *c);
/* Values for the colour bar's ticks, and where they stand on it, 0 .. 1. */
int lur_shade_ticks(const struct lur_shade *s, double value[LUR_MOST_TICKS], double at[LUR_MOST_TICKS]);
void lur_shade_free(struct lur_shade *s); /* accepts NULL */

#endif
