Functions of the script's own stand in place of names, and run in C. Their programs are in the results file, so its
runs are computed again without the script:

  $ cat > own.lua <<'END'
  > local luron = require "luron"
  > local function swish(z, p) return z / (1 + math.exp(-p.slope * z)) end -- a comment changes nothing
  > local function soft(o, t)
  >   local d = math.abs(o - t)
  >   if d < 1 then return d * d / 2 else return d - 0.5 end
  > end
  > return luron.experiment {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 20,
  >   activation = swish, output_activation = "linear", loss = soft,
  >   params = { slope = 1 }, sweep = { slope = luron.linspace(0.5, 2, 64) },
  > }
  > END
  $ luron sweep own.lua --plan --explain -o own.db | sed 's/: lanes.*//;s/, about.*//' | sed '8,9d;10,$d'
  2-2-1 swish linear, soft, sgd, batch 1
  swish, activation:
      activation
      t1 = neg p.slope
      t2 = mul t1 z
      t3 = exp t2
      t4 = add 0x1p+0 t3
  $ luron run own.lua --explain -q | sed -n '8p;/derivative/p'
      t5 = div z t4
    and with its derivative:
    and with its derivative:
  $ luron sweep own.lua -q -o own.db > /dev/null
  $ luron export own.db --csv | sed -n '1p;65p' | cut -d, -f1-2
  run,slope
  64,2
  $ sed 's/ -- a comment.*//' own.lua > again.lua
  $ luron sweep again.lua -o own.db | tail -1
  own.db: was complete, nothing was run
  $ mv own.lua away.lua
  $ luron verify own.db
  own.db: 64 rows computed again, the same bit by bit
  $ LURON_ISA=scalar luron verify own.db -j 1
  own.db: 64 rows computed again, the same bit by bit
  $ luron replay own.db 7 | tail -1
  equal to the row of run 7, bit by bit
  $ luron show own.db 'run = 1' | head -2
  run  slope      loss  accuracy  epochs  status
    1    0.5  0.120976      0.75      20  finished
  $ LURON_ISA=sse2 luron sweep away.lua -q -j 1 -o sse2.db > /dev/null
  $ luron diff own.db sse2.db
  the same: 64 rows, bit by bit
  $ luron sweep away.lua -q --shard 1/2 -o 1.db > /dev/null
  $ luron sweep away.lua -q --shard 2/2 -o 2.db > /dev/null
  $ luron merge all.db 1.db 2.db
  all.db: 64 rows from 2 files
  $ luron verify all.db
  all.db: 64 rows computed again, the same bit by bit

A file holds the programs as text, and what was changed there is found:

  $ python3 - <<'END'
  > import sqlite3
  > db = sqlite3.connect("own.db")
  > for row in db.execute("SELECT role, name, params, numbers FROM functions"): print(row)
  > db.execute("UPDATE functions SET program = replace(program, 'neg', 'abs')"); db.commit()
  > END
  ('activation', 'swish', '', '')
  ('loss', 'soft', '', '')
  $ luron verify own.db
  luron: own.db: what it keeps does not give its own hash; it was made by another luron, or changed by hand
  [1]

Names are axis values, those of the library too; typed, a list per layer is joined by -:

  $ luron sweep away.lua activation=tanh,gelu-tanh --plan -o x.db
  command line: activation: with activation=gelu-tanh: a list of 2, but the network has 1 hidden layer
  [2]
  $ luron run away.lua activation=gelu loss=huber delta=2 slope=1 -q | cut -d, -f1
  loss 0.111554
  $ luron run away.lua activation=gelu loss=huber delta=0.1 slope=1 -q | cut -d, -f1
  loss 0.043021
  $ luron sweep away.lua activation=tanh slope=1 loss=mse,huber delta=0.1,2 -q -o z.db >/dev/null
  $ luron export z.db --csv | cut -d, -f1-4
  run,loss_function,delta,loss
  1,mse,,0.2257761088474994
  3,huber,0.1,0.04461166488513617
  4,huber,2,0.11442157468070481
  $ luron verify z.db
  z.db: 3 rows computed again, the same bit by bit
  $ luron run away.lua activation=gleu
  command line: activation: "gleu" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax; did you mean gelu?
  [2]
  $ luron sweep away.lua activation=tanh,gleu
  command line: activation: "gleu" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax; did you mean gelu?
  [2]
  $ luron sweep away.lua activation=tanh,swihs
  command line: activation: "swihs" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax; did you mean swish?
  [2]
  $ luron sweep away.lua activation=tanh optimizer=sgd,adm
  command line: optimizer: "adm" is not one of sgd momentum nesterov adagrad rmsprop adam rprop rprop_1993; did you mean adam?
  [2]

Every role at once, as the reference shows it:

  $ cat > all.lua <<'END'
  > local luron = require "luron"
  > local function swish(z) return z / (1 + math.exp(-z)) end
  > return luron.experiment {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 50,
  >   activation = swish,
  >   output_activation = "linear",
  >   loss = function(o, t)
  >     local d = math.abs(o - t)
  >     if d < 1 then return d * d / 2 else return d - 0.5 end
  >   end,
  >   optimizer = luron.optimizer {
  >     state = { "m", "v" },
  >     update = function(w, g, s, h)
  >       s.m = 0.9 * s.m + 0.1 * g
  >       s.v = 0.99 * s.v + 0.01 * g * g
  >       return w - h.learning_rate * s.m / (math.sqrt(s.v) + 1e-8)
  >     end,
  >   },
  >   schedule = function(h) return 0.5 * (1 + math.cos(math.pi * h.epoch / h.epochs)) end,
  >   penalty = function(w) return 1e-4 * math.abs(w) end,
  >   init = function(r) return r.uniform(-1, 1) / math.sqrt(r.fan_in) end,
  >   params = { slope = 1 }, metrics = { "penalty_sum" },
  >   sweep = { slope = luron.linspace(0.5, 2, 64) },
  > }
  > END
  $ luron run all.lua -q | cut -d, -f1-3
  loss 0.122972, accuracy 0.500000, penalty_sum 0.000177
  $ luron sweep all.lua -q learning_rate=0.01,0.1 slope=1 seed=1..20 precision=double,single -o roles.db > /dev/null
  $ rm all.lua
  $ luron verify roles.db
  roles.db: 80 rows computed again, the same bit by bit
  $ LURON_ISA=scalar luron verify roles.db -j 1
  roles.db: 80 rows computed again, the same bit by bit
  $ luron replay roles.db 3 | tail -1
  equal to the row of run 3, bit by bit

Texts on an axis are traced only where there is something to trace.

  $ cat > texts.lua <<'END'
  > local texts = {}
  > for i = 1, 300 do texts[i] = "n" .. i end
  > return { inputs = {{0},{1}}, targets = {{1},{0}}, epochs = 1, params = { kind = "" }, sweep = { kind = texts } }
  > END
  $ luron sweep texts.lua -q -o texts.db | tail -1 | sed 's/ in .*//'
  texts.db: 300 runs
  $ luron sweep texts.lua -q -o more.db --plan 2>&1 | head -1
  300 runs, 1 structure
  $ sed 's/epochs = 1/epochs = 1, activation = function(z) return 2 * z end/' texts.lua > traced.lua
  $ luron sweep traced.lua -q -o traced.db
  luron: functions would be traced for more than 256 combinations of texts and booleans
  [1]
