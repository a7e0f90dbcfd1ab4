-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "amsgrad",
  meaning = "adam, divided by the largest mean of squares so far",
  source = "Reddi, Kale and Kumar 2018, arXiv:1904.09237; torch.optim.Adam(amsgrad=True)",
  numbers = { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 },
  learning_rate = 0.001,
  state = { "m", "v", "most" },
  update = function(w, g, s, h)
    s.m = luron.fma(h.beta1, s.m, (1 - h.beta1) * g)
    s.v = luron.fma(h.beta2, s.v, (1 - h.beta2) * g * g)
    s.most = math.max(s.most, s.v)
    local rate = h.learning_rate / (1 - h.beta1 ^ h.step)
    return w - rate * (s.m / (math.sqrt(s.most) / math.sqrt(1 - h.beta2 ^ h.step) + h.epsilon))
  end,
}
