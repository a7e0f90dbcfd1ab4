#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 07_xor_fails: and XOR, one or the other but not both?
--
-- The same experiment once more, and it fails: outputs near 0.5, weights near 0. A neuron's output is above 0.5 on one
-- side of a line in the plane of its inputs. For XOR the corners 10 and 01 must lie on one side, 11 and 00 on the
-- other; but the middle of the square lies between both pairs, and would have to be on both sides. No line does that,
-- and no amount of training. The error goes to 0 all the same, because the misses cancel: watch the loss.
--
--   luron run scripts/07_xor_fails.lua
--
-- prints
--
--   epoch  199: error  0.005587, loss 0.7194
--   epoch  399: error  0.000227, loss 0.7191
--   epoch  599: error  0.000009, loss 0.7191
--   epoch  799: error  0.000000, loss 0.7191
--   epoch  999: error  0.000000, loss 0.7191
--   epoch 1199: error  0.000000, loss 0.7191
--   epoch 1399: error  0.000000, loss 0.7191
--   epoch 1599: error  0.000000, loss 0.7191
--   epoch 1799: error  0.000000, loss 0.7191
--   epoch 1999: error  0.000000, loss 0.7191
--   1 xor 1: output 0.5128
--   1 xor 0: output 0.5128
--   0 xor 1: output 0.5000
--   0 xor 0: output 0.5000
--   weights 0.0513 and 0.0000, bias -0.0000

local luron = require "luron"

local inputs = { {1, 1}, {1, 0}, {0, 1}, {0, 0} }

local run = luron.experiment {
  inputs  = inputs,
  targets = { 0, 1, 1, 0 },
  learning_rate = 0.1,
  epochs = 2000,
  seed = 1,
  log = luron.every(200, function(record)
    print(string.format("epoch %4d: error %9.6f, loss %.4f", record.epoch, record.error, record.loss))
  end),
}:run()

local network = run.network
for _, x in ipairs(inputs) do
  print(string.format("%d xor %d: output %.4f", x[1], x[2], network:forward(x)[1]))
end
local w, b = network.weights[1][1], network.biases[1][1]
print(string.format("weights %.4f and %.4f, bias %.4f", w[1], w[2], b))
