/* SPDX-License-Identifier: MIT
 * A picture of what a network answers over the plane of its two inputs, a panel for each of some moments of its
 * training. Cost is the picture's pixels, a forward pass each, or fewer if the network is large. Reentrant. */
#ifndef LUR_VIEW_BOUNDARY_H
#define LUR_VIEW_BOUNDARY_H

#include "view/hinton.h"

/* The answer as a colour, its boundary as a line and the patterns as discs in the colour of their targets. Of several
 * outputs the largest decides. LUR_EINPUT where the network has not two inputs, LUR_ECANCELLED. */
int lur_plot_boundary(const struct lur_network_plot *p, struct lur_buffer *out, struct lur_error *e);

#endif
