/* SPDX-License-Identifier: MIT
 * What decides a run, as text: a checkpoint holds it, and whoever goes on from one compares. Reentrant. */
#ifndef LUR_SWEEP_RESOLVED_H
#define LUR_SWEEP_RESOLVED_H

#include "sweep/spec.h"

/* How lines begin that say more of the function stop.when, which others write and compare. */
#define LUR_STOP_WHEN_LINE "stop_when_"

/* Lines of name=value: each field with its default put in, functions and patterns by their digests. when: stop.when is
 * given. */
void lur_resolved_write(const struct lur_spec *spec, bool when, struct lur_buffer *out);
/* Compares what the spec's run is with what another's was (its lines). epochs are not compared, and stops only tell
 * *stops_differ. LUR_EINPUT with the field that is another. */
int lur_resolved_compare(const struct lur_spec *spec, bool when, const char *its, bool *stops_differ,
                         struct lur_error *e);

#endif
