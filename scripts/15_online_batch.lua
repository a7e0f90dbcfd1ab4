#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 15_online_batch: one update a pattern, or one an epoch?
--
-- batch = 1 updates after every pattern, batch = "all" once an epoch with the mean of the gradients. At the same rate
-- the full batch moves less an epoch, but its direction is that of the whole loss; it wants larger rates.
--
--   luron sweep scripts/15_online_batch.lua
--
-- prints

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
    learning_rate = luron.geomspace(0.01, 10, 7),
    seed = luron.range(1, 20),
  },
}
