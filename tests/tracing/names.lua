-- SPDX-License-Identifier: MIT
-- What functions are called, and what makers take and show.
local luron = require "luron"
local check = require "check"

-- ---- Names: the given one, else the local's, else by what the function computes ----
local function double(z) return 2 * z end
local again = double
local rule = luron.optimizer { update = function(w, g, _, h) return w - h.learning_rate * g end }
check.equal(luron.name("activation", double), "double")
check.equal(luron.name("activation", again), "double", "the first local of two")
check.equal(luron.name("optimizer", rule), "rule")
check.equal(luron.name("activation", luron.activation { name = "twice", f = double }), "twice")
local own = luron.name("activation", function(z) return 3 * z end)
assert(own:match "^own_%x%x%x%x%x%x%x%x$", own)
check.equal(luron.name("activation", function(x) --[[ the same ]] return 3 * x end), own)
check.equal(luron.name("activation", (function() return double end)()), "double", "an upvalue")

-- A function whose local is gone has the name of its first line.
local function gone()
  local function square(z) return z * z end
  return square
end
check.equal(luron.name("penalty", gone()), "square")
local function made()
  local lasso = luron.penalty { f = function(w) return math.abs(w) end }
  return lasso
end
check.equal(luron.name("penalty", made()), "lasso")

local function both() local function cube(z) return z * z * z end return cube end
assert(luron.name("penalty", both()):match "^own_", "two functions on a line are not told apart")

-- ---- Makers ----
check.equal(tostring(luron.loss { f = double }), "luron.function: loss")
check.equal(tostring(luron.loss { name = "mine", f = double }), "luron.function: loss mine")
local made_of = luron.optimizer {
  name = "lion", state = { "m" }, numbers = { beta1 = 0.9 }, learning_rate = 0.001, full_batch = true,
  update = function(w) return w end,
}
check.equal(made_of.role, "optimizer")
check.equal(made_of.name, "lion")
check.equal(made_of.state[1], "m")
check.equal(made_of.numbers.beta1, 0.9)
check.equal(made_of.learning_rate, 0.001)
check.equal(made_of.full_batch, true)
check.equal(rule.learning_rate, 0.01)
check.equal(rule.name, nil)
check.equal(type(made_of.update), "function")

check.raises("f: a function is missing; write luron.loss { f = function(o, t, p) return ... end }",
  luron.loss, {})
check.raises("update: a function is missing; write luron.optimizer { update = function(w, g, s, h, p) return ... end }",
  luron.optimizer, { name = "none" })
check.raises("f: a table is not a function in Lua", luron.init, { f = {} })
check.raises("f: a function in C is not a function in Lua", luron.init, { f = math.exp })
check.raises("fn: no such field; did you mean f?", luron.schedule, { fn = double })
check.raises("slope: no such field; there are name meaning source f numbers",
  luron.loss, { f = double, slope = double })
check.raises("name: \"a b\" is not a name: letters, digits and _, not a digit first, at most 47", luron.loss,
  { f = double, name = "a b" })
check.raises("numbers: delta is \"1\", not a finite number", luron.loss, { f = double, numbers = { delta = "1" } })
check.raises("numbers: each has a name; write numbers = { delta = 1 }", luron.loss, { f = double, numbers = { 1 } })
for _, name in ipairs { "epochs", "learning_rate_2", "loss_function", "stop_error", "hidden", "stop", "seed" } do
  check.raises("numbers: " .. name .. " is the name of a field; choose another", luron.schedule,
    { f = double, numbers = { [name] = 1 } })
end
check.raises("numbers: accuracy is the name of a metric; choose another", luron.loss,
  { f = double, numbers = { accuracy = 1 } })
check.raises("numbers: learning_rate stands beside them; write learning_rate = 0.01 there", luron.optimizer,
  { update = double, numbers = { learning_rate = 1 } })
check.raises("numbers: h.step is something else; choose another name", luron.optimizer,
  { update = double, numbers = { step = 1 } })
check.equal(luron.schedule({ f = double, numbers = { step = 3, momentum = 1 } }).numbers.step, 3)
check.raises("state: a state is 0 at the start, and only named; write state = { \"m\" }", luron.optimizer,
             { update = double, state = { m = 0 } })
check.raises("state: m is named twice", luron.optimizer, { update = double, state = { "m", "m" } })
check.raises("state: it is not a list of at most 8 names; write state = { \"m\" }", luron.optimizer,
  { update = double, state = { "a", "b", "c", "d", "e", "f", "g", "h", "i" } })
check.raises("state: \"m\" is not a list of at most 8 names; write state = { \"m\" }", luron.optimizer,
  { update = double, state = "m" })
check.raises("learning_rate: -1 is not a number from 0 up", luron.optimizer, { update = double, learning_rate = -1 })
check.raises("full_batch: 1 is not true or false", luron.optimizer, { update = double, full_batch = 1 })
check.raises("loss: lasso is made by luron.penalty; write luron.loss { f = function(o, t, p) return ... end }",
  luron.trace, "loss", luron.penalty { name = "lasso", f = double })
check.raises("nme: no such field; did you mean name?", function() return made_of.nme end)
check.raises("name: a function that is made does not change; make another", function() made_of.name = "tiger" end)
