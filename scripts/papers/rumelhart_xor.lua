#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/rumelhart_xor: XOR with a single hidden unit, by Rumelhart, Hinton and Williams, "Learning internal
-- representations by error propagation", in Parallel Distributed Processing 1 (1986).
--
-- The output sees the inputs, too: shortcuts = true. Then one hidden unit, which knows AND, is enough; without them no
-- start leads to a solution. One training is published: 558 sweeps at a rate of 0.5. Its start is not; here weights are
-- drawn from -0.3 to 0.3, or from -1 to 1.
--
--   luron sweep scripts/papers/rumelhart_xor.lua -q
--   luron show scripts/papers/rumelhart_xor.lua --by shortcuts,init_scale --metric epochs
--
-- prints
--
--   results/rumelhart_xor-HASH.db: 800 runs in ...
--
--   shortcuts  init_scale  runs   solved    95 % interval  epochs median     quartiles
--           0         0.3   200    0.0 %   0.0 ..   1.9 %           5000  5000 .. 5000
--           0         1.0   200    0.0 %   0.0 ..   1.9 %           5000  5000 .. 5000
--           1         0.3   200  100.0 %  98.1 .. 100.0 %           1321  1129 .. 1550
--           1         1.0   200  100.0 %  98.1 .. 100.0 %            781   466 .. 1246

local luron = require "luron"

return luron.experiment {
  name = "XOR with one hidden unit",
  data = luron.data.xor(),
  hidden = 1,
  init = "uniform",
  loss = "mse",
  reduction = "half_sum",
  learning_rate = 0.5,
  epochs = 5000,
  stop = { error = 0.5 },
  sweep = {
    shortcuts = { true, false },
    init_scale = { 0.3, 1 },
    seed = luron.range(1, 200),
  },
}
