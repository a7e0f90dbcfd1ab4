# SPDX-License-Identifier: MIT
"""The works of compare.py: what luron runs, what the peers run, and how far their results may differ."""

NEURON = "inputs = 1, outputs = 1"
FAST = ("-Ofast", "-march=native", "-fopenmp")
ARRAYS = {"JAX": 3, "torch": 6, "numpy": 6}  # how many times faster luron is to be
FEW = 300  # seeds that the peers train in the sweep: their time a run does not depend on how many there are


def process():
    return {
        "title": "the tutorial's script, start to exit", "kind": "process", "script": "script.lua", "units": 1,
        "unit": "process", "clock": "wall", "goals": {"TensorFlow": 500},
        "peers": [("Lua 5.4", "lua", "lua5.4", "script.lua"), ("LuaJIT", "lua", "luajit", "script.lua"),
                  *((label, "python", "script.py", name) for label, name in (
                      ("Python", "python"), ("numpy", "numpy"), ("torch, eager", "torch"),
                      ("TensorFlow, eager", "tensorflow")))],
    }


def one():
    return {
        "title": "one neuron, 1000 steps, one run", "kind": "one", "script": "neuron.lua", "unit": "step",
        "clock": "cpu", "tolerance": 1e-12, "precision": "double",
        "peers": [("C with libm", "c", "neuron", ("-O2",), ("neuron", "FOLDER", "1", "1", "1")),
                  ("LuaJIT", "lua", "luajit", "neuron.lua"), ("Lua 5.4", "lua", "lua5.4", "neuron.lua"),
                  ("numba", "python", "with_numba.py", "neuron", "FOLDER"),
                  ("torch, eager", "python", "with_torch.py", "neuron", "FOLDER"),
                  ("TensorFlow, tf.function with XLA", "python", "with_tensorflow.py", "neuron", "FOLDER")],
    }


def one_mse():
    return dict(one(), title="one neuron by squared errors, 1000 steps, one run", script="neuron_mse.lua",
                tolerance=1e-7, peers=[("FANN", "c", "fann",
                                         ("-O2", "-ldoublefann"), ("neuron", "FOLDER", "1", "1000"))])


def sweep(precision, cores=1):
    n_rates, n_seeds, epochs = 100, 1000, 1000
    real = ("-DREAL=float",) if precision == "single" else ()
    few = [str(n) for n in (n_rates, FEW, epochs)]
    peers = [("JAX", "python", "with_jax.py", "sweep", "FOLDER"),
             ("torch", "python", "with_torch.py", "sweep", "FOLDER"),
             ("numpy in place", "python", "with_numpy.py", "sweep", "FOLDER"),
             ("numba", "python", "with_numba.py", "sweep", "FOLDER"),
             ("C with libm", "c", "neuron", ("-O2", "-fno-tree-vectorize", "-fopenmp", *real),
              ("sweep", "FOLDER", *few)),
             ("C, -Ofast, libmvec", "c", "neuron", (*FAST, *real), ("sweep", "FOLDER", *few))]
    return {
        "title": f"sweep of one neuron, 100000 runs of 1000 steps, {precision}, {cores} core" + "s" * (cores > 1),
        "kind": "sweep", "script": "sweep.lua", "overrides": [f"precision={precision}"], "values": "losses",
        "n_rates": n_rates, "n_seeds": n_seeds, "few_seeds": FEW, "epochs": epochs, "precision": precision,
        "units": n_rates * n_seeds * epochs, "units_few": n_rates * FEW * epochs, "shape": NEURON, "unit": "step",
        "clock": "wall" if cores > 1 else "cpu", "tolerance": 1e-2 if precision == "single" else 1e-9, "cores": cores,
        "goals": ARRAYS, "peers": peers if cores == 1 else [p for p in peers if not p[0].startswith("numpy")],
    }


def xor():
    return {
        "title": "XOR 2-2-1, 10000 seeds, until solved or 1000 epochs, double", "kind": "sweep", "script": "xor.lua",
        "values": "solved", "n_seeds": 10000, "few_seeds": 2000,
        "units_few": 2000, "epochs": 1000, "precision": "double", "units": 10000, "unit": "run",
        "shape": "inputs = 2, hidden = 2, outputs = 1", "clock": "cpu", "tolerance": 1e-3,
        "peers": [("JAX, masked", "python", "with_jax.py", "xor", "FOLDER"),
                  ("torch, solved runs leave", "python", "with_torch.py", "xor", "FOLDER")],
    }


def xor_mse():
    return {
        "title": "XOR 2-2-1 by squared errors, 1000 seeds, 500 epochs, double", "kind": "sweep",
        "script": "xor_mse.lua",
        "values": "within", "n_seeds": 1000, "epochs": 500, "precision": "double", "units": 1000 * 500 * 4,
        "unit": "pattern", "shape": "inputs = 2, hidden = 2, outputs = 1", "clock": "cpu",
        "tolerance": 0.1,  # FANN keeps slopes from vanishing
        "peers": [("FANN", "c", "fann", ("-O2", "-ldoublefann"), ("xor", "FOLDER", "1000", "500"))],
    }


def picture(precision, width, patterns, epochs, side, high=1000.0):
    low = 0.01
    axis = f"{low}..{high}:{side}:log"
    return {
        "title": f"trainability, width {width}, {patterns} patterns, {epochs} steps, {side} x {side}, rates {low} to "
                 f"{high:g}, {precision}",
        "kind": "sweep", "script": "picture.lua", "values": "losses", "precision": precision, "epochs": epochs,
        "overrides": [f"precision={precision}", f"hidden={width}", f"epochs={epochs}", f"learning_rate_1={axis}",
                      f"learning_rate_2={axis}"],
        "patterns": (patterns, width),
        "shape": f"inputs = {width}, hidden = {width}, outputs = 1, bias = false, init_scale = 0.25",
        "side": side, "rate_low": low, "rate_high": high, "units": side * side * epochs, "unit": "step",
        "clock": "cpu", "tolerance": 0.03 if high > 1 else 1e-3 if precision == "single" else 1e-9,
        "goals": ARRAYS, "compared": 1 if high > 1 else 10,  # where runs are chaotic, only the share that stays finite
        "peers": [(label, "python", f"with_{name}.py", "picture", "FOLDER")
                  for label, name in (("JAX", "jax"), ("torch", "torch"), ("numpy", "numpy"))],
    }


def picture_full(precision, width, patterns, epochs, side):
    """The whole picture by luron alone: the peers' time a step does not depend on the side, the small works have it."""
    return dict(picture(precision, width, patterns, epochs, side), peers=[], only_named=True, most_rounds=1, cores=2,
                clock="wall")


def digits(n_seeds, epochs=20):
    n, few = 1024, min(n_seeds, 32)
    return {
        "title": f"64-32-10, batch 32, 1024 patterns, {epochs} epochs, {n_seeds} seed{'s' * (n_seeds > 1)}, single",
        "kind": "sweep", "script": "digits.lua", "values": "losses",
        "overrides": [f"seed=1..{n_seeds}", f"epochs={epochs}"],
        "classes": 10, "patterns": (n, 64), "n_seeds": n_seeds, "few_seeds": few, "epochs": epochs,
        "precision": "single", "shape": "inputs = 64, hidden = 32, outputs = 10, init_scale = 0.125",
        "units": n * n_seeds * epochs, "units_few": n * few * epochs, "unit": "pattern", "clock": "cpu",
        "tolerance": 1e-3,
        "peers": [("torch, bmm", "python", "with_torch.py", "digits", "FOLDER"),
                  ("JAX", "python", "with_jax.py", "digits", "FOLDER"),
                  *([("FANN (sigmoid, online, double)", "c", "fann", ("-O2", "-ldoublefann"),
                      ("digits", "FOLDER", "1", "2"))] if n_seeds == 1 else [])],
    }


def trials(sampler, n_few):
    drawn = ["learning_rate=0.01..1:log", "init_scale=0.01..1:log", "sampler=random", "samples=10000"]
    return {
        "title": f"cost of the runner, 10000 stored trials of one step, {sampler}", "kind": "sweep",
        "script": "trials.lua", "overrides": drawn if sampler == "random" else [], "values": "none", "units": 10000,
        "unit": "trial", "clock": "wall",
        "goals": {"Optuna, memory": 50 if sampler == "random" else 1000, "Optuna, SQLite": 1000},
        "peers": [*((f"Optuna, {name}", "python", "with_optuna.py", sampler, "FOLDER", store, str(n))
                    for name, store, n in (("memory", "memory", n_few), ("SQLite", "sqlite", 30))),
                  ("Ray Tune", "python", "with_ray.py", sampler, "FOLDER", "4"),
                  *([("Hydra, basic launcher", "python", "with_hydra.py", "FOLDER", "2")] * (sampler == "grid"))],
    }


def scale(*numbers_of_runs):
    return {
        "title": "scale: one neuron of 100 steps, its results stored, 2 cores", "kind": "scale", "script": "sweep.lua",
        "overrides": ["epochs=100"], "numbers_of_runs": numbers_of_runs, "runs_a_seed": 100, "unit": "run",
        "clock": "wall", "cores": 2, "most_rounds": 3,
    }


WORKS = {
    "script": process(),
    "neuron": one(),
    "neuron_mse": one_mse(),
    "sweep_double": sweep("double"),
    "sweep_single": sweep("single"),
    "sweep_both_cores": sweep("double", 2),
    "xor": xor(),
    "xor_mse": xor_mse(),
    "picture8_double": picture("double", 8, 72, 100, 24),
    "picture8_single": picture("single", 8, 72, 100, 24),
    "picture16_double": picture("double", 16, 272, 40, 16),
    "picture16_single": picture("single", 16, 272, 40, 16),
    "picture16_converging": picture("double", 16, 272, 40, 16, 0.3),
    "digits_1": digits(1, 200),
    "digits_16": digits(16),
    "digits_256": digits(256),
    "trials_grid": trials("grid", 100),
    "trials_random": trials("random", 1000),
    "scale": scale(10**4, 10**5, 10**6, 10**7),
    "full_scale": dict(scale(10**8), only_named=True, most_rounds=1),
    "full_picture8": picture_full("double", 8, 72, 100, 512),
    "full_picture16": picture_full("double", 16, 272, 500, 128),
}
