#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 01_untrained: what does a neuron answer before it has learned anything?
--
-- A neuron weighs its input and squeezes the result between 0 and 1: output = sigmoid(x * w). Here w is random, so the
-- answer is a guess. For the input x = 1 we wish for y = 0; the error says how far, and in which direction, it missed.
--
--   luron run scripts/01_untrained.lua
--
-- prints
--
--   seed   weight   output    error
--      1  -0.8887   0.2914  -0.2914
--      2  -1.9755   0.1218  -0.1218
--      3  -0.0134   0.4966  -0.4966
--      4  -0.6604   0.3407  -0.3407
--      5  -0.7187   0.3277  -0.3277

local luron = require "luron"

local x, y = 1, 0

print("seed   weight   output    error")
for seed = 1, 5 do
  local w = luron.random(seed):normal()
  local output = luron.sigmoid(x * w)
  local error = y - output
  print(string.format("%4d  %7.4f  %7.4f  %7.4f", seed, w, output, error))
end
