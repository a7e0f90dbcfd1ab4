/* SPDX-License-Identifier: MIT
 * The loss function of a row is that of its axis, or of the experiment, or the usual one of its output activation: one
 * expression of SQL says it. */
#include "fold/ranking.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sweep/plan.h"

/* What the file says of its experiment. */
static bool find_line(const struct lur_table *t, const char *name, char *out, size_t room) {
  size_t n;
  const char *value = lur_sweep_line(lur_table_facts(t)->sweep.experiment, name, &n);
  if (value)
    snprintf(out, room, "%.*s", (int)n, value);
  return value != NULL;
}

/* ---- The loss function of a row ---- */
/* The field's value as SQL: a column where it is an axis, a text where it is set; false where it is neither. */
static bool write_value(const struct lur_table *t, int field, struct lur_buffer *out) {
  const struct lur_field *f = &lur_fields[field];
  char value[256];
  if (lur_table_column(t, f->column) >= 0) {
    lur_sql_name(f->column, out);
    return true;
  }
  if (!find_line(t, f->name, value, sizeof value) || strcmp(value, "default") == 0)
    return false;
  for (char *mark; (mark = strstr(value, "()")) != NULL;) /* a function */
    memmove(mark, mark + 2, strlen(mark + 2) + 1);
  if (strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != strlen(value))
    return false;
  lur_buffer_format(out, "'%s'", value);
  return true;
}

static int write_loss(const struct lur_table *t, struct lur_ranking *r, struct lur_error *e) {
  struct lur_buffer sql = {0};
  r->by_loss_axis = lur_table_column(t, lur_fields[LUR_F_LOSS].column) >= 0;
  if (!write_value(t, LUR_F_LOSS, &sql)) {
    struct lur_buffer of = {0};
    lur_buffer_text(&of, "coalesce(");
    if (write_value(t, LUR_F_OUTPUT_ACTIVATION, &of))
      lur_buffer_text(&of, ", ");
    if (write_value(t, LUR_F_ACTIVATION, &of))
      lur_buffer_text(&of, ", ");
    lur_buffer_text(&of, "'sigmoid', '')");
    sql.failed = sql.failed || of.failed;
    if (!of.failed) /* of a list, swish-tanh, the last */
      lur_buffer_format(&sql, "CASE replace(%s, rtrim(%s, replace(%s, '-', '')), '')", of.data, of.data, of.data);
    lur_buffer_free(&of);
    for (int a = 0; lur_activation_names[a]; a++)
      lur_buffer_format(&sql, " WHEN '%s' THEN '%s'", lur_activation_names[a], lur_loss_names[lur_activations[a].loss]);
    lur_buffer_format(&sql, " ELSE '%s' END", lur_loss_names[LUR_MSE]); /* a function */
  }
  if (lur_table_column(t, lur_fields[LUR_F_REDUCTION].column) >= 0) { /* sums and means do not compare */
    struct lur_buffer both = {0};
    lur_buffer_format(&both, "(%s) || ' ' || ", sql.failed ? "" : sql.data);
    both.failed = both.failed || sql.failed || !write_value(t, LUR_F_REDUCTION, &both);
    lur_buffer_free(&sql);
    sql = both;
  }
  bool good = !sql.failed && sql.length_bytes < sizeof r->loss_sql;
  if (good)
    memcpy(r->loss_sql, sql.data, sql.length_bytes + 1);
  lur_buffer_free(&sql);
  return good ? LUR_OK : lur_fail_memory(e);
}

static bool may_differ(const struct lur_table *t) {
  static const int fields[] = {LUR_F_LOSS, LUR_F_REDUCTION, LUR_F_OUTPUT_ACTIVATION, LUR_F_ACTIVATION};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (lur_table_column(t, lur_fields[fields[i]].column) >= 0)
      return true;
  return false;
}

const char *lur_ranking_loss_name(const struct lur_ranking *r, unsigned losses) {
  for (int i = 0; i < r->n_losses; i++)
    if (losses == 1u << i)
      return r->loss[i];
  return NULL;
}

int lur_ranking_loss(const struct lur_ranking *r, const struct lur_cell *name) {
  for (int i = 0; i < r->n_losses && name->kind == LUR_CELL_TEXT; i++)
    if (strcmp(r->loss[i], name->as.text) == 0)
      return i;
  return -1;
}

/* ---- What ranks ---- */
/* Whether every row that came to an end has an accuracy. */
static int all_have_accuracy(struct lur_table *t, bool *all, struct lur_error *e) {
  const struct lur_ask ask = {.select = "count(*)",
                              .where = "accuracy IS NULL AND status NOT IN ('diverged', 'failed')",
                              .order = "1",
                              .deadline_ms = -1};
  const struct lur_cell *c;
  *all = false;
  if (lur_table_column(t, "accuracy") < 0)
    return LUR_OK;
  struct lur_query *q = lur_query_new(t, &ask, e);
  int got = q ? lur_query_next(q, &c, e) : -e->code;
  *all = got > 0 && c[0].as.integer == 0;
  lur_query_free(q);
  return got < 0 ? -got : LUR_OK;
}

int lur_ranking_read(struct lur_table *t, const char *metric, struct lur_ranking *r, struct lur_error *e) {
  char stored[64] = "";
  bool all = false;
  *r = (struct lur_ranking){0};
  if (!metric && find_line(t, "rank", stored, sizeof stored) &&
      lur_table_check_metric(t, stored, &(struct lur_error){0}) == LUR_OK)
    metric = stored;
  int code = write_loss(t, r, e);
  if (!code) {
    /* Where no axis may change it, one row tells. */
    struct lur_buffer select = {0};
    const struct lur_cell *c;
    int got = 0;
    bool differ = may_differ(t);
    lur_buffer_format(&select, differ ? "DISTINCT %s" : "%s", r->loss_sql);
    const struct lur_ask ask = {
        .select = select.data, .order = differ ? "1" : "run", .limit = !differ, .deadline_ms = -1};
    struct lur_query *q = select.failed ? NULL : lur_query_new(t, &ask, e);
    code = select.failed ? lur_fail_memory(e) : q ? LUR_OK : e->code;
    while (q && r->n_losses < LUR_MOST_LOSSES && (got = lur_query_next(q, &c, e)) > 0)
      if (c->kind == LUR_CELL_TEXT)
        snprintf(r->loss[r->n_losses++], sizeof r->loss[0], "%s", c->as.text);
    lur_query_free(q);
    lur_buffer_free(&select);
    code = got < 0 ? -got : code;
  }
  r->given = metric != NULL;
  r->rates_first = !metric;
  if (!code && !metric && r->n_losses > 1)
    code = all_have_accuracy(t, &all, e);
  snprintf(r->metric, sizeof r->metric, "%s", metric ? metric : all ? "accuracy" : "loss");
  r->high = lur_table_is_high(t, r->metric);
  r->apart = r->n_losses > 1 && lur_metric_is_loss(r->metric);
  return code ? code : lur_table_check_metric(t, r->metric, e);
}

/* ---- Why ---- */
void lur_ranking_losses(const struct lur_ranking *r, struct lur_buffer *out) {
  for (int i = 0; i < r->n_losses; i++)
    lur_buffer_format(out, "%s%s", i ? ", " : "", r->loss[i]);
}

void lur_ranking_explain(const struct lur_ranking *r, struct lur_buffer *out) {
  if (r->n_losses < 2 || !(r->apart || !r->given))
    return;
  lur_buffer_text(out, "Their losses (");
  lur_ranking_losses(r, out);
  if (r->apart)
    lur_buffer_text(out, ") do not compare: each is ranked for itself. ");
  else
    lur_buffer_format(out, ") do not compare: %s ranks. ", r->metric);
  if (r->by_loss_axis)
    lur_buffer_text(out, "Or write metrics = {\"mse\"}, rank = \"mse\".\n");
  else
    lur_buffer_text(out, "To train all by one loss, write loss = \"mse\".\n");
}

/* ---- Which is better ---- */
static int compare(double x, double y, bool high) {
  if (isnan(x) || isnan(y))
    return (isnan(x) != 0) - (isnan(y) != 0);
  return high ? (x < y) - (x > y) : (x > y) - (x < y);
}

int lur_compare_standings(const struct lur_quartiles *a, const struct lur_quartiles *b, bool high) {
  int c = compare(a->median, b->median, high);
  if (!c)
    c = high ? compare(a->low, b->low, high) : compare(a->high, b->high, high);
  if (!c)
    c = high ? compare(a->high, b->high, high) : compare(a->low, b->low, high);
  return c ? c : compare(a->mean, b->mean, high);
}

double lur_level_rate(const struct lur_level *x) {
  return (double)x->n_solved / (double)x->n_runs;
}

bool lur_level_better(const struct lur_level *x, const struct lur_level *y, bool by_rate, bool high) {
  double rate_x = lur_level_rate(x), rate_y = lur_level_rate(y);
  return by_rate && rate_x != rate_y ? rate_x > rate_y : lur_compare_standings(&x->standing, &y->standing, high) < 0;
}
