#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 13_hidden_units: do more hidden units help?
--
-- One hidden unit draws one line, and never solves XOR. Two can, and do from 58 of 100 starts. With more of them some
-- two nearly always start well: 95 in 100 with three, all 500 with six.
--
--   luron sweep scripts/13_hidden_units.lua
--
-- prints
--
--   XOR with 1 to 8 hidden units: 3000 runs, 2264 solved (75.47 %)
--
--   The best 5 of 6 combinations:
--   hidden  runs   solved    95 % interval  loss median         quartiles
--        6   500  100.0 %  99.2 .. 100.0 %     0.376200  0.3439 .. 0.4216
--        8   500  100.0 %  99.2 .. 100.0 %     0.380385  0.3508 .. 0.4192
--        4   500   99.6 %  98.6 ..  99.9 %     0.361380  0.3267 .. 0.4124
--        3   500   95.0 %  92.7 ..  96.6 %     0.343209  0.3015 .. 0.3859
--        2   500   58.2 %  53.8 ..  62.4 %     0.349276  0.3067 .. 0.3541
--
--   Effect of each axis, over all others:
--   axis    values  best at   solved    loss  worst at  solved      loss
--   hidden       6        6  100.0 %  0.3762         1   0.0 %  0.481239
--
--   results/13_hidden_units-HASH.db: 3000 runs in ...

local luron = require "luron"

return luron.experiment {
  name = "XOR with 1 to 8 hidden units",
  data = luron.data.xor(),
  hidden = { 2 },
  learning_rate = 0.5,
  epochs = 2000,
  stop = { error = 0.5 },
  sweep = {
    hidden = { 1, 2, 3, 4, 6, 8 },
    seed = luron.range(1, 500),
  },
}
