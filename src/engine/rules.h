/* SPDX-License-Identifier: MIT
 * What every kernel decides in the same way: batch sizes, which epochs are looked at, when an output is right, what
 * is kept of the losses. Independent of the precision. docs/numerics.md is the text of it. */
#ifndef LUR_ENGINE_RULES_H
#define LUR_ENGINE_RULES_H

#include <math.h>

#include "engine/engine.h"

enum { LUR_CHECK_EPOCHS = 16 }; /* parameters are looked at for divergence after every so many epochs */

/* Patterns of a full update: batch, or all where it is 0 or more than there are. With 1 the gradient is a product;
 * with more it is a sum that is divided by the batch's actual size, also in a last batch of one. */
size_t lur_batch_size(const struct lur_structure *s);
/* Numbers of a pattern's targets in a kernel: one an output, and behind them, if they are scaled, those given. */
int lur_target_width(const struct lur_structure *s);
/* Arrays of the size of the parameters that the optimizer keeps. */
int lur_n_states(const struct lur_structure *s);
/* ---- Named numbers of functions: those of the structure, and those that have fields of their own ---- */
enum { LUR_N_FIELD_NUMBERS = 6, LUR_MOST_NAMES = LUR_MAX_OWN_NUMBERS + LUR_N_FIELD_NUMBERS };
/* All names, and the values of a run, in the same order. Room for LUR_MOST_NAMES; the number of names. */
int lur_own_names(const struct lur_own *own, const char **names);
void lur_own_numbers(const struct lur_own *own, const struct lur_numbers *n, double *number);
/* Those that the program reads, in its order. An error where one is not given. */
int lur_program_numbers(const struct lur_program *p, const struct lur_own *own, const struct lur_numbers *n,
                        double *number, struct lur_error *e);
/* Whether the engine adds a weight decay of its own to gradients. */
bool lur_decays(const struct lur_structure *s);
/* Whether the training is none but forward pass, mean loss, gradients, decay and rule, and each layer reads the one
 * below: what loops that do all of it at once are written for. Functions of the script's own are another question. */
bool lur_is_plain(const struct lur_structure *s);
/* Whether training leaves some parameters as they are, and which: 1 where it does, else 0. */
bool lur_freezes(const struct lur_structure *s);
void lur_mark_frozen(const struct lur_structure *s, unsigned char *mark);
/* How its start values are drawn; number is not set. */
struct lur_starts lur_starts_of(const struct lur_structure *s);
/* Whether patterns are visited in a drawn order. */
bool lur_shuffles(const struct lur_structure *s);

/* When a pattern counts as right. Fixed by the training targets, for the test set too. */
enum lur_right { LUR_RIGHT_NEVER, LUR_RIGHT_ONE_HOT, LUR_RIGHT_SIDES };
struct lur_right_rule {
  enum lur_right kind;
  double midpoint; /* LUR_RIGHT_SIDES: of the two target values */
};
struct lur_right_rule lur_right_rule_of(const struct lur_patterns *train);

/* Whether the cross-entropy of outputs by this activation with these targets is a number. */
bool lur_cross_entropy_fits(enum lur_activation output, const struct lur_patterns *p);

/* What passes over patterns can see. Asked for a record, they keep its outputs and parameters, too. */
#define LUR_ENUM(ID, ...) LUR_SEEN_##ID,
enum lur_seen { LUR_SIGHTS(LUR_ENUM) LUR_SEEN_RECORD /* the sum of target - output */, LUR_N_SEEN };
#undef LUR_ENUM
/* Bits 1 << enum lur_seen that stops look at by which runs are solved; and those that the metrics of such a pass are
 * made of. */
unsigned lur_seen_by_stops(unsigned stops);
unsigned lur_seen_by_metrics(const struct lur_structure *s, enum lur_metric_source from);
/* Whether the metric is computed. */
bool lur_metric_asked(const struct lur_structure *s, enum lur_metric m);

/* Bits 1 << enum lur_metric of those made of that. */
static inline uint64_t lur_metrics_of(enum lur_metric_source from) {
#define BIT(ID, name, made_of, ...) | (from == LUR_FROM_##made_of ? LUR_BIT(LUR_M_##ID) : 0)
  return 0 LUR_METRICS(BIT);
#undef BIT
}

/* trainability, epoch by epoch. Start with zeros. */
enum { LUR_TRAINABILITY_LAST = 20 };
struct lur_trainability {
  double first, sum, sum_of_inverse, last[LUR_TRAINABILITY_LAST];
  uint64_t n;
};
void lur_trainability_add(struct lur_trainability *t, double loss);
/* Counts the epochs that the run did not reach, and gives the measure; NaN where there is no epoch. */
double lur_trainability_end(struct lur_trainability *t, uint64_t epochs);

/* The metric's value as it leaves the engine: the canonical NaN where it is not finite. */
static inline double lur_metric_value(double x) {
  return isfinite(x) ? x : (double)NAN;
}
/* An outcome whose status and metrics are there: one that has no loss, or diverged and was not restored, has no
 * accuracy either. */
void lur_outcome_settle(struct lur_outcome *o, bool restored);

#endif
