#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 15_online_batch: one update a pattern, or one an epoch?
--
-- batch = 1 updates after every pattern, batch = "all" once an epoch with the mean of the 100 gradients. So at the same
-- rate the full batch moves less in an epoch; its best rate is 10, that of batches of ten 3.16, that of single patterns
-- 1, and there a quarter of the starts is thrown off. At the same number of epochs small batches are ahead.
--
--   luron sweep scripts/15_online_batch.lua
--
-- prints
--
--   Moons, online and in batches: 540 runs
--
--   The best 5 of 27 combinations:
--   learning_rate  batch  runs  loss median               quartiles
--               1      1    20  0.000197079     0.0001595 .. 0.5368
--         3.16228     10    20   0.00043429   0.000367 .. 0.0004834
--        0.316228      1    20  0.000528543  0.0005147 .. 0.0005476
--              10    100    20   0.00140436    0.001155 .. 0.001694
--               1     10    20   0.00207723     0.00194 .. 0.002235
--
--   Effect of each axis, over all others:
--   axis           values  best at        loss  worst at      loss
--   learning_rate       9        1  0.00207723       100    27.181
--   batch               3        1   0.0467536       100  0.284995
--
--   results/15_online_batch-HASH.db: 540 runs in ...

local luron = require "luron"

return luron.experiment {
  name = "Moons, online and in batches",
  data = luron.data.moons { n = 100, noise = 0.1 },
  hidden = { 8 },
  activation = "tanh",
  output_activation = "sigmoid",
  epochs = 200,
  sweep = {
    batch = { 1, 10, "all" },
    learning_rate = luron.geomspace(0.01, 100, 9),
    seed = luron.range(1, 20),
  },
}
