-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "hard_tanh",
  meaning = "z, kept within -1 and 1",
  source = "Collobert 2004; torch.nn.Hardtanh",
  f = function(z) return math.min(math.max(z, -1), 1) end,
}
