-- SPDX-License-Identifier: MIT
-- e:sweep{}: what overrides do to axes, and that a row is the run that its overrides give. Writes into a folder that
-- the test makes for it, results/ beneath the current one.
local luron = require "luron"
local check = require "check"

os.execute "rm -rf results" -- a file that was extended would have more rows
local e = luron.experiment {
  inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 },
  hidden = 2, epochs = 20, learning_rate = 0.5,
  sweep = { learning_rate = { 0.1, 0.5 }, seed = luron.range(1, 5) },
}
local r = e:sweep()
check.equal(#r, 10)
check.equal(e:sweep().path, r.path, "the same sweep is the same file")
for i = 1, #r do
  local run = e:run(r[i].overrides)
  check.equal(run.loss, r[i].loss)
  check.equal(run.epochs, r[i].epochs)
end
check.equal(#e:sweep { learning_rate = 1 }, 5, "a single value takes an axis away")
check.equal(#e:sweep { learning_rate = { 1, 2, 3 }, sweep = { seed = 3 } }, 3, "a list takes an axis's place")
check.equal(#e:sweep { sweep = false }, 1)
check.equal(#e:sweep { sweep = false, seed = luron.range(1, 3) }, 3, "what is given beside it stays")
local zipped = luron.experiment {
  inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3,
  sweep = { luron.zip { learning_rate = { 1, 2 }, init_scale = { 1, 2 } }, batch = { 1, 2 } },
}
check.equal(#zipped:sweep(), 4)
check.equal(#zipped:sweep { sweep = false, epochs = { 1, 2, 3 } }, 3, "zips go too")
check.equal(#e:sweep { sweep = { hidden = { 2, 3 }, epochs = 7 } }, 20, "axes are merged one by one")
check.equal(#e:sweep { seed = luron.range(1, 8) }, 16, "more seeds extend it")

-- A function as a metric: one run's error is that run's alone.
local f = luron.experiment {
  inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3,
  metrics = { half = function(run) if run.loss > 0.9 then error "too much" end return run.loss / 2 end },
  sweep = { seed = luron.range(1, 20) },
}
local n_failed = 0
for row in f:sweep():rows() do
  if row.status == "failed" then n_failed = n_failed + 1 else check.equal(row.half, row.loss / 2) end
end
check.equal(n_failed > 0 and n_failed < 20, true, "some fail: " .. n_failed)

local good, text = pcall(e.sweep, e, { batch = { 1, 9 } })
check.equal(good, false)
check.equal(text:match("sweep.lua:%d+: batch: with batch=9") ~= nil, true, text)

-- What functions make is kept small, however many runs each have their own, and dropped after some windows.
local most = 0
local function own_start(p)
  most = math.max(most, collectgarbage "count")
  return { p.seed * 1e-3 }
end
local started = luron.experiment {
  inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, weights = own_start, sweep = { seed = luron.range(1, 8000) },
}
collectgarbage()
local before = collectgarbage "count"
check.equal(#started:sweep(), 8000)
check.equal(most - before < 16 << 10, true, ("%.0f KB more"):format(most - before))

-- Start values have the form of their own network, also where the function reads nothing of it.
local formed = luron.experiment {
  inputs = { 0, 1 }, targets = { 0, 1 }, hidden = 2, epochs = 2,
  biases = function() return { { 0.1, 0.2 }, { 0.5 } } end, sweep = { hidden = { 2, 40 } },
}
local ok, why = pcall(formed.sweep, formed)
check.equal(ok, false, "start values of another network")
check.equal(why:match "biases: layer 1: 2 numbers, but there are 40 units" ~= nil, true, why)
