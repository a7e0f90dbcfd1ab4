-- SPDX-License-Identifier: MIT
-- luron.random: the same seed gives the same numbers, and they are distributed as they should be.
local luron = require "luron"
local check = require "check"

local a, b, c = luron.random(42), luron.random(42), luron.random(43)
local differs = false
for _ = 1, 100 do
  local x = a:normal()
  check.equal(x, b:normal())
  differs = differs or x ~= c:normal()
end
assert(differs, "another seed gives other numbers")

local r, n = luron.random(7), 20000
local sum, squares = 0, 0
for _ = 1, n do
  local x = r:normal(3, 2)
  sum, squares = sum + x, squares + (x - 3) ^ 2
end
check.near(sum / n, 3, 0.06, "mean")
check.near(squares / n, 4, 0.2, "variance")

local counts = { 0, 0, 0, 0, 0, 0 }
for _ = 1, 6000 do
  local k, u = r:integer(1, 6), r:uniform(-2, 5)
  assert(math.type(k) == "integer")
  counts[k] = counts[k] + 1
  assert(u > -2 and u < 5)
  u = r:uniform()
  assert(u > 0 and u < 1)
end
for k = 1, 6 do
  check.near(counts[k], 1000, 150, "count of " .. k)
end
check.equal(r:integer(5, 5), 5)
assert(math.type(r:integer(math.mininteger, math.maxinteger)) == "integer")
check.raises("uniform: from -1e+308 to 1e+308 is wider than a number can say",
  function() luron.random(1):uniform(-1e308, 1e308) end)
assert(tostring(luron.random(9)):find("seed 9", 1, true))

check.raises("integer: lo is 2, above hi, which is 1", function() r:integer(2, 1) end)
check.raises("uniform: lo is 2, above hi, which is 1", function() r:uniform(2, 1) end)
check.raises("uniform: it takes no number, or two: lo and hi", function() r:uniform(2) end)
check.raises("std: -1 is below 0", function() r:normal(0, -1) end)
check.raises("mean: inf is not a finite number", function() r:normal(math.huge) end)
local whole = " is not a whole number from -9223372036854775808 to 9223372036854775807"
check.raises("seed: 0.5" .. whole, function() luron.random(0.5) end)
check.raises("seed: 9223372036854775808" .. whole, function() luron.random(9223372036854775808) end)
check.raises("hi: 0.5" .. whole, function() r:integer(0, 0.5) end)
check.raises("normal: called with a dot, without its object; use random:normal(...), with a colon",
  function() r.normal({}) end)
