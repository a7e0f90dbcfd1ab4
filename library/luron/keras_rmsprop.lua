-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "keras_rmsprop",
  meaning = "rmsprop as Keras 3 has it: epsilon inside the root",
  source = "keras.optimizers.RMSprop",
  numbers = { rho = 0.9, epsilon = 1e-7 },
  learning_rate = 0.001,
  state = { "v" },
  update = function(w, g, s, h)
    s.v = h.rho * s.v + (1 - h.rho) * g * g
    return w - h.learning_rate * g / math.sqrt(s.v + h.epsilon)
  end,
}
