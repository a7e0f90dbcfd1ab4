-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.loss {
  name = "mae",
  meaning = "|o - t|",
  source = "the mean absolute error; torch.nn.L1Loss",
  f = function(o, t) return math.abs(o - t) end,
}
