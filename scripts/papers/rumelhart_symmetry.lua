#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/rumelhart_symmetry: the six inputs of Rumelhart, Hinton and Williams, "Learning representations by
-- back-propagating errors", Nature 323 (1986).
--
-- Is a pattern of six bits the same forwards and backwards? 6-2-1 sigmoids, all 64 patterns an update, sums of half the
-- squared error's gradient, a rate of 0.1 and momentum of 0.9, start weights drawn from -0.3 to 0.3. One training is
-- published: 1,425 sweeps. When it counted as learned is not said; here every output is on its target's side.
--
--   luron sweep scripts/papers/rumelhart_symmetry.lua -q
--   luron show scripts/papers/rumelhart_symmetry.lua --by hidden --metric epochs
--
-- prints
--
--   results/rumelhart_symmetry-HASH.db: 200 runs in ...
--
--   hidden  runs  solved   95 % interval  epochs median     quartiles
--        2   200  81.0 %  75.0 .. 85.8 %           2736  1123 .. 7257

local luron = require "luron"

local inputs, targets = {}, {}
for k = 0, 63 do
  local x = {}
  for i = 1, 6 do
    x[i] = k >> (6 - i) & 1
  end
  inputs[#inputs + 1] = x
  targets[#targets + 1] = (x[1] == x[6] and x[2] == x[5] and x[3] == x[4]) and 1 or 0
end

return luron.experiment {
  name = "symmetry of six bits",
  inputs = inputs,
  targets = targets,
  init = "uniform",
  init_scale = 0.3,
  loss = "mse",
  reduction = "half_sum",
  optimizer = "momentum",
  momentum = 0.9,
  learning_rate = 0.1,
  batch = "all",
  epochs = 10000,
  stop = { error = 0.5 },
  sweep = { hidden = { 2 }, seed = luron.range(1, 200) },
}
