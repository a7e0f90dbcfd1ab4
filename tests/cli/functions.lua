-- SPDX-License-Identifier: MIT
-- Prints the name of every function of the module and of every method of its objects, as `luron help` names them: found
-- by walking the module's table, and for each kind of object its metatable's __index, what pairs goes over, and the
-- names that the message for an unknown one lists.
local luron = require "luron"

local found = {}

local function walk(prefix, of)
  for name, value in pairs(of) do
    if type(value) == "function" then
      found[#found + 1] = prefix .. name
    elseif type(value) == "table" and not getmetatable(value) then
      walk(prefix .. name .. ".", value)
    end
  end
end
walk("", luron)

-- Methods are a table that is __index, or that the function which is __index holds on to.
local function methods(class, object)
  local index = debug.getmetatable(object).__index
  local i, seen = 1, {}
  local function take(of)
    for name, value in pairs(of) do
      if type(value) == "function" and not seen[name] then
        seen[name] = true
        found[#found + 1] = class .. ":" .. name
      end
    end
  end
  if type(index) == "table" then take(index) end
  while type(index) == "function" do
    local name, value = debug.getupvalue(index, i)
    if not name then break end
    if type(value) == "table" then take(value) end
    i = i + 1
  end
  take(object)
  local _, text = pcall(function() return object.no_such_name end)
  local listed = {}
  for name in (tostring(text):match("there are (.*)") or ""):gmatch("%S+") do
    listed[name] = select(2, pcall(function() return object[name] end))
  end
  take(listed)
end

local xor = { data = luron.data.xor {}, epochs = 1, log = false, sweep = { seed = { 1, 2 } } }
local e = luron.experiment(xor)
methods("experiment", e)
methods("run", e:run())
methods("results", e:sweep())
methods("data", xor.data)
methods("neuron", luron.neuron { inputs = 1 })
methods("network", luron.network { inputs = 1, outputs = 1 })
methods("random", luron.random())

table.sort(found)
print(table.concat(found, "\n"))
