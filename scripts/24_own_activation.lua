#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 24_own_activation: what if the activation is a function of mine?
--
-- Write it in Lua. luron calls it once with symbols in place of numbers, notes what it does with them, works out its
-- slope, and trains all runs of the sweep with that, side by side. p.slope is a number of your own, and an axis of the
-- sweep: at 0 the function is z / 2, a straight line; the larger it is, the more the function is like relu. The picture
-- shows each slope beside each learning rate:
--
--     luron plot scripts/24_own_activation.lua -x slope -y learning_rate -o swish.png
--
--   luron sweep scripts/24_own_activation.lua --quiet
--   luron show scripts/24_own_activation.lua --by slope
--
-- prints
--
--   results/24_own_activation-HASH.db: 1170 runs in ...
--
--       slope  runs  loss median         quartiles
--    0.250000    90     0.630631  0.6305 .. 0.6311
--    0.353553    90     0.630633  0.6305 .. 0.6313
--    0.500000    90     0.630000  0.4553 .. 0.6306
--    0.707107    90     0.552725  0.0957 .. 0.6297
--    1.000000    90     0.261248  0.0382 .. 0.6144
--    1.414214    90     0.108844  0.0290 .. 0.4741
--    2.000000    90     0.121825  0.0292 .. 0.4217
--    2.828427    90     0.131246  0.0313 .. 0.4171
--    4.000000    90     0.122612  0.0281 .. 0.3826
--    5.656854    90     0.125021  0.0260 .. 0.3749
--    8.000000    90     0.134115  0.0278 .. 0.3752
--   11.313708    90     0.133420  0.0301 .. 0.3829
--   16.000000    90     0.141289  0.0343 .. 0.3806

local luron = require "luron"

local function swish(z, p) return z / (1 + math.exp(-p.slope * z)) end

return luron.experiment {
  name = "Two spirals, a function of one's own",
  data = luron.data.spiral { n = 60, turns = 1 },
  hidden = { 12 },
  activation = swish,
  output_activation = "sigmoid",
  init = "he",
  batch = 10,
  shuffle = true,
  epochs = 300,
  params = { slope = 1 },
  sweep = {
    slope = luron.geomspace(0.25, 16, 13),
    learning_rate = luron.geomspace(0.03, 3, 9),
    seed = luron.range(1, 10),
  },
}
