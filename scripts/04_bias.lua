#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 04_bias: what frees the neuron that was stuck?
--
-- A bias: one more weight, whose input is always 1. It is learned by the same rule, b = b + 1 * learning_rate * error,
-- and works where the input is 0. The error goes to 0, the output to 1.
--
--   luron run scripts/04_bias.lua
--
-- prints
--
--   A neuron with a bias
--   epoch         loss        error       output
--       1     0.479964     0.381194     0.618806
--      10     0.371814     0.310518     0.689482
--     100     0.097194     0.092620     0.907380
--     999     0.010203     0.010151     0.989849
--
--        input      output      target
--            0    0.989859           1
--
--   loss 0.010193, 1000 epochs, finished, ...

local luron = require "luron"

return luron.experiment {
  name = "A neuron with a bias",
  inputs = { 0 },
  targets = { 1 },
  bias = true,
  learning_rate = 0.1,
  epochs = 1000,
  seed = 1,
  log = { 1, 10, 100, 999 },
}
