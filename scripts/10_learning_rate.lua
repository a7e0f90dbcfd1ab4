#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 10_learning_rate: how far should a step go?
--
-- The first sweep: AND, learned at 25 learning rates from 0.001 to 1000, each from 40 starts. Small rates are slow, and
-- are not done after 500 epochs; somewhere in between is a plateau on which it hardly matters; beyond it steps overshoot.
--
--   luron sweep scripts/10_learning_rate.lua
--
-- prints

local luron = require "luron"

return luron.experiment {
  name = "AND at many learning rates",
  inputs  = { {1, 1}, {1, 0}, {0, 1}, {0, 0} },
  targets = { 1, 0, 0, 0 },
  epochs = 500,
  stop = { error = 0.2 },
  sweep = {
    learning_rate = luron.geomspace(0.001, 1000, 25),
    seed = luron.range(1, 40),
  },
}
