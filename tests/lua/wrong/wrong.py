#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Scripts with one mistake each: every one is answered by one message that names the line and the field.

cases.txt has a case a line, `FIELD = VALUE  -->  MESSAGE`. The field takes the place of the same field of the script
below, or is added to it; the message must be exactly this one, at that line, alone, with exit code 1. Each case is run
twice: with luron.experiment, and with a plain table returned.

usage: wrong.py [-u] LURON CASES      -u writes the messages that came into the file"""
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

BASE = ["inputs = { {0,0}, {0,1}, {1,0}, {1,1} }", "targets = { {0}, {1}, {1}, {0} }", "hidden = { 2 }",
        'activation = "sigmoid"', "epochs = 3"]
HEADS = {"call": 'local luron = require "luron"\n\nreturn luron.experiment {',
         "table": 'local luron = require "luron"\n\nreturn {'}


def key(field):
    return field.split(" = ", 1)[0]


def script(head, field):
    """The text of the script and the line of the mistake."""
    fields = list(BASE)
    names = [key(f) for f in fields]
    if key(field) in names:
        at = names.index(key(field))
        fields[at] = field
    else:
        at = len(fields)
        fields.append(field)
    text = head + "\n" + "".join("  " + f + ",\n" for f in fields) + "}\n"
    return text, head.count("\n") + 2 + at


def answer(luron, kind, field):
    text, line = script(HEADS[kind], field)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "wrong.lua"), "w", encoding="utf-8") as out:
            out.write(text)
        done = subprocess.run([luron, "run", "wrong.lua"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, errors="replace", timeout=60, check=False)
    start = f"wrong.lua:{line}: "
    said = done.stderr.rstrip("\n")
    if done.returncode != 1 or done.stdout or not said.startswith(start) or "\n" in said:
        return f"[{done.returncode}] " + (done.stdout + said).replace("\n", " / ")
    return said[len(start):]


def main():
    update = sys.argv[1] == "-u"
    luron, path = os.path.abspath(sys.argv[-2]), sys.argv[-1]
    with open(path, encoding="utf-8") as lines:
        lines = lines.read().splitlines()
    cases = [re.split(r"\s+-->\s*", line) + [""] for line in lines if line and not line.startswith("#")]
    work = [(luron, kind, case[0]) for case in cases for kind in HEADS]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda w: answer(*w), work))
    failed = 0
    for (_, kind, field), got in zip(work, answers):
        expected = next(c[1] for c in cases if c[0] == field)
        if got != expected and not update:
            failed += 1
            print(f"{kind}: {field}\n  expected: {expected}\n  came:     {got}")
    if update:
        said = {field: got for (_, kind, field), got in zip(work, answers) if kind == "call"}
        with open(path, "w", encoding="utf-8") as out:
            for line in lines:
                field = re.split(r"\s+-->\s*", line)[0]
                out.write(f"{field}  -->  {said[field]}\n" if field in said else line + "\n")
    print(f"{len(work) - failed} of {len(work)} answers as expected")
    return 1 if failed or len(cases) < 200 else 0


if __name__ == "__main__":
    sys.exit(main())
