/* SPDX-License-Identifier: MIT
 * How one run shows itself: log lines while it trains, then the table of its patterns and a summary. Every function
 * adds to a text that the caller prints; a text is for people, or one line of JSON an event ("v":1). Reentrant. */
#ifndef LUR_VIEW_RUN_VIEW_H
#define LUR_VIEW_RUN_VIEW_H

#include "base/buffer.h"
#include "engine/engine.h"
#include "view/terminal.h"

struct lur_run_style {
  bool json, color;
  int width; /* columns of the terminal; 0: it is none */
};

/* ---- The log ---- */
struct lur_log_shape {
  struct lur_run_style style;
  size_t n_patterns;
  int n_outputs;
  uint64_t epochs; /* at most: how wide an epoch's number is */
  bool accuracy;   /* whether the run has one */
  bool validation; /* whether there is a validation set */
  bool error;      /* whether the sum of errors says anything: not of softmax, whose outputs always sum to 1 */
};
void lur_view_log_head(const struct lur_log_shape *s, struct lur_buffer *out); /* nothing in JSON */
void lur_view_log_line(const struct lur_log_shape *s, const struct lur_record *r, struct lur_buffer *out);

/* ---- The table of patterns, where it is small enough to be read ---- */
bool lur_view_fits(const struct lur_patterns *p);
/* inputs: as the script gave them; outputs: n * n_outputs. names: of inputs and outputs, each list NULL where there is
 * none. */
struct lur_pattern_names {
  const char *const *inputs, *const *outputs;
};
void lur_view_patterns(const struct lur_run_style *style, const struct lur_patterns *p,
                       const struct lur_pattern_names *names, const double *outputs, struct lur_buffer *out);

/* ---- The summary ---- */
struct lur_run_metric {
  const char *name;
  double value;     /* NaN: none */
  const char *text; /* shown instead of the value; or NULL */
};
struct lur_run_summary {
  const char *name; /* or NULL */
  enum lur_status status;
  uint64_t epochs, time_ns;
  int n_metrics;
  const struct lur_run_metric *metrics; /* loss and accuracy first */
  const char *error;                    /* of a failed run, or NULL */
  const char *monitor;                  /* what was watched; NULL: nothing. Then: */
  bool named, restored;                 /* stop.monitor names it; the best epoch's parameters are kept */
  double best_epoch;                    /* NaN: there is none */
};
void lur_view_name(const struct lur_run_style *style, const char *name, struct lur_buffer *out);
/* Which cross-validation fold is trained; says how another is, where nothing chose it. JSON: an object. */
struct lur_run_fold {
  uint64_t fold, n_folds;
  size_t n_train, n_test;
  bool given;
};
void lur_view_fold(const struct lur_run_style *style, const struct lur_run_fold *f, struct lur_buffer *out);
void lur_view_summary(const struct lur_run_style *style, const struct lur_run_summary *s, struct lur_buffer *out);
/* How many runs `luron sweep PATH` would make; exact, or about so many; NaN: not known. */
void lur_view_sweep_hint(const struct lur_run_style *style, const char *path, double n_runs, bool exact,
                         struct lur_buffer *out);

/* ---- The curve, drawn with characters ---- */
enum { LUR_RUN_CURVE_LEAST_WIDTH = 40 }; /* nothing is drawn where there is less */
/* y of n points at the epochs x, ascending; logarithmic where y is above 0 and over two decades. validation: the same
 * of the validation set; or NULL. */
void lur_run_curve_write(const struct lur_text_style *style, const char *name, double *x, double *y, double *validation,
                         int n, struct lur_buffer *out);

/* ---- Numbers ---- */
/* Six decimals, or an exponent where they would say nothing; fewer where that many characters do not hold them. */
void lur_view_number(double x, int width, char out[32]);
/* ,"NAME":[x,...] */
void lur_view_json_list(const char *name, const double *x, int n, struct lur_buffer *out);
void lur_view_json_number(double x, struct lur_buffer *out); /* null where it is not finite */

#endif
