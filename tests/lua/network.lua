-- SPDX-License-Identifier: MIT
-- luron.network: forward is the layers' formula, weights and biases are live, files keep every bit.
local luron = require "luron"
local check = require "check"

-- XOR by hand: an OR and an AND unit, and "OR but not AND".
local xor = luron.network {
  inputs = 2, hidden = { 2 }, outputs = 1, activation = "step",
  weights = { { { 1, 1 }, { 1, 1 } }, { { 1, -1 } } }, biases = { { -0.5, -1.5 }, { -0.5 } },
}
local outputs = xor:forward { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }
check.equal(#outputs, 4)
for i, expected in ipairs { 0, 1, 1, 0 } do
  check.equal(outputs[i][1], expected)
end
check.equal(xor:forward { 0, 1 }[1], 1)
check.equal(tostring(xor), "luron.network: 2 - 2 step - 1 step, 9 parameters")

-- Against plain Lua.
local net = luron.network { inputs = 3, hidden = { 4 }, outputs = 2, activation = "tanh", seed = 5 }
local function layer(l, x, n_units)
  local y = {}
  for j = 1, n_units do
    y[j] = net.biases[l][j]
    for i = 1, #x do
      y[j] = y[j] + net.weights[l][j][i] * x[i]
    end
    y[j] = luron.tanh(y[j])
  end
  return y
end
local x = { 0.3, -1.2, 0.8 }
local expected, found = layer(2, layer(1, x, 4), 2), net:forward(x)
check.near(found[1], expected[1], 1e-15)
check.near(found[2], expected[2], 1e-15)

-- Live views.
check.equal(#net.weights, 2)
check.equal(#net.weights[1], 4)
check.equal(#net.weights[1][1], 3)
check.equal(#net.biases[2], 2)
net.weights[1][2][3] = 11
check.equal(net.weights[1][2][3], 11)
net.weights[2][1] = { 1, 2, 3, 4 }
check.equal(net.weights[2][1][4], 4)
net.biases[1] = { 5, 6, 7, 8 }
check.equal(net.biases[1][4], 8)
net.biases = { { 1, 2, 3, 4 }, { 5, 6 } }
check.equal(net.biases[2][2], 6)
check.equal(net.weights[3], nil)
check.equal(net.inputs, 3)
check.equal(net.outputs, 2)
check.equal(net.hidden[1], 4)
check.equal(net.activation, "tanh")
check.equal(net.output_activation, "tanh")
check.equal(net.bias, true)
check.equal(net.classes, nil)
check.equal(luron.network { inputs = 1, outputs = 1, bias = false }.biases, nil)

-- The same seed gives a neuron and a network of one unit the same start.
local neuron = luron.neuron { inputs = 2, seed = 77 }
local single = luron.network { inputs = 2, outputs = 1, seed = 77 }
check.equal(single.weights[1][1][2], neuron.weights[2])
check.equal(single.biases[1][1], neuron.bias)
check.equal(single:forward { 1, -1 }[1], neuron:forward { 1, -1 })

-- Classes by number where there are no names.
local two = luron.network { inputs = 1, outputs = 2, weights = { { { 1 }, { -1 } } }, bias = false,
  output_activation = "softmax" }
check.equal(two:classify(3), 1)
check.equal(two:classify { -3 }, 2)
check.equal(two:classify { { -3 }, { 3 } }[2], 1)
check.near(two:forward(0.5)[1] + two:forward(0.5)[2], 1, 1e-15)

-- A file keeps every bit.
local path = os.tmpname()
net:save(path)
local loaded = luron.load(path)
os.remove(path)
check.equal(loaded:forward(x)[1], net:forward(x)[1])
check.equal(loaded.weights[1][2][3], 11)
check.equal(tostring(loaded), tostring(net))

-- Closed, it says so.
local views
do
  local closed <close> = luron.network { inputs = 1, outputs = 1 }
  views = { closed, closed.weights, closed.weights[1][1] }
end
check.raises("the network is closed", function() views[1]:forward(1) end)
check.raises("weights: the network is closed", function() return views[2][1] end)
check.raises("weights: the network is closed", function() views[3][1] = 2 end)
check.equal(tostring(views[1]), "luron.network (closed)")

-- A list may close the network that is reading it.
local function closing_list(of, n, item)
  local function close()
    local closed <close> = of
    return item
  end
  return setmetatable({}, { __len = function() return n end, __index = close })
end
local shut = luron.network { inputs = 2, outputs = 1 }
shut.weights = closing_list(shut, 1, { { 1, 2 } })
check.raises("the network is closed", function() return shut.weights end)
shut = luron.network { inputs = 2, outputs = 1 }
local unit = shut.weights[1]
check.raises("weights: the network is closed", function() unit[1] = closing_list(shut, 2, 1) end)
shut = luron.network { inputs = 2, outputs = 1 }
unit = shut.weights[1]
check.raises("weights: the network is closed", function() shut.weights[1] = { closing_list(shut, 2, 1) } end)

local function new(fields)
  return function() luron.network(fields) end
end
check.raises("inputs: missing; write inputs = 1 for a network with one", new { outputs = 1 })
check.raises("outputs: missing; write outputs = 1 for a network with one", new { inputs = 1 })
check.raises("hiden: no such field; did you mean hidden?", new { inputs = 1, outputs = 1, hiden = 3 })
check.raises("hidden: 2.5 is not a whole number from 0 to 65536", new { inputs = 1, outputs = 1, hidden = 2.5 })
check.raises("hidden: 0 is not a whole number from 1 to 65536", new { inputs = 1, outputs = 1, hidden = { 2, 0 } })
check.raises("hidden: 20 layers, but 15 are the most",
  new { inputs = 1, outputs = 1, hidden = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 } })
check.raises("hidden: a network of 4295032833 parameters; 134217728 are the most",
  new { inputs = 65535, outputs = 1, hidden = 65536 })
for found, value in pairs { ['"gelu"'] = "gelu", ["a function"] = math.exp } do
  check.raises("activation: " .. found .. " is no built-in one, which alone are taken here; with others write " ..
    "luron.experiment { activation = ..., epochs = 0 }:run().network",
    new { inputs = 1, outputs = 1, activation = value })
end
check.raises("activation: softmax is for outputs; write output_activation = \"softmax\"",
  new { inputs = 1, outputs = 1, hidden = 2, activation = "softmax" })
check.raises("init_scale: 1 number given, but it takes 2",
  new { inputs = 1, outputs = 1, hidden = 2, init_scale = { 1 } })
check.raises("weights: a list of 1, but there are 2 layers",
  new { inputs = 1, outputs = 1, hidden = 2, weights = { 1 } })
check.raises("biases: 3 is not a list of 2 numbers",
  new { inputs = 1, outputs = 1, hidden = 2, biases = { 3, { 1 } } })
do -- what is assigned and is wrong somewhere changes nothing
  local n = luron.network { inputs = 1, outputs = 1, hidden = 2, seed = 3 }
  local first, bias = n.weights[1][1][1], n.biases[1][1]
  check.raises("weights: \"x\" is not a number", function() n.weights = { { { 7 }, { 8 } }, { { 9, "x" } } } end)
  check.raises("weights: a list of 1, but there are 2 numbers",
    function() n.weights = { { { 7 }, { 8 } }, { { 9 } } } end)
  local long = setmetatable({ 7 }, { __len = function() return 2 end })
  check.raises("biases: nil is not a number", function() n.biases[1] = long end)
  check.equal(n.weights[1][1][1], first)
  check.equal(n.biases[1][1], bias)
  n.weights = { { { 7 }, { 8 } }, { { 9, 10 } } }
  check.equal(n.weights[2][1][2], 10)
end
check.raises("forward: 2 numbers given, but it takes 3", function() net:forward { 1, 2 } end)
check.raises("forward: 1 number given, but it takes 3", function() net:forward { x, { 1 } } end)
check.raises("classify: the network has one output; classes need an output each",
  function() xor:classify { 1, 2 } end)
check.raises("layout: no such field; there are weights biases classes input_names output_names inputs hidden outputs "
  .. "activation output_activation bias shortcuts forward predict classify loss accuracy confusion save to_c to_onnx",
  function() return net.layout end)
check.raises("layers: no such field; did you mean hidden?", function() return net.layers end)
check.raises("inputs: cannot be set; weights and biases can", function() net.inputs = 3 end)
check.equal(select(2, pcall(luron.load, "/nonexistent/x.net")), "/nonexistent/x.net: No such file or directory")
check.equal(getmetatable(net), "luron.network", "a script cannot change how objects are collected")

-- A finalizer that uses the network, wherever it comes, changes no outputs of another call.
do
  local used, n, wrong = luron.network { inputs = 2, hidden = { 3 }, outputs = 3, seed = 1 }, 0, 0
  local want = table.concat(used:forward { 0.1, 0.2 }, " ")
  local function again()
    setmetatable({}, { __gc = function()
      n = n + 1
      if n <= 50 then used:forward { 5, -9 } again() end
    end })
  end
  collectgarbage("incremental", 0, 1000, 1)
  again()
  for _ = 1, 10000 do
    if table.concat(used:forward { 0.1, 0.2 }, " ") ~= want then wrong = wrong + 1 end
  end
  check.equal(n > 10, true)
  check.equal(wrong, 0)
  collectgarbage("incremental", 200, 100, 13)
end
