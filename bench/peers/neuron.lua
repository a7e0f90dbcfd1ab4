-- SPDX-License-Identifier: MIT
-- One neuron in plain Lua, for Lua 5.4 and LuaJIT; the talk is worker.py's.
local exp = math.exp

local function train(w, b, x, t, rate, n_steps)
  for _ = 1, n_steps do
    local error = t - 1 / (1 + exp(-(x * w + b)))
    w = w + x * rate * error
    b = b + rate * error
  end
  return w, b
end

local function round()
  local w, b
  for _ = 1, 100 do w, b = train(0.37, 0.1, 1, 0, 0.1, 1000) end
  return w, b
end

local w, b = round()
print(string.format('{"version": "%s", "units": 100000, "values": [%.17g, %.17g], "note": ""}',
  rawget(_G, "jit") and rawget(_G, "jit").version or _VERSION, w, b))
io.stdout:flush()
for _ in io.lines() do
  local from = os.clock()
  round()
  local seconds = os.clock() - from
  print(string.format('{"cpu": %.9f, "wall": %.9f}', seconds, seconds))
  io.stdout:flush()
end
