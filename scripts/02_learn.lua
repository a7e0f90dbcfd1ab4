#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 02_learn: how does a neuron learn from its error?
--
-- After each answer the weight is moved a little, so that the next answer is better: w = w + x * learning_rate * error.
-- First the whole loop in Lua, then the same as an experiment, which C runs: the digits are the same.
--
--   luron run scripts/02_learn.lua
--
-- prints
--
--   In Lua:
--   step   1: output 0.7596136250, error -0.7596136250
--   step 999: output 0.0104568904, error -0.0104568904
--   As an experiment:
--   step   1: output 0.7596136250, error -0.7596136250
--   step 999: output 0.0104568904, error -0.0104568904
--
--        input      output      target
--            1    0.010446           0
--
--   loss 0.010501, 1000 epochs, finished, ...

local luron = require "luron"

local x, y, learning_rate = 1, 0, 0.1

local function show(step, output, error)
  print(string.format("step %3d: output %.10f, error %.10f", step, output, error))
end

print("In Lua:")
local w = luron.neuron { inputs = 1, bias = false, seed = 1 }.weights[1]
for step = 0, 999 do
  local output = luron.sigmoid(x * w)
  local error = y - output
  if step == 1 or step == 999 then show(step, output, error) end
  w = w + x * learning_rate * error
end

-- Why this rule? Call L = -y * log(o) - (1 - y) * log(1 - o), with o = sigmoid(x * w), the cross-entropy of the answer.
-- Its slope is dL/dw = (o - y) * x = -error * x: stepping against it, w - learning_rate * dL/dw, is the rule above.

print("As an experiment:")
return luron.experiment {
  inputs = { x }, targets = { y },
  bias = false, seed = 1,
  learning_rate = learning_rate,
  epochs = 1000,
  log = function(record)
    if record.epoch == 1 or record.epoch == 999 then show(record.epoch, record.output, record.error) end
  end,
}
