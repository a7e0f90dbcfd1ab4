-- SPDX-License-Identifier: MIT
-- A Lua without the host: math is exchanged while a function is traced, and what was taken from it before luron was
-- there is not called.
local before = math.exp
local luron = require "luron"
local check = require "check"

check.equal(math.exp, before)
local text = luron.trace("activation", function(z) return math.exp(z) + math.max(z, 1) end)
check.equal(text, "activation\nt1 = exp z\nt2 = max z 0x1p+0\nt3 = add t1 t2\nreturn t3\n")
check.equal(math.exp, before, "math is Lua's own again")
check.raises("activation: exp was taken from math before luron was there; write luron.exp", luron.trace, "activation",
  function(z) return before(z) end)
check.raises("activation: exp was taken from math before luron was there; write luron.exp", luron.trace, "activation",
  function(z) return z + before(1) end)
check.equal(math.exp, before, "after an error, too")
