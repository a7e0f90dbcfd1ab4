#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 11_seeds: was the XOR network of script 09 lucky?
--
-- The same network from 1,000 starts. A run is solved when every output of every pattern is within 0.5 of its target.
-- What one reports is the share that is solved, with its interval: one seed says next to nothing.
--
--   luron sweep scripts/11_seeds.lua
--
-- prints

local luron = require "luron"

return luron.experiment {
  name = "XOR from 1000 starts",
  inputs  = { {1, 1}, {1, 0}, {0, 1}, {0, 0} },
  targets = { 0, 1, 1, 0 },
  hidden = { 2 },
  learning_rate = 0.5,
  epochs = 500,
  stop = { error = 0.5 },
  sweep = { seed = luron.range(1, 1000) },
}
