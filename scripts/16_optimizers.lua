#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 16_optimizers: which rule is best?
--
-- A fair comparison gives each optimizer its own best learning rate, the same number of tries to find it, and the same
-- starts. The first line of each rule is its best: from 0.1 for rmsprop to 3.2 for sgd and adagrad, so
-- that one rate for all would have been a choice of the winner.
--
--   luron sweep scripts/16_optimizers.lua --quiet
--   luron show scripts/16_optimizers.lua --by optimizer,learning_rate --best 15
--
-- prints
--
--   results/16_optimizers-HASH.db: 540 runs in ...
--
--   The best 15 of 54 combinations:
--   optimizer  learning_rate  runs  loss median               quartiles
--   rmsprop        0.1000000    10  7.23601e-06  5.574e-06 .. 8.776e-06
--   rmsprop        0.3162278    10  3.12299e-05  2.211e-05 .. 1.053e-04
--   adam           1.0000000    10  1.29185e-04  1.015e-04 .. 1.514e-04
--   adam           0.3162278    10  2.66902e-04  2.574e-04 .. 3.441e-04
--   momentum       1.0000000    10  4.53915e-04  2.313e-04 .. 7.836e-01
--   nesterov       1.0000000    10  5.14685e-04  4.468e-04 .. 5.977e-04
--   adam           0.1000000    10  1.37861e-03  1.122e-03 .. 1.554e-03
--   adagrad        3.1622777    10  2.22446e-03  1.950e-03 .. 2.567e-03
--   momentum       0.3162278    10  2.35927e-03  1.930e-03 .. 2.475e-03
--   nesterov       0.3162278    10  2.63786e-03  2.178e-03 .. 3.098e-03
--   rmsprop        0.0316228    10  4.34563e-03  1.287e-03 .. 7.006e-03
--   adagrad        1.0000000    10  5.51267e-03  5.070e-03 .. 6.191e-03
--   sgd            3.1622777    10  5.58397e-03  4.209e-03 .. 1.050e-01
--   adam           0.0316228    10  1.11268e-02  9.951e-03 .. 1.631e-02
--   sgd            1.0000000    10  1.32073e-02  1.091e-02 .. 1.786e-02

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
