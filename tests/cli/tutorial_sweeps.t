The tutorial's two large sweeps, a corner of each. Killed halfway it would go on; here it is extended by a seed:

  $ luron sweep $SCRIPTS/22_phase.lua -o phase.db learning_rate=0.01..1000:11:log init_scale=0.01..100:9:log seed=1..9 > first
  $ luron sweep $SCRIPTS/22_phase.lua -o phase.db learning_rate=0.01..1000:11:log init_scale=0.01..100:9:log seed=1..10 | sed 's/ in [0-9.e-]* s/ in T/'
  Phases of XOR: 990 runs, 38 solved (3.838 %)
  
  The best 5 of 99 combinations:
  init_scale  learning_rate  runs  solved   95 % interval  loss median         quartiles
     1.00000       3.162278    10  70.0 %  39.7 .. 89.2 %     0.102000  0.0780 .. 0.3671
     1.00000       1.000000    10  50.0 %  23.7 .. 76.3 %     0.350111  0.2649 .. 0.3725
     3.16228       3.162278    10  40.0 %  16.8 .. 68.7 %     0.437918  0.0962 .. 0.7450
     3.16228       1.000000    10  30.0 %  10.8 .. 60.3 %     0.376184  0.2852 .. 0.4740
     3.16228       0.316228    10  20.0 %   5.7 .. 51.0 %     0.455811  0.3811 .. 0.5087
  
  Effect of each axis, over all others:
  axis           values  best at  solved      loss  worst at  solved     loss
  init_scale          9        1  12.7 %  0.696349        10   0.0 %    2.356
  learning_rate      11  3.16228  18.9 %  0.676387      1000   0.0 %  255.005
  
  phase.db: 99 runs in T, after 891 of an earlier time
  $ luron export phase.db --csv | sort -u | wc -l
  991
  $ luron sweep $SCRIPTS/22_phase.lua -o whole.db learning_rate=0.01..1000:11:log init_scale=0.01..100:9:log seed=1..10 -q | tail -1 | cut -c1-18
  whole.db: 990 runs
  $ luron diff phase.db whole.db
  the same: 990 rows, bit by bit

  $ luron sweep $SCRIPTS/23_fractal.lua -o fractal.db learning_rate_1=0.01..1000:8:log learning_rate_2=0.01..1000:8:log | sed 's/ in [0-9.e-]* s$/ in T/'
  The boundary of trainability: 64 runs, 40 diverged (62.5 %)
  
  The best 5 of 64 combinations:
  learning_rate_1  learning_rate_2  runs         loss
          1.38950        0.0517947     1  1.47501e-13
          1.38950        0.2682696     1  1.70032e-13
          1.38950        0.0100000     1  5.30131e-10
          0.26827        0.2682696     1  6.23098e-09
          0.26827        0.0517947     1  6.29922e-08
  
  Effect of each axis, over all others:
  axis             values    best at         loss  worst at      loss
  learning_rate_1       8     1.3895  1.70032e-13      1000  0.496997
  learning_rate_2       8  0.0517947  2.46610e-03    1.3895          
  
  fractal.db: 64 runs in T
  $ luron export fractal.db --csv | cut -d, -f1-3 | head -3
  run,learning_rate_1,learning_rate_2
  1,0.01,0.01
  2,0.01,0.051794746792312094

Shards of it, merged, are the same table:

  $ for k in 1 2 3; do luron sweep $SCRIPTS/23_fractal.lua -q --shard $k/3 -o part$k.db learning_rate_1=0.01..1000:8:log learning_rate_2=0.01..1000:8:log; done | sed 's/ in [0-9.e-]* s$/ in T/'
  part1.db: 24 runs in T
  part2.db: 20 runs in T
  part3.db: 20 runs in T
  $ luron merge merged.db part1.db part2.db part3.db
  merged.db: 64 rows from 3 files
  $ luron diff fractal.db merged.db
  the same: 64 rows, bit by bit
