#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""luron beside what else one would take, in one interleaved run: ./dev bench [NAME ...]

usage: compare.py [--rounds N] [--before LURON] LURON FOLDER [NAME ...]
All works but those that take very long, or those whose names begin so; what cannot be had is reported as missing.
Every contender prepares first (compiles, warms up, finds its best chunk) and says what it computed; where that differs
from luron's it is not timed. Then all take turns, on one core unless the work says otherwise. Medians are printed, and
written to FOLDER/NAME.json with machine, versions and commands. luron's own time is that of the whole process, from
start to exit, its results stored, where a work is a sweep; the peers' is that of their loop alone. Where a peer's time
a run does not depend on how many there are, it trains only some of them. --before: another build of luron, which takes
its turns as one of the others."""
import argparse
import csv
import json
import math
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from machine import FAILED, HERE, PEERS, compiled, cores, describe, environment, shown, versions
from works import WORKS


class Process:
    """A command timed from start to exit."""

    def __init__(self, label, argv, cores, folder, units=1, values=None):
        self.label, self.argv, self.cores, self.folder, self.units = label, argv, cores, folder, units
        self.times, self.note, self.version, self.missing = [], "", "", None
        self.read_values = values

    def prepare(self):
        output = self.round()
        self.values = self.read_values(output) if self.read_values else []

    def round(self):
        wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(self.argv, cwd=self.folder, env=environment(len(self.cores)), check=True, text=True,
                              capture_output=True, preexec_fn=lambda: os.sched_setaffinity(0, self.cores))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.times.append({"wall": time.perf_counter() - wall, "cpu": cpu})
        return done.stdout

    def start_timing(self):
        self.times.clear()

    def close(self):
        pass


class Measured(Process):
    """A command started by peers/peak.c, which says how much memory it took."""

    def round(self):
        output = super().round()
        self.times[-1].update(json.loads(output.splitlines()[-1]))
        return output


class Talker(Process):
    """A program that prepares, then runs a round for each line it is sent (peers/worker.py)."""

    def prepare(self):
        self.log = open(os.path.join(self.folder, "peers.log"), "a", encoding="utf-8")
        self.process = subprocess.Popen(self.argv, cwd=self.folder, env=environment(len(self.cores)), text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
                                        preexec_fn=lambda: os.sched_setaffinity(0, self.cores))
        said = json.loads(self.process.stdout.readline())
        if "missing" in said:
            raise ValueError(said["missing"])
        self.version, self.units, self.values, self.note = (said[k] for k in ("version", "units", "values", "note"))

    def round(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        self.times.append(json.loads(self.process.stdout.readline()))

    def close(self):
        if hasattr(self, "process"):
            self.process.stdin.close()
            self.process.wait()
            self.log.close()


class Bench:
    """One work: its folder of starts and data, luron, and the contenders."""

    def __init__(self, options, work, folder):
        self.luron, self.python, self.work, self.folder = os.path.abspath(options.luron), sys.executable, work, folder
        self.before = os.path.abspath(options.before) if options.before else None
        self.cores = cores(work.get("cores", 1))
        for name in os.listdir(os.path.join(HERE, "works")):
            if name.endswith(".lua"):
                shutil.copy(os.path.join(HERE, "works", name), self.folder)
        with open(self.path("work.json"), "w", encoding="utf-8") as file:
            json.dump(work, file)
        self.make_data()
        self.make_starts()

    def path(self, name):
        return os.path.join(self.folder, name)

    def make_data(self):
        """Inputs drawn from N(0, 1); targets from N(0, 1), or classes in turn."""
        if "patterns" not in self.work:
            return
        n, width = self.work["patterns"]
        r = random.Random(1)
        rows = [[r.gauss(0, 1) for _ in range(width)] + [i * 7 % 10 if self.work.get("classes") else r.gauss(0, 1)]
                for i in range(n)]
        if self.work.get("classes"):
            rows = [row[:-1] + [k % 10 if k < 10 else row[-1]] for k, row in enumerate(rows)]
        with open(self.path("data.csv"), "w", encoding="utf-8") as file:
            file.write(",".join([f"x{i}" for i in range(width)] + ["target"]) + "\n")
            file.writelines(",".join(map(repr, row)) + "\n" for row in rows)
        with open(self.path("rows.txt"), "w", encoding="utf-8") as file:
            file.writelines(" ".join(map(repr, row)) + "\n" for row in rows)

    def make_starts(self):
        """The start values that luron draws, for the peers."""
        if "shape" not in self.work:
            return
        with open(self.path("starts.lua"), "w", encoding="utf-8") as file:
            file.write(f"""local luron = require "luron"
for seed = 1, {self.work.get('n_seeds', 1)} do
  local net, row = luron.network {{ seed = seed, {self.work['shape']} }}, {{}}
  for l = 1, #net.weights do
    for j = 1, #net.weights[l] do
      for i = 1, #net.weights[l][j] do row[#row + 1] = ("%.17g"):format(net.weights[l][j][i]) end
      if net.biases then row[#row + 1] = ("%.17g"):format(net.biases[l][j]) end
    end
  end
  print(table.concat(row, " "))
end
""")
        with open(self.path("starts.txt"), "w", encoding="utf-8") as file:
            subprocess.run([self.luron, "run", "starts.lua"], cwd=self.folder, check=True, stdout=file)

    # ---- luron's side ----
    def sweep_values(self, read, few):
        def values(_):
            done = subprocess.run([self.luron, "export", "ours.db", "--csv"], cwd=self.folder, check=True, text=True,
                                  capture_output=True)
            rows = list(csv.DictReader(done.stdout.splitlines()))
            self.few = read([row for row in rows if int(row.get("seed") or 1) <= few])
            return read(rows)
        return values

    def ours(self):
        w = self.work
        if w["kind"] == "process":
            return Process("luron", [self.luron, "run", w["script"]], self.cores, self.folder, w["units"])
        if w["kind"] == "one":
            return OneRun("luron", [self.luron, "run", w["script"]], self.cores, self.folder)
        read = {"losses": quantiles, "solved": solved, "none": lambda rows: [], "within": within}[w["values"]]
        return Process("luron", self.sweep_argv(self.luron, "ours.db", *w.get("overrides", [])), self.cores,
                       self.folder, w["units"], self.sweep_values(read, w.get("few_seeds", math.inf)))

    def sweep_argv(self, luron, file, *overrides):
        return [luron, "sweep", self.work["script"], "-q", "--fresh", "-o", file, "-j", str(len(self.cores)),
                *overrides]

    def earlier(self):
        """The other build of luron: of its process, as ours."""
        if not self.before or self.work["kind"] not in ("one", "sweep"):
            return []
        if self.work["kind"] == "one":
            c = OneRun("luron before", [self.before, "run", self.work["script"]], self.cores, self.folder)
        else:
            argv = self.sweep_argv(self.before, "before.db", *self.work.get("overrides", []))
            c = Process("luron before", argv, self.cores, self.folder, self.work["units"])
        c.prepare()
        return [c]

    # ---- the peers ----
    def peer(self, spec):
        """A contender from its line in works.py."""
        label, kind, *rest = spec
        if kind == "python":
            argv = [self.python, os.path.join(PEERS, rest[0]), *rest[1:]]
        elif kind == "lua":
            argv = [rest[0], os.path.join(PEERS, rest[1])]
        else:
            path = self.path(f"{rest[0]}-{len(os.listdir(self.folder))}")
            argv = [compiled(rest[0], path, *rest[1]), *rest[2]]
        argv = [a.replace("FOLDER", self.folder) for a in argv]
        if self.work["kind"] == "process":
            return Process(label, argv, self.cores, self.folder, self.work["units"])
        return Talker(label, argv, self.cores, self.folder)

    def scale(self):
        """luron alone, with ever more runs; then, where the work says so, what one does with the last file."""
        peak, w = compiled("peak", self.path("peak"), "-O2"), self.work
        ready = []
        for n in w["numbers_of_runs"]:
            seeds = [f"seed=1..{n // w['runs_a_seed']}"] if w.get("seeds", True) else ["seed=1"]
            for label, luron in (("luron", self.luron), ("luron before", self.before)):
                if luron:
                    file = f"{label.replace(' ', '-')}-{n}.db"
                    argv = [peak, *self.sweep_argv(luron, file, *seeds, *w["overrides"])]
                    ready.append(Measured(f"{label}, {n:,} runs", argv, self.cores, self.folder, n))
                    ready += [Measured(f"{label}, {what}", [peak, luron, *(a.replace("DATABASE", file) for a in look)],
                                       self.cores, self.folder, 1) for what, look in w.get("looks", {}).items()]
        if w.get("most_rounds") != 1:
            for contender in ready:
                contender.prepare()
        return ready, []

    def contenders(self):
        if self.work["kind"] == "scale":
            return self.scale()
        ours = self.ours()
        ours.prepare()
        ready = [ours, *self.earlier()]
        missing = []
        for spec in self.work["peers"]:
            contender = None
            try:
                contender = self.peer(spec)
                contender.prepare()
                self.compare(ours, contender)
                ready.append(contender)
            except FAILED as error:
                missing.append({"label": spec[0], "missing": str(error) or type(error).__name__})
                if contender:
                    contender.close()
        return ready, missing

    def compare(self, ours, theirs):
        """Raises where the peer computed something else."""
        theirs.worst = None
        if not theirs.values or not ours.values:
            return
        runs = self.work.get("units_few")
        expected = self.few if runs and theirs.units == runs else ours.values
        if len(theirs.values) != len(expected):
            raise ValueError("compares other values")
        pairs = list(zip(theirs.values, expected))[: self.work.get("compared")]
        theirs.worst = max(abs(a - b) / max(abs(a), abs(b), 1e-12) for a, b in pairs)
        if not theirs.worst <= self.work["tolerance"]:
            raise ValueError(f"computed something else: {theirs.values} and not {expected}")

    def told(self, argv):
        """A command without the names of folders of this machine."""
        names = ((self.folder, "FOLDER"), (self.python, "python"), (self.before, "before/luron"),
                 (os.path.dirname(HERE), "."))
        for folder, name in names:
            argv = [a.replace(folder, name) for a in argv] if folder else argv
        return argv

    def run(self, n_rounds):
        """Rounds in turn; a peer that fails in one leaves."""
        ready, missing = self.contenders()
        first = ready[0]
        for c in ready:
            c.start_timing()
        for _ in range(n_rounds):
            for c in ready[:]:
                try:
                    c.round()
                except FAILED as error:
                    if c is first:
                        raise
                    missing.append({"label": c.label, "missing": f"failed in a round: {error}"})
                    ready.remove(c)
        for c in ready:
            c.close()
        return [self.row(c) for c in ready] + missing

    def row(self, c):
        clock, goals = self.work["clock"], self.work.get("goals", {})
        row = {"label": c.label, "version": c.version, "note": c.note, "unit": self.work["unit"],
               "seconds_a_unit": statistics.median(t[clock] for t in c.times) / c.units,
               "goal": next((goal for label, goal in goals.items() if c.label.startswith(label)), None),
               "rounds": c.times, "units": c.units, "off_by": getattr(c, "worst", 0),
               "command": self.told(c.argv)}
        if "peak_bytes" in c.times[0]:
            row["peak_bytes"] = statistics.median(t["peak_bytes"] for t in c.times)
        return row


class OneRun(Process):
    """luron's single runs time themselves: the first line has the ends, the others seconds a step."""

    def prepare(self):
        self.units = 1
        lines = self.round().split("\n")
        self.values = [float(v) for v in lines[0].split()]

    def round(self):
        output = super().round()
        seconds = statistics.median(float(line) for line in output.split("\n")[1:] if line)
        self.times[-1] = {"wall": seconds, "cpu": seconds}
        return output


def quantiles(rows):
    """As peers/worker.py's."""
    x = sorted(float(row["loss"]) if row["loss"] else math.inf for row in rows)
    n = sum(map(math.isfinite, x))
    return [n / len(x), *(x[i * (n - 1) // 8] for i in range(9))]


def solved(rows):
    return [sum(row["status"] == "solved" for row in rows), sum(int(row["epochs"]) for row in rows)]


def within(rows):
    return [sum(float(row["error_max"] or math.inf) <= 0.4 for row in rows),
            sum(float(row["loss"]) for row in rows) / len(rows)]


def report(name, work, rows):
    print(f"{name}: {work['title']}; {work['clock']} time a {work['unit']}")
    ours = rows[0]["seconds_a_unit"]
    for row in rows:
        if "missing" in row:
            print(f"  {row['label']:34} missing: {row['missing'][:160]}")
            continue
        each = [t[work["clock"]] / row["units"] for t in row["rounds"]]
        times = row["seconds_a_unit"] / ours
        ratio = "" if row is rows[0] else f"{times:10.3g} times"
        if row["goal"]:
            ratio += f", goal {row['goal']}" + ("" if times >= row["goal"] else ": not reached")
        memory = f"  at most {row['peak_bytes'] / 1e6:.1f} MB" if "peak_bytes" in row else ""
        print(f"  {row['label']:34}{shown(row['seconds_a_unit']):>10}  [{shown(min(each))} .. {shown(max(each))}]"
              f"{ratio:>17}{memory}  {row['note']}")


def measure(name, work, options):
    before, start = describe(), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="luron-bench-", ignore_cleanup_errors=True) as folder:
        bench = Bench(options, work, folder)
        rows = bench.run(min(options.rounds, work.get("most_rounds", options.rounds)))
    seconds = time.perf_counter() - start
    report(name, work, rows)
    print(f"  took {seconds:.0f} s", flush=True)
    with open(os.path.join(options.folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump({"work": name, "title": work["title"], "machine": before, "load_after": os.getloadavg(),
                   "versions": versions(bench.luron), "seconds": round(seconds, 1), "clock": work["clock"],
                   "contenders": rows}, file, indent=1)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--before")
    parser.add_argument("luron")
    parser.add_argument("folder")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    for name in options.names:
        if not any(work.startswith(name) for work in WORKS):
            parser.error(f"no work begins with {name}; there are {' '.join(WORKS)}")
    failed = False
    for name, work in WORKS.items():
        if any(name.startswith(n) for n in options.names) if options.names else not work.get("only_named"):
            try:
                measure(name, work, options)
            except FAILED as error:
                failed = True
                print(f"{name}: failed: {error}", flush=True)
    sys.exit(failed)


main()
