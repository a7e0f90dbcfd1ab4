A script's own values are typed in the kind that the script gave them:

  $ cat > params.lua <<'EOF'
  > return {
  >   params = { noise = 0.5, flip = false, word = "low" },
  >   data = function(p)
  >     return { inputs = { p.noise, 1 }, targets = { p.flip and 1 or 0, p.word == "high" and 1 or 0 } }
  >   end,
  >   epochs = 10, log = false,
  > }
  > EOF
  $ luron run params.lua | head -3
  
       input      output      target
         0.5    0.362954           0
  $ luron run params.lua noise=0.25 flip=true word=high | head -4
  
       input      output      target
        0.25    0.768062           1
           1    0.905597           1
  $ luron run params.lua noise=much
  command line: noise: "much" is not a number, as the script's value is
  [2]
  $ luron run params.lua flip=2
  command line: flip: "2" is not a boolean, as the script's value is
  [2]
  $ luron run params.lua noise=1,2
  command line: noise: 1,2 is several values, and run takes one; write luron sweep params.lua noise=1,2
  [2]

As axes too:

  $ luron sweep params.lua noise=0.25,0.5 word=low,high flip=true,false -o params.db -q >out; luron export params.db --csv | cut -d, -f1-4
  run,flip,noise,word
  1,*,*,* (glob)
  2,*,*,* (glob)
  3,*,*,* (glob)
  4,*,*,* (glob)
  5,*,*,* (glob)
  6,*,*,* (glob)
  7,*,*,* (glob)
  8,*,*,* (glob)

What is typed mends a script that is wrong without it: what needs several fields is checked after it, as for a plain table:

  $ cat > signs.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { -1, 1, 1, -1 }, hidden = 2, epochs = 50, log = false,
  >   weights = nil }
  > END
  $ luron run signs.lua -q
  signs.lua:3: targets: target 1 of pattern 1 is -1, but cross_entropy needs 0 to 1* (glob)
  [1]
  $ luron run signs.lua -q activation=tanh | sed 's/,.*//'; sed 's/luron.experiment//' signs.lua > plain.lua; luron run plain.lua -q activation=tanh | sed 's/,.*//'
  loss 0.252268
  loss 0.252268
  $ luron run signs.lua -q hidden=3
  signs.lua:3: targets: target 1 of pattern 1 is -1, but cross_entropy needs 0 to 1* (glob)
  [1]
  $ luron run signs.lua -q activation=tnah
  command line: activation: "tnah" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax; did you mean tanh?
  [2]
  $ luron sweep signs.lua -q activation=tanh seed=1,2 -o a.db | sed 's/ in .*//'; luron sweep signs.lua -q activation=tanh,relu -o b.db | sed 's/ in .*//'
  a.db: 2 runs
  b.db: 2 runs
  $ luron sweep signs.lua -q activation=tanh,sigmoid -o c.db
  signs.lua:3: targets: with activation=sigmoid: target 1 of pattern 1 is -1, but cross_entropy needs 0 to 1* (glob)
  [1]
  $ luron verify b.db
  b.db: 2 rows computed again, the same bit by bit
  $ sed 's/hidden = 2/hidden = 3, sweep = { activation = { "tanh", "relu" } }/' signs.lua > axis.lua; luron sweep axis.lua -q -o d.db | sed 's/ in .*//'
  d.db: 2 runs
  $ luron run axis.lua -q
  axis.lua:3: targets: target 1 of pattern 1 is -1, but cross_entropy needs 0 to 1* (glob)
  [1]
  $ sed 's/weights = nil/weights = { { { 1, 2 }, { 3, 4 }, { 5, 6 } }, { { 7, 8, 9 } } }, activation = "tanh"/' signs.lua > start.lua
  $ luron run start.lua -q
  start.lua:4: weights: layer 1: 3 lists, but there are 2 units
  [1]
  $ luron run start.lua -q hidden=3 | sed 's/.*50 epochs/50 epochs/; s/,[^,]*$//'
  50 epochs, finished

False takes away what is none unless given, as in Lua:

  $ cat > away.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   inputs = { 0, 1, 5 }, targets = { 0, 1, 1 }, normalize = "zscore", test = { inputs = { 2 }, targets = { 1 } },
  >   epochs = 30, metrics = { "mse" }, log = { 3 }, prune = luron.halving { at = { 5 }, keep = 0.5, by = "mse" },
  >   stop = { error = 0.99, loss = 9, patience = 5, accuracy = 0.2, when = function() return true end },
  >   where = function(p) return p.seed < 3 end, sweep = { seed = { 1, 2, 3, 4 } },
  > }
  > END
  $ epochs() { luron run away.lua -q "$@" | grep -o 'loss [0-9.]*\|[0-9]* epoch.*,' | tr '\n' ' '; echo; }
  $ epochs; epochs stop=false; epochs stop.error=false stop_loss=false stop.patience=false stop.accuracy=false stop.when=false
  loss 0.419812 1 epoch, stopped, 
  loss 0.353023 30 epochs, finished, 
  loss 0.353023 30 epochs, finished, 
  $ epochs stop=false stop.loss=0.4 normalize=false test=false
  loss 0.363777 1 epoch, solved, 
  $ luron run away.lua log=false stop=false | grep -o '30 epochs'
  30 epochs
  $ luron sweep away.lua -q stop=false -o e.db | sed 's/ in .*//'; luron sweep away.lua -q stop=false where=false prune=false -o f.db | sed 's/ in .*//'
  e.db: 2 runs
  f.db: 4 runs
  $ luron verify f.db
  f.db: 4 rows computed again, the same bit by bit
  $ luron sweep away.lua -q sweep=false where=false learning_rate=1,2 -o g.db | sed 's/ in .*//'
  g.db: 2 runs
  $ luron run away.lua stop=0.5
  command line: stop: "0.5" is no condition; write stop.error=0.5, or stop=false to take all away
  [2]
  $ luron run away.lua where=1; luron run away.lua momentum=false
  command line: where: is written in the script, not on the command line; here it can be taken away, by false
  command line: momentum: "false", but momentum takes a number
  [2]

A function of the parameters sees what runs: defaults that other fields have, as typed, and as each run of a sweep has them:

  $ cat > said.lua <<'END'
  > return { hidden = 2, epochs = 2, log = false, targets = { 0.25, 0.75 },
  >   inputs = function(p) print(p.loss, p.learning_rate, p.epsilon, p.bias_init, p.stop_error) return { 0, 1 } end }
  > END
  $ luron run said.lua -q | head -1; luron run said.lua -q optimizer=adam output_activation=linear | head -1
  cross_entropy	0.1	0.0	normal	nil
  mse	0.001	1e-08	normal	nil
  $ luron run said.lua -q optimizer=rmsprop activation=tanh init=he epsilon=0.5 stop.error=0.25 | head -1
  mse	0.01	0.5	zeros	0.25
  $ luron sweep said.lua -q -o said.db optimizer=adagrad,adam init=uniform,he output_activation=linear | sort -u
  mse	0.001	1e-08	uniform	nil
  mse	0.001	1e-08	zeros	nil
  mse	0.01	1e-10	uniform	nil
  mse	0.01	1e-10	zeros	nil
  said.db: 4 runs in * (glob)
