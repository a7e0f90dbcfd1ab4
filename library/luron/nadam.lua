-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "nadam",
  meaning = "adam with the momentum of nesterov",
  source = "Dozat 2016, ICLR workshop; torch.optim.NAdam",
  numbers = { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, momentum_decay = 0.004 },
  learning_rate = 0.002,
  state = { "m", "v", "product" },
  update = function(w, g, s, h)
    s.m = luron.fma(h.beta1, s.m, (1 - h.beta1) * g)
    s.v = luron.fma(h.beta2, s.v, (1 - h.beta2) * g * g)
    local now = h.beta1 * (1 - 0.5 * 0.96 ^ (h.step * h.momentum_decay))
    local soon = h.beta1 * (1 - 0.5 * 0.96 ^ ((h.step + 1) * h.momentum_decay))
    if h.step < 2 then s.product = now else s.product = s.product * now end
    local root = math.sqrt(s.v / (1 - h.beta2 ^ h.step)) + h.epsilon
    local moved = w - h.learning_rate * (1 - now) / (1 - s.product) * (g / root)
    return moved - h.learning_rate * soon / (1 - s.product * soon) * (s.m / root)
  end,
}
