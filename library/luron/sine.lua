-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "sine",
  meaning = "sin(omega z)",
  source = "Sitzmann and others 2020, arXiv:2006.09661, where omega is 30",
  numbers = { omega = 1 },
  f = function(z, p) return math.sin(p.omega * z) end,
}
