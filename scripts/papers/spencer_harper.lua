#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/spencer_harper: the neuron of Milo Spencer-Harper, "How to build a simple neural network in 9 lines of Python
-- code" (2015).
--
-- Three inputs, no bias, 10,000 updates by the sum over the patterns of half the squared error's gradient, at a rate of
-- 1. The start weights are those that NumPy draws after numpy.random.seed(1).
--
--   luron run scripts/papers/spencer_harper.lua
--
-- prints
--
--   weights: published, here
--     9.67299303  9.67299303
--     -0.20784350  -0.20784350
--     -4.62963669  -4.62963669
--   the new pattern {1, 0, 0}: published, here
--     0.99993704  0.99993704

local luron = require "luron"

local run = luron.experiment {
  inputs = { { 0, 0, 1 }, { 1, 1, 1 }, { 1, 0, 1 }, { 0, 1, 1 } },
  targets = { 0, 1, 1, 0 },
  bias = false,
  weights = { -0x1.53e0bc0170fe8p-3, 0x1.c3397ceebc144p-2, -0x1.ffe2046f999e4p-1 },
  loss = "mse",
  reduction = "half_sum",
  learning_rate = 1,
  batch = "all",
  epochs = 10000,
  log = false,
}:run()

local published = { 9.67299303, -0.2078435, -4.62963669 }
print "weights: published, here"
for i, weight in ipairs(published) do
  print(string.format("  %.8f  %.8f", weight, run.network.weights[1][1][i]))
end
print "the new pattern {1, 0, 0}: published, here"
print(string.format("  %.8f  %.8f", 0.99993704, run.network:forward({ 1, 0, 0 })[1]))
