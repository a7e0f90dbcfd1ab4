#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""README.md's script, and the lines that it adds for a sweep, print what README.md shows; from a line `...` on, the
rest is left out there.

usage: readme.py LURON"""
import difflib
import os
import re
import subprocess
import sys
import tempfile

README = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "README.md")
TIME = re.compile(r"\d+(\.\d+)?(e[+-]\d+)? (ns|us|ms|s)$")


def shown(luron, block, folder):
    """The lines that differ between a block that begins with "$ luron" and what that prints."""
    command, *lines = block.rstrip("\n").split("\n")
    words = [luron, *command.split()[2:]]
    found = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600,
                           check=True).stdout.rstrip("\n").split("\n")
    if lines[-1] == "...":
        found = found[:len(lines) - 1] + ["..."]
    said, printed = ([TIME.sub("...", line) for line in part] for part in (lines, found))
    return list(difflib.unified_diff(said, printed, "README.md says", "luron prints", lineterm=""))


def main():
    luron = os.path.abspath(sys.argv[1])
    with open(README, encoding="utf-8") as f:
        blocks = re.findall(r"^```\w*\n(.*?)^```$", f.read(), re.M | re.S)
    script = next(b for b in blocks if "return luron.experiment" in b)
    sweep = next(b for b in blocks if b.startswith("  stop ="))
    commands = [b for b in blocks if b.startswith("$ luron ")]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for command, text in zip(commands, [script, script.rstrip().removesuffix("}") + sweep + "}\n"], strict=True):
            with open(os.path.join(folder, "xor.lua"), "w", encoding="utf-8") as f:
                f.write(text)
            found += shown(luron, command, folder)
    print("\n".join(found))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
