-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.penalty {
  name = "l2",
  meaning = "strength w^2",
  source = "Hoerl and Kennard 1970, Technometrics 12(1)",
  numbers = { strength = 1e-4 },
  f = function(w, p) return p.strength * (w * w) end,
}
