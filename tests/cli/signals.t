A signal ends a script with its own exit code, within a second, wherever the script is:

  $ echo 'while true do end' > loop.lua
  $ timeout -s INT --preserve-status 0.3 luron run loop.lua
  loop.lua:1: interrupted
  [130]
  $ timeout -s TERM --preserve-status 0.3 luron run loop.lua
  loop.lua:1: interrupted
  [143]

A script cannot hide in pcall, in a coroutine, or in a long call:

  $ echo 'while true do pcall(function() while true do end end) end' > pcall.lua
  $ timeout -s INT --preserve-status 0.3 luron run pcall.lua
  pcall.lua:1: interrupted
  [130]
  $ echo 'coroutine.wrap(function() while true do end end)()' > coroutine.lua
  $ timeout -s INT --preserve-status -k 2 0.3 luron run coroutine.lua
  luron: ended, for what was running hears no signal
  [130]
  $ echo 'string.find(("a"):rep(40000), (".-"):rep(10) .. "b")' > pattern.lua
  $ timeout -s INT --preserve-status -k 2 0.3 luron run pattern.lua
  luron: ended, for what was running hears no signal
  [130]

A second signal ends it at once:

  $ luron run coroutine.lua & p=$!; sleep 0.3; kill -TERM $p; sleep 0.2; kill -TERM $p; wait $p
  [143]

So are a picture's training and its drawing ended, and nothing is left of it:

  $ cat > xor.lua <<'END'
  > return { inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 1e9 }
  > END
  $ timeout -s INT --preserve-status -k 2 0.3 luron plot xor.lua --boundary -o x.png
  interrupted
  [130]
  $ timeout -s INT --preserve-status -k 2 0.3 luron plot xor.lua --boundary --animate -o x-%d.png
  interrupted
  [130]
  $ timeout -s INT --preserve-status -k 2 0.8 luron plot xor.lua --boundary --epochs 0,1,2,3,4,5 -o x.png hidden=600x600
  interrupted
  [130]
  $ ls | grep png
  [1]

A sweep says once that it was interrupted:

  $ cat > long.lua <<'END'
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 100000000, sweep = { seed = { 1, 2, 3 } } }
  > END
  $ timeout -s INT 1 luron sweep long.lua -o long.db
  interrupted at * of 3: all of it is in long.db, and the same command goes on (glob)
  [124]

An export and a merge leave nothing of what they had begun:

  $ cat > many.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, sweep = { seed = luron.range(1, 300000) } }
  > END
  $ luron sweep -q many.lua -o many.db > many.txt
  $ for name in many.csv.gz many.tsv many.jsonl many.npy; do
  >   luron export many.db -o $name & p=$!
  >   until [ -e $name.tmp-$p ] || ! kill -0 $p; do sleep 0.001; done
  >   kill -TERM $p; wait $p; echo "exit $?"
  > done
  interrupted
  exit 143
  interrupted
  exit 143
  interrupted
  exit 143
  interrupted
  exit 143
  $ timeout -s INT --preserve-status -k 2 0.2 luron export many.db --jsonl > /dev/null
  interrupted
  [130]
  $ luron merge all.db many.db & p=$!
  $ until [ -e all.db-merge ] || ! kill -0 $p; do sleep 0.001; done; kill -TERM $p; wait $p
  interrupted
  [143]
  $ ls | grep -e many -e all.db
  many.db
  many.lua
  many.txt
