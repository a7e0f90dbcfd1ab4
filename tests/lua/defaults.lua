-- SPDX-License-Identifier: MIT
-- What p says of a field that nobody set is what runs: a run that is given what p says has the same bits. For every
-- optimizer, every loss and every way to draw start values. Writes into a folder that the test makes
-- for it, results/ beneath the current one.
local luron = require "luron"
local check = require "check"

os.execute "rm -rf results" -- rows that are there are not asked for again
local optimizers = { "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "rprop", "rprop_1993" }
local outputs = { "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "step", "linear", "softmax" }
local inits = { "normal", "uniform", "xavier", "he", "zeros" }
local names = {
  "loss", "loss_function", "learning_rate", "learning_rate_1", "learning_rate_2", "epsilon", "bias_init", "init",
  "init_scale", "init_scale_2", "output_activation", "activation", "optimizer", "hidden", "bias", "batch", "shuffle",
  "epochs", "max_epochs", "seed", "precision", "momentum", "beta1", "beta2", "rho", "weight_decay", "stop_error",
  "rprop_grow", "rprop_shrink", "rprop_least", "rprop_most",
  "stop_loss", "stop_accuracy", "stop_patience", "stop_every",
}
local read_by = { -- the others read weight_decay alone
  momentum = { "momentum" }, nesterov = { "momentum" }, adagrad = { "epsilon" }, rmsprop = { "rho", "epsilon" },
  adam = { "beta1", "beta2", "epsilon" }, sgd = {},
  rprop = { "rprop_grow", "rprop_shrink", "rprop_least", "rprop_most" },
  rprop_1993 = { "rprop_grow", "rprop_shrink", "rprop_least", "rprop_most" },
}

local function ask(p)
  local said = {}
  for _, name in ipairs(names) do said[name] = p[name] end
  return said
end

-- What p said, as fields: without what the optimizer does not read, and without other names.
local function as_fields(said)
  local fields = {}
  for name, value in pairs(said) do fields[name] = value end
  for _, name in ipairs {
    "loss_function", "max_epochs", "momentum", "beta1", "beta2", "rho", "epsilon", "rprop_grow", "rprop_shrink",
    "rprop_least", "rprop_most",
  } do
    fields[name] = nil
  end
  for _, name in ipairs(read_by[said.optimizer]) do fields[name] = said[name] end
  if said.optimizer:find("^rprop") then fields.weight_decay = nil end
  return fields
end

local patterns = {
  inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, targets = { { 0, 1 }, { 1, 0 }, { 1, 0 }, { 0, 1 } },
}

local function experiment(more)
  local fields = { hidden = { 2 }, batch = "all", epochs = 5, log = false, name = "defaults" }
  for name, value in pairs(more) do fields[name] = value end
  return luron.experiment(fields)
end

local function same(a, b, what)
  check.equal(a.status, b.status, what)
  check.equal(a.epochs, b.epochs, what)
  check.equal(a.loss, b.loss, what)
end

-- One run: p in a function that makes the data.
for _, optimizer in ipairs(optimizers) do
  for _, output in ipairs(outputs) do
    local said
    local r = experiment {
      data = function(p) said = ask(p) return patterns end, optimizer = optimizer, output_activation = output,
    }:run()
    local fields = as_fields(said)
    fields.data = function() return patterns end
    local given = experiment(fields):run()
    local what = optimizer .. " " .. output
    same(r, given, what)
    check.equal(said.loss_function, said.loss, what)
    check.equal(said.learning_rate_2, said.learning_rate, what)
    for u = 1, 2 do check.equal(r.network.weights[2][u][1], given.network.weights[2][u][1], what) end
  end
end

-- A sweep: p in where, in start values and in data, beside the row.
local kept, made = {}, {}
local function key(t) return t.optimizer .. " " .. t.output_activation .. " " .. t.init end
local swept = experiment {
  data = function(p) made[key(p)] = ask(p) return patterns end,
  where = function(p) kept[key(p)] = ask(p) return true end,
  sweep = { optimizer = optimizers, output_activation = outputs, init = inits },
}:sweep()
check.equal(#swept, #optimizers * #outputs * #inits)
for row in swept:rows() do
  local what = key(row)
  for _, name in ipairs(names) do
    if type(kept[what][name]) ~= "table" then check.equal(made[what][name], kept[what][name], what .. " " .. name) end
  end
  local fields = as_fields(kept[what])
  fields.data = patterns
  same(row, experiment(fields):run(), what)
end

-- Axes of fields whose defaults others have: the axis, and not a default.
local rates = {}
local own = experiment {
  data = patterns, hidden = { 2 }, learning_rate = { 0.25, 0.5 }, optimizer = "adam",
  where = function(p)
    rates[#rates + 1] = ("%s %s %s %s"):format(p.loss, p.epsilon, p.learning_rate_1, p.learning_rate_2)
    return true
  end,
  sweep = { loss = { "mse", "cross_entropy" }, epsilon = { 0.125, 0.25 } },
}:sweep()
check.equal(#own, 4)
check.equal(table.concat(rates, "; "), "mse 0.125 0.25 0.5; mse 0.25 0.25 0.5; " ..
  "cross_entropy 0.125 0.25 0.5; cross_entropy 0.25 0.25 0.5")

-- The four that p once had wrong.
local four
experiment {
  data = function(p)
    four = ("%s %s %s %s"):format(p.learning_rate, p.loss, p.bias_init, p.epsilon)
    return patterns
  end, optimizer = "adam", output_activation = "linear",
}:run()
check.equal(four, "0.001 mse normal 1e-08")

-- What only another optimizer or network of the sweep reads is no mistake of a run, if functions make the data too.
check.equal(#experiment {
  data = function() return patterns end, optimizer = "momentum", momentum = 0.5, learning_rate_3 = 0.5,
  sweep = { optimizer = { "sgd", "momentum", "adam" }, hidden = { 0, 2, { 2, 2 } } },
}:sweep(), 9)
