-- SPDX-License-Identifier: MIT
-- Outside a trace the functions of math are Lua's own, bit for bit and in their errors, also after one was made.
local luron = require "luron"
local check = require "check"

luron.trace("activation", function(z) return math.exp(z) end)
check.equal(math.type(math.floor(3.7)), "integer")
check.equal(math.type(math.max(1, 2)), "integer")
check.equal(math.type(math.abs(-3)), "integer")
check.equal(math.log(8, 2), 3.0)
check.equal(math.exp("1"), math.exp(1))
check.raises("bad argument #1 to 'exp' (number expected, got nil)", function() math.exp(nil) end)
check.raises("bad argument #1 to 'max' (value expected)", function() math.max() end)
check.raises("attempt to compare table with number", function() math.min(1, {}) end)
assert(1 / math.ceil(-0.5) == math.huge)

-- luron's are for plain numbers, too.
check.equal(luron.exp(0), 1)
check.equal(luron.fma(0x1p52 + 1, 0x1p52 + 1, -(0x1p104 + 0x1p53)), 1)
check.equal(luron.max(1, 3, 2), 3)
check.equal(luron.min(1, 3, 2), 1)
check.equal(luron.equal(1, 1.0), true)
check.equal(luron.equal(0 / 0, 0 / 0), false)
check.equal(luron.log(8, 2), luron.log(8) / luron.log(2))
check.raises("bad argument #3 to 'fma' (number expected, got no value)", function() luron.fma(1, 2) end)

-- A hook of the script's own is still there afterwards, and a value that a script keeps stands for nothing.
local kept, lines = nil, 0
debug.sethook(function() lines = lines + 1 end, "l")
luron.trace("activation", function(z) kept = kept or z return z end)
local hook, mask = debug.gethook()
debug.sethook()
assert(hook and mask == "l" and lines > 0)
check.raises("a value of a function that was traced is used outside of it; it stands for no number", function()
  return kept + 1
end)
check.raises("bad argument #1 to 'exp' (number expected, got luron.symbol)", function() return math.exp(kept) end)
