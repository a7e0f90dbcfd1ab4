-- SPDX-License-Identifier: MIT
-- Training goes on: `start` from a network, whose shape, scaling and classes are taken along.
local luron = require "luron"
local check = require "check"

local inputs, targets = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, { { 0 }, { 1 }, { 1 }, { 0 } }
local function with(fields)
  local all = { inputs = inputs, targets = targets, epochs = 30, log = false }
  for name, value in pairs(fields) do all[name] = value end
  return luron.experiment(all)
end

-- The same as the network's weights and biases, and what the script leaves out is the network's.
local first = with { hidden = { 3, 2 }, activation = "tanh", output_activation = "linear" }:run().network
local on = with { start = first }:run()
local same = with { hidden = { 3, 2 }, activation = "tanh", output_activation = "linear", weights = first.weights,
                    biases = first.biases }:run()
check.equal(on.loss, same.loss)
for l = 1, 3 do
  for j = 1, #on.network.weights[l] do
    check.equal(on.network.biases[l][j], same.network.biases[l][j])
    for i = 1, #on.network.weights[l][j] do
      check.equal(on.network.weights[l][j][i], same.network.weights[l][j][i])
    end
  end
end
check.equal(tostring(with { start = first, epochs = 0 }:run().network), tostring(first))
check.equal(with { start = first, epochs = 0 }:run().network.weights[2][1][3], first.weights[2][1][3])
local bare = with { hidden = 2, bias = false }:run().network
check.equal(with { start = bare }:run().network.bias, false)
check.equal(with { start = first, precision = "single", epochs = 0 }:run().status, "finished")

-- What the script says must agree, and each mistake has its field.
local function wrong(text, fields) check.raises(text, with, fields) end
wrong("hidden: 4 units in layer 1, but the network given as start has 3; leave hidden out",
  { start = first, hidden = { 4, 2 } })
wrong("hidden: 1 hidden layer, but the network given as start has 2; leave hidden out", { start = first, hidden = 3 })
wrong("activation: relu in layer 1, but the network given as start has tanh", { start = first, activation = "relu" })
wrong("output_activation: sigmoid in layer 3, but the network given as start has linear",
  { start = first, output_activation = "sigmoid" })
wrong("bias: false, but the network given as start has biases; leave bias out", { start = first, bias = false })
local short = with { hidden = 2, shortcuts = true }:run().network
check.equal(with { start = short, epochs = 0 }:run().network.shortcuts, true)
wrong("shortcuts: layer 2 of the network given as start has others; leave shortcuts out",
  { start = short, shortcuts = false })
wrong("sweep.hidden: is an axis, but the network given as start has one hidden",
  { start = first, sweep = { hidden = { 3, 4 } } })
local lost = with { hidden = 2, learning_rate = 1e300, activation = "linear", epochs = 100 }:run()
check.equal(lost.status, "diverged")
wrong("start: the network has a weight that is not finite: its training diverged", { start = lost.network })

-- Functions of layers have names, which are compared.
local silu = with { hidden = 2, activation = "silu", output_activation = "sigmoid" }:run().network
check.equal(with { start = silu, activation = "silu", epochs = 0 }:run().network.weights[1][1][1],
  silu.weights[1][1][1])
wrong('start: layer 1 of the network has the function silu; write activation = "silu" or the function',
  { start = silu })
wrong("activation: mish in layer 1, but the network given as start has silu", { start = silu, activation = "mish" })

-- The scaling and the classes' order come along.
local path = os.tmpname()
local function csv(text)
  local out <close> = assert(io.open(path, "w"))
  out:write(text)
  out:close()
  return luron.csv(path)
end
local abc = csv "x,kind\n1,a\n4,b\n9,c\n"
local cab = csv "x,kind\n9,c\n1,a\n4,b\n"
os.remove(path)
local function classes(more)
  local all = { data = abc, normalize = "zscore", output_activation = "softmax", epochs = 200, log = false }
  for name, value in pairs(more) do all[name] = value end
  return luron.experiment(all):run()
end
local n = classes {}.network
local further = classes { data = cab, start = n, normalize = false, epochs = 0 }.network
check.equal(table.concat(further.classes, " "), "a b c")
check.equal(further:forward { 4 }[2], n:forward { 4 }[2])

-- A sweep starts each run from it.
os.execute "rm -f results/going_on-*" -- of another time
local r = with { start = first, epochs = 5, sweep = { learning_rate = { 0.1, 0.5 } } }:sweep()
check.equal(#r, 2)
for i = 1, 2 do
  check.equal(r[i].loss, with { start = first, epochs = 5, learning_rate = r[i].learning_rate }:run().loss)
end
r:close()

