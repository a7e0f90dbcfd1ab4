#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A sweep that is killed at random moments and started again gives the table of one that was not; one that is
interrupted says so, exits with 130 within a second, and has kept what it finished.

usage: sweep_kill.py LURON KILLS INTERRUPTS    LURON_TEST_KILLS, where it is set, takes the place of KILLS
"""
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

SCRIPT = """
local luron = require "luron"
return luron.experiment {
  inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 },
  hidden = 2, epochs = 150, stop = { error = 0.4 }, curve = 2,
  sweep = { hidden = { 2, 3 }, learning_rate = luron.geomspace(0.1, 10, 8), seed = luron.range(1, %d) },
}
"""


def start(luron, folder, script, out):
    return subprocess.Popen([luron, "sweep", script, "-q", "-o", out], cwd=folder, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def export(luron, folder, db):
    return subprocess.run([luron, "export", db, "--csv"], cwd=folder, check=True, stdout=subprocess.PIPE).stdout


def end(luron, folder, db, whole):
    """Lets the sweep end: its table is that of the one that was not killed."""
    for _ in range(2):
        text, errors = start(luron, folder, "s.lua", db).communicate()
    assert b"was complete" in text, (text, errors)
    assert export(luron, folder, db) == whole
    os.remove(os.path.join(folder, db))


def kill_often(luron, folder, n_kills, span, whole):
    """Kills the same command again and again; whenever it ends before it is killed, begins another file."""
    for _ in range(n_kills):
        process = start(luron, folder, "s.lua", "killed.db")
        time.sleep(random.uniform(0, span / 3))
        ended = process.poll() is not None
        process.kill()
        process.communicate()
        if ended:
            end(luron, folder, "killed.db", whole)
    end(luron, folder, "killed.db", whole)


def until_caught(process):
    """On a busy machine it may take its time until it catches signals."""
    while process.poll() is None:
        with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
            caught = next(int(line.split()[1], 16) for line in file if line.startswith("SigCgt"))
        if caught >> (signal.SIGTERM - 1) & 1 and caught >> (signal.SIGINT - 1) & 1:
            return
        time.sleep(0.005)


def interrupt(luron, folder, n):
    slow = 10 if "LURON_SANITIZE" in os.environ else 1  # an instrumented program starts slowly
    for i in range(n):
        process = start(luron, folder, "long.lua", f"interrupted{i}.db")
        until_caught(process)
        time.sleep(slow * random.uniform(0.05, 0.6))
        begin = time.monotonic()
        process.send_signal(signal.SIGINT if i % 2 else signal.SIGTERM)
        _, errors = process.communicate()
        took = time.monotonic() - begin
        assert process.returncode == (130 if i % 2 else 143), (process.returncode, errors)
        assert took < slow, took
        if os.path.exists(os.path.join(folder, f"interrupted{i}.db")):
            rows = export(luron, folder, f"interrupted{i}.db").count(b"\n") - 1
            said = [line for line in errors.decode().splitlines() if line.startswith("interrupted at")]
            if said:
                assert int(said[0].split()[2]) == rows, (said, rows)


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also in a shell's background, where it is ignored
    luron, n_kills, n_interrupts = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    n_kills = int(os.environ.get("LURON_TEST_KILLS", n_kills))
    seed = int(os.environ.get("LURON_TEST_SEED", random.randrange(1 << 30)))
    print("LURON_TEST_SEED", seed)
    random.seed(seed)
    with tempfile.TemporaryDirectory() as folder:
        for name, seeds in (("s.lua", 400), ("long.lua", 2000000)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(SCRIPT % seeds)
        begin = time.monotonic()
        start(luron, folder, "s.lua", "whole.db").communicate()
        span = time.monotonic() - begin
        whole = export(luron, folder, "whole.db")
        assert whole.count(b"\n") == 6401, whole.count(b"\n")
        kill_often(luron, folder, n_kills, span, whole)
        interrupt(luron, folder, n_interrupts)


if __name__ == "__main__":
    main()
