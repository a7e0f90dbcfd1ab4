/* SPDX-License-Identifier: MIT
 * Names and facts of activations, losses, optimizers and metrics: made from their lists, or in the enums' order. */
#include "engine/engine.h"

#include <string.h>

#define NAME(ID, name, ...) #name,
const char *const lur_activation_names[] = {LUR_ACTIVATIONS(NAME) NULL};
const char *const lur_loss_names[] = {LUR_LOSSES(NAME) NULL};
const char *const lur_optimizer_names[] = {LUR_OPTIMIZERS(NAME) NULL};
const char *const lur_metric_names[] = {LUR_METRICS(NAME) NULL};
#undef NAME
const char *const lur_init_names[] = {"normal", "uniform", "xavier", "he", "zeros", NULL};
const char *const lur_bias_init_names[] = {"normal", "uniform", "zeros", NULL};
const enum lur_init lur_bias_inits[] = {LUR_INIT_NORMAL, LUR_INIT_UNIFORM, LUR_INIT_ZEROS};
const enum lur_bias_init lur_usual_bias_init[] = {[LUR_INIT_NORMAL] = LUR_BIAS_NORMAL,
                                                  [LUR_INIT_UNIFORM] = LUR_BIAS_UNIFORM,
                                                  [LUR_INIT_XAVIER] = LUR_BIAS_ZEROS,
                                                  [LUR_INIT_HE] = LUR_BIAS_ZEROS,
                                                  [LUR_INIT_ZEROS] = LUR_BIAS_ZEROS};
const char *const lur_reduction_names[] = {"mean", "sum", "half_sum", NULL};
const char *const lur_monitor_names[] = {"loss", "accuracy", "validation_loss", "validation_accuracy", NULL};
const char *const lur_precision_names[] = {"double", "single", NULL};
const char *const lur_status_names[] = {"failed",  "diverged", "stopped",  "solved",
                                        "stalled", "pruned",   "finished", NULL};

#define FACTS(ID, name, least, largest, loss, meaning) [LUR_##ID] = {least, largest, LUR_##loss, meaning},
const struct lur_activation_facts lur_activations[] = {LUR_ACTIVATIONS(FACTS)};
#undef FACTS

#define MEANING(ID, name, meaning) meaning,
const char *const lur_loss_meanings[] = {LUR_LOSSES(MEANING)};
#undef MEANING

bool lur_is_for_outputs_only(enum lur_activation a) {
  return a == LUR_SOFTMAX;
}

#define FACTS(ID, name, reads, rate, epsilon, n_state, start, meaning)                                                 \
  [LUR_##ID] = {reads, rate, epsilon, n_state, LUR_START_##start, meaning},
const struct lur_optimizer_facts lur_optimizers[] = {LUR_OPTIMIZERS(FACTS)};
#undef FACTS

enum { LOW, HIGH, ASKED = 0, ALWAYS, COMPARES = 0, OF_LOSS };
#define FACTS(ID, name, from, what, better, when, compares, meaning)                                                   \
  [LUR_M_##ID] = {LUR_FROM_##from, better, when, compares, meaning},
const struct lur_metric_facts lur_metrics[] = {LUR_METRICS(FACTS)};
#undef FACTS

uint64_t lur_metrics_always(void) {
#define BIT(ID, name, from, what, better, when, ...) | (uint64_t)when << LUR_M_##ID
  return 0 LUR_METRICS(BIT);
#undef BIT
}

const char *const lur_set_names[] = {"training set", "test set", "validation set"};
enum lur_set lur_metric_set(enum lur_metric m) {
  static const enum lur_set sets[LUR_N_METRIC_SOURCES] = {[LUR_FROM_TEST] = LUR_TEST,
                                                          [LUR_FROM_TEST_END] = LUR_TEST,
                                                          [LUR_FROM_VALIDATION] = LUR_VALIDATION,
                                                          [LUR_FROM_VALIDATION_END] = LUR_VALIDATION};
  return sets[lur_metrics[m].from];
}

int lur_metric_find(const char *name) {
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (strcmp(lur_metric_names[m], name) == 0)
      return m;
  return -1;
}

/* Beside each list that is written by hand: as many entries as its enum. (Were the list declared with its size, sizeof
 * would be that, whatever was forgotten.) */
#define LUR_COMPLETE(list, n) _Static_assert(sizeof(list) / sizeof *(list) == (n), "an entry of " #list " is missing")
LUR_COMPLETE(lur_init_names, LUR_N_INITS + 1);
LUR_COMPLETE(lur_bias_init_names, LUR_N_BIAS_INITS + 1);
LUR_COMPLETE(lur_bias_inits, LUR_N_BIAS_INITS);
LUR_COMPLETE(lur_usual_bias_init, LUR_N_INITS);
LUR_COMPLETE(lur_monitor_names, LUR_N_MONITORS + 1);
LUR_COMPLETE(lur_precision_names, LUR_N_PRECISIONS + 1);
LUR_COMPLETE(lur_status_names, LUR_N_STATUSES + 1);
LUR_COMPLETE(lur_set_names, LUR_N_SETS);
