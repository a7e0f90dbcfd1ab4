#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The clock of the day is set back by a day while a sweep runs (clock_back.c): it goes on, its progress is shown, its
budget and its durations are those of a clock that nobody sets, and no time in its file is before another that came
first.

usage: clock_back.py LURON CLOCK_BACK"""
import os
import pty
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

SCRIPT = """
local luron = require "luron"
return { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 2000,
  sweep = { learning_rate = luron.geomspace(0.1, 10, 20), seed = luron.range(1, 50000) } }
"""


def sweep(luron, folder, environment, *words):
    """Its text on a terminal, and its exit code."""
    ours, its = pty.openpty()
    process = subprocess.Popen([luron, "sweep", "s.lua", "-o", "s.db", *words], cwd=folder, env=environment, stderr=its,
                               stdout=its, stdin=subprocess.DEVNULL)
    os.close(its)
    text = b""
    try:
        while part := os.read(ours, 65536):
            text += part
    except OSError:
        pass  # the other end is closed
    os.close(ours)
    return process.wait(), text.decode("utf-8", "replace")


def times(folder):
    with sqlite3.connect(os.path.join(folder, "s.db")) as db:
        return db.execute("SELECT started, updated, finished FROM sweep").fetchone()


def main():
    luron, library = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    environment = {**os.environ, "LD_PRELOAD": library, "TERM": "xterm", "COLUMNS": "100", "LINES": "24"}
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "s.lua"), "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        begin = time.monotonic()
        code, text = sweep(luron, folder, environment, "--budget", "2s")
        seconds = time.monotonic() - begin
        assert code == 0 and "the budget ended at" in text, (code, text)
        assert 2 <= seconds < 60, seconds
        shown = text.count("\r")
        assert shown > 8, (shown, text)  # a line each 0.1 s
        said = float(re.search(r"s\.db: \d+ runs in ([\d.e+-]+) s", text).group(1))
        assert 1.5 < said < seconds + 1, (said, seconds)
        started, updated, finished = times(folder)
        day = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 80000))
        assert started > day, (started, day)  # the clock was ahead then: else nothing is tested
        assert updated >= started and finished is None, (started, updated, finished)
        code, text = sweep(luron, folder, environment, "--budget", "0.5s")
        assert code == 0, text
        started, updated, finished = times(folder)
        assert updated >= started, (started, updated)
        code, text = sweep(luron, folder, environment, "learning_rate=0.1", "seed=1..100", "-q", "-o", "other.db")
        assert code == 0, text
        listed = subprocess.run([luron, "list", ".", "--json"], cwd=folder, env=environment, check=True, text=True,
                                stdout=subprocess.PIPE).stdout
        assert 0 <= float(re.search(r'"age":([\d.-]+)', listed).group(1)) < 100000, listed


if __name__ == "__main__":
    main()
