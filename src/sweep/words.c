/* SPDX-License-Identifier: MIT
 * Words of other systems (Keras, PyTorch, scikit-learn, FANN, R's nnet and neuralnet, Weka) and what each is here: one
 * row a word, found whatever its capitals, underscores, dots and dashes. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "sweep/field.h"

static const char one_rate[] = "learning_rate stays the same through a run";
static const char by_inputs[] = "The number of inputs is that of the patterns";
static const char by_targets[] = "The number of outputs is that of the targets";
static const char by_jobs[] = "luron sweep -j says on how many cores runs are computed";
static const char on_processor[] = "it computes on the processor; luron sweep -j says on how many of its cores";
static const char hidden_units[] = "Write hidden = 8, or hidden = {8, 4} for two layers";
static const char layers_between[] = "Write hidden = {8, 4}: the layers between inputs and outputs";
static const char replicates[] = "Write sweep = { seed = luron.range(1, 10) }";

static const struct word {
  const char *of; /* NULL: a name of a field; else a value of this one */
  const char *word;
  const char *here; /* the field or value; NULL: luron has none */
  const char *hint; /* what to write, or what there is instead; NULL: nothing to add */
} words[] = {
    /* The rate and what changes it. */
    {NULL, "lr", "learning_rate", NULL},
    {NULL, "eta", "learning_rate", NULL},
    {NULL, "learning_rate_init", "learning_rate", NULL},
    {NULL, "alpha", "weight_decay", "It is scikit-learn's alpha; if alpha is the step, write learning_rate"},
    {NULL, "lr_decay", NULL, one_rate},
    {NULL, "learning_rate_decay", NULL, one_rate},
    {NULL, "lr_schedule", NULL, one_rate},
    {NULL, "lr_scheduler", NULL, one_rate},
    {NULL, "scheduler", NULL, one_rate},
    {NULL, "power_t", NULL, one_rate},
    {NULL, "step_size", "learning_rate", NULL},
    /* The rule. */
    {NULL, "solver", "optimizer", NULL},
    {NULL, "optim", "optimizer", NULL},
    {NULL, "optimiser", "optimizer", NULL},
    {NULL, "algorithm", "optimizer", NULL},
    {NULL, "training_algorithm", "optimizer", NULL},
    {NULL, "train_algorithm", "optimizer", NULL},
    {NULL, "nesterov", "optimizer", "Write optimizer = \"nesterov\""},
    {NULL, "nesterovs_momentum", "optimizer", "Write optimizer = \"nesterov\""},
    {NULL, "learning_momentum", "momentum", "Write it with optimizer = \"momentum\""},
    {NULL, "mu", "momentum", "Write it with optimizer = \"momentum\""},
    {NULL, "dampening", NULL, NULL},
    {NULL, "betas", "beta1", "Write beta1 = 0.9, beta2 = 0.999"},
    {NULL, "beta_1", "beta1", NULL},
    {NULL, "beta_2", "beta2", NULL},
    {NULL, "eps", "epsilon", NULL},
    {NULL, "amsgrad", NULL, NULL},
    {NULL, "centered", NULL, NULL},
    {NULL, "initial_accumulator_value", NULL, "adagrad starts at 0"},
    {NULL, "clipnorm", NULL, NULL},
    {NULL, "clipvalue", NULL, NULL},
    {NULL, "grad_clip", NULL, NULL},
    {NULL, "gradient_clipping", NULL, NULL},
    {NULL, "max_grad_norm", NULL, NULL},
    {NULL, "learningrate.limit", NULL, NULL},
    {NULL, "learningrate.factor", NULL, NULL},
    /* What keeps a network from learning by heart. */
    {NULL, "l2", "weight_decay", "A penalty of c times the squared weights is weight_decay = 2 * c; biases decay too"},
    {NULL, "kernel_regularizer", "weight_decay", "Keras' l2(c) is weight_decay = 2 * c; biases decay too"},
    {NULL, "weight_regularizer", "weight_decay", NULL},
    {NULL, "regularizer", "weight_decay", NULL},
    {NULL, "penalty", "weight_decay", NULL},
    {NULL, "lambda", "weight_decay", NULL},
    {NULL, "decay", "weight_decay", "nnet's decay = d is weight_decay = 2 * d / (number of patterns)"},
    {NULL, "l1", NULL, "weight_decay is the penalty of squares"},
    {NULL, "l1_ratio", NULL, "weight_decay is the penalty of squares"},
    {NULL, "dropout", NULL, "weight_decay is what keeps weights small"},
    {NULL, "batch_norm", NULL, "normalize scales the inputs alone"},
    {NULL, "batch_normalization", NULL, "normalize scales the inputs alone"},
    {NULL, "class_weight", NULL, NULL},
    {NULL, "sample_weight", NULL, NULL},
    {NULL, "label_smoothing", NULL, NULL},
    /* How long. */
    {NULL, "max_iter", "epochs", NULL},
    {NULL, "maxit", "epochs", NULL},
    {NULL, "n_iter", "epochs", NULL},
    {NULL, "n_epochs", "epochs", NULL},
    {NULL, "num_epochs", "epochs", NULL},
    {NULL, "nb_epoch", "epochs", NULL},
    {NULL, "iterations", "epochs", NULL},
    {NULL, "steps", "epochs", NULL},
    {NULL, "stepmax", "epochs", NULL},
    {NULL, "training_time", "epochs", NULL},
    {NULL, "patience", "stop.patience", "Write stop = { patience = 10 }"},
    {NULL, "n_iter_no_change", "stop.patience", "Write stop = { patience = 10 }"},
    {NULL, "early_stopping", "stop.patience", "Write stop = { patience = 10 }; it looks at the training loss"},
    {NULL, "tol", "stop.patience", "Write stop = { patience = 10 }; any better loss counts, however little"},
    {NULL, "min_delta", "stop.patience", "Write stop = { patience = 10 }; any better loss counts, however little"},
    {NULL, "desired_error", "stop.loss", "Write stop = { loss = 0.001 }"},
    {NULL, "target_error", "stop.loss", "Write stop = { loss = 0.001 }"},
    {NULL, "abstol", "stop.loss", "Write stop = { loss = 0.001 }"},
    {NULL, "reltol", NULL, "write stop = { loss = 0.001 } or stop = { patience = 10 }"},
    {NULL, "threshold", "stop.loss", "Write stop = { loss = 0.001 }; luron has no stop by the gradient"},
    {NULL, "bit_fail_limit", "stop.error", "Write stop = { error = 0.35 }"},
    /* The network. */
    {NULL, "hidden_layer_sizes", "hidden", "Write hidden = {8, 4}"},
    {NULL, "hidden_layers", "hidden", "Write hidden = {8, 4}"},
    {NULL, "hidden_size", "hidden", "Write hidden = 8"},
    {NULL, "hidden_dim", "hidden", "Write hidden = 8"},
    {NULL, "hidden_units", "hidden", hidden_units},
    {NULL, "hidden_neurons", "hidden", hidden_units},
    {NULL, "n_hidden", "hidden", hidden_units},
    {NULL, "num_hidden", "hidden", hidden_units},
    {NULL, "num_layers", "hidden", "Write hidden = {8, 8} for two hidden layers of 8"},
    {NULL, "layers", "hidden", layers_between},
    {NULL, "layer_sizes", "hidden", layers_between},
    {NULL, "architecture", "hidden", layers_between},
    {NULL, "units", "hidden", "Write hidden = 8"},
    {NULL, "neurons", "hidden", "Write hidden = 8"},
    {NULL, "nodes", "hidden", "Write hidden = 8"},
    {NULL, "size", "hidden", "Write hidden = 8"},
    {NULL, "width", "hidden", "Write hidden = 8"},
    {NULL, "depth", "hidden", "Write hidden = {8, 8} for two hidden layers of 8"},
    {NULL, "nonlinearity", "activation", NULL},
    {NULL, "activation_function", "activation", NULL},
    {NULL, "hidden_activation", "activation", "output_activation is that of the output layer"},
    {NULL, "transfer_function", "activation", NULL},
    {NULL, "act.fct", "activation", NULL},
    {NULL, "activation_output", "output_activation", NULL},
    {NULL, "final_activation", "output_activation", NULL},
    {NULL, "last_activation", "output_activation", NULL},
    {NULL, "output_function", "output_activation", NULL},
    {NULL, "linout", "output_activation", "Write output_activation = \"linear\""},
    {NULL, "linear.output", "output_activation", "Write output_activation = \"linear\""},
    {NULL, "softmax", "output_activation", "Write output_activation = \"softmax\""},
    {NULL, "steepness", NULL, "sigmoid is FANN's at steepness 0.5, tanh its symmetric one at 1"},
    {NULL, "use_bias", "bias", NULL},
    {NULL, "intercept", "bias", NULL},
    {NULL, "fit_intercept", "bias", NULL},
    {NULL, "skip", NULL, "each layer feeds the next one alone"},
    {NULL, "connection_rate", NULL, "each layer feeds all of the next one"},
    {NULL, "input_shape", "inputs", by_inputs},
    {NULL, "input_dim", "inputs", by_inputs},
    {NULL, "input_size", "inputs", by_inputs},
    {NULL, "num_inputs", "inputs", by_inputs},
    {NULL, "num_input", "inputs", by_inputs},
    {NULL, "output_dim", "targets", by_targets},
    {NULL, "out_features", "targets", by_targets},
    {NULL, "num_outputs", "targets", by_targets},
    {NULL, "num_output", "targets", by_targets},
    {NULL, "n_classes", "targets", by_targets},
    {NULL, "num_classes", "targets", by_targets},
    /* Where it starts. */
    {NULL, "weight_init", "init", NULL},
    {NULL, "initializer", "init", NULL},
    {NULL, "initialization", "init", NULL},
    {NULL, "kernel_initializer", "init", NULL},
    {NULL, "weight_initializer", "init", NULL},
    {NULL, "bias_initializer", "bias_init", NULL},
    {NULL, "rang", "init_scale", "Write init = \"uniform\", init_scale = 0.7"},
    {NULL, "gain", "init_scale", NULL},
    {NULL, "startweights", "weights", NULL},
    {NULL, "initial_weights", "weights", NULL},
    {NULL, "Wts", "weights", NULL},
    {NULL, "intercepts", "biases", NULL},
    {NULL, "warm_start", "weights", "Write weights = n.weights, biases = n.biases of a trained network n"},
    {NULL, "random_state", "seed", NULL},
    {NULL, "random_seed", "seed", NULL},
    {NULL, "manual_seed", "seed", NULL},
    {NULL, "rng", "seed", NULL},
    /* What is made small. */
    {NULL, "criterion", "loss", NULL},
    {NULL, "loss_fn", "loss", NULL},
    {NULL, "loss_func", "loss", NULL},
    {NULL, "cost", "loss", NULL},
    {NULL, "cost_function", "loss", NULL},
    {NULL, "objective", "loss", NULL},
    {NULL, "error_function", "loss", NULL},
    {NULL, "train_error_function", "loss", NULL},
    {NULL, "err.fct", "loss", NULL},
    {NULL, "entropy", "loss", "Write loss = \"cross_entropy\""},
    /* The data. */
    {NULL, "x", "inputs", NULL},
    {NULL, "x_train", "inputs", NULL},
    {NULL, "features", "inputs", NULL},
    {NULL, "y", "targets", NULL},
    {NULL, "y_train", "targets", NULL},
    {NULL, "outputs", "targets", NULL},
    {NULL, "labels", "targets", NULL},
    {NULL, "train", "data", NULL},
    {NULL, "train_data", "data", NULL},
    {NULL, "dataset", "data", NULL},
    {NULL, "validation", "test", NULL},
    {NULL, "validation_data", "test", NULL},
    {NULL, "validation_set", "test", NULL},
    {NULL, "test_data", "test", NULL},
    {NULL, "test_set", "test", NULL},
    {NULL, "x_test", "test", "Write test = { inputs =, targets = }"},
    {NULL, "y_test", "test", "Write test = { inputs =, targets = }"},
    {NULL, "validation_split", "test", "Write test = 0.2 to hold out a fifth of the patterns"},
    {NULL, "validation_fraction", "test", "Write test = 0.1 to hold out a tenth of the patterns"},
    {NULL, "val_split", "test", "Write test = 0.2 to hold out a fifth of the patterns"},
    {NULL, "test_size", "test", "Write test = 0.25 to hold out a quarter of the patterns"},
    {NULL, "train_size", "test", "Write test = 0.25 to hold out a quarter of the patterns"},
    {NULL, "stratify", NULL, "test = 0.25 holds out patterns of any class"},
    {NULL, "cv", NULL, "test = 0.25 holds out a quarter of the patterns; test_seed draws which"},
    {NULL, "scale", "normalize", "Write normalize = \"zscore\" or \"minmax\""},
    {NULL, "scaler", "normalize", "Write normalize = \"zscore\" or \"minmax\""},
    {NULL, "standardize", "normalize", "Write normalize = \"zscore\""},
    {NULL, "batch_size", "batch", NULL},
    {NULL, "mini_batch", "batch", NULL},
    {NULL, "mini_batch_size", "batch", NULL},
    {NULL, "full_batch", "batch", "Write batch = \"all\""},
    /* How it is computed and told. */
    {NULL, "dtype", "precision", "Write precision = \"single\" for 32 bits"},
    {NULL, "float_type", "precision", "Write precision = \"single\" for 32 bits"},
    {NULL, "device", NULL, on_processor},
    {NULL, "gpu", NULL, on_processor},
    {NULL, "cuda", NULL, on_processor},
    {NULL, "n_jobs", NULL, by_jobs},
    {NULL, "num_workers", NULL, by_jobs},
    {NULL, "workers", NULL, by_jobs},
    {NULL, "verbose", "log", "Write log = false, or luron.every(100)"},
    {NULL, "lifesign", "log", "Write log = false, or luron.every(100)"},
    {NULL, "callbacks", "log", "Write log = function(r) ... end"},
    {NULL, "history", "curve", "Write curve = 100 to keep 100 points of the loss curve"},
    {NULL, "scoring", "metrics", NULL},
    {NULL, "grid", "sweep", "Write sweep = { learning_rate = { 0.1, 1 } }"},
    {NULL, "param_grid", "sweep", "Write sweep = { learning_rate = { 0.1, 1 } }"},
    {NULL, "param_distributions", "sweep", "Write sweep = { learning_rate = luron.loguniform(0.01, 1) }"},
    {NULL, "rep", "seed", replicates},
    {NULL, "repeats", "seed", replicates},
    {NULL, "repetitions", "seed", replicates},
    {NULL, "n_runs", "seed", replicates},
    {NULL, "restarts", "seed", replicates},
    {NULL, "n_init", "seed", replicates},
    {NULL, "pruner", "prune", "Write prune = luron.halving { at = {50, 200}, keep = 0.25 }"},
    /* Activations, of output_activation too. */
    {"activation", "logistic", "sigmoid", NULL},
    {"activation", "logit", "sigmoid", NULL},
    {"activation", "logsig", "sigmoid", NULL},
    {"activation", "sigm", "sigmoid", NULL},
    {"activation", "fann_sigmoid", "sigmoid", NULL},
    {"activation", "hyperbolic_tangent", "tanh", NULL},
    {"activation", "tansig", "tanh", NULL},
    {"activation", "sigmoid_symmetric", "tanh", NULL},
    {"activation", "fann_sigmoid_symmetric", "tanh", NULL},
    {"activation", "rectifier", "relu", NULL},
    {"activation", "rectified_linear", "relu", NULL},
    {"activation", "lrelu", "leaky_relu", NULL},
    {"activation", "identity", "linear", NULL},
    {"activation", "none", "linear", NULL},
    {"activation", "purelin", "linear", NULL},
    {"activation", "fann_linear", "linear", NULL},
    {"activation", "heaviside", "step", NULL},
    {"activation", "threshold", "step", NULL},
    {"activation", "hardlim", "step", NULL},
    {"activation", "sign", "step", NULL},
    {"activation", "fann_threshold", "step", NULL},
    {"activation", "perceptron", "step", NULL},
    {"activation", "log_softmax", "softmax", NULL},
    {"activation", "swish", NULL, NULL},
    {"activation", "prelu", NULL, NULL},
    {"activation", "sin", NULL, NULL},
    /* Losses. */
    {"loss", "bce", "cross_entropy", NULL},
    {"loss", "bce_loss", "cross_entropy", NULL},
    {"loss", "bce_with_logits_loss", "cross_entropy", NULL},
    {"loss", "binary_crossentropy", "cross_entropy", NULL},
    {"loss", "categorical_crossentropy", "cross_entropy", NULL},
    {"loss", "sparse_categorical_crossentropy", "cross_entropy", NULL},
    {"loss", "ce", "cross_entropy", NULL},
    {"loss", "crossentropy_loss", "cross_entropy", NULL},
    {"loss", "log_loss", "cross_entropy", NULL},
    {"loss", "logistic", "cross_entropy", NULL},
    {"loss", "nll", "cross_entropy", NULL},
    {"loss", "nll_loss", "cross_entropy", NULL},
    {"loss", "entropy", "cross_entropy", NULL},
    {"loss", "deviance", "cross_entropy", NULL},
    {"loss", "mean_squared_error", "mse", NULL},
    {"loss", "mse_loss", "mse", NULL},
    {"loss", "squared_error", "mse", NULL},
    {"loss", "squares", "mse", NULL},
    {"loss", "sse", "mse", NULL},
    {"loss", "l2", "mse", NULL},
    {"loss", "quadratic", "mse", NULL},
    {"loss", "least_squares", "mse", NULL},
    {"loss", "mean_absolute_error", NULL, NULL},
    {"loss", "l1", NULL, NULL},
    {"loss", "l1_loss", NULL, NULL},
    {"loss", "kl_divergence", NULL, NULL},
    /* Optimizers. */
    {"optimizer", "backprop", "sgd", NULL},
    {"optimizer", "backpropagation", "sgd", NULL},
    {"optimizer", "gd", "sgd", NULL},
    {"optimizer", "gradient_descent", "sgd", NULL},
    {"optimizer", "traingd", "sgd", NULL},
    {"optimizer", "incremental", "sgd", "Write it with batch = 1"},
    {"optimizer", "fann_train_incremental", "sgd", "Write it with batch = 1"},
    {"optimizer", "batch", "sgd", "Write it with batch = \"all\""},
    {"optimizer", "fann_train_batch", "sgd", "Write it with batch = \"all\""},
    {"optimizer", "sgd_momentum", "momentum", NULL},
    {"optimizer", "momentum_sgd", "momentum", NULL},
    {"optimizer", "traingdm", "momentum", NULL},
    {"optimizer", "nag", "nesterov", NULL},
    {"optimizer", "rprop+", "rprop_1993", NULL},
    {"optimizer", "rprop_plus", "rprop_1993", NULL},
    {"optimizer", "irprop", "rprop", NULL},
    {"optimizer", "fann_train_rprop", "rprop", NULL},
    {"optimizer", "radam", NULL, NULL},
    {"optimizer", "ftrl", NULL, NULL},
    {"optimizer", "lbfgs", NULL, NULL},
    {"optimizer", "bfgs", NULL, NULL},
    {"optimizer", "cg", NULL, NULL},
    {"optimizer", "scg", NULL, NULL},
    {"optimizer", "levenberg_marquardt", NULL, NULL},
    {"optimizer", "trainlm", NULL, NULL},
    {"optimizer", "fann_train_quickprop", NULL, NULL},
    /* Start weights. */
    {"init", "glorot", "xavier", NULL},
    {"init", "glorot_uniform", "xavier", NULL},
    {"init", "xavier_uniform", "xavier", NULL},
    {"init", "glorot_normal", "xavier", "It draws uniformly"},
    {"init", "xavier_normal", "xavier", "It draws uniformly"},
    {"init", "kaiming", "he", NULL},
    {"init", "kaiming_normal", "he", NULL},
    {"init", "he_normal", "he", NULL},
    {"init", "kaiming_uniform", "he", "It draws normally"},
    {"init", "he_uniform", "he", "It draws normally"},
    {"init", "random_normal", "normal", NULL},
    {"init", "gaussian", "normal", NULL},
    {"init", "randn", "normal", NULL},
    {"init", "random_uniform", "uniform", NULL},
    {"init", "random", "uniform", NULL},
    {"init", "rand", "uniform", NULL},
    {"init", "lecun_normal", NULL, "write init = \"normal\" with init_scale"},
    {"init", "lecun_uniform", NULL, "write init = \"uniform\" with init_scale"},
    {"init", "orthogonal", NULL, NULL},
    {"init", "truncated_normal", NULL, NULL},
    {"init", "nguyen_widrow", NULL, NULL},
    {"init", "ones", NULL, "weights takes a table"},
    {"init", "constant", NULL, "weights takes a table"},
    /* Scales. */
    {"normalize", "standard", "zscore", NULL},
    {"normalize", "standardize", "zscore", NULL},
    {"normalize", "standard_scaler", "zscore", NULL},
    {"normalize", "standardization", "zscore", NULL},
    {"normalize", "z", "zscore", NULL},
    {"normalize", "min_max_scaler", "minmax", NULL},
    {"normalize", "range", "minmax", NULL},
    {"normalize", "robust", NULL, NULL},
    /* Widths of numbers. */
    {"precision", "float64", "double", NULL},
    {"precision", "f64", "double", NULL},
    {"precision", "float32", "single", NULL},
    {"precision", "f32", "single", NULL},
    {"precision", "float", "single", NULL},
    {"precision", "float16", NULL, NULL},
    {"precision", "half", NULL, NULL},
    {"precision", "bfloat16", NULL, NULL},
    /* Batches. */
    {"batch", "full", "all", NULL},
    {"batch", "full_batch", "all", NULL},
    {"batch", "auto", "all", "scikit-learn's auto is batch = 200"},
    /* Samplers. */
    {"sampler", "grid_search", "grid", NULL},
    {"sampler", "product", "grid", NULL},
    {"sampler", "random_search", "random", NULL},
    {"sampler", "uniform", "random", NULL},
    {"sampler", "lhs", "latin", NULL},
    {"sampler", "latin_hypercube", "latin", NULL},
    {"sampler", "halton", NULL, NULL},
    {"sampler", "tpe", NULL, NULL},
    {"sampler", "bayesian", NULL, NULL},
    /* Metrics. */
    {"metrics", "acc", "accuracy", NULL},
    {"metrics", "mean_squared_error", "mse", NULL},
    {"metrics", "bce", "cross_entropy", NULL},
    {"metrics", "log_loss", "cross_entropy", NULL},
    {"metrics", "val_loss", "test_loss", NULL},
    {"metrics", "val_accuracy", "test_accuracy", NULL},
    {"metrics", "val_acc", "test_accuracy", NULL},
    {"metrics", "f1", NULL, "write it as name = function(run)"},
    {"metrics", "auc", NULL, "write it as name = function(run)"},
    {"metrics", "r2", NULL, "write it as name = function(run)"},
    {"metrics", "mae", NULL, "write it as name = function(run)"},
    {"metrics", "rmse", NULL, "write it as name = function(run)"},
};

/* Capitals and what joins words do not count: "Max.Iter" is max_iter. */
static bool is_same(const char *a, const char *b) {
  static const char joins[] = "_-. ";
  for (;;) {
    a += strspn(a, joins);
    b += strspn(b, joins);
    if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
      return false;
    if (!*a)
      return true;
    a++;
    b++;
  }
}

static void explain(const char *here, const char *hint, char out[LUR_WORD_ROOM]) {
  if (here)
    snprintf(out, LUR_WORD_ROOM, "did you mean %s?%s%s", here, hint ? " " : "", hint ? hint : "");
  else
    snprintf(out, LUR_WORD_ROOM, "luron has none%s%s", hint ? "; " : "", hint ? hint : "");
}

static bool is_among(const char *const *choices, const char *word, char out[LUR_WORD_ROOM]) {
  for (; choices && *choices; choices++)
    if (is_same(*choices, word)) {
      explain(*choices, NULL, out);
      return true;
    }
  return false;
}

/* Two fields take the words of another. */
static bool is_of(const struct word *w, const char *of) {
  if (!of || !w->of)
    return !of && !w->of;
  if (strcmp(of, "output_activation") == 0)
    of = "activation";
  return strcmp(strcmp(of, "bias_init") == 0 ? "init" : of, w->of) == 0;
}

static bool can_be(const char *const *choices, const char *here) {
  if (!choices || !here)
    return true;
  while (*choices && strcmp(*choices, here) != 0)
    choices++;
  return *choices != NULL;
}

bool lur_word_explain(const char *of, const char *const *choices, const char *word, char out[LUR_WORD_ROOM]) {
  if (is_among(choices, word, out))
    return true;
  const struct word *w = NULL;
  for (size_t i = 0; i < sizeof words / sizeof words[0] && !w; i++)
    if (is_of(&words[i], of) && is_same(words[i].word, word) && can_be(choices, words[i].here))
      w = &words[i];
  bool is_read = !of && choices; /* a name of something that is read, not written: a network's, a run's */
  if (!w || (is_read && !w->here))
    return false;
  explain(w->here, is_read ? NULL : w->hint, out);
  return true;
}
