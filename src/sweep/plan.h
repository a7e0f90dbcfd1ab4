/* SPDX-License-Identifier: MIT
 * From a sweep's definition to its numbered runs. Run numbers count from 1 over the unfiltered product: axes stand in
 * the order of the field table, then by layer, then params by name; the last varies fastest, seed slowest, and before
 * it fold. A replicate is one seed and one fold: all cells have the same ones. Every number's configuration is computed
 * from the number alone, in O(1), so that nothing is kept of a plan but its axes and one resolved structure per group.
 *
 * A plan borrows the sweep it was made of, and does not change once made: lur_plan_numbers may be called by any
 * thread. What asks the host (where, data) is for the main thread. */
#ifndef LUR_SWEEP_PLAN_H
#define LUR_SWEEP_PLAN_H

#include "sweep/axis.h"
#include "sweep/sink.h"
#include "sweep/spec.h"

enum { LUR_MAX_RUNGS = 16, LUR_MAX_HOST_METRICS = 32 };

/* Successive halving within brackets of consecutive cells of one replicate. */
struct lur_halving {
  int n_rungs;                    /* 0: none */
  uint64_t at[LUR_MAX_RUNGS];     /* epochs, ascending */
  double keep;                    /* the share that goes on, above 0 and below 1 */
  enum lur_metric by;
};

enum lur_keep { LUR_KEEP_ALL, LUR_KEEP_BEST, LUR_KEEP_CELLS };

/* What only the host can answer, called on the main thread only; NULL where the experiment has no such function.
 * `at` is the experiment with the run's values in place. Functions return 0, or nonzero with e filled. */
struct lur_host_calls {
  void *context;
  int (*where)(void *context, const struct lur_spec *at, bool *keep, struct lur_error *e);
  /* Puts patterns that live until forget() is called into at, and what was done to their inputs: train, test and
   * validation (n = 0: none), shift, scale. */
  int (*data)(void *context, struct lur_spec *at, struct lur_error *e);
  /* Start values laid out as the shape's parameters, NaN where drawn; live until forget(). */
  int (*start)(void *context, const struct lur_spec *at, const struct lur_shape *shape, const double **start,
               struct lur_error *e);
  void (*forget)(void *context); /* a window is over; may be NULL */
  /* Metrics of the script, in run order: fills value[n_metrics], which begins as NaN, none. Nonzero: some failed, and
   * that run alone with them; *why says it, and is the caller's to free; NULL: no memory. outcome has parameters and
   * the curve of the structure's n_curve points; epochs: how many it was trained for, unless it ended by itself. */
  int n_metrics;
  bool see_curve; /* else none of them looks at the curve, and one that nobody asked for is not kept */
  const char *const *metric_name;
  uint32_t metrics_high; /* 1 << m: higher is better of metric m */
  int (*metric)(void *context, const struct lur_spec *at, const struct lur_structure *structure,
                const struct lur_outcome *outcome, uint64_t run, uint64_t epochs, double *value, char **why);
  /* stop.when: looked at as stop_every says; the runs of such a sweep are trained one by one. *why as above, where the
   * answer is LUR_FAIL_RUN. */
  enum lur_answer (*when)(void *context, const struct lur_spec *at, const struct lur_structure *structure,
                          const struct lur_record *record, char **why);
};

/* A sweep as it was asked for. All borrowed. */
struct lur_sweep {
  const struct lur_spec *spec;
  const struct lur_axes *axes;
  struct lur_halving halving;
  enum lur_keep keep;
  size_t keep_best;               /* of LUR_KEEP_BEST */
  char keep_by[64];               /* its metric's column */
  char rank[64];                  /* the metric by which tables rank; "" where nothing was said: not of the hash */
  const struct lur_host_calls *calls; /* or NULL */
  const char *sources;            /* of the functions, for the hash; or NULL */
};

struct lur_plan;

/* Checks every combination of structures: one that makes no sense is named in e->text. */
struct lur_plan *lur_plan_new(const struct lur_sweep *sweep, struct lur_error *e);
void lur_plan_free(struct lur_plan *p); /* accepts NULL */
/* If e says that no combination reads the axis e->field: the name of the field that decides it; else NULL. */
const char *lur_plan_unread_by(const struct lur_error *e);

uint64_t lur_plan_n_runs(const struct lur_plan *p);   /* numbers, skipped ones included */
uint64_t lur_plan_n_cells(const struct lur_plan *p);      /* combinations of all axes but seed and fold */
uint64_t lur_plan_n_replicates(const struct lur_plan *p); /* of each: seeds, times folds */
uint64_t lur_plan_n_folds(const struct lur_plan *p);      /* on the axis; 1 where there is none */
size_t lur_plan_n_groups(const struct lur_plan *p);   /* structures */
const struct lur_structure *lur_plan_structure(const struct lur_plan *p, size_t group);
const struct lur_sweep *lur_plan_sweep(const struct lur_plan *p);

/* Whether all combinations are trained by the same loss function. */
bool lur_plan_has_one_loss(const struct lur_plan *p);
/* Whether the metric is one of a loss function, so that those of different functions do not compare. */
bool lur_metric_is_loss(const char *name);

/* Columns of the results: axes, then metrics. */
int lur_plan_n_columns(const struct lur_plan *p);
int lur_plan_n_axes(const struct lur_plan *p); /* the first so many columns */
const struct lur_column *lur_plan_columns(const struct lur_plan *p);

/* Runs that have a row: the numbers but those that are skipped. Of a plan with a where, `least` numbers are looked at,
 * in a random order, and as many more as go into the time; where that is not all, *exact is false, and n_runs an
 * estimate. On the main thread. */
int lur_plan_count_runs(const struct lur_plan *p, uint64_t least, uint64_t time_ns, double *n_runs, bool *exact,
                        struct lur_error *e);

/* The configuration of a run number. */
size_t lur_plan_group(const struct lur_plan *p, uint64_t run);
/* Whether the number is skipped because an axis that its combination does not read is not at its first value. */
bool lur_plan_is_repeat(const struct lur_plan *p, uint64_t run);
/* The combinations that are left without those; a host's where is not asked of a grid. Of a drawn sampler: the points
 * that it drew, and that where keeps; and how many were asked for (of a grid: its combinations). */
uint64_t lur_plan_n_different(const struct lur_plan *p);
uint64_t lur_plan_n_asked(const struct lur_plan *p);
enum lur_sampler lur_plan_sampler(const struct lur_plan *p);
/* The same, and asks the host's where. Fails where a combination that is kept makes no sense. at: as of
 * lur_plan_spec. */
int lur_plan_skips(const struct lur_plan *p, uint64_t run, struct lur_spec *at, bool *skips, struct lur_error *e);
void lur_plan_numbers(const struct lur_plan *p, uint64_t run, struct lur_numbers *out);
/* Puts the run's values into at, which began as a copy of the sweep's spec. */
void lur_plan_spec(const struct lur_plan *p, uint64_t run, struct lur_spec *at);
/* The same, and patterns of folds and of the host's data, for a host's call that sees the run's network. */
int lur_plan_spec_with_data(const struct lur_plan *p, uint64_t run, struct lur_spec *at, struct lur_error *e);
/* All of a run at once, as a spec is resolved, and the host's data and start values asked for: they live until its
 * forget(). Slow; at began as a copy of the sweep's spec. */
int lur_plan_resolve(const struct lur_plan *p, uint64_t run, struct lur_spec *at, struct lur_structure *structure,
                     struct lur_numbers *numbers, struct lur_error *e);
/* Fills cell[n_axes]: what the table holds of the configuration. */
void lur_plan_cells(const struct lur_plan *p, uint64_t run, struct lur_cell *cell);

/* "learning_rate=0.1 hidden=4x4": a run's values as typed. */
void lur_plan_write(const struct lur_plan *p, uint64_t run, struct lur_buffer *out);

/* What defines the results, as 64 hexadecimal digits: resolved fields, data, axes, sources, the engine's version; not
 * the number of seeds, nor of samples where more of them only append. Computed at the first call, and kept: on the main
 * thread. */
int lur_plan_hash(const struct lur_plan *p, char hex[65], struct lur_error *e);
/* Of the data, start values and masks alone: of other sweeps' data, another. */
void lur_plan_digest_data(const struct lur_plan *p, char hex[65]);
/* Whether rows have the points of a curve. */
bool lur_plan_stores_curve(const struct lur_plan *p);
/* The resolved fields and the axes as lines of text, as a results file keeps them. */
void lur_plan_write_experiment(const struct lur_plan *p, struct lur_buffer *out);
void lur_plan_write_axes(const struct lur_plan *p, struct lur_buffer *out);

#endif
