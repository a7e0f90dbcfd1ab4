-- SPDX-License-Identifier: MIT
-- Missing inputs are filled by what the training part has, whatever holds the others out; and what test brings.
local luron = require "luron"
local check = require "check"

local path = os.tmpname()
do
  local f <close> = assert(io.open(path, "wb"))
  f:write "x,s,y\n"
  for i = 1, 40 do
    f:write(i % 4 == 0 and "" or i * i, ",", i % 5 == 0 and "?" or i % 3 == 0 and "b" or "a", ",", i % 2, "\n")
  end
end
local d = luron.csv(path, { onehot = "s", missing = "mean" })
local function by_hand(rows) -- the mean of x where it is there
  local sum, n = 0, 0
  for _, x in ipairs(rows) do
    local root = math.sqrt(x)
    if root % 1 == 0 and root >= 1 then -- a mean of squares is no square here
      sum = sum + x
      n = n + 1
    end
  end
  return sum / n
end
local function column(set)
  local x = {}
  for i, row in ipairs(set.inputs) do x[i] = row[1] end
  return x
end
check.equal(d.inputs[4][1], by_hand(column(d)))
check.equal(table.concat(d.inputs[5], " "), "25.0 1.0 0.0")

-- Nothing that is held out counts. The network of no epochs shows what x became: its output is its input's weight.
local function trained(fields)
  fields.epochs, fields.hidden, fields.log = 0, 0, false
  fields.output_activation, fields.loss, fields.bias = "linear", "mse", false
  fields.weights = { { { 1, 0, 0 } } }
  return luron.experiment(fields):run()
end
local a, b = d:split(0.75, 3)
local mean = by_hand(column(a))
check.equal(mean ~= by_hand(column(d)), true)
local function loss_by_hand(set, filled, own)
  local sum = 0
  for i, x in ipairs(column(set)) do
    local here = x == own and filled or x
    sum = sum + (here - set.targets[i][1]) ^ 2
  end
  return sum / #set
end
local own = d.inputs[4][1]
local run = trained { data = a, test = b }
check.near(run.loss, loss_by_hand(a, mean, own), 1e-6)
check.near(run.test_loss, loss_by_hand(b, mean, own), 1e-6)
check.equal(run.test_accuracy ~= nil, true)
check.raises('test_loss: the run did not compute it; ask for metrics = {"test_loss"}',
  function() return trained { data = a, test = b, metrics = { "mse" } }.test_loss end)
check.equal(#trained { data = d, test = 0.25, test_seed = 3 }.network.weights, 1)
-- The data set itself is as it was.
check.equal(b.inputs[1][1] ~= mean or a.inputs[1][1] ~= mean, true)

-- Each fold has its own mean: a sweep's rows are those of single runs.
local function folded(fold)
  return { data = d, folds = 4, fold = fold, epochs = 2, learning_rate = 0.001, normalize = "zscore",
    log = false, seed = 1 }
end
local results = luron.experiment(folded()):sweep()
check.equal(#results, 4)
for fold = 1, 4 do
  local one = luron.experiment(folded(fold)):run()
  check.equal(results[fold].test_loss, one.test_loss)
end

-- What starts from a network is filled as that was, in folds, too.
local function going_on(fold)
  local fields = folded(fold)
  fields.start, fields.normalize = run.network, nil
  return luron.experiment(fields)
end
local others = luron.experiment(folded()):sweep { normalize = false, weights = run.network.weights }
local rows = going_on():sweep()
for fold = 1, 4 do
  check.equal(rows[fold].test_loss, going_on(fold):run().test_loss)
  check.equal(rows[fold].test_loss ~= others[fold].test_loss, true)
end

-- A network reads a data set as it was trained: its own numbers stand in place of missing ones.
check.equal(run.network:loss(b), run.test_loss)
check.equal(#run.network:predict(b), #b)

-- The network keeps what it was filled with.
run.network:save(path)
local text = assert(io.open(path)):read "a"
check.equal(text:match "\nfill (%S+)", ("%a"):format(mean))
check.equal(luron.load(path):forward({ 2, 0, 1 })[1], 2)
-- All of a column missing in the training part.
do
  local f <close> = assert(io.open(path, "wb"))
  f:write "x,z,y\n1,1,1\n,2,0\n"
end
local e = luron.csv(path, { missing = "mean" })
for seed = 1, 8 do
  local first, second = e:split(0.5, seed)
  local rest = first.inputs[1][2] == 2 and first or second
  check.raises("data: no training pattern has input 1 (x), so nothing can fill it",
    function() trained { data = rest, weights = nil, test = first } end)
end
