-- SPDX-License-Identifier: MIT
-- Where patterns come from: lists, data sets, test sets held out, and scaled inputs.
local luron = require "luron"
local check = require "check"

local path = os.tmpname()
local file = assert(io.open(path, "w"))
file:write("a,b,kind\n")
for i = 1, 30 do file:write(("%d,%d,%s\n"):format(i, 100 - 3 * i, i > 15 and "high" or "low")) end
file:close()
local d = luron.csv(path, { targets = { "kind" } })
os.remove(path)

local fields = {
  data = d, hidden = { 3 }, output_activation = "softmax", activation = "tanh", optimizer = "adam",
  learning_rate = 0.05, epochs = 200, normalize = "zscore", log = false, metrics = { "test_accuracy" }, test = 0.2,
}
local run = luron.experiment(fields):run()
check.equal(run.status, "finished")
assert(run.accuracy >= 0.95 and run.test_accuracy >= 0.8, run.accuracy)
check.equal(run.network:classify { 29, 13 }, "high")
check.equal(run.network:classify { 2, 94 }, "low")
check.equal(run.network.classes[1], "low")

-- A fraction is split as split does it.
local train, test = d:split(0.8, 7)
fields.test_seed = 7
local by_fraction = luron.experiment(fields):run()
fields.data, fields.test, fields.test_seed = train, test, nil
local by_hand = luron.experiment(fields):run()
check.equal(by_fraction.loss, by_hand.loss)
check.equal(by_fraction.test_accuracy, by_hand.test_accuracy)

-- The script's own data set stays as it was.
check.equal(#train.inputs[1], 2)
check.equal(#d, 30)
check.equal(d.inputs[1][1], 1)

-- A test set of another file: its classes are found by name, in whatever order they stand there.
local function classes_of(text, options)
  local out <close> = assert(io.open(path, "w"))
  out:write(text)
  out:close()
  return luron.csv(path, options)
end
local abc = classes_of("x,kind\n0,a\n0.1,a\n1,b\n1.1,b\n2,c\n2.1,c\n")
local cab = classes_of("x,kind\n2,c\n0,a\n1,b\n")
local bc = classes_of("x,kind\n2,c\n1,b\n")
local abd = classes_of("x,kind\n0,a\n1,b\n2,d\n")
os.remove(path)
local kinds = {
  data = abc, test = cab, hidden = { 8 }, activation = "tanh", output_activation = "softmax", optimizer = "adam",
  learning_rate = 0.05, epochs = 300, seed = 1, log = false, metrics = { "test_accuracy" },
}
local function with(fields)
  local all = {}
  for name, value in pairs(kinds) do all[name] = value end
  for name, value in pairs(fields) do all[name] = value end
  return luron.experiment(all)
end
local by_name = with {}:run()
check.equal(by_name.accuracy, 1)
check.equal(by_name.test_accuracy, 1)
check.equal(by_name.network:classify { 2 }, "c")
check.equal(with { test = bc }:run().test_accuracy, 1)
check.equal(with { test = cab, normalize = "zscore" }:run().test_accuracy, 1)
local function two_sets() return abc, cab end
check.equal(luron.experiment { data = two_sets, hidden = { 8 }, activation = "tanh", output_activation = "softmax",
  optimizer = "adam", learning_rate = 0.05, epochs = 300, log = false, metrics = { "test_accuracy" } }:run()
  .test_accuracy, 1)
os.execute "rm -f results/data_sets-*" -- of another time
for row in with { sweep = { seed = luron.range(1, 8) } }:sweep { test = bc }:rows() do
  check.equal(row.test_accuracy, 1)
end
check.equal(#abc.classes .. #cab.classes .. cab.classes[1], "33c") -- the sets themselves stay as they are
check.raises("test: class \"d\" is none of those of the training patterns: a b c", function()
  with { test = abd }:run()
end)
-- Training goes on with the outputs that the network has, in whatever order a later file names their classes.
local n = by_name.network
local on = with { data = cab, test = bc, weights = n.weights, biases = n.biases, learning_rate = 0, epochs = 1 }:run()
check.equal(table.concat(on.network.classes), "abc")
check.equal(on.accuracy, 1)
check.equal(on.test_accuracy, 1)
check.equal(with { data = bc, weights = n.weights, biases = n.biases, learning_rate = 0, epochs = 1 }:run().accuracy, 1)
check.raises('data: class "d" is none of those of the network: a b c', function()
  with { data = abd, weights = n.weights, biases = n.biases }:run()
end)
check.raises("test: has classes (c ...), but the training patterns have none to match; { inputs = d.inputs, targets = "
  .. "d.targets } takes them by position", function()
  with { data = { inputs = abc.inputs, targets = abc.targets } }:run()
end)
check.equal(with { test = { inputs = { { 2 } }, targets = { { 0, 0, 1 } } } }:run().test_accuracy, 1)

-- Lists of numbers are patterns of one number; a generator's data set trains too.
local line = luron.experiment {
  inputs = { 0, 1, 2, 3 }, targets = { 1, 3, 5, 7 }, activation = "linear", learning_rate = 0.05, epochs = 500,
  log = false,
}
check.near(line:run().network:forward({ 10 })[1], 21, 1e-6)
