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
--        1.000000      1    20   0.00019708  1.595e-04 .. 5.368e-01
--        3.162278     10    20   0.00043429  3.670e-04 .. 4.834e-04
--        0.316228      1    20   0.00052854  5.147e-04 .. 5.476e-04
--       10.000000    100    20   0.00140436  1.155e-03 .. 1.694e-03
--        1.000000     10    20   0.00207723  1.940e-03 .. 2.235e-03
--
--   Effect of each axis, over all others:
--   axis           values  best at       loss  worst at     loss
--   learning_rate       9        1  0.0020772       100  27.1810
--   batch               3        1  0.0467536       100   0.2850
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
