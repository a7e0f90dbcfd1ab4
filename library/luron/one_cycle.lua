-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.schedule {
  name = "one_cycle",
  meaning = "up from 1/25 to 1 in three tenths of the epochs, then down to 1/250000, by waves of a cosine",
  source = "Smith and Topin 2017, arXiv:1708.07120; torch.optim.lr_scheduler.OneCycleLR",
  numbers = { pct_start = 0.3, div_factor = 25, final_div_factor = 1e4 },
  f = function(h, p)
    local first, last = 1 / p.div_factor, 1 / (p.div_factor * p.final_div_factor)
    local top, stop = p.pct_start * h.epochs - 1, h.epochs - 1
    if h.epoch <= top then return 1 + (first - 1) / 2 * (1 + math.cos(math.pi * h.epoch / top)) end
    return last + (1 - last) / 2 * (1 + math.cos(math.pi * (h.epoch - top) / (stop - top)))
  end,
}
