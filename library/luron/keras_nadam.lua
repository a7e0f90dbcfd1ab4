-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "keras_nadam",
  meaning = "nadam as Keras 3 has it",
  source = "keras.optimizers.Nadam",
  numbers = { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 },
  learning_rate = 0.001,
  state = { "m", "v", "product" },
  update = function(w, g, s, h)
    local now = h.beta1 * (1 - 0.5 * 0.96 ^ h.step)
    local soon = h.beta1 * (1 - 0.5 * 0.96 ^ (h.step + 1))
    if h.step < 2 then s.product = now else s.product = s.product * now end
    s.m = s.m + (g - s.m) * (1 - h.beta1)
    s.v = s.v + (g * g - s.v) * (1 - h.beta2)
    local m = soon * s.m / (1 - s.product * soon) + (1 - now) * g / (1 - s.product)
    local v = s.v / (1 - h.beta2 ^ h.step)
    return w - h.learning_rate * m / (math.sqrt(v) + h.epsilon)
  end,
}
