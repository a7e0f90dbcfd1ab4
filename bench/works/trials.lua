#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- Ten thousand trials of next to nothing: one step of one neuron.
local luron = require "luron"
return luron.experiment {
  inputs = { 1 }, targets = { 0 }, epochs = 1,
  sweep = { learning_rate = luron.linspace(0.01, 1, 100), init_scale = luron.linspace(0.01, 1, 100) },
}
