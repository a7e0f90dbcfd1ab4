Cross-validation on the command line: folds are replicates beside seeds, in the file, its tables and its pictures.

  $ cat > cv.lua <<'END'
  > local luron = require "luron"
  > return {
  >   data = luron.data.gaussians { n = 31, classes = 3, seed = 3 }, normalize = "zscore",
  >   hidden = 3, epochs = 30, folds = 3, learning_rate = 0.5, metrics = { "test_loss" }, log = false,
  >   sweep = { hidden = { 2, 4 }, seed = luron.range(1, 2) },
  > }
  > END
  $ luron run cv.lua | sed 's/, [0-9.]* [mu]*s$/, T/'
  cross-validation fold 1 of 3: trained on 20 patterns, tested on 11; fold=2 takes another
  
  loss 0.053199, accuracy 1.000000, test_loss 0.053303, 30 epochs, finished, T
  luron sweep cv.lua would make 12 runs
  $ luron run cv.lua fold=3 | head -1
  cross-validation fold 3 of 3: trained on 21 patterns, tested on 10
  $ luron run --json cv.lua fold=3 | head -1
  {"v":1,"type":"fold","fold":3,"folds":3}
  $ luron run cv.lua fold=4
  command line: fold: 4, but there are 3 cross-validation folds
  [2]
  $ luron run cv.lua folds=false fold=2
  command line: fold: there are no cross-validation folds; write folds = 5, or another number
  [2]
  $ sed 's/folds = 3/test = 0.25/' cv.lua > tested.lua; luron run tested.lua folds=3
  command line: folds: cannot be used beside test: each cross-validation fold is the test set once; write test = false, too
  [2]
  $ luron run tested.lua folds=3 test=false | head -1
  cross-validation fold 1 of 3: trained on 20 patterns, tested on 11; fold=2 takes another
  $ luron run cv.lua test=0.5
  command line: test: is written in the script, not on the command line; here it can be taken away, by false
  [2]
  $ luron sweep cv.lua --plan | sed 's/^about.*/T/'
  12 runs: 2 combinations x 2 seeds x 3 cross-validation folds, 2 structures
  T
        1  hidden=2 fold=1 seed=1
        2  hidden=4 fold=1 seed=1
        3  hidden=2 fold=2 seed=1
        4  hidden=4 fold=2 seed=1
        5  hidden=2 fold=3 seed=1
        6  hidden=4 fold=3 seed=1
        7  hidden=2 fold=1 seed=2
        8  hidden=4 fold=1 seed=2
        9  hidden=2 fold=2 seed=2
       10  hidden=4 fold=2 seed=2
  $ luron sweep cv.lua -o cv.db -q >/dev/null
  $ luron verify cv.db
  cv.db: 12 rows computed again, the same bit by bit
  $ luron replay cv.db 9 | sed -n '1p;$p'
  run 9: hidden=2 fold=2 seed=2
  equal to the row of run 9, bit by bit
  $ luron show cv.db fold=2
  run  hidden  fold  seed       loss  accuracy  epochs  test_loss  status
    3       2     2     1  0.0756462         1      30  0.0703651  finished
    4       4     2     1  0.0369685         1      30  0.0332755  finished
    9       2     2     2  0.0812282         1      30  0.0820068  finished
   10       4     2     2  0.0268158         1      30  0.0278786  finished
  $ luron show cv.db 'fold = 2 and hidden = 4'
  run  hidden  fold  seed       loss  accuracy  epochs  test_loss  status
    4       4     2     1  0.0369685         1      30  0.0332755  finished
   10       4     2     2  0.0268158         1      30  0.0278786  finished

More seeds append, shards are merged, and a stopped sweep goes on:

  $ luron sweep cv.lua -o more.db -q seed=1..1 >/dev/null
  $ luron sweep cv.lua -o more.db -q | sed 's/ in [0-9.]* s/ in T/'
  more.db: 6 runs in T, after 6 of an earlier time
  $ for k in 1 2 3; do luron sweep cv.lua -q --shard $k/3 -o part$k.db >/dev/null; done
  $ luron merge merged.db part1.db part2.db part3.db
  merged.db: 12 rows from 3 files
  $ luron diff cv.db more.db; luron diff cv.db merged.db
  the same: 12 rows, bit by bit
  the same: 12 rows, bit by bit

Cells, halving, one fold, other folds:

  $ luron sweep cv.lua -q -o cells.db --keep cells >/dev/null; luron export cells.db --csv | cut -d, -f1-4,9-
  run,hidden,fold,seed,n_seeds,solved_rate,diverged_rate,failed_rate,status,solved
  1,2,,,6,0,0,0,finished,0
  2,4,,,6,0,0,0,finished,0
  $ luron verify cells.db
  cells.db: 2 rows computed again, the same bit by bit
  $ luron sweep cv.lua -q -o one.db fold=2 >/dev/null; luron export one.db --csv | cut -d, -f1-3
  run,hidden,seed
  1,2,1
  2,4,1
  3,2,2
  4,4,2
  $ luron sweep cv.lua -q -o two.db fold=2,3 seed=1 folds=4 >/dev/null; luron export two.db --csv | cut -d, -f1-3
  run,hidden,fold
  1,2,2
  2,4,2
  3,2,3
  4,4,3
  $ cat > halving.lua <<'END'
  > local e = dofile "cv.lua"
  > local luron = require "luron"
  > e.sweep = { learning_rate = luron.geomspace(0.01, 1, 8) }
  > e.prune = luron.halving { at = { 5 }, keep = 0.25 }
  > return e
  > END
  $ luron sweep halving.lua -q -o halving.db >/dev/null
  $ luron show halving.db "status = 'finished'" --by fold
  fold  runs  loss median         quartiles
     1     2     0.255350  0.1391 .. 0.3716
     2     2     0.245518  0.1338 .. 0.3572
     3     2     0.231076  0.1270 .. 0.3351
  $ luron verify halving.db
  halving.db: 24 rows computed again, the same bit by bit

Functions of the script: data that it makes, metrics that see the network of the run's own fold.

  $ cat > made.lua <<'END'
  > local luron = require "luron"
  > return {
  >   data = function(p) return luron.data.moons { n = 22, noise = p.noise, seed = p.seed } end, params = { noise = 0.1 },
  >   folds = 3, normalize = "minmax", hidden = 2, epochs = 10, log = false,
  >   metrics = { "test_loss", at = function(run) return run.network:forward { 1, 1 }[1] end },
  >   sweep = { noise = { 0.1, 0.3 }, seed = luron.range(1, 2) },
  > }
  > END
  $ luron sweep made.lua -q -o made.db >/dev/null
  $ luron verify made.db
  made.db: 12 rows computed again, the same bit by bit
  $ luron replay made.db 8 | tail -1
  equal to the row of run 8, bit by bit

Pictures and pages run over them, and never rank them:

  $ luron plot cv.db --x hidden -o slices.svg && grep -c '<svg class' slices.svg
  1
  $ luron report cv.db -o cv.html && grep -c '<th>fold' cv.html
  1

Missing cells are filled by each fold's own training part, also when the file is computed again.

  $ for i in $(seq 40); do [ $((i % 4)) = 0 ] && echo ",a,$((i % 2))" || echo "$((i * i)),b,$((i % 2))"; done >holes.csv
  $ cat >holes.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment { data = luron.csv("holes.csv", { header = false, onehot = 2, missing = "median" }), folds = 4,
  >   normalize = "zscore", epochs = 3, sweep = { seed = luron.range(1, 3) } }
  > END
  $ luron sweep holes.lua --quiet -o holes.db >sweep.txt
  $ luron verify holes.db
  holes.db: 12 rows computed again, the same bit by bit
