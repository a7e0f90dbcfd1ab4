#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the tests of a build: all but the slow ones, or the suites and tests that are named. Prints every failure in
full, every reason to skip, and the count. tests/expected.txt lists all tests there are: one that is missing from the
build, one that is not in the list, a word that names nothing and a selection without a test are failures.

usage: run.py MESON BUILD FACTOR [SUITE|TEST ...]      FACTOR multiplies every time limit
       run.py --write MESON BUILD                      writes tests/expected.txt"""
import fnmatch
import json
import os
import subprocess
import sys

EXPECTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected.txt")


def of_build(meson, build):
    """The tests of a build, (name, suites) each; meson calls a suite PROJECT:SUITE."""
    listed = subprocess.run([meson, "introspect", build, "--tests"], stdout=subprocess.PIPE, check=True).stdout
    return {(t["name"], tuple(s.split(":")[-1] for s in t["suite"])) for t in json.loads(listed)}


def of_list():
    """The same of tests/expected.txt: `NAME: SUITE ...` a line."""
    with open(EXPECTED, encoding="utf-8") as lines:
        pairs = [line.rstrip("\n").rpartition(": ") for line in lines if line.strip()]
    return {(name, tuple(suites.split())) for name, _, suites in pairs}


def show(test):
    return f"{test[0]}: {' '.join(test[1])}"


def write_list(tests):
    with open(EXPECTED, "w", encoding="utf-8") as out:
        out.writelines(sorted(show(test) + "\n" for test in tests))


def choose(tests, words):
    """Those that the words select; without a word all but the slow ones."""
    if not words:
        return {test for test in tests if "slow" not in test[1]}
    return {test for test in tests
            if any(word in test[1] or fnmatch.fnmatchcase(test[0], word) for word in words)}


def differences(built, listed, words):
    """What the selection should have and has not, and the other way round, a line each."""
    wanted, there = choose(listed, words), choose(built, words)
    lines = [f"missing test: {show(test)}" for test in sorted(wanted - there)]
    lines += [f"not in tests/expected.txt: {show(test)}; ./dev expected adds it" for test in sorted(there - wanted)]
    return lines + [f"no such suite or test: {word}" for word in words if not choose(built, [word])]


def run(meson, build, factor, names):
    """meson's own log of them, a dictionary each."""
    path = os.path.join(build, "meson-logs", "testlog.json")
    if os.path.exists(path):
        os.remove(path)
    done = subprocess.run([meson, "test", "-C", build, "--no-rebuild", "--quiet", "--timeout-multiplier", factor,
                           *names], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    if not os.path.exists(path):
        sys.exit(f"{done.stdout}FAILED: no test ran")
    with open(path, encoding="utf-8", errors="replace") as log:
        return [json.loads(line) for line in log if line.strip()]


def last_line(test):
    lines = (test.get("stdout", "") + test.get("stderr", "")).strip().splitlines()
    return lines[-1] if lines else "no reason given"


def print_failure(test):
    print(f"FAILED: {test['name']} ({test['result']}, exit code {test['returncode']}, {test['duration']:.1f} s)")
    print("  " + " ".join(test["command"]))
    for stream in ("stdout", "stderr"):
        if test.get(stream):
            print(test[stream].rstrip("\n"))


def report(tests, wrong):
    good = [t for t in tests if t["result"] in ("OK", "EXPECTEDFAIL")]
    skipped = [t for t in tests if t["result"] == "SKIP"]
    bad = [t for t in tests if t not in good and t not in skipped]
    for test in skipped:
        print(f"skipped: {test['name']}: {last_line(test)}")
    for test in bad:
        print_failure(test)
    for line in wrong:
        print(f"FAILED: {line}")
    count = f"{len(good)} passed, {len(bad) + len(wrong)} failed"
    print(count + (f", {len(skipped)} skipped" if skipped else ""))
    return 1 if bad or wrong else 0


def main(arguments):
    if arguments[0] == "--write":
        write_list(of_build(*arguments[1:]))
        return 0
    meson, build, factor, *words = arguments
    built = of_build(meson, build)
    names = sorted({name for name, _ in choose(built, words)})
    log = run(meson, build, factor, names) if names else []
    wrong = differences(built, of_list(), words)
    n_meant = len([name for name, _ in built if name in names])  # suites may share a name: then all of it run
    if len(log) != n_meant:
        wrong.append(f"{n_meant} tests chosen, {len(log)} ran")
    return report(log, wrong or ([] if log else ["no test chosen"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 3 else __doc__)
