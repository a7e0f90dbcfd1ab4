/* SPDX-License-Identifier: MIT
 * A sweep from the texts and numbers that a results file keeps of it: the inverse of lur_plan_write_experiment and
 * lur_plan_write_axes. What only a script can say (functions) is named, not restored. The plan made of it has the same
 * hash, or the file is not what it says it is: whoever reads one compares. Reentrant. */
#ifndef LUR_SWEEP_STORED_H
#define LUR_SWEEP_STORED_H

#include "base/narrow.h"
#include "sweep/plan.h"

/* Functions of a sweep's script that its results depend on. */
enum { LUR_FN_WHERE = 1, LUR_FN_DATA = 2, LUR_FN_START = 4, LUR_FN_METRICS = 8, LUR_FN_WHEN = 16, LUR_FN_LOG = 32 };

unsigned lur_stored_functions(const struct lur_host_calls *c); /* those that it calls, but for the log */

/* Some of a sweep's numbers: rows of so many, row by row, in one form. They are kept in pieces: rows of one part that
 * follow each other, no more of them than LUR_PIECE_BYTES hold as doubles, but at least one. */
struct lur_part {
  const char *name; /* one of lur_part_names */
  uint64_t n_rows, width;
  enum lur_narrow type;
  const void *values;
};
enum { LUR_MAX_PARTS = 23, LUR_PIECE_BYTES = 1 << 20 };
#define LUR_MOST_NUMBERS ((uint64_t)1 << 33) /* of all parts together: 64 GiB of doubles */
/* Adds the part's numbers to *n; false where that is more than all may have. */
bool lur_part_fits(const struct lur_part *p, uint64_t *n);
extern const char *const lur_part_names[LUR_MAX_PARTS + 1]; /* ended by NULL */

/* Numbers that a results file keeps: the parts' sizes, and their pieces one after the other. */
struct lur_pieces {
  void *context;
  int n_parts;
  const struct lur_part *part; /* without values; in the pieces' order */
  /* 1: *piece holds the next one until the next call; 0: there is none; negative: e is filled. */
  int (*next)(void *context, struct lur_part *piece, struct lur_error *e);
};

struct lur_stored {
  struct lur_spec spec; /* borrows from text and values */
  struct lur_axes axes;
  struct lur_halving halving;
  enum lur_keep keep;
  size_t keep_best;
  char keep_by[64], rank[64];
  char sources[65];
  unsigned functions;       /* LUR_FN_* */
  const char *log;          /* "none", "every N", "N N N"; NULL: nothing was said */
  char *text;               /* owned: the experiment's lines, cut up */
  double *values;           /* owned: patterns and start values */
  double *scaled;           /* owned: targets that are scaled again; or NULL */
  struct lur_dataset whole; /* spec.whole, where there are folds: a view of the patterns; owns nothing */
};

/* What the plan does not write of itself: the functions, their digest, what they hold that it does not cover (or ""),
 * the log (or NULL), and what ranks. Not part of the hash. */
void lur_stored_write_more(const struct lur_plan *p, const char *opaque, const char *log, int item,
                           struct lur_buffer *out);
/* Patterns and start values, borrowed from spec; the number of parts. */
int lur_stored_parts(const struct lur_spec *spec, struct lur_part part[LUR_MAX_PARTS]);

/* Those of a file, into s, whose fields are known. */
int lur_stored_read_parts(struct lur_stored *s, const struct lur_pieces *data, struct lur_error *e);

/* data NULL: the axes are wanted, not the patterns. entries: the file's functions, or NULL; taken over, also where it
 * fails. */
int lur_stored_read(const char *experiment, const char *axes, const struct lur_pieces *data,
                    struct lur_entries *entries, struct lur_stored *out, struct lur_error *e);
/* As it is to be planned; borrows s. calls may be NULL. */
struct lur_sweep lur_stored_sweep(const struct lur_stored *s);
void lur_stored_free(struct lur_stored *s); /* accepts NULL; leaves it empty */

#endif
