Any run of a sweep can be played again, with its log; it ends as its row says. No script is needed:

  $ cat > xor.lua <<'END'
  > local luron = require "luron"
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 },
  >   hidden = 2, epochs = 200, stop = { error = 0.4 },
  >   sweep = { learning_rate = { 0.5, 2 }, optimizer = { "sgd", "adam" }, beta1 = { 0.8, 0.9 }, seed = luron.range(1, 5) },
  > }
  > END
  $ luron sweep xor.lua -q -o xor.db >/dev/null
  $ luron sweep xor.lua -q -o xor.db seed=1..8 >/dev/null
  $ mv xor.lua elsewhere.lua
  $ luron replay xor.db 61 | sed 's/, [0-9.]* [mu]*s$/, T/'
  run 61: optimizer=adam learning_rate=0.5 beta1=0.8 seed=8
  epoch         loss        error     accuracy
     19     0.228778     0.402195     1.000000
  loss 0.163519, accuracy 1.000000, 20 epochs, solved, T
  $ luron export xor.db --csv | sed -n '1p;/^61,/p'
  run,optimizer,learning_rate,beta1,seed,loss,accuracy,epochs,status
  61,adam,0.5,0.8,8,0.16351920193050962,1,20,solved
  $ luron replay xor.db 2
  command line: 2: no run 2 in xor.db
  [2]

All of them are computed again, or a sample, and compared bit by bit:

  $ luron verify xor.db
  xor.db: 48 rows computed again, bit by bit the same
  $ luron verify xor.db --sample 8
  xor.db: 8 rows computed again, bit by bit the same
  $ python3 - <<'END'
  > import sqlite3
  > db = sqlite3.connect("xor.db")
  > db.execute("update runs set loss = loss * (1 + 3e-16) where run = 61")
  > db.commit()
  > END
  $ luron verify xor.db
  xor.db: run 61 differs in loss: 0.16351920193050964 (0x1.4ee327c479fa1p-3) is stored, 0.16351920193050962 (0x1.4ee327c479fap-3) is computed
  [3]
  $ luron replay xor.db 61 --quiet >/dev/null
  luron: the row stored for run 61 differs
  [3]

So are pruned runs, drawn points and folded seeds, but not what a Lua function gave:

  $ cat > pruned.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { {0,1}, {1,0} }, targets = { 0, 1 }, hidden = 3, epochs = 40, init_scale_2 = 2,
  >   prune = luron.halving { at = { 5, 10 }, keep = 0.5 },
  >   sweep = { learning_rate = { 0.1, 1, 3, 5, 7 }, seed = luron.range(1, 4) } }
  > END
  $ luron sweep pruned.lua -q -o pruned.db >/dev/null; luron verify pruned.db
  pruned.db: 20 rows computed again, bit by bit the same
  $ luron export pruned.db --csv | cut -d, -f1,2,6,7 | head -6
  run,learning_rate,epochs,status
  1,0.1,5,pruned
  2,1,10,pruned
  3,3,40,finished
  4,5,5,pruned
  5,7,40,finished
  $ luron sweep pruned.lua -q -o f.db sampler=latin samples=30 learning_rate=0.1..1:log >/dev/null; luron verify f.db
  f.db: 120 rows computed again, bit by bit the same
  $ sed 's/prune.*/keep = "cells",/' pruned.lua > cells.lua
  $ luron sweep cells.lua -q -o cells.db >/dev/null; luron verify cells.db
  cells.db: 5 rows computed again, bit by bit the same
  $ luron replay cells.db 1
  command line: 1: a row is a combination here, its seeds folded; there is no single run
  [2]
  $ sed 's/prune.*/metrics = { twice = function(run) return 2 * run.loss end },/' pruned.lua > metric.lua
  $ luron sweep metric.lua -q -o metric.db >/dev/null; luron verify metric.db
  luron: metric.db: twice is a function of the script
  [1]
