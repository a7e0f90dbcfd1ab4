/* SPDX-License-Identifier: MIT
 * The main loop: the same rows from any number of threads, shards and sittings, and what the host's calls do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "sweep/loop.h"

static const double inputs[8] = {0, 0, 0, 1, 1, 0, 1, 1}, targets[4] = {0, 1, 1, 0};

struct fixture {
  struct lur_spec spec;
  struct lur_axes axes;
  struct lur_sweep sweep;
  struct lur_plan *plan;
};

static void open_plan(struct fixture *f) {
  struct lur_error e = {0};
  lur_plan_free(f->plan);
  f->plan = lur_plan_new(&f->sweep, &e);
  if (!f->plan)
    fail_msg("%s: %s", e.field, e.text);
}

static void open_words(struct fixture *f, const char *const *words) {
  struct lur_error e = {0};
  memset(f, 0, sizeof *f);
  f->spec.train = (struct lur_patterns){.n = 4, .n_inputs = 2, .n_outputs = 1, .inputs = inputs, .targets = targets};
  f->spec.n_params = 1;
  f->spec.param[0] = (struct lur_param){.name = "flip", .value = {.kind = LUR_V_INTEGER}};
  f->sweep = (struct lur_sweep){.spec = &f->spec, .axes = &f->axes};
  for (; **words; words++) {
    char name[64];
    const char *text = strchr(*words, '=') + 1;
    snprintf(name, sizeof name, "%.*s", (int)(text - 1 - *words), *words);
    if (lur_axes_set(&f->axes, &f->spec, name, text, &e))
      fail_msg("%s: %s", e.field, e.text);
  }
  open_plan(f);
}

static void drop(struct fixture *f) {
  lur_plan_free(f->plan);
  lur_axes_free(&f->axes);
}

/* A table in memory: a line a run, its index the run's number. */
struct table {
  uint64_t n;
  char **line;
  char *settled;
  int n_takes, cancel_after;
  atomic_int cancel;
};

static void write_cell(const struct lur_cell *c, struct lur_buffer *out) {
  if (c->kind == LUR_CELL_INTEGER)
    lur_buffer_format(out, " %lld", (long long)c->as.integer);
  if (c->kind == LUR_CELL_REAL)
    lur_buffer_format(out, " %a", c->as.real);
  if (c->kind == LUR_CELL_TEXT)
    lur_buffer_format(out, " %s", c->as.text);
  if (c->kind == LUR_CELL_NULL)
    lur_buffer_text(out, " -");
}

static int take(void *context, const struct lur_rows *r, struct lur_error *e) {
  struct table *t = context;
  (void)e;
  assert_true(r->first >= 1 && r->first <= r->last && r->last <= t->n);
  for (uint64_t i = r->first; i <= r->last; i++) {
    assert_false(t->settled[i]);
    t->settled[i] = 1;
  }
  for (size_t i = 0; i < r->n; i++) {
    struct lur_buffer out = {0};
    assert_true(r->run[i] >= r->first && r->run[i] <= r->last && (i == 0 || r->run[i] > r->run[i - 1]));
    lur_buffer_text(&out, lur_status_names[r->status[i]]);
    for (int c = 0; c < r->n_columns; c++)
      write_cell(&r->cell[i * (size_t)r->n_columns + (size_t)c], &out);
    for (int c = 0; c < r->n_curve; c++)
      lur_buffer_format(&out, " %a", r->curve[i * (size_t)r->n_curve + (size_t)c]);
    if (r->message && r->message[i])
      lur_buffer_format(&out, " \"%s\"", r->message[i]);
    t->line[r->run[i]] = out.data;
  }
  if (++t->n_takes == t->cancel_after)
    atomic_store(&t->cancel, 1);
  return LUR_OK;
}

static void open_table(struct table *t, const struct lur_plan *p) {
  memset(t, 0, sizeof *t);
  t->n = lur_sweep_n_numbers(p);
  t->line = calloc(t->n + 1, sizeof *t->line);
  t->settled = calloc(t->n + 1, 1);
}

static void close_table(struct table *t) {
  for (uint64_t i = 0; i <= t->n; i++)
    free(t->line[i]);
  free(t->line);
  free(t->settled);
}

static int run_into(const struct lur_plan *p, struct table *t, int n_threads, int k, int n) {
  const struct lur_sink sink = {t, take};
  struct lur_error e = {0};
  struct lur_range *done = calloc(t->n + 1, sizeof *done);
  struct lur_progress progress = {0};
  size_t n_done = 0;
  for (uint64_t i = 1; i <= t->n; i++) {
    if (!t->settled[i])
      continue;
    if (n_done && done[n_done - 1].last == i - 1)
      done[n_done - 1].last = i;
    else
      done[n_done++] = (struct lur_range){i, i};
  }
  const struct lur_sweep_options o = {
      .n_threads = n_threads, .shard = k, .n_shards = n, .done = done, .n_done = n_done, .cancel = &t->cancel};
  int rc = lur_sweep_run(p, &o, &sink, &progress, NULL, &e);
  if (rc && rc != LUR_ECANCELLED)
    fail_msg("%s: %s", e.field, e.text);
  if (!rc && n <= 1)
    assert_int_equal(progress.done, progress.total);
  free(done);
  return rc;
}

static void assert_same(const struct table *a, const struct table *b) {
  assert_int_equal(a->n, b->n);
  for (uint64_t i = 1; i <= a->n; i++) {
    assert_int_equal(a->settled[i], b->settled[i]);
    assert_int_equal(a->line[i] == NULL, b->line[i] == NULL);
    if (a->line[i])
      assert_string_equal(a->line[i], b->line[i]);
  }
}

static const char *const mixed[] = {"hidden=0,2,3x2",
                                    "optimizer=sgd,momentum,adam",
                                    "momentum=0.5,0.9",
                                    "learning_rate=0.01..50:7:log",
                                    "epochs=5,20",
                                    "stop_error=0.4",
                                    "curve=3",
                                    "seed=1..9",
                                    ""};

/* Threads, shards and sittings of one plan give the table of one thread in one go. */
static void check_layouts(struct fixture *f) {
  struct table whole, other;
  open_table(&whole, f->plan);
  assert_int_equal(run_into(f->plan, &whole, 1, 0, 0), LUR_OK);
  for (uint64_t i = 1; i <= whole.n; i++)
    assert_true(whole.settled[i]);
  for (int threads = 2; threads < 8; threads += 5) {
    open_table(&other, f->plan);
    assert_int_equal(run_into(f->plan, &other, threads, 0, 0), LUR_OK);
    assert_same(&whole, &other);
    close_table(&other);
  }
  static const int shards[] = {3, 16};
  for (int s = 0; s < 2; s++) {
    open_table(&other, f->plan);
    uint64_t sum = 0;
    for (int k = shards[s]; k >= 1; k--) {
      sum += lur_shard_n_numbers(f->plan, k, shards[s]);
      assert_int_equal(run_into(f->plan, &other, 2, k, shards[s]), LUR_OK);
    }
    assert_int_equal(sum, whole.n);
    assert_same(&whole, &other);
    close_table(&other);
  }
  open_table(&other, f->plan);
  int sittings = 0;
  do {
    atomic_store(&other.cancel, 0);
    other.n_takes = 0;
    other.cancel_after = 1 + sittings % 2;
    sittings++;
  } while (run_into(f->plan, &other, 2, 0, 0) == LUR_ECANCELLED && sittings < 1000);
  assert_same(&whole, &other);
  close_table(&other);
  close_table(&whole);
}

/* Counted one by one. */
static uint64_t shard_count(const struct lur_plan *p, uint64_t units, uint64_t per_seed, int k, int n) {
  uint64_t total = 0, n_seeds = units / per_seed, n_cells = lur_sweep_n_numbers(p) / n_seeds;
  uint64_t size = per_seed == n_cells ? 1 : p->bracket;
  const struct lur_shard shard = lur_shard_of(k, n, units);
  for (uint64_t unit = 0; unit < units; unit++)
    if (lur_shard_has(&shard, unit))
      total += unit % per_seed + 1 < per_seed ? size : n_cells - (per_seed - 1) * size;
  return total;
}

static void shards_are_counted(void **state) {
  (void)state;
  static const char *const seeds[] = {"seed=1..7", "seed=1..1000", "seed=1..12345"};
  static const int shards[] = {2, 3, 16, 1000};
  for (int i = 0; i < 3 * 2; i++) {
    struct fixture f;
    open_words(&f, (const char *const[]){"learning_rate=0.1,0.2,0.3,0.4,0.5", "epochs=8,9", seeds[i / 2], ""});
    if (i % 2)
      f.sweep.halving = (struct lur_halving){.n_rungs = 1, .at = {3}, .keep = 0.25, .by = LUR_M_LOSS};
    open_plan(&f);
    uint64_t n_seeds = lur_sweep_n_numbers(f.plan) / 10, per_seed = i % 2 ? 2 : 10, units = n_seeds * per_seed;
    for (int s = 0; s < 4; s++)
      for (int k = 1; k <= shards[s]; k += shards[s] / 3 + 1)
        assert_int_equal(lur_shard_n_numbers(f.plan, k, shards[s]), shard_count(f.plan, units, per_seed, k, shards[s]));
    drop(&f);
  }
}

/* As many runs as a plan may have are counted at once. */
static void large_shards_are_counted(void **state) {
  (void)state;
  struct fixture f;
  open_words(&f, (const char *const[]){"learning_rate=0.1,0.2,0.3", "seed=1..1000000000000", ""});
  for (int i = 0; i < 2; i++) {
    if (i)
      f.sweep.halving = (struct lur_halving){.n_rungs = 1, .at = {3}, .keep = 0.5, .by = LUR_M_LOSS};
    open_plan(&f);
    uint64_t begin_ns = lur_clock_ns(), total = 0;
    for (int k = 1; k <= 1000; k++)
      total += lur_shard_n_numbers(f.plan, k, 1000);
    assert_int_equal(total, 3000000000000);
    assert_true(lur_clock_ns() - begin_ns < 1000000000);
  }
  drop(&f);
}

static void layouts_agree(void **state) {
  (void)state;
  struct fixture f;
  open_words(&f, mixed);
  check_layouts(&f);
  drop(&f);
}

static void pruned_layouts_agree(void **state) {
  (void)state;
  struct fixture f;
  open_words(&f, mixed);
  f.sweep.halving = (struct lur_halving){.n_rungs = 2, .at = {2, 6}, .keep = 0.5, .by = LUR_M_LOSS};
  open_plan(&f);
  check_layouts(&f);
  drop(&f);
}

static void folded_layouts_agree(void **state) {
  (void)state;
  struct fixture f;
  open_words(&f, mixed);
  f.sweep.keep = LUR_KEEP_CELLS;
  open_plan(&f);
  assert_int_equal(lur_sweep_n_numbers(f.plan), lur_plan_n_cells(f.plan));
  check_layouts(&f);
  drop(&f);
}

static void drawn_layouts_agree(void **state) {
  (void)state;
  for (int sampler = 1; sampler < 4; sampler++) {
    char word[32];
    snprintf(word, sizeof word, "sampler=%s", lur_sampler_names[sampler]);
    struct fixture f;
    open_words(&f, (const char *const[]){word, "samples=200", "learning_rate=0.01..10:log", "hidden=0,2,3",
                                         "optimizer=sgd,adam", "epochs=10", "seed=1..3", ""});
    check_layouts(&f);
    drop(&f);
  }
}

static void a_bracket_keeps_its_best(void **state) {
  (void)state;
  struct fixture f;
  open_words(&f, (const char *const[]){"learning_rate=0.01..1:16", "epochs=40", "seed=1..2", ""});
  f.sweep.halving = (struct lur_halving){.n_rungs = 2, .at = {5, 10}, .keep = 0.25, .by = LUR_M_LOSS};
  open_plan(&f);
  assert_int_equal(f.plan->bracket, 16);
  struct table t;
  open_table(&t, f.plan);
  assert_int_equal(run_into(f.plan, &t, 1, 0, 0), LUR_OK);
  for (int seed = 0; seed < 2; seed++) {
    int finished = 0, at_five = 0, at_ten = 0;
    for (int i = 1; i <= 16; i++) {
      const char *line = t.line[seed * 16 + i];
      finished += strncmp(line, "finished", 8) == 0;
      at_five += strncmp(line, "pruned", 6) == 0 && strcmp(line + strlen(line) - 2, " 5") == 0;
      at_ten += strncmp(line, "pruned", 6) == 0 && strcmp(line + strlen(line) - 3, " 10") == 0;
    }
    assert_int_equal(finished, 1);
    assert_int_equal(at_five, 12);
    assert_int_equal(at_ten, 3);
  }
  close_table(&t);
  drop(&f);
}

/* How many runs went on after each rung. */
static void count_survivors(const char *rates, const char *seeds, double keep, uint64_t *n, uint64_t left[3]) {
  struct fixture f;
  struct table t;
  open_words(&f, (const char *const[]){rates, seeds, "epochs=6", ""});
  f.sweep.halving = (struct lur_halving){.n_rungs = 3, .at = {1, 2, 4}, .keep = keep, .by = LUR_M_LOSS};
  open_plan(&f);
  open_table(&t, f.plan);
  assert_int_equal(run_into(f.plan, &t, 1, 0, 0), LUR_OK);
  *n = lur_sweep_n_numbers(f.plan);
  left[0] = left[1] = left[2] = 0;
  for (uint64_t i = 1; i <= *n; i++) {
    int epochs = atoi(strrchr(t.line[i], ' '));
    for (int rung = 0; rung < 3; rung++)
      left[rung] += epochs > (int)f.sweep.halving.at[rung];
  }
  close_table(&t);
  drop(&f);
}

/* Whatever the share and the brackets, after the i-th rung keep^i of all runs go on. */
static void halving_keeps_its_share(void **state) {
  (void)state;
  static const double keep[] = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.1, 1.0 / 3};
  static const char *const sizes[][2] = {
      {"learning_rate=0.01..1:100", "seed=1"},   {"learning_rate=0.01..1:50", "seed=1..3"},
      {"learning_rate=0.01..1:7", "seed=1..40"}, {"learning_rate=0.01..1:2", "seed=1..200"},
      {"learning_rate=0.01..1:9", "seed=1"},     {"learning_rate=0.01..1:1", "seed=1..100"}};
  for (size_t k = 0; k < sizeof keep / sizeof *keep; k++)
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
      uint64_t n, left[3];
      double asked = 1;
      count_survivors(sizes[i][0], sizes[i][1], keep[k], &n, left);
      for (int rung = 0; rung < 3; rung++) {
        asked *= keep[k];
        if (fabs((double)left[rung] - asked * (double)n) > fmax(1, 0.02 * (double)n))
          fail_msg("%s %s keep %g rung %d: %d of %d", sizes[i][0], sizes[i][1], keep[k], rung, (int)left[rung], (int)n);
      }
    }
}

static void halving_rounds_down(void **state) {
  (void)state;
  static const struct {
    double keep;
    uint64_t left[3];
  } known[] = {{0.8, {80, 64, 51}}, {0.6, {60, 36, 21}}, {0.4, {40, 16, 6}}, {0.3, {30, 9, 2}}, {0.7, {70, 49, 34}}};
  for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
    uint64_t n, left[3];
    count_survivors("learning_rate=0.01..1:100", "seed=1", known[k].keep, &n, left);
    for (int rung = 0; rung < 3; rung++)
      assert_int_equal(left[rung], known[k].left[rung]);
  }
}

/* What ended by itself is not pruned, whatever its rank. */
static void a_bracket_leaves_what_ended(void **state) {
  (void)state;
  struct fixture f;
  open_words(&f, (const char *const[]){"epochs=3..6", "learning_rate=0.1", ""});
  f.sweep.halving = (struct lur_halving){.n_rungs = 1, .at = {4}, .keep = 0.25, .by = LUR_M_LOSS};
  open_plan(&f);
  struct table t;
  open_table(&t, f.plan);
  assert_int_equal(run_into(f.plan, &t, 1, 0, 0), LUR_OK);
  assert_true(strncmp(t.line[1], "finished", 8) == 0 && strncmp(t.line[2], "finished", 8) == 0);
  close_table(&t);
  drop(&f);
}

/* ---- What the host answers ---- */
static int where_odd(void *context, const struct lur_spec *at, bool *keep, struct lur_error *e) {
  (void)context, (void)e;
  *keep = at->value[LUR_F_SEED].as.integer % 2 == 1;
  return 0;
}

static int data_of(void *context, struct lur_spec *at, struct lur_error *e) {
  static const double flipped[4] = {1, 0, 0, 1};
  (void)context, (void)e;
  int64_t flip = at->param[0].value.as.integer;
  at->train = (struct lur_patterns){
      .n = flip == 2 ? 3 : 4, .n_inputs = 2, .n_outputs = 1, .inputs = inputs, .targets = flip ? flipped : targets};
  at->test = (struct lur_patterns){0};
  return 0;
}

static const char long_text[] = "no fourth, and here is why, at a length that no struct of an error holds: "
                                "........................................."
                                "......................................................................................"
                                "............................."
                                "......................................................................................"
                                "............................."
                                "the end";

static int metric_of(void *context, const struct lur_spec *at, const struct lur_structure *s,
                     const struct lur_outcome *o, uint64_t run, uint64_t epochs, double *value, char **why) {
  uint64_t *last = context;
  assert_true(run > *last && epochs == 3);
  *last = run;
  assert_true(s->n_patterns >= 3 && at->n_params == 1);
  assert_true(s->n_curve == LUR_CURVE_OF_RUN && o->n_curve == 3 && isfinite(o->curve[2]));
  if (run == 4) {
    *why = lur_copy_text(long_text);
    return 1;
  }
  value[0] = run % 2 ? o->parameters[0] : NAN;
  return 0;
}

static void where_leaves_numbers_out(void **state) {
  (void)state;
  struct fixture f;
  const struct lur_host_calls calls = {.where = where_odd};
  open_words(&f, (const char *const[]){"seed=1..6", "learning_rate=0.1,0.2", "epochs=3", ""});
  f.sweep.calls = &calls;
  open_plan(&f);
  struct table t;
  open_table(&t, f.plan);
  assert_int_equal(run_into(f.plan, &t, 2, 0, 0), LUR_OK);
  for (int i = 1; i <= 12; i++) {
    assert_true(t.settled[i]);
    assert_int_equal(t.line[i] != NULL, ((i - 1) / 2 + 1) % 2 == 1);
  }
  close_table(&t);
  check_layouts(&f);
  drop(&f);
}

static void data_follow_the_parameters(void **state) {
  (void)state;
  struct fixture f, plain;
  const struct lur_host_calls calls = {.data = data_of};
  open_words(&f, (const char *const[]){"flip=0,1,2", "seed=1..5", "hidden=2", "epochs=9", "batch=all", ""});
  f.sweep.calls = &calls;
  open_plan(&f);
  check_layouts(&f);
  open_words(&plain, (const char *const[]){"seed=1..5", "hidden=2", "epochs=9", "batch=all", ""});
  struct table a, b;
  open_table(&a, f.plan);
  open_table(&b, plain.plan);
  run_into(f.plan, &a, 1, 0, 0);
  run_into(plain.plan, &b, 1, 0, 0);
  for (int seed = 0; seed < 5; seed++) {
    const char *one = strchr(a.line[seed * 3 + 1], ' ') + 1, *two = strchr(b.line[seed + 1], ' ') + 1;
    assert_string_equal(strchr(one, ' ') + 1, two); /* but for the column flip */
    assert_string_not_equal(strchr(a.line[seed * 3 + 2], ' ') + 3, strchr(one, ' '));
  }
  close_table(&a);
  close_table(&b);
  drop(&f);
  drop(&plain);
}

static void a_failing_metric_spares_the_others(void **state) {
  (void)state;
  struct fixture f;
  uint64_t last = 0;
  const char *const names[] = {"w1"};
  const struct lur_host_calls calls = {
      .context = &last, .n_metrics = 1, .see_curve = true, .metric_name = names, .metric = metric_of};
  open_words(&f, (const char *const[]){"seed=1..6", "hidden=0,2", "epochs=3", ""});
  f.sweep.calls = &calls;
  open_plan(&f);
  struct table t;
  open_table(&t, f.plan);
  assert_int_equal(run_into(f.plan, &t, 2, 0, 0), LUR_OK);
  assert_string_equal(lur_plan_columns(f.plan)[lur_plan_n_columns(f.plan) - 1].name, "w1");
  for (int i = 1; i <= 12; i++) {
    assert_int_equal(strncmp(t.line[i], "failed", 6) == 0, i == 4);
    assert_int_equal(strstr(t.line[i], long_text) != NULL, i == 4);
    if (i != 4)
      assert_int_equal(t.line[i][strlen(t.line[i]) - 1] == '-', i % 2 == 0);
  }
  close_table(&t);
  drop(&f);
}

/* Of a run that diverged a metric may miss what has no value: that is no failure of the run. */
static int metric_of_loss(void *context, const struct lur_spec *at, const struct lur_structure *s,
                          const struct lur_outcome *o, uint64_t run, uint64_t epochs, double *value, char **why) {
  (void)context, (void)at, (void)s, (void)run, (void)epochs;
  value[1] = (double)o->epochs;
  if (o->status == LUR_DIVERGED)
    *why = lur_copy_text("no loss");
  else
    value[0] = o->metric[LUR_M_LOSS];
  return *why != NULL;
}

static void a_diverged_run_stays_one(void **state) {
  (void)state;
  struct fixture f;
  const char *const names[] = {"half", "other"};
  const struct lur_host_calls calls = {.n_metrics = 2, .metric_name = names, .metric = metric_of_loss};
  open_words(&f, (const char *const[]){"learning_rate=0.1,1e200", "activation=linear", "epochs=20", ""});
  f.sweep.calls = &calls;
  open_plan(&f);
  struct table t;
  open_table(&t, f.plan);
  assert_int_equal(run_into(f.plan, &t, 2, 0, 0), LUR_OK);
  assert_true(strncmp(t.line[1], "finished", 8) == 0 && !strstr(t.line[1], "no loss"));
  assert_true(strncmp(t.line[2], "diverged", 8) == 0 && strstr(t.line[2], "no loss"));
  assert_non_null(strstr(t.line[2], " - - 16 - 0x1p+4")); /* loss accuracy epochs half other */
  close_table(&t);
  drop(&f);
}

static enum lur_answer stop_at_five(void *context, const struct lur_spec *at, const struct lur_structure *s,
                                    const struct lur_record *r, char **why) {
  (void)context, (void)s;
  if (at->value[LUR_F_SEED].as.integer == 3 && r->epoch == 2) {
    *why = lur_copy_text("not that seed");
    return LUR_FAIL_RUN;
  }
  return r->epoch == 5 ? LUR_STOP_RUN : LUR_GO_ON;
}

static void when_ends_runs(void **state) {
  (void)state;
  struct fixture f;
  const struct lur_host_calls calls = {.when = stop_at_five};
  open_words(&f, (const char *const[]){"seed=1..4", "epochs=50", ""});
  f.sweep.calls = &calls;
  open_plan(&f);
  struct table t;
  open_table(&t, f.plan);
  assert_int_equal(run_into(f.plan, &t, 2, 0, 0), LUR_OK);
  assert_true(strncmp(t.line[1], "stopped", 7) == 0 && strcmp(t.line[1] + strlen(t.line[1]) - 2, " 6") == 0);
  assert_true(strncmp(t.line[3], "failed", 6) == 0 && strstr(t.line[3], "not that seed"));
  close_table(&t);
  drop(&f);
}

/* Cancels within stop.when, or within a metric, of the fifth run. */
struct canceller {
  atomic_int *cancel;
  bool in_metric;
};

static enum lur_answer cancel_at_five(void *context, const struct lur_spec *at, const struct lur_structure *s,
                                      const struct lur_record *r, char **why) {
  struct canceller *c = context;
  (void)s, (void)r, (void)why;
  if (!c->in_metric && at->value[LUR_F_SEED].as.integer == 5)
    atomic_store(c->cancel, 1);
  return LUR_GO_ON;
}

static int measure_till_five(void *context, const struct lur_spec *at, const struct lur_structure *s,
                             const struct lur_outcome *o, uint64_t run, uint64_t epochs, double *value, char **why) {
  struct canceller *c = context;
  (void)at, (void)s, (void)o, (void)epochs, (void)why;
  if (c->in_metric && run == 5)
    atomic_store(c->cancel, 1);
  value[0] = (double)run;
  return 0;
}

static void a_cancel_keeps_what_was_trained(void **state) {
  (void)state;
  for (int in_metric = 0; in_metric < 2; in_metric++) {
    struct fixture f;
    struct table t;
    struct canceller c = {.cancel = &t.cancel, .in_metric = in_metric};
    const char *const names[] = {"number"};
    const struct lur_host_calls calls = {
        .context = &c, .n_metrics = 1, .metric_name = names, .metric = measure_till_five, .when = cancel_at_five};
    open_words(&f, (const char *const[]){"seed=1..8", "epochs=3", ""});
    f.sweep.calls = &calls;
    open_plan(&f);
    open_table(&t, f.plan);
    assert_int_equal(run_into(f.plan, &t, 1, 0, 0), LUR_ECANCELLED);
    for (int i = 1; i <= 8; i++)
      assert_int_equal(t.settled[i] && t.line[i] && strstr(t.line[i], " 0x"), i < 5);
    close_table(&t);
    drop(&f);
  }
}

/* The first and the last number of every bracket are left out, and the interrupt comes within a bracket. */
static int where_middle(void *context, const struct lur_spec *at, bool *keep, struct lur_error *e) {
  (void)context, (void)e;
  *keep = at->value[LUR_F_LEARNING_RATE].as.number > 0.15 && at->value[LUR_F_LEARNING_RATE].as.number < 0.35;
  return 0;
}

static void a_cancel_leaves_whole_brackets(void **state) {
  (void)state;
  for (int in_metric = 0; in_metric < 2; in_metric++) {
    struct fixture f;
    struct table t;
    struct canceller c = {.cancel = &t.cancel, .in_metric = in_metric};
    const char *const names[] = {"number"};
    struct lur_host_calls calls = {.context = &c, .where = where_middle, .when = cancel_at_five};
    if (in_metric)
      calls = (struct lur_host_calls){.context = &c, .n_metrics = 1, .metric_name = names, .metric = measure_till_five};
    open_words(&f, (const char *const[]){"learning_rate=0.1,0.2,0.3,0.4", "seed=1..8", "epochs=6", ""});
    f.sweep.halving = (struct lur_halving){.n_rungs = 1, .at = {3}, .keep = 0.25, .by = LUR_M_LOSS};
    f.sweep.calls = &calls;
    open_plan(&f);
    open_table(&t, f.plan);
    assert_int_equal(run_into(f.plan, &t, 1, 0, 0), LUR_ECANCELLED);
    for (uint64_t first = 1; first <= t.n; first += 4)
      for (uint64_t i = first; i < first + 4; i++)
        assert_int_equal(t.settled[i], t.settled[first]);
    close_table(&t);
    drop(&f);
  }
}

static void folds_seeds(void **state) {
  (void)state;
  struct fixture f;
  open_words(&f, (const char *const[]){"seed=1..8", "learning_rate=0.1,0.5", "hidden=2", "epochs=30", ""});
  struct table runs, cells;
  open_table(&runs, f.plan);
  run_into(f.plan, &runs, 1, 0, 0);
  double sum[2] = {0};
  for (int i = 0; i < 16; i++) {
    double loss;
    assert_int_equal(sscanf(runs.line[i + 1], "%*s %*s %*s %la", &loss), 1);
    sum[i % 2] += loss;
  }
  f.sweep.keep = LUR_KEEP_CELLS;
  open_plan(&f);
  open_table(&cells, f.plan);
  run_into(f.plan, &cells, 2, 0, 0);
  for (int i = 0; i < 2; i++) {
    double loss;
    assert_int_equal(sscanf(cells.line[i + 1], "%*s %*s %*s %la", &loss), 1);
    assert_true(loss == sum[i] / 8);
  }
  close_table(&runs);
  close_table(&cells);
  drop(&f);
}

/* How many numbers are settled in the budget; they are the first. */
static uint64_t settled_within(uint64_t budget_ns, const char *const *words) {
  struct fixture f;
  open_words(&f, words);
  struct table t;
  open_table(&t, f.plan);
  const struct lur_sink sink = {&t, take};
  const struct lur_sweep_options o = {.n_threads = 2, .budget_ns = budget_ns};
  struct lur_progress progress = {0};
  struct lur_error e = {0};
  bool out = false;
  assert_int_equal(lur_sweep_run(f.plan, &o, &sink, &progress, &out, &e), LUR_ECANCELLED);
  assert_true(out);
  uint64_t n = 1;
  while (n <= t.n && t.settled[n])
    n++;
  assert_true(n <= t.n);
  for (uint64_t i = n; i <= t.n; i++)
    assert_false(t.settled[i]);
  close_table(&t);
  drop(&f);
  return n - 1;
}

/* The same, by a budget in which some are: instrumented builds are slow. */
static uint64_t some_settled(const char *const *words) {
  uint64_t budget_ns = 100000000, n;
  while ((n = settled_within(budget_ns, words)) == 0 && budget_ns < 10000000000)
    budget_ns *= 10;
  assert_true(n > 0);
  return n;
}

static void budget_ends_at_a_prefix(void **state) {
  (void)state;
  some_settled((const char *const[]){"seed=1..4000", "learning_rate=0.1,0.5", "hidden=4", "epochs=1000", ""});
  /* Long runs: a window of hundreds would take seconds. */
  assert_true(some_settled((const char *const[]){"seed=1..4000", "hidden=64", "epochs=3000", ""}) < 500);
}

static void budget_cuts_a_run_that_is_longer(void **state) {
  (void)state;
  struct fixture f;
  open_words(&f, (const char *const[]){"seed=1..2", "hidden=64", "epochs=1000000000", ""});
  struct table t;
  open_table(&t, f.plan);
  const struct lur_sink sink = {&t, take};
  const struct lur_sweep_options o = {.n_threads = 2, .budget_ns = 50000000};
  struct lur_error e = {0};
  bool out = false;
  assert_int_equal(lur_sweep_run(f.plan, &o, &sink, NULL, &out, &e), LUR_ECANCELLED);
  assert_true(out);
  assert_false(t.settled[1] || t.settled[2]);
  close_table(&t);
  drop(&f);
}

static int count(void *context, const struct lur_rows *rows, struct lur_error *e) {
  uint64_t *n = context;
  (void)e;
  *n += rows->n;
  return LUR_OK;
}

/* What is settled is stepped over, however much it is. */
static void settled_ranges_take_no_time(void **state) {
  (void)state;
  struct fixture f;
  const struct lur_range done[] = {{1, 3000}, {3004, UINT64_MAX}};
  open_words(&f, (const char *const[]){"learning_rate=0.1,0.2,0.3", "seed=1..1000000000000", "epochs=5", ""});
  for (int i = 0; i < 2; i++) {
    if (i)
      f.sweep.halving = (struct lur_halving){.n_rungs = 1, .at = {3}, .keep = 0.5, .by = LUR_M_LOSS};
    open_plan(&f);
    uint64_t n = 0, begin_ns = lur_clock_ns();
    const struct lur_sink sink = {&n, count};
    const struct lur_sweep_options o = {.n_threads = 1, .done = done, .n_done = 2};
    struct lur_error e = {0};
    assert_int_equal(lur_sweep_run(f.plan, &o, &sink, NULL, NULL, &e), LUR_OK);
    assert_int_equal(n, 3);
    assert_true(lur_clock_ns() - begin_ns < 1000000000);
  }
  drop(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shards_are_counted),
      cmocka_unit_test(large_shards_are_counted),
      cmocka_unit_test(settled_ranges_take_no_time),
      cmocka_unit_test(layouts_agree),
      cmocka_unit_test(pruned_layouts_agree),
      cmocka_unit_test(folded_layouts_agree),
      cmocka_unit_test(drawn_layouts_agree),
      cmocka_unit_test(a_bracket_keeps_its_best),
      cmocka_unit_test(halving_keeps_its_share),
      cmocka_unit_test(halving_rounds_down),
      cmocka_unit_test(a_bracket_leaves_what_ended),
      cmocka_unit_test(where_leaves_numbers_out),
      cmocka_unit_test(data_follow_the_parameters),
      cmocka_unit_test(a_failing_metric_spares_the_others),
      cmocka_unit_test(a_diverged_run_stays_one),
      cmocka_unit_test(when_ends_runs),
      cmocka_unit_test(a_cancel_keeps_what_was_trained),
      cmocka_unit_test(a_cancel_leaves_whole_brackets),
      cmocka_unit_test(folds_seeds),
      cmocka_unit_test(budget_ends_at_a_prefix),
      cmocka_unit_test(budget_cuts_a_run_that_is_longer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
