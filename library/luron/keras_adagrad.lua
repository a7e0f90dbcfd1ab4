-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "keras_adagrad",
  meaning = "adagrad as Keras 3 has it: the sum starts at 0.1, epsilon is inside the root",
  source = "keras.optimizers.Adagrad",
  numbers = { epsilon = 1e-7, initial_accumulator_value = 0.1 },
  learning_rate = 0.001,
  state = { "sum" },
  update = function(w, g, s, h)
    if h.step < 2 then s.sum = h.initial_accumulator_value end
    s.sum = s.sum + g * g
    return w - h.learning_rate * g / math.sqrt(s.sum + h.epsilon)
  end,
}
