/* SPDX-License-Identifier: MIT
 * Metrics that are made of the outputs of a network at its end: one piece of code for all kernels, which pass its
 * parameters on. Thread rule: reentrant. */
#ifndef LUR_ENGINE_MEASURE_H
#define LUR_ENGINE_MEASURE_H

#include "engine/reference/reference.h"

/* What a run is measured by. */
struct lur_measured {
  const struct lur_structure *structure;
  const struct lur_reference *reference; /* whose pass forward it is, of the structure's precision */
  const struct lur_numbers *numbers;     /* its patterns, and what its functions read */
  const double *parameters;              /* of the network at its end */
  const atomic_int *cancel[2];           /* either may be NULL; polled pattern by pattern */
};

/* Whether some metric that is asked for is made so. */
bool lur_measures(const struct lur_structure *s);
/* Fills the members of metric that are. */
int lur_measure(const struct lur_measured *m, double metric[LUR_N_METRICS], struct lur_error *e);

#endif
