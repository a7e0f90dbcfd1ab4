#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the figures of docs/gallery.md by the commands on that page, each as PNG, as PDF and, for the check of its
letters, as SVG. ./dev gallery

usage: gallery.py LURON ROOT [NAME ...]
NAME: only these figures, and the sweeps that they read."""
import os
import re
import shlex
import subprocess
import sys
import tempfile

LOOK = ["--size=90x60mm", "--dpi=300", "--font-size=7"]


def read_commands(page):
    """The words of each command, in the order of the page."""
    with open(page, encoding="utf-8") as f:
        blocks = re.findall(r"^```sh\n(.*?)^```", f.read(), re.DOTALL | re.MULTILINE)
    commands = [shlex.split(line) for block in blocks for line in block.splitlines() if line.startswith("luron ")]
    return [words for words in commands if "-o" in words]


def output_of(words):
    return words[words.index("-o") + 1]


def wanted(commands, names):
    """Those of the figures, and of what they read."""
    if not names:
        return commands
    plots = [words for words in commands if words[1] == "plot" and output_of(words)[:-4] in names]
    sweeps = {words[2] for words in plots}
    return [words for words in commands if words in plots or output_of(words) in sweeps]


def make(luron, words, scratch, figures):
    if words[1] == "sweep":
        subprocess.run([luron, *words[1:], "--quiet"], cwd=scratch, stdout=subprocess.DEVNULL, check=True)
        return
    name = output_of(words)[:-4]
    before, at = words[1:words.index("-o")], words.index("-o") + 2
    look = [option for option in LOOK if not any(w.startswith(option.split("=")[0] + "=") for w in words)]
    for kind, folder in (("png", figures), ("pdf", figures), ("svg", scratch)):
        out = os.path.join(folder, f"{name}.{kind}")
        done = subprocess.run([luron, *before, *words[at:], *look, "-o", out], cwd=scratch, stderr=subprocess.PIPE,
                              check=True, text=True)
        if done.stderr:
            sys.exit(f"{name}.{kind}: {done.stderr}")


def main():
    luron, root, names = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:]
    figures = os.path.join(root, "docs", "gallery")
    os.makedirs(figures, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.symlink(os.path.join(root, "scripts"), os.path.join(scratch, "scripts"))
        commands = wanted(read_commands(os.path.join(root, "docs", "gallery.md")), names)
        for words in commands:
            make(luron, words, scratch, figures)
        made = [output_of(words)[:-4] for words in commands if words[1] == "plot"]
        letters = os.path.join(root, "tests", "cli", "letters.py")
        for name in made:
            pdf, svg = os.path.join(figures, name + ".pdf"), os.path.join(scratch, name + ".svg")
            if subprocess.run([sys.executable, letters, "--same", pdf, svg], check=False).returncode:
                sys.exit(f"{name}.pdf: its letters are not those of the SVG, or not of fonts that it holds")
            sizes = [os.path.getsize(os.path.join(figures, f"{name}.{kind}")) for kind in ("png", "pdf")]
            print(f"{name}: PNG of {sizes[0]} bytes, PDF of {sizes[1]} bytes")


if __name__ == "__main__":
    main()
