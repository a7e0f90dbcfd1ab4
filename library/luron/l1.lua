-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.penalty {
  name = "l1",
  meaning = "strength |w|, which makes weights 0",
  source = "Tibshirani 1996, Journal of the Royal Statistical Society B 58(1)",
  numbers = { strength = 1e-4 },
  f = function(w, p) return p.strength * math.abs(w) end,
}
