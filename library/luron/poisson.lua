-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.loss {
  name = "poisson",
  meaning = "o - t log(o); outputs above 0",
  source = "torch.nn.PoissonNLLLoss(log_input=False), which adds 1e-8 to o in the logarithm, too",
  f = function(o, t) return o - t * math.log(o + 1e-8) end,
}
