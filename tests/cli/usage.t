What is wrong where it was typed is told as such, with exit code 2:

  $ luron 2> overview; echo $?; head -1 overview
  2
  luron runs experiments with small neural networks, written in Lua.
  $ luron runn
  command line: runn: no such command or file; did you mean run?
  [2]
  $ luron rum x.lua
  command line: rum: no such command or file; did you mean run?
  [2]
  $ luron --verbose
  command line: --verbose: no such option; there are -e, --version and --help, and those of each command
  [2]
  $ luron run
  command line: something is missing; write luron run FILE [NAME=VALUE ...]
  [2]
  $ luron run --quite x.lua
  command line: --quite: no such option; did you mean --quiet?
  [2]
  $ luron run --json=yes x.lua
  command line: --json=yes: it takes no value
  [2]
  $ luron run -x x.lua
  command line: -x: no such option of run; see luron help run
  [2]
  $ luron run --color x.lua
  command line: --color: "x.lua" is not one of auto always never
  [2]
  $ luron run --color=red x.lua
  command line: --color: "red" is not one of auto always never
  [2]
  $ luron help a b
  command line: b: one word too many; write luron help [COMMAND | FIELD | FUNCTION | fields | functions | csv]
  [2]
  $ luron help learning_rte
  command line: learning_rte: no such command, field or function; did you mean learning_rate?
  [2]
  $ luron help batch_norm
  command line: batch_norm: no such command, field or function; luron has none; normalize scales the inputs alone
  [2]

Words of other systems lead to luron's, here as in a script (tests/lua/wrong/cases.txt):

  $ luron run "$SCRIPTS/09_xor_network.lua" max_iter=200
  command line: max_iter: no such field; did you mean epochs?
  [2]
  $ luron run "$SCRIPTS/09_xor_network.lua" optimizer=Adam
  command line: optimizer: "Adam" is not one of sgd momentum nesterov adagrad rmsprop adam rprop rprop_1993; did you mean adam?
  [2]
  $ luron sweep "$SCRIPTS/09_xor_network.lua" activation=tanh,logistic
  command line: activation: "logistic" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax; did you mean sigmoid?
  [2]
  $ luron sweep "$SCRIPTS/09_xor_network.lua" batch_size=1,4
  command line: batch_size: no such field; did you mean batch?
  [2]
