#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 27_early_stopping: when should training end?
--
-- Forty noisy points and far too many units: the training loss falls for ever, but what the network answers to points
-- that it does not train on soon gets worse: it learns the noise. So a fifth of the points is held out, and the
-- parameters of the epoch that was best for these are kept. Below, the loss of 400 points that nobody trained on.
--
--   luron run scripts/27_early_stopping.lua
--   luron sweep scripts/27_early_stopping.lua -q
--   luron show scripts/27_early_stopping.lua --by restore --metric test_loss
--
-- prints
--
--   early stopping
--   epoch         loss        error     accuracy  validation_loss  validation_accuracy
--     199     0.191310     0.008539     0.906250         0.033060             1.000000
--     399     0.119201     0.008241     0.937500         0.047636             1.000000
--     599     0.068604     0.007664     0.968750         0.038965             1.000000
--     799     0.023606    -0.001761     1.000000         0.216509             0.875000
--     999     0.008422    -0.000992     1.000000         0.335131             0.750000
--    1199     0.004363    -0.000547     1.000000         0.426424             0.750000
--    1399     0.002735    -0.000444     1.000000         0.504363             0.750000
--    1599     0.001889    -0.000305     1.000000         0.570711             0.750000
--    1799     0.001384    -0.000208     1.000000         0.628274             0.750000
--    1999     0.001057    -0.000141     1.000000         0.680244             0.625000
--
--   loss 0.177464, accuracy 0.875000, test_loss 0.570917, best_epoch 248.000000, 2000 epochs, finished, ...
--   watched validation_loss; best after epoch 248, which is restored
--   luron sweep scripts/27_early_stopping.lua would make about 100 runs
--
--   results/27_early_stopping-HASH.db: 100 runs in ...
--
--   restore  runs  test_loss median       quartiles
--   best       50           0.63395  0.564 .. 0.849
--   last       50           1.23837  1.130 .. 1.338

local luron = require "luron"

return luron.experiment {
  name = "early stopping",
  data = function()
    local some, others = { n = 40, noise = 0.35, seed = 1 }, { n = 400, noise = 0.35, seed = 2 }
    return luron.data.moons(some), luron.data.moons(others)
  end,
  validation = 0.2,
  hidden = { 24 },
  activation = "tanh",
  output_activation = "sigmoid",
  optimizer = "adam",
  learning_rate = 0.02,
  batch = "all",
  epochs = 2000,
  stop = { monitor = "validation_loss" },
  restore = "best",
  metrics = { "test_loss", "best_epoch" },
  sweep = { restore = { "last", "best" }, seed = luron.range(1, 50) },
}
