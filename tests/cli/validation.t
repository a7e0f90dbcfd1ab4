A validation set: in the log, the records, the summary, and in the files of sweeps with both curves.

  $ cat > noise.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   name = "noise learned by heart", data = luron.data.circles { n = 60, noise = 0.4, seed = 5 }, validation = 0.3,
  >   hidden = { 8 }, optimizer = "adam", learning_rate = 0.03, batch = "all", epochs = 400, restore = "best",
  >   stop = { monitor = "validation_loss", patience = 25 }, metrics = { "validation_loss", "best_epoch" },
  >   log = { 0, 20, 40 }, sweep = { seed = luron.range(1, 4) },
  > }
  > END
  $ luron run noise.lua
  noise learned by heart
  epoch         loss        error     accuracy  validation_loss  validation_accuracy
      0     1.170693    16.396540     0.500000         1.169119             0.500000
     20     0.711727    -5.083010     0.500000         0.732069             0.500000
     40     0.679028     1.931902     0.452381         0.701224             0.500000
  
  loss 0.591022, accuracy 0.690476, validation_loss 0.653422, best_epoch 250.000000, 276 epochs, stalled, * (glob)
  watched validation_loss; best after epoch 250, which is restored
  luron sweep noise.lua would make 4 runs
  $ luron run noise.lua -q stop.monitor=loss; luron run noise.lua -q restore=last stop.patience=5
  loss 0.550001, accuracy 0.714286, validation_loss 0.703006, best_epoch 399.000000, 400 epochs, finished, * (glob)
  watched loss; best after epoch 399, which is restored
  loss 0.711470, accuracy 0.500000, validation_loss 0.732604, best_epoch 13.000000, 19 epochs, stalled, * (glob)
  watched validation_loss; best after epoch 13
  $ luron run noise.lua --json | head -1; luron run noise.lua --json -q | grep -o '"monitor.*'
  {"v":1,"type":"log","epoch":0,"loss":1.1706934076110245,"error":16.39653994796762,"accuracy":0.5,"validation_loss":1.1691191840733637,"validation_accuracy":0.5,"output":[0.05849014839165403]}
  "monitor":"validation_loss","best":250,"restored":true}
  $ sed 's/ monitor = "validation_loss",//' noise.lua > plain.lua; luron run plain.lua -q
  loss 0.550001, accuracy 0.714286, validation_loss 0.703006, best_epoch 399.000000, 400 epochs, finished, * (glob)
  watched the training loss, for no stop.monitor is given; best after epoch 399, which is restored
  $ luron sweep noise.lua -q -o n.db curve=5; sqlite3 n.db 'SELECT run, status, epochs, best_epoch FROM runs'
  n.db: 4 runs in * s (glob)
  1|stalled|276|250.0
  2|stalled|37|11.0
  3|stalled|28|2.0
  4|stalled|35|9.0
  $ sqlite3 n.db 'SELECT sql FROM sqlite_schema WHERE name = "curves"'; sqlite3 n.db 'SELECT epoch, loss > 0, validation_loss > 0 FROM curves WHERE run = 1'
  CREATE TABLE curves(run INTEGER, epoch INTEGER, loss REAL, validation_loss REAL, PRIMARY KEY(run, epoch)) STRICT, WITHOUT ROWID
  0|1|1
  99|1|1
  199|1|1
  $ luron verify n.db; luron replay n.db 2 -q | tail -1; luron replay n.db 2 | sed -n '/^curve/,/^$/p'
  n.db: 4 rows computed again, the same bit by bit
  equal to the row of run 2, bit by bit
  curve
         0  0.795433  0.726003
  
  $ luron sweep noise.lua -q -o 1.db --shard 1/2 curve=5; luron sweep noise.lua -q -o 2.db --shard 2/2 curve=5
  1.db: 2 runs in * s (glob)
  2.db: 2 runs in * s (glob)
  $ luron merge m.db 1.db 2.db > /dev/null; luron diff n.db m.db; sqlite3 m.db 'SELECT count(*), count(validation_loss) FROM curves'
  the same: 4 rows, bit by bit
  6|6
  $ luron sweep noise.lua -q -o h.db seed=1..16 --fresh > out; luron sweep noise.lua -q -o n.db curve=5 seed=1..6; sqlite3 n.db 'SELECT count(*) FROM runs'
  n.db: 2 runs in * s, after 4 of an earlier time (glob)
  6

A monitor on axes, and what stop.pq cannot measure:

  $ luron sweep noise.lua -q -o a.db stop.monitor=loss,validation_loss restore=last,best seed=1; sqlite3 a.db 'SELECT stop_monitor, restore, epochs FROM runs'
  a.db: 4 runs in * s (glob)
  loss|last|400
  loss|best|400
  validation_loss|last|276
  validation_loss|best|276
  $ luron show a.db | sed -n 2p; luron show n.db | sed -n 2p; luron sweep plain.lua -q -o p.db >/dev/null; luron show p.db | sed -n 2p
  each run watched what its stop_monitor says; its restore says whether the best epoch is restored
  each run watched validation_loss; its best epoch is restored
  each run watched the training loss; its best epoch is restored
  $ luron sweep noise.lua -q stop.pq=1 stop.every=1,5; luron sweep noise.lua -q stop.pq=1
  command line: stop_pq: measures the progress of stop.every epochs, but stop.every is 1; write every = 5
  command line: stop_pq: measures the progress of stop.every epochs, but stop.every is 1; write every = 5
  [2]
  $ luron sweep noise.lua -q stop.gl=5 stop.monitor=loss,accuracy
  command line: stop.gl: with stop_monitor=accuracy: is of losses, but stop.monitor is accuracy; write "loss"
  [2]
  $ luron sweep noise.lua -q validation=0.2
  command line: validation: is written in the script, not on the command line; here it can be taken away, by false
  [2]

With folds it is a fraction of what each fold leaves, the rows of which are the file's:

  $ cat > folds.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   data = luron.data.circles { n = 40, noise = 0.3, seed = 5 }, validation = 0.25, folds = 4, hidden = { 4 }, normalize = "zscore",
  >   epochs = 40, batch = 5, restore = "best", stop = { monitor = "validation_loss", patience = 9 }, log = false,
  >   metrics = { "validation_loss", "best_epoch", "test_loss" }, sweep = { seed = luron.range(1, 2) },
  > }
  > END
  $ luron sweep folds.lua -q -o f.db; luron verify f.db; sqlite3 f.db 'SELECT count(*), count(DISTINCT validation_loss) FROM runs'
  f.db: 8 runs in * s (glob)
  f.db: 8 rows computed again, the same bit by bit
  8|8
  $ luron replay f.db 3 -q | tail -1; sqlite3 f.db "SELECT experiment LIKE '%validation_share=0.25%' FROM sweep"
  equal to the row of run 3, bit by bit
  1
  $ sed 's/validation = 0.25/validation = luron.data.circles { n = 8 }/' folds.lua > set.lua; luron run set.lua -q
  set.lua:3: validation: beside folds it is a fraction of what each cross-validation fold leaves; write 0.2
  [1]
