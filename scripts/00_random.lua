#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 00_random: what does a network start from?
--
-- From random numbers: it has to start somewhere, and units that started equal would stay equal. luron draws them
-- from a seed, a number of your choice: the same seed gives the same draws on every machine. So a result is only
-- complete with its seed, and one reports it, as one reports a temperature.
--
--   luron run scripts/00_random.lua
--
-- prints
--
--   uniform from 0 to 1, seed 42:    0.3272  0.3765  0.7675  0.2003  0.4590
--   uniform from -1 to 1, seed 42:  -0.5433 -0.3703 -0.1019  0.8975 -0.0106
--   normal, mean 0, deviation 1:    -0.1409  0.1340  0.2408 -0.5799 -0.1139
--   seed 42 from the start again:    0.3272  0.3765  0.7675  0.2003  0.4590
--   seed 43:                         0.5710  0.5707  0.0076  0.1416  0.6748
--   mean of 100000 normal draws: -0.0036; share within one deviation: 0.6824

local luron = require "luron"

local function draws(title, draw)
  local list = {}
  for i = 1, 5 do list[i] = string.format("%7.4f", draw()) end
  print(title .. table.concat(list, " "))
end

local r = luron.random(42)
draws("uniform from 0 to 1, seed 42:   ", function() return r:uniform() end)
draws("uniform from -1 to 1, seed 42:  ", function() return r:uniform(-1, 1) end)
draws("normal, mean 0, deviation 1:    ", function() return r:normal() end)

local again, other = luron.random(42), luron.random(43)
draws("seed 42 from the start again:   ", function() return again:uniform() end)
draws("seed 43:                        ", function() return other:uniform() end)

-- Uniform numbers fill their interval evenly. Normal ones crowd around their mean: two thirds within one deviation.
local n, sum, near = 100000, 0, 0
for _ = 1, n do
  local x = r:normal()
  sum = sum + x
  if math.abs(x) < 1 then near = near + 1 end
end
print(string.format("mean of %d normal draws: %.4f; share within one deviation: %.4f", n, sum / n, near / n))
