-- SPDX-License-Identifier: MIT
-- Cross-validation: a row of a sweep is the run that its overrides give, folds cut by hand give the same, and data that
-- a function makes are cut as the others are. Writes into results/ beneath the current folder.
local luron = require "luron"
local check = require "check"

os.execute "rm -rf results" -- a file that was extended would have more rows
local d = luron.data.gaussians { n = 31, classes = 3, noise = 1.5, seed = 3 }
local fields = {
  data = d, folds = 4, hidden = 2, epochs = 10, normalize = "zscore", log = false,
  metrics = { "test_loss", "test_accuracy", own = function(run) return run.network:forward({ 1, -2 })[1] end },
  sweep = { learning_rate = { 0.1, 1 }, seed = luron.range(1, 2) },
}
local e = luron.experiment(fields)
local r = e:sweep()
check.equal(#r, 16)
for i = 1, #r do
  local run = e:run(r[i].overrides)
  check.equal(r[i].fold, (i - 1) // 2 % 4 + 1)
  for _, name in ipairs { "loss", "test_loss", "test_accuracy", "own" } do
    check.equal(run[name], r[i][name], name .. " of run " .. i)
  end
end
check.equal(e:run().test_loss, e:run({ fold = 1 }).test_loss, "the first fold, where nothing is said")
check.equal(e:run { fold = 2, seed = 2 }.loss ~= e:run({ fold = 2 }).loss, true)

-- Every pattern is tested once: the test losses, weighed by their patterns, are the mean over all of them.
local function shares()
  local seen, hits = 0, 0
  for fold = 1, 4 do
    local run = e:run { fold = fold }
    local n = fold == 4 and 7 or 8 -- 31 patterns
    seen, hits = seen + n, hits + math.floor(run.test_accuracy * n + 0.5)
    check.near(run.test_accuracy * n, math.floor(run.test_accuracy * n + 0.5), 1e-12)
  end
  return seen, hits
end
local seen, hits = shares()
check.equal(seen, 31)
check.equal(hits > 10 and hits <= 31, true)

-- A function's data, which may follow the seed and another parameter.
local made = luron.experiment {
  data = function(p)
    return p.other and luron.data.gaussians { n = 31, classes = 3, noise = 1.5, seed = p.seed } or d
  end,
  params = { other = false }, folds = 4, hidden = 2, epochs = 10, normalize = "zscore", log = false,
  metrics = fields.metrics, sweep = { learning_rate = { 0.1, 1 }, other = { false, true }, seed = luron.range(1, 2) },
}
local m = made:sweep()
check.equal(#m, 32)
for row in m:rows { order = "run" } do
  local run = made:run(row.overrides)
  check.equal(run.test_loss, row.test_loss)
  check.equal(run.own, row.own)
end
local same = 0
for row in m:rows { where = "other = 0", order = "run" } do
  same = same + 1
  check.equal(row.loss, r[same].loss)
  check.equal(row.own, r[same].own)
end
check.equal(same, 16)

-- Targets are scaled, and classes balanced, by what each fold trains.
local inputs, targets, weights = {}, {}, {}
for i = 1, 30 do
  inputs[i], targets[i], weights[i] = { i / 10, math.sin(i) }, { 100 + 7 * i + 3 * math.sin(i) }, 1 + i % 3
end
for _, over in ipairs {
  { data = d, class_weights = "balanced", metrics = { "test_loss", "weighted_accuracy" } },
  { inputs = inputs, targets = targets, pattern_weights = weights, output_activation = "linear", loss = "mse",
    normalize_targets = "zscore", metrics = { "test_loss", "rmse", "test_rmse" } },
} do
  over.folds, over.hidden, over.epochs, over.log, over.sweep = 3, 2, 10, false, { seed = { 1, 2 } }
  local one = luron.experiment(over)
  local rows = one:sweep()
  check.equal(#rows, 6)
  for i = 1, #rows do
    local run = one:run(rows[i].overrides)
    check.equal(run.loss, rows[i].loss)
    for _, name in ipairs(over.metrics) do check.equal(run[name], rows[i][name], name .. " of run " .. i) end
  end
end

-- Lists, a batch that fits no fold, one fold alone, other numbers of folds.
local lists = luron.experiment {
  inputs = { 1, 2, 3, 4, 5, 6, 7 }, targets = { 0, 0, 0, 1, 1, 1, 1 }, epochs = 5, batch = "all", folds = 3,
  sweep = { init_scale = { 1, 2 } },
}
check.equal(#lists:sweep(), 6)
check.equal(#lists:sweep { fold = 2 }, 2)
check.equal(#lists:sweep { fold = { 1, 3 } }, 4)
check.equal(#lists:sweep { folds = 7 }, 14)
check.equal(#lists:sweep { folds = false }, 2)
check.equal(#lists:sweep { sweep = false }, 3, "folds are an axis even so")
check.equal(lists:run({ folds = 7, fold = 7 }).status, "finished")
local cells = lists:sweep { keep = "cells", seed = { 1, 2 } }
check.equal(#cells, 2)
check.equal(cells[1].n_seeds, 6)
check.equal(cells[1].fold, nil)

-- Mistakes.
for message, over in pairs {
  ["test: cannot be used beside folds: each cross-validation fold is the test set once; take test away, or write " ..
    "folds = false"] = { test = 0.25 },
  ["folds: 32 folds of 31 rows; each fold needs a row, and another to train on"] = { folds = 32 },
  ["fold: 5, but there are 4 cross-validation folds"] = { fold = 5 },
  ["fold: there are no cross-validation folds; write folds = 5, or another number"] = { folds = false, fold = 1 },
  ["folds: 1 is below 2"] = { folds = 1 },
} do
  check.raises(message, e.run, e, over)
end
check.raises("fold: cannot be zipped: each combination is trained on the same folds", e.sweep, e,
  { sweep = { luron.zip { fold = { 1, 2 }, learning_rate = { 1, 2 } } } })
local two = luron.experiment { data = function() return d, d end, folds = 3 }
check.raises("data: returns a test set, but with folds each cross-validation fold is one; return one set, or write " ..
  "folds = false", two.run, two)
