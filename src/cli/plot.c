/* SPDX-License-Identifier: MIT
 * `luron plot`: a picture of a results file (plot_results.c), or of a script's network (plot_network.c). */
#include "cli/plot.h"

#include <stdio.h>
#include <string.h>

#include "cli/results.h"
#include "data/file.h"

static int plot(const struct lur_arguments *a) {
  static const char *const only_png[] = {"--bare", "--animate", NULL};
  bool network = lur_argument(a, "boundary") || lur_argument(a, "weights");
  const char *out = lur_argument(a, "output");
  if (!out)
    return lur_usage_error(NULL, "-o FILE is missing, a name that ends in .png, .svg or .pdf");
  if (lur_picture_format_of(out) == LUR_N_PICTURE_FORMATS)
    return lur_usage_error(out, "its name must end in .png, .svg or .pdf");
  if (lur_picture_format_of(out) != LUR_PNG && lur_argument_among(a, only_png))
    return lur_usage_error(lur_argument_among(a, only_png), "makes a PNG, and not %s", strrchr(out, '.'));
  if (!network && (lur_argument(a, "epochs") || lur_argument(a, "animate")))
    return lur_usage_error(lur_argument(a, "epochs") ? "--epochs" : "--animate", "goes with --boundary or --weights");
  int code = lur_results_check_output(a, out);
  if (code)
    return code;
  return network ? lur_plot_network(a, out) : lur_plot_results(a, out);
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
    {"boundary", 0, NULL, "what a script's network answers over its two inputs, with its patterns"},
    {"weights", 0, NULL, "the weights of a script's network, as squares"},
    {"epochs", 0, "LIST", "of these two: after how many epochs, 0,10,100 (default: before and after training)"},
    {"animate", 0, NULL, "of these two: one moment after the other, as an APNG, or files: -o frame-%03d.png"},
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
        "--boundary and --weights train the script's experiment, with NAME=VALUE set in it, and draw its network;\n"
        "--epochs=0..1000..50 is every fiftieth. --animate shows 60 moments, ever further apart, if none are given.\n",
    .options = options,
    .n_least = 1,
    .n_most = -1,
    .run = plot,
};
