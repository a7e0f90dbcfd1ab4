-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "adadelta",
  meaning = "steps of the size of the last ones, along the scaled gradient",
  source = "Zeiler 2012, arXiv:1212.5701; torch.optim.Adadelta",
  numbers = { rho = 0.9, epsilon = 1e-6 },
  learning_rate = 1,
  state = { "squares", "steps" },
  update = function(w, g, s, h)
    s.squares = luron.fma(h.rho, s.squares, (1 - h.rho) * g * g)
    local d = math.sqrt(s.steps + h.epsilon) / math.sqrt(s.squares + h.epsilon) * g
    s.steps = luron.fma(h.rho, s.steps, (1 - h.rho) * d * d)
    return w - h.learning_rate * d
  end,
}
