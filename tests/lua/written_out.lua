-- SPDX-License-Identifier: MIT
-- What is built in, written out in Lua: the same bits, or nearly where another way to compute it is taken.
local luron = require "luron"
local check = require "check"

local function tanh(z)
  local e = math.exp(2 * z)
  return (e - 1) / (e + 1)
end
local function sigmoid(z) return luron.sigmoid(z) end
local function mse(o, t)
  local d = o - t
  return d * d
end
local sgd = luron.optimizer {
  name = "my_sgd",
  update = function(w, g, _, h) return luron.fma(-h.learning_rate, g, w) end,
}
local momentum = luron.optimizer {
  name = "my_momentum", state = { "buffer" }, numbers = { momentum = 0.9 },
  update = function(w, g, s, h)
    s.buffer = luron.fma(h.momentum, s.buffer, g)
    return luron.fma(-h.learning_rate, s.buffer, w)
  end,
}
local adam = luron.optimizer {
  name = "my_adam", state = { "m", "v" }, numbers = { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 },
  update = function(w, g, s, h)
    s.m = luron.fma(h.beta1, s.m, (1 - h.beta1) * g)
    s.v = luron.fma(h.beta2, s.v, (1 - h.beta2) * g * g)
    local root = math.sqrt(s.v) / math.sqrt(1 - h.beta2 ^ h.step) + h.epsilon
    return w - h.learning_rate / (1 - h.beta1 ^ h.step) * (s.m / root)
  end,
}

local function trained(fields, batch, precision)
  local e = { inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, targets = { 0, 1, 1, 0 }, hidden = { 3 },
    activation = "tanh", output_activation = "sigmoid", loss = "mse", batch = batch, precision = precision,
    learning_rate = 0.1, epochs = 200, log = false }
  for name, value in pairs(fields) do e[name] = value end
  local net, all = luron.experiment(e):run().network, {}
  for layer, width in ipairs { 2, 3 } do
    for j = 1, #net.weights[layer] do
      for i = 1, width do all[#all + 1] = net.weights[layer][j][i] end
      all[#all + 1] = net.biases[layer][j]
    end
  end
  return all
end

local pairs_of = {
  { { optimizer = "sgd" }, { optimizer = sgd }, 0 },
  { { optimizer = "momentum" }, { optimizer = momentum }, 0 },
  { {}, { loss = mse }, 0 },
  { {}, { output_activation = sigmoid }, 0 },
  { { optimizer = "adam" }, { optimizer = adam }, 1e-12, "double" },
  { {}, { activation = tanh }, 1e-12, "double" },
}
for i, pair in ipairs(pairs_of) do
  for _, batch in ipairs { 1, 2, "all" } do
    for _, precision in ipairs(pair[4] and { pair[4] } or { "double", "single" }) do
      local theirs, ours = trained(pair[1], batch, precision), trained(pair[2], batch, precision)
      for k = 1, #theirs do
        check.near(ours[k], theirs[k], pair[3] * math.max(1, math.abs(theirs[k])),
          ("parameter %d of pair %d, batch %s, %s"):format(k, i, batch, precision))
      end
    end
  end
end
