-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "selu",
  meaning = "1.0507 times z if z is above 0, else 1.0507 times 1.6733 (e^z - 1)",
  source = "Klambauer, Unterthiner, Mayr and Hochreiter 2017, arXiv:1706.02515; torch.nn.SELU",
  f = function(z)
    local scale, alpha = 1.0507009873554805, 1.6732632423543772
    if z > 0 then return scale * z else return scale * (alpha * luron.expm1(z)) end
  end,
}
