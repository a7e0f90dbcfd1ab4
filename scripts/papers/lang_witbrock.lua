#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/lang_witbrock: two spirals, by Lang and Witbrock, "Learning to tell two spirals apart", in Proceedings of the
-- 1988 Connectionist Models Summer School.
--
-- 2-5-5-5-1 sigmoids where each layer sees the inputs and all layers before it, plain backpropagation over all 194
-- points with a small rate and much momentum. About 20,000 epochs are published for squared errors, in three trainings
-- whose rate and momentum rose on the way. Here both stay as they are, most starts take longer than 60,000, and those
-- that learn it take about as many as published. Cross-entropy learns it nearly always, and earlier.
--
--   luron sweep scripts/papers/lang_witbrock.lua -q
--   luron show scripts/papers/lang_witbrock.lua --by loss_function --metric epochs
--
-- prints
--
--   results/lang_witbrock-HASH.db: 32 runs in ...
--
--   loss_function  runs  solved   95 % interval  epochs median       quartiles
--   cross_entropy    16  87.5 %  64.0 .. 96.5 %          12370   9448 .. 19212
--   mse              16  31.2 %  14.2 .. 55.6 %          60000  24015 .. 60000

local luron = require "luron"

local inputs, targets = {}, {}
for i = 0, 96 do
  local angle, radius = i * math.pi / 16, 6.5 * (104 - i) / 104
  local x, y = radius * math.sin(angle), radius * math.cos(angle)
  inputs[#inputs + 1], targets[#targets + 1] = { x, y }, 1
  inputs[#inputs + 1], targets[#targets + 1] = { -x, -y }, 0
end

return luron.experiment {
  name = "two spirals by plain backpropagation",
  inputs = inputs,
  targets = targets,
  hidden = { 5, 5, 5 },
  shortcuts = true,
  init = "uniform",
  init_scale = 0.1,
  reduction = "sum",
  optimizer = "momentum",
  momentum = 0.95,
  learning_rate = 0.001,
  batch = "all",
  epochs = 60000,
  stop = { error = 0.4, every = 10 },
  sweep = { loss = { "mse", "cross_entropy" }, seed = luron.range(1, 16) },
}
