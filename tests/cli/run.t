A script that returns nothing does its work as under lua. What was typed after its name is in arg and `...`:

  $ cat > words.lua <<'END'
  > #!/usr/bin/env luron
  > print(arg[0], #arg, ...)
  > END
  $ luron run words.lua a=1 --lr 3
  words.lua	3	a=1	--lr	3

It can be a program:

  $ chmod +x words.lua
  $ ./words.lua x y
  ./words.lua	2	x	y
  $ luron ./words.lua
  ./words.lua	0
  $ luron words.lua z
  words.lua	1	z
  $ luron run - from stdin < words.lua
  -	2	from	stdin

Its folder is where `require` looks first:

  $ mkdir -p sub/deep
  $ echo 'return { answer = 42 }' > sub/helper.lua
  $ echo 'return "deep"' > sub/deep/init.lua
  $ echo 'print(require "helper".answer, require "deep")' > sub/main.lua
  $ luron run sub/main.lua
  42	deep	sub/deep/init.lua

The primitives, as the tutorial uses them:

  $ cat > learn.lua <<'END'
  > local luron = require "luron"
  > local n = luron.neuron { inputs = 1, bias = false, weights = { 0.37 } }
  > for step = 0, 999 do
  >   local output = n:forward { 1 }
  >   if step == 1 or step == 999 then print(step, ("%.6f"):format(output)) end
  >   n:update({ 1 }, 0 - output, 0.1)
  > end
  > print(n)
  > END
  $ luron run learn.lua
  1	0.577094
  999	0.010324
  luron.neuron: sigmoid(-4.5639 x1)

A mistake is answered with the script's line. One that happened further in is followed by the way there:

  $ cat > wrong.lua <<'END'
  > local luron = require "luron"
  > local function make(n)
  >   local neuron = luron.neuron { inputs = n, bais = true }
  >   return neuron
  > end
  > local neuron = make(1)
  > END
  $ luron run wrong.lua
  wrong.lua:3: bais: no such field; did you mean bias?
  stack traceback:
  	wrong.lua:3: in local 'make'
  	wrong.lua:6: in main chunk
  [1]
  $ echo 'local x = nil; x.y = 1' > nil.lua
  $ luron run nil.lua
  nil.lua:1: attempt to index a nil value (local 'x')
  [1]
  $ echo 'x =' > syntax.lua
  $ luron run syntax.lua
  syntax.lua:2: unexpected symbol near <eof>
  [1]
  $ echo 'error { code = 1 }' > table.lua
  $ luron run table.lua
  (error object is a table value)
  stack traceback:
  	table.lua:1: in main chunk
  [1]

What cannot be run:

  $ luron run nowhere.lua
  luron: cannot open nowhere.lua: No such file or directory
  [1]
  $ luron run .
  luron: cannot read .: Is a directory
  [1]
  $ printf '\033Lua binary' > chunk.lua
  $ luron run chunk.lua
  luron: chunk.lua is a binary chunk; luron runs scripts as text only
  [1]

A function of luron's that was misspelt, taken for a global, or called without the module; of others nothing is said:

  $ luron -e 'luron.evry(2)'
  (command line):1: attempt to call a nil value (field 'evry'); did you mean luron.every?
  [1]
  $ luron -e 'print(sigmoid(0))'
  (command line):1: attempt to call a nil value (global 'sigmoid'); did you mean luron.sigmoid?
  [1]
  $ luron -e 'help()'
  (command line):1: attempt to call a nil value (global 'help')
  [1]
  $ luron -e 'string.help("x")'
  (command line):1: attempt to call a nil value (field 'help')
  [1]
  $ echo 'return luron.experiment { inputs = {{1}}, targets = {1} }' > bare.lua
  $ luron run bare.lua
  bare.lua:1: attempt to index a nil value (global 'luron'); a script begins with local luron = require "luron"
  [1]

An experiment that was forgotten, and a script whose name was typed without its end:

  $ echo 'local luron = require "luron"; local e = luron.experiment { inputs = {{1}}, targets = {1} }' > kept.lua
  $ luron run kept.lua
  luron: kept.lua: made an experiment, and neither ran nor returned it; write return luron.experiment{ ... }
  $ (cat kept.lua; echo 'print(e.epochs)') > asked.lua
  $ luron run asked.lua
  nil
  $ luron run kept
  luron: cannot open kept: No such file or directory; did you mean kept.lua?
  [1]

Memory and disks end:

  $ echo 'local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(1e6) .. i end' > greedy.lua
  $ [ -n "$LURON_SANITIZE" ] && echo "luron: out of memory" && echo 1 || (ulimit -v 100000; luron run greedy.lua; echo $?)
  luron: out of memory
  1
  $ echo 'print(("x"):rep(100000))' > long.lua
  $ luron run long.lua > /dev/full
  luron: standard output: No space left on device
  [1]

A network that does not fit says how much it needs, and what is wider than a line leaves its middle out:

  $ echo 'return { inputs = { 0, 1 }, targets = { 0, 1 }, hidden = { 60000, 60000 }, epochs = 1 }' > large.lua
  $ [ -n "$LURON_SANITIZE" ] && echo "3600240001 parameters and needs 28.8 GB" || (ulimit -v 1000000; luron run large.lua 2>&1 | sed 's/.* has //')
  3600240001 parameters and needs 28.8 GB
  $ sed -i 's/60000/8000/g' large.lua # the network itself fits, but not what its training needs
  $ [ -n "$LURON_SANITIZE" ] && echo "64032001 parameters and needs 1.02 GB" || (ulimit -v 1000000; LURON_ISA=scalar luron run large.lua 2>&1 | sed 's/.* has //')
  64032001 parameters and needs 1.02 GB
  $ echo 'return { inputs = {{1}}, targets = {{1,2,3}}, activation = "linear", init = "zeros", epochs = 1, log = false }' > wide.lua
  $ luron run wide.lua | sed '/epoch/d'
  
       input    output 1  ...    output 3    target 1  ...    target 3
           1    0.133333  ...    0.400000           1  ...           3
  

A name is text, whatever it holds:

  $ echo 'return { name = "a\27[2J\xc2\x9b1m\xff", inputs = {{0}}, targets = {{1}}, epochs = 1, log = false }' > name.lua
  $ luron run name.lua | sed -n 1p
  a?[2J??1m?

The outputs of softmax sum to 1, so the sum of their errors is only rounding, and no column of the log:

  $ cat > soft.lua <<'END'
  > return { inputs = { {0,0}, {0,1}, {1,0} }, targets = { {1,0}, {0,1}, {1,0} }, output_activation = "softmax", epochs = 20,
  >   log = { 1, 19 } }
  > END
  $ luron run soft.lua | head -3
  epoch         loss     accuracy
      1     0.832710     0.666667
     19     0.362530     1.000000

A run writes no file, and an option behind the script is none of its fields:

  $ luron run -o net.txt soft.lua
  command line: -o: a run writes no file; to keep its network, write in a script experiment:run().network:save("net.txt"); see also luron help sweep
  [2]
  $ luron run soft.lua --output=net.txt
  command line: --output=net.txt: a run writes no file; to keep its network, write in a script experiment:run().network:save("net.txt"); see also luron help sweep
  [2]
  $ luron run soft.lua --fresh
  command line: --fresh: no such option of run; options come before the script, fields after it as name=value
  [2]

Names of inputs and classes head the table of patterns, and the network has them:

  $ cat > named.lua <<'EOF'
  > local luron = require "luron"
  > local d = luron.data.table { inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {"no","yes","yes","no"},
  >   names = {"left", "a_long_name_of_right"} }
  > local e = luron.experiment { data = d, hidden = 2, epochs = 100, activation = "tanh" }
  > local net = e:run().network
  > print(table.concat(net.input_names, " "), net.output_names)
  > print(luron.network { inputs = 2, hidden = 2, outputs = 1 }.input_names)
  > return e
  > EOF
  $ luron run named.lua | sed -n -e '/^left/p' -e '/^nil/p' -e '/ left a_long_n~/{N;p}'
  left a_long_name_of_right	nil
  nil
        left a_long_n~          no         yes    target 1    target 2
           0         0    0.396068    0.771820           1           0

On a terminal of 40 columns the table and what follows are not wider:

  $ python3 "$TESTDIR/terminal.py" 40 luron run --color=never "$SCRIPTS/09_xor_network.lua" | sed '1,/^$/d' > narrow.txt
  $ head -n 1 narrow.txt; LC_ALL=C.UTF-8 grep -cE '^.{41}' narrow.txt
   input 1 input 2    output    target
  0
  [1]
