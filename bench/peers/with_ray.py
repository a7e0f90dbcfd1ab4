# SPDX-License-Identifier: MIT
"""Ray Tune's cost of a trial with nothing to compute, its workers started before: with_ray.py grid|random FOLDER N."""
import json
import logging
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
os.environ.update(RAY_AIR_NEW_OUTPUT="0", RAY_USAGE_STATS_ENABLED="0", TUNE_DISABLE_AUTO_CALLBACK_LOGGERS="1")
import ray
from ray import tune

sampler, folder, n = sys.argv[1], sys.argv[2], int(sys.argv[3])


def objective(config):
    return {"loss": config["rate"] + config["scale"]}


def run(k):
    axis = [0.01 + 0.99 * i / (n - 1) for i in range(n)]
    grid = {"rate": tune.grid_search(axis), "scale": 0.5}
    drawn = {"rate": tune.uniform(0.01, 1), "scale": tune.uniform(0.01, 1)}
    tuner = tune.Tuner(objective, param_space=grid if sampler == "grid" else drawn,
                       tune_config=tune.TuneConfig(num_samples=1 if sampler == "grid" else n, reuse_actors=True),
                       run_config=tune.RunConfig(storage_path=os.path.join(folder, "ray"), name=str(k), verbose=0))
    if len(tuner.fit()) != n:
        raise ValueError("other trials than asked for")


said, sys.stdout = sys.stdout, sys.stderr
ray.init(num_cpus=len(os.sched_getaffinity(0)), include_dashboard=False, log_to_driver=False,
         logging_level=logging.ERROR)
try:
    run(0)
    print(json.dumps({"version": "ray " + ray.__version__, "units": n, "values": [], "note": f"{n} trials"}),
          file=said, flush=True)
    for k, _ in enumerate(sys.stdin, 1):
        wall, cpu = time.perf_counter(), time.process_time()
        run(k)
        print(json.dumps({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}), file=said,
              flush=True)
finally:
    ray.shutdown()
