# SPDX-License-Identifier: MIT
"""The neuron by numba: compiled loops, threads over runs where there are several cores."""
import math
import os

import numba
import numpy as np
from worker import quantiles, serve

numba.set_num_threads(len(os.sched_getaffinity(0)))


@numba.njit(fastmath=True)
def train(w, b, x, t, rate, n_steps):
    for _ in range(n_steps):
        error = t - 1 / (1 + math.exp(-(w * x + b)))
        w += rate * error * x
        b += rate * error
    return w, b


@numba.njit(parallel=True, fastmath=True)
def train_all(w, b, rate, n_steps, losses):
    one, zero = w.dtype.type(1), w.dtype.type(0)
    for i in numba.prange(len(w)):
        u, c, r = w[i], b[i], rate[i]
        for _ in range(n_steps):
            change = r / (one + np.exp(-(u + c)))
            u -= change
            c -= change
        losses[i] = np.log1p(np.exp(u + c)) + zero


def neuron(_):
    run = lambda: [train(0.37, 0.1, 1.0, 0.0, 0.1, 1000) for _ in range(100)]
    return run, 100 * 1000, run()[0], ""


def sweep(work):
    w, b, rate = work.neurons(work.few_seeds)
    losses = np.empty_like(w)
    run = lambda: train_all(w, b, rate, work.epochs, losses)
    run()
    return run, len(w) * work.epochs, quantiles(losses), ""


serve("numba " + numba.__version__, {"neuron": neuron, "sweep": sweep})
