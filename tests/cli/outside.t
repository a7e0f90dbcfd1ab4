What a script reads and draws from outside its text.

math.random begins the same way each time, so that data drawn by it are one sweep.

  $ cat >drawn.lua <<'END'
  > local luron = require "luron"
  > local x, t = {}, {}
  > for i = 1, 8 do x[i] = { math.random() } t[i] = { x[i][1] * 2 } end
  > return { inputs = x, targets = t, activation = "linear", epochs = 5, sweep = { seed = luron.range(1, 3) } }
  > END
  $ luron sweep drawn.lua -q >first.txt && luron sweep drawn.lua -q
  results/drawn-*.db: was complete, nothing was run (glob)
  $ ls results | wc -l
  1

A seed by the clock, which counts seconds, is told of, and so are the files that such a script makes: by sweep, show and
report.

  $ sed 's/^local x/math.randomseed()\n&/' drawn.lua >clock.lua
  $ luron sweep clock.lua -q
  clock.lua:2: math.randomseed() takes another seed each time, and data drawn by it make another sweep; write math.randomseed(1)
  results/clock-*.db: 3 runs in * s (glob)
  $ first=$(ls results/clock-*) && sleep 1
  $ luron sweep clock.lua -q 2>&1 | sed "s,$first,FIRST,; s,-[0-9a-f]*[.]db,-HASH.db,; s,in [0-9.e-]* s,T,"
  clock.lua:2: math.randomseed() takes another seed each time, and data drawn by it make another sweep; write math.randomseed(1)
  results/clock-HASH.db: 3 runs T
  note: FIRST was made by the same script, and holds another sweep: data or fields of it come from outside its text, such as os.time(), math.randomseed() without a number, or a file
  $ luron show $first 2>&1 >/dev/null
  note: results/clock-*.db was made by the same script, and holds another sweep: * (glob)
  $ luron report $first -o page.html
  note: results/clock-*.db was made by the same script, and holds another sweep: * (glob)
  $ sleep 1 && luron show clock.lua 2>&1 | sed 1d
  luron: results/clock-*.db: not there yet; luron sweep clock.lua makes it (glob)
  note: results/clock-*.db and 1 more were made by the same script, and each holds another sweep: * (glob)
  $ luron sweep clock.lua -q -o one.db 2>/dev/null >one.txt && sleep 1 && luron sweep clock.lua -q -o one.db 2>&1 | sed 1d
  luron: one.db: holds another sweep, though of the same script: data or fields come from outside its text, such as os.time(); choose another file with -o, or compute all again with --fresh

Nothing is done to a file that was not named: one that waits for its -wal keeps it, for one that is locked nobody waits.

  $ mkdir beside && cp $first beside/a.db && cp one.db beside/b.db
  $ beside() { (cd beside && luron show a.db 2>&1 >/dev/null); }
  $ beside
  note: b.db was made by the same script, and holds another sweep: * (glob)
  $ sqlite3 one.db "PRAGMA journal_mode=wal; UPDATE sweep SET name = 'n'" '.shell cp one.db* beside'
  wal
  $ rm beside/one.db-shm && mv beside/one.db beside/b.db && mv beside/one.db-wal beside/b.db-wal
  $ sha256sum beside/* >beside.txt
  $ beside
  $ sha256sum beside/* | diff beside.txt -
  $ rm -f beside/b.db-wal; sqlite3 beside/b.db 'PRAGMA journal_mode=delete'
  delete
  $ sqlite3 beside/b.db 'BEGIN EXCLUSIVE' '.shell cd beside && timeout 3 luron show a.db >shown.txt && echo done'
  done
  $ beside
  note: b.db was made by the same script, and holds another sweep: * (glob)

Other words, another number of best rows, another of a script's experiments are nothing to tell.

  $ luron sweep drawn.lua -q epochs=4 2>&1 >/dev/null
  $ luron sweep drawn.lua -q --keep 2 2>&1 >/dev/null
  $ luron sweep drawn.lua -q --keep 1 2>&1 >/dev/null
  $ cat >both.lua <<'END'
  > local luron = require "luron"
  > local e = { inputs = { 0, 1 }, targets = { 1, 0 }, epochs = 5, sweep = { seed = { 1, 2 } } }
  > local f = { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 5, sweep = { seed = { 1, 2 } } }
  > luron.experiment(e):sweep { epochs = 6 }
  > luron.experiment(e):sweep { inputs = { 0, 2 } }
  > return { e, f }
  > END
  $ luron sweep both.lua -q >both.txt && luron sweep both.lua -q | grep -c 'was complete'
  2

Files that functions read are noted as they are read: by require, luron's readers and io.

  $ cat >double.lua <<'END'
  > local m = {}
  > function m.of(x) return 2 * x end -- a comment
  > return m
  > END
  $ printf 'x,y\n1,2\n2,4\n3,6.5\n' >d.csv && printf 0.5 >factor.txt
  $ cat >reads.lua <<'END'
  > local luron = require "luron"
  > return {
  >   data = function(p)
  >     local double, d = require "double", luron.csv "d.csv"
  >     local file <close> = io.open("factor.txt")
  >     local factor, x, t = file:read("n"), {}, {}
  >     for i = 1, #d do x[i], t[i] = { factor * double.of(d.inputs[i][1]) }, d.targets[i] end
  >     return { inputs = x, targets = t }
  >   end,
  >   activation = "linear", learning_rate = 0.01, epochs = 5, sweep = { seed = luron.range(1, 3) },
  > }
  > END
  $ luron sweep reads.lua -q -o reads.db >reads.txt
  $ sqlite3 reads.db 'SELECT path, sha256 FROM files ORDER BY path' | tr '|' ' ' >noted.txt
  $ sha256sum d.csv double.lua factor.txt | sed 's/\(.*\)  \(.*\)/\2 \1/' | diff - noted.txt
  $ luron sweep reads.lua -q -o reads.db
  reads.db: was complete, nothing was run

Each that has changed is named, before the sweep goes on or is called complete; a comment is no change.

  $ sed -i 's/a comment/another/' double.lua && luron sweep reads.lua -q -o reads.db
  reads.db: was complete, nothing was run
  $ cp double.lua kept && sed -i 's/2 [*]/3 */' double.lua
  $ luron sweep reads.lua -q -o reads.db seed=1..5
  luron: reads.db: double.lua has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these too
  [1]
  $ luron sweep reads.lua -q -o reads.db --plan
  luron: reads.db: double.lua has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these too
  [1]
  $ luron sweep reads.lua -q -o reads.db --plan --fresh | sed 1q
  3 runs: 1 combination x 3 seeds, 1 structure
  $ luron verify reads.db
  run 1: * (glob)
  double.lua has changed since
  [3]
  $ mv kept double.lua && echo 4,8 >>d.csv && luron sweep reads.lua -q -o reads.db
  luron: reads.db: d.csv has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these too
  [1]
  $ sed -i '$d' d.csv && printf 0.25 >factor.txt && luron sweep reads.lua -q -o reads.db
  luron: reads.db: factor.txt has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these too
  [1]
  $ luron sweep reads.lua -q -o other.db
  other.db: 3 runs in * s (glob)
  note: reads.db was made by the same script, and holds another sweep: * (glob)
  $ luron sweep reads.lua -q -o reads.db --fresh >fresh.txt; luron sweep reads.lua -q -o reads.db
  reads.db: was complete, nothing was run

So are files and modules that a script reads before: with the same name for the file of results.

  $ cat >before.lua <<'END'
  > local luron = require "luron"
  > local double, factor = require "double", dofile "factor.lua"
  > local x = {}
  > for line in io.lines "x.txt" do x[#x + 1] = { tonumber(line) } end
  > return {
  >   inputs = x, targets = function(p) return { { double.of(factor) }, { 1 } } end,
  >   activation = "linear", epochs = 5, sweep = { seed = luron.range(1, 3) },
  > }
  > END
  $ echo 'return 0.5' >factor.lua && printf '1\n2\n' >x.txt
  $ luron sweep before.lua -q -o before.db >before.txt && sqlite3 before.db 'SELECT path FROM files ORDER BY path'
  double.lua
  factor.lua
  x.txt
  $ printf '1\n3\n' >x.txt && luron sweep before.lua -q -o before.db
  luron: before.db: holds another sweep, for x.txt has changed since; choose another file with -o, or compute all again with --fresh
  [1]
  $ printf '1\n2\n' >x.txt && echo 'return 0.25' >factor.lua && luron sweep before.lua -q -o before.db
  luron: before.db: holds another sweep, for factor.lua has changed since; choose another file with -o, or compute all again with --fresh
  [1]
  $ echo 'return 0.5 -- half' >factor.lua && luron sweep before.lua -q -o before.db
  before.db: was complete, nothing was run

Lists beside a function, which makes the other part of the data or of the start, are of what defines a sweep:

  $ cat >beside.lua <<'END'
  > local luron = require "luron"
  > return {
  >   inputs = { 0, 1 }, targets = function(p) return { 1, 0 } end, epochs = 5, seed = 1,
  >   weights = function(p) return { 0.5 } end, biases = 0.25, sweep = { learning_rate = { 0.1, 0.2 } },
  > }
  > END
  $ luron sweep beside.lua -q -o beside.db >beside.txt
  $ sed 's/{ 0, 1 }/{ 0, 2 }/' beside.lua >other.lua && luron sweep other.lua -q -o beside.db
  luron: beside.db: holds another sweep; choose another file with -o
  [1]
  $ sed 's/0.25/0.5/' beside.lua >other.lua && luron sweep other.lua -q -o beside.db
  luron: beside.db: holds another sweep; choose another file with -o
  [1]

What a script writes itself is none of its data; what is in two folders is told by where it is; shards must agree.

  $ cat >writes.lua <<'END'
  > local luron = require "luron"
  > local file = assert(io.open("note.txt", "w"))
  > file:write(os.time(), " ", os.clock()) file:close()
  > assert(io.open("note.txt")):close()
  > return { inputs = { 0, 1 }, targets = { 1, 0 }, epochs = 5, sweep = { seed = { 1, 2 } } }
  > END
  $ luron sweep writes.lua -q -o writes.db >writes.txt && luron sweep writes.lua -q -o writes.db
  writes.db: was complete, nothing was run
  $ cat >appends.lua <<'END'
  > local luron = require "luron"
  > local n = luron.network { inputs = 1, outputs = 1 }
  > local file = io.open("count.txt")
  > local before = file and file:read("a") or "" if file then file:close() end
  > file = assert(io.open("count.txt", "w")) file:write(before, "x") file:close()
  > if #before > 0 then luron.load("net.txt") end
  > n:save("net.txt")
  > return { inputs = { 0, 1 }, targets = { 1, 0 }, epochs = 5, sweep = { seed = { 1, 2 } } }
  > END
  $ for i in 1 2 3; do luron sweep appends.lua -q -o appends.db >appends.txt || echo "exit $?"; done; cat appends.txt count.txt; echo
  appends.db: was complete, nothing was run
  xxx
  $ luron sweep appends.lua -q --fresh -o appends.db >appends.txt && sqlite3 appends.db 'SELECT count(*) FROM files'
  0
  $ mkdir away && cp reads.lua double.lua d.csv factor.txt away && cd away
  $ luron sweep reads.lua -q --shard 1/2 -o 1.db >1.txt && echo 4,8 >>d.csv && luron sweep reads.lua -q --shard 2/2 -o 2.db >2.txt
  note: 1.db was made by the same script, and holds another sweep: d.csv has changed in between
  $ luron merge all.db 1.db 2.db
  luron: 2.db: read another d.csv than another of the files
  [1]
  $ cd .. && luron sweep away/reads.lua -q -o away/1.db
  luron: away/1.db: *.csv has changed since runs were computed of it; * (glob)
  [1]

A file is noted by the name that the script gave it, so that a link which leads to another file is a change:

  $ mkdir -p link/data && cd link && printf '1,2\n2,4\n' >data/v1.csv && printf '1,2\n2,5\n' >data/v2.csv
  $ ln -s data/v1.csv now.csv && ln -s data folder && ln -s ../data/v1.csv data/up.csv && ln -s link ../place
  $ cat >link.lua <<'END'
  > local luron = require "luron"
  > return {
  >   data = function()
  >     luron.csv("folder/../data/up.csv", { header = false }) luron.csv("folder/v2.csv", { header = false })
  >     return luron.csv("now.csv", { header = false })
  >   end,
  >   activation = "linear", learning_rate = 0.01, epochs = 5, sweep = { seed = luron.range(1, 3) },
  > }
  > END
  $ luron sweep link.lua -q -o link.db >link.txt && sqlite3 link.db 'SELECT path FROM files ORDER BY path'
  data/up.csv
  folder/v2.csv
  now.csv
  $ luron sweep ../place/link.lua -q -o link.db && luron sweep ../link/./link.lua -q -o link.db
  link.db: was complete, nothing was run
  link.db: was complete, nothing was run
  $ luron sweep ../place/link.lua -q -o place.db >link.txt && sqlite3 place.db 'SELECT path FROM files ORDER BY path'
  data/up.csv
  folder/v2.csv
  now.csv
  $ ln -sf data/v2.csv now.csv && luron sweep link.lua -q -o link.db
  luron: link.db: now.csv has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these too
  [1]
  $ cp data/v1.csv data/v3.csv && ln -sf data/v3.csv now.csv && luron sweep link.lua -q -o link.db
  link.db: was complete, nothing was run
  $ mkdir data2 && cp data/v1.csv data2/v2.csv && ln -sfn data2 folder && luron sweep link.lua -q -o link.db 2>&1 | cut -d' ' -f3
  folder/v2.csv
  $ ln -sfn data folder

A file of an earlier luron says where the names led:

  $ sqlite3 link.db "DELETE FROM files WHERE path <> 'now.csv'; UPDATE files SET path = 'data/v1.csv'"
  $ luron sweep link.lua -q -o link.db seed=1..4 | sed 's/ in .*//'
  link.db: 1 runs
  $ sqlite3 link.db "DELETE FROM files WHERE path <> 'data/v1.csv'" && echo 4,8 >>data/v1.csv
  $ luron sweep link.lua -q -o link.db
  luron: link.db: data/v1.csv has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these too
  [1]
  $ printf 'return 1 -- a' >v1.lua && ln -s v1.lua code.lua
  $ echo 'dofile "code.lua" return { inputs = { 0, 1 }, targets = { 1, 0 }, epochs = 5, sweep = { seed = { 1, 2 } } }' >code_of.lua
  $ luron sweep code_of.lua -q -o code.db >code.txt && sqlite3 code.db "UPDATE files SET path = 'v1.lua'"
  $ printf 'return 1 -- b' >v1.lua && luron sweep code_of.lua -q -o code.db
  code.db: was complete, nothing was run

A file in memory is a file, and one that is opened to be read and written was read, if the script does not write it:

  $ shm=$(mktemp -d /dev/shm/luron.XXXXXX 2>/dev/null || mktemp -d)
  $ cat >memory.lua <<END
  > for _, mode in ipairs { "r+", "a+" } do
  >   local file = assert(io.open("$shm/" .. mode, mode))
  >   file:seek("set")
  >   file:read("a") file:close()
  > end
  > io.open("/dev/null"):close() io.open("/dev/null", "r+"):close() io.open("/proc/self/stat"):close()
  > local log = assert(io.open("log.txt", "a+")) log:write("x") log:close()
  > io.open("log.txt"):close()
  > return { inputs = { 0, 1 }, targets = { 1, 0 }, epochs = 5, sweep = { seed = { 1, 2 } } }
  > END
  $ echo 1 >$shm/r+ && echo 1 >$shm/a+ && echo >log.txt && luron sweep memory.lua -q -o memory.db >memory.txt
  $ sqlite3 memory.db 'SELECT path FROM files ORDER BY path' | sed "s,$shm,SHM,"
  SHM/a+
  SHM/r+
  $ luron sweep memory.lua -q -o memory.db
  memory.db: was complete, nothing was run
  $ for mode in r+ a+; do
  >   echo 2 >$shm/$mode; luron sweep memory.lua -q -o memory.db 2>&1 | sed "s,$shm,SHM,; s/ since.*//"; echo 1 >$shm/$mode
  > done
  luron: memory.db: SHM/r+ has changed
  luron: memory.db: SHM/a+ has changed
  $ rm -r $shm
  $ cd ..

A note of Lua code is its file's, whatever a finalizer reads or writes while that is compiled.

  $ mkdir finalizer && cd finalizer && for i in $(seq 50); do echo $i >note$i.txt; done
  $ { echo 'local t = {}'; for i in $(seq 3000); do echo "t[$i] = { 's$i', function() return $i end }"; done; } >large.lua
  $ cat >reads.lua <<'END'
  > collectgarbage("incremental", 0, 1000, 1)
  > local n = 0
  > local function again()
  >   setmetatable({}, { __gc = function()
  >     n = n + 1
  >     if n <= 50 then io.open("note" .. n .. ".txt"):close() again() end
  >   end })
  > end
  > again() dofile("large.lua") collectgarbage("stop")
  > return { inputs = { 0, 1 }, targets = { 1, 0 }, epochs = 2, sweep = { seed = { 1, 2 } } }
  > END
  $ luron sweep reads.lua -q -o reads.db >reads.txt && sqlite3 reads.db 'SELECT path FROM files WHERE code IS NOT NULL'
  large.lua
  $ sqlite3 reads.db 'SELECT count(*) > 1 FROM files'
  1
  $ cat >writes.lua <<'END'
  > local n = 0
  > local function again()
  >   setmetatable({}, { __gc = function()
  >     n = n + 1
  >     if n <= 50 then io.open("large.lua", "a"):close() again() end
  >   end })
  > end
  > collectgarbage("incremental", 0, 1000, 1) again()
  > print(type(loadfile("large.lua")), n > 0)
  > END
  $ luron run writes.lua
  function	true
  $ cd ..

What is computed from the results file alone blames no file, wherever it is computed.

  $ cat >data.lua <<'END'
  > local luron = require "luron"
  > return { data = luron.csv("d2.csv"), epochs = 5, sweep = { seed = { 1, 2 } } }
  > END
  $ printf 'a,y\n1,0\n2,1\n' >d2.csv && luron sweep data.lua -q -o data.db >data.txt
  $ sqlite3 data.db 'UPDATE runs SET loss = 2 WHERE run = 2' && mkdir -p apart && cd apart
  $ luron verify ../data.db >verify.txt 2>&1; echo "exit $?"; grep -c 'has changed' verify.txt || true
  exit 3
  0
  $ cd ..

What functions hold is compared, a run and a generator of luron.random too; what cannot be compared is said, and then the
sweep never counts as done:

  $ cat > holds.lua <<'END'
  > local luron = require "luron"
  > local xor = { inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = { 0, 1, 1, 0 }, epochs = 5 }
  > local function deep(n) return n == 0 and { VALUE } or { deep(n - 1) } end
  > local kinds = {
  >   run = function() return luron.experiment(xor):run { epochs = VALUE } end,
  >   random = function() return luron.random(VALUE) end,
  >   coroutine = function() return coroutine.create(function() coroutine.yield(VALUE) end) end,
  >   wrap = function() return coroutine.wrap(function() coroutine.yield(VALUE) end) end,
  >   match = function() return ("x"):gmatch(VALUE == 1 and "x" or "y") end,
  >   file = function() return io.stdout end,
  >   experiment = function() return luron.experiment(xor) end,
  >   deep = function() return deep(30) end,
  >   shallow = function() return deep(15) end,
  >   plain = function() return { print, require, pairs, math.sin, luron.data, luron.geomspace(1, 2, VALUE + 1), luron } end,
  > }
  > local held = kinds[KIND]()
  > xor.metrics = { kind = function() return held and 1 end }
  > xor.sweep = { seed = { 1, 2 } }
  > return xor
  > END
  $ try() { # twice with VALUE = 1, once with VALUE = 2
  >   for v in 1 1 2; do
  >     { echo "VALUE, KIND = $v, '$1'"; cat holds.lua; } > h.lua; luron sweep h.lua -q -o $1.db $2 2>&1
  >   done | sed 's/ in [0-9.]* m*s$//; s/, and luron cannot.*//'
  > }
  $ for kind in run random shallow plain; do try $kind; done
  run.db: 2 runs
  run.db: was complete, nothing was run
  luron: run.db: holds another sweep; choose another file with -o
  random.db: 2 runs
  random.db: was complete, nothing was run
  luron: random.db: holds another sweep; choose another file with -o
  shallow.db: 2 runs
  shallow.db: was complete, nothing was run
  luron: shallow.db: holds another sweep; choose another file with -o
  plain.db: 2 runs
  plain.db: was complete, nothing was run
  luron: plain.db: holds another sweep; choose another file with -o
  $ { echo 'print = nil setmetatable(_G, { __index = function(_, name) error(name) end })'; \
  > sed 's/KIND/"wrap"/; s/VALUE/1/g' holds.lua; } > strict.lua
  $ luron sweep strict.lua -q -o strict.db 2>&1 | cut -d, -f1
  functions hold a function such as coroutine.wrap and string.gmatch give
  strict.db: 2 runs in * (glob)
  $ for kind in coroutine wrap match file experiment deep; do try $kind; done
  functions hold a coroutine
  coroutine.db: 2 runs
  luron: coroutine.db: its rows may be of another sweep: functions hold a coroutine
  luron: coroutine.db: its rows may be of another sweep: functions hold a coroutine
  functions hold a function such as coroutine.wrap and string.gmatch give
  wrap.db: 2 runs
  luron: wrap.db: its rows may be of another sweep: functions hold a function such as coroutine.wrap and string.gmatch give
  luron: wrap.db: its rows may be of another sweep: functions hold a function such as coroutine.wrap and string.gmatch give
  functions hold a function such as coroutine.wrap and string.gmatch give
  match.db: 2 runs
  luron: match.db: its rows may be of another sweep: functions hold a function such as coroutine.wrap and string.gmatch give
  luron: match.db: its rows may be of another sweep: functions hold a function such as coroutine.wrap and string.gmatch give
  functions hold a FILE*
  file.db: 2 runs
  luron: file.db: its rows may be of another sweep: functions hold a FILE*
  luron: file.db: its rows may be of another sweep: functions hold a FILE*
  functions hold a luron.experiment
  experiment.db: 2 runs
  luron: experiment.db: its rows may be of another sweep: functions hold a luron.experiment
  luron: experiment.db: its rows may be of another sweep: functions hold a luron.experiment
  functions hold a value within 24 tables or functions
  deep.db: 2 runs
  luron: deep.db: its rows may be of another sweep: functions hold a value within 24 tables or functions
  luron: deep.db: its rows may be of another sweep: functions hold a value within 24 tables or functions

The results file keeps that, and list, show and report say it, until --assume-same says that nothing has changed:

  $ mkdir held && luron sweep h.lua -q -o held/a.db 2>/dev/null >/dev/null; luron sweep before.lua -q -o held/b.db >/dev/null 2>&1
  $ luron list held | awk '{ print $1, $3, $4 }'; luron list held --json | grep -o '"state":"[a-z]*"'
  file state runs
  held/a.db unsure 2/2
  held/b.db complete 3/3
  "state":"unsure"
  "state":"complete"
  $ luron show held/a.db 2>&1 >/dev/null; luron report held/a.db -o held.html; grep -o 'Never[^/]*' held.html
  note: held/a.db: its functions hold a value within 24 tables or functions, and luron cannot see whether that changed: this sweep never counts as done
  note: held/a.db: its functions hold a value within 24 tables or functions, and luron cannot see whether that changed: this sweep never counts as done
  Never counts as done, for its functions hold<
  $ cp h.lua held.lua; luron verify held/a.db && luron sweep held.lua -q -o held/a.db --assume-same
  held/a.db: 2 rows computed again, the same bit by bit
  held/a.db: was complete, nothing was run
  $ luron list held | awk '{ print $1, $3, $4 }'; luron show held/a.db 2>&1 >/dev/null
  file state runs
  held/a.db complete 2/2
  held/b.db complete 3/3
  $ luron sweep h.lua -q -o deep.db --plan --json 2>&1 | cut -d, -f1; luron sweep h.lua -q -o deep.db --plan --assume-same | sed -n 2p
  luron: deep.db: its rows may be of another sweep: functions hold a value within 24 tables or functions
  0 to compute
  $ try coroutine --assume-same; luron sweep h.lua -o new.db --reuse coroutine.db
  coroutine.db: was complete, nothing was run
  coroutine.db: was complete, nothing was run
  coroutine.db: was complete, nothing was run
  functions hold a coroutine, and luron cannot see whether that changes: this sweep never counts as done, unless --assume-same is given
  luron: coroutine.db: nothing can be taken over from it: functions hold a coroutine, which may be another; --assume-same says that it is the same
  [1]
