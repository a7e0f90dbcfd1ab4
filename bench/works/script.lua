#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- The tutorial's neuron with a bias: 1000 steps and a line every 100, written for the engine.
local luron = require "luron"
return luron.experiment {
  inputs = { 0 }, targets = { 1 }, weights = { 0.37 }, biases = 0.1,
  learning_rate = 0.1, epochs = 1000,
  log = luron.every(100, function(r) print(r.epoch, r.error, r.output) end),
}
