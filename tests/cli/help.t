Help is made from the tables of commands and of fields:

  $ luron --help | head -3
  luron runs experiments with small neural networks, written in Lua.
  
    luron run       run a script; train the experiments that it returns and print their logs
  $ luron help run
  usage: luron run [OPTIONS] FILE [NAME=VALUE ...]
  
  run a script; train the experiments that it returns and print their logs
  
  NAME=VALUE sets a field of every experiment: epochs=100 learning_rate=0.5 hidden=4x4 stop.error=0.1
  (luron help fields lists them). A script that returns nothing finds the words in arg.
  luron FILE ... is the same, so that scripts can start with #!/usr/bin/env luron.
  
    -h, --help               what the command does and takes
    -q, --quiet              print results only, no log and no progress
        --json               print JSON Lines
        --color=WHEN         auto, always or never
  $ luron run -h | head -1
  usage: luron run [OPTIONS] FILE [NAME=VALUE ...]
  $ luron help hidden
  hidden: Units of each hidden layer: 3, {8, 4}, or 0 for none.
    value    a whole number, or a list of one a hidden layer (4x4 on the command line), from 1 to 65536; in units
    default  0, a single layer
    axis     it may vary in a sweep
  $ luron help loss
  loss: What training makes small.
    value    one of cross_entropy mse perceptron
    default  cross_entropy for sigmoid and softmax outputs, perceptron for step, else mse
    column   loss_function, and so on axes, because loss is a metric
    axis     it may vary in a sweep
  $ luron help max_epochs
  epochs: How often training goes through all patterns, unless it ends earlier.
    value    a whole number, from 0 up; in epochs
    default  1000
    column   max_epochs, and so on axes, because epochs is a metric
    axis     it may vary in a sweep
  $ luron help stop.error
  stop_error: Solved when every output of every pattern is within this of its target, in an epoch and after it.
    value    a number, above 0
    default  none
    axis     it may vary in a sweep
  $ luron help fields | head -8
  Fields of an experiment, with their defaults; luron help FIELD says more.
  
    name               What the experiment is called in logs, tables and file names.
                         default: the file's name
    inputs             Training patterns, a list of numbers each (or one number), or a function of the parameters.
                         default: required, or data
    targets            What the network should answer to each pattern, or a function of the parameters.
                         default: required, or data
  $ luron help fields | grep -c default:
  48

  $ luron --version
  luron [0-9.]+ (re)
  Lua 5\.4\.[0-9] \((system|bundled)\) (re)
  kernel (scalar|sse2|avx2|avx512|neon) (re)
  built by (gcc|clang) .* (re)
  $ LURON_ISA=abacus luron --version
  command line: LURON_ISA: "abacus" is not one of scalar sse2 avx2 avx512 neon
  [2]

What stands in one table has one page:

  $ luron help stop | grep '^stop' | cut -d: -f1
  stop_error
  stop_loss
  stop_accuracy
  stop_patience
  stop_every
  stop_when
  $ luron help stops
  command line: stops: no such command or field; did you mean stop?
  [2]
