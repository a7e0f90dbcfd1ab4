#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One command, one result: each command is run by 20 processes, whose Lua tables have orders of their own, and gives
the same text, the same results file by name, and the same rows, every time. What it gives is looked at, too.

usage: one_result.py LURON"""
import os
import re
import subprocess
import sys
import tempfile

N_PROCESSES = 20
XOR = "inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = { 2 }, epochs = 50, log = false"
SCRIPTS = {
    "xor.lua": "return { %s }" % XOR,
    "own.lua": "return { %s, learning_rate_1 = 5 }" % XOR,
    "table.lua": """
local luron = require "luron"
local e = luron.experiment { %s, params = { alpha = 1, beta = 2, gamma = 3 } }
local function show(run) print(("%%.6f"):format(run.loss)) end
show(e:run { learning_rate = 0.5, learning_rate_1 = 5 })
show(e:run { learning_rate = 0.5, learning_rate_2 = 5, init_scale = 2, init_scale_1 = 0.5, init_scale_2 = 3 })
show(e:run { stop = false, stop_loss = 0.6929, max_epochs = 40, alpha = 4, params = { beta = 5 } })
show(e:run { learning_rate_2 = 0.25, hidden = { 3, 2 }, learning_rate = 0.75, learning_rate_3 = 0.125 })
""" % XOR,
    "rows.lua": """
local luron = require "luron"
local e = luron.experiment { %s, learning_rate_1 = 5, init_scale_2 = 3,
  sweep = { learning_rate = { 0.5, 1 }, init_scale = { 1, 2 }, hidden = { 0, 2, { 2, 2 } } } }
for row in e:sweep():rows() do
  local run = e:run(row.overrides)
  print(row.run, run.loss == row.loss, run.loss)
end
""" % XOR,
    "twice.lua": """
local luron = require "luron"
local e = luron.experiment { %s, params = { alpha = 1, beta = 2 } }
for _, over in ipairs { { epochs = 1, max_epochs = 2, loss = "mse", loss_function = "mse" },
  { stop = { error = 0.1, loss = 0.2 }, stop_error = 0.1, stop_loss = 0.3 },
  { alpha = 1, beta = 2, params = { alpha = 3, beta = 4 } },
  { seed = 5, hidden = 3, sweep = { seed = 6, hidden = 2 } } } do
  print(select(2, pcall(e.sweep, e, over)))
end
""" % XOR,
    "wrong.lua": "return { %s, params = { ['a b'] = 1, ['b c'] = 2, seed = 3 }, metrics = { [1] = 2 } }" % XOR,
    "words.lua": """
local luron = require "luron"
local words = {}
for _, word in ipairs { "delta", "alpha", "echo", "bravo", "charlie" } do words[word] = #word end
helper, other, third = function() return words.echo end, 7, { alpha = 1, bravo = { delta = 2 } }
return { %s, params = { noise = 0.5, amount = 2, share = 3 }, stop = { loss = 0.001, error = 0.1, patience = 40 },
  metrics = { "mse", "error_max", zulu = function(run) return run.loss + helper() end,
    alpha = function() return words.bravo + other end, mike = function() return third.bravo.delta end },
  sweep = { noise = { 0.5, 1 }, amount = { 1, 2 }, share = { 1, 2 }, learning_rate = { 0.5, 1 }, bias = { true, false },
    luron.zip { init_scale = { 1, 2 }, momentum = { 0.5, 0.9 }, optimizer = { "momentum", "nesterov" } } } }
""" % XOR,
}
# The command, and what stands in its text.
COMMANDS = [
    (["run", "xor.lua", "learning_rate=0.5"], "loss 0.692417"),
    (["run", "xor.lua", "learning_rate=0.5", "learning_rate_1=5"], "loss 0.692091"),
    (["run", "xor.lua", "learning_rate_1=5", "learning_rate=0.5"], "loss 0.692091"),
    (["run", "own.lua", "learning_rate=0.5"], "loss 0.692417"),
    (["run", "own.lua", "learning_rate_2=0.5"], "loss 0.692091"),
    (["run", "xor.lua", "init_scale=0.5", "init_scale_2=5", "learning_rate=0.1"], "loss 0.704549"),
    (["run", "xor.lua", "init_scale_2=5", "init_scale=0.5", "learning_rate=0.1"], "loss 0.704549"),
    (["run", "table.lua"], "0.692091\n"),
    (["run", "rows.lua"], "1\ttrue\t"),
    (["run", "twice.lua"], "loss_function: is another name of loss"),
    (["run", "wrong.lua"], "params.a b: a name is"),
    (["sweep", "xor.lua", "learning_rate=0.5", "learning_rate_1=5", "seed=1,2"], "results/xor-"),
    (["sweep", "xor.lua", "init_scale_2=5", "init_scale=0.5", "hidden=2,3"], "results/xor-"),
    (["sweep", "own.lua", "learning_rate=0.5,1", "init_scale=2"], "results/own-"),
    (["sweep", "words.lua", "stop.error=0.2", "epochs=9", "stop.loss=0.1"], "results/words-"),
]


def answer(luron, words, scripts):
    """What one process says and leaves behind, but for the times it took."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in scripts.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run([luron, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=120, check=False)
        results = os.path.join(folder, "results")
        files = sorted(os.listdir(results)) if os.path.isdir(results) else []
        tables = [subprocess.run([luron, "export", os.path.join(results, file), "--csv"], check=True,
                                 stdout=subprocess.PIPE, text=True).stdout for file in files]
    said = re.sub(r"\d[\d.e+-]* (ns|us|ms|s)\b", "TIME", done.stdout)
    return f"[{done.returncode}] {said}\n{files}\n" + "\n".join(tables)


def main():
    luron = os.path.abspath(sys.argv[1])
    wrong = []
    for words, part in COMMANDS:
        answers = {answer(luron, words, SCRIPTS) for _ in range(N_PROCESSES)}
        if len(answers) != 1:
            wrong.append(f"{' '.join(words)}: {len(answers)} answers:\n" + "\n".join(sorted(answers)))
        elif part not in min(answers) or "\tfalse\t" in min(answers):
            wrong.append(f"{' '.join(words)}: no {part!r} in:\n{min(answers)}")
    assert not wrong, "\n\n".join(wrong)


if __name__ == "__main__":
    main()
