-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "keras_adamax",
  meaning = "adamax as Keras 3 has it: epsilon beside the largest gradient",
  source = "keras.optimizers.Adamax",
  numbers = { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 },
  learning_rate = 0.001,
  state = { "m", "u" },
  update = function(w, g, s, h)
    s.m = s.m + (g - s.m) * (1 - h.beta1)
    s.u = math.max(h.beta2 * s.u, math.abs(g))
    return w - h.learning_rate * s.m / ((1 - h.beta1 ^ h.step) * (s.u + h.epsilon))
  end,
}
