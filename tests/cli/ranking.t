What combinations are ranked by. Sigmoid outputs train by cross-entropy, tanh and relu by the squared error, and these do not
compare; as all have an accuracy, that ranks:

  $ cat > xor.lua <<'EOF'
  > local luron = require "luron"
  > return luron.experiment {
  >   name = "XOR", data = luron.data.xor(), hidden = 3, epochs = 300, log = false,
  >   sweep = { activation = { "tanh", "relu", "sigmoid" }, learning_rate = { 0.1, 0.5 }, seed = luron.range(1, 20) },
  > }
  > EOF
  $ luron sweep xor.lua -o xor.db | grep -v ' in '
  XOR: 120 runs
  Their losses (cross_entropy, mse) do not compare: accuracy ranks. To train all by one loss, write loss = "mse".
  
  The best 5 of 6 combinations:
  activation  learning_rate  runs  accuracy median     quartiles
  sigmoid               0.5    20             1.00  1.00 .. 1.00
  tanh                  0.1    20             1.00  1.00 .. 1.00
  tanh                  0.5    20             0.75  0.75 .. 1.00
  sigmoid               0.1    20             0.75  0.50 .. 0.75
  relu                  0.1    20             0.50  0.50 .. 0.75
  
  Effect of each axis, over all others:
  axis           values  best at  accuracy  worst at  accuracy
  activation          3  sigmoid     0.875  relu          0.50
  learning_rate       2      0.1     0.750       0.1      0.75
  
  $ luron show xor.db --best 2
  Their losses (cross_entropy, mse) do not compare: accuracy ranks. To train all by one loss, write loss = "mse".
  
  The best 2 of 6 combinations:
  activation  learning_rate  runs  accuracy median  quartiles
  sigmoid               0.5    20                1     1 .. 1
  tanh                  0.1    20                1     1 .. 1
  $ luron show xor.db --best 2 --runs
  Their losses (cross_entropy, mse) do not compare: accuracy ranks. To train all by one loss, write loss = "mse".
  
  The best 2 single runs by accuracy, the highest first:
  run  activation  learning_rate  seed         loss  accuracy  epochs  status
    1  tanh                  0.1     1  2.22869e-03         1     300  finished
    3  relu                  0.1     1  3.72857e-32         1     300  finished
  $ luron show xor.db --by activation
  activation  runs  accuracy median     quartiles
  relu          40              0.5  0.50 .. 0.50
  sigmoid       40              1.0  0.75 .. 1.00
  tanh          40              1.0  0.75 .. 1.00
  $ luron report xor.db -o xor.html; grep -o 'The best is[^<]*' xor.html; grep -o 'Their losses[^<]*' xor.html
  The best is activation = sigmoid, learning_rate = 0.5, with accuracy 1.
  Their losses (cross_entropy, mse) do not compare: accuracy ranks. To train all by one loss, write loss = &quot;mse&quot;.

By one loss there is nothing to tell apart; of an axis of losses, one metric measures all alike:

  $ luron sweep xor.lua loss=mse -o mse.db | sed -n 1,5p
  XOR: 120 runs
  
  The best 5 of 6 combinations:
  activation  learning_rate  runs  loss median         quartiles
  tanh                  0.1    20     0.002337  0.0011 .. 0.0073
  $ luron sweep xor.lua activation=sigmoid loss=mse,cross_entropy -o losses.db | sed -n 2p
  Their losses (cross_entropy, mse) do not compare: accuracy ranks. Or write metrics = {"mse"}, rank = "mse".
  $ sed 's/log = false/log = false, metrics = { "mse" }, rank = "mse"/' xor.lua > measured.lua
  $ luron sweep measured.lua activation=sigmoid loss=mse,cross_entropy -o measured.db | grep -v ' in '
  XOR: 80 runs
  
  The combinations by mse, the lowest first:
  loss_function  learning_rate  runs  mse median           quartiles
  cross_entropy            0.5    20    0.001383  0.00089 .. 0.01114
  mse                      0.5    20    0.068593  0.02466 .. 0.19218
  cross_entropy            0.1    20    0.230289  0.19601 .. 0.24197
  mse                      0.1    20    0.243779  0.24038 .. 0.24792
  
  Effect of each axis, over all others:
  axis           values  best at             mse  worst at       mse
  loss_function       2  cross_entropy  0.115836  mse       0.156186
  learning_rate       2            0.5  0.034988       0.1  0.237034
  

Where some have no accuracy, each loss is ranked for itself:

  $ cat > values.lua <<'EOF'
  > local luron = require "luron"
  > return luron.experiment {
  >   name = "values", inputs = { 0, 0.3, 0.6, 1 }, targets = { 0.1, 0.3, 0.7, 0.2 }, hidden = 3, epochs = 300, log = false,
  >   sweep = { output_activation = { "tanh", "relu", "sigmoid" }, learning_rate = { 0.1, 0.5 }, seed = luron.range(1, 20) },
  > }
  > EOF
  $ luron sweep values.lua -o values.db | grep -v ' in '
  values: 120 runs
  Their losses (cross_entropy, mse) do not compare: each is ranked for itself. To train all by one loss, write loss = "mse".
  
  The combinations by cross_entropy, the lowest first:
  output_activation  learning_rate  runs  loss median         quartiles
  sigmoid                      0.5    20     0.601588  0.5847 .. 0.6108
  sigmoid                      0.1    20     0.621814  0.6183 .. 0.6256
  
  The combinations by mse, the lowest first:
  output_activation  learning_rate  runs  loss median         quartiles
  tanh                         0.5    20     0.036286  0.0175 .. 0.0436
  tanh                         0.1    20     0.043976  0.0413 .. 0.0477
  relu                         0.1    20     0.050718  0.0454 .. 0.1575
  relu                         0.5    20     0.157500  0.1575 .. 0.1575
  
  Effect of each axis, over all others, by cross_entropy:
  axis               values  best at      loss  worst at      loss
  output_activation       1  sigmoid  0.611701  sigmoid   0.611701
  learning_rate           2      0.5  0.601588       0.1  0.621814
  
  Effect of each axis, over all others, by mse:
  axis               values  best at       loss  worst at      loss
  output_activation       2  tanh     0.0401310  relu      0.104109
  learning_rate           2      0.1  0.0473466       0.5  0.096893
  
  $ luron show values.db --best 1
  Their losses (cross_entropy, mse) do not compare: each is ranked for itself. To train all by one loss, write loss = "mse".
  
  The best 1 of 2 combinations by cross_entropy, the lowest first:
  output_activation  learning_rate  runs  loss median         quartiles
  sigmoid                      0.5    20     0.601588  0.5847 .. 0.6108
  
  The best 1 of 4 combinations by mse, the lowest first:
  output_activation  learning_rate  runs  loss median           quartiles
  tanh                         0.5    20    0.0362863  0.01746 .. 0.04361
  $ luron show values.db --best 1 --runs
  Their losses (cross_entropy, mse) do not compare: each is ranked for itself. To train all by one loss, write loss = "mse".
  
  The best single run by cross_entropy:
  run  output_activation  learning_rate  seed      loss  accuracy  epochs  status
   60  sigmoid                      0.5    10  0.546838               300  finished
  
  The best single run by mse:
  run  output_activation  learning_rate  seed       loss  accuracy  epochs  status
   56  tanh                         0.5    10  0.0021154               300  finished
  $ luron show values.db --by learning_rate
  Their losses (cross_entropy, mse) do not compare: each is ranked for itself. To train all by one loss, write loss = "mse".
  
  learning_rate  runs  loss median  quartiles
            0.1    60                        
            0.5    60                        
  $ luron report values.db -o values.html; grep -o 'The best by[^<]*' values.html
  The best by cross_entropy is output_activation = sigmoid, learning_rate = 0.5, with loss 0.601588.
  The best by mse is output_activation = tanh, learning_rate = 0.5, with loss 0.0362863.
  $ luron show values.db xor.db --by learning_rate
  A  values.db
     values: 120 runs
  B  xor.db
     XOR: 120 runs
  
  Losses of different kinds do not compare: those of A are cross_entropy, mse, of B cross_entropy, mse. To train all by one, write loss = "mse".
  
  learning_rate  A runs  A loss  B runs  B loss  B - A
            0.1      60              60               
            0.5      60              60               
  $ luron sweep values.lua --keep 3
  command line: --keep: by = "loss" would rank losses that do not compare (mse, cross_entropy); write loss = "mse" for all runs, or by = "accuracy"
  [2]
  $ luron sweep values.lua --keep 3 loss=mse -q -o kept.db | sed 's/ in .*//'
  kept.db: 120 runs
  $ cat > best.lua <<'EOF'
  > local luron = require "luron"
  > print(luron.results("xor.db"):best().accuracy, pcall(function() return luron.results("xor.db"):best("loss") end))
  > print(pcall(function() return luron.results("values.db"):best() end))
  > print(luron.results("xor.db"):by("learning_rate")[1].median, luron.results("values.db"):by("learning_rate")[1].median)
  > print(luron.results("values.db"):by("output_activation")[2].median, luron.results("values.db"):best("epochs").run)
  > EOF
  $ luron run best.lua
  1.0	false	best.lua:2: loss: the runs have several losses (cross_entropy, mse), which do not compare; write loss = "mse" in the experiment, or name another metric
  false	best.lua:3: loss: the runs have several losses (cross_entropy, mse), which do not compare; write loss = "mse" in the experiment, or name another metric
  0.75	nil
  0.61270985230182	1

The field rank says what ranks; the file keeps it, and show, report and best follow it. It makes no other sweep:

  $ sed 's/log = false/log = false, test = 0.25, metrics = { "test_loss" }, rank = "epochs", stop = { error = 0.4 }/' xor.lua > rank.lua
  $ luron sweep rank.lua -o rank.db activation=sigmoid | grep -v ' in '
  XOR: 40 runs, 38 solved (95 %)
  
  The combinations by epochs, the lowest first:
  learning_rate  runs   solved    95 % interval  epochs median       quartiles
            0.5    20  100.0 %  83.9 .. 100.0 %             43   32.8 ..  54.5
            0.1    20   90.0 %  69.9 ..  97.2 %            202  160.5 .. 257.5
  
  Effect of each axis, over all others:
  axis           values  best at   solved  epochs  worst at  solved  epochs
  learning_rate       2      0.5  100.0 %      43       0.1  90.0 %     202
  
  $ luron show rank.db --best 1 --runs
  The best single run by epochs:
  run  learning_rate  seed      loss  accuracy  epochs  test_loss  status
   30            0.5    15  0.269198         1      28    2.65252  solved
  $ luron show rank.db --metric accuracy --best 1
  The best 1 of 2 combinations by accuracy, the highest first:
  learning_rate  runs   solved    95 % interval  accuracy median  quartiles
            0.5    20  100.0 %  83.9 .. 100.0 %                1     1 .. 1
  $ luron sweep rank.lua -o rank.db activation=sigmoid rank=solved | sed -n '3,5p;$p'
  The combinations by solved, the highest first:
  learning_rate  runs   solved    95 % interval
            0.5    20  100.0 %  83.9 .. 100.0 %
  rank.db: was complete, nothing was run
  $ luron sweep rank.lua -o rank.db activation=sigmoid --metric test_loss | sed -n '3,4p'
  The combinations by test_loss, the lowest first:
  learning_rate  runs   solved    95 % interval  test_loss median       quartiles
  $ luron report rank.db -o rank.html; grep -o 'The best combinations by[^<]*' rank.html
  The best combinations by test_loss
  $ luron report rank.db -m accuracy -o rank.html; grep -o 'The best combinations by[^<]*' rank.html
  The best combinations by accuracy
  $ luron sweep rank.lua rank=mse
  command line: rank: "mse" is not among the metrics; add it to them: metrics = { "mse" }
  [2]
  $ luron sweep rank.lua rank=accurcy
  command line: rank: "accurcy" is no metric; did you mean accuracy? There are loss accuracy test_loss epochs solved
  [2]
  $ luron sweep rank.lua --metric mse
  command line: --metric: "mse" is not among the metrics of this experiment; there are loss accuracy test_loss epochs solved
  [2]
  $ luron show rank.db --runs
  command line: --runs: goes with --best: the best N single runs
  [2]
  $ luron help rank
  rank: The metric by which tables, reports and best rank combinations; it changes
      no results.
    value    a metric's name, or "solved"
    default  the share solved if any run was, then loss

Equal medians go by the quartiles, then the mean, and not by the order in which the values stand:

  $ cat > ties.lua <<'EOF'
  > return {
  >   inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, log = false, params = { k = 1 }, rank = "value", loss = "mse",
  >   sweep = { k = { 1, 2, 3, 4 }, seed = { 1, 2, 3, 4, 5 } },
  >   metrics = { value = function(run)
  >     local table = { { 1, 1, 5, 9, 9 }, { 2, 3, 5, 6, 9 }, { 1, 3, 5, 6, 9 }, { 4, 4, 5, 9, 10 } }
  >     N = (N or 0) + 1
  >     return table[(N - 1) % 4 + 1][(N - 1) // 4 + 1]
  >   end },
  > }
  > EOF
  $ luron sweep ties.lua -o ties.db | sed -n '3,8p'
  The combinations by value, the lowest first:
  k  runs  value median  quartiles
  3     5             5     3 .. 6
  2     5             5     3 .. 6
  1     5             5     1 .. 9
  4     5             5     4 .. 9

A report draws learning curves of each loss for itself, where they do not compare:

  $ cat > curves.lua <<'EOF'
  > return { inputs = {{0}, {1}}, targets = {1, 0}, epochs = 20, curve = 5,
  >   sweep = { output_activation = {"tanh", "sigmoid"}, learning_rate = {0.1, 0.2}, seed = {1, 2} } }
  > EOF
  $ luron sweep -q curves.lua -o curves.db > /dev/null && luron report curves.db -o curves.html; grep -o '<figcaption[^<]*' curves.html
  <figcaption class="note">median loss of 4 runs per curve, with quartiles; by cross_entropy
  <figcaption class="note">median loss of 2 runs per curve, with quartiles; by cross_entropy
  <figcaption class="note">median loss of 4 runs per curve, with quartiles; by mse
  <figcaption class="note">median loss of 2 runs per curve, with quartiles; by mse
