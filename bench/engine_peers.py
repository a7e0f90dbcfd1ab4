#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The works of bench/engine.c by numpy and torch, each in place and with its best chunk, on one thread.

usage: engine_peers.py [ENGINE_BENCH]
Runs ENGINE_BENCH between the peers, so that both meet the same state of the machine, and prints medians and ratios."""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import re
import subprocess
import sys
import time

import numpy as np

ROUNDS = 3


def neuron(dtype, chunk, steps=200):
    """Single sigmoid units, w = w - rate (o - t) x, x = 1, t = 0: ns a step and unit."""
    w, b, z, rate = (np.linspace(0.1, 1, chunk, dtype=dtype) for _ in range(4))
    start = time.thread_time()
    for _ in range(steps):
        np.add(w, b, out=z)
        np.negative(z, out=z)
        np.exp(z, out=z)
        np.add(z, 1, out=z)
        np.reciprocal(z, out=z)
        np.multiply(z, rate, out=z)
        np.subtract(w, z, out=w)
        np.subtract(b, z, out=b)
    return (time.thread_time() - start) * 1e9 / (steps * chunk)


def fractal(dtype, nets, steps=6):
    """16-16-1 tanh networks without biases, 272 patterns, full batch, one large product: ns a step and net."""
    r = np.random.default_rng(1)
    x = r.standard_normal((272, 16)).astype(dtype)
    t = r.standard_normal((272, 1)).astype(dtype)
    w = r.standard_normal((16, nets * 16)).astype(dtype)
    v = r.standard_normal((nets, 16)).astype(dtype)
    h, d = np.empty((272, nets * 16), dtype), np.empty((272, nets * 16), dtype)
    start = time.thread_time()
    for _ in range(steps):
        np.matmul(x, w, out=h)
        np.tanh(h, out=h)
        h3 = h.reshape(272, nets, 16)
        o = np.tanh(np.einsum("pnk,nk->pn", h3, v))
        g = (o - t) * (1 - o * o) * dtype(2 / 272)
        np.multiply(g[:, :, None], v[None], out=d.reshape(272, nets, 16))
        v -= dtype(0.01) * np.einsum("pn,pnk->nk", g, h3)
        np.multiply(h, h, out=h)
        np.subtract(1, h, out=h)
        np.multiply(d, h, out=d)
        w -= dtype(0.01) * (x.T @ d)
    return (time.thread_time() - start) * 1e9 / (steps * nets)


def mlp_sgemm(epochs=1):
    """64-32-10 relu, softmax, batches of 32 of 1024 patterns, float, one network: ns a pattern."""
    r = np.random.default_rng(1)
    x, t = r.standard_normal((1024, 64), dtype=np.float32), np.eye(10, dtype=np.float32)[r.integers(0, 10, 1024)]
    w, v = r.standard_normal((64, 32), dtype=np.float32), r.standard_normal((32, 10), dtype=np.float32)
    start = time.thread_time()
    for _ in range(epochs):
        for i in range(0, 1024, 32):
            xb, h = x[i : i + 32], np.maximum(x[i : i + 32] @ w, 0)
            z = h @ v
            e = np.exp(z - z.max(axis=1, keepdims=True))
            g = (e / e.sum(axis=1, keepdims=True) - t[i : i + 32]) / 32
            gh = (g @ v.T) * (h > 0)
            v -= 0.01 * (h.T @ g)
            w -= 0.01 * (xb.T @ gh)
    return (time.thread_time() - start) * 1e9 / (epochs * 1024)


def mlp_bmm(nets):
    """The same for several networks by torch.bmm: ns a pattern and net; None without torch."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    x, t = torch.randn(1, 1024, 64).expand(nets, -1, -1), torch.eye(10)[torch.randint(0, 10, (1024,))]
    w, v = torch.randn(nets, 64, 32), torch.randn(nets, 32, 10)
    start = time.thread_time()
    for i in range(0, 1024, 32):
        xb = x[:, i : i + 32]
        h = torch.bmm(xb, w).relu_()
        g = (torch.softmax(torch.bmm(h, v), 2) - t[i : i + 32]) / 32
        gh = torch.bmm(g, v.transpose(1, 2)) * (h > 0)
        v.baddbmm_(h.transpose(1, 2), g, alpha=-0.01)
        w.baddbmm_(xb.transpose(1, 2), gh, alpha=-0.01)
    return (time.thread_time() - start) * 1e9 / (1024 * nets)


def best(work, chunks, *arguments):
    return min(work(*arguments, c) for c in chunks)


PEERS = [
    ("neuron_double", "numpy in place", lambda: best(neuron, (4096, 16384), np.float64)),
    ("neuron_single", "numpy in place", lambda: best(neuron, (8192, 32768), np.float32)),
    ("fractal_double", "numpy, one product", lambda: best(fractal, (16, 32), np.float64)),
    ("fractal_single", "numpy, one product", lambda: best(fractal, (16, 32), np.float32)),
    ("mlp_single", "numpy sgemm loop", mlp_sgemm),
    ("mlp_single", "torch bmm", lambda: min((mlp_bmm(n) or float("nan")) for n in (16, 64))),
]


def engine(path, isa, works):
    environment = dict(os.environ, **({"LURON_ISA": isa} if isa else {}))
    text = subprocess.run([path, "--rounds", "1", *works], env=environment, check=True, capture_output=True, text=True)
    return {m[1]: float(m[2]) for m in re.finditer(r"^(\w+) +([\d.]+) ns", text.stdout, re.M)}


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else None
    works = ["neuron", "fractal", "xor", "mlp_single"]
    ours, scalar, theirs = {}, {}, {}
    for _ in range(ROUNDS):
        for found, isa in ((ours, None), (scalar, "scalar")) if path else ():
            for name, t in engine(path, isa, works if not isa else ["neuron", "xor"]).items():
                found.setdefault(name, []).append(t)
        for work, peer, run in PEERS:
            theirs.setdefault((work, peer), []).append(run())
    for name, t in scalar.items():
        theirs[name, "the reference kernel, scalar"] = t
    for (work, peer), t in theirs.items():
        t = np.median(t)
        line = f"{work:16} {peer:30} {t:12.3f} ns"
        if work in ours:
            line += f"   luron {np.median(ours[work]):12.3f} ns: {t / np.median(ours[work]):.1f} times"
        print(line)


main()
