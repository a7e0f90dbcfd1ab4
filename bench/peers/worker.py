# SPDX-License-Identifier: MIT
"""What the peers' programs share: reading a work, tuning, and the talk with bench/compare.py.

A program is started as PROGRAM WORK FOLDER. It prepares (compiles, warms up, finds its best chunk), prints one line of
JSON with its version, the units of a round and values to compare, then runs one round for each line that it reads."""
import json
import os
import sys
import time

import numpy as np


class Work:
    """A work's numbers: FOLDER/work.json, FOLDER/starts.txt (one row a seed, in luron's order), FOLDER/data.csv."""

    def __init__(self, folder):
        with open(os.path.join(folder, "work.json"), encoding="utf-8") as file:
            self.__dict__.update(json.load(file))
        self.folder = folder
        self.dtype = np.dtype("float32" if self.precision == "single" else "float64")

    def starts(self, n_seeds=None):
        rows = np.loadtxt(os.path.join(self.folder, "starts.txt"), ndmin=2)[:n_seeds]
        return rows.astype(self.dtype)

    def data(self):
        rows = np.loadtxt(os.path.join(self.folder, "data.csv"), delimiter=",", skiprows=1)
        return rows[:, :-1].astype(self.dtype), rows[:, -1]

    def neurons(self, n_seeds=None):
        """w, b and rate of every run of the neuron's sweep."""
        s, rates = self.starts(n_seeds), np.geomspace(0.01, 10, self.n_rates).astype(self.dtype)
        return (np.tile(s[:, 0], len(rates)), np.tile(s[:, 1], len(rates)), np.repeat(rates, len(s)))

    def rates(self):
        """Both rates of every pixel."""
        r = np.geomspace(self.rate_low, self.rate_high, self.side).astype(self.dtype)
        return np.repeat(r, self.side), np.tile(r, self.side)


def quantiles(losses):
    """What is compared of many losses: their mean and quantiles, runs that are not finite last."""
    x = np.sort(np.where(np.isfinite(losses), losses, np.inf).astype(float))
    n = int(np.isfinite(x).sum())
    return [n / len(x), *(float(x[i * (n - 1) // 8]) for i in range(9))]


def best(run, candidates):
    """The candidate that runs fastest, after a round that compiles: by the processor's time where there is one core, so
    that other programs disturb less."""
    clock = time.process_time if len(os.sched_getaffinity(0)) == 1 else time.perf_counter

    def seconds(c):
        run(c)
        start = clock()
        run(c)
        return clock() - start
    return min(candidates, key=seconds) if len(candidates) > 1 else candidates[0]


def serve(version, works):
    """works: name -> function of a Work that returns run, units, values, note."""
    name = sys.argv[1]
    if name not in works:
        print(json.dumps({"missing": "not written"}), flush=True)
        return
    run, units, values, note = works[name](Work(sys.argv[2]))
    print(json.dumps({"version": version, "units": units, "values": [float(v) for v in values], "note": note}),
          flush=True)
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        print(json.dumps({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}), flush=True)
