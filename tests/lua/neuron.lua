-- SPDX-License-Identifier: MIT
-- luron.neuron: forward and update are the formulas, weights and bias are live, and every mistake is named.
local luron = require "luron"
local check = require "check"

-- The tutorial's loop, beside the same in plain Lua.
local n = luron.neuron { inputs = 1, bias = false, weights = { 0.37 } }
local w = 0.37
for _ = 1, 1000 do
  local out = 1 / (1 + math.exp(-w))
  check.near(n:forward { 1 }, out, 1e-12)
  n:update({ 1 }, 0 - n:forward { 1 }, 0.1)
  w = w + 1 * 0.1 * (0 - out)
end
check.near(n.weights[1], w, 1e-12)
check.equal(n.bias, nil)

-- One update is one fused multiply-add a weight: exact where every product is.
n = luron.neuron { inputs = 2, weights = { 1, 2 }, biases = 0.5, activation = "linear" }
check.equal(n:forward { 3, 4 }, 0.5 + 3 + 8)
n:update({ 3, 4 }, 0.5, 0.25)
check.equal(n.weights[1], 1 + 0.25 * 0.5 * 3)
check.equal(n.weights[2], 2 + 0.25 * 0.5 * 4)
check.equal(n.bias, 0.5 + 0.25 * 0.5)
check.equal(tostring(n), "luron.neuron: linear(1.375 x1 + 2.5 x2 + 0.625)")

n.bias = 0 / 0
check.equal(tostring(n), "luron.neuron: linear(1.375 x1 + 2.5 x2 + nan)")
n.bias = 0.625

-- Live views.
local weights = n.weights
check.equal(#weights, 2)
weights[1] = -7
check.equal(n.weights[1], -7)
check.equal(n:forward { 1, 0 }, -7 + 0.625)
n.weights = { 8, 9 }
check.equal(weights[2], 9)
n.bias = -1
check.equal(n.bias, -1)
check.equal(weights[0], nil)
check.equal(weights[3], nil)
check.equal(tostring(weights), "{8.0, 9.0}")
local pairs_seen = {}
for i, w in pairs(weights) do
  pairs_seen[i] = w
end
check.equal(#pairs_seen, 2)
check.equal(pairs_seen[2], 9)
local seen = {}
for i, v in ipairs(weights) do
  seen[i] = v
end
check.equal(table.concat(seen, " "), "8.0 9.0")
check.equal(n:forward(weights), -1 + 64 + 81, "a view is a list too")

-- A plain number will do for one input; one is all that a view needs of its neuron.
check.equal(luron.neuron { inputs = 1 }:forward(2), luron.neuron { inputs = 1 }:forward { 2 })
local kept = luron.neuron { inputs = 3, init = "zeros" }.weights
collectgarbage()
check.equal(kept[3], 0)

-- The same seed gives the same start; the scale multiplies it.
local a, b = luron.neuron { inputs = 2, seed = 9 }, luron.neuron { inputs = 2, seed = 9, init_scale = 2 }
check.equal(b.weights[2], 2 * a.weights[2])
check.equal(luron.neuron { inputs = 2, seed = 9, bias = false }.weights[2], a.weights[2])
assert(luron.neuron { inputs = 2, seed = 10 }.weights[2] ~= a.weights[2])
check.equal(luron.neuron { inputs = 2, init = "he" }.bias, 0)

local function new(fields)
  return function() luron.neuron(fields) end
end
check.raises("neuron: a table of fields expected, but found nil; write luron.neuron "
  .. "{ inputs = 1, bias = true, seed = 42 }", function() luron.neuron() end)
check.raises("a field without a name: 1; write name = value", new { 1 })
check.raises("inputs: missing; write inputs = 2 for a neuron with two", new {})
check.raises("inputs: 0 is not a whole number from 1 to 65536", new { inputs = 0 })
check.raises("inputs: \"2\" is not a whole number from 1 to 65536", new { inputs = "2" })
check.raises("bais: no such field; did you mean bias?", new { inputs = 1, bais = true })
check.raises("bias: 1 is not true or false", new { inputs = 1, bias = 1 })
check.raises("activation: \"sigmod\" is not one of sigmoid tanh relu leaky_relu softplus step linear softmax",
  new { inputs = 1, activation = "sigmod" })
for found, value in pairs { ['"gelu"'] = "gelu", ["a function"] = math.exp } do
  check.raises("activation: " .. found .. " is no built-in one, which alone are taken here; with others write " ..
    "luron.experiment { activation = ..., epochs = 0 }:run().network", new { inputs = 1, activation = value })
end
check.raises("activation: softmax is for several outputs; a neuron has one", new { inputs = 1, activation = "softmax" })
check.raises("seed: -1 is not a whole number from 0 to 9223372036854775807", new { inputs = 1, seed = -1 })
check.raises("init_scale: -1 is not a finite number of at least 0", new { inputs = 1, init_scale = -1 })
check.raises("weights: a list of 1, but there are 2 numbers", new { inputs = 2, weights = { 1 } })
check.raises("weights: true is not a number", new { inputs = 1, weights = { true } })
check.raises("biases: given, but bias = false", new { inputs = 1, bias = false, biases = 1 })

check.raises("forward: 1 number given, but it takes 2", function() n:forward { 1 } end)
check.raises("forward: element 2 is \"x\", not a number", function() n:forward { 1, "x" } end)
check.raises("forward: nil is not a list of 2 numbers", function() n:forward() end)
check.raises("update: the error is nil, not a number", function() n:update({ 1, 2 }) end)
check.raises("update: the learning rate is \"a\", not a number", function() n:update({ 1, 2 }, 1, "a") end)
check.raises("weights: no element 3; they are counted from 1 to 2", function() weights[3] = 1 end)
check.raises("weights: no element \"x\"; they are counted from 1 to 2", function() return weights.x end)
check.raises("weights: \"x\" is not a number", function() weights[1] = "x" end)
check.raises("wieghts: no such field; did you mean weights?", function() return n.wieghts end)
check.raises("inputs: cannot be set; weights and bias can", function() n.inputs = 3 end)
check.raises("bias: this neuron has none; make it with bias = true",
  function() luron.neuron { inputs = 1, bias = false }.bias = 1 end)
check.raises("forward: called with a dot, without its object; use neuron:forward(...), with a colon",
  function() n.forward({}) end)
for _, other in ipairs { luron.random(1), luron.network { inputs = 9, outputs = 9 }, io.stdout, ("x"):rep(9999) } do
  assert(not pcall(n.forward, other, { 1, 2 }), "no other object is taken for a neuron")
end
