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

-- Lists of numbers are patterns of one number; a generator's data set trains too.
local line = luron.experiment {
  inputs = { 0, 1, 2, 3 }, targets = { 1, 3, 5, 7 }, activation = "linear", learning_rate = 0.05, epochs = 500,
  log = false,
}
check.near(line:run().network:forward({ 10 })[1], 21, 1e-6)
