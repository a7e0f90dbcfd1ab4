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
--   rmsprop              0.1    10  7.23601e-06  5.574e-06 .. 8.776e-06
--   rmsprop         0.316228    10  3.12299e-05  2.211e-05 .. 0.0001053
--   adam                   1    10  0.000129185  0.0001015 .. 0.0001514
--   adam            0.316228    10  0.000266902  0.0002574 .. 0.0003441
--   momentum               1    10  0.000453915     0.0002313 .. 0.7836
--   nesterov               1    10  0.000514685  0.0004468 .. 0.0005977
--   adam                 0.1    10   0.00137861    0.001122 .. 0.001554
--   adagrad          3.16228    10   0.00222446     0.00195 .. 0.002567
--   momentum        0.316228    10   0.00235927     0.00193 .. 0.002475
--   nesterov        0.316228    10   0.00263786    0.002178 .. 0.003098
--   rmsprop        0.0316228    10   0.00434563    0.001287 .. 0.007006
--   adagrad                1    10   0.00551267     0.00507 .. 0.006191
--   sgd              3.16228    10   0.00558397       0.004209 .. 0.105
--   adam           0.0316228    10    0.0111268     0.009951 .. 0.01631
--   sgd                    1    10    0.0132073      0.01091 .. 0.01786

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
