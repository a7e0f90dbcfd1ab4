-- SPDX-License-Identifier: MIT
-- Networks of FANN (arg[1]: tests/library/fann_numbers.lua) give what fann_run gives, and what no network can be is
-- named.
local luron = require "luron"
local check = require "check"

local path = os.tmpname()
local function read(text)
  local file <close> = assert(io.open(path, "w"))
  file:write(text)
  file:close()
  return luron.fann_network(path)
end

local cases = dofile(arg[1])
for i, case in ipairs(cases) do
  case.text = case.net:gsub("=\n", "="):gsub("\n%(", " (")
  local network = read(case.text)
  for _, row in ipairs(case.rows) do
    for k, y in ipairs(network:forward(row[1])) do
      if math.abs(y - row[2][k]) > 1e-15 then
        error(("network %d: %.17g, but FANN has %.17g"):format(i, y, row[2][k]))
      end
    end
  end
end
check.equal(#cases, 9)
check.equal(tostring(read(cases[2].text)), "luron.network: 2 - 3 tanh - 2 tanh - 2 sigmoid, 23 parameters")
check.equal(tostring(read(cases[8].text)), "luron.network: 2 - 2 sigmoid - 1 sigmoid - 1 tanh, 17 parameters")
check.equal(read(cases[8].text).shortcuts, true)
check.equal(read(cases[5].text).activation, "gaussian")
local network = read(cases[5].text) -- it is saved as any other
network:save(path)
check.equal(luron.load(path):forward({ 0.5, -1 })[1], network:forward({ 0.5, -1 })[1])

local function refused(message, text)
  check.raises(path .. message, function() read(text) end)
end
local function changed(from, to)
  local text, n = cases[1].text:gsub(from, to, 1)
  assert(n == 1, from)
  return text
end
refused(":1: a network of FANN begins with FANN_FLO_2.1", "x")
refused(":1: FANN_FIX_2.1: of the networks of FANN those of whole numbers (FIX) and of version 1 cannot be read",
  changed("FLO", "FIX"))
refused(":3: the units of layer 1 have different functions: gaussian and sigmoid", changed("%(3, 3,", "(3, 7,"))
refused(":2: layer_sizes says more neurons than the file has", changed("=3 4 2", "=3 60000 2"))
refused(":2: layer_sizes is not a list of numbers of neurons", changed("=3 4 2", "=3 4 x"))
refused(":3: neuron 3 has the function 30, which is not known", changed("%(3, 3,", "(3, 30,"))
refused(":3: the neurons have more connections than the file", changed("%(3, 3,", "(3000, 3,"))
refused(":4: connection 0 is not (neuron, weight)", changed("weight%)=%(0", "weight)=(9"))
refused(":4: neuron 3 reads neuron 4, which is not before it", changed("weight%)=%(0", "weight)=(4"))
local deep = changed("=3 4 2", "=3" .. (" 4"):rep(17) .. " 2")
refused(":2: more than 16 layers (a cascade's network has one for each unit)", deep)
os.remove(path)
