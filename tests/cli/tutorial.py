#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the tutorial's scripts as their heads say, and compares with the output quoted there.

A script's head is its first comment: a question, the command, indented, then "prints" and the output, indented. `...`
at the end of a quoted line stands for what differs from run to run, the time.

usage: tutorial.py [-u] LURON [SCRIPT ...]      -u writes what came into the heads
"""
import difflib
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MOST_LINES = 60
TIME = re.compile(r"\d+(\.\d+)? (ns|us|ms|s)$")


def split(path):
    """The lines before the quoted output, the output, and the lines after it."""
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    start = lines.index("-- prints") + 1
    end = start
    while lines[end].startswith("--"):
        end += 1
    return lines[:start], [line[2:].removeprefix("   ") for line in lines[start + 1:end]], lines[end:]


def run(luron, command):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LURON_")}
    environment["PATH"] = os.path.dirname(os.path.abspath(luron)) + ":" + environment["PATH"]
    done = subprocess.run(command.split(), cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0 or done.stderr:
        return [f"exit code {done.returncode}"] + done.stderr.split("\n")
    return [TIME.sub("...", line) for line in done.stdout.rstrip("\n").split("\n")]


def problems(luron, path, update):
    name = os.path.relpath(path, ROOT)
    before, quoted, after = split(path)
    commands = [line[2:].strip() for line in before if line.startswith("--   luron ")]
    if commands != [f"luron run {name}"]:
        return [f"{name}: the head gives the command luron run {name}, alone"]
    found = run(luron, commands[0])
    if update:
        quote = ["--"] + [("--   " + line).rstrip() for line in found]
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(before + quote + after))
        return []
    n_lines = len(before) + 1 + len(quoted) + len(after) - 1
    long = [f"{name}: {n_lines} lines; at most {MOST_LINES}"] if n_lines > MOST_LINES else []
    return long + list(difflib.unified_diff(quoted, found, name + " says", "luron prints", lineterm=""))


def main():
    arguments = sys.argv[1:]
    update = arguments[0] == "-u"
    luron, *scripts = arguments[update:]
    n_failed = 0
    print(f"1..{len(scripts)}")
    for i, path in enumerate(scripts, 1):
        found = problems(luron, os.path.abspath(path), update)
        n_failed += bool(found)
        print("\n".join([f"{'not ok' if found else 'ok'} {i} {os.path.basename(path)}"] + ["# " + p for p in found]))
    sys.exit(1 if n_failed else 0)


if __name__ == "__main__":
    main()
