/* SPDX-License-Identifier: MIT
 * Both files are folded by the keys and by what tells replicates apart; both lists come in the order of these, so that
 * one walk joins them, and combinations stand together. */
#include "fold/pairs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "fold/cell_order.h"
#include "sweep/field.h"

void lur_table_says(const struct lur_table *t, const char *field, char out[LUR_SAID_ROOM]) {
  const char *line = lur_table_facts(t)->sweep.experiment;
  const size_t n = strlen(field);
  while (line && (strncmp(line, field, n) != 0 || line[n] != '=')) {
    line = strchr(line, '\n');
    line = line ? line + 1 : NULL;
  }
  snprintf(out, LUR_SAID_ROOM, "%.*s", line ? (int)strcspn(line + n + 1, "\n") : 0, line ? line + n + 1 : "");
}

uint64_t lur_table_n_folds(const struct lur_table *t) {
  char folds[LUR_SAID_ROOM];
  lur_table_says(t, "folds", folds);
  return strtoull(folds, NULL, 10);
}

/* ---- What is comparable ---- */
/* Sets of patterns that are drawn by seeds of their own must be the same ones. */
static bool draws_other(const struct lur_table *a, const struct lur_table *b, struct lur_pairs *out) {
  static const struct {
    const char *seed, *share; /* share: drawn only where the text says it; or NULL */
  } draw[] = {{"test_seed", NULL}, {"validation_seed", "validation_share"}};
  char x[LUR_SAID_ROOM], y[LUR_SAID_ROOM];
  for (size_t i = 0; i < sizeof draw / sizeof *draw; i++) {
    if (draw[i].share) {
      lur_table_says(a, draw[i].share, x);
      lur_table_says(b, draw[i].share, y);
      if (!x[0] || !y[0])
        continue;
    }
    lur_table_says(a, draw[i].seed, x);
    lur_table_says(b, draw[i].seed, y);
    if (strcmp(x[0] ? x : "1", y[0] ? y : "1") != 0) {
      snprintf(out->apart, sizeof out->apart, "%s is %s in A and %s in B", draw[i].seed, x[0] ? x : "1",
               y[0] ? y : "1");
      return true;
    }
  }
  return false;
}

struct side {
  struct lur_table *table;
  struct lur_buffer where; /* the rows that may have partners */
};

/* A field that tells replicates apart: a key where both files have it as an axis; where one has, only its rows of the
 * other's value have partners; and two fixed values must be the same. */
static bool take_field(struct side *a, struct side *b, enum lur_field_id field, struct lur_groups_ask *of,
                       const char **key, bool *is_key, struct lur_pairs *out) {
  const char *name = lur_fields[field].column;
  const bool in_a = lur_table_column(a->table, name) >= 0, in_b = lur_table_column(b->table, name) >= 0;
  struct side *axis = in_a ? a : b;
  char x[LUR_SAID_ROOM], y[LUR_SAID_ROOM];
  *is_key = in_a && in_b;
  if (*is_key)
    key[of->n_keys++] = name;
  lur_table_says(a->table, lur_fields[field].name, x);
  lur_table_says(b->table, lur_fields[field].name, y);
  const char *fixed_a = x[0] ? x : "1", *fixed_b = y[0] ? y : "1"; /* as unsaid fields are */
  if (in_a != in_b)
    lur_buffer_format(&axis->where, "%s%s = %s", axis->where.length_bytes ? " AND " : "", name,
                      in_a ? fixed_b : fixed_a);
  if (in_a || in_b || strcmp(fixed_a, fixed_b) == 0)
    return true;
  snprintf(out->apart, sizeof out->apart, "%s is %s in A and %s in B", name, fixed_a, fixed_b);
  return false;
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

static int read_side(struct side *s, struct lur_groups_ask of, struct lur_groups *out, struct lur_error *e) {
  if (s->where.length_bytes && of.where)
    lur_buffer_format(&s->where, " AND (%s\n)", of.where);
  if (s->where.failed)
    return lur_fail_memory(e);
  of.where = s->where.length_bytes ? s->where.data : of.where;
  return lur_groups_read(s->table, &of, out, e);
}

/* The keys that replicates add; whether there are some, and runs of both files may be partners. */
static bool choose_keys(struct side *a, struct side *b, struct lur_groups_ask *of, const char **key,
                        struct lur_pairs *out) {
  const uint64_t other = lur_table_n_folds(b->table);
  const bool fixed_apart = !take_field(a, b, LUR_F_SEED, of, key, &out->seeds, out);
  const bool apart = !take_field(a, b, LUR_F_FOLD, of, key, &out->folds, out) || fixed_apart;
  if (out->n_folds != other)
    snprintf(out->apart, sizeof out->apart, "A has %llu cross-validation folds and B %llu",
             (unsigned long long)out->n_folds, (unsigned long long)other);
  if (out->seeds || out->folds)
    return out->n_folds == other && !apart && !draws_other(a->table, b->table, out);
  out->apart[0] = 0;
  return false;
}

int lur_pairs_read(struct lur_table *a, struct lur_table *b, const struct lur_groups_ask *ask,
                   const struct lur_ranking *rank_b, struct lur_pairs *out, struct lur_error *e) {
  const char *key[LUR_MAX_KEYS + 2];
  struct lur_groups_ask of = *ask;
  struct side side_a = {.table = a}, side_b = {.table = b};
  int code = LUR_OK;
  *out = (struct lur_pairs){.n_keys = ask->n_keys, .n_folds = lur_table_n_folds(a)};
  memcpy(key, ask->key, (size_t)ask->n_keys * sizeof *key);
  of.key = key;
  if (ask->n_keys + 2 <= LUR_MAX_KEYS && choose_keys(&side_a, &side_b, &of, key, out)) {
    code = read_side(&side_a, of, &out->a, e);
    of.ranking = rank_b;
    if (!code)
      code = read_side(&side_b, of, &out->b, e);
    if (!code)
      code = join(out, e);
  }
  lur_buffer_free(&side_a.where);
  lur_buffer_free(&side_b.where);
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
