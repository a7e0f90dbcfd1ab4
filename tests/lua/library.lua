-- SPDX-License-Identifier: MIT
-- The library: each entry beside the numbers of the system that defines it (arg[1]: tests/library/peers_numbers.lua).
local luron = require "luron"
local check = require "check"
local peers = dofile(arg[1])

local function near(found, wanted, what, ...)
  check.near(found, wanted, 1e-9 * math.max(1, math.abs(wanted)), what:format(...))
end

-- A single weight, seen with the input x; epochs = 0 trains nothing.
local function one_weight(weight, x, epochs, fields)
  local e = { inputs = { { x } }, targets = { { 0 } }, bias = false, weights = { weight }, learning_rate = 1,
    epochs = epochs, log = false }
  for name, value in pairs(fields) do e[name] = value end
  return luron.experiment(e):run()
end

-- The loss is the output, so that a step is the activation's slope times the input.
local function output(o) return o end
for name, points in pairs(peers.activations) do
  for _, point in ipairs(points) do
    local z, value, slope = table.unpack(point)
    local fields = { output_activation = name, loss = output }
    near(one_weight(1, z, 0, fields).network:forward { z }[1], value, "%s at %g", name, z)
    near((1 - one_weight(1, z, 1, fields).network.weights[1][1][1]) / z, slope, "slope of %s at %g", name, z)
  end
end

for name, points in pairs(peers.losses) do
  for _, point in ipairs(points) do
    local o, t, value, slope = table.unpack(point)
    local fields = { output_activation = "linear", loss = name, targets = { { t } } }
    near(one_weight(o, 1, 0, fields).loss, value, "%s of %g, %g", name, o, t)
    near(o - one_weight(o, 1, 1, fields).network.weights[1][1][1], slope, "slope of %s at %g, %g", name, o, t)
  end
end

-- Weights and biases of a small network after some full batches; peers_numbers.py has the same.
for name, wanted in pairs(peers.optimizers) do
  local net = luron.experiment {
    inputs = { { 0.5, -1 }, { 1.5, 0.25 }, { -0.75, 0.5 }, { 0.1, 2 } }, targets = { 0.4, -0.9, 1.2, 0.3 },
    hidden = { 3 }, activation = "tanh", output_activation = "linear", loss = "mse", batch = "all",
    weights = { { { 0.3, -0.2 }, { 0.8, 0.5 }, { -0.6, 0.1 } }, { { 0.7, -0.4, 0.9 } } },
    biases = { { 0.1, -0.3, 0.2 }, { 0.05 } },
    optimizer = name, epochs = peers.updates, log = false,
  }:run().network
  local found = {}
  for layer, width in ipairs { 2, 3 } do
    for j = 1, #net.weights[layer] do
      for i = 1, width do found[#found + 1] = net.weights[layer][j][i] end
    end
    for j = 1, #net.biases[layer] do found[#found + 1] = net.biases[layer][j] end
  end
  check.equal(#found, #wanted)
  for i = 1, #wanted do near(found[i], wanted[i], "parameter %d by %s", i, name) end
end

-- One epoch after the other at the rate 1: each changes the weight by the factor.
for name, factors in pairs(peers.schedules) do
  local weights = {}
  one_weight(0, 1, #factors, { output_activation = "linear", loss = output, schedule = name,
    log = function(r) weights[#weights + 1] = r.weights[1] end })
  check.equal(#weights, #factors)
  for epoch = 1, #factors - 1 do
    near(weights[epoch] - weights[epoch + 1], factors[epoch], "factor of %s in epoch %d", name, epoch - 1)
  end
end

-- Slopes beside central differences, at drawn points off whole numbers, where all kinks are.
local function near_difference(f, x, slope, what)
  local h = 1e-5
  local difference, least = (f(x + h) - f(x - h)) / (2 * h), math.max(1e-3, math.abs(slope))
  check.near(slope, difference, 1e-5 * least, ("%s at %.17g"):format(what, x))
end
local r = luron.random(7)
local function drawn()
  local x
  repeat x = r:uniform(-4, 8) until math.abs(x - math.floor(x + 0.5)) > 1e-3
  return x
end
for _ = 1, 10 do
  for name in pairs(peers.activations) do
    local fields, z = { output_activation = name, loss = output }, drawn()
    local net = one_weight(1, z, 0, fields).network
    near_difference(function(x) return net:forward { x }[1] end, z,
      (1 - one_weight(1, z, 1, fields).network.weights[1][1][1]) / z, name)
  end
  for name in pairs(peers.losses) do
    local inside = name == "focal" or name == "poisson"
    local o, t = inside and r:uniform(0.1, 0.9) or drawn(), name:match("hinge") and 1 or 0.5
    local function fields() return { output_activation = "linear", loss = name, targets = { { t } } } end
    near_difference(function(x) return one_weight(x, 1, 0, fields()).loss end, o,
      o - one_weight(o, 1, 1, fields()).network.weights[1][1][1], name)
  end
  for _, name in ipairs { "l1", "l2", "elimination" } do
    local w = drawn()
    local function fields()
      return { output_activation = "linear", loss = function(o) return 0 * o end, penalty = name,
        metrics = { "penalty_sum" }, params = { strength = 0.5 } }
    end
    near_difference(function(x) return one_weight(x, 1, 0, fields()).penalty_sum end, w,
      w - one_weight(w, 1, 1, fields()).network.weights[1][1][1], name)
  end
end
