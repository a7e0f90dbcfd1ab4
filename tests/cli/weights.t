Weights of patterns and classes, and scaled targets, in the files of sweeps: whole or in shards, with the script or without.

  $ cat > weighed.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   data = luron.data.moons { n = 40, noise = 0.2, seed = 5 }, validation = 0.25,
  >   pattern_weights = function(p) local w = {} for i = 1, 40 do w[i] = i % 3 / p.flat end return w end,
  >   params = { flat = 2 }, class_weights = "balanced", hidden = { 3 }, activation = "tanh", output_activation = "sigmoid",
  >   epochs = 20, batch = 7, log = false, metrics = { "weighted_accuracy", "validation_loss", "macro_f1" },
  >   sweep = { flat = { 1, 2 }, seed = luron.range(1, 3) },
  > }
  > END
  $ luron sweep weighed.lua -q -o w.db; luron verify w.db
  w.db: 6 runs in * s (glob)
  w.db: 6 rows computed again, the same bit by bit
  $ for i in 1 2; do luron sweep weighed.lua -q -o $i.db --shard $i/2; done; luron merge m.db 1.db 2.db > /dev/null; luron diff w.db m.db
  1.db: 3 runs in * s (glob)
  2.db: 3 runs in * s (glob)
  the same: 6 rows, bit by bit
  $ sed 's/i % 3/i % 4/' weighed.lua > other.lua; luron sweep other.lua -q -o w.db
  luron: w.db: holds another sweep; choose another file with -o
  [1]
  $ luron run weighed.lua flat=1 seed=2 -q
  loss 0.515219, accuracy 0.833333, validation_loss 0.382905, weighted_accuracy 0.774194, macro_f1 0.831650, 20 epochs, finished, * (glob)

Data of each seed, with weights of their own:

  $ cat > seeds.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   data = function(p)
  >     local d = luron.data.moons { n = 10 + 2 * p.seed, noise = 0.1, seed = p.seed }
  >     local w = {}
  >     for i = 1, #d do w[i] = i % 2 + p.seed end
  >     return { inputs = d.inputs, targets = d.targets, pattern_weights = w }
  >   end,
  >   class_weights = { [2] = 3 }, hidden = { 2 }, epochs = 9, log = false, metrics = { "weighted_accuracy" },
  >   sweep = { learning_rate = { 0.1, 1 }, seed = luron.range(1, 3) },
  > }
  > END
  $ luron sweep seeds.lua -q -o s.db; luron verify s.db
  s.db: 6 runs in * s (glob)
  s.db: 6 rows computed again, the same bit by bit
  $ for i in 1 2; do luron sweep seeds.lua -q -o s$i.db --shard $i/2; done; luron merge t.db s1.db s2.db > /dev/null; luron diff s.db t.db
  s1.db: 3 runs in * s (glob)
  s2.db: 3 runs in * s (glob)
  the same: 6 rows, bit by bit

Weights of a list, and targets in their own units, need no script afterwards:

  $ cat > units.lua <<'END'
  > local luron = require "luron"
  > local train, held, weights = { inputs = {}, targets = {} }, { inputs = {}, targets = {} }, {}
  > for i = 1, 12 do
  >   local d = i % 4 == 0 and held or train
  >   table.insert(d.inputs, { i / 12 })
  >   table.insert(d.targets, 1000 + i * i)
  >   if d == train then table.insert(weights, i % 2 + 0.5) end
  > end
  > return luron.experiment {
  >   inputs = train.inputs, targets = train.targets, test = held, validation = held, pattern_weights = weights,
  >   normalize_targets = "zscore", hidden = { 2 }, activation = "tanh", output_activation = "linear", loss = "mse",
  >   epochs = 50, log = { 0, 49 }, metrics = { "test_rmse", "validation_mae", "r2" }, learning_rate = 0.1,
  >   sweep = { seed = { 1, 2 }, precision = { "double", "single" } },
  > }
  > END
  $ luron run units.lua
  epoch         loss        error  validation_loss
      0     0.306525   144.348728         1.731042
     49     0.001999     2.727100         0.002819
  
       input      output      target
   0.0833333  999.422606        1001
    0.166667 1003.363190        1004
        0.25 1008.406207        1009
    0.416667 1023.711932        1025
         0.5 1035.037746        1036
    0.583333 1049.316808        1049
        0.75 1085.624442        1081
    0.833333 1105.523454        1100
    0.916667 1124.512911        1121
  
  loss 0.004749, r2 0.995461, test_rmse 2.200395, validation_mae 2.061514, 50 epochs, finished, * (glob)
  luron sweep units.lua would make 4 runs
  $ luron sweep units.lua -q -o u.db; for i in 1 2 3; do luron sweep units.lua -q -o u$i.db --shard $i/3; done
  u.db: 4 runs in * s (glob)
  u1.db: 2 runs in * s (glob)
  u2.db: 1 runs in * s (glob)
  u3.db: 1 runs in * s (glob)
  $ luron merge n.db u1.db u2.db u3.db > /dev/null; luron diff u.db n.db; mv units.lua gone.lua; luron verify u.db
  the same: 4 rows, bit by bit
  u.db: 4 rows computed again, the same bit by bit
  $ luron replay u.db 2 -q | tail -1; luron show u.db | head -4
  equal to the row of run 2, bit by bit
  u.db: 4 runs
  
  The combinations, the best first:
  precision  runs  loss median             quartiles
  $ sqlite3 u.db 'SELECT DISTINCT part FROM data'
  target shift
  target scale
  train inputs
  train targets to scale
  train weights
  test inputs
  test targets to scale
  validation inputs
  validation targets to scale

A file in which some sets are scaled and others are not is none:

  $ cp u.db damaged.db; sqlite3 damaged.db "UPDATE data SET part = 'test targets' WHERE part = 'test targets to scale'"; luron verify damaged.db
  luron: damaged.db: the file's data cannot be read; it was made by an earlier luron, or is damaged
  [1]
  $ cp u.db damaged.db; sqlite3 damaged.db "DELETE FROM data WHERE part = 'target scale'"; luron verify damaged.db
  luron: damaged.db: the file's data cannot be read; it was made by an earlier luron, or is damaged
  [1]
  $ cp u.db damaged.db; sqlite3 damaged.db "DELETE FROM data WHERE part = 'train weights'"; luron verify damaged.db --sample 1
  luron: damaged.db: what it keeps does not give its own hash; it was made by another luron, or changed by hand
  [1]

A network answers in the units it was given:

  $ cat > save.lua <<'END'
  > local luron = require "luron"
  > local e = dofile "gone.lua"
  > e:run({ log = false }).network:save "u.net"
  > END
  $ luron run save.lua
  $ printf 'x\n0.1\n0.9\n' | luron predict u.net /dev/stdin
  x,output
  0.1,1000.1409267266822
  0.9,1120.8603206004323
