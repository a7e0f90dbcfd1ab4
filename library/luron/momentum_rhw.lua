-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "momentum_rhw",
  meaning = "each change is minus the rate times the gradient, and a share of the change before",
  source = "Rumelhart, Hinton and Williams 1986, Nature 323; keras.optimizers.SGD(momentum)",
  numbers = { momentum = 0.9 },
  learning_rate = 0.1,
  state = { "change" },
  update = function(w, g, s, h)
    s.change = h.momentum * s.change - h.learning_rate * g
    return w + s.change
  end,
}
