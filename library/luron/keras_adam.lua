-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "keras_adam",
  meaning = "adam as Keras 3 has it: epsilon before the correction",
  source = "keras.optimizers.Adam",
  numbers = { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 },
  learning_rate = 0.001,
  state = { "m", "v" },
  update = function(w, g, s, h)
    s.m = s.m + (g - s.m) * (1 - h.beta1)
    s.v = s.v + (g * g - s.v) * (1 - h.beta2)
    local rate = h.learning_rate * math.sqrt(1 - h.beta2 ^ h.step) / (1 - h.beta1 ^ h.step)
    return w - s.m * rate / (math.sqrt(s.v) + h.epsilon)
  end,
}
