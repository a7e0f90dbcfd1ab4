/* SPDX-License-Identifier: MIT
 * The metrics: one row of the list each; and what a pass over patterns can see of them, one row and, for the lane
 * kernels, one formula each. The enums, the names, the facts, what both kernels look at, the columns of a sweep and
 * what ranks them are made from the lists. The reference kernel has its own form of each formula
 * (reference/tally.inc.h), written separately so that the two can be compared; a row that lacks one does not compile.
 *
 * The first part is for all who include engine.h; the second, under FORMULAS, for kernel/seen.inc.h. */
#ifndef LUR_ENGINE_METRICS_INC_H
#define LUR_ENGINE_METRICS_INC_H

/* X(ID, name, made of, what, better, when, compares, meaning), in the order of a results file's columns.
 * made of: PASS, the final pass over the training patterns; TEST and VALIDATION, a pass over that set, without which
 * the metric cannot be asked for; EPOCHS, what each epoch's own passes see; PARAMETERS, the parameters at the end;
 * MONITOR, what the monitor kept; END, TEST_END and VALIDATION_END, the outputs of the network at the end over the
 * training, test or validation patterns, which measure.c looks at once, for all kernels.
 * what: the sight (below) that it is, or is made of; of those at the end, what measure.c calls it. better: LOW or HIGH.
 * when: ALWAYS computed, or if ASKED for. compares: COMPARES, or OF_LOSS where values of different loss functions do
 * not compare. */
#define LUR_METRICS(X)                                                                                                 \
  X(LOSS, loss, PASS, LOSS, LOW, ALWAYS, OF_LOSS, "the loss at the end")                                               \
  X(ACCURACY, accuracy, PASS, RIGHT, HIGH, ALWAYS, COMPARES, "share of the patterns answered rightly")                 \
  X(ERROR_MAX, error_max, PASS, ERROR_MAX, LOW, ASKED, COMPARES, "largest distance of an output from its target")      \
  X(LOSS_MIN, loss_min, EPOCHS, LOSS, LOW, ASKED, OF_LOSS, "smallest loss of an epoch")                                \
  X(LOSS_SUM, loss_sum, EPOCHS, LOSS, LOW, ASKED, OF_LOSS, "sum of the losses of all epochs")                          \
  X(MSE, mse, PASS, MSE, LOW, ASKED, COMPARES, "mean squared error, whatever the loss is")                             \
  X(CROSS_ENTROPY, cross_entropy, PASS, CROSS_ENTROPY, LOW, ASKED, COMPARES, "cross-entropy, whatever the loss is")    \
  X(TEST_LOSS, test_loss, TEST, LOSS, LOW, ASKED, OF_LOSS, "the loss over the test set")                               \
  X(TEST_ACCURACY, test_accuracy, TEST, RIGHT, HIGH, ASKED, COMPARES, "the accuracy over the test set")                \
  X(WEIGHT_NORM, weight_norm, PARAMETERS, LOSS, LOW, ASKED, COMPARES, "Euclidean norm of the weights without biases")  \
  X(TRAINABILITY, trainability, EPOCHS, LOSS, LOW, ASKED, COMPARES, "how soon the losses fall, or how soon they rise") \
  X(PENALTY_SUM, penalty_sum, PARAMETERS, LOSS, LOW, ASKED, COMPARES, "sum of the penalty over all weights")           \
  X(VALIDATION_LOSS, validation_loss, VALIDATION, LOSS, LOW, ASKED, OF_LOSS, "the loss over the validation set")       \
  X(VALIDATION_ACCURACY, validation_accuracy, VALIDATION, RIGHT, HIGH, ASKED, COMPARES,                                \
    "the accuracy over the validation set")                                                                            \
  X(BEST_EPOCH, best_epoch, MONITOR, LOSS, LOW, ASKED, COMPARES,                                                       \
    "the epoch, from 0, of the best value of what stop.monitor names")                                                 \
  X(RMSE, rmse, END, RMSE, LOW, ASKED, COMPARES, "root of the mean squared error, in the targets' units")              \
  X(MAE, mae, END, MAE, LOW, ASKED, COMPARES, "mean distance of outputs from targets, in the targets' units")          \
  X(R2, r2, END, R2, HIGH, ASKED, COMPARES,                                                                            \
    "share of the targets' variance that the outputs explain, mean of outputs")                                        \
  X(WEIGHTED_ACCURACY, weighted_accuracy, END, WEIGHTED_ACCURACY, HIGH, ASKED, COMPARES,                               \
    "the accuracy, each pattern counted by its weight")                                                                \
  X(TEST_RMSE, test_rmse, TEST_END, RMSE, LOW, ASKED, COMPARES, "rmse over the test set")                              \
  X(TEST_MAE, test_mae, TEST_END, MAE, LOW, ASKED, COMPARES, "mae over the test set")                                  \
  X(TEST_R2, test_r2, TEST_END, R2, HIGH, ASKED, COMPARES, "r2 over the test set")                                     \
  X(VALIDATION_RMSE, validation_rmse, VALIDATION_END, RMSE, LOW, ASKED, COMPARES, "rmse over the validation set")      \
  X(VALIDATION_MAE, validation_mae, VALIDATION_END, MAE, LOW, ASKED, COMPARES, "mae over the validation set")          \
  X(VALIDATION_R2, validation_r2, VALIDATION_END, R2, HIGH, ASKED, COMPARES, "r2 over the validation set")             \
  X(MACRO_PRECISION, macro_precision, END, PRECISION, HIGH, ASKED, COMPARES,                                           \
    "share of a class's answers that are right, mean of classes")                                                      \
  X(MACRO_RECALL, macro_recall, END, RECALL, HIGH, ASKED, COMPARES,                                                    \
    "share of a class's patterns answered rightly, mean of classes")                                                   \
  X(MACRO_F1, macro_f1, END, F1, HIGH, ASKED, COMPARES,                                                                \
    "2 right answers / (answers + patterns of a class), mean of classes")                                              \
  X(TEST_MACRO_PRECISION, test_macro_precision, TEST_END, PRECISION, HIGH, ASKED, COMPARES,                            \
    "macro_precision over the test set")                                                                               \
  X(TEST_MACRO_RECALL, test_macro_recall, TEST_END, RECALL, HIGH, ASKED, COMPARES, "macro_recall over the test set")   \
  X(TEST_MACRO_F1, test_macro_f1, TEST_END, F1, HIGH, ASKED, COMPARES, "macro_f1 over the test set")                   \
  X(VALIDATION_MACRO_PRECISION, validation_macro_precision, VALIDATION_END, PRECISION, HIGH, ASKED, COMPARES,          \
    "macro_precision over the validation set")                                                                         \
  X(VALIDATION_MACRO_RECALL, validation_macro_recall, VALIDATION_END, RECALL, HIGH, ASKED, COMPARES,                   \
    "macro_recall over the validation set")                                                                            \
  X(VALIDATION_MACRO_F1, validation_macro_f1, VALIDATION_END, F1, HIGH, ASKED, COMPARES,                               \
    "macro_f1 over the validation set")

/* X(ID, name, how the patterns' values are joined): MEAN; LARGEST; SHARE, the mean of ones and zeros. */
#define LUR_SIGHTS(X)                                                                                                  \
  X(LOSS, loss, MEAN)                                                                                                  \
  X(ERROR_MAX, error_max, LARGEST) /* the largest |target - output| */                                                 \
  X(RIGHT, right, SHARE)           /* answered rightly */                                                              \
  X(MSE, mse, MEAN)                                                                                                    \
  X(CROSS_ENTROPY, cross_entropy, MEAN)

#endif

#ifdef FORMULAS

/* What each pattern of a vec shows. */
static vec seen_loss(const struct lur_block *b, const struct outputs *u) {
  return weighed(u, losses[loss_of(b)].loss(u));
}

/* A NaN, once met, stays. */
static vec seen_error_max(const struct lur_block *b, const struct outputs *u) {
  vec most = vec_set(0);
  for (int k = 0; k < u->n; k++) {
    const vec e = vec_abs(error(b, u, k));
    most = vec_select(mask_or(vec_gt(e, most), vec_is_nan(e)), e, most);
  }
  return most;
}

/* 1 where the largest output (the first of equals) is where the largest target is, and a number; else 0. */
static vec hits_largest(const struct outputs *u) {
  vec o = output(u, 0), t = target(u, 0), at_o = vec_set(0), at_t = vec_set(0);
  for (int k = 1; k < u->n; k++) {
    const vec ok = output(u, k), tk = target(u, k), at = vec_set((real)k);
    const mask more_o = vec_gt(ok, o), more_t = vec_gt(tk, t);
    o = vec_select(more_o, ok, o);
    at_o = vec_select(more_o, at, at_o);
    t = vec_select(more_t, tk, t);
    at_t = vec_select(more_t, at, at_t);
  }
  return vec_select(mask_and(vec_eq(at_o, at_t), vec_eq(o, o)), vec_set(1), vec_set(0));
}

/* 1 where every output is on its target's side of the middle, else 0. */
static vec hits_sides(const struct outputs *u, vec middle) {
  vec right = vec_set(1);
  for (int k = 0; k < u->n; k++) {
    const vec o = output(u, k);
    const mask high = vec_gt(target(u, k), middle);
    const mask on_side = mask_or(mask_and(high, vec_gt(o, middle)), mask_and(mask_not(high), vec_lt(o, middle)));
    right = vec_select(on_side, right, vec_set(0));
  }
  return right;
}

static vec seen_right(const struct lur_block *b, const struct outputs *u) {
  return vec_select(vec_eq(lanes_get(b->one_hot, 0), vec_set(1)), hits_largest(u),
                    hits_sides(u, lanes_get(b->middle, 0)));
}

static vec seen_mse(const struct lur_block *b, const struct outputs *u) {
  struct outputs means = *u;
  (void)b;
  means.reduction = LUR_MEAN;
  return loss_mse(&means);
}

static vec seen_cross_entropy(const struct lur_block *b, const struct outputs *u) {
  struct outputs means = *u;
  (void)b;
  means.reduction = LUR_MEAN;
  return loss_cross_entropy(&means);
}

#endif
