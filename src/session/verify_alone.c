/* SPDX-License-Identifier: MIT
 * A sweep that is computed again groups its runs as it did before, and would repeat a mistake of grouping. So some of
 * the file's rows, drawn over all of it, are computed without groups and lanes, too. */
#include "session/verify_alone.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "session/sample.h"
#include "session/threads.h"
#include "sweep/alone.h"

/* STRIDE: a prime above ROWS, so that its steps visit each of n rows once, in no order of the axes. */
enum { ROWS = 64, STRIDE = 67 };

static bool is_status(const struct lur_cell *c, enum lur_status status) {
  return strcmp(c->as.text, lur_status_names[status]) == 0;
}

static void compare(const struct lur_plan *p, const struct lur_cell *stored, const struct lur_alone *a,
                    struct lur_difference_text *d) {
  const struct lur_cell now = {.kind = LUR_CELL_TEXT, .as.text = lur_status_names[a->status]};
  const struct lur_column *column = lur_plan_columns(p);
  const int n = lur_plan_n_columns(p);
  for (int i = 0; i < a->n && !d->differs; i++)
    lur_verify_same(&stored[i + 1], &a->cell[i], a->run, column[i].name, d);
  if (!d->differs && !is_status(&stored[n + 1], LUR_PRUNED))
    lur_verify_same(&stored[n + 1], &now, a->run, "status", d);
  if (d->differs && strlen(d->text) + sizeof " by itself" <= sizeof d->text)
    strcat(d->text, " by itself");
}

static int verify_one(const struct lur_plan *p, struct lur_query *q, struct lur_spec *at, struct lur_alone *a,
                      struct lur_difference_text *d, struct lur_error *e) {
  const int n = lur_plan_n_columns(p);
  const struct lur_cell *stored = NULL;
  const struct lur_range range = {a->run, a->run};
  lur_query_again(q, &range, 1);
  const int got = lur_query_next(q, &stored, e);
  if (got != 1)
    return got < 0 ? -got : LUR_OK;
  if (is_status(&stored[n + 1], LUR_FAILED))
    return LUR_OK;
  a->pruned_at = 0;
  for (int i = 0; i < n && is_status(&stored[n + 1], LUR_PRUNED); i++)
    if (strcmp(lur_plan_columns(p)[i].name, "epochs") == 0 && stored[i + 1].kind == LUR_CELL_INTEGER)
      a->pruned_at = (uint64_t)stored[i + 1].as.integer;
  const int rc = lur_plan_train_alone(p, at, a, e);
  if (!rc)
    compare(p, stored, a, d);
  return rc;
}

int lur_verify_alone(const struct lur_plan *p, const struct lur_replay_request *r, uint64_t swept_ns,
                     const atomic_int *cancel, struct lur_difference_text *d, struct lur_error *e) {
  const struct lur_sweep *sweep = lur_plan_sweep(p);
  const uint64_t begin_ns = lur_clock_ns(), second_ns = 1000000000;
  const uint64_t most_ns = swept_ns / 4 > second_ns ? swept_ns / 4 : second_ns;
  struct lur_range none = {1, 1};
  const struct lur_ask ask = {.order = "run", .range = &none, .n_ranges = 1, .deadline_ms = -1};
  uint64_t *number = NULL;
  size_t n = 0;
  if (sweep->keep == LUR_KEEP_CELLS || sweep->calls->when) /* folded; by themselves already */
    return LUR_OK;
  int rc = lur_sample_rows(r->table, ROWS, &number, &n, e);
  struct lur_spec *at = lur_copy(sweep->spec, 1, sizeof *at);
  struct lur_query *q = rc ? NULL : lur_query_new(r->table, &ask, e);
  if (!rc && (!q || !at))
    rc = q ? lur_fail_memory(e) : e->code;
  struct lur_alone a = {.n_threads = lur_threads_asked(r->n_threads), .cancel = cancel};
  for (size_t i = 0; i < n && !rc && !d->differs && (i == 0 || lur_clock_ns() - begin_ns < most_ns); i++) {
    a.run = number[i * STRIDE % n];
    rc = verify_one(p, q, at, &a, d, e);
  }
  lur_query_free(q);
  free(at);
  free(number);
  return rc;
}
