-- SPDX-License-Identifier: MIT
-- A validation set, what is monitored, and the best epoch restored.
local luron = require "luron"
local check = require "check"

local function copy(t, with)
  local c = {}
  for name, value in pairs(t) do c[name] = value end
  for name, value in pairs(with or {}) do c[name] = value end
  return c
end

-- A network that learns noise by heart, so that its validation loss turns.
local r = luron.random(3)
local function patterns(n, noise)
  local inputs, targets = {}, {}
  for i = 1, n do
    local x, y = r:uniform(-1, 1), r:uniform(-1, 1)
    inputs[i], targets[i] = { x, y }, { x * y + noise * r:normal() }
  end
  return { inputs = inputs, targets = targets }
end
local train, valid = patterns(14, 0.5), patterns(9, 0.2)
local fields = { inputs = train.inputs, targets = train.targets, validation = valid, test = valid, hidden = { 6 },
  activation = "tanh", output_activation = "linear", loss = "mse", learning_rate = 0.3, batch = "all", epochs = 300,
  seed = 4, log = false, curve = 300,
  metrics = { "validation_loss", "validation_accuracy", "best_epoch", "test_loss" } }
local e = luron.experiment(fields)

local function same_weights(a, b, what)
  for layer = 1, 2 do
    for j = 1, #a.weights[layer] do
      check.equal(a.biases[layer][j], b.biases[layer][j], what)
      for i = 1, #a.weights[layer][j] do check.equal(a.weights[layer][j][i], b.weights[layer][j][i], what) end
    end
  end
end

-- The best epoch of a curve, by the rule as it is written.
local function best_of(curve, last, min_delta, every)
  local best, at = math.huge, nil
  for epoch = every - 1, last, every do
    if curve[epoch + 1] < best - min_delta then best, at = curve[epoch + 1], epoch end
  end
  return at, best
end

-- Without a stop nothing changes what is trained; both curves are kept; the final value is of the last parameters.
local whole = e:run()
local curve, valid_curve = whole.curve, whole.validation_curve
check.equal(#curve, 300)
check.equal(#valid_curve, 300)
check.equal(whole.validation_loss, valid_curve[300])
check.equal(whole.validation_loss, whole.test_loss)
check.equal(whole.validation_accuracy, nil)
check.equal(whole.best_epoch, (best_of(curve, 299, 0, 1)))

-- A record has the value after the epoch's updates.
local records = {}
e:run { log = function(record)
  records[record.epoch] = record.validation_loss
  check.equal(record.validation_accuracy, nil)
end }
for epoch = 0, 299 do check.equal(records[epoch], valid_curve[epoch + 1]) end

-- patience, min_delta and every on the validation loss; then the parameters of the best epoch.
for _, case in ipairs { { 10, 0, 1 }, { 25, 0.002, 1 }, { 30, 0, 7 } } do
  local patience, min_delta, every = table.unpack(case)
  local stop = { monitor = "validation_loss", patience = patience, min_delta = min_delta, every = every }
  local ended
  for epoch = every - 1, 299, every do
    local at = best_of(valid_curve, epoch, min_delta, every)
    if not ended and epoch - at >= patience then ended = epoch + 1 end
  end
  local run = e:run { stop = stop }
  check.equal(run.status, "stalled")
  check.equal(run.epochs, ended)
  check.equal(run.best_epoch, (best_of(valid_curve, ended - 1, min_delta, every)))
  check.equal(run.validation_loss, valid_curve[ended])
  local restored = e:run { stop = stop, restore = "best" }
  check.equal(restored.status, "stalled")
  check.equal(restored.epochs, ended)
  check.equal(restored.best_epoch, run.best_epoch)
  check.equal(restored.validation_loss, valid_curve[run.best_epoch + 1])
  check.equal(restored.test_loss, restored.validation_loss)
  local short = e:run { epochs = run.best_epoch + 1 }
  check.equal(restored.loss, short.loss)
  same_weights(restored.network, short.network, "restored")
end

-- Without a monitor the training loss is looked at, which is of the epoch's own passes.
local plain = e:run { learning_rate = 0.9, restore = "best", stop = { patience = 5 } }
local jumps = e:run { learning_rate = 0.9, stop = { patience = 5 } }
check.equal(plain.best_epoch, (best_of(jumps.curve, jumps.epochs - 1, 0, 1)))
local until_best = e:run { learning_rate = 0.9, epochs = plain.best_epoch + 1 }
same_weights(plain.network, until_best.network, "by the training loss")

-- Prechelt's criteria, by their formulas.
local function gl(epoch, every)
  local least = math.huge
  for i = every - 1, epoch, every do least = math.min(least, valid_curve[i + 1]) end
  return 100 * (valid_curve[epoch + 1] / least - 1)
end
local function progress(epoch, k)
  local sum, least = 0.0, math.huge
  for i = epoch - k + 1, epoch do sum, least = sum + curve[i + 1], math.min(least, curve[i + 1]) end
  return 1000 * (sum / (k * least) - 1)
end
local function first(every, holds)
  for epoch = every - 1, 299, every do
    if holds(epoch) then return epoch + 1 end
  end
end
for _, every in ipairs { 2, 5 } do
  for _, bound in ipairs { 0.5, 5, 20 } do
    local ended = first(every, function(epoch) return gl(epoch, every) > bound end)
    local run = e:run { stop = { monitor = "validation_loss", gl = bound, every = every } }
    check.equal(run.epochs, ended or 300, "gl " .. bound)
    check.equal(run.status, ended and "stalled" or "finished")
    ended = first(every, function(epoch) return gl(epoch, every) / progress(epoch, every) > bound / 10 end)
    run = e:run { stop = { monitor = "validation_loss", pq = bound / 10, every = every } }
    check.equal(run.epochs, ended or 300, "pq " .. bound / 10)
  end
  for _, bound in ipairs { 30, 3, 0.3 } do
    local ended = first(every, function(epoch) return progress(epoch, every) < bound end)
    check.equal(e:run { stop = { progress = bound, every = every } }.epochs, ended or 300, "progress " .. bound)
  end
end

-- Accuracies: larger is better, and of equals the first.
local circles = luron.data.circles { n = 60, noise = 0.15, seed = 5 }
local c = luron.experiment { data = circles, validation = 0.3, validation_seed = 2, hidden = { 4 }, epochs = 120,
  learning_rate = 0.5, log = false, metrics = { "validation_accuracy", "best_epoch" }, restore = "best",
  stop = { monitor = "validation_accuracy", patience = 40 } }
local seen, most, at = {}, -1, nil
local run = c:run { log = function(record) seen[record.epoch] = record.validation_accuracy end }
for epoch = 0, run.epochs - 1 do
  if seen[epoch] > most then most, at = seen[epoch], epoch end
end
check.equal(run.best_epoch, at)
check.equal(run.validation_accuracy, most)

-- A solved run keeps what solved it; one that diverged has its best, and is diverged.
local solved = e:run { stop = { loss = 0.2, monitor = "validation_loss" }, restore = "best" }
check.equal(solved.status, "solved")
check.equal(solved.loss < 0.2, true)
local wild = e:run { learning_rate = 3, restore = "best", stop = { monitor = "validation_loss" } }
check.equal(wild.status, "diverged")
check.equal(wild.loss < math.huge and wild.validation_loss < math.huge, true)
same_weights(wild.network, e:run { learning_rate = 3, epochs = wild.best_epoch + 1 }.network, "diverged")

-- A fraction is drawn from what test leaves; the same is drawn again, another seed draws another, and so does a draw
-- that is not by class.
local drawn = { data = circles, validation = 0.25, test = 0.2, hidden = { 3 }, epochs = 20, log = false,
  metrics = { "validation_loss", "test_loss" } }
local one = luron.experiment(drawn):run()
check.equal(luron.experiment(drawn):run().validation_loss, one.validation_loss)
check.equal(luron.experiment(copy(drawn, { validation_seed = 1 })):run().validation_loss, one.validation_loss)
check.equal(luron.experiment(copy(drawn, { validation_seed = 9 })):run().validation_loss ~= one.validation_loss, true)
local mixed = luron.experiment(copy(drawn, { validation_stratified = false })):run()
check.equal(mixed.validation_loss ~= one.validation_loss, true)
-- Of 3 + 9 patterns of two classes a third is held out: 1 + 3 where it is by class.
local skewed = { inputs = {}, targets = {} }
for i = 1, 12 do skewed.inputs[i], skewed.targets[i] = { i }, { i <= 3 and 1 or 0 } end
local share = luron.experiment(copy(skewed, { validation = 1 / 3, weights = { 0 }, biases = 1, epochs = 0, log = false,
  metrics = { "validation_accuracy" } })):run()
check.equal(share.validation_accuracy, 0.25)
check.near(share.accuracy, 0.25, 0)

-- The third result of a function for data, with a test set or without.
local sets = copy(fields, { test = false, epochs = 30, metrics = { "validation_loss" } })
for _, name in ipairs { "inputs", "targets", "test", "validation" } do sets[name] = nil end
local short = e:run { epochs = 30 }
sets.data = function() return train, nil, valid end
check.equal(luron.experiment(sets):run().validation_loss, short.validation_loss)
sets.data = function() return train, valid, valid end
sets.metrics = { "validation_loss", "test_loss" }
local both = luron.experiment(sets):run()
check.equal(both.validation_loss, short.validation_loss)
check.equal(both.test_loss, short.validation_loss)

-- A sweep has the runs' own values, restored or not, with validation sets that all share or each has its own.
local function same_as_sweep(of, overrides, metrics)
  local experiment = luron.experiment(copy(of, overrides))
  local results = experiment:sweep()
  check.equal(#results > 10, true)
  for i = 1, #results do
    local row = results[i]
    local again = experiment:run(row.overrides)
    check.equal(row.status, again.status, "status")
    check.equal(row.epochs, again.epochs, "epochs")
    for _, metric in ipairs(metrics) do check.equal(row[metric], again[metric], metric) end
  end
  os.remove(results.path)
end
local measured = { "loss", "validation_loss", "test_loss", "best_epoch" }
same_as_sweep(fields, { restore = "best", curve = 0, stop = { monitor = "validation_loss", patience = 12 },
  sweep = { seed = luron.range(1, 9), learning_rate = { 0.1, 0.3, 3 } } }, measured)
same_as_sweep(fields, { curve = 0, epochs = 60, stop = { monitor = "validation_loss", patience = 12 },
  sweep = { stop_monitor = { "loss", "validation_loss" }, restore = { "last", "best" }, stop_every = { 1, 3 },
    seed = luron.range(1, 2) } }, measured)
sets.data = function(p)
  local own = luron.random(p.seed)
  local inputs, targets = {}, {}
  for i = 1, 8 do inputs[i], targets[i] = { own:uniform(), own:uniform() }, { own:normal() } end
  return train, nil, { inputs = inputs, targets = targets }
end
sets.metrics = { "validation_loss", "best_epoch" }
same_as_sweep(sets, { restore = "best", stop = { monitor = "validation_loss", patience = 5 }, epochs = 60,
  sweep = { seed = luron.range(1, 20) } }, { "loss", "validation_loss", "best_epoch" })
