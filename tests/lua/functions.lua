-- SPDX-License-Identifier: MIT
-- The activations as functions of one number.
local luron = require "luron"
local check = require "check"

check.equal(luron.sigmoid(0), 0.5)
check.near(luron.sigmoid(1), 1 / (1 + math.exp(-1)), 4e-16)
check.near(luron.tanh(0.5), 0.46211715726000975, 4e-16)
check.equal(luron.relu(-3), 0)
check.equal(luron.relu(3), 3)
check.equal(luron.leaky_relu(-2), -2 * 0.01)
check.near(luron.softplus(0), math.log(2), 4e-16)
check.equal(luron.step(0), 1)
check.equal(luron.step(-1e-300), 0)
check.equal(luron.linear(7), 7)
check.equal(luron.sigmoid(0 / 0), 0 / 0)
check.equal(luron.sigmoid(math.huge), 1)
check.equal(luron.sigmoid(-math.huge), luron.sigmoid(-708))
check.near(luron.sigmoid(-708), math.exp(-708), 1e-322)
check.equal(luron.softmax, nil)
check.raises("bad argument #1 to 'sigmoid' (number expected, got nil)", function() luron.sigmoid(nil) end)

assert(not rawget(_G, "luron"), "require makes no global")
assert(luron._VERSION:match("^luron %d+%.%d+%.%d+$"))
check.equal(luron._VERSION, "luron " .. luron.version)
