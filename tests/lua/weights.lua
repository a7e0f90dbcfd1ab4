-- SPDX-License-Identifier: MIT
-- Weights of patterns and classes, and scaled targets, beside PyTorch and scikit-learn
-- (arg[1]: tests/library/weights_numbers.lua).
local luron = require "luron"
local check = require "check"
local peers = dofile(arg[1])

local function near(found, wanted, what)
  check.near(found, wanted, 1e-9 * math.max(1, math.abs(wanted)), what)
end

local function one_hot(k)
  local t = { 0, 0, 0 }
  t[k + 1] = 1
  return t
end

local targets, sides = {}, {}
for i, k in ipairs(peers.classes) do
  targets[i], sides[i] = one_hot(k), k == 0 and 0 or 1
end

local function first(list, n)
  return table.move(list, 1, n, 1, {})
end

-- Trains as peers did, and compares parameters and metrics.
local function compare(what, n_outputs, fields, wanted)
  for name, numbers in pairs(wanted) do
    local e = { inputs = peers.inputs, targets = fields.targets or targets, hidden = 3, activation = "tanh",
      weights = { peers.hidden[1], first(peers.out[1], n_outputs) },
      biases = { peers.hidden[2], first(peers.out[2], n_outputs) },
      batch = tonumber(name:match "%d+"), learning_rate = 0.2, epochs = peers.epochs, log = false }
    for field, value in pairs(fields) do e[field] = value end
    local run = luron.experiment(e):run()
    what = what .. " " .. name
    local found = {}
    for layer, width in ipairs { 2, 3 } do
      for j = 1, #run.network.weights[layer] do
        for i = 1, width do found[#found + 1] = run.network.weights[layer][j][i] end
      end
      for j = 1, #run.network.biases[layer] do found[#found + 1] = run.network.biases[layer][j] end
    end
    check.equal(#found, #numbers.parameters)
    for i = 1, #found do near(found[i], numbers.parameters[i], what .. ", parameter " .. i) end
    near(run.loss, numbers.loss, what)
    if numbers.accuracy then near(run.accuracy, numbers.accuracy, what .. ", accuracy") end
    for _, metric in ipairs(fields.metrics or {}) do near(run[metric], numbers[metric], what .. ", " .. metric) end
    for i, out in ipairs(numbers.outputs or {}) do
      for k, o in ipairs(run.network:forward(peers.inputs[i])) do near(o, out[k], what .. ", output") end
    end
  end
end

local function classes(weights)
  local e = { output_activation = "softmax", metrics = { "weighted_accuracy",
    "macro_precision", "macro_recall", "macro_f1" } }
  for field, value in pairs(weights) do e[field] = value end
  return e
end
compare("patterns", 3, classes { pattern_weights = peers.pattern_weights }, peers.patterns)
compare("table", 3, classes { class_weights = peers.table }, peers.by_table)
compare("balanced as a table", 3, classes { class_weights = peers.balanced }, peers.by_balance)
compare("balanced", 3, classes { class_weights = "balanced" }, peers.by_balance)
compare("both", 3, classes { class_weights = "balanced", pattern_weights = peers.pattern_weights }, peers.both)
compare("one output", 1, { targets = sides, output_activation = "sigmoid", class_weights = "balanced",
  pattern_weights = peers.pattern_weights }, peers.sigmoid)
for _, kind in ipairs { "zscore", "minmax" } do
  compare(kind, 2, { targets = peers[kind].batch_1.targets, output_activation = "linear", loss = "mse",
    normalize_targets = kind, metrics = { "error_max", "rmse", "mae", "r2" } }, peers[kind])
end

-- A function is called by each way to run an experiment, beside data that no function makes, too.
local function weighed(by)
  return luron.experiment { data = luron.data.xor {}, hidden = 2, epochs = 9, log = false, pattern_weights = by }
end
local called = weighed(function(p) return { 5, 1, 1, p.seed } end)
check.equal(called:run().loss, weighed({ 5, 1, 1, 1 }):run().loss)
check.equal(called:run({ seed = 1 }).loss, called:run().loss)
assert(called:run().loss ~= weighed({ 1, 1, 1, 1 }):run().loss)
check.raises("pattern_weights: 1 weight, but there are 4 patterns",
  function() weighed(function() return { 5 } end):run() end)
check.raises("pattern_weights: nil, but a list of numbers, or the name of a column, is expected",
  function() weighed(function() end):run() end)
