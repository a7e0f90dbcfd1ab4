#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One sweep on 1, 2 and 7 threads, and in 1, 3 and 16 shards merged in any order: the same table, byte by byte.

usage: sweep_layouts.py LURON"""
import os
import random
import subprocess
import sys
import tempfile

SCRIPT = """
local luron = require "luron"
return {
  inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, epochs = 60, stop = { error = 0.4 },
  metrics = { "mse", twice = function(run) return 2 * run.loss end }, where = function(p) return p.seed ~= 5 end,
  sweep = { hidden = { 2, 3 }, optimizer = { "sgd", "adam" }, beta1 = { 0.8, 0.9 },
            learning_rate = luron.geomspace(0.1, 10, 8), seed = luron.range(1, 30) },
}
"""


def main():
    luron = os.path.abspath(sys.argv[1])
    seed = int(os.environ.get("LURON_TEST_SEED", random.randrange(1 << 30)))
    print("LURON_TEST_SEED", seed)
    random.seed(seed)
    with tempfile.TemporaryDirectory() as folder:
        def run(*words):
            return subprocess.run([luron, *words], cwd=folder, check=True, stdout=subprocess.PIPE).stdout

        with open(os.path.join(folder, "s.lua"), "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        tables = {}
        for threads in ("1", "2", "7"):
            run("sweep", "s.lua", "-q", "-j", threads, "-o", f"j{threads}.db")
            tables[f"-j {threads}"] = run("export", f"j{threads}.db", "--csv")
        for n in (1, 3, 16):
            shards = [f"{k}-of-{n}.db" for k in range(1, n + 1)]
            for k in random.sample(range(n), n):
                run("sweep", "s.lua", "-q", "-j", "1", "--shard", f"{k + 1}/{n}", "-o", shards[k])
            random.shuffle(shards)
            run("merge", f"merged{n}.db", *shards)
            tables[f"{n} shards"] = run("export", f"merged{n}.db", "--csv")
    whole = tables["-j 1"]
    assert whole.count(b"\n") == 1 + 29 * 8 * 2 * 3, whole.count(b"\n")
    different = [name for name, table in tables.items() if table != whole]
    assert not different, different


if __name__ == "__main__":
    main()
