-- SPDX-License-Identifier: MIT
-- The primitives, so that every one of their allocations can fail.
local luron = require "luron"

local draws = luron.random(42)
assert(draws:normal() == draws:normal() or draws:uniform() < 1)
local neuron = luron.neuron { inputs = 2, seed = 1 }
for _ = 1, 3 do
  neuron:update({ 1, 0 }, 1 - neuron:forward { 1, 0 }, 0.1)
end
local network = luron.network { inputs = 2, hidden = { 3 }, outputs = 2, seed = 1 }
print(#network:forward { 0, 1 }, tostring(network) ~= "", network.weights[1][2][1] ~= nil)
