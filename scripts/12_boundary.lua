#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 12_boundary: where does the network of script 09 change its mind?
--
-- Its two inputs are a plane, and at every point of the plane it has an answer. Before training the answer hardly
-- depends on the point. After it, two lines, one a hidden neuron, hold a strip between them: inside is 0, outside is 1.
-- Look at the plane, at the way there, and at the weights, of which the hidden layer's are the lines' slopes:
--
--   luron run scripts/12_boundary.lua
--   luron plot scripts/12_boundary.lua --boundary -o boundary.png
--   luron plot scripts/12_boundary.lua --boundary --epochs 0,100,200,300,2000 -o way.png
--   luron plot scripts/12_boundary.lua --boundary --animate -o moving.png
--   luron plot scripts/12_boundary.lua --weights -o weights.png
--
-- The colour is the output, the black line is where it crosses 0.5, and each disc is a pattern in its target's colour.
--
-- prints
--
--   XOR, and where it changes its mind
--   epoch         loss        error     accuracy
--     399     0.038900     0.017792     1.000000
--     799     0.009164     0.003837     1.000000
--    1199     0.005150     0.002137     1.000000
--    1599     0.003573     0.001482     1.000000
--    1999     0.002733     0.001134     1.000000
--
--      input 1   input 2      output      target
--            1         1    0.002313           0
--            1         0    0.997619           1
--            0         1    0.996367           1
--            0         0    0.002569           0
--
--   loss 0.002728, accuracy 1.000000, 2000 epochs, finished, ...

local luron = require "luron"

return luron.experiment {
  name = "XOR, and where it changes its mind",
  inputs  = { {1, 1}, {1, 0}, {0, 1}, {0, 0} },
  targets = { 0, 1, 1, 0 },
  hidden = { 2 },
  learning_rate = 0.5,
  epochs = 2000,
  seed = 1,
  log = luron.every(400),
}
