/* SPDX-License-Identifier: MIT
 * What a sweep would do: `luron sweep --plan` and --explain. */
#ifndef LUR_SESSION_FORECAST_H
#define LUR_SESSION_FORECAST_H

#include "session/into_file.h"

/* How many runs there are, about how long they take and how large their file at `path` gets, and the first of them. */
int lur_forecast_write(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                       const char *path, bool json, struct lur_buffer *out, struct lur_error *e);
/* "4 different points, 100 asked": what a drawn sampler had less than it was asked for. */
void lur_forecast_points(const struct lur_plan *p, struct lur_buffer *out);
/* Which kernel runs each structure, and why. */
void lur_forecast_explain(const struct lur_plan *p, const struct lur_sweep_request *r, struct lur_buffer *out);

#endif
