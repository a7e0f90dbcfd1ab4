A sweep takes over rows of older results files that are the same runs. One value more on an axis:

  $ cat > grid.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 20,
  >   optimizer = "momentum", sweep = { learning_rate = { 0.1, 0.5, 1 }, momentum = luron.linspace(0, 0.9, 7),
  >   seed = luron.range(1, 30) } }
  > END
  $ did() { sed -n 's/runs in [^ ]* s/runs/; s/-[0-9a-f]*\.db/.db/g; s/of version [0-9]*/of version N/; /: [0-9]* runs\|of [0-9]* runs\|taken over\|nothing/p'; }
  $ luron sweep -q grid.lua 2>&1 | did
  results/grid.db: 630 runs
  $ luron sweep grid.lua learning_rate=0.1,0.3,0.5,1 2>&1 | did | grep taken
  630 rows of results/grid.db are taken over, for they are the same runs; --no-reuse computes all
  results/grid.db: 210 runs, and 630 taken over
  $ new=$(ls -t results/*.db | head -1)
  $ luron sweep -q grid.lua learning_rate=0.1,0.3,0.5,1 -o fresh.db 2>&1 | did
  fresh.db: 840 runs
  $ luron diff $new fresh.db
  the same: 840 rows, bit by bit
  $ luron verify $new | sed 's/.*: //'
  840 rows computed again, the same bit by bit
  $ luron sweep grid.lua learning_rate=0.1,0.3,0.5,1 --json 2>&1 | sed 's/.*"numbers"/"numbers"/; s/,"seconds.*//'
  "numbers":840,"done":840,"rows":0,"complete":true

--plan says how many rows that would be, and what is left, also of a sweep that was stopped:

  $ plan() { luron sweep -q "$@" --plan | sed -n '/runs: /p; /compute/p; s/-[0-9a-f]*\.db/.db/; /nothing/p'; }
  $ plan grid.lua learning_rate=0.1,0.3,0.5,1,2
  1050 runs: 35 combinations x 30 seeds, 1 structure
  840 taken over, 210 to compute
  $ plan grid.lua learning_rate=0.1,0.3,0.5,1,2 --no-reuse
  1050 runs: 35 combinations x 30 seeds, 1 structure
  $ plan grid.lua learning_rate=0.1,0.3,0.5,1
  840 runs: 28 combinations x 30 seeds, 1 structure
  0 to compute
  nothing to run; * MB, at most, into results/grid.db (glob)
  $ plan grid.lua learning_rate=0.1,0.3,0.5,1 --fresh -o fresh.db
  840 runs: 28 combinations x 30 seeds, 1 structure
  $ luron sweep grid.lua learning_rate=0.5,7 seed=21..40 optimizer=sgd,momentum --reuse fresh.db -o new.db --plan | sed -n 2p
  70 rows of fresh.db are taken over
  70 taken over, 250 to compute
  $ sed 's/sweep = {/where = function(p) return p.seed % 2 == 0 or p.learning_rate > 1 end, &/' grid.lua > where.lua
  $ luron sweep -q where.lua --shard 1/2 -o half.db | did
  half.db: 130 runs
  $ luron sweep where.lua learning_rate=0.5,2 --reuse half.db -o w.db --plan --json | sed -n '1s/,"struct.*//p'
  {"v":1,"type":"plan","runs":315,"combinations":11,"seeds":30,"taken":43,"left":272
  $ luron sweep -q where.lua learning_rate=0.5,2 --reuse half.db -o w.db | did
  w.db: 272 runs, and 43 taken over
  $ luron sweep -q where.lua seed=1..60 -o half.db --shard 1/2 --plan | sed -n '1,2p'
  about 320 runs: 11 combinations x 60 seeds, 1 structure
  237 to compute
  $ luron sweep -q where.lua seed=1..60 -o half.db --shard 1/2 | did
  half.db: 237 runs, after 320 of an earlier time

Of a complete sweep nothing is left, of one that was stopped no more than what is not settled, nor more than it has runs:

  $ some() { luron sweep some.lua "$@" -o some.db --plan | sed -n '1,2p'; }
  $ sed 's/optimizer = "momentum", sweep = {/keep = "cells", sweep = { optimizer = { "sgd", "momentum" },/' grid.lua > some.lua
  $ luron sweep -q some.lua -o some.db | did && some
  some.db: 24 runs
  24 runs: 24 combinations x 30 seeds, 2 structures
  0 to compute
  $ sqlite3 some.db 'DELETE FROM done; INSERT INTO done VALUES (1, 9)' && some
  24 runs: 24 combinations x 30 seeds, 2 structures
  at most 24 to compute
  $ sqlite3 some.db 'DELETE FROM done; INSERT INTO done VALUES (1, 30)' && some
  24 runs: 24 combinations x 30 seeds, 2 structures
  at most 12 to compute
  $ sed -i 's/keep = /where = function(p) return p.seed == 1 end, &/' some.lua && rm some.db
  $ luron sweep -q some.lua -o some.db | did && sqlite3 some.db 'DELETE FROM done; INSERT INTO done VALUES (1, 9)' && some
  some.db: 24 runs
  about 1 run: 1 combination x 30 seeds, 2 structures
  at most 33 to compute
  $ sed 's/sweep = {.*/sweep = {/; s/range(1, 30)/range(1, 1100000)/' where.lua > some.lua && rm some.db
  $ luron sweep -q some.lua -o some.db --budget 1s > some.txt
  $ some | sed -n 's/ to compute//; s/at most //; 2p' > left.txt
  $ sqlite3 some.db 'SELECT 1100000 - sum(last - first + 1) FROM done' | diff - left.txt

One axis more, or fewer, and values of a field that only some combinations read:

  $ check() { # a sweep that may take rows over is the one that computes all
  >   luron sweep -q "$@" 2>&1 | did; rm -f fresh.db; luron sweep -q "$@" --no-reuse -o fresh.db > /dev/null 2>&1
  >   luron diff $(ls -t results/*.db | head -1) fresh.db
  > }
  $ check grid.lua hidden=2,3 momentum=0.9 learning_rate=0.1
  results/grid.db: 30 runs, and 30 taken over
  the same: 60 rows, bit by bit
  $ check grid.lua learning_rate=0.5 momentum=0.3
  results/grid.db: 0 runs, and 30 taken over
  the same: 30 rows, bit by bit
  $ check grid.lua optimizer=sgd,momentum,adam momentum=0.9 seed=1..3
  results/grid.db: 18 runs, and 9 taken over
  the same: 27 rows, bit by bit
  $ check grid.lua optimizer=sgd,nesterov momentum=0,0.9 learning_rate=0.5 seed=1..4
  results/grid.db: 9 runs, and 3 taken over
  the same: 12 rows, bit by bit
  $ check grid.lua learning_rate_2=0.1,0.5 learning_rate=0.5 momentum=0.9 seed=1,2
  results/grid.db: 4 runs
  the same: 4 rows, bit by bit

Drawn points are found in a grid, and zipped axes too:

  $ check grid.lua sampler=random samples=12 momentum=0,0.45,0.9 seed=4,5
  results/grid.db: 0 runs, and 18 taken over
  the same: 18 rows, bit by bit
  $ cat > zip.lua <<'END'
  > local luron = require "luron"
  > local e = dofile "grid.lua"
  > e.sweep = { luron.zip { learning_rate = { 0.1, 1, 0.1 }, momentum = { 0, 0.9, 0.2 } }, seed = luron.range(1, 2) }
  > return e
  > END
  $ check zip.lua
  results/zip.db: 2 runs, and 4 taken over
  the same: 6 rows, bit by bit

What is another experiment is passed over, and said where it is named; what prunes or keeps less is, too:

  $ luron sweep -q grid.lua epochs=21 2>&1 | did
  results/grid.db: 630 runs
  $ luron sweep -q grid.lua epochs=22 --reuse fresh.db 2>&1
  luron: fresh.db: nothing can be taken over from it: max_epochs is 20 there, and 22 here
  [1]
  $ sed 's/0, 1, 1, 0/0, 1, 1, 1/' grid.lua > other.lua
  $ luron sweep -q other.lua --reuse fresh.db
  luron: fresh.db: nothing can be taken over from it: its data are others
  [1]
  $ luron sweep -q grid.lua --keep cells --reuse fresh.db
  luron: fresh.db: nothing can be taken over from it: this sweep does not keep all rows
  [1]
  $ luron sweep -q grid.lua --reuse grid.lua
  luron: grid.lua: not a results file of luron
  [1]
  $ luron sweep -q grid.lua --reuse fresh.db -o ./fresh.db
  luron: ./fresh.db is the file that is written; its rows stay without --reuse, or choose another file with -o
  [1]
  $ luron sweep -q grid.lua --reuse fresh.db --fresh
  command line: --reuse: does not go with --fresh, which computes all
  [2]
  $ sed 's/hidden = 2/hidden = 2, metrics = { "weight_norm" }/' grid.lua > metric.lua
  $ luron sweep metric.lua learning_rate=0.5 2>&1 | did | sed 's,results/[a-z]*\.db,FILE,; 1q'
  no rows of FILE are taken over: it lacks the metric weight_norm
  $ luron sweep -q metric.lua --reuse results/grid-*1.db 2>&1 | sed 's/-[0-9a-f]*\.db/.db/'
  luron: results/grid.db: nothing can be taken over from it: it lacks the metric weight_norm
  $ check metric.lua learning_rate=0.5,0.6 seed=1..5
  results/metric.db: 35 runs, and 35 taken over
  the same: 70 rows, bit by bit

Several files, shards of a sweep among them; a shard takes over what is named, and no more than its own:

  $ mkdir shards && cd shards && cp ../grid.lua .
  $ luron sweep -q grid.lua seed=1..4 --shard 1/2 -o a.db | did
  a.db: 44 runs
  $ luron sweep -q grid.lua seed=1..4 --shard 2/2 -o b.db | did
  b.db: 40 runs
  $ luron sweep -q grid.lua seed=3..8 momentum=0,0.9 --reuse a.db --reuse b.db -o c.db | did
  c.db: 24 runs, and 12 taken over
  $ luron sweep -q grid.lua seed=3..8 momentum=0,0.9 --no-reuse -o whole.db | did
  whole.db: 36 runs
  $ luron diff c.db whole.db
  the same: 36 rows, bit by bit
  $ for k in 1 2; do luron sweep -q grid.lua seed=1..8 --shard $k/2 --reuse a.db --reuse b.db -o s$k.db | did; done
  s1.db: 40 runs, and 48 taken over
  s2.db: 44 runs, and 36 taken over
  $ luron merge -q m.db s1.db s2.db; rm whole.db; luron sweep -q grid.lua seed=1..8 --no-reuse -o whole.db | did
  whole.db: 168 runs
  $ luron diff m.db whole.db
  the same: 168 rows, bit by bit
  $ cd ..

Functions of the script are compared, and messages and curves go along; --retry leaves failed runs to be computed:

  $ cat > functions.lua <<'END'
  > local luron = require "luron"
  > return { epochs = 6, curve = 3, params = { noise = 0 }, hidden = 2,
  >   data = function(p) return luron.data.circles { n = 20, noise = p.noise, seed = p.seed } end,
  >   metrics = { odd = function(run, p) if p.seed == 3 then error "odd" end return run.loss end },
  >   sweep = { seed = luron.range(1, 4), learning_rate = { 0.1, 0.5 } } }
  > END
  $ luron sweep -q functions.lua 2>&1 | did
  results/functions.db: 8 runs
  2 of 8 runs failed; when the cause is gone, --retry computes them again:
  $ check functions.lua noise=0,0.1
  results/functions.db: 8 runs, and 8 taken over
  4 of 16 runs failed; when the cause is gone, --retry computes them again:
  the same: 16 rows, bit by bit
  $ check functions.lua noise=0,0.1,0.2 --retry
  results/functions.db: 12 runs, and 12 taken over
  6 of 24 runs failed; when the cause is gone, --retry computes them again:
  the same: 24 rows, bit by bit
  $ luron sweep -q functions.lua noise=0,0.3 hidden=3 2>&1 | did | head -1
  results/functions.db: 16 runs
  $ sed 's/return run.loss/return run.loss + 1/' functions.lua > changed.lua
  $ luron sweep -q changed.lua --reuse fresh.db
  luron: fresh.db: nothing can be taken over from it: its functions are others
  [1]

A results file may say that any file was read. Found ones are passed over where that one is too large; a named one is
compared whole, until a signal comes:

  $ mkdir large && cd large && cp ../functions.lua . && sed -i 's/if p.seed == 3.* end return/return/' functions.lua
  $ luron sweep -q functions.lua 2>&1 | did; old=$(ls results/*.db)
  results/functions.db: 8 runs
  $ truncate -s 200G large.bin && sqlite3 $old "INSERT INTO files VALUES('large.bin', 'a', NULL)"
  $ timeout 30 luron sweep functions.lua noise=0,0.1 2>&1 | did
  no rows of results/functions.db are taken over: large.bin is too large to be compared unasked; --reuse compares it
  results/functions.db: 16 runs
  results/functions.db: 16 runs
  $ timeout -s INT --preserve-status -k 10 0.5 luron sweep functions.lua -o $old
  interrupted before a run was computed: the same command goes on
  [130]
  $ timeout -s TERM --preserve-status -k 10 0.5 luron sweep functions.lua noise=0,0.2 -o new.db --reuse $old
  interrupted before a run was computed: the same command goes on
  [143]
  $ truncate -s 0 large.bin && luron sweep -q functions.lua -o $old 2>&1 | grep -o 'large.bin has changed'
  large.bin has changed
  $ hash=$(sha256sum large.bin | cut -d' ' -f1) && sqlite3 $old "UPDATE files SET sha256 = '$hash'"
  $ luron sweep functions.lua noise=0,0.3 2>&1 | did
  8 rows of results/functions.db are taken over, for they are the same runs; --no-reuse computes all
  results/functions.db: 16 runs
  results/functions.db: 8 runs, and 8 taken over
  $ cd ..

Of files in results/ the newest that holds a run counts; what is being written, damaged or no results file is passed over:

  $ mkdir found && cd found && cp ../grid.lua .
  $ luron sweep -q grid.lua learning_rate=0.5 momentum=0.3 | did; old=$(ls results/*.db)
  results/grid.db: 30 runs
  $ cp $old results/copy.db; touch -d '1 hour ago' $old; touch -d '1 minute ago' results/copy.db
  $ echo text > results/text.db; : > results/empty.db; mkdir results/folder.db; mkfifo results/pipe.db
  $ head -c 5000 $old > results/torn.db
  $ more() { timeout 60 $hold luron sweep grid.lua momentum=0.3 "$@" 2>&1 | did | grep taken; }
  $ more learning_rate=0.5,0.6
  30 rows of results/copy.db are taken over, for they are the same runs; --no-reuse computes all
  results/grid.db: 30 runs, and 30 taken over
  $ rm $(ls -t results/grid-*.db | head -1); touch results/copy.db-lock
  $ hold='flock results/copy.db-lock'; more learning_rate=0.5,0.7; hold=
  30 rows of results/grid.db are taken over, for they are the same runs; --no-reuse computes all
  results/grid.db: 30 runs, and 30 taken over
  $ more learning_rate=0.5,0.7,0.8
  60 rows of results/grid.db are taken over, for they are the same runs; --no-reuse computes all
  results/grid.db: 30 runs, and 60 taken over
  $ more learning_rate=0.5,0.9 --no-reuse; more learning_rate=0.5,0.95 -o x.db; more learning_rate=0.5,0.99 --fresh
  [1]
  $ cd ..

A takeover that is killed goes on:

  $ luron sweep -q grid.lua epochs=1 seed=1..1000 -o large.db | did
  large.db: 21000 runs
  $ for t in 0.05 0.1 0.15 0.2 0.3; do
  >   timeout -s KILL $t luron sweep -q grid.lua epochs=1 momentum=0,0.9,0.95 seed=1..1000 --reuse large.db -o killed.db
  > done > killed.log 2>&1; true
  $ luron sweep -q grid.lua epochs=1 momentum=0,0.9,0.95 seed=1..1000 --reuse large.db -o killed.db > /dev/null
  $ luron sweep -q grid.lua epochs=1 momentum=0,0.9,0.95 seed=1..1000 --no-reuse -o whole.db | did
  whole.db: 9000 runs
  $ luron diff killed.db whole.db
  the same: 9000 rows, bit by bit
