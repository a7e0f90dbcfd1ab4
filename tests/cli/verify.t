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
  $ luron replay xor.db 58 | sed 's/, [0-9.]* [mu]*s$/, T/'
  $ luron export xor.db --csv | sed -n '1p;/^58,/p'
  $ luron replay xor.db 2

All of them are computed again, or a sample, and compared bit by bit:

  $ luron verify xor.db
  $ luron verify xor.db --sample 8
  $ python3 - <<'END'
  > import sqlite3
  > db = sqlite3.connect("xor.db")
  > db.execute("update runs set loss = loss * (1 + 3e-16) where run = 58")
  > db.commit()
  > END
  $ luron verify xor.db
  $ luron replay xor.db 58 --quiet >/dev/null

So are pruned runs, drawn points and folded seeds, but not what a Lua function gave:

  $ cat > pruned.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { {0,1}, {1,0} }, targets = { 0, 1 }, hidden = 3, epochs = 40, init_scale_2 = 2,
  >   prune = luron.halving { at = { 5, 10 }, keep = 0.5 },
  >   sweep = { learning_rate = { 0.1, 1, 3, 5, 7 }, seed = luron.range(1, 4) } }
  > END
  $ luron sweep pruned.lua -q -o pruned.db >/dev/null; luron verify pruned.db
  $ luron export pruned.db --csv | cut -d, -f1,2,6,7 | head -6
  $ luron sweep pruned.lua -q -o f.db sampler=latin samples=30 learning_rate=0.1..1:log >/dev/null; luron verify f.db
  $ sed 's/prune.*/keep = "cells",/' pruned.lua > cells.lua
  $ luron sweep cells.lua -q -o cells.db >/dev/null; luron verify cells.db
  $ luron replay cells.db 1
  $ sed 's/prune.*/metrics = { twice = function(run) return 2 * run.loss end },/' pruned.lua > metric.lua
  $ luron sweep metric.lua -q -o metric.db >/dev/null; luron verify metric.db
