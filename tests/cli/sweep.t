A sweep trains every combination of a script's axes into one results file. Here: XOR from 40 starts at two rates.

  $ cat > xor.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   name = "XOR",
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 },
  >   hidden = 2, epochs = 400, stop = { error = 0.5 },
  >   sweep = { learning_rate = { 0.5, 2 }, seed = luron.range(1, 40) },
  > }
  > END
  $ luron sweep xor.lua -o xor.db | sed 's/ in [0-9.e-]* s$/ in T/'
  XOR: 80 runs, 42 solved (52.5 %)
  
  The combinations, the best first:
  learning_rate  runs  solved   95 % interval  loss median         quartiles
            0.5    40  57.5 %  42.2 .. 71.5 %     0.364224  0.3233 .. 0.4087
            2.0    40  47.5 %  32.9 .. 62.5 %     0.375021  0.1742 .. 0.3769
  
  Effect of each axis, over all others:
  axis           values  best at  solved      loss  worst at  solved      loss
  learning_rate       2      0.5  57.5 %  0.364224         2  47.5 %  0.375021
  
  xor.db: 80 runs in T

What would be run, without running it:

  $ luron sweep xor.lua --plan | grep -v about
  80 runs: 2 combinations x 40 seeds, 1 structure
        1  learning_rate=0.5 seed=1
        2  learning_rate=2 seed=1
        3  learning_rate=0.5 seed=2
        4  learning_rate=2 seed=2
        5  learning_rate=0.5 seed=3
        6  learning_rate=2 seed=3
        7  learning_rate=0.5 seed=4
        8  learning_rate=2 seed=4
        9  learning_rate=0.5 seed=5
       10  learning_rate=2 seed=5
  $ luron sweep xor.lua --plan | grep -c 'into results/xor-[0-9a-f]\{12\}.db'
  1

A combination that does not read an axis runs once, and counts once; it is no value of that axis:

  $ luron sweep xor.lua --plan optimizer=sgd,momentum momentum=0.5,0.9 | sed -n '1p;$p'
  240 runs: 6 combinations x 40 seeds, 2 structures
       14  optimizer=momentum momentum=0.5 learning_rate=2 seed=2
  $ luron sweep xor.lua --plan --quiet learning_rate=1,2 optimizer=rmsprop,adam rho=0.8,0.9 seed=1 | grep =
        1  optimizer=rmsprop rho=0.8 learning_rate=1
        2  optimizer=rmsprop rho=0.8 learning_rate=2
        3  optimizer=rmsprop rho=0.9 learning_rate=1
        4  optimizer=rmsprop rho=0.9 learning_rate=2
        5  optimizer=adam learning_rate=1
        6  optimizer=adam learning_rate=2
  $ luron sweep xor.lua -o u.db optimizer=sgd,momentum momentum=0.5,0.9 | sed '1,/Effect/d' | grep -e values -e ^momentum
  axis           values  best at  solved      loss  worst at  solved      loss
  momentum            2      0.5  47.5 %  0.348801       0.9  33.8 %  0.366350
  $ luron sweep xor.lua --plan --explain optimizer=sgd,momentum bias=true,false | grep -v ' runs\|about\|=' | cut -d: -f1
  2-2-1 sigmoid sigmoid, cross_entropy, sgd, batch 1
  2-2-1 sigmoid sigmoid, cross_entropy, momentum, batch 1
  2-2-1 sigmoid sigmoid, cross_entropy, sgd, batch 1, without bias
  2-2-1 sigmoid sigmoid, cross_entropy, momentum, batch 1, without bias

The same command finds it complete; more seeds extend it; the same seeds again find it complete too:

  $ luron sweep xor.lua -o xor.db --quiet
  xor.db: was complete, nothing was run
  $ luron sweep xor.lua -o xor.db --quiet seed=1..60 | sed 's/ in [0-9.e-]* s/ in T/'
  xor.db: 40 runs in T, after 80 of an earlier time
  $ luron export xor.db --csv | wc -l
  121

The file names the commit that the script stands in, where there is one: of a branch, of packed branches, of none:

  $ git init -q repository && cd repository && mkdir deep && cp ../xor.lua deep && git add deep
  $ git -c user.name=A -c user.email=a@b commit -q -m x
  $ ask() { luron sweep deep/xor.lua --fresh -q -o ../git.db >/dev/null; sqlite3 ../git.db 'select git_commit from sweep'; }
  $ test "$(ask)" = "$(git rev-parse HEAD)" && git pack-refs --all && test "$(ask)" = "$(git rev-parse HEAD)" && echo same
  same
  $ git checkout -q --detach && test "$(ask)" = "$(git rev-parse HEAD)" && echo same
  same
  $ git worktree add -q ../other -b other 2>/dev/null && cd ../other && test "$(ask)" = "$(git rev-parse HEAD)" && echo same
  same
  $ cd .. && luron sweep xor.lua --fresh -q -o git.db >/dev/null; sqlite3 git.db 'select git_commit is null from sweep'
  1

Another sweep does not go into that file:

  $ luron sweep xor.lua -o xor.db epochs=300
  luron: xor.db: holds another sweep; choose another file with -o
  [1]

Nor does any into a file whose numbers were computed by an older version of docs/numerics.md, which is shown all the same:

  $ cp xor.db older.db && sqlite3 older.db "UPDATE sweep SET versions = 'luron 0.1.0, compiler 12.2.0', hash = 'other'"
  $ luron sweep xor.lua -o older.db
  luron: older.db: its rows are of version 1 of luron's numerics, and this luron has version 3; it can be shown, but not gone on with: choose another file with -o, or compute all again with --fresh
  [1]
  $ luron verify older.db
  luron: older.db: its rows are of version 1 of luron's numerics, and this luron has version 3; it can be shown, but not computed again
  [1]
  $ luron show older.db | head -1
  XOR: 120 runs, 62 solved (51.67 %)

Points of an axis are the decimals that they mean, on the command line and in a script, in double and single precision, so
that a WHERE finds them and two files join:

  $ luron sweep xor.lua -q -o points.db learning_rate=1e-3..1e3:7:log init_scale=0..1..0.1 epochs=3 precision=single,double seed=1 > points.txt
  $ sqlite3 points.db "SELECT count(*), group_concat(DISTINCT learning_rate), group_concat(DISTINCT init_scale) FROM runs"
  154|0.001,0.01,0.1,1.0,10.0,100.0,1000.0|0.0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1.0
  $ luron show points.db 'learning_rate = 0.1 and init_scale = 0.3' | tail -n +2 | wc -l
  2

Halving keeps the share that it is asked for, whatever brackets make of it; shards prune the same runs:

  $ cat > halving.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment { name = "halved", inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2,
  >   epochs = 40, sweep = { learning_rate = luron.geomspace(0.01, 10, 100) },
  >   prune = luron.halving { at = { 10, 30 }, keep = KEEP } }
  > END
  $ for keep in 0.8 0.6 0.4 0.3; do
  >   sed "s/KEEP/$keep/" halving.lua > half.lua; luron sweep half.lua -o half.db | sed -n 2p
  >   for k in 1 2 3; do luron sweep half.lua -q --shard $k/3 -o half$k.db > part.txt; done
  >   luron merge half.all.db half[123].db > merged.txt && luron diff half.db half.all.db && rm half*.db; done
  pruned at epoch 10: 20, at 30: 16
  the same: 100 rows, bit by bit
  pruned at epoch 10: 40, at 30: 24
  the same: 100 rows, bit by bit
  pruned at epoch 10: 60, at 30: 24
  the same: 100 rows, bit by bit
  pruned at epoch 10: 70, at 30: 21
  the same: 100 rows, bit by bit

Points that are drawn differ, as long as there are any, and fewer are the first of more. What `where` leaves out has no row,
and numbers go on past it until all points that were asked for are in:

  $ luron sweep xor.lua -q -o few.db sampler=random samples=100 learning_rate=0.1,1 hidden=2,3 epochs=2 seed=1..3
  few.db: 12 runs in * s (glob)
  4 different points, 100 asked
  $ luron sweep xor.lua --plan sampler=sobol samples=100 learning_rate=0.1,1 optimizer=sgd,momentum momentum=0.5,0.9,1 seed=1 | head -2
  8 runs, 2 structures
  8 different points, 100 asked
  $ for sampler in random sobol; do for n in 30 60; do
  >   luron sweep xor.lua -q -o $sampler.db sampler=$sampler samples=$n learning_rate=0.1..1:10 init_scale=1..3:10 seed=1 epochs=2 > drawn.txt
  >   sqlite3 $sampler.db "SELECT count(*), max(run), (SELECT count(*) FROM (SELECT DISTINCT learning_rate, init_scale FROM runs)) FROM runs"
  > done; done
  30|30|30
  60|60|60
  30|30|30
  60|60|60
  $ cat > where.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 2,
  >   params = { a = 1, b = 1 }, where = function(p) return p.a * p.a + p.b * p.b <= 1000 end,
  >   sweep = { a = luron.range(1, 100), b = luron.range(1, 100) } }
  > END
  $ luron run where.lua | tail -1; luron run where.lua --json | tail -1
  luron sweep where.lua would make 756 runs
  {"v":1,"type":"sweep","runs":756}
  $ luron run where.lua sampler=random samples=1000 | tail -1; luron sweep where.lua --plan sampler=random samples=1000 | head -1
  luron sweep where.lua would make 756 runs
  756 runs, 1 structure
  $ sed 's/where = .*/where = function(p) return p.a <= 1 end,/; s/100) }/100), c = luron.uniform(0, 1) }/; s/b = 1 }/b = 1, c = 1 }/' where.lua > rare.lua
  $ luron run rare.lua sampler=random samples=20 | tail -1; luron run rare.lua sampler=random samples=100000 | tail -1
  luron sweep rare.lua would make 20 runs
  luron sweep rare.lua would make a sweep; --plan counts its runs
  $ luron run rare.lua sampler=random samples=100000 --json | tail -1
  {"v":1,"type":"sweep","runs":null,"exact":false}
  $ luron sweep where.lua --plan | head -1; luron sweep where.lua --plan --json | head -1 | cut -d, -f1-5
  756 runs, 1 structure
  {"v":1,"type":"plan","runs":756,"combinations":756,"seeds":1
  $ luron sweep where.lua -q -o where.db
  where.db: 756 runs in * s (glob)
  $ luron sweep where.lua -q -o drawn.db sampler=random samples=60
  drawn.db: 60 runs in * s (glob)
  $ luron sweep where.lua -q -o drawn.db sampler=random samples=100
  drawn.db: 40 runs in * s, after 738 of an earlier time (glob)
  $ for k in 1 2 3; do luron sweep where.lua -q --shard $k/3 -o part$k.db sampler=random samples=100 > part.txt; done
  $ luron merge parts.db part[123].db > merged.txt; luron diff parts.db drawn.db; sqlite3 drawn.db "SELECT count(*), max(run) FROM runs"
  the same: 100 rows, bit by bit
  100|1338
  $ luron verify drawn.db
  drawn.db: 100 rows computed again, the same bit by bit
  $ luron sweep where.lua -q -o all.db sampler=sobol samples=1000
  all.db: 756 runs in * s (glob)
  756 different points, 1000 asked
  $ luron sweep where.lua -q sampler=latin samples=100
  where.lua:3: where: does not go with sampler = "latin", whose points fill all slices together; sampler = "random" or "sobol" goes on past what it leaves out
  [1]
  $ luron sweep where.lua -q sampler=random samples=100 a=200..300
  where.lua:3: where: false for each of the first 10100 points that were drawn
  [1]

A batch of more than all patterns is a full one, where other combinations have enough:

  $ luron sweep xor.lua -q -o batch.db batch=1,9,all learning_rate=1 seed=1..2 epochs=5
  batch.db: 4 runs in * s (glob)
  $ sqlite3 batch.db "SELECT run, batch FROM runs"
  1|1
  2|4
  4|1
  5|4
  $ cat > sizes.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment { params = { n = 4 }, batch = 8, epochs = 3, sweep = { n = { 4, 100 } },
  >   data = function(p) return luron.data.moons { n = p.n, seed = 1 } end }
  > END
  $ luron run sizes.lua
  sizes.lua:2: batch: 8 is more than the 4 patterns there are
  [1]
  $ luron sweep sizes.lua -q -o sizes.db && luron sweep sizes.lua -q -o one-size.db batch=all && luron verify sizes.db
  sizes.db: 2 runs in * s (glob)
  one-size.db: 2 runs in * s (glob)
  sizes.db: 2 rows computed again, the same bit by bit
  $ sqlite3 sizes.db "SELECT n, loss FROM runs LIMIT 1"; sqlite3 one-size.db "SELECT n, loss FROM runs LIMIT 1"
  4|0.550519192433483
  4|0.550519192433483

A zip's values differ, as an axis's do:

  $ cat > zipped.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment { inputs = { {0}, {1} }, targets = { 0, 1 }, epochs = 1,
  >   sweep = { luron.zip { batch = { 1, 2, 1 }, activation = { "tanh", "relu", "tanh" } } } }
  > END
  $ luron sweep zipped.lua -q
  zipped.lua:2: activation: values 1 and 3 of its zip are the same
  [1]

Seeds beyond 2^53 are those that were asked for:

  $ luron sweep xor.lua -q -o seeds.db seed=9007199254740993..9007199254740997 learning_rate=1 epochs=1
  seeds.db: 5 runs in * s (glob)
  $ sqlite3 seeds.db "SELECT min(seed), max(seed) FROM runs"
  9007199254740993|9007199254740997
  $ cat > far.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment { inputs = { {0}, {1} }, targets = { 0, 1 }, epochs = 1,
  >   sweep = { seed = luron.range(9223372036854775803, 9223372036854775807, 2) } }
  > END
  $ luron sweep far.lua -q -o far.db
  far.db: 3 runs in * s (glob)
  $ sqlite3 far.db "SELECT seed FROM runs"; luron verify far.db
  9223372036854775803
  9223372036854775805
  9223372036854775807
  far.db: 3 rows computed again, the same bit by bit

A single value takes an axis's place; every number of threads gives the same rows:

  $ luron sweep xor.lua -q -j1 -o a.db learning_rate=1 hidden=2,3x3 >/dev/null
  $ luron sweep xor.lua -q -j7 -o b.db learning_rate=1 hidden=2,3x3 >/dev/null
  $ luron diff a.db b.db
  the same: 80 rows, bit by bit
  $ luron export a.db --csv | sed -n '1,3p'
  run,hidden,seed,loss,accuracy,epochs,status,solved
  1,2,1,0.2607488663185594,1,192,solved,1
  2,3x3,1,0.5073686120511645,0.75,400,finished,0

So do shards, merged in any order:

  $ for k in 3 1 2; do luron sweep xor.lua -q --shard $k/3 learning_rate=1 hidden=2,3x3 >/dev/null; done
  $ ls results | sed 's/-[0-9a-f]*\./-HASH./'
  xor-HASH.1-of-3.db
  xor-HASH.2-of-3.db
  xor-HASH.3-of-3.db
  $ luron merge m.db results/*-of-3.db
  m.db: 80 rows from 3 files
  $ luron diff a.db m.db
  the same: 80 rows, bit by bit

What is expected of the results decides the exit code:

  $ luron sweep xor.lua -q -o xor.db --expect 'solved >= 0.1 and max(loss) < 100' >/dev/null
  $ luron sweep xor.lua -q -o xor.db --expect 'solved >= 0.99' >/dev/null
  --expect 'solved >= 0.99' does not hold: solved is 0.516667
  [3]
  $ luron sweep xor.lua -q -o xor.db --expect 'sloved >= 0.99' >/dev/null
  command line: --expect: sloved: no such column; did you mean solved?
  [2]

An axis that a combination does not read runs at its first value only, and its column is empty then:

  $ luron sweep xor.lua -q -o o.db optimizer=sgd,momentum momentum=0.5,0.9 learning_rate=1 seed=1 epochs=2 >/dev/null
  $ luron export o.db --csv
  run,optimizer,momentum,loss,accuracy,epochs,status,solved
  1,sgd,,0.6968246000453414,0.5,2,finished,0
  3,momentum,0.5,0.7021649144301736,0.5,2,finished,0
  4,momentum,0.9,0.7012618721312485,0.5,2,finished,0

Drawn points, pruning, and one row a combination:

  $ luron sweep xor.lua -q -o s.db sampler=sobol samples=4 learning_rate=0.1..10:log seed=1 epochs=1 >/dev/null
  $ luron export s.db --csv | cut -d, -f1,2
  run,learning_rate
  1,0.1
  2,1.0000000000000004
  3,3.162277660168381
  4,0.31622776601683805
  $ luron sweep xor.lua -o c.db --keep cells | sed -n 1,6p
  XOR: 80 runs, 42 solved (52.5 %)
  
  The combinations, the best first:
  learning_rate  runs  solved   95 % interval  loss mean
            0.5    40  57.5 %  42.2 .. 71.5 %   0.378224
            2.0    40  47.5 %  32.9 .. 62.5 %   0.306521
  $ luron sweep xor.lua -o c.db --keep cells -q --expect 'solved > 0.9' >/dev/null
  --expect 'solved > 0.9' does not hold: solved is 0.525
  [3]
  $ luron export c.db --csv | cut -d, -f1,2,6-
  run,learning_rate,epochs,n_seeds,solved_rate,diverged_rate,failed_rate,status,solved
  1,0.5,284.325,40,0.575,0,0,solved,1
  2,2,272.65,40,0.475,0,0,finished,0

As JSON Lines:

  $ luron sweep xor.lua --json -o a.db learning_rate=1 hidden=2,3x3 | sed 's/"seconds":.*/"seconds":T}/'
  {"v":1,"type":"sweep","file":"a.db","numbers":80,"done":80,"rows":0,"complete":true,"seconds":T}

A budget runs a prefix, and more of it goes on from there:

  $ luron sweep xor.lua -q -o l.db seed=1..200000 --budget 100ms | grep -c 'the budget ended'
  1
  $ luron sweep xor.lua -q -o l.db seed=1..200000 --budget 100ms | grep -c 'of an earlier time'
  1

Mistakes are named with what was typed, or the script's line:

  $ luron sweep xor.lua learning_rte=1,2
  command line: learning_rte: no such field; did you mean learning_rate?
  [2]
  $ luron sweep xor.lua seed=5..1
  command line: seed: 5..1 is empty; to count down, give a step below 0
  [2]
  $ luron sweep xor.lua seed=1 learning_rate=1
  command line: xor.lua: has no axes; write sweep = { name = {...} } in it, or name=a,b after it
  [2]
  $ luron sweep xor.lua learning_rate=0.1..1:log
  command line: learning_rate: an interval needs sampler = random, sobol or latin; for a grid give it a number of points
  [2]
  $ luron sweep xor.lua activation=tanh,softmax
  command line: activation: with activation=softmax: softmax is for outputs only; write output_activation = "softmax"
  [2]
  $ luron sweep xor.lua batch=5,9
  command line: batch: with batch=5: 5 is more than the 4 patterns there are
  [2]
  $ luron sweep xor.lua batch=9
  command line: batch: 9 is more than the 4 patterns there are
  [2]
  $ luron sweep xor.lua seed=1..3 seed=1..5
  command line: seed: is set twice
  [2]
  $ luron sweep xor.lua epochs=3,4 max_epochs=5
  command line: max_epochs: is set twice
  [2]
  $ luron sweep xor.lua learning_rate=0.1,1 learning_rate_1=3,4 --plan | head -1
  160 runs: 4 combinations x 40 seeds, 1 structure
  $ luron show xor.lua seed=1..3 seed=1..5
  command line: seed: is set twice
  [2]
  $ luron sweep xor.lua momentum=0.1,0.2
  command line: momentum: an axis that no combination reads; write optimizer = "momentum" or "nesterov"
  [2]
  $ printf 'return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 2,\n  sweep = { shuffle = { true, false } } }\n' >shuffled.lua
  $ luron sweep shuffled.lua --plan batch=all
  command line: batch: shuffle is an axis that no combination reads; write batch = 1 or another number: a full batch is not shuffled; a single value for shuffle takes the axis away
  [2]
  $ luron sweep shuffled.lua batch=all shuffle=true seed=1,2 --plan | head -1
  2 runs: 1 combination x 2 seeds, 1 structure
  $ luron sweep xor.lua --shard 4/3
  command line: --shard: 4/3: 4 is larger than 3; there are the shards 1/3 to 3/3
  [2]
  $ luron sweep xor.lua --budget soon
  command line: --budget: "soon" is not a time such as 30s 5m 2h
  [2]
  $ luron sweep xor.lua --keep some
  command line: --keep: "some" is neither all, nor cells, nor a number of rows from 1
  [2]
  $ luron sweep xor.lua --keep 99999999999999999999
  command line: --keep: "99999999999999999999" is neither all, nor cells, nor a number of rows from 1
  [2]
  $ luron sweep xor.lua -j 0
  command line: --jobs: "0" is not a number of threads from 1 to 1024
  [2]
  $ echo 'print "done"' > plain.lua; luron sweep plain.lua
  done
  command line: plain.lua: returned nothing; luron sweep takes an experiment, a table of fields, or a list
  [2]
  $ luron sweep none.lua
  luron: cannot open none.lua: No such file or directory
  [1]

One file is for one experiment, which is said before anything is run:

  $ cat > two.lua <<'EOF'
  > local one = { inputs = { 1 }, targets = { 0 }, epochs = 10, sweep = { seed = { 1, 2 } } }
  > return { one, one }
  > EOF
  $ luron sweep two.lua -o two.db; ls two.db
  command line: --output: one file, but the script returned several experiments
  ls: cannot access 'two.db': No such file or directory
  [2]

As lines of JSON, a plan and what came of it:

  $ luron sweep xor.lua --no-reuse --plan --json learning_rate=1,2 hidden=2,4x4 seed=1..3 > plan; head -3 plan; wc -l < plan
  {"v":1,"type":"plan","runs":12,"combinations":4,"seeds":3,"structures":2,"seconds":*,"bytes":*,"file":"results/xor-*.db"} (glob)
  {"v":1,"type":"planned","run":1,"hidden":2,"learning_rate":1,"seed":1}
  {"v":1,"type":"planned","run":2,"hidden":2,"learning_rate":2,"seed":1}
  11
  $ luron sweep xor.lua --quiet -o named.db seed=1,2 --expect 'slved > 0'
  command line: --expect: slved: no such column; did you mean solved?
  [2]

A plan does not wait for a run that takes long, nor does a budget:

  $ timeout 20 luron sweep xor.lua --plan hidden=64 epochs=1000000000 learning_rate=1e-9 seed=1,2 | sed -n 2p
  a run takes longer than the sample; * MB, at most, into results/xor-*.db (glob)
  $ timeout 20 luron sweep xor.lua --budget 0.1s hidden=64 epochs=1000000000 learning_rate=1e-9 seed=1,2 -q -o long.db
  long.db: 0 runs in * s; the budget ended at 0 of 2, more of it goes on from there (glob)

What only one optimizer or network of the axes reads may be given to all of them:

  $ luron sweep xor.lua -q -o read.db optimizer=sgd,adam beta1=0.8 learning_rate=1 seed=1 epochs=5 | cut -d' ' -f1-3
  read.db: 2 runs
  $ luron sweep xor.lua -q -o layers.db hidden=3,2x2,1 learning_rate_3=0.6 learning_rate=1 seed=1 epochs=5 | cut -d' ' -f1-3
  layers.db: 3 runs
  $ luron verify read.db; luron verify layers.db
  read.db: 2 rows computed again, the same bit by bit
  layers.db: 3 rows computed again, the same bit by bit
  $ luron sweep xor.lua --plan optimizer=sgd,adam rho=0.8
  command line: rho: with optimizer=sgd: sgd never reads it; write optimizer = "rmsprop"
  [2]
  $ luron sweep xor.lua --plan hidden=3,2x2,1 learning_rate_4=0.6
  command line: learning_rate_4: there are 3 layers
  [2]

Nor does it show what is skipped:

  $ cat > skips.lua <<'END'
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 2, where = function(p) return p.learning_rate > LEAST end,
  >   sweep = { learning_rate = { 1, 2, 3 } } }
  > END
  $ sed s/LEAST/1/ skips.lua > some.lua; luron sweep some.lua --plan | sed 1,2d
        2  learning_rate=2
        3  learning_rate=3
  $ sed s/LEAST/9/ skips.lua > none.lua; luron sweep none.lua --plan
  0 runs, 1 structure
  nothing to run; 0 MB, at most, into results/none-*.db (glob)

What --expect says is read before the first run; a wrong one leaves no file:

  $ cat > expects.lua <<'END'
  > return { inputs = { { 0 }, { 1 } }, targets = { 0, 1 }, epochs = 5, log = false, sweep = { seed = { 1, 2 }, hidden = { { 2, 2 }, 3 } } }
  > END
  $ for e in 'solved >=' '' 'los < 1' 'solved, 1' 'f(loss) < 1' 'loss < 1) or (1' 'solved >= 0 FROM runs'; do
  >   luron sweep expects.lua -q -o expects.db --expect "$e"; echo $?; done
  command line: --expect: solved >=: is no SQL expression: syntax error
  2
  command line: --expect: "" is no SQL expression: syntax error
  2
  command line: --expect: los: no such column; did you mean loss?
  2
  command line: --expect: solved, 1: is more than one SQL expression
  2
  command line: --expect: no such function: f
  2
  command line: --expect: loss < 1) or (1: is no SQL expression: syntax error near ")"
  2
  command line: --expect: solved >= 0 FROM runs: is no SQL expression: syntax error
  2
  $ luron sweep expects.lua -q -o expects.db --keep 2 --expect 'solved >= 0'
  command line: --expect: only the best 2 rows by loss are kept, so solved of all runs is not known; keep all
  [2]
  $ luron sweep expects.lua --plan -o expects.db --expect 'los < 1'
  command line: --expect: los: no such column; did you mean loss?
  [2]
  $ echo 'return { dofile("expects.lua"), { inputs = { { 0 }, { 1 } }, targets = { 0, 1 }, epochs = 6, log = false, sweep = { seed = { 1 } } } }' > two.lua
  $ luron sweep two.lua -q --expect 'avg(hidden) > 0'; ls expects.db results/two-* 2> /dev/null
  command line: --expect: hidden: no such column in results/two-*.db (glob)
  [2]
  $ luron sweep expects.lua -q -o expects.db --expect 'max(loss) < 100 and runs = 4 and hidden > 0'
  expects.db: 4 runs in * s (glob)
  $ luron merge joined.db expects.db --expect 'loss <'; luron merge joined.db expects.db --expect 'los < 1'; ls joined.db 2> /dev/null
  command line: --expect: loss <: is no SQL expression: syntax error
  command line: --expect: los: no such column; did you mean loss?
  [2]
  $ for w in 'loss <' 'loss < 1 and and' 'loss < 1)' "status = 'a"; do luron show expects.db "$w"; done
  command line: loss <: is no SQL expression: syntax error
  command line: loss < 1 and and: is no SQL expression: syntax error near "and"
  command line: loss < 1): is no SQL expression: syntax error near ")"
  command line: status = 'a: is no SQL expression: syntax error
  [2]
