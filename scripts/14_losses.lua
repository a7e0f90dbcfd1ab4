#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 14_losses: what should training make small?
--
-- Behind a sigmoid, the slope of the squared error has a factor o * (1 - o), which is almost 0 where the neuron is sure
-- and wrong: it learns least where it should learn most. Cross-entropy has no such factor. Each loss has its own best
-- rate, so both are tried at the same range of rates.
--
--   luron sweep scripts/14_losses.lua
--
-- prints

local luron = require "luron"

return luron.experiment {
  name = "XOR with two losses",
  data = luron.data.xor(),
  hidden = { 3 },
  epochs = 1000,
  stop = { error = 0.5 },
  sweep = {
    loss = { "cross_entropy", "mse" },
    learning_rate = luron.geomspace(0.1, 10, 9),
    seed = luron.range(1, 200),
  },
}
