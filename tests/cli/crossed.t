With a drawn sampler, axes in luron.list are crossed with the points:

  $ cat > d.lua <<'END'
  > local luron = require "luron"
  > return { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, epochs = 5, hidden = 2,
  >   sampler = "random", samples = 4, sweep = { learning_rate = luron.loguniform(0.01, 1), hidden = luron.list { 2, 4, 8 } } }
  > END
  $ plan() { luron sweep "$@" --no-reuse --plan | sed 's/\(=0\.[0-9][0-9][0-9]\)[0-9]*/\1/' | grep -v about; }
  $ plan d.lua samples=3
  9 runs, 3 structures
        1  hidden=2 learning_rate=0.025
        2  hidden=4 learning_rate=0.025
        3  hidden=8 learning_rate=0.025
        4  hidden=2 learning_rate=0.060
        5  hidden=4 learning_rate=0.060
        6  hidden=8 learning_rate=0.060
        7  hidden=2 learning_rate=0.013
        8  hidden=4 learning_rate=0.013
        9  hidden=8 learning_rate=0.013
  $ luron sweep -q d.lua | sed 's/.*: \(.*\) in.*/\1/'
  12 runs
  $ luron sweep -q d.lua samples=6 2>&1 | sed 's/.*: \(.*\) in [^,]*/\1/'
  6 runs, after 12 of an earlier time
  $ luron verify results/d-*.db | sed 's/.*: //'
  18 rows computed again, the same bit by bit
  $ luron sweep -q d.lua samples=6 -o fresh.db > /dev/null; luron diff results/d-*.db fresh.db
  the same: 18 rows, bit by bit
  $ luron run d.lua | tail -1
  luron sweep d.lua would make 12 runs

On the command line, with seeds, several lists, and the other samplers:

  $ plan d.lua hidden=2,3:list seed=1,2 samples=2
  8 runs: 4 combinations x 2 seeds, 2 structures
        1  hidden=2 learning_rate=0.025 seed=1
        2  hidden=3 learning_rate=0.025 seed=1
        3  hidden=2 learning_rate=0.060 seed=1
        4  hidden=3 learning_rate=0.060 seed=1
        5  hidden=2 learning_rate=0.025 seed=2
        6  hidden=3 learning_rate=0.025 seed=2
        7  hidden=2 learning_rate=0.060 seed=2
        8  hidden=3 learning_rate=0.060 seed=2
  $ plan d.lua hidden=4:list samples=3
  3 runs, 1 structure
        1  hidden=4 learning_rate=0.025
        2  hidden=4 learning_rate=0.060
        3  hidden=4 learning_rate=0.013
  $ luron sweep -q d.lua hidden=4:list bias=true:list seed=1,2 samples=3 -o one.db | sed 's/.*: \(.*\) in.*/\1/'
  6 runs
  $ plan d.lua sampler=sobol hidden=1..2:list bias=true,false:list samples=2
  8 runs, 4 structures
        1  hidden=1 bias=1 learning_rate=0.01
        2  hidden=1 bias=0 learning_rate=0.01
        3  hidden=2 bias=1 learning_rate=0.01
        4  hidden=2 bias=0 learning_rate=0.01
        5  hidden=1 bias=1 learning_rate=0.099
        6  hidden=1 bias=0 learning_rate=0.099
        7  hidden=2 bias=1 learning_rate=0.099
        8  hidden=2 bias=0 learning_rate=0.099
  $ luron sweep d.lua sampler=latin learning_rate=1,2,3,4 --plan | grep -c 'hidden=4'
  3
  $ luron sweep d.lua sampler=latin learning_rate=1,2,3,4 --json --plan | sed 's/.*runs":\([0-9]*\).*/\1/; 1q'
  12
  $ for k in 1 2 3; do luron sweep -q d.lua samples=50 --shard $k/3 -o s$k.db > /dev/null; done
  $ luron merge m.db s?.db; luron sweep -q d.lua samples=50 -o whole.db > /dev/null; luron diff m.db whole.db
  m.db: 150 rows from 3 files
  the same: 150 rows, bit by bit

Fewer points than were asked for, when only so many differ; an axis that some combinations do not read:

  $ luron sweep d.lua learning_rate=1,2,3 --plan | head -2
  9 runs, 3 structures
  9 different points, 12 asked
  $ luron sweep d.lua optimizer=sgd,momentum:list momentum=0.1..0.9:lin learning_rate=0.1 hidden=2 --plan | grep -v about | sed 's/\(=0\.[0-9][0-9][0-9]\)[0-9]*/\1/'
  5 runs, 2 structures
  5 different points, 8 asked
        1  optimizer=sgd
        2  optimizer=momentum momentum=0.259
        3  optimizer=momentum momentum=0.413
        4  optimizer=momentum momentum=0.154
        5  optimizer=momentum momentum=0.248

A grid takes the list as it is; mistakes:

  $ sed 's/sampler.*samples = 4, //; s/learning_rate.*1), //' d.lua > grid.lua && luron sweep grid.lua --plan | grep -v about
  3 runs, 3 structures
        1  hidden=2
        2  hidden=4
        3  hidden=8
  $ luron sweep d.lua learning_rate=0.1
  d.lua:3: sampler: random, but all axes are in luron.list: none is left to draw from
  [1]
  $ luron sweep d.lua learning_rate=0.1..1:log:list
  command line: learning_rate: an interval has no values to be listed; it is drawn from
  [2]
  $ sed 's/luron.list { 2, 4, 8 }/luron.list {}/' d.lua > e.lua; luron sweep e.lua
  e.lua:3: luron.list: no values; a list such as {1, 2} is expected
  [1]
  $ sed 's/luron.list { 2, 4, 8 }/luron.list(luron.uniform(1, 2))/' d.lua > e.lua; luron sweep e.lua
  e.lua:3: luron.list: a list or a range is expected
  [1]
