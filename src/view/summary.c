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
#include "base/system.h"
#include "fold/cell_order.h"
#include "fold/number_text.h"
#include "fold/pairs.h"
#include "view/tables.h"
#include "view/terminal.h"

static void add_share(const char *what, uint64_t k, uint64_t n, struct lur_buffer *out) {
  if (k)
    lur_buffer_format(out, ", %" PRIu64 " %s (%.4g %%)", k, what, 100 * (double)k / (double)n);
}

/* Whether rows are gone because only the best are kept: shares of the rest say nothing of all runs. */
static bool keeps_part(const struct lur_table_facts *f, uint64_t n_rows) {
  return f->keep_best && n_rows >= f->keep_best && f->n_settled > n_rows;
}

static void write_counts(const struct lur_table *t, const struct lur_group *total, struct lur_buffer *out) {
  const struct lur_table_facts *f = lur_table_facts(t);
  lur_terminal_text(f->sweep.name[0] ? f->sweep.name : lur_table_path(t), INT_MAX, out);
  if (keeps_part(f, total->n)) {
    lur_buffer_format(out, ": %" PRIu64 " best of %" PRIu64 " runs kept\n", total->n, f->n_settled);
    return;
  }
  lur_buffer_format(out, ": %" PRIu64 " runs", total->n);
  if (f->n_settled < f->sweep.n_runs)
    lur_buffer_format(out, ", %" PRIu64 " of %" PRIu64 " numbers settled", f->n_settled, f->sweep.n_runs);
  add_share("solved", total->n_solved, total->n, out);
  add_share("diverged", total->n_diverged, total->n, out);
  add_share("pruned", total->n_pruned, total->n, out);
  add_share("failed", total->n_failed, total->n, out);
  lur_buffer_text(out, "\n");
}

/* "pruned at epoch 10: 60, at 30: 24". */
static int write_pruned(struct lur_table *t, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_ask ask = {.select = "epochs, count(*)",
                              .where = "status = 'pruned'",
                              .group = "epochs",
                              .order = "epochs",
                              .deadline_ms = -1};
  const struct lur_cell *c;
  struct lur_query *q = lur_query_new(t, &ask, e);
  int n = 0, rc = q ? 1 : -e->code;
  while (q && (rc = lur_query_next(q, &c, e)) > 0)
    lur_buffer_format(out, "%s %" PRId64 ": %" PRId64, n++ ? ", at" : "pruned at epoch", c[0].as.integer,
                      c[1].as.integer);
  lur_buffer_text(out, n ? "\n" : "");
  lur_query_free(q);
  return rc < 0 ? -rc : LUR_OK;
}

/* total: counts of all rows. */
static int write_head(struct lur_table *t, const struct lur_groups *g, struct lur_group *total, struct lur_buffer *out,
                      struct lur_error *e) {
  *total = (struct lur_group){0};
  for (size_t i = 0; i < g->n; i++) {
    total->n += g->group[i].n;
    total->n_solved += g->group[i].n_solved;
    total->n_diverged += g->group[i].n_diverged;
    total->n_pruned += g->group[i].n_pruned;
    total->n_failed += g->group[i].n_failed;
  }
  write_counts(t, total, out);
  return total->n_pruned ? write_pruned(t, out, e) : LUR_OK;
}

int lur_summary_head(struct lur_table *t, struct lur_buffer *out, struct lur_error *e) {
  struct lur_groups g = {0};
  struct lur_group total;
  struct lur_groups_ask ask = {.metric = "solved"};
  int code = lur_groups_read(t, &ask, &g, e);
  if (!code)
    code = write_head(t, &g, &total, out, e);
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

static int group_heads(const struct lur_groups *g, const char *metric, bool repeated, bool spread, bool interval,
                       const char **head, char label[96]) {
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
  snprintf(label, 96, spread && !interval ? "%s median" : repeated || interval ? "%s mean" : "%s", metric);
  head[n++] = label;
  if (interval) {
    head[n++] = "deviation";
    head[n++] = "95 % interval";
    return n;
  }
  if (spread)
    head[n++] = "quartiles";
  return n;
}

static void add_group(struct lur_text_table *t, const struct lur_groups *g, const struct lur_group *group, bool is_rate,
                      bool repeated, bool spread, const struct lur_groups_view *view) {
  char rate[32];
  for (int i = 0; i < g->n_keys; i++)
    lur_text_table_add_cell(t, &group->key[i]);
  lur_text_table_add_count(t, group->n);
  if (g->any_solved) {
    struct lur_interval w = lur_wilson(group->n_solved, group->n);
    snprintf(rate, sizeof rate, "%.1f %%", 100 * (double)group->n_solved / (double)group->n);
    lur_text_table_add(t, rate, true);
    if (repeated)
      lur_text_table_add_pair(t, 100 * w.low, 100 * w.high, " %");
  }
  if (is_rate)
    return;
  if (view->interval) {
    const struct lur_interval i = lur_moments_interval(&group->moments, view->n_folds);
    lur_text_table_add_number(t, group->mean);
    lur_text_table_add_number(t, lur_moments_deviation(&group->moments));
    lur_text_table_add_pair(t, i.low, i.high, "");
    return;
  }
  lur_text_table_add_number(t, group->median);
  if (spread)
    lur_text_table_add_pair(t, group->low, group->high, "");
}

void lur_interval_explain(uint64_t n_folds, struct lur_buffer *out) {
  lur_buffer_text(out, n_folds ? "interval of the mean: 95 %, by Nadeau and Bengio's corrected t over the runs of a "
                                 "combination, which share patterns; "
                               : "interval of the mean: 95 %, by Student's t over the runs of a combination; ");
  lur_buffer_text(out, "deviation: divisor n - 1\n");
}

int lur_groups_write(const struct lur_groups *g, const char *metric, const struct lur_groups_view *view,
                     struct lur_buffer *out, struct lur_error *e) {
  const char *head[LUR_MAX_KEYS + 6];
  char label[96];
  bool repeated = any_repeated(g), spread = any_spread(g), is_rate = strcmp(metric, "solved") == 0;
  struct lur_text_table *t =
      lur_text_table_new(group_heads(g, metric, repeated, spread, view->interval, head, label), head);
  if (!t)
    return lur_fail_memory(e);
  for (size_t i = 0; i < g->n && (view->n_most == 0 || i < view->n_most); i++)
    add_group(t, g, &g->group[i], is_rate, repeated, spread, view);
  int code = lur_text_table_write(t, view->width, out, e);
  lur_text_table_free(t);
  return code;
}

int lur_rows_write(const struct lur_table *of, struct lur_query *q, size_t n_most, int width, struct lur_buffer *out,
                   size_t *n_rows, struct lur_error *e) {
  const char *head[LUR_STORE_MAX_COLUMNS + 8];
  bool axis[LUR_STORE_MAX_COLUMNS + 8];
  const struct lur_cell *c;
  size_t n = 0;
  int got = 0, n_columns = lur_query_n_columns(q);
  for (int i = 0; i < n_columns; i++) {
    head[i] = lur_query_name(q, i);
    int at = lur_table_column(of, head[i]);
    axis[i] = at >= 0 && lur_table_facts(of)->column[at].role == LUR_COLUMN_AXIS;
  }
  struct lur_text_table *t = lur_text_table_new(n_columns, head);
  if (!t)
    return lur_fail_memory(e);
  for (; (n_most == 0 || n < n_most) && (got = lur_query_next(q, &c, e)) > 0; n++)
    for (int i = 0; i < n_columns; i++) {
      /* Axes are told apart; a metric has six digits. */
      if (axis[i] || c[i].kind != LUR_CELL_REAL)
        lur_text_table_add_cell(t, &c[i]);
      else
        lur_text_table_add_number(t, c[i].as.real);
    }
  int code = got < 0 ? -got : lur_text_table_write(t, width, out, e);
  lur_text_table_free(t);
  if (n_rows)
    *n_rows = n;
  return code;
}

/* ---- The effect of an axis ---- */
struct level { /* all combinations with one value of the axis */
  const struct lur_cell *value;
  struct lur_level of;
};

struct levels {
  size_t n;
  struct level *level;
};

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
        out->level[out->n - 1].of.standing = lur_quartiles_of(medians, n_medians);
      out->level[out->n++] = (struct level){.value = &group->key[axis]};
      n_medians = 0;
    }
    out->level[out->n - 1].of.n_runs += group->n;
    out->level[out->n - 1].of.n_solved += group->n_solved;
    if (!isnan(group->median))
      medians[n_medians++] = group->median;
  }
  if (out->n)
    out->level[out->n - 1].of.standing = lur_quartiles_of(medians, n_medians);
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

static void add_level(struct lur_text_table *t, const struct level *l, int digits, bool rates, bool numbers) {
  char rate[32], value[32];
  lur_text_digits(l->value->kind == LUR_CELL_REAL ? l->value->as.real : (double)NAN, digits, value);
  if (l->value->kind == LUR_CELL_REAL)
    lur_text_table_add(t, value, true);
  else
    lur_text_table_add_cell(t, l->value);
  snprintf(rate, sizeof rate, "%.1f %%", 100 * (double)l->of.n_solved / (double)l->of.n_runs);
  if (rates)
    lur_text_table_add(t, rate, true);
  if (numbers)
    lur_text_table_add_number(t, l->of.standing.median);
}

static int add_effects(struct lur_text_table *t, const struct lur_groups *g, const struct lur_ranking *r,
                       struct lur_error *e) {
  size_t *order = lur_alloc(g->n, sizeof *order);
  double *medians = lur_alloc(g->n, sizeof *medians);
  struct level *level = lur_alloc(g->n, sizeof *level);
  bool ok = order && medians && level;
  for (int axis = 0; ok && axis < g->n_keys; axis++) {
    struct levels levels = {.level = level};
    struct axis_order by = {g, axis};
    for (size_t i = 0; i < g->n; i++)
      order[i] = i;
    lur_sort(order, g->n, sizeof *order, by_axis, &by);
    fold(g, order, axis, medians, &levels);
    if (levels.n) {
      /* With how many digits the values of an axis are told apart. */
      size_t n = 0;
      for (size_t i = 0; i < levels.n; i++)
        if (levels.level[i].value->kind == LUR_CELL_REAL)
          medians[n++] = levels.level[i].value->as.real;
      int digits = lur_digits_apart(medians, n);
      const struct level *best = levels.level, *worst = levels.level;
      bool by_rate = lur_groups_by_rate(g, r);
      for (size_t i = 1; i < levels.n; i++) {
        best = lur_level_better(&levels.level[i].of, &best->of, by_rate, r->high) ? &levels.level[i] : best;
        worst = lur_level_better(&worst->of, &levels.level[i].of, by_rate, r->high) ? &levels.level[i] : worst;
      }
      lur_text_table_add(t, g->name[axis], false);
      lur_text_table_add_count(t, levels.n);
      add_level(t, best, digits, g->any_solved, !g->is_rate);
      add_level(t, worst, digits, g->any_solved, !g->is_rate);
    }
  }
  free(order);
  free(medians);
  free(level);
  return ok ? LUR_OK : lur_fail_memory(e);
}

static int write_effects(const struct lur_groups *g, const struct lur_ranking *r, int width, struct lur_buffer *out,
                         struct lur_error *e) {
  const char *head[8] = {"axis", "values", "best at"};
  int n = 3;
  for (int side = 0; side < 2; side++) {
    if (side)
      head[n++] = "worst at";
    if (g->any_solved)
      head[n++] = "solved";
    if (!g->is_rate)
      head[n++] = r->metric;
  }
  struct lur_text_table *t = lur_text_table_new(n, head);
  if (!t)
    return lur_fail_memory(e);
  int code = add_effects(t, g, r, e);
  if (!code)
    code = lur_text_table_write(t, width, out, e);
  lur_text_table_free(t);
  return code;
}

/* ---- Each loss for itself ---- */
/* The groups from *first on that have the same loss; *first goes behind them. Those of several losses have no name. */
static struct lur_groups next_loss(const struct lur_groups *g, const struct lur_ranking *r, size_t *first,
                                   const char **loss) {
  struct lur_groups part = *g;
  unsigned losses = g->group[*first].losses;
  part.group += *first;
  part.n = 0;
  while (*first < g->n && (!r->apart || g->group[*first].losses == losses)) {
    part.n++;
    ++*first;
  }
  *loss = r->apart ? lur_ranking_loss_name(r, losses) : NULL;
  return part;
}

int lur_summary_keys(const struct lur_table *t, const struct lur_table *other, const char **key) {
  const struct lur_table_facts *f = lur_table_facts(t);
  int n = 0;
  for (int i = 0; i < f->n_columns && n < LUR_MAX_KEYS; i++)
    if (f->column[i].role == LUR_COLUMN_AXIS && !lur_is_replicate(f->column[i].name) &&
        (!other || lur_table_column(other, f->column[i].name) >= 0))
      key[n++] = f->column[i].name;
  return n;
}

static void write_heading(const struct lur_groups *part, const struct lur_ranking *r, const char *loss, size_t n_shown,
                          int width, struct lur_buffer *out) {
  const size_t begin = out->length_bytes;
  bool says = loss || r->given;
  if (part->n < 2 && !says)
    return;
  if (part->n < 2)
    lur_buffer_text(out, "The combination");
  else if (part->n > n_shown)
    lur_buffer_format(out, "The best %zu of %zu combinations", n_shown, part->n);
  else
    lur_buffer_text(out, says ? "The combinations" : "The combinations, the best first");
  if (loss)
    lur_buffer_format(out, " by %s, the lowest first", loss);
  else if (r->given)
    lur_buffer_format(out, " by %s, the %s first", r->metric, r->high ? "highest" : "lowest");
  lur_buffer_text(out, ":\n");
  lur_terminal_wrap(out, begin, width);
}

int lur_summary_best(const struct lur_groups *g, const struct lur_ranking *r, const struct lur_groups_view *view,
                     struct lur_buffer *out, struct lur_error *e) {
  int code = LUR_OK;
  for (size_t first = 0; first < g->n && !code;) {
    const char *loss;
    lur_buffer_text(out, first ? "\n" : "");
    struct lur_groups part = next_loss(g, r, &first, &loss);
    write_heading(&part, r, loss, part.n < view->n_most ? part.n : view->n_most, view->width, out);
    code = lur_groups_write(&part, r->metric, view, out, e);
  }
  const size_t begin = out->length_bytes;
  if (view->interval && !g->is_rate)
    lur_interval_explain(view->n_folds, out);
  lur_terminal_wrap(out, begin, view->width);
  return code;
}

static bool has_values(const struct lur_groups *g) {
  for (size_t i = 0; i < g->n; i++)
    if (g->group[i].n_values)
      return true;
  return g->any_solved;
}

static int write_all_effects(const struct lur_groups *g, const struct lur_ranking *r, int width, struct lur_buffer *out,
                             struct lur_error *e) {
  int code = LUR_OK;
  for (size_t first = 0; first < g->n && !code;) {
    const char *loss;
    struct lur_groups part = next_loss(g, r, &first, &loss);
    if (part.n < 2 || !has_values(&part))
      continue;
    const size_t begin = out->length_bytes;
    lur_buffer_text(out, "\nEffect of each axis, over all others");
    lur_buffer_format(out, loss ? ", by %s:\n" : ":\n", loss);
    lur_terminal_wrap(out, begin, width);
    code = write_effects(&part, r, width, out, e);
  }
  return code;
}

/* What ended runs and which parameters they have, where the script says. */
static void write_monitor(const struct lur_table *t, struct lur_buffer *out) {
  char monitor[LUR_SAID_ROOM], restore[LUR_SAID_ROOM];
  lur_table_says(t, "stop_monitor", monitor);
  lur_table_says(t, "restore", restore);
  if (!monitor[0] && !restore[0])
    return;
  lur_buffer_format(out, "each run watched %s",
                    !monitor[0]                    ? "the training loss"
                    : strcmp(monitor, "axis") == 0 ? "what its stop_monitor says"
                                                   : monitor);
  lur_buffer_text(out, strcmp(restore, "best") == 0 ? "; its best epoch is restored\n"
                       : restore[0]                 ? "; its restore says whether the best epoch is restored\n"
                                                    : "\n");
}

int lur_summary_write(struct lur_table *t, const struct lur_summary_ask *ask, struct lur_buffer *out,
                      struct lur_error *e) {
  const char *key[LUR_MAX_KEYS];
  struct lur_groups g = {0};
  struct lur_ranking r;
  int code = lur_ranking_read(t, ask->metric, &r, e);
  struct lur_groups_ask of = {.n_keys = lur_summary_keys(t, NULL, key), .key = key, .metric = r.metric, .ranking = &r};
  if (!code)
    code = lur_groups_read(t, &of, &g, e);
  struct lur_group total;
  const size_t begin = out->length_bytes;
  if (!code)
    code = write_head(t, &g, &total, out, e);
  lur_terminal_wrap(out, begin, ask->width);
  g.any_solved = !code && g.any_solved && !keeps_part(lur_table_facts(t), total.n);
  if (!code && g.n) {
    const size_t said = out->length_bytes;
    write_monitor(t, out);
    lur_ranking_explain(&r, out);
    lur_terminal_wrap(out, said, ask->width);
    lur_buffer_text(out, "\n");
    lur_groups_rank(&g, &r);
    const struct lur_groups_view view = {ask->n_best, ask->width, ask->interval, lur_table_n_folds(t)};
    code = lur_summary_best(&g, &r, &view, out, e);
    code = code || g.n_keys == 0 ? code : write_all_effects(&g, &r, ask->width, out, e);
  }
  lur_groups_free(&g);
  if (!code && out->failed)
    code = lur_fail_memory(e);
  return code;
}
