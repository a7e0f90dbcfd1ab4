# SPDX-License-Identifier: MIT
"""The works of compare.py: what luron runs, what the peers run, and how far their results may differ."""

NEURON = "inputs = 1, outputs = 1"
FAST = ("-Ofast", "-march=native", "-fopenmp")
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
        "clock": "cpu", "tolerance": 1e-12, "precision": "double", "goals": {"C with libm": 0.9},
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
        "goals": {"C, -Ofast": 1.6} if cores > 1 else {"JAX": 1.8 if precision == "single" else 2.3},
        "peers": peers if cores == 1 else [p for p in peers if not p[0].startswith("numpy")],
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


PICTURE_GOALS = {(16, "double"): 2.3, (16, "single"): 2.2, (8, "double"): 2, (8, "single"): 3.6}


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
        "goals": {"JAX": PICTURE_GOALS[width, precision]},
        "compared": 1 if high > 1 else 10,  # where runs are chaotic, only the share that stays finite
        "peers": [(label, "python", f"with_{name}.py", "picture", "FOLDER")
                  for label, name in (("JAX", "jax"), ("torch", "torch"), ("numpy", "numpy"))],
    }


def own_swish(precision):
    """An activation that the script writes, with a slope of its own that is an axis."""
    return dict(picture(precision, 16, 272, 40, 16, 0.3), script="own_swish.lua", goals={"JAX": 2},
                title=f"an activation written in Lua, swish times a swept slope, 16-16-1, 272 patterns, 40 steps, "
                      f"16 x 16, {precision}",
                overrides=[f"precision={precision}", "learning_rate_1=0.01..0.3:16:log", "slope=0.01..0.3:16:log"],
                peers=[("JAX", "python", "with_jax.py", "own_swish", "FOLDER")])


def picture_full(precision, width, patterns, epochs, side):
    """The whole picture by luron alone: the peers' time a step does not depend on the side, the small works have it."""
    return dict(picture(precision, width, patterns, epochs, side), peers=[], only_named=True, most_rounds=1, cores=2,
                clock="wall")


def digits(n_seeds, epochs=20, inputs=64, hidden=32):
    n, few, scale = 1024, min(n_seeds, 32), round(inputs ** -0.5, 4)
    return {
        "title": f"{inputs}-{hidden}-10, batch 32, {n} patterns, {epochs} epochs, {n_seeds} "
                 f"seed{'s' * (n_seeds > 1)}, single",
        "kind": "sweep", "script": "digits.lua", "values": "losses",
        "overrides": [f"seed=1..{n_seeds}", f"epochs={epochs}", f"hidden={hidden}", f"init_scale={scale}"],
        "classes": 10, "patterns": (n, inputs), "hidden": hidden, "n_seeds": n_seeds, "few_seeds": few,
        "epochs": epochs, "precision": "single",
        "shape": f"inputs = {inputs}, hidden = {hidden}, outputs = 10, init_scale = {scale}",
        "units": n * n_seeds * epochs, "units_few": n * few * epochs, "unit": "pattern", "clock": "cpu",
        "goals": {"JAX": {64: 2.3, 128: 1.3}.get(inputs, 1.1)} if n_seeds == 1 else {},
        "tolerance": 1e-3,
        "peers": [("torch, bmm", "python", "with_torch.py", "digits", "FOLDER"),
                  ("JAX", "python", "with_jax.py", "digits", "FOLDER"),
                  *([("FANN (sigmoid, online, double)", "c", "fann", ("-O2", "-ldoublefann"),
                      ("digits", "FOLDER", "1", "2"))] if (n_seeds, inputs) == (1, 64) else [])],
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


def million(precision):
    """By luron alone, and where LURON_BEFORE names another build of it, beside that one."""
    return dict(scale(10**6), title=f"10^6 runs of one neuron, 1000 steps, stored, {precision}, 2 cores",
                overrides=["epochs=1000", f"precision={precision}"], most_rounds=7)


# What one does with a file of 10^8 runs; DATABASE is it.
LOOKS = {
    "show --by learning_rate": ("show", "DATABASE", "--by", "learning_rate"),
    "report": ("report", "DATABASE", "-o", "report.html"),
    "verify --sample 1000": ("verify", "DATABASE", "--sample", "1000"),
}


def squares(side):
    """A picture of side x side cells of one neuron each."""
    return dict(scale(side * side), title=f"{side:,} x {side:,} cells, a run of one neuron and 100 steps each",
                overrides=["epochs=100", f"learning_rate=0.01..10:{side}:log", f"init_scale=0.01..10:{side}:log"],
                looks={"plot": ("plot", "DATABASE", "--x", "learning_rate", "--y", "init_scale", "--value", "loss",
                                "-o", "plot.png")}, seeds=False)


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
    "own_swish_double": own_swish("double"),
    "own_swish_single": own_swish("single"),
    "digits_1": digits(1, 200),
    "digits_16": digits(16),
    "digits_256": digits(256),
    "one_128_128": digits(1, 200, 128, 128),
    "one_256_256": digits(1, 100, 256, 256),
    "one_784_128": digits(1, 200, 784, 128),
    "one_784_128_both_cores": dict(digits(1, 200, 784, 128), cores=2, clock="wall", goals={},
                                   title="784-128-10, batch 32, 1024 patterns, 200 epochs, 1 seed, single, 2 cores"),
    "trials_grid": trials("grid", 100),
    "trials_random": trials("random", 1000),
    "scale": scale(10**4, 10**5, 10**6, 10**7),
    "million_double": million("double"),
    "million_single": million("single"),
    "full_scale": dict(scale(10**8), only_named=True, most_rounds=1, looks=LOOKS),
    "full_plot": dict(squares(10**4), only_named=True, most_rounds=1),
    "full_picture8": picture_full("double", 8, 72, 100, 512),
    "full_picture16": picture_full("double", 16, 272, 500, 128),
}
