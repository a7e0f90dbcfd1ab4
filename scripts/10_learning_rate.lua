#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 10_learning_rate: how far should a step go?
--
-- The first sweep: a linear neuron learns y = 2 x + 1 from five points, at 11 learning rates from 40 starts each. 0.001
-- is slow, and not done after 300 epochs; then each doubling of the rate halves the epochs, down to 5 at 0.32. At 0.64
-- steps go beyond the goal and come back. From 1 on every step lands further away than it began, until the numbers
-- overflow: the run has *diverged*. That is a result and no error; such runs have no loss to compare, and rank last.
--
--   luron sweep scripts/10_learning_rate.lua
--   luron show scripts/10_learning_rate.lua --by learning_rate --metric epochs
--
-- prints
--
--   A line at many learning rates: 440 runs, 280 solved (63.64 %), 120 diverged (27.27 %)
--
--   The best 5 of 11 combinations:
--   learning_rate  runs   solved    95 % interval  loss median               quartiles
--            0.32    40  100.0 %  91.2 .. 100.0 %  3.98845e-07  9.471e-08 .. 6.117e-07
--            0.16    40  100.0 %  91.2 .. 100.0 %  6.74438e-07  4.796e-07 .. 1.526e-06
--            0.08    40  100.0 %  91.2 .. 100.0 %  8.29549e-06  6.347e-06 .. 1.035e-05
--            0.64    40  100.0 %  91.2 .. 100.0 %  1.51069e-05  1.114e-05 .. 1.974e-05
--            0.04    40  100.0 %  91.2 .. 100.0 %  2.05723e-05  1.949e-05 .. 2.227e-05
--
--   Effect of each axis, over all others:
--   axis           values  best at   solved         loss  worst at  solved  loss
--   learning_rate      11     0.32  100.0 %  3.98845e-07         1   0.0 %
--
--   results/10_learning_rate-HASH.db: 440 runs in ...
--
--   learning_rate  runs   solved    95 % interval  epochs median       quartiles
--           0.001    40    0.0 %   0.0 ..   8.8 %          300.0  300.0 .. 300.0
--           0.010    40  100.0 %  91.2 .. 100.0 %          106.0   95.0 .. 111.2
--           0.020    40  100.0 %  91.2 .. 100.0 %           53.0   48.0 ..  56.0
--           0.040    40  100.0 %  91.2 .. 100.0 %           27.0   24.0 ..  28.0
--           0.080    40  100.0 %  91.2 .. 100.0 %           13.5   12.8 ..  14.0
--           0.160    40  100.0 %  91.2 .. 100.0 %            7.0    6.0 ..   7.0
--           0.320    40  100.0 %  91.2 .. 100.0 %            5.0    5.0 ..   5.0
--           0.640    40  100.0 %  91.2 .. 100.0 %           13.0   12.0 ..  13.0
--           1.000    40    0.0 %   0.0 ..   8.8 %
--           2.000    40    0.0 %   0.0 ..   8.8 %
--           4.000    40    0.0 %   0.0 ..   8.8 %

local luron = require "luron"

return luron.experiment {
  name = "A line at many learning rates",
  inputs  = { -1, -0.5, 0, 0.5, 1 },
  targets = { -1,    0, 1,   2, 3 },
  activation = "linear",
  epochs = 300,
  stop = { error = 0.01 },
  sweep = {
    learning_rate = { 0.001, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1, 2, 4 },
    seed = luron.range(1, 40),
  },
}
