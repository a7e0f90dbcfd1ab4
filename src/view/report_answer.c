/* SPDX-License-Identifier: MIT
 * The answer of a sweep: how many runs there are and how they ended, which combinations are the best. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fold/number_text.h"
#include "fold/statistics.h"
#include "view/markup.h"
#include "view/report_parts.h"
#include "view/tables.h"

enum { N_BEST = 10, MOST_AXES_SAID = 6 };

struct best {
  int n;
  size_t cell[N_BEST];
  struct lur_quartiles quartiles[N_BEST];
};

/* ---- The best: by success rate where that ranks, then by the runs' median, quartiles and mean, then by the values of
 * the axes ---- */
static int compare_values(const struct lur_cells *c, size_t a, size_t b) {
  for (int i = 0; i < c->frame->n_axes; i++) {
    uint32_t x = lur_cells_level(c, a, i), y = lur_cells_level(c, b, i);
    if (x != y)
      return x < y ? -1 : 1;
  }
  return (a > b) - (a < b);
}

static double rate_of(const struct lur_cells *c, size_t cell) {
  return c->n_runs[cell] ? (double)c->n_solved[cell] / (double)c->n_runs[cell] : 0;
}

/* q: of every combination; or NULL. */
static bool is_better(const struct lur_report *r, const struct lur_quartiles *q, size_t a, size_t b) {
  const struct lur_cells *c = &r->cells;
  double x = rate_of(c, a), y = rate_of(c, b);
  int order = 0;
  if (r->by_rate && x != y)
    return x > y;
  if (q && strcmp(r->ranking.metric, "solved") != 0)
    order = lur_compare_standings(&q[a], &q[b], r->ranking.high);
  return (order ? order : compare_values(c, a, b)) < 0;
}

/* Of those with that loss function, where losses are ranked apart. */
static void find_best(const struct lur_report *r, const struct lur_quartiles *q, int loss, struct best *b) {
  b->n = 0;
  for (size_t i = 0; i < r->cells.n; i++) {
    int at = b->n;
    if (r->loss && r->loss[i] != loss)
      continue;
    while (at > 0 && is_better(r, q, i, b->cell[at - 1]))
      at--;
    if (at == N_BEST)
      continue;
    b->n += b->n < N_BEST;
    for (int k = b->n - 1; k > at; k--)
      b->cell[k] = b->cell[k - 1];
    b->cell[at] = i;
  }
  for (int k = 0; q && k < b->n; k++)
    b->quartiles[k] = q[b->cell[k]];
}

/* ---- Sentences ---- */
static void say_share(struct lur_report *r, uint64_t n, const char *what) {
  if (n)
    lur_buffer_format(r->out, ", <b>%" PRIu64 " %s</b> (%.4g %%)", n, what, 100 * (double)n / (double)r->n_runs);
}

static void say_runs(struct lur_report *r) {
  const struct lur_table_facts *f = r->f;
  lur_buffer_format(r->out, "<p class=\"answer\"><b>%" PRIu64 " runs</b>", r->n_runs);
  say_share(r, r->n_solved, "solved");
  say_share(r, r->n_diverged, "diverged");
  say_share(r, r->n_pruned, "pruned");
  say_share(r, r->n_failed, "failed");
  if (r->cells.n > 1)
    lur_buffer_format(r->out, ", in %zu combinations", r->cells.n);
  lur_buffer_text(r->out, ".\n");
  if (f->n_settled < f->sweep.n_runs)
    lur_buffer_format(r->out, "Not all is done: %" PRIu64 " of %" PRIu64 " run numbers are settled.\n", f->n_settled,
                      f->sweep.n_runs);
  if (f->keep_best) {
    lur_buffer_format(r->out, "Only the best %zu runs by ", f->keep_best);
    lur_markup_text(f->keep_by, r->out);
    lur_buffer_text(r->out, " were kept.\n");
  }
}

static void say_values(struct lur_report *r, size_t cell) {
  char text[144];
  int n = 0;
  for (int i = 0; i < r->frame.n_axes; i++) {
    if (lur_cells_n_levels(&r->cells, i) < 2)
      continue;
    if (n == MOST_AXES_SAID) {
      lur_buffer_text(r->out, " ...");
      return;
    }
    lur_cells_value(&r->cells, cell, i, text);
    if (r->frame.gap[i] && strcmp(text, "none") == 0)
      continue;
    lur_buffer_text(r->out, n++ ? ", " : " ");
    lur_markup_text(r->frame.axis[i].name, r->out);
    lur_buffer_text(r->out, " = ");
    lur_markup_text(text, r->out);
  }
}

static void say_best(struct lur_report *r, const struct best *b, const char *loss) {
  const struct lur_cells *c = &r->cells;
  char text[32];
  size_t cell = b->cell[0];
  if (c->n < 2)
    return;
  lur_buffer_text(r->out, loss ? "The best by " : "The best is");
  lur_buffer_text(r->out, loss ? loss : "");
  lur_buffer_text(r->out, loss ? " is" : "");
  say_values(r, cell);
  struct lur_interval w = lur_wilson(c->n_solved[cell], c->n_runs[cell]);
  if (r->n_solved && c->n_runs[cell] > 1)
    lur_buffer_format(r->out, ", which solved %" PRIu64 " of %" PRIu64 " (%.1f .. %.1f %% at 95 %%)", c->n_solved[cell],
                      c->n_runs[cell], 100 * w.low, 100 * w.high);
  if (r->metric >= 0 && !isnan(c->median[r->metric][cell])) {
    lur_text_number(c->median[r->metric][cell], text);
    lur_buffer_text(r->out, ", with ");
    lur_markup_text(r->frame.metric[r->metric].name, r->out);
    lur_buffer_format(r->out, " %s", text);
  }
  lur_buffer_text(r->out, ".\n");
}

/* Why runs failed, as a list. */
static int write_failures(struct lur_report *r, struct lur_error *e) {
  struct lur_failures f;
  int code = lur_table_failures(r->t, &f, e);
  if (!code && f.n)
    lur_buffer_text(r->out, "<ul id=\"failures\">\n");
  for (int i = 0; i < f.n && !code; i++) {
    const struct lur_reason *reason = &f.reason[i];
    lur_buffer_format(r->out, "<li><b>%" PRIu64 " failed</b>: ", reason->n);
    lur_markup_text(reason->text, r->out);
    lur_buffer_format(r->out, " (%s %" PRIu64 "%s)</li>\n", r->frame.folded ? "combination" : "run", reason->first,
                      reason->n > 1 ? " and others" : "");
  }
  if (!code && f.n_reasons > (uint64_t)f.n)
    lur_buffer_format(r->out, "<li>and %" PRIu64 " other reasons</li>\n", f.n_reasons - (uint64_t)f.n);
  if (!code && f.n)
    lur_buffer_text(r->out, "</ul>\n");
  lur_failures_free(&f);
  return code;
}

/* ---- The table ---- */
static bool any_repeated(const struct lur_report *r) {
  return r->n_runs > r->cells.n;
}

/* Quartiles of rows: not where a row is a mean already. */
static bool any_spread(const struct lur_report *r) {
  return r->frame.n_rows > r->cells.n && r->metric >= 0;
}

static void add_row(const struct lur_report *r, const struct best *b, int k, struct lur_text_table *t) {
  const struct lur_cells *c = &r->cells;
  const size_t cell = b->cell[k];
  const struct lur_interval w = lur_wilson(c->n_solved[cell], c->n_runs[cell]);
  char share[32];
  for (int i = 0; i < r->frame.n_axes; i++) {
    const struct lur_cell value = lur_cells_cell(c, cell, i);
    if (value.kind == LUR_CELL_NULL)
      lur_text_table_add(t, "none", true);
    else
      lur_text_table_add_cell(t, &value);
  }
  if (any_repeated(r))
    lur_text_table_add_count(t, c->n_runs[cell]);
  snprintf(share, sizeof share, "%.1f %%", 100 * rate_of(c, cell));
  if (r->n_solved)
    lur_text_table_add(t, share, true);
  if (r->n_solved && any_repeated(r))
    lur_text_table_add_pair(t, 100 * w.low, 100 * w.high, " %");
  if (r->metric >= 0)
    lur_text_table_add_number(t, c->median[r->metric][cell]);
  if (any_spread(r))
    lur_text_table_add_pair(t, b->quartiles[k].low, b->quartiles[k].high, "");
}

static struct lur_text_table *make_table(const struct lur_report *r, const struct best *b) {
  const char *head[LUR_MAX_KEYS + 5];
  char label[96];
  int n = 0;
  for (int i = 0; i < r->frame.n_axes; i++)
    head[n++] = r->frame.axis[i].name;
  if (any_repeated(r))
    head[n++] = "runs";
  if (r->n_solved)
    head[n++] = "solved";
  if (r->n_solved && any_repeated(r))
    head[n++] = "95 % interval";
  snprintf(label, sizeof label, any_spread(r) ? "%s median" : "%s",
           r->metric >= 0 ? r->frame.metric[r->metric].name : "");
  if (r->metric >= 0)
    head[n++] = label;
  if (any_spread(r))
    head[n++] = "quartiles";
  struct lur_text_table *t = lur_text_table_new(n, head);
  for (int k = 0; t && k < b->n; k++)
    add_row(r, b, k, t);
  return t;
}

static int write_table(struct lur_report *r, const struct best *b, const char *loss, struct lur_error *e) {
  char id[96];
  struct lur_text_table *t = make_table(r, b);
  if (!t)
    return lur_fail_memory(e);
  snprintf(id, sizeof id, loss ? "best-%s" : "best", loss);
  lur_buffer_format(r->out, "<h2>%s", r->cells.n > 1 ? "The best combinations" : "The runs");
  if (loss || r->ranking.given)
    lur_buffer_text(r->out, " by ");
  if (loss || r->ranking.given)
    lur_markup_text(loss ? loss : r->ranking.metric, r->out);
  lur_buffer_text(r->out, "</h2>\n");
  int code = lur_text_table_write_page(t, id, r->out, e);
  lur_text_table_free(t);
  return code;
}

/* Each loss for itself, where they do not compare. */
static int n_parts(const struct lur_report *r) {
  return r->loss ? r->ranking.n_losses : 1;
}

static const char *part_name(const struct lur_report *r, int part) {
  return r->loss ? r->ranking.loss[part] : NULL;
}

int lur_report_answer(struct lur_report *r, struct lur_error *e) {
  struct best best[LUR_MOST_LOSSES];
  say_runs(r);
  for (int i = 0; i < n_parts(r); i++) {
    find_best(r, r->cells.standing, i, &best[i]);
    if (best[i].n)
      say_best(r, &best[i], part_name(r, i));
  }
  int code = lur_report_matters(r, e);
  struct lur_buffer why = {0};
  lur_ranking_explain(&r->ranking, &why);
  lur_markup_text(why.data ? why.data : "", r->out);
  lur_buffer_free(&why);
  lur_buffer_text(r->out, "</p>\n");
  if (!code)
    code = write_failures(r, e);
  for (int i = 0; i < n_parts(r) && !code; i++)
    if (best[i].n)
      code = write_table(r, &best[i], part_name(r, i), e);
  return code;
}
