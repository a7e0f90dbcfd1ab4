-- SPDX-License-Identifier: MIT
-- What a trained network makes of a data set: predict, loss, accuracy, confusion; and what records and metrics know of
-- their run.
local luron = require "luron"
local check = require "check"

local function csv(text, options)
  local path = os.tmpname()
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
  local d = luron.csv(path, options)
  os.remove(path)
  return d
end

-- A run's own loss and accuracy, bit by bit: with scaled inputs, in both precisions, by either loss.
local moons = luron.data.moons { n = 60, noise = 0.2, seed = 3 }
for _, precision in ipairs { "double", "single" } do
  local run = luron.experiment { data = moons, hidden = { 4 }, activation = "tanh", output_activation = "sigmoid",
    normalize = "zscore", epochs = 20, precision = precision, metrics = { "mse" }, log = false }:run()
  check.equal(run.network:loss(moons), run.loss)
  check.equal(run.network:loss(moons, "cross_entropy"), run.loss)
  check.equal(run.network:loss(moons, "mse"), run.mse)
  check.equal(run.network:accuracy(moons), run.accuracy)
  check.equal(run.network:loss { inputs = moons.inputs, targets = moons.targets }, run.loss)
  local all = run.network:predict(moons)
  check.equal(#all, 60)
  check.equal(all[7][1], run.network:forward(moons.inputs[7])[1])
  check.equal(run.network:predict(moons.inputs)[60][1], all[60][1])
  local m = run.network:confusion(moons)
  check.equal(#m, 2)
  check.equal(m.classes[1], 0)
  check.equal(m.classes[2], 1)
  check.equal(m[1][1] + m[1][2] + m[2][1] + m[2][2], 60)
  check.near((m[1][1] + m[2][2]) / 60, run.network:accuracy(moons), 2 ^ -24, "share on the diagonal")
end

-- By hand: the outputs are the inputs, so the second of three patterns is taken for the first class.
local net = luron.network { inputs = 2, outputs = 2, activation = "linear", bias = false,
  weights = { { { 1, 0 }, { 0, 1 } } } }
local data = { inputs = { { 1, 0 }, { 1, 0.5 }, { 0, 2 } }, targets = { { 1, 0 }, { 0, 1 }, { 0, 1 } } }
check.equal(net:loss(data), (0 + (1 + 0.25) / 2 + 1 / 2) / 3)
check.equal(net:accuracy(data), 2 / 3)
local m = net:confusion(data)
check.equal(tostring(m), "target \\ answer  1  2\n1                1  0\n2                1  1")
check.equal(m[2][1], 1)
check.equal(m[3], nil)
check.raises("kinds: no such field; there are classes", function() return m.kinds end)
check.raises("classes: a confusion cannot be changed", function() m.classes = {} end)

-- Classes are found by their names, in whatever order a file has them.
local abc = csv "x,kind\n0,a\n0.1,a\n1,b\n1.1,b\n2,c\n2.1,c\n"
local cab = csv "x,kind\n2,c\n0,a\n1,b\n1,a\n"
local run = luron.experiment { data = abc, hidden = { 8 }, activation = "tanh", output_activation = "softmax",
  optimizer = "adam", learning_rate = 0.05, epochs = 300, log = false }:run()
check.equal(run.accuracy, 1)
check.equal(run.network:accuracy(cab), 0.75)
check.equal(tostring(run.network:confusion(cab)),
  "target \\ answer  a  b  c\na                1  1  0\nb                0  1  0\nc                0  0  1")
check.equal(table.concat(run.network:classify(cab), ""), "cabb")
check.equal(run.network:loss(abc), run.loss)
check.raises("class \"d\" is none of those of the network's outputs: a b c",
  function() run.network:loss(csv "x,kind\n0,a\n1,d\n") end)

-- What cannot be answered.
check.raises("loss: 3, but a data set or { inputs = ..., targets = ... } is expected", function() net:loss(3) end)
check.raises("predict: nil, but a data set or a list of patterns is expected", function() net:predict() end)
check.raises("predict: 1 is not a list of 2 numbers", function() net:predict { 1, 2 } end)
check.raises("inputs: 1 number given, but it takes 2",
  function() net:accuracy { inputs = abc.inputs, targets = abc.targets } end)
check.raises("targets: 1 patterns, but inputs has 2",
  function() net:loss { inputs = { { 1, 2 }, { 3, 4 } }, targets = { { 1, 2 } } } end)
check.raises("inputs: nil, but a list of patterns is expected", function() net:loss { targets = { { 1, 2 } } } end)
check.raises("loss: \"mae\" is not one of cross_entropy mse perceptron", function() net:loss(data, "mae") end)
check.raises("loss: cross_entropy needs sigmoid or softmax outputs, but output_activation is linear",
  function() net:loss(data, "cross_entropy") end)
local odd = { inputs = { { 1, 2 }, { 2, 1 } }, targets = { { 3, 4 }, { 5, 4 } } }
check.raises("targets: are of no classes; there must be a 1 in each pattern and else 0, "
  .. "or one target that has two values", function() net:confusion(odd) end)
check.equal(net:accuracy(odd), nil)
local lost = luron.network { inputs = 1, outputs = 1, activation = "linear", weights = { { { 0 / 0 } } } }
check.equal(lost:loss { inputs = { 1, 2 }, targets = { 0, 1 } }, nil)
check.equal(lost:confusion({ inputs = { 1, 2 }, targets = { 0, 1 } })[1][1], 0)

-- Rows that are all of one class: an output from 0 to 1 says what the two are; another does not.
local half = luron.network { inputs = 1, outputs = 1, activation = "sigmoid",
  weights = { { { 1 } } }, biases = { { 0 } } }
local ones, zeros = { inputs = { 1, 2, -1 }, targets = { 1, 1, 1 } }, { inputs = { 1, -2 }, targets = { 0, 0 } }
check.equal(half:accuracy(ones), 2 / 3)
check.equal(half:accuracy(zeros), 0.5)
check.equal(tostring(half:confusion(ones)), "target \\ answer  0  1\n0                0  0\n1                1  2")
check.equal(half:confusion(zeros)[1][2], 1)
check.equal(half:accuracy { inputs = { 1, 2 }, targets = { 0.5, 0.5 } }, nil)
local line = luron.network { inputs = 1, outputs = 1, activation = "linear", weights = { { { 1 } } } }
check.equal(line:accuracy(ones), nil)

-- A record knows its run.
local seen
local e = luron.experiment { inputs = { { 0 }, { 1 } }, targets = { { 0 }, { 1 } }, epochs = 3, seed = 4,
  params = { scale = 2 }, log = function(r) seen = r end,
  metrics = { wide = function(_, p) return p.scale * 100 + p.learning_rate end,
    drawn = function(_, p) return p.seed + math.random() end } }
e:run()
check.equal(seen.seed, 4)
check.equal(next(seen.overrides), nil)
local one = e:run { seed = 9, learning_rate = 0.5 }
check.equal(seen.seed, 9)
check.equal(seen.overrides.learning_rate, 0.5)
check.equal(seen.overrides.seed, 9)
check.equal(one.wide, 200.5)
check.equal(e:run { seed = 9, learning_rate = 0.5 }.drawn, one.drawn, "drawn by what was read")
assert(e:run { seed = 8 }.drawn % 1 ~= one.drawn % 1)

-- In sweeps, too: metrics see the axes, and so does stop.when.
local at = {}
local rows = luron.experiment { inputs = { { 0 }, { 1 } }, targets = { { 0 }, { 1 } }, epochs = 2, log = false,
  params = { scale = 2 },
  stop = { when = function(r)
    at[#at + 1] = ("%d %g %d"):format(r.seed, r.overrides.scale, r.overrides.seed)
    return r.overrides.scale == 3
  end },
  metrics = { wide = function(_, p) return p.scale * 100 + p.seed end },
  sweep = { scale = { 1, 3 }, seed = { 5, 6 } } }:sweep()
check.equal(#rows, 4)
for i = 1, #rows do
  check.equal(rows[i].wide, rows[i].scale * 100 + rows[i].seed)
  check.equal(rows[i].status, rows[i].scale == 3 and "stopped" or "finished")
end
table.sort(at)
check.equal(at[1], "5 1 5")
check.equal(at[#at], "6 3 6")
os.remove(rows.path)

-- A slip in a name fails the run and says what there is.
local slip = luron.experiment { inputs = { { 0 } }, targets = { { 1 } }, epochs = 1, log = false,
  params = { scale = 2 }, metrics = { bad = function(_, p) return p.scal end } }:run()
check.equal(slip.status, "failed")
assert(slip.error:find("p.scal: no such field or param; did you mean scale?", 1, true), slip.error)
