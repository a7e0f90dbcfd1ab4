A script of a stranger runs in a sandbox. What is refused or stopped is one line, with exit code 4:

  $ echo 'print("hello")' > hello.lua
  $ luron run --sandbox hello.lua
  hello
  $ echo 'print(io.open("secret"))' > read.lua
  $ luron run --sandbox read.lua
  read.lua:1: io.open: not there in the sandbox
  [4]
  $ echo 'while true do end' > loop.lua
  $ luron run --sandbox --time 0.2s loop.lua
  luron: loop.lua: stopped: it took longer than --time 0.2s
  [4]
  $ echo 't = {} while true do t[#t + 1] = "x" .. #t end' > grow.lua
  $ luron run --sandbox --memory 8M grow.lua
  luron: grow.lua: stopped: it needs more than --memory 8M
  [4]
  $ luron run --sandbox --memory 1 hello.lua
  luron: hello.lua: stopped: it needs more than --memory 1
  [4]

A script may come through a pipe, as -; one that is not there is told as without a sandbox:

  $ luron run --sandbox - < hello.lua
  hello
  $ luron run --sandbox absent.lua
  luron: cannot open absent.lua: No such file or directory
  [1]

An error that the script catches does not hide it:

  $ cat > caught.lua <<'END'
  > local luron = require "luron"
  > pcall(function() luron.network { inputs = 1, outputs = 1 }:save("net.txt") end)
  > print("goes on")
  > END
  $ luron run --sandbox caught.lua
  goes on
  caught.lua:2: net.txt: in the sandbox a script writes no files
  [4]

Files that may be read are in folders that are named:

  $ mkdir more; echo 'return "a module"' > more/helper.lua; printf '0,0\n1,1\n' > more/d.csv
  $ echo 'print(require "helper", #require("luron").csv("d.csv", { header = false }))' > more/uses.lua
  $ luron run --sandbox more/uses.lua
  more/uses.lua:1: module helper: the sandbox reads none from here; add --allow-read more
  [4]
  $ luron run --sandbox --allow-read more more/uses.lua
  a module	2
  $ luron run more/uses.lua --allow-read=more --sandbox
  a module	2
  $ echo 'print((require "more.helper"))' > whole.lua; luron run --sandbox --allow-read more whole.lua
  a module
  $ echo 'print(#require("luron").csv("../read.lua"))' > more/out.lua
  $ luron run --sandbox --allow-read more more/out.lua
  more/out.lua:1: more/../read.lua: the sandbox does not read it; --allow-read FOLDER allows files below a folder
  [4]
  $ ln -s nowhere loose
  $ luron run --sandbox --allow-read loose more/out.lua
  more/out.lua:1: more/../read.lua: the sandbox does not read it; --allow-read FOLDER allows files below a folder
  [4]

A sweep has its results file, also where a folder is to be made; it is verified and replayed in a sandbox, too:

  $ cat > sweep.lua <<'END'
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 20, sweep = { seed = { 1, 2, 3 } },
  >          metrics = { twice = function(run) return 2 * run.loss end } }
  > END
  $ luron sweep --quiet --sandbox sweep.lua | sed 's/-[0-9a-f]*\.db.*/-HASH.db/'
  results/sweep-HASH.db
  $ luron sweep --quiet --sandbox sweep.lua -o a/b/c.db | sed 's/ in .*//'
  a/b/c.db: 3 runs
  $ ls results a/b | sed 's/-[0-9a-f]*\.db/-HASH.db/'
  a/b:
  c.db
  
  results:
  sweep-HASH.db
  $ luron sweep sweep.lua -o plain.db > /dev/null; luron diff plain.db a/b/c.db
  the same: 3 rows, bit by bit
  $ rm sweep.lua; luron verify a/b/c.db
  luron: a/b/c.db: its experiment holds Lua functions, and sweep.lua is not there or not the same any more; put it back, or add --trust to run the text that the file keeps
  [1]
  $ luron verify --sandbox a/b/c.db
  a/b/c.db: 3 rows computed again, the same bit by bit
  $ luron replay --sandbox --quiet a/b/c.db 2 | tail -n 1
  equal to the row of run 2, bit by bit

What functions read is noted and compared as without a sandbox:

  $ printf 'return {\n  half = 0.5 }\n' > more/factor.lua
  $ cat > more/reads.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 5, sweep = { seed = { 1, 2 } },
  >   metrics = { m = function() return require("factor").half * luron.csv("d.csv", { header = false }).inputs[2][1] end } }
  > END
  $ reads() { luron sweep --quiet --sandbox --allow-read more more/reads.lua -o reads.db "$@" 2>&1 | sed 's/ in .*//'; }
  $ reads; reads
  reads.db: 2 runs
  reads.db: was complete, nothing was run
  $ sqlite3 reads.db 'SELECT path, length(code) FROM files ORDER BY path'
  d.csv|
  factor.lua|64
  $ sed -i 's/0.5/0.25/' more/factor.lua; reads
  luron: reads.db: factor.lua has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these too
  $ sed -i 's/0.25/0.5/' more/factor.lua; reads; printf '2,2\n' >> more/d.csv; reads seed=1..3
  reads.db: was complete, nothing was run
  luron: reads.db: d.csv has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these too
  $ printf '0,0\n1,1\n' > more/d.csv; reads seed=1..3
  reads.db: 1 runs

Places are those that their names lead to, however they are written, and also where they are made later:

  $ mkdir real; ln -s ../real more/link; cp more/d.csv real
  $ echo 'print(#require("luron").csv("d.csv", { header = false }))' > real/u.lua
  $ luron run --sandbox --allow-read more/link real/u.lua
  2
  $ luron run --sandbox --allow-read more/link more/link/u.lua
  2
  $ echo 'return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 9, sweep = { seed = { 1, 2, 3 } } }' > three.lua
  $ luron sweep --quiet --sandbox three.lua -o real/new//./deep/r.db | sed 's/ in .*//'
  real/new//./deep/r.db: 3 runs
  $ luron verify --sandbox more/link/new/deep/r.db | sed 's/ in .*//'
  more/link/new/deep/r.db: 3 rows computed again, the same bit by bit
  $ cp more/d.csv ./-; sed 's/d.csv/-/' real/u.lua | luron run --sandbox -
  stdin:1: -: the sandbox does not read it; --allow-read FOLDER allows files below a folder
  [4]

Results files are for luron alone, and only those of this sweep. Each ends with its own exit code, whatever the parent
ignores, and streams that are closed stay closed:

  $ luron sweep --quiet three.lua -o three-dead.db > /dev/null
  $ echo 'print(#require("luron").results("three-dead.db"):rows())' > r.lua
  $ luron run --sandbox r.lua
  r.lua:1: three-dead.db: the sandbox does not read it; --allow-read FOLDER allows files below a folder
  [4]
  $ luron verify --sandbox three-dead.db | sed 's/ in .*//'
  three-dead.db: 3 rows computed again, the same bit by bit
  $ cd more; luron sweep --quiet --sandbox ../three.lua -o link/../up.db | sed 's/ in .*//'
  link/../up.db: 3 runs
  $ luron verify --sandbox ../up.db | sed 's/ in .*//'; cd ..
  ../up.db: 3 rows computed again, the same bit by bit
  $ sed '1i #!/usr/bin/env luron' three.lua > begins.lua; luron sweep --quiet --sandbox begins.lua -o begins.db > /dev/null
  $ luron verify --sandbox begins.db | sed 's/ in .*//'
  begins.db: 3 rows computed again, the same bit by bit
  $ (trap '' CHLD; luron run --sandbox --time 0.2s loop.lua)
  luron: loop.lua: stopped: it took longer than --time 0.2s
  [4]
  $ luron run --sandbox hello.lua >&-
  luron: standard output: Bad file descriptor
  [1]
  $ echo 'for i = 1, 1e6 do print(i) end' > many.lua; luron run --sandbox many.lua | head -n 1
  1

A sweep whose time ends keeps what it has:

  $ echo 'return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1e9, sweep = { seed = { 1, 2 } } }' > long.lua
  $ luron sweep --quiet --sandbox --time 0.5s long.lua -o long.db
  interrupted at 0 of 2: all of it is in long.db, and the same command goes on
  luron: long.lua: stopped: it took longer than --time 0.5s
  [4]

What does not go with it is a mistake of the command line:

  $ luron run --time 5 hello.lua
  command line: --time: goes with --sandbox
  [2]
  $ luron run --sandbox --checkpoint x hello.lua
  command line: --checkpoint: does not go with --sandbox
  [2]
  $ luron run --sandbox --memory 5Q hello.lua
  command line: --memory: "5Q" is not a size such as 512M 2G
  [2]
  $ luron run --sandbox --time soon hello.lua
  command line: --time: "soon" is not a time such as 30s 5m 2h
  [2]
  $ luron verify --sandbox hello.lua
  command line: hello.lua: with --sandbox, name the results file in place of its script
  [2]

Without --sandbox before or behind it, a script's own words are its own:

  $ echo 'print(...)' > words.lua
  $ luron run words.lua --time 5 --memory
  --time	5	--memory
