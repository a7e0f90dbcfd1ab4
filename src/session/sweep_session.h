/* SPDX-License-Identifier: MIT
 * What `luron sweep` does with one plan: no Lua is called but for the host's calls, so nothing raises. */
#ifndef LUR_SESSION_SWEEP_SESSION_H
#define LUR_SESSION_SWEEP_SESSION_H

#include "session/into_file.h"

/* What a sweep has to say: to stdout, to stderr, and by its exit code. */
struct lur_said {
  struct lur_buffer out, why;
  int exit_code;
};
/* Before the first run: whether what is expected of the results can be read. */
int lur_sweep_session_check(const struct lur_plan *p, const struct lur_sweep_source *source,
                            const struct lur_sweep_request *r, struct lur_error *e);
/* Finds the path, plans, or runs, as the request says. LUR_ECANCELLED where a signal ended it, which is told. */
int lur_sweep_session(const struct lur_plan *p, const struct lur_sweep_source *source,
                      const struct lur_script_options *options, const struct lur_sweep_request *r,
                      struct lur_said *said, struct lur_error *e);

#endif
