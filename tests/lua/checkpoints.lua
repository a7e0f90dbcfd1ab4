-- SPDX-License-Identifier: MIT
-- A run in parts has the bits of the run at once: for every optimizer, with shuffle, batches, schedules, patience,
-- curves, sums of losses, dropout, noise and the best; and what is not of the same run is refused.
local luron = require "luron"
local check = require "check"

local path = os.tmpname()
local inputs, targets = {}, {}
for i = 1, 10 do
  inputs[i] = { math.sin(i), math.cos(3 * i) }
  targets[i] = { i % 3 == 0 and 1 or 0 }
end
local function with(fields)
  local all = { inputs = inputs, targets = targets, hidden = 3, epochs = 20, log = false, test = 0.2, curve = 7,
                metrics = { "loss_sum", "loss_min", "test_loss" } }
  for name, value in pairs(fields) do all[name] = value end
  return luron.experiment(all)
end

local function same(a, b, what)
  check.equal(a.status, b.status, what)
  check.equal(a.epochs, b.epochs, what)
  for _, name in ipairs(a.validation_curve and { "loss", "loss_sum", "test_loss", "validation_loss", "best_epoch" }
                        or { "loss", "loss_sum", "loss_min", "test_loss" }) do
    check.equal(a[name], b[name], what)
  end
  for l = 1, #a.network.weights do
    for j = 1, #a.network.weights[l] do
      check.equal(a.network.biases[l][j], b.network.biases[l][j], what)
      for i = 1, #a.network.weights[l][j] do
        check.equal(a.network.weights[l][j][i], b.network.weights[l][j][i], what)
      end
    end
  end
  check.equal(#a.curve, #b.curve, what)
  for i = 1, #a.curve do check.equal(a.curve[i], b.curve[i], what) end
end

-- Three parts, by way of a file each time.
local function parts(fields, what)
  local e = with(fields)
  e:run { until_epoch = 7 }:save(path)
  e:run { resume = path, until_epoch = 8 }:save(path)
  same(e:run { resume = path }, e:run(), what)
end


local optimizers = { "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam" }
for _, name in ipairs(optimizers) do
  for _, batch in ipairs { 1, 3, "all" } do
    for _, shuffle in ipairs { true, false } do
      for _, precision in ipairs { "double", "single" } do
        local what = ("%s, batch %s, shuffle %s, %s"):format(name, batch, shuffle, precision)
        parts({ optimizer = name, batch = batch, shuffle = shuffle, precision = precision }, what)
      end
    end
  end
  parts({ optimizer = name, schedule = "cosine", schedule_every = "update", batch = 3 }, name .. ", cosine")
end
for _, name in ipairs { "rprop", "rprop_1993" } do parts({ optimizer = name, batch = "all" }, name) end
for _, name in ipairs { "adamw", "lion" } do parts({ optimizer = name, batch = 3, shuffle = true }, name) end
parts({ penalty = "l2", metrics = { "loss_sum", "loss_min", "test_loss", "trainability" } }, "penalty, trainability")
parts({ hidden = 0, inputs = inputs, bias = true }, "one unit")
parts({ dropout = 0.3, batch = 3, shuffle = true }, "dropout")
parts({ dropout = { 0.5 }, precision = "single", batch = "all" }, "dropout, single")
parts({ input_noise = 0.1, weight_noise = 0.05, batch = 3 }, "noise")
parts({ clip_norm = 0.01, freeze = { 1, "biases" }, weight_decay = 0.1, decay_biases = false }, "clip, freeze, decay")

-- The record of the best goes along: before its epoch, at it and after it.
local best = with {
  epochs = 60, learning_rate = 3, batch = 3, shuffle = true, dropout = 0.2, validation = 0.3, restore = "best",
  stop = { monitor = "validation_loss" }, metrics = { "loss_sum", "test_loss", "validation_loss", "best_epoch" },
}
local function cut(more, what)
  local whole = best:run(more)
  for at = 1, whole.epochs - 1, 3 do
    more.until_epoch, more.resume = at, nil
    best:run(more):save(path)
    more.until_epoch, more.resume = nil, path
    same(best:run(more), whole, what .. at)
  end
  more.resume = nil
  return whole
end
local kept = cut({}, "restore, cut at ")
assert(kept.status == "finished" and kept.best_epoch > 3 and kept.best_epoch < 57)
local gl = cut({ stop = { gl = 1, every = 3 } }, "gl, cut at ")
assert(gl.status == "stalled" and gl.epochs > 8 and gl.epochs < 60)
local pq = cut({ stop = { pq = 0.1, every = 5 } }, "pq, cut at ")
assert(pq.status == "stalled" and pq.epochs > 8 and pq.epochs < 60)

-- A run that was no part of one is saved, too; and goes on to more epochs.
-- Points of the new curve that the old one has not are nan.
local e = with { optimizer = "adam", curve = 0 }
e:run():save(path)
same(e:run { resume = path, epochs = 30 }, e:run { epochs = 30 }, "more epochs")
local three = with { curve = 3, epochs = 5 }
three:run { until_epoch = 4 }:save(path)
local longer = three:run { resume = path, epochs = 9 }
check.equal(longer.curve[1], three:run().curve[1])
check.equal(longer.curve[2], three:run().curve[3])
check.equal(longer.curve[3], three:run { epochs = 9 }.curve[3])

-- What ended a run ends it still, but for other stops.
local stops = with { epochs = 400, learning_rate = 20, shuffle = true, stop = { patience = 3 } }
local stalled = stops:run()
stalled:save(path)
check.equal(stalled.status, "stalled")
same(stops:run { resume = path }, stalled, "stalled")
assert(stops:run { resume = path, stop = { patience = 50 } }.epochs > stalled.epochs)
parts({ stop = { patience = 5, every = 2 } }, "patience")

-- What stop.when holds is looked into for a checkpoint alone: twenty runs without one take less than one with it.
local numbers, called = {}, 0
for i = 1, 100000 do numbers[i] = i end
local holds = with { epochs = 2, stop = { when = function() return #numbers == 0 end } }
local function seconds(times, fields)
  local from = os.clock()
  for _ = 1, times do holds:run(fields) end
  return os.clock() - from
end
local many, one = seconds(20), seconds(1, { until_epoch = 2 })
assert(many < one, string.format("%g s and %g s", many, one))

-- Of a run that kept none it is what it holds when the run is saved.
local counts = with { stop = { when = function()
  called = called + 1
  return called >= 5
end } }
counts:run():save(path)
check.equal(counts:run { resume = path }.epochs, 5)
check.equal(called, 5)

-- Only epochs, stops and the log may change.
local function wrong(text, fields)
  fields.resume = path
  check.raises(text, e.run, e, fields)
end
e:run { until_epoch = 10 }:save(path)
local may = "; only epochs, stops, log and checkpoint may change"
wrong("learning_rate: 0.5, but the checkpoint's run has 0.001" .. may, { learning_rate = 0.5 })
wrong("optimizer: momentum, but the checkpoint's run has adam" .. may, { optimizer = "momentum" })
wrong("hidden: 4, but the checkpoint's run has 3" .. may, { hidden = 4 })
wrong("activation: is another than the checkpoint's run has" .. may, { activation = "silu" })
wrong("seed: 2, but the checkpoint's run has 1" .. may, { seed = 2 })
wrong("metrics: loss_sum,, but the checkpoint's run has loss_min,loss_sum,test_loss," .. may,
  { metrics = { "loss_sum" } })
wrong("epochs: 5, but the checkpoint is of epoch 10", { epochs = 5 })
wrong("until_epoch: 9, but the checkpoint is of epoch 10", { until_epoch = 9 })
inputs[1][1] = 0.5
check.raises("data: other patterns than the checkpoint's run has", function()
  with { optimizer = "adam", curve = 0 }:run { resume = path }
end)
local slow = with { schedule = "cosine" }
slow:run { until_epoch = 3 }:save(path)
check.raises("epochs: 40, but the checkpoint's run has 20, and its schedule reads epochs", slow.run, slow,
  { resume = path, epochs = 40 })
check.raises("resume: is for a single run, not for a sweep; start = a network begins all its runs from one", slow.sweep,
  slow, { resume = path, learning_rate = { 1, 2 } })

-- A file that is damaged anywhere is refused with one message.
local file <close> = assert(io.open(path))
local text = file:read("a")
local damaged = "the checkpoint is damaged: it is not what was written"
for at = 1, #text, 97 do
  local out = assert(io.open(path, "w"))
  out:write(text:sub(1, at - 1), string.char(text:byte(at) ~ 1), text:sub(at + 1))
  out:close()
  local ok, message = pcall(slow.run, slow, { resume = path })
  assert(not ok and (at < 100 or message:find(damaged, 1, true)), message)
  out = assert(io.open(path, "w"))
  out:write(text:sub(1, at - 1))
  out:close()
  assert(not pcall(slow.run, slow, { resume = path }))
end
os.remove(path)
