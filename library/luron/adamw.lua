-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "adamw",
  meaning = "adam, with a decay of the weights that gradients do not see",
  source = "Loshchilov and Hutter 2017, arXiv:1711.05101; torch.optim.AdamW",
  numbers = { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0.01 },
  learning_rate = 0.001,
  state = { "m", "v" },
  update = function(w, g, s, h)
    s.m = luron.fma(h.beta1, s.m, (1 - h.beta1) * g)
    s.v = luron.fma(h.beta2, s.v, (1 - h.beta2) * g * g)
    local rate = h.learning_rate / (1 - h.beta1 ^ h.step)
    local decayed = w * (1 - h.learning_rate * h.weight_decay)
    return decayed - rate * (s.m / (math.sqrt(s.v) / math.sqrt(1 - h.beta2 ^ h.step) + h.epsilon))
  end,
}
