#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 23_fractal: what does the boundary between training and divergence look like?
--
-- J. Sohl-Dickstein, "The boundary of neural network trainability is fractal" (arXiv 2402.06184): a network of width 16
-- without biases, tanh, full batch, one learning rate a layer, one pixel a run. The sign of the measure says whether it
-- trained, its size how fast; luron export scripts/23_fractal.lua -o fractal.npy takes it elsewhere. 256 x 256 pixels
-- take half a minute. The paper's 4096 x 4096 take 256 times as long, so see docs/scaling.md:
--
--     luron sweep scripts/23_fractal.lua learning_rate_1=0.01..1000:4096:log learning_rate_2=0.01..1000:4096:log
--
--   luron sweep scripts/23_fractal.lua
--
-- prints
--
--   The boundary of trainability: 65536 runs, 41478 diverged (63.29 %)
--
--   The best 5 of 65536 combinations:
--   learning_rate_1  learning_rate_2  runs         loss
--           5.56030         0.188152     1  5.98784e-31
--           4.43669         0.235803     1  5.48957e-30
--           4.64159         0.235803     1  6.25245e-30
--           3.54013         0.171907     1  2.54291e-29
--           5.08022         0.179846     1  1.38343e-28
--
--   Effect of each axis, over all others:
--   axis             values   best at         loss  worst at      loss
--   learning_rate_1     256  0.797923  4.11679e-12      1000  0.395728
--   learning_rate_2     256  0.164318  4.64302e-05  0.955855
--
--   results/23_fractal-HASH.db: 65536 runs in ...

local luron = require "luron"

local r = luron.random(1)
local inputs, targets = {}, {}
for i = 1, 16 do
  inputs[i] = {}
  for k = 1, 16 do inputs[i][k] = r:normal() end
  targets[i] = r:normal()
end

return luron.experiment {
  name = "The boundary of trainability",
  inputs = inputs, targets = targets,
  hidden = { 16 }, activation = "tanh", output_activation = "linear", bias = false,
  init_scale = 0.25, -- 1 / sqrt(16)
  loss = "mse", batch = "all", epochs = 200,
  metrics = { "trainability" },
  learning_rate = { 1, 1 },
  sweep = {
    learning_rate_1 = luron.geomspace(0.01, 1000, 256),
    learning_rate_2 = luron.geomspace(0.01, 1000, 256),
  },
}
