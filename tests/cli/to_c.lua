-- SPDX-License-Identifier: MIT
-- Writes networks as C into a folder, and what network:forward gives: a line per network, its name, the numbers of
-- inputs and outputs, then the bits of inputs and of outputs.
local luron = require "luron"
local folder = ...
local data = luron.data.gaussians { n = 24, classes = 3 }
local random = luron.random(5)
local n = 0

local function write(network)
  n = n + 1
  local name = "network" .. n
  network:to_c(folder .. "/" .. name .. ".c", name)
  local words = { name, network.inputs, network.outputs }
  for k = 1, 12 do
    local x = {}
    for i = 1, network.inputs do x[i] = k == 1 and 0 or k == 2 and 1e4 or k == 3 and 0 / 0 or random:normal(0, 3) end
    for _, list in ipairs { x, network:forward(x) } do
      for _, value in ipairs(list) do
        words[#words + 1] = ("%016x"):format((string.unpack("<i8", string.pack("<d", value))))
      end
    end
  end
  print(table.concat(words, " "))
end

for _, activation in ipairs { "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "step", "linear" } do
  write(luron.network { inputs = 3, hidden = { 5, 4 }, outputs = 2, activation = activation, seed = 3 })
end
write(luron.network { inputs = 2, outputs = 4, output_activation = "softmax", bias = false })
local ripple = luron.activation { name = "ripple", numbers = { a = 0.3 }, f = function(z, p)
  return luron.tanh(z) + p.a * luron.sin(luron.max(z, -2)) / (1 + luron.exp(-luron.abs(z)))
end }
local square = luron.activation { name = "square", f = function(z) return z ^ 3 end }
for _, precision in ipairs { "double", "single" } do
  for _, hidden in ipairs { "tanh", "softplus", ripple, square } do
    local fields = {
      data = data, hidden = { 4, 3 }, activation = hidden, output_activation = "softmax", shortcuts = true,
      normalize = "zscore", precision = precision, epochs = 3, learning_rate = 0.01, log = false,
    }
    if hidden ~= square or precision == "double" then
      write(luron.experiment(fields):run().network)
    else
      local good, message = pcall(write, luron.experiment(fields):run().network)
      assert(not good and message:find "square has a power, which is not written in single precision", message)
      n = n - 1
    end
  end
end
for _, precision in ipairs { "double", "single" } do -- targets that were scaled
  write(luron.experiment { data = { inputs = data.inputs, targets = data.inputs }, hidden = { 3 }, epochs = 2,
    log = false, output_activation = "linear", normalize_targets = "zscore", precision = precision }:run().network)
end
