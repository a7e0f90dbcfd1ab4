-- SPDX-License-Identifier: MIT
-- Experiments as objects: runs, overrides, curves, metrics, logs, and the end of a run.
local luron = require "luron"
local check = require "check"

-- The tutorial's neuron agrees with the loop written out.
local w, outputs = 0.37, {}
for step = 0, 999 do
  local output = luron.sigmoid(w)
  outputs[step] = output
  w = w + 0.1 * (0 - output)
end
local seen = {}
local neuron = luron.experiment {
  inputs = { 1 }, targets = { 0 }, bias = false, weights = { 0.37 },
  log = luron.every(500, function(record) seen[#seen + 1] = record end),
}
local run = neuron:run()
check.near(run.network.weights[1][1][1], w, 1e-12, "weight")
check.equal(run.epochs, 1000)
check.equal(run.status, "finished")
check.equal(run.solved, false)
check.equal(run.accuracy, nil, "one target has no accuracy")
check.equal(run.error, nil)

-- A record holds what the epoch saw, before its update, and may be kept.
check.equal(#seen, 2)
check.equal(seen[1].epoch, 499)
check.equal(seen[2].epoch, 999)
check.near(seen[2].output, outputs[999], 1e-12)
check.near(seen[2].error, -outputs[999], 1e-12)
check.near(seen[2].loss, -math.log(1 - outputs[999]), 1e-12)
check.equal(seen[2].accuracy, nil)
check.equal(#seen[1].weights, 1)
check.equal(seen[1].biases, nil)
check.near(seen[2].network:forward({ 1 })[1], outputs[999], 1e-12)
local names = {}
for name, value in pairs(seen[1]) do
  names[#names + 1] = name
  if type(value) == "number" then check.equal(value, seen[1][name]) end
end
check.equal(table.concat(names, " "), "epoch loss error output weights network seed overrides")
check.raises("weight: no such field; did you mean weights?", function() return seen[1].weight end)
check.raises("epoch: a record cannot be changed", function() seen[1].epoch = 1 end)
assert(tostring(seen[1]):match("^luron.record: epoch 499, loss"))

-- XOR: a run is repeated to the bit; overrides are merged field by field.
local xor = luron.experiment {
  name = "XOR",
  inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } },
  targets = { 0, 1, 1, 0 },
  hidden = 3, activation = "tanh", output_activation = "sigmoid",
  learning_rate = 0.5, epochs = 400, seed = 3,
  stop = { error = 0.4, every = 1 },
  metrics = { "mse", "weight_norm", sum = function(r) return r.loss + r.mse end },
  params = { noise = 0.5 },
  log = false,
}
local a, b = xor:run(), xor:run {}
check.equal(a.loss, b.loss)
check.equal(a.status, "solved")
check.equal(a.solved, true)
assert(a.epochs < 400 and a.mse > 0 and a.weight_norm > 0)
check.equal(a.sum, a.loss + a.mse)
check.raises("test_loss: the run did not compute it; ask for metrics = {\"test_loss\"}",
  function() return a.test_loss end)
check.raises("los: no such field; did you mean loss?", function() return a.los end)
assert(tostring(a):match("^luron.run: solved after %d+ epochs, loss 0%.%d+$"), tostring(a))
check.equal(tostring(xor), 'luron.experiment: "XOR" 2-3-1 sigmoid, sgd, 400 epochs of 4 patterns')
check.equal(xor.hidden, 3)
check.equal(xor.name, "XOR")

local other = xor:run { seed = 4, learning_rate = 0.1 }
assert(other.loss ~= a.loss)
check.equal(xor:run { stop = false, epochs = 7 }.epochs, 7)

-- A solved run satisfies what it stopped for with its final parameters, too. After 43, 61 and 65 epochs, the own passes
-- of these three had satisfied it, each before its update, and the last update undid it.
local undone = { [1] = { seed = 40, epochs = 45 }, [2] = { seed = 40, epochs = 63 }, all = { seed = 14, epochs = 67 } }
for _, batch in ipairs { 1, 2, "all" } do
  local n_solved = 0
  for seed = 1, 60 do
    local run = xor:run { hidden = 2, activation = "sigmoid", learning_rate = 5, epochs = 500, batch = batch,
      seed = seed, stop = { error = false, accuracy = 1 } }
    if run.solved then
      check.equal(run.accuracy, 1)
      n_solved = n_solved + 1
    end
    if seed == undone[batch].seed then
      check.equal(run.epochs, undone[batch].epochs)
    end
  end
  check.equal(n_solved > 20, true)
end
check.equal(xor:run { stop = { patience = 5 }, learning_rate = 0 }.status, "stalled")
check.equal(xor:run { ["stop_error"] = 1e-9, epochs = 5 }.status, "finished", "the flat name replaces the nested one")
check.equal(xor:run { max_epochs = 5 }.epochs, 5, "by the column's name")
check.equal(xor:run { loss_function = "mse", epochs = 5 }.status, "finished")
check.equal(xor:run { loss = "mse", epochs = 3 }.loss, xor:run { loss_function = "mse", epochs = 3 }.loss)
check.equal(xor:run { noise = 0.25, epochs = 2 }.epochs, 2, "a param by its name")
check.equal(xor:run { hidden = { 2, 2 }, learning_rate = { 0.1, 0.2, 0.3 }, epochs = 1 }.epochs, 1)
local both, second = { 0.5, 0.25 }, 0.25
check.equal(xor:run { learning_rate = both, epochs = 9 }.loss, xor:run { learning_rate_2 = second, epochs = 9 }.loss)
check.raises("sede: no such field; did you mean seed?", xor.run, xor, { sede = 1 })
check.raises("hid den: no such field; did you mean hidden?", luron.experiment, { ["hid\nden"] = 1 }) -- one line
check.raises("learning_rate: 3 numbers, but the network has 2 layers", xor.run, xor, { learning_rate = { 1, 2, 3 } })

-- The number of all layers comes first, those of single layers after it, in whatever order the table has them; and an
-- override of all layers takes away what single ones had. What is set twice is a mistake, as in a script.
check.equal(xor:run { learning_rate_1 = 5, learning_rate = 0.5 }.loss, xor:run { learning_rate = { 5, 0.5 } }.loss)
check.equal(xor:run { init_scale = 0.5, init_scale_2 = 5 }.loss, xor:run { init_scale = { 0.5, 5 } }.loss)
local own = luron.experiment { inputs = xor.inputs, targets = xor.targets, hidden = 2, epochs = 50, log = false,
  learning_rate_1 = 5, stop_error = 0.499 }
check.equal(("%.6f"):format(own:run { learning_rate = 0.5 }.loss), "0.692417")
check.equal(("%.6f"):format(own:run { learning_rate = 0.5, learning_rate_1 = 5, stop = { error = false } }.loss),
  "0.692091")
check.equal(own:run { stop = false, epochs = 2000, learning_rate_2 = 5 }.epochs, 2000, "false takes all conditions")
for message, over in pairs {
  ["max_epochs: is another name of epochs, which is set too"] = { epochs = 1, max_epochs = 2 },
  ["loss_function: is another name of loss, which is set too"] = { loss = "mse", loss_function = "mse" },
  ["stop.error: is set twice; stop_error is another name of it"] = { stop_error = 1, stop = { error = 1 } },
  ["params.noise: is set twice; noise is another name of it"] = { noise = 1, params = { noise = 1 } },
} do
  check.raises(message, xor.run, xor, over)
  check.raises(message, xor.sweep, xor, over)
end

-- The curve: 100 points unless another number is asked for.
local curve = xor:run { epochs = 1000, stop = false }.curve
check.equal(#curve, 100)
check.equal(#curve.epochs, 100)
check.equal(curve.epochs[1], 0)
check.equal(curve.epochs[100], 999)
check.equal(#xor:run { epochs = 20, stop = false }.curve, 20)
check.equal(#xor:run { curve = 0 }.curve, 0)
check.equal(#xor:run { curve = 5, epochs = 50, stop = false }.curve, 5)

-- stop.when ends a run; its error, and a metric's, fail that run alone.
local stopped = xor:run { stop = { when = function(record) return record.epoch == 4 end, error = 1e-9 } }
check.equal(stopped.status, "stopped")
check.equal(stopped.epochs, 5)
local failed = xor:run { stop = { when = function() error("no more") end } }
check.equal(failed.status, "failed")
assert(failed.error:find("no more", 1, true), failed.error)
failed = xor:run { metrics = { bad = function() return {} end } }
check.equal(failed.status, "failed")
check.equal(failed.error, "metrics.bad: returned a table, but a number is expected")

local empty = xor:run { metrics = { none = function() return 0 / 0 end }, epochs = 1 }
check.equal(empty.none, nil, "a metric that is not a number has no value")
assert(tostring(empty):match("^luron.run: finished after 1 epoch, loss 0%.%d+$"), tostring(empty))

-- A log function's error is the script's, and the way to it is told once, however deep it is.
local ok, message = pcall(xor.run, xor, { log = function() error("in the log") end })
check.equal(ok, false)
assert(message:find("in the log", 1, true) and message:find("stack traceback", 1, true), message)
ok, message = pcall(xor.run, xor, { log = function() xor:run { log = function() error("deep") end } end })
check.equal(ok, false)
check.equal(select(2, message:gsub("stack traceback", "")), 1, "tracebacks")
check.raises("seed: an experiment does not change; give e:run{ ... } what differs", function() xor.seed = 2 end)

-- Divergence is a result.
local wild = luron.experiment {
  inputs = { { 1e200 } }, targets = { { 1e200 } }, activation = "linear", learning_rate = 1e200, epochs = 50,
  log = false,
}
check.equal(wild:run().status, "diverged")
local lost = luron.experiment {
  inputs = { 0, 1, 2 }, targets = { 0, 1, 1 }, test = { inputs = { 3 }, targets = { 1 } }, activation = "linear",
  learning_rate = 1e10, epochs = 100, log = luron.every(50, function(record) seen.lost = record end),
  metrics = { "test_loss", "test_accuracy", "mse", "error_max", "weight_norm" },
}
local without = lost:run()
check.equal(without.status, "diverged")
for _, name in ipairs { "loss", "accuracy", "test_loss", "test_accuracy", "mse", "error_max", "weight_norm" } do
  check.equal(without[name], nil, name .. " of a run that diverged")
end
assert(tostring(wild:run()):find("loss none", 1, true))

-- Explicit start values, and the network of a run, are what training starts from and ends with.
local still = luron.experiment {
  inputs = { { 1, 2 } }, targets = { { 1 } }, weights = { 0.5, -0.25 }, biases = 0.125, epochs = 0, log = false,
}
local net = still:run().network
check.equal(net.weights[1][1][1], 0.5)
check.equal(net.weights[1][1][2], -0.25)
check.equal(net.biases[1][1], 0.125)
local again = luron.experiment {
  inputs = { { 0, 0 } }, targets = { { 1 } }, hidden = 3, epochs = 0, log = false, weights = a.network.weights,
  biases = a.network.biases,
}
check.equal(again:run().network.weights[1][3][2], a.network.weights[1][3][2])
check.equal(again:run().network.biases[2][1], a.network.biases[2][1])

-- luron.network, luron.neuron and an experiment start alike.
local fresh = luron.network { inputs = 2, hidden = { 3 }, outputs = 1, activation = "tanh", seed = 3 }
check.equal(xor:run { epochs = 0 }.network.weights[1][2][1], fresh.weights[1][2][1])

-- A run that goes out of a scope is as it was.
local left
do
  local run <close> = still:run()
  left = run
end
check.equal(left.status, "finished")
check.equal(left.network.weights[1][1][1], 0.5)

-- Every object may stand in a scope of its own.
do
  local e <close> = still
  local r <close> = luron.random(1)
  local n <close> = luron.neuron { inputs = 1 }
  check.equal(e.name, still.name)
  check.equal(n:forward { 0 } > 0 and r:uniform() < 1, true)
end

-- A record's output is what forward gives: a number for a neuron, else a list.
local deep
xor:run { epochs = 1, log = function(record) deep = record end }
check.equal(type(seen[1].output), "number")
check.equal(#deep.output, 1)
check.equal(deep.output[1], deep.network:forward { 1, 1 }[1])

-- What is none unless given can be taken away by an override: by false.
local scaled = luron.experiment {
  inputs = { 0, 1, 5 }, targets = { 0, 1, 1 }, normalize = "zscore", test = { inputs = { 2 }, targets = { 1 } },
  epochs = 30, log = false, stop = { error = 0.99, loss = 9, patience = 5, when = function() return true end },
}
check.equal(scaled:run().epochs, 1)
local plain = scaled:run { normalize = false, test = false,
  stop = { error = false, loss = false, patience = false, when = false } }
check.equal(plain.epochs, 30)
local bare = luron.experiment { inputs = { 0, 1, 5 }, targets = { 0, 1, 1 }, epochs = 30, log = false }
check.equal(plain.loss, bare:run().loss)
check.raises("activation: false, but activation takes a name or a function", scaled.run, scaled, { activation = false })

-- A table of many names is read or refused in about the time that its names take, not their square.
local function seconds_of_names(n)
  local params, least = {}, math.huge
  for i = 1, n do params["p" .. i] = i end
  for _ = 1, 3 do
    local before = os.clock()
    check.raises("params: more than 64",
      luron.experiment, { inputs = { 0, 1 }, targets = { 0, 1 }, params = params })
    least = math.min(least, os.clock() - before)
  end
  return least
end
local few, many = seconds_of_names(5000), seconds_of_names(40000)
assert(many < 40 * few, ("%g s for 5,000 names, %g s for 40,000"):format(few, many))
