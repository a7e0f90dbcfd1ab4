-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.penalty {
  name = "elimination",
  meaning = "strength (w/w0)^2 / (1 + (w/w0)^2), which spares large weights",
  source = "Weigend, Rumelhart and Huberman 1990, NIPS 3",
  numbers = { strength = 1e-4, w0 = 1 },
  f = function(w, p)
    local square = w / p.w0 * (w / p.w0)
    return p.strength * (square / (1 + square))
  end,
}
