/* SPDX-License-Identifier: MIT
 * What `luron help NAME` says of each function of the Lua module and of each method of its objects: its name, what it
 * takes, what it does. Activations and formats of data files are functions too, and are in their own lists.
 * tests/cli/functions.lua walks the module and its objects; tests/cli/help.t compares what it finds with this table. */
#include "cli/command.h"

const struct lur_function_text lur_function_texts[] = {
    {"experiment", "{ FIELD = value, ... }",
     "Makes an experiment of its fields; luron help fields lists them. A script that returns an experiment, or a\n"
     "list of them, can be run, swept and plotted by luron."},
    {"experiment:run", "([overrides])",
     "Trains the experiment once and returns the run: run.loss, run.accuracy, run.epochs, run.status, run.curve,\n"
     "run.validation_curve, run.network and the metrics. It prints only what the log asks for. overrides is a table\n"
     "of fields that replace the experiment's own: e:run { seed = 2 }. The value false removes a field."},
    {"experiment:sweep", "([overrides])",
     "Runs every combination of the experiment's axes and returns the results, as luron.results does. In overrides,\n"
     "a list or a range is an axis, a single value removes the axis: e:sweep { hidden = { 2, 4 }, seed = 1 }."},
    {"run:plot", "{ path = name }",
     "Draws the run's loss over its epochs, and that of its validation set, if the run keeps a curve. With\n"
     "boundary = true it draws what the network answers over its two inputs, with weights = true its weights, both\n"
     "also after certain epochs = { 0, 10, 100 }. The path ends in .png, .svg or .pdf. It also takes the options of\n"
     "looks, as results:plot does."},
    {"run:save", "(path)",
     "Writes the run as a checkpoint, from which e:run { resume = path } goes on. A run that is no part of one,\n"
     "by until_epoch or resume, is trained once more for that."},
    {"every", "(n[, f])",
     "A value of log: prints at the epochs n-1, 2n-1, ... and at the last one. With a function, calls it there\n"
     "with the epoch's record instead of printing."},
    {"activation", "{ name = text, f = function(z, p), slope = function(z, a, p), numbers = { ... } }",
     "A function of your own as a value of activation and output_activation. slope is given if it is to be another\n"
     "one than the derivative; a is f's value. numbers are its parameters, with their defaults: p.NAME."},
    {"loss", "{ name = text, f = function(o, t, p), numbers = { ... } }",
     "A function of your own as a value of loss: of one output and its target."},
    {"optimizer", "{ name = text, update = function(w, g, s, h, p), state = { ... }, numbers = { ... } }",
     "A rule of your own as a value of optimizer. update returns the new weight; s has the values in state, which are\n"
     "kept per parameter and begin as 0; h has learning_rate step epoch epochs fan_in layer is_bias and the numbers.\n"
     "It also takes learning_rate (0.01 unless you give it) and full_batch = true for a rule that needs one."},
    {"schedule", "{ name = text, f = function(h, p), numbers = { ... } }",
     "A function of your own as a value of schedule: a factor of learning_rate. h has step, epoch and epochs."},
    {"penalty", "{ name = text, f = function(w, p), numbers = { ... } }",
     "A function of your own as a value of penalty: of one weight, added to what training makes small."},
    {"init", "{ name = text, f = function(r, p), numbers = { ... } }",
     "A function of your own as a value of init: a start value. r has normal(mean, std), uniform(lo, hi), fan_in\n"
     "fan_out layer unit input is_bias."},
    {"abs", "(x)", "x without its sign."},
    {"ceil", "(x)", "The least whole number from x on, as a float."},
    {"cos", "(x)", "The cosine; NaN beyond 2^20 in size."},
    {"equal", "(a, b)",
     "Whether a equals b. In a function that is traced it is a comparison as < is, which == is not there."},
    {"erf", "(x)", "The error function."},
    {"exp", "(x)", "e^x. luron's functions give the same bits on every machine."},
    {"expm1", "(x)", "e^x - 1, exact near 0, too."},
    {"floor", "(x)", "The largest whole number up to x, as a float."},
    {"fma", "(a, b, c)", "a * b + c, rounded once."},
    {"log", "(x[, base])", "The natural logarithm, or log(x) / log(base)."},
    {"log1p", "(x)", "log(1 + x), exact near 0, too."},
    {"max", "(x, ...)", "The largest; a < b ? b : a, from the left."},
    {"min", "(x, ...)", "The least; b < a ? b : a, from the left."},
    {"sin", "(x)", "The sine; NaN beyond 2^20 in size."},
    {"sqrt", "(x)", "The square root."},
    {"tan", "(x)", "The tangent; NaN beyond 2^20 in size."},
    {"range", "(a, b[, step])", "The numbers a, a + step, ... up to b, as an axis or a list; the step is 1."},
    {"linspace", "(a, b, n)", "n numbers from a to b with equal distances, as an axis or a list."},
    {"geomspace", "(a, b, n)", "n numbers from a to b with equal factors, as an axis or a list."},
    {"uniform", "(a, b)", "An axis from which a sampler draws numbers between a and b, all equally likely."},
    {"loguniform", "(a, b)",
     "An axis from which a sampler draws numbers between a and b, whose logarithms are equally likely."},
    {"list", "{ ... }",
     "An axis under sweep whose values a drawn sampler is crossed with: each point is run with each of them. It takes\n"
     "a list or a range. In a grid it is the list itself."},
    {"zip", "{ a = { ... }, b = { ... } }",
     "Fields that vary together: the first values of all, then the second values, and so on."},
    {"halving", "{ at = epochs, keep = share, by = metric }",
     "A value of prune: after each epoch of the list at, the best share of the runs goes on and the others end.\n"
     "by is \"loss\" unless you give it; it must be a built-in metric."},
    {"results", "(path)",
     "Opens a results file. #r is the number of its rows, r[i] a row: a table with the axes, the metrics, run,\n"
     "status, solved and overrides, so that e:run(r[i].overrides) is that run again. If the sweep kept curves, a row\n"
     "has row.curve and row.validation_curve, as a run has."},
    {"results:rows", "([{ where = SQL, order = SQL }])",
     "Goes over the rows: for row in r:rows { where = \"solved\", order = \"loss\" } do ... end."},
    {"results:best", "([metric[, n]])",
     "The best row, or a list of the n best. Without a metric it takes what the experiment's rank says, else the\n"
     "loss. The metric says itself whether high or low is better."},
    {"results:by", "(axis[, metric])",
     "A list with one entry per value of the axis: { value =, n =, mean =, median =, low =, high = }."},
    {"results:plot", "{ x = axis, y = axis, value = metric, path = name }",
     "Writes a heatmap, or curves if there is no y, as luron plot does; the path ends in .png, .svg or .pdf. It also\n"
     "takes by, fold, where, shade, bare, ecdf, axes and the options of looks: size, dpi, font_size, title, xlabel,\n"
     "ylabel, palette, xlim, ylim, legend and theme."},
    {"results:report", "(path[, { title = ... }])",
     "Writes the page that luron report writes. The table may have title, palette and theme."},
    {"results:close", "()", "Closes the file; the collector does it too, later."},
    {"neuron", "{ inputs = n, ... }",
     "A single unit with its own weights. It also takes bias, activation, seed, init, bias_init, init_scale, weights\n"
     "and biases. n.weights[i] and n.bias can be read and changed."},
    {"neuron:forward", "(x)", "The unit's output for a list of inputs, or for a number if it has one input."},
    {"neuron:update", "(x, error, learning_rate)",
     "One step of learning: w[i] = w[i] + learning_rate * error * x[i], and the bias as if its input were 1."},
    {"network", "{ inputs = n, hidden = { ... }, outputs = n, ... }",
     "Layers of units. It also takes activation, output_activation, shortcuts, bias, seed, init, bias_init,\n"
     "init_scale, weights and biases. net.weights[layer][unit][input] and net.biases[layer][unit] can be read and\n"
     "changed."},
    {"load", "(path)", "Reads a network that network:save wrote."},
    {"fann_network", "(path)",
     "Reads a network that FANN saved (FANN_FLO_2.1): layered, with shortcuts, or of a cascade. Its outputs are those\n"
     "of fann_run."},
    {"network:forward", "(x)",
     "A list of outputs for one pattern; a list of such lists for a list of patterns. A pattern is a list\n"
     "of numbers, or by names { age = 3, sex = \"male\" } if the data had names."},
    {"network:predict", "(data)", "A list of outputs for each pattern of a data set or of a list of patterns."},
    {"network:classify", "(x)",
     "The class with the largest output: its name, or its number if classes have no names. For a list of patterns or\n"
     "a data set it is a list of them."},
    {"network:loss", "(data[, name])",
     "The mean loss over a data set, or over { inputs = ..., targets = ... }: of that name, else the one that an\n"
     "experiment with such outputs has. Classes are matched by their names."},
    {"network:accuracy", "(data)",
     "The share of the patterns that are answered rightly, as the metric accuracy; nil if no rule says what is right."},
    {"network:confusion", "(data)",
     "How often each class is taken for each: m[i][j] patterns are of class i and answered with class j. m.classes\n"
     "are the names; print(m) is a table."},
    {"network:save", "(path)",
     "Writes the network as a text file that keeps every bit. A file of that name is replaced as a whole."},
    {"network:to_c", "(path[, name])",
     "Writes a C file with one function, void NAME(const double *input, double *output), that needs nothing else and\n"
     "gives the bits of network:forward. name is \"forward\" unless you give it. Functions of your own are written,\n"
     "too."},
    {"network:to_onnx", "(path[, name])",
     "Writes the network as an ONNX model, from \"input\" to \"output\", in its precision; the scaling of inputs\n"
     "and targets is part of it. A function of your own is refused if ONNX has no operators for it."},
    {"random", "([seed])", "A generator of random numbers with a state of its own; the seed is 1 unless you give one."},
    {"random:uniform", "([low, high])", "A number between low and high; between 0 and 1 unless you give them."},
    {"random:normal", "([mean, deviation])", "A normal number; mean 0 and standard deviation 1 unless you give them."},
    {"random:integer", "(low, high)", "A whole number from low to high, both included."},
    {"data.xor", "{ n = 4, noise = 0, seed = 1 }", "The corners 00, 01, 10, 11 again and again, with XOR's targets."},
    {"data.parity", "{ bits = 2 }", "All patterns of so many bits; the target is 1 if an odd number of bits is 1."},
    {"data.spiral", "{ n = 194, turns = 3, noise = 0, seed = 1 }", "Two spiral arms, each inside the other."},
    {"data.circles", "{ n = 100, factor = 0.8, noise = 0, seed = 1 }",
     "A circle of radius 1, and a circle of radius factor inside it."},
    {"data.moons", "{ n = 100, noise = 0, seed = 1 }", "Two half circles that reach into each other."},
    {"data.gaussians", "{ n = 100, classes = 2, noise = 1, seed = 1 }",
     "Clouds around points on a circle of radius 3; one output per class if there are more than two."},
    {"csv", "(path[, options])", "A data set from a CSV file; luron help csv lists the options."},
    {"read", "(path[, path][, options])",
     "A data set from a file of any format that luron reads, found by what the file holds; a text of no other format\n"
     "is read as CSV. options are those of the format's own function."},
    {"data.table", "{ inputs =, targets = [, names =] [, classes =] }",
     "A data set of lists: inputs are lists of numbers, targets too, or names of classes; classes is their order,\n"
     "names are those of the inputs."},
    {"data:rows", "(first[, last])", "A data set of these rows; the last is the last one unless you give it."},
    {"data:where", "(f)", "A data set of the rows of which f(inputs, targets, i) is true."},
    {"data:split", "(fraction[, seed[, { stratified = true }]])",
     "Two data sets: the rows are shuffled by the seed (1), and this fraction of them goes to the first. Stratified,\n"
     "each class is cut so, and rows stay in their order."},
    {"data:folds", "(k[, seed])",
     "A list of k tables with train and test: the cross-validation folds that folds = k makes with this seed (1)."},
    {"data:shuffle", "([seed])", "A data set of the same rows in an order drawn from the seed (1)."},
    {"data:save", "(path)",
     "Writes a CSV file from which luron.csv reads the same data set: give it targets = d.target_names if there are\n"
     "several, or { \"y1\", \"y2\" } and so on where they have no names; and onehot = d.categories,\n"
     "classes = d.classes if their order counts."},
    {0},
};
