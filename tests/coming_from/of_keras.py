#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes keras.lua: what Keras computes for the rows of docs/coming-from.md. Not run by the tests.
    python3 of_keras.py > keras.lua
"""
import os

import numpy as np
import page

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

keras.config.set_floatx("float64")
EPOCHS, STARTS = 50, 10000


class Row:
    """What the pieces of a cell say: an optimizer, a loss, layers, or an argument of fit."""
    def __init__(self, cell):
        self.layers, self.fit, self.loss, self.optimizer = [], {"batch_size": 4}, "binary_crossentropy", None
        names = {**vars(keras.optimizers), **vars(keras.optimizers.schedules), **vars(keras.losses),
                 **vars(keras.layers), **vars(keras.regularizers), **vars(keras.callbacks), "float64": np.float64}
        for piece in page.pieces(cell):
            if piece.startswith(("batch_size=", "class_weight=", "sample_weight=", "validation_data=")):
                name, value = piece.split("=")
                self.fit[name] = self.arrays(eval(value))
                continue
            made = eval(piece, names)
            if isinstance(made, keras.optimizers.Optimizer):
                self.optimizer = made
            elif isinstance(made, keras.layers.Layer):
                self.layers.append(made)
            elif isinstance(made, keras.callbacks.Callback):
                self.fit["callbacks"] = [made]
            else:
                self.loss = made

    def arrays(self, value):
        if isinstance(value, tuple):
            return tuple(map(self.arrays, value))
        return np.array(value, dtype=float) if isinstance(value, list) else value


def train(cell):
    case = page.case("categorical" in cell)
    row = Row(cell)
    x, t = (np.array(case[name], dtype=float).reshape(4, -1) for name in ("inputs", "targets"))
    dense = [layer for layer in row.layers if isinstance(layer, keras.layers.Dense)]
    if not dense:
        dense = [keras.layers.Dense(3, "sigmoid"), keras.layers.Dense(1, "sigmoid")]
    for layer in row.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.adapt(x)
    before = [layer for layer in row.layers if not isinstance(layer, keras.layers.Dense)]
    model = keras.Sequential([keras.Input((2,)), *before, *dense])
    for layer, weights, biases in zip(dense, case["weights"], case["biases"]):
        layer.set_weights([np.array(weights).T, np.array(biases)])
    model.compile(row.optimizer, row.loss)
    history = model.fit(x, t, epochs=EPOCHS, shuffle=False, verbose=0, **row.fit)
    end = page.in_order((layer.get_weights()[0].T.tolist(), layer.get_weights()[1].tolist()) for layer in dense)
    return {"epochs": len(history.epoch), "outputs": model.predict(x, verbose=0).ravel().tolist(), "parameters": end}


def start(cell):
    """Of each layer's weights and biases: deviation and mean size, of an initializer's draws for those fan-ins."""
    of = [eval(piece, {**vars(keras.initializers)}) for piece in page.pieces(cell)]
    found = []
    for shape in ((2, 3), (3, 1)):
        for initializer, size in zip(of, (shape, shape[1:])):
            config, draws = initializer.get_config(), []
            for seed in range(STARTS):
                if "seed" in config:
                    initializer = type(initializer)(**{**config, "seed": seed})
                draws.append(np.ravel(initializer(size, dtype="float64")))
            w = np.concatenate(draws)
            found += [np.sqrt(np.mean(w * w)), np.abs(w).mean()]
    return {"start": found}


if __name__ == "__main__":
    page.write("of_keras.py", f"Keras {keras.__version__} on TensorFlow {tf.__version__}",
               {cell: start(cell) if cell.startswith("the start") else train(cell)
                for cell in page.cells("Keras")})
