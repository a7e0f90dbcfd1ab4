-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "softsign",
  meaning = "z / (1 + |z|)",
  source = "Bergstra, Desjardins, Lamblin and Bengio 2009; torch.nn.Softsign",
  f = function(z) return z / (1 + math.abs(z)) end,
}
