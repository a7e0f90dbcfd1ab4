#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 06_or: and OR?
--
-- The same script with other targets, and nothing else: what a neuron computes is in its weights. AND turned around:
-- now the pattern 00 is alone on its side of the line where the output is 0.5.
--
--   luron run scripts/06_or.lua
--
-- prints
--
--   OR
--   epoch         loss        error     accuracy
--     199     0.096982    -0.043605     1.000000
--     399     0.054488    -0.024120     1.000000
--     599     0.037482    -0.016571     1.000000
--     799     0.028449    -0.012582     1.000000
--     999     0.022879    -0.010123     1.000000
--    1199     0.019112    -0.008461     1.000000
--    1399     0.016399    -0.007263     1.000000
--    1599     0.014354    -0.006359     1.000000
--    1799     0.012759    -0.005654     1.000000
--    1999     0.011481    -0.005089     1.000000
--
--      input 1   input 2      output      target
--            1         1    0.999997           1
--            1         0    0.989916           1
--            0         1    0.989884           1
--            0         0    0.025229           0
--
--   loss 0.011465, accuracy 1.000000, 2000 epochs, finished, ...

local luron = require "luron"

return luron.experiment {
  name = "OR",
  inputs  = { {1, 1}, {1, 0}, {0, 1}, {0, 0} },
  targets = { 1, 1, 1, 0 },
  learning_rate = 0.1,
  epochs = 2000,
  seed = 1,
  log = luron.every(200),
}
