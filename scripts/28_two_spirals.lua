#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 28_two_spirals: what do shortcuts give?
--
-- Two spirals, each three times around the other: the classic of Lang and Witbrock (1988), for which a plain network of
-- three narrow layers finds no solution. In theirs each layer sees the inputs and all layers before it: shortcuts =
-- true. These 138 numbers learn it from about every second start; without shortcuts, from none.
--
--   luron sweep scripts/28_two_spirals.lua -q
--   luron show scripts/28_two_spirals.lua --by shortcuts --metric epochs
--
-- prints
--
--   results/28_two_spirals-HASH.db: 64 runs in ...
--
--   shortcuts  runs  solved   95 % interval  epochs median       quartiles
--           0    32   0.0 %   0.0 .. 10.7 %          10000  10000 .. 10000
--           1    32  65.6 %  48.3 .. 79.6 %           8395   3440 .. 10000

local luron = require "luron"

local inputs, targets = {}, {}
for i = 0, 96 do
  local angle, radius = i * math.pi / 16, 6.5 * (104 - i) / 104
  local x, y = radius * math.sin(angle), radius * math.cos(angle)
  inputs[#inputs + 1], targets[#targets + 1] = { x, y }, 1
  inputs[#inputs + 1], targets[#targets + 1] = { -x, -y }, 0
end

return luron.experiment {
  name = "two spirals",
  inputs = inputs,
  targets = targets,
  hidden = { 5, 5, 5 },
  activation = "tanh",
  output_activation = "sigmoid",
  init = "uniform",
  init_scale = 0.5,
  optimizer = "rprop",
  learning_rate = 0.01,
  batch = "all",
  epochs = 10000,
  stop = { error = 0.4, every = 10 },
  sweep = { shortcuts = { true, false }, seed = luron.range(1, 32) },
}
