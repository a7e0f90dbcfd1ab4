-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.schedule {
  name = "cosine",
  meaning = "from 1 down to least by half a wave of a cosine",
  source = "Loshchilov and Hutter 2016, arXiv:1608.03983; torch.optim.lr_scheduler.CosineAnnealingLR",
  numbers = { least = 0 },
  f = function(h, p)
    return p.least + (1 - p.least) * 0.5 * (1 + math.cos(math.pi * h.epoch / h.epochs))
  end,
}
