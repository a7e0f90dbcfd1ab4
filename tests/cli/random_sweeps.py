#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sweeps that nobody would think of: fields, axes and samplers put together by chance, also axes of one value, zeros
with a sign and numbers at the ends of doubles. A sweep is refused or ended in words; or its file is complete when it is
asked for again, verifies, replays a row, is shown and exported, and a sandbox and two shards make the same.

usage: random_sweeps.py LURON [N]      N: 40; LURON_TEST_SEED: another seed"""
import os
import random
import subprocess
import sys
import tempfile

DATA = ["inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }", "data = luron.data.xor()",
        "inputs = { -0.0, 1, 2 }, targets = { {0,1}, {1,0}, {-0.0,1} }",
        "inputs = { {1e10,0.3}, {5,0.3}, {-7,0.3}, {0,0.3}, {1,0.3} }, targets = { 0.1, 3, -2, 5, 0 }, "
        "output_activation = 'linear'",
        "inputs = function(p) return { p.a, 1, 2, 3 } end, targets = { 0, 1, 1, 0 }",
        "inputs = { 1, 2, 3, 4, 5 }, targets = { 0, 1, 0, 1, 0 }, pattern_weights = { 1, 0, 2, 0.5, 1 }"]
NUMBERS = ["0", "-0.0", "1", "0.5", "1e-3", "2", "1e300", "-1", "5e-324", "0.1", "2^53", "math.mininteger"]
VALUES = {
    "hidden": ["0", "1", "2", "{ 2, 3 }", "8", "{ 1 }"],
    "activation": ["'tanh'", "'sigmoid'", "'relu'", "'softplus'", "function(z) return z / (1 + math.abs(z)) end",
                   "function(z, p) return p.a * z end"],
    "optimizer": ["'sgd'", "'adam'", "'rmsprop'", "function(w, g, s, h) return w - h.learning_rate * g end"],
    "learning_rate": ["0.1", "1", "0", "-0.0", "1e-3", "{ 0.1 }"], "batch": ["1", "2", "'all'", "3"],
    "bias": ["true", "false"], "init": ["'xavier'", "'he'", "'zeros'", "'normal'"], "init_scale": ["1", "0.1", "-0.0"],
    "precision": ["'single'", "'double'"], "shuffle": ["true", "false"], "seed": ["1", "2", "0", "7"],
    "weight_decay": ["0", "0.01"], "schedule": ["'cosine'", "'step'"], "penalty": ["'l1'", "'l2'"],
    "input_noise": ["0", "0.1"], "kind": ["'x'", "'y z'", "'a,b'", "''"], "a": NUMBERS, "b": NUMBERS}
PLAIN = ["curve = 5", "stop = { error = 0.5, every = 3 }", "stop_patience = 1", "normalize = 'zscore'",
         "validation = 0.25", "folds = 2", "rank = 'epochs'", "test = 0.25", "freeze = { 1, 'biases' }",
         "normalize_targets = 'zscore'", "restore = 'best', validation = 0.3", "keep = 'cells'",
         "keep = { best = 1 }", "keep = { best = 100, by = 'loss' }",
         "schedule = 'cosine', stop = { loss = 0.6 }, curve = 3, metrics = { 'trainability' }, "
         "prune = luron.halving { at = { 1, 2 }, keep = 0.5 }", "where = function(p) return p.a ~= 1 end",
         "metrics = { 'mse', 'weight_norm' }",
         "metrics = { m = function(run, p) return math.random() + p.a end, n = function(run) return run.loss end }"]
SPACED = ["luron.linspace(0.1, 0.9, 3)", "luron.linspace(0.2, 0.4, 1)", "luron.geomspace(0.001, 1, 4)",
          "luron.range(0, 1, 0.25)", "luron.range(-0.0, 1)", "luron.list(luron.range(0, 1, 0.5))"]
INTERVALS = ["luron.uniform(0, 1)", "luron.loguniform(0.01, 1)", "luron.uniform(-0.0, 0.5)"]
WHOLES = ["luron.range(0, 3)", "luron.uniform(1, 4)", "luron.loguniform(1, 9)"]  # the first is no interval


def axis(name, drawn):
    spaced = SPACED + INTERVALS * drawn
    if name in ("learning_rate", "init_scale", "a", "b") and random.random() < 0.5:
        return f"{name} = {random.choice(spaced)}"
    if name == "hidden" and random.random() < 0.3:
        return f"hidden = {random.choice(WHOLES[:1 + 2 * drawn])}"
    kind = "luron.list " if random.random() < 0.25 else ""
    values = random.sample(VALUES[name], min(random.choice([1, 1, 2, 3]), len(VALUES[name])))
    return f"{name} = {kind}{{ {', '.join(values)} }}"


def zipped(names):
    n = random.randint(1, 3)
    return "luron.zip { " + ", ".join(f"{k} = {{ {', '.join(random.sample(VALUES[k], n))} }}" for k in names) + " }"


def script():
    names = random.sample(list(VALUES), len(VALUES))
    fixed, swept = names[:random.randint(0, 4)], names[4:4 + random.randint(1, 4)]
    drawn = random.random() < 0.5
    a, b = random.choices(NUMBERS, k=2)
    fields = [random.choice(DATA), f"params = {{ a = {a}, b = {b}, kind = 'x' }}",
              f"epochs = {random.choice([0, 1, 2, 5])}"]
    fields += [f"{k} = {random.choice(VALUES[k])}" for k in fixed if k not in ("a", "b", "kind")]
    fields += random.sample(PLAIN, random.choice([0, 0, 1, 2]))
    rest = [k for k in ("a", "b", "seed") if k not in swept]
    axes = [axis(k, drawn) for k in swept] + ([zipped(rest)] if rest and random.random() < 0.3 else [])
    others = [] if drawn or "seed" in swept else [k for k in rest if k != "seed" and random.random() < 0.3]
    grids = [f"{{ {', '.join(axes)} }}"] + [f"{{ {axis(k, drawn)} }}" for k in others]
    fields.append(f"sweep = {grids[0] if len(grids) == 1 else '{ ' + ', '.join(grids) + ' }'}")
    if drawn:
        fields.append(f"sampler = '{random.choice(['random', 'sobol', 'latin'])}'")
        fields.append(f"samples = {random.choice([1, 2, 5, 20])}")
    return "local luron = require 'luron'\nreturn {\n  " + ",\n  ".join(fields) + " }\n"


def check(run):
    """None, or what is wrong; 'refused' where the sweep is."""
    code, said = run("sweep", "s.lua", "-q", "-o", "r.luron")
    if code:
        return "refused" if code in (1, 2) and said.strip() else f"sweep ends with {code}: {said}"
    steps = [("verify", "r.luron"), ("sweep", "s.lua", "-q", "-o", "r.luron"), ("show", "r.luron"),
             ("replay", "-q", "r.luron", "1"), ("export", "r.luron", "--csv"),
             ("sweep", "s.lua", "-q", "--sandbox", "-o", "sandbox.luron"), ("diff", "r.luron", "sandbox.luron")]
    codes = [run("sweep", "s.lua", "-q", f"--shard={k}/2", "-o", f"{k}.luron")[0] for k in (1, 2)]
    if codes == [0, 0]:  # else a shard has no run, or all runs are ranked together
        steps += [("merge", "-q", "m.luron", "1.luron", "2.luron"), ("diff", "r.luron", "m.luron")]
    elif set(codes) - {0, 1, 2}:
        return f"the shards end with {codes}"
    for step in steps:
        code, said = run(*step)
        is_none = step[0] == "replay" and ("folded" in said or "that the sweep skips" in said)
        if code and not is_none or step[-1] == "r.luron" and step[0] == "sweep" and "was complete" not in said:
            return f"{' '.join(step)} ends with {code}: {said}"
    return None


def runner(luron, folder):
    def run(*words):
        done = subprocess.run([luron, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False, timeout=120)
        return done.returncode, done.stdout.decode("utf-8", "replace")
    return run


def main():
    luron, n = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40
    seed = int(os.environ.get("LURON_TEST_SEED", random.randrange(1 << 30)))
    counts = {"refused": 0, None: 0}
    wrong = 0
    print("LURON_TEST_SEED", seed)
    random.seed(seed)
    for _ in range(n):
        text = script()
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "s.lua"), "w", encoding="utf-8") as file:
                file.write(text)
            found = check(runner(luron, folder))
        counts[found] = counts.get(found, 0) + 1
        if found not in ("refused", None):
            wrong += 1
            print(f"{text}{found}")
    print(f"{n} sweeps: {counts[None]} made, {counts['refused']} refused, {wrong} wrong")
    return 1 if wrong or counts[None] < n // 4 else 0


sys.exit(main())
