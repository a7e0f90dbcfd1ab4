#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Keras 3 on TensorFlow, told to compute in float64, still rounds Python's own numbers to float32 on their way into an
# optimizer or a schedule: with set_floatx("float64"), float64 weights and float64 gradients, SGD(0.1, momentum=0.9)
# moves a weight with momentum 0.8999999761581421, and Adam(0.1, 0.9, 0.999) is 3e-6 off after five updates, because
# 1 - beta is taken of the rounded number. A schedule's rates are float32's too: 1 / (1 + 0.01 * 10) is
# 0.9090908765792847. numpy.float64(0.9) in place of 0.9 gives all 64 bits; a constant learning rate is right in
# either case.
#
# Whom it matters to: who compares trainings in double precision between systems, or takes differences of runs: the
# weights are float64 and look exact.
#
# Version: keras 3.15.1 with tensorflow-cpu 2.21.0, numpy 2.2.6. Source: the documentation of set_floatx calls it the
# default float type; that of the optimizers takes "a float" for momentum and the betas.
#
# Exits 0 where this is seen as described, 1 where it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check keras==3.15.1 tensorflow-cpu==2.21.0 numpy==2.2.6
cat >"$work/try.py" <<'PYTHON'
import os
import sys

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
import keras
import numpy as np

keras.config.set_floatx("float64")


def trained(make):
    w = keras.Variable(np.array([1.0]))
    optimizer = make()
    optimizer.build([w])
    for k in range(5):
        optimizer.apply([keras.ops.array(np.array([0.3 * (k + 1)]))], [w])
    assert w.dtype == "float64"
    return float(w.numpy()[0])


def momentum(of):
    return trained(lambda: keras.optimizers.SGD(of(0.1), momentum=of(0.9)))


def adam(of):
    return trained(lambda: keras.optimizers.Adam(of(0.1), of(0.9), of(0.999)))


def momentum_by_hand(of):
    w, v = 1.0, 0.0
    for k in range(5):
        v = float(of(0.9)) * v - 0.1 * (0.3 * (k + 1))
        w = w + v
    return w


print("keras", keras.__version__)
print("momentum, numbers of Python:", momentum(float), "of numpy.float64:", momentum(np.float64))
print("by hand in float64:", momentum_by_hand(float), "with momentum rounded to float32:", momentum_by_hand(np.float32))
print("adam, numbers of Python:", adam(float), "of numpy.float64:", adam(np.float64))
rate = float(keras.optimizers.schedules.InverseTimeDecay(1.0, 1, 0.01)(10))
print("1 / (1 + 0.01 * 10) as a schedule:", rate, "expected:", 1 / 1.1)
seen = (abs(momentum(np.float64) - momentum_by_hand(float)) < 1e-14
        and abs(momentum(float) - momentum_by_hand(np.float32)) < 1e-14
        and abs(momentum(float) - momentum_by_hand(float)) > 1e-9
        and 1e-6 < abs(adam(float) - adam(np.float64)) < 1e-5 and rate == 0.9090908765792847)
print("as described:", "seen" if seen else "CHANGED")
sys.exit(not seen)
PYTHON
"$work/venv/bin/python" "$work/try.py" 2>"$work/log" || { tail -5 "$work/log"; exit 1; }
