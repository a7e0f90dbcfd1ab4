#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 22_phase: where does learning begin and end, in a plane of learning rate and size of the start?
--
-- A million runs of the XOR network: 250 rates by 200 scales, 20 starts each, in half a minute. Small starts do not
-- leave the guess in time (0.693 is log 2), small rates are not done in 200 epochs, large ones jump: learning is an
-- island. Stop the sweep with Ctrl-C when you like: the same command goes on. The second command computes one run in a
-- thousand again and compares every bit.
--
--   luron sweep scripts/22_phase.lua
--   luron verify scripts/22_phase.lua --sample 1000
--
-- prints
--
--   Phases of XOR: 1000000 runs, 51003 solved (5.1 %)
--
--   The best 5 of 50000 combinations:
--   init_scale  learning_rate  runs  solved   95 % interval  loss median           quartiles
--     0.280050        4.68471    20  95.0 %  76.4 .. 99.1 %    0.0343805  0.02988 .. 0.04026
--     0.387204        4.90640    20  95.0 %  76.4 .. 99.1 %    0.0359733  0.03026 .. 0.04476
--     0.293317        4.68471    20  95.0 %  76.4 .. 99.1 %    0.0371681  0.03063 .. 0.04189
--     0.321764        4.68471    20  95.0 %  76.4 .. 99.1 %    0.0373653  0.03447 .. 0.04138
--     0.321764        5.13858    20  90.0 %  69.9 .. 97.2 %    0.0313318  0.02545 .. 0.04168
--
--   Effect of each axis, over all others:
--   axis           values  best at  solved      loss  worst at  solved      loss
--   init_scale        200  1.48202  14.5 %  0.684768      0.01   0.6 %  0.693149
--   learning_rate     250  4.07795  43.5 %  0.293678      0.01   0.0 %  0.693375
--
--   results/22_phase-HASH.db: 1000000 runs in ...
--
--   results/22_phase-HASH.db: 1000 rows computed again, the same bit by bit

local luron = require "luron"

return luron.experiment {
  name = "Phases of XOR",
  data = luron.data.xor(),
  hidden = { 2 },
  epochs = 200,
  stop = { error = 0.5 },
  sweep = {
    learning_rate = luron.geomspace(0.01, 1000, 250),
    init_scale = luron.geomspace(0.01, 100, 200),
    seed = luron.range(1, 20),
  },
}
