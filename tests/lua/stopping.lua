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
