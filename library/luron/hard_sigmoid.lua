-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "hard_sigmoid",
  meaning = "z / 6 + 1/2, kept within 0 and 1",
  source = "Howard and others 2019, arXiv:1905.02244; torch.nn.Hardsigmoid",
  f = function(z) return math.min(math.max(z + 3, 0), 6) / 6 end,
}
