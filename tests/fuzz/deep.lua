-- SPDX-License-Identifier: MIT
-- Functions that call each other through luron as deep as Lua lets them, on a stack that is small at first.
local luron = require "luron"
local xor = { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, log = false }
local depth
local function with(t)
  for k, v in pairs(xor) do t[k] = t[k] or v end
  return luron.experiment(t)
end
local function ends(name, least, f)
  depth = 0
  local ok, message = pcall(f)
  print(("%s: %s at %d"):format(name, ok and "done" or tostring(message):match "C stack overflow" or message, depth))
  assert((ok or tostring(message):find "C stack overflow") and depth >= least)
end
local function log() depth = depth + 1 with { log = log }:run() end
ends("runs in logs", 50, log)
local function metric()
  depth = depth + 1
  with { params = { d = depth }, metrics = { m = metric }, sweep = { seed = { 1 } } }:sweep()
  return 1
end
ends("sweeps in metrics", 50, metric)
local function data() depth = depth + 1 return luron.experiment { data = data, epochs = 1 }:run() end
ends("data in data", 100, data)
local function where() depth = depth + 1 return luron.data.xor():where(where) end
ends("rows in rows", 100, where)
local function replace(s) depth = depth + 1 return (s:gsub(".", replace)) end
ends("patterns in patterns", 100, function() return replace "a" end)
local function resume(n) depth = depth + 1 return n == 0 and with {}:run() or coroutine.wrap(resume)(n - 1) end
ends("coroutines", 100, function() return resume(250) end)
local list = luron.list { 1, 2 }
rawset(list, "of", list)
ends("a list of itself", 0, function() return #list end)
local nested = { 1 }
for _ = 1, 200000 do nested = { nested } end
for name in ("inputs weights freeze params stop shortcuts activation metrics log"):gmatch "%a+" do
  assert(not pcall(with, { [name] = nested }))
end
