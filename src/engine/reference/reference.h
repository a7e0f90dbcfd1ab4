/* SPDX-License-Identifier: MIT
 * The reference kernel: plain scalar C, one run at a time, in the written order of docs/numerics.md. It is what every
 * other kernel must equal bit for bit. Built for each precision, for the baseline and, on x86-64, with the machine's
 * fused multiply-add; all builds give the same bits. */
#ifndef LUR_ENGINE_REFERENCE_H
#define LUR_ENGINE_REFERENCE_H

#include "engine/checkpoint.h"

typedef int lur_reference_train_function(const struct lur_structure *s, const struct lur_numbers *numbers,
                                         const struct lur_passage *passage, const struct lur_observer *observer,
                                         const atomic_int *cancel, struct lur_outcome *outcome, struct lur_error *e);
typedef void lur_reference_forward_function(const struct lur_shape *s, const double *parameters, const double *input,
                                            double *work, double *out);
typedef void lur_reference_update_function(const struct lur_shape *s, double *parameters, const double *input,
                                           double error, double learning_rate);

/* As lur_train_passage (passage may be NULL: the whole run), lur_forward and lur_neuron_update, but in the caller's
 * floating-point environment. */
struct lur_reference {
  const char *name; /* "double", "double fma" ... */
  lur_reference_train_function *train;
  lur_reference_forward_function *forward;
  lur_reference_update_function *update;
};

extern const struct lur_reference lur_reference_double, lur_reference_single;
extern const struct lur_reference lur_reference_double_fma, lur_reference_single_fma; /* x86-64 only */

/* The k-th build for a precision that this machine can run; NULL past the last. The last is the fastest. */
const struct lur_reference *lur_reference_build(enum lur_precision precision, int k);
const struct lur_reference *lur_reference_fastest(enum lur_precision precision);
/* As lur_train, by the fastest build. */
int lur_reference_train(const struct lur_structure *s, const struct lur_numbers *numbers,
                        const struct lur_observer *observer, const atomic_int *cancel, struct lur_outcome *outcome,
                        struct lur_error *e);

#endif
