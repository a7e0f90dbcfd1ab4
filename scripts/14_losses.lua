#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 14_losses: what should training make small?
--
-- Behind a sigmoid, the slope of the squared error has a factor o * (1 - o), which is almost 0 where the neuron is sure
-- and wrong: it learns least where it should learn most. Cross-entropy has no such factor. Each loss has its own best
-- rate, so both are tried at the same rates. At its best each solves nearly all, so see how soon: cross-entropy
-- needs 57 epochs at its fastest rate, the squared error 108. Losses of two kinds do not compare, so accuracy ranks.
--
--   luron sweep scripts/14_losses.lua
--   luron show scripts/14_losses.lua --by loss_function,learning_rate --metric epochs --best 8
--
-- prints
--
--   XOR with two losses: 3600 runs, 2955 solved (82.08 %)
--   Their losses (cross_entropy, mse) do not compare: accuracy ranks. Or write metrics = {"mse"}, rank = "mse".
--
--   The best 5 of 18 combinations:
--   loss_function  learning_rate  runs  solved   95 % interval  accuracy median  quartiles
--   mse                 1.000000   200  97.0 %  93.6 .. 98.6 %                1     1 .. 1
--   cross_entropy       0.316228   200  96.0 %  92.3 .. 98.0 %                1     1 .. 1
--   mse                 0.562341   200  95.5 %  91.7 .. 97.6 %                1     1 .. 1
--   cross_entropy       0.562341   200  95.0 %  91.0 .. 97.3 %                1     1 .. 1
--   cross_entropy       0.177828   200  94.5 %  90.4 .. 96.9 %                1     1 .. 1
--
--   Effect of each axis, over all others:
--   axis           values  best at   solved  accuracy  worst at       solved  accuracy
--   loss_function       2  mse       84.2 %         1  cross_entropy  79.9 %      1.00
--   learning_rate       9  0.562341  95.2 %         1             10  44.8 %      0.75
--
--   results/14_losses-HASH.db: 3600 runs in ...
--
--   The best 8 of 18 combinations by epochs, the lowest first:
--   loss_function  learning_rate  runs  solved   95 % interval  epochs median      quartiles
--   cross_entropy       3.162278   200  94.5 %  90.4 .. 96.9 %           57.0  39.8 ..  99.2
--   cross_entropy       1.778279   200  87.0 %  81.6 .. 91.0 %           90.0  55.0 .. 153.2
--   mse                 3.162278   200  89.0 %  83.9 .. 92.6 %          108.0  75.5 .. 177.2
--   cross_entropy       1.000000   200  89.0 %  83.9 .. 92.6 %          110.0  66.8 .. 179.0
--   mse                 5.623413   200  89.0 %  83.9 .. 92.6 %          114.0  76.8 .. 205.5
--   mse                 1.778279   200  94.5 %  90.4 .. 96.9 %          125.5  80.8 .. 198.2
--   cross_entropy       0.562341   200  95.0 %  91.0 .. 97.3 %          130.0  94.8 .. 199.5
--   mse                10.000000   200  86.5 %  81.1 .. 90.6 %          146.5  98.0 .. 289.8

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
