# SPDX-License-Identifier: MIT
"""Hydra's cost of a job with nothing to compute, by its own launcher in one process: with_hydra.py FOLDER SIDE."""
import json
import os
import sys
import time

import hydra

folder, side = sys.argv[1], int(sys.argv[2])
said, sys.stdout = sys.stdout, sys.stderr
n_done = 0


@hydra.main(version_base=None, config_path=None)
def objective(config):
    global n_done
    n_done += 1
    return config.rate + config.scale


def run(k):
    axis = f"range(1,{side + 1})"
    sys.argv[1:] = ["--multirun", "+rate=" + axis, "+scale=" + axis,
                    "hydra.sweep.dir=" + os.path.join(folder, f"hydra-{k}"), "hydra/hydra_logging=disabled",
                    "hydra/job_logging=disabled"]
    before = n_done
    objective()
    if n_done - before != side * side:
        raise ValueError("other jobs than asked for")


run(0)
print(json.dumps({"version": "hydra " + hydra.__version__, "units": side * side, "values": [],
                  "note": f"{side * side} trials"}), file=said, flush=True)
for k, _ in enumerate(sys.stdin, 1):
    wall, cpu = time.perf_counter(), time.process_time()
    run(k)
    print(json.dumps({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}), file=said, flush=True)
