-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.loss {
  name = "focal",
  meaning = "the cross-entropy times (1 - q)^gamma, q the share given to what is right; outputs from 0 to 1",
  source = "Lin and others 2017, arXiv:1708.02002; keras.losses.BinaryFocalCrossentropy, 1e-7 off the ends, too",
  numbers = { gamma = 2 },
  f = function(o, t, p)
    local o1 = math.min(math.max(o, 1e-7), 1 - 1e-7)
    local q = t * o1 + (1 - t) * (1 - o1)
    return (1 - q) ^ p.gamma * -(t * math.log(o1) + (1 - t) * math.log(1 - o1))
  end,
}
