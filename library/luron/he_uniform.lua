-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.init {
  name = "he_uniform",
  meaning = "uniform within sqrt(6 / fan_in), biases 0",
  source = "He, Zhang, Ren and Sun 2015, arXiv:1502.01852; torch.nn.init.kaiming_uniform_",
  f = function(r)
    local w = r.uniform(-1, 1) * math.sqrt(6 / r.fan_in)
    if r.is_bias > 0 then return 0 end
    return w
  end,
}
