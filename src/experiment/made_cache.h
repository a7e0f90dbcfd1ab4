/* SPDX-License-Identifier: MIT
 * What a script's functions made for a sweep, data sets and start values: once for each distinct combination of what
 * the functions read. Main thread only. */
#ifndef LUR_EXPERIMENT_MADE_CACHE_H
#define LUR_EXPERIMENT_MADE_CACHE_H

#include "reading/reading.h"

/* "luron.made": what functions made of one combination. A script's own data sets are lent to it. */
struct lur_made {
  struct lur_patterns train, test, validation;
  struct lur_dataset *own_train, *own_test, *own_validation, *lent[LUR_N_SETS];
  struct lur_shared *prepared;
  double *start;
  const double *shift, *scale;
  struct lur_dataset *whole; /* of folds; and the scaling that a network gives */
  struct lur_scaling from;
  const double *fill;
  const struct lur_dataset *set; /* that train shows */
};

struct lur_made_ask {
  int cache, fields;             /* stack: a table, empty at first; the fields with the parameters of the run */
  const struct lur_shape *shape; /* of the network whose start values are meant; NULL: data */
};
/* Pushes what was made of the same parameters; NULL, and nothing, where there is none yet. */
const struct lur_made *lur_push_made(lua_State *L, const struct lur_made_ask *q);
/* Moves into the cache what r has just read, of which r->reads names the parameters, and pushes it. */
const struct lur_made *lur_keep_made(lua_State *L, const struct lur_made_ask *q, struct lur_reader *r,
                                     size_t *kept_bytes);

#endif
