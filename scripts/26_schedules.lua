#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 26_schedules: should the learning rate change on the way?
--
-- A schedule is a factor of the learning rate, epoch by epoch. constant is written here, the others are the library's:
-- `luron help schedules` has their formulas. At equal epochs each gets its own best rate of nine, and the same starts.
-- The constant rate 1 has the best median, and fails from a quarter of the starts; one_cycle fails from few.
--
--   luron sweep scripts/26_schedules.lua --quiet
--   luron show scripts/26_schedules.lua --by schedule,learning_rate --best 12
--
-- prints
--
--   results/26_schedules-HASH.db: 360 runs in ...
--
--   The best 12 of 36 combinations:
--   schedule   learning_rate  runs  loss median               quartiles
--   constant               1    10  0.000453915     0.0002313 .. 0.7836
--   one_cycle              1    10  0.000649953  0.0004566 .. 0.0008892
--   step                   1    10   0.00125495     0.0003958 .. 0.2147
--   cosine                 1    10   0.00126684     0.0004413 .. 0.2021
--   constant        0.316228    10   0.00235927     0.00193 .. 0.002475
--   one_cycle       0.316228    10   0.00580837    0.004642 .. 0.006433
--   cosine          0.316228    10   0.00603285    0.004967 .. 0.006548
--   step            0.316228    10   0.00909467     0.007868 .. 0.01109
--   constant             0.1    10    0.0167733      0.01526 .. 0.01851
--   one_cycle            0.1    10    0.0490157      0.04303 .. 0.05677
--   cosine               0.1    10    0.0536059       0.04454 .. 0.0611
--   step                 0.1    10    0.0848802      0.07668 .. 0.09858

local luron = require "luron"

local function constant() return 1 end

return luron.experiment {
  name = "Two spirals, four schedules",
  data = luron.data.spiral { n = 60, turns = 1 },
  hidden = { 12 },
  activation = "tanh",
  output_activation = "sigmoid",
  optimizer = "momentum",
  batch = 10,
  shuffle = true,
  epochs = 300,
  params = { step_size = 100 }, -- of the schedule step: the rate falls to a tenth twice
  sweep = {
    schedule = { constant, "step", "cosine", "one_cycle" },
    learning_rate = luron.geomspace(0.001, 10, 9),
    seed = luron.range(1, 10),
  },
}
