-- SPDX-License-Identifier: MIT
-- Every object in a loop: ipairs and pairs over lists give their items, pairs over what has names its fields, ipairs
-- over that nothing. And what is said where a method is called with a dot.
local luron = require "luron"
local check = require "check"

local function listed(iterate, object)
  local text = {}
  for key, value in iterate(object) do
    text[#text + 1] = tostring(key) .. "=" .. (type(value) == "number" and ("%g"):format(value) or type(value))
  end
  return table.concat(text, " ")
end

local function is_list(object, items)
  check.equal(listed(ipairs, object), items)
  check.equal(listed(pairs, object), items)
  check.equal(#object, select(2, items:gsub("=", "")))
end
is_list(luron.range(1, 3), "1=1 2=2 3=3")
is_list(luron.range(3, 1, -1), "1=3 2=2 3=1")
is_list(luron.range(0, 1, 0.25), "1=0 2=0.25 3=0.5 4=0.75 5=1")
is_list(luron.linspace(0, 1, 3), "1=0 2=0.5 3=1")
is_list(luron.geomspace(1, 100, 3), "1=1 2=10 3=100")
check.equal(math.type(luron.range(1, 3)[2]), "integer")
check.equal(luron.range(1, 3)[4], nil)
check.equal(luron.range(1, 3)[0], nil)
check.equal(luron.range(1, 3)[1.5], nil)
check.equal(#luron.range(1, 1e15), 10 ^ 15)
check.equal(luron.linspace(0, 1, 1e12)[10 ^ 12], 1.0)
check.equal(luron.geomspace(0.001, 10, 5)[3], 0.1)
check.raises("luron.uniform(0, 1) is an interval to draw from; it has no values of its own",
  listed, ipairs, luron.uniform(0, 1))
check.equal(listed(pairs, luron.zip { a = { 1 } }), "a=table")
check.equal(listed(pairs, luron.zip { c = { 1 }, e = { 1 }, a = { 1 }, d = { 1 }, b = { 1 } }),
  "a=table b=table c=table d=table e=table")
check.equal(listed(ipairs, luron.zip { a = { 1 } }), "")
check.equal(listed(pairs, luron.halving { keep = 0.5 }), "keep=0.5")
check.equal(listed(pairs, luron.every(3)), "n=3")

local net = luron.network { inputs = 2, hidden = { 2 }, outputs = 1 }
local neuron = luron.neuron { inputs = 2, weights = { 1, 2 }, biases = 3 }
local data, random = luron.data.xor(), luron.random(1)
is_list(neuron.weights, "1=1 2=2")
is_list(net.weights, "1=userdata 2=userdata")
is_list(net.biases, "1=userdata 2=userdata")
is_list(data.inputs, "1=table 2=table 3=table 4=table")
is_list(data.targets[1], "1=0")
check.equal(listed(pairs, data), "inputs=userdata targets=userdata")
check.equal(listed(pairs, neuron), "weights=userdata bias=3 inputs=2 activation=string")
check.equal(listed(pairs, net), "inputs=2 hidden=table outputs=1 activation=string output_activation=string " ..
  "bias=boolean shortcuts=boolean weights=userdata biases=userdata")
check.equal(listed(pairs, random), "")
for _, object in ipairs { net, neuron, random } do check.equal(listed(ipairs, object), "") end

os.execute "rm -rf results"
local experiment = luron.experiment {
  inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3, log = false, curve = 2, max_epochs = nil,
  metrics = { "mse", twice = function(run) return 2 * run.epochs end, none = function() return nil end },
  sweep = { seed = { 1, 2, 3 } },
}
local run, results = experiment:run(), experiment:sweep()
check.equal(listed(pairs, experiment),
  "inputs=table targets=table epochs=3 metrics=table log=boolean curve=2 sweep=table")
check.equal((listed(pairs, run):gsub("%d%.%d+", "x")),
  "status=string solved=boolean epochs=3 loss=x accuracy=x mse=x twice=6 curve=table network=userdata")
check.equal(listed(ipairs, run) .. listed(ipairs, experiment), "")
for name, value in pairs(run) do
  if type(value) ~= "table" then check.equal(value, run[name]) end
end
is_list(results, "1=table 2=table 3=table")
check.equal(listed(ipairs, run.curve), listed(ipairs, { run.curve[1], run.curve[2] }))
local record
experiment:run { log = function(r) record = r end }
check.equal(listed(ipairs, record), "")
check.equal(listed(pairs, record):match "^epoch=2 ", "epoch=2 ")

-- A dot in the place of a colon, also where the call's name is not known.
for _, call in ipairs {
  { "net:forward", net.forward, { 1, 2 } }, { "net:classify", net.classify, { 1, 2 } }, { "net:save", net.save, "a" },
  { "net:predict", net.predict, { 1, 2 } }, { "net:loss", net.loss, data }, { "net:accuracy", net.accuracy, data },
  { "net:confusion", net.confusion, data },
  { "net:forward", net.forward, data.inputs }, { "net:forward", net.forward, neuron, { 1, 2 } },
  { "neuron:forward", neuron.forward, { 1, 2 } }, { "neuron:update", neuron.update, { 1, 2 }, 1, 0.1 },
  { "random:normal", random.normal }, { "random:uniform", random.uniform, 1, 2 },
  { "random:integer", random.integer, 1, 2 }, { "data:split", data.split, 0.5 },
  { "experiment:run", experiment.run, { seed = 1 } }, { "experiment:sweep", experiment.sweep },
  { "run:plot", run.plot, { path = "a.svg" } }, { "results:rows", results.rows }, { "results:by", results.by, "seed" },
  { "results:best", results.best, "loss" }, { "results:plot", results.plot, { path = "a.svg" } },
  { "results:report", results.report, "a.html" }, { "results:close", results.close },
} do
  check.raises(("%s: called with a dot, without its object; use %s(...), with a colon")
    :format(call[1]:match ":(.*)", call[1]), table.unpack(call, 2))
end

-- An axis that a script has changed is named by what it was made as, wherever it is used.
for kind, make in pairs {
  range = function() return luron.range(1, 3) end, linspace = function() return luron.linspace(1, 2, 3) end,
  geomspace = function() return luron.geomspace(1, 2, 3) end, uniform = function() return luron.uniform(1, 2) end,
  loguniform = function() return luron.loguniform(1, 2) end,
  zip = function() return luron.zip { seed = { 1, 2 }, batch = { 1, 2 } } end,
  list = function() return luron.list { 1, 2 } end,
} do
  for _, value in ipairs { kind == "zip" and "range" or "zip", "unknown", 7 } do
    local axis = make()
    local changed = ("luron.%s: its kind was changed to %s; make another one instead")
      :format(kind, type(value) == "string" and '"' .. value .. '"' or value)
    rawset(axis, "kind", value)
    check.raises(changed, tostring, axis)
    check.raises(changed, luron.list, axis)
    local sweep = kind == "zip" and { axis } or { learning_rate = axis }
    check.raises(changed, function()
      luron.experiment { inputs = { 0, 1 }, targets = { 0, 1 }, sweep = sweep }:sweep()
    end)
    check.raises("learning_rate: a range belongs under sweep = { learning_rate = ... }; here stands one value",
      luron.experiment, { inputs = { 0 }, targets = { 1 }, learning_rate = axis })
  end
end
local points = luron.linspace(0.5, 1, 2)
package.loaded.luron = nil
require "luron" -- opened again, it knows what was made before
check.equal(tostring(points), "luron.linspace(0.5, 1, 2)")
package.loaded.luron = luron
local zip = luron.zip { seed = { 1 } }
zip.of = nil
check.raises("luron.zip: its of was changed to nil; make another one instead", tostring, zip)
local halving = luron.halving { at = { 1 }, keep = 0.5 }
rawset(halving, "of", 7)
check.raises("luron.halving: its of was changed to 7; make another one instead", function()
  luron.experiment { inputs = { 0 }, targets = { 1 }, prune = halving, sweep = { seed = { 1, 2 } } }:sweep()
end)
