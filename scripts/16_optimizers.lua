#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 16_optimizers: which rule is best?
--
-- A fair comparison gives each optimizer its own best learning rate, and the same number of tries to find it. The table
-- of best cells says what each can do; the marginal effect of the rate says how easily it is found.
--
--   luron sweep scripts/16_optimizers.lua
--
-- prints

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
    learning_rate = luron.geomspace(0.001, 1, 7),
    seed = luron.range(1, 10),
  },
}
