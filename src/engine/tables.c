/* SPDX-License-Identifier: MIT
 * Names and facts of activations, losses, optimizers and metrics, in the order of the enums. */
#include "engine/engine.h"

const char *const lur_activation_names[] = {"sigmoid", "tanh",   "relu",    "leaky_relu", "softplus",
                                            "step",    "linear", "softmax", NULL};
const char *const lur_loss_names[] = {"cross_entropy", "mse", "perceptron", NULL};
const char *const lur_optimizer_names[] = {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "rprop", NULL};
const char *const lur_init_names[] = {"normal", "uniform", "xavier", "he", "zeros", NULL};
const char *const lur_bias_init_names[] = {"normal", "uniform", "zeros", NULL};
const char *const lur_precision_names[] = {"double", "single", NULL};
const char *const lur_status_names[] = {"failed",  "diverged", "stopped",  "solved",
                                        "stalled", "pruned",   "finished", NULL};
const char *const lur_metric_names[] = {"loss",          "accuracy",    "error_max",     "loss_min",
                                        "loss_sum",      "mse",         "cross_entropy", "test_loss",
                                        "test_accuracy", "weight_norm", "trainability",  NULL};

/* Defaults as in PyTorch's torch.optim (docs/numerics.md). */
const struct lur_optimizer_facts lur_optimizers[LUR_N_OPTIMIZERS] = {
    [LUR_SGD] = {LUR_READS_DECAY, 0.1, 0, 0},
    [LUR_MOMENTUM] = {LUR_READS_MOMENTUM | LUR_READS_DECAY, 0.1, 0, 1},
    [LUR_NESTEROV] = {LUR_READS_MOMENTUM | LUR_READS_DECAY, 0.1, 0, 1},
    [LUR_ADAGRAD] = {LUR_READS_EPSILON | LUR_READS_DECAY, 0.01, 1e-10, 1},
    [LUR_RMSPROP] = {LUR_READS_RHO | LUR_READS_EPSILON | LUR_READS_DECAY, 0.01, 1e-8, 1},
    [LUR_ADAM] = {LUR_READS_BETAS | LUR_READS_EPSILON | LUR_READS_DECAY, 0.001, 1e-8, 2},
    [LUR_RPROP] = {0, 0.01, 0, 2},
};
