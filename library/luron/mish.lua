-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "mish",
  meaning = "z tanh(softplus(z))",
  source = "Misra 2019, arXiv:1908.08681; torch.nn.Mish",
  f = function(z) return z * luron.tanh(luron.softplus(z)) end,
}
