/* SPDX-License-Identifier: MIT
 * What does not go together among the fields that watch a run: the test and the validation set, stop.monitor and what
 * looks at it. Reentrant. */
#include "engine/monitor.h"
#include "sweep/spec_monitor.h"

static bool is_given(const struct lur_spec *s, enum lur_field_id id) {
  return s->value[id].kind != LUR_V_ABSENT;
}

static bool is_accuracy(enum lur_monitor m) {
  return m == LUR_MONITOR_ACCURACY || m == LUR_MONITOR_VALIDATION_ACCURACY;
}

/* The sets that metrics are made of are there. */
static int check_sets(const struct lur_structure *s, struct lur_error *e) {
  for (int m = 0; m < LUR_N_METRICS; m++) {
    const bool asked = s->metrics >> m & 1;
    const enum lur_set set = lur_metric_set((enum lur_metric)m);
    if (asked && set == LUR_TEST && s->n_test == 0)
      return lur_fail(e, LUR_EINPUT, "metrics", "%s needs a test set; give test, or data with two sets",
                      lur_metric_names[m]);
    if (asked && set == LUR_VALIDATION && s->n_validation == 0)
      return lur_fail(e, LUR_EINPUT, "metrics", "%s needs a validation set; write validation = 0.2, or give one",
                      lur_metric_names[m]);
  }
  return LUR_OK;
}

static int check_monitor(const struct lur_spec *spec, const struct lur_structure *s, struct lur_error *e) {
  const char *const name = lur_monitor_names[s->monitor];
  const bool validates = s->monitor == LUR_MONITOR_VALIDATION_LOSS || s->monitor == LUR_MONITOR_VALIDATION_ACCURACY;
  if (validates && !s->n_validation)
    return lur_fail(e, LUR_EINPUT, "stop_monitor", "%s needs a validation set; write validation = 0.2, or give one",
                    name);
  if (!lur_monitors(s) && (is_given(spec, LUR_F_STOP_MONITOR) || is_given(spec, LUR_F_STOP_MIN_DELTA)))
    return lur_fail(e, LUR_EINPUT, is_given(spec, LUR_F_STOP_MONITOR) ? "stop_monitor" : "stop_min_delta",
                    "nothing looks at it; give stop.patience, stop.gl, stop.pq or restore = \"best\"");
  if (is_accuracy(s->monitor) && spec->train.n && lur_right_rule_of(&spec->train).kind == LUR_RIGHT_NEVER)
    return lur_fail(e, LUR_EINPUT, "stop_monitor",
                    "%s has no value, for the targets are neither one-hot nor of two values; write monitor = \"%s\"",
                    name, validates ? "validation_loss" : "loss");
  return LUR_OK;
}

static int check_criteria(const struct lur_structure *s, const struct lur_numbers *n, struct lur_error *e) {
  const bool pq = s->stops & LUR_STOP_PQ;
  if (s->stops & (LUR_STOP_GL | LUR_STOP_PQ) && is_accuracy(s->monitor))
    return lur_fail(e, LUR_EINPUT, pq ? "stop_pq" : "stop_gl", "is of losses, but stop.monitor is %s; write \"%s\"",
                    lur_monitor_names[s->monitor], s->monitor == LUR_MONITOR_ACCURACY ? "loss" : "validation_loss");
  if (s->stops & (LUR_STOP_PQ | LUR_STOP_PROGRESS) && n->stop_every < LUR_LEAST_STRIP)
    return lur_fail(e, LUR_EINPUT, pq ? "stop_pq" : "stop_progress",
                    "measures the progress of stop.every epochs, but stop.every is %llu; write every = 5",
                    (unsigned long long)n->stop_every);
  return LUR_OK;
}

int lur_spec_check_monitor(const struct lur_spec *spec, const struct lur_structure *s, const struct lur_numbers *n,
                           struct lur_error *e) {
  int rc = check_sets(s, e);
  if (!rc)
    rc = check_monitor(spec, s, e);
  return rc ? rc : check_criteria(s, n, e);
}
