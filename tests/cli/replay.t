A results file is computed again from what it keeps; the script is not needed:

  $ cat > xor.lua <<'END'
  > local luron = require "luron"
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 },
  >   hidden = { 2 }, epochs = 200, stop = { error = 0.4 }, log = { 1, 100 }, metrics = { "mse" },
  >   sweep = { learning_rate = { 0.5, 3 }, optimizer = { "sgd", "momentum" }, momentum = { 0.5, 0.9 },
  >             seed = luron.range(1, 10) },
  > }
  > END
  $ luron sweep --quiet xor.lua -o xor.db
  xor.db: 60 runs in * s (glob)
  $ mv xor.lua away
  $ luron verify xor.db
  xor.db: 60 rows computed again, the same bit by bit
  $ luron verify --sample 20 -j 2 xor.db
  xor.db: * rows computed again, the same bit by bit (glob)
  $ luron verify --json xor.db
  {"v":1,"type":"verify","rows":60,"same":true}
  $ luron replay xor.db 2 | sed 's/finished, .*/finished, TIME/' | head -5
  run 2: optimizer=sgd learning_rate=3 seed=1
  epoch         loss        error     accuracy
      1     1.183122     0.049416     0.500000
    100     1.133087  1.39353e-05     0.500000
  
  $ luron replay xor.db 2 | tail -4
  1.2  -1.159614364154708 -2.490733940130673  bias -2.3300479366466145
  2.1  0.06402302975562371 -1.1951958419703  bias -0.7890920509685639
  
  equal to the row of run 2, bit by bit
  $ luron replay --json xor.db 2 | tail -1
  {"v":1,"type":"replay","run":2,"same":true}
  $ luron replay --quiet xor.db 2 | sed 's/finished, .*/finished, TIME/'
  run 2: optimizer=sgd learning_rate=3 seed=1
  loss 0.768290, accuracy 0.500000, mse 0.284934, 200 epochs, finished, TIME
  
  equal to the row of run 2, bit by bit

Which runs there are:

  $ luron replay xor.db
  command line: something is missing; write luron replay FILE RUN
  [2]
  $ luron replay xor.db many
  command line: many: is not the number of a run, from 1
  [2]
  $ luron replay xor.db 81
  command line: RUN: 81 is more than the 80 runs of this sweep
  [2]
  $ luron replay xor.db 3
  command line: RUN: 3 is a combination that the sweep skips
  [2]

A row that was changed is found, with its column, by both:

  $ sqlite3 xor.db "update runs set mse = mse * (1 + 1e-15) where run = 24"
  $ luron verify xor.db
  run 24: mse is * (*) in the file, and * (*) computed again (glob)
  [3]
  $ luron replay --quiet xor.db 24 > /dev/null
  run 24: mse is * (*) in the file, and * (*) computed again (glob)
  [3]
  $ sqlite3 xor.db "delete from runs where run = 24"
  $ luron verify xor.db
  run 24 is not in the file
  [3]
  $ sqlite3 xor.db "update sweep set experiment = replace(experiment, 'epochs=200', 'epochs=201')"
  $ luron verify xor.db
  luron: xor.db: what it keeps does not give its own hash; it was made by another luron, or changed by hand
  [1]

Where functions make the results, the script must still be the one that made them:

  $ cat > fn.lua <<'END'
  > local luron = require "luron"
  > return {
  >   { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 10, sweep = { seed = { 1, 2 } } },
  >   {
  >     inputs = function(p) return { {p.shift,0}, {0,1}, {1,0}, {1,1} } end, targets = { 0, 1, 1, 0 },
  >     hidden = 2, epochs = 200, batch = "all", params = { shift = 0, word = "a" },
  >     log = function(r) if r.epoch % 100 == 0 then print("log", r.epoch) end end,
  >     metrics = { "mse", spread = function(run) return run.loss * 2 end },
  >     stop = { when = function(r) return r.epoch == 149 end },
  >     where = function(p) return p.seed ~= 3 end,
  >     sweep = { shift = { 0, 0.5 }, word = { "a", "b c" }, learning_rate = { 0.5, 2 }, seed = luron.range(1, 4) },
  >   },
  > }
  > END
  $ luron sweep --quiet fn.lua learning_rate=1,2 > /dev/null
  $ ls results | wc -l
  2
  $ for f in results/*; do luron verify $f; done
  results/fn-*.db: * rows computed again, the same bit by bit (glob)
  results/fn-*.db: * rows computed again, the same bit by bit (glob)
  $ f=$(for g in results/*; do sqlite3 $g "select '$g' from columns where name = 'spread'"; done)
  $ luron replay $f 5 | grep -v curve | sed -n -e 1,3p -e '$p'
  run 5: learning_rate=2 shift=0 word=a seed=1
  log	0
  log	100
  equal to the row of run 5, bit by bit
  $ echo >> fn.lua
  $ luron verify $f > /dev/null
  luron: results/fn-*.db: its experiment holds Lua functions, and fn.lua is not there or not the same any more; put it back, or add --trust to run the text that the file keeps (glob)
  [1]
  $ luron verify --trust $f
  results/fn-*.db: 24 rows computed again, the same bit by bit (glob)
  $ rm fn.lua
  $ luron verify --trust $f
  results/fn-*.db: 24 rows computed again, the same bit by bit (glob)

Other kinds of sweep come back from their files too:

  $ cat > table.csv <<'END'
  > a,b,kind
  > 1,2,x
  > 2,1,y
  > 3,5,x
  > 4,0,y
  > END
  $ head='local luron = require "luron" return { epochs = 60,'
  $ xor='inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2,'
  $ try() { echo "$head $2 }" > $1.lua; shift=2; luron sweep --quiet $1.lua $3 -o $1.db > /dev/null && rm $1.lua &&
  >   luron verify $1.db | sed 's/.*db: //' && luron verify --sample 3 $1.db > /dev/null; }
  $ try csv 'data = luron.csv("table.csv", { targets = {"kind"} }), normalize = "zscore", sweep = { learning_rate = luron.geomspace(0.01, 1, 7) }'
  7 rows computed again, the same bit by bit
  $ try halving "$xor sweep = { learning_rate = luron.geomspace(0.01, 10, 40), seed = luron.range(1, 3) }, prune = luron.halving { at = {5, 20}, keep = 0.25 }"
  120 rows computed again, the same bit by bit
  $ luron replay --quiet halving.db 3 | tail -1
  equal to the row of run 3, bit by bit
  $ try cells "$xor sweep = { learning_rate = { 0.1, 1 }, seed = luron.range(1, 30) }" --keep=cells
  2 rows computed again, the same bit by bit
  $ luron replay cells.db 1
  command line: RUN: the file keeps one row per combination, with its seeds folded; one of them: luron run cells.lua learning_rate=0.1 seed=1
  [2]
  $ try best "$xor sweep = { learning_rate = { 0.1, 1 }, seed = luron.range(1, 30) }" --keep=5
  5 rows computed again, the same bit by bit
  $ try zip "$xor params = { k = 0.5 }, sweep = { luron.zip { learning_rate = { 0.1, 1 }, k = { 1, 2.5 } }, precision = { 'single', 'double' }, batch = { 1, 'all' } }"
  8 rows computed again, the same bit by bit
  $ try sobol "$xor sampler = 'sobol', samples = 20, sweep = { learning_rate = luron.loguniform(0.001, 10), hidden = luron.range(1, 4), learning_rate_1 = luron.uniform(0, 1) }"
  20 rows computed again, the same bit by bit
  $ try latin "$xor sampler = 'latin', samples = 20, sampler_seed = 4, sweep = { momentum = luron.uniform(0, 0.95), seed = luron.range(1, 2) }, optimizer = 'nesterov'"
  40 rows computed again, the same bit by bit
  $ try random "$xor sampler = 'random', samples = 20, learning_rate = 0.3, sweep = { weight_decay = luron.uniform(0, 0.1) }, curve = 5"
  20 rows computed again, the same bit by bit
  $ try start 'inputs = { 1 }, targets = { 0 }, weights = { 0.37 }, bias = false, sweep = { learning_rate = { 0.1, 1 } }'
  2 rows computed again, the same bit by bit
  $ try one "$xor sweep = { init = { 'he', 'xavier' }, bias = { true, false }, loss = { 'mse', 'cross_entropy' } }" seed=7
  8 rows computed again, the same bit by bit
