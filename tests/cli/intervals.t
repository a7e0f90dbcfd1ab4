Mean, deviation and interval over seeds, and whether two files differ; R's t.test of the same numbers gives the same.

  $ cat > a.lua <<'END'
  > local luron = require "luron"
  > return {
  >   data = luron.data.gaussians { n = 40, classes = 2, noise = 2, seed = 3 }, hidden = 2, epochs = 20,
  >   metrics = { "test_loss" }, test = 0.25, log = false, rank = "test_loss",
  >   sweep = { learning_rate = { 0.1, 0.5 }, seed = luron.range(1, 6) },
  > }
  > END
  $ luron sweep a.lua -q -o a.db >/dev/null
  $ luron sweep a.lua -q -o b.db batch=4 seed=2..8 >/dev/null
  $ luron show a.db --interval
  a.db: 12 runs
  
  The combinations by test_loss, the lowest first:
  learning_rate  runs  test_loss mean  deviation       95 % interval
            0.5     6       0.0084391  0.0019955  0.00635 .. 0.01053
            0.1     6       0.0516302  0.0118810  0.03916 .. 0.06410
  interval of the mean: 95 %, by Student's t over the runs of a combination; deviation: divisor n - 1
  
  Effect of each axis, over all others:
  axis           values  best at  test_loss  worst at  test_loss
  learning_rate       2      0.5  0.0095747       0.1  0.0551704
  $ luron show a.db --interval --by learning_rate
  learning_rate  runs  test_loss mean  deviation       95 % interval
            0.1     6       0.0516302  0.0118810  0.03916 .. 0.06410
            0.5     6       0.0084391  0.0019955  0.00635 .. 0.01053
  interval of the mean: 95 %, by Student's t over the runs of a combination; deviation: divisor n - 1
  $ luron show a.db --interval --best 1 --json
  {"v":1,"type":"group","learning_rate":0.5,"runs":6,"n_solved":0,"solved_low":0,"solved_high":0.39033428790216534,"test_loss_mean":0.0084391393899305,"test_loss_median":0.009574702397587478,"test_loss_low":0.0068041300696996205,"test_loss_high":0.009636124979663608,"test_loss_deviation":0.0019954880650695853,"test_loss_interval_low":0.006345003095459398,"test_loss_interval_high":0.0105332756844016}
  $ luron show a.db 'seed < 3' --interval
  learning_rate  runs  test_loss mean  deviation      95 % interval
            0.1     2       0.0471951  0.0142652  -0.0810 .. 0.1754
            0.5     2       0.0077442  0.0026238  -0.0158 .. 0.0313
  interval of the mean: 95 %, by Student's t over the runs of a combination; deviation: divisor n - 1
  $ luron show a.db b.db
  A  a.db
     a.db: 12 runs
  B  b.db
     b.db: 14 runs
  
  learning_rate  A runs  A test_loss  B runs  B test_loss     B - A  pairs  mean B - A        t  df           p
            0.1       6    0.0551704       7     0.190387  0.135217      5    0.150846  5.38108   4  0.00576449
            0.5       6    0.0095747       7     0.031086  0.021512      5    0.028264  8.86822   4  0.00089302
  
  mean, t and p of B - A: paired t-test over equal seeds, two-sided; df: degrees of freedom
  $ luron show a.db b.db --json
  {"v":1,"type":"compared","learning_rate":0.1,"a_runs":6,"a_n_solved":0,"a_test_loss_median":0.055170431153634986,"b_runs":7,"b_n_solved":0,"b_test_loss_median":0.19038743792652532,"difference":0.13521700677289034,"test":"paired t-test","pairs":5,"degrees_of_freedom":4,"mean_difference":0.15084597563278973,"t":5.381076337170257,"p":0.005764489182836698}
  {"v":1,"type":"compared","learning_rate":0.5,"a_runs":6,"a_n_solved":0,"a_test_loss_median":0.009574702397587478,"b_runs":7,"b_n_solved":0,"b_test_loss_median":0.03108645242843843,"difference":0.021511750030850953,"test":"paired t-test","pairs":5,"degrees_of_freedom":4,"mean_difference":0.02826357789668104,"t":8.868221010941419,"p":0.0008930156414261083}
  $ luron show a.db a.db --by learning_rate
  A  a.db
     a.db: 12 runs
  B  a.db
     a.db: 12 runs
  
  learning_rate  A runs  A test_loss  B runs  B test_loss  B - A  pairs  mean B - A  t  df  p
            0.1       6    0.0551704       6    0.0551704      0      6           0  0   5  1
            0.5       6    0.0095747       6    0.0095747      0      6           0  0   5  1
  
  mean, t and p of B - A: paired t-test over equal seeds, two-sided; df: degrees of freedom
  $ luron show a.db b.db 'seed = 2'
  A  a.db
     a.db: 12 runs
  B  b.db
     b.db: 14 runs
  
  learning_rate  A runs  A test_loss  B runs  B test_loss     B - A
            0.1       1    0.0371081       1     0.140891  0.103783
            0.5       1    0.0058889       1     0.026946  0.021057

Over cross-validation folds the t-test is corrected for what they share:

  $ cat > cv.lua <<'END'
  > local e = dofile "a.lua"
  > e.test, e.folds, e.sweep.learning_rate = nil, 5, nil
  > return e
  > END
  $ luron sweep cv.lua -q -o cv.db seed=1,2 >/dev/null
  $ luron sweep cv.lua -q -o other.db seed=1,2 hidden=3 >/dev/null
  $ luron show cv.db --interval
  cv.db: 10 runs
  
  The combination by test_loss, the lowest first:
  runs  test_loss mean  deviation     95 % interval
    10        0.114489  0.0798421  0.0076 .. 0.2213
  interval of the mean: 95 %, by Nadeau and Bengio's corrected t over the runs of a combination, which share patterns; deviation: divisor n - 1
  $ luron show cv.db other.db
  A  cv.db
     cv.db: 10 runs
  B  other.db
     other.db: 10 runs
  
  A runs  A test_loss  B runs  B test_loss        B - A  pairs   mean B - A          t  df        p
      10    0.0741993      10    0.0650349  -0.00916441     10  -0.00415058  -0.162947   9  0.87416
  
  mean, t and p of B - A: Nadeau and Bengio's corrected t-test over equal seeds and cross-validation folds, two-sided; df: degrees of freedom
  $ luron sweep cv.lua -q -o three.db seed=1,2 folds=3 >/dev/null
  $ luron show cv.db three.db
  A  cv.db
     cv.db: 10 runs
  B  three.db
     three.db: 6 runs
  
  A runs  A test_loss  B runs  B test_loss      B - A
      10    0.0741993       6    0.0990185  0.0248192
  
  A has 5 cross-validation folds and B 3, so their runs make no pairs: no test tells whether they differ.
  $ luron sweep cv.lua -q -o one.db fold=1 seed=1..4 >/dev/null; luron show one.db --interval
  one.db: 4 runs
  
  The combination by test_loss, the lowest first:
  runs  test_loss mean  deviation     95 % interval
     4       0.0870657  0.0365312  0.0049 .. 0.1693
  interval of the mean: 95 %, by Nadeau and Bengio's corrected t over the runs of a combination, which share patterns; deviation: divisor n - 1

Runs of another partition are no partners, and of an axis those are that have the other file's value:

  $ luron sweep cv.lua -q -o first.db seed=1 >/dev/null
  $ luron sweep cv.lua -q -o second.db seed=2 hidden=3 >/dev/null
  $ luron show first.db second.db | tail -1
  seed is 1 in A and 2 in B, so their runs make no pairs: no test tells whether they differ.
  $ luron show second.db second.db --json | grep -o '"pairs":[0-9]*'
  "pairs":5
  $ luron show first.db cv.db | sed -n '7p'
       5    0.0857977      10    0.0741993  -0.0115985      5           0  0   4  1
  $ luron show first.db other.db | sed -n '7p'
       5    0.0857977      10    0.0650349  -0.0207629      5  -0.0186833  -1.42448   4  0.227423
  $ luron sweep cv.lua -q -o third.db fold=2 seed=1..4 >/dev/null; luron show one.db third.db | tail -1
  fold is 1 in A and 2 in B, so their runs make no pairs: no test tells whether they differ.
  $ luron show cv.db third.db | sed -n '7p'
      10    0.0741993       4     0.124177  0.049978      2           0  0   1  1
  $ luron sweep a.lua -q -o c.db hidden=3 test_seed=2 >/dev/null; luron show a.db c.db | tail -1
  test_seed is 1 in A and 2 in B, so their runs make no pairs: no test tells whether they differ.

What does not go:

  $ luron sweep a.lua -q -o cells.db --keep cells >/dev/null; luron show cells.db --interval
  command line: --interval: the file keeps one row per combination and not its runs; sweep with --keep=all into another file
  [2]
  $ luron show a.db --interval --plot
  command line: --interval: does not go with --plot
  [2]
  $ luron show a.db --interval --best 3 --runs
  command line: --interval: does not go with --runs
  [2]
  $ luron show a.db b.db --interval
  command line: --interval: does not go with two files, which are compared by their medians and a test
  [2]
  $ luron show cells.db cells.db
  A  cells.db
     cells.db: 12 runs
  B  cells.db
     cells.db: 12 runs
  
  learning_rate  A runs  A test_loss  B runs  B test_loss  B - A
            0.1       6    0.0516302       6    0.0516302      0
            0.5       6    0.0084391       6    0.0084391      0
