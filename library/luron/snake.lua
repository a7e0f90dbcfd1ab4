-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "snake",
  meaning = "z + sin(alpha z)^2 / alpha",
  source = "Ziyin, Hartwig and Ueda 2020, arXiv:2006.08195",
  numbers = { alpha = 1 },
  f = function(z, p)
    local s = math.sin(p.alpha * z)
    return z + s * s / p.alpha
  end,
}
