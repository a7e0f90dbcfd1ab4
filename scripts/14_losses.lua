#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 14_losses: what should training make small?
--
-- Behind a sigmoid, the slope of the squared error has a factor o * (1 - o), which is almost 0 where the neuron is sure
-- and wrong: it learns least where it should learn most. Cross-entropy has no such factor. Each loss has its own best
-- rate, so both are tried at the same range of rates. At its best each solves nearly all, so see how soon: of the lines
-- with 94.5 %, cross-entropy needs 57 epochs where the squared error needs 125. Losses of two kinds do not compare.
--
--   luron sweep scripts/14_losses.lua
--   luron show scripts/14_losses.lua --by loss_function,learning_rate --metric epochs --best 8
--
-- prints
--
--   XOR with two losses: 3600 runs, 2952 solved (82 %)
--
--   The best 5 of 18 combinations:
--   loss_function  learning_rate  runs  solved   95 % interval  loss median           quartiles
--   mse                        1   200  97.0 %  93.6 .. 98.6 %      0.10078   0.09289 .. 0.1131
--   cross_entropy       0.316228   200  96.0 %  92.3 .. 98.0 %     0.372894    0.3402 .. 0.4334
--   mse                 0.562341   200  95.5 %  91.7 .. 97.6 %     0.118411    0.1097 .. 0.1364
--   cross_entropy       0.562341   200  95.0 %  91.0 .. 97.3 %      0.33214    0.2941 .. 0.3734
--   mse                  1.77828   200  94.5 %  90.4 .. 96.9 %    0.0799849  0.07513 .. 0.08871
--
--   Effect of each axis, over all others:
--   axis           values  best at   solved      loss  worst at       solved     loss
--   loss_function       2  mse       84.2 %   0.10078  cross_entropy  79.8 %  0.33214
--   learning_rate       9  0.562341  95.2 %  0.225275             10  44.0 %  1.24579
--
--   results/14_losses-HASH.db: 3600 runs in ...
--
--   loss_function  learning_rate  runs  solved   95 % interval  epochs median       quartiles
--   mse                        1   200  97.0 %  93.6 .. 98.6 %            149  105.8 .. 225.2
--   cross_entropy       0.316228   200  96.0 %  92.3 .. 98.0 %            197    149 .. 314.8
--   mse                 0.562341   200  95.5 %  91.7 .. 97.6 %            225  170.5 .. 334.2
--   cross_entropy       0.562341   200  95.0 %  91.0 .. 97.3 %            130  94.75 .. 199.5
--   cross_entropy        3.16228   200  94.5 %  90.4 .. 96.9 %             57  39.75 .. 99.25
--   mse                  1.77828   200  94.5 %  90.4 .. 96.9 %          125.5  80.75 .. 198.2
--   cross_entropy       0.177828   200  94.5 %  90.4 .. 96.9 %          337.5  249.2 .. 482.8
--   mse                 0.316228   200  93.0 %  88.6 .. 95.8 %          375.5  275.8 .. 540.8

local luron = require "luron"

return luron.experiment {
  name = "XOR with two losses",
  data = luron.data.xor(),
  hidden = { 3 },
  epochs = 1000,
  stop = { error = 0.5 },
  sweep = {
    loss = { "cross_entropy", "mse" },
    learning_rate = luron.geomspace(0.1, 10, 9),
    seed = luron.range(1, 200),
  },
}
