#compdef luron
# SPDX-License-Identifier: MIT
# Completion for zsh: as _luron in a folder of fpath. ./dev pages writes the words from luron's own tables, and a test
# compares them.
typeset -gA _luron_values
# pages:words
_luron_commands=(
  'run:run a script; train the experiments that it returns and print their logs'
  'sweep:run every combination of a script'\''s axes, into a results file'
  'init:write NAME.lua, an experiment to begin with, which runs and sweeps as it is'
  'repl:a prompt for lines of Lua, after a script if one is given'
  'tutorial:run the bundled scripts in order, or the one of that number'
  'list:what the results files of a folder hold (default: results)'
  'show:tables of a sweep'\''s results, or a picture; two files are compared'
  'plot:a picture of a sweep'\''s results, or of a network'
  'report:a page about a sweep'\''s results, with a choice of axes in it'
  'export:rows of a sweep'\''s results as CSV, TSV, JSON Lines or NPY'
  'predict:the rows of a CSV file with what a saved network answers'
  'replay:one run of a sweep again, with its log, curve and weights; compare it with its row'
  'verify:compute a sweep'\''s results again and compare them bit by bit'
  'merge:join the shards of a sweep into one results file'
  'diff:the first run, column and bits in which two files of a sweep differ'
  'help:what a command takes, what a field of an experiment is, what a function of the Lua module does'
)
_luron_topics=(fields functions csv activations losses optimizers schedules penalties inits samplers statuses
  luron.experiment luron.every luron.activation luron.loss luron.optimizer luron.schedule luron.penalty luron.init
  luron.abs luron.ceil luron.cos luron.equal luron.erf luron.exp luron.expm1 luron.floor luron.fma luron.log
  luron.log1p luron.max luron.min luron.sin luron.sqrt luron.tan luron.range luron.linspace luron.geomspace
  luron.uniform luron.loguniform luron.list luron.zip luron.halving luron.results luron.neuron luron.network
  luron.load luron.fann_network luron.random luron.data.xor luron.data.parity luron.data.spiral luron.data.circles
  luron.data.moons luron.data.gaussians luron.csv luron.read luron.data.table luron.fann luron.proben1 luron.snns
  luron.lens luron.arff luron.libsvm luron.npy luron.idx luron.sigmoid luron.tanh luron.relu luron.leaky_relu
  luron.softplus luron.step luron.linear accuracy best by classify close confusion folds forward integer loss normal
  plot predict report rows run save shuffle split sweep to_c to_onnx uniform update where accuracy adadelta adagrad
  adam adamax adamw amsgrad best_epoch constant cosine cross_entropy elimination elu error_max exponential focal
  gaussian gelu grid hard_sigmoid hard_tanh he he_uniform hinge huber inverse irprop_minus keras_adagrad keras_adam
  keras_adamax keras_nadam keras_rmsprop l1 l2 latin leaky_relu lecun linear lion log_cosh loss loss_min loss_sum
  macro_f1 macro_precision macro_recall mae mish momentum momentum_rhw mse nadam nesterov none normal one_cycle
  penalty_sum perceptron poisson quantile quickprop r2 random relu relu6 rmse rmsprop rprop rprop_1993 selu sgd
  sigmoid silu sine snake sobol softmax softplus softsign squared_hinge squareplus step tanh test_accuracy test_loss
  test_macro_f1 test_macro_precision test_macro_recall test_mae test_r2 test_rmse trainability triangular uniform
  validation_accuracy validation_loss validation_macro_f1 validation_macro_precision validation_macro_recall
  validation_mae validation_r2 validation_rmse warmup_cosine weight_norm weighted_accuracy xavier xavier_normal zeros)
_luron_numbers=(00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 20 22 23 24 25 26 27 28 29)
_luron_fields=(
  'name:What the experiment is called in logs, tables and reports; files are named after the script.'
  'inputs:What the network is shown: the training patterns.'
  'targets:What the network should answer to each pattern.'
  'data:The patterns, inputs and targets together; a second data set is the test set, a third the validation set.'
  'test:Patterns never trained on, which the metrics test_loss and test_accuracy measure.'
  'test_seed:Draws which patterns a fraction given as test holds out; the same for all runs.'
  'validation:Patterns never trained on, which stop.monitor, restore and the validation metrics look at.'
  'validation_seed:Draws which patterns a fraction given as validation holds out; the same for all runs.'
  'validation_stratified:Whether a fraction given as validation holds out the same share of each class.'
  'folds:Cross-validation: parts of the patterns of which each is the test set once; drawn from seed.'
  'normalize:Scales each input by what the training patterns show; forward applies it too.'
  'normalize_targets:Scales each target by what the training patterns show; outputs and errors are in the targets'\'' units.'
  'pattern_weights:How much each training pattern counts in loss and gradients; sums are divided as without.'
  'class_weights:How much the patterns of each class count; balanced: n / (classes * patterns of the class).'
  'hidden:Units of each hidden layer: 3, {8, 4}, or 0 for none.'
  'shortcuts:Whether each layer sees all before it and not only the one before; or further connections.'
  'activation:What a unit makes of its weighted sum: in every layer, or a list with one per layer.'
  'output_activation:The activation of the output layer, if it has its own.'
  'bias:Whether every unit adds a learned constant to its sum.'
  'init:How start weights are drawn: normal N(0,1), uniform U(-1,1), xavier, he, or zeros.'
  'bias_init:How start biases are drawn.'
  'init_scale:Multiplies the drawn start values: a number, or one per layer.'
  'weights:Start weights of your own, instead of drawn ones.'
  'biases:Start biases of your own, instead of drawn ones.'
  'start:A network to go on from: its weights, layers, activations, scaling and classes.'
  'loss:What training makes small.'
  'reduction:Whether losses over patterns and outputs become a mean, a sum or, of mse, half a sum.'
  'optimizer:The rule that turns gradients into changes of the weights.'
  'momentum:Share of the last update'\''s direction that is kept.'
  'beta1:Decay of the running mean of gradients.'
  'beta2:Decay of the running mean of squared gradients.'
  'rho:Decay of the running mean of squared gradients.'
  'epsilon:Keeps the division by a gradient'\''s size finite.'
  'rprop_grow:What a step is multiplied by while its gradient keeps its sign.'
  'rprop_shrink:What a step is multiplied by where its gradient turns.'
  'rprop_least:The smallest step.'
  'rprop_most:The largest step.'
  'weight_decay:Pulls every parameter towards 0 by this share of itself.'
  'decay_biases:Whether weight_decay pulls at biases, too.'
  'clip_norm:Shortens the gradient of all parameters to this length, where it is longer; not beside clip_value.'
  'clip_value:Keeps every gradient between minus this and this; not beside clip_norm.'
  'freeze:Parameters that training leaves as they are.'
  'learning_rate:How far each update goes: a number, or one per layer.'
  'schedule:A factor of the learning rate that changes with the epochs; constant: none.'
  'schedule_every:When the schedule is asked: once an epoch, or once an update.'
  'penalty:What every weight adds to what is minimised, besides the loss; none: nothing.'
  'dropout:Share of hidden units'\'' outputs that training leaves out, drawn for each pattern; one, or one per hidden layer.'
  'input_noise:Standard deviation of what training adds to each input, drawn for each pattern in each epoch.'
  'weight_noise:Standard deviation of what training adds to each weight, drawn for each update.'
  'epochs:How often training goes through all patterns, unless it ends earlier.'
  'until_epoch:Ends the run after this many of its epochs, to be saved by run:save and resumed.'
  'resume:A checkpoint to go on from: the run is then as if it had never ended.'
  'batch:Patterns per update, whose gradients are averaged, or summed (reduction); "all": the full batch.'
  'shuffle:Whether each epoch visits the patterns in a new order, drawn from seed.'
  'stop_error:Solved when every output of every pattern is within this of its target, in an epoch and after it.'
  'stop_loss:Solved when the training loss is below this, in an epoch and after it.'
  'stop_accuracy:Solved when the accuracy is at least this, in an epoch and after it.'
  'stop_patience:Stalled after this many epochs without a better value of what stop.monitor names.'
  'stop_monitor:What stop.patience, stop.gl, stop.pq and restore look at.'
  'stop_min_delta:By how much a value must be better to count as better.'
  'stop_gl:Stalled when the monitored loss is by more than this above its least: Prechelt'\''s GL.'
  'stop_pq:Stalled when GL over the progress of the last stop.every epochs is above this: Prechelt'\''s PQ.'
  'stop_progress:Stalled when the training loss of the last stop.every epochs progresses by less: Prechelt'\''s P.'
  'stop_every:Looks at the stop conditions at epochs n-1, 2n-1, ... only.'
  'stop_when:Asked at each epoch that stop_every says; true ends the run as stopped.'
  'restore:Which epoch'\''s parameters a run ends with: the last one'\''s, or those of the monitor'\''s best epoch.'
  'precision:Floating-point numbers of 64 bits, or of 32: about twice as fast.'
  'params:Your own named values, for the functions that take them, and as axes.'
  'metrics:More columns of the results, beside loss, accuracy and epochs.'
  'log:Which epochs are printed, or what is done at them.'
  'curve:Points of the loss curve that are kept per run.'
  'keep:Rows of a sweep that are stored.'
  'rank:The metric by which tables, reports and best rank combinations; it changes no results.'
  'sweep:The axes: for each field the values that `luron sweep` tries.'
  'where:Which combinations are run: those for which it is true. Points drawn go on past the others.'
  'sampler:How points are chosen from the axes: all of them, or drawn.'
  'samples:How many points a drawn sampler takes, none twice while there are others; each with every seed.'
  'sampler_seed:Draws the points of the samplers random and latin.'
  'prune:Ends the worst runs early: of N runs, keep^i N go on after the i-th epoch of at.'
  'fold:Which of the folds is the test set; a sweep tries all, as replicates over which tables summarise.'
  'seed:Draws starts, shuffles, folds, dropout, noise; as an axis, the replicates that tables summarise over.'
)
_luron_options_run=(
  '--checkpoint=:write a checkpoint of the run; resume=FILE goes on from it'
  '--every=:write it after every N epochs, not only at the end'
  '--explain:print which kernel the run gets, and the programs of its functions'
  '--assume-same:of an e:sweep: what functions hold and luron cannot compare has not changed'
  '--sandbox:run the script of a stranger: no files, no programs, limits of memory and time'
  '--memory=:with --sandbox: the most memory (512M unless you give it)'
  '--time=:with --sandbox: the most time for all of it (60s unless you give it)'
  '--allow-read=:with --sandbox: the script may read files below this folder; may be given again'
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_sweep=(
  '--jobs=:threads (default: the cores it may use)'
  '--output=:the results file (default: results/NAME-HASH.db)'
  '--fresh:compute all of it again, and erase what the same command put into the file'
  '--assume-same:what functions hold and luron cannot compare, such as a coroutine, has not changed'
  '--reuse=:take over rows of an older results file that are the same runs; may be given again'
  '--no-reuse:take over none of the rows in results/'
  '--retry:compute runs that failed, and rows that were deleted, again'
  '--plan:print how many runs, how long, how large, and the first ten; run nothing'
  '--explain:print which kernel each structure gets, and why'
  '--budget=:run as much as fits in 30s, 5m, 2h; the same command continues later'
  '--expect=:exit with 3 if this does not hold: '\''solved >= 0.95'\'' (with --slurm, the merge does)'
  '--shard=:only every N-th part, into a file of its own; K from an array job'\''s variables: auto/N'
  '--slurm=:submit N shards and a merge to Slurm; words after -- are passed to sbatch'
  '--dry-run:with --slurm: print the script that would submit them'
  '--metric=:what combinations are ranked by, instead of the script'\''s rank'
  '--keep=:all, cells (one row per combination), or N: the best N by --metric, the script'\''s keep, or loss'
  '--sandbox:run the script of a stranger: no files, no programs, limits of memory and time'
  '--memory=:with --sandbox: the most memory (512M unless you give it)'
  '--time=:with --sandbox: the most time for all of it (60s unless you give it)'
  '--allow-read=:with --sandbox: the script may read files below this folder; may be given again'
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_init=(
  '--help:what the command does and takes'
)
_luron_options_repl=(
  '--help:what the command does and takes'
)
_luron_options_tutorial=(
  '--list:name the scripts and their questions, run none'
  '--copy=:copy the scripts, or the one, and their data into a folder, run none; no file is replaced'
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_list=(
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_show=(
  '--by=:a line for each combination of these columns, over all other axes'
  '--best=:the best N combinations, over their replicates, or lines of --by'
  '--interval:mean, deviation and 95 % interval in place of median and quartiles'
  '--runs:with --best: single runs'
  '--metric=:what is ranked and summed up (default: the script'\''s rank; else loss)'
  '--plot:a picture: a heatmap of two axes, or curves along one'
  '--x=:of --plot: the axis that runs to the right (default: the one with most values)'
  '--y=:of --plot: the axis that runs upwards (default, without --x: that with next most)'
  '--value=:of --plot: a metric, or solved (default: solved if some runs were)'
  '--fold=:of --plot: how the runs of a cell become one: mean rate median q90 min'
  '--shade=:of --plot: how values become colours: auto linear log rank'
  '--ecdf:of --plot: the share of runs that are solved within so many epochs'
  '--where=:of --plot: only these rows; may also be a word of its own'
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_plot=(
  '--output=:where to: a name that ends in .png, .svg or .pdf'
  '--x=:the axis that runs to the right'
  '--y=:the axis that runs upwards, of a heatmap'
  '--value=:what is shown: a metric, or solved (default: the script'\''s rank; else loss)'
  '--fold=:how the runs of a cell become one: mean rate median q90 min'
  '--where=:only these rows; may also be a word of its own'
  '--by=:a curve for each value of this axis'
  '--axes=:a line for each combination of these, across an axis for each'
  '--ecdf:the share of runs that are solved within so many epochs'
  '--shade=:how values become colours: auto linear log rank'
  '--curve:the loss of one run of a script over the epochs, and that of its validation set'
  '--boundary:what a script'\''s network answers over its two inputs, with its patterns'
  '--weights:the weights of a script'\''s network, as squares'
  '--epochs=:of those two: after how many epochs, 0,10,100 (default: before and after training)'
  '--animate:of those two: one moment after the other, as an APNG, or files: -o frame-%03d.png'
  '--bare:one pixel per cell, and nothing around it; PNG'
  '--size=:how large: 90x60mm, 15x10cm, 6x4in, or 800x600 for pixels'
  '--dpi=:pixels per inch of a PNG (default: 144)'
  '--font-size=:the size of labels, in points (default: 9)'
  '--title=:what stands above the figure'
  '--xlabel=:what stands below the axis that runs to the right'
  '--ylabel=:what stands beside the axis that runs upwards'
  '--palette=:colours of values: viridis magma cividis greys diverging'
  '--xlim=:the ends of the axis that runs to the right'
  '--ylim=:the ends of the axis that runs upwards'
  '--legend=:where the key stands: right below none'
  '--theme=:light dark auto; auto is what the reader of an SVG likes (default: light)'
  '--help:what the command does and takes'
)
_luron_options_report=(
  '--output=:where to: an HTML page that needs nothing else'
  '--metric=:what combinations are ranked by (default: the script'\''s rank; else loss)'
  '--title=:what stands above the page (default: the experiment'\''s name)'
  '--palette=:colours of values: viridis magma cividis greys diverging'
  '--theme=:light dark auto; auto is what its reader likes (default: auto); on paper it is light'
  '--help:what the command does and takes'
)
_luron_options_export=(
  '--output=:where to: the suffix .csv, .tsv, .jsonl or .npy says how; .csv.gz compresses'
  '--csv:CSV to standard output'
  '--jsonl:JSON Lines to standard output'
  '--escape-formulas:CSV, TSV: put a '\'' before texts that a spreadsheet would compute (= + - @)'
  '--curves:the loss curves instead: a row per point, with run, epoch and loss'
  '--help:what the command does and takes'
)
_luron_options_predict=(
  '--output=:where to; without it, standard output'
  '--inputs=:the columns that the network sees, by name or number, in its order'
  '--no-header:the first line is a row; no names are written'
  '--separator=:what is between columns, one character or \t; else it is found by looking'
  '--decimal=:what stands before the decimals of a number, there and in the answer: . or ,'
  '--missing-values=:more cells that are missing, besides empty ones, NA and their like: -999,.'
  '--comment=:lines that begin with this character are passed over'
  '--skip=:so many lines are passed over before the first'
  '--help:what the command does and takes'
)
_luron_options_replay=(
  '--trust:run the script'\''s text that the file keeps, if the script has changed or is gone'
  '--sandbox:run the script of a stranger: no files, no programs, limits of memory and time'
  '--memory=:with --sandbox: the most memory (512M unless you give it)'
  '--time=:with --sandbox: the most time for all of it (60s unless you give it)'
  '--allow-read=:with --sandbox: the script may read files below this folder; may be given again'
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_verify=(
  '--sample=:N rows by chance instead of all'
  '--jobs=:threads (default: the cores it may use)'
  '--trust:run the script'\''s text that the file keeps, if the script has changed or is gone'
  '--sandbox:run the script of a stranger: no files, no programs, limits of memory and time'
  '--memory=:with --sandbox: the most memory (512M unless you give it)'
  '--time=:with --sandbox: the most time for all of it (60s unless you give it)'
  '--allow-read=:with --sandbox: the script may read files below this folder; may be given again'
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_merge=(
  '--expect=:exit with 3 if this does not hold for OUT: '\''solved >= 0.95'\'''
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_diff=(
  '--help:what the command does and takes'
  '--quiet:print results only, no log and no progress'
  '--json:print JSON Lines'
  '--color=:auto, always or never'
)
_luron_options_help=(
  '--tables:print all that help knows, a line per entry, with tabs between, for programs'
  '--help:what the command does and takes'
)
_luron_values=(
  --metric 'loss accuracy error_max loss_min loss_sum mse cross_entropy test_loss test_accuracy weight_norm
  trainability penalty_sum validation_loss validation_accuracy best_epoch rmse mae r2 weighted_accuracy test_rmse
  test_mae test_r2 validation_rmse validation_mae validation_r2 macro_precision macro_recall macro_f1
  test_macro_precision test_macro_recall test_macro_f1 validation_macro_precision validation_macro_recall
  validation_macro_f1 epochs solved'
  --value 'loss accuracy error_max loss_min loss_sum mse cross_entropy test_loss test_accuracy weight_norm
  trainability penalty_sum validation_loss validation_accuracy best_epoch rmse mae r2 weighted_accuracy test_rmse
  test_mae test_r2 validation_rmse validation_mae validation_r2 macro_precision macro_recall macro_f1
  test_macro_precision test_macro_recall test_macro_f1 validation_macro_precision validation_macro_recall
  validation_macro_f1 epochs solved'
  --keep 'all cells'
  --color 'auto always never'
  --fold 'mean rate median q90 min'
  --shade 'auto linear log rank'
  validation_stratified 'true false'
  normalize 'zscore minmax minmax_all bytes'
  normalize_targets 'zscore minmax minmax_all bytes'
  class_weights 'balanced'
  shortcuts 'true false'
  activation 'sigmoid tanh relu leaky_relu softplus step linear softmax elu gaussian gelu hard_sigmoid hard_tanh mish
  relu6 selu silu sine snake softsign squareplus'
  output_activation 'sigmoid tanh relu leaky_relu softplus step linear softmax elu gaussian gelu hard_sigmoid
  hard_tanh mish relu6 selu silu sine snake softsign squareplus'
  bias 'true false'
  init 'normal uniform xavier he zeros he_uniform lecun xavier_normal'
  bias_init 'normal uniform zeros'
  loss 'cross_entropy mse perceptron focal hinge huber log_cosh mae poisson quantile squared_hinge'
  reduction 'mean sum half_sum'
  optimizer 'sgd momentum nesterov adagrad rmsprop adam rprop rprop_1993 adadelta adamax adamw amsgrad irprop_minus
  keras_adagrad keras_adam keras_adamax keras_nadam keras_rmsprop lion momentum_rhw nadam quickprop'
  decay_biases 'true false'
  schedule 'constant cosine exponential inverse one_cycle step triangular warmup_cosine'
  schedule_every 'epoch update'
  penalty 'none elimination l1 l2'
  batch 'all'
  shuffle 'true false'
  stop_monitor 'loss accuracy validation_loss validation_accuracy'
  restore 'last best'
  precision 'double single'
  sampler 'grid random sobol latin'
)
# pages:end

# The names of the script's own axes: its plan says them, made in a sandbox.
_luron_own() {
  reply=(${(f)"$(luron sweep --plan --json --sandbox --time=2s --allow-read="${1:h}" "$1" 2>/dev/null |
    sed -n 's/^{.*"type":"planned","run":1,//p' | tr ',' '\n' | sed -n 's/^"\([^"]*\)":.*/\1/p')"})
}

_luron() {
  local command=${words[2]} name
  local -a names reply
  if ((CURRENT == 2)); then
    if [[ $PREFIX == -* ]]; then
      compadd -- --help --version -e
    else
      _describe -t commands command _luron_commands
      _files -g '*.lua'
    fi
    return
  fi
  if [[ $PREFIX == *=* || ${words[CURRENT - 1]} == --(metric|value|keep|color|fold|shade) ]]; then
    name=${words[CURRENT - 1]}
    if [[ $PREFIX == *=* ]]; then
      name=${PREFIX%%=*}
      compset -P 1 '*='
    fi
    compset -P '*,'
    names=(${=_luron_values[$name]})
    if (($#names)); then
      compadd -- $names
    else
      _files
    fi
  elif [[ $PREFIX == -* ]]; then
    local options=_luron_options_$command
    local -a with=(${(M)${(P)options}:#*=:*}) without=(${${(P)options}:#*=:*})
    _describe -o option with -S '' -- without
  elif [[ $command == help ]]; then
    _describe -t commands command _luron_commands
    compadd -- $_luron_topics ${_luron_fields%%:*}
  elif [[ $command == tutorial ]] && ((CURRENT == 3)); then
    compadd -- $_luron_numbers
  elif ((CURRENT == 3)); then
    _files
  else
    local script=${words[(r)*.lua]}
    [[ -n $script && -r ${~script} ]] && _luron_own ${~script}
    compadd -S= -- $reply ${_luron_fields%%:*}
    _files
  fi
}

_luron "$@"
