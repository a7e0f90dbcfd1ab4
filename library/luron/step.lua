-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.schedule {
  name = "step",
  meaning = "times gamma after every step_size epochs",
  source = "torch.optim.lr_scheduler.StepLR",
  numbers = { step_size = 30, gamma = 0.1 },
  f = function(h, p) return p.gamma ^ (h.epoch // p.step_size) end,
}
