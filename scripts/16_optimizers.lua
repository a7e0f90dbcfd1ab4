#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 16_optimizers: which rule is best?
--
-- A fair comparison gives each optimizer its own best learning rate, the same number of tries to find it, and the same
-- starts. The first line of each rule is its best: the rates differ by a factor of ten. At the same rate for all the
-- table would have said something else: compare the lines with 0.1.
--
--   luron sweep scripts/16_optimizers.lua --quiet
--   luron show scripts/16_optimizers.lua --by optimizer,learning_rate --best 15
--
-- prints
--
--   Two spirals, six optimizers: 540 runs
--
--   The best 5 of 54 combinations:
--   optimizer  learning_rate  runs  loss median               quartiles
--   rmsprop              0.1    10  7.23601e-06  5.574e-06 .. 8.776e-06
--   rmsprop         0.316228    10  3.12252e-05  2.211e-05 .. 0.0001053
--   adam                   1    10  0.000129185  0.0001015 .. 0.0001514
--   adam            0.316228    10  0.000266902  0.0002574 .. 0.0003441
--   nesterov               1    10  0.000514685  0.0004468 .. 0.0005977
--
--   Effect of each axis, over all others:
--   axis           values  best at         loss  worst at      loss
--   optimizer           6  adam        0.108394  sgd       0.524716
--   learning_rate       9  0.316228  0.00249856        10   9.83046
--
--   results/16_optimizers-e66031fe1c45.db: 540 runs in ...
--
--   exit code 1
--   luron: results/16_optimizers-7d0bfa2db858.db: not there yet; luron sweep scripts/16_optimizers.lua makes it
--

local luron = require "luron"

return luron.experiment {
  name = "Two spirals, six optimizers",
  data = luron.data.spiral { n = 60, turns = 1 },
  hidden = { 12 },
  activation = "tanh",
  output_activation = "sigmoid",
  batch = 10,
  shuffle = true,
  epochs = 300,
  sweep = {
    optimizer = { "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam" },
    learning_rate = luron.geomspace(0.001, 10, 9),
    seed = luron.range(1, 10),
  },
}
