-- SPDX-License-Identifier: MIT
-- NAME: an experiment to begin with. Change it line by line; luron help FIELD says what a field takes.
--   luron run FILE                    one training: its log, and what the network answers
--   luron sweep FILE                  all combinations of the axes below, into a results file
--   luron plot FILE -x learning_rate -y hidden -v solved -o NAME.png
local luron = require "luron"

return luron.experiment {
  name = "NAME",

  -- What is to be learned, a pattern a row. From a file: data = luron.csv("NAME.csv", { targets = { "species" } })
  inputs = { {0, 0}, {0, 1}, {1, 0}, {1, 1} },
  targets = { 0, 1, 1, 0 },

  -- The network: units of each hidden layer; { 4, 4 } are two layers, 0 is none.
  hidden = { 4 },
  activation = "tanh",
  output_activation = "sigmoid",

  -- The training. It ends early, and counts as solved, once every answer is within stop.error of its target.
  learning_rate = 0.3,
  epochs = 1000,
  stop = { error = 0.1 },
  seed = 1,

  -- What is printed: every tenth epoch.
  log = luron.every(10),

  -- What luron sweep tries: each rate with each width, and each of these 100 times, from other random weights.
  sweep = {
    learning_rate = luron.geomspace(0.01, 10, 16),
    hidden = { 2, 3, 4, 6, 8 },
    seed = luron.range(1, 100),
  },
}
