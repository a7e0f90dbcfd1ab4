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
check.raises("learning_rate: 0.1 stands twice", e.sweep, e,
  { sweep = { learning_rate = { { 0.1 }, 0.1 } }, hidden = 0 })
check.raises("hidden: 0 stands twice", e.sweep, e, { sweep = { hidden = { {}, 0 } } })
check.equal(#e:sweep { sweep = false, hidden = { 2, 3 } }, 2, "a list makes an axis, of layers too")
check.equal(#e:sweep { sweep = false, hidden = { 0, { 3, 2 } }, init_scale = { 1, 2, 3 } }, 6, "and of scales")
check.equal(#e:sweep { sweep = false, seed = luron.range(1, 3) }, 3, "what is given beside it stays")
local zipped = luron.experiment {
  inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3,
  sweep = { luron.zip { learning_rate = { 1, 2 }, init_scale = { 1, 2 } }, batch = { 1, 2 } },
}
check.equal(#zipped:sweep(), 4)
check.equal(#zipped:sweep { sweep = false, epochs = { 1, 2, 3 } }, 3, "zips go too")
check.equal(#zipped:sweep { learning_rate = 3 }, 4, "a single value takes a member away")
check.equal(zipped:sweep({ learning_rate = 3 })[1].learning_rate, nil)
check.equal(#zipped:sweep { learning_rate = { 3, 4, 5 } }, 12, "a list makes a member an axis of its own")
check.equal(#zipped:sweep { learning_rate = 3, init_scale = 1 }, 2, "of both members nothing is left")
local again = zipped:sweep { sweep = { luron.zip { batch = { 1, 2 }, learning_rate = { 3, 4 } } }, init_scale = { 7 } }
check.equal(#again, 2, "a zip takes the place of axes and of other zips' members")
check.equal(again[2].learning_rate, 4.0)
local named = luron.experiment {
  inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 3, params = { zed = 1 },
  sweep = { zed = { 1, 2 }, stop_loss = { 0.1, 0.2 }, loss_function = { "mse", "cross_entropy" } },
}
check.equal(#named:sweep { stop = { loss = 0.1 }, params = { zed = 5 } }, 2, "single values within tables")
check.equal(#named:sweep { loss = { "mse" } }, 4, "by its other name")
local shuffled = luron.experiment { inputs = { 0, 1 }, targets = { 0, 1 }, sweep = { shuffle = { true, false } } }
check.raises("batch: shuffle is an axis that no combination reads; write batch = 1 or another number: a full batch " ..
  "is not shuffled; a single value for shuffle takes the axis away", shuffled.sweep, shuffled, { batch = "all" })
check.raises("sweep: an axis without a name; write sweep = { luron.zip{...} }", luron.experiment,
  { inputs = { 0, 1 }, targets = { 0, 1 }, sweep = luron.zip { batch = { 1, 2 } } })
check.equal(#e:sweep { sweep = { hidden = { 2, 3 }, epochs = 7 } }, 20, "axes are merged one by one")
check.equal(#e:sweep { seed = luron.range(1, 8) }, 16, "more seeds extend it")

-- What is set twice is a mistake; an axis beside a value is not, since the value is what a single run has.
for message, over in pairs {
  ["sweep.seed: is set twice; seed is set beside it"] = { seed = 5, sweep = { seed = 6 } },
  ["sweep.max_epochs: is set twice; epochs is set beside it"] = { epochs = { 5 }, sweep = { max_epochs = { 6 } } },
  ["sweep.learning_rate: is set twice; learning_rate is set beside it"] =
    { learning_rate = { 1, 2 }, sweep = { learning_rate = false } },
  ["sweep.max_epochs: is another name of sweep.epochs, which is set too"] = { sweep = { epochs = 5, max_epochs = 6 } },
  ["sweep.stop_loss: is set twice; stop.loss is set beside it"] = { stop = { loss = 1 }, sweep = { stop_loss = 1 } },
  ["sweep.seed: the axis is set twice"] = { sweep = { seed = { 1 }, luron.zip { seed = { 1 }, epochs = { 2 } } } },
} do
  check.raises(message, e.sweep, e, over)
end
check.equal(#e:sweep { seed = 5, sweep = { seed = { 6, 7 } } }, 4)

-- A row is the run that its overrides give also where a layer has a number of its own beside an axis of all.
local layered = luron.experiment {
  inputs = e.inputs, targets = e.targets, hidden = 2, epochs = 20, learning_rate_1 = 5, init_scale_2 = 3,
  sweep = { learning_rate = { 0.5, 1 }, init_scale = { 1, 2 }, hidden = { 0, 2, { 2, 2 } } },
}
for row in layered:sweep():rows() do
  check.equal(layered:run(row.overrides).loss, row.loss, "run " .. row.run)
end

-- And where params are true or false, numbers and texts, which keep their type; also from a file that is opened.
local typed = luron.experiment {
  params = { flag = true, k = 3, label = "x" }, epochs = 5, log = false,
  data = function(p) return luron.data.xor { n = (p.flag and 8 or 40) + 4 * #p.label, noise = 0.1 } end,
  sweep = { flag = { true, false }, label = { "one two=2", "a,b", "", "1", "true", "back\\s", "line\nline" } },
}
local rows = luron.results(typed:sweep { k = { 1, 2.5 } }.path)
for i, row in ipairs(rows) do
  check.equal(row.flag, i <= 14, "row " .. i)
  check.equal(type(row.overrides.flag), "boolean")
  check.equal(typed:run(row.overrides).loss, row.loss, "run " .. i)
end
check.equal(#rows, 28)
check.equal(rows:by("flag")[1].value, false)

-- Another type than the script's is refused, where it is written.
for message, over in pairs {
  ["flag: 1 is not a boolean, as the script's value is"] = { flag = 1, seed = 2 },
  ['k: "a" is not a number, as the script\'s value is'] = { k = "a" },
  ["k: false is not a number, as the script's value is"] = { k = false },
  ["params.label: 3 is not a string, as the script's value is"] = { params = { label = 3 } },
} do
  check.raises(message, typed.run, typed, over)
  check.raises(message, typed.sweep, typed, over)
end
check.raises("label: true is not a string, as the script's value is", typed.run, typed, { label = true })
check.raises("flag: 0 is not a boolean, as the script's value is", typed.sweep, typed, { sweep = { flag = 0 } })
check.raises("sweep.flag: a value that is neither true nor false, as the param is", typed.sweep, typed,
  { flag = { 1, 0 } })

-- A function of the parameters sees the axis's value by whatever name the script wrote the field.
local by_name = luron.experiment {
  data = function(p)
    return { inputs = { 0, 1 }, targets = { 0, p.max_epochs == p.epochs and p.max_epochs or 0.5 } }
  end,
  max_epochs = 7, activation = "linear", sweep = { max_epochs = { 1, 2 } },
}
for row in by_name:sweep():rows() do
  local given = luron.experiment {
    inputs = { 0, 1 }, targets = { 0, row.run }, epochs = row.run, activation = "linear",
  }
  check.equal(given:run().loss, row.loss, "its own epochs")
  check.equal(by_name:run(row.overrides).loss, row.loss)
end

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

local good, text = pcall(e.sweep, e, { batch = { 8, 9 } })
check.equal(good, false)
check.equal(text:match("sweep.lua:%d+: batch: with batch=8") ~= nil, true, text)

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

-- What a function holds on to tells sweeps apart: all keys and values of tables, every digit, data sets, and globals
-- that it names; the order in which a table was filled does not.
local function path_of(held)
  return luron.experiment {
    inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, metrics = { m = function() return held and 1 end },
    sweep = { seed = { 1 } },
  }:sweep().path
end
local function set_of(x)
  return luron.data.moons { n = 10, noise = 0.1, seed = x }
end
local seen = {}
for i, held in ipairs { {}, { [10] = 1 }, { [10] = 2 }, { [11] = 2 }, { [0.5] = 2 }, { [true] = 2 }, { [{}] = 1 },
  { [{}] = 2 }, 1, 1 + 1e-15, setmetatable({}, { __index = { 1 } }), set_of(1), set_of(2), luron.neuron { inputs = 1 },
  luron.neuron { inputs = 1, seed = 2 }, luron.network { inputs = 1, hidden = 2, outputs = 1 },
  luron.network { inputs = 1, hidden = 2, outputs = 1, activation = "tanh" }, math.sin, math.cos, luron.data.moons,
  luron.data.circles, { luron.tanh }, { luron.relu } } do
  local path = path_of(held)
  check.equal(seen[path], nil, "what is held, " .. i)
  seen[path] = i
end
local up, down = {}, {}
for i = 1, 100 do
  up[i * 7], down[(101 - i) * 7] = true, true
  up["k" .. i], down["k" .. 101 - i] = i, 101 - i
end
check.equal(path_of(up), path_of(down), "in whatever order")
local function path_with_global(f)
  helper = f -- luacheck: ignore
  local function m() return helper() end -- luacheck: ignore
  return luron.experiment {
    inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, metrics = { m = m },
    sweep = { seed = { 1 } },
  }:sweep().path
end
local first = path_with_global(function() return 1 end)
check.equal(path_with_global(function() return 1 end), first, "the same global function")
check.equal(path_with_global(function() return 2 end) ~= first, true, "another global function")
unrelated = 1 -- luacheck: ignore
check.equal(path_with_global(function() return 1 end), first, "a global that is not named")

-- So does what a script puts into Lua's libraries, also where it is called as a method of a text.
local function path_with_method(f)
  string.thrice = f -- luacheck: ignore
  local function m() return ("x"):thrice() end
  return luron.experiment {
    inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, metrics = { m = m },
    sweep = { seed = { 1 } },
  }:sweep().path
end
first = path_with_method(function() return 1 end)
check.equal(path_with_method(function() return 1 end), first, "the same function in string")
check.equal(path_with_method(function() return 2 end) ~= first, true, "another function in string")
first = path_of(1)
math.unnamed = 3 -- luacheck: ignore
check.equal(path_of(1), first, "what is put in and is not named")
string.thrice, math.unnamed = nil, nil -- luacheck: ignore

-- Comments and lines do not.
local text = [[local luron = require "luron"
  local function twice(x) local f = function(y) return y * 2.5 end return f(x) end
  return luron.experiment {
    inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, sweep = { seed = { 1 } },
    metrics = { m = function(run) if run.loss then return twice(FACTOR) end return nil, true, false, 1 << 40 end },
  }:sweep().path]]
local function path_of_text(before, factor)
  return assert(load(before .. text:gsub("FACTOR", factor):gsub(" local", before .. " local"), "=text"))()
end
local plain = path_of_text("", "12")
check.equal(path_of_text(("-- nothing\n"):rep(300), "12"), plain, "the same below a comment")
check.equal(path_of_text("", "13") ~= plain, true, "another constant")

-- 64 axes, all of them params.
local params, axes = {}, {}
for i = 1, 64 do
  params["p" .. i], axes["p" .. i] = 0, i <= 3 and { i, -i } or { i }
end
local many = luron.experiment {
  inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, params = params, sweep = axes,
}:sweep()
check.equal(#many, 8)
check.equal(many[8].p3, -3)
check.equal(many[8].p64, 64)

-- One data set that a function gives to all runs is as one that is given; so are two, each to some.
local sets = { luron.data.moons { n = 30, noise = 0.1 }, luron.data.moons { n = 30, noise = 0.1, seed = 2 } }
local function losses(data)
  local text = {}
  local made = luron.experiment { data = data, epochs = 3, params = { which = 1 },
    sweep = { which = { 1, 2 }, seed = luron.range(1, 150) } }
  for row in made:sweep():rows() do text[#text + 1] = ("%a"):format(row.loss) end
  return text
end
local one, two = losses(sets[1]), losses(sets[2])
local shared, each = losses(function() return sets[1] end), losses(function(p) return sets[p.which] end)
for i = 1, 300 do
  check.equal(shared[i], one[i])
  check.equal(each[i], (i % 2 == 1 and one or two)[i])
end

-- A metric's network scales its inputs as its own run's data were scaled.
local scaled = luron.experiment {
  data = function(p) return { inputs = { p.scale, 2 * p.scale, 3 * p.scale }, targets = { 0, 1, 1 } } end,
  params = { scale = 1 }, normalize = "zscore", epochs = 30, learning_rate = 0.5,
  metrics = { out = function(run) return run.network:forward { 3 }[1] end },
  sweep = { scale = { 1, 100 }, seed = { 1, 2 } },
}
for row in scaled:sweep():rows() do
  check.equal(row.out, scaled:run(row.overrides).network:forward { 3 }[1], "scaled as its own run")
end

-- So does the network of a record that stop.when sees.
local stopped = scaled:sweep { stop = { when = function(record)
  return record.network:forward { 3 }[1] > 0.9
end } }
local solo = luron.experiment {
  inputs = { 100, 200, 300 }, targets = { 0, 1, 1 }, normalize = "zscore", epochs = 30, learning_rate = 0.5,
  stop = { when = function(record) return record.network:forward { 3 }[1] > 0.9 end },
}
for row in stopped:rows { where = "scale = 100" } do
  check.equal(row.epochs, solo:run { seed = row.seed }.epochs, "stopped as alone")
end

-- Data are made of combinations that the sweep has, once each, and not of the fields' own values.
local asked = {}
local made_of = luron.experiment {
  params = { n = 0 }, epochs = 1, log = false, sweep = { n = { 4, 8 }, optimizer = { "adam", "rprop" } }, batch = "all",
  data = function(p)
    asked[#asked + 1] = p.optimizer .. " " .. p.n
    return luron.data.xor { n = p.n }
  end,
}
check.equal(#made_of:sweep { seed = { 1, 2 } }, 8)
table.sort(asked)
check.equal(table.concat(asked, ", "), "adam 4, adam 8, rprop 4, rprop 8")
for what, over in pairs { -- a mistake in an override is told where that is written
  ["test: 1.5, but a fraction is above 0 and below 1"] = { test = 1.5 },
  ["data: nil, but a data set is expected"] = { data = function() end },
} do
  local good, message = pcall(made_of.sweep, made_of, over)
  check.equal(good, false)
  check.equal(tostring(message):match(":%d+: ([^\n]*)"), what)
  check.equal(tostring(message):match(":(%d+):"), tostring(debug.getinfo(1, "l").currentline - 3))
end
asked = {}
local where = function(p) return p.optimizer ~= "adam" and p.n > 4 end
check.equal(#made_of:sweep { n = { 0, 4, 8 }, where = where }, 1)
check.equal(table.concat(asked, ", "), "rprop 8", "where is asked first")
asked = {}
made_of:sweep { seed = { 1, 2 }, where = function(p) return where(p) and p.seed == 2 end }
check.equal(table.concat(asked, ", "), "rprop 8", "also of later seeds")
check.raises("learning_rate_3: there is 1 layer", made_of.sweep, made_of, { learning_rate_3 = 1 })

-- A function may give data of other widths than the first: metrics see each run's own network, with stop.when too.
local widths = luron.experiment {
  params = { w = 2 }, hidden = 3, epochs = 3,
  data = function(p)
    local inputs, targets = {}, {}
    for i = 1, 4 do
      inputs[i], targets[i] = {}, i % 2
      for k = 1, p.w do inputs[i][k] = (i + k) % 3 end
    end
    return { inputs = inputs, targets = targets }
  end,
  metrics = { last = function(run)
    local w = run.network.weights[1][1]
    return #w + w[#w]
  end },
  sweep = { w = { 2, 4, 900 }, seed = { 1, 2 } },
}
for _, over in ipairs { {}, { stop = { when = function() return false end } } } do
  for i, row in ipairs(widths:sweep(over)) do
    check.equal(row.last, widths:run(row.overrides).last, "width of run " .. i)
  end
end

-- Data sets that functions made for past windows are let go of, also those that a script's function returned.
local alive, most_alive = setmetatable({}, { __mode = "v" }), 0
luron.experiment {
  data = function(p)
    alive[p.seed] = luron.data.parity { bits = 12 }
    return alive[p.seed]
  end,
  epochs = 0, sweep = { seed = luron.range(1, 600) },
  metrics = { alive = function()
    local n = 0
    for _ in pairs(alive) do n = n + 1 end
    most_alive = math.max(most_alive, n)
  end },
}:sweep()
check.equal(most_alive < 400, true, most_alive .. " data sets are held at once")

-- The curves that a file keeps, as a run has them, but for points that are no numbers: of runs that were solved early,
-- that diverged, or had a validation set.
local function same_curve(a, b, name)
  if b and b[1] ~= b[1] then b = nil end
  check.equal(a and #a, b and #b, name)
  for i = 1, a and #a or 0 do
    check.equal(a[i], b[i], name)
    check.equal(a.epochs[i], b.epochs[i], name .. ".epochs")
  end
end
for _, validation in ipairs { false, { inputs = { { 0, 0.2 }, { 1, 0.3 } }, targets = { 0, 1 } } } do
  local kept = luron.experiment {
    inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 1 }, epochs = 60, curve = 7, log = false,
    validation = validation and luron.data.table(validation) or nil, output_activation = "linear",
    stop = { loss = 0.392 }, sweep = { learning_rate = { 1e-5, 0.3, 1e200 }, seed = { 1, 2 } },
  }
  local rows, seen = kept:sweep { curve = 7 }, {}
  for row in rows:rows() do
    local run = kept:run(row.overrides)
    seen[row.status] = true
    check.equal(rawget(row, "curve"), nil, "is read when it is asked for")
    same_curve(row.curve, run.curve, "curve")
    same_curve(row.validation_curve, run.validation_curve, "validation_curve")
    check.equal(row.validation_curve ~= nil, validation and row.status ~= "diverged")
    check.equal(row.curves, nil)
  end
  check.equal(seen.finished and seen.solved and seen.diverged, true)
  check.equal(#rows:best("loss").curve, #kept:run(rows:best("loss").overrides).curve)
  local row = rows[1]
  rows:close()
  check.raises("these results are closed", function() return row.curve end)
end
check.equal(e:sweep()[1].curve, nil, "none was kept")
