-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.optimizer {
  name = "quickprop",
  meaning = "jumps to the lowest point of a parabola through the last two gradients",
  source = "Fahlman 1988, CMU-CS-88-162",
  numbers = { growth = 1.75 },
  learning_rate = 0.1,
  full_batch = true,
  state = { "change", "slope" },
  update = function(w, g, s, h)
    local last, before = s.change, s.slope
    local turn, limit = before - g, h.growth / (1 + h.growth)
    local change = 0
    if last > 0 then -- the last step went up: downhill is still up where g is below 0
      if g < 0 then change = -h.learning_rate * g end
      if g < limit * before then change = change + h.growth * last else change = change + last * g / turn end
    elseif last < 0 then
      if g > 0 then change = -h.learning_rate * g end
      if g > limit * before then change = change + h.growth * last else change = change + last * g / turn end
    else
      change = -h.learning_rate * g
    end
    s.change, s.slope = change, g
    return w + change
  end,
}
