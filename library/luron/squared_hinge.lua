-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.loss {
  name = "squared_hinge",
  meaning = "the square of hinge; targets are -1 and 1",
  source = "keras.losses.SquaredHinge",
  f = function(o, t)
    local d = math.max(1 - t * o, 0)
    return d * d
  end,
}
