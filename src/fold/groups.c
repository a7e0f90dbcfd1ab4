/* SPDX-License-Identifier: MIT
 * Groups are found by a hash of their key (open addressing); a tally makes means and quantiles of their values. */
#include "fold/groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "base/system.h"
#include "fold/tally.h"
#include "sweep/plan.h"

static const size_t NO_GROUP = SIZE_MAX;

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

/* The group of a key; NO_GROUP where it is new and `adds` is false. Rows come in run order, in which a key often is
 * that of the row before, or the next one: those are looked at first. */
static int group_of(struct lur_groups *g, const struct lur_cell *key, bool adds, size_t *group, struct lur_error *e) {
  size_t next = g->latest + 1 < g->n ? g->latest + 1 : 0;
  *group = g->latest;
  if (g->n && same_key(key_of(g, g->latest), key, g->n_keys))
    return LUR_OK;
  *group = g->latest = next;
  if (g->n && same_key(key_of(g, next), key, g->n_keys))
    return LUR_OK;
  if (adds && g->n == g->room && !grow(g))
    return lur_fail_memory(e);
  size_t at = g->n_slots ? find_slot(g, key) : 0;
  bool found = g->n_slots && g->slot[at];
  if (!found && !adds) {
    *group = NO_GROUP;
    return LUR_OK;
  }
  if (!found && !add_group(g, key))
    return lur_fail_memory(e);
  if (!found)
    g->slot[at] = g->n;
  *group = g->latest = g->slot[at] - 1;
  return LUR_OK;
}

static int place_row(struct lur_groups *g, const struct lur_cell *c, bool adds, size_t *at, struct lur_error *e) {
  struct lur_cell key[LUR_MAX_KEYS];
  if (!g->bins)
    return group_of(g, c, adds, at, e);
  for (int i = 0; i < g->n_keys; i++) {
    key[i] = c[i];
    if (g->bins[i].n_bins && !isnan(lur_cell_number(&c[i])))
      key[i] = (struct lur_cell){LUR_CELL_REAL, .as.real = lur_grid_axis_middle(&g->bins[i], lur_cell_number(&c[i]))};
  }
  return group_of(g, key, adds, at, e);
}

/* Cells: keys, status, the metric; the loss function where there are several; where seeds are folded, n_seeds,
 * solved_rate, diverged_rate and failed_rate. */
static const struct lur_cell *folded_of(const struct lur_groups *g, const struct lur_cell *c,
                                        const struct lur_ranking *r) {
  return &c[g->n_keys + 2 + (r != NULL)];
}

static void count_row(const struct lur_groups *g, const struct lur_cell *c, const struct lur_ranking *r,
                      struct lur_group *group) {
  enum lur_status status = lur_cell_status(&c[g->n_keys]);
  const struct lur_cell *folded = folded_of(g, c, r);
  int loss = r ? lur_ranking_loss(r, &c[g->n_keys + 2]) : -1;
  group->losses |= loss >= 0 ? 1u << loss : 0;
  if (g->folded) { /* one row a combination */
    double n = lur_cell_number(&folded[0]);
    group->n += (uint64_t)n;
    group->n_solved += (uint64_t)(n * lur_cell_number(&folded[1]) + 0.5);
    group->n_diverged += (uint64_t)(n * lur_cell_number(&folded[2]) + 0.5);
    if (folded[3].kind != LUR_CELL_NULL)
      group->n_failed += (uint64_t)(n * lur_cell_number(&folded[3]) + 0.5);
  } else {
    group->n++;
    group->n_solved += status == LUR_SOLVED;
    group->n_diverged += status == LUR_DIVERGED;
    group->n_failed += status == LUR_FAILED;
  }
  group->n_pruned += status == LUR_PRUNED;
}

/* Rows are counted in the first pass. */
static int take_row(struct lur_groups *g, const struct lur_cell *c, const struct lur_ranking *r, bool counts,
                    struct lur_error *e) {
  size_t at = 0;
  int code = place_row(g, c, counts, &at, e);
  if (code || at == NO_GROUP)
    return code;
  if (counts)
    count_row(g, c, r, &g->group[at]);
  enum lur_status status = lur_cell_status(&c[g->n_keys]);
  bool none = status == LUR_DIVERGED || status == LUR_FAILED;
  double rate = g->folded ? lur_cell_number(&folded_of(g, c, r)[1]) : status == LUR_SOLVED;
  double value = g->is_rate ? rate : none ? (double)NAN : lur_cell_number(&c[g->n_keys + 1]);
  if (counts && !isnan(value))
    lur_moments_add(&g->group[at].moments, value);
  return isnan(value) ? LUR_OK : lur_tally_add(g->tally, at, value, e);
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

static void summarize(struct lur_groups *g) {
  for (size_t i = 0; i < g->n; i++) {
    struct lur_group *group = &g->group[i];
    struct lur_spread s = lur_tally_spread(g->tally, i);
    group->key = key_of(g, i);
    group->n_values = s.n;
    group->mean = s.mean;
    group->median = s.median;
    group->least = s.least;
    group->q90 = s.q90;
    group->low = s.low;
    group->high = s.high;
    if (g->is_rate) {
      struct lur_interval w = lur_wilson(group->n_solved, group->n);
      group->low = w.low;
      group->high = w.high;
    }
    g->any_solved |= group->n_solved > 0;
  }
}

/* One pass over the rows, more where they have many values. */
static int read_rows(struct lur_table *t, const struct lur_groups_ask *ask, struct lur_groups *g, struct lur_error *e) {
  int code = (g->tally = lur_tally_new(0, e)) ? LUR_OK : e->code;
  for (bool again = true, counts = true; again && !code; counts = false) {
    struct lur_query *q = start(t, ask, e);
    const struct lur_cell *cells;
    int got = q ? 1 : -e->code;
    while (!code && got > 0 && (got = lur_query_next(q, &cells, e)) > 0)
      code = take_row(g, cells, has_losses(ask) ? ask->ranking : NULL, counts, e);
    code = got < 0 ? -got : code;
    lur_query_free(q);
    if (!code)
      code = lur_tally_pass(g->tally, &again, e);
  }
  if (!code)
    summarize(g);
  lur_tally_free(g->tally);
  g->tally = NULL;
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
  if (!code)
    code = read_rows(t, ask, g, e);
  if (!code && has_losses(ask) && lur_metric_is_loss(ask->metric)) {
    /* No number is made of several losses. */
    for (size_t i = 0; i < g->n; i++) {
      struct lur_group *x = &g->group[i];
      if ((x->losses & (x->losses - 1)) == 0)
        continue;
      x->mean = x->low = x->median = x->high = x->least = x->q90 = NAN;
      x->n_values = 0;
      x->moments = (struct lur_moments){0};
      g->mixed = true;
    }
  }
  if (!code && g->n)
    lur_sort(g->group, g->n, sizeof *g->group, lur_compare_groups, &g->n_keys);
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
    lur_sort(g->group, g->n, sizeof *g->group, by_rank, &o);
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
  *g = (struct lur_groups){0};
}
