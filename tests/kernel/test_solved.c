/* SPDX-License-Identifier: MIT
 * What `solved` promises, over random jobs, online, in batches and in full batches, by every kernel form that this
 * machine picks and by the reference kernel:
 *   - a solved run satisfies a stop condition with its final parameters, seen once more by the reference kernel;
 *   - a run is solved after the first epoch that is looked at whose own passes satisfy a condition which one more pass
 *     satisfies too, and goes on after all others.
 *
 *     test_solved [JOBS [FIRST_SEED]] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "engine/reference/reference.h"

enum { N_KINDS = 3, MOST_EPOCHS = 24 };
static const char *const kinds[N_KINDS] = {"online", "batches", "full batch"};
static const size_t batches[N_KINDS] = {1, 3, 0};

struct check {
  struct cases_job job;
  uint64_t seed;
  const char *what;
  int kind, n_solved[N_KINDS], n_later, n_failed;
};

static double rounded(const struct lur_structure *s, double x) {
  return s->shape.precision == LUR_SINGLE ? (double)(float)x : x;
}

static void complain(struct check *c, uint64_t k, const char *text) {
  char job[400];
  cases_describe(&c->job, job, sizeof job);
  printf("# seed %llu, %s, run %llu: %s\n#   %s\n", (unsigned long long)c->seed, c->what, (unsigned long long)k, text,
         job);
  c->n_failed++;
}

/* Those of the structure's stops that these values satisfy. */
static unsigned satisfied(const struct lur_structure *s, const struct lur_numbers *n, double loss, double accuracy,
                          double error) {
  unsigned held = 0;
  if (error <= rounded(s, n->stop_error))
    held |= LUR_STOP_ERROR;
  if (loss < rounded(s, n->stop_loss))
    held |= LUR_STOP_LOSS;
  if (accuracy >= rounded(s, n->stop_accuracy))
    held |= LUR_STOP_ACCURACY;
  return held & s->stops;
}

static unsigned satisfied_by(const struct lur_structure *s, const struct lur_numbers *n, const struct lur_outcome *o) {
  return satisfied(s, n, o->metric[LUR_M_LOSS], o->metric[LUR_M_ACCURACY], o->metric[LUR_M_ERROR_MAX]);
}

/* What the reference kernel sees of these parameters, or after so many epochs that nothing stops. */
static void train(const struct cases_job *job, uint64_t k, uint64_t epochs, const double *start,
                  const struct lur_observer *observer, struct lur_outcome *o) {
  struct lur_structure s = job->structure;
  struct lur_numbers n = job->runs[k].numbers;
  struct lur_error e;
  s.stops = 0;
  s.n_curve = 0;
  s.restore = false;
  n.epochs = epochs;
  if (start) {
    s.start_given = true;
    n.start = start;
  }
  *o = (struct lur_outcome){0};
  if (lur_reference_train(&s, &n, observer, NULL, o, &e) != LUR_OK)
    abort();
}

/* ---- Solved with the final parameters ---- */
static void numbers(void *context, uint64_t k, struct lur_numbers *out) {
  const struct check *c = context;
  *out = c->job.runs[k].numbers;
}

static int done(void *context, uint64_t k, const struct lur_outcome *o) {
  struct check *c = context;
  struct lur_outcome again;
  if (o->status != LUR_SOLVED)
    return 0;
  c->n_solved[c->kind]++;
  train(&c->job, k, 0, o->parameters, NULL, &again);
  if (!satisfied_by(&c->job.structure, &c->job.runs[k].numbers, &again))
    complain(c, k, "solved, but its parameters satisfy no stop condition");
  if (memcmp(again.metric, o->metric, 2 * sizeof *o->metric) != 0)
    complain(c, k, "loss and accuracy are not those of its parameters");
  return 0;
}

static void solve_by(struct check *c, struct lur_pool *pool, const char *isa, const char *form) {
  const struct lur_job job = {.structure = &c->job.structure,
                              .n_runs = c->job.n_runs,
                              .want_parameters = true,
                              .context = c,
                              .numbers = numbers,
                              .done = done};
  struct lur_error e = {0};
  c->what = isa ? isa : form;
  if (isa)
    setenv("LURON_ISA", isa, 1);
  else
    unsetenv("LURON_ISA");
  setenv("LURON_FORM", form, 1);
  if (lur_pool_train(pool, &job, NULL, &e) != LUR_OK)
    complain(c, 0, e.text);
}

/* ---- Solved after the first such epoch ---- */
struct epochs {
  uint64_t n;
  double loss[MOST_EPOCHS], accuracy[MOST_EPOCHS];
};

static uint64_t every_epoch(void *context, uint64_t epoch) {
  (void)context;
  return epoch;
}

static enum lur_answer see(void *context, const struct lur_record *r) {
  struct epochs *seen = context;
  seen->loss[r->epoch] = r->loss;
  seen->accuracy[r->epoch] = r->accuracy;
  seen->n = r->epoch + 1;
  return LUR_GO_ON;
}

/* The epochs after which the run is solved, 0 for never. *later: an earlier epoch's own passes would have done.
 * *known: no loss was infinite or worse, for there accuracies are not shown. */
static uint64_t epochs_until_solved(const struct cases_job *job, uint64_t k, bool *later, bool *known) {
  const struct lur_structure *s = &job->structure;
  const struct lur_numbers *n = &job->runs[k].numbers;
  struct epochs seen = {0};
  const struct lur_observer observer = {&seen, every_epoch, see};
  struct lur_outcome o;
  train(job, k, n->epochs, NULL, &observer, &o);
  for (uint64_t epoch = n->stop_every - 1; epoch < seen.n; epoch += n->stop_every) {
    const unsigned held = satisfied(s, n, seen.loss[epoch], seen.accuracy[epoch], (double)NAN);
    train(job, k, epoch + 1, NULL, NULL, &o);
    *known = *known && isfinite(seen.loss[epoch]) && o.status != LUR_DIVERGED;
    if (held & satisfied_by(s, n, &o))
      return epoch + 1;
    *later = *later || held;
  }
  return 0;
}

static void compare_epochs(struct check *c) {
  const unsigned stops = c->job.structure.stops;
  c->what = "reference";
  c->job.structure.stops &= LUR_STOP_LOSS | LUR_STOP_ACCURACY;
  for (uint64_t k = 0; k < c->job.n_runs && k < 8; k++) {
    struct lur_outcome o = {0};
    struct lur_error e;
    bool later = false, known = true;
    const uint64_t expected = epochs_until_solved(&c->job, k, &later, &known);
    if (lur_reference_train(&c->job.structure, &c->job.runs[k].numbers, NULL, NULL, &o, &e) != LUR_OK)
      abort();
    if (known && (o.status == LUR_SOLVED ? o.epochs : 0) != expected)
      complain(c, k, "not solved after the first epoch that is confirmed");
    c->n_later += known && later && expected > 0;
  }
  c->job.structure.stops = stops;
}

/* Whether it looks at the epochs asked for: it trains otherwise where they are fewer. */
static bool reads_epochs(const struct lur_program *p) {
  bool reads = false;
  for (int k = 0; p && k < p->n_ops; k++)
    reads = reads || (p->op[k].id == LUR_OP_INPUT && p->op[k].at[0] == LUR_IN_EPOCHS);
  return reads;
}

static void one_job(struct check *c, struct lur_pool *pool, uint64_t seed) {
  static const char *const forms[] = {"blocks", "tiles", "units"};
  const struct cases_limits limits = {.widest = 6, .most_patterns = 11, .n_runs = 70, .epochs = MOST_EPOCHS};
  cases_make(&c->job, seed, &limits);
  if (reads_epochs(c->job.structure.own.schedule) || reads_epochs(c->job.structure.own.optimizer))
    c->job.structure.own.schedule = c->job.structure.own.optimizer = NULL;
  struct lur_structure *s = &c->job.structure;
  c->seed = seed;
  c->kind = lur_optimizers[s->optimizer].reads & LUR_NEEDS_FULL_BATCH ? N_KINDS - 1 : (int)(seed % N_KINDS);
  s->batch = batches[c->kind];
  s->stops = (unsigned)(1 + seed % 7);
  s->metrics |= LUR_BIT(LUR_M_ERROR_MAX);
  solve_by(c, pool, "scalar", "");
  for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
    solve_by(c, pool, NULL, forms[f]);
  if (s->stops & (LUR_STOP_LOSS | LUR_STOP_ACCURACY))
    compare_epochs(c);
  cases_free(&c->job);
}

int main(int argc, char **argv) {
  const uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 300, first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  struct lur_pool *pool = lur_pool_new(1, NULL);
  struct check c = {0};
  bool tame = false;
  if (!pool)
    return 1;
  for (uint64_t seed = first; seed < first + n && c.n_failed < 20; seed++)
    one_job(&c, pool, seed);
  lur_pool_free(pool);
  printf("# solved:");
  for (int i = 0; i < N_KINDS; i++) {
    printf(" %d %s,", c.n_solved[i], kinds[i]);
    tame = tame || c.n_solved[i] < 100;
  }
  printf(" %d later than their own passes say; %d failed%s\n", c.n_later, c.n_failed, tame ? "; too few solved" : "");
  const bool good = c.n_failed == 0 && !tame && c.n_later >= 10;
  printf("%s - solved runs are solved with their final parameters\n", good ? "ok 1" : "not ok 1");
  return !good;
}
