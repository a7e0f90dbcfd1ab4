/* SPDX-License-Identifier: MIT
 * One pass over the rows gives the combinations; the effect of an axis is folded from them: shares of all runs, and
 * the median of the combinations' medians. */
#include "view/summary.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/tables.h"
#include "view/terminal.h"

static void add_share(const char *what, uint64_t k, uint64_t n, struct lur_buffer *out) {
  if (k)
    lur_buffer_format(out, ", %" PRIu64 " %s (%.4g %%)", k, what, 100 * (double)k / (double)n);
}

/* total: counts of all rows. */
static void write_head(const struct lur_table *t, const struct lur_group *total, struct lur_buffer *out) {
  const struct lur_table_facts *f = lur_table_facts(t);
  lur_put_text(f->sweep.name[0] ? f->sweep.name : lur_table_path(t), INT_MAX, out);
  lur_buffer_format(out, ": %" PRIu64 " runs", total->n);
  if (f->n_settled < f->sweep.n_runs)
    lur_buffer_format(out, ", %" PRIu64 " of %" PRIu64 " numbers settled", f->n_settled, f->sweep.n_runs);
  add_share("solved", total->n_solved, total->n, out);
  add_share("diverged", total->n_diverged, total->n, out);
  add_share("pruned", total->n_pruned, total->n, out);
  add_share("failed", total->n_failed, total->n, out);
  lur_buffer_text(out, "\n");
}

static struct lur_group add_up(const struct lur_groups *g) {
  struct lur_group total = {0};
  for (size_t i = 0; i < g->n; i++) {
    total.n += g->group[i].n;
    total.n_solved += g->group[i].n_solved;
    total.n_diverged += g->group[i].n_diverged;
    total.n_pruned += g->group[i].n_pruned;
    total.n_failed += g->group[i].n_failed;
  }
  return total;
}

int lur_summary_head(struct lur_table *t, struct lur_buffer *out, struct lur_error *e) {
  struct lur_groups g = {0};
  struct lur_groups_ask ask = {.metric = "solved"};
  int code = lur_groups_read(t, &ask, &g, e);
  struct lur_group total = add_up(&g);
  if (!code)
    write_head(t, &total, out);
  lur_groups_free(&g);
  return !code && out->failed ? lur_fail_memory(e) : code;
}

/* ---- Groups as a table ---- */
static bool any_repeated(const struct lur_groups *g) {
  for (size_t i = 0; i < g->n; i++)
    if (g->group[i].n > 1)
      return true;
  return false;
}

/* Whether quartiles say anything: not of a mean that the file holds. */
static bool any_spread(const struct lur_groups *g) {
  for (size_t i = 0; g->folded && i < g->n; i++)
    if (g->group[i].n_values > 1)
      return true;
  return !g->folded && any_repeated(g);
}

static int group_heads(const struct lur_groups *g, const char *metric, bool repeated, bool spread, const char **head,
                       char labels[3][96]) {
  bool is_rate = strcmp(metric, "solved") == 0;
  int n = 0;
  for (int i = 0; i < g->n_keys; i++)
    head[n++] = g->name[i];
  head[n++] = "runs";
  if (g->any_solved) {
    head[n++] = "solved";
    if (repeated)
      head[n++] = "95 % interval";
  }
  if (is_rate)
    return n;
  snprintf(labels[0], 96, spread ? "%s median" : repeated ? "%s mean" : "%s", metric);
  head[n++] = labels[0];
  if (spread)
    head[n++] = "quartiles";
  return n;
}

static void add_pair(struct lur_text_table *t, double low, double high, const char *format) {
  char text[64];
  if (isnan(low))
    text[0] = '\0';
  else
    snprintf(text, sizeof text, format, low, high);
  lur_text_table_add(t, text, true);
}

static void add_group(struct lur_text_table *t, const struct lur_groups *g, const struct lur_group *group, bool is_rate,
                      bool repeated, bool spread) {
  char rate[32];
  for (int i = 0; i < g->n_keys; i++)
    lur_text_table_add_cell(t, &group->key[i]);
  lur_text_table_add_count(t, group->n);
  if (g->any_solved) {
    struct lur_interval w = lur_wilson(group->n_solved, group->n);
    snprintf(rate, sizeof rate, "%.1f %%", 100 * (double)group->n_solved / (double)group->n);
    lur_text_table_add(t, rate, true);
    if (repeated)
      add_pair(t, 100 * w.low, 100 * w.high, "%.1f .. %.1f %%");
  }
  if (is_rate)
    return;
  lur_text_table_add_number(t, group->median);
  if (spread)
    add_pair(t, group->low, group->high, "%.4g .. %.4g");
}

int lur_groups_write(const struct lur_groups *g, const char *metric, size_t n_most, int width, struct lur_buffer *out,
                     struct lur_error *e) {
  const char *head[LUR_MAX_KEYS + 5];
  char labels[3][96];
  bool repeated = any_repeated(g), spread = any_spread(g), is_rate = strcmp(metric, "solved") == 0;
  struct lur_text_table *t = lur_text_table_new(group_heads(g, metric, repeated, spread, head, labels), head);
  if (!t)
    return lur_fail_memory(e);
  for (size_t i = 0; i < g->n && (n_most == 0 || i < n_most); i++)
    add_group(t, g, &g->group[i], is_rate, repeated, spread);
  int code = lur_text_table_write(t, width, out, e);
  lur_text_table_free(t);
  return code;
}

int lur_rows_write(struct lur_query *q, size_t n_most, int width, struct lur_buffer *out, size_t *n_rows,
                   struct lur_error *e) {
  const char *head[LUR_STORE_MAX_COLUMNS + 8];
  const struct lur_cell *c;
  size_t n = 0;
  int got = 0, n_columns = lur_query_n_columns(q);
  for (int i = 0; i < n_columns; i++)
    head[i] = lur_query_name(q, i);
  struct lur_text_table *t = lur_text_table_new(n_columns, head);
  if (!t)
    return lur_fail_memory(e);
  for (; (n_most == 0 || n < n_most) && (got = lur_query_next(q, &c, e)) > 0; n++)
    for (int i = 0; i < n_columns; i++)
      lur_text_table_add_cell(t, &c[i]);
  int code = got < 0 ? -got : lur_text_table_write(t, width, out, e);
  lur_text_table_free(t);
  if (n_rows)
    *n_rows = n;
  return code;
}

/* ---- The effect of an axis ---- */
struct level { /* all combinations with one value of the axis */
  const struct lur_cell *value;
  uint64_t n, n_solved;
  double median;
};

struct levels {
  size_t n;
  struct level *level;
};

static double median_of(double *x, size_t n) {
  lur_sort(x, n);
  return lur_quantile(x, n, 0.5);
}

/* The groups are in the order of this axis: each run of equal values is a level. Combinations that do not read the axis
 * come first, and are none. */
static void fold(const struct lur_groups *g, const size_t *order, int axis, double *medians, struct levels *out) {
  size_t n_medians = 0;
  for (size_t i = 0; i < g->n; i++) {
    const struct lur_group *group = &g->group[order[i]];
    if (group->key[axis].kind == LUR_CELL_NULL)
      continue;
    bool fresh = out->n == 0 || !lur_cell_same(&group->key[axis], out->level[out->n - 1].value);
    if (fresh) {
      if (out->n)
        out->level[out->n - 1].median = median_of(medians, n_medians);
      out->level[out->n++] = (struct level){.value = &group->key[axis]};
      n_medians = 0;
    }
    out->level[out->n - 1].n += group->n;
    out->level[out->n - 1].n_solved += group->n_solved;
    if (!isnan(group->median))
      medians[n_medians++] = group->median;
  }
  if (out->n)
    out->level[out->n - 1].median = median_of(medians, n_medians);
}

struct axis_order {
  const struct lur_groups *groups;
  int axis;
};

static int by_axis(const void *a, const void *b, void *order) {
  const struct axis_order *o = order;
  const struct lur_cell *x = &o->groups->group[*(const size_t *)a].key[o->axis];
  const struct lur_cell *y = &o->groups->group[*(const size_t *)b].key[o->axis];
  return lur_compare_cells(x, y);
}

/* Whether x does better than y. */
static bool is_better(const struct level *x, const struct level *y, bool by_rate, bool high) {
  double rate_x = (double)x->n_solved / (double)x->n, rate_y = (double)y->n_solved / (double)y->n;
  if (by_rate && rate_x != rate_y)
    return rate_x > rate_y;
  if (isnan(x->median) || isnan(y->median))
    return isnan(y->median) && !isnan(x->median);
  return high ? x->median > y->median : x->median < y->median;
}

static void add_level(struct lur_text_table *t, const struct level *l, bool by_rate) {
  char rate[32];
  lur_text_table_add_cell(t, l->value);
  snprintf(rate, sizeof rate, "%.1f %%", 100 * (double)l->n_solved / (double)l->n);
  if (by_rate)
    lur_text_table_add(t, rate, true);
  lur_text_table_add_number(t, l->median);
}

static void add_effect(struct lur_text_table *t, const char *axis, const struct levels *levels, bool by_rate,
                       bool high) {
  const struct level *best = levels->level, *worst = levels->level;
  for (size_t i = 1; i < levels->n; i++) {
    best = is_better(&levels->level[i], best, by_rate, high) ? &levels->level[i] : best;
    worst = is_better(worst, &levels->level[i], by_rate, high) ? &levels->level[i] : worst;
  }
  lur_text_table_add(t, axis, false);
  lur_text_table_add_count(t, levels->n);
  add_level(t, best, by_rate);
  add_level(t, worst, by_rate);
}

static int add_effects(struct lur_text_table *t, const struct lur_groups *g, bool high, struct lur_error *e) {
  size_t *order = lur_alloc(g->n, sizeof *order);
  double *medians = lur_alloc(g->n, sizeof *medians);
  struct level *level = lur_alloc(g->n, sizeof *level);
  bool ok = order && medians && level;
  for (int axis = 0; ok && axis < g->n_keys; axis++) {
    struct levels levels = {.level = level};
    struct axis_order by = {g, axis};
    for (size_t i = 0; i < g->n; i++)
      order[i] = i;
    qsort_r(order, g->n, sizeof *order, by_axis, &by);
    fold(g, order, axis, medians, &levels);
    if (levels.n)
      add_effect(t, g->name[axis], &levels, g->any_solved, high);
  }
  free(order);
  free(medians);
  free(level);
  return ok ? LUR_OK : lur_fail_memory(e);
}

static int write_effects(const struct lur_groups *g, const char *metric, int width, struct lur_buffer *out,
                         struct lur_error *e) {
  const char *head[8] = {"axis", "values", "best at"};
  int n = 3;
  if (g->any_solved)
    head[n++] = "solved";
  head[n++] = metric;
  head[n++] = "worst at";
  if (g->any_solved)
    head[n++] = "solved";
  head[n++] = metric;
  struct lur_text_table *t = lur_text_table_new(n, head);
  if (!t)
    return lur_fail_memory(e);
  lur_buffer_text(out, "\nEffect of each axis, over all others:\n");
  int code = add_effects(t, g, lur_metric_is_high(metric), e);
  if (!code)
    code = lur_text_table_write(t, width, out, e);
  lur_text_table_free(t);
  return code;
}

/* All axes but seed, over which summaries run. */
static int cell_axes(const struct lur_table *t, const char **key) {
  const struct lur_table_facts *f = lur_table_facts(t);
  int n = 0;
  for (int i = 0; i < f->n_columns && n < LUR_MAX_KEYS; i++)
    if (f->column[i].role == LUR_COLUMN_AXIS && strcmp(f->column[i].name, "seed") != 0)
      key[n++] = f->column[i].name;
  return n;
}

static int write_groups(struct lur_groups *g, const struct lur_summary_ask *ask, const char *metric,
                        struct lur_buffer *out, struct lur_error *e) {
  size_t n_shown = g->n < ask->n_best ? g->n : ask->n_best;
  if (g->n > n_shown)
    lur_buffer_format(out, "\nThe best %zu of %zu combinations:\n", n_shown, g->n);
  else
    lur_buffer_text(out, g->n > 1 ? "\nThe combinations, the best first:\n" : "\n");
  lur_groups_rank(g, lur_metric_is_high(metric));
  int code = lur_groups_write(g, metric, n_shown, ask->width, out, e);
  return code || g->n < 2 || g->n_keys == 0 ? code : write_effects(g, metric, ask->width, out, e);
}

int lur_summary_write(struct lur_table *t, const struct lur_summary_ask *ask, struct lur_buffer *out,
                      struct lur_error *e) {
  const char *key[LUR_MAX_KEYS], *metric = ask->metric ? ask->metric : "loss";
  struct lur_groups g = {0};
  struct lur_groups_ask of = {.n_keys = cell_axes(t, key), .key = key, .metric = metric, .where = ask->where};
  int code = lur_groups_read(t, &of, &g, e);
  struct lur_group total = add_up(&g);
  if (!code)
    write_head(t, &total, out);
  if (!code && g.n)
    code = write_groups(&g, ask, metric, out, e);
  lur_groups_free(&g);
  if (!code && out->failed)
    code = lur_fail_memory(e);
  return code;
}
