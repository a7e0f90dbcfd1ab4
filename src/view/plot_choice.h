/* SPDX-License-Identifier: MIT
 * What a picture of a results file shows: what was asked for, and what is shown if nothing was. */
#ifndef LUR_VIEW_PLOT_CHOICE_H
#define LUR_VIEW_PLOT_CHOICE_H

#include "view/look.h"
#include "view/shade.h"

enum { LUR_MOST_PARALLEL = 12 };
struct lur_plot_ask {
  const char *x, *y; /* columns; y may be NULL where it says so */
  const char *by;    /* a curve for each of its values; or NULL */
  const char *value; /* a column, or "solved" */
  const char *where; /* SQL, or NULL */
  enum lur_fold fold;
  bool fold_given; /* else curves show the median */
  enum lur_shading shading;
  bool bare;  /* a pixel a cell, and nothing else */
  int n_axes; /* of parallel coordinates: at most LUR_MOST_PARALLEL */
  const char *const *axes;
  bool ecdf; /* the share of runs solved within so many epochs */
  const struct lur_look *look;
  char *note; /* LUR_NOTE_BYTES, as of lur_figure_finish */
};

/* The field that is missing, or makes another picture than the rest, and why; NULL where all is well. */
const char *lur_plot_conflict(const struct lur_plot_ask *ask, const char **why);
/* Whether x is the epoch: curves that the file keeps, of the loss. */
bool lur_plot_is_learning(const struct lur_table *t, const struct lur_plot_ask *ask);
/* How values are folded: the median, unless something was asked for. */
enum lur_fold lur_plot_fold(const struct lur_plot_ask *ask);
/* What is folded: the rate is that of "solved". */
const char *lur_plot_value(const struct lur_plot_ask *ask);
/* The column that tells curves apart, or NULL. */
const char *lur_plot_by(const struct lur_plot_ask *ask);
/* Puts the columns' own names where others were given (stop.error). */
void lur_plot_name_columns(const struct lur_table *t, struct lur_plot_ask *ask);
/* Where no value was asked for: what the file's combinations are ranked by. */
int lur_plot_usual_value(struct lur_table *t, struct lur_plot_ask *ask, struct lur_error *e);
/* Fills in what is NULL: without x, the axis with the most values, and with the next most y; without value, the measure
 * of trainability, whether it was solved where some were and some not, the epochs where all were, else the loss. */
int lur_plot_choose(struct lur_table *t, struct lur_plot_ask *ask, struct lur_error *e);

#endif
