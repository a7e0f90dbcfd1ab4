#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the log of `meson test`: prints every failure in full, every reason to skip, and the count. Exit code 1
where a test failed or none ran."""
import json
import sys


def last_line(test):
    lines = (test.get("stdout", "") + test.get("stderr", "")).strip().splitlines()
    return lines[-1] if lines else "no reason given"


def print_failure(test):
    print(f"FAILED: {test['name']} ({test['result']}, exit code {test['returncode']}, {test['duration']:.1f} s)")
    print("  " + " ".join(test["command"]))
    for stream in ("stdout", "stderr"):
        if test.get(stream):
            print(test[stream].rstrip("\n"))


def main(path):
    with open(path, encoding="utf-8", errors="replace") as log:
        tests = [json.loads(line) for line in log if line.strip()]
    good = [t for t in tests if t["result"] in ("OK", "EXPECTEDFAIL")]
    skipped = [t for t in tests if t["result"] == "SKIP"]
    bad = [t for t in tests if t not in good and t not in skipped]
    for test in skipped:
        print(f"skipped: {test['name']}: {last_line(test)}")
    for test in bad:
        print_failure(test)
    count = f"{len(good)} passed, {len(bad)} failed"
    print(count + (f", {len(skipped)} skipped" if skipped else ""))
    return 1 if bad or not good and not skipped else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
