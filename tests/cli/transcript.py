#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs transcripts: text files whose indented lines are a shell session.

  $ command             run by one sh a file, in an empty folder; `> ` continues a command
  output                must follow, stdout and stderr together; a line may end in
  outp.* (re)           a regular expression for the whole line
  outp* (glob)          * and ? for what differs from time to time
  [1]                   the exit code, where it is not 0

All other lines are prose. PATH starts with the folder of luron, SCRIPTS is scripts/, TESTDIR the transcript's own
folder; there is no terminal and no stdin.

usage: transcript.py [-u] LURON FILE.t ...      -u writes what came into the files, keeping patterns that match
"""
import difflib
import fnmatch
import os
import re
import signal
import subprocess
import sys
import tempfile
import uuid

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def parse(lines):
    """Items: a str of prose, or [command lines, expected lines]."""
    items = []
    for line in lines:
        text = line[2:]
        if line.startswith("  $ "):
            items.append([[text[2:]], []])
        elif line.startswith("  > ") and items and isinstance(items[-1], list) and not items[-1][1]:
            items[-1][0].append(text[2:])
        elif line.startswith("  ") and items and isinstance(items[-1], list):
            items[-1][1].append(text)
        else:
            items.append(line)
    return items


def run(commands, luron, folder):
    """What each command printed, and its exit code as a last line where it is not 0."""
    mark = uuid.uuid4().hex
    script = "".join("\n".join(c) + f"\nprintf '\\n%s %s\\n' {mark} $?\n" for c in commands)
    environment = {k: v for k, v in os.environ.items()
                   if not k.startswith(("LURON_", "SLURM_")) or k == "LURON_SANITIZE"}
    for name in ("NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LUA_INIT", "LUA_PATH", "LUA_CPATH"):
        environment.pop(name, None)
    environment.update(PATH=os.path.dirname(os.path.abspath(luron)) + ":" + os.environ["PATH"], LC_ALL="C.UTF-8",
                       TERM="dumb", TZ="UTC", SCRIPTS=os.path.join(ROOT, "scripts"), TESTDIR=folder, LURON=luron)
    with tempfile.TemporaryDirectory() as work:
        environment["HOME"] = work
        done = subprocess.run(["sh", "-c", script], cwd=work, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    text = done.stdout.decode("utf-8", "backslashreplace")
    outputs = []
    for i in range(len(commands)):
        before, found, text = text.partition(f"\n{mark} ")
        code, _, text = text.partition("\n")
        lines = before.split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        elif found and lines:
            lines[-1] += " (no-eol)"
        if code != "0":
            lines.append(f"[{code}]" if found else "[the shell ended here]")
        outputs.append(lines)
    return outputs


def matches(expected, came):
    if expected == came:
        return True
    if expected.endswith(" (re)"):
        return re.fullmatch(expected[:-5], came) is not None
    return expected.endswith(" (glob)") and fnmatch.fnmatchcase(came, expected[:-7].replace("[", "[[]"))


def merge(expected, came):
    """came, with the expected line wherever it matches."""
    if len(expected) == len(came):
        return [e if matches(e, c) else c for e, c in zip(expected, came)]
    merged, rest = [], list(expected)
    for line in came:
        at = next((i for i, e in enumerate(rest) if matches(e, line)), None)
        if at is None:
            merged.append(line)
        else:
            merged.append(rest[at])
            del rest[:at + 1]
    return merged


def write(items):
    lines = []
    for item in items:
        if isinstance(item, str):
            lines.append(item)
        else:
            lines += ["  " + ("> " if i else "$ ") + c for i, c in enumerate(item[0])] + ["  " + o for o in item[1]]
    return lines


def main(arguments):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also in a shell's background, where it is ignored
    update = arguments[0] == "-u"
    luron, files = arguments[update], arguments[update + 1:]
    failed = False
    for path in files:
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        items = parse(lines)
        steps = [item for item in items if isinstance(item, list)]
        for step, came in zip(steps, run([s[0] for s in steps], luron, os.path.dirname(os.path.abspath(path)))):
            step[1] = merge(step[1], came)
        result = write(items)
        if result == lines:
            continue
        if update:
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(result))
        else:
            failed = True
            print("\n".join(difflib.unified_diff(lines, result, path, "what came", lineterm="")))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 2 else __doc__)
