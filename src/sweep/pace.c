/* SPDX-License-Identifier: MIT
 * How large the next window is: large enough that its end costs little, small enough that a kill loses seconds at most,
 * and that a budget is kept. It depends on the clock; no result depends on it. */
#include <math.h>

#include "base/clock.h"
#include "sweep/loop.h"

enum { LEAST_WINDOW = 512 };
#define WINDOW_NS 1e9            /* what a window should take */
#define LONGEST_NS 1e10          /* what it may take for the sake of full lanes */
#define LATEST_NS 100000000      /* a window is cut this long, plus a quarter of the budget, after the budget's end */
#define LEAST_BUDGET_NS 20000000 /* not worth another window */

void lur_pace_start(struct loop *l, const struct lur_sweep_options *o) {
  struct pace *t = &l->pace;
  *t = (struct pace){.limit = lur_folds(l) ? l->folded.rows.room : l->window.limit,
                     .budget_ns = o->budget_ns,
                     .begin_ns = lur_clock_ns()};
  size_t size = (size_t)o->n_threads; /* with a budget, nothing is known yet of what fits; else lanes are full once */
  if (!o->budget_ns)
    size *= LUR_FULL_LANES;
  if (lur_folds(l))
    size /= l->plan->n_replicates;
  t->size = size < 1 ? 1 : size < t->limit ? size : t->limit;
  if (!o->budget_ns)
    return;
  l->alarm = lur_alarm_start(t->begin_ns + o->budget_ns + o->budget_ns / 4 + LATEST_NS, o->cancel);
  if (l->alarm)
    l->cancel = lur_alarm_flag(l->alarm);
}

bool lur_pace_is_over(struct loop *l) {
  struct pace *t = &l->pace;
  if (lur_replicates_remain(l))
    return false;
  t->start_ns = lur_clock_ns();
  return t->budget_ns && t->start_ns - t->begin_ns + LEAST_BUDGET_NS > t->budget_ns;
}

void lur_pace_note(struct loop *l) {
  struct pace *t = &l->pace;
  const uint64_t now_ns = lur_clock_ns(), elapsed_ns = now_ns - t->start_ns;
  const double size = (double)t->size, left_ns = (double)t->budget_ns - (double)(now_ns - t->begin_ns);
  const double per_ns = elapsed_ns ? (double)l->out->n / (double)elapsed_ns : 0;
  if (lur_replicates_remain(l))
    return;
  double wanted = per_ns > 0 ? fmin(per_ns * WINDOW_NS, size * 8) : size * 8;
  if (per_ns > 0 && wanted < LEAST_WINDOW)
    wanted = fmax(wanted, fmin(per_ns * LONGEST_NS, LEAST_WINDOW));
  if (per_ns > 0 && left_ns > 0 && wanted > per_ns * left_ns)
    wanted = per_ns * left_ns;
  if (wanted < 1)
    wanted = 1;
  t->size = wanted > (double)t->limit ? t->limit : (size_t)wanted;
}
