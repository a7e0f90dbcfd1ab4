/* SPDX-License-Identifier: MIT
 * Which picture is drawn. */
#include "view/plot.h"

#include "view/curves.h"
#include "view/heatmap.h"
#include "view/parallel.h"

int lur_plot_draw(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e) {
  if (ask->n_axes)
    return lur_plot_parallel(t, ask, out, e);
  if (ask->y && lur_plot_is_learning(t, ask))
    return lur_fail(e, LUR_EINPUT, "y", "goes with an axis; over the epochs there are curves, as --by=%s", ask->y);
  return ask->y || ask->bare ? lur_plot_heatmap(t, ask, out, e) : lur_plot_curves(t, ask, out, e);
}
