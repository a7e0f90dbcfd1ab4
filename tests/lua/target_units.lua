-- SPDX-License-Identifier: MIT
-- Scaled targets and weights wherever a network goes: held-out sets, scores, files, checkpoints, other trainings,
-- sweeps. What is seen is in the targets' own units.
local luron = require "luron"
local check = require "check"

local function set(first, last)
  local inputs, targets = {}, {}
  for i = first, last do
    local x, y = math.sin(i), math.cos(1.7 * i)
    inputs[#inputs + 1], targets[#targets + 1] = { x, y }, { 300 + 80 * x * y, 0.01 * (x - y) }
  end
  return { inputs = inputs, targets = targets }
end

local train, other, last = set(1, 16), set(17, 25), set(26, 30)
local weights = {}
for i = 1, 16 do weights[i] = i % 4 / 2 end
local metrics = {}
for _, of in ipairs { "", "test_", "validation_" } do
  for _, name in ipairs { "rmse", "mae", "r2" } do metrics[#metrics + 1] = of .. name end
end
table.move({ "test_loss", "validation_loss", "weighted_accuracy" }, 1, 3, #metrics + 1, metrics)

local function with(more)
  local fields = { inputs = train.inputs, targets = train.targets, test = last, validation = other, hidden = { 5 },
    activation = "tanh", output_activation = "linear", loss = "mse", normalize = "zscore",
    normalize_targets = "zscore", pattern_weights = weights, learning_rate = 0.05, batch = 4, shuffle = true,
    epochs = 12, seed = 3, metrics = metrics, log = false }
  for name, value in pairs(more or {}) do fields[name] = value end
  return luron.experiment(fields)
end

local function same_outputs(a, b, what)
  for i, x in ipairs(train.inputs) do
    local p, q = a:forward(x), b:forward(x)
    check.equal(p[1], q[1], what .. ", pattern " .. i)
    check.equal(p[2], q[2], what .. ", pattern " .. i)
  end
end

local path = os.tmpname()
for _, precision in ipairs { "double", "single" } do
  local e = with { precision = precision }
  local run = e:run()

  -- Each set's rmse, from what the network answers.
  for of, d in pairs { [""] = train, test_ = last, validation_ = other } do
    local sum = 0
    for i, x in ipairs(d.inputs) do
      local o = run.network:forward(x)
      for k = 1, 2 do sum = sum + (o[k] - d.targets[i][k]) ^ 2 end
    end
    check.near(run[of .. "rmse"], math.sqrt(sum / (2 * #d.inputs)), precision == "single" and 1e-3 or 1e-12, of)
  end

  -- Losses are of scaled targets, and have no weights but in training.
  check.equal(run.network:loss(last), run.test_loss)
  check.equal(run.network:loss(other), run.validation_loss)
  assert(run.test_loss < 10 and run.test_rmse > 1)

  -- A file, and a copy that trains on: the scale comes along, and nothing is fitted again.
  run.network:save(path)
  local loaded = luron.load(path)
  same_outputs(loaded, run.network, "saved")
  check.equal(loaded:loss(last), run.test_loss)
  local on = with { precision = precision, start = loaded, epochs = 0, targets = set(40, 55).targets }:run()
  same_outputs(on.network, run.network, "trained on")

  -- A checkpoint goes on bit by bit.
  e:run { until_epoch = 5 }:save(path)
  local resumed = e:run { resume = path }
  same_outputs(resumed.network, run.network, "resumed")
  for _, name in ipairs(metrics) do check.equal(resumed[name], run[name], "resumed, " .. name) end
  check.raises("data: other patterns than the checkpoint's run has", e.run, e,
    { resume = path, pattern_weights = table.move(weights, 2, 16, 1, { [16] = 1 }) })
  check.raises("data: other patterns than the checkpoint's run has", e.run, e,
    { resume = path, validation = { inputs = other.inputs, targets = set(16, 24).targets } })

  -- The best epoch by the validation set is what is measured.
  local best = with { precision = precision, epochs = 60, learning_rate = 0.3, restore = "best",
    stop = { monitor = "validation_loss" } }:run()
  check.equal(best.network:loss(other), best.validation_loss)
  local sum = 0
  for i, x in ipairs(other.inputs) do
    for k = 1, 2 do sum = sum + math.abs(best.network:forward(x)[k] - other.targets[i][k]) end
  end
  check.near(best.validation_mae, sum / 18, precision == "single" and 1e-3 or 1e-12)

  -- Lanes are runs.
  local runs = e:sweep { seed = luron.range(1, 9), learning_rate = { 0.05, 0.2 } }
  os.remove(runs.path)
  for i = 1, #runs do
    local one = e:run(runs[i].overrides)
    for _, name in ipairs(metrics) do check.equal(runs[i][name], one[name], "run " .. i .. ", " .. name) end
  end
end
os.remove(path)

-- Targets of another scale with the same scaled values are other patterns.
local function level(factor)
  local targets = {}
  for i, t in ipairs(train.targets) do targets[i] = { factor * t[1], t[2] } end
  return with { targets = targets, normalize_targets = "minmax", test = false, validation = false,
    metrics = { "rmse" } }
end
level(1):run { until_epoch = 2 }:save(path)
check.raises("data: other patterns than the checkpoint's run has", level(2).run, level(2), { resume = path })
os.remove(path)

-- A fraction that is held out is scaled by what is trained; its weights are of no use.
local part = with { test = 0.25, validation = 0.25 }:run()
assert(part.validation_rmse > 0 and part.validation_loss < 50)

-- Two values: whichever units they have, accuracy and confusion are the same.
local sides = luron.experiment { inputs = train.inputs, targets = { 10, 20, 10, 10, 20, 20, 10, 20, 10, 20, 20, 10, 10,
  20, 10, 20 }, hidden = 3, activation = "tanh", output_activation = "linear", loss = "mse",
  normalize_targets = "minmax", epochs = 30, metrics = { "macro_recall", "macro_f1" }, log = false }:run()
local d = { inputs = train.inputs, targets = { 10, 20, 10, 10, 20, 20, 10, 20, 10, 20, 20, 10, 10, 20, 10, 20 } }
local m = sides.network:confusion(d)
check.equal(sides.network:accuracy(d), sides.accuracy)
check.equal((m[1][1] + m[2][2]) / 16, sides.accuracy)
check.near(sides.macro_recall, (m[1][1] / 8 + m[2][2] / 8) / 2, 1e-15)
check.near(sides.macro_f1, (2 * m[1][1] / (8 + m[1][1] + m[2][1]) + 2 * m[2][2] / (8 + m[2][2] + m[1][2])) / 2, 1e-15)

-- The column of weights is no input of a held-out set, and what a function makes has weights too.
local csv = os.tmpname()
local file = assert(io.open(csv, "w"))
file:write("x,w,y\n")
for i = 1, 12 do file:write(("%g,%g,%g\n"):format(i / 12, i % 3, 5 + i)) end
file:close()
local rows = luron.csv(csv, { targets = "y", classes = false })
os.remove(csv)
local column = luron.experiment { data = rows, test = rows, validation = rows, pattern_weights = "w",
  output_activation = "linear", loss = "mse", normalize_targets = "minmax", epochs = 4, log = false,
  metrics = { "rmse", "test_rmse", "validation_rmse", "validation_loss", "test_loss" } }:run()
check.equal(column.rmse, column.test_rmse)
check.equal(column.rmse, column.validation_rmse)
check.equal(column.validation_loss, column.test_loss)
assert(column.loss ~= column.test_loss)

local function made(scale)
  return luron.experiment { data = function(p)
    local a, w = set(p.seed, p.seed + 7), {}
    for i = 1, 8 do w[i] = scale * i end
    a.pattern_weights = w
    return a, set(50, 53), set(60, 66)
  end, seed = 1, sweep = { seed = { 1, 2, 3 } }, output_activation = "linear", loss = "mse", epochs = 3, batch = 4,
    normalize_targets = "zscore", metrics = { "test_rmse", "validation_mae" }, log = false }
end
local by_seed = made(1):sweep()
os.remove(by_seed.path)
for seed = 1, 3 do
  local one = made(1):run { seed = seed }
  check.equal(by_seed[seed].loss, one.loss)
  check.equal(by_seed[seed].test_rmse, one.test_rmse)
  check.equal(by_seed[seed].validation_mae, one.validation_mae)
  assert(one.loss ~= made(2):run({ seed = seed }).loss)
end

-- Beside categories and missing values: the column of weights leaves the other inputs as they are known.
file = assert(io.open(csv, "w"))
file:write("w,age,sex,wt,y\n1,3,f,2,0\n2,4,m,1,1\n1,,x,3,1\n3,6,f,2,0\n1,7,m,1,1\n2,8,f,,0\n")
file:close()
local people = luron.csv(csv, { targets = "y", missing = "mean", onehot = { "sex" } })
os.remove(csv)
local function weighed(by)
  return luron.experiment { data = people, pattern_weights = by, hidden = 2, epochs = 3, log = false }
end
local by_column, by_list = weighed("w"):run(), weighed { 1, 2, 1, 3, 1, 2 }:run()
check.equal(#by_column.network.weights[1][1], 5)
check.equal(#by_list.network.weights[1][1], 6)
by_column.network:save(csv)
local text = {}
for line in io.lines(csv) do text[line:match "^%w+ ?[%w=]*"] = true end
os.remove(csv)
assert(text["input sex=x"] and text["onehot 1"] and not text["input w"])
check.raises("pattern_weights: pattern 6 of the column wt is missing, and a weight is not filled",
  function() weighed("wt"):run() end)
check.raises('pattern_weights: the data have no input column "agee"; did you mean age?',
  function() weighed("agee"):run() end)
