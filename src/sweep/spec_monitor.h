/* SPDX-License-Identifier: MIT
 * A part of lur_spec_resolve. Reentrant. */
#ifndef LUR_SWEEP_SPEC_MONITOR_H
#define LUR_SWEEP_SPEC_MONITOR_H

#include "sweep/spec.h"

enum { LUR_LEAST_STRIP = 2 }; /* epochs by which a progress is measured */

/* What does not go together among the fields that watch a run. */
int lur_spec_check_monitor(const struct lur_spec *spec, const struct lur_structure *s, const struct lur_numbers *n,
                           struct lur_error *e);

#endif
