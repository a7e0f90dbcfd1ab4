Runs that fail are told with their reasons, most frequent first, on stderr. Here a file that is missing, for some of them:

  $ cat > some.lua <<'EOF'
  > return {
  >   name = "some fail", inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 5,
  >   params = { k = 1 }, log = false,
  >   stop = { when = function(r) if r.epoch == 1 then error("tired") end end, every = 2 },
  >   metrics = { size = function(run) local f = assert(io.open("size.txt")); return f:read("n") end },
  >   sweep = { learning_rate = { 0.5, 1 }, epochs = { 1, 5 }, seed = { 1, 2 } },
  > }
  > EOF
  $ luron sweep some.lua -o some.db -q > out; echo $?; cat out | sed 's/ in .*//'
  8 of 8 runs failed; when the cause is gone, --retry computes them again:
    4  some.lua:5: size.txt: No such file or directory (run 1 and others)
    4  some.lua:4: tired (run 2 and others)
  1
  some.db: 8 runs
  $ luron show some.db 2> said > out; echo $?; cat said
  0
  8 of 8 runs failed; when the cause is gone, luron sweep --retry computes them again:
    4  some.lua:5: size.txt: No such file or directory (run 1 and others)
    4  some.lua:4: tired (run 2 and others)
  $ luron report some.db -o some.html; echo $?; grep -o '<b>8 failed</b>' some.html
  8 of 8 runs failed; when the cause is gone, luron sweep --retry computes them again:
    4  some.lua:5: size.txt: No such file or directory (run 1 and others)
    4  some.lua:4: tired (run 2 and others)
  0
  <b>8 failed</b>

The same command leaves them as they are; --retry computes them, and rows that were deleted, again:

  $ echo 7 > size.txt
  $ luron sweep some.lua -o some.db -q; echo $?
  some.db: was complete, nothing was run
  8 of 8 runs failed; when the cause is gone, --retry computes them again:
    4  some.lua:5: size.txt: No such file or directory (run 1 and others)
    4  some.lua:4: tired (run 2 and others)
  1
  $ luron sweep some.lua -o some.db -q --retry 2> said | sed 's/ in .*s/ in T/'; cat said
  some.db: 8 runs in T
  4 of 8 runs failed; when the cause is gone, --retry computes them again:
    4  some.lua:4: tired (run 2 and others)
  $ luron sweep some.lua -o some.db -q > out 2> said; echo $?; luron sweep some.lua -o some.db -q --expect 'failed = 0' > out; echo $?
  0
  4 of 8 runs failed; when the cause is gone, --retry computes them again:
    4  some.lua:4: tired (run 2 and others)
  --expect 'failed = 0' does not hold: failed is 0.5
  3
  $ luron export some.db --csv > before.csv
  $ sqlite3 some.db 'DELETE FROM runs WHERE run IN (3, 4, 7)'
  $ luron sweep some.lua -o some.db -q --retry 2> said | sed 's/ in [0-9.e-]* s/ in T/'; luron export some.db --csv | cmp - before.csv
  some.db: 6 runs in T, after 2 of an earlier time
  $ sqlite3 some.db 'SELECT count(*) FROM messages; SELECT first, last FROM done; SELECT finished IS NOT NULL FROM sweep'
  4
  1|8
  1

More than five reasons are counted together; the table messages holds the text of each run that failed:

  $ cat > many.lua <<'EOF'
  > return {
  >   inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, log = false,
  >   metrics = { m = function(run) local w = run.network.weights[1][1][1]; if w > 0 then error("w is " .. w, 0) end end },
  >   sweep = { seed = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 } },
  > }
  > EOF
  $ luron sweep many.lua -o many.db -q > out; sqlite3 many.db "SELECT count(*), min(text) FROM messages JOIN runs USING (run) WHERE status = 'failed'"
  11 of 20 runs failed; when the cause is gone, --retry computes them again:
    1  w is 1.2445333125869 (run 1)
    1  w is 0.94648605362573 (run 3)
    1  w is 0.76841700522203 (run 5)
    1  w is 1.7107600332072 (run 7)
    1  w is 0.07739332409067 (run 8)
    6  for 6 other reasons, which the table messages of many.db holds
  11|w is 0.066165270142626
  stack traceback:
  	many.lua:3: in function <many.lua:3>

Where a row is a combination, one of its reasons is kept; a merge tells them, too, and says whether all failed:

  $ luron sweep many.lua -o cells.db -q --keep cells learning_rate=0.1,0.2 > out; echo $?
  22 of 40 runs failed; when the cause is gone, --retry computes them again:
    11  w is 1.2445333125869 (combination 1)
    11  w is 1.2628834406227 (combination 2)
  0
  $ rm size.txt; for k in 1 2; do luron sweep some.lua -q --shard $k/2 > out 2> said; echo $?; done
  0
  0
  $ luron merge all.db results/some-*-of-2.db; echo $?
  all.db: 8 rows from 2 files
  8 of 8 runs failed; when the cause is gone, luron sweep --retry computes them again:
    4  some.lua:5: size.txt: No such file or directory (run 1 and others)
    4  some.lua:4: tired (run 2 and others)
  1

With prune the bracket that a failed run is of is computed again as a whole, and comes out as if nothing had failed:

  $ cat > halving.lua <<'EOF'
  > local luron = require "luron"
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 40, log = false,
  >   prune = luron.halving { at = { 5, 10 }, keep = 0.5, by = "loss" }, curve = 3,
  >   metrics = { size = function(run) local f = assert(io.open("size.txt")); return f:read("n") end },
  >   sweep = { learning_rate = luron.geomspace(0.1, 10, 16), seed = { 1, 2 } },
  > }
  > EOF
  $ luron sweep halving.lua -o h.db -q > out 2> said; echo 7 > size.txt; luron sweep halving.lua -o h.db -q --retry > out
  $ luron sweep halving.lua -o fresh.db -q > out; luron diff h.db fresh.db
  the same: 32 rows, bit by bit

A run that fails before its metrics are asked for has none, and none goes into a combination's mean:

  $ cat > means.lua <<'EOF'
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = { 2 }, epochs = 30, log = false,
  >   stop = { when = function(r) if r.loss > 0.75 then error("boom") end end }, metrics = { m = function(run) return 1 end },
  >   sweep = { learning_rate = { 0.1, 0.5 }, seed = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } },
  > }
  > EOF
  $ luron sweep means.lua -o means.db -q > out 2>&1; luron sweep means.lua -o folds.db -q --keep cells > out 2>&1
  $ sqlite3 means.db 'SELECT avg(m), count(m) FROM runs GROUP BY learning_rate'
  1.0|2
  |0
  $ sqlite3 folds.db 'SELECT m, 10 - round(10 * failed_rate) FROM runs'
  1.0|2.0
  |0.0
  $ sqlite3 means.db "ATTACH 'folds.db' AS f; SELECT count(*) FROM (SELECT learning_rate, avg(loss) l, avg(accuracy) a, avg(epochs) n FROM main.runs GROUP BY 1) r JOIN f.runs c USING (learning_rate) WHERE abs(r.l - c.loss) < 1e-12 AND r.a = c.accuracy AND r.n = c.epochs"
  2

Of the best rows alone, nothing is said of shares, and none is expected:

  $ cat > kept.lua <<'EOF'
  > return { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 1 }, epochs = 30, log = false, name = "OR",
  >   stop = { error = 0.3 }, sweep = { learning_rate = { 0.01, 5 }, seed = { 1, 2, 3, 4, 5 } } }
  > EOF
  $ luron sweep kept.lua -o kept.db --keep 3 | head -1
  OR: 3 best of 10 runs kept
  $ luron show kept.db | grep -c %
  0
  [1]
  $ luron sweep kept.lua -o kept.db --keep 3 -q --expect 'solved >= 0.95' > out 2>&1; echo $?; grep -o 'only the best.*' out
  2
  only the best 3 rows by loss are kept, so solved of all runs is not known; keep all
  $ luron sweep kept.lua -o kept.db --keep 3 -q --expect 'max(loss) < 9' > out; echo $?
  0
