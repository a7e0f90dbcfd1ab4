-- SPDX-License-Identifier: MIT
-- Functions of the parameters: what p holds, that unknown names raise, and that a function is pure.
local luron = require "luron"
local check = require "check"

local calls, drawn = 0, nil
local e = luron.experiment {
  data = function(p)
    calls = calls + 1
    drawn = math.random(1 << 30)
    local scale = p.scale * (p.flip and -1 or 1)
    local after = math.random(1 << 30)
    drawn = drawn .. " " .. after
    return { inputs = { { scale }, { 2 * scale } }, targets = { { 0 }, { 1 } } }
  end,
  params = { scale = 1, flip = false, kind = "a" },
  epochs = 1, log = false, learning_rate = 0.25,
}
check.equal(calls, 0, "not called before a run")
assert(tostring(e):find("made by a function", 1, true))
e:run()
check.equal(calls, 1)
local first = drawn
math.random()
e:run { learning_rate = 0.5 }
check.equal(drawn, first, "draws depend on what was read alone")
e:run { scale = 2 }
assert(drawn ~= first and drawn:match("^%d+") == first:match("^%d+"), "the first draw came before scale was read")
e:run { params = { flip = true } }

-- Fields are there with their defaults; start values may be functions too.
local read = {}
local w = luron.experiment {
  inputs = function(p) read.epochs = p.epochs return { { 1, 1 } } end,
  targets = function(p)
    read.seed, read.rate, read.optimizer = p.seed, p.learning_rate, p.optimizer
    return { { 1 } }
  end,
  weights = function(p) return { p.a, p.a + 1 } end,
  params = { a = 3 }, epochs = 0, log = false, seed = 9, stop = { error = 0.5 },
}
check.equal(w:run().network.weights[1][1][2], 4)
check.equal(w:run({ a = 5 }).network.weights[1][1][1], 5)
check.equal(read.epochs, 0)
check.equal(read.seed, 9)
check.equal(read.optimizer, "sgd")
check.equal(read.rate, 0.1)

local function raises(text, data, more)
  local fields = { data = data, params = { noise = 1 }, log = false }
  for k, v in pairs(more or {}) do fields[k] = v end
  check.raises(text, function() luron.experiment(fields):run() end)
end
raises("p.nois: no such field or param; did you mean noise?", function(p) return p.nois end)
raises("p.learning_rte: no such field or param; did you mean learning_rate?", function(p) return p.learning_rte end)
raises("p.log: has no value that a function may depend on", function(p) return p.log end)
raises("p.noise: the parameters cannot be changed", function(p) p.noise = 2 end)

-- data may return a test set as well.
local two = luron.experiment {
  data = function()
    return { inputs = { { 0 }, { 1 } }, targets = { 0, 1 } }, { inputs = { { 1 } }, targets = { 1 } }
  end,
  metrics = { "test_loss", "test_accuracy" }, epochs = 10, log = false,
}
assert(two:run().test_loss > 0)

-- Both sets live as long as the run needs them.
local function made(p)
  return luron.data.circles { n = 40, seed = p.seed }:split(0.5)
end
local quiet = luron.experiment { data = made, metrics = { "test_loss" }, epochs = 3, log = false }
local busy = luron.experiment {
  data = made, metrics = { "test_loss" }, epochs = 3,
  log = function()
    collectgarbage()
    for _ = 1, 100 do luron.data.circles { n = 20, seed = 9 } end
  end,
}
check.equal(busy:run().loss, quiet:run().loss)
check.equal(busy:run().test_loss, quiet:run().test_loss)
