/* SPDX-License-Identifier: MIT
 * `luron show`: the summary of a results file, its rows, its groups, or two files side by side. Runs no Lua. */
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/output.h"
#include "cli/plot.h"
#include "cli/results.h"
#include "fold/pairs.h"
#include "view/compare.h"
#include "view/export.h"
#include "view/summary.h"
#include "view/terminal.h"
#include "view/terminal_plot.h"

enum { ROWS_ON_TERMINAL = 40, BEST_COMBINATIONS = 10 };

struct show {
  const struct lur_arguments *arguments;
  const char *where, *metric; /* metric: of --metric; or NULL */
  struct lur_ranking ranking;
  char *by; /* owned: what --by names, split into key */
  const char *key[LUR_MAX_KEYS];
  int n_keys;      /* 0: no --by */
  uint64_t n_best; /* 0: no --best */
  int width;
  bool plots, runs;         /* runs: single ones are ranked */
  bool interval;            /* mean, deviation and interval, in place of median and quartiles */
  struct lur_plot_ask plot; /* with plots */
};

static void tell_nothing(const struct show *s) {
  bool equal = s->where && strchr(s->where, '=') && strchr(s->where, '.');
  if (s->where)
    fprintf(stderr, "no row matches: %s%s\n", s->where,
            equal ? " (numbers may have more digits than a table shows; luron export writes all)" : "");
  else
    fprintf(stderr, "no rows\n");
}

/* Rows of a WHERE, or the best of them if `order` says how. */
static int write_rows(struct lur_table *t, const struct show *s, const char *where, const char *order,
                      struct lur_buffer *out, struct lur_error *e) {
  struct lur_ask ask = {.where = where, .order = order, .limit = s->n_best};
  size_t n = 0, most = s->width && !s->n_best ? ROWS_ON_TERMINAL : 0;
  struct lur_query *q = lur_query_new(t, &ask, e);
  int code = q ? lur_rows_write(t, q, most, s->width, out, &n, e) : e->code;
  const struct lur_cell *c;
  if (!code && most && n == most && lur_query_next(q, &c, e) > 0)
    lur_buffer_text(out, "... and more; luron export writes all\n");
  if (!code && n == 0)
    tell_nothing(s);
  lur_query_free(q);
  return code;
}

/* With an empty line after it. */
static void explain(const struct lur_ranking *r, struct lur_buffer *out) {
  size_t before = out->length_bytes;
  lur_ranking_explain(r, out);
  if (out->length_bytes > before)
    lur_buffer_text(out, "\n");
}

/* The best single runs; if losses are ranked apart, those of each. */
static int show_best_runs(struct lur_table *t, const struct show *s, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_ranking *r = &s->ranking;
  int n_parts = r->apart ? r->n_losses : 1, code = LUR_OK;
  explain(r, out);
  for (int i = 0; i < n_parts && !code; i++) {
    struct lur_buffer where = {0}, order = {0};
    const char *by = r->apart ? r->loss[i] : r->metric;
    lur_table_best_order(r->metric, r->high, &order);
    if (r->apart)
      lur_buffer_format(&where, "(%s) = '%s'", r->loss_sql, r->loss[i]);
    if (s->where)
      lur_buffer_format(&where, "%s(%s\n)", r->apart ? " AND " : "", s->where);
    lur_buffer_text(out, i ? "\n" : "");
    if (s->n_best == 1)
      lur_buffer_format(out, "The best single run by %s:\n", by);
    else
      lur_buffer_format(out, "The best %" PRIu64 " single runs by %s, the %s first:\n", s->n_best, by,
                        r->high ? "highest" : "lowest");
    code = where.failed || order.failed ? lur_fail_memory(e) : write_rows(t, s, where.data, order.data, out, e);
    lur_buffer_free(&where);
    lur_buffer_free(&order);
  }
  return code;
}

static int show_json(struct lur_table *t, const struct show *s, struct lur_error *e) {
  struct lur_buffer order = {0}, select = {0};
  /* A row as the export has it, with what all our JSON Lines begin with. */
  const struct lur_table_facts *f = lur_table_facts(t);
  lur_buffer_text(&select, "1 AS v, 'row' AS type, run");
  for (int i = 0; i < f->n_columns; i++) {
    lur_buffer_text(&select, ", ");
    lur_sql_name(f->column[i].name, &select);
  }
  lur_buffer_text(&select, ", status");
  struct lur_ask ask = {.select = select.data, .where = s->where, .order = "run", .limit = s->n_best};
  if (s->n_best && s->ranking.apart)
    lur_buffer_format(&order, "%s, ", s->ranking.loss_sql);
  if (s->n_best) {
    lur_table_best_order(s->ranking.metric, s->ranking.high, &order);
    ask.order = order.data;
  }
  int code = order.failed || select.failed
                 ? lur_fail_memory(e)
                 : lur_rows_export(t, &ask, LUR_FORMAT_JSONL,
                                   &(struct lur_output){.file = stdout, .name = LUR_STDOUT_NAME}, e);
  lur_buffer_free(&order);
  lur_buffer_free(&select);
  return code;
}

/* A row that stands for several runs says nothing of how they differ. */
static int check_interval(const struct lur_table *t, const struct show *s, struct lur_error *e) {
  if (!s->interval || !lur_table_folds_seeds(t))
    return LUR_OK;
  return lur_fail(e, LUR_EINPUT, "--interval",
                  "the file keeps one row per combination and not its runs; sweep with --keep=all into another file");
}

/* Groups by --by, or with --best the combinations, over their replicates. */
static int show_groups(struct lur_table *t, const struct show *s, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_ranking *r = &s->ranking;
  const char *key[LUR_MAX_KEYS];
  struct lur_groups g = {0};
  struct lur_groups_ask ask = {
      .n_keys = s->n_keys, .key = s->key, .metric = r->metric, .where = s->where, .ranking = r};
  if (!s->n_keys) {
    ask.n_keys = lur_summary_keys(t, NULL, key);
    ask.key = key;
  }
  int code = lur_groups_read(t, &ask, &g, e);
  if (!code && g.n == 0)
    tell_nothing(s);
  if (!code && s->n_best)
    lur_groups_rank(&g, r);
  const struct lur_groups_view view = {(size_t)s->n_best, s->width, s->interval, lur_table_n_folds(t)};
  if (!code && s->arguments->json) {
    lur_groups_write_json(&g, r->metric, &view, out);
  } else if (!code) {
    if (s->n_best || g.mixed)
      explain(r, out);
    code = s->n_best ? lur_summary_best(&g, r, &view, out, e) : lur_groups_write(&g, r->metric, &view, out, e);
    if (!code && s->interval && !s->n_best && !g.is_rate)
      lur_interval_explain(view.n_folds, out);
  }
  lur_groups_free(&g);
  return code;
}

static int show_table(struct lur_table *t, struct show *s, struct lur_buffer *out, struct lur_error *e) {
  if (s->plots) {
    struct lur_plot_ask shown = s->plot;
    struct lur_text_style style = lur_terminal_style(STDOUT_FILENO, lur_color_wanted(s->arguments, stdout));
    shown.where = s->where ? s->where : shown.where;
    lur_plot_name_columns(t, &shown);
    int rc = lur_plot_choose(t, &shown, e);
    return rc ? rc : lur_plot_terminal(t, &shown, &style, out, e);
  }
  int code = check_interval(t, s, e);
  if (!code)
    code = lur_ranking_read(t, s->metric, &s->ranking, e);
  if (code)
    return code;
  const bool groups = s->interval && (s->where || s->arguments->json);
  if (s->n_keys || groups || (s->n_best && !s->runs))
    return show_groups(t, s, out, e);
  if (s->arguments->json)
    return show_json(t, s, e);
  if (s->n_best)
    return show_best_runs(t, s, out, e);
  if (s->where)
    return write_rows(t, s, s->where, NULL, out, e);
  struct lur_summary_ask ask = {
      .metric = s->metric, .n_best = BEST_COMBINATIONS, .width = s->width, .interval = s->interval};
  return lur_summary_write(t, &ask, out, e);
}

static int show_two(struct lur_table *a, const char *word_b, const struct show *s, struct lur_buffer *out,
                    struct lur_error *e, int *exit_code) {
  if (s->interval) {
    *exit_code =
        lur_usage_error("--interval", "does not go with two files, which are compared by their medians and a test");
    return LUR_OK;
  }
  struct lur_table *b = lur_results_open(word_b, exit_code);
  if (!b)
    return LUR_OK;
  struct lur_compare_ask ask = {.n_keys = s->n_keys,
                                .key = s->key,
                                .metric = s->metric,
                                .where = s->where,
                                .width = s->width,
                                .json = s->arguments->json};
  int code = lur_compare_write(a, b, &ask, out, e);
  lur_table_free(b);
  return code;
}

/* --by tells curves apart, so that it is one name here; --metric is --value. */
static int read_plot(const struct lur_arguments *a, struct show *s) {
  static const char *const only[] = {"--x", "--y", "--value", "--fold", "--shade", "--where", "--ecdf", NULL};
  s->plots = lur_argument(a, "plot") != NULL;
  const char *stray = s->plots ? NULL : lur_argument_among(a, only);
  if (!s->plots)
    return stray ? lur_usage_error(stray, "goes with --plot") : LUR_EXIT_OK;
  if (a->json || lur_argument(a, "best"))
    return lur_usage_error(a->json ? "--json" : "--best", "does not go with --plot");
  int code = lur_plot_options(a, &s->plot);
  if (!s->plot.value)
    s->plot.value = lur_argument(a, "metric");
  return code;
}

static int read_options(const struct lur_arguments *a, struct show *s) {
  const char *by = lur_argument(a, "by");
  s->arguments = a;
  s->metric = lur_argument(a, "metric");
  s->runs = lur_argument(a, "runs") != NULL;
  s->interval = lur_argument(a, "interval") != NULL;
  s->width = lur_terminal_width(STDOUT_FILENO);
  if (lur_count_option(a, "best", LONG_MAX, "a count from 1", &s->n_best))
    return LUR_EXIT_USAGE;
  if (s->runs && (!s->n_best || by))
    return lur_usage_error("--runs", by ? "does not go with --by" : "goes with --best: the best N single runs");
  if (s->interval && (s->runs || lur_argument(a, "plot")))
    return lur_usage_error("--interval", s->runs ? "does not go with --runs" : "does not go with --plot");
  int code = read_plot(a, s);
  if (code || !by || s->plots)
    return code;
  s->by = lur_copy_text(by);
  if (!s->by)
    return lur_memory_error();
  s->n_keys = lur_results_split(s->by, s->key, LUR_MAX_KEYS);
  return s->n_keys > 0 ? LUR_EXIT_OK : lur_usage_error("--by", "columns are needed: --by=learning_rate,hidden");
}

static int show(const struct lur_arguments *a) {
  struct show s = {0};
  struct lur_results_words words;
  struct lur_error e = {0};
  struct lur_buffer out = {0};
  int code = LUR_OK, exit_code = read_options(a, &s);
  if (!exit_code)
    exit_code = lur_results_words(a, s.plots ? 1 : 2, &words);
  struct lur_table *t = exit_code ? NULL : lur_results_open(words.file[0], &exit_code);
  if (t) {
    s.metric = s.metric ? lur_table_name(t, s.metric) : NULL;
    for (int i = 0; i < s.n_keys; i++)
      s.key[i] = lur_table_name(t, s.key[i]);
    s.where = words.where;
    code = words.n_files > 1 ? show_two(t, words.file[1], &s, &out, &e, &exit_code) : show_table(t, &s, &out, &e);
  }
  free(s.by);
  if (code || exit_code)
    lur_buffer_free(&out);
  else
    exit_code = lur_results_print(&out);
  if (t && !code && !exit_code) {
    lur_results_tell_failures(t);
    lur_results_tell_others(t);
  }
  lur_table_free(t);
  if (code && !exit_code)
    exit_code = lur_results_tell_taken(&words, lur_results_fail(&e, s.where ? s.where : words.file[0]));
  return exit_code;
}

static const struct lur_option options[] = {
    {"by", 'b', "A,B", "a line for each combination of these columns, over all other axes"},
    {"best", 'n', "N", "the best N combinations, over their replicates, or lines of --by"},
    {"interval", 'i', NULL, "mean, deviation and 95 % interval in place of median and quartiles"},
    {"runs", 'r', NULL, "with --best: single runs"},
    {"metric", 'm', "NAME", "what is ranked and summed up (default: the script's rank; else loss)"},
    {"plot", 'p', NULL, "a picture: a heatmap of two axes, or curves along one"},
    {"x", 'x', "NAME", "of --plot: the axis that runs to the right (default: the one with most values)"},
    {"y", 'y', "NAME", "of --plot: the axis that runs upwards (default, without --x: that with next most)"},
    {"value", 'v', "NAME", "of --plot: a metric, or solved (default: solved if some runs were)"},
    {"fold", 'f', "HOW", "of --plot: how the runs of a cell become one: mean rate median q90 min"},
    {"shade", 's', "HOW", "of --plot: how values become colours: auto linear log rank"},
    {"ecdf", 0, NULL, "of --plot: the share of runs that are solved within so many epochs"},
    {"where", 'w', "SQL", "of --plot: only these rows; may also be a word of its own"},
    {0},
};

const struct lur_command lur_command_show = {
    .name = "show",
    .usage = "FILE [FILE] [WHERE]",
    .meaning = "tables of a sweep's results, or a picture; two files are compared",
    .more =
        "WHERE is SQL over the columns: 'loss < 0.1 and hidden = 2'. Without WHERE and options the best\n"
        "combinations and the effect of each axis are shown. --json prints one line per object.\n"
        "Replicates are seeds and cross-validation folds. --interval is Student's t over them, or Nadeau and\n"
        "Bengio's corrected t if there are folds. Of two files, runs of the same seed and fold make pairs,\n"
        "and a t-test of their differences says whether the files differ.\n"
        "--plot draws with half blocks and braille, in as many colours as the terminal has (COLORTERM, TERM),\n"
        "or with plain characters if it takes no colour or no UTF-8. --by=A then draws one curve per value.\n"
        "FILE may be a script, with the NAME=VALUE words of its sweep right after it. They have no blanks; a WHERE\n"
        "is one word with blanks or quotes, or names a result: 'hidden = 16', \"status='failed'\", solved=1.\n",
    .options = options,
    .prints = true,
    .n_least = 1,
    .n_most = -1,
    .run = show,
};
