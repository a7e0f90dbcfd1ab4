#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 05_and: can one neuron learn AND?
--
-- Two inputs, so two weights, and a bias; four patterns, seen one after the other in each of 2000 epochs. The log's
-- error is the sum of the four, target - output; the accuracy is the share of outputs on the right side of 0.5.
--
--   luron run scripts/05_and.lua
--
-- prints
--
--   AND
--   epoch         loss        error     accuracy
--     199     0.156949    -0.102092     1.000000
--     399     0.094182    -0.062710     1.000000
--     599     0.066809    -0.045124     1.000000
--     799     0.051568    -0.035144     1.000000
--     999     0.041901    -0.028729     1.000000
--    1199     0.035242    -0.024268     1.000000
--    1399     0.030385    -0.020991     1.000000
--    1599     0.026690    -0.018484     1.000000
--    1799     0.023787    -0.016507     1.000000
--    1999     0.021448    -0.014908     1.000000
--
--      input 1   input 2      output      target
--            1         1    0.965200           1
--            1         0    0.024663           0
--            0         1    0.024738           0
--            0         0 2.31260e-05           0
--
--   loss 0.021366, accuracy 1.000000, 2000 epochs, finished, ...

local luron = require "luron"

return luron.experiment {
  name = "AND",
  inputs  = { {1, 1}, {1, 0}, {0, 1}, {0, 0} },
  targets = { 1, 0, 0, 0 },
  learning_rate = 0.1,
  epochs = 2000,
  seed = 1,
  log = luron.every(200),
}
