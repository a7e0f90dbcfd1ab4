-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "silu",
  meaning = "z sigmoid(z), also called swish",
  source = "Elfwing, Uchibe and Doya 2017, arXiv:1702.03118; torch.nn.SiLU",
  f = function(z) return z * luron.sigmoid(z) end,
}
