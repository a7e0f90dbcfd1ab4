/* SPDX-License-Identifier: MIT
 * The table of fields and the search in it. */
#include "sweep/field.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

static const char *const normalize_names[] = {"zscore", "minmax", NULL};
const char *const lur_sampler_names[] = {"grid", "random", "sobol", "latin", NULL};

static const char *const batch_names[] = {"all", NULL};

#define ABOVE_0 DBL_TRUE_MIN             /* the least that is above 0 */
#define BELOW_1 (1.0 - DBL_EPSILON / 2)  /* the largest that is below 1 */
#define LARGEST_COUNT 9007199254740992.0 /* 2^53: every count up to here is exact in a double */
#define LARGEST_SEED 9223372036854775807.0

const struct lur_field lur_fields[LUR_N_FIELDS] = {
    [LUR_F_NAME] = {"name", "name", LUR_K_TEXT, 0, 0, NULL, 0, "none; tables show the results file's name", "",
                    "What the experiment is called in logs, tables and reports; files are named after the script."},
    [LUR_F_INPUTS] = {"inputs", "inputs", LUR_K_SCRIPT, 0, 0, NULL, 0, "required, or data", "",
                      "What the network is shown: the training patterns."},
    [LUR_F_TARGETS] = {"targets", "targets", LUR_K_SCRIPT, 0, 0, NULL, 0, "required, or data", "",
                       "What the network should answer to each pattern."},
    [LUR_F_DATA] = {"data", "data", LUR_K_SCRIPT, 0, 0, NULL, 0, "inputs and targets", "",
                    "The patterns, inputs and targets together; of two data sets the second is the test set."},
    [LUR_F_TEST] = {"test", "test", LUR_K_SCRIPT, 0, 0, NULL, 0, "none", "",
                    "Patterns never trained on, which the metrics test_loss and test_accuracy measure."},
    [LUR_F_TEST_SEED] = {"test_seed", "test_seed", LUR_K_INTEGER, 0, LARGEST_SEED, NULL, 0, "1", "",
                         "Draws which patterns a fraction given as test holds out; the same for all runs."},
    [LUR_F_NORMALIZE] = {"normalize", "normalize", LUR_K_CHOICE, 0, 0, normalize_names, 0, "none", "",
                         "Scales each input by what the training patterns show; forward applies it too."},
    [LUR_F_HIDDEN] = {"hidden", "hidden", LUR_K_SIZES, 1, LUR_MAX_WIDTH, NULL, LUR_AXIS | LUR_STRUCTURE,
                      "0, a single layer", "units", "Units of each hidden layer: 3, {8, 4}, or 0 for none."},
    [LUR_F_ACTIVATION] = {"activation", "activation", LUR_K_CHOICE, 0, 0, lur_activation_names,
                          LUR_AXIS | LUR_STRUCTURE, "sigmoid", "",
                          "What a unit makes of its weighted sum, in every layer."},
    [LUR_F_OUTPUT_ACTIVATION] = {"output_activation", "output_activation", LUR_K_CHOICE, 0, 0, lur_activation_names,
                                 LUR_AXIS | LUR_STRUCTURE, "as activation", "",
                                 "The activation of the output layer, where it has its own."},
    [LUR_F_BIAS] = {"bias", "bias", LUR_K_BOOL, 0, 1, NULL, LUR_AXIS | LUR_STRUCTURE, "true", "",
                    "Whether every unit adds a learned constant to its sum."},
    [LUR_F_INIT] = {"init", "init", LUR_K_CHOICE, 0, 0, lur_init_names, LUR_AXIS | LUR_STRUCTURE, "normal", "",
                    "How start weights are drawn: normal N(0,1), uniform U(-1,1), xavier, he, or zeros."},
    [LUR_F_BIAS_INIT] = {"bias_init", "bias_init", LUR_K_CHOICE, 0, 0, lur_bias_init_names, LUR_AXIS | LUR_STRUCTURE,
                         "zeros for xavier, he and zeros, else as init", "", "How start biases are drawn."},
    [LUR_F_INIT_SCALE] = {"init_scale", "init_scale", LUR_K_LAYERED, 0, DBL_MAX, NULL, LUR_AXIS, "1", "",
                          "Multiplies the drawn start values: a number, or one per layer."},
    [LUR_F_WEIGHTS] = {"weights", "weights", LUR_K_SCRIPT, 0, 0, NULL, 0, "drawn from seed", "",
                       "Start weights of your own, instead of drawn ones."},
    [LUR_F_BIASES] = {"biases", "biases", LUR_K_SCRIPT, 0, 0, NULL, 0, "drawn from seed", "",
                      "Start biases of your own, instead of drawn ones."},
    [LUR_F_LOSS] = {"loss", "loss_function", LUR_K_CHOICE, 0, 0, lur_loss_names, LUR_AXIS | LUR_STRUCTURE,
                    "cross_entropy for sigmoid and softmax outputs, perceptron for step, else mse", "",
                    "What training makes small."},
    [LUR_F_OPTIMIZER] = {"optimizer", "optimizer", LUR_K_CHOICE, 0, 0, lur_optimizer_names, LUR_AXIS | LUR_STRUCTURE,
                         "sgd", "", "The rule that turns gradients into changes of the weights."},
    [LUR_F_MOMENTUM] = {"momentum", "momentum", LUR_K_NUMBER, 0, 1, NULL, LUR_AXIS, "0.9", "",
                        "Share of the last update's direction that is kept; momentum and nesterov read it."},
    [LUR_F_BETA1] = {"beta1", "beta1", LUR_K_NUMBER, 0, BELOW_1, NULL, LUR_AXIS, "0.9", "",
                     "Decay of the running mean of gradients; adam reads it."},
    [LUR_F_BETA2] = {"beta2", "beta2", LUR_K_NUMBER, 0, BELOW_1, NULL, LUR_AXIS, "0.999", "",
                     "Decay of the running mean of squared gradients; adam reads it."},
    [LUR_F_RHO] = {"rho", "rho", LUR_K_NUMBER, 0, 1, NULL, LUR_AXIS, "0.99", "",
                   "Decay of the running mean of squared gradients; rmsprop reads it."},
    [LUR_F_EPSILON] = {"epsilon", "epsilon", LUR_K_NUMBER, 0, DBL_MAX, NULL, LUR_AXIS,
                       "1e-10 for adagrad, 1e-08 for rmsprop and adam", "",
                       "Keeps the division by a gradient's size finite; adagrad, rmsprop and adam read it."},
    [LUR_F_WEIGHT_DECAY] = {"weight_decay", "weight_decay", LUR_K_NUMBER, 0, DBL_MAX, NULL, LUR_AXIS, "0", "",
                            "Pulls every parameter towards 0 by this share of itself; all but rprop read it."},
    [LUR_F_LEARNING_RATE] = {"learning_rate", "learning_rate", LUR_K_LAYERED, 0, DBL_MAX, NULL, LUR_AXIS,
                             "0.1 for sgd, momentum, nesterov; 0.001 for adam; 0.01 for adagrad, rmsprop, rprop", "",
                             "How far each update goes: a number, or one per layer."},
    [LUR_F_EPOCHS] = {"epochs", "max_epochs", LUR_K_INTEGER, 0, LARGEST_COUNT, NULL, LUR_AXIS, "1000", "epochs",
                      "How often training goes through all patterns, unless it ends earlier."},
    [LUR_F_BATCH] = {"batch", "batch", LUR_K_BATCH, 1, LARGEST_COUNT, batch_names, LUR_AXIS | LUR_STRUCTURE, "1",
                     "patterns", "Patterns an update, their gradients averaged; \"all\" is the full batch."},
    [LUR_F_SHUFFLE] = {"shuffle", "shuffle", LUR_K_BOOL, 0, 1, NULL, LUR_AXIS | LUR_STRUCTURE, "false", "",
                       "Whether each epoch visits the patterns in a new order, drawn from seed."},
    [LUR_F_STOP_ERROR] = {"stop_error", "stop_error", LUR_K_NUMBER, ABOVE_0, DBL_MAX, NULL, LUR_AXIS, "none", "",
                          "Solved when every output of every pattern is within this of its target, in an epoch and "
                          "after it."},
    [LUR_F_STOP_LOSS] = {"stop_loss", "stop_loss", LUR_K_NUMBER, ABOVE_0, DBL_MAX, NULL, LUR_AXIS, "none", "",
                         "Solved when the training loss is below this, in an epoch and after it."},
    [LUR_F_STOP_ACCURACY] = {"stop_accuracy", "stop_accuracy", LUR_K_NUMBER, ABOVE_0, 1, NULL, LUR_AXIS, "none", "",
                             "Solved when the accuracy is at least this, in an epoch and after it."},
    [LUR_F_STOP_PATIENCE] = {"stop_patience", "stop_patience", LUR_K_INTEGER, 1, LARGEST_COUNT, NULL, LUR_AXIS, "none",
                             "epochs", "Stalled after this many epochs without a strictly better loss."},
    [LUR_F_STOP_EVERY] = {"stop_every", "stop_every", LUR_K_INTEGER, 1, LARGEST_COUNT, NULL, LUR_AXIS, "1", "epochs",
                          "Looks at the stop conditions at epochs n-1, 2n-1, ... only."},
    [LUR_F_STOP_WHEN] = {"stop_when", "stop_when", LUR_K_SCRIPT, 0, 0, NULL, 0, "none", "",
                         "Asked at each epoch that stop_every says; true ends the run as stopped."},
    [LUR_F_PRECISION] = {"precision", "precision", LUR_K_CHOICE, 0, 0, lur_precision_names, LUR_AXIS | LUR_STRUCTURE,
                         "double", "", "Floating-point numbers of 64 bits, or of 32: about twice as fast."},
    [LUR_F_PARAMS] = {"params", "params", LUR_K_SCRIPT, 0, 0, NULL, 0, "{}", "",
                      "Your own named values, for the functions that take them, and as axes."},
    [LUR_F_METRICS] = {"metrics", "metrics", LUR_K_SCRIPT, 0, 0, NULL, 0, "{}", "",
                       "More columns of the results, beside loss, accuracy and epochs."},
    [LUR_F_LOG] = {"log", "log", LUR_K_SCRIPT, 0, 0, NULL, 0, "every tenth of the run", "epochs",
                   "Which epochs are printed, or what is done at them."},
    [LUR_F_CURVE] = {"curve", "curve", LUR_K_INTEGER, 0, 1000000, NULL, 0, "0", "points",
                     "Points of the loss curve that are kept per run."},
    [LUR_F_KEEP] = {"keep", "keep", LUR_K_SCRIPT, 0, 0, NULL, 0, "all", "", "Rows of a sweep that are stored."},
    [LUR_F_RANK] = {"rank", "rank", LUR_K_TEXT, 0, 0, NULL, 0, "the share solved where runs were, then loss", "",
                    "The metric by which tables, reports and best rank combinations; it changes no results."},
    [LUR_F_SWEEP] = {"sweep", "sweep", LUR_K_SCRIPT, 0, 0, NULL, 0, "none", "",
                     "The axes: for each field the values that `luron sweep` tries."},
    [LUR_F_WHERE] = {"where", "where", LUR_K_SCRIPT, 0, 0, NULL, 0, "none", "",
                     "Which combinations are run: those for which it is true. Points drawn go on past the others."},
    [LUR_F_SAMPLER] = {"sampler", "sampler", LUR_K_CHOICE, 0, 0, lur_sampler_names, 0, "grid", "",
                       "How points are chosen from the axes: all of them, or drawn."},
    [LUR_F_SAMPLES] =
        {"samples", "samples", LUR_K_INTEGER, 1, 1e12, NULL, 0, "required by drawn samplers", "points",
         "How many points a drawn sampler takes, none twice while there are others; each with every seed."},
    [LUR_F_SAMPLER_SEED] = {"sampler_seed", "sampler_seed", LUR_K_INTEGER, 0, LARGEST_SEED, NULL, 0, "1", "",
                            "Draws the points of the samplers random and latin."},
    [LUR_F_PRUNE] = {"prune", "prune", LUR_K_SCRIPT, 0, 0, NULL, 0, "none", "",
                     "Ends the worst runs early: of N runs, keep^i N go on after the i-th epoch of at."},
    [LUR_F_SEED] = {"seed", "seed", LUR_K_INTEGER, 0, LARGEST_SEED, NULL, LUR_AXIS, "1", "",
                    "Draws start values and shuffles; as an axis, the replicates over which tables summarise."},
};

/* "stop.error" is "stop_error". */
static void without_dot(const char *name, char *out, size_t room) {
  size_t n = strlen(name);
  if (n >= room)
    n = room - 1;
  memcpy(out, name, n);
  out[n] = '\0';
  if (strncmp(out, "stop.", 5) == 0)
    out[4] = '_';
}

static int find_plain(const char *name) {
  for (int i = 0; i < LUR_N_FIELDS; i++)
    if (strcmp(lur_fields[i].name, name) == 0 || strcmp(lur_fields[i].column, name) == 0)
      return i;
  return -1;
}

/* The field of "learning_rate_2" and its layer; -1 where the name is not of that form. */
static int find_layered(const char *name, int *layer) {
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    size_t n = strlen(lur_fields[i].name);
    if (lur_fields[i].kind != LUR_K_LAYERED || strncmp(name, lur_fields[i].name, n) != 0 || name[n] != '_')
      continue;
    const char *digits = name + n + 1;
    size_t n_digits = strspn(digits, "0123456789");
    int number = n_digits && n_digits < 3 && digits[0] != '0' ? atoi(digits) : 0;
    if (digits[n_digits] != '\0' || number < 1 || number > LUR_MAX_LAYERS)
      return -1;
    *layer = number;
    return i;
  }
  return -1;
}

int lur_field_find(const char *name, int *layer) {
  char plain[64];
  int of_layer = 0;
  without_dot(name, plain, sizeof plain);
  int id = find_plain(plain);
  if (id < 0)
    id = find_layered(plain, &of_layer);
  if (layer)
    *layer = of_layer;
  return id;
}

static const char *suggestion(const char *name) {
  const char *names[2 * LUR_N_FIELDS + 2] = {NULL};
  int n = 0;
  for (int i = 0; i < LUR_N_FIELDS; i++)
    names[n++] = lur_fields[i].name;
  names[n++] = "stop";
  return lur_near_word(name, names);
}

int lur_field_unknown(const char *name, struct lur_error *e) {
  char plain[64], hint[LUR_WORD_ROOM];
  without_dot(name, plain, sizeof plain);
  if (lur_word_explain(NULL, NULL, plain, hint))
    return lur_fail(e, LUR_EINPUT, name, "no such field; %s", hint);
  const char *near = suggestion(plain);
  if (near)
    return lur_fail(e, LUR_EINPUT, name, "no such field; did you mean %s?", near);
  return lur_fail(e, LUR_EINPUT, name, "no such field; `luron help fields` lists them");
}

const char *lur_field_hint(const struct lur_error *e) {
  const char *hint = strstr(e->text, "; ");
  return hint && hint[2] != '`' ? hint + 2 : NULL;
}

const char *lur_kind_name(const struct lur_field *f) {
  switch (f->kind) {
  case LUR_K_BOOL: return "true or false";
  case LUR_K_INTEGER: return "a whole number";
  case LUR_K_NUMBER: return "a number";
  case LUR_K_CHOICE: return "a name";
  case LUR_K_SIZES: return "a number of units, or a list of them";
  case LUR_K_LAYERED: return "a number, or a list with one per layer";
  case LUR_K_BATCH: return "a number of patterns, or \"all\"";
  case LUR_K_TEXT: return "a text";
  case LUR_K_SCRIPT: break;
  }
  return "a table or a function";
}

/* Of texts, tables and functions. */
static const char *const taken[LUR_N_FIELDS] = {
    [LUR_F_NAME] = "a text",
    [LUR_F_INPUTS] = "a list with a list of numbers per pattern (or one number), or a function of the parameters",
    [LUR_F_TARGETS] = "a list with a list of numbers per pattern (or one number), or a function of the parameters",
    [LUR_F_DATA] = "a data set (luron.csv, luron.data ...), or a function of the parameters that returns one, or two",
    [LUR_F_TEST] = "a data set, { inputs =, targets = }, or a fraction: the share of the patterns that is held out",
    [LUR_F_WEIGHTS] = "a list [layer][unit][input], {w1, w2} for a single neuron, or a function of the parameters",
    [LUR_F_BIASES] = "a list [layer][unit], a number for a single neuron, or a function of the parameters",
    [LUR_F_STOP_WHEN] = "a function of an epoch's record",
    [LUR_F_PARAMS] = "a table of numbers, texts, true and false, by name: { noise = 0.1 }",
    [LUR_F_METRICS] = "a list of names, and name = function(run) for one of your own",
    [LUR_F_LOG] = "a list of epochs, luron.every(n), a function of an epoch's record, or false",
    [LUR_F_KEEP] = "\"all\", \"cells\" (a row a combination), or { best = n, by = a metric }",
    [LUR_F_RANK] = "a metric's name, or \"solved\"",
    [LUR_F_SWEEP] = "a table of axes: { learning_rate = {0.1, 1}, seed = luron.range(1, 100) }",
    [LUR_F_WHERE] = "a function of the parameters",
    [LUR_F_PRUNE] = "luron.halving { at = a list of epochs, keep = a share, by = a metric }",
};

bool lur_field_takes_false(const struct lur_field *f) {
  return strcmp(f->default_text, "none") == 0 || f == &lur_fields[LUR_F_LOG];
}

const char *lur_field_takes(const struct lur_field *f) {
  int id = find_plain(f->column);
  return id >= 0 && taken[id] ? taken[id] : lur_kind_name(f);
}
