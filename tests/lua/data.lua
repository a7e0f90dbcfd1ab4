-- SPDX-License-Identifier: MIT
-- Data sets in Lua: where they come from, what one reads of them, and how mistakes are answered.
local luron = require "luron"
local check = require "check"

local folder = os.tmpname()
os.remove(folder)
local function write(suffix, text)
  local path = folder .. suffix
  local f <close> = assert(io.open(path, "wb"))
  f:write(text)
  return path
end

-- CSV, and what a data set gives.
local path = write(".csv", "length,width,kind\n1,2,a\n3,4,b\n5,6,a\n,8,b\n")
local d = luron.csv(path, { targets = { "kind" }, missing = "skip" })
check.equal(#d, 3)
check.equal(tostring(d), [[
luron.data: 3 rows, 2 inputs, 2 classes
  length: 1 to 5
  width: 2 to 6
  kind: a 2, b 1]])
check.equal(#d.inputs, 3)
check.equal(table.concat(d.inputs[2], " "), "3.0 4.0")
check.equal(table.concat(d.targets[3], " "), "1.0 0.0")
check.equal(table.concat(d.classes, " "), "a b")
check.equal(table.concat(d.names, " "), "length width")
check.equal(table.concat(d.target_names, " "), "kind=a kind=b")
check.equal(luron.data.xor().names, nil)
check.equal(d.inputs[0], nil)
check.equal(d.inputs[4], nil)
check.equal(tostring(d.inputs), "3 rows of 2")
local sum = 0
for i, row in pairs(d.inputs) do
  sum = sum + i * row[1]
end
check.equal(sum, 1 + 2 * 3 + 3 * 5)
local n = 0
for i, row in ipairs(d.inputs) do
  n = n + 1
  check.equal(row[1], 2 * i - 1)
end
check.equal(n, 3)
local filled = luron.csv(path, { targets = -1, missing = "mean" })
check.equal(filled.inputs[4][1], 3)
check.equal(luron.csv(path, { targets = "kind", inputs = 2 }).inputs[4][1], 8)

-- What a first line, row names and targets are, where nothing is said; and what the messages say to write.
local function read(text, options) return luron.csv(write(".csv", text), options) end
local function refused(message, text, options)
  check.raises((message:gsub("FILE", function() return path end)), function() read(text, options) end)
end
refused('header: the first line of FILE holds numbers ("5.1") where the next one does; write header = false if it is a'
  .. " row, header = true if it names the columns", "5.1,3.5,a\n4.9,3.1,a\n6.1,2.9,b\n")
check.equal(#read("5.1,3.5,a\n4.9,3.1,a\n6.1,2.9,b\n", { header = false }), 3)
check.equal(#read("1990,1991\n1,2\n", { header = true }), 1)
check.equal(#read("1990,1991\n1,2\n", { targets = "1990" }), 1)
refused("inputs: the first column of FILE has no name, as row names of R and pandas have none; drop = 1 leaves it out,"
  .. " inputs = { ... } says which columns to take", ",x,y\n1,2,3\n2,3,4\n")
check.equal(read(",x,y\n1,2,3\n", { drop = 1 }).inputs[1][1], 2)
check.equal(#read("id,x,note,y\n1,2,a,3\n", { drop = { "id", -2 } }).inputs[1], 1)
for _, cell in ipairs { '"1,4"', '"1,400"', "12 %", "$12" } do
  refused(('FILE:2: column 2 (y): "%s" is nearly a number; write it as in 1234.5 (a point, nothing around it), or '
    .. "classes = true if it names a class"):format((cell:gsub('"', ""))), "x,y\n1," .. cell .. "\n2,3\n3,4\n")
end
refused('FILE:2: column 2 (y): "None" is a missing value; missing = "skip" leaves such rows out, "mean" fills them in',
  "x,y\n1,None\n2,3\n")
check.equal(#read("x,y\n1,None\n2,3\n", { missing = "skip" }), 1)
refused('FILE:3: column 2 (y): "7" is a number, but the targets above are names; classes = true makes classes of all,'
  .. " classes = { ... } of those listed", "x,y\n1,red\n2,7\n", { classes = "auto" })
local ids = { "x,y" }
for i = 1, 30 do ids[#ids + 1] = i .. ",row " .. i // 1.5 end
refused('FILE: column 2 (y): 21 different names in 30 rows ("row 0.0", ...), nearly a class a row; give targets another'
  .. " column, or write classes = true", table.concat(ids, "\n"))
check.equal(#read(table.concat(ids, "\n"), { classes = true }).classes, 21)
check.equal(table.concat(read("x,y\n1,2\n2,0\n", { classes = true }).classes, " "), "2 0")
check.equal(read("x,y\n1,2\n2,0\n").classes, nil)
local listed = read("x,y\n1,2.0\n2,None\n", { classes = { 0, "None", 2 } })
check.equal(table.concat(listed.classes, " "), "0 None 2")
check.equal(table.concat(listed.targets[1], " "), "0.0 0.0 1.0")
check.equal(table.concat(read("x,y\n1,a\n,b\n3,c\n", { missing = "skip" }).classes, " "), "a c")
refused('FILE:2: column 2 (y): "a" is not a number, but classes is false', "x,y\n1,a\n", { classes = false })
refused('classes: 3 is not "auto", true, false or a list of names', "x,y\n1,a\n", { classes = 3 })
refused('classes: "yes" is not "auto", true, false or a list of names', "x,y\n1,a\n", { classes = "yes" })
refused('classes: "a" is there twice', "x,y\n1,a\n", { classes = { "a", "a" } })
refused("classes: true is not the name of a class", "x,y\n1,a\n", { classes = { true } })
refused("classes: a list of 0 names, but 1 to 1024 are possible", "x,y\n1,a\n", { classes = {} })
refused("header: 1 is not true or false", "x,y\n1,a\n", { header = 1 })
refused('separator: FILE has one column, which is the target; inputs need another; the first line seems to need'
  .. ' separator = ";"',
  "x;y\n1;2\n", { separator = "," })
check.equal(read("x  y\n 1   2\n", { separator = " " }).targets[1][1], 2)
path = write(".csv", "length,width,kind\n1,2,a\n3,4,b\n5,6,a\n,8,b\n")

-- Rows outlive the variable of their data set.
local rows = luron.data.xor().inputs
collectgarbage()
check.equal(table.concat(rows[4], " "), "1.0 1.0")

-- Splits.
local big = luron.data.moons { n = 100, noise = 0.2, seed = 7 }
local a, b = big:split(0.8, 3)
check.equal(#a, 80)
check.equal(#b, 20)
check.equal(a.inputs[1][1], (big:split(0.8, 3)).inputs[1][1])
check.equal(a.classes, nil)

-- FANN and IDX. Nothing of a file reaches the terminal as it is; what is no text is named.
local function refused_fann(message, text)
  local fann_path = write(".data", text)
  check.raises((message:gsub("FILE", function() return fann_path end)), function() luron.fann(fann_path) end)
end
refused_fann('FILE:2: "?[2J?]0;title???31m" is not a number', "2 1 1\n\27[2J\27]0;title\7\xc2\x9b31m\n2\n3\n4\n")
refused_fann("FILE: the compressed data ends too early", "\31\139\8\0")
refused_fann("FILE is UTF-16; iconv -f UTF-16 -t UTF-8 makes text of it that can be read", "\255\254" .. "2\0 \0")
check.equal(luron.fann(write(".data", "\xef\xbb\xbf1 1 1\n1\n2\n")).targets[1][1], 2)
local fann = luron.fann(write(".data", "2 1 1\n1\n2\n3\n4\n"))
check.equal(fann.targets[2][1], 4)
local images = write(".images", "\0\0\8\2\0\0\0\2\0\0\0\3\1\2\3\4\5\6")
local idx = luron.idx(images, write(".labels", "\0\0\8\1\0\0\0\2\1\0"))
check.equal(table.concat(idx.inputs[2], " "), "4.0 5.0 6.0")
check.equal(table.concat(idx.classes, " "), "0 1")

-- The other formats, each by its own function and by luron.read, with options.
local function same_rows(one, other)
  check.equal(#one, #other)
  for i = 1, #one do
    check.equal(table.concat(one.inputs[i], " "), table.concat(other.inputs[i], " "))
    check.equal(table.concat(one.targets[i], " "), table.concat(other.targets[i], " "))
  end
end
local arff = write(".data", "@attribute a real\n@attribute s string\n@attribute k {no,yes}\n@data\n"
  .. "1,x,yes\n?,y,no\n3,z,no\n")
local options = { drop = { "s" }, missing = "mean" }
same_rows(luron.arff(arff, options), luron.read(arff, options))
check.equal(luron.arff(arff, options).inputs[2][1], 2)
check.equal(luron.arff(arff, { drop = "s", missing = "skip", class = "a" }).inputs[1][2], 1)
check.raises("drop: 1 is not a text", function() luron.arff(arff, { drop = { 1 } }) end)
check.raises("clas: no such field; did you mean class?", function() luron.read(arff, { clas = "a" }) end)
check.raises("class: " .. arff .. ' has no attribute "q"', function() luron.arff(arff, { class = "q" }) end)
local svm = write(".data", "-1 1:2\n1 2:3\n")
check.equal(#luron.read(svm, { inputs = 5 }).inputs[1], 5)
check.equal(table.concat(luron.libsvm(svm).classes, " "), "-1 1")
check.equal(luron.libsvm(svm, { classes = false }).targets[1][1], -1)
check.raises("inputs: 0 is not a whole number from 1 to 65536", function() luron.libsvm(svm, { inputs = 0 }) end)
check.raises("fann: 2 files given, but it takes 1", function() luron.fann(svm, svm) end)
local train, test, validation = luron.read(write(".data", "bool_in=0\nreal_in=1\nbool_out=1\nreal_out=0\n"
  .. "training_examples=2\nvalidation_examples=1\ntest_examples=0\n1 0\n2 1\n3 1\n"))
check.equal(#train, 2)
check.equal(test, nil)
check.equal(#validation, 1)
same_rows(luron.read(images, folder .. ".labels"), idx)
check.equal(luron.read(path, { missing = "skip" }).classes[1], "a")
check.raises(folder .. ".data is a network; luron.load reads it", function()
  luron.read(write(".data", "luron-network 1\n"))
end)
check.raises(folder .. ".data is of no format that can be read; there are csv fann proben1 snns lens arff libsvm npy "
  .. "idx", function() luron.read(write(".data", "\1\0\2")) end)

-- Generators.
check.equal(#luron.data.parity { bits = 4 }, 16)
check.equal(#luron.data.gaussians { n = 9, classes = 3 }.targets[1], 3)
check.equal(#luron.data.spiral(), 194)
check.equal(luron.data.circles { n = 8, factor = 0.5 }.inputs[2][1], 0.5)

-- An experiment trains on one, and the network knows the classes.
local run = luron.experiment { data = d, output_activation = "softmax", epochs = 5, log = false }:run()
local class = run.network:classify { 1, 2 }
check.equal(class == "a" or class == "b", true)

-- Mistakes.
check.raises("input: no such field; did you mean inputs?", function() return d.input end)
check.raises("a data set has d.inputs[i] and d.targets[i], not d[1]", function() return d[1] end)
check.raises("target: no such field; did you mean targets?", luron.csv, path, { target = 1 })
check.raises("targets: " .. path .. ' has no column "kin"; did you mean kind?', luron.csv, path, { targets = "kin" })
check.raises("targets: the list names no column", luron.csv, path, { targets = {} })
check.raises("targets: true is neither a column's name nor its number", luron.csv, path, { targets = true })
check.raises('missing: "men" is not one of error skip mean median', luron.csv, path, { missing = "men" })
check.raises('separator: "" is not one character', luron.csv, path, { separator = "" })
check.raises(path .. ':5: column 1 (length): "" is a missing value; missing = "skip" leaves such rows out, "mean" fills'
  .. " them in", function() luron.csv(path) end)
check.raises("fraction: 1.5 is not between 0 and 1", d.split, d, 1.5)
check.raises("bits: 17 is not a whole number from 1 to 16", luron.data.parity, { bits = 17 })
check.raises("bits: no such field; there are n noise seed", luron.data.xor, { bits = 2 })
check.raises("n: 5 rows cannot be two classes alike; write an even number from 4 on", luron.data.moons, { n = 5 })
check.raises(folder .. ".none: No such file or directory", function() luron.fann(folder .. ".none") end)

for _, suffix in ipairs { ".csv", ".data", ".images", ".labels" } do
  os.remove(folder .. suffix)
end
