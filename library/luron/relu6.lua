-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "relu6",
  meaning = "z, kept within 0 and 6",
  source = "Krizhevsky 2010; torch.nn.ReLU6",
  f = function(z) return math.min(math.max(z, 0), 6) end,
}
