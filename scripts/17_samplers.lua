#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 17_samplers: how should 64 tries be spent on two axes?
--
-- A grid of 8 x 8 tries only 8 values of each axis. Random and Sobol points try 64 of each: where one axis matters more
-- than the other, that finds better values. Here the rate matters, and 0.72 and 2.7 are the grid's nearest to the best.
-- Draws have luck: the second is far better than the grid, the third is worse. Sobol points leave no large gaps, so
-- they need less of it.
--
--   luron run scripts/17_samplers.lua
--
-- prints
--
--   grid     loss 0.00063 at learning_rate 0.720, init_scale 10.000
--   random 1 loss 0.00069 at learning_rate 1.338, init_scale 0.034
--   random 2 loss 0.00029 at learning_rate 1.888, init_scale 0.013
--   random 3 loss 0.00124 at learning_rate 0.840, init_scale 7.414
--   sobol    loss 0.00067 at learning_rate 1.540, init_scale 0.011

local luron = require "luron"

local circles = luron.experiment {
  name = "Circles by three samplers",
  data = luron.data.circles { n = 60, noise = 0.05, factor = 0.5 },
  hidden = { 6 }, activation = "tanh", output_activation = "sigmoid",
  epochs = 100,
  sweep = {
    learning_rate = luron.geomspace(0.001, 10, 8),
    init_scale = luron.geomspace(0.01, 10, 8),
    seed = luron.range(1, 5),
  },
}

local function show(name, results)
  local best = results:best "loss"
  print(string.format("%-8s loss %.5f at learning_rate %.3f, init_scale %.3f", name, best.loss, best.learning_rate,
    best.init_scale))
end

local drawn = { learning_rate = luron.loguniform(0.001, 10), init_scale = luron.loguniform(0.01, 10) }

show("grid", circles:sweep {})
for seed = 1, 3 do
  show("random " .. seed, circles:sweep { sampler = "random", samples = 64, sampler_seed = seed, sweep = drawn })
end
show("sobol", circles:sweep { sampler = "sobol", samples = 64, sweep = drawn })
