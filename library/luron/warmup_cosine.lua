-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.schedule {
  name = "warmup_cosine",
  meaning = "up in a straight line for the share warmup of the epochs, then down to least by half a wave of a cosine",
  source = "Goyal and others 2017, arXiv:1706.02677, with the cosine of Loshchilov and Hutter",
  numbers = { warmup = 0.1, least = 0 },
  f = function(h, p)
    local n = math.ceil(p.warmup * h.epochs)
    if h.epoch < n then return (h.epoch + 1) / n end
    local share = (h.epoch - n) / math.max(h.epochs - n, 1)
    return p.least + (1 - p.least) * 0.5 * (1 + math.cos(math.pi * share))
  end,
}
