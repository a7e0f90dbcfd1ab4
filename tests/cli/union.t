A union of grids: the runs of the first, then those of the second; what stands beside them all have:

  $ cat > u.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, epochs = 5, hidden = 2, learning_rate = 0.1,
  >   sweep = { { optimizer = { "sgd" }, learning_rate = { 0.1, 1 } },
  >             { optimizer = { "momentum", "sgd" }, momentum = { 0.5, 0.9 } }, seed = { 1, 2 } } }
  > END
  $ plan() { luron sweep "$@" --plan | grep -v about; }
  $ plan u.lua seed=1
  4 runs, 4 structures
        1  optimizer=sgd learning_rate=0.1
        2  optimizer=sgd learning_rate=1
        3  optimizer=momentum momentum=0.5 learning_rate=0.1
        4  optimizer=momentum momentum=0.9 learning_rate=0.1
  $ luron sweep -q u.lua > /dev/null; luron verify results/u-*.db | sed 's/.*: //'
  8 rows computed again, the same bit by bit
  $ luron replay results/u-*.db 3 | tail -1
  equal to the row of run 3, bit by bit
  $ for k in 1 2; do luron sweep -q u.lua --shard $k/2 -o s$k.db > /dev/null; done; luron merge m.db s?.db; luron diff m.db results/u-*.db
  m.db: 8 rows from 2 files
  the same: 8 rows, bit by bit
  $ luron sweep -q u.lua seed=1..3 2>&1 | sed 's/.*: \(.*\) in [^,]*/\1/'
  4 runs, after 8 of an earlier time
  $ luron show $(ls -t results/*.db | head -1) 'run <= 4'
  run  optimizer  momentum  learning_rate  seed      loss  accuracy  epochs  status
    1  sgd                            0.1     1  0.724507       0.5       5  finished
    2  sgd                            1.0     1  0.696250       0.5       5  finished
    3  momentum        0.5            0.1     1  0.704377       0.5       5  finished
    4  momentum        0.9            0.1     1  0.704297       0.5       5  finished
  $ luron sweep -q u.lua optimizer=sgd,adam momentum=0.5 2>&1 | tail -1
  command line: momentum: with optimizer=sgd: sgd never reads it; write optimizer = "momentum" or "nesterov"
  $ plan u.lua learning_rate=0.5 seed=1
  3 runs, 3 structures
        1  optimizer=sgd
        2  optimizer=momentum momentum=0.5
        3  optimizer=momentum momentum=0.9
  $ cat > e.lua <<'END'
  > local luron = require "luron"
  > local e = luron.experiment(dofile "u.lua")
  > print(#e:sweep(), #e:sweep { learning_rate = 0.5 }, #e:sweep { hidden = { 2, 3 } })
  > END
  $ luron run e.lua
  8	6	16

Mistakes:

  $ try() { sed "s/sweep = .*/sweep = $1 }/; /momentum/d" u.lua > w.lua; luron sweep w.lua --no-reuse --plan 2>&1 | grep -v about; }
  $ try '{ { seed = { 1, 2 } }, { hidden = { 2, 3 } } }'
  w.lua:3: sweep.seed: stands beside the grids, which all have the same: { {...}, {...}, seed = ... }
  $ try '{ { clip_norm = { 1, 2 } }, { hidden = { 2, 3 } } }'
  w.lua:3: sweep.clip_norm: grid 2 lacks it, and it has no value beside sweep; give it one
  $ try '{ { hidden = { 1, 2 } }, {} }'
  w.lua:3: sweep: a grid without axes
  $ try '{ { hidden = { 1, 2 } }, { 1, 2 } }'
  w.lua:3: sweep: a value without a name; write name = {...}
  $ try '{ { hidden = { 1, 2 } }, { learning_rate = luron.uniform(0, 1) } }'
  w.lua:3: sweep.learning_rate: an interval in a union of grids; it takes lists and ranges
  $ try '{ { hidden = { 1, 2 } }, { hidden = { 2, 3 } } }'
  3 runs, 3 structures
        1  hidden=1
        2  hidden=2
        3  hidden=3
  $ try '{ { hidden = { 1, 2 } }, { { hidden = { 2 } } } }'
  w.lua:3: sweep: a value without a name; write name = {...}
