#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes fann.lua: what FANN computes for the rows of docs/coming-from.md, whose C is Python, too. Not run by the tests.
    python3 of_fann.py > fann.lua         FANN 2.2.0 of Debian 12
"""
import ctypes
import re
from ctypes import CFUNCTYPE, POINTER, c_double, c_float, c_int, c_uint, c_void_p

import page

EPOCHS, STARTS = 50, 3000
ENUMS = { # of fann_data.h, by the beginning of their names
    "FANN_TRAIN_": "INCREMENTAL BATCH RPROP QUICKPROP",
    "FANN_ERRORFUNC_": "LINEAR TANH",
    "FANN_": "LINEAR THRESHOLD THRESHOLD_SYMMETRIC SIGMOID SIGMOID_STEPWISE SIGMOID_SYMMETRIC",
}
SET = {
    "training_algorithm": c_int, "train_error_function": c_int, "learning_rate": c_float, "learning_momentum": c_float,
    "activation_function_hidden": c_int, "activation_function_output": c_int, "activation_steepness_hidden": c_double,
    "activation_steepness_output": c_double,
}
fann = ctypes.CDLL("libdoublefann.so.2")


def names():
    known = {beginning + word: i for beginning, words in ENUMS.items() for i, word in enumerate(words.split())}
    for name, kind in SET.items():
        known["fann_set_" + name] = function = getattr(fann, "fann_set_" + name)
        function.argtypes, function.restype = [c_void_p, kind], None
    return known


NAMES = names()
USUAL = ["fann_set_training_algorithm(ann, FANN_TRAIN_INCREMENTAL)",
         "fann_set_train_error_function(ann, FANN_ERRORFUNC_LINEAR)",
         "fann_set_activation_function_hidden(ann, FANN_SIGMOID)",
         "fann_set_activation_function_output(ann, FANN_SIGMOID)"]
fann.fann_create_standard.restype = c_void_p
fann.fann_create_train_from_callback.restype = c_void_p
fann.fann_train_epoch.argtypes, fann.fann_train_epoch.restype = [c_void_p, c_void_p], c_float
fann.fann_run.argtypes, fann.fann_run.restype = [c_void_p, POINTER(c_double)], POINTER(c_double)
fann.fann_get_connection_array.argtypes = [c_void_p, c_void_p]
fann.fann_set_weight_array.argtypes = [c_void_p, c_void_p, c_uint]
fann.fann_destroy.argtypes = [c_void_p]
FILL = CFUNCTYPE(None, c_uint, c_uint, c_uint, POINTER(c_double), POINTER(c_double))


class Connection(ctypes.Structure):
    _fields_ = [("source", c_uint), ("target", c_uint), ("weight", c_double)]


def connections(ann):
    found = (Connection * 13)()
    fann.fann_get_connection_array(ann, found)
    return found


def as_fann_has_them(case):
    """Unit by unit: its weights, then its bias."""
    return [w for weights, biases in zip(case["weights"], case["biases"])
            for unit, bias in zip(weights, biases) for w in [*unit, bias]]


def layers_of(w):
    """The other way round."""
    return [([w[0:2], w[3:5], w[6:8]], [w[2], w[5], w[8]]), ([w[9:12]], [w[12]])]


def train(cell, case):
    ann = fann.fann_create_standard(3, 2, 3, 1)
    for call in ([] if "as it comes" in cell else USUAL) + page.pieces(cell):
        eval(call, {**NAMES, "ann": ann})
    to_set = connections(ann)
    for connection, weight in zip(to_set, as_fann_has_them(case)):
        connection.weight = weight
    fann.fann_set_weight_array(ann, to_set, 13)

    @FILL
    def fill(i, n_in, n_out, x, t):
        x[0], x[1] = case["inputs"][i]
        t[0] = case["targets"][i]

    data = fann.fann_create_train_from_callback(4, 2, 1, fill)
    told = re.search(r"(\d+) epochs", cell)
    epochs = int(told.group(1)) if told else EPOCHS
    for _ in range(epochs):
        fann.fann_train_epoch(ann, data)
    outputs = [fann.fann_run(ann, (c_double * 2)(*x))[0] for x in case["inputs"]]
    return {"epochs": epochs, "outputs": outputs,
            "parameters": page.in_order(layers_of([c.weight for c in connections(ann)]))}


def start():
    """Of each layer's weights and biases: deviation and mean size."""
    groups = [[], [], [], []]
    for _ in range(STARTS):
        ann = fann.fann_create_standard(3, 2, 3, 1)
        for k, (weights, biases) in enumerate(layers_of([c.weight for c in connections(ann)])):
            groups[2 * k] += [w for unit in weights for w in unit]
            groups[2 * k + 1] += biases
        fann.fann_destroy(ann)
    return {"start": [f for g in groups
                      for f in ((sum(w * w for w in g) / len(g)) ** 0.5, sum(abs(w) for w in g) / len(g))]}


if __name__ == "__main__":
    numbers_of_case = page.case()
    page.write("of_fann.py", "FANN 2.2.0",
               {cell: start() if cell.startswith("the start") else train(cell, numbers_of_case)
                for cell in page.cells("FANN")})
