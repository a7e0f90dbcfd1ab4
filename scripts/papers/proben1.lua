#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/proben1: linear networks on real problems, table 3 of Lutz Prechelt, "PROBEN1 - a set of neural network
-- benchmark problems and benchmarking rules", Technical Report 21/94, Karlsruhe (1994).
--
-- RPROP with weight backtracking, early stopping by GL5 or a progress below 0.1, both looked at every 5 epochs, and the
-- weights of the least validation error: ten trainings a problem. Published first steps were drawn from 0.005 to 0.02
-- for each weight; here all are 0.0125. The data is not ours to ship: fetch it from the public repository
-- jeffheaton/proben1, and say where it is in the environment variable PROBEN1. docs/papers.md has what comes then.
--
--   luron run scripts/papers/proben1.lua
--
-- prints
--
--   skipped: the data of PROBEN1 is not there (PROBEN1=FOLDER)

local luron = require "luron"

-- Published: test error in per cent, its deviation, and epochs, their deviation.
local published = {
  cancer1 = { 3.52, 0.04, 129, 13 }, cancer2 = { 4.77, 0.39, 87, 51 }, cancer3 = { 4.11, 0.03, 115, 18 },
  card1 = { 10.61, 0.11, 62, 9 }, card2 = { 14.91, 0.55, 65, 10 }, card3 = { 12.67, 0.17, 102, 9 },
  diabetes1 = { 17.22, 0.06, 209, 50 }, diabetes2 = { 17.69, 0.04, 209, 32 }, diabetes3 = { 16.50, 0.05, 214, 22 },
  gene1 = { 9.92, 0.01, 47, 6 }, gene2 = { 9.51, 0.00, 46, 4 }, gene3 = { 10.61, 0.01, 42, 4 },
  glass1 = { 9.98, 0.10, 129, 13 }, glass2 = { 10.34, 0.15, 34, 6 }, glass3 = { 11.07, 0.15, 135, 30 },
}

-- The three parts of a .dt file: lines of name=number, then patterns, inputs first.
local function read(path)
  local file, head, parts = assert(io.open(path)), {}, {}
  for _ = 1, 7 do
    local name, number = file:read("l"):match("(%g+)=(%d+)")
    head[name] = tonumber(number)
  end
  local n_inputs, n_outputs = head.bool_in + head.real_in, head.bool_out + head.real_out
  for _, part in ipairs { "training", "validation", "test" } do
    local set = { inputs = {}, targets = {} }
    for i = 1, head[part .. "_examples"] do
      local x, t = {}, {}
      for k = 1, n_inputs + n_outputs do
        if k <= n_inputs then
          x[k] = file:read("n")
        else
          t[k - n_inputs] = file:read("n")
        end
      end
      set.inputs[i], set.targets[i] = x, t
    end
    parts[part] = set
  end
  return parts
end

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

local function problem(folder, name)
  local data = read(("%s/%s/%s.dt"):format(folder, name:match("%a+"), name))
  local results = luron.experiment {
    inputs = data.training.inputs,
    targets = data.training.targets,
    validation = data.validation,
    test = data.test,
    activation = "linear",
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
    sweep = { seed = luron.range(1, 10) },
  }:sweep()
  local errors, epochs = {}, {}
  for i = 1, #results do
    errors[i], epochs[i] = 100 * results[i].test_loss, results[i].epochs
  end
  return errors, epochs
end

local folder, within = os.getenv("PROBEN1"), 0
if not folder then
  print "skipped: the data of PROBEN1 is not there (PROBEN1=FOLDER)"
  return
end
local names = {}
for name in pairs(published) do
  names[#names + 1] = name
end
table.sort(names)
print "problem     test error: published   here           epochs: published  here"
for _, name in ipairs(names) do
  local p, errors, epochs = published[name], problem(folder, name)
  local error, deviation = mean_and_deviation(errors)
  local n, n_deviation = mean_and_deviation(epochs)
  local good = math.abs(error - p[1]) <= 2 * p[2] + 0.005 -- printed with two digits
  within = within + (good and 1 or 0)
  print(("%-11s %10.2f (%.2f) %8.2f (%.2f) %-4s %10d (%d) %8.0f (%.0f)"):format(name, p[1], p[2], error, deviation,
    good and "" or "not", p[3], p[4], n, n_deviation))
end
print(within .. " of 15 within two published deviations")
