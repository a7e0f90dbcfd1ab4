#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 13_hidden_units: do more hidden units help?
--
-- Two are enough for XOR, if they start well. With more of them, some two nearly always do.
--
--   luron sweep scripts/13_hidden_units.lua
--
-- prints

local luron = require "luron"

return luron.experiment {
  name = "XOR with 1 to 8 hidden units",
  data = luron.data.xor(),
  hidden = { 2 },
  learning_rate = 0.5,
  epochs = 2000,
  stop = { error = 0.5 },
  sweep = {
    hidden = { 1, 2, 3, 4, 6, 8 },
    seed = luron.range(1, 500),
  },
}
