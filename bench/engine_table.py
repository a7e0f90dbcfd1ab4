#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The engine beside the machine's limit and beside others, with the goals: ./dev bench engine

usage: engine_table.py [--rounds N] [--results FOLDER] ENGINE_BENCH
Each round launches ENGINE_BENCH afresh and gives every other program its turn, so that all meet the same state of the
machine. A value is the median over ten rounds, or --rounds, beside its least and most, which so say how steady ten
launches are. Others train the same runs from the same start values and patterns; where their mean loss is another, they
are not timed. numpy and torch have their best chunk, every library one thread. Times are those of the processor, but
for the rows of two threads. Written to FOLDER/engine.json."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

from machine import ALL_CORES, FAILED, compiled, cores, describe, environment, spread, versions

os.environ.update(environment(1))
import numpy as np

SCALAR = ("-O2", "-march=native", "-fno-tree-vectorize", "-lopenblas")
TUNED = ("-O3", "-march=native", "-ffast-math", "-DREAL=float", "-lopenblas")
WORKS = ("neuron", "fractal", "xor", "mlp_single", "ends")


class Table:
    """The engine's program, a folder for what the others read, and what all rounds gave."""

    def __init__(self, path, folder):
        self.path, self.folder = os.path.abspath(path), folder
        self.rounds, self.others, self.missing = [], [], {}

    def engine(self, *arguments, n_cores=1):
        """A launch: name of a work -> its record."""
        text = subprocess.run([self.path, *arguments], env=environment(1), check=True, capture_output=True, text=True,
                              preexec_fn=lambda: os.sched_setaffinity(0, cores(n_cores))).stdout
        return {record["name"]: record for record in map(json.loads, text.splitlines())}

    def file(self, work, what):
        """The path of a work's starts or data."""
        path = os.path.join(self.folder, f"{work}.{what}")
        if not os.path.exists(path):
            text = subprocess.run([self.path, "--" + what, work], check=True, capture_output=True, text=True).stdout
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return path

    def numbers(self, work, what):
        return np.loadtxt(self.file(work, what), ndmin=2)

    def add(self, work, label, make, tolerance):
        """make() gives a function that trains all runs of the work: its time in ns a unit, its mean loss."""
        try:
            run = make()
            off = abs(run()[1] / self.first[work]["loss"] - 1)
            if not off <= tolerance:
                raise ValueError(f"computed something else: its loss is off by {off:.2g}")
            self.others.append((work, label, run))
        except (*FAILED, ImportError) as error:
            self.missing[work, label] = str(error)

    def prepare(self):
        self.first = self.engine("--json", "--rounds", "1", *WORKS)
        for precision, dtype, tolerance in (("double", np.float64, 1e-9), ("single", np.float32, 1e-4)):
            neuron, fractal, xor = (f"{name}_{precision}" for name in ("neuron", "fractal", "xor"))
            self.add(neuron, "C, scalar, libm", lambda: loops(self, neuron, "neuron", (1, 1000)), tolerance)
            self.add(neuron, "numpy in place", lambda: neurons(self, neuron, dtype), tolerance)
            self.add(fractal, "numpy, one product", lambda: fractals(self, fractal, dtype), tolerance)
            self.add(xor, "C, scalar, libm", lambda: loops(self, xor, "xor", (4, 1000)), tolerance)
        self.add("xor_mse_double", "FANN", lambda: fann(self), 0.1)  # which keeps slopes from vanishing
        self.add("mlp_single", "C, OpenBLAS sgemm", lambda: loops(self, "mlp_single", "network", (1024, 20)), 1e-3)
        self.add("mlp_single", "torch bmm", lambda: bmm(self), 1e-3)

    def round(self):
        """Programs in turn; threads have launches of their own."""
        found = dict(self.engine("--json", "--rounds", "3", *WORKS))
        for work, label, run in self.others:
            found[work, label] = run()[0]
        found["blocks"] = self.engine("--json", "--rounds", "1", "--blocks", "ends")["ends_double"]
        for n in (1, 2):
            found["threads", n] = self.engine("--json", "--rounds", "3", "--threads", str(n), "neuron",
                                              "fractal_double", n_cores=n)
        self.rounds.append(found)

    def peak_bytes(self, n_runs):
        """Of memory, by a job of so many runs."""
        return self.engine("--json", "--rounds", "1", "--runs", str(n_runs), "xor_double")["xor_double"]["peak_bytes"]


# ---- The others ----
def loops(table, work, name, sizes):
    """peers/loops.c."""
    flags = TUNED if name == "network" else (*SCALAR, *(("-DREAL=float",) if work.endswith("single") else ()))
    path = compiled("loops", os.path.join(table.folder, "loops-" + work), *flags)
    n_patterns, n_epochs = sizes
    command = [path, name, table.file(work, "starts"), table.file(work, "data"), str(n_patterns),
               str(table.first[work]["runs"]), str(n_epochs)]

    def run():
        said = json.loads(subprocess.run(command, env=environment(1), check=True, capture_output=True).stdout)
        return said["ns"], said["loss"]
    return run


def fann(table):
    """peers/fann.c, which reads starts.txt without the rates."""
    path = compiled("fann", os.path.join(table.folder, "fann"), "-O2", "-ldoublefann")
    np.savetxt(os.path.join(table.folder, "starts.txt"), table.numbers("xor_mse_double", "starts")[:, 1:], "%.17g")
    command = [path, "xor", table.folder, str(table.first["xor_mse_double"]["runs"]), "1000"]

    def run():
        text = subprocess.run(command, input="go\n", env=environment(1), check=True, capture_output=True, text=True)
        said, timed = map(json.loads, text.stdout.splitlines())
        return timed["cpu"] * 1e9 / said["units"], said["values"][1]
    return run


def tuned(run, n_runs, n_units, chunks):
    """run(first, last) trains those runs and gives their losses: by the chunk that is fastest."""
    def timed(chunk):
        start = time.process_time()
        losses = [run(at, min(at + chunk, n_runs)) for at in range(0, n_runs, chunk)]
        return (time.process_time() - start) * 1e9 / (n_runs * n_units), float(np.concatenate(losses).mean())

    for chunk in chunks[:1]:
        timed(chunk)
    chunk = min(chunks, key=lambda c: timed(c)[0]) if len(chunks) > 1 else chunks[0]
    return lambda: timed(chunk)


def neurons(table, work, dtype, n_epochs=1000):
    """Single sigmoid units, x = 1, t = 0, in place."""
    starts = table.numbers(work, "starts").astype(dtype)

    def run(first, last):
        rate, w, b = (np.ascontiguousarray(column) for column in starts[first:last].T)
        z = np.empty_like(w)
        for _ in range(n_epochs):
            np.add(w, b, out=z)
            np.negative(z, out=z)
            np.exp(z, out=z)
            np.add(z, 1, out=z)
            np.divide(rate, z, out=z)
            np.subtract(w, z, out=w)
            np.subtract(b, z, out=b)
        return np.log1p(np.exp((w + b).astype(float)))
    return tuned(run, len(starts), n_epochs, (2048, 4096, 8192, 16384))


def fractals(table, work, dtype, n_epochs=50):
    """16-16-1 tanh networks without biases, all patterns an update, one large product of all networks of a chunk."""
    starts, data = table.numbers(work, "starts").astype(dtype), table.numbers(work, "data").astype(dtype)
    x, t = np.ascontiguousarray(data[:, :16]), np.ascontiguousarray(data[:, 16:])
    rate, two, one = dtype(starts[0, 0]), dtype(2 / len(x)), dtype(1)

    def run(first, last):
        n = last - first
        layers = starts[first:last, 1:].reshape(n, 17, 17)[:, :, :16]
        w = np.ascontiguousarray(layers[:, :16].transpose(2, 0, 1).reshape(16, n * 16))
        v = layers[:, 16].copy()
        h, d = np.empty((len(x), n * 16), dtype), np.empty((len(x), n * 16), dtype)
        h3, d3 = h.reshape(len(x), n, 16), d.reshape(len(x), n, 16)
        for _ in range(n_epochs):
            np.matmul(x, w, out=h)
            np.tanh(h, out=h)
            g = (np.einsum("pnk,nk->pn", h3, v) - t) * two
            np.multiply(g[:, :, None], v, out=d3)
            v -= rate * np.einsum("pn,pnk->nk", g, h3)
            np.multiply(h, h, out=h)
            np.subtract(one, h, out=h)
            np.multiply(d, h, out=d)
            w -= rate * (x.T @ d)
        o = np.einsum("pnk,nk->pn", np.tanh(x @ w).reshape(len(x), n, 16), v)
        return ((o - t) ** 2).mean(axis=0)
    return tuned(run, len(starts), n_epochs, (16, 32, 64))


def bmm(table, n_epochs=20):
    """64-32-10 for several networks at once by torch."""
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    starts = torch.from_numpy(table.numbers("mlp_single", "starts").astype(np.float32))
    data = torch.from_numpy(table.numbers("mlp_single", "data").astype(np.float32))
    x, t, rate = data[:, :64].contiguous(), data[:, 64:].contiguous(), float(starts[0, 0])
    layer, top = starts[:, 1 : 1 + 32 * 65].reshape(-1, 32, 65), starts[:, 1 + 32 * 65 :].reshape(-1, 10, 33)

    def run(first, last):
        w, c = layer[first:last, :, :64].mT.contiguous(), layer[first:last, None, :, 64].contiguous()
        v, d = top[first:last, :, :32].mT.contiguous(), top[first:last, None, :, 32].contiguous()
        for _ in range(n_epochs):
            for at in range(0, len(x), 32):
                xs = x[at : at + 32].expand(last - first, -1, -1)
                h = torch.baddbmm(c, xs, w).relu_()
                g = torch.softmax(torch.baddbmm(d, h, v), 2).sub_(t[at : at + 32]).mul_(-rate / 32)
                e = torch.bmm(g, v.mT).mul_(h > 0)
                v.baddbmm_(h.mT, g)
                d.add_(g.sum(1, keepdim=True))
                w.baddbmm_(xs.mT, e)
                c.add_(e.sum(1, keepdim=True))
        z = torch.baddbmm(d, torch.baddbmm(c, x.expand(last - first, -1, -1), w).relu_(), v)
        return -(torch.log_softmax(z, 2) * t).sum(2).mean(1).numpy()
    return tuned(run, len(starts), n_epochs * len(x), (4, 8, 16))


# ---- The table ----
SHARE, FASTER = "share of the limit", "times faster than"
GOALS = [  # what, work, against, at least; None: no goal is set
    (SHARE, "neuron_double", None, 0.75),
    (SHARE, "neuron_single", None, 0.65),
    (SHARE, "fractal_double", None, 0.80),
    (SHARE, "fractal_single", None, None),
    (FASTER, "neuron_double", "C, scalar, libm", 12),
    (FASTER, "neuron_single", "C, scalar, libm", 12),
    (FASTER, "neuron_double", "numpy in place", 7),
    (FASTER, "neuron_single", "numpy in place", 10),
    (FASTER, "fractal_double", "numpy, one product", 5),
    (FASTER, "fractal_single", "numpy, one product", 6),
    (FASTER, "xor_double", "C, scalar, libm", 20),
    (FASTER, "xor_single", "C, scalar, libm", None),
    (FASTER, "xor_mse_double", "FANN", 20),
    (FASTER, "mlp_single", "C, OpenBLAS sgemm", 1.5),
    (FASTER, "mlp_single", "torch bmm", 6),
]
TITLES = {
    "neuron": "one neuron, a step", "fractal": "16-16-1 tanh, 272 patterns, full batch, a step",
    "xor": "XOR 2-2-1 online, a pattern", "xor_mse": "XOR 2-2-1 online by squared errors, a pattern",
    "mlp": "64-32-10, batch 32, 16 seeds, a pattern", "ends": "one neuron, runs that end at 10 to 4000 steps, shuffled",
}


def title(work):
    name, precision = work.rsplit("_", 1)
    return f"{TITLES[name]}, {precision}"


def row(what, work, against, goal, values, ours_ns=None, theirs_ns=None, at_most=False):
    """values: one a round."""
    value, least, most = spread(values)
    return {"what": what, "name": work, "work": title(work), "against": against, "goal": goal, "at_most": at_most,
            "value": value, "least": least, "most": most, "ours_ns": ours_ns, "theirs_ns": theirs_ns,
            "reached": None if goal is None else value <= goal if at_most else value >= goal}


def measured(table):
    for what, work, against, goal in GOALS:
        ours = [r[work]["ns"] for r in table.rounds]
        if against is None:
            limits = [r[work]["limit_ns"] for r in table.rounds]
            yield row(what, work, None, goal, [b / a for a, b in zip(ours, limits)], spread(ours)[0], spread(limits)[0])
        elif (work, against) in table.missing:
            yield {"what": what, "name": work, "work": title(work), "against": against, "goal": goal,
                   "missing": table.missing[work, against]}
        else:
            theirs = [r[work, against] for r in table.rounds]
            yield row(what, work, against, goal, [b / a for a, b in zip(ours, theirs)], spread(ours)[0],
                      spread(theirs)[0])


def measured_beside(table):
    """Threads, refill and memory: the engine beside itself."""
    rounds = table.rounds
    for work in ("neuron_double", "neuron_single", "fractal_double"):
        one, two = ([r["threads", n][work]["ns"] for r in rounds] for n in (1, 2))
        yield row("times faster by two threads", work, None, 1.95, [a / b for a, b in zip(one, two)], spread(two)[0],
                  spread(one)[0])
    refill, blocks = ([r[name]["ns"] for r in rounds] for name in ("ends_double", "blocks"))
    yield row(FASTER, "ends_double", "masks: blocks wait for their longest run", 3,
              [b / a for a, b in zip(refill, blocks)], spread(refill)[0], spread(blocks)[0])
    yield row("lane use", "ends_double", None, 0.95, [r["ends_double"]["lane_use"] for r in rounds])
    yield row("lane use", "ends_double", "with masks", None, [r["blocks"]["lane_use"] for r in rounds])
    few, many = table.peak_bytes(10**4), table.peak_bytes(10**5)
    yield row("peak of memory,", "xor_double", f"10^5 runs over 10^4 runs of {few / 1e6:.2f} MB", 1.1, [many / few],
              at_most=True)


def show(rows, table):
    first = table.rounds[0]
    print(f"isa {first['neuron_double']['isa']}; one lane's fused multiply-add: " + ", ".join(
        f"{p} {spread([r['neuron_' + p]['fma_ns'] for r in table.rounds])[0]:.4f} ns" for p in ("double", "single")))
    for r in rows:
        goal = "" if r["goal"] is None else f"goal {'at most' if r.get('at_most') else 'at least'} {r['goal']}"
        head = f"{r['name']:15} {r['what'] + (' ' + r['against'] if r['against'] else ''):58}"
        if "missing" in r:
            print(head, "missing:", r["missing"], goal)
            continue
        times = "" if r["ours_ns"] is None else f"({r['ours_ns']:.4g} ns, {r['theirs_ns']:.4g} ns)"
        print(f"{head} {r['value']:7.3g} [{r['least']:.3g} .. {r['most']:.3g}] {times:24} {goal}"
              f"{'' if r['reached'] is not False else ': not reached'}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--results")
    parser.add_argument("engine")
    options = parser.parse_args()
    before = describe()
    with tempfile.TemporaryDirectory(prefix="luron-bench-") as folder:
        table = Table(options.engine, folder)
        table.prepare()
        os.sched_setaffinity(0, cores(1))
        for _ in range(options.rounds):
            table.round()
        os.sched_setaffinity(0, ALL_CORES)
    rows = [*measured(table), *measured_beside(table)]
    show(rows, table)
    if options.results:
        limit = {p: spread([r["neuron_" + p]["fma_ns"] for r in table.rounds])[0] for p in ("double", "single")}
        with open(os.path.join(options.results, "engine.json"), "w", encoding="utf-8") as file:
            json.dump({"work": "engine", "machine": before, "load_after": os.getloadavg(), "versions": versions(),
                       "rounds": options.rounds,
                       "isa": table.rounds[0]["neuron_double"]["isa"], "fma_ns": limit, "rows": rows}, file, indent=1)
            file.write("\n")


main()
