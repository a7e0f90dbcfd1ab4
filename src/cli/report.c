/* SPDX-License-Identifier: MIT
 * `luron report`: a results file as one page. Runs no Lua, unless a script is named. */
#include "view/report.h"

#include "cli/plot.h"
#include "cli/results.h"
#include "data/file.h"

static int report(const struct lur_arguments *a) {
  const char *out = lur_argument(a, "output");
  struct lur_results_words words;
  struct lur_look look;
  struct lur_buffer page = {0};
  struct lur_error e = {0};
  if (!out)
    return lur_usage_error(NULL, "-o FILE is missing; write luron report FILE -o report.html");
  if (!lur_file_ends_with(out, ".html"))
    return lur_usage_error(out, "its name must end in .html");
  int exit_code = lur_plot_look(a, out, &look);
  look.theme = lur_argument(a, "theme") ? look.theme : LUR_AUTO;
  if (!exit_code)
    exit_code = lur_results_check_output(a, out);
  if (!exit_code)
    exit_code = lur_results_one_word(a, &words);
  struct lur_table *t = exit_code ? NULL : lur_results_open(words.file[0], &exit_code);
  if (!t)
    return exit_code;
  const char *metric = lur_argument(a, "metric");
  const struct lur_report_ask ask = {"luron " LUR_VERSION, metric ? lur_table_name(t, metric) : NULL, &look};
  int code = lur_report_write(t, &ask, &page, &e);
  if (!code)
    code = lur_file_replace(out, page.data, page.length_bytes, &e);
  if (!code) {
    lur_results_tell_failures(t);
    lur_results_tell_others(t);
  }
  lur_buffer_free(&page);
  lur_table_free(t);
  return code ? lur_results_fail(&e, words.file[0]) : LUR_EXIT_OK;
}

static const struct lur_option options[] = {
    {"output", 'o', "FILE", "where to: an HTML page that needs nothing else"},
    {"metric", 'm', "NAME", "what combinations are ranked by (default: the script's rank; else loss)"},
    {"title", 0, "TEXT", "what stands above the page (default: the experiment's name)"},
    {"palette", 0, "NAME", "colours of values: viridis magma cividis greys diverging"},
    {"theme", 0, "NAME", "light dark auto; auto is what its reader likes (default: auto); on paper it is light"},
    {0},
};

const struct lur_command lur_command_report = {
    .name = "report",
    .usage = "FILE",
    .meaning = "a page about a sweep's results, with a choice of axes in it",
    .more =
        "On it: what was asked, the answer, the best combinations, a heatmap and curves with a choice of axes, the\n"
        "effect of each axis, epochs, the command that makes the results again. Point at a picture to read its "
        "values.\n"
        "The page is one file that loads nothing, from nowhere, and stays below 5 MB.\n"
        "FILE may be a script, with the NAME=VALUE words of its sweep after it.\n",
    .options = options,
    .n_least = 1,
    .n_most = -1,
    .run = report,
};
