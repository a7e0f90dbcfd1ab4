-- SPDX-License-Identifier: MIT
-- What data sets do: parts of one, files of them, and data sets of lists.
local luron = require "luron"
local check = require "check"

local path = os.tmpname()
local function numbers(d, field)
  local t = {}
  for _, row in ipairs(d[field or "inputs"]) do t[#t + 1] = table.concat(row, " ") end
  return table.concat(t, ",")
end

local d = luron.data.table { inputs = { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } }, targets = { "b", "a", "b", "b" },
  names = { "u", "v, w" } }
check.equal(numbers(d), "1.0 2.0,3.0 4.0,5.0 6.0,7.0 8.0")
check.equal(numbers(d, "targets"), "1.0 0.0,0.0 1.0,1.0 0.0,1.0 0.0")
check.equal(table.concat(d.names, "|") .. table.concat(d.classes, "|"), "u|v, wb|a")
check.equal(luron.data.table { inputs = { 1, 2 }, targets = { { 3, 4 }, { 5, 6 } } }.targets[2][2], 6)
local function refused(message, t) check.raises(message, function() luron.data.table(t) end) end
refused("targets: 1 patterns, but inputs has 2", { inputs = { 1, 2 }, targets = { 1 } })
refused("inputs[2]: 1 number given, but it takes 2", { inputs = { { 1, 2 }, { 3 } }, targets = { 1, 2 } })
refused("targets: pattern 2 is 3, not the name of a class", { inputs = { 1, 2 }, targets = { "a", 3 },
  classes = { "a" } })
refused('targets: pattern 2: "c" is not in the list of classes', { inputs = { 1, 2 }, targets = { "a", "c" },
  classes = { "a", "b" } })
refused("names: a table is not a list of 1 names", { inputs = { 1 }, targets = { 1 }, names = { "a", "b" } })
refused("inputs[1]: a number is not finite", { inputs = { 1 / 0 }, targets = { 1 } })
refused("classes: the targets are numbers; write them as names of classes", { inputs = { 1 }, targets = { 1 },
  classes = { "a" } })
refused("inputs: nil, but a list of patterns is expected", { targets = { 1 } })

-- Rows: a range, those of which a function is true, an order.
check.equal(numbers(d:rows(2, 3)), "3.0 4.0,5.0 6.0")
check.equal(numbers(d:rows(4)), "7.0 8.0")
check.equal(d:rows(4).classes[2], "a")
check.raises("rows: from 0 to 4, but there are rows from 1 to 4", function() d:rows(0) end)
check.raises("rows: from 3 to 2, but there are rows from 1 to 4", function() d:rows(3, 2) end)
check.equal(numbers(d:where(function(x, t, i) return x[1] > 1 and t[1] == 1 and i < 4 end)), "5.0 6.0")
check.raises("where: the function is true of no row", function() d:where(function() end) end)
check.raises("oops", function() d:where(function() error "oops" end) end)
local a, b = d:split(0.5, 7)
check.equal(numbers(d:shuffle(7)), numbers(a) .. "," .. numbers(b))

-- Stratified: each class is cut alike.
local many = luron.data.gaussians { n = 90, classes = 3 }
local function counts(set)
  local n = { 0, 0, 0 }
  for _, t in ipairs(set.targets) do
    for k = 1, 3 do n[k] = n[k] + t[k] end
  end
  return ("%d %d %d"):format(n[1], n[2], n[3])
end
local train, test = many:split(0.8, 5, { stratified = true })
check.equal(counts(train) .. ", " .. counts(test), "24 24 24, 6 6 6")
check.raises("stratify: no such field; did you mean stratified?",
  function() many:split(0.8, 5, { stratify = true }) end)
check.raises("fraction: 2 is not between 0 and 1", function() many:split(2, 5, { stratified = true }) end)

-- Folds are those of an experiment's.
local folds = many:folds(3, 4)
check.equal(#folds, 3)
local fields = { hidden = 2, epochs = 2, seed = 4, log = false }
fields.data, fields.test = folds[2].train, folds[2].test
local by_hand = luron.experiment(fields):run()
fields.data, fields.test, fields.folds, fields.fold = many, nil, 3, 2
check.equal(luron.experiment(fields):run().test_loss, by_hand.test_loss)
check.raises("folds: 1 folds of 90 rows; each fold needs a row, and another to train on", function() many:folds(1) end)

-- Files: the same bits again.
local function again(set, options)
  set:save(path)
  local back = luron.csv(path, options)
  check.equal(numbers(back), numbers(set))
  check.equal(numbers(back, "targets"), numbers(set, "targets"))
  return back
end
check.equal(table.concat(again(d).names, "|"), "u|v, w")
check.equal(table.concat(again(d:rows(2), { classes = d.classes }).classes, "|"), "b|a")
again(luron.data.moons { n = 20, noise = 0.1 })
local two = luron.data.table { inputs = { 0.1, 1e-300, -0.0 }, targets = { { 1 / 3, 2 }, { 4, 1e22 }, { 5, 6 } } }
check.equal(again(two, { targets = { "y1", "y2" } }).target_names[2], "y2")

-- Categories are texts again, and what was missing is missing again.
local function write(text)
  local f <close> = assert(io.open(path, "wb"))
  f:write(text)
end
local function read()
  local f <close> = assert(io.open(path, "rb"))
  return f:read "a"
end
local saved = 'sex,town,age,class,y\nmale,York,1.5,1,yes\nfemale,"a, ""b""",,2,no\n,York,2.25,10,yes\n'
write(saved)
local options = { onehot = { "sex", "town", "class" }, missing = "mean" }
local words = luron.csv(path, options)
check.equal(tostring(again(words, options)), tostring(words))
check.equal(read(), saved)
check.equal(words.categories[2].column .. table.concat(words.categories[2], "|"), 'townYork|a, "b"')
check.equal(d.categories, nil)
-- Their order is that of first appearance, unless it is said.
options.onehot, options.classes = words.categories, words.classes
check.equal(#again(words:where(function(_, _, i) return i ~= 2 end), options).names, 8)
words:rows(2):save(path)
check.equal(luron.csv(path, { text = "onehot", missing = "mean" }).names[1], "sex=female")
options = { onehot = { column = -2, 10, "2" }, text = "onehot", missing = "median" }
check.equal(luron.csv(path, options).names[5], "class=10")
check.raises(path .. ':2: column 1 (sex): "female" is not in the column\'s list of categories',
  function() luron.csv(path, { onehot = { column = "sex", "male" }, text = "onehot", missing = "mean" }) end)
check.raises("onehot: nil is neither a column's name nor its number",
  function() luron.csv(path, { onehot = { { "a" }, "y" } }) end)
check.raises("onehot: a list of 0 names, but 1 to 1024 are possible",
  function() luron.csv(path, { onehot = { { column = "sex" } } }) end)
write "a,y\nNA,1\n?,0\n,1\n"
check.equal(luron.csv(path, { onehot = { column = 1, "", "NA", "?" } }).names[2], "a=NA")

-- Weights of rows are a column.
write "I: 0.5 T: 1;\nfreq:2.5 I: 0.25 T: 0;\n"
local weighted = luron.lens(path)
local function loss(data, weights)
  return luron.experiment { data = data, pattern_weights = weights, epochs = 3, log = false }:run().loss
end
local expected = loss(weighted)
weighted:save(path)
check.equal(read(), "x1,weight,y1\n0.5,1,1\n0.25,2.5,0\n")
check.equal(loss(luron.csv(path), "weight"), expected)
check.equal(loss(luron.csv(path, { inputs = "x1" })) ~= expected, true)
local unclear = luron.data.gaussians { n = 9, classes = 3 }
check.equal(unclear.target_names, nil)
unclear:save(path) -- targets without names are called y1, y2 and so on
local named = luron.csv(path, { targets = { "y1", "y2", "y3" } })
for i, row in ipairs(unclear.targets) do
  check.equal(table.concat(named.targets[i], " "), table.concat(row, " "))
end
check.raises("/: Is a directory", function() unclear:save "/" end)

-- As a text.
local text = tostring(luron.data.table { inputs = { { 1, 2 }, { 1, 4 } }, targets = { 0, 1 } })
check.equal(text, "luron.data: 2 rows, 2 inputs, 1 target\n  input 1: always 1\n  input 2: 2 to 4\n  target 1: 0 to 1")
do
  local f <close> = assert(io.open(path, "wb"))
  f:write "sex;age;y\nm;1;0.5\nf;;2\nm;3;1\n"
end
check.equal(tostring(luron.csv(path, { text = "onehot", missing = "mean" })), [[
luron.data: 3 rows, 3 inputs, 1 target
  sex: m 2, f 1
  age: 1 to 3 (1 missing, filled in)
  y: 0.5 to 2 (target)
  columns are separated by semicolons]])
os.remove(path)
