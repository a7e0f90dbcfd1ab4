#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Follows docs/adding.md, word by word, on a copy of the sources: adds what each recipe's blocks say, checks that a
half of it does not compile, builds all six, runs what they show, and counts the files that were there before. A
recipe may touch two, beside tests, documentation and a line in a meson.build.

usage: adding.py ROOT MESON

Above each block of the page stands what is done with it:
  <!-- row FILE LIST -->           the block is a row at the end of the list (a macro) LIST
  <!-- before FILE TEXT -->        it comes before the first line of FILE that begins with TEXT (blanks aside)
  <!-- after FILE TEXT -->         or after it
  <!-- new FILE -->                it is a file
  <!-- build FILE TEXT -->         it is a word before TEXT in a meson.build
  <!-- missing FILE NAME -->       before the next block is added, FILE does not compile, and the compiler names NAME
  <!-- run -->                     a shell runs it, line by line, with the luron that comes out; each line succeeds"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs"))
from pages import PAGES

MOST_FILES = 2
STEP = re.compile(r"<!-- (\w+)(?: ([^\s>]+))?(?: ([^\n]+?))? -->\n(?:```\w+\n(.*?)```\n)?", re.DOTALL)
SCRIPTS = {
    "xor.lua": 'inputs = { {0, 0}, {0, 1}, {1, 0}, {1, 1} }, targets = { 0, 1, 1, 0 }, hidden = 3, epochs = 20,\n'
               'sweep = { seed = luron.range(1, 40) },',
    "metric.lua": 'data = luron.data.circles { n = 20, noise = 0.1 }, hidden = 3, epochs = 20, metrics = { "miss" },\n'
                  'sweep = { batch = { 1, 20 }, seed = luron.range(1, 20) },',
    "bits.lua": 'data = luron.bits("xor.bits", { first = true }), epochs = 3, log = false,',
}


def fail(text):
    print(f"adding: {text}")
    sys.exit(1)


def recipes(page):
    """(title, steps) of each section; a step is (verb, file, text, block)."""
    for section in page.split("\n## ")[1:]:
        title, _, text = section.partition("\n")
        steps = STEP.findall(text)
        if steps:
            yield title, steps


def change(path, function):
    with open(path, encoding="utf-8") as file:
        before = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(function(before))


def add_row(text, name, block):
    """The list may end in any column; its last line has no backslash."""
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"#define {name}(X)"))
    while lines[at].rstrip().endswith("\\"):
        at += 1
    lines[at] += " \\"
    return "\n".join(lines[:at + 1] + ["  " + block.rstrip("\n")] + lines[at + 1:])


def add_beside(text, begin, block, after):
    lines = text.split("\n")
    at = next((i for i, line in enumerate(lines) if line.strip().startswith(begin.strip())), None)
    if at is None:
        fail(f"no line begins with {begin}")
    at += after
    return "\n".join(lines[:at] + block.rstrip("\n").split("\n") + ([""] if block.endswith("\n\n") else [])
                     + lines[at:])


class Copy:
    """The copy of the sources, its build, and a folder to run in."""

    def __init__(self, root, meson, folder):
        self.root, self.meson = os.path.join(folder, "tree"), meson
        self.build, self.work = os.path.join(folder, "build"), os.path.join(folder, "work")
        shutil.copytree(root, self.root, ignore=lambda at, names: [
            n for n in names if os.path.samefile(at, root) and re.match(r"build|\.git$|results$", n)])
        os.mkdir(self.work)
        for name, text in SCRIPTS.items():
            with open(os.path.join(self.work, name), "w", encoding="utf-8") as file:
                file.write(f'local luron = require "luron"\nreturn luron.experiment {{ {text} }}\n')
        self.must("meson setup", [meson, "setup", self.build, self.root, "-Doptimization=0", "-Ddebug=false"])
        with open(os.path.join(self.build, "compile_commands.json"), encoding="utf-8") as file:
            self.commands = json.load(file)

    def must(self, what, command, **more):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)
        if done.returncode:
            fail(f"{what}: exit code {done.returncode}\n{done.stdout[-4000:]}")
        return done.stdout

    def path(self, name):
        return os.path.join(self.root, name)

    def check_missing(self, name, symbol):
        """The file does not compile, and the compiler names the symbol."""
        command = next(c for c in self.commands if os.path.realpath(os.path.join(c["directory"], c["file"]))
                       == os.path.realpath(self.path(name)))
        command = re.sub(r" -o \S+ -c ", " -fsyntax-only -Werror ", command["command"])
        done = subprocess.run(command, shell=True, cwd=self.build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, check=False)
        if done.returncode == 0 or symbol not in done.stdout:
            fail(f"{name} without {symbol}: exit code {done.returncode}\n{done.stdout[-2000:]}")
        print(f"  {name} does not compile without {symbol}")

    def add(self, verb, name, text, block):
        if verb == "missing":
            self.check_missing(name, text)
        elif verb == "new":
            with open(self.path(name), "x", encoding="utf-8") as file:
                file.write(block)
        elif verb == "row":
            change(self.path(name), lambda s: add_row(s, text, block))
        elif verb == "build":
            change(self.path(name), lambda s: s.replace(text, block.strip() + " " + text, 1))
        elif verb in ("before", "after"):
            change(self.path(name), lambda s: add_beside(s, text, block, verb == "after"))
        else:
            fail(f"no such step: {verb}")

    def follow(self, title, steps):
        touched, new = set(), set()
        print(title)
        for verb, name, text, block in steps:
            if verb == "run":
                continue
            self.add(verb, name, text, block)
            if verb == "new":
                new.add(name)
            elif verb != "missing" and not name.startswith(("tests/", "docs/")) and verb != "build":
                touched.add(name)
        touched -= new
        print(f"  files that were there before: {len(touched)} ({', '.join(sorted(touched))}); new: {len(new)}")
        if len(touched) > MOST_FILES:
            fail(f"{title}: {len(touched)} files; at most {MOST_FILES}")

    def make(self):
        self.must("ninja", ["ninja", "-C", self.build, "src/luron"])
        luron, pages = os.path.join(self.build, "src", "luron"), self.path("docs/pages.py")
        stale = subprocess.run([sys.executable, pages, "--check", luron, self.root], stdout=subprocess.PIPE,
                               text=True, check=False)
        if stale.returncode != 1 or not all(name in stale.stdout for name in PAGES):
            fail(f"pages_fresh is not red: {stale.stdout}")
        self.must("pages", [sys.executable, pages, luron, self.root])
        self.must("pages --check", [sys.executable, pages, "--check", luron, self.root])
        print("all built; the pages were stale, and ./dev pages mends them")

    def run(self, title, commands):
        environment = dict(os.environ, PATH=os.path.join(self.build, "src") + ":" + os.environ["PATH"],
                           LC_ALL="C.UTF-8", NO_COLOR="1")
        print(title)
        for command in commands.splitlines():
            print(self.must(command, ["bash", "-o", "pipefail", "-c", command], cwd=self.work, env=environment), end="")


def main(root, meson):
    with open(os.path.join(root, "docs", "adding.md"), encoding="utf-8") as file:
        found = list(recipes(file.read()))
    if len(found) != 6:
        fail(f"{len(found)} recipes; six are expected")
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(root, meson, folder)
        for title, steps in found:
            copy.follow(title, steps)
        copy.make()
        for title, steps in found:
            runs = [block for verb, _, _, block in steps if verb == "run"]
            if not runs:
                fail(f"{title} shows nothing")
            copy.run(title, "".join(runs))


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "meson")
