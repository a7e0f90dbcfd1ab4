#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""luron.so in the Lua of the system: scripts of the tutorial print what they print in luron, nothing of Lua is changed,
a sweep's file is the same one, and Ctrl-C stops a run and is the program's own again after it.

usage: stock.py LURON LURON.SO ROOT; prints TAP"""
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TIME = re.compile(r"\b\d+(\.\d+)? (ns|us|ms|s)\b")
UNCHANGED = """
local function all(of, path, seen, into)
  seen[of] = true
  for k, v in pairs(of) do
    local name = path .. tostring(k)
    into[name] = v
    if type(v) == "table" and not seen[v] then all(v, name .. ".", seen, into) end
  end
  return into
end
local before = all(_G, "", {}, {})
local luron = require "luron"
assert(luron.sigmoid(0) == 0.5)
local e = luron.experiment { inputs = { {0}, {1} }, targets = { 0, 1 }, epochs = 10, log = false,
  activation = function(z) return 1 / (1 + math.exp(-z)) end,
  metrics = { own = function(run) return run.loss end }, sweep = { seed = luron.range(1, 3) } }
assert(e:run().loss > 0 and #e:sweep() == 3)
local after = all(_G, "", {}, {})
for name, v in pairs(after) do
  assert(before[name] == v or name:find("^package.loaded.luron"), name .. " was changed")
end
for name in pairs(before) do assert(after[name] ~= nil, name .. " is gone") end
assert(debug.gethook() == nil)
"""
ENDLESS = """
local luron = require "luron"
local e = luron.experiment { inputs = { {0}, {1} }, targets = { 0, 1 }, epochs = 1000000000, log = false,
  sweep = { seed = luron.range(1, 1000) } }
assert(e:run { epochs = 10 }.epochs == 10)
io.write("begins\\n") io.flush()
if arg[1] == "spins" then while true do end end
print(pcall(e[arg[1]], e))
"""
SWEEP = """
local luron = require "luron"
local e = luron.experiment { inputs = { {0}, {1} }, targets = { 0, 1 }, epochs = 10, log = false,
  sweep = { learning_rate = { 0.1, 1 }, seed = luron.range(1, 3) } }
print(e:sweep().path)
return e
"""


def lua():
    for name in ("lua5.4", "lua54", "lua-5.4", "lua"):
        if shutil.which(name) and "Lua 5.4" in subprocess.run([name, "-v"], capture_output=True, text=True,
                                                              check=False).stdout:
            return name
    return None


class Stock:
    def __init__(self, luron, so, root):
        self.luron, self.root, self.lua = os.path.abspath(luron), root, lua()
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("LURON_") and k != "LUA_INIT"}
        self.environment["LUA_CPATH"] = os.path.abspath(so).replace("luron.so", "?.so")

    def start(self, folder, script, *words):
        return subprocess.Popen([self.lua, script, *words], cwd=folder, env=self.environment, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def run(self, folder, script, *words):
        process = self.start(folder, script, *words)
        text, _ = process.communicate(timeout=100)
        return process.returncode, text

    def write(self, folder, text):
        with open(os.path.join(folder, "script.lua"), "w", encoding="utf-8") as file:
            file.write(text)

    def scripts(self, folder):
        """All of the tutorial run; each prints, of what luron run prints, all that is not of what it returns."""
        names, printing = sorted(glob.glob(os.path.join(self.root, "scripts", "[0-9][0-9]_*.lua"))), 0
        for path in names:
            with open(path, encoding="utf-8") as file:
                returns = any(line.startswith("return ") for line in file)
            code, here = self.run(folder, path)
            assert code == 0, f"{path}: {here}"
            if here == "" and returns:
                continue
            there = subprocess.run([self.luron, "run", path], cwd=folder, stdin=subprocess.DEVNULL, text=True,
                                   capture_output=True, check=True).stdout
            here, there = TIME.sub("TIME", here), TIME.sub("TIME", there)
            assert there.startswith(here) if returns else there == here, f"{path}:\n{here}\nin luron:\n{there}"
            printing += 1
        assert printing >= 8, f"only {printing} scripts print something"

    def nothing_is_changed(self, folder):
        self.write(folder, UNCHANGED)
        assert self.run(folder, "script.lua") == (0, "")

    def one_line(self, folder):
        done = subprocess.run([self.lua, "-e", 'local l = require "luron"; print(l.sigmoid(0))'], cwd=folder,
                              env=self.environment, capture_output=True, text=True, check=False)
        assert done.stdout == "0.5\n", done
        done = subprocess.run([self.lua, "-l", "luron", "-e", "print(luron.tanh(0), luron._VERSION)"], cwd=folder,
                              env=self.environment, capture_output=True, text=True, check=False)
        assert re.fullmatch(r"0\.0\tluron \d+\.\d+\.\d+\n", done.stdout), done

    def one_file(self, folder):
        self.write(folder, SWEEP)
        code, path = self.run(folder, "script.lua")
        path = os.path.join(folder, path.strip())
        assert code == 0 and path.endswith(".db"), path
        for words in (["sweep", "script.lua", "-q"], ["verify", path]):
            done = subprocess.run([self.luron, *words], cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done
        assert len(glob.glob(os.path.join(folder, "results", "*.db"))) == 1

    def stop(self, folder, number, word):
        """The exit code and the output of a script that is stopped while it does the word."""
        self.write(folder, ENDLESS)
        process = self.start(folder, "script.lua", word)
        assert process.stdout.readline() == "begins\n"
        time.sleep(0.2)
        process.send_signal(number)
        text, _ = process.communicate(timeout=20)
        return process.returncode, text

    def interrupt(self, folder):
        for word in ("run", "sweep"):
            code, text = self.stop(folder, signal.SIGINT, word)
            assert code == 0 and "false\tinterrupted!\n" in text, (word, code, text)
        code, text = self.stop(folder, signal.SIGINT, "spins")
        assert code == 1 and "interrupted!" in text, (code, text)

    def terminate(self, folder):
        for word in ("run", "sweep", "spins"):
            code, text = self.stop(folder, signal.SIGTERM, word)
            assert code == -signal.SIGTERM, (word, code, text)


def main(arguments):
    stock = Stock(*arguments)
    if os.environ.get("LURON_SANITIZE"):
        print("1..0 # SKIP a library with sanitizers needs a program with them")
        return
    if not stock.lua:
        print("1..0 # SKIP no Lua 5.4 is installed")
        return
    tests = [stock.one_line, stock.scripts, stock.nothing_is_changed, stock.one_file, stock.interrupt, stock.terminate]
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                print(f"ok {number} - {test.__name__}")
            except (AssertionError, OSError, subprocess.SubprocessError) as error:
                print(f"not ok {number} - {test.__name__}")
                print("\n".join("# " + line for line in str(error).splitlines()))


if __name__ == "__main__":
    main(sys.argv[1:])
