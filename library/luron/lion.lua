-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "lion",
  meaning = "steps of one size, by the sign of a mean of gradients",
  source = "Chen and others 2023, arXiv:2302.06675; keras.optimizers.Lion",
  numbers = { beta1 = 0.9, beta2 = 0.99, weight_decay = 0 },
  learning_rate = 0.0001,
  state = { "m" },
  update = function(w, g, s, h)
    local c = luron.fma(h.beta1, s.m, (1 - h.beta1) * g)
    local sign = c
    if c > 0 then sign = 1 elseif c < 0 then sign = -1 end
    s.m = luron.fma(h.beta2, s.m, (1 - h.beta2) * g)
    return w - h.learning_rate * (sign + h.weight_decay * w)
  end,
}
