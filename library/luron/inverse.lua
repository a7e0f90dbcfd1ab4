-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.schedule {
  name = "inverse",
  meaning = "1 / (1 + decay epoch)",
  source = "Robbins and Monro 1951; keras.optimizers.schedules.InverseTimeDecay",
  numbers = { decay = 0.01 },
  f = function(h, p) return 1 / (1 + p.decay * h.epoch) end,
}
