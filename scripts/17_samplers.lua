#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 17_samplers: how should 64 tries be spent on two axes?
--
-- A grid of 8 x 8 tries only 8 values of each axis. Random and Sobol points try 64 of each: where one axis matters more
-- than the other, that finds better values. Sobol points also leave no large gaps.
--
--   luron run scripts/17_samplers.lua
--
-- prints

local luron = require "luron"

local function sweep(sampler, learning_rate, init_scale)
  return luron.experiment {
    name = "Circles by " .. sampler,
    data = luron.data.circles { n = 60, noise = 0.05, factor = 0.5 },
    hidden = { 6 }, activation = "tanh", output_activation = "sigmoid",
    epochs = 100,
    sampler = sampler, samples = sampler ~= "grid" and 64 or nil,
    sweep = { learning_rate = learning_rate, init_scale = init_scale, seed = luron.range(1, 5) },
  }:sweep()
end

local function show(sampler, ...)
  local best = sweep(sampler, ...):best "loss"
  print(string.format("%-7s loss %.5f at learning_rate %.3f, init_scale %.3f", sampler, best.loss, best.learning_rate,
    best.init_scale))
end

show("grid", luron.geomspace(0.001, 10, 8), luron.geomspace(0.01, 10, 8))
show("random", luron.loguniform(0.001, 10), luron.loguniform(0.01, 10))
show("sobol", luron.loguniform(0.001, 10), luron.loguniform(0.01, 10))
