#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/brownlee: the network of Jason Brownlee, "How to code a neural network with backpropagation in Python (from
-- scratch)" (2016).
--
-- Ten patterns of two classes, 2-2-2 sigmoids, one update a pattern by half the squared error's gradient, at a rate of
-- 0.5. Its error is the sum of the squares, so twice the loss. The start weights are those that Python draws after
-- random.seed(1).
--
--   luron run scripts/papers/brownlee.lua
--
-- prints
--
--   the error of each epoch: published, here
--     6.350  6.350
--     5.531  5.531
--     5.221  5.221
--     4.951  4.951
--     4.519  4.519
--     4.173  4.173
--     3.835  3.835
--     3.506  3.506
--     3.192  3.192
--     2.898  2.898
--     2.626  2.626
--     2.377  2.377
--     2.153  2.153
--     1.953  1.953
--     1.774  1.774
--     1.614  1.614
--     1.472  1.472
--     1.346  1.346
--     1.233  1.233
--     1.132  1.132

local luron = require "luron"

local published = {
  6.350, 5.531, 5.221, 4.951, 4.519, 4.173, 3.835, 3.506, 3.192, 2.898,
  2.626, 2.377, 2.153, 1.953, 1.774, 1.614, 1.472, 1.346, 1.233, 1.132,
}

print "the error of each epoch: published, here"
luron.experiment {
  inputs = {
    { 2.7810836, 2.550537003 }, { 1.465489372, 2.362125076 }, { 3.396561688, 4.400293529 },
    { 1.38807019, 1.850220317 }, { 3.06407232, 3.005305973 }, { 7.627531214, 2.759262235 },
    { 5.332441248, 2.088626775 }, { 6.922596716, 1.77106367 }, { 8.675418651, -0.242068655 },
    { 7.673756466, 3.508563011 },
  },
  targets = {
    { 1, 0 }, { 1, 0 }, { 1, 0 }, { 1, 0 }, { 1, 0 }, { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 },
  },
  hidden = 2,
  weights = {
    { { 0x1.132d8f91b7584p-3, 0x1.b1e2d5b3584f8p-1 }, { 0x1.0530d08f17f5cp-2, 0x1.fb5355e16737ap-2 } },
    { { 0x1.4d9d98184b9dap-1, 0x1.93d38c0d6fe64p-1 }, { 0x1.d071ef2583660p-6, 0x1.abe96758f2a0ap-1 } },
  },
  biases = {
    { 0x1.870d778409f13p-1, 0x1.cc4762bc72882p-2 },
    { 0x1.8072e8f9c8590p-4, 0x1.bb274a4dc0872p-2 },
  },
  loss = "mse",
  reduction = "half_sum",
  learning_rate = 0.5,
  epochs = 20,
  log = function(record)
    print(string.format("  %.3f  %.3f", published[record.epoch + 1], 2 * record.loss))
  end,
}:run()
