#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 18_halving: must every run go to its end?
--
-- After 50 epochs most bad rates are known to be bad. Successive halving ends the worst three quarters there, and three
-- quarters of the rest after 200. Runs are ranked in brackets of 16 neighbours, so that a sweep can be stopped, resumed
-- and shared out; Sobol points, because 16 of them in a row span the whole range. Only the runs that went to the end
-- have losses to compare, so ask for those: the good rates are found with 16 % of the epochs.
--
--   luron sweep scripts/18_halving.lua
--   luron show scripts/18_halving.lua "status = 'finished'" --by learning_rate --best 6
--
-- prints
--
--   Moons with halving: 256 runs, 240 pruned (93.75 %)
--   pruned at epoch 50: 192, at 200: 48
--
--   The best 5 of 64 combinations:
--   learning_rate  runs  loss median               quartiles
--        0.649382     4  4.45886e-05     4.316e-05 .. 0.3277
--        0.562341     4  4.90095e-05  4.443e-05 .. 5.547e-05
--        0.486968     4  6.16728e-05   5.419e-05 .. 0.000127
--        0.421697     4  0.000222994  8.773e-05 .. 0.0003598
--        0.365174     4  0.000438949  0.0003536 .. 0.0004451
--
--   Effect of each axis, over all others:
--   axis           values   best at         loss  worst at     loss
--   learning_rate      64  0.649382  4.45886e-05   8.65964  9.18956
--
--   results/18_halving-HASH.db: 256 runs in ...
--
--   The best 6 of 7 combinations:
--   learning_rate  runs  loss median               quartiles
--        0.865964     1  4.10604e-05  4.106e-05 .. 4.106e-05
--        0.749894     2  4.10771e-05  3.688e-05 .. 4.527e-05
--        0.649382     3  4.36544e-05  4.267e-05 .. 4.459e-05
--        0.562341     4  4.90095e-05  4.443e-05 .. 5.547e-05
--        0.486968     3  5.43492e-05  5.403e-05 .. 6.167e-05
--        0.421697     2     8.35e-05  7.927e-05 .. 8.773e-05

local luron = require "luron"

return luron.experiment {
  name = "Moons with halving",
  data = luron.data.moons { n = 100, noise = 0.1 },
  hidden = { 8 },
  activation = "tanh",
  output_activation = "sigmoid",
  epochs = 800,
  prune = luron.halving { at = { 50, 200 }, keep = 0.25, by = "loss" },
  sampler = "sobol", samples = 64,
  sweep = {
    learning_rate = luron.loguniform(0.001, 10),
    seed = luron.range(1, 4),
  },
}
