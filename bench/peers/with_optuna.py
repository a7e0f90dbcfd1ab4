# SPDX-License-Identifier: MIT
"""Optuna's cost of a trial with nothing to compute: with_optuna.py grid|random FOLDER memory|sqlite N."""
import json
import logging
import os
import sys
import time

import numpy as np
import optuna

optuna.logging.set_verbosity(logging.ERROR)
sampler_name, folder, store, n = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])


def objective(trial):
    return trial.suggest_float("rate", 0.01, 1) + trial.suggest_float("scale", 0.01, 1)


def sampler():
    if sampler_name == "random":
        return optuna.samplers.RandomSampler(seed=1)
    side = int(np.ceil(np.sqrt(n)))
    axis = np.linspace(0.01, 1, side).tolist()
    return optuna.samplers.GridSampler({"rate": axis, "scale": axis})


def run(k):
    path = os.path.join(folder, f"optuna-{sampler_name}-{k}.db")
    storage = None if store == "memory" else "sqlite:///" + path
    optuna.create_study(sampler=sampler(), storage=storage).optimize(objective, n_trials=n)


run(0)
print(json.dumps({"version": "optuna " + optuna.__version__, "units": n, "values": [], "note": f"{n} trials"}),
      flush=True)
for k, _ in enumerate(sys.stdin, 1):
    wall, cpu = time.perf_counter(), time.process_time()
    run(k)
    print(json.dumps({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}), flush=True)
