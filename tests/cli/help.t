Help is made from the tables of commands and of fields:

  $ luron --help | head -3
  luron runs experiments with small neural networks, written in Lua.
  
    luron run       run a script; train the experiments that it returns and print
  $ luron help run
  usage: luron run [OPTIONS] FILE [NAME=VALUE ...]
  
  run a script; train the experiments that it returns and print their logs
  
  NAME=VALUE sets a field of every experiment: epochs=100 learning_rate=0.5
  hidden=4x4 stop.error=0.1 (luron help fields lists them); false takes one away:
  normalize=false stop=false. A script that returns nothing finds the words in
  arg. A large network is trained by all cores that the process may use (taskset
  says fewer). luron FILE ... is the same, so that scripts can start with
  #!/usr/bin/env luron.
  
        --checkpoint=FILE    write a checkpoint of the run; resume=FILE goes on
                             from it
        --every=N            write it after every N epochs, not only at the end
        --explain            print which kernel the run gets, and the programs of
                             its functions
        --assume-same        of an e:sweep: what functions hold and luron cannot
                             compare has not changed
        --sandbox            run the script of a stranger: no files, no programs,
                             limits of memory and time
        --memory=SIZE        with --sandbox: the most memory (512M unless you give
                             it)
        --time=TIME          with --sandbox: the most time for all of it (60s
                             unless you give it)
        --allow-read=FOLDER  with --sandbox: the script may read files below this
                             folder; may be given again
    -h, --help               what the command does and takes
    -q, --quiet              print results only, no log and no progress
        --json               print JSON Lines
        --color=WHEN         auto, always or never
  
  experiment:run([overrides])
    Trains the experiment once and returns the run: run.loss, run.accuracy,
    run.epochs, run.status, run.curve, run.validation_curve, run.network and the
    metrics. It prints only what the log asks for. overrides is a table of fields
    that replace the experiment's own: e:run { seed = 2 }. The value false removes
    a field.
    see also  run:plot run:save
  $ luron run -h | head -1
  usage: luron run [OPTIONS] FILE [NAME=VALUE ...]
  $ luron help hidden
  hidden: Units of each hidden layer: 3, {8, 4}, or 0 for none.
    value    a whole number from 0 to 65536, or a list of them, one per hidden
             layer (4x4 on the command line); in units
    default  0, a single layer
    axis     it may vary in a sweep
  $ luron help loss
  loss: What training makes small.
    value    one of cross_entropy mse perceptron, one of the library, or a
             function
    default  by output_activation: cross_entropy for sigmoid, softmax; mse for
             tanh, relu, leaky_relu, softplus, linear; perceptron for step
    column   loss_function, and so on axes, because loss is a metric
    axis     it may vary in a sweep
  
  luron.loss { name = text, f = function(o, t, p), numbers = { ... } }
    A function of your own as a value of loss: of one output and its target.
  
  network:loss(data[, name])
    The mean loss over a data set, or over { inputs = ..., targets = ... }: of
    that name, else the one that an experiment with such outputs has. Classes are
    matched by their names.
  $ luron help max_epochs
  epochs: How often training goes through all patterns, unless it ends earlier.
    value    a whole number from 0 up; in epochs
    default  1000
    column   max_epochs, and so on axes, because epochs is a metric
    axis     it may vary in a sweep
  $ luron help stop.error
  stop_error: Solved when every output of every pattern is within this of its
      target, in an epoch and after it.
    value    a number above 0
    written  stop = { error = ... }
    default  none; false takes away what was set
    axis     it may vary in a sweep
  $ luron help fields | head -8
  Fields of an experiment, with their defaults; luron help FIELD says more.
  
    name               What the experiment is called in logs, tables and reports;
                       files are named after the script.
                         default: none; tables show the results file's name
    inputs             What the network is shown: the training patterns.
                         default: required, or data
    targets            What the network should answer to each pattern.
  $ luron help fields | grep -c default:
  81

  $ luron --version
  luron [0-9.]+ (re)
  Lua 5\.4\.[0-9] \((system|bundled)\) (re)
  SQLite 3\.[0-9.]+ (re)
  kernel (scalar|sse2|avx2|avx512|neon) (re)
  built by (gcc|clang) .* (re)
  $ LURON_ISA=abacus luron --version
  command line: LURON_ISA: "abacus" is not one of scalar sse2 avx2 avx512 neon
  [2]
  $ LURON_FORM=foo luron --version
  command line: LURON_FORM: "foo" is not one of blocks tiles units
  [2]

What stands in one table has one page:

  $ luron help stop | grep '^stop' | cut -d: -f1
  stop_error
  stop_loss
  stop_accuracy
  stop_patience
  stop_monitor
  stop_min_delta
  stop_gl
  stop_pq
  stop_progress
  stop_every
  stop_when
  $ luron help stops
  command line: stops: no such command, field or function; did you mean stop?
  [2]

Texts, tables and functions are said as what they are; a field that has the name of a command stands behind it:

  $ for field in name test stop_when metrics batch rank; do luron help $field; done
  name: What the experiment is called in logs, tables and reports; files are named
      after the script.
    value    a text
    default  none; tables show the results file's name
  test: Patterns never trained on, which the metrics test_loss and test_accuracy
      measure.
    value    a data set, { inputs =, targets = }, or a fraction: the share of the
             patterns that is held out
    default  none; false takes away what was set
  stop_when: Asked at each epoch that stop_every says; true ends the run as
      stopped.
    value    a function of an epoch's record
    written  stop = { when = ... }
    default  none; false takes away what was set
  metrics: More columns of the results, beside loss, accuracy and epochs.
    value    a list of names, and name = function(run, p) for one of your own; p:
             the run's parameters
    default  {}
  
    name                       better  what it is
    loss                       low     the loss at the end
    accuracy                   high    share of the patterns answered rightly
    error_max                  low     largest distance of an output from its
                                       target
    loss_min                   low     smallest loss of an epoch
    loss_sum                   low     sum of the losses of all epochs
    mse                        low     mean squared error, whatever the loss is
    cross_entropy              low     cross-entropy, whatever the loss is
    test_loss                  low     the loss over the test set; needs a test
                                       set
    test_accuracy              high    the accuracy over the test set; needs a
                                       test set
    weight_norm                low     Euclidean norm of the weights without
                                       biases
    trainability               low     how soon the losses fall, or how soon they
                                       rise
    penalty_sum                low     sum of the penalty over all weights
    validation_loss            low     the loss over the validation set; needs a
                                       validation set
    validation_accuracy        high    the accuracy over the validation set; needs
                                       a validation set
    best_epoch                 low     the epoch, from 0, of the best value of
                                       what stop.monitor names
    rmse                       low     root of the mean squared error, in the
                                       targets' units
    mae                        low     mean distance of outputs from targets, in
                                       the targets' units
    r2                         high    share of the targets' variance that the
                                       outputs explain, mean of outputs
    weighted_accuracy          high    the accuracy, each pattern counted by its
                                       weight
    test_rmse                  low     rmse over the test set; needs a test set
    test_mae                   low     mae over the test set; needs a test set
    test_r2                    high    r2 over the test set; needs a test set
    validation_rmse            low     rmse over the validation set; needs a
                                       validation set
    validation_mae             low     mae over the validation set; needs a
                                       validation set
    validation_r2              high    r2 over the validation set; needs a
                                       validation set
    macro_precision            high    share of a class's answers that are right,
                                       mean of classes
    macro_recall               high    share of a class's patterns answered
                                       rightly, mean of classes
    macro_f1                   high    2 right answers / (answers + patterns of a
                                       class), mean of classes
    test_macro_precision       high    macro_precision over the test set; needs a
                                       test set
    test_macro_recall          high    macro_recall over the test set; needs a
                                       test set
    test_macro_f1              high    macro_f1 over the test set; needs a test
                                       set
    validation_macro_precision high    macro_precision over the validation set;
                                       needs a validation set
    validation_macro_recall    high    macro_recall over the validation set; needs
                                       a validation set
    validation_macro_f1        high    macro_f1 over the validation set; needs a
                                       validation set
  batch: Patterns per update, whose gradients are averaged, or summed (reduction);
      "all": the full batch.
    value    a whole number from 1 up, or "all"; in patterns
    default  1
    axis     it may vary in a sweep
  rank: The metric by which tables, reports and best rank combinations; it changes
      no results.
    value    a metric's name, or "solved"
    default  the share solved if any run was, then loss
  $ luron help sweep | sed '1,/The field/d'
  
  sweep: The axes: for each field the values that `luron sweep` tries.
    value    a table of axes: { learning_rate = {0.1, 1}, seed = luron.range(1,
             100) }
    default  none; false takes away what was set
  
  experiment:sweep([overrides])
    Runs every combination of the experiment's axes and returns the results, as
    luron.results does. In overrides, a list or a range is an axis, a single value
    removes the axis: e:sweep { hidden = { 2, 4 }, seed = 1 }.

Every function of the Lua module and every method of its objects has its help, and no other name has:

  $ luron run "$TESTDIR/functions.lua" | sort >functions
  $ luron help --tables | awk -F'\t' '$1 == "function" { print $2 }' | sort | diff functions - && wc -l <functions
  92
  $ while read -r name; do luron help "$name" | grep -q "^\(luron\.\)*$name" || echo "no help for $name"; done <functions
  $ for name in luron.range geomspace results:best by; do luron help $name; done
  luron.range(a, b[, step])
    The numbers a, a + step, ... up to b, as an axis or a list; the step is 1.
  luron.geomspace(a, b, n)
    n numbers from a to b with equal factors, as an axis or a list.
  results:best([metric[, n]])
    The best row, or a list of the n best. Without a metric it takes what the
    experiment's rank says, else the loss. The metric says itself whether high or
    low is better.
  results:by(axis[, metric])
    A list with one entry per value of the axis: { value =, n =, mean =, median =,
    low =, high = }.
  $ luron help network
  luron.network { inputs = n, hidden = { ... }, outputs = n, ... }
    Layers of units. It also takes activation, output_activation, shortcuts, bias,
    seed, init, bias_init, init_scale, weights and biases.
    net.weights[layer][unit][input] and net.biases[layer][unit] can be read and
    changed.
    see also  network:forward network:predict network:classify network:loss
              network:accuracy network:confusion network:save network:to_c
              network:to_onnx
  $ luron help functions | head -4
  Functions of the module, require "luron", and methods of its objects.
  
  luron.experiment { FIELD = value, ... }
    Makes an experiment of its fields; luron help fields lists them. A script that

What a field or metrics may hold is explained, from the engine's lists:

  $ for name in error_max test_accuracy adam rprop rprop_1993 cross_entropy sigmoid softmax momentum xavier sobol solved; do luron help $name; done
  error_max, a metric:
    meaning  largest distance of an output from its target
    written  metrics = { "error_max" }
    better   low
  test_accuracy, a metric:
    meaning  the accuracy over the test set
    written  metrics = { "test_accuracy" }
    better   high
    needs    a test set
  adam, an optimizer:
    meaning  a running mean of gradients, divided by the root of that of their
             squares
    written  optimizer = "adam"
    rate     0.001, if no learning_rate is given
    reads    beta1 beta2 epsilon weight_decay decay_biases
  rprop, an optimizer:
    meaning  a step for each parameter, which grows while its gradient keeps its
             sign
    written  optimizer = "rprop"
    rate     0.01, if no learning_rate is given
    reads    rprop_grow rprop_shrink rprop_least rprop_most
    needs    batch = "all"
    is       PyTorch's Rprop: where a gradient turns, no step is taken, and the
             next one has no turn. FANN's, iRPROP-: a step grows where the product
             of gradients is 0, too, so the first is 0.12; where a gradient is 0
             or has turned, the weight goes up by the step; a step is at least
             0.0001 before it grows or shrinks; weights stay within -1500 and 1500
  rprop_1993, an optimizer:
    meaning  rprop as published in 1993: where a gradient turns, the last change
             is taken back
    written  optimizer = "rprop_1993"
    rate     0.1, if no learning_rate is given
    reads    rprop_grow rprop_shrink rprop_least rprop_most
    needs    batch = "all"
    is       Riedmiller and Braun's: where a gradient turns, the last change is
             taken back. R's neuralnet calls it rprop+: rprop_least = 1e-10,
             rprop_most = 0.1. Its rprop- steps where a gradient turns, too.
             PyTorch and FANN have neither
  cross_entropy, a loss, of a pattern with outputs o and targets t:
    meaning  -t log(o) - (1 - t) log(1 - o), mean over outputs; of softmax -t
             log(o), sum over outputs
    written  loss = "cross_entropy"
  
  cross_entropy, a metric:
    meaning  cross-entropy, whatever the loss is
    written  metrics = { "cross_entropy" }
    better   low
  luron.sigmoid(z)
    1 / (1 + exp(-z))
  
  sigmoid, an activation, of the weighted sum z:
    meaning  1 / (1 + exp(-z))
    written  activation = "sigmoid"
    outputs  from 0 to 1
    loss     cross_entropy, if it is the outputs' and no loss is given
  softmax, an activation, of the weighted sum z:
    meaning  exp(z) divided by the sum of exp(z) over all outputs
    written  activation = "softmax"
    outputs  from 0 to 1
    loss     cross_entropy, if it is the outputs' and no loss is given
    layers   outputs only
  momentum: Share of the last update's direction that is kept.
    value    a number from 0 to 1
    default  0.9 for momentum, nesterov
    axis     it may vary in a sweep
  
  momentum, an optimizer:
    meaning  goes down a running sum of gradients
    written  optimizer = "momentum"
    rate     0.1, if no learning_rate is given
    reads    momentum weight_decay decay_biases
  xavier, an init:
    meaning  start weights within sqrt(6 / (inputs + outputs of the layer));
             biases 0
    written  init = "xavier"
  sobol, a sampler:
    meaning  Sobol's sequence, which fills the space evenly and goes on with more
             samples
    written  sampler = "sobol"
  solved, a status of a run:
    meaning  stop.error, stop.loss or stop.accuracy was reached
  $ luron help activations
  The activations, of the weighted sum z; luron help NAME says more.
  
    sigmoid        1 / (1 + exp(-z))
    tanh           tanh(z)
    relu           z if z is above 0, else 0
    leaky_relu     z if z is above 0, else 0.01 z
    softplus       log(1 + exp(z))
    step           1 if z is 0 or more, else 0; it learns as if its slope were 1
    linear         z
    softmax        exp(z) divided by the sum of exp(z) over all outputs
  
  Those of the library, library/luron/NAME.lua:
  
    elu            z if z is above 0, else alpha (e^z - 1)
    gaussian       exp(-z^2)
    gelu           z times the share of a normal distribution below z
    hard_sigmoid   z / 6 + 1/2, kept within 0 and 1
    hard_tanh      z, kept within -1 and 1
    mish           z tanh(softplus(z))
    relu6          z, kept within 0 and 6
    selu           1.0507 times z if z is above 0, else 1.0507 times 1.6733 (e^z -
                   1)
    silu           z sigmoid(z), also called swish
    sine           sin(omega z)
    snake          z + sin(alpha z)^2 / alpha
    softsign       z / (1 + |z|)
    squareplus     (z + sqrt(z^2 + b)) / 2
  $ luron help losses | head -3
  The losses, of a pattern with outputs o and targets t; luron help NAME says
  more.
  
  $ luron help optimizers | head -3
  The optimizers; luron help NAME says more.
  
    sgd            goes down the gradient
  $ luron help schedules | grep -E '^  (constant|cosine) '; luron help penalties | grep -E '^  (none|l1) '
    constant       1 in every epoch: the learning rate stays as it is
    cosine         from 1 down to least by half a wave of a cosine
    none           nothing
    l1             strength |w|, which makes weights 0
  $ luron help inits | grep -E '^  (he|zeros) '; luron help samplers | tail -1; luron help statuses | tail -1
    he             normal start weights with deviation sqrt(2 / inputs of the
    zeros          start weights and biases are 0
                   one point in each part
    finished       all epochs were done
  $ luron help huber
  huber, a loss, of a pattern with outputs o and targets t:
    meaning  (o - t)^2 / 2 up to a distance of delta, from there on delta (|o - t|
             - delta / 2)
    written  loss = "huber"
    numbers  delta = 1
    source   Huber 1964, Annals of Mathematical Statistics 35(1);
             torch.nn.HuberLoss
    file     library/luron/huber.lua
  $ luron help luron.sigmoid; luron help luron.mse
  luron.sigmoid(z)
    1 / (1 + exp(-z))
  command line: luron.mse: no such command, field or function; see luron help
  [2]
  $ luron help --tables | awk -F'\t' '$1 ~ /^(activation|loss|optimizer|metric)$/ { print $2 } $1 == "choice" && $2 ~ /^(init|sampler)$/ { print $3 }' |
  > while read -r name; do luron help "$name" > /dev/null || echo "no help for $name"; done

A method is found behind whatever name its object has; no name is a plain mistake:

  $ luron help r:best | head -1; luron help run:classify | head -1; luron help r:bst
  results:best([metric[, n]])
  network:classify(x)
  command line: r:bst: no such command, field or function; see luron help
  [2]
  $ luron help ""; luron help mse | head -1; luron help adm
  command line: a name is expected, and not an empty text; see luron help
  mse, a loss, of a pattern with outputs o and targets t:
  command line: adm: no such command, field or function; did you mean adam?
  [2]

No page is wider than 80 columns:

  $ for name in '' fields functions csv $(luron help --tables | cut -f2 | sort -u); do luron help $name; done 2> wrong | awk 'length > 80'
