-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.loss {
  name = "log_cosh",
  meaning = "log(cosh(o - t))",
  source = "keras.losses.LogCosh",
  f = function(o, t)
    local d = o - t
    return d + luron.softplus(-2 * d) - math.log(2)
  end,
}
