-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.schedule {
  name = "triangular",
  meaning = "up from least to 1 in step_size epochs, and down again, over and over",
  source = "Smith 2015, arXiv:1506.01186; torch.optim.lr_scheduler.CyclicLR",
  numbers = { step_size = 10, least = 0.1 },
  f = function(h, p)
    local cycle = math.floor(1 + h.epoch / (2 * p.step_size))
    local x = math.abs(h.epoch / p.step_size - 2 * cycle + 1)
    return p.least + (1 - p.least) * math.max(1 - x, 0)
  end,
}
