#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- One neuron, 1000 steps, 100 rates by as many seeds as asked for.
local luron = require "luron"
return luron.experiment {
  inputs = { 1 }, targets = { 0 }, epochs = 1000,
  sweep = { learning_rate = luron.geomspace(0.01, 10, 100), seed = luron.range(1, 1000) },
}
