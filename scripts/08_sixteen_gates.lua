#!/usr/bin/env luron
-- SPDX-License-Identifier: MIT
-- 08_sixteen_gates: which functions of two bits can one neuron learn?
--
-- Four patterns with a target of 0 or 1 each: 2^4 = 16 functions. All but XOR and its opposite are divided by a line.
--
--   luron run scripts/08_sixteen_gates.lua
--
-- prints
--
--   targets        outputs for 11 10 01 00
--   0000           0.00 0.00 0.00 0.00  learned
--   0001 NOR       0.00 0.01 0.01 0.97  learned
--   0010           0.01 0.00 0.98 0.02  learned
--   0011           0.01 0.00 0.99 0.99  learned
--   0100           0.01 0.98 0.00 0.02  learned
--   0101           0.01 0.99 0.00 0.99  learned
--   0110 XOR       0.51 0.51 0.50 0.50  not learned
--   0111 NAND      0.04 0.97 0.97 1.00  learned
--   1000 AND       0.97 0.02 0.02 0.00  learned
--   1001 XNOR      0.49 0.49 0.50 0.50  not learned
--   1010           0.99 0.01 1.00 0.01  learned
--   1011           0.99 0.02 1.00 0.98  learned
--   1100           0.99 1.00 0.01 0.01  learned
--   1101           0.99 1.00 0.02 0.98  learned
--   1110 OR        1.00 0.99 0.99 0.03  learned
--   1111           1.00 1.00 1.00 1.00  learned
--   14 of 16 are learned

local luron = require "luron"

local names = { [1] = "NOR", [6] = "XOR", [7] = "NAND", [8] = "AND", [9] = "XNOR", [14] = "OR" }
local inputs = { {1, 1}, {1, 0}, {0, 1}, {0, 0} }

print("targets        outputs for 11 10 01 00")
local n_learned = 0
for gate = 0, 15 do
  local targets = { gate >> 3 & 1, gate >> 2 & 1, gate >> 1 & 1, gate & 1 }
  local run = luron.experiment { inputs = inputs, targets = targets, epochs = 2000, seed = 1, log = false }:run()
  local answers, learned = {}, true
  for i = 1, 4 do
    local output = run.network:forward(inputs[i])[1]
    answers[i] = string.format("%.2f", output)
    learned = learned and (output > 0.5) == (targets[i] == 1)
  end
  if learned then n_learned = n_learned + 1 end
  print(string.format("%s %-5s     %s  %s", table.concat(targets), names[gate] or "", table.concat(answers, " "),
    learned and "learned" or "not learned"))
end
print(n_learned .. " of 16 are learned")
