/* SPDX-License-Identifier: MIT
 * `luron plot`: a picture of a results file (plot_results.c), or of one run of a script (plot_network.c). */
#include "cli/plot.h"

#include <stdio.h>
#include <string.h>

#include "cli/results.h"
#include "data/file.h"

/* Of pictures of one run each is another one, and none is of a results file. */
static int check_run(const struct lur_arguments *a, const char *first) {
  static const char *const pictures[] = {"--weights", "--boundary", NULL};
  static const char *const of_files[] = {"--x",    "--y",    "--value", "--fold", "--where", "--by",
                                         "--axes", "--ecdf", "--shade", "--bare", NULL};
  static const char *const of_networks[] = {"--epochs", "--animate", NULL};
  const char *other = lur_argument_among(a, pictures);
  if (other && strcmp(other, first) != 0)
    return lur_usage_error(other, "is another picture than %s", first);
  if ((other = lur_argument_among(a, of_files)))
    return lur_usage_error(other, "is of results, and %s draws one run of a script", first);
  if (strcmp(first, "--curve") == 0 && (other = lur_argument_among(a, of_networks)))
    return lur_usage_error(other, "goes with --boundary or --weights");
  return LUR_EXIT_OK;
}

static int plot(const struct lur_arguments *a) {
  static const char *const only_png[] = {"--bare", "--animate", NULL};
  static const char *const of_run[] = {"--curve", "--boundary", "--weights", NULL};
  const char *run = lur_argument_among(a, of_run);
  const char *out = lur_argument(a, "output");
  if (!out)
    return lur_usage_error(NULL, "-o FILE is missing, a name that ends in .png, .svg or .pdf");
  if (lur_picture_format_of(out) == LUR_N_PICTURE_FORMATS)
    return lur_usage_error(out, "its name must end in .png, .svg or .pdf");
  if (lur_picture_format_of(out) != LUR_PNG && lur_argument_among(a, only_png))
    return lur_usage_error(lur_argument_among(a, only_png), "makes a PNG, and not %s", strrchr(out, '.'));
  if (!run && (lur_argument(a, "epochs") || lur_argument(a, "animate")))
    return lur_usage_error(lur_argument(a, "epochs") ? "--epochs" : "--animate", "goes with --boundary or --weights");
  int code = run ? check_run(a, run) : LUR_EXIT_OK;
  if (!code)
    code = lur_results_check_output(a, out);
  if (code)
    return code;
  return run ? lur_plot_network(a, out) : lur_plot_results(a, out);
}

static const struct lur_option options[] = {
    {"output", 'o', "FILE", "where to: a name that ends in .png, .svg or .pdf"},
    {"x", 'x', "NAME", "the axis that runs to the right"},
    {"y", 'y', "NAME", "the axis that runs upwards, of a heatmap"},
    {"value", 'v', "NAME", "what is shown: a metric, or solved (default: the script's rank; else loss)"},
    {"fold", 'f', "HOW", "how the runs of a cell become one: mean rate median q90 min"},
    {"where", 'w', "SQL", "only these rows; may also be a word of its own"},
    {"by", 'b', "NAME", "a curve for each value of this axis"},
    {"axes", 'a', "A,B,C", "a line for each combination of these, across an axis for each"},
    {"ecdf", 0, NULL, "the share of runs that are solved within so many epochs"},
    {"shade", 's', "HOW", "how values become colours: auto linear log rank"},
    {"curve", 0, NULL, "the loss of one run of a script over the epochs, and that of its validation set"},
    {"boundary", 0, NULL, "what a script's network answers over its two inputs, with its patterns"},
    {"weights", 0, NULL, "the weights of a script's network, as squares"},
    {"epochs", 0, "LIST", "of those two: after how many epochs, 0,10,100 (default: before and after training)"},
    {"animate", 0, NULL, "of those two: one moment after the other, as an APNG, or files: -o frame-%03d.png"},
    {"bare", 0, NULL, "one pixel per cell, and nothing around it; PNG"},
#define LUR_LOOK(name, option, takes, meaning) {option, 0, takes, meaning},
#include "view/look.inc.h"
#undef LUR_LOOK
    {0},
};

const struct lur_command lur_command_plot = {
    .name = "plot",
    .usage = "FILE [WHERE]",
    .meaning = "a picture of a sweep's results, or of a network",
    .more =
        "-x A draws curves, -x A -y B a heatmap, --axes lines across axes, in whatever format.\n"
        "Axes are linear or logarithmic as the sweep's are; runs that share a cell are folded, and so are seeds.\n"
        "Curves show the median and, as a band, the quartiles of the runs at each x; of solved, the share and\n"
        "Wilson's interval. -x epoch draws the loss, or validation_loss, over the epochs, if the sweep kept curves\n"
        "(curve = 100); a run that ended holds its last loss, and those that diverged are left out.\n"
        "--ecdf counts runs that end unsolved as not solved by then, and does not drop them.\n"
        "FILE may be a script, with the NAME=VALUE words of its sweep after it.\n"
        "--curve, --boundary and --weights train the script's experiment once, with NAME=VALUE set in it;\n"
        "--epochs=0..1000..50 is every fiftieth. --animate shows 60 moments, ever further apart, if none are given.\n",
    .options = options,
    .n_least = 1,
    .n_most = -1,
    .run = plot,
};
