-- SPDX-License-Identifier: MIT
local luron = require "luron"

return luron.init {
  name = "xavier_normal",
  meaning = "normal with deviation sqrt(2 / (fan_in + fan_out)), biases 0",
  source = "Glorot and Bengio 2010; torch.nn.init.xavier_normal_",
  f = function(r)
    local w = r.normal(0, 1) * math.sqrt(2 / (r.fan_in + r.fan_out))
    if r.is_bias > 0 then return 0 end
    return w
  end,
}
