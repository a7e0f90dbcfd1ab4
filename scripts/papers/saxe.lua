#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- papers/saxe: when a deep linear network learns what, by Saxe, McClelland and Ganguli, "Exact solutions to the
-- nonlinear dynamics of learning in deep linear neural networks" (arXiv:1312.6120, 2013).
--
-- Four items and seven properties. Their table has four modes, of strengths sqrt(7), sqrt(3), 1 and 1: what all share,
-- what tells animals from plants, and single ones. The paper's exact solution for one hidden layer says that the
-- network's part u of a mode of strength s, u0 at the start, is half of s after log(s / u0 - 1) / (2 s rate) epochs:
-- the stronger, the earlier. That is for small rates and a start in which no mode disturbs another, as here.
--
--   luron run scripts/papers/saxe.lua
--
-- prints
--
--   epochs until half is known: by the formula, here
--     strength 2.646  1489.2  1491
--     strength 1.732  2152.5  2154
--     strength 1.000  3453.4  3455
--     strength 1.000  3453.4  3455

local luron = require "luron"

-- A row per property, a column per item.
local properties = {
  { 1, 1, 1, 1 }, -- grows
  { 1, 1, 0, 0 }, -- moves
  { 0, 0, 1, 1 }, -- has roots
  { 1, 0, 0, 0 }, -- flies
  { 0, 1, 0, 0 }, -- swims
  { 0, 0, 1, 0 }, -- has leaves
  { 0, 0, 0, 1 }, -- has petals
}
local r = math.sqrt(0.5)
local modes = { { 0.5, 0.5, 0.5, 0.5 }, { 0.5, 0.5, -0.5, -0.5 }, { r, -r, 0, 0 }, { 0, 0, r, -r } }

local function column(i)
  local c = {}
  for k, row in ipairs(properties) do c[k] = row[i] end
  return c
end

local function dot(a, b)
  local s = 0
  for i = 1, #a do s = s + a[i] * b[i] end
  return s
end

local function times(rows, v)
  local out = {}
  for i, row in ipairs(rows) do out[i] = dot(row, v) end
  return out
end

-- The singular value and the left vector of each mode.
local strength, left = {}, {}
for m, v in ipairs(modes) do
  local u = times(properties, v)
  strength[m] = math.sqrt(dot(u, u))
  for i = 1, #u do u[i] = u[i] / strength[m] end
  left[m] = u
end

local inputs, targets = {}, {}
for i = 1, 4 do
  inputs[i] = { 0, 0, 0, 0 }
  inputs[i][i] = 1
  targets[i] = column(i)
end


local start, rate = 1e-3, 1e-3
local W1, W2 = {}, {}
for m = 1, 4 do
  W1[m] = {}
  for i = 1, 4 do W1[m][i] = math.sqrt(start) * modes[m][i] end
end
for k = 1, 7 do
  W2[k] = {}
  for m = 1, 4 do W2[k][m] = math.sqrt(start) * left[m][k] end
end

-- How much of mode m the network knows: left' W2 W1 right.
local function known(network, m)
  return dot(left[m], network:forward(modes[m]))
end

local half = {}
luron.experiment {
  name = "Modes of a deep linear network",
  data = { inputs = inputs, targets = targets },
  hidden = 4,
  bias = false,
  activation = "linear",
  output_activation = "linear",
  weights = { W1, W2 },
  loss = "mse",
  reduction = "half_sum",
  batch = "all",
  learning_rate = rate,
  epochs = 4000,
  log = function(record)
    for m, s in ipairs(strength) do
      if not half[m] and known(record.network, m) >= s / 2 then half[m] = record.epoch end
    end
  end,
}:run()

print "epochs until half is known: by the formula, here"
for m, s in ipairs(strength) do
  print(string.format("  strength %.3f  %6.1f  %4d", s, math.log(s / start - 1) / (2 * s * rate), half[m]))
end
