-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.loss {
  name = "quantile",
  meaning = "quantile (t - o) if t is above o, else (1 - quantile) (o - t)",
  source = "Koenker and Bassett 1978, Econometrica 46(1); scikit-learn's mean_pinball_loss",
  numbers = { quantile = 0.5 },
  f = function(o, t, p)
    local d = t - o
    if d >= 0 then return p.quantile * d else return (p.quantile - 1) * d end
  end,
}
