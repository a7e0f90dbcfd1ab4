#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 29_checkpoint: can a training go on where it was left?
--
-- A checkpoint holds all that a training has at a moment: weights, what the optimizer has noted, the epoch, the best so
-- far. 150 epochs of 400, a file, and the rest from the file are 400 epochs at once, to the last bit. That is so for
-- every optimizer, with shuffled batches and schedules, because epochs is always that of the whole run.
--
--   luron run scripts/29_checkpoint.lua
--
-- prints
--
--   after 150 epochs   loss 0.44175847587022132
--   and on to 400      loss 0.029111837474310648
--   400 at once        loss 0.029111837474310648
--   the same bits: true

local luron = require "luron"

local e = luron.experiment {
  data = luron.data.xor(),
  hidden = 3,
  optimizer = "adam",
  learning_rate = 0.05,
  batch = 2,
  shuffle = true,
  epochs = 400,
  log = false,
}

local path = os.tmpname()
local first = e:run { until_epoch = 150 }
first:save(path)
local rest = e:run { resume = path }
local whole = e:run()
os.remove(path)

print(string.format("after %3d epochs   loss %.17g", first.epochs, first.loss))
print(string.format("and on to %3d      loss %.17g", rest.epochs, rest.loss))
print(string.format("%3d at once        loss %.17g", whole.epochs, whole.loss))
print("the same bits: " .. tostring(rest.loss == whole.loss
  and rest.network.weights[1][1][1] == whole.network.weights[1][1][1]))
