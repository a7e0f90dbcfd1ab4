-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "gelu",
  meaning = "z times the share of a normal distribution below z",
  source = "Hendrycks and Gimpel 2016, arXiv:1606.08415; torch.nn.GELU, the exact form",
  f = function(z) return 0.5 * z * (1 + luron.erf(z / math.sqrt(2))) end,
}
