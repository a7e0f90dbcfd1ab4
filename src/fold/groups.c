/* SPDX-License-Identifier: MIT
 * Groups are found by a hash of their key (open addressing); values are kept beside the
 * number of their group and sorted by both at the end, so that quantiles are read off. */
#include "fold/groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "sweep/plan.h"

static bool same_key(const struct lur_cell *a, const struct lur_cell *b, int n) {
  for (int i = 0; i < n; i++)
    if (!lur_cell_same(&a[i], &b[i]))
      return false;
  return true;
}

static const struct lur_cell *key_of(const struct lur_groups *g, size_t i) {
  return g->keys + i * (size_t)g->n_keys;
}

/* The slot where the key is, or would stand. Slots hold a group's number + 1. */
static size_t find_slot(const struct lur_groups *g, const struct lur_cell *key) {
  size_t at = lur_cells_hash(key, g->n_keys) & (g->n_slots - 1);
  while (g->slot[at] && !same_key(key_of(g, g->slot[at] - 1), key, g->n_keys))
    at = (at + 1) & (g->n_slots - 1);
  return at;
}

static bool grow(struct lur_groups *g) {
  size_t key_room = g->room, room = g->room, n_keys = g->n_keys ? (size_t)g->n_keys : 1;
  if (!lur_grow(&g->keys, &key_room, g->n + 1, n_keys * sizeof *g->keys) ||
      !lur_grow(&g->group, &room, g->n + 1, sizeof *g->group))
    return false;
  size_t *slot = lur_alloc(room, 2 * sizeof *slot);
  if (!slot)
    return false;
  free(g->slot);
  g->slot = slot;
  g->n_slots = 2 * room;
  g->room = room;
  for (size_t i = 0; i < g->n; i++)
    slot[find_slot(g, key_of(g, i))] = i + 1;
  return true;
}

/* Copies the key; texts become the group's own. */
static bool add_group(struct lur_groups *g, const struct lur_cell *key) {
  struct lur_cell *own = g->keys + g->n * (size_t)g->n_keys;
  for (int i = 0; i < g->n_keys; i++) {
    own[i] = key[i];
    if (key[i].kind == LUR_CELL_TEXT && !(own[i].as.text = lur_copy_text(key[i].as.text))) {
      while (i-- > 0)
        if (own[i].kind == LUR_CELL_TEXT)
          free((void *)own[i].as.text);
      return false;
    }
  }
  g->group[g->n++] = (struct lur_group){0};
  return true;
}

static int group_of(struct lur_groups *g, const struct lur_cell *key, size_t *group, struct lur_error *e) {
  if (g->n == g->room && !grow(g))
    return lur_fail_memory(e);
  size_t at = find_slot(g, key);
  if (!g->slot[at]) {
    if (!add_group(g, key))
      return lur_fail_memory(e);
    g->slot[at] = g->n;
  }
  *group = g->slot[at] - 1;
  return LUR_OK;
}

static int add_value(struct lur_groups *g, size_t group, double value, struct lur_error *e) {
  if (!lur_grow(&g->row, &g->rows_room, g->n_rows + 1, sizeof *g->row))
    return lur_fail_memory(e);
  g->row[g->n_rows++] = (struct lur_group_row){group, value};
  g->group[group].n_values++;
  return LUR_OK;
}

static int place_row(struct lur_groups *g, const struct lur_cell *c, size_t *at, struct lur_error *e) {
  struct lur_cell key[LUR_MAX_KEYS];
  if (!g->bins)
    return group_of(g, c, at, e);
  for (int i = 0; i < g->n_keys; i++) {
    key[i] = c[i];
    if (g->bins[i].n_bins && !isnan(lur_cell_number(&c[i])))
      key[i] = (struct lur_cell){LUR_CELL_REAL, .as.real = lur_grid_axis_middle(&g->bins[i], lur_cell_number(&c[i]))};
  }
  return group_of(g, key, at, e);
}

/* Cells: keys, status, the metric; the loss function where there are several; where seeds are folded, what count_folded
 * takes. */
static int take_row(struct lur_groups *g, const struct lur_cell *c, const struct lur_ranking *r, struct lur_error *e) {
  size_t at = 0;
  int code = place_row(g, c, &at, e);
  if (code)
    return code;
  enum lur_status status = lur_cell_status(&c[g->n_keys]);
  bool solved = status == LUR_SOLVED, diverged = status == LUR_DIVERGED, failed = status == LUR_FAILED;
  struct lur_group *group = &g->group[at];
  const struct lur_cell *folded = &c[g->n_keys + 2 + (r != NULL)];
  int loss = r ? lur_ranking_loss(r, &c[g->n_keys + 2]) : -1;
  group->losses |= loss >= 0 ? 1u << loss : 0;
  if (g->folded) {
    /* One row a combination: its runs are counted as its columns n_seeds, solved_rate, diverged_rate and
     * failed_rate say. */
    double n = lur_cell_number(&folded[0]);
    group->n += (uint64_t)n;
    group->n_solved += (uint64_t)(n * lur_cell_number(&folded[1]) + 0.5);
    group->n_diverged += (uint64_t)(n * lur_cell_number(&folded[2]) + 0.5);
    if (folded[3].kind != LUR_CELL_NULL)
      group->n_failed += (uint64_t)(n * lur_cell_number(&folded[3]) + 0.5);
  } else {
    group->n++;
    group->n_solved += solved;
    group->n_diverged += diverged;
    group->n_failed += failed;
  }
  group->n_pruned += status == LUR_PRUNED;
  double rate = g->folded ? lur_cell_number(&folded[1]) : solved;
  double value = g->is_rate ? rate : diverged || failed ? (double)NAN : lur_cell_number(&c[g->n_keys + 1]);
  return isnan(value) ? LUR_OK : add_value(g, at, value, e);
}

static int check_names(struct lur_table *t, const struct lur_groups_ask *ask, struct lur_error *e) {
  if (ask->n_keys > LUR_MAX_KEYS)
    return lur_fail(e, LUR_EINPUT, "by", "at most %d columns", LUR_MAX_KEYS);
  for (int i = 0; i < ask->n_keys; i++)
    if (!(lur_table_column(t, ask->key[i]) >= 0 || strcmp(ask->key[i], "status") == 0 ||
          strcmp(ask->key[i], "solved") == 0 || strcmp(ask->key[i], "run") == 0))
      return lur_column_unknown(t, ask->key[i], e);
  return lur_table_check_metric(t, ask->metric, e);
}

static bool has_losses(const struct lur_groups_ask *ask) {
  return ask->ranking && ask->ranking->n_losses > 1;
}

static struct lur_query *start(struct lur_table *t, const struct lur_groups_ask *ask, struct lur_error *e) {
  struct lur_buffer sql = {0};
  struct lur_query *q = NULL;
  for (int i = 0; i < ask->n_keys; i++) {
    lur_sql_name(ask->key[i], &sql);
    lur_buffer_text(&sql, ", ");
  }
  lur_buffer_text(&sql, "status, ");
  lur_sql_name(ask->metric, &sql);
  if (has_losses(ask))
    lur_buffer_format(&sql, ", %s", ask->ranking->loss_sql);
  if (lur_table_folds_seeds(t))
    lur_buffer_format(&sql, ", n_seeds, solved_rate, diverged_rate, %s",
                      lur_table_column(t, "failed_rate") >= 0 ? "failed_rate" : "NULL");
  if (sql.failed)
    lur_fail_memory(e);
  else
    q = lur_query_new(
        t, &(struct lur_ask){.select = sql.data, .where = ask->where, .order = "run", .deadline_ms = ask->deadline_ms},
        e);
  lur_buffer_free(&sql);
  return q;
}

static int summarize_all(struct lur_groups *g, struct lur_error *e) {
  double *values = lur_alloc(g->n_rows, sizeof *values);
  size_t *end = lur_alloc(g->n, sizeof *end);
  int code = values && end ? LUR_OK : lur_fail_memory(e);
  if (!code) {
    /* Puts the values of each group together. */
    for (size_t i = 0, at = 0; i < g->n; i++) {
      end[i] = at;
      at += (size_t)g->group[i].n_values;
    }
    for (size_t i = 0; i < g->n_rows; i++)
      values[end[g->row[i].group]++] = g->row[i].value;
  }
  for (size_t i = 0; i < g->n && !code; i++) {
    g->group[i].key = key_of(g, i);
    double *own = values + end[i] - g->group[i].n_values;
    size_t n = (size_t)g->group[i].n_values;
    struct lur_quartiles q = lur_quartiles_of(own, n);
    g->group[i].mean = q.mean;
    g->group[i].median = q.median;
    g->group[i].least = lur_quantile(own, n, 0);
    g->group[i].q90 = lur_quantile(own, n, 0.9);
    g->group[i].low = q.low;
    g->group[i].high = q.high;
    if (g->is_rate) {
      struct lur_interval w = lur_wilson(g->group[i].n_solved, g->group[i].n);
      g->group[i].low = w.low;
      g->group[i].high = w.high;
    }
    g->any_solved |= g->group[i].n_solved > 0;
  }
  free(values);
  free(end);
  return code;
}

int lur_compare_groups(const void *a, const void *b, void *n_keys) {
  const struct lur_group *x = a, *y = b;
  for (int i = 0; i < *(const int *)n_keys; i++) {
    int c = lur_compare_cells(&x->key[i], &y->key[i]);
    if (c)
      return c;
  }
  return 0;
}

static int read_bins(const struct lur_table *t, struct lur_groups *g, struct lur_error *e) {
  struct lur_grid_axis *axis[LUR_MAX_KEYS];
  if (!(g->bins = lur_alloc((size_t)g->n_keys, sizeof *g->bins)))
    return lur_fail_memory(e);
  for (int i = 0; i < g->n_keys; i++) {
    axis[i] = &g->bins[i];
    axis[i]->name = g->name[i];
  }
  lur_grid_axis_hint(t, g->n_keys, axis, NULL);
  return LUR_OK;
}

int lur_groups_read(struct lur_table *t, const struct lur_groups_ask *ask, struct lur_groups *g, struct lur_error *e) {
  int code = check_names(t, ask, e);
  *g = (struct lur_groups){
      .n_keys = ask->n_keys, .is_rate = strcmp(ask->metric, "solved") == 0, .folded = lur_table_folds_seeds(t)};
  for (int i = 0; i < ask->n_keys && !code; i++)
    g->name[i] = ask->key[i];
  if (!code && ask->bins)
    code = read_bins(t, g, e);
  struct lur_query *q = code ? NULL : start(t, ask, e);
  if (!q)
    return code ? code : e->code;
  const struct lur_cell *cells;
  int got = 1;
  while (!code && (got = lur_query_next(q, &cells, e)) > 0)
    code = take_row(g, cells, has_losses(ask) ? ask->ranking : NULL, e);
  code = got < 0 ? -got : code;
  lur_query_free(q);
  if (!code)
    code = summarize_all(g, e);
  if (!code && has_losses(ask) && lur_metric_is_loss(ask->metric)) {
    /* No number is made of several losses. */
    for (size_t i = 0; i < g->n; i++) {
      struct lur_group *x = &g->group[i];
      if ((x->losses & (x->losses - 1)) == 0)
        continue;
      x->mean = x->low = x->median = x->high = x->least = x->q90 = NAN;
      x->n_values = 0;
      g->mixed = true;
    }
  }
  if (!code && g->n)
    qsort_r(g->group, g->n, sizeof *g->group, lur_compare_groups, &g->n_keys);
  return code;
}

struct order {
  const struct lur_ranking *ranking;
  bool by_rate;
  int n_keys;
};

static double rate_of(const struct lur_group *g) {
  return g->n ? (double)g->n_solved / (double)g->n : 0;
}

static int by_rank(const void *a, const void *b, void *order) {
  const struct lur_group *x = a, *y = b;
  struct order *o = order;
  if (o->ranking->apart && x->losses != y->losses)
    return x->losses < y->losses ? -1 : 1;
  if (o->by_rate && rate_of(x) != rate_of(y))
    return rate_of(x) < rate_of(y) ? 1 : -1;
  const struct lur_quartiles p = {x->low, x->median, x->high, x->mean}, q = {y->low, y->median, y->high, y->mean};
  int c = strcmp(o->ranking->metric, "solved") == 0 ? 0 : lur_compare_standings(&p, &q, o->ranking->high);
  return c ? c : lur_compare_groups(a, b, &o->n_keys);
}

bool lur_groups_by_rate(const struct lur_groups *g, const struct lur_ranking *r) {
  return g->is_rate || (r->rates_first && g->any_solved);
}

void lur_groups_rank(struct lur_groups *g, const struct lur_ranking *r) {
  struct order o = {r, lur_groups_by_rate(g, r), g->n_keys};
  if (g->n)
    qsort_r(g->group, g->n, sizeof *g->group, by_rank, &o);
}

double lur_group_value(const struct lur_groups *g, const struct lur_group *group, enum lur_fold fold) {
  switch (g->is_rate ? LUR_FOLD_MEAN : fold) {
  case LUR_FOLD_MEAN: return group->mean;
  case LUR_FOLD_Q90: return group->q90;
  case LUR_FOLD_MIN: return group->least;
  case LUR_FOLD_RATE:
  case LUR_FOLD_MEDIAN:
  case LUR_N_FOLDS: break;
  }
  return group->median;
}

void lur_groups_free(struct lur_groups *g) {
  if (!g)
    return;
  for (size_t i = 0; i < g->n * (size_t)g->n_keys; i++)
    if (g->keys[i].kind == LUR_CELL_TEXT)
      free((void *)g->keys[i].as.text);
  free(g->keys);
  free(g->group);
  free(g->slot);
  free(g->bins);
  free(g->row);
  *g = (struct lur_groups){0};
}
