-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "adamax",
  meaning = "adam, divided by the largest gradient, which fades by beta2",
  source = "Kingma and Ba 2014, arXiv:1412.6980, section 7; torch.optim.Adamax",
  numbers = { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 },
  learning_rate = 0.002,
  state = { "m", "u" },
  update = function(w, g, s, h)
    s.m = luron.fma(h.beta1, s.m, (1 - h.beta1) * g)
    s.u = math.max(h.beta2 * s.u, math.abs(g) + h.epsilon)
    return w - h.learning_rate / (1 - h.beta1 ^ h.step) * (s.m / s.u)
  end,
}
