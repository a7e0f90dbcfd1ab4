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
--   constant        1.000000    10    0.0004539  2.313e-04 .. 7.836e-01
--   one_cycle       1.000000    10    0.0006500  4.566e-04 .. 8.892e-04
--   step            1.000000    10    0.0012550  3.958e-04 .. 2.147e-01
--   cosine          1.000000    10    0.0012668  4.413e-04 .. 2.021e-01
--   constant        0.316228    10    0.0023593  1.930e-03 .. 2.475e-03
--   one_cycle       0.316228    10    0.0058084  4.642e-03 .. 6.433e-03
--   cosine          0.316228    10    0.0060328  4.967e-03 .. 6.548e-03
--   step            0.316228    10    0.0090947  7.868e-03 .. 1.109e-02
--   constant        0.100000    10    0.0167733  1.526e-02 .. 1.851e-02
--   one_cycle       0.100000    10    0.0490157  4.303e-02 .. 5.677e-02
--   cosine          0.100000    10    0.0536059  4.454e-02 .. 6.110e-02
--   step            0.100000    10    0.0848802  7.668e-02 .. 9.858e-02

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
