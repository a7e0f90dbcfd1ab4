What a results file is for other programs: a table of one type a column, in one file.

  $ cat > s.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   inputs = { {0, 0}, {0, 1}, {1, 0}, {1, 1} }, targets = { 0, 1, 1, 0 },
  >   epochs = 20, stop = { accuracy = 1 },
  >   sweep = { hidden = { 2, 4, 10, { 4, 4 } }, bias = { true, false }, learning_rate = { 0.5, 5 },
  >             batch = { 1, "all" } },
  > }
  > END
  $ luron sweep s.lua -q -o s.db > log
  $ sqlite3 s.db "SELECT name, type FROM pragma_table_info('runs')"
  run|INTEGER
  hidden|TEXT
  bias|INTEGER
  learning_rate|REAL
  batch|INTEGER
  loss|REAL
  accuracy|REAL
  epochs|INTEGER
  status|TEXT
  solved|INTEGER
  $ sqlite3 s.db 'SELECT hidden, typeof(hidden), bias, batch, solved = (status = "solved") FROM runs WHERE learning_rate = 5 and bias and batch = 4'
  2|text|1|4|1
  4|text|1|4|1
  10|text|1|4|1
  4x4|text|1|4|1

It is one file, no longer in WAL mode, and read from a folder that may only be read.

  $ ls; sqlite3 s.db 'PRAGMA journal_mode; PRAGMA user_version'
  log
  s.db
  s.lua
  delete
  2

To luron the numbers of such a column are numbers; as texts they are found, too.

  $ for where in 'hidden = 4' "hidden = '4'" 'hidden = 4.0' 'hidden < 10' 'hidden >= 4' 'hidden in (2, 10)' "hidden in (2, '4x4')" 'hidden between 3 and 11' "hidden = '4x4'" 'hidden != 4' "runs.hidden = 4 or hidden is null"; do
  >   echo "$where: $(luron export s.db "$where" --csv | tail -n +2 | cut -d, -f2 | uniq | tr '\n' ' ')"
  > done
  hidden = 4: 4 
  hidden = '4': 4 
  hidden = 4.0: 4 
  hidden < 10: 2 4 
  hidden >= 4: 4 10 4x4 
  hidden in (2, 10): 2 10 
  hidden in (2, '4x4'): 2 4x4 
  hidden between 3 and 11: 4 10 
  hidden = '4x4': 4x4 
  hidden != 4: 2 10 4x4 
  runs.hidden = 4 or hidden is null: 4 
  $ luron export s.db 'bias and batch = 4 and learning_rate = 5' --jsonl | cut -d, -f1-3
  {"run":4,"hidden":2,"bias":1
  {"run":12,"hidden":4,"bias":1
  {"run":20,"hidden":10,"bias":1
  {"run":28,"hidden":"4x4","bias":1
  $ luron show s.db 'hiden = 4'
  command line: hiden: no such column; did you mean hidden?
  [2]
  $ luron show s.db 'hidden = 4; DROP TABLE runs'
  command line: hidden = 4; DROP TABLE runs: is no SQL expression: syntax error near ";"
  [2]
  $ luron show s.db '1) UNION SELECT * FROM (sweep'
  command line: 1) UNION SELECT * FROM (sweep: only the table runs may be read (access to sweep.hash is prohibited)
  [2]
  $ cat > read.lua <<'END'
  > local luron = require "luron"
  > local r <close> = luron.results("s.db")
  > for row in r:rows { where = "hidden = 4 and bias = 1 and batch = 4", order = "learning_rate" } do
  >   print(row.hidden, math.type(row.hidden), row.learning_rate)
  > end
  > for _, group in ipairs(r:by("hidden", "loss")) do
  >   print(type(group.value) == "table" and table.concat(group.value, "x") or group.value, math.type(group.value), group.n)
  > end
  > END
  $ luron run read.lua
  4	integer	0.5
  4	integer	5.0
  2	integer	8
  4	integer	8
  10	integer	8
  4x4	nil	8

So it is with rates by layers, whose numbers stay numbers with a point.

  $ luron sweep s.lua hidden=2 learning_rate=0.1,1,0.5x2 bias=true batch=1 -q -o rates.db > log
  $ sqlite3 rates.db "SELECT type FROM pragma_table_info('runs') WHERE name = 'learning_rate'; SELECT learning_rate FROM runs"
  TEXT
  0.1
  1
  0.5x2
  $ luron verify rates.db
  rates.db: 3 rows computed again, the same bit by bit
  $ luron export rates.db --csv 'learning_rate = 0.1' | cut -d, -f1,2
  run,learning_rate
  1,0.1
  $ cat > rates.lua <<'END'
  > local r <close> = require("luron").results("rates.db")
  > print(r[1].learning_rate, r[2].learning_rate, table.concat(r[3].learning_rate, " "))
  > END
  $ luron run rates.lua
  0.1	1.0	0.5 2

Results that a script goes on to read keep what they saw, while more seeds are added; when the last are closed, the file
has left WAL mode.

  $ cat > more.lua <<'END'
  > local luron = require "luron"
  > local e = luron.experiment {
  >   inputs = { {0, 0}, {0, 1}, {1, 0}, {1, 1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 20,
  > }
  > local few = e:sweep { sweep = { seed = luron.range(1, 3) } }
  > local more = e:sweep { sweep = { seed = luron.range(1, 8) } }
  > print(#few, #more, few.path == more.path, few[3].loss == more[3].loss)
  > os.execute("sqlite3 " .. few.path .. " 'PRAGMA journal_mode'")
  > END
  $ luron run more.lua
  3	8	true	true
  wal
  $ ls results | sed 's/-[0-9a-f]*//'; sqlite3 results/*.db 'PRAGMA journal_mode'
  more.db
  delete

A file that may not grow, and a name so long that its middle is left out, but not the reason.

  $ (ulimit -f 16; luron sweep s.lua -q -o limited.db)
  luron: limited.db: it cannot grow: no file may be larger than 8 KiB here (ulimit -f)
  [1]
  $ name=$(printf 'folder%.0s' 1 2 3 4 5 6 7 8 9 10)
  $ touch s; luron sweep s.lua -q -o "s/$name/$name/$name/$name/$name/$name/$name/results.db" 2>&1 | tail -c 60
  folderfolderfolderfolderfolderfolderfolder: Not a directory
  $ luron show "$name/$name/$name/$name/$name/$name/$name/results.db" 2>&1 | tail -c 40
  erfolderfolder/results.db: no such file

A file of the first version: shown, exported, reported; nothing is added to it.

  $ cat > old.lua <<'END'
  > return {
  >   inputs = { {0, 0}, {0, 1}, {1, 0}, {1, 1} }, targets = { 0, 1, 1, 0 }, epochs = 200, stop = { error = 0.4 },
  >   sweep = { hidden = { 2, { 4, 4 } }, bias = { true, false }, seed = { 1, 2 } },
  > }
  > END
  $ cat > old.sql <<'END'
  > PRAGMA application_id = 1819636334; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;
  > CREATE TABLE sweep(hash TEXT NOT NULL, name TEXT, script_path TEXT, script TEXT, experiment TEXT, axes TEXT,
  >   overrides TEXT, versions TEXT, host TEXT, git_commit TEXT, shard TEXT, data BLOB, n_runs INTEGER NOT NULL,
  >   keep_best INTEGER NOT NULL, keep_by TEXT, keep_high INTEGER NOT NULL, started TEXT NOT NULL,
  >   updated TEXT NOT NULL, finished TEXT) STRICT;
  > INSERT INTO sweep VALUES('d412', 'XOR', 'old.lua', NULL, 'hidden=axis', 'hidden=2,4x4', '', 'luron 0.1.0', 'host',
  >   NULL, NULL, NULL, 8, 0, '', 0, '2026-11-29T07:17:16Z', '2026-11-29T07:17:16Z', '2026-11-29T07:17:16Z');
  > CREATE TABLE columns(position INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, type TEXT NOT NULL) STRICT;
  > INSERT INTO columns VALUES(1, 'hidden', 'axis', 'ANY'), (2, 'bias', 'axis', 'INTEGER'), (3, 'seed', 'axis', 'INTEGER'),
  >   (4, 'loss', 'metric', 'REAL'), (5, 'accuracy', 'metric', 'REAL'), (6, 'epochs', 'metric', 'INTEGER');
  > CREATE TABLE done(first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
  > INSERT INTO done VALUES(1, 8);
  > CREATE TABLE messages(run INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
  > CREATE TABLE runs(run INTEGER PRIMARY KEY, "hidden" ANY, "bias" INTEGER, "seed" INTEGER, "loss" REAL,
  >   "accuracy" REAL, "epochs" INTEGER, status TEXT NOT NULL, solved INTEGER AS (status = 'solved') VIRTUAL) STRICT;
  > INSERT INTO runs VALUES(1, 2, 1, 1, 0.69247094734043690422, 0.5, 200, 'finished');
  > INSERT INTO runs VALUES(2, 2, 0, 1, 0.6929479486880439909, 0.75, 200, 'finished');
  > INSERT INTO runs VALUES(3, '4x4', 1, 1, 0.69166921357472588294, 0.5, 200, 'finished');
  > INSERT INTO runs VALUES(4, '4x4', 0, 1, 0.69147324616681016262, 0.5, 200, 'finished');
  > INSERT INTO runs VALUES(5, 2, 1, 2, 0.56766198028302550238, 0.75, 200, 'finished');
  > INSERT INTO runs VALUES(6, 2, 0, 2, 0.59228359826278098587, 0.75, 200, 'finished');
  > INSERT INTO runs VALUES(7, '4x4', 1, 2, 0.63632165251263872463, 0.75, 200, 'finished');
  > INSERT INTO runs VALUES(8, '4x4', 0, 2, 0.68875333576384012435, 0.75, 200, 'finished');
  > END
  $ sqlite3 old.db < old.sql
  wal
  $ luron show old.db
  XOR: 8 runs
  
  The combinations, the best first:
  hidden  bias  runs  loss median         quartiles
       2     1     2     0.630066  0.5989 .. 0.6613
       2     0     2     0.642616  0.6174 .. 0.6678
  4x4        1     2     0.663995  0.6502 .. 0.6778
  4x4        0     2     0.690113  0.6894 .. 0.6908
  
  Effect of each axis, over all others:
  axis    values  best at      loss  worst at      loss
  hidden       2        2  0.636341  4x4       0.677054
  bias         2        1  0.647031         0  0.666365
  $ luron export old.db --csv 'hidden = 2 and not solved'
  run,hidden,bias,seed,loss,accuracy,epochs,status,solved
  1,2,1,1,0.6924709473404369,0.5,200,finished,0
  2,2,0,1,0.692947948688044,0.75,200,finished,0
  5,2,1,2,0.5676619802830255,0.75,200,finished,0
  6,2,0,2,0.592283598262781,0.75,200,finished,0
  $ luron report old.db -o old.html; ls old.html
  old.html
  $ luron plot old.db -x hidden -y bias -v loss -o old.png; ls old.png
  old.png
  $ luron sweep old.lua -o old.db
  luron: old.db: made by an older luron (format 1, this one writes 2): it can be shown, exported and reported, and nothing is added to it; choose another file with -o, or --fresh
  [1]
  $ luron sweep old.lua -o new.db -q > log; luron merge old.db new.db
  luron: old.db: made by an older luron (format 1, this one writes 2): it can be shown, exported and reported, and nothing is added to it; choose another file with -o, or --fresh
  [1]
  $ sqlite3 old.db 'PRAGMA user_version; SELECT count(*) FROM runs'
  1
  8

A row that memory ended for comes when it is asked for again:

  $ echo 'return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, sweep = { seed = luron.range(1, 20000) } }' |
  >   sed '1i local luron = require "luron"' > many.lua
  $ luron sweep many.lua -q -o many.db > many.txt
  $ cat > fill.lua <<'END'
  > local kept, next_row, said
  > local results = require "luron".results "many.db"
  > pcall(function() while true do kept = { ("x"):rep(1 << 20, #tostring(kept)), kept } end end)
  > for i = 1, 200 do
  >   next_row = results:rows()
  >   local good, why = pcall(function() for row in next_row do kept = { row, kept } end end)
  >   if not good then said = why break end
  > end
  > kept = nil
  > collectgarbage()
  > print(said, next_row().run > 0)
  > END
  $ [ -n "$LURON_SANITIZE" ] && echo "not enough memory	true" || (ulimit -v 300000; luron run fill.lua)
  not enough memory	true

No table of luron's is read that holds an expression, whichever it is; and none takes the place of what luron writes by:

  $ cat > every.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3, curve = 2, sweep = { seed = { 1, 2 } },
  >   activation = function(z) return z / (1 + math.abs(z)) end,
  >   metrics = { m = function() return #luron.csv("every.csv") end } }
  > END
  $ printf 'a,b\n1,2\n' > every.csv; luron sweep every.lua -q -o fewer.db seed=1..1 > every.txt
  $ luron sweep every.lua -q -o every.db --reuse fewer.db > every.txt 2>&1
  $ for table in $(sqlite3 every.db "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"); do
  >   cp every.db odd.db; sqlite3 odd.db "ALTER TABLE $table ADD COLUMN odd INTEGER AS (1)"; luron show odd.db
  > done
  luron: odd.db: its table "columns" is not as luron makes it, and is not read
  luron: odd.db: its table "curves" is not as luron makes it, and is not read
  luron: odd.db: its table "data" is not as luron makes it, and is not read
  luron: odd.db: its table "done" is not as luron makes it, and is not read
  luron: odd.db: its table "files" is not as luron makes it, and is not read
  luron: odd.db: its table "functions" is not as luron makes it, and is not read
  luron: odd.db: its table "messages" is not as luron makes it, and is not read
  luron: odd.db: its table "runs" is not as luron makes it, and is not read
  luron: odd.db: its table "sweep" is not as luron makes it, and is not read
  luron: odd.db: its table "taken_over" is not as luron makes it, and is not read
  [1]
  $ cp every.db odd.db; sqlite3 odd.db 'CREATE TABLE batch(run)'; luron show odd.db
  luron: odd.db: its table "batch" is not as luron makes it, and is not read
  [1]
  $ sqlite3 every.db 'CREATE TABLE other(a, b AS (a))'; luron show every.db | head -n 1
  every.db: 2 runs
