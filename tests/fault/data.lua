-- SPDX-License-Identifier: MIT
-- What data sets and networks allocate: from files, from formulas, cut in two, trained on, saved and loaded.
local luron = require "luron"

local paths <close> = setmetatable({}, { __close = function(all)
  for _, path in ipairs(all) do os.remove(path) end
end })

local function temporary(text)
  local path = os.tmpname()
  paths[#paths + 1] = path
  local f <close> = assert(io.open(path, "wb"))
  f:write(text)
  return path
end

local csv = temporary("a,b,kind\n1,2,x\n,3,\"y\"\n4,5,x\n6,7,y\n")
local fann = temporary("2 1 1\n1\n2\n3\n4\n")
local images = temporary("\0\0\8\2\0\0\0\2\0\0\0\3\1\2\3\4\5\6")
local labels = temporary("\0\0\8\1\0\0\0\2\1\0")
local saved = temporary("")

local d = luron.csv(csv, { targets = { "kind" }, missing = "mean" })
print(d, luron.fann(fann), luron.idx(images, labels), luron.data.spiral { n = 8 }, luron.data.parity { bits = 3 })
print(d:split(0.5, 1))
local run = luron.experiment {
  data = d, normalize = "zscore", output_activation = "softmax", epochs = 2, log = false,
}:run()
run.network:save(saved)
print(luron.load(saved):classify { 1, 2 })
