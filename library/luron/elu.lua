-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "elu",
  meaning = "z if z is above 0, else alpha (e^z - 1)",
  source = "Clevert, Unterthiner and Hochreiter 2015, arXiv:1511.07289; torch.nn.ELU",
  numbers = { alpha = 1 },
  f = function(z, p)
    if z > 0 then return z else return p.alpha * luron.expm1(z) end
  end,
}
