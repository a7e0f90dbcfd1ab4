#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 64-32-10, batches of 32 of 1024 patterns, 20 epochs, single precision.
local luron = require "luron"
return luron.experiment {
  data = luron.csv("data.csv", { classes = true }),
  hidden = 32, activation = "relu", output_activation = "softmax", init_scale = 0.125,
  batch = 32, epochs = 20, precision = "single", learning_rate = 0.1,
  sweep = { seed = luron.range(1, 16) },
}
