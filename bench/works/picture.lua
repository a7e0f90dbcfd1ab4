#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- The trainability picture: tanh without biases, full batch, one rate a layer, one pixel a run.
local luron = require "luron"
return luron.experiment {
  data = luron.csv("data.csv"),
  hidden = 16, activation = "tanh", output_activation = "linear", bias = false, init_scale = 0.25,
  loss = "mse", batch = "all", epochs = 500, learning_rate = { 1, 1 },
  sweep = {
    learning_rate_1 = luron.geomspace(0.01, 1000, 16),
    learning_rate_2 = luron.geomspace(0.01, 1000, 16),
  },
}
