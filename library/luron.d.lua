-- SPDX-License-Identifier: MIT
-- For editors: what the module has, in the annotations of lua-language-server (LuaCATS). ./dev pages writes it from
-- luron's own tables, and a test compares them. It is read, and never run.
---@meta luron
-- pages:definitions

---@class luron.stop
---Solved when every output of every pattern is within this of its target, in an epoch and after it.
---@field error? number
---Solved when the training loss is below this, in an epoch and after it.
---@field loss? number
---Solved when the accuracy is at least this, in an epoch and after it.
---@field accuracy? number
---Stalled after this many epochs without a better value of what stop.monitor names.
---@field patience? integer
---What stop.patience, stop.gl, stop.pq and restore look at.
---@field monitor? luron.choice.stop_monitor
---By how much a value must be better to count as better.
---@field min_delta? number
---Stalled when the monitored loss is by more than this above its least: Prechelt's GL.
---@field gl? number
---Stalled when GL over the progress of the last stop.every epochs is above this: Prechelt's PQ.
---@field pq? number
---Stalled when the training loss of the last stop.every epochs progresses by less: Prechelt's P.
---@field progress? number
---Looks at the stop conditions at epochs n-1, 2n-1, ... only.
---@field every? integer
---Asked at each epoch that stop_every says; true ends the run as stopped.
---@field when? function

---@alias luron.choice.normalize
---| "zscore"
---| "minmax"
---| "minmax_all"
---| "bytes"

---@alias luron.choice.normalize_targets
---| "zscore"
---| "minmax"
---| "minmax_all"
---| "bytes"

---@alias luron.choice.class_weights
---| "balanced"

---@alias luron.choice.activation
---| "sigmoid"
---| "tanh"
---| "relu"
---| "leaky_relu"
---| "softplus"
---| "step"
---| "linear"
---| "softmax"
---| "elu"
---| "gaussian"
---| "gelu"
---| "hard_sigmoid"
---| "hard_tanh"
---| "mish"
---| "relu6"
---| "selu"
---| "silu"
---| "sine"
---| "snake"
---| "softsign"
---| "squareplus"

---@alias luron.choice.output_activation
---| "sigmoid"
---| "tanh"
---| "relu"
---| "leaky_relu"
---| "softplus"
---| "step"
---| "linear"
---| "softmax"
---| "elu"
---| "gaussian"
---| "gelu"
---| "hard_sigmoid"
---| "hard_tanh"
---| "mish"
---| "relu6"
---| "selu"
---| "silu"
---| "sine"
---| "snake"
---| "softsign"
---| "squareplus"

---@alias luron.choice.init
---| "normal"
---| "uniform"
---| "xavier"
---| "he"
---| "zeros"
---| "he_uniform"
---| "lecun"
---| "xavier_normal"

---@alias luron.choice.bias_init
---| "normal"
---| "uniform"
---| "zeros"

---@alias luron.choice.loss
---| "cross_entropy"
---| "mse"
---| "perceptron"
---| "focal"
---| "hinge"
---| "huber"
---| "log_cosh"
---| "mae"
---| "poisson"
---| "quantile"
---| "squared_hinge"

---@alias luron.choice.reduction
---| "mean"
---| "sum"
---| "half_sum"

---@alias luron.choice.optimizer
---| "sgd"
---| "momentum"
---| "nesterov"
---| "adagrad"
---| "rmsprop"
---| "adam"
---| "rprop"
---| "rprop_1993"
---| "adadelta"
---| "adamax"
---| "adamw"
---| "amsgrad"
---| "irprop_minus"
---| "keras_adagrad"
---| "keras_adam"
---| "keras_adamax"
---| "keras_nadam"
---| "keras_rmsprop"
---| "lion"
---| "momentum_rhw"
---| "nadam"
---| "quickprop"

---@alias luron.choice.schedule
---| "constant"
---| "cosine"
---| "exponential"
---| "inverse"
---| "one_cycle"
---| "step"
---| "triangular"
---| "warmup_cosine"

---@alias luron.choice.schedule_every
---| "epoch"
---| "update"

---@alias luron.choice.penalty
---| "none"
---| "elimination"
---| "l1"
---| "l2"

---@alias luron.choice.batch
---| "all"

---@alias luron.choice.stop_monitor
---| "loss"
---| "accuracy"
---| "validation_loss"
---| "validation_accuracy"

---@alias luron.choice.restore
---| "last"
---| "best"

---@alias luron.choice.precision
---| "double"
---| "single"

---@alias luron.choice.sampler
---| "grid"
---| "random"
---| "sobol"
---| "latin"

---The fields of an experiment; luron help FIELD says more.
---@class luron.fields
---What the experiment is called in logs, tables and reports; files are named after the script. Default: none; tables
---show the results file's name.
---@field name? string
---What the network is shown: the training patterns. Default: required, or data.
---@field inputs? table|function
---What the network should answer to each pattern. Default: required, or data.
---@field targets? table|function
---The patterns, inputs and targets together; a second data set is the test set, a third the validation set. Default:
---inputs and targets.
---@field data? luron.data|table|function
---Patterns never trained on, which the metrics test_loss and test_accuracy measure. Default: none.
---@field test? luron.data|table|number
---Draws which patterns a fraction given as test holds out; the same for all runs. Default: 1.
---@field test_seed? integer
---Patterns never trained on, which stop.monitor, restore and the validation metrics look at. Default: none.
---@field validation? luron.data|table|number
---Draws which patterns a fraction given as validation holds out; the same for all runs. Default: 1.
---@field validation_seed? integer
---Whether a fraction given as validation holds out the same share of each class. Default: true.
---@field validation_stratified? boolean
---Cross-validation: parts of the patterns of which each is the test set once; drawn from seed. Default: none.
---@field folds? integer
---Scales each input by what the training patterns show; forward applies it too. Default: none.
---@field normalize? luron.choice.normalize
---Scales each target by what the training patterns show; outputs and errors are in the targets' units. Default:
---none.
---@field normalize_targets? luron.choice.normalize_targets
---How much each training pattern counts in loss and gradients; sums are divided as without. Default: none.
---@field pattern_weights? table|function
---How much the patterns of each class count; balanced: n / (classes * patterns of the class). Default: none.
---@field class_weights? luron.choice.class_weights|table
---Units of each hidden layer: 3, {8, 4}, or 0 for none. Default: 0, a single layer.
---@field hidden? integer|table
---Whether each layer sees all before it and not only the one before; or further connections. Default: false.
---@field shortcuts? boolean|table
---What a unit makes of its weighted sum: in every layer, or a list with one per layer. Default: sigmoid.
---@field activation? luron.choice.activation|table|function|luron.function
---The activation of the output layer, if it has its own. Default: as activation.
---@field output_activation? luron.choice.output_activation|function|luron.function
---Whether every unit adds a learned constant to its sum. Default: true.
---@field bias? boolean
---How start weights are drawn: normal N(0,1), uniform U(-1,1), xavier, he, or zeros. Default: normal.
---@field init? luron.choice.init|function|luron.function
---How start biases are drawn. Default: by init: normal for normal; uniform for uniform; zeros for xavier, he, zeros.
---@field bias_init? luron.choice.bias_init
---Multiplies the drawn start values: a number, or one per layer. Default: 1.
---@field init_scale? number|table
---Start weights of your own, instead of drawn ones. Default: drawn from seed.
---@field weights? table|function
---Start biases of your own, instead of drawn ones. Default: drawn from seed.
---@field biases? table|function
---A network to go on from: its weights, layers, activations, scaling and classes. Default: none.
---@field start? luron.network
---What training makes small. Default: by output_activation: cross_entropy for sigmoid, softmax; mse for tanh, relu,
---leaky_relu, softplus, linear; perceptron for step.
---@field loss? luron.choice.loss|function|luron.function
---Whether losses over patterns and outputs become a mean, a sum or, of mse, half a sum. Default: mean.
---@field reduction? luron.choice.reduction
---The rule that turns gradients into changes of the weights. Default: sgd.
---@field optimizer? luron.choice.optimizer|function|luron.function
---Share of the last update's direction that is kept. Default: 0.9 for momentum, nesterov.
---@field momentum? number
---Decay of the running mean of gradients. Default: 0.9 for adam.
---@field beta1? number
---Decay of the running mean of squared gradients. Default: 0.999 for adam.
---@field beta2? number
---Decay of the running mean of squared gradients. Default: 0.99 for rmsprop.
---@field rho? number
---Keeps the division by a gradient's size finite. Default: 1e-10 for adagrad; 1e-08 for rmsprop, adam.
---@field epsilon? number
---What a step is multiplied by while its gradient keeps its sign. Default: 1.2 for rprop, rprop_1993.
---@field rprop_grow? number
---What a step is multiplied by where its gradient turns. Default: 0.5 for rprop, rprop_1993.
---@field rprop_shrink? number
---The smallest step. Default: 1e-06 for rprop, rprop_1993.
---@field rprop_least? number
---The largest step. Default: 50 for rprop, rprop_1993.
---@field rprop_most? number
---Pulls every parameter towards 0 by this share of itself. Default: 0 for sgd, momentum, nesterov, adagrad, rmsprop,
---adam.
---@field weight_decay? number
---Whether weight_decay pulls at biases, too. Default: true for sgd, momentum, nesterov, adagrad, rmsprop, adam.
---@field decay_biases? boolean
---Shortens the gradient of all parameters to this length, where it is longer; not beside clip_value. Default: none.
---@field clip_norm? number
---Keeps every gradient between minus this and this; not beside clip_norm. Default: none.
---@field clip_value? number
---Parameters that training leaves as they are. Default: none.
---@field freeze? integer|table|"biases"
---How far each update goes: a number, or one per layer. Default: 0.1 for sgd, momentum, nesterov, rprop_1993; 0.01
---for adagrad, rmsprop, rprop; 0.001 for adam.
---@field learning_rate? number|table
---A factor of the learning rate that changes with the epochs; constant: none. Default: constant.
---@field schedule? luron.choice.schedule|function|luron.function
---When the schedule is asked: once an epoch, or once an update. Default: epoch.
---@field schedule_every? luron.choice.schedule_every
---What every weight adds to what is minimised, besides the loss; none: nothing. Default: none.
---@field penalty? luron.choice.penalty|function|luron.function
---Share of hidden units' outputs that training leaves out, drawn for each pattern; one, or one per hidden layer.
---Default: 0.
---@field dropout? number|table
---Standard deviation of what training adds to each input, drawn for each pattern in each epoch. Default: 0.
---@field input_noise? number
---Standard deviation of what training adds to each weight, drawn for each update. Default: 0.
---@field weight_noise? number
---How often training goes through all patterns, unless it ends earlier. Default: 1000.
---@field epochs? integer
---Ends the run after this many of its epochs, to be saved by run:save and resumed. Default: none.
---@field until_epoch? integer
---A checkpoint to go on from: the run is then as if it had never ended. Default: none.
---@field resume? string
---Patterns per update, whose gradients are averaged, or summed (reduction); "all": the full batch. Default: 1.
---@field batch? luron.choice.batch|integer
---Whether each epoch visits the patterns in a new order, drawn from seed. Default: false.
---@field shuffle? boolean
---Solved when every output of every pattern is within this of its target, in an epoch and after it. Default: none.
---@field stop_error? number
---Solved when the training loss is below this, in an epoch and after it. Default: none.
---@field stop_loss? number
---Solved when the accuracy is at least this, in an epoch and after it. Default: none.
---@field stop_accuracy? number
---Stalled after this many epochs without a better value of what stop.monitor names. Default: none.
---@field stop_patience? integer
---What stop.patience, stop.gl, stop.pq and restore look at. Default: loss.
---@field stop_monitor? luron.choice.stop_monitor
---By how much a value must be better to count as better. Default: 0.
---@field stop_min_delta? number
---Stalled when the monitored loss is by more than this above its least: Prechelt's GL. Default: none.
---@field stop_gl? number
---Stalled when GL over the progress of the last stop.every epochs is above this: Prechelt's PQ. Default: none.
---@field stop_pq? number
---Stalled when the training loss of the last stop.every epochs progresses by less: Prechelt's P. Default: none.
---@field stop_progress? number
---Looks at the stop conditions at epochs n-1, 2n-1, ... only. Default: 1.
---@field stop_every? integer
---Asked at each epoch that stop_every says; true ends the run as stopped. Default: none.
---@field stop_when? function
---Which epoch's parameters a run ends with: the last one's, or those of the monitor's best epoch. Default: last.
---@field restore? luron.choice.restore
---Floating-point numbers of 64 bits, or of 32: about twice as fast. Default: double.
---@field precision? luron.choice.precision
---Your own named values, for the functions that take them, and as axes. Default: {}.
---@field params? table
---More columns of the results, beside loss, accuracy and epochs. Default: {}.
---@field metrics? table|function
---Which epochs are printed, or what is done at them. Default: every tenth of the run.
---@field log? table|function|false
---Points of the loss curve that are kept per run. Default: 0.
---@field curve? integer
---Rows of a sweep that are stored. Default: all.
---@field keep? table|"all"|"cells"
---The metric by which tables, reports and best rank combinations; it changes no results. Default: the share solved
---if any run was, then loss.
---@field rank? string|"solved"
---The axes: for each field the values that `luron sweep` tries. Default: none.
---@field sweep? table
---Which combinations are run: those for which it is true. Points drawn go on past the others. Default: none.
---@field where? function
---How points are chosen from the axes: all of them, or drawn. Default: grid.
---@field sampler? luron.choice.sampler
---How many points a drawn sampler takes, none twice while there are others; each with every seed. Default: required
---by drawn samplers.
---@field samples? integer
---Draws the points of the samplers random and latin. Default: 1.
---@field sampler_seed? integer
---Ends the worst runs early: of N runs, keep^i N go on after the i-th epoch of at. Default: none.
---@field prune? table
---Which of the folds is the test set; a sweep tries all, as replicates over which tables summarise. Default: 1.
---@field fold? integer
---Draws starts, shuffles, folds, dropout, noise; as an axis, the replicates that tables summarise over. Default: 1.
---@field seed? integer
---When a run ends early.
---@field stop? luron.stop|false

---An experiment: its fields, which do not change.
---@class luron.experiment: luron.fields
local experiment = {}

---A run that was trained.
---@class luron.run
---@field accuracy number
---@field curve table
---@field epochs integer
---@field loss number
---@field network luron.network
---@field solved boolean
---@field status string
---@field validation_curve table
---@field [string] any
local run = {}

---An epoch, as log and stop.when see it.
---@class luron.record
---@field accuracy number
---@field biases table
---@field epoch integer
---@field error number
---@field loss number
---@field network luron.network
---@field output table
---@field overrides table
---@field seed integer
---@field validation_accuracy number
---@field validation_loss number
---@field weights table

---The rows of a results file, r[1] to r[#r].
---@class luron.results
---@field path string
---@field [integer] luron.row
local results = {}

---A row of a results file.
---@class luron.row
---@field accuracy number
---@field epochs integer
---@field loss number
---@field overrides table
---@field run integer
---@field seed integer
---@field solved boolean
---@field status string
---@field [string] any

---One value of an axis, as results:by gives it.
---@class luron.entry
---@field high number
---@field low number
---@field mean number
---@field median number
---@field n integer
---@field value integer

---A data set.
---@class luron.data
---@field inputs table
---@field targets table
---@field classes? string[]
---@field names? string[]
---@field target_names? string[]
---@field categories? table[]
local data = {}

---Layers of units.
---@class luron.network
---@field activation string
---@field bias boolean
---@field biases table
---@field hidden table
---@field inputs integer
---@field output_activation string
---@field outputs integer
---@field shortcuts boolean
---@field weights table
---@field classes? string[]
local network = {}

---A single unit.
---@class luron.neuron
---@field activation string
---@field bias number
---@field inputs integer
---@field weights table
local neuron = {}

---A generator of random numbers.
---@class luron.random
local random = {}

---Values of a field under sweep.
---@class luron.axis

---A function of your own, as a field's value.
---@class luron.function

---@class luron
---@field version string
local luron = {}
luron.data = {}

---Makes an experiment of its fields; luron help fields lists them. A script that returns an experiment, or a list of
---them, can be run, swept and plotted by luron.
---@param fields luron.fields
---@return luron.experiment
function luron.experiment(fields) end

---Trains the experiment once and returns the run: run.loss, run.accuracy, run.epochs, run.status, run.curve,
---run.validation_curve, run.network and the metrics. It prints only what the log asks for. overrides is a table of
---fields that replace the experiment's own: e:run { seed = 2 }. The value false removes a field.
---@param overrides? luron.fields
---@return luron.run
function experiment:run(overrides) end

---Runs every combination of the experiment's axes and returns the results, as luron.results does. In overrides, a
---list or a range is an axis, a single value removes the axis: e:sweep { hidden = { 2, 4 }, seed = 1 }.
---@param overrides? luron.fields
---@return luron.results
function experiment:sweep(overrides) end

---Draws the run's loss over its epochs, and that of its validation set, if the run keeps a curve. With boundary =
---true it draws what the network answers over its two inputs, with weights = true its weights, both also after
---certain epochs = { 0, 10, 100 }. The path ends in .png, .svg or .pdf. It also takes the options of looks, as
---results:plot does.
---@param fields table
function run:plot(fields) end

---Writes the run as a checkpoint, from which e:run { resume = path } goes on. A run that is no part of one, by
---until_epoch or resume, is trained once more for that.
---@param path string
function run:save(path) end

---A value of log: prints at the epochs n-1, 2n-1, ... and at the last one. With a function, calls it there with the
---epoch's record instead of printing.
---@param n integer
---@param f? function
---@return any
function luron.every(n, f) end

---A function of your own as a value of activation and output_activation. slope is given if it is to be another one
---than the derivative; a is f's value. numbers are its parameters, with their defaults: p.NAME.
---@param fields table
---@return luron.function
function luron.activation(fields) end

---A function of your own as a value of loss: of one output and its target.
---@param fields table
---@return luron.function
function luron.loss(fields) end

---A rule of your own as a value of optimizer. update returns the new weight; s has the values in state, which are
---kept per parameter and begin as 0; h has learning_rate step epoch epochs fan_in layer is_bias and the numbers. It
---also takes learning_rate (0.01 unless you give it) and full_batch = true for a rule that needs one.
---@param fields table
---@return luron.function
function luron.optimizer(fields) end

---A function of your own as a value of schedule: a factor of learning_rate. h has step, epoch and epochs.
---@param fields table
---@return luron.function
function luron.schedule(fields) end

---A function of your own as a value of penalty: of one weight, added to what training makes small.
---@param fields table
---@return luron.function
function luron.penalty(fields) end

---A function of your own as a value of init: a start value. r has normal(mean, std), uniform(lo, hi), fan_in fan_out
---layer unit input is_bias.
---@param fields table
---@return luron.function
function luron.init(fields) end

---x without its sign.
---@param x any
---@return number
function luron.abs(x) end

---The least whole number from x on, as a float.
---@param x any
---@return number
function luron.ceil(x) end

---The cosine; NaN beyond 2^20 in size.
---@param x any
---@return number
function luron.cos(x) end

---Whether a equals b. In a function that is traced it is a comparison as < is, which == is not there.
---@param a number
---@param b number
---@return boolean
function luron.equal(a, b) end

---The error function.
---@param x any
---@return number
function luron.erf(x) end

---e^x. luron's functions give the same bits on every machine.
---@param x any
---@return number
function luron.exp(x) end

---e^x - 1, exact near 0, too.
---@param x any
---@return number
function luron.expm1(x) end

---The largest whole number up to x, as a float.
---@param x any
---@return number
function luron.floor(x) end

---a * b + c, rounded once.
---@param a number
---@param b number
---@param c number
---@return number
function luron.fma(a, b, c) end

---The natural logarithm, or log(x) / log(base).
---@param x any
---@param base? number
---@return number
function luron.log(x, base) end

---log(1 + x), exact near 0, too.
---@param x any
---@return number
function luron.log1p(x) end

---The largest; a < b ? b : a, from the left.
---@param x any
---@param ... any
---@return number
function luron.max(x, ...) end

---The least; b < a ? b : a, from the left.
---@param x any
---@param ... any
---@return number
function luron.min(x, ...) end

---The sine; NaN beyond 2^20 in size.
---@param x any
---@return number
function luron.sin(x) end

---The square root.
---@param x any
---@return number
function luron.sqrt(x) end

---The tangent; NaN beyond 2^20 in size.
---@param x any
---@return number
function luron.tan(x) end

---The numbers a, a + step, ... up to b, as an axis or a list; the step is 1.
---@param a number
---@param b number
---@param step? number
---@return luron.axis
function luron.range(a, b, step) end

---n numbers from a to b with equal distances, as an axis or a list.
---@param a number
---@param b number
---@param n integer
---@return luron.axis
function luron.linspace(a, b, n) end

---n numbers from a to b with equal factors, as an axis or a list.
---@param a number
---@param b number
---@param n integer
---@return luron.axis
function luron.geomspace(a, b, n) end

---An axis from which a sampler draws numbers between a and b, all equally likely.
---@param a number
---@param b number
---@return luron.axis
function luron.uniform(a, b) end

---An axis from which a sampler draws numbers between a and b, whose logarithms are equally likely.
---@param a number
---@param b number
---@return luron.axis
function luron.loguniform(a, b) end

---An axis under sweep whose values a drawn sampler is crossed with: each point is run with each of them. It takes a
---list or a range. In a grid it is the list itself.
---@param fields table
---@return luron.axis
function luron.list(fields) end

---Fields that vary together: the first values of all, then the second values, and so on.
---@param fields table
---@return luron.axis
function luron.zip(fields) end

---A value of prune: after each epoch of the list at, the best share of the runs goes on and the others end. by is
---"loss" unless you give it; it must be a built-in metric.
---@param fields table
---@return any
function luron.halving(fields) end

---Opens a results file. #r is the number of its rows, r[i] a row: a table with the axes, the metrics, run, status,
---solved and overrides, so that e:run(r[i].overrides) is that run again. If the sweep kept curves, a row has
---row.curve and row.validation_curve, as a run has.
---@param path string
---@return luron.results
function luron.results(path) end

---Goes over the rows: for row in r:rows { where = "solved", order = "loss" } do ... end.
---@param options? table
---@return fun(): luron.row
function results:rows(options) end

---The best row, or a list of the n best. Without a metric it takes what the experiment's rank says, else the loss.
---The metric says itself whether high or low is better.
---@param metric? string
---@param n? integer
---@return luron.row|luron.row[]
function results:best(metric, n) end

---A list with one entry per value of the axis: { value =, n =, mean =, median =, low =, high = }.
---@param axis string
---@param metric? string
---@return luron.entry[]
function results:by(axis, metric) end

---Writes a heatmap, or curves if there is no y, as luron plot does; the path ends in .png, .svg or .pdf. It also
---takes by, fold, where, shade, bare, ecdf, axes and the options of looks: size, dpi, font_size, title, xlabel,
---ylabel, palette, xlim, ylim, legend and theme.
---@param fields table
function results:plot(fields) end

---Writes the page that luron report writes. The table may have title, palette and theme.
---@param path string
---@param options? table
function results:report(path, options) end

---Closes the file; the collector does it too, later.
function results:close() end

---A single unit with its own weights. It also takes bias, activation, seed, init, bias_init, init_scale, weights and
---biases. n.weights[i] and n.bias can be read and changed.
---@param fields table
---@return luron.neuron
function luron.neuron(fields) end

---The unit's output for a list of inputs, or for a number if it has one input.
---@param x any
---@return number
function neuron:forward(x) end

---One step of learning: w[i] = w[i] + learning_rate * error * x[i], and the bias as if its input were 1.
---@param x any
---@param error number
---@param learning_rate number
function neuron:update(x, error, learning_rate) end

---Layers of units. It also takes activation, output_activation, shortcuts, bias, seed, init, bias_init, init_scale,
---weights and biases. net.weights[layer][unit][input] and net.biases[layer][unit] can be read and changed.
---@param fields table
---@return luron.network
function luron.network(fields) end

---Reads a network that network:save wrote.
---@param path string
---@return luron.network
function luron.load(path) end

---Reads a network that FANN saved (FANN_FLO_2.1): layered, with shortcuts, or of a cascade. Its outputs are those of
---fann_run.
---@param path string
---@return luron.network
function luron.fann_network(path) end

---A list of outputs for one pattern; a list of such lists for a list of patterns. A pattern is a list of numbers, or
---by names { age = 3, sex = "male" } if the data had names.
---@param x any
---@return number[]|number[][]
function network:forward(x) end

---A list of outputs for each pattern of a data set or of a list of patterns.
---@param data luron.data|table
---@return number[][]
function network:predict(data) end

---The class with the largest output: its name, or its number if classes have no names. For a list of patterns or a
---data set it is a list of them.
---@param x any
---@return string|integer|table
function network:classify(x) end

---The mean loss over a data set, or over { inputs = ..., targets = ... }: of that name, else the one that an
---experiment with such outputs has. Classes are matched by their names.
---@param data luron.data|table
---@param name? string
---@return number
function network:loss(data, name) end

---The share of the patterns that are answered rightly, as the metric accuracy; nil if no rule says what is right.
---@param data luron.data|table
---@return number?
function network:accuracy(data) end

---How often each class is taken for each: m[i][j] patterns are of class i and answered with class j. m.classes are
---the names; print(m) is a table.
---@param data luron.data|table
---@return table
function network:confusion(data) end

---Writes the network as a text file that keeps every bit. A file of that name is replaced as a whole.
---@param path string
function network:save(path) end

---Writes a C file with one function, void NAME(const double *input, double *output), that needs nothing else and
---gives the bits of network:forward. name is "forward" unless you give it. Functions of your own are written, too.
---@param path string
---@param name? string
function network:to_c(path, name) end

---Writes the network as an ONNX model, from "input" to "output", in its precision; the scaling of inputs and targets
---is part of it. A function of your own is refused if ONNX has no operators for it.
---@param path string
---@param name? string
function network:to_onnx(path, name) end

---A generator of random numbers with a state of its own; the seed is 1 unless you give one.
---@param seed? integer
---@return luron.random
function luron.random(seed) end

---A number between low and high; between 0 and 1 unless you give them.
---@param low? number
---@param high? number
---@return number
function random:uniform(low, high) end

---A normal number; mean 0 and standard deviation 1 unless you give them.
---@param mean? number
---@param deviation? number
---@return number
function random:normal(mean, deviation) end

---A whole number from low to high, both included.
---@param low number
---@param high number
---@return integer
function random:integer(low, high) end

---The corners 00, 01, 10, 11 again and again, with XOR's targets.
---@param fields table
---@return luron.data
function luron.data.xor(fields) end

---All patterns of so many bits; the target is 1 if an odd number of bits is 1.
---@param fields table
---@return luron.data
function luron.data.parity(fields) end

---Two spiral arms, each inside the other.
---@param fields table
---@return luron.data
function luron.data.spiral(fields) end

---A circle of radius 1, and a circle of radius factor inside it.
---@param fields table
---@return luron.data
function luron.data.circles(fields) end

---Two half circles that reach into each other.
---@param fields table
---@return luron.data
function luron.data.moons(fields) end

---Clouds around points on a circle of radius 3; one output per class if there are more than two.
---@param fields table
---@return luron.data
function luron.data.gaussians(fields) end

---A data set from a CSV file; luron help csv lists the options.
---@param path string
---@param options? table
---@return luron.data
function luron.csv(path, options) end

---A data set from a file of any format that luron reads, found by what the file holds; a text of no other format is
---read as CSV. options are those of the format's own function.
---@param path string
---@param path? string
---@param options? table
---@return luron.data
function luron.read(path, path, options) end

---A data set of lists: inputs are lists of numbers, targets too, or names of classes; classes is their order, names
---are those of the inputs.
---@param fields table
---@return luron.data
function luron.data.table(fields) end

---A data set of these rows; the last is the last one unless you give it.
---@param first integer
---@param last? integer
---@return luron.data
function data:rows(first, last) end

---A data set of the rows of which f(inputs, targets, i) is true.
---@param f function
---@return luron.data
function data:where(f) end

---Two data sets: the rows are shuffled by the seed (1), and this fraction of them goes to the first. Stratified,
---each class is cut so, and rows stay in their order.
---@param fraction number
---@param seed? integer
---@param options? table
---@return luron.data, luron.data
function data:split(fraction, seed, options) end

---A list of k tables with train and test: the cross-validation folds that folds = k makes with this seed (1).
---@param k integer
---@param seed? integer
---@return table[]
function data:folds(k, seed) end

---A data set of the same rows in an order drawn from the seed (1).
---@param seed? integer
---@return luron.data
function data:shuffle(seed) end

---Writes a CSV file from which luron.csv reads the same data set: give it targets = d.target_names if there are
---several, or { "y1", "y2" } and so on where they have no names; and onehot = d.categories, classes = d.classes if
---their order counts.
---@param path string
function data:save(path) end

---A data set from a training file of FANN.
---@param path string
---@return luron.data
function luron.fann(path) end

---Three data sets from a .dt file of PROBEN1: train, test, validation, as data = function returns them. A part
---without rows is nil.
---@param path string
---@return luron.data, luron.data, luron.data
function luron.proben1(path) end

---A data set from a pattern file (.pat) of SNNS. Patterns of variable size are refused.
---@param path string
---@return luron.data
function luron.snns(path) end

---A data set from an example file (.ex) of Lens, dense or sparse, with one event per example; freq: is its weight.
---Without inputs and targets, the largest unit of each says how many there are.
---@param path string
---@param options? table
---@return luron.data
function luron.lens(path, options) end

---A data set from an ARFF file of Weka. A nominal attribute becomes an input for each of its values. class is the
---attribute that is the target, without it the last; drop are attributes to leave out; missing is "error", "skip",
---"mean" or "median", as for luron.csv.
---@param path string
---@param options? table
---@return luron.data
function luron.arff(path, options) end

---A data set from a file of LIBSVM or SVMlight. Labels that are whole numbers are classes, unless classes is false;
---others are numbers. Without inputs the largest index says how many there are.
---@param path string
---@param options? table
---@return luron.data
function luron.libsvm(path, options) end

---A data set from two arrays of numpy (.npy), or from an archive of them (.npz), with the keys x and y, inputs and
---targets, data and target, or those given. x_train y_train, x_test y_test and x_val y_val are three data sets:
---train, test, validation. One column of whole numbers is classes unless classes is false.
---@param inputs any
---@param targets any
---@param options? table
---@return luron.data
function luron.npy(inputs, targets, options) end

---A data set from two IDX files such as MNIST's, compressed by gzip or not. Inputs are the numbers as they are (0 to
---255 for bytes). Labels that are whole numbers are classes, an output each from 0 to the largest (of rows of more,
---as QMNIST's, the first column); others, and all if classes is false, are targets.
---@param images any
---@param labels any
---@param options? table
---@return luron.data
function luron.idx(images, labels, options) end

---1 / (1 + exp(-z))
---@param z number
---@return number
function luron.sigmoid(z) end

---tanh(z)
---@param z number
---@return number
function luron.tanh(z) end

---z if z is above 0, else 0
---@param z number
---@return number
function luron.relu(z) end

---z if z is above 0, else 0.01 z
---@param z number
---@return number
function luron.leaky_relu(z) end

---log(1 + exp(z))
---@param z number
---@return number
function luron.softplus(z) end

---1 if z is 0 or more, else 0; it learns as if its slope were 1
---@param z number
---@return number
function luron.step(z) end

---z
---@param z number
---@return number
function luron.linear(z) end

-- pages:end
return luron
