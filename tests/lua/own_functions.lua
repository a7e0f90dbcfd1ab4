-- SPDX-License-Identifier: MIT
-- Functions of the script's own in place of names: read as fields and axes, trained, swept, saved. Writes into a folder
-- that the test makes for it.
local luron = require "luron"
local check = require "check"

local function xor(fields)
  local e = { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 30 }
  for name, value in pairs(fields) do e[name] = value end
  return e
end
local function run(fields) return luron.experiment(xor(fields)):run() end

local function swish(z) return z / (1 + math.exp(-z)) end
local function steep(z, p) return z / (1 + luron.exp(-p.slope * z)) end

-- Each field takes a function, and what it computes is what is trained.
local function own_tanh(z) return luron.tanh(z) end
check.equal(run { activation = own_tanh, loss = "mse" }.loss, run { activation = "tanh", loss = "mse" }.loss)
check.equal(run { activation = "tanh", output_activation = own_tanh }.loss, run { activation = "tanh" }.loss)
local function own_mse(o, t) return (o - t) * (o - t) end
check.near(run { loss = own_mse }.loss, run { loss = "mse" }.loss, 1e-12)
local own_sgd = luron.optimizer {
  name = "own_sgd",
  update = function(w, g, s, h) return luron.fma(-h.learning_rate, g, w) end,
}
check.equal(run { optimizer = own_sgd, learning_rate = 0.5 }.loss, run { learning_rate = 0.5 }.loss)
check.equal(run { optimizer = own_sgd }.loss, run { learning_rate = 0.01 }.loss, "an own rule's rate is 0.01")
local function halved(h) return 0.5 end
check.equal(run { schedule = halved, learning_rate = 0.5 }.loss, run { learning_rate = 0.25 }.loss)
check.equal(run { schedule = "constant" }.loss, run {}.loss)
local function nothing(w) return 0 * w end
check.equal(run { penalty = nothing }.loss, run {}.loss)
local function uniform(r) return r.uniform(-1, 1) end
check.equal(run { init = uniform }.loss, run { init = "uniform" }.loss)
check.equal(run { init = uniform, bias_init = "zeros" }.loss, run { init = "uniform", bias_init = "zeros" }.loss)

-- A list has an activation per layer, or per hidden layer.
check.equal(run { activation = { own_tanh, "sigmoid" } }.loss,
            run { activation = "tanh", output_activation = "sigmoid" }.loss)
check.equal(run { activation = { "tanh", "sigmoid" } }.loss,
            run { activation = "tanh", output_activation = "sigmoid" }.loss)
local own_relu = luron.activation { name = "own_relu", f = function(z) return luron.relu(z) end }
check.equal(run { hidden = { 2, 2 }, activation = { "tanh", "relu" }, output_activation = "sigmoid" }.loss,
            run { hidden = { 2, 2 }, activation = { own_tanh, own_relu }, output_activation = "sigmoid" }.loss)
check.raises("activation: a list of 2, but the network has 3 layers", luron.experiment,
             xor { hidden = { 2, 2 }, activation = { "tanh", swish } })
check.raises("activation: a list of 1, but the network has 2 layers", luron.experiment, xor { activation = { swish } })

-- Mistakes, with what to write.
check.raises('loss: cross_entropy needs sigmoid or softmax outputs, but output_activation is the function swish; ' ..
             'write loss = "mse"', luron.experiment, xor { activation = swish, loss = "cross_entropy" })
check.raises('schedule: rprop has steps of its own, which no schedule changes; write schedule = "constant"',
             luron.experiment, xor { optimizer = "rprop", batch = "all", schedule = halved })
check.raises('schedule_every: constant never reads it; write schedule = "cosine", or another', luron.experiment,
             xor { schedule_every = "update" })
local paced = xor { schedule_every = "update", sweep = { schedule = { "constant", halved } } }
check.equal(#luron.experiment(paced):sweep(), 2)
check.raises("momentum: own_sgd never reads it; write optimizer = \"momentum\" or \"nesterov\"", luron.experiment,
             xor { optimizer = own_sgd, momentum = 0.5 })
local pulls = luron.optimizer {
  name = "pulls", update = function(w, g, _, h) return w - g - w * h.weight_decay end,
}
check.raises("decay_biases: pulls decays by itself, as it reads weight_decay; there spare what h.is_bias is " ..
             "1 of, and leave decay_biases out", luron.experiment,
             xor { optimizer = pulls, weight_decay = 0.1, decay_biases = false })
check.raises("epochs: a function is not possible here; epochs takes a whole number", luron.experiment,
             xor { epochs = swish })

-- What functions read of the params is a number of the run.
local e = luron.experiment(xor {
  activation = steep, params = { slope = 1 }, sweep = { slope = luron.linspace(0.5, 2, 64) } })
local r = e:sweep()
check.equal(#r, 64)
for _, i in ipairs { 1, 17, 64 } do
  local one = e:run(r[i].overrides)
  check.equal(one.loss, r[i].loss)
  check.near(r[i].slope, 0.5 + (i - 1) * 1.5 / 63, 1e-12)
end

-- Each role may be an axis; columns have names.
local axes = {
  activation = { "tanh", swish, { swish, "sigmoid" } }, output_activation = { "linear", swish },
  loss = { "mse", own_mse, "huber" }, optimizer = { "sgd", own_sgd, "lion" },
  schedule = { "constant", halved, "cosine" }, penalty = { "none", nothing, "l1" },
  init = { "normal", luron.init { name = "own_uniform", f = uniform } },
}
local names = {
  activation = { "tanh", "swish", "swish-sigmoid" }, output_activation = { "linear", "swish" },
  loss = { "mse", "own_mse", "huber" }, optimizer = { "sgd", "own_sgd", "lion" },
  schedule = { "constant", "halved", "cosine" }, penalty = { "none", "nothing", "l1" },
  init = { "normal", "own_uniform" },
}
for field, values in pairs(axes) do
  local swept = luron.experiment(xor { hidden = 2, sweep = { [field] = values, seed = luron.range(1, 3) } })
  local rows = swept:sweep()
  check.equal(#rows, 3 * #values, field)
  for i = 1, #rows do
    local column = field == "loss" and "loss_function" or field
    check.equal(rows[i][column], names[field][(i - 1) % #values + 1], field)
    check.equal(swept:run(rows[i].overrides).loss, rows[i].loss, field)
  end
end

-- The numbers of a library rule are fields or params, with its own defaults.
check.equal(run { optimizer = "lion" }.loss, run { optimizer = "lion", beta1 = 0.9, beta2 = 0.99 }.loss)
check.equal(run { optimizer = "lion", beta1 = 0.5 }.loss ~= run { optimizer = "lion" }.loss, true)
check.equal(run { loss = "huber", params = { delta = 1 } }.loss, run { loss = "huber" }.loss)
check.equal(luron.experiment(xor { loss = "huber" }):run { delta = 0.1 }.loss,
            run { loss = "huber", params = { delta = 0.1 } }.loss)
check.raises("delta: is a number of a function; write params = { delta = ... }", luron.experiment,
             xor { loss = "huber", delta = 2 })

-- Functions of the parameters see them too, with their defaults.
local seen_by_data
local function seeing(fields)
  fields.inputs = function(p) seen_by_data = { p.delta, p.beta1 } return { { 0 }, { 1 } } end
  fields.targets, fields.epochs, fields.log = { 0, 1 }, 1, false
  return luron.experiment(fields)
end
seeing { loss = "huber", optimizer = luron.optimizer { name = "slow", update = own_sgd.update,
                                                       numbers = { beta1 = 0.25 } } }:run()
check.equal(seen_by_data[1], 1)
check.equal(seen_by_data[2], 0.25)
seeing({ loss = "huber" }):run { delta = 3 }
check.equal(seen_by_data[1], 3)
seeing({ loss = "huber", sweep = { seed = { 1, 2 } } }):sweep()
check.equal(seen_by_data[1], 1)

-- Functions that declare the same number have their own default each, on an axis too; in one run it is one number.
local schedules = { "step", "exponential", "triangular", "constant" }
local swept = luron.experiment(xor { epochs = 60, sweep = { schedule = schedules } }):sweep()
for i = 1, #schedules do
  check.equal(swept[i].loss, run { epochs = 60, schedule = schedules[i] }.loss, schedules[i])
end
check.equal(swept[2].loss, run { epochs = 60, schedule = "exponential", params = { gamma = 0.99 } }.loss)
check.equal(swept[3].loss, run { epochs = 60, schedule = "triangular", params = { step_size = 10 } }.loss)
check.raises("params: gamma is 2 by default in focal, 0.1 in step; write params = { gamma = ... }", luron.experiment,
             xor { loss = "focal", schedule = "step" })
local bent = luron.activation { name = "bent", numbers = { alpha = 3 }, f = function(z, p) return p.alpha * z end }
check.raises("params: alpha is 1 by default in elu, 3 in bent; write params = { alpha = ... }", luron.experiment,
             xor { activation = { "elu", bent } })
check.equal(run { loss = "focal", schedule = "step", params = { gamma = 2 } }.loss, run { loss = "focal" }.loss)

-- Texts and booleans decide which program it is.
local kinds = luron.experiment(xor {
  activation = function(z, p)
    if p.deep then return p.kind == "a" and luron.tanh(z) or luron.sigmoid(z) end
    return luron.softplus(z)
  end,
  output_activation = "sigmoid", params = { deep = true, kind = "a" },
  sweep = { deep = { false, true }, kind = { "a", "b" } },
})
local rows = kinds:sweep()
local expected = { "softplus", "softplus", "tanh", "sigmoid" }
for i = 1, 4 do
  check.equal(rows[i].loss, run { activation = expected[i], output_activation = "sigmoid" }.loss, expected[i])
end

-- A name that a function of the script and a built-in one have is neither.
local clash = luron.experiment(xor { sweep = { activation = { luron.activation { name = "tanh", f = steep }, "relu" } },
                                     params = { slope = 2 }, epochs = 2 })
check.raises('activation: tanh is built in, and a function is called so too; give it another name: luron.activation ' ..
             '{ name = "...", ... }', clash.run, clash,
             clash:sweep()[1].overrides)

-- A trained network keeps its functions, with the numbers of its run.
local net = luron.experiment(xor { activation = { steep, "sigmoid" }, params = { slope = 3 } }):run().network
check.equal(net.activation, "steep")
check.equal(net.output_activation, "sigmoid")
check.equal(tostring(net), "luron.network: 2 - 2 steep - 1 sigmoid, 9 parameters")
local path = os.tmpname()
net:save(path)
local again = luron.load(path)
os.remove(path)
check.equal(again:forward({ 0, 1 })[1], net:forward({ 0, 1 })[1])
check.equal(tostring(again), tostring(net))
local w, b = net.weights, net.biases
local function unit(l, j, a)
  local z = b[l][j]
  for i = 1, #a do z = luron.fma(w[l][j][i], a[i], z) end
  return z
end
local hidden = {}
for j = 1, 2 do hidden[j] = steep(unit(1, j, { 0, 1 }), { slope = 3 }) end
check.equal(net:forward({ 0, 1 })[1], luron.sigmoid(unit(2, 1, hidden)))
local seen
luron.experiment(xor { activation = steep, params = { slope = 2 }, epochs = 2,
                       log = function(record) seen = record end }):run()
check.equal(tostring(seen.network), "luron.network: 2 - 2 steep - 1 steep, 9 parameters")
