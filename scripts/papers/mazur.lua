#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/mazur: the network of Matt Mazur, "A step by step backpropagation example" (2015).
--
-- One pattern, 2-2-2 sigmoids, half the squared error, a rate of 0.5. The text moves the weights alone, so the biases
-- are frozen. Its second error is 2e-7 off: it is worked out there from rounded weights.
--
--   luron run scripts/papers/mazur.lua
--
-- prints
--
--                                 published     here
--   error before                  0.2983711090  0.2983711088
--   w1 after one update           0.1497807160  0.1497807161
--   w5 after one update           0.3589164800  0.3589164797
--   error after one update        0.2910279240  0.2910277737
--   error of the 10,000th pass    0.0000351085  0.0000351085
--   first output then             0.0159121960  0.0159141850
--   second output then            0.9840657340  0.9840637123

local luron = require "luron"

local example = luron.experiment {
  inputs = { { 0.05, 0.10 } },
  targets = { { 0.01, 0.99 } },
  hidden = 2,
  weights = { { { 0.15, 0.20 }, { 0.25, 0.30 } }, { { 0.40, 0.45 }, { 0.50, 0.55 } } },
  biases = { { 0.35, 0.35 }, { 0.60, 0.60 } },
  freeze = "biases",
  loss = "mse",
  reduction = "half_sum",
  learning_rate = 0.5,
  log = false,
}

local function row(what, published, here)
  print(string.format("%-28s  %.10f  %.10f", what, published, here))
end

local first, last = example:run { epochs = 1 }, example:run { epochs = 9999 } -- the 10,000th pass sees what 9999 left
print "                              published     here"
row("error before", 0.298371109, example:run { epochs = 0 }.loss)
row("w1 after one update", 0.149780716, first.network.weights[1][1][1])
row("w5 after one update", 0.35891648, first.network.weights[2][1][1])
row("error after one update", 0.291027924, first.loss)
row("error of the 10,000th pass", 0.0000351085, last.loss)
row("first output then", 0.015912196, last.network:forward { 0.05, 0.10 }[1])
row("second output then", 0.984065734, last.network:forward { 0.05, 0.10 }[2])
