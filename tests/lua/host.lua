-- SPDX-License-Identifier: MIT
-- What the host gives a script that returns nothing.
local check = require "check" -- found in the script's own folder

check.equal(arg[0]:match("[^/]+$"), "host.lua")
check.equal(arg[-1], "luron")
check.equal(#arg, 3)
check.equal(arg[1], "one")
check.equal(arg[2], "--two")
check.equal(select("#", ...), 3)
check.equal(select(3, ...), "three=3")
check.equal(require "luron", require "luron")
check.equal(package.loaded.luron, require "luron")
assert(load and io and os and debug, "the whole standard library is there")
