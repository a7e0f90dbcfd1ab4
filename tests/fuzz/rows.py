#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Results files whose rows have values of other types than their columns, as a stranger can make them: each command
that reads them answers with one of its exit codes, and no mistake of them is more than a line.

usage: rows.py LURON
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

SCRIPT = """return {
  inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 3, log = false,
  sweep = { seed = { 1, 2, 3 } },
}
"""
CHANGES = [
    "update runs set status = 5",
    "update runs set loss = 'x'",
    "update runs set status = x'00ff'",
    "update runs set seed = 'abc', epochs = -1",
    "update runs set epochs = 'z', accuracy = x'ff', solved = 'no'",
    "update runs set seed = -9223372036854775808, loss = 9e999",
    "delete from runs",
    "drop table runs",
]
COMMANDS = [["replay", "{}", "1"], ["verify", "{}", "--sample", "2"], ["show", "{}"], ["export", "{}", "--csv"],
            ["report", "{}", "-o", "page.html"], ["diff", "{}", "whole.db"]]


def exchange(path, old, new):
    """In the words of the table; SQLite does not look whether its rows fit."""
    with sqlite3.connect(path, isolation_level=None) as c:
        c.execute("pragma writable_schema = on")
        c.execute("update sqlite_master set sql = replace(sql, ?, ?) where name = 'runs'", (old, new))
    c.close()


def damage(path, change):
    shutil.copy("whole.db", path)
    exchange(path, ") STRICT", ")")
    with sqlite3.connect(path, isolation_level=None) as c:
        c.execute(change)
    c.close()
    exchange(path, ", solved INTEGER NOT NULL)", ", solved INTEGER NOT NULL) STRICT")


def main():
    luron = os.path.realpath(sys.argv[1])
    n = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("s.lua", "w", encoding="utf-8") as f:
            f.write(SCRIPT)
        subprocess.run([luron, "sweep", "s.lua", "-q", "-o", "whole.db"], check=True, capture_output=True)
        for i, change in enumerate(CHANGES):
            path = f"strange{i}.db"
            damage(path, change)
            for command in COMMANDS:
                words = [luron] + [word.format(path) for word in command]
                done = subprocess.run(words, capture_output=True, check=False, timeout=100)
                says = done.stderr.decode(errors="replace")
                if done.returncode not in (0, 1, 3) or (done.returncode == 1 and says.count("\n") != 1):
                    sys.exit(f"{change}: {' '.join(words[1:])}: exit code {done.returncode}\n{says}")
                n += 1
    print(f"{n} commands")


main()
