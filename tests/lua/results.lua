-- SPDX-License-Identifier: MIT
-- A sweep's rows from Lua. The file is made by make_results.c: run n has hidden 3 where n is odd, else 4x4.
local luron = require "luron"
local check = require "check"

local r = luron.results(arg[1])
check.equal(#r, 3000)
check.equal(r.path, arg[1])
assert(tostring(r):find("3000 rows", 1, true))

local row = r[4]
check.equal(row.run, 4)
check.equal(row.status, "finished")
check.equal(row.solved, false)
check.equal(row.epochs, 1000)
check.equal(row.overrides.learning_rate, 0.4)
check.equal(row.hidden[1], 4)
check.equal(row.overrides.hidden[2], 4)
check.equal(row.overrides.loss, nil)
check.equal(r[3].hidden, 3)
check.equal(r[10].status, "diverged")
check.equal(r[10].loss, nil)
check.equal(r[0], nil)
check.equal(r[3001], nil)

local n, last = 0, math.huge
for one in r:rows { where = "loss < 0.1", order = "loss desc" } do
  assert(one.loss < 0.1 and one.loss <= last)
  n, last = n + 1, one.loss
end
check.equal(r:best("loss").loss, last)
for _ in r:rows() do n = n + 1 break end -- left early: its statement is closed
assert(n > 100)

local best = r:best("loss", 5)
check.equal(#best, 5)
check.equal(best[1].run, r:best().run)
assert(best[1].loss <= best[5].loss)
assert(r:best("loss", "max").loss > 0.99)
assert(r:best("loss", 2, "max")[2].loss > 0.99)

local rates = r:by("learning_rate", "solved")
check.equal(#rates, 7)
local total = 0
for i, g in ipairs(rates) do
  assert(i == 1 or rates[i - 1].value < g.value)
  assert(g.low < g.mean and g.mean < g.high)
  total = total + g.n
end
check.equal(total, 3000)
local sizes = r:by("hidden")
check.equal(sizes[1].value, 3)
check.equal(sizes[2].value[1], 4)
assert(sizes[1].low < sizes[1].median and sizes[1].median < sizes[1].high)

local n_pairs = 0
for i, row in pairs(r) do
  n_pairs = n_pairs + (row.run == r[i].run and 1 or 0)
end
check.equal(n_pairs, #r)

check.raises("los: is no metric of " .. r.path .. "; did you mean loss? There are loss epochs solved", r.best, r, "los")
check.raises("run: is no metric of " .. r.path .. "; there are loss epochs solved", r.best, r, "run")
check.raises("loss <: is no SQL expression: syntax error", r.rows, r, { where = "loss <" })
for _, n in ipairs { 0, -1 } do
  check.raises("bad argument #3 to '?' (a count from 1 is expected)", r.best, r, "loss", n)
end
check.raises("bad argument #4 to '?' (a count from 1 is expected)", r.best, r, "loss", "max", 0)
check.raises("los: no such column; did you mean loss?", r.rows, r, { where = "los < 1" })
check.raises("whre: no such field; did you mean where?", r.rows, r, { whre = "1" })
check.raises("/nowhere.db: no such file", luron.results, "/nowhere.db")
local more = r:rows()
r:close()
r:close()
check.raises("these results are closed", more)
check.raises("these results are closed", function() return #r end)

-- A finalizer may close the results while a method reads them.
do
  local closed = 0
  collectgarbage("incremental", 0, 1000, 1)
  for _, use in ipairs { function(of) return of[5] end, function(of) return of:best("loss", 5) end,
    function(of) return of:by("seed") end,
    function(of) for row in of:rows() do if row.run > 50 then return end end end } do
    for k = 1, 40 do
      local of, n = luron.results(arg[1]), 0
      collectgarbage() collectgarbage("stop")
      local function again()
        setmetatable({}, { __gc = function()
          n = n + 1
          if n == k then of:close() closed = closed + 1 elseif n < k then again() end
        end })
      end
      again() collectgarbage("restart")
      pcall(use, of)
      n = k
    end
  end
  collectgarbage("incremental", 200, 100, 13)
  check.equal(closed > 0, true)
end
