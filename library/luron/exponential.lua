-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.schedule {
  name = "exponential",
  meaning = "gamma^epoch",
  source = "torch.optim.lr_scheduler.ExponentialLR",
  numbers = { gamma = 0.99 },
  f = function(h, p) return p.gamma ^ h.epoch end,
}
