-- SPDX-License-Identifier: MIT
-- Options of luron.csv: categories, separators, what is passed over and what is missing.
local luron = require "luron"
local check = require "check"

local folder = os.tmpname()
os.remove(folder)
local path = folder .. ".csv"
local function read(text, options)
  local f <close> = assert(io.open(path, "wb"))
  f:write(text)
  f:close()
  return luron.csv(path, options)
end
local function refused(message, text, options)
  check.raises((message:gsub("FILE", function() return path end)), function() read(text, options) end)
end
local function row(d, i) return table.concat(d.inputs[i], " ") end
local function names(d) return table.concat(d.names, " ") end

-- Categories: in order of first appearance, an input each.
local people = "age,sex,port,y\n30,male,S,0\n40,female,C,1\n50,female,S,1\n"
local d = read(people, { onehot = { "sex", "port" } })
check.equal(names(d), "age sex=male sex=female port=S port=C")
check.equal(row(d, 2), "40.0 0.0 1.0 0.0 1.0")
check.equal(names(read(people, { text = "onehot" })), names(d))
check.equal(names(read(people, { onehot = "s*", drop = "po*" })), "age sex=male sex=female")
check.equal(names(read("1,a,0\n2,b,1\n", { header = false, onehot = 2 })), "column 1 column 2=a column 2=b")
refused('FILE:2: column 2 (sex): "male" is not a number; onehot = 2 makes an input of each text, drop = 2 leaves the '
  .. "column out", people)
refused("onehot: column 4 (y) of FILE is no input", people, { onehot = "y" })
refused('text: "words" is not one of error onehot', people, { text = "words" })
local many = { "name,y" }
for i = 1, 20 do many[#many + 1] = "n" .. i .. "," .. i % 2 end
many = table.concat(many, "\n")
refused('text: FILE: column 1 (name): 20 different texts in 20 rows ("n1", ...), nearly one a row; drop = 1 leaves the '
  .. "column out, onehot = 1 takes it all the same", many, { text = "onehot" })
check.equal(#read(many, { onehot = 1 }).names, 20)
-- A row that is left out leaves no category.
check.equal(names(read("a,b,y\nu,1,0\nv,,1\nw,2,1\n", { onehot = "a", missing = "skip" })), "a=u a=w b")
-- True and false are numbers; dates are none.
check.equal(row(read("a,b,y\nTrue,no,1\nFALSE,Yes,2\n"), 2), "0.0 1.0")
for _, date in ipairs { "2024-03-01", "1/3/24", "01.03.2024", "3-Mar-24", "2024-03-01T12:30", "12:30", "Mar 2024" } do
  refused(('FILE:2: column 1 (a): "%s" is a date or a time, which is no number; write one in its place, such as the '
    .. "year or the days since the first, or drop = 1 leaves the column out"):format(date), "a,y\n" .. date .. ",1\n",
    { text = "onehot" })
end

-- Patterns of names.
local wide = "id,pixel1,pixel2,other,y\n7,1,2,3,4\n"
check.equal(names(read(wide, { inputs = "pixel*" })), "pixel1 pixel2")
check.equal(names(read(wide, { inputs = { "other", "p*1", "*" }, drop = "id" })), "other pixel1 pixel2")
check.equal(names(read("a*,ab,y\n1,2,3\n", { inputs = "a*" })), "a*")
refused('inputs: FILE has no column like "q*"', wide, { inputs = "q*" })

-- Separators: found where one alone cuts all lines alike.
check.equal(row(read("x;y\n1;2\n"), 1), "1.0")
check.equal(row(read("x\tz\ty\n1\t2\t3\n"), 1), "1.0 2.0")
check.equal(row(read("x  z y\n 1 2   3\n"), 1), "1.0 2.0")
check.equal(row(read("x, z, y\n1, 2, 3\n"), 1), "1.0 2.0")
check.equal(row(read("x;z;y\n1,5;2;3\n", { decimal = "," }), 1), "1.5 2.0")
check.equal(row(read("x z,y\n1 2,3\n", { separator = "," , onehot = 1 }), 1), "1.0")
refused('separator: the lines of FILE can be cut at "," as well as at ";"; write separator = "," or ";"',
  "1,5;2,5\n2,5;3,5\n", { header = false })
refused('decimal: "x" is not "." or ","', "x,y\n1,2\n", { decimal = "x" })
refused("decimal: the separator is a comma, too", "x,y\n1,2\n", { decimal = ",", separator = "," })
refused('FILE:2: column 1 (x): "1.5" is not a number; drop = 1 leaves the column out', "x;y\n1.5;2\n",
  { decimal = "," })

-- What is passed over.
check.equal(row(read("made by us\n\n# a, b, c\nx,y\n1,2\n  # more\n3,4\n", { skip = 2, comment = "#" }), 2), "3.0")
refused("skip: FILE has no more than 2 lines", "x,y\n1,2", { skip = 2 })
refused('FILE:5: column 1 (x): "a" is not a number; onehot = 1 makes an input of each text, drop = 1 leaves the column '
  .. "out", "head\n#\nx,y\n1,2\na,3\n", { skip = 1, comment = "#" })

-- What is of another format names its reader, and the last column that is not dropped is the target.
refused("separator: FILE has one column, which is the target; inputs need another; the first line seems to need " ..
  'separator = " "; the file looks as luron.arff reads it',
  "@relation r\n@attribute a real\n@attribute b real\n@data\n1,2\n")
check.equal(row(read("a,b,y,\n1,2,3,\n", { drop = 4 }), 1), "1.0 2.0")

-- What is missing, and what stands in its place.
local holes = "x,s,y\n1,u,1\n-999,v,2\n3,v,3\n8,.,4\n"
d = read(holes, { onehot = "s", missing = "median", missing_values = { -999, "." } })
check.equal(row(d, 2), "3.0 0.0 1.0")
check.equal(row(d, 4), "8.0 0.0 1.0")
check.equal(row(read(holes, { onehot = "s", missing = "mean", missing_values = "-999.0" }), 2), "4.0 0.0 1.0 0.0")
refused("FILE: column 1 (x) has no median; drop = 1 leaves the column out", "x,z,y\n,1,2\n,3,4\n",
  { missing = "median" })

-- A test set's columns and categories are found by name, in whatever order its file has them.
local function tested(train, test, options)
  local a = read(train, options)
  local b = read(test, options)
  local run = luron.experiment { data = a, test = b, epochs = 3, seed = 1, log = false, hidden = 2 }:run()
  check.equal(run.network:loss(b), run.test_loss) -- a network finds them, too
  return run.test_loss
end
local train = "age,sex,y\n1,m,1\n2,f,0\n3,f,1\n"
local same = tested(train, "age,sex,y\n4,m,1\n5,f,0\n", { onehot = "sex" })
check.equal(tested(train, "sex,age,y\nm,4,1\nf,5,0\n", { onehot = "sex" }), same)
check.equal(tested(train, "age,sex,y\n5,f,0\n4,m,1\n", { onehot = "sex" }) ~= nil, true)
local two = "a,b,y\n1,2,0\n3,4,1\n"
check.equal(tested(two, "b,a,y\n6,5,1\n", {}), tested(two, "a,b,y\n5,6,1\n", {}))
check.raises("test: has the inputs c d, but the training patterns have a b; { inputs = d.inputs, " ..
  "targets = d.targets } takes them by position", function() tested(two, "c,d,y\n5,6,1\n", {}) end)
check.raises('test: has no input "b", which the training patterns have',
  function() tested(two, "a,d,y\n5,6,1\n", {}) end)
check.raises('test: there is "sex=x", which the training patterns lack',
  function() tested(train, "age,sex,y\n4,x,1\n5,f,0\n", { onehot = "sex" }) end)
check.equal(tested(train, "age,sex,y\n4,x,1\n5,f,0\n", { onehot = "sex", unknown = "zeros" }) ~= nil, true)
check.raises('test: has no input "age", which the training patterns have',
  function() tested(train, "year,sex,y\n4,m,1\n5,f,0\n", { onehot = "sex" }) end)
check.raises('test: has no categories of "sex", which the training patterns have',
  function() tested(train, "age,sex,y\n4,1,1\n5,0,0\n", { text = "onehot" }) end)
local swapped = read("sex,age,y\nm,1,1\nf,2,0\nf,3,1\n", { onehot = "sex" })
local in_order = read(train, { onehot = "sex" })
local network = luron.experiment { data = in_order, epochs = 3, log = false }:run().network
for i = 1, 3 do check.equal(network:predict(swapped)[i][1], network:predict(in_order)[i][1]) end
check.raises('there is "sex=x", which the network\'s inputs lack',
  function() network:predict(read("age,sex,y\n4,x,1\n5,f,0\n", { onehot = "sex" })) end)

-- Training goes on from a network with names where the data have a column of weights, too.
local weighted = { data = read("age,w,sex,y\n1,2,m,1\n2,1,f,0\n3,1,f,1\n", { onehot = "sex" }),
  pattern_weights = "w", epochs = 3, log = false }
weighted.start = luron.experiment(weighted):run().network
check.equal(#luron.experiment(weighted):run().network.weights[1][1], 3)
