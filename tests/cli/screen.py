#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks at luron's pictures on the screen of a real terminal emulator, tmux, at 40, 80 and 200 columns.

usage: screen.py LURON      prints TAP; skipped where there is no tmux
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

SCRIPT = """
local luron = require "luron"
return {
  name = "XOR", inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {{0},{1},{1},{0}},
  hidden = 2, activation = "tanh", output_activation = "sigmoid", epochs = 100, stop = { error = 0.4 },
  sweep = { learning_rate = luron.geomspace(0.01, 10, 90), hidden = { 2, 4, { 3, 3 } } },
}
"""
LONG = "learning_rate=0.001..1:100000:log stop.error=1e-9 epochs=3000 -j 1 --fresh -o long.db"
failed = 0
count = 0


def check(what, holds, screen):
    global failed, count
    count += 1
    failed += not holds
    print("ok" if holds else "not ok", count, "-", what)
    if not holds:
        print("".join(f"# |{line}\n" for line in screen))


class Screen:
    def __init__(self, columns, folder, luron):
        self.socket = os.path.join(folder, f"tmux{columns}")
        self.columns = columns
        self.call("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", "50", "-c", folder, "sh")
        self.type(f"PATH={os.path.dirname(luron)}:$PATH LC_ALL=C.UTF-8 COLORTERM=truecolor PS1=; export PATH LC_ALL "
                  "COLORTERM; unset NO_COLOR CLICOLOR_FORCE COLUMNS")

    def call(self, *words):
        return subprocess.run(["tmux", "-S", self.socket, *words], check=True, capture_output=True, text=True).stdout

    def type(self, text):
        self.call("send-keys", "-l", text)
        self.call("send-keys", "Enter")

    def lines(self, *options):
        return self.call("capture-pane", "-p", *options).rstrip("\n").split("\n")

    def wait(self, holds, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end and not holds(self.lines()):
            time.sleep(0.05)
        return self.lines()

    def begin(self, command):
        """On an empty screen, so that no earlier end is taken for this one's."""
        self.type("clear")
        self.wait(lambda lines: "done" not in lines)
        self.type(f"clear; {command}; echo do''ne")

    def run(self, command):
        """The screen after the command, from its first line on."""
        self.begin(command)
        return self.wait(lambda lines: "done" in lines)

    def close(self):
        self.call("kill-server")


def check_heatmap(screen, at):
    lines = screen.run("luron show x.db --plot -v loss")
    end = lines.index("done") if "done" in lines else 0
    check(f"a heatmap has its lines at {at}", end == 2 + 12 + 3 and lines[1] == "hidden", lines)
    check(f"and its cells fit at {at}", all("▀" in line and line.count("▀") == lines[2].count("▀")
                                           for line in lines[2:14]), lines)
    check(f"and use the room at {at}", screen.columns < 90 or lines[2].count("▀") >= 90, lines)
    colored = screen.lines("-e")
    check(f"in 24 bits at {at}", any("38;2;" in line for line in colored), lines)
    lines = screen.run("NO_COLOR=1 luron show x.db --plot -v loss")
    check(f"and of plain characters without colour at {at}", "▀" not in "".join(lines) and
          bool(re.search("[-.:=+*#%@]{30}", lines[3])), lines)


def check_curves(screen, at):
    lines = screen.run("luron show x.db --plot -x learning_rate --by hidden -v loss")
    end = lines.index("done") if "done" in lines else 0
    check(f"curves have their lines at {at}", end == 1 + 13 + 2 and all("│" in line for line in lines[1:14]), lines)
    check(f"of braille at {at}", bool(re.search("[\u2801-\u28ff]{3}", "".join(lines))), lines)
    lines = screen.run("LC_ALL=C luron show x.db --plot -x learning_rate -v loss")
    check(f"of ASCII in C at {at}", "".join(lines).isascii() and lines[1][10:11] == "|", lines)


def check_list(screen, at):
    lines = screen.run("luron list .")
    lines = lines[:lines.index("done")] if "done" in lines else ["", *lines]
    check(f"no line of a list is broken at {at}", all(re.match(r"#|file|\d|\w+\.db|$", line) for line in lines), lines)
    axes = [line for line in lines if "optimizer=" in line]
    ends = re.findall(r"=(?:sgd,|sgd,momentum,|sgd,momentum,adam,)\.\.\.$|,adam,rmsprop(?: .*)?$", "".join(axes))
    check(f"axes are cut between values at {at}", len(axes) == len(ends) == 1, lines)


def check_progress(screen, at):
    screen.begin(f"luron sweep x.lua {LONG}")
    lines = screen.wait(lambda lines: sum("│" in line for line in lines) == 3)
    place = [i for i, line in enumerate(lines) if "│" in line]
    check(f"progress has a curve of three rows below it at {at}", len(place) == 3 and "runs" in lines[place[0] - 1],
          lines)
    screen.call("send-keys", "C-c")
    lines = screen.wait(lambda lines: "done" in lines, 5)
    check(f"and all of it is gone at the end at {at}", "done" in lines and "│" not in "".join(lines) and
          "interrupted at" in "".join(lines), lines)
    screen.begin(f"timeout -s INT 2 luron sweep x.lua --quiet {LONG}")
    time.sleep(1.6)
    lines = [line for line in screen.lines() if "timeout" not in line]
    check(f"nothing of it where it is quiet at {at}", not "".join(lines).strip(), lines)
    screen.wait(lambda lines: "done" in lines, 5)


def main():
    luron = os.path.abspath(sys.argv[1])
    if not shutil.which("tmux"):
        print("1..0 # SKIP there is no tmux")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "x.lua"), "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        subprocess.run([luron, "sweep", "x.lua", "-o", "x.db", "--quiet"], check=True, cwd=folder,
                       stdout=subprocess.DEVNULL)
        subprocess.run([luron, "sweep", "x.lua", "-o", "y.db", "--quiet", "hidden=1,2,3x3", "epochs=1", "seed=1..9",
                        "learning_rate=0.1", "optimizer=sgd,momentum,adam,rmsprop"], check=True, cwd=folder,
                       stdout=subprocess.DEVNULL)
        for columns in (40, 80, 200):
            screen = Screen(columns, folder, luron)
            for one in (check_heatmap, check_curves, check_list, check_progress):
                one(screen, columns)
            screen.close()
    print(f"1..{count}")
    return failed > 0


sys.exit(main())
