/* SPDX-License-Identifier: MIT
 * `luron plot`: a picture of a results file, or of a script's network. Runs no Lua, unless a script is named. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/network_plot.h"
#include "cli/plot_options.h"
#include "cli/results.h"
#include "data/file.h"
#include "view/plot.h"

static bool is_parallel(const struct lur_arguments *a) {
  return lur_argument(a, "axes") != NULL;
}

static int read_options(const struct lur_arguments *a, struct lur_plot_ask *ask) {
  int code = lur_plot_options(a, ask);
  if (code)
    return code;
  if (!ask->value && ask->fold == LUR_FOLD_RATE)
    ask->value = "solved";
  if (!ask->x && !ask->ecdf && !is_parallel(a))
    return lur_usage_error(NULL, "--x is missing: the axis that runs to the right; write luron plot FILE --x A --y B");
  return LUR_EXIT_OK;
}

/* The names of --axes are split in place. */
static int read_axes(const struct lur_arguments *a, struct lur_plot_ask *ask, char *text, const char **axes) {
  static const char *const others[] = {"x", "y", "by", "bare", "ecdf"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (lur_argument(a, others[i]))
      return lur_usage_error("--axes", "is another picture than that of --%s", others[i]);
  ask->n_axes = lur_results_split(text, axes, LUR_MOST_PARALLEL);
  ask->axes = axes;
  if (ask->n_axes < 2)
    return lur_usage_error("--axes", "from 2 to %d names are wanted: --axes=learning_rate,hidden", LUR_MOST_PARALLEL);
  return LUR_EXIT_OK;
}

/* Which pictures are SVG. */
static int check_form(const struct lur_arguments *a, const struct lur_plot_ask *ask, const char *out) {
  if (lur_file_ends_with(out, ".svg"))
    return LUR_EXIT_OK;
  if (is_parallel(a))
    return lur_usage_error(out, "its name must end in .svg: lines across --axes are SVG");
  if (ask->ecdf)
    return lur_usage_error(out, "its name must end in .svg: --ecdf makes curves");
  if (!ask->y && !ask->bare)
    return lur_usage_error(out, "one axis makes curves, which are SVG: -o FILE.svg; or add --y for a heatmap");
  return LUR_EXIT_OK;
}

/* text: the value of --axes, to be split. */
static int plot_file(const struct lur_arguments *a, const char *out, char *text) {
  const char *axes[LUR_MOST_PARALLEL];
  struct lur_plot_ask ask;
  struct lur_results_words words;
  struct lur_buffer bytes = {0};
  struct lur_error e = {0};
  int exit_code = read_options(a, &ask);
  if (!exit_code)
    exit_code = check_form(a, &ask, out);
  if (!exit_code && is_parallel(a))
    exit_code = read_axes(a, &ask, text, axes);
  if (!exit_code)
    exit_code = lur_results_words(a, 1, &words);
  struct lur_table *t = exit_code ? NULL : lur_results_open(words.file[0], &exit_code);
  if (!t)
    return exit_code;
  if (words.where)
    ask.where = words.where;
  lur_plot_name_columns(t, &ask);
  for (int i = 0; i < ask.n_axes; i++)
    axes[i] = lur_table_name(t, axes[i]);
  int code = lur_plot_usual_value(t, &ask, &e);
  if (!code)
    code = lur_plot_draw(t, &ask, lur_file_ends_with(out, ".svg"), &bytes, &e);
  if (!code)
    code = lur_file_replace(out, bytes.data, bytes.length_bytes, &e);
  lur_buffer_free(&bytes);
  lur_table_free(t);
  return code ? lur_results_fail(&e, ask.where) : LUR_EXIT_OK;
}

static int plot(const struct lur_arguments *a) {
  bool network = lur_argument(a, "boundary") || lur_argument(a, "weights");
  const char *out = lur_argument(a, "output");
  if (!out)
    return lur_usage_error(NULL, "-o FILE is missing, a name that ends in %s", network ? ".png" : ".png or .svg");
  if (network && !lur_file_ends_with(out, ".png"))
    return lur_usage_error(out, "its name must end in .png: pictures of a network are PNG");
  if (!lur_file_ends_with(out, ".png") && !lur_file_ends_with(out, ".svg"))
    return lur_usage_error(out, "its name must end in .png or .svg");
  if (!network && (lur_argument(a, "epochs") || lur_argument(a, "animate")))
    return lur_usage_error(lur_argument(a, "epochs") ? "--epochs" : "--animate", "goes with --boundary or --weights");
  int code = lur_results_check_output(a, out);
  if (code || network)
    return code ? code : lur_network_plot(a, out);
  char *text = lur_copy_text(lur_argument(a, "axes") ? lur_argument(a, "axes") : "");
  code = text ? plot_file(a, out, text)
              : lur_results_fail(&(struct lur_error){.code = LUR_ENOMEM, .text = "out of memory"}, out);
  free(text);
  return code;
}

static const struct lur_option options[] = {
    {"output", 'o', "FILE", "where to: .png for a heatmap or a network, .svg for curves"},
    {"x", 'x', "NAME", "the axis that runs to the right"},
    {"y", 'y', "NAME", "the axis that runs upwards; of curves, as --by"},
    {"value", 'v', "NAME", "what is shown: a metric, or solved (default: the script's rank; else loss)"},
    {"fold", 'f', "HOW", "how the runs of a cell become one: mean rate median q90 min"},
    {"where", 'w', "SQL", "only these rows; may also stand as a word"},
    {"by", 'b', "NAME", "a curve for each value of this axis"},
    {"axes", 'a', "A,B,C", "a line for each combination of these, across an axis for each; SVG"},
    {"ecdf", 0, NULL, "the share of runs that are solved within so many epochs"},
    {"shade", 's', "HOW", "how values become colours: auto linear log rank"},
    {"boundary", 0, NULL, "what a script's network answers over its two inputs, with its patterns"},
    {"weights", 0, NULL, "the weights of a script's network, as squares"},
    {"epochs", 0, "LIST", "of these two: after how many epochs, 0,10,100 (default: before and after training)"},
    {"animate", 0, NULL, "of these two: one moment after the other, as an APNG, or files: -o frame-%03d.png"},
    {"bare", 0, NULL, "one pixel a cell, and nothing around it"},
    {0},
};

const struct lur_command lur_command_plot = {
    .name = "plot",
    .usage = "FILE [WHERE]",
    .meaning = "a picture of a sweep's results, or of a network",
    .more =
        "Axes are linear or logarithmic as the sweep's are; runs that share a cell are folded, so that seeds are.\n"
        "Curves show the median and, as a band, the quartiles of the runs at each x; of solved, the share and\n"
        "Wilson's interval. --ecdf counts runs that end unsolved as not solved by then, and does not drop them.\n"
        "FILE may be a script, with the NAME=VALUE words of its sweep behind it.\n"
        "--boundary and --weights train the script's experiment, with NAME=VALUE set in it, and draw its network;\n"
        "--epochs=0..1000..50 is every fiftieth. --animate shows 60 moments, ever further apart, if none are given.\n",
    .options = options,
    .n_least = 1,
    .n_most = -1,
    .run = plot,
};
