-- SPDX-License-Identifier: MIT
-- The tutorial's arithmetic in plain Lua, with math.exp and without fused operations, against luron's: the loop with
-- the primitives and the experiment agree to the last bit, and both with plain doubles to rounding.
local luron = require "luron"
local check = require "check"

local function sigmoid(z) return 1 / (1 + math.exp(-z)) end

-- One weight: steps 1 and 999, and all others.
local w, n = 0.37, luron.neuron { inputs = 1, bias = false, weights = { 0.37 } }
local plain, stepped = {}, {}
for step = 0, 999 do
  plain[step] = sigmoid(w)
  w = w + 1 * 0.1 * (0 - plain[step])
  stepped[step] = n:forward { 1 }
  n:update({ 1 }, 0 - stepped[step], 0.1)
end
local n_records = 0
luron.experiment {
  inputs = { 1 }, targets = { 0 }, bias = false, weights = { 0.37 }, learning_rate = 0.1, epochs = 1000,
  log = function(record)
    n_records = n_records + 1
    check.equal(record.output, stepped[record.epoch], "step " .. record.epoch)
    check.near(record.output, plain[record.epoch], 1e-12, "step " .. record.epoch)
    check.near(record.error, 0 - plain[record.epoch], 1e-12, "step " .. record.epoch)
  end,
}:run()
check.equal(n_records, 1000)
check.near(n.weights[1], w, 1e-12)

-- Two weights and a bias on four patterns, 2000 epochs, each epoch's error sum and the weights at the end.
local inputs = { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 0, 0 } }
for name, targets in pairs { AND = { 1, 0, 0, 0 }, OR = { 1, 1, 1, 0 }, XOR = { 0, 1, 1, 0 } } do
  local unit = luron.neuron { inputs = 2, seed = 5 }
  local w1, w2, b, sums = unit.weights[1], unit.weights[2], unit.bias, {}
  for epoch = 0, 1999 do
    local sum = 0
    for i, x in ipairs(inputs) do
      local error = targets[i] - sigmoid(w1 * x[1] + w2 * x[2] + b)
      sum = sum + error
      w1, w2, b = w1 + x[1] * 0.1 * error, w2 + x[2] * 0.1 * error, b + 0.1 * error
      unit:update(x, targets[i] - unit:forward(x), 0.1)
    end
    sums[epoch] = sum
  end
  local run = luron.experiment {
    inputs = inputs, targets = targets, learning_rate = 0.1, epochs = 2000, seed = 5,
    log = function(record) check.near(record.error, sums[record.epoch], 1e-10, name .. " " .. record.epoch) end,
  }:run()
  local weights, bias = run.network.weights[1][1], run.network.biases[1][1]
  check.equal(weights[1], unit.weights[1], name)
  check.equal(weights[2], unit.weights[2], name)
  check.equal(bias, unit.bias, name)
  check.near(weights[1], w1, 1e-10, name)
  check.near(weights[2], w2, 1e-10, name)
  check.near(bias, b, 1e-10, name)
end
