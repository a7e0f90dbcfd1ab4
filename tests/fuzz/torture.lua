-- SPDX-License-Identifier: MIT
-- Every function, method and field of the module with arguments that nobody means: closed and collected objects,
-- lists that say a wrong length, metamethods that take away what is just read. Each call may raise; none may crash, and
-- the sanitizers may find nothing. Then the same from finalizers: while others run, after the owner of an object is
-- collected, and at exit, where Lua collects nothing that a finalizer makes.
--
-- usage: luron run torture.lua [rounds] [seed] [no_exit]      It writes into the current folder.
local luron = require "luron"
local rounds, seed = tonumber(arg[1]) or 2000, tonumber(arg[2]) or 1
local n_calls, n_good, n_finalized = 0, 0, 0

local file <close> = assert(io.open("torture.csv", "w"))
file:write "a,b,y\n0,0,no\n0,1,yes\n1,0,yes\n1,1,no\n"
file:close()

-- Of its own: experiments seed math.random for their functions. xorshift64* (Vigna 2016).
local state = seed * 0x9e3779b97f4a7c15 | 1
local function random(low, high)
  if not high then low, high = 1, low end
  state = state ~ state >> 12
  state = state ~ state << 25
  state = state ~ state >> 27
  return low + (state * 0x2545f4914f6cdd1d >> 33) % (high - low + 1)
end
local function pick(list) return list[random(#list)] end

-- ---- Objects of every class ----
local base = { inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 2,
  log = false }
local function with(t)
  local out = {}
  for k, v in pairs(base) do out[k] = v end
  for k, v in pairs(t) do out[k] = v end
  return out
end

local function kept_record(experiment, overrides)
  local kept
  overrides.log = function(r) kept = r end
  experiment:run(overrides)
  return kept
end

local function objects()
  local data = luron.csv "torture.csv"
  local plain = luron.experiment(with {})
  local of_data = luron.experiment { data = data, normalize = "zscore", hidden = 2, epochs = 2, log = false, curve = 3 }
  local made = luron.experiment {
    data = function(p)
      local d = luron.csv "torture.csv"
      return d, d:rows(1, 2 + p.seed % 2)
    end,
    hidden = 1, epochs = 1, log = false, metrics = { "test_loss", size = function(run) return #run.network.hidden end },
  }
  local net = luron.network { inputs = 2, hidden = { 3, 2 }, outputs = 2, seed = 1 }
  local closed = luron.network { inputs = 2, outputs = 1 }
  local its_weights = closed.weights
  do local _ <close> = closed end
  local neuron = luron.neuron { inputs = 2 }
  local run, run_of_data, run_of_made = plain:run(), of_data:run(), made:run { seed = 2 }
  local all = {
    data, data.inputs, data.targets, data:shuffle(), luron.data.xor(), plain, of_data, made, net, net.weights,
    net.biases, net.weights[1], net.weights[1][1], closed, its_weights, neuron, neuron.weights, run, run_of_data,
    run_of_made, run.network, run_of_data.network, net:confusion { inputs = base.inputs,
      targets = { { 0, 1 }, { 1, 0 }, { 1, 0 }, { 0, 1 } } }, luron.random(7), luron.range(1, 3),
    luron.linspace(0, 1, 3), luron.geomspace(1, 2, 3), luron.uniform(0, 1), luron.loguniform(1, 2),
    luron.zip { seed = { 1, 2 }, hidden = { 1, 2 } }, luron.list { 1, 2 }, luron.halving { at = { 1 }, keep = 0.5 },
    luron.every(1), luron.activation { f = function(z) return 2 * z end }, kept_record(plain, {}),
    kept_record(of_data, {}), kept_record(made, { seed = 3 }), kept_record(luron.experiment(with {
      activation = function(z) return z / 2 end }), {}),
  }
  return all
end

local stable = objects()
local swept = luron.experiment(with { sweep = { seed = { 1, 2, 3 }, hidden = { 1, 2 } }, curve = 2,
  metrics = { half = function(run) return run.loss / 2 end } })
local results = swept:sweep()
local results_path = results.path
stable[#stable + 1] = results
local shut = swept:sweep()
shut:close()
stable[#stable + 1] = shut
local symbol
pcall(luron.experiment, with { activation = function(z) symbol = symbol or z return z end })
stable[#stable + 1] = symbol

-- ---- Arguments ----
local hostile = {
  function() return setmetatable({}, { __len = function() return -1 end }) end,
  function() return setmetatable({ 1 }, { __len = function() return math.mininteger end }) end,
  function() return setmetatable({ 1 }, { __len = function() return math.maxinteger end }) end,
  function() return setmetatable({ 1, 2 }, { __len = function() return 2 ^ 40 end }) end,
  function() return setmetatable({}, { __len = function() return 0.5 end }) end,
  function() return setmetatable({}, { __len = function() error {} end }) end,
  function() return setmetatable({}, { __index = function() error() end }) end,
  function() return setmetatable({}, { __index = function(t) return t end, __len = function() return 2 end }) end,
  function() return setmetatable({}, { __name = "luron.data", __tostring = function() return {} end }) end,
  function() -- its first element takes the others away
    local t = { {}, { 0, 1 }, { 1, 1 } }
    setmetatable(t[1], { __len = function() return 2 end, __index = function(_, i)
      t[2], t[3] = nil, nil
      collectgarbage "step"
      return i
    end })
    return t
  end,
  function() -- closes what is just used
    return setmetatable({}, { __len = function() return 2 end, __index = function(_, i)
      local object = pick(stable)
      pcall(function() local _ <close> = object end)
      collectgarbage "step"
      return i
    end })
  end,
  function() -- options whose texts go while the next one is read
    local names = { "a" .. random(1 << 30), "b" .. random(1 << 30) }
    return setmetatable({ targets = names, drop = names, classes = names }, { __index = function()
      names[1], names[2] = nil, nil
      collectgarbage()
      return nil
    end })
  end,
  function() return coroutine.create(function() coroutine.yield() end) end,
  function() return function() coroutine.yield() end end,
  function() return function(...) return ... end end,
  function() return function() return pick(stable) end end,
  function() return io.stdout end,
}
local plain_values = { 0, -1, 1, 2, 1.5, -0.0, 2 ^ 53, 2 ^ 63, -2 ^ 63, math.maxinteger, math.mininteger, 1e308, 5e-324,
  0 / 0, 1 / 0, -1 / 0, true, false, "", "loss", "seed", "sigmoid", "nothing/there.svg", "a\0b", ("x"):rep(70000),
  "torture.csv", "=" }

local value
local function list_of(depth)
  local t = {}
  for i = 1, random(0, 4) do t[i] = value(depth - 1) end
  return t
end
function value(depth)
  local kind = random(depth > 0 and 10 or 6)
  if kind == 1 then return nil end
  if kind <= 4 then return pick(plain_values) end
  if kind == 5 then return pick(hostile)() end
  if kind == 6 then return pick(stable) end
  if kind <= 8 then return list_of(depth) end
  local t = {}
  for _ = 1, random(3) do t[pick { "kind", "from", "to", "step", "n", "of", "call", 1, 2, "x" }] = value(depth - 1) end
  return t
end

-- Axes as a script may leave them.
local function changed_axis()
  local a = pick { luron.range, luron.linspace, luron.geomspace } (1, 2, 2)
  if random(2) == 1 then a = pick { luron.zip, luron.halving, luron.list } { seed = { 1, 2 }, { 1 } } end
  if random(4) == 1 then a = luron.every(2) end
  rawset(a, pick { "kind", "from", "to", "step", "n", "of", "call" }, value(1))
  return a
end

-- ---- Names ----
local names = { "forward", "predict", "classify", "loss", "accuracy", "confusion", "save", "to_c", "to_onnx", "weights",
  "biases", "bias", "inputs", "hidden", "outputs", "activation", "output_activation", "shortcuts", "rows", "where",
  "split", "folds", "shuffle", "targets", "classes", "names", "target_names", "categories", "run", "sweep",
  "plot", "status", "epochs", "solved", "error", "curve", "validation_curve", "network", "best", "by", "close", "path",
  "report",
  "normal", "uniform", "integer", "epoch", "output", "overrides", "seed", "update", "input_names", "output_names",
  "kind", "from", "of", "n", "x", 1, 2, 0, -1, 1.5, math.maxinteger, math.mininteger, true }
local fields = { "inputs", "targets", "data", "test", "validation", "validation_seed", "normalize",
  "normalize_targets", "hidden", "activation", "output_activation", "bias", "init", "init_scale", "bias_init",
  "weights", "biases", "start", "freeze", "loss", "optimizer", "learning_rate", "learning_rate_1", "momentum", "batch",
  "shuffle", "stop", "stop_error", "params", "metrics", "log", "sweep", "prune", "keep", "rank", "sampler", "samples",
  "precision", "seed", "name", "curve", "shortcuts", "pattern_weights", "class_weights", "folds", "fold", "resume",
  "until_epoch", "penalty", "schedule", "x", 1 }
-- What would be a long work, and no mistake.
local function is_work(name, v)
  return (name == "samples" or name == "curve" or name == "folds" or name == "batch") and type(v) == "number" and v > 9
end

local function fields_of()
  local t = with {}
  for _ = 1, random(3) do
    local name, v = pick(fields), random(8) == 1 and changed_axis() or value(2)
    if not is_work(name, v) then t[name] = v end
  end
  if random(3) == 1 then t.sweep = { [pick(fields)] = random(2) == 1 and changed_axis() or value(2) } end
  t.epochs = 2
  return t
end

-- ---- One call ----
local function try(f, ...)
  n_calls = n_calls + 1
  local ok, a, b, c, d = pcall(f, ...)
  if ok then n_good = n_good + 1 end
  return ok, a, b, c, d
end

local operators = {
  function(a) return #a end, function(a) return tostring(a) end, function(a, b) return a + b end,
  function(a, b) return a .. b end, function(a, b) return a == b end, function(a, b) return a < b end,
  function(a) return -a end, function(a, b) return a(b) end, function(a, b, c) a[b] = c end,
  function(a) for _ in pairs(a) do end end,
  function(a) for _ in ipairs(a) do end end,
  function(a) return next(a) end, function(a, b) return setmetatable(a, b) end, function(a) local _ <close> = a end,
  function(a) return getmetatable(a) end, function(a) return table.concat(a) end,
  function(a) return table.unpack(a, 1, 3) end,
}

local function touch(object)
  local key = pick(names)
  if random(3) == 1 then return try(pick(operators), object, random(2) == 1 and key or value(1), value(1)) end
  local ok, field = try(function() return object[key] end)
  if ok and type(field) == "function" then
    local self = random(8) == 1 and value(1) or object
    local got, a, b, c, d = try(field, self, value(2), value(1), value(1))
    if got and key == "rows" then -- an iterator, its state, and what closes it
      for _ = 1, random(8) do try(a, b, c) end
      try(function() local _ <close> = d end)
      try(a)
    end
  end
end

local makers = {}
for name, f in pairs(luron) do
  if type(f) == "function" then makers[#makers + 1] = name end
end
table.sort(makers)
local generators = {}
for name in pairs(luron.data) do generators[#generators + 1] = name end
table.sort(generators)

local steps = {
  function() touch(pick(stable)) end,
  function() touch(pick(stable)) end,
  function() try(luron[pick(makers)], value(2), value(2), value(1)) end,
  function() try(luron.data[pick(generators)], value(2)) end,
  function() try(tostring, changed_axis()) end,
  function() try(pick(operators), changed_axis(), pick(names), value(1)) end,
  function() try(luron.csv, "torture.csv", value(2)) end,
  function() try(luron.csv, "torture.csv", pick(hostile)()) end,
  function() try(luron.network, { inputs = 2, outputs = 1, [pick(fields)] = value(2) }) end,
  function() try(luron.neuron, { inputs = 2, [pick(fields)] = value(2) }) end,
  function() try(luron.data.table, { inputs = random(2) == 1 and base.inputs or value(2), targets = value(2),
    [pick { "names", "classes" }] = value(2) }) end,
  function()
    local ok, e = try(luron.experiment, fields_of())
    if ok then try(e.run, e, random(2) == 1 and { [pick(fields)] = value(2) } or nil) end
  end,
  function() try(stable[6].run, stable[6], fields_of()) end,
  function()
    local o = { name = "torture", keep = "cells", [pick { "sweep", "where", "metrics" }] = value(2) }
    try(swept.sweep, swept, o)
  end,
  function() collectgarbage(pick { "step", "generational", "incremental" }) end,
}

-- ---- From finalizers ----
-- All that an object shows, once more; within a call of somebody's, or when its owners are gone.
local function visit(all)
  n_finalized = n_finalized + 1
  for _, object in ipairs(all) do
    for _, name in ipairs(names) do
      pcall(function()
        local field = object[name]
        if type(field) == "function" and name ~= "sweep" then
          pcall(field, object, { path = "nothing/there.svg", boundary = true, epochs = { 0, 1 } })
          pcall(field, object, stable[1])
          pcall(field, object, 2)
          pcall(field, object)
        elseif type(field) == "userdata" then
          for i = 1, 2 do pcall(function() return field[i][1] end) end
          pcall(tostring, field)
        end
      end)
    end
    pcall(tostring, object)
    pcall(function() return #object end)
    pcall(function() for _, v in pairs(object) do pcall(tostring, v) end end)
  end
end

-- older: the finalizer comes after those of all the objects; else before.
local function orphans(older)
  local t = {}
  if older then setmetatable(t, { __gc = visit }) end
  for i, object in ipairs(objects()) do t[i] = object end
  if not older then setmetatable(t, { __gc = visit }) end
end

-- Data that a function makes are younger than the experiment's reading, and go before it.
local function orphans_of_functions()
  local t = {}
  local e = luron.experiment {
    data = function()
      setmetatable(t, { __gc = visit })
      return luron.csv "torture.csv"
    end,
    normalize = "zscore", hidden = 1, epochs = 1, log = function(r) t[2] = r end,
  }
  t[1] = e:run()
  t[3] = e
end

-- A row that is being made when a finalizer asks for the next ones.
local function rows_within_rows()
  local fresh = luron.results(results_path)
  local next_row, a, b, last = fresh:rows()
  for _ = 1, 3 do
    setmetatable({}, { __gc = function()
      for _ = 1, 9 do pcall(next_row, a, b) end
      pcall(function() local _ <close> = last end)
    end })
    pcall(next_row, a, b)
  end
  for _ = 1, 50 do setmetatable({}, { __gc = function() pcall(next_row) end }) pcall(fresh.best, fresh, "loss", 6) end
end

local at_exit = {}
if not arg[3] then setmetatable(at_exit, { __gc = visit }) end -- older than what follows
for i, object in ipairs(objects()) do at_exit[i] = object end
for round = 1, rounds do
  if round % 8 == 0 then setmetatable({}, { __gc = function() pcall(pick(steps)) end }) end
  if round % 500 == 1 then
    orphans(true)
    orphans(false)
    orphans_of_functions()
    rows_within_rows()
    collectgarbage "incremental"
    collectgarbage()
    collectgarbage()
  end
  local step = pick(steps)
  if random(20) == 1 then coroutine.wrap(pcall)(step) else pcall(step) end
  if round % 200 == 0 then stable[random(#stable)] = pick(objects()) end
end
local younger = objects()
if not arg[3] then setmetatable(younger, { __gc = visit }) end
_G.AT_EXIT = { at_exit, younger, results }
for _ = 1, 4 do collectgarbage() end
assert(n_finalized >= 2 and n_good > rounds // 20)
print(("%d calls, %d of them raised nothing; %d finalizers"):format(n_calls, n_good, n_finalized))
