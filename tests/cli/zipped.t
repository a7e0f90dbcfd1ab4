Zips on the command line, without quoting:

  $ cat > z.lua <<'END'
  > return { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, epochs = 5, params = { x = 1, word = "a" },
  >   sweep = { seed = { 1, 2 } } }
  > END
  $ plan() { luron sweep z.lua "$@" --plan | grep -v about; }
  $ plan hidden,learning_rate=2:0.1,4:0.05
  4 runs: 2 combinations x 2 seeds, 2 structures
        1  hidden=2 learning_rate=0.1 seed=1
        2  hidden=4 learning_rate=0.05 seed=1
        3  hidden=2 learning_rate=0.1 seed=2
        4  hidden=4 learning_rate=0.05 seed=2
  $ plan hidden,optimizer,momentum=2:momentum:0.5,4x4:momentum:0.9 x=1,2 seed=1
  4 runs, 2 structures
        1  hidden=2 optimizer=momentum momentum=0.5 x=1
        2  hidden=2 optimizer=momentum momentum=0.5 x=2
        3  hidden=4x4 optimizer=momentum momentum=0.9 x=1
        4  hidden=4x4 optimizer=momentum momentum=0.9 x=2
  $ plan word,activation=a:silu,b:tanh seed=3
  2 runs, 2 structures
        1  activation=silu word=a
        2  activation=tanh word=b
  $ luron sweep -q z.lua hidden,learning_rate=2:0.1,4:0.05 > /dev/null && luron verify results/z-*.db | sed 's/.*: //'
  4 rows computed again, the same bit by bit
  $ sed 's/return/local luron = require "luron" return/; s/seed = { 1, 2 }/&, luron.zip { hidden = {2, 4}, learning_rate = {0.1, 0.05} }/' z.lua > lua.lua
  $ luron sweep -q lua.lua -o lua.db > /dev/null; luron diff lua.db results/z-*.db
  the same: 4 rows, bit by bit

Mistakes:

  $ luron sweep z.lua hidden,learning_rate=2:0.1,4
  command line: hidden: "4" is 1 value for 2 zipped names; write a,b=1:10,2:20
  [2]
  $ luron sweep z.lua hidden,learning_rate=2
  command line: hidden: "2" is 1 value for 2 zipped names; write a,b=1:10,2:20
  [2]
  $ luron sweep z.lua hidden,learning_rte=2:1
  command line: learning_rte: no such field; did you mean learning_rate?
  [2]
  $ luron sweep z.lua hidden,learning_rate=2:x
  command line: learning_rate: "x" is not a number, or a list with one per layer, as in 4x4
  [2]
  $ luron sweep z.lua hidden,hidden=2:1
  command line: hidden: is set twice
  [2]
  $ luron sweep z.lua hidden,learning_rate=2:1,3:2 learning_rate=1,2
  command line: learning_rate: is set twice
  [2]
  $ luron sweep z.lua hidden,learning_rate=2:1,2:1
  command line: hidden: values 1 and 2 of its zip are the same
  [2]
  $ luron sweep z.lua hidden,learning_rate=2:,3:1
  command line: learning_rate: an empty value in a zip
  [2]
  $ luron run z.lua hidden,learning_rate=2:1,3:2
  command line: hidden,learning_rate: are zipped, and run takes one value of each; write luron sweep z.lua hidden,learning_rate=2:1,3:2
  [2]
