What the results files of a folder hold:

  $ cat > grid.lua <<'END'
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 2, sweep = { learning_rate = { 0.1, 1 }, seed = { 1, 2, 3 } } }
  > END
  $ luron list
  luron: results: no such folder
  [1]
  $ luron sweep -q grid.lua -o results/a.db > /dev/null
  $ luron sweep -q grid.lua seed=1..8 --shard 2/4 -o results/b.db > /dev/null
  $ luron sweep -q grid.lua seed=1..8 --shard 3/4 -o results/b.db
  luron: results/b.db: holds shard 2-of-4 of this sweep; give each shard a file of its own with -o, and join them by luron merge
  [1]
  $ luron sweep -q grid.lua seed=1..8 -o results/b.db
  luron: results/b.db: holds shard 2-of-4 of this sweep; give the whole sweep a file of its own with -o, and join them by luron merge
  [1]
  $ cp grid.lua slow.lua && luron sweep -q slow.lua epochs=10000000 seed=1..5000 --budget 0.2s -o results/c.db > /dev/null
  $ luron list | sed 's/[0-9]* \(s\|min\)  /  AGE  /; s/  [0-9]* kB/  SIZE/; s/ *$//; s/[0-9]*\/10000/N\/10000/'
  file          script    state                      runs   size  age  axes
  results/a.db  grid.lua  complete                    6/6  SIZE    AGE  learning_rate=0.1,1 seed=1,2,3
  results/b.db  grid.lua  complete     4/16, shard 2-of-4  SIZE    AGE  learning_rate=0.1,1 seed=1..8
  results/c.db  slow.lua  interrupted             N/10000  SIZE    AGE  learning_rate=0.1,1 seed=1..5000
  $ luron list results --json | sed 's/"hash":"[0-9a-f]*"/HASH/; s/"bytes":.*/.../; s/"done":[0-9]*,"numbers":10000/N/'
  {"v":1,"type":"list","file":"results/a.db","script":"grid.lua",HASH,"axes":["learning_rate=0.1,1","seed=1,2,3"],"state":"complete","done":6,"numbers":6,...
  {"v":1,"type":"list","file":"results/b.db","script":"grid.lua",HASH,"shard":"2-of-4","axes":["learning_rate=0.1,1","seed=1..8"],"state":"complete","done":4,"numbers":16,...
  {"v":1,"type":"list","file":"results/c.db","script":"slow.lua",HASH,"axes":["learning_rate=0.1,1","seed=1..5000"],"state":"interrupted",N,...

A file that is being written:

  $ luron sweep -q slow.lua epochs=100000000 seed=1..5000 -o running/d.db > /dev/null 2>&1 & sweep=$!
  $ for i in $(seq 100); do test -s running/d.db && break; sleep 0.1; done
  $ luron list running | grep -o 'd.db  slow.lua  [a-z]*'
  d.db  slow.lua  running
  $ kill $sweep && wait $sweep
  [143]
  $ luron list running | grep -o 'd.db  slow.lua  [a-z]*'
  d.db  slow.lua  interrupted

The age is that of what was there before it is read, whether its WAL is waiting, or made by reading:

  $ luron sweep -q slow.lua epochs=100000000 seed=1..5000 -o killed/e.db > /dev/null 2>&1 & sweep=$!
  $ for i in $(seq 100); do test -s killed/e.db-wal && break; sleep 0.1; done
  $ kill -KILL $sweep; wait $sweep 2> /dev/null
  [137]
  $ touch -d '3 hours ago' killed/*; luron list killed | grep -o '3 h'
  3 h
  $ touch -d '3 hours ago' killed/*; luron list killed --json | grep -o '"age":108..'
  "age":108?? (glob)

Others are named, and not more:

  $ mkdir other && cp results/a.db other/good.db && head -c 3000 results/b.db > other/damaged.db && echo text > other/text.db
  $ sqlite3 other/foreign.db 'CREATE TABLE t(x)' 2> /dev/null || cp other/text.db other/foreign.db
  $ luron list other | cut -c1-36
  luron: other/damaged.db: the file is damaged
  luron: other/foreign.db: not a results file of luron
  luron: other/text.db: not a results file of luron
  file           script    state     r
  other/good.db  grid.lua  complete   
  $ mkdir empty && luron list empty
  luron: empty: no results files in it
  $ luron list grid.lua
  luron: grid.lua: not a folder
  [1]
  $ luron list a b
  command line: b: one word too many; write luron list [FOLDER]
  [2]

A name without its suffix, its hash or its folder is no file; the one that was likely meant is named:

  $ mkdir likely && cd likely && cp ../results/a.db first.db && mkdir results && cp first.db results/second-0123456789ab.db
  $ luron show first; luron plot second -x seed -o a.png; luron verify results/second; luron export second-0123456789ab.db --csv
  luron: first: no such file; did you mean first.db?
  luron: second: no such file; did you mean results/second-0123456789ab.db?
  luron: results/second: no such file; did you mean results/second-0123456789ab.db?
  luron: second-0123456789ab.db: no such file; did you mean results/second-0123456789ab.db?
  [1]
  $ cp ../grid.lua second.lua; cp first.db results/third.db; cp first.db results/third-1.db; touch -d '1 hour ago' results/third.db
  $ luron show second; luron report third -o x.html; luron show fir; luron show results/; luron show ''; cd ..
  luron: second: no such file; did you mean second.lua?
  luron: third: no such file; did you mean results/third-1.db?
  luron: fir: no such file
  luron: results/: a folder, not a results file
  luron: : no such file
