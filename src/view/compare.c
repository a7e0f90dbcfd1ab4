/* SPDX-License-Identifier: MIT
 * Both files are folded by the same keys; both lists are in the order of their keys, so that one walk joins them. */
#include "view/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/summary.h"
#include "view/tables.h"

struct pair {
  const struct lur_groups *a, *b;
};

static int shared_axes(const struct lur_table *a, const struct lur_table *b, const char **key) {
  const struct lur_table_facts *f = lur_table_facts(a);
  int n = 0;
  for (int i = 0; i < f->n_columns && n < LUR_MAX_KEYS; i++)
    if (f->column[i].role == LUR_COLUMN_AXIS && strcmp(f->column[i].name, "seed") != 0 &&
        lur_table_column(b, f->column[i].name) >= 0)
      key[n++] = f->column[i].name;
  return n;
}

static void add_side(struct lur_text_table *t, const struct lur_group *g, bool rates) {
  char rate[32] = "";
  if (g && g->n)
    snprintf(rate, sizeof rate, "%.1f %%", 100 * (double)g->n_solved / (double)g->n);
  lur_text_table_add_count(t, g ? g->n : 0);
  if (rates)
    lur_text_table_add(t, rate, true);
  lur_text_table_add_number(t, g ? g->median : (double)NAN);
}

static void add_line(struct lur_text_table *t, const struct lur_group *a, const struct lur_group *b, int n_keys,
                     bool rates) {
  for (int i = 0; i < n_keys; i++)
    lur_text_table_add_cell(t, &(a ? a : b)->key[i]);
  add_side(t, a, rates);
  add_side(t, b, rates);
  lur_text_table_add_number(t, a && b ? b->median - a->median : (double)NAN);
}

static int compare_keys(const struct lur_group *a, const struct lur_group *b, int n_keys) {
  for (int i = 0; i < n_keys; i++) {
    int c = lur_compare_cells(&a->key[i], &b->key[i]);
    if (c)
      return c;
  }
  return 0;
}

static void add_lines(struct lur_text_table *t, const struct pair *p) {
  size_t i = 0, j = 0;
  bool rates = p->a->any_solved || p->b->any_solved;
  while (i < p->a->n || j < p->b->n) {
    const struct lur_group *a = i < p->a->n ? &p->a->group[i] : NULL, *b = j < p->b->n ? &p->b->group[j] : NULL;
    int c = !a ? 1 : !b ? -1 : compare_keys(a, b, p->a->n_keys);
    add_line(t, c <= 0 ? a : NULL, c >= 0 ? b : NULL, p->a->n_keys, rates);
    i += c <= 0;
    j += c >= 0;
  }
}

static int write_pair(const struct pair *p, const char *metric, int width, struct lur_buffer *out,
                      struct lur_error *e) {
  const char *head[LUR_MAX_KEYS + 8];
  char label[3][96];
  bool rates = p->a->any_solved || p->b->any_solved;
  int n = 0;
  snprintf(label[0], sizeof label[0], "A %s", metric);
  snprintf(label[1], sizeof label[1], "B %s", metric);
  for (int i = 0; i < p->a->n_keys; i++)
    head[n++] = p->a->name[i];
  for (int side = 0; side < 2; side++) {
    head[n++] = side ? "B runs" : "A runs";
    if (rates)
      head[n++] = side ? "B solved" : "A solved";
    head[n++] = label[side];
  }
  head[n++] = "B - A";
  struct lur_text_table *t = lur_text_table_new(n, head);
  if (!t)
    return lur_fail_memory(e);
  add_lines(t, p);
  int code = lur_text_table_write(t, width, out, e);
  lur_text_table_free(t);
  return code;
}

static int write_heads(struct lur_table *a, struct lur_table *b, struct lur_buffer *out, struct lur_error *e) {
  lur_buffer_format(out, "A  %s\n   ", lur_table_path(a));
  int code = lur_summary_head(a, out, e);
  if (code)
    return code;
  lur_buffer_format(out, "B  %s\n   ", lur_table_path(b));
  code = lur_summary_head(b, out, e);
  lur_buffer_text(out, "\n");
  return code;
}

int lur_compare_write(struct lur_table *a, struct lur_table *b, const struct lur_compare_ask *ask,
                      struct lur_buffer *out, struct lur_error *e) {
  const char *key[LUR_MAX_KEYS];
  struct lur_groups ga = {0}, gb = {0};
  struct lur_groups_ask of = {.n_keys = ask->n_keys, .key = ask->key, .metric = ask->metric, .where = ask->where};
  if (!of.n_keys) {
    of.n_keys = shared_axes(a, b, key);
    of.key = key;
  }
  int code = write_heads(a, b, out, e);
  if (!code)
    code = lur_groups_read(a, &of, &ga, e);
  if (!code)
    code = lur_groups_read(b, &of, &gb, e);
  if (!code)
    code = write_pair(&(struct pair){&ga, &gb}, ask->metric, ask->width, out, e);
  lur_groups_free(&ga);
  lur_groups_free(&gb);
  return code;
}
