#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- XOR by two hidden units, online, until every output is within 0.4 of its target, for at most 1000 epochs.
local luron = require "luron"
return luron.experiment {
  inputs = { {0, 0}, {0, 1}, {1, 0}, {1, 1} }, targets = { 0, 1, 1, 0 },
  hidden = 2, learning_rate = 0.5, epochs = 1000, stop = { error = 0.4 },
  sweep = { seed = luron.range(1, 10000) },
}
