#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether another luron, of another C library or processor, gives what the one here gives: what tutorial scripts
print, and all bits of a sweep's results file. Used by aarch64.sh and musl.sh.

usage: same.py SOURCE HERE COMMAND...      HERE: a program; COMMAND: the other, with what runs it in front"""
import os
import re
import subprocess
import sys
import tempfile

SCRIPTS = ["00_random", "02_learn", "04_bias", "09_xor_network", "24_own_activation", "25_own_rule", "26_schedules"]
SWEEP = """
local luron = require "luron"
return luron.experiment {
  inputs = { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 0, 0 } },
  targets = { 0, 1, 1, 0 },
  epochs = 300,
  stop = { error = 0.4 },
  sweep = {
    learning_rate = luron.geomspace(0.1, 10, 5), hidden = { 2, 3, 4 }, precision = { "double", "single" },
    activation = { "sigmoid", "tanh", "silu" }, optimizer = { "sgd", "adam" }, seed = luron.range(1, 10),
  },
}
"""


def output(command, folder=None):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          cwd=folder, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}")
    return re.sub(r"(epochs, \w+), .*", r"\1", done.stdout)  # what follows is the time that it took


def main(source, here, there):
    print(output(there + ["--version"]), end="")
    for name in SCRIPTS:
        script = os.path.join(source, "scripts", name + ".lua")
        one, other = output([here, "run", script]), output(there + ["run", script])
        if one != other:
            sys.exit(f"{name} prints here\n{one}\nand there\n{other}")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "sweep.lua"), "w", encoding="utf-8") as file:
            file.write(SWEEP)
        for command, name in (([here], "here.db"), (there, "there.db")):
            output(command + ["sweep", "-q", "sweep.lua", "-o", name], folder)
        print(f"{len(SCRIPTS)} scripts print the same; {output([here, 'diff', 'here.db', 'there.db'], folder)}", end="")


main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:])
