-- SPDX-License-Identifier: MIT
-- Rows by names: a network takes { age = 3, sex = "male" } as luron predict takes a line of a CSV file.
local luron = require "luron"
local check = require "check"

local path = os.tmpname()
do
  local f <close> = assert(io.open(path, "wb"))
  f:write "age,sex,class,sick,y\n10,male,1,yes,1\n30,female,2,no,2\n,male,3,no,4\n50,male,1,no,3\n"
end
local d = luron.csv(path, { onehot = { "sex", "class" }, missing = "median" })
local function trained(data, fields)
  fields = fields or {}
  fields.data, fields.epochs, fields.log, fields.normalize = data, 0, false, "zscore"
  return luron.experiment(fields):run().network
end
local net = trained(d, { output_activation = "linear", loss = "mse" })
local rows = {
  { age = 10, sex = "male", class = 1, sick = true }, { age = 30.0, sex = "female", class = "2", sick = "no" },
  { age = "", sex = "male", class = 3.0, sick = false }, { age = "50", sex = "male", class = 1, sick = 0 },
}
local expected = net:predict(d)
local function agree(found)
  check.equal(#found, #expected)
  for i, y in ipairs(found) do check.equal(y[1], expected[i][1], "row " .. i) end
end
agree(net:predict(rows))
agree(net:forward(rows))
for i, row in ipairs(rows) do check.equal(net:forward(row)[1], expected[i][1]) end
rows[3].age = 0 / 0
agree(net:predict(rows))
net:save(path)
agree(luron.load(path):predict(rows))
local by_names = { inputs = rows, targets = { 1, 2, 4, 3 } }
check.equal(net:loss(by_names, "mse"), net:loss(d, "mse"))

-- What is wrong is named.
local function refused(message, row, by)
  check.raises(message, function() (by or net):forward(row) end)
end
refused("forward: age, sick: missing, but the network takes them", { sex = "male", class = 1 })
refused("forward: class: missing, but the network takes it", { sex = "male", age = 1, sick = 1 })
refused("forward: agee: the network has no such input; did you mean age?",
  { agee = 1, sex = "male", class = 1, sick = 1 })
refused("forward: a, zz: the network has no such inputs", { age = 1, sex = "male", class = 1, sick = 1, zz = 1, a = 1 })
for _, n in ipairs { 16, 17 } do -- the list is cut where the message would become too long
  local row, names = { age = 1, sex = "male", class = 1, sick = 1 }, {}
  for k = 1, n do
    names[k] = ("name%04d"):format(k)
    row[names[k]] = 1
  end
  local listed = table.concat(names, ", ", 1, 16) .. (n > 16 and " ..." or "")
  refused("forward: " .. listed .. ": the network has no such inputs", row)
end
refused("forward: a row by names has a value without a name; write name = value",
  { age = 1, sex = "male", class = 1, sick = 1, [0] = 1 })
refused('forward: sex: "child" is none of the categories that the network knows: male female',
  { age = 1, sex = "child", class = 1, sick = 1 })
refused('forward: sick: "often" is not a number', { age = 1, sex = "male", class = 1, sick = "often" })
refused('forward: age: "inf" is not a number', { age = math.huge, sex = "male", class = 1, sick = 1 })
refused("forward: age: a table is no number and no text", { age = {}, sex = "male", class = 1, sick = 1 })
refused('forward: age: "1" is no number and no text', { age = "1\0", sex = "male", class = 1, sick = 1 })
refused("forward: 1 number given, but it takes 7", { 3, sex = "male" })
refused("forward: 0 numbers given, but it takes 7", {})
check.raises("predict: sex, class, sick: missing, but the network takes them",
  function() net:predict { rows[1], { age = 1 } } end)
check.raises("inputs: age, sick: missing, but the network takes them",
  function() net:loss { inputs = { { sex = "male", class = 1 } }, targets = { 1 } } end)
refused("forward: the network's inputs have no names; write a list of 2 numbers", { x = 1, y = 2 },
  luron.network { inputs = 2, outputs = 1 })
local xor = luron.data.table { inputs = { { 0, 1 }, { 1, 0 } }, targets = { "a", "b" }, names = { "x", "y" } }
local classes = trained(xor)
check.equal(classes:classify { y = 1, x = 0 }, classes:classify { 0, 1 })
refused('forward: x: "" is a missing value', { x = "", y = 2 }, classes)
local twice = luron.data.table { inputs = { { 0, 1 }, { 1, 0 } }, targets = { 0, 1 }, names = { "x", "x" } }
refused("forward: two inputs of the network have one name; write a list of numbers", { x = 1 }, trained(twice))
os.remove(path)
