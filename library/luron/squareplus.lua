-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "squareplus",
  meaning = "(z + sqrt(z^2 + b)) / 2",
  source = "Barron 2021, arXiv:2112.11687",
  numbers = { b = 4 },
  f = function(z, p) return (z + math.sqrt(z * z + p.b)) / 2 end,
}
