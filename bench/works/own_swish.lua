#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- An activation of the script's own, whose slope is an axis, in the network of the trainability picture.
local luron = require "luron"
return luron.experiment {
  data = luron.csv("data.csv"),
  hidden = 16, activation = function(z, p) return p.slope * (z / (1 + math.exp(-z))) end,
  output_activation = "linear", bias = false, init_scale = 0.25,
  loss = "mse", batch = "all", epochs = 40, learning_rate = { 0.1, 0.1 },
  params = { slope = 1 },
  sweep = {
    learning_rate_1 = luron.geomspace(0.01, 0.3, 16),
    slope = luron.geomspace(0.01, 0.3, 16),
  },
}
