-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.activation {
  name = "gaussian",
  meaning = "exp(-z^2)",
  source = "Hartman, Keeler and Kowalski 1990, Neural Computation 2(2)",
  f = function(z) return math.exp(-(z * z)) end,
}
