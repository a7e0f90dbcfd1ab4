/* SPDX-License-Identifier: MIT
 * A union of grids as one zip: a list for each axis that some grid has, with a place for each combination of the first
 * grid, then of the second, and so on. So a plan numbers, shards and stores it as any other sweep. Reentrant. */
#ifndef LUR_SWEEP_UNION_H
#define LUR_SWEEP_UNION_H

#include "sweep/axis.h"

/* Adds it to the axes, which are those that all grids have. An axis that a grid lacks has its fixed value there;
 * combinations that came before are left out. spec: fixed values. */
int lur_axes_unite(struct lur_axes *axes, const struct lur_spec *spec, const struct lur_axes *grid, int n_grids,
                   struct lur_error *e);
/* The same again after axes of the zip were replaced or taken away: what is left of it may be equal. */
int lur_axes_leave_out_equal(struct lur_axes *axes, struct lur_error *e);

#endif
