#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/proben1: networks on real problems, tables 3 and 10 of Lutz Prechelt, "PROBEN1 - a set of neural network
-- benchmark problems and benchmarking rules", Technical Report 21/94, Karlsruhe (1994): linear networks, ten trainings
-- a problem, and networks with hidden layers of x / (1 + |x|), 60 trainings.
--
-- RPROP with weight backtracking, early stopping by GL5 or a progress below 0.1, both looked at every 5 epochs, and the
-- weights of the least validation error. Published first steps were drawn from 0.005 to 0.02 for each weight; here all
-- are 0.0125. The data is not ours to ship: fetch it from the public repository jeffheaton/proben1, and say where it is
-- in the environment variable PROBEN1. docs/papers.md has what comes then.
--
--   luron run scripts/papers/proben1.lua
--
-- prints
--
--   skipped: the data of PROBEN1 is not there (PROBEN1=FOLDER)

local luron = require "luron"

-- Published: test error in per cent, its deviation, and epochs, their deviation; hidden layers, and outputs if they are
-- not linear.
local linear = {
  cancer1 = { 3.52, 0.04, 129, 13 }, cancer2 = { 4.77, 0.39, 87, 51 }, cancer3 = { 4.11, 0.03, 115, 18 },
  card1 = { 10.61, 0.11, 62, 9 }, card2 = { 14.91, 0.55, 65, 10 }, card3 = { 12.67, 0.17, 102, 9 },
  diabetes1 = { 17.22, 0.06, 209, 50 }, diabetes2 = { 17.69, 0.04, 209, 32 }, diabetes3 = { 16.50, 0.05, 214, 22 },
  gene1 = { 9.92, 0.01, 47, 6 }, gene2 = { 9.51, 0.00, 46, 4 }, gene3 = { 10.61, 0.01, 42, 4 },
  glass1 = { 9.98, 0.10, 129, 13 }, glass2 = { 10.34, 0.15, 34, 6 }, glass3 = { 11.07, 0.15, 135, 30 },
}
local layered = {
  cancer1 = { 1.32, 0.13, 116, 123, { 4, 2 } }, cancer2 = { 3.47, 0.28, 54, 31, { 8, 4 } },
  cancer3 = { 2.60, 0.22, 54, 20, { 16, 8 } }, card1 = { 10.35, 0.29, 30, 7, 32 },
  card2 = { 14.94, 0.64, 26, 7, 24 }, card3 = { 13.47, 0.51, 29, 7, { 16, 8 } },
  diabetes1 = { 16.99, 0.91, 201, 119, 32 }, diabetes2 = { 18.43, 1.00, 102, 46, { 16, 8 } },
  diabetes3 = { 16.48, 1.16, 251, 132, 32 }, gene1 = { 8.66, 1.28, 124, 58, { 4, 2 } },
  gene2 = { 9.54, 1.91, 321, 284, { 4, 2 }, "softsign" }, gene3 = { 10.84, 1.93, 262, 183, { 4, 2 }, "softsign" },
  glass1 = { 9.24, 0.32, 71, 31, { 16, 8 } }, glass2 = { 10.09, 0.28, 30, 9, { 16, 8 } },
  glass3 = { 10.74, 0.52, 60, 30, { 16, 8 } }, soybean2 = { 0.79, 0.22, 417, 222, 32 },
}

local function mean_and_deviation(list)
  local sum, squares = 0, 0
  for _, x in ipairs(list) do
    sum = sum + x
  end
  for _, x in ipairs(list) do
    squares = squares + (x - sum / #list) ^ 2
  end
  return sum / #list, math.sqrt(squares / (#list - 1))
end

local function trained(folder, name, hidden, outputs, n_runs)
  local training, test, validation = luron.proben1(("%s/%s/%s.dt"):format(folder, name:match("%a+"), name))
  local results = luron.experiment {
    data = training,
    validation = validation,
    test = test,
    hidden = hidden,
    activation = hidden and "softsign" or "linear",
    output_activation = outputs or "linear",
    loss = "mse",
    init = "uniform",
    init_scale = 0.01,
    optimizer = "rprop_1993",
    learning_rate = 0.0125,
    rprop_least = 0,
    batch = "all",
    epochs = 3000,
    stop = { monitor = "validation_loss", gl = 5, progress = 0.1, every = 5 },
    restore = "best",
    metrics = { "test_loss", "test_accuracy" },
    sweep = { seed = luron.range(1, n_runs) },
  }:sweep()
  local errors, epochs = {}, {}
  for i = 1, #results do
    errors[i], epochs[i] = 100 * results[i].test_loss, results[i].epochs
  end
  return errors, epochs
end

local function compare(folder, published, n_runs)
  local names, within = {}, 0
  for name in pairs(published) do
    names[#names + 1] = name
  end
  table.sort(names)
  print "problem     test error: published   here           epochs: published  here"
  for _, name in ipairs(names) do
    local p = published[name]
    local errors, epochs = trained(folder, name, p[5], p[6], n_runs)
    local error, deviation = mean_and_deviation(errors)
    local n, n_deviation = mean_and_deviation(epochs)
    local good = math.abs(error - p[1]) <= 2 * p[2] + 0.005 -- printed with two digits
    within = within + (good and 1 or 0)
    print(("%-11s %10.2f (%.2f) %8.2f (%.2f) %-4s %10d (%d) %8.0f (%.0f)"):format(name, p[1], p[2], error, deviation,
      good and "" or "not", p[3], p[4], n, n_deviation))
  end
  print(("%d of %d within two published deviations"):format(within, #names))
end

local folder = os.getenv("PROBEN1")
if folder then
  compare(folder, linear, 10)
  compare(folder, layered, 60)
else
  print "skipped: the data of PROBEN1 is not there (PROBEN1=FOLDER)"
end
