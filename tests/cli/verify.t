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
  run 61: optimizer=adam beta1=0.8 learning_rate=0.5 seed=8
  epoch         loss        error     accuracy
     19     0.228778     0.402195     1.000000
  
     input 1   input 2      output      target
           0         0    0.052776           0
           0         1    0.764347           1
           1         0    0.764702           1
           1         1    0.060921           0
  
  loss 0.163519, accuracy 1.000000, 20 epochs, solved, T
  
  curve
         0  0.942629
         2  0.738274
         4  0.722733
         6  0.719013
         8  0.716129
        10  0.705469
        12  0.654228
        14  0.588901
        16  0.54178
        19  0.228778
  
  weights
  1.1  5.148795656429105 5.116709896307859  bias -8.759601350395455
  1.2  -6.523613610901887 -6.398374348803241  bias 1.8544532902109814
  2.1  -4.998488168886792 -4.906598346638097  bias 1.3557851394026612
  
  equal to the row of run 61, bit by bit
  $ luron export xor.db --csv | sed -n '1p;/^61,/p'
  run,optimizer,beta1,learning_rate,seed,loss,accuracy,epochs,status,solved
  61,adam,0.8,0.5,8,0.16351920193050978,1,20,solved,1
  $ luron replay xor.db 3
  command line: RUN: 3 is a combination that the sweep skips
  [2]

All of them are computed again, or a sample, and compared bit by bit:

  $ luron verify xor.db
  xor.db: 48 rows computed again, the same bit by bit
  $ luron verify xor.db --sample 8
  xor.db: 8 rows computed again, the same bit by bit
  $ python3 - <<'END'
  > import sqlite3
  > db = sqlite3.connect("xor.db")
  > db.execute("update runs set loss = loss * (1 + 3e-16) where run = 61")
  > db.commit()
  > END
  $ luron verify xor.db
  run 61: loss is 0.16351920193050981 (3fc4ee327c479fa7) in the file, and 0.16351920193050978 (3fc4ee327c479fa6) computed again
  [3]
  $ luron replay xor.db 61 --quiet >/dev/null
  run 61: loss is 0.16351920193050981 (3fc4ee327c479fa7) in the file, and 0.16351920193050978 (3fc4ee327c479fa6) computed again
  [3]

So are pruned runs, drawn points, folded seeds, and what a Lua function gave:

  $ cat > pruned.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { {0,1}, {1,0} }, targets = { 0, 1 }, hidden = 3, epochs = 40, init_scale_2 = 2,
  >   prune = luron.halving { at = { 5, 10 }, keep = 0.5 },
  >   sweep = { learning_rate = { 0.1, 1, 3, 5, 7 }, seed = luron.range(1, 4) } }
  > END
  $ luron sweep pruned.lua -q -o pruned.db >/dev/null; luron verify pruned.db
  pruned.db: 20 rows computed again, the same bit by bit
  $ luron export pruned.db --csv | cut -d, -f1,2,6,7 | head -6
  run,learning_rate,epochs,status
  1,0.1,5,pruned
  2,1,10,pruned
  3,3,40,finished
  4,5,5,pruned
  5,7,5,pruned
  $ luron sweep pruned.lua -q -o f.db sampler=latin samples=30 learning_rate=0.1..1:log >/dev/null; luron verify f.db
  f.db: 120 rows computed again, the same bit by bit
  $ sed 's/prune.*/keep = "cells",/' pruned.lua > cells.lua
  $ luron sweep cells.lua -q -o cells.db >/dev/null; luron verify cells.db
  cells.db: 5 rows computed again, the same bit by bit
  $ luron replay cells.db 1
  command line: RUN: the file keeps one row per combination, with its seeds folded; one of them: luron run cells.lua learning_rate=0.1 seed=1
  [2]
  $ sed 's/prune.*/metrics = { twice = function(run) return 2 * run.loss end },/' pruned.lua > metric.lua
  $ luron sweep metric.lua -q -o metric.db >/dev/null; luron verify metric.db
  metric.db: 20 rows computed again, the same bit by bit

Params that are texts may hold what ends a value or a line:

  $ cat > texts.lua <<'END'
  > return {
  >   inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3, params = { shape = "two\nlines, \\, zip 1", other = "x\\n, y" },
  >   sweep = { shape = { "a,b", "c\nd", "", "e zip 2", "f\\" }, seed = { 1, 2 } },
  > }
  > END
  $ luron sweep --quiet texts.lua -o texts.db
  texts.db: 10 runs in * s (glob)
  $ luron verify texts.db
  texts.db: 10 rows computed again, the same bit by bit

A zero keeps its sign, typed or not:

  $ cat > zeros.lua <<'END'
  > return {
  >   inputs = function(p) return { 1 / p.shift < 0 and 1 or 0, 1 / p.slope < 0 and 1 or 0 } end, targets = { 0, 1 },
  >   epochs = 3, params = { shift = -0.0, slope = 0 }, sweep = { slope = { -0.0, 1 } },
  > }
  > END
  $ luron sweep -q zeros.lua -o zeros.db | cut -d' ' -f1-3; luron verify zeros.db
  zeros.db: 2 runs
  zeros.db: 2 rows computed again, the same bit by bit
  $ luron sweep -q zeros.lua shift=-0 slope=-0,1 -o typed.db | cut -d' ' -f1-3; luron verify typed.db
  typed.db: 2 runs
  typed.db: 2 rows computed again, the same bit by bit
  $ luron diff zeros.db typed.db
  the same: 2 rows, bit by bit
  $ cat > penalty.lua <<'END'
  > return {
  >   inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3, params = { shift = -0.0, slope = 1 },
  >   penalty = function(w, p) return p.slope * w * w + p.shift * w end, sweep = { seed = { 1, 2 } },
  > }
  > END
  $ luron sweep -q penalty.lua -o penalty.db | cut -d' ' -f1-3; luron verify penalty.db
  penalty.db: 2 runs
  penalty.db: 2 rows computed again, the same bit by bit
  $ luron sweep -q zeros.lua sweep=false slope=-0..2 learning_rate_1=-0e1..1 -o range.db | cut -d' ' -f1-3; luron verify range.db
  range.db: 6 runs
  range.db: 6 rows computed again, the same bit by bit

A halving looks at runs at its rungs, and finds there that one has diverged, before it is looked for in a run alone:

  $ cat > rungs.lua <<'END'
  > local luron = require "luron"
  > return {
  >   inputs = function(p) return { p.a, 1, 2, 3 } end, targets = { 0, 1, 1, 0 }, epochs = 5, params = { a = 1 },
  >   prune = luron.halving { at = { 1, 2 }, keep = 0.5 }, sweep = { a = { 1e-3, 1e300, 0.5, 2 } },
  > }
  > END
  $ luron sweep -q rungs.lua -o rungs.db | cut -d' ' -f1-3; luron verify rungs.db
  rungs.db: 4 runs
  rungs.db: 4 rows computed again, the same bit by bit
  $ luron export rungs.db --csv | grep diverged | cut -d, -f1,5,6
  2,1,diverged
  $ for run in 1 2 3 4; do luron replay -q rungs.db $run | tail -1; done
  equal to the row of run 1, bit by bit
  equal to the row of run 2, bit by bit
  equal to the row of run 3, bit by bit
  equal to the row of run 4, bit by bit

A run that ends by itself at a rung was trained for the rung's epochs, and has its schedule, curve and metrics of them:

  $ cat > ends.lua <<'END'
  > local luron = require "luron"
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 1 }, epochs = 400, schedule = "cosine", curve = 5,
  >   stop = { loss = 0.3 }, prune = luron.halving { at = { 5, 50 }, keep = 0.9 },
  >   metrics = { "trainability", last = function(run) return run.curve.epochs[#run.curve] end },
  >   sweep = { learning_rate = luron.linspace(0.3, 0.6, 16) },
  > }
  > END
  $ luron sweep -q ends.lua -o ends.db | cut -d' ' -f1-3; luron verify ends.db
  ends.db: 16 runs
  ends.db: 16 rows computed again, the same bit by bit
  $ sqlite3 ends.db "SELECT status, count(*) FROM runs WHERE last < epochs GROUP BY status"
  solved|16
  $ for run in $(seq 16); do luron replay -q ends.db $run | tail -1; done | sed 's/ [0-9]*,/ N,/' | uniq -c
       16 equal to the row of run N, bit by bit

So is one whose metric failed there, and one of a script with stop.when:

  $ sed 's/metrics = .*/metrics = { q = function(run) return run.epochs > 99 and 1 or error("no", 0) end },/' ends.lua > fails.lua
  $ sed 's/loss = 0.3/loss = 0.3, when = function() return false end/' ends.lua > when.lua
  $ for name in fails when; do luron sweep -q $name.lua -o $name.db > sweep.txt 2>&1; luron verify $name.db; done
  fails.db: 16 rows computed again, the same bit by bit
  when.db: 16 rows computed again, the same bit by bit
  $ for name in fails when; do for run in 1 4 8 16; do luron replay -q $name.db $run | tail -1; done; done | cut -d' ' -f1-2 | uniq -c
        8 equal to

A difference is told in plain text, whatever the file holds:

  $ cp texts.db steers.db && sqlite3 steers.db "update runs set status = char(27) || '[2J' || char(155) where run = 1"
  $ luron verify steers.db
  run 1: status is ?[2J?? in the file, and finished computed again
  [3]
  $ luron diff texts.db steers.db
  run 1: status is finished in texts.db and ?[2J?? in steers.db
  [3]

Whole numbers are kept as they were read, though a function makes another experiment of them in between:

  $ awk 'BEGIN { for (i = 0; i < 2100; i++) { for (k = 0; k < 64; k++) printf "%d,", (i * (k + 3)) % 201; print i % 2 } }' >whole.csv
  $ cat >whole.lua <<'END'
  > local luron = require "luron"
  > local d = luron.csv("whole.csv", { header = false })
  > local function where(p)
  >   luron.experiment { data = d, epochs = 1, log = false }
  >   return true
  > end
  > return {
  >   data = d, normalize = "zscore", epochs = 1, batch = 100, log = false,
  >   sampler = "random", samples = 2, where = where, sweep = { learning_rate = luron.uniform(0.1, 0.2) },
  > }
  > END
  $ luron sweep whole.lua -q -o whole.db >whole.txt
  $ sqlite3 whole.db "SELECT type, substr(hex(bytes), 1, 16), substr(hex(bytes), 129, 16) FROM data WHERE part = 'train inputs to scale' LIMIT 1"
  u8|0000000000000000|030405060708090A

What was typed is kept word by word, and taken so again where the script is run: a blank or a line break within a word
ends none, though a name with an equals sign follows.

  $ cat >label.lua <<'END'
  > return {
  >   inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3, params = { label = "x" },
  >   metrics = { twice = function(run) return 2 * run.loss end }, sweep = { seed = { 1, 2 } },
  > }
  > END
  $ luron sweep -q label.lua "label=one two=2" epochs=4 -o label.db
  label.db: 2 runs in * s (glob)
  $ sqlite3 label.db "SELECT overrides FROM sweep"
  label=one two=2
  epochs=4
  $ luron verify label.db
  label.db: 2 rows computed again, the same bit by bit
  $ luron replay -q label.db 2 | tail -1
  equal to the row of run 2, bit by bit
  $ luron show label.db | head -1
  label.db: 2 runs
  $ luron report label.db -o label.html
  $ grep -o "luron sweep label[^<]*" label.html
  luron sweep label.lua &#39;label=one two=2&#39; epochs=4
  $ luron sweep -q label.lua "$(printf 'label=one\ntwo=2')" -o broken.db
  broken.db: 2 runs in * s (glob)
  $ luron verify broken.db
  broken.db: 2 rows computed again, the same bit by bit
  $ luron sweep -q label.lua "label=one two=2,three four=4" -o axis.db
  axis.db: 4 runs in * s (glob)
  $ luron verify axis.db
  axis.db: 4 rows computed again, the same bit by bit
  $ cat >again.lua <<'END'
  > local luron = require "luron"
  > local r, e = luron.results("axis.db"), luron.experiment(dofile("label.lua"))
  > for i = 1, #r do
  >   print(r[i].overrides.label, e:run(r[i].overrides).loss == r[i].loss)
  > end
  > END
  $ luron run again.lua
  one two=2	true
  three four=4	true
  one two=2	true
  three four=4	true

Words of the sweep that the file keeps wrongly are its mistake, not the command line's:

  $ cat > words.lua <<'END'
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, sweep = { seed = { 1, 2 } },
  >   metrics = { m = function() return 1 end } }
  > END
  $ luron sweep words.lua -q epochs=2 -o words.db > words.txt
  $ for word in epochs=x nonsense --bad 'seed=1..'; do
  >   sqlite3 words.db "UPDATE sweep SET overrides = '$word'"
  >   luron verify words.db --sample 1 2>&1 >/dev/null | sed 's/\(wrong: [^:]*\):.*/\1/'; luron replay words.db 1 >/dev/null 2>&1; echo $?
  > done
  luron: words.db: the words that it keeps of its sweep are wrong: epochs
  1
  luron: words.db: the words that it keeps of its sweep are wrong: nonsense
  1
  luron: words.db: the words that it keeps of its sweep are wrong: --bad
  1
  luron: words.db: the words that it keeps of its sweep are wrong: seed
  1
  $ luron verify words.db
  luron: words.db: the words that it keeps of its sweep are wrong: seed: "1.." is not one of * (glob)
  [1]
  $ luron replay words.db 77; sqlite3 words.db "UPDATE sweep SET overrides = 'epochs=2'"; luron replay words.db 77
  luron: words.db: the words that it keeps of its sweep are wrong: seed: "1.." is not one of * (glob)
  command line: RUN: 77 is more than the 2 runs of this sweep
  [2]

A script that begins as a program of a shell, or with the mark of UTF-8, is read as Lua reads it:

  $ printf '#!/usr/bin/env luron\nreturn { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 9, sweep = { seed = { 1, 2 } },\n' > begins.lua
  $ echo 'metrics = { twice = function(run) return 2 * run.loss end } }' >> begins.lua
  $ luron sweep begins.lua -q -o begins.db > /dev/null; luron verify begins.db | sed 's/ in .*//'
  begins.db: 2 rows computed again, the same bit by bit
  $ printf '\357\273\277' | cat - begins.lua > mark.lua
  $ luron sweep mark.lua -q -o mark.db > /dev/null; luron replay --trust mark.db 1 | sed -n 1p
  run 1: seed=1
