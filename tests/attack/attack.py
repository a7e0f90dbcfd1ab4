#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Attacks on `luron run|sweep|verify --sandbox` (attacks.txt). Each must end with its exit code within its limit and
half a second, write nothing, print nothing of a file that it may not read, and leave no process; a stop or a refusal
is one line. Beside each an honest script must end well. All payloads are harmless.

usage: attack.py LURON [NAME ...]"""
import concurrent.futures
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

LIMIT_S, GRACE_S, MARK = 0.4, 0.5, "mark-of-the-secret"
# Others have the machine, or the build is a slow one: then nobody is woken in time, and times are not compared.
SLOW = os.environ.get("LURON_SANITIZE") or os.environ.get("TEST_TIMEOUT_FACTOR")
BESIDE = ("interrupted at ", "luron: --sandbox: no seccomp here")  # said beside the line
BUSY = 2.5 * (os.cpu_count() or 1)
LURON = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))


def read_attacks():
    with open(os.path.join(HERE, "attacks.txt"), encoding="utf-8") as lines:
        text = lines.read()
    for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        head, body = re.sub(r"^====.*\n", "", part, flags=re.MULTILINE).split("\n", 1)
        name, _, rest = head.rpartition(": ")
        code, *words = rest.split()
        attack, honest = body.split("-- honest\n")
        yield name, [int(c) for c in code.split("/")], words or ["run"], attack, honest


def make_folder(folder):
    with open(f"{folder}/SECRET", "w", encoding="utf-8") as out:
        out.write(f"{MARK}\n1,2\n")
    os.mkdir(f"{folder}/OPEN")
    with open(f"{folder}/OPEN/data.csv", "w", encoding="utf-8") as out:
        out.write("0,0,0\n0,1,1\n1,0,1\n1,1,0\n")
    with open(f"{folder}/OPEN/module.lua", "w", encoding="utf-8") as out:
        out.write("return 'a module'\n")
    os.symlink("../SECRET", f"{folder}/OPEN/link.csv")


def files_of(folder):
    return sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names
                  if "/results" not in at)


def left_behind(token):
    """Processes that were started with the token in their environment and have not ended."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environ, open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
                if token.encode() in environ.read() and stat.read().rpartition(")")[2].split()[0] != "Z":
                    found.append(pid)
        except OSError:
            pass
    return found


def run(folder, words, limit):
    """(exit code, stdout, stderr, seconds, pids that were left)"""
    token = f"ATTACK_{os.path.basename(folder)}_{time.monotonic_ns()}"
    command, *options = words
    begin = time.monotonic()
    done = subprocess.run([LURON, command, "--sandbox", "--time", str(limit), "--memory", "64M", *options], cwd=folder,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          timeout=60, env=dict(os.environ, LURON_TOKEN=token))
    seconds = time.monotonic() - begin
    return (done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), seconds,
            left_behind(token))


def mistakes_of(codes, got, before, folder):
    status, out, err, seconds, left = got
    if status not in codes:
        yield f"exit code {status}, expected {codes}"
    if seconds > LIMIT_S + GRACE_S and not SLOW and os.getloadavg()[0] < BUSY:
        yield f"took {seconds:.2f} s of {LIMIT_S} s"
    if MARK in out + err or "root:" in out + err:
        yield "read what it may not"
    if files_of(folder) != before:
        yield f"wrote {set(files_of(folder)) ^ set(before)}"
    if left:
        yield f"left processes {left}"
    if status == 4 and len([line for line in err.splitlines() if not line.startswith(BESIDE)]) != 1:
        yield "not one line"


def attack(name, codes, words, script, honest):
    """The mistakes, a line each; once more where only time was short, because others may have had the machine."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        make_folder(folder)
        for text, want, limit in ((script, codes, LIMIT_S), (honest, [0], 30)):
            with open(f"{folder}/script.lua", "w", encoding="utf-8") as out:
                out.write(text)
            before = files_of(folder)
            for _ in range(3):
                got = run(folder, [*words, "script.lua"], limit)
                bad = list(mistakes_of(want, got, before, folder)) if limit == LIMIT_S else \
                    [] if got[0] == 0 and not got[4] else [f"the honest script: exit code {got[0]}"]
                shutil.rmtree(f"{folder}/results", ignore_errors=True)
                if not bad or not all(b.startswith("took ") for b in bad):
                    break
            found += [f"{name}: {b}\n{got[1][-500:]}{got[2][-1000:]}" for b in bad]
    return found


def hostile_results():
    """A results file whose stored script is not the one that made it."""
    script = ("{}\nreturn {{ inputs = {{ 0, 1 }}, targets = {{ 0, 1 }}, epochs = 5, sweep = {{ seed = {{ 1, 2 }} }},\n"
              "metrics = {{ m = function(run) return run.loss end }} }}\n")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        make_folder(folder)
        with open(f"{folder}/script.lua", "w", encoding="utf-8") as out:
            out.write(script.format(""))
        subprocess.run([LURON, "sweep", "-q", "script.lua", "-o", "x.db"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        os.remove(f"{folder}/script.lua")
        commands = ["verify", "x.db"], ["replay", "x.db", "1"]
        for words in commands:
            got = run(folder, words, 30)
            found += [f"honest {words[0]}: exit code {got[0]}\n{got[2]}"] if got[0] else []
        for words in commands:
            for harm in ("while true do end", "io.open('SECRET')", "os.execute('touch written')"):
                with sqlite3.connect(f"{folder}/x.db") as db:
                    db.execute("UPDATE sweep SET script = ?", (script.format(harm),))
                before = files_of(folder)
                got = run(folder, words, LIMIT_S)
                found += [f"{words[0]} with {harm}: {b}\n{got[2]}" for b in mistakes_of([4], got, before, folder)]
    return found


def signals():
    """A signal to the parent ends both, and so does the end of the parent."""
    found = []
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)):
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/script.lua", "w", encoding="utf-8") as out:
                out.write("print('begun') coroutine.wrap(function() while true do end end)()\n")
            token = f"ATTACK_{os.path.basename(folder)}_{number}"
            with subprocess.Popen([LURON, "run", "--sandbox", "script.lua"], cwd=folder, stdout=subprocess.PIPE,
                                  env=dict(os.environ, LURON_TOKEN=token)) as process:
                while len(left_behind(token)) < 2:
                    time.sleep(0.01)
                time.sleep(0.2)
                process.send_signal(number)
                begin = time.monotonic()
                got = process.wait(30)
            time.sleep(0.1)
            found += [f"signal {number}: exit code {got}"] if got != code else []
            found += [f"signal {number}: left a process"] if left_behind(token) else []
            found += [f"signal {number}: late"] if time.monotonic() - begin > 2 and not SLOW else []
    return found


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also in a shell's background, where it is ignored
    attacks = [a for a in read_attacks() if not sys.argv[2:] or a[0] in sys.argv[2:]]
    found = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for bad in pool.map(lambda a: attack(*a), attacks):
            found += bad
    if not sys.argv[2:]:
        found += hostile_results() + signals()
    print("\n".join(found))
    print(f"{len(attacks)} attacks and as many honest scripts, {len(found)} mistakes" +
          (", times not compared" if SLOW or os.getloadavg()[0] >= BUSY else ""))
    sys.exit(1 if found or not attacks else 0)


if __name__ == "__main__":
    main()
