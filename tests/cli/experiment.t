A script that returns an experiment has it trained, with its log, the table of its patterns, and a summary:

  $ cat > neuron.lua <<'END'
  > local luron = require "luron"
  > 
  > return luron.experiment {
  >   name    = "One neuron",
  >   inputs  = { 1 },
  >   targets = { 0 },
  >   bias    = false,
  >   weights = { 0.37 },
  >   log     = { 1, 999 },
  >   sweep   = { learning_rate = luron.geomspace(0.01, 10, 64), seed = luron.range(1, 100) },
  > }
  > END
  $ luron run neuron.lua | sed 's/finished, .*/finished, TIME/'
  One neuron
  epoch         loss        error       output
      1     0.860605    -0.577094     0.577094
    999     0.010378    -0.010324     0.010324
  
       input      output      target
           1    0.010314           0
  
  loss 0.010367, 1000 epochs, finished, TIME
  luron sweep neuron.lua would make 6400 runs

A kernel that is not there is refused:

  $ LURON_ISA=abacus luron run --quiet neuron.lua
  LURON_ISA: "abacus" is not one of scalar sse2 avx2 avx512 neon
  [1]
  $ LURON_FORM=foo luron run --quiet neuron.lua
  LURON_FORM: "foo" is not one of blocks tiles units
  [1]

What is typed behind the script's name sets fields; fields of tables are written with a dot:

  $ luron run neuron.lua epochs=3 log
  command line: log: is not of the form name=value
  [2]
  $ luron run --quiet neuron.lua epochs=3 learning_rate=1 | sed 's/, [^,]*$//'
  loss 0.311748, 3 epochs, finished
  $ luron run --quiet neuron.lua stop.loss=0.5 bias=true | sed 's/, [^,]*$//'
  loss 0.454380, 13 epochs, solved
  $ luron run neuron.lua epochs=many
  command line: epochs: "many", but epochs takes a whole number
  [2]
  $ luron run neuron.lua batch=2
  command line: batch: 2 is more than the 1 pattern there are
  [2]
  $ luron run neuron.lua lerning_rate=1
  command line: lerning_rate: no such field; did you mean learning_rate?
  [2]
  $ luron run neuron.lua log=5
  command line: log: is written in the script, not on the command line; here it can be taken away, by false
  [2]
  $ luron run neuron.lua epochs=1 max_epochs=2
  command line: max_epochs: is set twice
  [2]
  $ luron run neuron.lua epochs=1 epochs=2
  command line: epochs: is set twice
  [2]

Layers are typed with x between them; what can be no axis is not for a sweep:

  $ luron run neuron.lua hidden=4,4
  command line: hidden: 4,4 is several values, and run takes one; write hidden=4x4 for layers; luron sweep tries several
  [2]
  $ luron run neuron.lua 'hidden={4, 4}'
  command line: hidden: {4, 4} is a list as in a script; write hidden=4x4
  [2]
  $ luron run neuron.lua 'shortcuts={{0,2}}'
  command line: shortcuts: {{0,2}} is a list as in a script; write pairs as in shortcuts=0-2+1-3
  [2]
  $ luron run neuron.lua shortcuts=0-2
  command line: shortcuts: layer 2 is not there: the network has 1 layer, the last is the output
  [2]
  $ luron run neuron.lua shortcuts=0:2
  command line: shortcuts: 0:2 is several values, and run takes one; write luron sweep neuron.lua shortcuts=0:2
  [2]
  $ luron run neuron.lua shortcuts=0-
  command line: shortcuts: "0-" is neither true, false nor pairs of layers as in 0-2+1-3
  [2]
  $ luron run neuron.lua log=1,2
  command line: log: is written in the script, not on the command line; here it can be taken away, by false
  [2]

Several values are for a sweep:

  $ luron run neuron.lua learning_rate=0.1,0.5,1
  command line: learning_rate: 0.1,0.5,1 is several values, and run takes one; write luron sweep neuron.lua learning_rate=0.1,0.5,1
  [2]
  $ luron run neuron.lua seed=1..100
  command line: seed: 1..100 is several values, and run takes one; write luron sweep neuron.lua seed=1..100
  [2]

JSON Lines, an event a line:

  $ luron run --json neuron.lua epochs=2 | sed 's/"time_ns":[0-9]*/"time_ns":TIME/'
  {"v":1,"type":"log","epoch":1,"loss":0.8606046944107058,"error":-0.5770937240781078,"accuracy":null,"output":[0.5770937240781078]}
  {"v":1,"type":"pattern","inputs":[1],"outputs":[0.5629503741061381],"targets":[0]}
  {"v":1,"type":"run","name":"One neuron","loss":0.8277085299361875,"accuracy":null,"epochs":2,"status":"finished","time_ns":TIME}
  {"v":1,"type":"sweep","runs":6400}

A table of fields will do, and a list of either. They run in order:

  $ cat > gates.lua <<'END'
  > local luron = require "luron"
  > local inputs = { {1,1}, {1,0}, {0,1}, {0,0} }
  > 
  > return {
  >   { name = "AND", inputs = inputs, targets = { 1, 0, 0, 0 }, epochs = 100, log = luron.every(50) },
  >   luron.experiment { name = "OR", inputs = inputs, targets = { 1, 1, 1, 0 }, epochs = 100, log = false },
  > }
  > END
  $ luron run gates.lua 2>&1 | sed 's/finished, .*/finished, TIME/'
  AND
  epoch         loss        error     accuracy
     49     0.313371    -0.200476     1.000000
     99     0.234039    -0.150252     1.000000
  
     input 1   input 2      output      target
           1         1    0.672794           1
           1         0    0.218898           0
           0         1    0.205709           0
           0         0    0.034094           0
  
  loss 0.227090, accuracy 1.000000, 100 epochs, finished, TIME
  
  OR
  
     input 1   input 2      output      target
           1         1    0.993012           1
           1         0    0.896590           1
           0         1    0.875440           1
           0         0    0.300119           0
  
  loss 0.151511, accuracy 1.000000, 100 epochs, finished, TIME

A mistake in the last is told before the first has run:

  $ cat > last.lua <<'END'
  > return {
  >   { inputs = { 1 }, targets = { 0 }, sweep = { seed = { 1, 2 } } },
  >   {
  >     inputs = { 1 }, targets = { 0 }, sweep = { seed = { 1, 2 } },
  >     epoch = 100,
  >   },
  > }
  > END
  $ luron run last.lua
  last.lua:5: epoch: no such field; did you mean epochs?
  [1]
  $ luron sweep last.lua
  last.lua:5: epoch: no such field; did you mean epochs?
  [1]
  $ test -e results || echo nothing
  nothing

Every tenth of a run is printed where nothing is said of a log. A log function prints what it likes:

  $ cat > log.lua <<'END'
  > return {
  >   inputs = { 0, 1 }, targets = { 1, 0 }, epochs = 3,
  >   log = function(record)
  >     print(record.epoch, ("%.4f %.4f %.4f"):format(record.output, record.weights[1], record.biases))
  >   end,
  > }
  > END
  $ luron run log.lua | sed 's/finished, .*/finished, TIME/'
  0	0.8471 1.2279 0.4845
  1	0.8296 1.1432 0.4399
  2	0.8113 1.0602 0.3981
  
       input      output      target
           0    0.578589           1
           1    0.785175           0
  
  loss 1.042548, accuracy 0.500000, 3 epochs, finished, TIME
  $ luron run --quiet log.lua epochs=1 | sed 's/finished, .*/finished, TIME/'
  0	0.8471 1.2279 0.4845
  loss 1.124891, accuracy 0.500000, 1 epoch, finished, TIME

Mistakes name the line where the field stands, the field, what was found and what is accepted:

  $ cat > xor.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   inputs  = { {0,0}, {0,1}, {1,0}, {1,1} }, -- patterns: "targets = 1" is no field
  >   hidden  = { 2 },
  >   --[[ targets = { 1 }, ]]
  >   init    = "normal",
  >   loss    = "cross_entropy",
  >   epochs  = 2000, seed = 1,
  >   targets = { {0}, {1}, {1} },
  > }
  > END
  $ luron run xor.lua
  xor.lua:9: targets: 3 patterns, but inputs has 4
  [1]
  $ sed -i -e 's/{1} },$/{1}, {0} },/' -e '$d' xor.lua
  $ printf '%s\n' '  batch = 1,' '  shuffle = false,' '  learning_rte = 0.5,' '}' >> xor.lua
  $ luron run xor.lua
  xor.lua:12: learning_rte: no such field; did you mean learning_rate?
  [1]
  $ sed -i -e '/learning_rte/d' -e '$d' xor.lua
  $ printf '%s\n' '  bias = true,' '' '  activation = "sigmod",' '}' >> xor.lua
  $ luron run xor.lua
  xor.lua:14: activation: "sigmod" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax; did you mean sigmoid?
  [1]
  $ cat > one.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   inputs = { 0, 1 }, targets = { 1 },
  > }
  > END
  $ luron run one.lua
  one.lua:3: inputs: pattern 1 is a number, but targets has 1 pattern; write {{0, 1}}
  [1]
  $ cat > nested.lua <<'END'
  > local luron = require "luron"
  > local e = luron.experiment {
  >   inputs = { 0, 1 }, targets = { 1, 0 },
  >   log = function(r) local stop = { eror = r.error } return stop end,
  >   stop = {
  >     loss = 0.1,
  >     eror = 0.5,
  >   },
  > }
  > END
  $ luron run nested.lua
  nested.lua:7: stop.eror: no such field; did you mean stop.error?
  [1]
  $ sed -i 's/eror = 0.5/error = 0.5/' nested.lua
  $ printf '%s\n' 'e:run {' '  epochs = 10,' '  seed = -3,' '}' >> nested.lua
  $ luron run nested.lua
  nested.lua:12: seed: -3 is below 0
  [1]
  $ echo 'local t = { inputs = { 0 }, targets = { 1 }, sede = 3 } return t' > far.lua
  $ luron run far.lua
  far.lua:1: sede: no such field; did you mean seed?
  [1]
  $ echo 'return 42' > number.lua
  $ luron run number.lua
  number.lua: the script returned 42, of which luron run makes nothing
  $ luron sweep number.lua
  number.lua: the script returned 42, but luron sweep takes an experiment, a table of fields, or a list of them
  [1]

An error in a log function is the script's; one in stop.when fails the run:

  $ cat > error.lua <<'END'
  > local function deep() error "no more" end
  > return {
  >   inputs = { 0, 1 }, targets = { 1, 0 }, epochs = 100,
  >   log = function() deep() end,
  > }
  > END
  $ luron run error.lua
  error.lua:1: no more
  stack traceback:
  	error.lua:1: in upvalue 'deep'
  	error.lua:4: in function <error.lua:4>
  [1]
  $ sed -i 's/log = \(.*\),/log = false, stop = { when = \1 },/' error.lua
  $ luron run --quiet error.lua | sed 's/failed, .*/failed, TIME/'
  loss 1.124891, accuracy 0.500000, 1 epoch, failed, TIME
  error.lua:1: no more
  stack traceback:
  	error.lua:1: in upvalue 'deep'
  	error.lua:4: in function <error.lua:4>

Numbers wider than their column still stand apart, and results have fewer digits there:

  $ cat > wide.lua <<'END'
  > return { inputs = { { -123456789, -123456789 } }, targets = { -1e-9 }, activation = "linear", weights = { 0, 0 },
  >   biases = -12345e-9, epochs = 0 }
  > END
  $ luron wide.lua | sed -n '/^-/p;/^ -/p'
   -1.23457e+08 -1.23457e+08 -1.2345e-05      -1e-09

  $ cat > large.lua <<'END'
  > return { inputs = { { 1000 }, { -500 }, { 200 } }, targets = { { -300000 }, { -500000 }, { 200000.5 } },
  >   activation = "linear", learning_rate = 1e-9, epochs = 2, weights = { 0.1234567 }, biases = -345678.125 }
  > END
  $ luron run large.lua | sed 's/finished, .*/finished, TIME/'
  epoch         loss        error
      0  1.07847e+11 436944.94532
      1  1.07776e+11 436620.21471
  
       input      output      target
        1000 -344628.730     -300000
        -500 -346202.820     -500000
         200 -345468.245      200000
  
  loss 1.07727e+11, 2 epochs, finished, TIME
