-- SPDX-License-Identifier: MIT
-- From a CSV file with texts and missing cells to a trained unit, beside a pipeline of scikit-learn (arg[1]:
-- tests/library/pipeline_numbers.lua): the inputs that the network sees are its inputs, and training ends where its
-- logistic regression does.
local luron = require "luron"
local check = require "check"
local peers = dofile(arg[1])

local path = os.tmpname()
do
  local f <close> = assert(io.open(path, "wb"))
  f:write(peers.text)
end
local data = luron.csv(path, { targets = peers.target, text = "onehot", missing = "median" })
os.remove(path)
local test = data:where(function(_, _, i) return i % 5 == 0 end)
local train = data:where(function(_, _, i) return i % 5 ~= 0 end)
local n_inputs = #data.names
check.equal(#train * n_inputs, #peers.train, "numbers of training rows")

-- Input k as a network sees it: what an untrained unit answers that hands it on.
local function compare(set, wanted, k)
  local weights = {}
  for j = 1, n_inputs do weights[j] = j == k and 1 or 0 end
  local unit = luron.experiment { data = train, normalize = "zscore", output_activation = "linear", epochs = 0,
    weights = { { weights } }, biases = { { 0 } }, log = false }:run().network
  for i, out in ipairs(unit:predict(set)) do
    check.near(out[1], wanted[(i - 1) * n_inputs + k], 1e-12, ("row %d, input %d"):format(i, k))
  end
end
for k = 1, n_inputs do
  compare(train, peers.train, k)
  compare(test, peers.test, k)
end

-- C = 1 there: the sum of losses, and half of the sum of squares of the weights.
local run = luron.experiment { data = train, test = test, normalize = "zscore", weight_decay = 1 / #train,
  decay_biases = false, batch = "all", learning_rate = 1, epochs = 4000, init = "zeros", log = false,
  metrics = { "accuracy", "test_accuracy" } }:run()
for k, w in ipairs(run.network.weights[1][1]) do check.near(w, peers.weights[k], 1e-6, "weight " .. k) end
check.near(run.network.biases[1][1], peers.bias, 1e-6, "bias")
check.near(run.accuracy, peers.accuracy, 1e-12, "accuracy")
check.near(run.test_accuracy, peers.test_accuracy, 1e-12, "test_accuracy")
