/* SPDX-License-Identifier: MIT
 * The fields of an experiment: one row each, in the order in which axes are numbered. The enum, the table, the readers
 * of scripts and command lines, the defaults, the messages and `luron help fields` are made from the list. So a new
 * field is a new row and the place that uses it; a number that the engine trains with is a member of struct
 * lur_numbers too.
 *
 * X(ID, name in Lua (stop_error stands as stop = { error = }), column, then members of struct lur_field). The macros
 * for members (REAL_AT, COUNT ...) are beside the table, in field.c. */
#ifndef LUR_SWEEP_FIELDS_INC_H
#define LUR_SWEEP_FIELDS_INC_H

/* The fields that may have a number per layer: those whose row says LAYERS_AT or DROPOUT_AT, which do not compile for
 * others. */
#define LUR_LAYERED(X) X(learning_rate) X(init_scale) X(dropout)

#define LUR_FIELDS(X)                                                                                                  \
  X(NAME, name, name, .kind = LUR_K_TEXT, .default_text = "none; tables show the results file's name",                 \
    .meaning = "What the experiment is called in logs, tables and reports; files are named after the script.",         \
    .takes = "a text")                                                                                                 \
  X(INPUTS, inputs, inputs, .kind = LUR_K_SCRIPT, .default_text = "required, or data",                                 \
    .meaning = "What the network is shown: the training patterns.",                                                    \
    .takes = "a list with a list of numbers per pattern (or one number), or a function of the parameters")             \
  X(TARGETS, targets, targets, .kind = LUR_K_SCRIPT, .default_text = "required, or data",                              \
    .meaning = "What the network should answer to each pattern.",                                                      \
    .takes = "a list with a list of numbers per pattern (or one number), or a function of the parameters")             \
  X(DATA, data, data, .kind = LUR_K_SCRIPT, .default_text = "inputs and targets",                                      \
    .meaning =                                                                                                         \
        "The patterns, inputs and targets together; a second data set is the test set, a third the validation set.",   \
    .takes = "a data set (luron.csv, luron.data ...), or a function of the parameters that returns one, two or three") \
  X(TEST, test, test, .kind = LUR_K_SCRIPT,                                                                            \
    .meaning = "Patterns never trained on, which the metrics test_loss and test_accuracy measure.",                    \
    .takes = "a data set, { inputs =, targets = }, or a fraction: the share of the patterns that is held out")         \
  X(TEST_SEED, test_seed, test_seed, .kind = LUR_K_INTEGER, .max = LARGEST_SEED, .usual = COUNT(1),                    \
    .meaning = "Draws which patterns a fraction given as test holds out; the same for all runs.")                      \
  X(VALIDATION, validation, validation, .kind = LUR_K_SCRIPT,                                                          \
    .meaning = "Patterns never trained on, which stop.monitor, restore and the validation metrics look at.",           \
    .takes = "a data set, { inputs =, targets = }, or a fraction: the share of what test leaves that is held out")     \
  X(VALIDATION_SEED, validation_seed, validation_seed, .kind = LUR_K_INTEGER, .flags = LUR_UNSAID,                     \
    .max = LARGEST_SEED, .usual = COUNT(1),                                                                            \
    .meaning = "Draws which patterns a fraction given as validation holds out; the same for all runs.")                \
  X(VALIDATION_STRATIFIED, validation_stratified, validation_stratified, .kind = LUR_K_BOOL, .flags = LUR_UNSAID,      \
    .max = 1, .usual = TRUTH(true),                                                                                    \
    .meaning = "Whether a fraction given as validation holds out the same share of each class.")                       \
  X(FOLDS, folds, folds, .kind = LUR_K_INTEGER, .flags = LUR_UNSAID, .min = 2, .max = UINT32_MAX, .unit = "folds",     \
    .meaning = "Cross-validation: parts of the patterns of which each is the test set once; drawn from seed.")         \
  X(NORMALIZE, normalize, normalize, .kind = LUR_K_CHOICE, .choices = lur_normalize_names,                             \
    .meaning = "Scales each input by what the training patterns show; forward applies it too.")                        \
  X(NORMALIZE_TARGETS, normalize_targets, normalize_targets, .kind = LUR_K_CHOICE, .flags = LUR_UNSAID,                \
    .choices = lur_normalize_names,                                                                                    \
    .meaning = "Scales each target by what the training patterns show; outputs and errors are in the targets' units.") \
  X(PATTERN_WEIGHTS, pattern_weights, pattern_weights, .kind = LUR_K_SCRIPT,                                           \
    .meaning = "How much each training pattern counts in loss and gradients; sums are divided as without.",            \
    .takes = "a list of numbers, the name of a column of luron.csv, or a function of the parameters")                  \
  X(CLASS_WEIGHTS, class_weights, class_weights, .kind = LUR_K_CHOICE, .flags = LUR_UNSAID,                            \
    .choices = class_weights_names, .takes = "\"balanced\", or a table of numbers by class: { no = 1, yes = 5 }",      \
    .meaning = "How much the patterns of each class count; balanced: n / (classes * patterns of the class).")          \
  X(HIDDEN, hidden, hidden, .kind = LUR_K_SIZES, .flags = LUR_AXIS | LUR_STRUCTURE, .min = 1, .max = LUR_MAX_WIDTH,    \
    .usual = NO_SIZES, .default_text = "0, a single layer", .unit = "units",                                           \
    .meaning = "Units of each hidden layer: 3, {8, 4}, or 0 for none.")                                                \
  X(SHORTCUTS, shortcuts, shortcuts, .kind = LUR_K_SHORTCUTS, .flags = LUR_AXIS | LUR_STRUCTURE | LUR_UNSAID,          \
    .max = 1, .usual = TRUTH(false),                                                                                   \
    .meaning = "Whether each layer sees all before it and not only the one before; or further connections.")           \
  X(ACTIVATION, activation, activation, .kind = LUR_K_CHOICE, FUNCTION(ACTIVATION), .choices = lur_activation_names,   \
    .usual = CHOICE(LUR_SIGMOID),                                                                                      \
    .meaning = "What a unit makes of its weighted sum: in every layer, or a list with one per layer.")                 \
  X(OUTPUT_ACTIVATION, output_activation, output_activation, .kind = LUR_K_CHOICE, FUNCTION(ACTIVATION),               \
    .choices = lur_activation_names, .by = LUR_F_ACTIVATION, .usual_by = usual_output,                                 \
    .default_text = "as activation", .meaning = "The activation of the output layer, if it has its own.")              \
  X(BIAS, bias, bias, .kind = LUR_K_BOOL, .flags = LUR_AXIS | LUR_STRUCTURE, .max = 1, .usual = TRUTH(true),           \
    .meaning = "Whether every unit adds a learned constant to its sum.")                                               \
  X(INIT, init, init, .kind = LUR_K_CHOICE, FUNCTION(INIT), .choices = lur_init_names,                                 \
    .usual = CHOICE(LUR_INIT_NORMAL),                                                                                  \
    .meaning = "How start weights are drawn: normal N(0,1), uniform U(-1,1), xavier, he, or zeros.")                   \
  X(BIAS_INIT, bias_init, bias_init, .kind = LUR_K_CHOICE, .flags = LUR_AXIS | LUR_STRUCTURE,                          \
    .choices = lur_bias_init_names, .by = LUR_F_INIT, .usual_by = usual_bias_init,                                     \
    .meaning = "How start biases are drawn.")                                                                          \
  X(INIT_SCALE, init_scale, init_scale, LAYERS_AT(init_scale), .max = DBL_MAX, .usual = NUMBER(1),                     \
    .meaning = "Multiplies the drawn start values: a number, or one per layer.")                                       \
  X(WEIGHTS, weights, weights, .kind = LUR_K_SCRIPT, .default_text = "drawn from seed",                                \
    .meaning = "Start weights of your own, instead of drawn ones.",                                                    \
    .takes = "a list [layer][unit][input], {w1, w2} for a single neuron, or a function of the parameters")             \
  X(BIASES, biases, biases, .kind = LUR_K_SCRIPT, .default_text = "drawn from seed",                                   \
    .meaning = "Start biases of your own, instead of drawn ones.",                                                     \
    .takes = "a list [layer][unit], a number for a single neuron, or a function of the parameters")                    \
  X(START, start, start, .kind = LUR_K_SCRIPT,                                                                         \
    .meaning = "A network to go on from: its weights, layers, activations, scaling and classes.",                      \
    .takes = "a network: run.network, or luron.load(\"net.txt\")")                                                     \
  X(LOSS, loss, loss_function, .kind = LUR_K_CHOICE, FUNCTION(LOSS), .choices = lur_loss_names,                        \
    .by = LUR_F_OUTPUT_ACTIVATION, .usual_by = usual_loss, .meaning = "What training makes small.")                    \
  X(REDUCTION, reduction, reduction, .kind = LUR_K_CHOICE, .flags = LUR_AXIS | LUR_STRUCTURE | LUR_UNSAID,             \
    .choices = lur_reduction_names, .usual = CHOICE(LUR_MEAN),                                                         \
    .meaning = "Whether losses over patterns and outputs become a mean, a sum or, of mse, half a sum.")                \
  X(OPTIMIZER, optimizer, optimizer, .kind = LUR_K_CHOICE, FUNCTION(OPTIMIZER), .choices = lur_optimizer_names,        \
    .usual = CHOICE(LUR_SGD), .meaning = "The rule that turns gradients into changes of the weights.")                 \
  X(MOMENTUM, momentum, momentum, REAL_AT(momentum), .max = 1, .reads = LUR_READS_MOMENTUM, .usual = NUMBER(0.9),      \
    .meaning = "Share of the last update's direction that is kept.")                                                   \
  X(BETA1, beta1, beta1, REAL_AT(beta1), .max = BELOW_1, .reads = LUR_READS_BETAS, .usual = NUMBER(0.9),               \
    .meaning = "Decay of the running mean of gradients.")                                                              \
  X(BETA2, beta2, beta2, REAL_AT(beta2), .max = BELOW_1, .reads = LUR_READS_BETAS, .usual = NUMBER(0.999),             \
    .meaning = "Decay of the running mean of squared gradients.")                                                      \
  X(RHO, rho, rho, REAL_AT(rho), .max = 1, .reads = LUR_READS_RHO, .usual = NUMBER(0.99),                              \
    .meaning = "Decay of the running mean of squared gradients.")                                                      \
  X(EPSILON, epsilon, epsilon, REAL_AT(epsilon), .max = DBL_MAX, .reads = LUR_READS_EPSILON, .by = LUR_F_OPTIMIZER,    \
    .usual_by = usual_epsilon, .meaning = "Keeps the division by a gradient's size finite.")                           \
  X(RPROP_GROW, rprop_grow, rprop_grow, RPROP_AT(rprop_grow), .min = 1, .max = DBL_MAX, .usual = NUMBER(1.2),          \
    .meaning = "What a step is multiplied by while its gradient keeps its sign.")                                      \
  X(RPROP_SHRINK, rprop_shrink, rprop_shrink, RPROP_AT(rprop_shrink), .max = 1, .usual = NUMBER(0.5),                  \
    .meaning = "What a step is multiplied by where its gradient turns.")                                               \
  X(RPROP_LEAST, rprop_least, rprop_least, RPROP_AT(rprop_least), .max = DBL_MAX, .usual = NUMBER(1e-6),               \
    .meaning = "The smallest step.")                                                                                   \
  X(RPROP_MOST, rprop_most, rprop_most, RPROP_AT(rprop_most), .min = ABOVE_0, .max = DBL_MAX, .usual = NUMBER(50),     \
    .meaning = "The largest step.")                                                                                    \
  X(WEIGHT_DECAY, weight_decay, weight_decay, REAL_AT(weight_decay), .max = DBL_MAX, .reads = LUR_READS_DECAY,         \
    .usual = NUMBER(0), .meaning = "Pulls every parameter towards 0 by this share of itself.")                         \
  X(DECAY_BIASES, decay_biases, decay_biases, .kind = LUR_K_BOOL, .flags = LUR_AXIS | LUR_STRUCTURE | LUR_UNSAID,      \
    .max = 1, .reads = LUR_READS_DECAY, .usual = TRUTH(true), .meaning = "Whether weight_decay pulls at biases, too.") \
  X(CLIP_NORM, clip_norm, clip_norm, CLIP,                                                                             \
    .meaning = "Shortens the gradient of all parameters to this length, where it is longer; not beside clip_value.")   \
  X(CLIP_VALUE, clip_value, clip_value, CLIP,                                                                          \
    .meaning = "Keeps every gradient between minus this and this; not beside clip_norm.")                              \
  X(FREEZE, freeze, freeze, .kind = LUR_K_SCRIPT, .meaning = "Parameters that training leaves as they are.",           \
    .takes = "a layer's number, \"biases\", a list of these, or a mask as weights in which true is fixed")             \
  X(LEARNING_RATE, learning_rate, learning_rate, LAYERS_AT(learning_rate), .max = DBL_MAX, .by = LUR_F_OPTIMIZER,      \
    .usual_by = usual_learning_rate, .meaning = "How far each update goes: a number, or one per layer.")               \
  X(SCHEDULE, schedule, schedule, .kind = LUR_K_CHOICE, FUNCTION(SCHEDULE), .choices = lur_schedule_names,             \
    .usual = CHOICE(0), .meaning = "A factor of the learning rate that changes with the epochs; constant: none.")      \
  X(SCHEDULE_EVERY, schedule_every, schedule_every, .kind = LUR_K_CHOICE,                                              \
    .flags = LUR_AXIS | LUR_STRUCTURE | LUR_UNSAID, .choices = every_names, .usual = CHOICE(0),                        \
    .meaning = "When the schedule is asked: once an epoch, or once an update.")                                        \
  X(PENALTY, penalty, penalty, .kind = LUR_K_CHOICE, FUNCTION(PENALTY), .choices = lur_penalty_names,                  \
    .usual = CHOICE(0), .meaning = "What every weight adds to what is minimised, besides the loss; none: nothing.")    \
  X(DROPOUT, dropout, dropout, DROPOUT_AT(dropout), .max = BELOW_1, .usual = NUMBER(0),                                \
    .meaning = "Share of hidden units' outputs that training leaves out, drawn for each pattern; one, or one per "     \
               "hidden layer.")                                                                                        \
  X(INPUT_NOISE, input_noise, input_noise, NOISE_AT(input_noise, INPUTS),                                              \
    .meaning = "Standard deviation of what training adds to each input, drawn for each pattern in each epoch.")        \
  X(WEIGHT_NOISE, weight_noise, weight_noise, NOISE_AT(weight_noise, WEIGHTS),                                         \
    .meaning = "Standard deviation of what training adds to each weight, drawn for each update.")                      \
  X(EPOCHS, epochs, max_epochs, COUNT_AT(epochs), .max = LARGEST_COUNT, .usual = COUNT(1000), .unit = "epochs",        \
    .meaning = "How often training goes through all patterns, unless it ends earlier.")                                \
  X(UNTIL_EPOCH, until_epoch, until_epoch, .kind = LUR_K_INTEGER, .flags = LUR_UNSAID, .min = 1, .max = LARGEST_COUNT, \
    .unit = "epochs", .meaning = "Ends the run after this many of its epochs, to be saved by run:save and resumed.")   \
  X(RESUME, resume, resume, .kind = LUR_K_TEXT,                                                                        \
    .meaning = "A checkpoint to go on from: the run is then as if it had never ended.",                                \
    .takes = "a path, of what run:save(path) or `luron run --checkpoint` wrote")                                       \
  X(BATCH, batch, batch, .kind = LUR_K_BATCH, .flags = LUR_AXIS | LUR_STRUCTURE, .min = 1, .max = LARGEST_COUNT,       \
    .choices = batch_names, .usual = COUNT(1), .unit = "patterns",                                                     \
    .meaning = "Patterns per update, whose gradients are averaged, or summed (reduction); \"all\": the full batch.")   \
  X(SHUFFLE, shuffle, shuffle, .kind = LUR_K_BOOL, .flags = LUR_AXIS | LUR_STRUCTURE, .max = 1, .usual = TRUTH(false), \
    .meaning = "Whether each epoch visits the patterns in a new order, drawn from seed.")                              \
  X(STOP_ERROR, stop_error, stop_error, REAL_AT(stop_error), .min = ABOVE_0, .max = DBL_MAX, .stops = LUR_STOP_ERROR,  \
    .meaning = "Solved when every output of every pattern is within this of its target, in an epoch and after it.")    \
  X(STOP_LOSS, stop_loss, stop_loss, REAL_AT(stop_loss), .min = ABOVE_0, .max = DBL_MAX, .stops = LUR_STOP_LOSS,       \
    .meaning = "Solved when the training loss is below this, in an epoch and after it.")                               \
  X(STOP_ACCURACY, stop_accuracy, stop_accuracy, REAL_AT(stop_accuracy), .min = ABOVE_0, .max = 1,                     \
    .stops = LUR_STOP_ACCURACY, .meaning = "Solved when the accuracy is at least this, in an epoch and after it.")     \
  X(STOP_PATIENCE, stop_patience, stop_patience, COUNT_AT(stop_patience), .min = 1, .max = LARGEST_COUNT,              \
    .stops = LUR_STOP_PATIENCE, .unit = "epochs",                                                                      \
    .meaning = "Stalled after this many epochs without a better value of what stop.monitor names.")                    \
  X(STOP_MONITOR, stop_monitor, stop_monitor, .kind = LUR_K_CHOICE, .flags = LUR_AXIS | LUR_STRUCTURE | LUR_UNSAID,    \
    .choices = lur_monitor_names, .usual = CHOICE(LUR_MONITOR_LOSS),                                                   \
    .meaning = "What stop.patience, stop.gl, stop.pq and restore look at.")                                            \
  X(STOP_MIN_DELTA, stop_min_delta, stop_min_delta, STOP_AT(stop_min_delta), .max = DBL_MAX, .usual = NUMBER(0),       \
    .meaning = "By how much a value must be better to count as better.")                                               \
  X(STOP_GL, stop_gl, stop_gl, STOP_AT(stop_gl), .min = ABOVE_0, .max = DBL_MAX, .stops = LUR_STOP_GL,                 \
    .unit = "per cent",                                                                                                \
    .meaning = "Stalled when the monitored loss is by more than this above its least: Prechelt's GL.")                 \
  X(STOP_PQ, stop_pq, stop_pq, STOP_AT(stop_pq), .min = ABOVE_0, .max = DBL_MAX, .stops = LUR_STOP_PQ,                 \
    .meaning = "Stalled when GL over the progress of the last stop.every epochs is above this: Prechelt's PQ.")        \
  X(STOP_PROGRESS, stop_progress, stop_progress, STOP_AT(stop_progress), .min = ABOVE_0, .max = DBL_MAX,               \
    .stops = LUR_STOP_PROGRESS, .unit = "per mille",                                                                   \
    .meaning = "Stalled when the training loss of the last stop.every epochs progresses by less: Prechelt's P.")       \
  X(STOP_EVERY, stop_every, stop_every, COUNT_AT(stop_every), .min = 1, .max = LARGEST_COUNT, .usual = COUNT(1),       \
    .unit = "epochs", .meaning = "Looks at the stop conditions at epochs n-1, 2n-1, ... only.")                        \
  X(STOP_WHEN, stop_when, stop_when, .kind = LUR_K_SCRIPT,                                                             \
    .meaning = "Asked at each epoch that stop_every says; true ends the run as stopped.",                              \
    .takes = "a function of an epoch's record")                                                                        \
  X(RESTORE, restore, restore, .kind = LUR_K_CHOICE, .flags = LUR_AXIS | LUR_STRUCTURE | LUR_UNSAID,                   \
    .choices = restore_names, .usual = CHOICE(0),                                                                      \
    .meaning = "Which epoch's parameters a run ends with: the last one's, or those of the monitor's best epoch.")      \
  X(PRECISION, precision, precision, .kind = LUR_K_CHOICE, .flags = LUR_AXIS | LUR_STRUCTURE,                          \
    .choices = lur_precision_names, .usual = CHOICE(LUR_DOUBLE),                                                       \
    .meaning = "Floating-point numbers of 64 bits, or of 32: about twice as fast.")                                    \
  X(PARAMS, params, params, .kind = LUR_K_SCRIPT, .default_text = "{}",                                                \
    .meaning = "Your own named values, for the functions that take them, and as axes.",                                \
    .takes = "a table of numbers, texts, true and false, by name: { noise = 0.1 }")                                    \
  X(METRICS, metrics, metrics, .kind = LUR_K_SCRIPT, .default_text = "{}",                                             \
    .meaning = "More columns of the results, beside loss, accuracy and epochs.",                                       \
    .takes = "a list of names, and name = function(run, p) for one of your own; p: the run's parameters")              \
  X(LOG, log, log, .kind = LUR_K_SCRIPT, .default_text = "every tenth of the run", .unit = "epochs",                   \
    .meaning = "Which epochs are printed, or what is done at them.",                                                   \
    .takes = "a list of epochs, luron.every(n), a function of an epoch's record, or false")                            \
  X(CURVE, curve, curve, .kind = LUR_K_INTEGER, .max = 1000000, .usual = COUNT(0), .unit = "points",                   \
    .meaning = "Points of the loss curve that are kept per run.")                                                      \
  X(KEEP, keep, keep, .kind = LUR_K_SCRIPT, .default_text = "all", .meaning = "Rows of a sweep that are stored.",      \
    .takes = "\"all\", \"cells\" (one row per combination), or { best = n, by = a metric }")                           \
  X(RANK, rank, rank, .kind = LUR_K_TEXT, .default_text = "the share solved if any run was, then loss",                \
    .meaning = "The metric by which tables, reports and best rank combinations; it changes no results.",               \
    .takes = "a metric's name, or \"solved\"")                                                                         \
  X(SWEEP, sweep, sweep, .kind = LUR_K_SCRIPT,                                                                         \
    .meaning = "The axes: for each field the values that `luron sweep` tries.",                                        \
    .takes = "a table of axes: { learning_rate = {0.1, 1}, seed = luron.range(1, 100) }")                              \
  X(WHERE, where, where, .kind = LUR_K_SCRIPT,                                                                         \
    .meaning = "Which combinations are run: those for which it is true. Points drawn go on past the others.",          \
    .takes = "a function of the parameters")                                                                           \
  X(SAMPLER, sampler, sampler, .kind = LUR_K_CHOICE, .choices = lur_sampler_names, .usual = CHOICE(LUR_GRID),          \
    .meaning = "How points are chosen from the axes: all of them, or drawn.")                                          \
  X(SAMPLES, samples, samples, .kind = LUR_K_INTEGER, .min = 1, .max = 1e12,                                           \
    .default_text = "required by drawn samplers", .unit = "points",                                                    \
    .meaning = "How many points a drawn sampler takes, none twice while there are others; each with every seed.")      \
  X(SAMPLER_SEED, sampler_seed, sampler_seed, .kind = LUR_K_INTEGER, .max = LARGEST_SEED, .usual = COUNT(1),           \
    .meaning = "Draws the points of the samplers random and latin.")                                                   \
  X(PRUNE, prune, prune, .kind = LUR_K_SCRIPT,                                                                         \
    .meaning = "Ends the worst runs early: of N runs, keep^i N go on after the i-th epoch of at.",                     \
    .takes = "luron.halving { at = a list of epochs, keep = a share, by = a built-in metric }")                        \
  X(FOLD, fold, fold, .kind = LUR_K_INTEGER, .flags = LUR_AXIS | LUR_UNSAID, .min = 1, .max = UINT32_MAX,              \
    .usual = COUNT(1),                                                                                                 \
    .meaning = "Which of the folds is the test set; a sweep tries all, as replicates over which tables summarise.")    \
  X(SEED, seed, seed, COUNT_AT(seed), .max = LARGEST_SEED, .usual = COUNT(1),                                          \
    .meaning =                                                                                                         \
        "Draws starts, shuffles, folds, dropout, noise; as an axis, the replicates that tables summarise over.")

#endif
