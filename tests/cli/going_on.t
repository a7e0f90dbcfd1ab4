Going on from a network: its start values mean inputs scaled as it scales them, so its scaling comes along.

  $ cat >on.lua <<'END'
  > local luron = require "luron"
  > local A = { inputs = { 0, 10, 20, 30 }, targets = { 0, 1, 2, 3 } }
  > local B = { inputs = { 100, 110, 120 }, targets = { 10, 11, 12 } }
  > local e = luron.experiment { data = A, normalize = "zscore", activation = "linear", epochs = 200 }
  > local n = e:run().network
  > local still = { data = B, epochs = 1, learning_rate = 1e-300 }
  > local function on(more, of)
  >   for name, value in pairs(still) do if more[name] == nil then more[name] = value end end
  >   return (of or e):run(more)
  > end
  > local function outputs(run) return run.network:forward { { 100 }, { 110 }, { 120 } } end
  > local function same(run)
  >   for i, y in ipairs(outputs(run)) do if y[1] ~= n:forward { B.inputs[i] }[1] then return false end end
  >   return true
  > end
  > local path = os.tmpname()
  > n:save(path)
  > local loaded = luron.load(path)
  > os.remove(path)
  > local bare = luron.experiment { data = A, activation = "linear" }
  > local made = luron.experiment { data = function() return B end, activation = "linear", learning_rate = 1e-300,
  >   epochs = 1, weights = n.weights, biases = n.biases, sweep = { seed = { 1, 2 } } }
  > local plain = on { weights = { { { n.weights[1][1][1] } } }, biases = { { n.biases[1][1] } } }
  > print("views", same(on { weights = n.weights, biases = n.biases }))
  > print("a saved network's", same(on { weights = loaded.weights, biases = loaded.biases }))
  > print("without normalize", same(on({ weights = n.weights, biases = n.biases }, bare)))
  > print("with normalize = false", same(on { weights = n.weights, biases = n.biases, normalize = false }))
  > print("another way to scale", same(on { weights = n.weights, biases = n.biases, normalize = "minmax" }))
  > print("data of a function", same(made:run()))
  > print("biases alone", on { biases = n.biases }.network:forward { 15 }[1] == n.biases[1][1])
  > print("plain tables", same(plain), plain.network:forward { 110 }[1] == n.biases[1][1])
  > local first, again = e:run { epochs = 100 }, e:run()
  > local second = e:run { epochs = 100, weights = first.network.weights, biases = first.network.biases }
  > print("100 epochs and 100 more", second.loss == again.loss)
  > local rows = e:sweep { data = B, epochs = 1, learning_rate = 1e-300, weights = n.weights, biases = n.biases,
  >   sweep = { seed = { 1, 2 } } }
  > print("a sweep", rows[1].loss == on { weights = n.weights, biases = n.biases }.loss)
  > print("a sweep of a function's data", made:sweep()[2].loss == rows[1].loss)
  > local other = e:run { data = B }.network
  > print(select(2, pcall(e.run, e, { data = B, weights = n.weights, biases = other.biases })))
  > print(select(2, pcall(e.run, e, { data = { inputs = { { 1, 2 } }, targets = { 1 } }, weights = n.weights })))
  > END
  $ luron run on.lua
  views	true
  a saved network's	true
  without normalize	true
  with normalize = false	true
  another way to scale	true
  data of a function	true
  biases alone	true
  plain tables	false	true
  100 epochs and 100 more	true
  a sweep	true
  a sweep of a function's data	true
  on.lua:40: biases: are of a network that scales its inputs or targets otherwise than that of weights
  on.lua:41: weights: are of a network with 1 inputs, but the patterns have 2

The file of a sweep keeps what was trained, and can be computed again without the script.

  $ ls results | wc -l
  2
  $ mv on.lua gone.lua && for f in results/*.db; do luron verify $f 2>/dev/null || true; done
  results/on-*.db: 2 rows computed again, the same bit by bit (glob)

Going on from a checkpoint: the run that was ended after an epoch has the weights of the one that was not, and a run that
is killed leaves the last of --every.

  $ cat > cut.lua <<'END'
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 3, epochs = 250, log = false,
  >   optimizer = "adam", shuffle = true, dropout = 0.2, validation = 0.25, stop = { monitor = "validation_loss" },
  >   restore = "best",
  > }
  > END
  $ luron run cut.lua --checkpoint whole.check | sed 's/, [^,]*s$//' > whole.txt
  $ luron run cut.lua until_epoch=120 --checkpoint part.check >/dev/null
  $ luron run cut.lua resume=part.check --checkpoint part.check | sed 's/, [^,]*s$//' | diff whole.txt -
  $ cmp whole.check part.check
  $ luron run cut.lua epochs=100000000 --checkpoint=killed.check --every=100 >/dev/null 2>&1 & pid=$!
  > while [ ! -s killed.check ]; do sleep 0.05; done; kill -KILL $pid; wait $pid 2>/dev/null; echo $?
  137
  $ luron run cut.lua epochs=100000000 resume=killed.check until_epoch=1 2>&1 | sed 's/epoch [0-9]*00$/epoch N00/'
  command line: until_epoch: 1, but the checkpoint is of epoch N00
  $ luron run --every 3 cut.lua
  command line: --every: is how often --checkpoint FILE is written; give that too
  [2]
  $ luron run cut.lua --every 3
  command line: --every: is how often --checkpoint FILE is written; give that too
  [2]
  $ echo 'print(...)' > own.lua; luron run own.lua --every 3
  --every	3
  $ luron run cut.lua --checkpoint=
  command line: --checkpoint: FILE is missing
  [2]
  $ luron run cut.lua resume=part.check dropout=0.3
  command line: dropout: 0.3, but the checkpoint's run has 0.2; only epochs, stops, log and checkpoint may change
  [2]
  $ luron run cut.lua --checkpoint ./cut.lua
  command line: ./cut.lua: is what is read here, and would be overwritten; choose another name
  [2]
  $ luron run cut.lua --checkpoint nowhere/x.check 2>&1 >/dev/null
  nowhere/x.check: No such file or directory
  [1]

Nor a file that the script reads, which may be late; a network and a checkpoint are written anew:

  $ printf 'a,b\n1,0\n2,1\n' > read.csv; cp read.csv kept.csv
  $ cat > reads.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment { data = function(p) return luron.csv("read.csv") end, epochs = 3 }
  > END
  $ luron run -q --checkpoint read.csv reads.lua
  read.csv: was read by the script, and would be overwritten; choose another name
  [1]
  $ cat > saves.lua <<'END'
  > local luron = require "luron"
  > local d = luron.csv("read.csv")
  > local r = luron.experiment { data = d, epochs = 3, log = false }:run()
  > for _, saved in ipairs { r, r.network, d } do print(pcall(saved.save, saved, "read.csv")) end
  > for _ = 1, 2 do r.network:save("again.net") luron.load("again.net") end
  > for _ = 1, 2 do d:save("own.csv") luron.csv("own.csv") end
  > END
  $ luron run saves.lua && cmp read.csv kept.csv
  false	read.csv: was read by the script, and would be overwritten; choose another name
  false	read.csv: was read by the script, and would be overwritten; choose another name
  false	read.csv: was read by the script, and would be overwritten; choose another name

A run that stop.when ended is as it was while the function is the same: its code, what it holds, and what it reads.

  $ when() {
  >   echo "local held, limit = { $1 }, $1
  >   return { inputs = { 0, 1, 2, 3 }, targets = { 0, 1, 1, 0 }, hidden = 3, epochs = 1000, log = false,
  >     stop = { when = function(r) return r.epoch + 1 >= $2 end } }" > when.lua
  > }
  > twice() { # ended with the first, gone on from with the same and the second
  >   rm -f when.check; when 10 "$1"; echo return 10 > limit.lua; echo 10 > limit.txt
  >   luron run when.lua --checkpoint when.check >/dev/null
  >   luron run when.lua resume=when.check | sed -n 's/.* \([0-9]* epochs, [a-z]*\),.*/\1/p'
  >   $3; when $4 "$2"; luron run when.lua resume=when.check | sed -n 's/.* \([0-9]* epochs, [a-z]*\),.*/\1/p'
  > }
  > other() { echo return 20 > limit.lua; echo 20 > limit.txt; }
  > nothing() { true; }
  > twice 10 20 nothing 10
  10 epochs, stopped
  20 epochs, stopped
  $ twice 'held[1]' 'held[1]' nothing 20
  10 epochs, stopped
  20 epochs, stopped
  $ for reads in 'dofile "limit.lua"' 'require "limit"' 'io.open("limit.txt"):read("n")' 'tonumber(io.lines("limit.txt")())'; do
  >   twice "$reads" "$reads" other 10
  > done | uniq -c | sed 's/^ *//'
  1 10 epochs, stopped
  1 20 epochs, stopped
  1 10 epochs, stopped
  1 20 epochs, stopped
  1 10 epochs, stopped
  1 20 epochs, stopped
  1 10 epochs, stopped
  1 20 epochs, stopped
  $ sed 's/held, limit = {/held, limit = { coroutine.create(print),/; s/>= .* end/>= (held and limit) end/' when.lua > wrap.lua
  $ luron run wrap.lua --checkpoint wrap.check >/dev/null; luron run wrap.lua resume=wrap.check | grep -o '[0-9]* epochs, .*ed'
  11 epochs, stopped
  $ cat > saved.lua <<'END'
  > local luron = require "luron"
  > local e = luron.experiment { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 100,
  >   stop = { when = function(r) return r.epoch == 9 end } }
  > e:run():save("saved.check")
  > print(e:run { resume = "saved.check" }.epochs)
  > END
  $ luron run saved.lua
  10

So it is where the file had been read before; and the checkpoint that it goes on from is no such file:

  $ cat > again.lua <<'END'
  > local function limit() return io.open("limit.txt"):read("n") end
  > assert(limit() > 0)
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 100, log = false,
  >   stop = { when = function(r) return r.epoch + 1 >= limit() end } }
  > END
  $ ended() { luron run again.lua "$@" | sed -n 's/.* \([0-9]* epochs, [a-z]*\),.*/\1/p'; }
  $ echo 10 > limit.txt; ended --checkpoint again.check; cp again.check first.check
  10 epochs, stopped
  $ ended resume=again.check --checkpoint again.check; cmp again.check first.check; ended resume=again.check
  10 epochs, stopped
  10 epochs, stopped
  $ echo 20 > limit.txt; ended resume=again.check
  20 epochs, stopped
  $ cat > second.lua <<'END'
  > local luron = require "luron"
  > local e = luron.experiment { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 100,
  >   stop = { when = function(r) return r.epoch + 1 >= io.open("limit.txt"):read("n") end } }
  > e:run()
  > e:run():save("second.check")
  > os.execute("echo 30 > limit.txt")
  > print(e:run { resume = "second.check" }.epochs)
  > END
  $ luron run second.lua
  30
