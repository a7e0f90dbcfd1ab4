#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- One neuron, one run of 1000 steps, a hundred times: what a call of e:run costs, its start included.
local luron = require "luron"
local e = luron.experiment {
  inputs = { 1 }, targets = { 0 }, weights = { 0.37 }, biases = 0.1,
  learning_rate = 0.1, epochs = 1000, log = false,
}
local run = e:run()
print(string.format("%.17g %.17g", run.network.weights[1][1][1], run.network.biases[1][1]))
for _ = 1, 8 do
  local from = os.clock()
  for _ = 1, 100 do e:run() end
  print((os.clock() - from) / 1e5)
end
