#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Line coverage of src/, file by file, from gcov's own JSON: a line counts as run where any build of it ran.
(gcovr 5.2 gives up on a source that is compiled several times with other functions of the same name.)

usage: coverage.py ROOT BUILD LEAST_PERCENT [EXCLUDED FILE ...]"""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def lines_of(data):
    done = subprocess.run(["gcov", "--stdout", "--json-format", data.name], cwd=data.parent, capture_output=True,
                          check=True, text=True)
    return [json.loads(text) for text in done.stdout.splitlines() if text.startswith("{")]


def merge(reports, root, build):
    ran = {}
    for report in reports:
        for file in report["files"]:
            path = os.path.relpath(os.path.normpath(os.path.join(build, file["file"])), root)
            lines = ran.setdefault(path, {})
            for line in file["lines"]:
                number = line["line_number"]
                lines[number] = lines.get(number, 0) + line["count"]
    return ran


def main():
    root, build, least = os.path.realpath(sys.argv[1]), os.path.realpath(sys.argv[2]), float(sys.argv[3])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        reports = [r for rs in pool.map(lines_of, sorted(Path(build).rglob("*.gcda"))) for r in rs]
    n_ran = n_all = 0
    for path, lines in sorted(merge(reports, root, build).items()):
        if not path.startswith("src/") or path in sys.argv[4:]:
            continue
        missed = sorted(n for n, count in lines.items() if count == 0)
        n_ran, n_all = n_ran + len(lines) - len(missed), n_all + len(lines)
        if lines:
            print(f"{100 * (1 - len(missed) / len(lines)):6.1f} %  {path}  {' '.join(map(str, missed[:20]))}")
    percent = 100 * n_ran / n_all if n_all else 0
    print(f"{percent:6.1f} % of {n_all} lines")
    sys.exit(percent < least)


main()
