-- SPDX-License-Identifier: MIT
-- Early stopping beside Keras' EarlyStopping(restore_best_weights = True): the same epoch and the same weights
-- (arg[1]: tests/library/stopping_numbers.lua).
local luron = require "luron"
local check = require "check"

for _, case in ipairs(dofile(arg[1])) do
  local e = { metrics = { "best_epoch", case.monitor }, log = false, restore = "best", weights = case.start.weights,
    biases = case.start.biases, validation = { inputs = case.validation_inputs, targets = case.validation_targets },
    stop = { monitor = case.monitor, patience = case.patience, min_delta = case.min_delta } }
  for _, name in ipairs { "inputs", "targets", "hidden", "activation", "output_activation", "loss", "learning_rate",
    "batch", "epochs" } do e[name] = case[name] end
  local run = luron.experiment(e):run()
  check.equal(run.best_epoch, case.best_epoch, case.name .. ": best epoch")
  check.equal(run.epochs, case.ran, case.name .. ": epochs")
  check.near(run[case.monitor], case.value, 1e-9, case.name .. ": value")
  for layer, wanted in ipairs(case.best.weights) do
    for j, row in ipairs(wanted) do
      check.near(run.network.biases[layer][j], case.best.biases[layer][j], 1e-9, case.name .. ": bias")
      for i, w in ipairs(row) do check.near(run.network.weights[layer][j][i], w, 1e-9, case.name .. ": weight") end
    end
  end
end

-- What runs are compared with is in their precision, in one run as in lanes: here the network answers 0 for ever, and
-- its error is 0.1 in floats, which is above 0.1.
local still = luron.experiment { inputs = { { 0 }, { 0 } }, targets = { 0.1, 0 }, weights = { { { 0 } } },
  biases = { { 0 } }, output_activation = "linear", loss = "mse", precision = "single", learning_rate = 0, epochs = 2,
  log = false, curve = 0 }
local loss = still:run().loss
for status, stop in pairs { solved = { error = 0.1 }, finished = { loss = loss * (1 + 2 ^ -30) } } do
  check.equal(still:run({ stop = stop }).status, status)
  local runs = still:sweep { stop = stop, seed = luron.range(1, 100) }
  os.remove(runs.path)
  for i = 1, #runs do check.equal(runs[i].status, status, "run " .. i) end
end
