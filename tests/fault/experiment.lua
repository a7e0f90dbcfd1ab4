-- SPDX-License-Identifier: MIT
-- An experiment with all that allocates: layers, an optimizer's state, a test set, curves, a log of its own.
local luron = require "luron"

return luron.experiment {
  name = "memory",
  inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } },
  targets = { { 0 }, { 1 }, { 1 }, { 0 } },
  hidden = { 3, 2 },
  optimizer = "adam",
  batch = 2,
  shuffle = true,
  epochs = 6,
  curve = 3,
  log = luron.every(3),
  sweep = { seed = luron.range(1, 3), learning_rate = { 0.1, 0.2 } },
}
