#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Keras in double precision takes means in single unless the backend is TensorFlow. With JAX as backend, floatx
# "float64", float64 tensors and JAX's 64-bit mode on, ops.mean of float64 values rounds them to float32, takes the mean
# there, and returns it as float64; ops.tanh, sin, cos, var, average and norm return float32. So losses of double
# networks (a loss is a mean) and their gradients have seven digits, though each dtype that one prints is float64, and a
# tanh layer is single. exp, sum, sigmoid, square and sqrt keep double.
#
# The cause is one row of a table: result_type, which such operations ask for the type to compute in, answers float32
# for float64 unless the backend is TensorFlow; floatx is not asked.
#
# Whom it matters to: who trains in double to compare two systems, to check gradients by differences, or to reproduce a
# table; the same script has sixteen digits on TensorFlow and seven on JAX.
#
# Version: keras 3.15.1 with jax 0.10.2. By hand, with torch 2.15.0 as backend: mean, var, average and norm are single,
# too, and tanh is double; with tensorflow 2.21.0 all are double. Source: keras/src/backend/common/dtypes.py; the
# documentation of keras.config.set_floatx names float64 without such a limit.
#
# Exits 0 where this is seen as described, 1 where it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check keras==3.15.1 jax==0.10.2 numpy==2.2.6
cat >"$work/try.py" <<'PYTHON'
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
import jax
import keras
import numpy as np
from keras import ops

NAMES = "mean tanh sin cos var average norm exp sum sigmoid square sqrt".split()
keras.config.set_floatx("float64")
x = np.array([0.1, 0.2, 0.4])
tensor = ops.convert_to_tensor(x, dtype="float64")
single, dtypes = [], {}
for name in NAMES:
    y = np.asarray(ops.convert_to_numpy(getattr(ops, name)(tensor)))
    dtypes[name] = str(y.dtype)
    if np.all(y == y.astype("float32")):
        single.append(name)
target, answer = np.array([[0.2, 0.9, -0.4]]), np.array([[0.3, 0.5, 1.4]])
loss = ops.convert_to_numpy(keras.losses.mean_squared_error(ops.convert_to_tensor(target, dtype="float64"),
                                                            ops.convert_to_tensor(answer, dtype="float64")))
expected = float(np.mean((target - answer) ** 2))
off = abs(float(loss[0]) - expected) / expected
print("keras", keras.__version__, "on jax", jax.__version__, "with floatx", keras.config.floatx())
print("values that are single:", *single)
print("dtype of mean:", dtypes["mean"], "of tanh:", dtypes["tanh"], "of exp:", dtypes["exp"])
print("mean squared error:", float(loss[0]), "of dtype", loss.dtype, "expected", expected, "relative error", off)
seen = (single == NAMES[:7] and dtypes["mean"] == "float64" and dtypes["tanh"] == "float32" and
        str(loss.dtype) == "float64" and 1e-9 < off < 1e-6)
slope = jax.grad(lambda t: ops.mean(t))(tensor)
print("slope of the mean of three:", float(slope[0]), "expected", 1 / 3)
seen = seen and float(slope[0]) == float(np.float32(1) / np.float32(3))
print("as described:", "seen" if seen else "CHANGED")
sys.exit(not seen)
PYTHON
"$work/venv/bin/python" "$work/try.py"
