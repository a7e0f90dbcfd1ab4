#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes scikit_learn.lua: what scikit-learn computes for the rows of docs/coming-from.md. Not run by the tests.
    python3 of_scikit_learn.py > scikit_learn.lua
"""
import warnings

import numpy as np
import page
import sklearn
from sklearn import compose, neural_network, preprocessing

EPOCHS = 50
USUAL = {"hidden_layer_sizes": (3,), "shuffle": False, "n_iter_no_change": 1000}


def with_weights(of, case):
    """An estimator that starts with the case's weights: it draws its own in this method of its base class."""
    class Given(of):
        def _initialize(self, y, layer_units, dtype):
            super()._initialize(y, layer_units, dtype)
            self.coefs_ = [np.array(w).T.copy() for w in case["weights"]]
            self.intercepts_ = [np.array(b).copy() for b in case["biases"]]
    return Given


def train(cell):
    case = page.case("three" in cell)
    x, t = np.array(case["inputs"]), np.array(case["targets"])
    if "three classes" in cell:
        t = t.argmax(axis=1)
    names = {"MLPClassifier": with_weights(neural_network.MLPClassifier, case),
             "MLPRegressor": with_weights(neural_network.MLPRegressor, case), **vars(preprocessing),
             "TransformedTargetRegressor": compose.TransformedTargetRegressor}
    for name in ("MLPClassifier", "MLPRegressor"):
        of = names[name]
        names[name] = lambda of=of, **given: of(**{"batch_size": 4, "max_iter": EPOCHS, **USUAL, **given})
    codes, told = page.pieces(cell), {}
    if codes[-1].startswith("sample_weight="):
        told["sample_weight"] = np.array(eval(codes.pop().split("=")[1]), dtype=float)
    made = [eval(code, names) for code in codes]
    for scaler in made[:-1]:
        x = scaler.fit_transform(x)
    net = made[-1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        net.fit(x, t, **told)
    outputs = net.predict_proba(x) if hasattr(net, "predict_proba") else net.predict(x)
    if outputs.shape == (4, 2): # the first is that of the other class
        outputs = outputs[:, 1]
    net = getattr(net, "regressor_", net)
    layers = [(w.T.tolist(), b.tolist()) for w, b in zip(net.coefs_, net.intercepts_)]
    return {"outputs": outputs.ravel().tolist(), "parameters": page.in_order(layers)}


def start(cell):
    found = []
    for n in (0, 1):
        weights, biases = [], []
        for k in range(4000):
            net = eval(page.pieces(cell)[0], {"MLPClassifier": neural_network.MLPClassifier})
            net.set_params(random_state=k, max_iter=1, learning_rate_init=1e-300, solver="sgd", alpha=0,
                           hidden_layer_sizes=(3,))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                net.fit([[0.1, 0.9], [0.8, 0.2]], [0, 1])
            weights.append(net.coefs_[n].ravel())
            biases.append(net.intercepts_[n].ravel())
        for w in (np.concatenate(weights), np.concatenate(biases)):
            found += [float(np.sqrt(np.mean(w * w))), float(np.abs(w).mean())]
    return {"start": found}


if __name__ == "__main__":
    page.write("of_scikit_learn.py", f"scikit-learn {sklearn.__version__}",
               {cell: start(cell) if cell.startswith("the start") else train(cell)
                for cell in page.cells("scikit-learn")})
