#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/trask: the two networks of Andrew Trask, "A Neural Network in 11 lines of Python" (2015).
--
-- Its updates are sums over the patterns of half the squared error's gradient, with a rate of 1: so reduction =
-- "half_sum" and learning_rate = 1, as printed there. The third input is always 1 and stands for a bias. The start
-- weights are those that NumPy draws after numpy.random.seed(1).
--
--   luron run scripts/papers/trask.lua
--
-- prints
--
--   one layer, after 10,000 passes: published, here
--     0.00966449  0.00966449
--     0.00786506  0.00786506
--     0.99358898  0.99358898
--     0.99211957  0.99211957
--   two layers, mean error after 0, 10,000 ... 50,000 passes: published, here
--     0.496410031903  0.496410031903
--     0.008584525653  0.008584525653
--     0.005789459863  0.005789459863
--     0.004629176777  0.004629176777
--     0.003958765280  0.003958765280
--     0.003510122568  0.003510122568

local luron = require "luron"

local inputs = { { 0, 0, 1 }, { 0, 1, 1 }, { 1, 0, 1 }, { 1, 1, 1 } }

local one = luron.experiment {
  name = "one layer",
  inputs = inputs,
  targets = { 0, 0, 1, 1 },
  bias = false,
  weights = { -0x1.53e0bc0170fe8p-3, 0x1.c3397ceebc144p-2, -0x1.ffe2046f999e4p-1 },
  loss = "mse",
  reduction = "half_sum",
  learning_rate = 1,
  batch = "all",
  epochs = 9999, -- what is printed there is what the 10,000th pass saw, before its update
  log = false,
}:run()
local published = { 0.00966449, 0.00786506, 0.99358898, 0.99211957 }
print "one layer, after 10,000 passes: published, here"
for i, input in ipairs(inputs) do
  print(string.format("  %.8f  %.8f", published[i], one.network:forward(input)[1]))
end

local targets, errors = { 0, 1, 1, 0 }, {} -- errors: the mean distance between output and target
local two = luron.experiment {
  name = "two layers",
  inputs = inputs,
  targets = targets,
  hidden = 4,
  bias = false,
  weights = {
    { { -0x1.53e0bc0170fe8p-3, -0x1.69b8d2e1c7d62p-1, -0x1.a6d7262101060p-3 },
      { 0x1.c3397ceebc144p-2, -0x1.a171fdcd3cd7cp-1, 0x1.3dfc97629f540p-4 },
      { -0x1.ffe2046f999e4p-1, -0x1.414500ce58f0ep-1, -0x1.4afab15f9a9d8p-3 },
      { -0x1.94d2a9003ee18p-2, -0x1.3c4aa8548b864p-2, 0x1.7b545c8648c9cp-2 } },
    { { -0x1.2ea411c73cefap-1, 0x1.8331379d62c94p-1, -0x1.e3f481bb98534p-1, 0x1.5d1e11e9f96a4p-2 } } },
  loss = "mse",
  reduction = "half_sum",
  learning_rate = 1,
  batch = "all",
  epochs = 50001,
  log = function(record)
    if record.epoch % 10000 == 0 then
      local sum = 0
      for i, input in ipairs(inputs) do
        sum = sum + math.abs(record.network:forward(input)[1] - targets[i])
      end
      errors[#errors + 1] = sum / 4
    end
  end,
}
two:run()
published = { 0.496410031903, 0.00858452565325, 0.00578945986251, 0.00462917677677, 0.00395876528027, 0.00351012256786 }
print "two layers, mean error after 0, 10,000 ... 50,000 passes: published, here"
for i, error in ipairs(errors) do
  print(string.format("  %.12f  %.12f", published[i], error))
end
