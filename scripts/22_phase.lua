#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 22_phase: where does learning begin and end, in a plane of learning rate and size of the start?
--
-- A million runs of the XOR network: 250 rates by 200 scales, from 20 starts each, half a minute. Small starts are
-- stuck between symmetric units, large ones on the flat ends of the sigmoid, small rates are not done after 200 epochs
-- and large ones jump: learning is an island. Stop the sweep with Ctrl-C when you like: the same command goes on.
--
--   luron sweep scripts/22_phase.lua
--
-- prints
--

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
