-- SPDX-License-Identifier: MIT
-- The tutorial's neuron with a bias in plain Lua: 1000 steps and a line every 100.
local w, b, x, y = 0.37, 0.1, 0, 1
for i = 0, 999 do
  local output = 1 / (1 + math.exp(-(x * w + 1 * b)))
  local error = y - output
  w = w + x * 0.1 * error
  b = b + 1 * 0.1 * error
  if i % 100 == 99 then print(i, error, output) end
end
