-- SPDX-License-Identifier: MIT
-- Shortcut connections: beside plain Lua, beside PyTorch (arg[1]: tests/library/shortcuts_numbers.lua), as the papers
-- have them, saved, swept, and what is refused. Writes into a folder that the test makes for it.
local luron = require "luron"
local check = require "check"
local peers = dofile(arg[1])

-- Against plain Lua: a layer sees its sources in order, the inputs first.
local net = luron.network { inputs = 2, hidden = { 3, 2 }, outputs = 2, activation = "tanh", shortcuts = true }
local function layer(of, l, x)
  local y = {}
  for j = 1, #of.biases[l] do
    check.equal(#of.weights[l][j], #x)
    y[j] = of.biases[l][j]
    for i = 1, #x do y[j] = luron.fma(of.weights[l][j][i], x[i], y[j]) end
    y[j] = luron.tanh(y[j])
  end
  return y
end
local function join(...)
  local all = {}
  for _, list in ipairs { ... } do table.move(list, 1, #list, #all + 1, all) end
  return all
end
local x = { 0.3, -1.2 }
local one = layer(net, 1, x)
local two = layer(net, 2, join(x, one))
local out = layer(net, 3, join(x, one, two))
check.equal(net:forward(x)[1], out[1])
check.equal(net:forward(x)[2], out[2])
check.equal(tostring(net), "luron.network: 2 - 3 tanh - 2 tanh - 2 tanh, 37 parameters")
check.equal(net.shortcuts, true)
check.equal(luron.network { inputs = 1, hidden = 2, outputs = 1 }.shortcuts, false)

-- Some of them: the output layer reads the inputs and the layer before it.
local some = luron.network { inputs = 2, hidden = { 3, 2 }, outputs = 1, activation = "tanh", shortcuts = { { 0, 3 } } }
check.equal(#some.weights[2][1], 3)
check.equal(#some.weights[3][1], 4)
check.equal(some:forward(x)[1], layer(some, 3, join(x, layer(some, 2, layer(some, 1, x))))[1])
check.equal(#some.shortcuts, 1)
check.equal(some.shortcuts[1][1] .. "-" .. some.shortcuts[1][2], "0-3")

-- A file keeps them; without, it is of the format's first version, as before.
local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end
local function write(path, text)
  local file <close> = assert(io.open(path, "wb"))
  file:write(text)
end
local path, again = os.tmpname(), os.tmpname()
for _, of in ipairs { net, some } do
  of:save(path)
  local loaded = luron.load(path)
  check.equal(loaded:forward(x)[1], of:forward(x)[1])
  check.equal(tostring(loaded), tostring(of))
  loaded:save(again)
  check.equal(read(again), read(path))
end
local text = read(path)
check.equal(text:match "^luron%-network (%d)", "3")
check.equal(text:match "\nprecision double\n(.-)\nunit", "shortcut 0 3")
luron.network { inputs = 1, outputs = 1 }:save(again)
check.equal(read(again):match "^luron%-network (%d)", "1")
for _, wrong in ipairs { "0 4", "2 3", "3 0", "0 3\nshortcut 0 3", "0", "a b", "-1 3", "0 3 1" } do
  write(path, (text:gsub("shortcut 0 3", "shortcut " .. wrong)))
  local ok, message = pcall(luron.load, path)
  check.equal(ok, false, wrong)
  check.equal(message:match "a shortcut leads from a layer, or from 0, to one behind the next, and stands once" ~= nil,
              true, wrong)
end
write(path, (text:gsub("luron%-network 3", "luron-network 2")))
check.equal(pcall(luron.load, path), false)
os.remove(path)
os.remove(again)

-- PyTorch, to 1e-9.
for _, case in ipairs(peers) do
  local weights, biases = {}, {}
  for l, of in ipairs(case.start) do weights[l], biases[l] = of.weights, of.biases end
  local run = luron.experiment {
    inputs = peers.inputs, targets = peers.targets, hidden = { 3, 4 }, activation = "tanh",
    output_activation = "sigmoid", optimizer = case.optimizer, learning_rate = case.learning_rate, batch = case.batch,
    epochs = peers.epochs, shortcuts = case.shortcuts, weights = weights, biases = biases, log = false,
  }:run()
  local what = case.optimizer .. " " .. case.batch
  check.near(run.loss, case.loss, 1e-9, what)
  for l, of in ipairs(case.trained) do
    for j, unit in ipairs(of.weights) do
      for i, w in ipairs(unit) do check.near(run.network.weights[l][j][i], w, 1e-9, what) end
      check.near(run.network.biases[l][j], of.biases[j], 1e-9, what)
    end
  end
end

-- XOR with one hidden unit, as Rumelhart, Hinton and Williams had it in 1986: the inputs lead to the output too.
local function xor(fields)
  local e = { inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, targets = { 0, 1, 1, 0 }, hidden = 1,
    shortcuts = true, loss = "mse", log = false }
  for name, value in pairs(fields) do e[name] = value end
  return luron.experiment(e)
end
local as_then = { optimizer = "momentum", learning_rate = 0.5, init = "uniform", epochs = 5000, stop = { error = 0.1 } }
local solved = xor(as_then):run()
check.equal(solved.status, "solved")
check.equal(tostring(solved.network), "luron.network: 2 - 1 sigmoid - 1 sigmoid, 7 parameters")
check.equal(#solved.network.weights[2][1], 3)
-- A network without them cannot.
as_then.shortcuts = false
check.equal(xor(as_then):run().status, "finished")

-- Lang and Witbrock's network for the two spirals (1988): 2-5-5-5-1, each layer joined to all before it, 138 weights.
local spirals = luron.network { inputs = 2, hidden = { 5, 5, 5 }, outputs = 1, shortcuts = true }
check.equal(tostring(spirals):match "(%d+) parameters", "138")
local lang = luron.experiment { data = luron.data.spiral {}, hidden = { 5, 5, 5 }, shortcuts = true,
  epochs = 2, log = false }:run()
check.equal(tostring(lang.network):match "(%d+) parameters", "138")

-- Start weights of one's own have as many as there are inputs; xavier and own starts count them.
local given = { { { 1, 2 } }, { { 3, 4, 5 } } }
local untrained = xor { weights = given, biases = { { 6 }, { 7 } }, epochs = 0 }:run()
check.equal(untrained.network.weights[2][1][3], 5)
check.raises("weights: layer 2, unit 1: 1 number, but there are 3 inputs", xor,
             { weights = { { { 1, 2 } }, { { 3 } } } })
local function fan_in(r) return r.fan_in + 100 * r.fan_out + 10000 * r.input + 0 * r.uniform(0, 1) end
check.equal(xor { init = fan_in, epochs = 0 }:run().network.weights[2][1][3], 30103)
local limit = math.sqrt(6 / (3 + 1))
local largest = 0
for seed = 1, 30 do
  for _, w in ipairs(xor { init = "xavier", epochs = 0, seed = seed }:run().network.weights[2][1]) do
    largest = math.max(largest, math.abs(w))
  end
end
check.equal(largest <= limit and largest > 0.8 * limit, true, "xavier's limit")
local told = luron.optimizer { name = "told", update = function(w, g, s, h) return w + h.fan_in + 0 * g end }
local moved = xor { optimizer = told, epochs = 1, batch = "all", weights = given, biases = { { 6 }, { 7 } } }:run()
check.equal(moved.network.weights[1][1][1], 3)
check.equal(moved.network.weights[2][1][1], 6)

-- As an axis: true fits every network, pairs are values like others, and rows come back as scripts write them.
local sweep = xor { epochs = 20, shortcuts = false, sweep = { hidden = { 1, 2, { 2, 2 } }, shortcuts = { false, true },
  seed = luron.range(1, 3) }, metrics = { "weight_norm" } }:sweep()
check.equal(#sweep, 18)
for row in sweep:rows {} do
  check.equal(type(row.shortcuts), "boolean")
  local run = xor { epochs = 20, metrics = { "weight_norm" } }:run(row.overrides)
  check.equal(run.loss, row.loss)
  check.equal(run.weight_norm, row.weight_norm)
end
sweep = xor { epochs = 20, hidden = { 2, 2 }, sweep = { shortcuts = { false, { { 0, 2 }, { 0, 3 } }, true } } }:sweep()
local kinds = {}
for row in sweep:rows {} do
  local pairs_of = row.shortcuts
  kinds[#kinds + 1] = type(pairs_of) == "table" and #pairs_of .. ":" .. pairs_of[2][1] .. "-" .. pairs_of[2][2]
    or tostring(pairs_of)
  check.equal(xor { epochs = 20, hidden = { 2, 2 } }:run(row.overrides).loss, row.loss)
end
check.equal(table.concat(kinds, " "), "false 2:0-3 true")

-- Mistakes, with what to write.
local function wrong(message, shortcuts, hidden)
  check.raises("shortcuts: " .. message, xor, { shortcuts = shortcuts, hidden = hidden or { 2, 2 } })
  check.raises("shortcuts: " .. message, luron.network,
               { inputs = 2, outputs = 1, shortcuts = shortcuts, hidden = hidden or { 2, 2 } })
end
wrong("{0, 2} stands twice; leave one out", { { 0, 2 }, { 1, 3 }, { 0, 2 } })
wrong("{3, 1} does not go forward; write {from, to} with the later one last", { { 3, 1 } })
wrong("{2, 2} does not go forward; write {from, to} with the later one last", { { 2, 2 } })
wrong("{1, 2} are neighbours, which are always joined; leave that pair out", { { 1, 2 } })
wrong("layer 4 is not there: the network has 3 layers, the last is the output", { { 0, 4 } })
wrong("layer 2 is not there: the network has 1 layer, the last is the output", { { 0, 2 } }, 0)
wrong("{0, 17} is no pair of layers; they are counted from 1 to 16, and 0 is the inputs", { { 0, 17 } })
wrong("{-1, 2} is no pair of layers; they are counted from 1 to 16, and 0 is the inputs", { { -1, 2 } })
wrong("{0.5, 2} is no pair of layers; they are counted from 1 to 16, and 0 is the inputs", { { 0.5, 2 } })
wrong("item 1 is 0, not a pair {from, to}; write { {0, 2}, {1, 3} }", { 0, 2 })
check.raises("shortcuts: a number, but shortcuts takes true, false, or a list of pairs {from, to}", xor,
             { shortcuts = 1 })
check.equal(xor { hidden = 2, shortcuts = {}, epochs = 3 }:run().loss,
            xor { hidden = 2, shortcuts = false, epochs = 3 }:run().loss)
check.equal(xor { hidden = 0, epochs = 3 }:run().loss, xor { hidden = 0, shortcuts = false, epochs = 3 }:run().loss)
