/* SPDX-License-Identifier: MIT
 * A plan from inside: plan_build.c builds it with groups.c, drawn.c, columns.c and distinct.c; place.c, numbering.c and
 * columns.c answer from it. */
#ifndef LUR_SWEEP_PLAN_INTERNAL_H
#define LUR_SWEEP_PLAN_INTERNAL_H

#include "sweep/plan.h"
#include "sweep/sampler.h"

enum { LUR_N_CELL_COLUMNS = 4 }; /* n_seeds solved_rate diverged_rate failed_rate, of keep = "cells" */

/* Axes that move together: one axis, or those of a zip. */
struct dimension {
  int n_axes, axis[LUR_MAX_AXES]; /* indices in plan.axis */
  uint64_t n;                     /* values, also of an interval of whole numbers; 0 for others */
  uint64_t group_stride;          /* of a dimension that varies the structure; else 0 */
};

/* One resolved structure, and the numbers of its first run. */
struct group {
  struct lur_structure structure;
  struct lur_numbers numbers;
  uint64_t unread;         /* bits of plan.axis that its runs do not read */
  struct lur_error broken; /* why the combination makes no sense; code LUR_OK where it does */
  uint64_t first_batch;    /* number of the first value of the batch axis that makes the same batches */
  bool has_enough;         /* patterns for its batch */
};

struct lur_plan {
  struct lur_sweep sweep;
  int n_axes;
  struct lur_axis axis[LUR_MAX_AXES];  /* borrowed values, in column order: as numbered, but fold and seed last */
  struct lur_cell *cell[LUR_MAX_AXES];   /* of a list axis: what the table holds of each value */
  char **cell_text[LUR_MAX_AXES];        /* texts of those cells that are lists, owned */
  double *point[LUR_MAX_AXES];           /* of a sequence: its values, computed once; or NULL */
  int own_number[LUR_MAX_AXES];          /* of a param that functions read: its place in lur_numbers.own; else -1 */
  int n_dimensions;
  struct dimension dimension[LUR_MAX_AXES]; /* the last varies fastest; without fold and seed */
  int n_drawn;        /* the first so many of them are a drawn sampler's; it is crossed with the others */
  uint64_t n_crossed; /* combinations of those; 1 of a grid */
  int seed_axis, fold_axis;                 /* index in axis, or -1; not where seed is in a zip */
  enum lur_sampler sampler;
  uint64_t sampler_seed;
  uint32_t (*sobol)[LUR_SOBOL_BITS]; /* n_dimensions, where sampler is sobol */
  int n_permuted;                    /* so many dimensions are drawn as a permutation of their product; 0: none */
  lur_wide permuted;                 /* that product */
  uint64_t *point_of; /* each cell's point, as lur_place_point takes it; NULL: the cell's own number */
  /* Points asked for, each with all that it is crossed with, and those there are: n_cells without what where leaves
   * out. */
  uint64_t n_asked, n_points;
  uint64_t n_cells, n_folds, n_replicates; /* folds: of a seed; replicates: of a cell */
  /* Cells of a bracket of the halving, but for a replicate's last, which is longer, or its only one; and brackets of a
   * replicate. Without a halving: 1, n_cells. */
  uint64_t bracket, n_brackets;
  uint64_t reads; /* lur_value_reads of all optimizers and functions on axes */
  bool varies_layers;  /* an axis varies the number of layers */
  bool can_repeat; /* some group does not read some axis */
  bool fills_batch; /* a batch of more than there are patterns is a full one: other combinations have enough */
  int batch_dimension; /* whose values may make the same batches; or -1 */
  size_t n_groups;
  struct group *group;
  int n_columns;
  struct lur_column *column;
  struct cuts *cuts; /* patterns of folds: folds.c */
  char *hash; /* lur_plan_hash's 64 digits; "" until it is asked for them */
};

/* Where a run lies: the value's number on each axis, or the point of an interval. */
struct place {
  size_t group;
  uint64_t index[LUR_MAX_AXES];
  double u[LUR_MAX_AXES];
};

void lur_place_find(const struct lur_plan *p, uint64_t run, struct place *at);
/* A point of the sampler with one of the combinations that it is crossed with, point * n_crossed + combination; or with
 * LUR_POINT_IN_GRID a combination of the grid; leaves seed and fold alone. */
#define LUR_POINT_IN_GRID (UINT64_C(1) << 63)
void lur_place_point(const struct lur_plan *p, uint64_t point, struct place *at);
/* Whether a group's runs read none of the axes that move together. */
bool lur_dimension_is_unread(const struct group *g, const struct lur_plan *p, const struct dimension *d);
/* Whether the group's runs do not read the axis. */
static inline bool lur_axis_is_unread(const struct group *g, int a) {
  return g->unread >> a & 1;
}
/* Makes plan.column; and keeps what is computed once per value of the axis: cells of lists, points of sequences. */
int lur_plan_make_columns(struct lur_plan *p, struct lur_error *e);
int lur_plan_keep_values(struct lur_plan *p, int a, struct lur_error *e);
/* That no value stands twice on the axis; nor in all lists of a zip at once. */
int lur_check_distinct(const struct lur_axis *a, struct lur_error *e);
int lur_check_zip(const struct lur_plan *p, const struct dimension *d, struct lur_error *e);
/* Makes plan.group; and says which of them make no sense, unless no run is of it. */
int lur_plan_make_groups(struct lur_plan *p, struct lur_error *e);
int lur_plan_check_groups(const struct lur_plan *p, struct lur_error *e);
/* Settles the points of a drawn sampler: n_cells, n_points. Groups are there. */
int lur_plan_draw(struct lur_plan *p, struct lur_error *e);
/* The value of axis a at a place. */
const char *lur_place_value(const struct lur_plan *p, int a, const struct place *at, struct lur_value *v);
/* The run's values on the axes: into numbers that hold those of its group, and cell[n_axes]; either may be NULL. */
void lur_plan_put(const struct lur_plan *p, uint64_t run, struct lur_numbers *numbers, struct lur_cell *cell);
/* The built-in metrics of an outcome in the order of their columns, the epochs at value[*epochs]; returns how many. */
int lur_plan_metrics(const struct lur_plan *p, const struct lur_outcome *o, double *value, int *epochs);
/* Whether the group's runs are those of another group, with a batch of fewer patterns that is a full one too. */
bool lur_group_repeats(const struct lur_plan *p, size_t g);
/* Functions of the script as metrics see the curve that a single run keeps where nothing is said of it. */
void lur_plan_give_curve(const struct lur_plan *p, struct lur_structure *s);
/* ---- folds.c: patterns of folds, made once for a seed and a fold. Main thread ---- */
/* Whether runs have patterns of their own: a function gives them, or folds do. */
bool lur_plan_has_own_data(const struct lur_plan *p);
/* Puts the patterns of the spec's seed and fold, cut from its whole, into it, if there are folds; they live until
 * lur_plan_forget. */
int lur_plan_cut(const struct lur_plan *p, struct lur_spec *spec, struct lur_error *e);
/* A window is over: the host may forget what it gave, and so may the plan. */
void lur_plan_forget(const struct lur_plan *p);
struct cuts *lur_cuts_new(void);
void lur_cuts_free(struct cuts *c); /* accepts NULL */

/* Asks the host for the patterns of a spec, if it has a function for them. *enough: they fill a batch; if they do not,
 * but those of other combinations do, the batch becomes a full one. */
int lur_plan_ask_data(const struct lur_plan *p, struct lur_spec *spec, bool *enough, struct lur_error *e);
/* The same, and for start values. */
int lur_plan_ask(const struct lur_plan *p, struct lur_spec *spec, bool *enough, struct lur_error *e);
/* Settles bracket and n_brackets; n_cells is there. */
void lur_plan_settle_brackets(struct lur_plan *p);
/* That nothing which ranks runs while the sweep goes on ranks one loss function's losses against another's. */
int lur_plan_check_ranks(const struct lur_plan *p, struct lur_error *e);

#endif
