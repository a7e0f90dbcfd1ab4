Functions as metrics have one answer in run, sweep, replay and verify: a finite number, or none. A text fails the run, with
one message; a run that diverged stays one where its metric finds no value, and the text is kept:

  $ cat > m.lua <<'END'
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, activation = "linear", log = false,
  >   metrics = {
  >     half = function(run) return run.loss / 2 end,
  >     n = function(run) return #run.curve end,
  >     last = function(run) return run.curve[#run.curve] end,
  >     inf = function() return -1 / 0 end, nan = function() return 0 / 0 end, none = function() return nil end,
  >     yes = function() return true end,
  >     word = function(run) if run.epochs == 20 then return "a word" end end,
  >   },
  >   epochs = 120, sweep = { epochs = { 20, 120 }, learning_rate = { 0.05, 1e200 } },
  > }
  > END
  $ luron run m.lua -q learning_rate=0.05
  loss 0.252023, accuracy 0.500000, half 0.126012, inf -, last 0.295524, n 100.000000, nan -, none -, word -, yes 1.000000, 120 epochs, finished, * (glob)
  $ luron run m.lua -q epochs=20 learning_rate=0.05 | grep -o 'half.*failed\|metrics.*'; luron run m.lua -q epochs=20 > out; echo $?
  half 0.128661, inf -, last 0.328189, n 20.000000, nan -, none -, word -, yes 1.000000, 20 epochs, failed
  metrics.word: returned "a word", but a number is expected
  1
  $ luron run m.lua -q learning_rate=1e200; echo $?
  half -, inf -, last -, n 14.000000, nan -, none -, word -, yes 1.000000, 16 epochs, diverged, * (glob)
  m.lua:4: attempt to perform arithmetic on a nil value (field 'loss')
  0
  $ luron sweep m.lua -q -o m.db > out; luron export m.db --csv > m.csv; cut -d, -f 1,3,6- m.csv
  1 of 4 runs failed; when the cause is gone, --retry computes them again:
    1  metrics.word: returned "a word", but a number is expected (run 1)
  run,max_epochs,epochs,half,inf,last,n,nan,none,word,yes,status,solved
  1,20,20,*,,*,20,,,,1,failed,0 (glob)
  2,120,120,*,,*,100,,,,1,finished,0 (glob)
  3,20,16,,,,16,,,,1,diverged,0
  4,120,16,,,,14,,,,1,diverged,0
  $ sqlite3 m.db 'SELECT run, text FROM messages'; sqlite3 m.db "SELECT count(*) FROM sqlite_schema WHERE name = 'curves'"
  1|metrics.word: returned "a word", but a number is expected
  3|m.lua:4: attempt to perform arithmetic on a nil value (field 'loss')
  4|m.lua:4: attempt to perform arithmetic on a nil value (field 'loss')
  0
  $ luron verify m.db; for i in 1 2 3 4; do luron replay m.db $i -q | grep 'equal\|metrics\|m.lua'; done
  m.db: 4 rows computed again, the same bit by bit
  metrics.word: returned "a word", but a number is expected
  equal to the row of run 1, bit by bit
  equal to the row of run 2, bit by bit
  m.lua:4: attempt to perform arithmetic on a nil value (field 'loss')
  equal to the row of run 3, bit by bit
  m.lua:4: attempt to perform arithmetic on a nil value (field 'loss')
  equal to the row of run 4, bit by bit

The curve that a metric sees has the points that `curve` asks for, also where seeds are folded, and where halving ends a run:

  $ cat > c.lua <<'END'
  > local luron = require "luron"
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, log = false, epochs = 60, curve = 11,
  >   prune = luron.halving { at = { 20, 40 }, keep = 0.5 },
  >   metrics = { n = function(run) return #run.curve end, at = function(run) return run.curve.epochs[#run.curve] end,
  >     ended = function(run) return run.status == "pruned" end },
  >   sweep = { learning_rate = luron.linspace(0.1, 4, 8), seed = { 1, 2 } },
  > }
  > END
  $ luron run c.lua -q | grep -o 'at.*finished'; luron sweep c.lua -q -o c.db > out
  at 59.000000, ended 0.000000, n 11.000000, 60 epochs, finished
  $ sqlite3 c.db 'SELECT status, epochs, n, at, ended, count(*), (SELECT count(*) FROM curves c WHERE c.run = r.run) FROM runs r GROUP BY 1, 2'
  finished|60|11.0|59.0|0.0|4|11
  pruned|20|11.0|19.0|1.0|8|11
  pruned|40|11.0|39.0|1.0|4|11
  $ luron verify c.db; for i in $(sqlite3 c.db 'SELECT min(run) FROM runs GROUP BY epochs'); do luron replay c.db $i -q | tail -1; done
  c.db: 16 rows computed again, the same bit by bit
  equal to the row of run *, bit by bit (glob)
  equal to the row of run *, bit by bit (glob)
  equal to the row of run *, bit by bit (glob)
  $ sed 's/prune = .*//; s/curve = 11,//' c.lua > f.lua; luron sweep f.lua -q --keep cells -o f.db > out; sqlite3 f.db 'SELECT DISTINCT n, at FROM runs'
  60.0|59.0
  $ luron sweep f.lua -q curve=0 seed=1 -o z.db > out; sqlite3 z.db 'SELECT DISTINCT n FROM runs'; luron verify z.db; luron replay z.db 1 | tail -1
  0.0
  z.db: 8 rows computed again, the same bit by bit
  equal to the row of run 1, bit by bit

A message is kept as it is, however long, from stop.when too:

  $ cat > long.lua <<'END'
  > local text = ("why "):rep(200)
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3, log = false, sweep = { seed = { 1, 2 } },
  >   metrics = { m = function(run) return run.network.weights[1][1][1] > 0 and error(text, 0) or 1 end } }
  > END
  $ luron sweep long.lua -q -o long.db > out 2>&1; sqlite3 long.db 'SELECT run, substr(text, 791, 9), instr(text, "traceback") FROM messages'
  1|y why why|808
  2|y why why|808
  $ sed 's/metrics.*/stop = { when = function() error(text, 0) end } }/' long.lua > when.lua
  $ luron sweep when.lua -q -o when.db > out 2>&1; sqlite3 when.db 'SELECT run, substr(text, 791, 9), instr(text, "traceback") FROM messages'
  1|y why why|808
  2|y why why|808

High or low is better as the metric says, not as it is called; a function's is low unless it says so:

  $ cat > better.lua <<'END'
  > local luron = require "luron"
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 1 }, log = false, epochs = 5,
  >   metrics = { inaccuracy = function(run) return run.epochs end, short = { function(run) return run.epochs end, better = "low" },
  >     margin = { function(run) return -run.epochs end, better = "high" } },
  >   sweep = { epochs = { 30, 10, 20, 40 } },
  > }
  > END
  $ luron run better.lua -q | grep -o 'inacc.*short [0-9.]*'
  inaccuracy 5.000000, margin -5.000000, short 5.000000
  $ luron sweep better.lua -q -o better.db > out; sqlite3 better.db "SELECT name, better FROM columns"
  max_epochs|
  loss|low
  accuracy|high
  epochs|low
  inaccuracy|low
  margin|high
  short|low
  $ for m in inaccuracy margin short accuracy; do luron show better.db --best 1 --runs --metric $m | sed -n 1,3p | cut -c 1-60; done
  The best single run by inaccuracy:
  run  max_epochs * (glob)
    2          10 * (glob)
  The best single run by margin:
  run  max_epochs * (glob)
    2          10 * (glob)
  The best single run by short:
  run  max_epochs * (glob)
    2          10 * (glob)
  The best single run by accuracy:
  run  max_epochs * (glob)
    * (glob)
  $ luron show better.db --best 2 --metric inaccuracy | sed -n 1p; luron show better.db --best 2 --metric margin | sed -n 1,3p
  The best 2 of 4 combinations by inaccuracy, the lowest first:
  The best 2 of 4 combinations by margin, the highest first:
  max_epochs  runs  margin
          10     1     -10
  $ for m in inaccuracy margin; do sed "s/sweep =/keep = { best = 1, by = \"$m\" }, sweep =/" better.lua > kept.lua; luron sweep kept.lua -q -o kept_$m.db > out
  >   sqlite3 kept_$m.db "SELECT run, keep_by, keep_high FROM runs, sweep"; done
  2|inaccuracy|0
  2|margin|1
  $ sed 's/sweep =/rank = "margin", sweep =/' better.lua > ranked.lua; luron sweep ranked.lua -o ranked.db | grep 'margin, the'
  The combinations by margin, the highest first:
  $ luron report ranked.db -o ranked.html; grep -o 'The best is[^<]*' ranked.html; grep -o '"name":"[a-z]*","high":[a-z]*' ranked.html
  The best is max_epochs = 10, with margin -10.
  "name":"loss","high":false
  "name":"accuracy","high":true
  "name":"epochs","high":false
  "name":"inaccuracy","high":false
  "name":"margin","high":true
  "name":"short","high":false
  $ cat > best.lua <<'END'
  > local r = require("luron").results "better.db"
  > print(r:best("inaccuracy").max_epochs, r:best("margin").max_epochs, r:best("accuracy").run ~= nil, r:best("margin", 2)[2].max_epochs)
  > END
  $ luron run best.lua | tr '\t' ' '; luron verify better.db
  10 10 true 20
  better.db: 4 rows computed again, the same bit by bit

A file of before, which does not say it, has the engine's own metrics as they are and the others as better if low:

  $ sqlite3 better.db "ALTER TABLE columns DROP COLUMN better"; for m in inaccuracy margin accuracy; do luron show better.db --best 2 --metric $m | sed -n '1s/.*by/by/p'; done
  by inaccuracy, the lowest first:
  by margin, the lowest first:
  by accuracy, the highest first:

What else stands there is an error:

  $ for m in '{ f, better = "higher" }' '{ f, better = 1 }' '{ f }' '{ better = "high" }' '{ f, 2, better = "low" }' '{ f, up = "high" }'; do
  >   echo "local function f() return 1 end return { inputs = { 0, 1 }, targets = { 0, 1 }, metrics = { m = $m } }" > wrong.lua; luron run wrong.lua; done
  wrong.lua:1: metrics.m.better: "higher" is not one of "low" "high"
  wrong.lua:1: metrics.m.better: 1 is not one of "low" "high"
  wrong.lua:1: metrics.m: better is missing; write { function(run) ... end, better = "high" }
  wrong.lua:1: metrics.m: nil, but a function of the run is expected
  wrong.lua:1: metrics.m: a function and better = "high" or "low" are expected, and nothing else
  wrong.lua:1: metrics.m: a function and better = "high" or "low" are expected, and nothing else
  [1]

What is no metric is told with those that there are, of the file or of the experiment, built-in ones first:

  $ cat > own.lua <<'END'
  > return { inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, targets = { 0, 1, 1, 0 }, epochs = 5, log = false,
  >   metrics = { "mse", f1 = { function(run) return run.accuracy end, better = "high" } }, sweep = { seed = { 1, 2, 3, 4 } } }
  > END
  $ luron sweep own.lua -q -o own.db
  own.db: 4 runs in * s (glob)
  $ luron show own.db --best 3 --metric x
  command line: x: is no metric of own.db; there are loss accuracy epochs mse f1 solved
  [2]
  $ luron report own.db -o own.html -m acuracy
  command line: acuracy: is no metric of own.db; did you mean accuracy? There are loss accuracy epochs mse f1 solved
  [2]
  $ luron plot own.db -x seed -v zz -o own.svg
  command line: zz: is no metric of own.db; there are loss accuracy epochs mse f1 solved
  [2]
  $ luron show own.db --plot -v zz
  command line: zz: is no metric of own.db; there are loss accuracy epochs mse f1 solved
  [2]
  $ luron show own.db --by seed -m f2
  command line: f2: is no metric of own.db; did you mean f1? There are loss accuracy epochs mse f1 solved
  [2]
  $ for m in seed run status; do luron show own.db --best 1 --metric $m; done
  command line: seed: is an axis, and no metric, of own.db; there are loss accuracy epochs mse f1 solved
  command line: run: is no metric of own.db; there are loss accuracy epochs mse f1 solved
  command line: status: is no metric of own.db; there are loss accuracy epochs mse f1 solved
  [2]
  $ for m in x test_loss seed f2; do luron sweep own.lua -o other.db -m $m; done
  command line: --metric: "x" is no metric of this experiment; there are loss accuracy mse epochs f1 solved
  command line: --metric: "test_loss" is not among the metrics of this experiment; there are loss accuracy mse epochs f1 solved
  command line: --metric: "seed" is no metric of this experiment; there are loss accuracy mse epochs f1 solved
  command line: --metric: "f2" is no metric of this experiment; did you mean f1? There are loss accuracy mse epochs f1 solved
  [2]
  $ for f in 'rank = "x"' 'rank = "seed"' 'keep = { best = 2, by = "f3" }' 'prune = require("luron").halving { at = { 2 }, keep = 0.5, by = "f1" }' \
  >   'prune = require("luron").halving { at = { 2 }, keep = 0.5, by = "epochs" }'; do
  >   sed "s/log = false/log = false, $f/" own.lua > wrong.lua; luron sweep wrong.lua -o other.db; done
  wrong.lua:1: rank: "x" is no metric; there are loss accuracy mse epochs f1 solved
  wrong.lua:1: rank: "seed" is no metric; there are loss accuracy mse epochs f1 solved
  wrong.lua:1: keep.by: "f3" is no metric; did you mean f1? There are loss accuracy mse epochs f1
  wrong.lua:1: prune.by: halving can use only built-in metrics, and not "f1"; there are loss accuracy error_max loss_min loss_sum mse cross_entropy test_loss test_accuracy weight_norm trainability penalty_sum validation_loss validation_accuracy best_epoch rmse mae r2 weighted_accuracy test_rmse test_mae test_r2 validation_rmse validation_mae validation_r2 macro_precision macro_recall ...
  wrong.lua:1: prune.by: halving can use only built-in metrics, and not "epochs"; there are loss accuracy error_max loss_min loss_sum mse cross_entropy test_loss test_accuracy weight_norm trainability penalty_sum validation_loss validation_accuracy best_epoch rmse mae r2 weighted_accuracy test_rmse test_mae test_r2 validation_rmse validation_mae validation_r2 macro_precision macro_recall ...
  [1]
  $ ls other.db own.html own.svg 2> /dev/null
  [2]

--keep N keeps by --metric, else as the script's keep says, else by loss; rank only orders tables:

  $ kept() { luron sweep "$@" -q -o kept.db > /dev/null && sqlite3 kept.db "SELECT keep_by, keep_high FROM sweep"; rm -f kept.db; }
  $ kept own.lua --keep 2; kept own.lua --keep 2 -m f1
  loss|0
  f1|1
  $ sed 's/log = false/log = false, rank = "accuracy"/' own.lua > ranked.lua; kept ranked.lua --keep 2; kept ranked.lua --keep 2 -m mse
  loss|0
  mse|0
  $ sed 's/log = false/log = false, rank = "mse", keep = { best = 3, by = "f1" }/' own.lua > both.lua; kept both.lua; kept both.lua --keep 2; kept both.lua --keep 2 -m loss
  f1|1
  f1|1
  loss|0
  $ sed 's/log = false/log = false, rank = "solved"/' own.lua > solved.lua; kept solved.lua --keep 2
  loss|0
  $ luron sweep own.lua --keep 0 -o kept.db
  command line: --keep: "0" is neither all, nor cells, nor a number of rows from 1
  [2]

A metric may read the parameters of its run, and stop.when knows its overrides: in a run, a sweep, replay and verify.

  $ cat >axes.lua <<'END'
  > return require "luron".experiment { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 4, log = false,
  >   params = { scale = 2 }, stop = { when = function(r) return r.overrides.scale == 3 and r.epoch == 1 end },
  >   metrics = { wide = function(run, p) return p.scale * 100 + p.seed * 10 + run.epochs end },
  >   sweep = { scale = { 1, 3 }, seed = { 5, 6 } } }
  > END
  $ luron run axes.lua seed=3 | grep -o 'wide [0-9.]*'
  wide 234.000000
  $ luron run axes.lua scale=3 | grep -o 'wide [0-9.]*'
  wide 312.000000
  $ luron sweep axes.lua -q -o axes.db
  axes.db: 4 runs in * s (glob)
  $ luron export axes.db --csv | cut -d, -f1-3,6-
  run,scale,seed,epochs,wide,status,solved
  1,1,5,4,154,finished,0
  2,3,5,2,352,stopped,0
  3,1,6,4,164,finished,0
  4,3,6,2,362,stopped,0
  $ luron replay axes.db 2 | tail -1
  equal to the row of run 2, bit by bit
  $ luron replay axes.db 3 | tail -1
  equal to the row of run 3, bit by bit
  $ luron verify axes.db
  axes.db: 4 rows computed again, the same bit by bit

A metric draws the same numbers in any shard and replayed, also before it reads `p`; a param that the run's functions do
not read is the script's own:

  $ cat > drawn.lua <<'END'
  > local function decay(h, p) return 1 / (1 + p.k * h.epoch) end
  > return {
  >   inputs = { 1, 0 }, targets = { 1, 0 }, epochs = 5, params = { k = 0.1, n = 0 }, schedule = decay,
  >   metrics = { drawn = function(run, p) return math.random() + p.n end, own = function(run, p) return p.k end },
  >   sweep = { schedule = { decay, "constant" }, k = { 0.5, 1 }, n = { 0, 10 } },
  > }
  > END
  $ luron sweep drawn.lua -q -o drawn.db | cut -d' ' -f1-3
  drawn.db: 6 runs
  $ sqlite3 drawn.db "SELECT schedule, k, own, count(DISTINCT round(drawn - n, 9)) FROM runs GROUP BY 1, 2"
  constant||0.1|1
  decay|0.5|0.5|1
  decay|1.0|1.0|1
  $ for k in 1 2; do luron sweep drawn.lua -q --shard $k/2 -o $k.db > shard.txt; done; luron merge -q both.db 1.db 2.db
  $ luron diff drawn.db both.db
  the same: 6 rows, bit by bit
  $ for run in 1 2 3 4 5 6; do luron replay -q drawn.db $run | tail -1; done | cut -d' ' -f1-2 | uniq -c
        6 equal to
