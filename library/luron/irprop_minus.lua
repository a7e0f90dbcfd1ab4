-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "irprop_minus",
  meaning = "rprop; where a gradient turns, the next step is as after a first gradient",
  source = "Igel and Huesken 2000, ICSC NC; first step and least step as there",
  numbers = { grow = 1.2, shrink = 0.5, least = 0, most = 50 },
  learning_rate = 0.0125,
  full_batch = true,
  state = { "size", "slope" },
  update = function(w, g, s, h)
    local size = s.size
    if h.step < 2 then size = h.learning_rate end
    local turn = g * s.slope
    if turn > 0 then
      size = math.min(size * h.grow, h.most)
    elseif turn < 0 then
      size = math.max(size * h.shrink, h.least)
      g = 0
    end
    local sign = 0
    if g > 0 then sign = 1 elseif g < 0 then sign = -1 end
    s.size, s.slope = size, g
    return w - sign * size
  end,
}
