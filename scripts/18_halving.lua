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
--        0.562341     4  0.000049010  4.443e-05 .. 5.547e-05
--        0.486968     4  0.000062252  5.419e-05 .. 1.250e-04
--        0.649382     4  0.000113393  4.539e-05 .. 2.487e-01
--        0.421697     4  0.000222994  8.773e-05 .. 3.598e-04
--        0.365174     4  0.000438949  4.376e-04 .. 4.451e-04
--
--   Effect of each axis, over all others:
--   axis           values   best at         loss  worst at     loss
--   learning_rate      64  0.562341  4.90095e-05   8.65964  9.18984
--
--   results/18_halving-HASH.db: 256 runs in ...
--
--   The best 6 of 8 combinations:
--   learning_rate  runs  loss median               quartiles
--        1.154782     2  2.39302e-05  2.364e-05 .. 2.422e-05
--        1.539927     1  2.41954e-05  2.420e-05 .. 2.420e-05
--        0.749894     1  3.26918e-05  3.269e-05 .. 3.269e-05
--        1.333521     1  3.30258e-05  3.303e-05 .. 3.303e-05
--        0.649382     2  4.41570e-05  4.293e-05 .. 4.539e-05
--        0.562341     4  4.90095e-05  4.443e-05 .. 5.547e-05

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
