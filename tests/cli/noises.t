Dropout, input_noise and weight_noise go through everything: axes, files, other kernels and threads, shards, replay and
verify without the script:

  $ cat > noise.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = { 5, 3 }, epochs = 20,
  >   shuffle = true, activation = "tanh", output_activation = "sigmoid",
  >   dropout_2 = 0.25, input_noise = 0.1, weight_noise = 0.05,
  >   sweep = {
  >     dropout = { 0, 0.5 }, batch = { 1, 2, 4 }, precision = { "double", "single" }, seed = luron.range(1, 20),
  >   },
  > }
  > END
  $ luron sweep noise.lua -q -j 1 -o noise.db > /dev/null
  $ luron sweep noise.lua -q -j 2 -o two.db > /dev/null
  $ luron diff noise.db two.db
  the same: 240 rows, bit by bit
  $ for form in blocks tiles units; do LURON_FORM=$form luron verify noise.db; done
  noise.db: 240 rows computed again, the same bit by bit
  noise.db: 240 rows computed again, the same bit by bit
  noise.db: 240 rows computed again, the same bit by bit
  $ for isa in scalar avx2; do
  >   LURON_ISA=$isa luron sweep noise.lua -q -o $isa.db > /dev/null
  >   luron diff noise.db $isa.db
  > done
  the same: 240 rows, bit by bit
  the same: 240 rows, bit by bit
  $ mv noise.lua away.lua
  $ luron verify noise.db
  noise.db: 240 rows computed again, the same bit by bit
  $ luron replay noise.db 7 | tail -1
  equal to the row of run 7, bit by bit
  $ luron sweep away.lua -q --shard 1/2 -o 1.db > /dev/null
  $ luron sweep away.lua -q --shard 2/2 -o 2.db > /dev/null
  $ luron merge all.db 1.db 2.db
  all.db: 240 rows from 2 files
  $ luron diff noise.db all.db
  the same: 240 rows, bit by bit

Typed; a list per hidden layer is joined by x. A file says nothing of what is 0:

  $ luron sweep away.lua dropout=0,0.5x0.1 dropout_2=0.3 batch=1 precision=double seed=1 -q -o typed.db > /dev/null
  $ luron export typed.db --csv | cut -d, -f1-2
  run,dropout
  1,0
  2,0.5x0.1
  $ luron sweep away.lua dropout=0 input_noise=0 weight_noise=0 -q -o none.db > /dev/null
  $ sqlite3 none.db 'select experiment from sweep' | grep -c 'input_noise=\|weight_noise='
  0
  [1]
  $ luron run away.lua dropout=1 -q
  command line: dropout: 1 is not below 1
  [2]
  $ luron run away.lua hidden=0 dropout=0.5 -q
  command line: dropout: there is no hidden layer; write hidden = 4, or dropout = 0
  [2]
  $ luron run away.lua weight_noise=-1 -q
  command line: weight_noise: -1 is below 0
  [2]

One meaning is one sweep, however it is written:

  $ cat > same.lua <<'END'
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = { 5, 3 }, epochs = 2,
  >   dropout = 0, freeze = false, sweep = { seed = { 1, 2 } },
  > }
  > END
  $ luron sweep same.lua -q -o same.db >/dev/null
  $ luron sweep same.lua -q -o same.db dropout=0x0
  same.db: was complete, nothing was run
  $ sed -i 's/freeze = false/freeze = {}, shortcuts = {}, input_noise = 0/' same.lua
  $ luron sweep same.lua -q -o same.db
  same.db: was complete, nothing was run
  $ sed -i 's/freeze = {}/freeze = { biases = { {false,false,false,false,false}, {false,false,false}, {false} } }/' same.lua
  $ luron sweep same.lua -q -o same.db
  same.db: was complete, nothing was run
  $ luron sweep same.lua -q -o half.db dropout=0.5 >/dev/null; luron sweep same.lua -q -o half.db dropout=0.5x0.5
  half.db: was complete, nothing was run
