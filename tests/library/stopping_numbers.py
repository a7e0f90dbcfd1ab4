#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes tests/library/stopping_numbers.lua: where Keras' EarlyStopping ends, and with which weights.

Keras 3.15.1 on TensorFlow 2.21.0 (float64). Each case is a small network that learns noise by heart, so that its
validation value turns; restore_best_weights hands back the weights of the best epoch. Not run by the tests: the numbers
are kept.
    python3 stopping_numbers.py > stopping_numbers.lua
"""
import contextlib
import io
import os
import textwrap

import numpy as np

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
import keras

keras.config.set_floatx("float64")
EPOCHS = 400
CASES = {  # hidden units, activations, loss, rate, batch (0: all), what is watched, patience, min_delta
    "loss": (6, "tanh", "linear", "mse", 0.2, 0, "val_loss", 20, 0.0),
    "delta": (6, "tanh", "linear", "mse", 0.2, 0, "val_loss", 12, 1e-3),
    "batches": (5, "sigmoid", "sigmoid", "binary_crossentropy", 0.8, 3, "val_loss", 15, 0.0),
    "accuracy": (5, "tanh", "sigmoid", "binary_crossentropy", 0.5, 0, "val_accuracy", 30, 0.0),
    "to the end": (4, "tanh", "linear", "mse", 0.05, 4, "val_loss", 1000, 0.0),
}


def data(name, binary):
    r = np.random.default_rng(sum(map(ord, name)))
    x, v = r.uniform(-1, 1, (12, 2)), r.uniform(-1, 1, (10, 2))
    f = lambda x, noise: x[:, :1] * x[:, 1:] + noise * r.normal(size=(len(x), 1))
    t, u = f(x, 0.5), f(v, 0.2)
    return (x, (t > 0) * 1.0, v, (u > 0) * 1.0) if binary else (x, t, v, u)


def lua(x):
    return "{ " + ", ".join(map(lua, x)) + " }" if np.ndim(x) else repr(float(x))


def train(name):
    hidden, inner, outer, loss, rate, batch, monitor, patience, min_delta = CASES[name]
    x, t, v, u = data(name, loss != "mse")
    r = np.random.default_rng(len(name))
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(hidden, inner), keras.layers.Dense(1, outer)])
    start = [r.normal(size=w.shape) for w in model.get_weights()]
    model.set_weights(start)
    model.compile(keras.optimizers.SGD(np.float64(rate)), loss, metrics=["accuracy"] if "acc" in monitor else [])
    stop = keras.callbacks.EarlyStopping(monitor=monitor, patience=patience, min_delta=min_delta,
                                         restore_best_weights=True)
    history = model.fit(x, t, batch_size=batch or len(x), epochs=EPOCHS, shuffle=False, verbose=0,
                        validation_data=(v, u), validation_batch_size=len(v), callbacks=[stop])
    return (x, t, v, u), start, history.history, stop, model.get_weights()


def layers(w):
    return lua([w[0].T.tolist()])[2:-2] + ", " + lua([w[2].T.tolist()])[2:-2], lua(w[1]) + ", " + lua(w[3])


def write(name):
    hidden, inner, outer, loss, rate, batch, monitor, patience, min_delta = CASES[name]
    (x, t, v, u), start, history, stop, best = train(name)
    print(f'  {{ name = "{name}", hidden = {hidden}, activation = "{inner}", output_activation = "{outer}",')
    print(f'    loss = "{"mse" if loss == "mse" else "cross_entropy"}", learning_rate = {rate},'
          f' batch = {batch or len(x)}, epochs = {EPOCHS},')
    print(f'    monitor = "{monitor.replace("val_", "validation_")}", patience = {patience}, min_delta = {min_delta},')
    for key, value in (("inputs", x), ("targets", t), ("validation_inputs", v), ("validation_targets", u)):
        print(f"    {key} = {lua(value)},")
    for key, w in (("start", start), ("best", best)):
        weights, biases = layers(w)
        print(f"    {key} = {{ weights = {{ {weights} }}, biases = {{ {biases} }} }},")
    print(f"    ran = {len(history['loss'])}, best_epoch = {stop.best_epoch},")
    print(f"    value = {float(stop.best)!r} }},")


print("-- SPDX-License-Identifier: MIT\n-- Made by stopping_numbers.py, which says with what.\nreturn {")
for case in CASES:
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        write(case)
    for line in text.getvalue().splitlines():
        print("\n".join(textwrap.wrap(line, 118, subsequent_indent="      ", drop_whitespace=True)))
print("}")
