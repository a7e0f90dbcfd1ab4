-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.init {
  name = "lecun",
  meaning = "normal with deviation 1 / sqrt(fan_in), biases 0",
  source = "LeCun, Bottou, Orr and Mueller 1998; keras.initializers.LecunNormal, without its cut ends",
  f = function(r)
    local w = r.normal(0, 1) / math.sqrt(r.fan_in)
    if r.is_bias > 0 then return 0 end
    return w
  end,
}
