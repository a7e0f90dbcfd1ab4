#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the tutorial's scripts as their heads say, and compares with the output quoted there.

A script's head is its first comment: a question, the commands, indented, then "prints" and their output, indented.
`...` at the end of a quoted line stands for what differs from run to run, the time, and HASH for the digest in a
results file's name. Each script has a folder of its own to run in, with scripts/ in it, and leaves its results there.

Of a page (.md) each block that begins with "$ luron" has the command and what it prints, in the same way; each block of
Lua is a part of a script that the page names.

usage: tutorial.py [-u] LURON [SCRIPT or PAGE ...]     -u writes what came into the heads and blocks
       tutorial.py --sandbox LURON [SCRIPT ...] each of their runs and sweeps is in a sandbox that may read scripts/
"""
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MOST_LINES, MOST_OF_A_PAPER = 60, 120
TIME = re.compile(r"\d+(\.\d+)?(e[+-]\d+)? (ns|us|ms|s)$")
HASH = re.compile(r"-[0-9a-f]{12}\.db")
MOST_SECONDS = 1500
SANDBOX = ["--sandbox", "--time", "1h", "--allow-read", "scripts"]


def split(path):
    """The lines before the quoted output, the output, and the lines after it."""
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    start = lines.index("-- prints") + 1
    end = start
    while lines[end].startswith("--"):
        end += 1
    return lines[:start], [line[2:].removeprefix("   ") for line in lines[start + 1:end]], lines[end:]


def words_of(command, sandbox):
    words = shlex.split(command)
    return words[:2] + SANDBOX + words[2:] if sandbox and words[1] in ("run", "sweep") else words


def run(luron, words, folder):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LURON_")}
    environment["PATH"] = os.path.dirname(os.path.abspath(luron)) + ":" + environment["PATH"]
    done = subprocess.run(words, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    if done.returncode != 0 or done.stderr:
        return [f"exit code {done.returncode}"] + done.stderr.split("\n")
    if not done.stdout:
        return []
    return [HASH.sub("-HASH.db", TIME.sub("...", line.rstrip())) for line in done.stdout.strip("\n").split("\n")]


def run_all(luron, commands, sandbox=False):
    """What the commands print, one after the other, with an empty line between."""
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(ROOT, "scripts"), os.path.join(folder, "scripts"))
        outputs = [run(luron, words_of(command, sandbox), folder) for command in commands]
    return [line for output in outputs if output for line in [""] + output][1:]


def problems(luron, path, update, sandbox):
    name = os.path.relpath(path, ROOT)
    before, quoted, after = split(path)
    commands = [line[2:].strip() for line in before if line.startswith("--   luron ")]
    if not commands or not re.match(f"luron (run|sweep) {re.escape(name)}( |$)", commands[0]):
        return [f"{name}: the head's first command is luron run {name}, or luron sweep"]
    if not all(re.match(f"luron (run|sweep|show|verify|plot) {re.escape(name)}( |$)", command) for command in commands):
        return [f"{name}: the head has a command that is not for this script"]
    found = run_all(luron, commands, sandbox)
    if update:
        quote = ["--"] + [("--   " + line).rstrip() for line in found]
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(before + quote + after))
        return []
    n_lines = len(before) + 1 + len(quoted) + len(after) - 1
    most = MOST_OF_A_PAPER if os.path.basename(os.path.dirname(path)) == "papers" else MOST_LINES
    long = [f"{name}: {n_lines} lines; at most {most}"] if n_lines > most else []
    return long + list(difflib.unified_diff(quoted, found, name + " says", "luron prints", lineterm=""))


def blocks(lines):
    """Of a page the fenced blocks: the numbers of the lines between the fences, and the language."""
    fences = [i for i, line in enumerate(lines) if line.startswith("```")]
    return [(a + 1, b, lines[a][3:]) for a, b in zip(fences[::2], fences[1::2])]


def plain(lines):
    return [line.strip() for line in lines]


def is_part_of(code, path):
    with open(path, encoding="utf-8") as f:
        script = plain(f.read().split("\n"))
    return any(script[i:i + len(code)] == code for i in range(len(script)))


def page_problems(luron, path, update):
    name = os.path.relpath(path, ROOT)
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    named = re.findall(r"\]\(\.\./(scripts/\w+\.lua)\)", "\n".join(lines))
    found = []
    for start, end, language in reversed(blocks(lines)):
        if language == "lua":
            if not any(is_part_of(plain(lines[start:end]), os.path.join(ROOT, script)) for script in named):
                found.append(f"{name}:{start}: a block of Lua that is in none of the scripts that it names")
        elif lines[start].startswith("$ luron "):
            printed = run_all(luron, [lines[start][2:]])
            if update:
                lines[start + 1:end] = printed
            found += difflib.unified_diff(lines[start + 1:end], printed, f"{name}:{start} says", "luron prints",
                                          lineterm="")
    if update:
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(lines))
        return []
    return found


def main():
    arguments = sys.argv[1:]
    update, sandbox = arguments[0] == "-u", arguments[0] == "--sandbox"
    luron, *scripts = arguments[update or sandbox:]
    n_failed = 0
    print(f"1..{len(scripts)}")
    for i, path in enumerate(scripts, 1):
        path = os.path.abspath(path)
        if path.endswith(".md"):
            found = page_problems(luron, path, update)
        else:
            found = problems(luron, path, update, sandbox)
        n_failed += bool(found)
        print("\n".join([f"{'not ok' if found else 'ok'} {i} {os.path.basename(path)}"] + ["# " + p for p in found]))
    sys.exit(1 if n_failed else 0)


if __name__ == "__main__":
    main()
