-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.loss {
  name = "hinge",
  meaning = "1 - t o, or 0 if that is below; targets are -1 and 1",
  source = "Cortes and Vapnik 1995; keras.losses.Hinge",
  f = function(o, t) return math.max(1 - t * o, 0) end,
}
