#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 25_own_rule: can I write the rule that changes the weights?
--
-- A rule gets a weight, its gradient, what it has noted for this weight, and the numbers of the update. mine is
-- momentum, written out: it finds the same weights as the built-in rule. careful is new: it takes half a step where the
-- gradient turned against the way that the weight was going. A new rule is quickly written, and seldom better; lion and
-- nadam come from the library, where they are written in the same way.
--
--   luron sweep scripts/25_own_rule.lua --quiet
--   luron show scripts/25_own_rule.lua --by optimizer,learning_rate --best 4
--
-- prints
--
--   results/25_own_rule-HASH.db: 540 runs in ...
--
--   The best 4 of 54 combinations:
--   optimizer  learning_rate  runs  loss median               quartiles
--   lion           0.0100000    10  4.15800e-08  2.303e-08 .. 3.211e-07
--   lion           0.0316228    10  1.70977e-05  2.007e-06 .. 3.322e-05
--   nadam          1.0000000    10  1.19328e-04  1.099e-04 .. 1.357e-04
--   nadam          0.3162278    10  3.47835e-04  3.142e-04 .. 3.942e-04

local luron = require "luron"

local mine = luron.optimizer {
  state = { "v" },
  numbers = { momentum = 0.9 },
  update = function(w, g, s, h)
    s.v = luron.fma(h.momentum, s.v, g)
    return luron.fma(-h.learning_rate, s.v, w)
  end,
}

local careful = luron.optimizer {
  state = { "v" },
  numbers = { momentum = 0.9 },
  update = function(w, g, s, h)
    local rate = h.learning_rate
    if g * s.v < 0 then rate = rate / 2 end
    s.v = luron.fma(h.momentum, s.v, g)
    return luron.fma(-rate, s.v, w)
  end,
}

return luron.experiment {
  name = "Two spirals, rules of one's own",
  data = luron.data.spiral { n = 60, turns = 1 },
  hidden = { 12 },
  activation = "tanh",
  output_activation = "sigmoid",
  batch = 10,
  shuffle = true,
  epochs = 300,
  sweep = {
    optimizer = { "sgd", "momentum", mine, careful, "nadam", "lion" },
    learning_rate = luron.geomspace(0.001, 10, 9),
    seed = luron.range(1, 10),
  },
}
