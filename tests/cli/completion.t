Completion for bash (packaging/luron.bash) knows luron's commands, options, fields and their values:

  $ cat > complete.bash <<'END'
  > . "$SCRIPTS/../packaging/luron.bash"
  > COMP_WORDS=("$@")
  > COMP_CWORD=$(($# - 1))
  > _luron
  > printf '%s\n' "${COMPREPLY[@]}"
  > END
  $ bash complete.bash luron tu
  tutorial
  $ bash complete.bash luron run --col
  --color=
  $ touch xor.lua xor.csv
  $ bash complete.bash luron run xo
  xor.csv
  xor.lua
  $ bash complete.bash luron run xor.lua learn
  learning_rate=
  $ bash complete.bash luron run xor.lua activation = ta
  tanh
  $ bash complete.bash luron run xor.lua bias =
  true
  false
  $ bash complete.bash luron help hid
  hidden
  $ bash complete.bash luron help luron.lins
  luron.linspace
  $ bash complete.bash luron sweep xor.lua seed= learning
  learning_rate=

After an option come its values, with a blank or = between; after a comma, one more value of the axis:

  $ bash complete.bash luron sweep xor.lua --metric test
  test_loss
  test_accuracy
  test_rmse
  test_mae
  test_r2
  test_macro_precision
  test_macro_recall
  test_macro_f1
  $ bash complete.bash luron show x.db --metric = acc
  accuracy
  $ bash complete.bash luron show x.db -m trai
  trainability
  $ bash complete.bash luron run xor.lua --color = a
  auto
  always
  $ bash complete.bash luron sweep xor.lua --keep ''
  all
  cells
  $ bash complete.bash luron plot x.db --fold me
  mean
  median
  $ bash complete.bash luron plot x.db --shade = l
  linear
  log
  $ bash complete.bash luron plot x.db -v sol
  solved
  $ bash complete.bash luron sweep xor.lua optimizer = sgd,a
  sgd,adagrad
  sgd,adam
  sgd,adadelta
  sgd,adamax
  sgd,adamw
  sgd,amsgrad
  $ bash complete.bash luron sweep xor.lua optimizer = sgd,momentum, | head -8
  sgd,momentum,sgd
  sgd,momentum,momentum
  sgd,momentum,nesterov
  sgd,momentum,adagrad
  sgd,momentum,rmsprop
  sgd,momentum,adam
  sgd,momentum,rprop
  sgd,momentum,rprop_1993
  $ bash complete.bash luron tutorial 0 | head -3
  00
  01
  02
  $ bash complete.bash luron --
  --help
  --version
  $ bash complete.bash luron help error_
  error_max
  $ bash complete.bash luron help ada
  adadelta
  adagrad
  adam
  adamax
  adamw
  $ bash complete.bash luron help sched
  schedules
  schedule
  schedule_every
  $ bash complete.bash luron help penal
  penalties
  penalty_sum
  penalty
  $ bash complete.bash luron help cosi
  cosine
  $ bash complete.bash luron run xor.lua schedule = one
  one_cycle
  $ bash complete.bash luron sweep xor.lua output_activation = gelu,so
  gelu,softplus
  gelu,softmax
  gelu,softsign
  $ bash complete.bash luron help opt
  optimizers
  optimizer

The names of a script's own axes are its plan's:

  $ cat >own.lua <<'LUA'
  > return { inputs = { {0}, {1} }, targets = { 0, 1 }, params = { slope = 1 },
  >          activation = function(z, p) return z * p.slope end, sweep = { slope = { 1, 2 }, seed = { 1, 2 } } }
  > LUA
  $ bash complete.bash luron sweep own.lua sl
  slope=
  $ bash complete.bash luron sweep own.lua seed
  seed=

It knows all that `luron help --tables` lists:

  $ luron help --tables | while IFS="$(printf '\t')" read -r kind first second third rest; do
  >   case $kind in
  >   metric) bash complete.bash luron show x.db --metric "$first" | grep -qx "$first" || echo "completion lacks $first" ;;
  >   command) bash complete.bash luron "$first" | grep -qx "$first" || echo "completion lacks $first" ;;
  >   field) bash complete.bash luron run xor.lua "$first" | grep -qx "$first=" || echo "completion lacks $first" ;;
  >   choice) bash complete.bash luron run xor.lua "$first" = | grep -qx "$second" || echo "completion lacks $second" ;;
  >   esac
  > done

fish has the same words, with what they mean:

  $ fish() { command fish --no-config -c "source '$SCRIPTS/../packaging/luron.fish'; complete -C'$1'"; }
  $ fish 'luron sw'
  sweep	run every combination of a script's axes, into a results file
  $ fish 'luron sweep own.lua --metric=loss_m'
  --metric=loss_min	what combinations are ranked by, instead of the script's rank
  $ fish 'luron run own.lua activation=ta'
  activation=tanh
  $ fish 'luron sweep own.lua optimizer=sgd,adag'
  optimizer=sgd,adagrad
  $ fish 'luron sweep own.lua sl'
  slope=	an axis of the script
  $ fish 'luron help foc'
  focal
  $ fish 'luron tutorial 1' | head -2
  10
  11
