-- SPDX-License-Identifier: MIT
-- Dropout, input_noise and weight_noise as fields: what they do, as axes, and that 0 is none.
local luron = require "luron"
local check = require "check"

-- A unit is left out with its share, and what is kept is scaled so that the mean stays.
local outputs = {}
local one = luron.experiment {
  inputs = { 1 }, targets = { 0 }, hidden = 1, activation = "linear", loss = "mse", bias = false,
  weights = { { { 3 } }, { { 1 } } }, learning_rate = 0, epochs = 4000, dropout = 0.25,
  log = function(record) outputs[#outputs + 1] = record.output[1] end,
}
local run = one:run()
local kept, sum = 0, 0
for _, o in ipairs(outputs) do
  assert(o == 0 or o == 3 * (1 / (1 - 0.25)), o)
  kept, sum = kept + (o ~= 0 and 1 or 0), sum + o
end
check.equal(#outputs, 4000)
check.near(kept / 4000, 0.75, 0.03, "share that is kept")
check.near(sum / 4000, 3, 0.12, "mean of the outputs")
check.equal(run.loss, 9, "the final loss has no dropout")
check.equal(run.network:forward({ 1 })[1], 3, "nor has forward")

-- Noise has its standard deviation, on inputs and on weights.
for _, field in ipairs { "input_noise", "weight_noise" } do
  local n, mean, square = 0, 0, 0
  luron.experiment {
    inputs = { 2 }, targets = { 0 }, activation = "linear", loss = "mse", bias = false,
    weights = { 1 }, learning_rate = 0, epochs = 4000, [field] = 0.5,
    log = function(record)
      n, mean, square = n + 1, mean + record.output - 2, square + (record.output - 2) ^ 2
      check.equal(record.weights[1], 1, "a record's weights are without noise")
    end,
  }:run()
  local deviation = field == "weight_noise" and 1 or 0.5
  check.near(mean / n, 0, 0.07 * deviation, "mean of the noise")
  check.near(math.sqrt(square / n), deviation, 0.05 * deviation, field)
end

-- 0 is none, to the bit; and no field at all.
local base = {
  inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, targets = { 0, 1, 1, 0 },
  hidden = { 5, 4 }, activation = "tanh", output_activation = "sigmoid", learning_rate = 0.5, epochs = 60, seed = 3,
  shuffle = true, log = false,
}
local function with(fields)
  local e = {}
  for k, v in pairs(base) do e[k] = v end
  for k, v in pairs(fields) do e[k] = v end
  return luron.experiment(e)
end
local plain = with {}:run()
check.equal(with { dropout = 0, input_noise = 0, weight_noise = 0 }:run().loss, plain.loss)
check.equal(with { dropout = { 0, 0 }, dropout_2 = 0 }:run().loss, plain.loss)
assert(with { dropout = 0.5 }:run().loss ~= plain.loss)
check.equal(with { dropout = { 0.5, 0 } }:run().loss, with { dropout_1 = 0.5 }:run().loss, "a layer's own")
check.equal(with { dropout = 0.5 }:run().loss, with { dropout = { 0.5, 0.5 } }:run().loss, "one for all")

-- A run is the same alone and in a sweep, whatever runs beside it.
local swept = with {
  sweep = {
    dropout = { 0, 0.2, { 0.5, 0 } }, input_noise = { 0, 0.1 }, weight_noise = { 0, 0.05 }, batch = { 1, 3, "all" },
    seed = luron.range(1, 3),
  },
}
local n_rows = 0
for row in swept:sweep():rows() do
  n_rows = n_rows + 1
  if row.run % 5 == 1 then
    check.equal(with(row.overrides):run().loss, row.loss, "run " .. row.run)
  end
end
check.equal(n_rows, 3 * 2 * 2 * 3 * 3)

-- Beside networks without hidden layers, dropout is not read there.
local sizes = with { sweep = { hidden = { 0, 3, { 3, 3 } }, dropout = { 0.1, 0.5 }, dropout_2 = { 0, 0.5 } } }
local n = 0
for row in sizes:sweep():rows() do
  n = n + 1
  check.equal(row.dropout == nil, row.hidden == 0 or row.hidden == "0", "a network without hidden layers")
end
check.equal(n, 1 + 2 + 4)
