-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.loss {
  name = "huber",
  meaning = "(o - t)^2 / 2 up to a distance of delta, from there on delta (|o - t| - delta / 2)",
  source = "Huber 1964, Annals of Mathematical Statistics 35(1); torch.nn.HuberLoss",
  numbers = { delta = 1 },
  f = function(o, t, p)
    local d = math.abs(o - t)
    if d < p.delta then return d * d / 2 else return p.delta * (d - p.delta / 2) end
  end,
}
