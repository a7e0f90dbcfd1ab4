#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 03_stuck: why does this neuron learn nothing?
--
-- Now x = 0 and y = 1. The output is sigmoid(0 * w) = 0.5 whatever w is, and the step x * learning_rate * error is 0
-- whatever the error is: where the input is 0 the weight has no say, and gets no blame. 1000 steps change nothing.
--
--   luron run scripts/03_stuck.lua
--
-- prints
--
--   step   1: weight 1.2279, output 0.5000, error 0.5000
--   step 999: weight 1.2279, output 0.5000, error 0.5000

local luron = require "luron"

local x, y, learning_rate = 0, 1, 0.1

local w = luron.neuron { inputs = 1, bias = false, seed = 1 }.weights[1]
for step = 0, 999 do
  local output = luron.sigmoid(x * w)
  local error = y - output
  if step == 1 or step == 999 then
    print(string.format("step %3d: weight %.4f, output %.4f, error %.4f", step, w, output, error))
  end
  w = w + x * learning_rate * error
end
