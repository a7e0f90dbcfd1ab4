-- SPDX-License-Identifier: MIT
-- Losses that are sums, clipped gradients, biases that do not decay and parameters that do not move, beside PyTorch's
-- numbers (arg[1]: tests/library/training_numbers.lua); what does not go together; and a sweep.
local luron = require "luron"
local check = require "check"
local peers = dofile(arg[1])

local function with(fields)
  local e = { inputs = peers.inputs, targets = peers.targets, hidden = { 3 }, activation = "tanh",
    output_activation = "sigmoid", loss = "mse", weights = peers.weights, biases = peers.biases,
    learning_rate = 0.05, epochs = peers.epochs, log = false }
  for name, value in pairs(fields) do e[name] = value end
  return e
end

local function parameters(net)
  local found = {}
  for layer, width in ipairs { 2, 3 } do
    for j = 1, #net.weights[layer] do
      for i = 1, width do found[#found + 1] = net.weights[layer][j][i] end
      found[#found + 1] = net.biases[layer][j]
    end
  end
  return found
end

for k, case in ipairs(peers.cases) do
  local fields, loss, wanted = table.unpack(case)
  local run = luron.experiment(with(fields)):run()
  local found = parameters(run.network)
  check.near(run.loss, loss, 1e-9, ("loss of case %d"):format(k))
  check.equal(#found, #wanted)
  for i = 1, #wanted do check.near(found[i], wanted[i], 1e-9, ("parameter %d of case %d"):format(i, k)) end
end

-- The metrics stay means; the loss is what was asked for.
local sum = luron.experiment(with { reduction = "half_sum", metrics = { "mse" }, epochs = 0 }):run()
check.near(sum.loss, sum.mse * 5 * 2 / 2, 1e-15, "half the sum of 5 patterns' 2 outputs")

-- Gradients of sums, beside central differences of the loss: w - w' of one step at the rate 1 is the gradient.
local function loss_at(fields, place, by)
  local weights = { { { 0.3, -0.2 }, { 0.8, 0.5 }, { -0.6, 0.1 } }, { { 0.7, -0.4, 0.9 }, { -0.3, 0.2, 0.6 } } }
  weights[place[1]][place[2]][place[3]] = weights[place[1]][place[2]][place[3]] + by
  local e = with(fields)
  e.weights = weights
  return luron.experiment(e):run()
end
for _, fields in ipairs { { reduction = "sum" }, { reduction = "half_sum" },
  { reduction = "sum", loss = function(o, t) return luron.log(1 + (o - t) ^ 2) end } } do
  for _, place in ipairs { { 1, 2, 1 }, { 2, 1, 3 } } do
    local layer, unit, input = table.unpack(place)
    fields.epochs = 0
    local difference = (loss_at(fields, place, 1e-5).loss - loss_at(fields, place, -1e-5).loss) / 2e-5
    fields.epochs, fields.batch, fields.learning_rate = 1, "all", 1
    local before = peers.weights[layer][unit][input]
    local gradient = before - loss_at(fields, place, 0).network.weights[layer][unit][input]
    check.near(gradient, difference, 1e-8, "gradient of " .. fields.reduction)
    fields.batch, fields.learning_rate = nil, nil
  end
end

-- A mask of biases; a frozen layer by any rule, one of the script's own among them.
local run = luron.experiment(with { freeze = {
  weights = { { { true, true }, { true, true }, { true, true } },
    { { false, false, false }, { false, false, false } } },
  biases = { { true, false, true }, { false, false } },
} }):run()
check.equal(run.network.weights[1][2][1], peers.weights[1][2][1])
check.equal(run.network.biases[1][1], peers.biases[1][1])
check.equal(run.network.biases[1][2] ~= peers.biases[1][2], true)
check.equal(run.network.weights[2][1][1] ~= peers.weights[2][1][1], true)
for _, rule in ipairs { "momentum", "rprop", function(w, g, _, h) return w - h.learning_rate * g end } do
  local net = luron.experiment(with { freeze = 2, optimizer = rule, batch = "all" }):run().network
  check.equal(net.weights[2][1][3], peers.weights[2][1][3])
  check.equal(net.weights[1][1][1] ~= peers.weights[1][1][1], true)
end

-- A row of a sweep is the run that its overrides give. Writes into a folder that the test makes for it.
os.execute "rm -rf results"
local swept = luron.experiment(with {
  freeze = { 1 }, weight_decay = 0.01, metrics = { "mse" },
  sweep = { reduction = { "mean", "sum", "half_sum" }, decay_biases = { true, false }, clip_norm = { 0.01, 0.1 } },
})
local rows = swept:sweep()
check.equal(#rows, 12)
for i = 1, #rows do
  local one = swept:run(rows[i].overrides)
  check.equal(rows[i].loss, one.loss)
  check.equal(rows[i].mse, one.mse)
end

local function refuses(text, fields)
  check.raises(text, function() luron.experiment(with(fields)):run() end)
end
refuses('reduction: half_sum is half of squared errors, but loss is cross_entropy; write "sum"',
  { reduction = "half_sum", loss = "cross_entropy" })
refuses('reduction: half_sum is half of squared errors, but loss is a function; write "sum"',
  { reduction = "half_sum", loss = function(o, t) return (o - t) ^ 2 end })
refuses("clip_value: clip_norm is given, too; write one of the two", { clip_norm = 1, clip_value = 1 })
refuses("freeze: layer 3, but the network has 2 layers", { freeze = 3 })
refuses("freeze: layer 1: 2 lists, but there are 3 units", { freeze = { { {}, {} }, {} } })
refuses("freeze: layer 1, unit 1: 1, but a mask is of true and false", { freeze = { { { 1, 0 }, {}, {} }, {} } })

-- Runs with data of their own are grouped by all of this, too.
local crossed = luron.experiment {
  data = function(p) return luron.data.moons { n = 20, seed = p.seed } end,
  hidden = { 2 }, epochs = 5, loss = "mse", weight_decay = 0.1,
  sweep = { reduction = { "mean", "sum" }, decay_biases = { true, false }, seed = luron.range(1, 2) },
}
for row in crossed:sweep():rows() do
  check.equal(row.loss, crossed:run(row.overrides).loss, "a run of a sweep, and alone")
end
