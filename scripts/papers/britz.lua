#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/britz: the network of Denny Britz, "Implementing a neural network from scratch in Python" (2015).
--
-- Two moons of 100 points, 2-3-2 with tanh and softmax, sums over the patterns at a rate of 0.01, and a weight decay of
-- 0.01 that leaves the biases alone. The loss that it prints is (sum + 0.01 / 2 * squares of the weights) / 200. Points
-- and start weights are those that scikit-learn and NumPy draw after numpy.random.seed(0). At the end the rate is so
-- large that the loss alternates between two values; which of them an update has is decided by rounding.
--
--   luron run scripts/papers/britz.lua
--
-- prints
--
--   loss: published, here
--     after     1 updates  0.432387  0.432387
--     after  1001 updates  0.068947  0.068947
--     after 19000 updates  0.070758  0.070758
--     one later                      0.071316
--     with decaying biases           0.071160

local luron = require "luron"

local moons = luron.experiment {
  data = luron.csv("data/moons.csv", { targets = { "class" }, classes = true }),
  hidden = 3,
  activation = "tanh",
  output_activation = "softmax",
  weights = {
    { { 0x1.3f53dc90b00e5p+0, 0x1.95a51ea65e255p+0 }, { 0x1.21bea92785677p-2, 0x1.52106955d1d90p+0 },
      { 0x1.62574bc6263c9p-1, -0x1.61cff88399b30p-1 } },
    { { 0x1.18d96c3687f08p-1, -0x1.e8307c1dce2b6p-5, 0x1.54a3596f599fdp-4 },
      { -0x1.65eefe4cdb8d5p-4, 0x1.e57f4544f1c86p-3, 0x1.ade35ab3fbb54p-1 } },
  },
  biases = { { 0, 0, 0 }, { 0, 0 } },
  reduction = "sum",
  learning_rate = 0.01,
  weight_decay = 0.01,
  decay_biases = false,
  batch = "all",
  metrics = { "weight_norm" },
  log = false,
}

local function printed(run)
  return (run.loss + 0.005 * run.weight_norm ^ 2) / 200
end

print "loss: published, here"
for _, at in ipairs { { 1, 0.432387 }, { 1001, 0.068947 }, { 19000, 0.070758 } } do
  print(string.format("  after %5d updates  %.6f  %.6f", at[1], at[2], printed(moons:run { epochs = at[1] })))
end
print(string.format("  one later                      %.6f", printed(moons:run { epochs = 19001 })))
local decaying = moons:run { epochs = 19001, decay_biases = true }
print(string.format("  with decaying biases           %.6f", printed(decaying)))
