#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- XOR by two hidden units, online, by squared errors, 500 epochs for all.
local luron = require "luron"
return luron.experiment {
  inputs = { {0, 0}, {0, 1}, {1, 0}, {1, 1} }, targets = { 0, 1, 1, 0 },
  hidden = 2, learning_rate = 0.5, epochs = 500, loss = "mse", metrics = { "error_max" },
  sweep = { seed = luron.range(1, 1000) },
}
