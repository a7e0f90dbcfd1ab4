#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 18_halving: must every run go to its end?
--
-- After 50 epochs most bad rates are known to be bad. Successive halving ends the worst three quarters there, and three
-- quarters of the rest after 200: the same best cell for a fraction of the epochs.
--
--   luron sweep scripts/18_halving.lua
--
-- prints

local luron = require "luron"

return luron.experiment {
  name = "Moons with halving",
  data = luron.data.moons { n = 100, noise = 0.1 },
  hidden = { 8 },
  activation = "tanh",
  output_activation = "sigmoid",
  epochs = 800,
  prune = luron.halving { at = { 50, 200 }, keep = 0.25, by = "loss" },
  sweep = {
    learning_rate = luron.geomspace(0.001, 10, 64),
    seed = luron.range(1, 4),
  },
}
