#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 20_iris: can a network tell three kinds of iris from four lengths?
--
-- 150 flowers, published by R. A. Fisher in 1936 (data/README.md). One output a species: softmax makes the outputs
-- shares that sum to 1, and the largest is the answer. Inputs are brought to mean 0 and deviation 1. A fifth of the
-- flowers is held out: the test accuracy is that of flowers that the network never saw.
--
--   luron run scripts/20_iris.lua
--
-- prints
--
--   Iris
--   epoch 19: loss 0.0887, accuracy 0.967
--   epoch 39: loss 0.0622, accuracy 0.967
--   epoch 59: loss 0.0554, accuracy 0.983
--   epoch 79: loss 0.0541, accuracy 0.983
--   epoch 99: loss 0.0564, accuracy 0.967
--
--   loss 0.051805, accuracy 0.966667, test_accuracy 1.000000, 100 epochs, finished, ...

local luron = require "luron"

local iris = luron.csv("data/iris.csv", { targets = "species" })

return luron.experiment {
  name = "Iris",
  data = iris,
  test = 0.2,
  normalize = "zscore",
  hidden = { 8 },
  activation = "tanh",
  output_activation = "softmax",
  optimizer = "adam",
  learning_rate = 0.01,
  batch = 16,
  shuffle = true,
  epochs = 100,
  seed = 1,
  metrics = { "test_accuracy" },
  log = luron.every(20, function(record)
    print(string.format("epoch %2d: loss %.4f, accuracy %.3f", record.epoch, record.loss, record.accuracy))
  end),
}
