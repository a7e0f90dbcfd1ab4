/* SPDX-License-Identifier: MIT
 * Both files are folded by the same keys; both lists are in the order of their keys, so that one walk joins them. */
#include "view/compare.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fold/pairs.h"
#include "sweep/plan.h"
#include "view/export.h"
#include "view/summary.h"
#include "view/tables.h"

struct pair {
  const struct lur_groups *a, *b;
  const struct lur_ranking *rank_a, *rank_b;
  const char *metric;
  struct lur_pairs pairs;
  bool tests; /* some combination has two pairs of runs or more */
};

/* The name of the one loss function that the group's runs have; "" where they have several. */
static const char *loss_of(const struct lur_ranking *r, const struct lur_group *g) {
  const char *name = r->n_losses == 1 ? r->loss[0] : lur_ranking_loss_name(r, g->losses);
  return name ? name : "";
}

/* B - A, where both are there and of one kind. */
static double difference(const struct pair *p, const struct lur_group *a, const struct lur_group *b) {
  if (!a || !b)
    return NAN;
  if (lur_metric_is_loss(p->metric) && strcmp(loss_of(p->rank_a, a), loss_of(p->rank_b, b)) != 0)
    return NAN;
  return b->median - a->median;
}

/* Whether A and B differ: a test of the differences between runs of one replicate. */
struct test {
  uint64_t n;  /* pairs */
  double mean; /* B - A */
  struct lur_t_test of;
};

static struct test test_of(const struct pair *p, const struct lur_group *a, const struct lur_group *b) {
  const struct lur_pair *found = isnan(difference(p, a, b)) ? NULL : lur_pairs_find(&p->pairs, a->key);
  if (!found || found->difference.n < 2)
    return (struct test){0, NAN, {NAN, NAN}};
  return (struct test){found->difference.n, found->difference.mean,
                       lur_moments_test(&found->difference, p->pairs.n_folds)};
}

static void note_test(void *any, const struct pair *p, const struct lur_group *a, const struct lur_group *b) {
  if (test_of(p, a, b).n)
    *(bool *)any = true;
}

static void add_test(struct lur_text_table *t, const struct test *test) {
  lur_text_table_add_count(t, test->n);
  lur_text_table_add_number(t, test->mean);
  lur_text_table_add_number(t, test->of.t);
  if (test->n)
    lur_text_table_add_count(t, test->n - 1);
  else
    lur_text_table_add(t, "", true);
  lur_text_table_add_number(t, test->of.p);
}

static const char *test_name(const struct pair *p) {
  return p->pairs.n_folds ? "Nadeau and Bengio's corrected t-test" : "paired t-test";
}

static const char *over(const struct pair *p) {
  return !p->pairs.folds  ? "equal seeds"
         : p->pairs.seeds ? "equal seeds and cross-validation folds"
                          : "equal cross-validation folds";
}

static void explain_test(const struct pair *p, struct lur_buffer *out) {
  if (p->pairs.apart[0])
    lur_buffer_format(out, "\n%s, so their runs make no pairs: no test tells whether they differ.\n", p->pairs.apart);
  if (p->tests)
    lur_buffer_format(out, "\nmean, t and p of B - A: %s over %s, two-sided; df: degrees of freedom\n", test_name(p),
                      over(p));
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

static bool has_rates(const struct pair *p) {
  return p->a->any_solved || p->b->any_solved;
}

static void add_line(void *table, const struct pair *p, const struct lur_group *a, const struct lur_group *b) {
  struct lur_text_table *t = table;
  for (int i = 0; i < p->a->n_keys; i++)
    lur_text_table_add_cell(t, &(a ? a : b)->key[i]);
  add_side(t, a, has_rates(p));
  add_side(t, b, has_rates(p));
  lur_text_table_add_number(t, difference(p, a, b));
  const struct test test = test_of(p, a, b);
  if (p->tests)
    add_test(t, &test);
}

static void json_side(char side, const struct pair *p, const struct lur_group *g, struct lur_buffer *out) {
  char name[96];
  lur_buffer_format(out, ",\"%c_runs\":%zu,\"%c_n_solved\":%zu", side, g ? (size_t)g->n : 0, side,
                    g ? (size_t)g->n_solved : 0);
  snprintf(name, sizeof name, "%c_%s", side, p->metric);
  lur_json_number(name, "_median", g ? g->median : (double)NAN, out);
}

static void json_line(void *buffer, const struct pair *p, const struct lur_group *a, const struct lur_group *b) {
  struct lur_buffer *out = buffer;
  lur_buffer_text(out, "{\"v\":1,\"type\":\"compared\"");
  for (int i = 0; i < p->a->n_keys; i++) {
    lur_buffer_text(out, ",");
    lur_json_text(p->a->name[i], out);
    lur_buffer_text(out, ":");
    lur_json_cell(&(a ? a : b)->key[i], out);
  }
  json_side('a', p, a, out);
  json_side('b', p, b, out);
  lur_json_number("difference", "", difference(p, a, b), out);
  const struct test test = test_of(p, a, b);
  if (test.n) {
    lur_buffer_format(out, ",\"test\":\"%s\",\"pairs\":%" PRIu64 ",\"degrees_of_freedom\":%" PRIu64, test_name(p),
                      test.n, test.n - 1);
    lur_json_number("mean_difference", "", test.mean, out);
    lur_json_number("t", "", test.of.t, out);
    lur_json_number("p", "", test.of.p, out);
  }
  lur_buffer_text(out, "}\n");
}

/* Hands each combination to `line`; NULL stands for the side that has none of it. */
static void walk(const struct pair *p,
                 void (*line)(void *, const struct pair *, const struct lur_group *, const struct lur_group *),
                 void *out) {
  size_t i = 0, j = 0;
  while (i < p->a->n || j < p->b->n) {
    const struct lur_group *a = i < p->a->n ? &p->a->group[i] : NULL, *b = j < p->b->n ? &p->b->group[j] : NULL;
    int c = !a ? 1 : !b ? -1 : lur_compare_groups(a, b, &(int){p->a->n_keys});
    line(out, p, c <= 0 ? a : NULL, c >= 0 ? b : NULL);
    i += c <= 0;
    j += c >= 0;
  }
}

static int write_pair(const struct pair *p, int width, struct lur_buffer *out, struct lur_error *e) {
  const char *head[LUR_MAX_KEYS + 13];
  char label[3][96];
  bool rates = has_rates(p);
  int n = 0;
  snprintf(label[0], sizeof label[0], "A %s", p->metric);
  snprintf(label[1], sizeof label[1], "B %s", p->metric);
  for (int i = 0; i < p->a->n_keys; i++)
    head[n++] = p->a->name[i];
  for (int side = 0; side < 2; side++) {
    head[n++] = side ? "B runs" : "A runs";
    if (rates)
      head[n++] = side ? "B solved" : "A solved";
    head[n++] = label[side];
  }
  head[n++] = "B - A";
  static const char *const of_test[] = {"pairs", "mean B - A", "t", "df", "p"};
  for (int i = 0; i < 5 && p->tests; i++)
    head[n++] = of_test[i];
  struct lur_text_table *t = lur_text_table_new(n, head);
  if (!t)
    return lur_fail_memory(e);
  walk(p, add_line, t);
  int code = lur_text_table_write(t, width, out, e);
  lur_text_table_free(t);
  return code;
}

static int write_heads(struct lur_table *a, struct lur_table *b, struct lur_buffer *out, struct lur_error *e) {
  struct lur_table *const side[] = {a, b};
  int code = LUR_OK;
  for (int i = 0; i < 2 && !code; i++) {
    lur_buffer_format(out, "%c  %s\n   ", 'A' + i, lur_table_path(side[i]));
    code = lur_summary_head(side[i], out, e);
  }
  lur_buffer_text(out, code ? "" : "\n");
  return code;
}

static void note_losses(void *differ, const struct pair *p, const struct lur_group *a, const struct lur_group *b) {
  if (a && b && strcmp(loss_of(p->rank_a, a), loss_of(p->rank_b, b)) != 0)
    *(bool *)differ = true;
}

static void explain(const struct pair *p, struct lur_buffer *out) {
  bool differ = p->a->mixed || p->b->mixed;
  if (lur_metric_is_loss(p->metric))
    walk(p, note_losses, &differ);
  if (!differ)
    return;
  lur_buffer_text(out, "Losses of different kinds do not compare: those of A are ");
  lur_ranking_losses(p->rank_a, out);
  lur_buffer_text(out, ", of B ");
  lur_ranking_losses(p->rank_b, out);
  lur_buffer_text(out, ". To train all by one, write loss = \"mse\".\n\n");
}

/* What both are compared by: what was asked for, what both are ranked by, else loss. */
static int read_rankings(struct lur_table *a, struct lur_table *b, const char *metric, struct lur_ranking *ra,
                         struct lur_ranking *rb, struct lur_error *e) {
  int code = lur_ranking_read(a, metric, ra, e);
  if (!code)
    code = lur_ranking_read(b, metric, rb, e);
  if (code || strcmp(ra->metric, rb->metric) == 0)
    return code;
  code = lur_ranking_read(a, "loss", ra, e);
  return code ? code : lur_ranking_read(b, "loss", rb, e);
}

static int write_both(struct pair *p, const struct lur_compare_ask *ask, struct lur_buffer *out, struct lur_error *e) {
  walk(p, note_test, &p->tests);
  if (ask->json) {
    walk(p, json_line, out);
    return LUR_OK;
  }
  explain(p, out);
  const int code = write_pair(p, ask->width, out, e);
  explain_test(p, out);
  return code;
}

int lur_compare_write(struct lur_table *a, struct lur_table *b, const struct lur_compare_ask *ask,
                      struct lur_buffer *out, struct lur_error *e) {
  const char *key[LUR_MAX_KEYS];
  struct lur_groups ga = {0}, gb = {0};
  struct lur_ranking ra, rb;
  int code = read_rankings(a, b, ask->metric, &ra, &rb, e);
  struct lur_groups_ask of = {
      .n_keys = ask->n_keys, .key = ask->key, .metric = ra.metric, .where = ask->where, .ranking = &ra};
  if (!of.n_keys) {
    of.n_keys = lur_summary_keys(a, b, key);
    of.key = key;
  }
  struct pair p = {.a = &ga, .b = &gb, .rank_a = &ra, .rank_b = &rb, .metric = ra.metric};
  if (!code && !ask->json)
    code = write_heads(a, b, out, e);
  if (!code)
    code = lur_groups_read(a, &of, &ga, e);
  if (!code && !ga.is_rate) /* of shares there is no difference run by run */
    code = lur_pairs_read(a, b, &of, &rb, &p.pairs, e);
  of.ranking = &rb;
  if (!code)
    code = lur_groups_read(b, &of, &gb, e);
  if (!code)
    code = write_both(&p, ask, out, e);
  lur_pairs_free(&p.pairs);
  lur_groups_free(&ga);
  lur_groups_free(&gb);
  return code;
}
