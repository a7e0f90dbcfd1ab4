/* SPDX-License-Identifier: MIT
 * Both files are folded by the keys and by what tells replicates apart; both lists come in the order of these, so that
 * one walk joins them, and combinations stand together. */
#include "fold/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fold/cell_order.h"
#include "sweep/field.h"

uint64_t lur_table_n_folds(const struct lur_table *t) {
  static const char name[] = "folds=";
  const char *line = lur_table_facts(t)->sweep.experiment;
  while (line && strncmp(line, name, sizeof name - 1) != 0) {
    line = strchr(line, '\n');
    line = line ? line + 1 : NULL;
  }
  return line ? strtoull(line + sizeof name - 1, NULL, 10) : 0;
}

/* Adds the name to the keys if both files have the column. */
static bool add_key(const struct lur_table *a, const struct lur_table *b, enum lur_field_id field, const char **key,
                    int *n) {
  const char *name = lur_fields[field].column;
  if (lur_table_column(a, name) < 0 || lur_table_column(b, name) < 0)
    return false;
  key[(*n)++] = name;
  return true;
}

static int compare_keys(const struct lur_cell *a, const struct lur_cell *b, int n) {
  int c = 0;
  for (int i = 0; i < n && !c; i++)
    c = lur_compare_cells(&a[i], &b[i]);
  return c;
}

static void add_difference(struct lur_pairs *p, const struct lur_group *a, const struct lur_group *b) {
  if (p->n == 0 || compare_keys(p->pair[p->n - 1].key, a->key, p->n_keys) != 0)
    p->pair[p->n++] = (struct lur_pair){.key = a->key};
  if (a->n_values && b->n_values)
    lur_moments_add(&p->pair[p->n - 1].difference, b->mean - a->mean);
}

static int join(struct lur_pairs *p, struct lur_error *e) {
  if (!(p->pair = lur_alloc(p->a.n + 1, sizeof *p->pair)))
    return lur_fail_memory(e);
  for (size_t i = 0, j = 0; i < p->a.n && j < p->b.n;) {
    const struct lur_group *a = &p->a.group[i], *b = &p->b.group[j];
    const int c = lur_compare_groups(a, b, &p->a.n_keys);
    if (c == 0)
      add_difference(p, a, b);
    i += c <= 0;
    j += c >= 0;
  }
  return LUR_OK;
}

int lur_pairs_read(struct lur_table *a, struct lur_table *b, const struct lur_groups_ask *ask,
                   const struct lur_ranking *rank_b, struct lur_pairs *out, struct lur_error *e) {
  const char *key[LUR_MAX_KEYS + 2];
  struct lur_groups_ask of = *ask;
  *out = (struct lur_pairs){.n_keys = ask->n_keys, .n_folds = lur_table_n_folds(a)};
  out->other_folds = out->n_folds != lur_table_n_folds(b);
  if (out->other_folds || ask->n_keys + 2 > LUR_MAX_KEYS)
    return LUR_OK;
  memcpy(key, ask->key, (size_t)ask->n_keys * sizeof *key);
  of.key = key;
  out->seeds = add_key(a, b, LUR_F_SEED, key, &of.n_keys);
  out->folds = add_key(a, b, LUR_F_FOLD, key, &of.n_keys);
  if (!out->seeds && !out->folds)
    return LUR_OK;
  int code = lur_groups_read(a, &of, &out->a, e);
  of.ranking = rank_b;
  if (!code)
    code = lur_groups_read(b, &of, &out->b, e);
  if (!code)
    code = join(out, e);
  if (code)
    lur_pairs_free(out);
  return code;
}

const struct lur_pair *lur_pairs_find(const struct lur_pairs *p, const struct lur_cell *key) {
  size_t low = 0, high = p->n;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (compare_keys(p->pair[middle].key, key, p->n_keys) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low < p->n && compare_keys(p->pair[low].key, key, p->n_keys) == 0 ? &p->pair[low] : NULL;
}

void lur_pairs_free(struct lur_pairs *p) {
  free(p->pair);
  lur_groups_free(&p->a);
  lur_groups_free(&p->b);
  *p = (struct lur_pairs){0};
}
