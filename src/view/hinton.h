/* SPDX-License-Identifier: MIT
 * A picture of a network's weights: a panel for each of some moments of its training. Reentrant. */
#ifndef LUR_VIEW_HINTON_H
#define LUR_VIEW_HINTON_H

#include <stdatomic.h>

#include "base/buffer.h"
#include "engine/engine.h"
#include "view/look.h"

/* What a run can show. */
enum lur_run_picture { LUR_SHOW_CURVE, LUR_SHOW_BOUNDARY, LUR_SHOW_WEIGHTS };

enum { LUR_MOST_MOMENTS = 8 };
struct lur_moment {
  uint64_t epochs;          /* trained */
  const double *parameters; /* borrowed */
};
struct lur_network_plot {
  const struct lur_shape *shape;
  const double *shift, *scale;  /* of the inputs: the network sees (x - shift) / scale; or both NULL */
  struct lur_patterns patterns; /* as the network sees them */
  const char *name;             /* or NULL */
  const char *const *inputs;    /* the names of the inputs; or NULL */
  const char *const *classes;   /* of the outputs; or NULL */
  const struct lur_look *look;
  char *note;               /* LUR_NOTE_BYTES, as of lur_figure_finish */
  double largest;           /* the weight that fills its square; 0: the largest of what is shown */
  const atomic_int *cancel; /* polled where a picture may take long; or NULL */
  int n_moments;            /* 1 .. LUR_MOST_MOMENTS, from left to right */
  struct lur_moment moment[LUR_MOST_MOMENTS];
};

/* A Hinton diagram: a row for each unit, a square for each weight and last the bias; its area is the size, its colour
 * the sign. Units, inputs and the bias are named where there is room. */
int lur_plot_weights(const struct lur_network_plot *p, struct lur_buffer *out, struct lur_error *e);

double lur_largest_weight(const struct lur_shape *shape, const double *parameters);

/* "before training", "after 1 epoch", "after 2000 epochs". */
void lur_moment_title(const struct lur_moment *m, char out[48]);

#endif
