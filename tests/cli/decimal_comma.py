#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A script that calls os.setlocale, to a locale with a decimal comma, changes nothing: a run, a sweep's file name, hash
and rows, replay, verify, tables, exports, a page and pictures are those of the same script without the call. Skipped
(77) where such a locale cannot be made: localedef, and the sources in Debian's package locales.

usage: decimal_comma.py LURON"""
import os
import re
import subprocess
import sys
import tempfile

NAME = "de_DE.UTF-8"
SCRIPT = """
local luron = require "luron"
if os.getenv "COMMA" == "yes" then
  assert(os.setlocale "de_DE.UTF-8")
end
return luron.experiment {
  name = "comma", inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0.25 }, hidden = 2, epochs = 30,
  loss = "mse", params = { noise = 0.125, label = "half" }, stop = { loss = 0.001 }, curve = 3,
  prune = luron.halving { at = { 10 }, keep = 0.75, by = "mse" },
  where = function(p) return p.learning_rate < 3.5 end,
  metrics = { "mse", more = { function(run) return run.loss * 1.5 end, better = "high" } },
  optimizer = "momentum",
  sweep = { momentum = { 0.25, 0.5 }, learning_rate = luron.linspace(0.1, 3.1, 4), seed = { 1, 2 } },
}
"""
COMMANDS = """
run s.lua learning_rate=0.5 noise=0.75 momentum=0.5
run s.lua learning_rate=0,5
run s.lua learning_rate=0.5 -q --json
run s.lua -q learning_rate=0.5x
sweep s.lua -q learning_rate=0.5,1.5 noise=0.5
sweep s.lua --explain --json
sweep s.lua -o s.db
show s.db
show s.db learning_rate=1.1 --json
show s.db --by learning_rate
show s.db --best 2 --metric more
show s.db --plot --x momentum --y learning_rate
replay s.db 3
verify s.db
export s.db -o s.csv
export s.db -o s.jsonl
report s.db -o s.html
plot s.db -o s.svg --x learning_rate --by momentum
plot s.db -o p.svg --axes momentum,learning_rate
plot s.db -o s.png --x momentum --y learning_rate
help fields
"""
# What differs from one time to the next.
TIMES = re.compile(rb"\d+(\.\d+)? (ns|us|ms|s|min|h)\b|[\d,.]+ (runs|epochs)/s|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?Z?"
                   rb'|"(runs_a_second|seconds|time_ns)":[\d.e+-]+')


def make_locale(folder):
    """Whether localedef made it."""
    try:
        subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", os.path.join(folder, NAME)], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        point = subprocess.run(["locale", "decimal_point"], env={**os.environ, "LOCPATH": folder, "LC_ALL": NAME},
                               check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return point.strip() == b","


def outcome(luron, locales, comma):
    """What each command prints and writes: name -> bytes."""
    found = {}
    env = {**os.environ, "LOCPATH": locales, "COMMA": comma}
    env.pop("LC_ALL", None)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "s.lua"), "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        for line in COMMANDS.strip().splitlines():
            done = subprocess.run([luron, *line.split()], cwd=folder, env=env, check=False, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT)
            found[line] = b"%d\n" % done.returncode + TIMES.sub(b"", done.stdout)
        for root, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(root, name)
                found[os.path.relpath(path, folder)] = b"" if name.endswith(".db") else TIMES.sub(
                    b"", open(path, "rb").read())
                if name.endswith(".db"):
                    found[name + " rows"] = subprocess.run(
                        ["sqlite3", path, "SELECT hash, experiment, axes, overrides FROM sweep", "SELECT * FROM runs",
                         "SELECT * FROM columns", "SELECT * FROM curves"], check=True, stdout=subprocess.PIPE).stdout
    return found


def main():
    luron = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as locales:
        if not make_locale(locales):
            print("no locale with a decimal comma can be made: localedef or Debian's package locales is missing")
            return 77
        plain, comma = outcome(luron, locales, "no"), outcome(luron, locales, "yes")
    good = plain["verify s.db"].startswith(b"0") and any(n.startswith("results/") for n in plain)
    for name in sorted(set(plain) | set(comma)):
        if plain.get(name) != comma.get(name):
            good = False
            print(f"{name} differs:\n", plain.get(name, b"")[:2000].decode(), "\n",
                  comma.get(name, b"")[:2000].decode())
    if not good:
        print({n: v[:300] for n, v in plain.items() if " " in n})
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
